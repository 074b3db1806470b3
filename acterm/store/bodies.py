"""The sources of mails, compressed, and the attachments that were fetched by part."""

import sqlite3
import zlib
from dataclasses import dataclass

from acterm.mail.message import Message
from acterm.store import index
from acterm.store.words import words_of

_LEVEL = 1
MISSING = (
    "SELECT id, uid, size FROM messages INDEXED BY messages_list"
    " WHERE folder_id = ? AND uid > 0 AND NOT EXISTS"
    " (SELECT 1 FROM bodies WHERE message_id = messages.id)"
    " ORDER BY date DESC, uid DESC, id DESC LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A mail's source; with `skeleton`, attachments are left out (acterm.mail.structure)."""

    source: bytes
    skeleton: bool


def get(db: sqlite3.Connection, message_id: int) -> Body | None:
    """The stored source of a message, None when it has not been fetched."""
    row = db.execute(
        "SELECT source, skeleton FROM bodies WHERE message_id = ?", (message_id,)
    ).fetchone()
    return Body(zlib.decompress(row[0]), bool(row[1])) if row else None


def has(db: sqlite3.Connection, message_id: int) -> bool:
    """Whether the text is here, without reading it."""
    row = db.execute("SELECT 1 FROM bodies WHERE message_id = ?", (message_id,)).fetchone()
    return row is not None


def keep(
    db: sqlite3.Connection,
    message_id: int,
    source: bytes,
    skeleton: bool,
    message: Message | None = None,
) -> None:
    """Keep a source and index its words; nothing happens when the message is gone.

    `message` is the source already parsed, so that it need not be parsed again while others wait.
    """
    if db.execute("SELECT 1 FROM messages WHERE id = ?", (message_id,)).fetchone() is None:
        return
    db.execute(
        "INSERT INTO bodies (message_id, source, skeleton) VALUES (?, ?, ?)"
        " ON CONFLICT (message_id) DO UPDATE SET source = excluded.source,"
        " skeleton = excluded.skeleton",
        (message_id, zlib.compress(source, _LEVEL), int(skeleton)),
    )
    if message is None:
        from acterm.mail.mime import parse

        message = parse(source, skeleton=skeleton)
    index.index_body(db, message_id, words_of(message))


def part(db: sqlite3.Connection, message_id: int, section: str) -> bytes | None:
    """The decoded bytes of an attachment that was fetched by part."""
    row = db.execute(
        "SELECT data FROM parts WHERE message_id = ? AND section = ?", (message_id, section)
    ).fetchone()
    return bytes(row[0]) if row else None


def keep_part(db: sqlite3.Connection, message_id: int, section: str, data: bytes) -> None:
    """Keep the decoded bytes of an attachment."""
    db.execute(
        "INSERT OR REPLACE INTO parts (message_id, section, data) SELECT id, ?, ?"
        " FROM messages WHERE id = ?",
        (section, data, message_id),
    )


def missing(db: sqlite3.Connection, folder_id: int, limit: int) -> list[tuple[int, int, int]]:
    """(id, uid, size) of the newest messages whose text is not here.

    It passes over all that is here already: ask for some thousand at once.
    """
    return db.execute(MISSING, (folder_id, limit)).fetchall()
