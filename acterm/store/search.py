"""Search over all stored mail, newest first, accents folded (FTS5)."""

import heapq
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from acterm.mail import query as queries
from acterm.mail.fold import fold
from acterm.mail.folder import Role
from acterm.mail.message import Envelope, Flag
from acterm.mail.query import Query
from acterm.store.columns import listed
from acterm.store.index import ID_MASK, first_place, index_pending
from acterm.store.messages import COLUMNS, envelope

__all__ = ["Found", "index_pending", "search"]

_SNIPPET = "snippet(words, 3, '', '', '…', 14)"
_QUALIFIED = ", ".join(f"m.{name}" for name in COLUMNS.split(", "))
BY_WORDS = (
    f"SELECT {_QUALIFIED}, {{snippet}}"
    f" FROM words CROSS JOIN messages m ON m.id = words.rowid & {ID_MASK}"
    " WHERE words MATCH ? AND words.rowid BETWEEN ? AND ?"
    " AND m.folder_id IN (SELECT value FROM json_each(?)) {filters}"
    " ORDER BY words.rowid DESC LIMIT ?"
)
BY_LIST = (
    f"SELECT {_QUALIFIED}, '' FROM messages m"
    " WHERE m.folder_id = ? AND m.date >= ? AND m.date < ? {filters}"
    " ORDER BY m.date DESC, m.uid DESC, m.id DESC LIMIT ?"
)
_WITHOUT = f" AND m.id NOT IN (SELECT rowid & {ID_MASK} FROM words WHERE words MATCH ?)"
_FOREVER = 1 << 62
# What people call a folder, besides its own name.
_SPOKEN = {
    Role.INBOX: "boite de reception inbox",
    Role.DRAFTS: "brouillons drafts",
    Role.SENT: "envoyes sent",
    Role.ARCHIVE: "archives archive",
    Role.JUNK: "indesirables spam junk",
    Role.TRASH: "corbeille bin trash",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One result; `account` is its address, `folder` its full name.

    `snippet` is the text around the match, or its beginning; empty while the text is not stored,
    and when it was not asked for.
    """

    envelope: Envelope
    account: str
    folder: str
    snippet: str


def search(
    db: sqlite3.Connection,
    typed: str,
    limit: int = 50,
    account_id: int = 0,
    *,
    snippets: bool = True,
) -> list[Found]:
    """The newest messages that match what is typed; nothing typed finds nothing.

    Snippets cost ten times what the rest does.
    """
    query = queries.parse(typed)
    if query.empty:
        return []
    places = _places(db, query, account_id)
    if not places:
        return []
    if query.match:
        rows = _by_words(db, query, places, limit, _SNIPPET if snippets else "''")
    else:
        rows = _by_list(db, query, places, limit)
    return [Found(envelope(row[:-1]), *places[row[1]], " ".join(row[-1].split())) for row in rows]


def _places(db: sqlite3.Connection, query: Query, account_id: int) -> dict[int, tuple[str, str]]:
    """(account address, folder name) of each folder that is searched."""
    rows = db.execute(
        "SELECT f.id, f.role, a.address, f.name FROM folders f"
        " JOIN accounts a ON a.id = f.account_id"
        " WHERE a.active = 1 AND (? = 0 OR a.id = ?)",
        (account_id, account_id),
    )
    return {
        row_id: (address, name)
        for row_id, role, address, name in rows.fetchall()
        if _is_meant(f"{fold(name)} {_SPOKEN.get(role, '')}", query)
    }


def _is_meant(names: str, query: Query) -> bool:
    return query.folder in names and not (query.not_folder and query.not_folder in names)


def _by_words(
    db: sqlite3.Connection, query: Query, places: Iterable[int], limit: int, snippet: str
) -> Iterable[Any]:
    """From the newest match on, until there are enough."""
    match = f"({query.match}) NOT ({query.excluded})" if query.excluded else query.match
    filters, values = _filters(query)
    oldest, newest = first_place(query.after), first_place(query.before or _FOREVER) - 1
    return db.execute(
        BY_WORDS.format(filters=filters, snippet=snippet),
        (match, oldest, newest, listed(places), *values, limit),
    ).fetchall()


def _by_list(
    db: sqlite3.Connection, query: Query, places: Iterable[int], limit: int
) -> Iterable[Any]:
    """From the newest mail of each folder on, until there are enough."""
    filters, values = _filters(query)
    if query.excluded:
        filters, values = filters + _WITHOUT, (*values, query.excluded)
    sql = BY_LIST.format(filters=filters)
    after, before = query.after or -_FOREVER, query.before or _FOREVER
    lists: list[Iterator[Any]] = [
        iter(db.execute(sql, (place, after, before, *values, limit)).fetchall()) for place in places
    ]
    newest = heapq.merge(*lists, key=lambda row: -row[3])
    return [row for row, _count in zip(newest, range(limit), strict=False)]


def _filters(query: Query) -> tuple[str, tuple[int | str, ...]]:
    """Conditions on a message, worded as its partial indexes are."""
    conditions = [
        f" AND m.flags & {flag.value} {'> 0' if wanted else '= 0'}"
        for flags, wanted in ((query.flags, True), (query.without, False))
        for flag in Flag
        if flag & flags
    ]
    if query.attachments is not None:
        conditions.append(" AND m.attachments = ?")
        return "".join(conditions), (int(query.attachments),)
    return "".join(conditions), ()
