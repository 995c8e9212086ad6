import type { GridResult } from '../../src/adapters/sandbox/sandbox.ts'

export interface HostileProgram {
  readonly name: string
  readonly code: string
  /** Each input gets one of these. */
  readonly expected: readonly GridResult['status'][]
}

/** What a hostile program would like to reach; all of it really exists. */
export interface Prey {
  /** Of a listener on 127.0.0.1. */
  readonly port: number
  readonly secretPath: string
  /** The name of a variable in this process's environment. */
  readonly secretVariable: string
  /** The id of this process. */
  readonly workerPid: number
}

/** What a program answers when its attack succeeded; any other answer means that it was contained. */
export const trophy = [[9]]

/**
 * One entry per attack. The body of an attack returns something true when it succeeded, and may raise; when only the verdict
 * counts, the body may do anything.
 */
export function listHostilePrograms(prey: Prey): HostileProgram[] {
  return [
    // Network
    attack('connects to a port', ['error'], `socket.create_connection(('127.0.0.1', ${prey.port}), 1)\nreturn True`),
    attack('opens a Unix socket', ['error'], 'return socket.socket(socket.AF_UNIX)'),
    attack('makes a socket pair', ['error'], 'return socket.socketpair()'),
    attack('looks up a name', ['error'], `return socket.getaddrinfo('localhost', 80)`),

    // Files, environment
    attack('reads a file of the worker', ['error'], `return open(${py(prey.secretPath)}).read()`),
    attack('reads /etc/passwd', ['error'], `return open('/etc/passwd').read()`),
    attack(
      'looks round the file system',
      ['ok', 'error'],
      `return set(os.listdir('/')) - {'dev', 'etc', 'lib', 'lib64', 'usr', 'zygote.py'} or os.listdir('/etc') != ['alternatives', 'ld.so.cache'] and set(os.listdir('/etc')) - {'alternatives', 'ld.so.cache'}`,
    ),
    attack('leaves through ..', ['error'], `return open('../' * 9 + ${py(prey.secretPath)}).read()`),
    attack('reads /proc', ['error'], `return open('/proc/self/environ').read() or open('/proc/1/maps').read()`),
    attack('reads the environment', ['ok'], `return ${py(prey.secretVariable)} in os.environ or 'HOME' in os.environ`),
    attack(
      'reads the environment from memory',
      ['ok'],
      `environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), 'environ')
names, n = [], 0
while environ[n]:
    names, n = names + [environ[n]], n + 1
return any(${py(prey.secretVariable)}.encode() in name for name in names)`,
    ),
    ...['/tmp/x', '/x', 'x', '/dev/shm/x', '/zygote.py', '/usr/lib/x', '/dev/null'].map((path) =>
      attack(`writes ${path}`, ['error'], `return open(${py(path)}, 'w').write('x')`),
    ),
    attack('makes a folder', ['error'], `return os.mkdir('/tmp') is None`),
    attack('removes the zygote', ['error'], `return os.remove('/zygote.py') is None`),
    attack('makes a file in memory', ['error'], `return os.memfd_create('x')`),

    // Processes
    attack('forks', ['error'], 'return os.fork() or True'),
    attack('starts a command', ['error'], `return subprocess.run(['/usr/bin/python3', '-c', ''])`),
    attack('becomes another program', ['error'], `os.execv(sys.executable, ['python3', '-c', ''])`),
    attack('starts a thread', ['error'], 'threading.Thread(target=print).start()\nreturn True'),
    attack('makes a pipe', ['error'], 'return os.pipe()'),
    attack('leaves the session', ['error'], 'return os.setsid() is None'),
    attack('becomes root', ['error'], 'return os.setuid(0) is None'),

    // Signals and limits of other processes
    attack('kills the zygote', ['error'], 'return os.kill(os.getppid(), 9) is None'),
    attack('kills everybody', ['error'], 'return os.kill(-1, 9) is None'),
    attack('kills the worker', ['error'], `return os.kill(${prey.workerPid}, 9) is None`),
    attack(
      'has the kernel signal the zygote',
      ['error'],
      `fcntl.fcntl(3, fcntl.F_SETOWN, os.getppid())
fcntl.fcntl(3, 10, 9)
fcntl.fcntl(3, fcntl.F_SETFL, os.O_ASYNC)
return True`,
    ),
    attack('starves the zygote', ['error'], 'return resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (0, 0))'),
    attack('raises its own limits', ['error'], 'return resource.setrlimit(resource.RLIMIT_CPU, (99, 99)) is None'),
    attack('stops itself', ['error'], 'return os.kill(os.getpid(), signal.SIGSTOP) is None'),

    // Calls that no honest program makes
    call('ptrace', { x86_64: 101, aarch64: 117 }, '16, os.getppid(), 0, 0'),
    call('process_vm_readv', { x86_64: 310, aarch64: 270 }, 'os.getppid(), 0, 0, 0, 0, 0'),
    call('unshare', { x86_64: 272, aarch64: 97 }, '0x10000000'),
    call('mount', { x86_64: 165, aarch64: 40 }, '0, 0, 0, 0, 0'),
    call('bpf', { x86_64: 321, aarch64: 280 }, '0, 0, 0'),
    call('io_uring_setup', { x86_64: 425, aarch64: 425 }, '8, ctypes.byref(ctypes.create_string_buffer(120))'),
    call('keyctl', { x86_64: 250, aarch64: 219 }, '0, 0, 0, 0, 0'),
    call('userfaultfd', { x86_64: 323, aarch64: 282 }, '0'),
    ...(process.arch === 'x64' ? otherCallTables : []),
    attack(
      'shares memory',
      ['ok'],
      `libc = ctypes.CDLL(None)\nreturn libc.shmget(0, 4096, 0o1600) != -1 or libc.shm_open(b'/x', 0o102, 0o600) != -1`,
    ),

    // Memory
    free('allocates a terabyte', ['memory'], 'bytearray(10**12)'),
    free('makes a huge array', ['memory'], 'np.ones((100000, 100000))'),
    free('grows a list', ['memory', ...slow], 'x = [0] * 4_000_000\nwhile True: x = x + x'),
    free(
      'swallows MemoryError',
      ['cpu-timeout', 'not-run'],
      'while True:\n    try: bytearray(10**12)\n    except MemoryError: pass',
    ),

    // Time
    free('loops', ['cpu-timeout', 'not-run'], 'while True: pass'),
    free(
      'loops and catches everything',
      ['cpu-timeout', 'not-run'],
      'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
    ),
    free('loops in C', ['cpu-timeout', 'not-run'], 'sum(iter(int, 1))'),
    free('loops in a regular expression', ['cpu-timeout', 'not-run'], `re.match('(a*)*b', 'a' * 40)`),
    free('computes a huge number', ['cpu-timeout', 'not-run'], '10 ** 10 ** 9'),
    { name: 'loops at import', code: 'while True: pass', expected: ['cpu-timeout', 'not-run'] },
    free('sleeps', ['invalid-output'], 'time.sleep(1000)'),
    free(
      'closes its answers and waits',
      ['wall-timeout', 'not-run'],
      'import select\nos.close(3)\nselect.select([], [], [])',
    ),

    // Floods
    free('prints without end', ['cpu-timeout', 'not-run'], `while True: print('x' * 1000)`),
    free('floods its answers', ['output-flood', ...slow], `while True: os.write(3, b'x' * 10000)`),
    free(
      'floods each descriptor',
      ['output-flood', ...slow],
      `while True:
    for fd in range(32):
        try: os.write(fd, b'x' * 10000)
        except OSError: pass`,
    ),

    // Exits
    free('exits with 0', ['no-answer'], 'os._exit(0)'),
    free('exits with 255', ['no-answer'], 'os._exit(255)'),
    free('raises SystemExit', ['no-answer'], 'sys.exit(0)'),
    { name: 'quits at import', code: 'quit()', expected: ['no-answer'] },
    free('raises KeyboardInterrupt', ['error'], 'raise KeyboardInterrupt'),
    free('raises what cannot be printed', ['error'], 'class E(Exception):\n    def __str__(self): raise E\nraise E'),
    free('aborts', ['crash'], 'os.abort()'),
    free('reads a null pointer', ['crash'], 'ctypes.string_at(0)'),
    free(
      'overflows the Python stack',
      ['error', 'memory', 'crash', 'cpu-timeout', 'not-run'],
      'sys.setrecursionlimit(10**9)\nf = lambda: f()\nf()',
    ),
    free(
      'overflows the C stack',
      ['crash', ...slow],
      `sys.setrecursionlimit(10**9)
class Endless:
    def __getattr__(self, name): return getattr(self, name + '')
Endless().x`,
    ),
    {
      name: 'is nested too deep to compile',
      code: '('.repeat(100_000),
      expected: ['error', 'memory', 'crash', ...slow],
    },
    {
      name: 'is a long chain of operators',
      code: `x = ${'-'.repeat(300_000)}1`,
      expected: ['error', 'memory', 'crash', ...slow],
    },
    { name: 'does not parse', code: 'def solve(grid:', expected: ['error'] },
    { name: 'holds a null character', code: 'x = "\0"', expected: ['error'] },
    { name: 'holds half a character', code: 'x = "\uD800"', expected: ['error'] },
    { name: 'defines nothing', code: '', expected: ['error'] },
    ...sources.map(([name, code, statuses]) => ({ name: `is written ${name}`, code, expected: statuses })),
    ...entries.map(([name, code, statuses]) => ({ name: `offers ${name}`, code, expected: statuses })),

    // Answers that lie
    ...lies.map(([name, value]) => free(`answers ${name}`, ['invalid-output'], `return ${value}`)),
    free(
      'answers what equals everything',
      ['invalid-output'],
      'class Any(list):\n    def __eq__(self, other): return True\nreturn Any([[1]])',
    ),
    free(
      'answers what claims to be a list',
      ['invalid-output'],
      'class Fake:\n    __class__ = list\n    def __iter__(self): return iter([[1]])\nreturn Fake()',
    ),
    free('answers a number of its own', ['invalid-output'], 'class Ten(int): pass\nreturn [[Ten(1)]]'),
    free(
      'answers an array of its own',
      ['ok'],
      'class Array(np.ndarray):\n    def tolist(self): return [[99]]\nreturn np.array([[1]]).view(Array)',
    ),
    free(
      'replaces json.dumps',
      ['invalid-output', 'no-answer'],
      `json.dumps = json.JSONEncoder.encode = lambda *a, **k: '{"index": 0, "rows": [99]}'\nreturn [[1]]`,
    ),
    free(
      'replaces builtins',
      ['error', 'no-answer', 'invalid-output'],
      'import builtins\nbuiltins.type = builtins.set = builtins.len = lambda *a: 1\nreturn [[1]]',
    ),
    free('replaces numpy', ['error', 'no-answer', 'ok'], 'np.ndarray = np.generic = None\nreturn [[1]]'),
    free(
      'traces the machinery',
      ['error', 'no-answer', 'cpu-timeout', 'not-run'],
      'def lie(*a): raise ValueError\nsys.settrace(lie)\nreturn [[1]]',
    ),

    free(
      'has no memory left to answer with',
      ['ok', 'memory', 'no-answer', 'cpu-timeout', 'not-run'],
      `for size in (1 << 16, 64):
    try:
        while True: kept.append(bytearray(size))
    except MemoryError: pass
return [[1]]`,
    ),

    // Forged replies
    ...forgeries.map(([name, bytes]) =>
      free(`forges ${name}`, ['ok', 'no-answer', 'invalid-output'], `os.write(3, ${bytes})\nreturn [[1]]`),
    ),
    free(
      'forges a frame on each descriptor',
      ['no-answer'],
      `for fd in range(32):
    try: os.write(fd, b'ARCR' + bytes(24))
    except OSError: pass
return [[1]]`,
    ),

    // The file descriptor of answers
    attack(
      'takes back what it wrote',
      ['ok', 'error'],
      `pipe = os.open('/proc/self/fd/3', os.O_RDONLY)\nos.write(3, b'x' * 9)\nreturn os.read(pipe, 9)`,
    ),
    free('lets its answers not block', ['error'], 'fcntl.fcntl(3, fcntl.F_SETFL, os.O_NONBLOCK)'),
    free('lets its answers not block, by ioctl', ['error'], `fcntl.ioctl(3, 0x5421, b'\\1\\0\\0\\0')`),
    free('sends a descriptor with its answers', ['error'], 'socket.send_fds(own_socket(), [b"x"], [0])'),
    free('sends its answers out of band', ['error'], 'own_socket().send(b"x", socket.MSG_OOB)'),
    free('sets options of its answers', ['error'], 'own_socket().setsockopt(1, 7, 1)'),
    free('writes answers of no length', ['ok'], `os.writev(3, [b''] * 1024)\nos.write(3, b'')\nreturn [[1]]`),
    free(
      'answers in lines that do not parse',
      ['no-answer', ...slow],
      String.raw`os.write(3, b'{\n' * 130_000)
os._exit(0)`,
    ),
    free('shrinks its answers', ['error'], 'fcntl.fcntl(3, 1031, 4096)'),
    free('shuts its answers down', ['error'], 'own_socket().shutdown(2)'),
    free('closes its answers', ['no-answer'], 'os.close(3)\nreturn [[1]]'),
    free('puts another file in their place', ['no-answer'], `os.dup2(os.open('/dev/null', 0), 3)\nreturn [[1]]`),
    free('uses up every descriptor', ['ok'], 'try:\n    while True: os.dup(3)\nexcept OSError: return [[1]]'),
    free(
      'writes up to the last byte allowed',
      ['ok', 'no-answer', 'output-flood', ...slow],
      String.raw`os.write(3, b'\n' * 260_000)
return [[1]]`,
    ),
    free('writes one byte at a time', ['output-flood', 'cpu-timeout', 'not-run'], `while True: os.write(3, b'x')`),
    free(
      'writes a lot and reads it by line',
      ['output-flood', ...slow],
      String.raw`while True: os.write(3, b'{}\n' * 9)`,
    ),

    // Calls that an honest program might make: refused with an error
    ...refusedCalls.map(([name, x86_64, aarch64, args]) =>
      attack(
        `calls ${name}`,
        ['ok'],
        `return ctypes.CDLL(None, use_errno=True).syscall(${process.arch === 'arm64' ? aarch64 : x86_64}, ${args}) != -1`,
      ),
    ),
    attack('types into the terminal', ['error'], `import termios\nreturn fcntl.ioctl(0, termios.TIOCSTI, b'x')`),
    attack('asks for signals by ioctl', ['error'], 'return fcntl.ioctl(3, 0x5452, 1)'),
    attack(
      'reads the limits of the zygote',
      ['error'],
      'return resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)',
    ),
    attack('reads the processor time of the zygote', ['error'], 'return time.clock_gettime((~os.getppid() << 3) | 2)'),
    attack('asks where a link leads', ['error'], `return os.readlink('/lib')`),
    attack('asks what it is in /proc', ['error'], `return os.readlink('/proc/self/exe')`),
    attack('asks for its priority', ['error'], 'return os.nice(5)'),
    attack('chooses its processors', ['error'], 'return os.sched_setaffinity(0, [0]) is None'),
    attack(
      'schedules the zygote',
      ['error'],
      'return os.sched_setscheduler(os.getppid(), os.SCHED_IDLE, os.sched_param(0)) is None',
    ),
    attack('copies between descriptors', ['error'], 'return os.sendfile(3, 3, 0, 10) or os.splice(3, 3, 10)'),
    attack(
      'watches files',
      ['ok'],
      `return ctypes.CDLL(None).inotify_init1(0) >= 0 or ctypes.CDLL(None).fanotify_init(0, 0) >= 0`,
    ),
    attack('opens the zygote for reading', ['error'], `return open('/proc/%d/mem' % os.getppid(), 'rb')`),
    attack('opens the input of the zygote', ['error'], `return open('/proc/%d/fd/0' % os.getppid(), 'rb')`),
    attack('opens its own memory', ['error'], `return open('/proc/self/mem', 'r+b')`),
    attack('looks into /sys', ['error'], `return os.listdir('/sys')`),
    attack(
      'reads a disk',
      ['error'],
      `return [open('/dev/' + name, 'rb') for name in ('vda', 'sda', 'mem', 'kmsg', 'tty', 'ptmx')]`,
    ),
    attack(
      'sends itself a packet by machine code',
      ['forbidden', 'ok', 'crash'],
      `import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex('b829000000bf01000000be0100000031d20f05c3'))
return process_arch == 'x86_64' and ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))() >= 0`.replace(
        'process_arch',
        'os.uname().machine',
      ),
    ),

    ...(process.arch === 'x64'
      ? [
          free(
            'calls by sysenter',
            ['crash', 'forbidden'],
            `import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex('b8140000000f34c3'))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()`,
          ),
        ]
      : []),
    free(
      'puts nonsense where the kernel looks at its end',
      ['ok'],
      `libc = ctypes.CDLL(None)
libc.syscall(${process.arch === 'arm64' ? 99 : 273}, ctypes.c_void_p(0x41414141), 24)
libc.syscall(${process.arch === 'arm64' ? 96 : 218}, ctypes.c_void_p(0x41414141))
return [[1]]`,
    ),
    attack(
      'makes a library writable',
      ['ok', 'error'],
      `import mmap
library = open(np.__file__, 'rb')
return mmap.mmap(library.fileno(), 4096, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)`,
    ),

    // Signals and timers of its own
    free(
      'waits for an alarm',
      ['wall-timeout', 'not-run'],
      'import select\nsignal.alarm(1)\nselect.select([], [], [])',
    ),
    free(
      'is woken all the time',
      ['cpu-timeout', 'not-run'],
      `signal.signal(signal.SIGALRM, lambda *a: None)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
while True: pass`,
    ),
    free(
      'catches every signal',
      ['cpu-timeout', 'not-run'],
      `for number in range(1, 65):
    try: signal.signal(number, lambda *a: None)
    except (OSError, ValueError): pass
while True: pass`,
    ),
    free('sleeps in small pieces', ['cpu-timeout', 'not-run'], 'while True: time.sleep(0.01)'),
    free('sleeps and yields', ['cpu-timeout', 'not-run'], 'while True:\n    time.sleep(0.01)\n    os.sched_yield()'),
    free(
      'waits in small pieces',
      ['wall-timeout', 'cpu-timeout', 'not-run'],
      'import select\nwhile True: select.select([], [], [], 0.01)',
    ),
    free('waits for itself', ['wall-timeout', 'not-run'], 'lock = threading.Lock()\nlock.acquire()\nlock.acquire()'),
    free('waits for a descriptor', ['wall-timeout', 'not-run'], 'import select\nselect.select([], [], [])'),

    // Real time and real randomness
    ...realTimes.map(([name, body]) => attack(`reads ${name}`, ['ok', 'error', 'crash', 'forbidden'], body)),
    free(
      'writes its own clock over',
      ['ok', 'error', 'crash', 'no-answer'],
      `main = sys.modules['__main__']\nmain.CLOCK[:] = 0, 0, 0, 0\nmain.CHANCES.clear()\nreturn [[1]]`,
    ),
    free(
      'stops its clock and waits',
      ['cpu-timeout', 'not-run'],
      `sys.modules['__main__'].CLOCK[2] = 0\nend = time.time() + 1\nwhile time.time() < end: pass`,
    ),

    // Leaving late
    free('leaves something for the end', ['ok'], `import atexit\natexit.register(os.abort)\nreturn [[1]]`),
    free('replaces the way out', ['ok', 'no-answer'], 'os._exit = lambda code: None\nreturn [[1]]'),
    free('removes every module', ['ok', 'error', 'no-answer', 'crash'], 'sys.modules.clear()\nreturn [[1]]'),
    free(
      'replaces what runs it',
      ['ok', 'error', 'no-answer', 'crash'],
      `main = sys.modules['__main__'].__dict__
for name in list(main):
    if name not in ('__name__', '__builtins__'): main[name] = None
return [[1]]`,
    ),
    free(
      'goes on as the zygote',
      ['invalid-output', 'no-answer', 'error'],
      `main = sys.modules['__main__']\nmain.serve(None)\nreturn None`,
    ),
    free(
      'sets a profile and an audit hook',
      ['error', 'no-answer', 'cpu-timeout', 'not-run'],
      'def lie(*a): raise ValueError\nsys.addaudithook(lie)\nsys.setprofile(lie)\nreturn [[1]]',
    ),
    free(
      'has a hostile message',
      ['error'],
      `class S(str):
    def __getitem__(self, key): raise KeyboardInterrupt
class E(Exception):
    def __str__(self): return S('x')
raise E`,
    ),
    free(
      'exits while it is asked for its message',
      ['error'],
      'class E(Exception):\n    def __str__(self): sys.exit()\nraise E',
    ),
    free('has a message without end', ['error', ...slow], `raise ValueError('x' * 10_000_000)`),
    free(
      'loops while it is asked for its message',
      ['cpu-timeout', 'not-run'],
      'class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E',
    ),
    free(
      'has a hostile name',
      ['error', 'no-answer'],
      `class Meta(type):
    @property
    def __name__(self): return 7
class E(Exception, metaclass=Meta): pass
raise E`,
    ),
    free('steers the terminal', ['error'], String.raw`raise ValueError('\x1b]0;owned\x07\x1b[2J\u202e\ud800\x00')`),
    free(
      'writes half a character',
      ['ok'],
      String.raw`print('\ud800\udfff\x1b[31m')
return [[1]]`,
    ),
    free(
      'prints what is no text',
      ['error', 'ok'],
      `class S(str):
    def __len__(self): return -1
    def __getitem__(self, key): return b'x'
sys.stdout.write(S('x'))
return [[1]]`,
    ),

    // Bombs
    free(
      'compiles a bomb',
      ['memory', 'error', 'cpu-timeout', 'crash', 'not-run'],
      `eval('+'.join(['(1,)*1'] * 200_000))`,
    ),
    free('multiplies a constant', ['memory', ...slow], `exec("x = ((((1,) * 4096) * 4096) * 4096)")`),
    free('unpacks a bomb', ['memory', 'cpu-timeout', 'not-run'], 'import zlib\ndata = bytes(10**9)'),
    free(
      'nests lists',
      ['error', 'crash', 'memory', 'cpu-timeout', 'not-run'],
      `x = []
for _ in range(1_000_000): x = [x]
repr(x)`,
    ),
    free(
      'maps memory in pieces',
      ['memory', 'error', 'cpu-timeout', 'not-run'],
      `import mmap
kept = []
while True: kept.append(mmap.mmap(-1, 4096))`,
    ),
    free('maps a huge range', ['error', 'memory'], 'import mmap\nmmap.mmap(-1, 1 << 45)'),

    // Answers that lie about their type
    ...laterLies.map(([name, value, statuses]) => free(`answers ${name}`, statuses, `return ${value}`)),

    // File descriptors, earlier and later requests
    attack('reads the next request', ['ok'], 'return os.read(0, 100)'),
    attack('asks for input', ['error'], 'return input()'),
    attack(
      'uses descriptors left open',
      ['ok'],
      `found = []
for fd in range(4, 4096):
    try: found.append(os.fstat(fd))
    except OSError: pass
return found`,
    ),
    attack(
      'walks the frames for what an earlier program cost',
      ['ok'],
      `frame, values = sys._getframe(), []
while frame:
    values += frame.f_locals.values()
    frame = frame.f_back
return any(type(value) is resource.struct_rusage for value in values)`,
    ),
    attack('reads its answers', ['ok'], 'return os.read(3, 100)'),
    attack(
      'walks the frames and every object for other requests',
      ['ok', ...slow],
      `frame, found = sys._getframe(), []
while frame:
    found += [name for name in frame.f_locals if 'expected' in name or 'output' in name]
    frame = frame.f_back
codes = {o['code'] for o in gc.get_objects() if type(o) is dict and type(o.get('code')) is str}
return found or len(codes) > 1`,
    ),
  ]
}

