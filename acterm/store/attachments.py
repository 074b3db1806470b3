"""The attachments of many mails, as far as their texts are here."""

import sqlite3
import zlib
from collections.abc import Iterator

_WITH = (
    "SELECT messages.id FROM messages INDEXED BY messages_list"
    " WHERE folder_id = ? AND attachments > 0 ORDER BY date DESC, uid DESC, id DESC"
)
_NEWEST = (
    "SELECT bodies.message_id, bodies.source, bodies.skeleton FROM bodies"
    " JOIN messages ON messages.id = bodies.message_id"
    " WHERE messages.account_id = ? ORDER BY bodies.message_id DESC LIMIT ?"
)


def with_attachments(db: sqlite3.Connection, folder_id: int) -> list[int]:
    """The mails of a folder that have any, the newest first, whether their text is here or not."""
    return [row[0] for row in db.execute(_WITH, (folder_id,)).fetchall()]


def sources_with(
    db: sqlite3.Connection, account_id: int, words: bytes, most: int
) -> Iterator[tuple[int, bytes, bool]]:
    """(message, source, skeleton) of the mails fetched last whose source holds these bytes.

    It looks into `most` of them, one at a time: for a thread of its own.
    """
    for message_id, packed, skeleton in db.execute(_NEWEST, (account_id, most)):
        source = zlib.decompress(packed)
        if words in source:
            yield message_id, source, bool(skeleton)
