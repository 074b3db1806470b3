"""An engine on real servers, and an ear for its events."""

import imaplib
import queue
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from acterm.engine.engine import Engine
from acterm.engine.messages import Command, Event
from acterm.mail.account import Account
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Envelope
from acterm.secret import Secret
from acterm.store import accounts, folders, messages
from acterm.store.db import Store, open_store
from acterm.vault.vault import Vault
from tests.conftest import Mailbox

E = TypeVar("E", bound=Event)


@dataclass
class Running:
    """An engine that runs, with what it said."""

    store: Store
    vault: Vault
    account: Account
    heard: "queue.SimpleQueue[Event]" = field(default_factory=queue.SimpleQueue)
    past: list[Event] = field(default_factory=list)
    engine: Engine | None = None

    def start(self) -> "Running":
        """Start, or start again after `stop()`."""
        self.engine = Engine(self.store, self.vault, self.heard.put)
        self.engine.start()
        return self

    def stop(self) -> None:
        """Stop, as quitting does."""
        if self.engine is not None:
            self.engine.stop()
            self.engine = None

    def submit(self, command: Command) -> None:
        """Ask."""
        assert self.engine is not None
        self.engine.submit(command)

    def wait(
        self, kind: type[E], that: Callable[[E], bool] = lambda event: True, seconds: float = 15.0
    ) -> E:
        """The next event of this kind for which `that` holds."""
        until = time.monotonic() + seconds
        while True:
            try:
                event = self.heard.get(timeout=max(until - time.monotonic(), 0.01))
            except queue.Empty:
                raise AssertionError(
                    f"no {kind.__name__} in {seconds} s; {self.past[-8:]}"
                ) from None
            self.past.append(event)
            if isinstance(event, kind) and that(event):
                return event

    def folder(self, role: Role) -> Folder:
        """The account's folder with this role."""
        found = folders.with_role(self.store.reader(), self.account.id, role)
        assert found is not None
        return found

    def rows(self, role: Role = Role.INBOX) -> list[Envelope]:
        """What the folder shows."""
        return messages.first_page(self.store.reader(), self.folder(role).id)


class Server:
    """The server's side, seen by imaplib, which knows nothing of acterm."""

    def __init__(self, mailbox: Mailbox) -> None:
        context = ssl.create_default_context(cafile=mailbox.account.ca_file)
        self.imap = imaplib.IMAP4_SSL(
            mailbox.account.imap.host, mailbox.account.imap.port, ssl_context=context
        )
        self.imap.login(mailbox.account.login, mailbox.password)

    def put(
        self, *subjects: str, folder: str = "INBOX", flags: str = "", body: str = "Bonjour"
    ) -> None:
        """Append mails with these subjects, in order."""
        for subject in subjects:
            source = (
                f"From: Chloé Gérard <chloe.gerard@ac-amiens.fr>\r\n"
                f"To: camille.lefevre@ac-amiens.fr\r\n"
                f"Subject: {subject}\r\n"
                f"Message-ID: <{subject.replace(' ', '.')}@college.example>\r\n"
                f"Date: Mon, 23 Nov 2026 09:15:00 +0100\r\n\r\n{body}\r\n"
            ).encode()
            assert self.imap.append(folder, "", "", source)[0] == "OK"

    def subjects(self, folder: str = "INBOX") -> list[str]:
        """The subjects in a folder, in the server's order."""
        self.imap.select(folder, readonly=True)
        _ok, found = self.imap.search(None, "ALL")
        numbers = found[0].split()
        if not numbers:
            return []
        _ok, data = self.imap.fetch(
            b",".join(numbers).decode(), "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])"
        )
        return [
            item[1].decode().partition(":")[2].strip() for item in data if isinstance(item, tuple)
        ]

    def flags(self, folder: str = "INBOX") -> list[str]:
        """The flags of each message of a folder."""
        self.imap.select(folder, readonly=True)
        _ok, data = self.imap.fetch("1:*", "(FLAGS)")
        return [item.decode() for item in data if item]


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Server]:
    """The account's mail on Dovecot."""
    seen = Server(mailbox)
    yield seen
    seen.imap.logout()


@pytest.fixture
def running(mailbox: Mailbox) -> Iterator[Running]:
    """An engine for the mailbox, not yet started."""
    store = open_store()
    with store.write() as db:
        account = accounts.keep(db, mailbox.account)
    vault = Vault()
    vault.remember(account, Secret(mailbox.password))
    engine = Running(store, vault, account)
    yield engine
    engine.stop()
    store.close()
