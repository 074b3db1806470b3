"""What the child may use: little memory, little time, few files, no network.

Each limit is set where the platform has it; acterm's own deadline stands above them all.
"""

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress

MEMORY = 512 << 20
SECONDS = 10
FILES = 64

# Of linux/seccomp.h, linux/filter.h and linux/prctl.h.
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # EACCES
# Audit architecture, and the numbers of socket, connect, execve and execveat.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281)),
}
_REFUSED_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def confine() -> None:
    """Give up what reading an attachment does not need. There is no way back."""
    _limit_resources()
    sys.addaudithook(_refuse)
    if sys.platform == "linux" and sys.maxsize > 1 << 32 and platform.machine() in _CALLS:
        with suppress(OSError, AttributeError):
            _filter_calls(*_CALLS[platform.machine()])


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for limit, most, spare in (
        (resource.RLIMIT_AS, MEMORY, 0),
        (resource.RLIMIT_CPU, SECONDS, 2),  # told by a signal of its own, then ended
        (resource.RLIMIT_NOFILE, FILES, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most + spare))


def _refuse(event: str, arguments: Iterable[object]) -> None:
    """An audit hook (PEP 578): no network, no program, no file written."""
    if event.startswith(_REFUSED_EVENTS):
        raise PermissionError(event)
    if event == "open":
        _path, _mode, flags = arguments
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError(event)


def _filter_calls(architecture: int, calls: tuple[int, ...]) -> None:
    """Let the kernel refuse the network and other programs, also to what is not Python."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, 0),
    ]
    for number in calls:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = b"".join(struct.pack("=HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(steps), ctypes.addressof(held))
    call = ctypes.CDLL(None, use_errno=True).prctl
    call.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_ulong)
    if call(_NO_NEW_PRIVILEGES, 1, None, 0, 0) or call(_SECCOMP, _FILTER, program, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
