"""What a mailbox thread is told while it works or waits."""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from acterm.engine.bodies import Wanted
from acterm.net.waker import Waker

# How often one looks whether another process has the person's answer.
_LOOK_EVERY = 2.0


class Interrupted(Exception):
    """Something more urgent is to be done: begin the round again."""


class Signals:
    """Wishes of other threads. `wake`, `retry`, `answer` and `stop` are for them.

    `watched` is the folder on screen, `drafts` those whose server copy is to be replaced,
    `wishes` what a person waits for, when there is no second connection to bring it, `dropped`
    those of them that nobody waits for any more.
    """

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.watched = 0
        self.drafts: deque[int] = deque()
        self.wishes: deque[Wanted] = deque()
        self.dropped: set[Wanted] = set()
        self._urgent = threading.Event()
        self._retry = threading.Event()
        self._answered = threading.Event()
        self._waker = Waker()

    def wake(self) -> None:
        """There is something to do on the link, when there is one."""
        self._urgent.set()
        self._waker.wake()

    def wish(self, wanted: Wanted) -> None:
        """Bring this when the link is next free."""
        self.dropped.discard(wanted)
        self.wishes.append(wanted)
        self.wake()

    def drop(self, wanted: Wanted) -> None:
        """Bring it no longer, be it on its way already."""
        self.dropped.add(wanted)
        with suppress(ValueError):
            self.wishes.remove(wanted)

    def retry(self) -> None:
        """Do not wait any longer before connecting again."""
        self._retry.set()
        self.wake()

    def answer(self) -> None:
        """The person answered a refusal, or gave a secret."""
        self._answered.set()
        self.retry()

    def stop(self) -> None:
        """End every wait."""
        self.stopping.set()
        self._answered.set()
        self.retry()

    def take_answer(self) -> bool:
        """Whether the person has answered since this was last asked."""
        answered = self._answered.is_set() and not self.stopping.is_set()
        self._answered.clear()
        return answered

    def fileno(self) -> int:
        """What `Imap.idle` watches."""
        return self._waker.fileno()

    def begin(self) -> None:
        """A round begins: what was wished for before is seen to now."""
        self._waker.drain()
        self._urgent.clear()
        if self.stopping.is_set():
            raise Interrupted

    def check(self) -> None:
        """Raises Interrupted when something was wished for since."""
        if self._urgent.is_set() or self.stopping.is_set():
            raise Interrupted

    def wait_to_retry(self, seconds: float) -> None:
        """Return after so many seconds, or when somebody does not want to wait."""
        self._retry.wait(seconds)
        self._retry.clear()

    def wait_for_answer(self, answered_elsewhere: Callable[[], bool]) -> None:
        """Return when the person has answered, here or in another process."""
        while not self._answered.wait(_LOOK_EVERY):
            if answered_elsewhere():
                break
        self._retry.clear()
