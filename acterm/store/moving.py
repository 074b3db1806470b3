"""A mailbox that moves to other servers: its mail stays, and the old numbers mean nothing more.

A mail without a number is named again when the new server has it (by Message-ID); one that the
new server does not have stays here all the same.
"""

import sqlite3
from collections.abc import Mapping

from acterm.mail.account import Account
from acterm.mail.folder import ListedFolder
from acterm.mail.message import Header
from acterm.store import settings

_KEPT = "kept-to:{account_id}"
_NAME = (
    "UPDATE OR IGNORE messages SET uid = ? WHERE id = ("
    " SELECT id FROM messages WHERE folder_id = ? AND uid = 0"
    " AND message_id = ? AND message_id <> '' ORDER BY id DESC LIMIT 1)"
)


def move(db: sqlite3.Connection, account: Account, places: Mapping[int, ListedFolder]) -> None:
    """Give the account its new servers and login; `places` are where its folders are there.

    Every folder of the account that holds mail has a place. In one durable transaction.
    """
    db.execute(
        "UPDATE accounts SET login = ?, imap_host = ?, imap_port = ?, imap_security = ?,"
        " smtp_host = ?, smtp_port = ?, smtp_security = ?, passcode = 0, password_command = '[]',"
        " refused_words = '', refused_at = 0, quota_used = 0, quota_limit = 0 WHERE id = ?",
        (
            account.login,
            account.imap.host,
            account.imap.port,
            account.imap.security,
            account.smtp.host,
            account.smtp.port,
            account.smtp.security,
            account.id,
        ),
    )
    _place(db, account.id, places)
    _forget_numbers(db, account.id)


def name(db: sqlite3.Connection, folder_id: int, headers: list[Header]) -> None:
    """Give mails that are here the numbers by which the new server has them."""
    db.executemany(_NAME, [(one.uid, folder_id, one.message_id) for one in headers])


def awaits_names(db: sqlite3.Connection, folder_id: int) -> bool:
    """Whether the folder holds mails without a number."""
    row = db.execute("SELECT 1 FROM messages WHERE folder_id = ? AND uid = 0", (folder_id,))
    return row.fetchone() is not None


def is_kept(db: sqlite3.Connection, message_id: int) -> bool:
    """Whether the mail is from the servers of before, so that it stays whatever the new one has."""
    row = db.execute("SELECT account_id FROM messages WHERE id = ?", (message_id,)).fetchone()
    return row is not None and message_id <= settings.get(db, _KEPT.format(account_id=row[0]), 0)


def _forget_numbers(db: sqlite3.Connection, account_id: int) -> None:
    db.execute("UPDATE messages SET uid = 0 WHERE account_id = ?", (account_id,))
    db.execute(
        "UPDATE folders SET uidvalidity = 0, uidnext = 0, highest_modseq = 0, lowest_uid = 0"
        " WHERE account_id = ?",
        (account_id,),
    )
    db.execute(
        "UPDATE drafts SET server_folder_id = 0, server_uid = 0 WHERE account_id = ?",
        (account_id,),
    )
    # What was to vanish on the old server is of no use; the rest is looked for on the new one.
    waiting = "account_id = ? AND state IN ('pending', 'doing')"
    db.execute(
        f"DELETE FROM intents WHERE {waiting} AND kind IN ('expunge', 'look')", (account_id,)
    )
    db.execute(f"UPDATE intents SET uid = 0, uidvalidity = 0 WHERE {waiting}", (account_id,))
    (last,) = db.execute(
        "SELECT ifnull(max(id), 0) FROM messages WHERE account_id = ?", (account_id,)
    ).fetchone()
    settings.put(db, _KEPT.format(account_id=account_id), last)


def _place(db: sqlite3.Connection, account_id: int, places: Mapping[int, ListedFolder]) -> None:
    """Folders that become one keep one row; every other one is renamed."""
    keepers: dict[str, int] = {}
    for row_id, place in places.items():
        keeper = keepers.setdefault(place.path, row_id)
        if keeper != row_id:
            db.execute(
                "UPDATE messages SET folder_id = ?, uid = 0 WHERE folder_id = ?", (keeper, row_id)
            )
            for column in ("folder_id", "target_folder_id"):
                db.execute(f"UPDATE intents SET {column} = ? WHERE {column} = ?", (keeper, row_id))
    kept = set(keepers.values())
    rows = db.execute("SELECT id FROM folders WHERE account_id = ?", (account_id,)).fetchall()
    for (row_id,) in rows:
        if row_id not in kept:
            db.execute("DELETE FROM folders WHERE id = ?", (row_id,))
        else:  # two folders may take each other's name
            db.execute("UPDATE folders SET path = char(0) || id WHERE id = ?", (row_id,))
    for path, row_id in keepers.items():
        place = places[row_id]
        db.execute(
            "UPDATE folders SET path = ?, name = ?, delimiter = ?, role = ?, selectable = 1"
            " WHERE id = ?",
            (path, place.name, place.delimiter, place.role, row_id),
        )
