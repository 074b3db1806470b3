"""Messages: what a list shows, found by index alone, newest first."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from acterm.mail.address import Address
from acterm.mail.message import Envelope, Flag, Header
from acterm.store import folders

SLICE = 5000
# SQLite takes at most 32 766 bound parameters; this is comfortable and still one round trip.
_CHUNK = 500

_ENVELOPE = (
    "id, folder_id, uid, date, sender_name, sender_address, recipients, subject,"
    " flags, size, attachments"
)
LIST_PAGE = (
    f"SELECT {_ENVELOPE} FROM messages WHERE folder_id = ?"
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
_NEWEST = (1 << 62, 1 << 62, 1 << 62)


def first_page(db: sqlite3.Connection, folder_id: int, limit: int = 200) -> list[Envelope]:
    """The newest messages of a folder."""
    return [_envelope(row) for row in db.execute(LIST_PAGE, (folder_id, limit))]


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
    found: dict[int, Envelope] = {}
    for some in _chunks(wanted):
        rows = db.execute(
            f"SELECT {_ENVELOPE} FROM messages WHERE id IN ({_marks(some)})",
            some,
        )
        found |= {row[0]: _envelope(row) for row in rows}
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


def add(db: sqlite3.Connection, folder_id: int, headers: Sequence[Header]) -> None:
    """Add what sync brings; known UIDs stay as they are. Counts are the caller's (`recount`)."""
    (account_id,) = db.execute(
        "SELECT account_id FROM folders WHERE id = ?", (folder_id,)
    ).fetchone()
    db.executemany(
        "INSERT OR IGNORE INTO messages (account_id, folder_id, uid, date, sent, flags, size,"
        " attachments, sender_name, sender_address, recipients, recipients_cc, subject,"
        " message_id, in_reply_to, reference_ids, list_id, thread)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                account_id,
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
                _thread(header),
            )
            for header in headers
        ],
    )


def uids(db: sqlite3.Connection, folder_id: int, first: int = 1, last: int = 1 << 32) -> list[int]:
    """The known UIDs of a range, ascending."""
    rows = db.execute(
        "SELECT uid FROM messages WHERE folder_id = ? AND uid > 0 AND uid BETWEEN ? AND ?"
        " ORDER BY uid",
        (folder_id, first, last),
    )
    return [row[0] for row in rows]


def ids_of_uids(db: sqlite3.Connection, folder_id: int, wanted: Sequence[int]) -> list[int]:
    """The rows of these UIDs that are known."""
    found: list[int] = []
    for some in _chunks(wanted):
        rows = db.execute(
            f"SELECT id FROM messages WHERE folder_id = ? AND uid > 0 AND uid IN ({_marks(some)})",
            (folder_id, *some),
        )
        found += [row[0] for row in rows]
    return found


def set_flag(db: sqlite3.Connection, wanted: Iterable[int], flag: Flag, on: bool) -> None:
    """Set or clear a flag here, counts with it."""
    for row_id in wanted:
        row = db.execute("SELECT folder_id, flags FROM messages WHERE id = ?", (row_id,)).fetchone()
        if row is None:
            continue
        folder_id, before = row[0], Flag(row[1])
        after = before | flag if on else before & ~flag
        if after != before:
            db.execute("UPDATE messages SET flags = ? WHERE id = ?", (int(after), row_id))
            shift = _unread(after) - _unread(before)
            folders.shift_counts(db, folder_id, unread=shift)


def apply_flags(db: sqlite3.Connection, folder_id: int, flags: Mapping[int, Flag]) -> list[int]:
    """Take the server's flags by UID; a flag with a pending change keeps the value set here.

    Returns the rows that changed. Counts are the caller's (`recount`).
    """
    changed: list[int] = []
    for some in _chunks(list(flags)):
        rows = db.execute(
            "SELECT m.id, m.uid, m.flags, ifnull((SELECT sum(flag) FROM ("
            "  SELECT DISTINCT i.flag FROM intents i WHERE i.message_id = m.id"
            "  AND i.kind = 'flag' AND i.state IN ('pending', 'doing'))), 0)"
            f" FROM messages m WHERE m.folder_id = ? AND m.uid > 0 AND m.uid IN ({_marks(some)})",
            (folder_id, *some),
        ).fetchall()
        for row_id, uid, before, held in rows:
            after = (int(flags[uid]) & ~held) | (before & held)
            if after != before:
                db.execute("UPDATE messages SET flags = ? WHERE id = ?", (after, row_id))
                changed.append(row_id)
    return changed


def remove(db: sqlite3.Connection, folder_id: int, gone: Sequence[int]) -> int:
    """Remove what the server no longer has, by UID; returns how many were known."""
    count = 0
    for some in _chunks(gone):
        count += db.execute(
            f"DELETE FROM messages WHERE folder_id = ? AND uid > 0 AND uid IN ({_marks(some)})",
            (folder_id, *some),
        ).rowcount
    return count


