"""People for address completion: those one wrote to first, then recent senders."""

import re
import sqlite3
from collections.abc import Sequence

from acterm.mail.address import Address
from acterm.mail.fold import fold
from acterm.mail.folder import Role


def complete(db: sqlite3.Connection, typed: str, limit: int = 8) -> list[Address]:
    """Who may be meant: any word of the name or the address begins with what is typed."""
    wanted = fold(typed).strip()
    if not wanted:
        return []
    pattern = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = db.execute(
        "SELECT name, address FROM contacts WHERE folded LIKE ? ESCAPE '\\'"
        " ORDER BY written DESC, last DESC LIMIT ?",
        (f"% {pattern}%", limit),
    )
    return [Address(*row) for row in rows]


def learn(db: sqlite3.Connection, rows: Sequence[tuple[str, ...]]) -> None:
    """Note the people of messages: (id, name, address, to, cc, subject, date, folder role)."""
    from acterm.store.messages import unpacked

    people: list[tuple[str, str, str, int, int]] = []
    for _id, name, address, to, cc, _subject, date, role in rows:
        if role in (Role.JUNK, Role.TRASH, Role.DRAFTS):
            continue
        written = role == Role.SENT
        found = unpacked(to) + unpacked(cc) if written else (Address(name, address),)
        people += [
            (person.address, person.name, _folded(person), int(written), int(date))
            for person in found[:50]
            if "@" in person.address
        ]
    db.executemany(
        "INSERT INTO contacts (address, name, folded, written, last) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (address) DO UPDATE SET"
        " name = iif(excluded.name <> '' AND excluded.last >= last, excluded.name, name),"
        " folded = iif(excluded.name <> '' AND excluded.last >= last, excluded.folded, folded),"
        " written = written + excluded.written, last = max(last, excluded.last)",
        people,
    )


def known(db: sqlite3.Connection, name: str) -> list[str]:
    """The addresses known under this display name, for telling a borrowed one."""
    rows = db.execute("SELECT address FROM contacts WHERE name = ? AND name <> ''", (name,))
    return [row[0] for row in rows]


def _folded(person: Address) -> str:
    """Words with a space before each, so that one LIKE finds the beginning of any."""
    parts = re.split(r"[\s.\-_@']+", f"{person.name} {person.address}")
    return fold(f" {person.name} {person.address} {' '.join(parts)}")
