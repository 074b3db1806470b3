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
from acterm.engine.messages.base import Command, Event
from acterm.engine.messages.mail import Link, LinkChanged
from acterm.mail.account import Account
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Envelope
from acterm.secret import Secret
from acterm.store import accounts, folders, intents, messages
from acterm.store.db import Store, open_store
from acterm.vault import Vault
from tests.conftest import Mailbox
from tests.servers.dovecot import PASSWORD
from tests.servers.waiting import until

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

    def connect(self) -> "Running":
        """Start, and wait until the account is in step."""
        self.start()
        return self.wait_until_in_step()

    def wait_until_in_step(self) -> "Running":
        """Until the account is connected and idle."""
        self.wait(LinkChanged, lambda event: event.link is Link.CONNECTED)
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

    def said(self, kind: type[E]) -> list[E]:
        """Every event of this kind so far."""
        while not self.heard.empty():
            self.past.append(self.heard.get())
        return [event for event in self.past if isinstance(event, kind)]

    def wait_until_told(self) -> None:
        """Until nothing waits to be told to the server."""
        db = self.store.reader()
        until(lambda: not intents.pending(db, self.account.id), "the server was told")

    def folder(self, role: Role) -> Folder:
        """The account's folder with this role."""
        found = folders.with_role(self.store.reader(), self.account.id, role)
        assert found is not None
        return found

    def rows(self, role: Role = Role.INBOX) -> list[Envelope]:
        """What the folder shows."""
        return messages.first_page(self.store.reader(), self.folder(role).id)

    def row(self, subject: str, role: Role = Role.INBOX) -> Envelope:
        """The mail with this subject."""
        (found,) = (row for row in self.rows(role) if row.subject == subject)
        return found

    def subjects(self, role: Role = Role.INBOX) -> list[str]:
        """What the folder shows, in words."""
        return [row.subject for row in self.rows(role)]


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
            self.put_source(mail(subject, body), folder, flags)

    def put_source(self, source: bytes, folder: str = "INBOX", flags: str = "") -> None:
        """Append a mail as it is."""
        assert self.imap.append(folder, flags, "", source)[0] == "OK"

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

    def set_flags(self, number: int, flags: str, folder: str = "INBOX") -> None:
        """Add flags to the message at this place, as another mail program does."""
        self.imap.select(folder)
        assert self.imap.store(str(number), "+FLAGS", flags)[0] == "OK"

    def delete(self, number: int, folder: str = "INBOX") -> None:
        """Remove the message at this place for good."""
        self.set_flags(number, "\\Deleted", folder)
        self.imap.expunge()


def mail(subject: str, body: str = "Bonjour", message_id: str = "") -> bytes:
    """A mail as a colleague sends it. `message_id` "-" leaves the field out."""
    identified = message_id or f"{subject.replace(' ', '.')}@college.example"
    field_line = f"Message-ID: <{identified}>\r\n" if message_id != "-" else ""
    return (
        "From: Chloé Gérard <chloe.gerard@ac-amiens.fr>\r\n"
        "To: camille.lefevre@ac-amiens.fr\r\n"
        f"Subject: {subject}\r\n{field_line}"
        f"Date: Mon, 23 Nov 2026 09:15:00 +0100\r\n\r\n{body}\r\n"
    ).encode()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Server]:
    """The account's mail on Dovecot."""
    seen = Server(mailbox)
    yield seen
    seen.imap.logout()


@pytest.fixture
def running(mailbox: Mailbox) -> Iterator[Running]:
    """An engine for the mailbox, not yet started."""
    with engine_for(mailbox.account) as engine:
        yield engine


class engine_for:  # noqa: N801 (a context manager that reads like a phrase)
    """`with engine_for(account) as running`: an engine, not yet started, on a new store."""

    def __init__(self, account: Account, password: str = PASSWORD) -> None:
        self._store = open_store()
        with self._store.write() as db:
            kept = accounts.keep(db, account)
        vault = Vault(session_only=True)
        if password:
            vault.remember(kept, Secret(password))
        self._running = Running(self._store, vault, kept)

    def __enter__(self) -> Running:
        return self._running

    def __exit__(self, *_: object) -> None:
        self._running.stop()
        self._store.close()
