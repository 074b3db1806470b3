"""Messages: what a list shows, found by index alone, newest first.

Together with `arrivals` and `changes` this is one vocabulary; all of it is reached from here.
"""

import sqlite3
from array import array
from collections.abc import Iterator, Sequence

from acterm.mail.address import Address
from acterm.mail.message import Envelope, Flag, Header
from acterm.store.arrivals import add, leaving_uids
from acterm.store.changes import (
    FLAGS_OF_UIDS,
    apply_flags,
    clear,
    move,
    remove,
    remove_range,
    set_alarms,
    set_attachments,
    set_flag,
    set_uid,
)
from acterm.store.columns import ALARMS, labels, listed, unpacked

__all__ = [
    "add",
    "apply_flags",
    "by_message_id",
    "clear",
    "envelopes",
    "first_page",
    "get",
    "headers_of",
    "ids",
    "ids_of_uids",
    "locate",
    "move",
    "next_unread",
    "previous_unread",
    "related",
    "remove",
    "remove_range",
    "set_alarms",
    "set_attachments",
    "set_flag",
    "set_uid",
    "uids",
    "unjudged",
    "unnamed",
]

SLICE = 5000
COLUMNS = (
    "id, folder_id, uid, date, sender_name, sender_address, recipients, subject,"
    " flags, size, attachments, alarm"
)
LIST_PAGE = (
    f"SELECT {COLUMNS} FROM messages WHERE folder_id = ?"
    " ORDER BY date DESC, uid DESC, id DESC LIMIT ?"
)
LIST_IDS = (
    "SELECT id, date, uid FROM messages WHERE folder_id = ? AND (date, uid, id) < (?, ?, ?)"
    " ORDER BY date DESC, uid DESC, id DESC LIMIT ?"
)
NEXT_UNREAD = (
    "SELECT id FROM messages WHERE folder_id = ? AND flags & 1 = 0"
    " AND (date, uid, id) < (?, ?, ?) ORDER BY date DESC, uid DESC, id DESC LIMIT 1"
)
PREVIOUS_UNREAD = (
    "SELECT id FROM messages WHERE folder_id = ? AND flags & 1 = 0"
    " AND (date, uid, id) > (?, ?, ?) ORDER BY date, uid, id LIMIT 1"
)
SOME = f"SELECT {COLUMNS} FROM messages WHERE id IN (SELECT value FROM json_each(?))"
BY_MESSAGE_ID = (
    "SELECT id FROM messages WHERE message_id = ? AND message_id <> '' AND account_id = ?"
)
THREAD = (
    "SELECT id, message_id, folder_id FROM messages WHERE thread = ? AND thread <> ''"
    " AND account_id = ? ORDER BY date"
)
UNJUDGED = (
    "SELECT newest.id FROM (SELECT id, alarm FROM messages WHERE folder_id = ?"
    " ORDER BY date DESC, uid DESC, id DESC LIMIT ?) AS newest"
    " JOIN bodies ON bodies.message_id = newest.id WHERE newest.alarm = -1"
)
UIDS = (
    "SELECT uid FROM messages WHERE folder_id = ? AND uid > 0 AND uid BETWEEN ? AND ? ORDER BY uid"
)
_NEWEST = (1 << 62, 1 << 62, 1 << 62)
_FLAGS = tuple(map(Flag, range(sum(Flag) + 1)))


def first_page(db: sqlite3.Connection, folder_id: int, limit: int = 200) -> list[Envelope]:
    """The newest messages of a folder."""
    return [envelope(row) for row in db.execute(LIST_PAGE, (folder_id, limit)).fetchall()]


def unjudged(db: sqlite3.Connection, folder_id: int, limit: int) -> list[int]:
    """Those of the newest messages whose text is here and was not yet looked at for signs."""
    return [row[0] for row in db.execute(UNJUDGED, (folder_id, limit)).fetchall()]


def ids(db: sqlite3.Connection, folder_id: int) -> Iterator["array[int]"]:
    """The ids of a whole folder, newest first, in slices of SLICE."""
    date, uid, row_id = _NEWEST
    while True:
        rows = db.execute(LIST_IDS, (folder_id, date, uid, row_id, SLICE)).fetchall()
        if not rows:
            return
        yield array("q", [row[0] for row in rows])
        row_id, date, uid = rows[-1]


def envelopes(db: sqlite3.Connection, wanted: Sequence[int]) -> list[Envelope]:
    """These messages in the given order; the ones that are gone are left out."""
    rows = db.execute(SOME, (listed(wanted),)).fetchall()
    found = {row[0]: envelope(row) for row in rows}
    return [found[row_id] for row_id in wanted if row_id in found]


def get(db: sqlite3.Connection, row_id: int) -> Envelope | None:
    """One message, None when it is gone."""
    return next(iter(envelopes(db, [row_id])), None)


