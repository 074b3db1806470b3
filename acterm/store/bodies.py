"""The sources of mails, compressed, and the attachments that were fetched by part."""

import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from acterm.store import changes, index
from acterm.store.words import words_of

_LEVEL = 1
# Octets of attachments that are kept; they can be fetched again.
_MOST_PARTS = 1 << 28
MISSING = (
    "SELECT id, uid, size FROM messages INDEXED BY messages_list"
    " WHERE folder_id = ? AND uid > 0 AND NOT EXISTS"
    " (SELECT 1 FROM bodies WHERE message_id = messages.id)"
    " ORDER BY date DESC, uid DESC, id DESC LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Body:
    """A mail's source; with `skeleton`, attachments are left out (`parsing.structure`)."""

    source: bytes
    skeleton: bool


@dataclass(frozen=True, slots=True)
class Read:
    """A source that was read before others wait for it: compressed, with what is told of it."""

    message_id: int
    packed: bytes
    skeleton: bool
    words: str
    attachments: bool


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


def read(message_id: int, source: bytes, skeleton: bool) -> Read:
    """Compress a source and look for its words and attachments."""
    from acterm.mail.parsing.mime import parse

    message = parse(source, skeleton=skeleton)
    present = any(not attachment.inline for attachment in message.attachments)
    packed = zlib.compress(source, _LEVEL)
    return Read(message_id, packed, skeleton, words_of(message), present)


def keep_all(db: sqlite3.Connection, arrived: Sequence[Read]) -> None:
    """Keep sources, index their words, and correct the list's guess about attachments.

    Nothing happens for those whose message is gone.
    """
    there = index.index_bodies(db, {one.message_id: one.words for one in arrived})
    here = [one for one in arrived if one.message_id in there]
    db.executemany(
        "INSERT INTO bodies (message_id, source, skeleton) VALUES (?, ?, ?)"
        " ON CONFLICT (message_id) DO UPDATE SET source = excluded.source,"
        " skeleton = excluded.skeleton",
        [(one.message_id, one.packed, int(one.skeleton)) for one in here],
    )
    changes.set_attachments(db, {one.message_id: one.attachments for one in here})


def keep(db: sqlite3.Connection, message_id: int, source: bytes, skeleton: bool) -> None:
    """Read and keep one source."""
    keep_all(db, [read(message_id, source, skeleton)])


def part(db: sqlite3.Connection, message_id: int, section: str) -> bytes | None:
    """The decoded bytes of an attachment that was fetched by part."""
    row = db.execute(
        "SELECT data FROM parts WHERE message_id = ? AND section = ?", (message_id, section)
    ).fetchone()
    return bytes(row[0]) if row else None


def keep_part(db: sqlite3.Connection, message_id: int, section: str, data: bytes) -> None:
    """Keep the decoded bytes of an attachment; when all are too many, the oldest ones go."""
    for table, column, value in (("parts", "data", data), ("fetched", "octets", len(data))):
        db.execute(
            f"INSERT OR REPLACE INTO {table} (message_id, section, {column})"
            " SELECT id, ?, ? FROM messages WHERE id = ?",
            (section, value, message_id),
        )
    _make_room(db)


def _make_room(db: sqlite3.Connection) -> None:
    """Let go of the oldest attachments, never of the last one."""
    known = db.execute(
        "SELECT message_id, section, octets FROM fetched ORDER BY id DESC"
    ).fetchall()
    room = _MOST_PARTS - known[0][2] if known else 0
    for message_id, section, octets in known[1:]:
        room -= octets
        if room < 0:
            for table in ("parts", "fetched"):
                place = (message_id, section)
                db.execute(f"DELETE FROM {table} WHERE message_id = ? AND section = ?", place)


def missing(db: sqlite3.Connection, folder_id: int, limit: int) -> list[tuple[int, int, int]]:
    """(id, uid, size) of the newest messages whose text is not here.

    It passes over all that is here already: ask for some thousand at once.
    """
    return db.execute(MISSING, (folder_id, limit)).fetchall()