/**
 * The verdict on a program that has a lot to do before it ends: on a slow or busy machine, it may run out of time first, which is
 * an equally right verdict.
 */
const slow = ['cpu-timeout', 'not-run'] as const

const imports = `import ctypes, fcntl, gc, json, os, re, resource, signal, socket, subprocess, sys, threading, time
import numpy as np
kept = []
def own_socket():
    kept.append(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, 3))  # which would close what it is made of
    return kept[-1]
`

function attack(name: string, expected: HostileProgram['expected'], body: string): HostileProgram {
  const code = `${imports}def attack():\n${indent(body)}\ndef solve(grid):\n    return [[9]] if attack() else [[0]]\n`
  return { name, code, expected }
}

function free(name: string, expected: HostileProgram['expected'], body: string): HostileProgram {
  return { name, code: `${imports}def solve(grid):\n${indent(body)}\n`, expected }
}

function call(name: string, numbers: Readonly<Record<'x86_64' | 'aarch64', number>>, args: string): HostileProgram {
  const number = process.arch === 'arm64' ? numbers.aarch64 : numbers.x86_64
  return attack(`calls ${name}`, ['forbidden'], `return ctypes.CDLL(None).syscall(${number}, ${args}) != -1`)
}

/** System calls under numbers that the filter's table does not have: the 32-bit ones, and those of the x32 ABI. */
const otherCallTables = [
  free(
    'calls through int 0x80',
    ['forbidden'],
    `import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex('b814000000cd80c3'))
ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()`,
  ),
  attack('calls by an x32 number', ['forbidden'], 'return ctypes.CDLL(None).syscall(0x40000000 + 39) != -1'),
]

