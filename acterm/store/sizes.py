"""What takes the room of a mailbox, from the headers that are here."""

import sqlite3

from acterm.mail.message import Envelope
from acterm.store.messages import COLUMNS, envelope

LARGEST = (
    f"SELECT {COLUMNS} FROM messages WHERE folder_id = ? AND attachments >= ? AND flags & 4 = 0"
    " ORDER BY size DESC LIMIT ?"
)
OLDEST = (
    f"SELECT {COLUMNS} FROM messages WHERE folder_id = ? AND date < ? AND flags & 4 = 0"
    " ORDER BY date, uid, id LIMIT ?"
)


def by_folder(db: sqlite3.Connection, account_id: int) -> dict[int, tuple[int, int]]:
    """How many mails, and how many bytes, each folder has."""
    rows = db.execute(
        "SELECT m.folder_id, count(*), sum(m.size) FROM folders f"
        " JOIN messages m ON m.folder_id = f.id WHERE f.account_id = ? GROUP BY m.folder_id",
        (account_id,),
    )
    return {folder_id: (count, octets) for folder_id, count, octets in rows.fetchall()}


def largest(
    db: sqlite3.Connection, folder_id: int, limit: int, *, with_attachments: bool = False
) -> list[Envelope]:
    """The largest mails of a folder that are not starred, the largest first."""
    rows = db.execute(LARGEST, (folder_id, int(with_attachments), limit))
    return [envelope(row) for row in rows.fetchall()]


def older_than(db: sqlite3.Connection, folder_id: int, date: int, limit: int) -> list[Envelope]:
    """The mails of a folder from before that date that are not starred, the oldest first."""
    rows = db.execute(OLDEST, (folder_id, date, limit))
    return [envelope(row) for row in rows.fetchall()]


def in_folder(db: sqlite3.Connection, folder_id: int) -> list[tuple[int, int]]:
    """(id, uid) of every mail of a folder."""
    return db.execute("SELECT id, uid FROM messages WHERE folder_id = ?", (folder_id,)).fetchall()
