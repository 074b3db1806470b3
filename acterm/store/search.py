"""Search over all stored mail, newest first, accents folded (FTS5)."""

import sqlite3
from dataclasses import dataclass

from acterm.mail import query as queries
from acterm.mail.fold import spelled_out
from acterm.mail.message import Envelope
from acterm.mail.query import Query
from acterm.store import contacts, messages, settings

_WATERMARK = "indexed up to"
SNIPPET_WORDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One result; `account` is its address, `folder` its full name, `snippet` where it matched."""

    envelope: Envelope
    account: str
    folder: str
    snippet: str


def search(db: sqlite3.Connection, typed: str, limit: int = 50, account_id: int = 0) -> list[Found]:
    """The newest messages that match what is typed; nothing typed finds nothing."""
    query = queries.parse(typed)
    if query.empty:
        return []
    sql, parameters = _statement(query, account_id)
    rows = db.execute(sql, (*parameters, limit)).fetchall()
    found = messages.envelopes(db, [row[0] for row in rows])
    places = {row_id: (address, folder) for row_id, address, folder in rows}
    snippets = _snippets(db, query, [envelope.id for envelope in found])
    return [
        Found(envelope, *places[envelope.id], snippets.get(envelope.id, "")) for envelope in found
    ]


def index_pending(db: sqlite3.Connection, limit: int = 500) -> int:
    """Index the header words and people of messages not yet indexed; how many there were.

    Sync calls it until it returns 0, apart from `add`, so that first contact is not held up.
    """
    start = settings.get(db, _WATERMARK, 0)
    rows = db.execute(
        "SELECT m.id, m.sender_name, m.sender_address, m.recipients, m.recipients_cc, m.subject,"
        " m.date, f.role FROM messages m JOIN folders f ON f.id = m.folder_id"
        " WHERE m.id > ? ORDER BY m.id LIMIT ?",
        (start, limit),
    ).fetchall()
    if not rows:
        return 0
    done = {
        row[0]
        for row in db.execute(
            "SELECT id FROM words_docsize WHERE id BETWEEN ? AND ?", (rows[0][0], rows[-1][0])
        )
    }
    db.executemany(
        "INSERT INTO words (rowid, sender, recipients, subject, body) VALUES (?, ?, ?, ?, '')",
        [(row[0], *_header_words(row)) for row in rows if row[0] not in done],
    )
    contacts.learn(db, rows)
    settings.put(db, _WATERMARK, rows[-1][0])
    return len(rows)


def index_body(db: sqlite3.Connection, message_id: int, text: str) -> None:
    """Index the words of a fetched text beside those of its header."""
    row = db.execute(
        "SELECT id, sender_name, sender_address, recipients, recipients_cc, subject"
        " FROM messages WHERE id = ?",
        (message_id,),
    ).fetchone()
    if row is None:
        return
    db.execute("DELETE FROM words WHERE rowid = ?", (message_id,))
    db.execute(
        "INSERT INTO words (rowid, sender, recipients, subject, body) VALUES (?, ?, ?, ?, ?)",
        (message_id, *_header_words(row), spelled_out(text)),
    )


def _header_words(row: tuple[str, ...]) -> tuple[str, str, str]:
    """Columns of `words` from (id, name, address, recipients, cc, subject, …)."""
    people = messages.unpacked(row[3]) + messages.unpacked(row[4])
    to = " ".join(f"{person.name} {person.address}" for person in people[:200])
    return spelled_out(f"{row[1]} {row[2]}"), spelled_out(to), spelled_out(row[5])


def _statement(query: Query, account_id: int) -> tuple[str, list[object]]:
    """The SELECT of a query: by the index of words, else by the lists themselves."""
    conditions: list[str] = ["1"]
    parameters: list[object] = []
    source = "messages m"
    if query.match:
        source = "words CROSS JOIN messages m ON m.id = words.rowid"
        conditions.append("words MATCH ?")
        parameters.append(query.match)
    if query.excluded:
        conditions.append("m.id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)")
        parameters.append(query.excluded)
    if query.flags or query.without:
        conditions.append("m.flags & ? = ?")
        parameters += [int(query.flags | query.without), int(query.flags)]
    for condition, value in (
        ("m.date >= ?", query.after),
        ("m.date < ?", query.before),
        ("m.account_id = ?", account_id),
    ):
        if value:
            conditions.append(condition)
            parameters.append(value)
    if query.attachments:
        conditions.append("m.attachments = 1")
    if query.folder:
        conditions.append("instr(lower(f.name), ?) > 0")
        parameters.append(query.folder)
    return (
        "SELECT m.id, a.address, f.name"
        f" FROM {source} CROSS JOIN folders f ON f.id = m.folder_id"
        " CROSS JOIN accounts a ON a.id = m.account_id"
        f" WHERE a.active = 1 AND {' AND '.join(conditions)}"
        " ORDER BY m.date DESC, m.id DESC LIMIT ?",
        parameters,
    )


def _snippets(db: sqlite3.Connection, query: Query, found: list[int]) -> dict[int, str]:
    """Where each result matched, as one line; only for the rows that are shown."""
    if not query.match or not found:
        return {}
    marks = ",".join("?" * len(found))
    rows = db.execute(
        f"SELECT rowid, snippet(words, -1, '', '', '…', {SNIPPET_WORDS}) FROM words"
        f" WHERE words MATCH ? AND rowid IN ({marks})",
        (query.match, *found),
    )
    return {row_id: " ".join(text.split()) for row_id, text in rows}
