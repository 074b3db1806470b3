"""Drafts: the journal of mails being written. An abandoned one stays until it is forgotten."""

import json
import sqlite3
import time
from pathlib import Path

from acterm.mail.draft import Draft, DraftAttachment, Kind

_COLUMNS = (
    "id, account_id, kind, recipients, cc, bcc, subject, body, attachments, original_id,"
    " in_reply_to, reference_ids, updated"
)


def keep(db: sqlite3.Connection, draft: Draft) -> int:
    """Write the journal and return its row; call it in a durable transaction."""
    values = (
        draft.account_id,
        draft.kind,
        draft.to,
        draft.cc,
        draft.bcc,
        draft.subject,
        draft.body,
        _packed(draft.attachments),
        draft.original_id,
        draft.in_reply_to,
        " ".join(draft.references),
        draft.updated or time.time(),
    )
    (row_id,) = db.execute(
        "INSERT INTO drafts (id, account_id, kind, recipients, cc, bcc, subject, body,"
        " attachments, original_id, in_reply_to, reference_ids, updated)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id,"
        " recipients = excluded.recipients, cc = excluded.cc, bcc = excluded.bcc,"
        " subject = excluded.subject, body = excluded.body,"
        " attachments = excluded.attachments, updated = excluded.updated, abandoned = 0"
        " RETURNING id",
        (draft.id or None, *values),
    ).fetchone()
    return int(row_id)


def get(db: sqlite3.Connection, draft_id: int) -> Draft | None:
    """One draft, abandoned or not."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM drafts WHERE id = ?", (draft_id,))
    return next((_draft(row) for row in rows), None)


def all_drafts(db: sqlite3.Connection) -> list[Draft]:
    """The drafts that are not abandoned, the newest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM drafts WHERE abandoned = 0 ORDER BY updated DESC")
    return [_draft(row) for row in rows]


def abandon(db: sqlite3.Connection, draft_id: int) -> None:
    """Put a draft aside; `revive` brings it back."""
    db.execute("UPDATE drafts SET abandoned = ? WHERE id = ?", (time.time(), draft_id))


def revive(db: sqlite3.Connection, draft_id: int) -> None:
    """Bring an abandoned draft back."""
    db.execute("UPDATE drafts SET abandoned = 0 WHERE id = ?", (draft_id,))


def newest_abandoned(db: sqlite3.Connection) -> tuple[int, float] | None:
    """(row, when) of the draft that was abandoned last."""
    row = db.execute(
        "SELECT id, abandoned FROM drafts WHERE abandoned > 0 ORDER BY abandoned DESC LIMIT 1"
    ).fetchone()
    return (row[0], row[1]) if row else None


def remove(db: sqlite3.Connection, draft_id: int) -> None:
    """Forget a draft for good: it was sent."""
    db.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))


def server_copy(db: sqlite3.Connection, draft_id: int) -> tuple[int, int]:
    """(folder row, UID) of the copy in the server's Drafts, zeros without one."""
    row = db.execute(
        "SELECT server_folder_id, server_uid FROM drafts WHERE id = ?", (draft_id,)
    ).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def set_server_copy(db: sqlite3.Connection, draft_id: int, folder_id: int, uid: int) -> None:
    """Note where the server keeps its copy."""
    db.execute(
        "UPDATE drafts SET server_folder_id = ?, server_uid = ? WHERE id = ?",
        (folder_id, uid, draft_id),
    )


def _packed(attachments: tuple[DraftAttachment, ...]) -> str:
    return json.dumps(
        [
            (item.name, item.type, item.size, str(item.path or ""), item.section)
            for item in attachments
        ],
        ensure_ascii=False,
    )


def _draft(row: tuple[str, ...]) -> Draft:
    return Draft(
        id=int(row[0]),
        account_id=int(row[1]),
        kind=Kind(row[2]),
        to=row[3],
        cc=row[4],
        bcc=row[5],
        subject=row[6],
        body=row[7],
        attachments=tuple(
            DraftAttachment(name, kind, size, Path(path) if path else None, section)
            for name, kind, size, path, section in json.loads(row[8])
        ),
        original_id=int(row[9]),
        in_reply_to=row[10],
        references=tuple(row[11].split()),
        updated=float(row[12]),
    )
