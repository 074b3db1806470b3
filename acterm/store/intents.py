"""Durable intents: what was done here and the server is still to be told, in order."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from acterm.mail.message import Flag

_COLUMNS = (
    "id, group_id, account_id, kind, message_id, folder_id, uid, uidvalidity,"
    " target_folder_id, flag, is_on, state, words, target_uid"
)


@dataclass(frozen=True, slots=True)
class Intent:
    """One change of one message. `kind` is flag or move; `state` pending, doing, done, refused.

    `folder_id` and `uid` are where the message was when the intent was made, `target_uid` its
    new name after a move, 0 while unknown.
    """

    account_id: int
    kind: str
    message_id: int
    folder_id: int
    uid: int
    uidvalidity: int = 0
    target_folder_id: int = 0
    flag: Flag = Flag.NONE
    on: bool = False
    state: str = "pending"
    words: str = ""
    target_uid: int = 0
    group: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """What one key did: undone together. `label` says it in words."""

    id: int
    label: str
    made_at: float


def add_group(
    db: sqlite3.Connection, label: str, intents: Sequence[Intent], at: float, *, undoes: int = 0
) -> int:
    """Note the changes of one key; in the durable transaction that changes the rows.

    `undoes` is the group that this one takes back; it cannot be undone itself.
    """
    (group,) = db.execute(
        "INSERT INTO intent_groups (label, made_at, undoes) VALUES (?, ?, ?) RETURNING id",
        (label, at, undoes),
    ).fetchone()
    db.executemany(
        "INSERT INTO intents (group_id, account_id, kind, message_id, folder_id, uid,"
        " uidvalidity, target_folder_id, flag, is_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                group,
                intent.account_id,
                intent.kind,
                intent.message_id,
                intent.folder_id,
                intent.uid,
                intent.uidvalidity,
                intent.target_folder_id,
                int(intent.flag),
                int(intent.on),
            )
            for intent in intents
        ],
    )
    return int(group)


def pending(db: sqlite3.Connection, account_id: int) -> list[Intent]:
    """What the account's server is still to be told, in order; `doing` ones may have been done."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM intents WHERE account_id = ?"
        " AND state IN ('pending', 'doing') ORDER BY id",
        (account_id,),
    )
    return [_intent(row) for row in rows]


def of_group(db: sqlite3.Connection, group: int) -> list[Intent]:
    """The changes of one group, in order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM intents WHERE group_id = ? ORDER BY id",
        (group,),
    )
    return [_intent(row) for row in rows]


def mark(
    db: sqlite3.Connection, intent_id: int, state: str, words: str = "", target_uid: int = 0
) -> None:
    """Note how far one intent has come."""
    db.execute(
        "UPDATE intents SET state = ?, words = ?, target_uid = iif(? > 0, ?, target_uid)"
        " WHERE id = ?",
        (state, words, target_uid, target_uid, intent_id),
    )


def newest_undoable(db: sqlite3.Connection) -> Group | None:
    """The newest group that was neither undone nor refused, nor is itself an undo."""
    row = db.execute(
        "SELECT g.id, g.label, g.made_at FROM intent_groups g WHERE g.undone = 0 AND g.undoes = 0"
        " AND EXISTS (SELECT 1 FROM intents i WHERE i.group_id = g.id AND i.state <> 'refused')"
        " ORDER BY g.id DESC LIMIT 1"
    ).fetchone()
    return Group(*row) if row else None


def set_undone(db: sqlite3.Connection, group: int) -> None:
    """The group was taken back."""
    db.execute("UPDATE intent_groups SET undone = 1 WHERE id = ?", (group,))


def end_undo(db: sqlite3.Connection, folder_id: int) -> None:
    """What was moved into this folder is about to go for good: it cannot be taken back."""
    db.execute(
        "UPDATE intent_groups SET undone = 1 WHERE id IN"
        " (SELECT group_id FROM intents WHERE kind = 'move' AND target_folder_id = ?)",
        (folder_id,),
    )


def drop(db: sqlite3.Connection, intent_ids: Sequence[int]) -> None:
    """Forget intents that were taken back before the server heard of them."""
    db.executemany(
        "DELETE FROM intents WHERE id = ? AND state = 'pending'", [(one,) for one in intent_ids]
    )


def where_now(db: sqlite3.Connection, intent: Intent) -> Intent:
    """The intent with the UID its message has by now in the folder it was in."""
    row = db.execute(
        "SELECT target_uid FROM intents WHERE message_id = ? AND target_folder_id = ? AND id < ?"
        " AND kind = 'move' AND state = 'done' ORDER BY id DESC LIMIT 1",
        (intent.message_id, intent.folder_id, intent.id),
    ).fetchone()
    return replace(intent, uid=row[0]) if row and not intent.uid else intent


def recent(db: sqlite3.Connection, limit: int = 100) -> list[tuple[Group, bool, int]]:
    """(group, undone, how many still wait) for the activity list, the newest first.

    What took a group back, and what acterm did by itself, is in it only while it waits.
    """
    rows = db.execute(
        "SELECT id, label, made_at, undone, waiting FROM"
        " (SELECT g.id, g.label, g.made_at, g.undone, g.undoes, (SELECT count(*) FROM intents i"
        " WHERE i.group_id = g.id AND i.state IN ('pending', 'doing')) AS waiting"
        " FROM intent_groups g) WHERE undoes = 0 OR waiting > 0 ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [(Group(row[0], row[1], row[2]), bool(row[3]), row[4]) for row in rows]


def _intent(row: tuple[str, ...]) -> Intent:
    return Intent(
        id=int(row[0]),
        group=int(row[1]),
        account_id=int(row[2]),
        kind=row[3],
        message_id=int(row[4]),
        folder_id=int(row[5]),
        uid=int(row[6]),
        uidvalidity=int(row[7]),
        target_folder_id=int(row[8]),
        flag=Flag(int(row[9])),
        on=bool(row[10]),
        state=row[11],
        words=row[12],
        target_uid=int(row[13]),
    )
