"""The SQLite file: opened once a process, read by every thread, written behind one lock."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from acterm import paths
from acterm.errors import reason
from acterm.store import schema
from acterm.store.connection import Connection, StoreBusy, StoreDamaged, connect, unusable

__all__ = ["Connection", "Store", "StoreBusy", "StoreDamaged", "open_store"]

_HEADER = 100
_MAGIC = b"SQLite format 3\x00"


class Store:
    """One open file. Readers see a consistent snapshot and never wait for the writer.

    Errors of SQLite come out of every connection as ActermError with advice.
    """

    def __init__(self, path: Path, writer: Connection) -> None:
        self.path = path
        self._writer = writer
        self._lock = threading.RLock()
        self._threads = threading.local()
        # Weak, so that a thread that ends takes its connection along.
        self._readers: WeakKeyDictionary[Connection, threading.Thread] = WeakKeyDictionary()

    def reader(self) -> Connection:
        """This thread's own connection, which refuses to write."""
        db: Connection | None = getattr(self._threads, "reader", None)
        if db is None:
            db = connect(self.path)
            db.execute("PRAGMA query_only = 1")
            self._threads.reader = db
            self._readers[db] = threading.current_thread()
        return db

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction, committed at the end, rolled back when the block raises.

        `durable` waits until the disk has it: drafts, outbox, intents. Keep it short, at most
        some hundred rows: the other threads and processes wait. Not to be nested.
        """
        with self._lock:
            db = self._writer
            if db.in_transaction:
                raise RuntimeError("Store.write is not to be nested")
            db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise

    def generation(self) -> int:
        """A number that changes when another connection, of any process, has written."""
        row = self.reader().execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def close(self) -> None:
        """Close every connection but those of other threads that live: they end with them.

        To close one in the middle of a statement brings the process down.
        """
        with self._lock:
            for db, thread in list(self._readers.items()):
                if thread is threading.current_thread() or not thread.is_alive():
                    db.close()
            self._writer.close()


def open_store(path: Path | None = None, *, rebuild: bool = False) -> Store:
    """Open the store, created for its owner alone when missing.

    `rebuild` moves a damaged file aside, keeps what only it knows, and starts anew.
    Raises StoreDamaged, or ConfigError for a disk or a permission that is in the way.
    """
    path = path or paths.store_file()
    _create(path)
    if rebuild and path.stat().st_size:
        from acterm.store.rebuild import rebuild as start_anew

        start_anew(path)
    _look(path)
    db = connect(path)
    try:
        schema.migrate(db)
    except BaseException:
        db.close()
        raise
    return Store(path, db)


def _create(path: Path) -> None:
    """Make the file 0600 before SQLite does with the process's umask."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise unusable(path, reason(error)) from error


def _look(path: Path) -> None:
    """The check at open: the header says SQLite, and the file is as long as it says.

    It costs the same whatever the size. Beside a -wal neither is final: SQLite looks then.
    """
    if Path(f"{path}-wal").exists():
        return
    with path.open("rb") as file:
        header = file.read(_HEADER)
        length = file.seek(0, os.SEEK_END)
    if not length:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise StoreDamaged(path)
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if length < pages * (65536 if page_size == 1 else page_size):
        raise StoreDamaged(path)