/** A body is true when it learns the real time: a date after 2025, or the uptime of the machine. */
const realTimes = [
  ['the time of day', 'return time.time() > 1_735_689_600 or time.time_ns() > 1_735_689_600 * 10**9'],
  ['the date', 'import datetime\nreturn datetime.datetime.now().year > 2024 or time.gmtime().tm_year > 2024'],
  ['the time from libc', 'return ctypes.CDLL(None).time(None) > 1_735_689_600'],
  [
    'the time by system calls',
    `libc, room = ctypes.CDLL(None, use_errno=True), (ctypes.c_long * 32)()
for call in ${process.arch === 'arm64' ? '(113, 169, 153)' : '(228, 96, 201, 100)'}: libc.syscall(call, room, room)
libc.syscall(${process.arch === 'arm64' ? 113 : 228}, 0, room)
libc.syscall(${process.arch === 'arm64' ? 165 : 98}, 0, room)
return any(room)`,
  ],
  [
    'the time from what the kernel lends',
    `vdso = ctypes.CDLL('linux-vdso.so.1')
room = (ctypes.c_long * 2)()
${process.arch === 'arm64' ? 'vdso.__kernel_clock_gettime' : 'vdso.__vdso_clock_gettime'}(0, room)
return room[0] > 1_735_689_600`,
  ],
  ...(process.arch === 'x64'
    ? [
        [
          "the processor's counter",
          `import mmap
page = mmap.mmap(-1, 4096, prot=7)
page.write(bytes.fromhex('0f31c3'))
return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))() != 0`,
        ] as const,
      ]
    : []),
  ['random bytes of the system', `return open('/dev/urandom', 'rb').read(1) is not None`],
] as const

