"""Sending: a frozen mail on disk before a byte leaves, and never twice."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from acterm.engine import actions, backoff
from acterm.engine.bodies import Wanted
from acterm.engine.locks import held
from acterm.engine.messages.base import Tell
from acterm.engine.messages.writing import OutboxChanged, SendingChanged, SendingState
from acterm.engine.signin import Keys, alone, ask_for_refusal
from acterm.errors import ActermError, BadData, Refused, Unreachable, Unsure
from acterm.i18n import _
from acterm.mail import compose, guard
from acterm.mail.account import Account
from acterm.mail.draft import Draft, Kind
from acterm.mail.message import Flag
from acterm.secret import Secret
from acterm.store import bodies, drafts, outbox
from acterm.store.connection import Connection
from acterm.store.db import Store
from acterm.store.outbox import Outgoing

# Seconds; a longer delay is « send later ».
_LONGEST_DELAY = 60.0
_FLAG_OF = {
    Kind.REPLY: Flag.ANSWERED,
    Kind.REPLY_ALL: Flag.ANSWERED,
    Kind.FORWARD: Flag.FORWARDED,
}


class Held(BadData):
    """The guard found a secret in the mail; `force` passes it."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """How one handing over ended."""

    state: SendingState
    words: str = ""
    refused: dict[str, str] | None = None


def freeze(
    store: Store, account: Account, draft: Draft, now: float, *, delay: float = 0.0
) -> Outgoing:
    """The draft as it will leave, `delay` seconds from `now` at the earliest.

    Reads its attachments. Raises BadData or NoInput when it cannot be built.
    """
    people = compose.recipients(draft)
    if not people.all and not people.unreadable:
        raise BadData(_("The mail has no recipient."), _("Fill in To, Cc or Bcc."))
    message_id = compose.new_message_id(account)
    source = compose.build(
        draft,
        account,
        message_id=message_id,
        now=datetime.fromtimestamp(now).astimezone(),
        original=original(store.reader(), draft),
    )
    return Outgoing(
        account_id=account.id,
        message_id=message_id,
        sender=account.address,
        recipients=tuple(dict.fromkeys(person.address for person in people.all)),
        source=source,
        subject=draft.subject,
        not_before=now + delay,
        queued_at=now,
        draft_id=draft.id,
        original_id=draft.original_id,
        answers=draft.kind,
    )


def queue(store: Store, mail: Outgoing, password: Secret | None, *, force: bool) -> int:
    """Put a frozen mail into the outbox and its draft aside, both or neither.

    Raises Held for one with a secret in it, unless `force`. Without the password at hand it is
    looked at again before it leaves.
    """
    if not force:
        _look_for_secrets(mail, password)
    kept = replace(mail, forced=force, guarded=not force and password is not None)
    with store.write(durable=True) as db:
        row_id = outbox.put(db, kept)
        if mail.draft_id:
            drafts.abandon(db, mail.draft_id)
    return row_id


def _look_for_secrets(mail: Outgoing, password: Secret | None) -> None:
    """Raises Held for a mail that is not to leave."""
    found = guard.secrets_in(mail.source, password)
    if found:
        raise Held(found[0], _("Take it out, then send again."))


def parts_to_fetch(db: Connection, draft: Draft) -> list[Wanted]:
    """What has to be brought before the draft can be built: parts of the mail it forwards."""
    carried = [item.section for item in draft.attachments if item.path is None]
    if not carried or not draft.original_id:
        return []
    if not bodies.has(db, draft.original_id):
        return [Wanted(draft.original_id), *(Wanted(draft.original_id, one) for one in carried)]
    body = bodies.get(db, draft.original_id)
    if body is None or not body.skeleton:
        return []
    wanted = [Wanted(draft.original_id, section) for section in carried]
    return [one for one in wanted if not one.is_here(db)]


def original(db: Connection, draft: Draft) -> bytes | None:
    """The source whose parts the draft carries over, whole, or None when it carries none."""
    carried = [item.section for item in draft.attachments if item.path is None]
    body = bodies.get(db, draft.original_id) if carried else None
    if body is None or not body.skeleton:
        return body.source if body else None
    from acterm.mail.parsing.structure import filled

    parts = {section: bodies.part(db, draft.original_id, section) for section in carried}
    return filled(body.source, {section: data for section, data in parts.items() if data})


def due(waiting: Iterable[Outgoing], now: float, *, at_once: bool = False) -> list[Outgoing]:
    """What is to be sent now, the oldest first. `at_once` forgives back-off, not "send later"."""
    return [
        mail
        for mail in waiting
        if mail.state == SendingState.QUEUED
        and (mail.not_before <= now or (at_once and mail.attempts > 0))
    ]


def next_due(waiting: Iterable[Outgoing]) -> float:
    """When the next queued mail may leave, 0 for none."""
    return min(
        (mail.not_before for mail in waiting if mail.state == SendingState.QUEUED), default=0
    )


async def deliver(
    store: Store,
    keys: Keys,
    account: Account,
    tell: Tell,
    *,
    at_once: bool = False,
    only: int = 0,
    patience: float = 0.0,
) -> bool:
    """Hand what is due to the account's server, one process at a time, each mail at most once.

    False when it was another process's turn for longer than `patience`. `only` is the one row to
    send. Raises SignInRefused, SecretMissing, SecretLocked, CertificateRefused or ConfigError when
    nothing can be sent before the person has done something about it.
    """
    with held(store.path, f"outbox-{account.id}", patience) as mine:
        if not mine:
            return False
        recover(store, account, tell)
        waiting = outbox.unsettled(store.reader(), account.id)
        for mail in due(waiting, time.time(), at_once=at_once):
            if only in (0, mail.id):
                ask_for_refusal(store, account)
                await _send(store, account, keys.vault.get(account), mail, tell)
    tell(OutboxChanged(outbox.waiting(store.reader())))
    return True


def recover(store: Store, account: Account, tell: Tell) -> None:
    """What a process died over while sending may have left; nobody sends it again by itself.

    To be called under the account's outbox lock: what is being sent then, nobody is sending.
    """
    words = _("acterm was interrupted while sending.")
    for mail in outbox.orphans(store.reader()):
        if mail.account_id == account.id:
            settle(store, mail, SendingState.UNSURE, words)
            tell(SendingChanged(mail.id, SendingState.UNSURE, words))


def settle(
    store: Store,
    mail: Outgoing,
    state: SendingState,
    words: str = "",
    refused: dict[str, str] | None = None,
) -> None:
    """Note how a sending ended; once it is sent, the mail it answers is marked, in one step."""
    with store.write(durable=True) as db:
        outbox.settle(db, mail.id, state, words, refused, at=time.time())
        flag = _FLAG_OF.get(Kind(mail.answers)) if mail.answers else None
        if state is SendingState.SENT and flag and mail.original_id:
            actions.note_flag(db, [mail.original_id], flag, True)


async def _send(store: Store, account: Account, secret: Secret, mail: Outgoing, tell: Tell) -> None:
    try:
        with alone(store, account):
            with store.write(durable=True) as db:
                if not outbox.claim(db, mail.id):
                    return
            tell(SendingChanged(mail.id, SendingState.SENDING))
            ending = await _hand_over(account, secret, mail)
    except Unreachable as busy:
        _postpone(store, mail, str(busy), tell)
        return
    except ActermError as failure:
        _postpone(store, mail, str(failure), tell)
        raise
    settle(store, mail, ending.state, ending.words, ending.refused)
    tell(SendingChanged(mail.id, ending.state, ending.words))


async def _hand_over(account: Account, secret: Secret, mail: Outgoing) -> _Ending:
    """One attempt. When it raises, nothing was sent."""
    from acterm.net import smtp

    try:
        if not (mail.forced or mail.guarded):
            _look_for_secrets(mail, None if account.passcode else secret)
        result = await smtp.send(
            account.smtp,
            account.login,
            secret,
            mail.sender or account.address,
            mail.recipients,
            mail.source,
            ca_file=account.ca_file,
        )
    except Unsure as unsure:
        return _Ending(SendingState.UNSURE, str(unsure))
    except (Refused, BadData) as refusal:
        return _Ending(SendingState.REFUSED, str(refusal))
    return _Ending(SendingState.SENT, _refused_words(result.refused), result.refused)


def _refused_words(refused: dict[str, str]) -> str:
    return " ".join(
        _("Not delivered to {address}: {words}").format(address=address, words=words)
        for address, words in refused.items()
    )


def _postpone(store: Store, mail: Outgoing, words: str, tell: Tell) -> None:
    """Nothing was sent: back to the queue, later each time."""
    now = time.time()
    with store.write(durable=True) as db:
        current = outbox.get(db, mail.id)
        if current is None or current.state not in (SendingState.QUEUED, SendingState.SENDING):
            return
        outbox.postpone(db, mail.id, now + backoff.delay(current.attempts), words)
    tell(SendingChanged(mail.id, SendingState.QUEUED, words))


def end_delays(store: Store, now: float) -> None:
    """Let every mail that waits in its ten seconds leave now, but not what is sent later."""
    waiting = [
        mail
        for mail in outbox.unsettled(store.reader())
        if may_be_taken_back(mail, now) and mail.not_before <= mail.queued_at + _LONGEST_DELAY
    ]
    with store.write(durable=True) as db:
        for mail in waiting:
            outbox.postpone(db, mail.id, now)


def may_be_taken_back(mail: Outgoing, now: float) -> bool:
    """Whether a mail waits for its time, and for nothing else."""
    return mail.state == SendingState.QUEUED and not mail.attempts and now < mail.not_before
