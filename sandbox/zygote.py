"""The Python that runs programs nobody trusts: one long-lived zygote, one sealed child per request.

Starting Python and importing numpy takes a tenth of a second, forking takes a millisecond. So this process (the
"zygote") starts once, imports what programs like to import, and then forks a child for each request. It handles
strictly one request at a time, and runs in a container without network, files or other processes (bubblewrap), or where
there can be no container, under Landlock. (Or in nothing at all, where a person insisted.)

Who trusts whom:

* The zygote never reads a payload. It reads a header of fixed size, and the child reads the program and its inputs from
  the shared standard input. What the parent never held, a later child cannot find in its copy of the memory.
* The child is trusted until it has sealed itself; from the first line of the program on it is the enemy. Its answers are
  bytes that the zygote counts, caps and passes on; only the worker outside parses them.
* No expected output ever comes in here. There is nothing to win by lying.

Usage: zygote.py bwrap PATH...      in a container that bubblewrap made; under Landlock too, where the kernel has it
       zygote.py landlock PATH...   without a container; both leave nothing to read but what lies under the paths
       zygote.py none               closes nothing: programs may do what the user may do who started this
"""

import os

# Modules have hooks run in each forked child, to mend their threads and to seed `random` anew. Half a millisecond, and
# not wanted: a child has one thread, and lots that fall the same way every time.
register_at_fork, os.register_at_fork = os.register_at_fork, lambda **hooks: None

# What this file needs, and what programs like to import: a child gets it for nothing.
import bisect, collections, copy, ctypes, dataclasses, decimal, enum, errno, fcntl, fractions, functools, gc, heapq
import io, itertools, json, math, mmap, operator, platform, queue, random, re, resource, select, signal, statistics
import socket, string, struct, sys, termios, time, types, typing

# Whatever the shell that started the worker left open would else be readable in here.
os.closerange(3, 1 << 20)

import numpy as np

os.register_at_fork = register_at_fork

libc = ctypes.CDLL(None, use_errno=True)
null = os.open('/dev/null', os.O_RDWR | os.O_CLOEXEC)

# ---------------------------------------------------------------------------------------------------------- protocol
# All integers little-endian. A request is a header and `payload bytes` of JSON: {"code", "entryPoints", "otherNames",
# "inputs", "gridsAs", "chance"}, with the fields of `ForkPayload` in src/adapters/sandbox/zygote-process.ts.
# A reply is a header and `body bytes`, which are the child's: JSON lines, or whatever it chose to write.
# A grid travels as its rows, each a text of digits: there are lists of it sooner than of JSON numbers.

REQUEST = struct.Struct('<4sIIIIQI')  # 'ARCQ', id, payload bytes, wall ms, CPU ms, memory bytes, stall ms
REPLY = struct.Struct('<4sIBBxxIIIIII')  # 'ARCR', id, end, code, wall us, CPU us, sleeps, preemptions, max RSS KiB, body bytes

# How a child ended; `code` is its exit code or signal. READY is the zygote's own first frame, with facts as its body.
EXITED, SIGNALLED, OUT_OF_CPU, OUT_OF_WALL, FLOODED, READY = range(6)

BODY_BYTES = 256 * 1024
BLANK = bytes(BODY_BYTES)
PRINTED_CHARACTERS = 4096
TO_CELLS, TO_DIGITS = bytes.maketrans(b'0123456789', bytes(range(10))), bytes.maketrans(bytes(range(10)), b'0123456789')
SEALED = b'S'  # the first byte of each child: it has read its payload and given up its rights


def read_exactly(length):
    """Reads from standard input, unbuffered: what follows belongs to somebody else. None at its end."""
    chunks = []
    while length > 0:
        chunk = os.read(0, length)
        if not chunk:
            return None
        chunks.append(chunk)
        length -= len(chunk)
    return b''.join(chunks)


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data) :]


# ---------------------------------------------------------------------------------------------------- seccomp policy
# Every system call that is not named here fails with EPERM: an honest program that tries gets an ordinary exception with
# a line number, and a library that merely probes goes on. Numbers are x86_64/aarch64; `-` where there is no such call.

