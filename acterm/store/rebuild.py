"""The way out of a damaged file: save what only this machine knows, start anew."""

import sqlite3
import time
from pathlib import Path

from acterm.store import schema


def rebuild(path: Path) -> Path:
    """Move the file aside and write a new one with what could still be read. Returns the old one.

    Accounts, drafts, outbox and settings are saved; mail comes again from the server.
    """
    aside = path.with_name(f"{path.name}.damaged-{int(time.time())}")
    for suffix in ("", "-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    path.touch(0o600)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        schema.migrate(db)
        for table in schema.OWN_TABLES:
            _copy(aside, db, table)
    finally:
        db.close()
    return aside


def _copy(old: Path, new: sqlite3.Connection, table: str) -> None:
    """Row by row, so that one unreadable row does not lose the others."""
    columns = [name for _number, name, *_rest in new.execute(f"PRAGMA table_info({table})")]
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    select = f"SELECT {', '.join(columns)} FROM {table}"
    try:
        source = sqlite3.connect(f"file:{old}?mode=ro", uri=True)
        rows = source.execute(select)
        while (row := rows.fetchone()) is not None:
            new.execute(insert, row)
    except sqlite3.Error:
        return  # what was readable is saved
    source.close()
