"""A folder for the demo's store that is gone however the process ends, `kill -9` included."""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = "/dev/shm"  # noqa: S108 (mkdtemp makes a folder of its own, for its owner alone)


def temporary_home() -> Path:
    """Make the folder, in memory where the system has such a place.

    Call it before any thread starts: a child process of ours waits for this one's end.
    """
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="acterm-demo-", dir=memory))
    if hasattr(os, "fork"):
        _wipe_at_the_end(home)
    return home


def wipe(home: Path) -> None:
    """Remove the folder now."""
    shutil.rmtree(home, ignore_errors=True)


def _wipe_at_the_end(home: Path) -> None:
    """The pipe's other end closes with this process, whatever closes it."""
    reading, _kept_open = os.pipe()
    if os.fork():
        os.close(reading)
        return
    os.setsid()  # a hang-up of the terminal is not for the child
    os.close(_kept_open)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    os.read(reading, 1)
    wipe(home)
    os._exit(0)
