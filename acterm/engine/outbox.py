"""Sending: a frozen mail on disk before a byte leaves, and never twice."""

import time
from collections.abc import Sequence
from datetime import datetime

from acterm.engine import backoff
from acterm.engine.intents import OWN
from acterm.engine.locks import held
from acterm.engine.messages import OutboxChanged, Send, SendingChanged, SendingState, SetFlag, Tell
from acterm.engine.secrets import Secrets
from acterm.errors import (
    ActermError,
    BadData,
    Refused,
    SignInRefused,
    Unsure,
)
from acterm.i18n import _
from acterm.mail import compose, guard
from acterm.mail.account import Account
from acterm.mail.draft import Draft, Kind
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.secret import Secret
from acterm.store import accounts, bodies, drafts, folders, messages, outbox
from acterm.store.db import Store
from acterm.store.outbox import Outgoing
from acterm.vault.ladder import SecretLocked, SecretMissing

LOCK = "outbox"
_FLAG_OF = {
    Kind.REPLY: Flag.ANSWERED,
    Kind.REPLY_ALL: Flag.ANSWERED,
    Kind.FORWARD: Flag.FORWARDED,
}


def freeze(store: Store, account: Account, draft: Draft, now: float) -> Outgoing:
    """The draft as it will leave. Raises BadData or NoInput when it cannot be built."""
    people = compose.recipients(draft)
    if not people.all:
        raise BadData(_("The mail has no recipient."), _("Fill in To, Cc or Bcc."))
    message_id = compose.new_message_id(account)
    source = compose.build(
        draft,
        account,
        message_id=message_id,
        now=datetime.fromtimestamp(now).astimezone(),
        original=_original(store, draft),
    )
    return Outgoing(
        account_id=account.id,
        message_id=message_id,
        sender=account.address,
        recipients=tuple(dict.fromkeys(person.address for person in people.all)),
        source=source,
        subject=draft.subject,
        queued_at=now,
        draft_id=draft.id,
        original_id=draft.original_id,
        answers=draft.kind,
    )


def queue(store: Store, mail: Outgoing, password: Secret | None, *, force: bool) -> int:
    """Put a frozen mail into the outbox; refuses one with a secret in it unless `force`."""
    if not force:
        found = guard.secrets_in(mail.source, password)
        if found:
            raise BadData(found[0], _("Take it out; --force sends it all the same."))
    with store.write(durable=True) as db:
        return outbox.put(db, mail)


def send_draft(
    store: Store, account: Account, command: Send, password: Secret | None
) -> tuple[int, int]:
    """Freeze and queue a draft, kept on disk until the mail has left: (outbox row, draft row)."""
    now = time.time()
    with store.write(durable=True) as db:
        draft_id = drafts.keep(db, command.draft)
    kept = drafts.get(store.reader(), draft_id)
    if kept is None:
        raise BadData(_("The draft is gone."))
    mail = freeze(store, account, kept, now)
    from dataclasses import replace

    row_id = queue(
        store, replace(mail, not_before=now + command.delay), password, force=command.force
    )
    with store.write(durable=True) as db:
        drafts.abandon(db, draft_id)
    return row_id, draft_id


def recover(store: Store, tell: Tell) -> None:
    """At start: what a process died over while sending may have left. Nobody sends it again."""
    with held(store.path, LOCK) as mine:
        if not mine:
            return
        orphans = outbox.orphans(store.reader())
        for mail in orphans:
            words = _("acterm was interrupted while sending.")
            with store.write(durable=True) as db:
                outbox.settle(db, mail.id, SendingState.UNSURE, words, at=time.time())
            tell(SendingChanged(mail.id, SendingState.UNSURE, words))


def due(waiting: Sequence[Outgoing], now: float, *, at_once: bool = False) -> list[Outgoing]:
    """What is to be sent now, the oldest first. `at_once` forgives back-off, not "send later"."""
    return [
        mail
        for mail in waiting
        if mail.state == SendingState.QUEUED
        and (mail.not_before <= now or (at_once and mail.attempts > 0))
    ]


def next_due(waiting: Sequence[Outgoing]) -> float:
    """When the next queued mail may leave, 0 for none."""
    return min(
        (mail.not_before for mail in waiting if mail.state == SendingState.QUEUED), default=0
    )


async def deliver(
    store: Store, vault: Secrets, mails: Sequence[Outgoing], tell: Tell, *, wait: float = 0.0
) -> None:
    """Hand these mails to their servers, one process at a time, each at most once."""
    with held(store.path, LOCK, wait) as mine:
        if not mine:
            return
        for mail in mails:
            account = accounts.get(store.reader(), mail.account_id)
            if account is None or accounts.refusal(store.reader(), account.id):
                continue
            try:
                secret = vault.get(account)
            except (SecretMissing, SecretLocked) as missing:
                _note(store, mail, missing.title)
                continue
            with store.write(durable=True) as db:
                claimed = outbox.claim(db, mail.id)
            if claimed:
                tell(SendingChanged(mail.id, SendingState.SENDING))
                await _hand_over(store, account, secret, mail, tell)
    tell(OutboxChanged(outbox.waiting(store.reader())))


