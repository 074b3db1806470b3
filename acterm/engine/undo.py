"""`z`: the newest thing a person did, whatever it was, taken back."""

from dataclasses import dataclass

from acterm.engine import actions, loose_files, outbox
from acterm.errors import Refused
from acterm.i18n import _
from acterm.mail import compose
from acterm.mail.draft import Draft
from acterm.mail.parsing.header import format_address
from acterm.mail.parsing.mime import parse
from acterm.store import accounts, drafts, intents
from acterm.store import outbox as rows
from acterm.store.connection import Connection
from acterm.store.db import Store
from acterm.store.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken back: its words, the folders to read again, the draft that is back.

    `answer`: it was built to answer a mail, and is gone.
    """

    label: str
    folders: frozenset[int] = frozenset()
    draft_id: int = 0
    answer: bool = False


def newest(store: Store, now: float) -> Taken | None:
    """Take back the newest of: a mail in its delay, an abandoned draft, a group of changes."""
    while True:
        db = store.reader()
        group = intents.newest_undoable(db)
        group_at = group.made_at if group else 0.0
        draft_id, draft_at = _abandoned(db)
        delayed = [mail for mail in rows.unsettled(db) if outbox.may_be_taken_back(mail, now)]
        mail = delayed[-1] if delayed else None
        if mail and mail.queued_at >= max(group_at, draft_at):
            return cancel_sending(store, mail.id)
        if draft_id and draft_at > group_at:
            with store.write(durable=True) as writing:
                drafts.revive(writing, draft_id)
            return Taken(_("The draft is back"), draft_id=draft_id)
        if group is None:
            return None
        touched = actions.undo(store, group)
        if touched is not None:
            return Taken(_("Undone: {label}").format(label=group.label), frozenset(touched))


def cancel_sending(store: Store, outbox_id: int) -> Taken:
    """Take a mail out of the outbox, back into its draft. Raises Refused when it is too late."""
    mail = rows.get(store.reader(), outbox_id)
    kept = drafts.get(store.reader(), mail.draft_id) if mail and mail.draft_id else None
    answer = mail is not None and kept is None and _is_answer(mail.source)
    made = _draft_of(store, mail) if mail and kept is None and not answer else None
    label = _("Sending cancelled")
    with store.write(durable=True) as db:
        if rows.cancel(db, outbox_id):
            if made is not None:
                return Taken(label, draft_id=drafts.keep(db, made))
            if kept is not None:
                drafts.revive(db, kept.id)
            return Taken(label, draft_id=kept.id if kept else 0, answer=answer)
    loose_files.forget(store, made)
    raise Refused(_("Too late: the mail is on its way."))


def _abandoned(db: Connection) -> tuple[int, float]:
    """The draft that a person put aside last; those that became mails do not count."""
    found = drafts.newest_abandoned(db)
    sent = {
        mail.draft_id
        for account in accounts.all_accounts(db)
        for mail in (*rows.unsettled(db, account.id), *rows.unfiled(db, account.id))
    }
    return found if found and found[0] not in sent else (0, 0.0)


def _is_answer(source: bytes) -> bool:
    """Whether it answers an invitation, or is a receipt: what a person did not write."""
    kinds = {item.type for item in parse(source).attachments}
    reply = "text/calendar" in kinds and b"METHOD:REPLY" in source
    return reply or "message/disposition-notification" in kinds


def _draft_of(store: Store, mail: Outgoing) -> Draft:
    """A mail that no draft was kept of (`acterm send`): its people, subject, text and files."""
    from acterm.mail.text.render import render

    message = parse(mail.source)
    seen = {person.address for person in (*message.to, *message.cc)}
    return Draft(
        mail.account_id,
        to=", ".join(map(format_address, message.to)),
        cc=", ".join(map(format_address, message.cc)),
        bcc=", ".join(address for address in mail.recipients if address not in seen),
        subject=message.subject,
        body=message.plain or render(message, compose.QUOTE_WIDTH).text,
        attachments=loose_files.keep(store, str(mail.id), message, mail.source),
    )
