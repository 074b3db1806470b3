"""Folders of an account, their counts, and how far sync has come in each."""

import sqlite3
from collections.abc import Sequence

from acterm.mail.fold import fold
from acterm.mail.folder import Folder, ListedFolder, Role, SyncState

_COLUMNS = "id, account_id, name, path, delimiter, role, messages, unread, selectable"
_COMPLETE = "uidvalidity > 0 AND lowest_uid = 1"
_KEEP = (
    "INSERT INTO folders (account_id, path, name, delimiter, role, selectable, messages, unread)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (account_id, path) DO UPDATE SET name = excluded.name,"
    " delimiter = excluded.delimiter, role = excluded.role, selectable = excluded.selectable,"
    f" messages = iif({_COMPLETE}, messages, excluded.messages),"
    f" unread = iif({_COMPLETE}, unread, excluded.unread)"
)
_KNOWN = (
    f"SELECT path, id, {_COMPLETE}, messages, unread, name, delimiter, role, selectable"
    " FROM folders WHERE account_id = ?"
)
_ORDER = tuple(Role)
# No server's path has a line break in it: what begins with one is planned here.
_PLANNED = "\n"


def of_account(db: sqlite3.Connection, account_id: int) -> list[Folder]:
    """All folders: the inbox, those with a role, then the others by name."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM folders WHERE account_id = ?", (account_id,))
    folders = [_folder(row) for row in rows]
    return sorted(folders, key=lambda folder: (_rank(folder), fold(folder.name)))


def get(db: sqlite3.Connection, folder_id: int) -> Folder | None:
    """One folder by its row."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM folders WHERE id = ?", (folder_id,))
    return next((_folder(row) for row in rows), None)


def with_role(db: sqlite3.Connection, account_id: int, role: Role) -> Folder | None:
    """The account's folder for this purpose, None when the server has none."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM folders WHERE account_id = ? AND role = ? ORDER BY id LIMIT 1",
        (account_id, role),
    )
    return next((_folder(row) for row in rows), None)


def keep_listing(db: sqlite3.Connection, account_id: int, listing: Sequence[ListedFolder]) -> None:
    """Make the folders those of the listing; vanished ones go with their mail.

    The server's counts stand until every header of a folder is here; then the rows know better.
    Nothing is written for a folder that is as it was. An empty listing is a server's mishap.
    """
    known = {path: row for path, *row in db.execute(_KNOWN, (account_id,)).fetchall()}
    for listed in listing:
        told = (listed.name, listed.delimiter, listed.role, int(listed.selectable))
        counts = (listed.messages, listed.unread)
        _id, complete, *before = known.pop(listed.path, (0, False))
        if before != [*(before[:2] if complete else counts), *told]:
            db.execute(_KEEP, (account_id, listed.path, *told, *counts))
    for path, (row_id, *_rest) in known.items() if listing else ():
        if not path.startswith(_PLANNED) or _is_idle(db, row_id):
            db.execute("DELETE FROM folders WHERE id = ?", (row_id,))


def _is_idle(db: sqlite3.Connection, folder_id: int) -> bool:
    """Whether nothing is to be moved into a planned folder any more."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE folder_id = ?1) OR EXISTS (SELECT 1"
        " FROM intents WHERE target_folder_id = ?1 AND state IN ('pending', 'doing'))",
        (folder_id,),
    ).fetchone()
    return not row[0]


def plan(db: sqlite3.Connection, account_id: int, role: Role, name: str) -> Folder:
    """A folder that the server does not have yet; it cannot be opened before it has."""
    path = f"{_PLANNED}{role}"
    db.execute(
        "INSERT INTO folders (account_id, path, name, role, selectable) VALUES (?, ?, ?, ?, 0)",
        (account_id, path, name, role),
    )
    return next(one for one in of_account(db, account_id) if one.path == path)


def is_planned(folder: Folder) -> bool:
    """Whether the server is still to be told to make the folder."""
    return folder.path.startswith(_PLANNED)


