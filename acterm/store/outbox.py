"""The outbox: frozen mails on their way, each with where it stands."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

_COLUMNS = (
    "id, account_id, message_id, sender, recipients, source, subject, not_before, state,"
    " attempts, words, refused, queued_at, draft_id, original_id, answers, filed,"
    " forced, guarded"
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One mail. `state` is queued, sending, sent, refused, unsure or cancelled.

    `refused` maps the recipients that the server refused to its words. `answers` is the kind of
    the draft (reply, forward…), for the flag of the original. `filed`: the copy in Sent is done.
    `forced`: the person insists on sending it; `guarded`: no secret in it, the password known.
    """

    account_id: int
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    source: bytes
    subject: str = ""
    not_before: float = 0.0
    state: str = "queued"
    attempts: int = 0
    words: str = ""
    refused: Mapping[str, str] | None = None
    queued_at: float = 0.0
    draft_id: int = 0
    original_id: int = 0
    answers: str = ""
    filed: bool = False
    forced: bool = False
    guarded: bool = False
    id: int = 0


def put(db: sqlite3.Connection, mail: Outgoing) -> int:
    """Queue a mail and return its row; call it in a durable transaction."""
    (row_id,) = db.execute(
        "INSERT INTO outbox (account_id, message_id, sender, recipients, source, subject,"
        " not_before, queued_at, draft_id, original_id, answers, forced, guarded)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            mail.account_id,
            mail.message_id,
            mail.sender,
            json.dumps(mail.recipients),
            mail.source,
            mail.subject,
            mail.not_before,
            mail.queued_at,
            mail.draft_id,
            mail.original_id,
            mail.answers,
            int(mail.forced),
            int(mail.guarded),
        ),
    ).fetchone()
    return int(row_id)


def get(db: sqlite3.Connection, row_id: int) -> Outgoing | None:
    """One mail by its row."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM outbox WHERE id = ?", (row_id,))
    return next((_outgoing(row) for row in rows), None)


def unsettled(db: sqlite3.Connection, account_id: int = 0) -> list[Outgoing]:
    """What is queued, being sent, refused or unsure, the oldest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM outbox"
        " WHERE state IN ('queued', 'sending', 'refused', 'unsure')"
        " AND (? = 0 OR account_id = ?) ORDER BY id",
        (account_id, account_id),
    )
    return [_outgoing(row) for row in rows]


def waiting(db: sqlite3.Connection, account_id: int = 0) -> int:
    """How many mails are still to leave; those that may have left are not."""
    row = db.execute(
        "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')"
        " AND (? = 0 OR account_id = ?)",
        (account_id, account_id),
    ).fetchone()
    return int(row[0])


def claim(db: sqlite3.Connection, row_id: int) -> bool:
    """Take a queued mail for sending; False when somebody else has, or it was taken back."""
    cursor = db.execute(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1"
        " WHERE id = ? AND state = 'queued'",
        (row_id,),
    )
    return cursor.rowcount == 1


def settle(
    db: sqlite3.Connection,
    row_id: int,
    state: str,
    words: str = "",
    refused: Mapping[str, str] | None = None,
    at: float = 0.0,
) -> None:
    """Note how the sending ended."""
    db.execute(
        "UPDATE outbox SET state = ?, words = ?, refused = ?, settled_at = ? WHERE id = ?",
        (state, words, json.dumps(refused or {}, ensure_ascii=False), at, row_id),
    )


def postpone(db: sqlite3.Connection, row_id: int, not_before: float, words: str = "") -> None:
    """Back to the queue, not before this time; `words` say why."""
    db.execute(
        "UPDATE outbox SET state = 'queued', not_before = ?, words = ? WHERE id = ?",
        (not_before, words, row_id),
    )


def orphans(db: sqlite3.Connection) -> list[Outgoing]:
    """Mails that a process died over: nobody knows whether they left."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM outbox WHERE state = 'sending' ORDER BY id")
    return [_outgoing(row) for row in rows]


def unfiled(db: sqlite3.Connection, account_id: int) -> list[Outgoing]:
    """Sent mails whose copy is not yet in the Sent folder."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE state = 'sent' AND filed = 0"
        " AND account_id = ? ORDER BY id",
        (account_id,),
    )
    return [_outgoing(row) for row in rows]


def set_filed(db: sqlite3.Connection, row_id: int) -> None:
    """The copy is in Sent; its bytes need not be kept twice."""
    db.execute(
        "UPDATE outbox SET filed = 1, source = iif(state = 'sent', x'', source) WHERE id = ?",
        (row_id,),
    )


def cancel(db: sqlite3.Connection, row_id: int) -> bool:
    """Take a mail back before it leaves; False when it is too late."""
    cursor = db.execute(
        "UPDATE outbox SET state = 'cancelled' WHERE id = ? AND state IN ('queued', 'refused')",
        (row_id,),
    )
    return cursor.rowcount == 1


def _outgoing(row: tuple[str, ...]) -> Outgoing:
    return Outgoing(
        id=int(row[0]),
        account_id=int(row[1]),
        message_id=row[2],
        sender=row[3],
        recipients=tuple(json.loads(row[4])),
        source=bytes(row[5]),  # type: ignore[arg-type]  # a BLOB column among text ones
        subject=row[6],
        not_before=float(row[7]),
        state=row[8],
        attempts=int(row[9]),
        words=row[10],
        refused=json.loads(row[11]),
        queued_at=float(row[12]),
        draft_id=int(row[13]),
        original_id=int(row[14]),
        answers=row[15],
        filed=bool(row[16]),
        forced=bool(row[17]),
        guarded=bool(row[18]),
    )
