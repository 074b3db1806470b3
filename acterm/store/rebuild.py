"""The way out of a damaged file: save what only this machine knows, start anew."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from acterm.errors import ActermError, reason
from acterm.store import schema
from acterm.store.connection import Connection, connect, unusable
from acterm.store.index import WATERMARK

# When the old file does not tell how far its message rows went: far beyond, so that no action
# that was saved ever meets the row of another mail.
_FAR = 1_000_000


def rebuild(path: Path) -> Path:
    """Write a new file with what can still be read, put it in place, and return the old one.

    Accounts, folders, drafts, outbox, intents and settings are saved; mail comes again from the
    server. The damaged file stays beside it. Close every other acterm before.
    """
    fresh = path.with_name(f"{path.name}.new")
    for part in _parts(fresh):
        part.unlink(missing_ok=True)
    try:
        fresh.touch(0o600)
        new = connect(fresh)
        try:
            schema.migrate(new)
            _save(path, new)
        finally:
            new.close()
        return _swap(path, fresh)
    except OSError as error:
        raise unusable(path, reason(error)) from error


def _save(path: Path, new: Connection) -> None:
    """Copy what is readable in one transaction on the disk."""
    new.execute("PRAGMA synchronous = FULL")
    new.execute("PRAGMA foreign_keys = 0")  # a draft is saved even when its account is not
    new.execute("BEGIN IMMEDIATE")
    try:
        old = connect(path)
    except (ActermError, sqlite3.Error):
        new.execute("COMMIT")
        return
    old.execute("PRAGMA query_only = 1")
    old.execute("PRAGMA writable_schema = 1")  # makes SQLite read a file that is cut short
    old.text_factory = lambda text: text.decode("utf-8", "replace")
    for table in schema.OWN_TABLES:
        _copy(old, new, table)
    rows = _readable(old, "SELECT seq FROM sqlite_sequence WHERE name = 'messages'")
    last = next(rows, (_FAR,))[0]
    new.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('messages', ?)", (int(last),))
    new.execute("DELETE FROM settings WHERE key = ?", (WATERMARK,))
    # The headers come anew, the server's counts with them.
    new.execute(
        "UPDATE folders SET messages = 0, unread = 0, uidnext = 0, highest_modseq = 0,"
        " lowest_uid = 0, checked = 0"
    )
    new.execute("COMMIT")
    old.close()


def _copy(old: Connection, new: Connection, table: str) -> None:
    """Row by row from both ends, so that an unreadable page loses only its own rows."""
    known = {row[1] for row in _readable(old, f"PRAGMA table_info({table})")}
    columns = [
        row[1] for row in new.execute(f"PRAGMA table_info({table})").fetchall() if row[1] in known
    ]
    if not columns:
        return
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    for order in ("", "DESC"):
        for row in _readable(old, f"SELECT {names} FROM {table} ORDER BY {columns[0]} {order}"):
            try:
                new.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", row)
            except sqlite3.IntegrityError:
                continue


def _readable(db: Connection, query: str) -> Iterator[Any]:
    """The rows of a query up to the first that cannot be read."""
    try:
        yield from db.execute(query)
    except (ActermError, sqlite3.Error):
        return


def _swap(path: Path, fresh: Path) -> Path:
    """Put the new file in place; at every moment one of the two stands under `path`.

    The old write-ahead log goes first: SQLite would play it into the new file.
    """
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
    for old, kept in zip(_parts(path)[1:], _parts(aside)[1:], strict=True):
        if old.exists():
            old.rename(kept)
    try:
        aside.hardlink_to(path)
    except OSError:
        path.rename(aside)  # a file system without links: for a moment there is none
    fresh.replace(path)
    return aside


def _parts(path: Path) -> list[Path]:
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
