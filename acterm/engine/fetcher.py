"""The second connection: made when a person waits for a text, closed a minute later."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from acterm.engine import threads
from acterm.engine.bodies import DroppedError, Wanted, bring
from acterm.engine.judging import judge_opened
from acterm.engine.messages.base import Tell
from acterm.engine.messages.mail import PartComing
from acterm.errors import ActermError, Unreachable
from acterm.i18n import _
from acterm.net.imap import Imap
from acterm.store.db import Store

_IDLE_SECONDS = 60.0

Answer = Callable[[Wanted, ActermError | None], None]
"""Hears how it went: without a failure, it is in the store."""


class Fetcher:
    """Brings what is wanted, the newest wish first. Any thread may call it."""

    def __init__(
        self,
        store: Store,
        connect: Callable[[], Imap],
        answer: Answer,
        tell: Tell,
        stopping: threading.Event,
    ) -> None:
        self._store = store
        self._connect = connect
        self._answer = answer
        self._tell = tell
        self._stopping = stopping
        self._changed = threading.Condition()
        self._wishes: list[Wanted] = []
        self._dropped: set[Wanted] = set()
        self._running = False
        self._imap: Imap | None = None

    def want(self, wanted: Wanted) -> None:
        """Bring this next; a wish that waits already comes to the front."""
        with self._changed:
            with suppress(ValueError):
                self._wishes.remove(wanted)
            self._dropped.discard(wanted)
            self._wishes.append(wanted)
            self._changed.notify()
            if not self._running:
                self._running = True
                threads.start("fetch", self._run)

    def drop(self, wanted: Wanted) -> None:
        """Bring it no longer: what comes of it now ends with the piece that is on its way."""
        with self._changed:
            if wanted in self._wishes:
                self._wishes.remove(wanted)
            else:
                self._dropped.add(wanted)

    def stop(self) -> None:
        """End every wait; returns at once. `stopping` is set before."""
        with self._changed:
            self._changed.notify()
        imap = self._imap
        if imap is not None:
            imap.abort()

    def _run(self) -> None:
        while wanted := self._next():
            with threads.guarded(self._tell, self._stopping):
                try:
                    failure = self._bring(wanted)
                except DroppedError:
                    continue
                self._answer(wanted, failure)
                self._judge(wanted, failure)
                continue
            self._answer(wanted, ActermError(_("This mail could not be read.")))

    def _judge(self, wanted: Wanted, failure: ActermError | None) -> None:
        """Once it is on screen, the list may warn of it too."""
        with threads.guarded(self._tell, self._stopping):
            if failure is None and not wanted.section:
                judge_opened(self._store, self._tell, wanted.message_id)

    def _next(self) -> Wanted | None:
        with self._changed:
            if not self._wishes:
                self._changed.wait_for(self._is_awake, _IDLE_SECONDS)
            self._dropped.clear()
            if self._wishes and not self._stopping.is_set():
                return self._wishes.pop()
            self._running = False
            imap, self._imap = self._imap, None
        if imap is not None:
            imap.close()
        return None

    def _is_awake(self) -> bool:
        return bool(self._wishes) or self._stopping.is_set()

    def _bring(self, wanted: Wanted) -> ActermError | None:
        """Once more on a new connection when the old one had died of age."""
        for fresh in (self._imap is None, True):
            try:
                if self._imap is None:
                    self._imap = self._connect()
                bring(self._imap, self._store, wanted, partial(self._coming, wanted))
            except ActermError as failure:
                if not isinstance(failure, Unreachable):
                    return failure
                self._close()
                if fresh or self._stopping.is_set():
                    return failure
            else:
                return None
        return None

    def _coming(self, wanted: Wanted, done: int) -> None:
        if wanted in self._dropped:
            raise DroppedError
        self._tell(PartComing(wanted.message_id, wanted.section, done))

    def _close(self) -> None:
        imap, self._imap = self._imap, None
        if imap is not None:
            imap.close()
