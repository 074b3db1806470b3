"""The words of stored mail, for search: indexed apart from sync, newest on top."""

import sqlite3

from acterm.mail.fold import spelled_out
from acterm.store import contacts, settings
from acterm.store.columns import words

# Where a message's words stand: its date, then its id in the lower 31 bits (schema.py).
PLACE = "(max(0, min({0}.date, 4294967294)) << 31 | {0}.id)"
ID_MASK = (1 << 31) - 1
_LAST_DATE = 4294967295
WATERMARK = "indexed up to"
_RECIPIENTS = 200

_INSERT = "INSERT INTO words (rowid, sender, recipients, subject, body) VALUES (?, ?, ?, ?, ?)"
_COLUMNS = (
    f"{PLACE.format('m')}, m.sender_name, m.sender_address, m.recipients, m.recipients_cc,"
    " m.subject"
)
PENDING = (
    f"SELECT {_COLUMNS}, m.id, m.date, f.role"
    " FROM messages m CROSS JOIN folders f ON f.id = m.folder_id"
    " WHERE m.id > ? ORDER BY m.id LIMIT ?"
)


def first_place(date: int) -> int:
    """Where the words of mails of that date, in seconds since 1970 UTC, begin."""
    return max(0, min(date, _LAST_DATE)) << 31


def index_pending(db: sqlite3.Connection, limit: int = 300) -> int:
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
    # FTS5 writes a segment whenever a rowid is lower than the one before.
    new = sorted((row[0], *_header_words(row), "") for row in rows if row[0] not in done)
    db.executemany(_INSERT, new)
    contacts.learn(db, [(row[1], row[2], row[3], row[4], row[7], row[8]) for row in rows])
    settings.put(db, WATERMARK, last)
    return len(rows)


def index_body(db: sqlite3.Connection, message_id: int, text: str) -> None:
    """Index the words of a fetched text beside those of its header."""
    row = db.execute(f"SELECT {_COLUMNS} FROM messages m WHERE m.id = ?", (message_id,)).fetchone()
    if row is None:
        return
    db.execute("DELETE FROM words WHERE rowid = ?", (row[0],))
    db.execute(_INSERT, (row[0], *_header_words(row), spelled_out(text)))


def _forget_stale(db: sqlite3.Connection, limit: int) -> None:
    gone = db.execute("SELECT place FROM stale_words LIMIT ?", (limit,)).fetchall()
    db.executemany("DELETE FROM words WHERE rowid = ?", gone)
    db.executemany("DELETE FROM stale_words WHERE place = ?", gone)


def _header_words(row: tuple[int, str, str, str, str, str]) -> tuple[str, str, str]:
    """The columns sender, recipients and subject of `words`."""
    to = f"{words(row[3], _RECIPIENTS)} {words(row[4], _RECIPIENTS)}"
    return spelled_out(f"{row[1]} {row[2]}"), spelled_out(to), spelled_out(row[5])
