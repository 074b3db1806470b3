"""A store with a teacher's mail in it, and an engine that only notes what it is asked."""

import datetime
import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from acterm.engine.messages.base import Command, Event
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.folder import ListedFolder, Role, SyncState
from acterm.mail.message import Flag, Header
from acterm.server import Server
from acterm.store import accounts, folders, messages
from acterm.store.db import Store, open_store
from acterm.ui.bridge import Deliver

TODAY = int(datetime.datetime.now().replace(hour=0, minute=0, second=30).timestamp())
DAY = 86_400
_uids = itertools.count(1)

FOLDERS = (
    ListedFolder("INBOX", "INBOX", "/", Role.INBOX, 0, 0, True),
    ListedFolder("Drafts", "Drafts", "/", Role.DRAFTS, 0, 0, True),
    ListedFolder("Sent", "Sent", "/", Role.SENT, 0, 0, True),
    ListedFolder("Archives", "Archives", "/", Role.ARCHIVE, 0, 0, True),
    ListedFolder("Junk", "Junk", "/", Role.JUNK, 0, 0, True),
    ListedFolder("Trash", "Trash", "/", Role.TRASH, 0, 0, True),
    ListedFolder("Classes", "Classes", "/", Role.NONE, 0, 0, False),
    ListedFolder("Classes/4eC", "Classes/4eC", "/", Role.NONE, 0, 0, True),
)


def header(
    sender: str,
    subject: str,
    *,
    age: int = 0,
    order: int = 0,
    flags: Flag = Flag.SEEN,
    attachments: bool = False,
    to: tuple[Address, ...] = (Address("", "camille.lefevre@ac-amiens.fr"),),
) -> Header:
    """One mail, `age` days and `order` seconds old."""
    uid = next(_uids)
    return Header(
        uid=uid,
        flags=flags,
        size=2048,
        date=TODAY - age * DAY - order,
        sent=TODAY - age * DAY,
        sender=Address(sender, "quelquun@example.test" if sender else ""),
        to=to,
        cc=(),
        subject=subject,
        message_id=f"{uid}@example.test",
        in_reply_to="",
        references=(),
        list_id="",
        attachments=attachments,
    )


READ, ANSWERED = Flag.SEEN, Flag.SEEN | Flag.ANSWERED
SCHOOL = (
    ("Chloé Gérard", "Conseil de classe 3eD – ordre du jour", 0, Flag.FLAGGED, True),
    ("Vie scolaire", "Absence de l'élève Zoé Martin", 0, Flag.NONE, False),
    ("Amélie Roussel", "Re: Sortie scolaire 4eC : autorisation", 1, ANSWERED, False),
    ("Service Quota", "Votre boîte est pleine, validez votre compte", 1, Flag.NONE, False),
    ("Rectorat d'Amiens", "[DSDEN 80] Circulaire n° 237", 3, READ, True),
    ("Jean-Baptiste de La Tour d'Auvergne", "[URGENT] [/] Réunion", 40, READ, False),
    ("", "", 900, READ, False),
    ("日本語の先生", "漢字の件名はとても長いので切れるはずです", 901, READ, False),
)


def school_mails() -> list[Header]:
    """A short inbox with everything a row can show."""
    return [
        header(sender, subject, age=age, order=order, flags=flags, attachments=attachments)
        for order, (sender, subject, age, flags, attachments) in enumerate(SCHOOL)
    ]


def make_account(store: Store, address: str = "camille.lefevre@ac-amiens.fr") -> Account:
    """An account with its folders, as a first contact leaves it."""
    server = Server("mail.test", 993)
    with store.write() as db:
        account = accounts.keep(db, Account(address, "clefevre", server, server, "Camille Lefèvre"))
        folders.keep_listing(db, account.id, FOLDERS)
        for folder in folders.of_account(db, account.id):
            state = SyncState(uidvalidity=1, uidnext=1, highest_modseq=0, lowest_uid=1, checked=0)
            folders.set_sync_state(db, folder.id, state)
    return account


def fill(store: Store, account: Account, role: Role, headers: list[Header]) -> int:
    """Put mails into a folder; returns the folder's row."""
    with store.write() as db:
        folder = folders.with_role(db, account.id, role)
        assert folder
        messages.add(db, folder.id, headers)
        folders.recount(db, folder.id)
        return folder.id


@dataclass
class Recorder:
    """An engine that does nothing and remembers what it was asked."""

    deliver: Deliver
    submitted: list[Command] = field(default_factory=list)
    started: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        self.started.set()

    def submit(self, command: Command) -> None:
        self.submitted.append(command)

    def stop(self, seconds: float = 0.3) -> None:
        del seconds

    def tell(self, event: Event) -> None:
        self.deliver(event)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    """An empty store."""
    del home
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture
def account(store: Store) -> Account:
    """A teacher's account in the store, with folders and without mail."""
    return make_account(store)


@pytest.fixture
def inbox(store: Store, account: Account) -> int:
    """The row of an inbox with eight mails."""
    return fill(store, account, Role.INBOX, school_mails())
