"""The words of stored mail, for search: indexed apart from sync, newest on top."""

import sqlite3
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from acterm.mail.fold import spelled_out
from acterm.store import contacts, settings
from acterm.store.columns import listed, words

# Where a message's words stand: its date, then its id in the lower 31 bits (schema.py).
PLACE = "(max(0, min({0}.date, 4294967294)) << 31 | {0}.id)"
ID_MASK = (1 << 31) - 1
_LAST_DATE = 4294967295
WATERMARK = "indexed up to"
_RECIPIENTS = 200

# FTS5 writes a segment whenever a rowid is lower than the one before: they go in sorted.
_INSERT = "INSERT INTO words (rowid, sender, recipients, subject, body) VALUES (?, ?, ?, ?, ?)"
_REPLACE = _INSERT.replace("INSERT", "REPLACE", 1)
_COLUMNS = (
    f"{PLACE.format('m')}, m.sender_name, m.sender_address, m.recipients, m.recipients_cc,"
    " m.subject"
)
PENDING = (
    f"SELECT {_COLUMNS}, m.id, m.date, f.role"
    " FROM messages m CROSS JOIN folders f ON f.id = m.folder_id"
    " WHERE m.id > ? ORDER BY m.id LIMIT ?"
)
HEADERS = f"SELECT {_COLUMNS}, m.id FROM json_each(?) j CROSS JOIN messages m ON m.id = j.value"


def first_place(date: int) -> int:
    """Where the words of mails of that date, in seconds since 1970 UTC, begin."""
    return max(0, min(date, _LAST_DATE)) << 31


def index_pending(db: sqlite3.Connection, limit: int = 500) -> int:
    """Index the header words and people of messages not yet indexed; how many there were.

    Sync calls it until it returns 0, apart from `add`, so that first contact is not held up.
    """
    _forget_stale(db, limit)
    start = settings.get(db, WATERMARK, 0)
    rows = db.execute(PENDING, (start, limit)).fetchall()
    if not rows:
        return 0
    last = max(row[6] for row in rows)
    done = {
        place
        for (place,) in db.execute(
            f"SELECT id FROM words_docsize WHERE id IN (SELECT {PLACE.format('m')}"
            " FROM messages m WHERE m.id BETWEEN ? AND ?)",
            (rows[0][6], last),
        )
    }
    new = sorted((row[0], *_header_words(row), "") for row in rows if row[0] not in done)
    db.executemany(_INSERT, new)
    contacts.learn(db, [(row[1], row[2], row[3], row[4], row[7], row[8]) for row in rows])
    settings.put(db, WATERMARK, last)
    return len(rows)


def index_bodies(db: sqlite3.Connection, texts: Mapping[int, str]) -> AbstractSet[int]:
    """Index the words of fetched texts beside those of their headers; which messages exist."""
    rows = db.execute(HEADERS, (listed(texts),)).fetchall()
    db.executemany(
        _REPLACE, sorted((row[0], *_header_words(row), spelled_out(texts[row[6]])) for row in rows)
    )
    return {row[6] for row in rows}


def _forget_stale(db: sqlite3.Connection, limit: int) -> None:
    gone = db.execute("SELECT place FROM stale_words LIMIT ?", (limit,)).fetchall()
    db.executemany("DELETE FROM words WHERE rowid = ?", gone)
    db.executemany("DELETE FROM stale_words WHERE place = ?", gone)


def _header_words(row: tuple[int, str, str, str, str, str]) -> tuple[str, str, str]:
    """The columns sender, recipients and subject of `words`."""
    to = f"{words(row[3], _RECIPIENTS)} {words(row[4], _RECIPIENTS)}"
    return spelled_out(f"{row[1]} {row[2]}"), spelled_out(to), spelled_out(row[5])
