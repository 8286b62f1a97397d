"""What the process that reads a file can no longer do.

Guaranteed on every Linux, without any right, once ``seal`` has been called:

- it opens nothing: with no descriptor left to number (RLIMIT_NOFILE), neither a file nor a connection can be opened; it
  has the file that it reads, and the pipe that it writes to, which RLIMIT_FSIZE leaves alone;
- it takes no more than CPU_SECONDS of processor and MEMORY_BYTES of address space, and leaves no core dump;
- its parent bounds the time that it takes and what it writes.

Guaranteed too where libseccomp is, as it is in Debian, Ubuntu and the image of Odoo (apt stands on it): the kernel
answers EPERM to all but the few system calls that reading needs. No program, no other process, no signal, no network,
no deletion or renaming; threads only. Elsewhere, a library that a hostile file has taken control of could still send
signals to the processes of its user, and delete or rename what that user may.
"""

import errno
import resource
import signal

from .contract import TooSlow

CPU_SECONDS = 4
MEMORY_BYTES = 768 * 1024 * 1024
CLONE_THREAD = 0x00010000
# Memory, threads, time, and the two descriptors that are open.
ALLOWED = (
    "brk",
    "clock_gettime",
    "close",
    "exit",
    "exit_group",
    "fstat",
    "futex",
    "getpid",
    "getrandom",
    "gettid",
    "lseek",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "newfstatat",
    "pread64",
    "read",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_getaffinity",
    "sched_yield",
    "set_robust_list",
    "sigaltstack",
    "write",
)

try:
    import pyseccomp
except (ImportError, RuntimeError):  # the second says that the system has no libseccomp
    pyseccomp = None


def seal():
    """Give up, for good, all that reading does not need.

    From now on TooSlow is raised, wherever the process is, when it has taken CPU_SECONDS. If it is deep in a library,
    the kernel kills it one second later.

    :raises OSError: a limit cannot be set: nothing must be read then
    """
    signal.signal(signal.SIGXCPU, _raise_too_slow)
    for limit, soft, hard in (
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1),
        (resource.RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_NOFILE, 0, 0),
    ):
        # A limit that the server has itself may be lower still, and cannot be raised.
        _, most = resource.getrlimit(limit)
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(limit, (soft, hard))
    if pyseccomp:
        _filter()


def _filter():
    """Have the kernel refuse the other system calls."""
    calls = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        calls.add_rule(pyseccomp.ALLOW, name)
    calls.add_rule(pyseccomp.ALLOW, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
    # Its flags are in memory, where a filter cannot look: glibc then uses the call above.
    calls.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    # Its own limits, which it may only lower.
    calls.add_rule(pyseccomp.ALLOW, "prlimit64", pyseccomp.Arg(0, pyseccomp.EQ, 0))
    try:
        calls.load()
    except OSError:
        # This kernel has no filter: the limits above hold all the same.
        return


def _raise_too_slow(_signal, _frame):
    raise TooSlow
