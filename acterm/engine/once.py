"""The engine's work done once, for the command line: bring an account in step, send one mail.

What works on a connection is imported while the server is waited for.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from acterm.engine.locks import held
from acterm.engine.signin import Keys, connect
from acterm.errors import ActermError, Exit, Refused, Unreachable, Unsure
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.folder import Folder
from acterm.net.imap import Imap
from acterm.store import accounts, folders
from acterm.store import outbox as rows
from acterm.store.db import Store
from acterm.store.outbox import Outgoing
from acterm.vault import Vault

if TYPE_CHECKING:
    from acterm.engine import sync
    from acterm.engine.messages.base import Event, Tell

# How long another acterm may hold what this one needs.
_PATIENCE = 30.0
_EVERYTHING = 1 << 40
# What a visit needs once it has signed in.
_NEXT = ("acterm.engine.replay", "acterm.engine.filing", "acterm.engine.sync")


@dataclass(frozen=True, slots=True)
class FolderReport:
    """One folder after a sync; `new` counts the mails that came with it."""

    folder: Folder
    new: int


@dataclass(frozen=True, slots=True)
class AccountReport:
    """One account after a sync; `outbox` counts what is still to leave."""

    account: str
    folders: tuple[FolderReport, ...]
    outbox: int
    error: str
    exit_code: Exit = Exit.DONE


@dataclass(frozen=True, slots=True)
class SendReport:
    """How the sending of one mail ended; `refused` are recipients the server did not take."""

    message_id: str
    state: str
    refused: tuple[str, ...]
    error: str
    exit_code: Exit


class _Once:
    """One account, one process, one visit."""

    def __init__(self, store: Store, vault: Vault, account: Account) -> None:
        self.store = store
        self.account = account
        self.keys = Keys(vault)
        self.new: dict[int, int] = {}
        self.failures: list[ActermError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """A failure ends the block, not the visit: mail may leave though none can be read."""
        try:
            yield
        except ActermError as failure:
            self.failures.append(failure)

    def visit(self, *, answering: bool, with_bodies: bool) -> None:
        """Tell, bring headers, deliver, file. Not delivered after a refused sign-in."""
        with self.noted():
            imap = self._connected(answering=answering)
            try:
                self._bring(imap, with_bodies=with_bodies)
                with self.noted():
                    self.deliver(self._left)
                self._tell_server(imap)
            finally:
                imap.close()
        if self.failures and isinstance(self.failures[0], Unreachable):
            with self.noted():
                self.deliver(self._left)

    def _connected(self, *, answering: bool = False) -> Imap:
        """A signed-in connection; what works on it is imported meanwhile."""
        importing = threading.Thread(target=lambda: [import_module(name) for name in _NEXT])
        importing.start()
        try:
            return connect(self.store, self.keys, self.account, answering=answering)
        finally:
            importing.join()

    def deliver(self, tell: "Tell", only: int = 0) -> None:
        """Every due mail whatever the back-off, or one."""
        if not rows.waiting(self.store.reader(), self.account.id):
            return
        import asyncio

        from acterm.engine import outbox

        asyncio.run(
            outbox.deliver(
                self.store,
                self.keys,
                self.account,
                tell,
                at_once=True,
                only=only,
                patience=_PATIENCE,
            )
        )

    def file(self) -> None:
        """The copy in Sent, if the link allows it now; else the next sync puts it there."""
        with self.noted():
            imap = self._connected()
            try:
                if not folders.of_account(self.store.reader(), self.account.id):
                    from acterm.engine import sync

                    sync.list_folders(self._link(imap))
                self._tell_server(imap)
            finally:
                imap.close()

    def _bring(self, imap: Imap, *, with_bodies: bool) -> None:
        from acterm.engine import sync

        self._tell_server(imap)
        link = self._link(imap)
        stale = sync.stale(link, sync.list_folders(link))
        for folder in stale:
            try:
                self.new[folder.id] = sync.sync_folder(link, folder)
            except Refused as refusal:
                self.failures.append(refusal)
        try:
            if with_bodies:
                self._bring_texts(imap)
        finally:
            sync.index(link)  # what has its text here is indexed with it, and only once
        if stale or not accounts.quota(self.store.reader(), self.account.id).limit:
            sync.take_quota(link)

    def _bring_texts(self, imap: Imap) -> None:
        from acterm.engine import bodies

        for folder in folders.of_account(self.store.reader(), self.account.id):
            if folder.selectable:
                bodies.prefetch(imap, self.store, folder, _EVERYTHING, _go_on)

    def _link(self, imap: Imap) -> "sync.Link":
        from acterm.engine import sync

        return sync.Link(imap, self.store, self.account, _nobody, _go_on)

    def _tell_server(self, imap: Imap) -> None:
        from acterm.engine import filing, replay

        with held(self.store.path, f"account-{self.account.id}", wait=_PATIENCE) as mine:
            if mine:
                work = (imap, self.store, self.account, self._heard)
                replay.replay(*work)
                if filing.file_sent(*work, set()):  # the server's drafts of it are to go
                    replay.replay(*work)

    def _heard(self, event: "Event") -> None:
        """What the server did not take is an error of this visit."""
        from acterm.engine.messages.base import Failed

        if isinstance(event, Failed):
            self.failures.append(Refused(event.title, event.advice))

    def _left(self, event: "Event") -> None:
        """A mail that was not taken, or perhaps taken, is one too."""
        from acterm.engine.messages.writing import SendingChanged, SendingState

        if not isinstance(event, SendingChanged) or event.state is SendingState.QUEUED:
            return
        mail = rows.get(self.store.reader(), event.outbox_id)
        if mail is not None and event.words:
            title = _("“{subject}”: {words}").format(
                subject=mail.subject or _("(no subject)"), words=event.words
            )
            unsure = event.state is SendingState.UNSURE
            self.failures.append(Unsure(title) if unsure else Refused(title))


def sync_account(
    store: Store, vault: Vault, account: Account, *, with_bodies: bool, retry: bool
) -> AccountReport:
    """Intents, outbox, folders, headers, and texts when asked for. One sign-in attempt."""
    once = _Once(store, vault, account)
    once.visit(answering=retry, with_bodies=with_bodies)
    reports = tuple(
        FolderReport(folder, once.new.get(folder.id, 0))
        for folder in folders.of_account(store.reader(), account.id)
    )
    return AccountReport(
        account.address,
        reports,
        rows.waiting(store.reader(), account.id),
        " ".join(str(failure) for failure in once.failures),
        Exit(once.failures[0].exit_code) if once.failures else Exit.DONE,
    )


def send(store: Store, vault: Vault, account: Account, source: bytes, *, force: bool) -> SendReport:
    """Queue a given message and deliver it now. Raises BadData for one that is not to be queued."""
    from datetime import datetime

    from acterm.engine import outbox
    from acterm.engine.messages.writing import SendingState
    from acterm.mail import compose
    from acterm.mail.parsing.mime import parse

    message = compose.complete(source, account, datetime.now().astimezone())
    sender, recipients = compose.envelope(source)
    once = _Once(store, vault, account)
    password = None
    with once.noted():
        password = None if account.passcode else vault.get(account)
    mail = Outgoing(
        account_id=account.id,
        message_id=compose.message_id_of(message),
        sender=sender or account.address,
        recipients=recipients,
        source=message,
        subject=parse(message).subject,
        queued_at=time.time(),
    )
    row_id = outbox.queue(store, mail, password, force=force)
    with once.noted():
        once.deliver(_nobody, only=row_id)
    settled = rows.get(store.reader(), row_id) or replace(mail, id=row_id)
    if settled.state == SendingState.SENT and not account.passcode:
        once.file()
    return _report(settled, once.failures)


def _report(mail: Outgoing, failures: Sequence[ActermError]) -> SendReport:
    from acterm.engine.messages.writing import SendingState

    refused = tuple(mail.refused or ())
    codes = {
        SendingState.SENT: Exit.REFUSED if refused else Exit.DONE,
        SendingState.REFUSED: Exit.REFUSED,
        SendingState.UNSURE: Exit.UNSURE,
    }
    code, error = codes.get(SendingState(mail.state), Exit.QUEUED), mail.words
    if code is Exit.QUEUED and failures:
        code, error = Exit(failures[0].exit_code), str(failures[0])
    return SendReport(mail.message_id, mail.state, refused, error, code)


def worst(reports: Sequence[AccountReport]) -> Exit:
    """The exit code of several accounts: that of the first that failed."""
    return next((report.exit_code for report in reports if report.error), Exit.DONE)


def _nobody(_event: "Event") -> None:
    """Nobody listens: the report says it at the end."""


def _go_on() -> None:
    """Nothing is more urgent."""
