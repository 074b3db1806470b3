"""Calls that may never return, given up after a while: a D-Bus service can stay silent for ever."""

import threading
from collections.abc import Callable
from typing import TypeVar

from acterm.errors import ActermError

T = TypeVar("T")


class Silent(Exception):
    """No answer within the deadline; the call goes on in a thread that nobody waits for."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns or raises as ActermError. Raises Silent after `seconds`."""
    results: list[T] = []
    failures: list[ActermError] = []
    ended = threading.Event()

    def run() -> None:
        try:
            results.append(work())
        except ActermError as failure:
            failures.append(failure)
        finally:
            ended.set()

    threading.Thread(target=run, name="keyring", daemon=True).start()
    if not ended.wait(seconds) or not (results or failures):
        raise Silent
    if failures:
        raise failures[0]
    return results[0]