ALLOWED = """
    read=0/63 write=1/64 close=3/57 readv=19/65 writev=20/66 pread64=17/67 lseek=8/62 stat=4/- fstat=5/80
    lstat=6/- newfstatat=262/79 statx=332/291 access=21/- faccessat=269/48 faccessat2=439/439
    getdents64=217/61 getcwd=79/17 poll=7/- ppoll=271/73 select=23/- pselect6=270/72
    mmap=9/222 mprotect=10/226 munmap=11/215 brk=12/214 mremap=25/216 madvise=28/233 rt_sigaction=13/134
    rt_sigprocmask=14/135 rt_sigreturn=15/139 sigaltstack=131/132 sched_yield=24/124 sched_getaffinity=204/123
    getcpu=309/168 getitimer=36/102 restart_syscall=219/128 getpid=39/172 gettid=186/178 getppid=110/173 getpgrp=111/- getuid=102/174
    geteuid=107/175 getgid=104/176 getegid=108/177 uname=63/160 sysinfo=99/179 getrlimit=97/163
    set_tid_address=218/96 set_robust_list=273/99 rseq=334/293 membarrier=324/283 dup=32/23
    dup2=33/- dup3=292/24 wait4=61/260 exit=60/93 exit_group=231/94 close_range=436/436
"""

# Allowed or not by their arguments, or refused with an error of their own: see `build_filter`.
EXAMINED = """
    open=2/- openat=257/56 fcntl=72/25 ioctl=16/29 prlimit64=302/261 clone3=435/435 openat2=437/437
    readlink=89/- readlinkat=267/78 clock_getres=229/114 futex=202/98
"""

# Real time and real chance, which a program gets only where libc's functions could not be replaced: see `replace_clocks`.
REAL = """
    clock_gettime=228/113 clock_nanosleep=230/115 nanosleep=35/101 gettimeofday=96/169 time=201/- times=100/153
    getrusage=98/165 setitimer=38/103 alarm=37/- getrandom=318/278
"""

# No honest program comes near these, so there is no exception to be kind with: the process dies by SIGSYS.
DEADLY = """
    ptrace=101/117 process_vm_readv=310/270 process_vm_writev=311/271 mount=165/40 umount2=166/39 unshare=272/97
    setns=308/268 chroot=161/51 pivot_root=155/41 swapon=167/224 swapoff=168/225 reboot=169/142 acct=163/89
    open_tree=428/428 move_mount=429/429 fsopen=430/430 fsconfig=431/431 fsmount=432/432 fspick=433/433
    mount_setattr=442/442 bpf=321/280 add_key=248/217 request_key=249/218 keyctl=250/219 perf_event_open=298/241
    userfaultfd=323/282 io_uring_setup=425/425 io_uring_enter=426/426 io_uring_register=427/427
    kexec_load=246/104 kexec_file_load=320/294 init_module=175/105 finit_module=313/273 delete_module=176/106
    open_by_handle_at=304/265 name_to_handle_at=303/264 pidfd_getfd=438/438 process_madvise=440/440
"""

# Column in the tables, and AUDIT_ARCH_* of <linux/audit.h>.
ARCHITECTURES = {'x86_64': (0, 0xC000003E), 'aarch64': (1, 0xC00000B7)}

# Anything else that open(2) may be asked is reading.
WRITING = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC | os.O_ASYNC | os.O_PATH | (os.O_TMPFILE & ~os.O_DIRECTORY)

# Not F_SETOWN and F_SETSIG, by which a process makes the kernel send signals to another.
FCNTL_COMMANDS = (fcntl.F_DUPFD, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL, fcntl.F_DUPFD_CLOEXEC)
IOCTL_COMMANDS = (termios.TCGETS, termios.FIOCLEX, termios.FIONREAD)

# Waiting and waking, each plain or with a mask, for threads of one process (128) or more, by either clock (256). Not the
# locks that know their owner, which may be any process, and which the kernel has had most trouble with.
FUTEX_OPERATIONS = tuple(operation | flags for operation in (0, 1, 9, 10) for flags in (0, 128, 256, 384))
# A clock by this bit is the processor time of any process there is.
CLOCK_OF_A_PROCESS = 1 << 31