def carry_out(db: sqlite3.Connection, planned: Folder, path: str) -> Folder:
    """The server has the folder under this path: the planned row becomes it, or joins its row."""
    row = db.execute(
        "SELECT id FROM folders WHERE account_id = ? AND path = ?", (planned.account_id, path)
    ).fetchone()
    if row is None:
        db.execute("UPDATE folders SET path = ?, selectable = 1 WHERE id = ?", (path, planned.id))
    else:
        before = get(db, planned.id) or planned
        db.execute("UPDATE messages SET folder_id = ? WHERE folder_id = ?", (row[0], planned.id))
        for place in ("folder_id", "target_folder_id"):
            db.execute(f"UPDATE intents SET {place} = ? WHERE {place} = ?", (row[0], planned.id))
        shift_counts(db, row[0], before.messages, before.unread)
        db.execute("DELETE FROM folders WHERE id = ?", (planned.id,))
    found = get(db, row[0] if row else planned.id)
    assert found is not None  # noqa: S101 (it was just written)
    return found


def sync_state(db: sqlite3.Connection, folder_id: int) -> SyncState:
    """How far sync has come in the folder."""
    row = db.execute(
        "SELECT uidvalidity, uidnext, highest_modseq, lowest_uid, checked"
        " FROM folders WHERE id = ?",
        (folder_id,),
    ).fetchone()
    return SyncState(*row) if row else SyncState()


def set_sync_state(db: sqlite3.Connection, folder_id: int, state: SyncState) -> None:
    """Note how far sync has come, in the transaction of the rows themselves.

    When the last header has come, the folder is counted anew.
    """
    before = sync_state(db, folder_id)
    db.execute(
        "UPDATE folders SET uidvalidity = ?, uidnext = ?, highest_modseq = ?, lowest_uid = ?,"
        " checked = ? WHERE id = ?",
        (
            state.uidvalidity,
            state.uidnext,
            state.highest_modseq,
            state.lowest_uid,
            state.checked,
            folder_id,
        ),
    )
    if state.complete and not before.complete:
        recount(db, folder_id)


def recount(db: sqlite3.Connection, folder_id: int) -> None:
    """Count the rows of a folder whose headers are all here."""
    db.execute(
        "UPDATE folders SET"
        " messages = (SELECT count(*) FROM messages WHERE folder_id = :id),"
        " unread = (SELECT count(*) FROM messages WHERE folder_id = :id AND flags & 1 = 0)"
        " WHERE id = :id",
        {"id": folder_id},
    )


def shift_counts(
    db: sqlite3.Connection, folder_id: int, messages: int = 0, unread: int = 0
) -> None:
    """Apply what was done here to the counts, whoever made them."""
    if messages or unread:
        db.execute(
            "UPDATE folders SET messages = max(0, messages + ?), unread = max(0, unread + ?)"
            " WHERE id = ?",
            (messages, unread, folder_id),
        )


def count_if_complete(
    db: sqlite3.Connection, folder_id: int, messages: int = 0, unread: int = 0
) -> None:
    """Apply what sync brought; while headers are missing, the server's counts stand."""
    if messages or unread:
        db.execute(
            "UPDATE folders SET messages = messages + ?, unread = unread + ?"
            f" WHERE id = ? AND {_COMPLETE}",
            (messages, unread, folder_id),
        )


def _rank(folder: Folder) -> int:
    return _ORDER.index(folder.role) if folder.role in _ORDER else len(_ORDER)


def _folder(row: tuple[str, ...]) -> Folder:
    row_id, account_id, name, path, delimiter, role, messages, unread, selectable = row
    return Folder(
        id=int(row_id),
        account_id=int(account_id),
        name=name,
        path=path,
        delimiter=delimiter,
        role=Role(role),
        messages=int(messages),
        unread=int(unread),
        selectable=bool(selectable),
    )
