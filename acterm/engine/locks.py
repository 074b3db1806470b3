"""One process at a time delivers mail, or replays an account's intents."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PAUSE = 0.05


@contextmanager
def held(store: Path, name: str, wait: float = 0.0) -> Iterator[bool]:
    """Hold the lock `name` beside the store; False when another process keeps it past `wait`.

    The system lets go of it when the process dies.
    """
    path = store.with_name(f"{store.name}.{name}.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _taken(descriptor, wait)
    finally:
        os.close(descriptor)


def _taken(descriptor: int, wait: float) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: one acterm a person, no school server with several
        return True
    until = time.monotonic() + wait
    pause = threading.Event()
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            pause.wait(_PAUSE)
        else:
            return True
