"""The second connection: what a person waits for never stands behind a background sync."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from acterm.errors import ActermError, Unreachable
from acterm.net.imap import Imap

IDLE_SECONDS = 60.0

Work = Callable[[Imap], None]


class Fetcher:
    """The second connection: made when somebody waits for a text, closed a minute later."""

    def __init__(self, connected: Callable[[], Imap]) -> None:
        self._connected = connected
        self._queue: SimpleQueue[tuple[Work, Callable[[ActermError], None]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._imap: Imap | None = None
        self._stopping = False

    def submit(self, work: Work, lost: Callable[[ActermError], None]) -> None:
        """Do it as soon as the connection is there; `lost` hears why it could not be done."""
        with self._lock:
            self._queue.put((work, lost))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End every wait; returns at once."""
        self._stopping = True
        self._queue.put(None)
        if self._imap is not None:
            self._imap.abort()

    def _run(self) -> None:
        while not self._stopping:
            try:
                item = self._queue.get(timeout=IDLE_SECONDS)
            except Empty:
                item = None
            if item is None:
                with self._lock:
                    if self._queue.empty() or self._stopping:
                        self._thread = None
                        self._close()
                        return
                continue
            self._do(*item)

    def _do(self, work: Work, lost: Callable[[ActermError], None]) -> None:
        fresh = self._imap is None
        try:
            if self._imap is None:
                self._imap = self._connected()
            work(self._imap)
        except ActermError as failure:
            self._close()
            if fresh or self._stopping or not isinstance(failure, Unreachable):
                lost(failure)
            else:  # the link had died of age: once more on a new one
                self._do(work, lost)

    def _close(self) -> None:
        if self._imap is not None:
            self._imap.close()
            self._imap = None