def build_filter(machine, real_clock):
    """The policy as a classic BPF program over `struct seccomp_data`, for seccomp(2).

    An instruction is (opcode, skip if true, skip if false, operand). Each rule tests the number of the call and ends in a
    verdict of its own, so rules stand in any order and no jump leaves its rule.
    """
    column, audit_architecture = ARCHITECTURES[machine]

    def load(offset):
        return (0x20, 0, 0, offset)

    def argument(index, half=0):
        return load(16 + 8 * index + 4 * half)

    def skip_unless_equal(value, instructions):
        return (0x15, 0, instructions, value)

    def verdict(value):
        return (0x06, 0, 0, value)

    allow, kill = verdict(0x7FFF0000), verdict(0x80000000)

    def fail(error):
        return verdict(0x00050000 | error)

    def numbers(table):
        entries = (entry.split('=') for entry in table.split())
        columns = {name: columns.split('/')[column] for name, columns in entries}
        return {name: int(number) for name, number in columns.items() if number != '-'}

    def one_of(index, values, error):
        return [argument(index), *(step for value in values for step in (skip_unless_equal(value, 1), allow)), fail(error)]

    def none_of(index, bits, error):
        return [argument(index), (0x45, 0, 1, bits), fail(error), allow]

    def all_zero(places):
        return [step for place in places for step in (argument(*place), (0x15, 1, 0, 0), fail(errno.EPERM))] + [allow]

    examined = {
        'open': none_of(1, WRITING, errno.EACCES),
        'openat': none_of(2, WRITING, errno.EACCES),
        'fcntl': one_of(1, FCNTL_COMMANDS, errno.EPERM),
        'ioctl': one_of(1, IOCTL_COMMANDS, errno.ENOTTY),
        # prlimit64(0, resource, NULL, …): reading one's own limits, never those of the zygote, never setting.
        'prlimit64': all_zero([(0, 0), (2, 0), (2, 1)]),
        # So that libc falls back to the calls whose arguments the filter can see.
        'clone3': [fail(errno.ENOSYS)],
        'openat2': [fail(errno.ENOSYS)],
        # Landlock does not ask before it tells where a link leads. The answer is that of a file which is no link.
        'readlink': [fail(errno.EINVAL)],
        'readlinkat': [fail(errno.EINVAL)],
        'futex': one_of(1, FUTEX_OPERATIONS, errno.ENOSYS),
        **dict.fromkeys(('clock_gettime', 'clock_getres', 'clock_nanosleep'), none_of(0, CLOCK_OF_A_PROCESS, errno.EINVAL)),
    }
    rules = [(number, [allow]) for number in numbers(ALLOWED).values()]
    rules += [(number, examined[name]) for name, number in numbers(EXAMINED).items()]
    if real_clock:
        rules += [(number, examined.get(name, [allow])) for name, number in numbers(REAL).items()]
    rules += [(number, [kill]) for number in numbers(DEADLY).values()]
    # A 32-bit call has another architecture, an x32 call a number from 0x40000000: both would pass by other tables.
    program = [load(4), (0x15, 1, 0, audit_architecture), kill, load(0), (0x35, 0, 1, 0x40000000), kill]
    for number, steps in rules:
        program += [skip_unless_equal(number, len(steps)), *steps]
    return [*program, fail(errno.EPERM)]


class FilterProgram(ctypes.Structure):
    """`struct sock_fprog` of <linux/filter.h>."""

    _fields_ = [('length', ctypes.c_ushort), ('instructions', ctypes.c_char_p)]


def compile_filter(real_clock):
    if platform.machine() not in ARCHITECTURES or struct.calcsize('P') != 8:
        sys.exit(f'no system call table for {platform.machine()} with {8 * struct.calcsize("P")} bits')
    program = build_filter(platform.machine(), real_clock)
    packed = b''.join(struct.pack('<HBBI', *instruction) for instruction in program)
    return FilterProgram(len(program), packed)


def prctl(option, *arguments):
    padded = (*arguments, 0, 0, 0, 0)[:4]
    if libc.prctl(option, *(ctypes.c_ulong(argument) for argument in padded)) != 0:
        raise OSError(ctypes.get_errno(), f'prctl {option}')


# <linux/prctl.h>, <linux/seccomp.h>
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_TSC, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 1, 4, 22, 26, 38, 2
PR_TSC_SIGSEGV = 2