/** Numbers on x86_64 and aarch64, and arguments with which the call would succeed if nothing forbade it. */
const refusedCalls = [
  ['clone', 56, 220, '17, 0, 0, 0, 0'],
  ['clone3', 435, 435, 'ctypes.create_string_buffer(88), 88'],
  ['openat2', 437, 437, `-100, b'/dev/null', ctypes.create_string_buffer(24), 24`],
  ['socketpair', 53, 199, '1, 1, 0, ctypes.create_string_buffer(8)'],
  ['memfd_create', 319, 279, `b'x', 0`],
  ['memfd_secret', 447, 447, '0'],
  ['eventfd2', 290, 19, '0, 0'],
  ['signalfd4', 289, 74, '-1, ctypes.create_string_buffer(8), 8, 0'],
  ['timerfd_create', 283, 85, '1, 0'],
  ['timer_create', 222, 107, '1, 0, ctypes.create_string_buffer(8)'],
  ['epoll_create1', 291, 20, '0'],
  ['inotify_init1', 294, 26, '0'],
  ['pidfd_open', 434, 434, 'os.getppid(), 0'],
  ['pidfd_open of itself', 434, 434, 'os.getpid(), 0'],
  ['tgkill', 234, 131, 'os.getpid(), os.getpid(), 0'],
  ['rt_sigqueueinfo', 129, 138, 'os.getppid(), 10, ctypes.create_string_buffer(128)'],
  ['prctl', 157, 167, '4, 1, 0, 0, 0'],
  ['arch_prctl', 158, 9999, '0x1001, 0'],
  ['personality', 135, 92, '0x0040000'],
  ['seccomp', 317, 277, '2, 0, ctypes.c_char_p(0)'],
  ['kcmp', 312, 272, 'os.getpid(), os.getpid(), 1, 0, 0'],
  ['vmsplice', 278, 75, '3, ctypes.create_string_buffer(16), 0, 0'],
  ['tee', 276, 77, '3, 3, 1, 0'],
  ['mlockall', 151, 230, '1'],
  ['msgget', 68, 186, '0, 0o1600'],
  ['semget', 64, 190, '0, 1, 0o1600'],
  ['mq_open', 240, 180, `b'x', 0o102, 0o600, 0`],
  ['ioprio_set', 251, 30, '1, 0, 0'],
  ['getsid of the zygote', 124, 156, 'os.getppid()'],
  ['setpriority', 141, 140, '0, 0, 5'],
  ['umask', 95, 166, '0'],
  ['chdir', 80, 49, `b'/'`],
  ['flock', 73, 32, '3, 2'],
  [
    'clock_nanosleep by the time of the zygote',
    230,
    115,
    'ctypes.c_long((~os.getppid() << 3) | 2), 0, ctypes.create_string_buffer(16), 0',
  ],
  ['futex for a lock with an owner', 202, 98, 'ctypes.byref(ctypes.c_uint32(0)), 6, 0, 0, 0, 0'],
  ['landlock_create_ruleset', 444, 444, '0, ctypes.c_size_t(0), 1'],
  ['fcntl of leases', 72, 25, '3, 1024, 0'],
  ['fcntl of seals', 72, 25, '3, 1033, 0'],
  ['ioctl of namespaces', 16, 29, '3, 0xb701'],
  ['prlimit64 on itself', 302, 261, '0, 7, ctypes.create_string_buffer(bytes([8] + [0] * 7) * 2), 0'],
] as const