def remove_range(db: sqlite3.Connection, folder_id: int, first: int, last: int) -> int:
    """Remove a range of UIDs that the server has vanished; returns how many were known."""
    return db.execute(
        "DELETE FROM messages WHERE folder_id = ? AND uid > 0 AND uid BETWEEN ? AND ?",
        (folder_id, first, last),
    ).rowcount


def clear(db: sqlite3.Connection, folder_id: int) -> None:
    """Forget every message of the folder (its UIDVALIDITY changed)."""
    db.execute("DELETE FROM messages WHERE folder_id = ?", (folder_id,))


def move(db: sqlite3.Connection, wanted: Iterable[int], folder_id: int) -> None:
    """Move here, before the server has; the UID is unknown until it tells."""
    for row_id in wanted:
        row = db.execute("SELECT folder_id, flags FROM messages WHERE id = ?", (row_id,)).fetchone()
        if row is None or row[0] == folder_id:
            continue
        unread = _unread(Flag(row[1]))
        db.execute("UPDATE messages SET folder_id = ?, uid = 0 WHERE id = ?", (folder_id, row_id))
        folders.shift_counts(db, row[0], -1, -unread)
        folders.shift_counts(db, folder_id, 1, unread)


def set_uid(db: sqlite3.Connection, row_id: int, folder_id: int, uid: int) -> None:
    """The server has named a moved message; a row that sync had already made for it goes."""
    db.execute(
        "DELETE FROM messages WHERE folder_id = ? AND uid > 0 AND uid = ? AND id <> ?",
        (folder_id, uid, row_id),
    )
    db.execute("UPDATE messages SET folder_id = ?, uid = ? WHERE id = ?", (folder_id, uid, row_id))


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
    found: list[tuple[int, int, int]] = []
    for some in _chunks(wanted):
        found += db.execute(
            f"SELECT id, folder_id, uid FROM messages WHERE id IN ({_marks(some)})",
            some,
        ).fetchall()
    return found


def set_attachments(db: sqlite3.Connection, row_id: int, present: bool) -> None:
    """Correct the guess of the list once the mail has been read."""
    db.execute("UPDATE messages SET attachments = ? WHERE id = ?", (int(present), row_id))


def next_unread(db: sqlite3.Connection, folder_id: int, row_id: int) -> int:
    """The next older unread message after `row_id` (0: from the newest), 0 when there is none."""
    return _neighbour(db, NEXT_UNREAD, folder_id, row_id)


def previous_unread(db: sqlite3.Connection, folder_id: int, row_id: int) -> int:
    """The next newer unread message before `row_id`, 0 when there is none."""
    return _neighbour(db, PREVIOUS_UNREAD, folder_id, row_id) if row_id else 0


def by_message_id(db: sqlite3.Connection, account_id: int, message_id: str) -> list[int]:
    """The rows with this Message-ID in any folder of the account."""
    rows = db.execute(
        "SELECT id FROM messages WHERE message_id = ? AND message_id <> '' AND account_id = ?",
        (message_id, account_id),
    )
    return [row[0] for row in rows]


def related(db: sqlite3.Connection, row_id: int) -> list[int]:
    """The conversation of a message, oldest first, itself included."""
    row = db.execute("SELECT thread, account_id FROM messages WHERE id = ?", (row_id,)).fetchone()
    if row is None:
        return []
    if not row[0]:
        return [row_id]
    rows = db.execute(
        "SELECT id FROM messages WHERE thread = ? AND thread <> '' AND account_id = ?"
        " ORDER BY date",
        row,
    )
    return [found[0] for found in rows]


def packed(people: Sequence[Address]) -> str:
    """Addresses as one column holds them."""
    if not people:
        return ""
    return json.dumps([(person.name, person.address) for person in people], ensure_ascii=False)


def unpacked(column: str) -> tuple[Address, ...]:
    """The addresses of a column made by `packed`."""
    return tuple(Address(*pair) for pair in json.loads(column)) if column else ()


def _neighbour(db: sqlite3.Connection, query: str, folder_id: int, row_id: int) -> int:
    place = _NEWEST
    if row_id:
        row = db.execute("SELECT date, uid, id FROM messages WHERE id = ?", (row_id,)).fetchone()
        place = row or place
    found = db.execute(query, (folder_id, *place)).fetchone()
    return found[0] if found else 0


def _thread(header: Header) -> str:
    """The Message-ID the conversation began with, as far as this message knows."""
    if header.references:
        return header.references[0]
    return header.in_reply_to or header.message_id


def _unread(flags: Flag) -> int:
    return 0 if flags & Flag.SEEN else 1


def _chunks(values: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(values), _CHUNK):
        yield list(values[start : start + _CHUNK])


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))


def _envelope(row: tuple[int, int, int, int, str, str, str, str, int, int, int]) -> Envelope:
    return Envelope(
        id=row[0],
        folder_id=row[1],
        uid=row[2],
        date=row[3],
        sender=Address(row[4], row[5]),
        to=", ".join(person.label for person in unpacked(row[6])[:8]),
        subject=row[7],
        flags=Flag(row[8]),
        size=row[9],
        attachments=bool(row[10]),
    )