def die_with(parent):
    """A process that loses its parent is killed by the kernel; the second line is for a parent lost before the first."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(71)


# ------------------------------------------------------------------------------------------------------ time and chance
# A program has to do the same whenever and wherever it runs, so it gets neither real time nor real chance. Both come from
# libc, which `time`, `datetime`, numpy and the interpreter itself call directly: replacing functions of Python would leave
# most doors open. So the first instructions of libc's functions are overwritten with a jump to code of ours, which works
# on CLOCK alone. That happens once, here; children inherit it, and the zygote asks the kernel by system call instead.
#
# The clock stands still but for a tick each time it is read, so that `while time.time() - start < 1` ends, after the same
# number of turns everywhere. Sleeping moves it and takes no time. Timers never go off. Random bytes are those of a
# linear congruential generator. Reading the time some other way needs a system call, which seccomp refuses, or the
# processor's counter, which the kernel is told to withhold.

# Four words: nanoseconds since the start, nanoseconds to add for the time of day, nanoseconds a tick, state of the generator.
CLOCK = (ctypes.c_uint64 * 4)()
TICK = 100_000
# (nanoseconds since the start, time of day at the start, seed) by `chance` of a request. All of it lies in the past, so
# that waiting until some time by the clock ends at once. A program that answers otherwise by `other` depends on chance.
CHANCES = {'usual': (0, 1_577_836_800_000_000_000, 0), 'other': (12_345_678_901, 1_699_372_987_654_321_000, 1)}

# Machine code, made by an assembler from a few lines each. It finds the address of CLOCK in the eight bytes behind it.
REPLACEMENTS = {
    'x86_64': {
        'clock_gettime': '83ff0b7736488b0533000000488b5010480310488910b9210800000fa3f97304480350084889d031d2b900ca9a3b48f7f14889064889560831c0c383c8ffc3',
        'gettimeofday': '488b0532000000488b5010480310488910480350084889d031d2b900ca9a3b48f7f14889074889d031d2b9e803000048f7f14889470831c0c3',
        'time': '488b0524000000488b5010480310488910480350084889d031d2b900ca9a3b48f7f14885ff7403488907c3',
        'clock_nanosleep': '4c8b0531000000488b024869c000ca9a3b48034208f7c601000000741541b921080000410fa3f97304492b4008492b007e0349010031c0c3',
        'nanosleep': '488b1514000000488b074869c000ca9a3b4803470848010231c0c3',
        'times': '31c04885ff7408b904000000f348abc3',
        'getrusage': '4889f7b91200000031c0f348abc3',
        'setitimer': '31c04885d2740b4889d7b904000000f348abc3',
        'alarm': '31c0c3',
        'getrandom': '488b0d3b000000488b511831c049b82d7f954c2df4515849b94f8167f77e7b05144839f07317490fafd04c01ca4989d249c1ea384488140748ffc0ebe448895118c3',
    },
    'aarch64': {
        'clock_gettime': '1f2c00714802005482020058430040f9440840f96300048b430000f925048152a524c01a65000036440440f96300048b054099524573a7726608c59ac78c059b261c00a900008052c0035fd600008012c0035fd61f2003d5',
        'gettimeofday': '02020058430040f9440840f96300048b430000f9440440f96300048b054099524573a7726608c59ac78c059b057d80d2e708c59a061c00a900008052c0035fd6',
        'time': 'c2010058430040f9440840f96300048b430000f9440440f96300048b054099524573a7726608c59a400000b4060000f9e00306aac0035fd6',
        'clock_nanosleep': '44020058451840a9074099524773a772a518079b860040f90101003627048152e724c01a67000036870440f9a50007cba50006eb6d000054c600058b860000f900008052c0035fd6',
        'nanosleep': '44010058051840a9074099524773a772a518079b860040f9c600058b860000f900008052c0035fd6',
        'times': '600000b41f7c00a91f7c01a9000080d2c0035fd6',
        'getrusage': '3f7c00a93f7c01a93f7c02a93f7c03a93f7c04a93f7c05a93f7c06a93f7c07a93f7c08a900008052c0035fd6',
        'setitimer': '620000b45f7c00a95f7c01a900008052c0035fd61f2003d5',
        'alarm': '00008052c0035fd6',
        'getrandom': 'a3020058640c40f9a6e58fd2a692a9f2a685def2260aebf2e72990d2e7ecbef2c76fcff2a780e2f2050080d2bf0001ebc2000054841c069b88fc78d308682538a5040091fffaff17640c00f9e00305aac0035fd6',
    },
}
# Puts the address behind it into a register, and jumps there.
JUMPS = {'x86_64': ('48b8', 'ffe0'), 'aarch64': ('5000005800021fd6', '')}
# What aarch64 needs before it sees new instructions at an address.
REFRESH = '207b0bd59f3b03d520750bd59f3b03d5df3f03d5c0035fd6'

PAGE = mmap.PAGESIZE
READ_EXECUTE, READ_WRITE_EXECUTE = mmap.PROT_READ | mmap.PROT_EXEC, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC
libc.mprotect.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
libc.getauxval.restype = ctypes.c_ulong
AT_SYSINFO_EHDR = 33


def replace_clocks():
    """Whether time and chance are ours from here on; where the system does not let us, nothing has changed."""
    machine = platform.machine()
    codes = REPLACEMENTS.get(machine, {})
    functions = [(ctypes.cast(getattr(libc, name), ctypes.c_void_p).value, bytes.fromhex(codes[name])) for name in codes]
    pages = {}
    for address, _ in functions:
        if not any(start <= address < start + length for start, length in pages.items()):
            start, length = find_pages(address)
            pages[start] = length
    if not pages or 0 in pages.values():
        return False
    room = mmap.mmap(-1, PAGE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(room))
    targets = [start + place(room, code + struct.pack('<Q', ctypes.addressof(CLOCK))) for _, code in functions]
    refresh = start + place(room, bytes.fromhex(REFRESH))
    if libc.mprotect(start, PAGE, READ_EXECUTE) != 0:
        return False
    for kept in (room, CLOCK):  # until the very end, which reads the clock too
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(kept))
    before, after = (bytes.fromhex(part) for part in JUMPS[machine])
    for (address, _), target in zip(functions, targets):
        jump = before + struct.pack('<Q', target) + after
        ctypes.memmove(address, jump, len(jump))
        if machine == 'aarch64':
            ctypes.CFUNCTYPE(None, ctypes.c_void_p)(refresh)(address)
    for first, length in pages.items():
        libc.mprotect(first, length, READ_EXECUTE)
    return True


def place(room, code):
    """Writes machine code where the last ended, and returns where."""
    at = room.tell()
    room.write(code.ljust(-len(code) // 64 * -64, b'\0'))
    return at


def find_pages(address):
    """The page of a function, made writable: its start, and its length, or 0 where that was refused.

    Where the kernel lends its own code for it (the vDSO), that can only be made writable as a whole.
    """
    lent = libc.getauxval(AT_SYSINFO_EHDR)
    start = lent if lent and 0 <= address - lent < 16 * PAGE else address - address % PAGE
    for count in range(1, 17 if start == lent else 2):
        if libc.mprotect(start, count * PAGE, READ_WRITE_EXECUTE) == 0:
            return start, count * PAGE
    return start, 0


def set_chance(name):
    """Begins the same time and the same chance anew."""
    since_start, time_of_day, seed = CHANCES[name]
    CLOCK[:] = since_start, time_of_day - since_start, TICK, seed


def seed_generators(chance):
    seed = CHANCES[chance][2]
    random.seed(seed)
    np.random.seed(seed)


class Timespec(ctypes.Structure):
    _fields_ = [('seconds', ctypes.c_long), ('nanoseconds', ctypes.c_long)]


CLOCK_GETTIME = {'x86_64': 228, 'aarch64': 113}.get(platform.machine())


def real_seconds(clock=time.CLOCK_MONOTONIC):
    """The real time by a clock, which `time` no longer tells."""
    now = Timespec()
    if CLOCK_GETTIME is None:
        return time.clock_gettime(clock)
    if libc.syscall(ctypes.c_long(CLOCK_GETTIME), ctypes.c_int(clock), ctypes.byref(now)) != 0:
        raise OSError(ctypes.get_errno(), f'clock {clock} cannot be read')
    return now.seconds + now.nanoseconds / 1e9


# ---------------------------------------------------------------------------------------------------------- landlock
# <linux/landlock.h>; the same numbers on every architecture.

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
READ_FILE, READ_DIRECTORY = 1 << 2, 1 << 3
# File rights by version of the interface: 1, 2 (refer), 3 and 4 (truncate), 5 and later (ioctl on devices).
FILE_RIGHTS = [0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF]


def landlock_call(number, *arguments):
    result = libc.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), f'Landlock failed (system call {number})')
    return result


def landlock_version():
    """Of the kernel's interface; 0 where it has none."""
    return max(0, libc.syscall(ctypes.c_long(CREATE_RULESET), None, ctypes.c_size_t(0), ctypes.c_uint32(1)))