def headers_of(db: sqlite3.Connection, row_id: int) -> Header | None:
    """Everything that sync brought about one message."""
    row = db.execute(
        "SELECT uid, flags, size, date, sent, sender_name, sender_address, recipients,"
        " recipients_cc, subject, message_id, in_reply_to, reference_ids, list_id, attachments"
        " FROM messages WHERE id = ?",
        (row_id,),
    ).fetchone()
    if row is None:
        return None
    return Header(
        uid=row[0],
        flags=Flag(row[1]),
        size=row[2],
        date=row[3],
        sent=row[4],
        sender=Address(row[5], row[6]),
        to=unpacked(row[7]),
        cc=unpacked(row[8]),
        subject=row[9],
        message_id=row[10],
        in_reply_to=row[11],
        references=tuple(row[12].split()),
        list_id=row[13],
        attachments=bool(row[14]),
    )


def uids(
    db: sqlite3.Connection, folder_id: int, first: int = 1, last: int = 1 << 32
) -> "array[int]":
    """The known UIDs of a range, ascending, with those of mails that are being moved away."""
    here = [row[0] for row in db.execute(UIDS, (folder_id, first, last)).fetchall()]
    row = db.execute("SELECT account_id FROM folders WHERE id = ?", (folder_id,)).fetchone()
    leaving = leaving_uids(db, row[0], folder_id, first, last) if row else set()
    return array("q", sorted({*here, *leaving}) if leaving else here)


def ids_of_uids(db: sqlite3.Connection, folder_id: int, wanted: Sequence[int]) -> list[int]:
    """The rows of these UIDs that are known."""
    rows = db.execute(FLAGS_OF_UIDS, (listed(wanted), folder_id))
    return [row[0] for row in rows.fetchall()]


def unnamed(db: sqlite3.Connection, folder_id: int, message_id: str) -> int:
    """The row of a message moved here whose UID is not known yet, 0 for none."""
    row = db.execute(
        "SELECT id FROM messages WHERE message_id = ? AND message_id <> '' AND folder_id = ?"
        " AND uid = 0",
        (message_id, folder_id),
    ).fetchone()
    return row[0] if row else 0


def locate(db: sqlite3.Connection, wanted: Sequence[int]) -> list[tuple[int, int, int]]:
    """(id, folder_id, uid) of these messages."""
    return db.execute(
        "SELECT id, folder_id, uid FROM messages WHERE id IN (SELECT value FROM json_each(?))",
        (listed(wanted),),
    ).fetchall()


def next_unread(db: sqlite3.Connection, folder_id: int, row_id: int) -> int:
    """The next older unread message after `row_id` (0: from the newest), 0 when there is none."""
    return _neighbour(db, NEXT_UNREAD, folder_id, row_id)


def previous_unread(db: sqlite3.Connection, folder_id: int, row_id: int) -> int:
    """The next newer unread message before `row_id`, 0 when there is none."""
    return _neighbour(db, PREVIOUS_UNREAD, folder_id, row_id) if row_id else 0


def by_message_id(db: sqlite3.Connection, account_id: int, message_id: str) -> list[int]:
    """The rows with this Message-ID in any folder of the account."""
    return [row[0] for row in db.execute(BY_MESSAGE_ID, (message_id, account_id)).fetchall()]


def related(db: sqlite3.Connection, row_id: int) -> list[int]:
    """The conversation of a message, oldest first, itself included, each mail once.

    Of copies in several folders, the one beside the message is taken.
    """
    row = db.execute(
        "SELECT thread, account_id, message_id, folder_id FROM messages WHERE id = ?", (row_id,)
    ).fetchone()
    if row is None:
        return []
    thread, account_id, own, folder_id = row
    found: dict[str | int, int] = {}
    for other_id, message_id, place in db.execute(THREAD, (thread, account_id)).fetchall():
        if message_id != own and (place == folder_id or message_id not in found):
            found[message_id or other_id] = other_id
        elif other_id == row_id:
            found[own] = row_id
    return list(found.values()) or [row_id]


def envelope(row: tuple[int, int, int, int, str, str, str, str, int, int, int, int]) -> Envelope:
    """A row of COLUMNS as a list shows it."""
    row_id, folder_id, uid, date, name, address, people, subject, flags, size, attached, alarm = row
    return Envelope(
        row_id,
        folder_id,
        uid,
        date,
        Address(name, address),
        labels(people),
        subject,
        _FLAGS[flags],
        size,
        bool(attached),
        ALARMS[max(alarm, 0)],
    )


def _neighbour(db: sqlite3.Connection, query: str, folder_id: int, row_id: int) -> int:
    place = _NEWEST
    if row_id:
        row = db.execute("SELECT date, uid, id FROM messages WHERE id = ?", (row_id,)).fetchone()
        place = row or place
    found = db.execute(query, (folder_id, *place)).fetchone()
    return found[0] if found else 0
