"""Waiting for something to become true, with a deadline and its name when it does not."""

import threading
import time
from collections.abc import Callable


def until(condition: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Return as soon as `condition` holds; fail saying `what` did not come after `seconds`."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        pause.wait(0.01)