def restrict_to(paths, version):
    """Gives up every right to files but reading under the paths; also TCP and signals, where the kernel is new enough."""
    rights = FILE_RIGHTS[min(version, len(FILE_RIGHTS)) - 1]
    network, scopes = 3 if version >= 4 else 0, 3 if version >= 6 else 0
    ruleset = struct.pack('<QQQ', rights, network, scopes)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    handle = landlock_call(CREATE_RULESET, ruleset, ctypes.c_size_t(len(ruleset)), ctypes.c_uint32(0))
    for path in filter(os.path.exists, paths):
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        allowed = READ_FILE | READ_DIRECTORY if os.path.isdir(path) else READ_FILE
        landlock_call(ADD_RULE, handle, 1, struct.pack('<Qi', allowed, place), ctypes.c_uint32(0))
        os.close(place)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    landlock_call(RESTRICT_SELF, handle, ctypes.c_uint32(0))
    os.close(handle)


# ----------------------------------------------------------------------------------------------------- encode answer
# For the program's convenience and its author's understanding; the worker outside trusts none of it. Types are compared
# exactly and methods are those of the trusted class, because an object may lie about what it is.

LARGEST_SIDE = 30


class NotAGrid(Exception):
    """What a program returned is no grid, with the reason in words."""


def encode_grid(value):
    """The rows of what a program returned, each a text of digits."""
    return rectangular([encode_row(row) for row in list_items(value, 'grid', dimensions=2)])


def encode_row(row):
    cells = list_items(row, 'row', dimensions=1)
    if set(map(type, cells)) != {int} or min(cells) < 0 or max(cells) > 9:  # rarely, and ten times slower
        cells = map(encode_cell, cells)
    return bytes(cells).translate(TO_DIGITS).decode()


