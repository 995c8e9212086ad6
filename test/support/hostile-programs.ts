import type { GridResult } from '../../src/adapters/sandbox/sandbox.ts'

export interface HostileProgram {
  readonly name: string
  readonly code: string
  /** Each input gets one of these. */
  readonly expected: readonly GridResult['status'][]
}

/** What a hostile program would like to reach, all of it really there. */
export interface Prey {
  /** Of a listener on 127.0.0.1. */
  readonly port: number
  readonly secretPath: string
  /** The name of a variable in this process's environment. */
  readonly secretVariable: string
  /** The id of this process. */
  readonly workerPid: number
}

/** What a program answers when its attack has succeeded; whatever else it does, it was contained. */
export const trophy = [[9]]

/**
 * One entry an attack. The body of an attack returns something true when it has succeeded, and may raise; where only the
 * verdict counts, the body is free to do anything.
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

    // Signals and limits of others
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
    free('grows a list', ['memory'], 'x = [0] * 4_000_000\nwhile True: x = x + x'),
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
    free('sleeps', ['wall-timeout', 'not-run'], 'time.sleep(1000)'),
    free('closes its answers and sleeps', ['wall-timeout', 'not-run'], 'os.close(3)\ntime.sleep(1000)'),

    // Floods
    free('prints without end', ['cpu-timeout', 'not-run'], `while True: print('x' * 1000)`),
    free('floods its answers', ['output-flood', 'not-run'], `while True: os.write(3, b'x' * 10000)`),
    free(
      'floods each descriptor',
      ['output-flood', 'not-run'],
      `while True:
    for fd in range(32):
        try: os.write(fd, b'x' * 10000)
        except OSError: pass`,
    ),

    // Ends
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
      ['crash'],
      `sys.setrecursionlimit(10**9)
class Endless:
    def __getattr__(self, name): return getattr(self, name + '')
Endless().x`,
    ),
    { name: 'is nested too deep to compile', code: '('.repeat(100_000), expected: ['error', 'memory', 'crash'] },
    {
      name: 'is a long chain of operators',
      code: `x = ${'-'.repeat(300_000)}1`,
      expected: ['error', 'memory', 'crash'],
    },
    { name: 'does not parse', code: 'def solve(grid:', expected: ['error'] },
    { name: 'holds a null character', code: 'x = "\0"', expected: ['error'] },
    { name: 'holds half a character', code: 'x = "\uD800"', expected: ['error'] },
    { name: 'defines nothing', code: '', expected: ['error'] },

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

    // Descriptors, earlier and later requests
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
    attack('reads its answers', ['error'], 'return os.read(3, 100)'),
    attack(
      'walks the frames and every object for other requests',
      ['ok'],
      `frame, found = sys._getframe(), []
while frame:
    found += [name for name in frame.f_locals if 'expected' in name or 'output' in name]
    frame = frame.f_back
codes = {o['code'] for o in gc.get_objects() if type(o) is dict and type(o.get('code')) is str}
return found or len(codes) > 1`,
    ),
  ]
}

const imports =
  'import ctypes, fcntl, gc, json, os, re, resource, signal, socket, subprocess, sys, threading, time\nimport numpy as np\n'

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

/** System calls by other numbers than the filter's table knows: the 32-bit ones, and those of the x32 ABI. */
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
