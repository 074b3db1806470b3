"""The SQLite file: opened once a process, read by every thread, written behind one lock."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from acterm import paths
from acterm.errors import ActermError, ConfigError
from acterm.i18n import _
from acterm.store import schema

_BUSY_SECONDS = 10


class StoreDamaged(ConfigError):
    """The file is not a usable database. Mail comes again from the server; the rest is saved."""


class Store:
    """One open file. Readers see a consistent snapshot and never wait for the writer."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._threads = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None

    def reader(self) -> sqlite3.Connection:
        """This thread's own connection, which refuses to write."""
        db: sqlite3.Connection | None = getattr(self._threads, "reader", None)
        if db is None:
            with translated(self.path):
                db = _connect(self.path)
                db.execute("PRAGMA query_only = 1")
            self._threads.reader = db
            self._connections.append(db)
        return db

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """A transaction, committed at the end, rolled back when the block raises.

        `durable` waits until the disk has it: drafts, outbox, intents.
        """
        with self._lock, translated(self.path):
            db = self._writing()
            db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.commit()

    def generation(self) -> int:
        """A number that changes when another connection, of any process, has written."""
        row = self.reader().execute("PRAGMA data_version").fetchone()
        return int(row[0])

    def close(self) -> None:
        """Close every connection, those of other threads too."""
        with self._lock:
            for db in (*self._connections, *([self._writer] if self._writer else [])):
                db.close()
            self._connections.clear()
            self._writer = None

    def _writing(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = _connect(self.path)
        return self._writer


def open_store(path: Path | None = None, *, rebuild: bool = False) -> Store:
    """Open the store, created for its owner alone when missing.

    `rebuild` moves a damaged file aside, keeps what only it knows, and starts anew.
    Raises StoreDamaged, or ConfigError for a disk or a permission that is in the way.
    """
    path = path or paths.store_file()
    if rebuild and path.exists():
        from acterm.store.rebuild import rebuild as start_anew

        start_anew(path)
    _create(path)
    with translated(path):
        db = _connect(path)
        try:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version > schema.VERSION:
                raise ConfigError(
                    _("The store {file} was made by a newer acterm.").format(file=path),
                    _("Install the newer version again."),
                )
            if version < schema.VERSION:
                schema.migrate(db)
            db.execute("SELECT 1 FROM accounts, folders, messages LIMIT 1").fetchone()
        finally:
            db.close()
    return Store(path)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Say in words what SQLite cannot do with the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error, path) from error


def _create(path: Path) -> None:
    """Make the file 0600 before SQLite does with the process's umask."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise ConfigError(
            _("The store {file} cannot be opened: {reason}.").format(
                file=path, reason=error.strerror
            ),
            _("Check the folder’s permissions and the disk."),
        ) from error


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA foreign_keys = 1")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def _ours(error: sqlite3.Error, path: Path) -> ActermError:
    words = str(error)
    if "malformed" in words or "not a database" in words or "no such table" in words:
        return StoreDamaged(
            _("The store {file} is damaged.").format(file=path),
            _(
                "Run “acterm sync --rebuild”: drafts and the outbox are saved first, "
                "mail comes again from the server."
            ),
        )
    if "full" in words:
        return ConfigError(
            _("The disk is full: nothing more can be kept."),
            _("Make room; what was kept before is whole."),
        )
    if "locked" in words or "busy" in words:
        return ConfigError(
            _("Another acterm holds the store."), _("Close it, or try again in a moment.")
        )
    return ConfigError(
        _("The store {file} cannot be used: {reason}.").format(file=path, reason=words),
        _("Check the folder’s permissions and the disk."),
    )
