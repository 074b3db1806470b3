"""People for address completion: those one wrote to first, then recent senders."""

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from acterm.mail.address import Address
from acterm.mail.fold import fold
from acterm.mail.folder import Role
from acterm.store.columns import unpacked

_NOT_LEARNT = (Role.JUNK, Role.TRASH, Role.DRAFTS)
_MACHINES = re.compile(r"(no-?reply|ne-?pas-?repondre|mailer-daemon|postmaster|bounces?\b)", re.I)
_MOST_RECIPIENTS = 50
_MOST_WORDS = 8
_GAPS = re.compile(r"[\s.\-_@'’]+")
COMPLETE = (
    "SELECT name, address FROM contacts INDEXED BY contacts_rank WHERE {conditions}"
    " ORDER BY written DESC, last DESC LIMIT ?"
)
_LEARN = (
    "INSERT INTO contacts (address, name, folded, named, written, last) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (address) DO UPDATE SET"
    " name = iif(excluded.named > named, excluded.name, name),"
    " folded = iif(excluded.named > named, excluded.folded, folded),"
    " named = max(named, excluded.named),"
    " written = written + excluded.written, last = max(last, excluded.last)"
)


@dataclass(slots=True)
class _Person:
    address: str
    name: str = ""
    named: int = -1
    written: int = 0
    last: int = 0


def complete(db: sqlite3.Connection, typed: str, limit: int = 8) -> list[Address]:
    """Who may be meant: each word typed begins a word of the name or the address.

    What has an @ is an address being typed: only those that contain it, never somebody alike.
    """
    words = _words(typed)[:_MOST_WORDS]
    if not words:
        return []
    conditions = " AND ".join(["instr(folded, ?) > 0"] * len(words))
    rows = db.execute(
        COMPLETE.format(conditions=conditions), (*(f" {word}" for word in words), limit)
    )
    found = [Address(*row) for row in rows.fetchall()]
    part = typed.strip().lower() if "@" in typed else ""
    return [one for one in found if part in one.address.lower()]


def learn(db: sqlite3.Connection, mails: Iterable[tuple[str, str, str, str, int, str]]) -> None:
    """Note the people of mails: (sender's name and address, to, cc, date, the folder's role).

    Those one wrote to come from the Sent folder; who writes to the bin, to junk or as a machine
    is not noted.
    """
    people: dict[str, _Person] = {}
    for name, address, to, cc, date, role in mails:
        if role in _NOT_LEARNT:
            continue
        sent = role == Role.SENT
        found = unpacked(to) + unpacked(cc) if sent else (Address(name, address),)
        for entry in found[:_MOST_RECIPIENTS]:
            if "@" in entry.address and (sent or not _MACHINES.match(entry.address)):
                _note(people, entry, date, written=sent)
    db.executemany(
        _LEARN,
        [
            (
                person.address,
                person.name,
                _folded(person.name, person.address),
                person.named,
                person.written,
                person.last,
            )
            for person in people.values()
        ],
    )


def known(db: sqlite3.Connection, name: str) -> list[str]:
    """The addresses one trusts under this display name, for telling a borrowed one.

    Those one has written to, and official ones: a borrowed name is noted too, as soon as it writes.
    """
    from acterm.academy import directory

    rows = db.execute(
        "SELECT address, written FROM contacts WHERE name = ? AND name <> ''", (name,)
    ).fetchall()
    return [
        address
        for address, written in rows
        if written or directory.is_official_host(address.rpartition("@")[2])
    ]


def _note(people: dict[str, _Person], entry: Address, date: int, *, written: bool) -> None:
    person = people.setdefault(entry.address.lower(), _Person(entry.address))
    person.written += written
    person.last = max(person.last, date)
    if entry.name and date > person.named:
        person.name, person.named = entry.name, date


@lru_cache(maxsize=4096)
def _folded(name: str, address: str) -> str:
    """The words of name and address, a space before each, so that one search finds any."""
    return "".join([f" {word}" for word in _words(f"{name} {address}")])


def _words(text: str) -> list[str]:
    return [word for word in _GAPS.split(fold(text)) if word]