def list_items(value, what, dimensions):
    if issubclass(type(value), np.ndarray):
        if value.ndim != dimensions:
            raise NotAGrid(f'the {what} is an array of {value.ndim} dimensions')
        check_length(len(value), what)
        return np.ndarray.tolist(value) if dimensions == 1 else list(np.asarray(value))
    if type(value) not in (list, tuple):
        raise NotAGrid(f'the {what} is a {type(value).__name__[:60]}')
    check_length(len(value), what)
    return value


def check_length(length, what):
    if not 1 <= length <= LARGEST_SIDE:
        raise NotAGrid(f'a {what} has {length} {"rows" if what == "grid" else "cells"}, not 1 to {LARGEST_SIDE}')


def encode_cell(cell):
    """Whole floats and truth values count as the integers they equal: arithmetic in numpy makes them unasked."""
    if issubclass(type(cell), np.generic):
        cell = np.generic.item(cell)
    if type(cell) not in (int, bool, float):
        raise NotAGrid(f'a cell is a {type(cell).__name__[:60]}')
    if not 0 <= cell <= 9 or cell != int(cell):
        shown = 'a large number' if type(cell) is int and abs(cell) > 1e6 else cell  # which may be too long to print
        raise NotAGrid(f'a cell is {shown}, not 0 to 9')
    return int(cell)


def rectangular(rows):
    if len({len(row) for row in rows}) > 1:
        raise NotAGrid('its rows have different lengths')
    return rows


# ------------------------------------------------------------------------------------------------------------- child

PROGRAM_FILE = '<program>'


class Printed(io.TextIOBase):
    """Standard output and error of a program: keeps the beginning, swallows the rest."""

    def __init__(self):
        self.text = ''

    def writable(self):
        return True

    def write(self, text):
        self.text += text[: PRINTED_CHARACTERS - len(self.text)]
        return len(text)


def serve_as_child(zygote, seccomp_filter, answers, payload_bytes, cpu_ms, memory_bytes):
    """Reads the request, seals the process, runs the program. Never returns."""
    die_with(zygote)
    payload = read_exactly(payload_bytes)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    os.dup2(answers, 3, inheritable=False)
    os.closerange(4, 1 << 20)
    request = json.loads(payload)
    set_limits(cpu_ms, memory_bytes)
    libc.prctl(PR_SET_TSC, PR_TSC_SIGSEGV, 0, 0, 0)  # where the processor has such a counter and lets it be withheld
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if seccomp_filter:
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(seccomp_filter))
    os.write(3, SEALED)
    # From here on nothing that this process does is trusted.
    gc.enable()
    run_program(**request)


def set_limits(cpu_ms, memory_bytes):
    limits = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_ms // 1000 + 2,  # only a backstop: the zygote measures milliseconds
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 32,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, wanted in limits.items():
        _, hard = resource.getrlimit(limit)  # whoever started the worker may allow less
        value = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(limit, (value, value))


# Made once, for each child to find: making them touches fifty pages, which a child pays for one by one.
PRINTED, NOTHING = Printed(), io.StringIO()
# Address space held back, never touched: a program that used up its memory can still be told so.
RESERVE = [np.empty(4 << 20, np.uint8)]


def run_program(code, entryPoints, otherNames, inputs, gridsAs, chance, leave=os._exit):
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = PRINTED
    sys.stdin = sys.__stdin__ = NOTHING
    function, failure, decode = None, None, decode_list
    try:
        if chance != 'usual':  # by which they are seeded already
            seed_generators(chance)
        set_chance(chance)
        name, function = load_function(code, entryPoints, otherNames)
        decode = decode_array if gridsAs == 'array' or asks_for_array(function) else decode_list
        send({'called': name, 'gridsAs': 'array' if decode is decode_array else 'list'})
    except BaseException as error:
        RESERVE.clear()
        failure = describe(error)
    for index, rows in enumerate(inputs):
        set_chance(chance)
        try:
            answer = failure or {'rows': encode_grid(function(decode(rows)))}
        except BaseException as error:
            RESERVE.clear()
            answer = describe(error)
        send({'index': index, **answer})
    send({'printed': PRINTED.text})
    # Not exit: no handler, finalizer or thread of the program's gets another turn.
    leave(0)


def send(answer, write=write_all, dumps=json.dumps):
    write(3, (dumps(answer) + '\n').encode())


# Which function of a program is called: src/domain/runs/entry-points.ts has the rule and the names, and answers are searched for
# programs by it, too.


