"""A folder for a store that is gone however the process ends, `kill -9` and hang-up included."""

import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path

_MEMORY = "/dev/shm"  # noqa: S108 (mkdtemp makes a folder of its own, for its owner alone)
_LOCK = "alive"
_CHUNK = 1 << 20


def temporary_home(kind: str) -> Path:
    """Make the folder `acterm-<kind>-…`, in memory where the system has such a place.

    Those that killed sessions of this kind left are wiped. Call it before any thread starts: a
    child process of ours waits for this one's end.
    """
    prefix = f"acterm-{kind}-"
    home = Path(tempfile.mkdtemp(prefix=prefix, dir=_places()[0]))
    if hasattr(os, "fork"):
        _lock(home)
        _wipe_at_the_end(home)
        for place in _places():
            for left in place.glob(f"{prefix}*"):
                _wipe_when_left(left)
    return home


def is_temporary(home: Path, kind: str) -> bool:
    """Whether it is named as `temporary_home` names its folders."""
    return home.name.startswith(f"acterm-{kind}-")


def wipe(home: Path) -> None:
    """Remove the folder now; on a disk its bytes are overwritten before."""
    if home.parent != Path(_MEMORY):
        for file in home.rglob("*"):
            if file.is_file() and not file.is_symlink():
                with suppress(OSError):
                    _overwrite(file)
    shutil.rmtree(home, ignore_errors=True)


def _places() -> list[Path]:
    """Where such folders may be, the best first: in memory, else the person's own, else any."""
    wanted = (_MEMORY, os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir())
    return [Path(one) for one in wanted if one and os.access(one, os.W_OK)]


def _overwrite(file: Path) -> None:
    with file.open("r+b") as opened:
        left = file.stat().st_size
        while left > 0:
            left -= opened.write(bytes(min(left, _CHUNK)))
        opened.flush()
        os.fsync(opened.fileno())


def _lock(home: Path) -> None:
    """Held until this process ends, and until its child has wiped."""
    import fcntl

    held = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)


def _wipe_when_left(home: Path) -> None:
    """Wipe a folder of ours that no process holds any more; a link is not followed."""
    import fcntl

    try:
        if home.is_symlink() or home.stat().st_uid != os.getuid():
            return
        held = os.open(home / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        wipe(home)
    except OSError:
        pass  # its session lives
    finally:
        os.close(held)


def _wipe_at_the_end(home: Path) -> None:
    """The pipe's other end closes with this process, whatever closes it."""
    reading, _kept_open = os.pipe()
    if os.fork():
        os.close(reading)
        return
    os.setsid()  # a hang-up of the terminal is not for the child, nor the end of the login
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.close(_kept_open)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    os.read(reading, 1)
    wipe(home)
    os._exit(0)