const answersWhatItGot = 'def solve(grid): return grid\n'

/** Text that may confuse Python's own reader. It has to be read, or refused, as the text it is. */
const sources: readonly Source[] = [
  ['with half a character in a comment', '# \uD800\n' + answersWhatItGot, ['error']],
  ['with separators that are no ends of lines', `x = '\u2028\u2029\u0085'\n${answersWhatItGot}`, ['ok']],
  ['with a byte order mark', '\uFEFF' + answersWhatItGot, ['error']],
  ['with an encoding that does not exist', '# coding: nonsense\n' + answersWhatItGot, ['ok']],
  ['with an encoding that is another', '# coding: utf-7\n' + answersWhatItGot, ['ok']],
  ['in ten million characters', `#${'x'.repeat(10_000_000)}\n${answersWhatItGot}`, ['ok', 'memory', ...slow]],
  ['in a million lines', 'x=1\n'.repeat(1_000_000), ['error', 'memory', 'cpu-timeout', 'not-run']],
  ['with a number of a million digits', `x = ${'9'.repeat(1_000_000)}`, ['error', 'memory', 'cpu-timeout', 'not-run']],
  ['with a chain of calls', `f = lambda: x${'()'.repeat(50_000)}`, ['error', 'memory', 'crash', ...slow]],
  ['with a chain of functions', `f = ${'lambda: '.repeat(20_000)}1`, ['error', 'memory', 'crash', ...slow]],
  [
    'with a chain of conditions',
    `if 0: pass\n${'elif 0: pass\n'.repeat(5_000)}`,
    ['error', 'memory', 'crash', ...slow],
  ],
]

