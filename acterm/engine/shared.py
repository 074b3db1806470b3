"""A shared machine: what is not on the server when the session ends is gone.

So a draft goes to the server's Drafts at every pause, a mail leaves at once, and one that cannot
leave stays in Drafts, marked, where any mail program finds it.
"""

from dataclasses import dataclass, replace

from acterm import paths
from acterm.engine.messages.writing import SendingState
from acterm.i18n import _
from acterm.mail.draft import Draft
from acterm.store import accounts, drafts, intents, outbox, settings
from acterm.store.connection import Connection
from acterm.store.outbox import Outgoing

# Seconds between two copies of a draft: one pause of the person, and the server's time for it.
DRAFT_EVERY = 3.0


@dataclass(frozen=True, slots=True)
class Left:
    """What the server does not have yet: drafts, mails to send, and changes to mails."""

    drafts: int = 0
    mails: int = 0
    changes: int = 0

    def __bool__(self) -> bool:
        return bool(self.drafts or self.mails or self.changes)


def draft_every(usual: float) -> float:
    """How many seconds lie between two copies of a draft on the server."""
    return DRAFT_EVERY if paths.is_shared() else usual


def delay_of(usual: float) -> float:
    """How many seconds a mail waits before it leaves."""
    return 0.0 if paths.is_shared() else usual


def to_keep(db: Connection, draft_id: int) -> Draft | None:
    """The draft as the server's Drafts is to have it, None when it is to have none.

    On a shared machine the draft of a mail that could not leave stays there, marked.
    """
    open_one = next((one for one in drafts.all_drafts(db) if one.id == draft_id), None)
    if open_one is not None or not paths.is_shared():
        return open_one
    if not any(one.draft_id == draft_id for one in held_up(db)):
        return None
    draft = drafts.get(db, draft_id)
    if draft is None:
        return None
    marked = _("[to send] {subject}").format(subject=draft.subject).rstrip()
    return replace(draft, subject=marked)


def held_up(db: Connection, account_id: int = 0) -> list[Outgoing]:
    """The mails that wait though they were tried, or whose outcome needs a person."""
    held = (SendingState.QUEUED, SendingState.REFUSED)
    return [
        one
        for one in outbox.unsettled(db, account_id)
        if one.draft_id and one.attempts and one.state in held
    ]


def note_kept(db: Connection, draft: Draft) -> None:
    """The server has this draft as it was then; on a shared machine it matters which."""
    if paths.is_shared():
        settings.put(db, f"shared-draft:{draft.id}", _mark(draft))


def left(db: Connection) -> Left:
    """What would be lost if the session ended now."""
    waiting = outbox.unsettled(db)
    marked = {one.draft_id for one in held_up(db) if _is_on_server(db, to_keep(db, one.draft_id))}
    known = [account.id for account in accounts.all_accounts(db)]
    return Left(
        drafts=sum(not _is_on_server(db, one) for one in drafts.all_drafts(db)),
        mails=sum(one.draft_id not in marked for one in waiting),
        changes=sum(len(intents.pending(db, one)) + len(outbox.unfiled(db, one)) for one in known),
    )


def _is_on_server(db: Connection, draft: Draft | None) -> bool:
    return draft is not None and settings.get(db, f"shared-draft:{draft.id}") == _mark(draft)


def _mark(draft: Draft) -> str:
    return f"{draft.subject} {draft.updated}"