def load_function(code, entry_points, other_names):
    module = types.ModuleType('program')
    sys.modules['program'] = module  # dataclasses and others look their module up
    exec(compile(code, PROGRAM_FILE, 'exec', dont_inherit=True), module.__dict__)
    names = module.__dict__
    own = {name: value for name, value in names.items() if type(value) is types.FunctionType and is_own(value)}
    if len(entry_points) == 1:
        candidates = [name for name in entry_points if callable(names.get(name))]
    else:
        candidates = [name for name in (*entry_points, *other_names) if takes_one_grid(names.get(name))]
        lone = [name for name, function in own.items() if needs(function) == 1 and takes_one_grid(function)]
        candidates = candidates or (lone if len(lone) == 1 else [])
    for name in candidates:
        return name, names[name]
    raise NameError(explain_missing(entry_points, own))


def is_own(function):
    return function.__code__.co_filename == PROGRAM_FILE and function.__name__ != '<lambda>'


def takes_one_grid(function):
    """Whether it can be called with one argument. Only plain functions are looked at; what else can be called may be anything."""
    if type(function) is not types.FunctionType:
        return callable(function)
    code, required_by_name = function.__code__, function.__kwdefaults__ or {}
    by_name = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    takes = code.co_argcount > 0 or code.co_flags & 0x04  # CO_VARARGS
    return takes and needs(function) <= 1 and all(name in required_by_name for name in by_name)


def needs(function):
    """How many arguments have no default."""
    return function.__code__.co_argcount - len(function.__defaults__ or ())


def explain_missing(entry_points, own):
    shown = [f'{name}({", ".join(f.__code__.co_varnames[: f.__code__.co_argcount])})' for name, f in own.items()]
    there = ', '.join(shown[:10]) + (', …' if len(shown) > 10 else '') if shown else 'no function'
    wanted = entry_points[0] if len(entry_points) == 1 else f'{" or ".join(entry_points)} that takes one grid'
    return f'there is no {wanted}; the program defines {there}'


def decode_list(rows):
    return [list(row.encode().translate(TO_CELLS)) for row in rows]


def decode_array(rows):
    return np.array(decode_list(rows))


def asks_for_array(function):
    code = getattr(function, '__code__', None)
    if not code or not code.co_argcount:
        return False
    annotation = getattr(function, '__annotations__', {}).get(code.co_varnames[0], '')
    return 'array' in str(annotation).lower()


def describe(error):
    if isinstance(error, NotAGrid):
        return {'failure': 'invalid-output', 'message': str(error)}
    failure = 'memory' if isinstance(error, MemoryError) else 'no-answer' if isinstance(error, SystemExit) else 'error'
    return {'failure': failure, 'type': type(error).__name__, 'message': words_of(error), 'line': line_of(error)}


def words_of(error):
    try:
        return str.__getitem__(str(error), slice(300))
    except BaseException:
        return ''


def line_of(error):
    """The innermost line of the program that the error passed through, or where it does not parse."""
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == PROGRAM_FILE else None
    trace = error.__traceback__
    while trace:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename == PROGRAM_FILE else line
        trace = trace.tb_next
    return line


# ------------------------------------------------------------------------------------------------------------ parent


def serve(seccomp_filter):
    body = bytearray(BODY_BYTES)
    while header := read_exactly(REQUEST.size):
        # In a frame of its own, which a later child does not get: what this request cost and how it ended is nobody else's.
        serve_request(header, seccomp_filter, body, os._exit)


def serve_request(header, seccomp_filter, body, leave):
    magic, request_id, payload_bytes, wall_ms, cpu_ms, memory_bytes, stall_ms = REQUEST.unpack(header)
    if magic != b'ARCQ':
        sys.exit('out of step: this is no request header')
    zygote, started = os.getpid(), real_seconds()
    # No pipe: where there is a /proc, a child could open that anew and take back what it wrote before it is read here.
    ends = socket.socketpair()
    ends[0].shutdown(socket.SHUT_WR)
    answers, end_for_child = (end.detach() for end in ends)
    child = os.fork()
    if child == 0:
        try:
            os.close(answers)
            serve_as_child(zygote, seccomp_filter, end_for_child, payload_bytes, cpu_ms, memory_bytes)
        finally:
            leave(70)  # given, because a program may replace it
    os.close(end_for_child)
    received, end = watch(child, answers, body, wall_ms / 1000, cpu_ms / 1000, stall_ms / 1000)
    status, usage = put_down(child)
    os.close(answers)
    if body[: len(SEALED)] != SEALED:
        # Perhaps it left part of its payload in the pipe; only a new zygote is sure to be in step.
        sys.exit(f'the child did not seal itself (wait status {status})')
    code = 0
    wall_us = int((real_seconds() - started) * 1e6)
    cpu_us = int((usage.ru_utime + usage.ru_stime) * 1e6)
    if end == EXITED and os.WIFSIGNALED(status):
        code = os.WTERMSIG(status)
        # On a machine so busy that this process did not get its turn in time, the kernel enforced RLIMIT_CPU.
        end = OUT_OF_CPU if code == signal.SIGKILL and cpu_us >= 1000 * cpu_ms else SIGNALLED
    elif end == EXITED:
        code = os.WEXITSTATUS(status)
    figures = wall_us, cpu_us, usage.ru_nvcsw, usage.ru_nivcsw, usage.ru_maxrss
    send_reply(request_id, end, code, figures, memoryview(body)[len(SEALED) : received])
    # The next child gets a copy of this memory, and must not find what this one wrote. (Nor how much: memory made for it
    # would move what is made later.)
    memoryview(body)[:received] = memoryview(BLANK)[:received]