/** Values that can be called, or seem to be, and are not plain functions. */
const entries: readonly Source[] = [
  ['a coroutine', 'async def solve(grid): return grid', ['invalid-output']],
  ['a generator', 'def solve(grid): yield grid', ['invalid-output']],
  ['a builtin', 'solve = list', ['ok']],
  ['the way out', 'solve = exit', ['no-answer']],
  ['a class', 'class solve(list): pass', ['invalid-output']],
  ['a function of numpy', 'import numpy\nsolve = numpy.abs', ['ok']],
  ['a property', 'solve = property(lambda self: self)', ['error']],
  ['what it makes up when asked', 'def __getattr__(name): return lambda grid: grid', ['error']],
  [
    'an object that exits when looked at',
    'class S:\n    def __getattr__(self, name): raise SystemExit\n    def __call__(self, grid): return grid\nsolve = S()',
    ['no-answer'],
  ],
  [
    'an object with endless annotations',
    `class A(dict):
    def get(self, *a):
        while True: pass
class C:
    co_argcount, co_varnames = 1, ['x']
class S:
    __code__, __annotations__ = C(), A()
    def __call__(self, grid): return grid
solve = S()`,
    ['cpu-timeout', 'not-run'],
  ],
]

type Source = readonly [name: string, code: string, statuses: HostileProgram['expected']]

