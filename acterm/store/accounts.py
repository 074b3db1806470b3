"""Accounts, and what their servers said about signing in."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from acterm.config import Config
from acterm.mail.account import Account
from acterm.mail.folder import Quota
from acterm.server import Security, Server

_COLUMNS = (
    "id, address, name, login, imap_host, imap_port, imap_security,"
    " smtp_host, smtp_port, smtp_security, password_command, ca_file, passcode"
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused sign-in: nothing connects until the person answers it."""

    words: str
    at: float


def all_accounts(db: sqlite3.Connection) -> list[Account]:
    """Every account in use, the oldest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM accounts WHERE active = 1 ORDER BY id")
    return [_account(row) for row in rows]


def get(db: sqlite3.Connection, account_id: int) -> Account | None:
    """One account by its row."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM accounts WHERE id = ?", (account_id,))
    return next((_account(row) for row in rows), None)


def keep(db: sqlite3.Connection, account: Account, *, from_config: bool = False) -> Account:
    """Add the account, or change the one with its address; returns it with its row."""
    (row_id,) = db.execute(
        "INSERT INTO accounts (address, name, login, imap_host, imap_port, imap_security,"
        " smtp_host, smtp_port, smtp_security, password_command, ca_file, passcode, from_config)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (address) DO UPDATE SET name = excluded.name, login = excluded.login,"
        " imap_host = excluded.imap_host, imap_port = excluded.imap_port,"
        " imap_security = excluded.imap_security, smtp_host = excluded.smtp_host,"
        " smtp_port = excluded.smtp_port, smtp_security = excluded.smtp_security,"
        " password_command = excluded.password_command, ca_file = excluded.ca_file,"
        " passcode = excluded.passcode, from_config = excluded.from_config, active = 1"
        " RETURNING id",
        (
            account.address,
            account.name,
            account.login,
            account.imap.host,
            account.imap.port,
            account.imap.security,
            account.smtp.host,
            account.smtp.port,
            account.smtp.security,
            json.dumps(account.password_command),
            str(account.ca_file or ""),
            int(account.passcode),
            int(from_config),
        ),
    ).fetchone()
    return replace(account, id=row_id)


def forget(db: sqlite3.Connection, account_id: int) -> None:
    """Remove the account with its folders, mail, drafts, outbox and intents."""
    for table in ("drafts", "outbox", "intents"):
        db.execute(f"DELETE FROM {table} WHERE account_id = ?", (account_id,))
    db.execute("DELETE FROM accounts WHERE id = ?", (account_id,))


def sync_with_config(db: sqlite3.Connection, config: Config, complete: Iterable[Account]) -> None:
    """Make the accounts of config.toml those in use, beside the ones that were added here.

    `complete` are the accounts of the file whose login and servers are known.
    """
    listed = [account.address.lower() for account in config.accounts]
    rows = db.execute(f"SELECT {_COLUMNS} FROM accounts WHERE from_config = 1 AND active = 1")
    known = {account.address.lower(): account for account in map(_account, rows.fetchall())}
    for address, account in known.items():
        if address not in listed:
            db.execute("UPDATE accounts SET active = 0 WHERE id = ?", (account.id,))
    for account in complete:
        before = known.get(account.address.lower())
        if before is None or before != replace(account, id=before.id):
            keep(db, account, from_config=True)


def refusal(db: sqlite3.Connection, account_id: int) -> Refusal | None:
    """The refused sign-in that waits for an answer, None when there is none."""
    row = db.execute(
        "SELECT refused_words, refused_at FROM accounts WHERE id = ? AND refused_at > 0",
        (account_id,),
    ).fetchone()
    return Refusal(*row) if row else None


def refuse(db: sqlite3.Connection, account_id: int, words: str, at: float) -> None:
    """Note a refused sign-in with the server's words; every process stops connecting."""
    db.execute(
        "UPDATE accounts SET refused_words = ?, refused_at = ? WHERE id = ?",
        (words, at, account_id),
    )


def clear_refusal(db: sqlite3.Connection, account_id: int) -> None:
    """The person has answered."""
    db.execute("UPDATE accounts SET refused_words = '', refused_at = 0 WHERE id = ?", (account_id,))


def quota(db: sqlite3.Connection, account_id: int) -> Quota:
    """The last known fill of the mailbox, zeros when unknown."""
    row = db.execute(
        "SELECT quota_used, quota_limit FROM accounts WHERE id = ?", (account_id,)
    ).fetchone()
    return Quota(*row) if row else Quota(0, 0)


def set_quota(db: sqlite3.Connection, account_id: int, fill: Quota) -> None:
    """Note the fill of the mailbox."""
    db.execute(
        "UPDATE accounts SET quota_used = ?, quota_limit = ? WHERE id = ?",
        (fill.used, fill.limit, account_id),
    )


def _account(row: tuple[str, ...]) -> Account:
    (
        row_id,
        address,
        name,
        login,
        imap_host,
        imap_port,
        imap_security,
        smtp_host,
        smtp_port,
        smtp_security,
        command,
        ca_file,
        passcode,
    ) = row
    return Account(
        id=int(row_id),
        address=address,
        name=name,
        login=login,
        imap=Server(imap_host, int(imap_port), Security(imap_security)),
        smtp=Server(smtp_host, int(smtp_port), Security(smtp_security)),
        password_command=tuple(json.loads(command)),
        ca_file=Path(ca_file) if ca_file else None,
        passcode=bool(passcode),
    )