def cpu_seconds_of(process):
    """By the kernel's id for the CPU clock of a process, which needs no /proc."""
    return real_seconds((~process << 3) | 2)


def watch(child, answers, body, wall_limit, cpu_limit, stall_limit):
    """Collects what the child writes until it ends or exceeds a limit. Returns how much, and how it ended.

    Its time begins when it has sealed itself: what comes before is ours, and on a busy machine may take long. First the
    socket is watched until its end, then the process: whoever watches both at once can see the death before the last words.

    Where there is more wall time than `stall_limit`, that is for a busy machine: a child that got no processor time at all
    for so long is waiting for something else.
    """
    received, wall_start, cpu_start, moved_at, moved_cpu = 0, 0, 0, 0, 0
    descriptor = os.pidfd_open(child)
    poller = select.poll()
    poller.register(answers, select.POLLIN)
    try:
        while True:
            time_left = None
            if received > 0:
                now, cpu_now = real_seconds(), cpu_seconds_of(child)
                if cpu_now > moved_cpu:
                    moved_at, moved_cpu = now, cpu_now
                cpu_left = cpu_limit - (cpu_now - cpu_start)
                wall_left = min(wall_limit - (now - wall_start), stall_limit - (now - moved_at))
                if cpu_left <= 0:
                    return received, OUT_OF_CPU
                if wall_left <= 0:
                    return received, OUT_OF_WALL
                time_left = 1000 * min(cpu_left, wall_left)
            for ready, _ in poller.poll(time_left):
                if ready == descriptor:
                    return received, EXITED
                count = os.readv(answers, [memoryview(body)[received:]])
                if received == 0:
                    wall_start, cpu_start = real_seconds(), cpu_seconds_of(child)
                received += count
                if received == len(body):
                    return received, FLOODED
                if count == 0:
                    poller.unregister(answers)
                    poller.register(descriptor, select.POLLIN)
    finally:
        os.close(descriptor)


def put_down(child):
    """Kills and reaps the child; as the first process of a container, everything else in there too."""
    os.kill(child, signal.SIGKILL)  # cannot hit a stranger: until it is reaped, nobody else gets its id
    _, status, usage = os.wait4(child, 0)
    if os.getpid() == 1:
        try:
            os.kill(-1, signal.SIGKILL)
            while True:
                os.waitpid(-1, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
    return status, usage


def send_reply(request_id, end, code, figures, body):
    write_all(1, REPLY.pack(b'ARCR', request_id, end, code, *figures, len(body)))
    write_all(1, body)


def close_in(level, paths):
    """Gives up what is not needed to serve. Returns the version of Landlock in force, 0 for none."""
    prctl(PR_SET_DUMPABLE, 0)  # inherited by each child: none can be traced or have its memory read
    if level != 'bwrap':  # which looks after that itself
        die_with(os.getppid())
    version = 0 if level == 'none' else landlock_version()
    if version > 0:
        restrict_to(paths, version)
    elif level == 'landlock':
        sys.exit('this kernel has no Landlock, or it is switched off')
    return version


def main(level, *paths):
    if level not in ('bwrap', 'landlock', 'none'):
        sys.exit(f'there is no level {level}')
    ours = replace_clocks()
    facts = {
        'landlock': close_in(level, paths),
        'clock': 'virtual' if ours else 'real',
        'pythonVersion': platform.python_version(),
        'numpyVersion': np.__version__,
    }
    seccomp_filter = None if level == 'none' else compile_filter(real_clock=not ours)
    # So that a program gives the same answer every time.
    seed_generators('usual')
    # Without this the collector would touch, and so copy, every page in every child.
    gc.collect()
    gc.freeze()
    gc.disable()
    send_reply(0, READY, 0, (0, 0, 0, 0, 0), json.dumps(facts).encode())
    serve(seccomp_filter)


if __name__ == '__main__':
    main(*sys.argv[1:])
