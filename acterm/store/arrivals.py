"""Headers coming in: which are new, which were only waiting for their UID, whose thread."""

import sqlite3
from collections.abc import Iterable, Sequence

from acterm.mail.message import Flag, Header
from acterm.mail.thread import ancestors, threads
from acterm.store import folders
from acterm.store.columns import listed, packed

KNOWN_THREADS = (
    "SELECT message_id, thread FROM messages"
    " WHERE message_id IN (SELECT value FROM json_each(?)) AND message_id <> ''"
)
LATER_REPLIES = (
    "UPDATE messages SET thread = ? WHERE thread = ? AND thread <> '' AND message_id <> ?"
)
AWAITED = (
    "SELECT message_id, size, id FROM messages WHERE folder_id = ? AND uid = 0 ORDER BY id DESC"
)
_INSERT = (
    "INSERT OR IGNORE INTO messages (account_id, folder_id, uid, date, sent, flags, size,"
    " attachments, sender_name, sender_address, recipients, recipients_cc, subject,"
    " message_id, in_reply_to, reference_ids, list_id, thread)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def add(db: sqlite3.Connection, folder_id: int, headers: Sequence[Header]) -> list[int]:
    """Add what sync brings and return the rows that are new, in the order of `headers`.

    Known UIDs stay as they are; a mail that is being moved away from here does not come back; a
    mail that was moved here takes its UID. The counts of a complete folder follow.
    """
    row = db.execute("SELECT account_id FROM folders WHERE id = ?", (folder_id,)).fetchone()
    if row is None:
        return []
    arriving = _without_leaving(db, row[0], folder_id, headers)
    arriving = _without_awaited(db, folder_id, arriving)
    thread = threads(arriving, _known_threads(db, arriving))
    last = _last_row(db)
    db.executemany(
        _INSERT,
        [
            (
                row[0],
                folder_id,
                header.uid,
                header.date,
                header.sent,
                int(header.flags),
                header.size,
                int(header.attachments),
                header.sender.name,
                header.sender.address,
                packed(header.to),
                packed(header.cc),
                header.subject,
                header.message_id,
                header.in_reply_to,
                " ".join(header.references),
                header.list_id,
                thread[header.uid],
            )
            for header in arriving
        ],
    )
    _join_later_replies(db, arriving, thread)
    new = db.execute("SELECT id, flags FROM messages WHERE id > ? ORDER BY id", (last,)).fetchall()
    unread = sum(1 for _id, flags in new if not flags & Flag.SEEN.value)
    folders.count_if_complete(db, folder_id, messages=len(new), unread=unread)
    return [row_id for row_id, _flags in new]


def _without_leaving(
    db: sqlite3.Connection, account_id: int, folder_id: int, headers: Sequence[Header]
) -> list[Header]:
    """Without the mails that were moved away here and that the server still has."""
    leaving = leaving_uids(db, account_id, folder_id, 1, 1 << 32)
    return [header for header in headers if header.uid not in leaving]


def leaving_uids(
    db: sqlite3.Connection, account_id: int, folder_id: int, first: int, last: int
) -> set[int]:
    """UIDs of the folder whose mails were moved away here, which the server does not know yet."""
    rows = db.execute(
        "SELECT uid FROM intents WHERE account_id = ? AND state IN ('pending', 'doing')"
        " AND kind = 'move' AND folder_id = ? AND uid BETWEEN ? AND ?",
        (account_id, folder_id, max(first, 1), last),
    )
    return {uid for (uid,) in rows}


def _without_awaited(
    db: sqlite3.Connection, folder_id: int, headers: Sequence[Header]
) -> list[Header]:
    """Give a row that was moved here its UID; the others are new.

    Only a UID that the folder did not have when it was last in step can be the one that is
    awaited: an older copy of the same mail is a mail of its own.
    """
    rows = db.execute(AWAITED, (folder_id,)).fetchall()
    if not rows:
        return list(headers)
    awaited = {(message_id or size): row_id for message_id, size, row_id in rows}
    uidnext = folders.sync_state(db, folder_id).uidnext
    new = []
    for header in headers:
        row_id = awaited.get(header.message_id or header.size, 0)
        if row_id and header.uid >= uidnext and _take_uid(db, row_id, folder_id, header.uid):
            del awaited[header.message_id or header.size]
        else:
            new.append(header)
    return new


def _take_uid(db: sqlite3.Connection, row_id: int, folder_id: int, uid: int) -> bool:
    """Whether the row took the UID: not when another row of the folder has it."""
    cursor = db.execute(
        "UPDATE OR IGNORE messages SET uid = ? WHERE id = ? AND folder_id = ?",
        (uid, row_id, folder_id),
    )
    return cursor.rowcount == 1


def _known_threads(db: sqlite3.Connection, headers: Iterable[Header]) -> dict[str, str]:
    wanted = {one for header in headers for one in ancestors(header)}
    return dict(db.execute(KNOWN_THREADS, (listed(wanted),)).fetchall()) if wanted else {}


def _join_later_replies(
    db: sqlite3.Connection, headers: Iterable[Header], thread: dict[int, str]
) -> None:
    """Answers that came before the mail they answer join the conversation it belongs to."""
    db.executemany(
        LATER_REPLIES,
        [
            (thread[header.uid], header.message_id, header.message_id)
            for header in headers
            if header.message_id and thread[header.uid] != header.message_id
        ],
    )


def _last_row(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT ifnull(max(id), 0) FROM messages").fetchone()[0])