async def _hand_over(
    store: Store, account: Account, secret: Secret, mail: Outgoing, tell: Tell
) -> None:
    from acterm.net import smtp

    refused: dict[str, str] = {}
    try:
        result = await smtp.send(
            account.smtp,
            account.login,
            secret,
            mail.sender or account.address,
            mail.recipients,
            mail.source,
            ca_file=account.ca_file,
        )
        state, words, refused = SendingState.SENT, "", result.refused
    except Unsure as unsure:
        state, words = SendingState.UNSURE, str(unsure)
    except SignInRefused as refusal:
        with store.write(durable=True) as db:
            accounts.refuse(db, account.id, refusal.words or refusal.title, time.time())
        state, words = SendingState.QUEUED, str(refusal)
    except (Refused, BadData) as refusal:
        state, words = SendingState.REFUSED, str(refusal)
    except ActermError as failure:
        state, words = SendingState.QUEUED, str(failure)
    _settle(store, mail, state, words, refused)
    tell(SendingChanged(mail.id, state, words))


def _settle(
    store: Store, mail: Outgoing, state: SendingState, words: str, refused: dict[str, str]
) -> None:
    now = time.time()
    with store.write(durable=True) as db:
        if state is SendingState.QUEUED:
            outbox.postpone(db, mail.id, now + backoff.delay(mail.attempts + 1), words)
            return
        outbox.settle(db, mail.id, state, words, refused, now)
        gone = state is SendingState.SENT and mail.draft_id
        if gone and not drafts.server_copy(db, mail.draft_id)[1]:
            drafts.remove(db, mail.draft_id)
        flag = _FLAG_OF.get(Kind(mail.answers)) if mail.answers else None
    if state is SendingState.SENT and flag and mail.original_id:
        from acterm.engine import intents

        intents.set_flag(store, SetFlag((mail.original_id,), flag, True), undoes=OWN)


def _note(store: Store, mail: Outgoing, words: str) -> None:
    with store.write(durable=True) as db:
        outbox.postpone(db, mail.id, mail.not_before, words)


def file_copies(imap: Imap, store: Store, account: Account, tell: Tell) -> None:
    """Put what was sent into Sent, unless the server has; settle what was unsure where it is there.

    The server's drafts of sent mails go.
    """
    if not folders.of_account(store.reader(), account.id):
        return  # where Sent is will be known after the first listing
    sent = folders.with_role(store.reader(), account.id, Role.SENT)
    for mail in outbox.unfiled(store.reader(), account.id):
        if sent is not None:
            imap.open(sent.path)
            if not imap.find_message_id(mail.message_id):
                imap.append(sent.path, mail.source, Flag.SEEN, mail.queued_at)
        with store.write(durable=True) as db:
            outbox.set_filed(db, mail.id)
        _drop_server_draft(imap, store, mail.draft_id)
    for mail in outbox.unsettled(store.reader(), account.id):
        if mail.state == SendingState.UNSURE and sent is not None:
            imap.open(sent.path)
            if imap.find_message_id(mail.message_id):
                _settle(store, mail, SendingState.SENT, "", {})
                with store.write(durable=True) as db:
                    outbox.set_filed(db, mail.id)
                tell(SendingChanged(mail.id, SendingState.SENT))


def _drop_server_draft(imap: Imap, store: Store, draft_id: int) -> None:
    if not draft_id:
        return
    folder_id, uid = drafts.server_copy(store.reader(), draft_id)
    folder = folders.get(store.reader(), folder_id)
    if uid and folder is not None:
        imap.open(folder.path)
        imap.expunge([uid])
    with store.write(durable=True) as db:
        drafts.remove(db, draft_id)


def keep_server_draft(imap: Imap, store: Store, account: Account, draft: Draft) -> None:
    """Replace the draft's one copy in the server's Drafts."""
    target = folders.with_role(store.reader(), account.id, Role.DRAFTS)
    if target is None or not draft.id:
        return
    typed = Draft(account.id, subject=draft.subject, body=draft.body)
    people = compose.recipients(draft)
    if not people.unreadable:
        typed = draft
    source = compose.build(
        typed,
        account,
        message_id=compose.new_message_id(account),
        now=datetime.now().astimezone(),
        original=_original(store, typed),
    )
    imap.open(target.path)
    _folder_id, before = drafts.server_copy(store.reader(), draft.id)
    uid = imap.append(target.path, source, Flag.DRAFT | Flag.SEEN)
    with store.write(durable=True) as db:
        drafts.set_server_copy(db, draft.id, target.id, uid)
    if before:
        imap.expunge([before])


def _original(store: Store, draft: Draft) -> bytes | None:
    """The source whose parts the draft carries over, whole, or None when it carries none."""
    if not any(item.path is None for item in draft.attachments):
        return None
    body = bodies.get(store.reader(), draft.original_id)
    if body is None or not body.skeleton:
        return body.source if body else None
    from acterm.mail.structure import filled

    row = messages.get(store.reader(), draft.original_id)
    parts = {
        item.section: bodies.part(store.reader(), row.id, item.section) if row else None
        for item in draft.attachments
    }
    return filled(body.source, {section: data for section, data in parts.items() if data})