const lies = [
  ['nothing', 'None'],
  ['text', `'[[1]]'`],
  ['a generator', '(row for row in grid)'],
  ['a dictionary', '{0: [1]}'],
  ['no rows', '[]'],
  ['an empty row', '[[]]'],
  ['ragged rows', '[[1, 2], [3]]'],
  ['31 rows', '[[1]] * 31'],
  ['a row of 31', '[[1] * 31]'],
  ['one row only', '[1, 2, 3]'],
  ['three dimensions', '[[[1]]]'],
  ['an array of three dimensions', 'np.zeros((2, 2, 2))'],
  ['a huge array', 'np.broadcast_to(1, (10**6, 10**6))'],
  ['ten', '[[10]]'],
  ['minus one', '[[-1]]'],
  ['a half', '[[0.5]]'],
  ['not a number', `[[float('nan')]]`],
  ['infinity', `np.array([[np.inf]])`],
  ['a huge number', '[[10 ** 5000]]'],
  ['text in a cell', `[['1']]`],
  ['itself', '(lambda x: (x.append(x), x)[1])([])'],
] as const

const laterLies = [
  ['what iterates without end', 'iter(int, 1)', ['invalid-output']],
  [
    'a lazy list',
    'type("L", (list,), {"__iter__": lambda self: iter([[1]]), "__len__": lambda self: 1})()',
    ['invalid-output'],
  ],
  ['what turns into an array', 'type("A", (), {"__array__": lambda self, *a: np.ones((1, 1))})()', ['invalid-output']],
  ['an array of objects', 'np.array([[object()]])', ['invalid-output']],
  ['an array of lists', 'np.array([[[1], [2, 3]]], dtype=object)', ['invalid-output']],
  ['an array of text', `np.array([['1']])`, ['invalid-output']],
  ['an array of complex numbers', 'np.array([[1j]])', ['invalid-output']],
  ['a masked array', 'np.ma.array([[1, 2]], mask=[[1, 0]])', ['ok', 'invalid-output']],
  ['a matrix', 'np.matrix([[1, 2]])', ['ok', 'error', 'invalid-output']],
  ['a structured array', 'np.zeros((1, 1), dtype=[("a", int)])', ['invalid-output']],
  ['a time', 'np.array([[1]], dtype="datetime64[s]")', ['invalid-output', 'ok']],
  ['an array without rows', 'np.zeros((0, 3), int)', ['invalid-output']],
  ['an array without columns', 'np.zeros((3, 0), int)', ['invalid-output']],
  ['an array of one number', 'np.array(1)', ['invalid-output']],
  ['numbers of its own', '[[type("I", (int,), {"__int__": lambda self: 1})(99)]]', ['invalid-output']],
  ['a list that grows while it is read', '(lambda x: (x.extend([x] * 29), x)[1])([])', ['invalid-output']],
  ['an exception', 'ValueError', ['invalid-output']],
  ['its own function', 'solve', ['invalid-output']],
  ['minus nought', '[[-0.0]]', ['ok']],
  ['a grid with an index', '{"index": 0, "grid": [[9]]}', ['invalid-output']],
  ['what was given', 'grid', ['ok']],
] as const

const forgeries = [
  ['an answer to no input', String.raw`b'{"index": 7, "rows": ["9"]}\n'`],
  ['an answer to a negative input', String.raw`b'{"index": -1, "rows": ["9"]}\n'`],
  ['an answer to a prototype', String.raw`b'{"index": "__proto__", "rows": ["9"]}\n'`],
  ['a verdict', String.raw`b'{"index": 0, "failure": "correct", "rows": 1}\n'`],
  ['a status', String.raw`b'{"index": 0, "status": "correct"}\n'`],
  ['half a line', String.raw`b'{"index": 0, "rows": ["9'`],
  ['deep nesting', String.raw`b'{"index":' + b'[' * 100000 + b'\n'`],
  ['numbers beyond every range', String.raw`b'{"index": 1e999, "rows": [1e999]}\n'`],
  ['bytes that are no text', String.raw`b'\xff\xfe{"index": 0}\n\x00\n'`],
  ['another reply', String.raw`b'ARCR' + bytes(24)`],
  ['a second seal', String.raw`b'SSSS\n'`],
] as const

function indent(body: string): string {
  return body.replaceAll(/^/gm, '    ')
}

/** JSON strings are Python strings. */
function py(text: string): string {
  return JSON.stringify(text)
}
