"""The engine's work done once, for the command line: sync everything, send one mail."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from acterm.engine import bodies, intents, outbox, sync
from acterm.engine.locks import held
from acterm.engine.messages import Event, SendingState
from acterm.engine.secrets import Secrets
from acterm.errors import ActermError, Exit, SignInRefused
from acterm.i18n import _
from acterm.mail import compose
from acterm.mail.account import Account
from acterm.mail.mime import parse
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.store import accounts, folders, messages
from acterm.store import bodies as stored
from acterm.store import outbox as rows
from acterm.store.db import Store
from acterm.store.outbox import Outgoing
from acterm.vault.ladder import SecretLocked, SecretMissing

# How long another acterm may hold what this one needs.
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class FolderReport:
    """One folder after a sync; `new` counts the mails that came with it."""

    name: str
    role: str
    messages: int
    unread: int
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


def sync_account(
    store: Store, vault: Secrets, account: Account, *, with_bodies: bool, retry: bool
) -> AccountReport:
    """Intents, outbox, folders, headers, and texts when asked for. One sign-in attempt."""
    if retry:
        with store.write(durable=True) as db:
            accounts.clear_refusal(db, account.id)
    error = ""
    code = Exit.DONE
    before = _known(store, account)
    try:
        imap = sign_in(store, vault, account)
        try:
            _sync(imap, store, account, with_bodies=with_bodies)
            outbox.recover(store, _nobody)
            mails = outbox.due(
                rows.unsettled(store.reader(), account.id), time.time(), at_once=True
            )
            asyncio.run(outbox.deliver(store, vault, mails, _nobody, wait=_PATIENCE))
            with held(store.path, f"account-{account.id}", wait=_PATIENCE) as mine:
                if mine:
                    outbox.file_copies(imap, store, account, _nobody)
                    intents.replay(imap, store, account, _nobody)
        finally:
            imap.close()
    except ActermError as failure:
        error, code = str(failure), Exit(failure.exit_code)
    reports = tuple(
        FolderReport(
            folder.name,
            folder.role,
            folder.messages,
            folder.unread,
            len(set(messages.uids(store.reader(), folder.id)) - before.get(folder.path, set())),
        )
        for folder in folders.of_account(store.reader(), account.id)
    )
    waiting = rows.waiting(store.reader(), account.id)
    return AccountReport(account.address, reports, waiting, error, code)


def sign_in(store: Store, vault: Secrets, account: Account) -> Imap:
    """A signed-in connection; a refusal is noted for every process and raised."""
    refusal = accounts.refusal(store.reader(), account.id)
    if refusal is not None:
        raise SignInRefused(
            _("The server refused the last sign-in: {words}").format(words=refusal.words),
            _("Correct the password, then “acterm sync --retry”."),
            refusal.words,
        )
    secret = vault.get(account)
    imap = Imap.connect(account.imap, ca_file=account.ca_file)
    try:
        imap.sign_in(account.login, secret)
    except ActermError as failure:
        imap.close()
        if isinstance(failure, SignInRefused):
            with store.write(durable=True) as db:
                accounts.refuse(db, account.id, failure.words or failure.title, time.time())
        raise
    return imap


def send(
    store: Store, vault: Secrets, account: Account, source: bytes, *, force: bool
) -> SendReport:
    """Queue a given message and deliver it now. Raises BadData for one that is not to be queued."""
    message = compose.complete(source, account, datetime.now().astimezone())
    sender, recipients = compose.envelope(source)
    try:
        secret: Secret | None = vault.get(account)
    except (SecretMissing, SecretLocked):
        secret = None
    mail = Outgoing(
        account_id=account.id,
        message_id=compose.message_id_of(message),
        sender=sender or account.address,
        recipients=recipients,
        source=message,
        subject=parse(message).subject,
        queued_at=time.time(),
    )
    row_id = outbox.queue(store, mail, secret, force=force)
    asyncio.run(outbox.deliver(store, vault, [replace(mail, id=row_id)], _nobody, wait=_PATIENCE))
    settled = rows.get(store.reader(), row_id) or mail
    if settled.state == SendingState.SENT:
        _file(store, vault, account)
    return _report(store, account, settled)


def _sync(imap: Imap, store: Store, account: Account, *, with_bodies: bool) -> None:
    link = sync.Link(imap, store, account, _nobody, lambda: None)
    listing = sync.list_folders(link)
    with held(store.path, f"account-{account.id}", wait=_PATIENCE) as mine:
        if mine:
            intents.replay(imap, store, account, _nobody)
            listing = sync.list_folders(link)
    for folder in sync.stale(link, listing):
        sync.sync_folder(link, folder)
    sync.index(link)
    fill = imap.quota()
    if fill is not None:
        with store.write() as db:
            accounts.set_quota(db, account.id, fill)
    if with_bodies:
        _all_bodies(imap, store, account)


def _all_bodies(imap: Imap, store: Store, account: Account) -> None:
    for folder in folders.of_account(store.reader(), account.id):
        missing = stored.missing(store.reader(), folder.id, 1 << 30)
        if missing and folder.selectable:
            imap.open(folder.path)
        bodies.fetch_many(imap, store, missing)


def _file(store: Store, vault: Secrets, account: Account) -> None:
    """The copy in Sent, now if the link allows it; else the next sync puts it there."""
    if account.passcode:
        return
    try:
        imap = sign_in(store, vault, account)
    except ActermError:
        return
    try:
        with held(store.path, f"account-{account.id}", wait=_PATIENCE) as mine:
            if mine:
                if not folders.of_account(store.reader(), account.id):
                    sync.list_folders(sync.Link(imap, store, account, _nobody, lambda: None))
                outbox.file_copies(imap, store, account, _nobody)
    except ActermError:
        return
    finally:
        imap.close()


def _report(store: Store, account: Account, mail: Outgoing) -> SendReport:
    refused = tuple(mail.refused or ())
    codes = {
        SendingState.SENT: Exit.DONE,
        SendingState.REFUSED: Exit.REFUSED,
        SendingState.UNSURE: Exit.UNSURE,
    }
    code = codes.get(SendingState(mail.state), Exit.QUEUED)
    if code is Exit.QUEUED and accounts.refusal(store.reader(), account.id):
        code = Exit.SIGN_IN_REFUSED
    if code is Exit.DONE and refused:
        code = Exit.REFUSED
    return SendReport(mail.message_id, mail.state, refused, mail.words, code)


def _known(store: Store, account: Account) -> dict[str, set[int]]:
    db = store.reader()
    return {
        folder.path: set(messages.uids(db, folder.id))
        for folder in folders.of_account(db, account.id)
    }


def _nobody(_event: Event) -> None:
    """Nobody listens: the report says it at the end."""


def worst(reports: Sequence[AccountReport]) -> Exit:
    """The exit code of several accounts: the first that failed."""
    return next((report.exit_code for report in reports if report.error), Exit.DONE)
