"""Changes of stored messages: flags, moves, removals, and the counts with them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from acterm.mail.message import Flag, Level
from acterm.store import folders
from acterm.store.columns import ALARMS, listed

# The list of UIDs leads: else SQLite walks the whole folder to see which are in it.
FLAGS_OF_UIDS = (
    "SELECT m.id, m.uid, m.flags FROM json_each(?) j"
    " CROSS JOIN messages m ON m.folder_id = ? AND m.uid = j.value AND m.uid > 0"
)
REMOVED = (
    "DELETE FROM messages WHERE id IN (SELECT m.id FROM json_each(?) j"
    " CROSS JOIN messages m ON m.folder_id = ? AND m.uid = j.value AND m.uid > 0) RETURNING flags"
)
REMOVED_RANGE = (
    "DELETE FROM messages WHERE folder_id = ? AND uid > 0 AND uid BETWEEN ? AND ? RETURNING flags"
)
_UNREAD = "flags & 1 = 0"


def set_flag(db: sqlite3.Connection, wanted: Iterable[int], flag: Flag, on: bool) -> None:
    """Set or clear a flag here, counts with it."""
    for row_id in wanted:
        row = db.execute("SELECT folder_id, flags FROM messages WHERE id = ?", (row_id,)).fetchone()
        if row is None:
            continue
        folder_id, before = row
        after = before | flag.value if on else before & ~flag.value
        if after != before:
            db.execute("UPDATE messages SET flags = ? WHERE id = ?", (after, row_id))
            folders.shift_counts(db, folder_id, unread=_unread(after) - _unread(before))


def apply_flags(db: sqlite3.Connection, folder_id: int, flags: Mapping[int, Flag]) -> list[int]:
    """Take the server's flags by UID; a flag with a pending change keeps the value set here.

    Returns the rows that changed. The counts of a complete folder follow.
    """
    held = _held_flags(db, folder_id)
    rows = db.execute(FLAGS_OF_UIDS, (listed(flags), folder_id)).fetchall()
    changed: list[tuple[int, int]] = []
    unread = 0
    for row_id, uid, before in rows:
        kept = held.get(row_id, 0)
        after = flags[uid].value & ~kept | before & kept
        if after != before:
            changed.append((after, row_id))
            unread += _unread(after) - _unread(before)
    db.executemany("UPDATE messages SET flags = ? WHERE id = ?", changed)
    folders.count_if_complete(db, folder_id, unread=unread)
    return [row_id for _flags, row_id in changed]


def remove(db: sqlite3.Connection, folder_id: int, gone: Sequence[int]) -> int:
    """Remove what the server no longer has, by UID; returns how many were known."""
    return _removed(db, folder_id, REMOVED, listed(gone), folder_id)


def remove_range(db: sqlite3.Connection, folder_id: int, first: int, last: int) -> int:
    """Remove a range of UIDs that the server has vanished; returns how many were known."""
    return _removed(db, folder_id, REMOVED_RANGE, folder_id, first, last)


def clear(db: sqlite3.Connection, folder_id: int) -> None:
    """Forget every message of the folder (its UIDVALIDITY changed)."""
    db.execute("DELETE FROM messages WHERE folder_id = ?", (folder_id,))
    db.execute("UPDATE folders SET messages = 0, unread = 0 WHERE id = ?", (folder_id,))


def move(db: sqlite3.Connection, wanted: Iterable[int], folder_id: int) -> None:
    """Move here, before the server has; the UID is unknown until it tells."""
    for row_id in wanted:
        row = db.execute("SELECT folder_id, flags FROM messages WHERE id = ?", (row_id,)).fetchone()
        if row is None or row[0] == folder_id:
            continue
        db.execute("UPDATE messages SET folder_id = ?, uid = 0 WHERE id = ?", (folder_id, row_id))
        folders.shift_counts(db, row[0], -1, -_unread(row[1]))
        folders.shift_counts(db, folder_id, 1, _unread(row[1]))


def set_uid(db: sqlite3.Connection, row_id: int, folder_id: int, uid: int) -> None:
    """The server has named a moved message; a row that sync had already made for it goes."""
    row = db.execute("SELECT folder_id, flags FROM messages WHERE id = ?", (row_id,)).fetchone()
    if row is None:
        return
    _removed(
        db,
        folder_id,
        "DELETE FROM messages WHERE folder_id = ? AND uid > 0 AND uid = ? AND id <> ?"
        " RETURNING flags",
        folder_id,
        uid,
        row_id,
    )
    db.execute("UPDATE messages SET folder_id = ?, uid = ? WHERE id = ?", (folder_id, uid, row_id))
    if row[0] != folder_id:
        folders.shift_counts(db, row[0], -1, -_unread(row[1]))
        folders.shift_counts(db, folder_id, 1, _unread(row[1]))


def set_alarms(db: sqlite3.Connection, levels: Mapping[int, Level | None]) -> None:
    """Keep how loud the loudest sign of each of these mails is."""
    values = [
        (ALARMS.index(level) if level in ALARMS else 0, row_id) for row_id, level in levels.items()
    ]
    db.executemany("UPDATE messages SET alarm = ? WHERE id = ?", values)


def set_attachments(db: sqlite3.Connection, present: Mapping[int, bool]) -> None:
    """Correct the guess of the list for mails that have been read."""
    db.executemany(
        "UPDATE messages SET attachments = ?1 WHERE id = ?2 AND attachments <> ?1",
        [(int(there), row_id) for row_id, there in present.items()],
    )


def _removed(db: sqlite3.Connection, folder_id: int, sql: str, *parameters: object) -> int:
    flags = [row[0] for row in db.execute(sql, parameters).fetchall()]
    folders.count_if_complete(
        db, folder_id, messages=-len(flags), unread=-sum(_unread(one) for one in flags)
    )
    return len(flags)


def _held_flags(db: sqlite3.Connection, folder_id: int) -> dict[int, int]:
    """The flags of messages that were changed here and that the server does not know yet."""
    held: dict[int, int] = {}
    rows = db.execute(
        "SELECT message_id, flag FROM intents WHERE state IN ('pending', 'doing')"
        " AND account_id = (SELECT account_id FROM folders WHERE id = ?) AND kind = 'flag'",
        (folder_id,),
    )
    for row_id, flag in rows:
        held[row_id] = held.get(row_id, 0) | flag
    return held


def _unread(flags: int) -> int:
    return 0 if flags & Flag.SEEN.value else 1
