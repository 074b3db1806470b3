"""`z`: the newest thing a person did, whatever it was, taken back."""

from dataclasses import dataclass

from acterm.engine import intents
from acterm.engine.messages import SendingState
from acterm.i18n import _
from acterm.store import drafts, outbox
from acterm.store import intents as rows
from acterm.store.db import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken back: its words, the folders to read again, the draft that is back."""

    label: str
    folders: frozenset[int] = frozenset()
    draft_id: int = 0


def newest(store: Store, now: float) -> Taken | None:
    """Take back the newest of: a mail in its delay, an abandoned draft, a group of changes."""
    db = store.reader()
    group = rows.newest_undoable(db)
    abandoned = drafts.newest_abandoned(db)
    queued = [
        mail
        for mail in outbox.unsettled(db)
        if mail.state == SendingState.QUEUED and mail.not_before > now and mail.draft_id
    ]
    mail = queued[-1] if queued else None
    group_at = group.made_at if group else 0.0
    waiting = {one.draft_id for one in outbox.unsettled(db)}
    draft_at = abandoned[1] if abandoned and abandoned[0] not in waiting else 0.0
    if mail and mail.queued_at >= max(group_at, draft_at):
        return Taken(_("Sending cancelled"), draft_id=cancel_sending(store, mail.id))
    if abandoned and draft_at > group_at:
        with store.write(durable=True) as writing:
            drafts.revive(writing, abandoned[0])
        return Taken(_("The draft is back"), draft_id=abandoned[0])
    if group is None:
        return None
    touched = intents.undo(store, group)
    return Taken(_("Undone: {label}").format(label=group.label), frozenset(touched))


def cancel_sending(store: Store, outbox_id: int) -> int:
    """Take a mail out of the outbox, back into its draft; the draft's row, 0 when too late."""
    mail = outbox.get(store.reader(), outbox_id)
    with store.write(durable=True) as db:
        if mail is None or not outbox.cancel(db, outbox_id):
            return 0
        if mail.draft_id:
            drafts.revive(db, mail.draft_id)
    return mail.draft_id
