"""Tells the server what was done here, in order, each thing once whatever is cut in between."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from acterm.engine import actions, new_folder
from acterm.engine.messages.base import Failed, Tell
from acterm.engine.messages.mail import FoldersChanged, MessagesChanged
from acterm.engine.whereabouts import found_in, own_uid
from acterm.errors import ActermError, BadData, Refused
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.folder import Folder
from acterm.net.imap import Imap
from acterm.store import changes, folders, intents, messages
from acterm.store.connection import Connection
from acterm.store.db import Store
from acterm.store.intents import Intent

_TOGETHER = 500


class _FolderGone(Refused):
    """The whole folder is not what it was: no mail of it needs to be tried."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: new UIDs by intent, and the intents whose mail is nowhere."""

    new: Mapping[int, int]
    gone: tuple[Intent, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Neighbours that one command does. `again`: it was begun before, and may have been done."""

    intents: tuple[Intent, ...]
    folder: Folder
    target: Folder | None
    again: bool

    @property
    def first(self) -> Intent:
        """Any of them: they differ by message only."""
        return self.intents[0]


def replay(imap: Imap, store: Store, account: Account, tell: Tell) -> bool:
    """Tell the server everything that waits; whether there was anything.

    Raises Unreachable when the link is lost: what was begun is looked at before it is repeated.

    To be called under the account's lock only. What the server refuses is undone and told; of
    several mails each is tried alone before.
    """
    singly, told = 0, False
    while some := _begin(store, account, 1 if singly else _TOGETHER):
        singly, told = max(singly - 1, 0), True
        try:
            batch = _with_target(imap, store, _batch(store, some))
            some = batch.intents
            outcome = _perform(imap, store, batch)
        except _FolderGone as refusal:
            _refuse(store, account, some, refusal, tell)
        except (Refused, BadData) as refusal:
            singly = len(some) if len(some) > 1 else singly
            if len(some) == 1:
                _refuse(store, account, some, refusal, tell)
        else:
            _done(store, account, batch, outcome, tell)
    return told


def _begin(store: Store, account: Account, together: int) -> tuple[Intent, ...]:
    """The next neighbours, noted as begun; their states stay those of before.

    Read and noted in one transaction, so that nobody takes one back in between.
    """
    with store.write(durable=True) as db:
        waiting = intents.pending(db, account.id)
        if not waiting:
            return ()
        key = _key(waiting[0])
        some = list(takewhile(lambda one: _key(one) == key, waiting))[:together]
        for intent in some:
            intents.mark(db, intent.id, "doing")
        return tuple(_where_now(db, intent) for intent in some)


def _where_now(db: Connection, intent: Intent) -> Intent:
    """The intent with the UID its mail has by now, when the server told it after it was made."""
    uid = intent.uid or own_uid(db, intent, intent.folder_id)
    return replace(intent, uid=uid) if uid else intents.where_now(db, intent)


def _key(intent: Intent) -> tuple[object, ...]:
    return (
        intent.kind,
        intent.folder_id,
        intent.target_folder_id,
        intent.flag,
        intent.on,
        intent.state,
        intent.uidvalidity,
    )


def _batch(store: Store, some: tuple[Intent, ...]) -> Batch:
    db, first = store.reader(), some[0]
    folder, target = folders.get(db, first.folder_id), folders.get(db, first.target_folder_id)
    if folder is None or (first.kind == "move" and target is None):
        raise _FolderGone(_("The folder no longer exists."))
    return Batch(some, folder, target, first.state == "doing")


def _with_target(imap: Imap, store: Store, batch: Batch) -> Batch:
    """The batch once the server has the folder that mail is moved into."""
    if batch.target is None or not folders.is_planned(batch.target):
        return batch
    try:
        target = new_folder.made(imap, store, batch.target)
    except Refused as refusal:
        raise _FolderGone(refusal.title, refusal.advice) from refusal
    some = tuple(replace(one, target_folder_id=target.id) for one in batch.intents)
    return replace(batch, intents=some, target=target)


def _perform(imap: Imap, store: Store, batch: Batch) -> Outcome:
    try:
        opened = imap.open(batch.folder.path)
    except Refused as refusal:
        raise _FolderGone(refusal.title, refusal.advice) from refusal
    validity = batch.first.uidvalidity
    if validity and opened.uidvalidity and opened.uidvalidity != validity:
        raise _FolderGone(_("The server has numbered the folder anew."))
    found = found_in(imap, store, [one for one in batch.intents if not one.uid], batch.folder)
    named = tuple(replace(one, uid=one.uid or found.get(one.id, 0)) for one in batch.intents)
    known = replace(batch, intents=tuple(one for one in named if one.uid))
    return _KINDS[batch.first.kind](imap, store, known, tuple(one for one in named if not one.uid))


def _set_flag(imap: Imap, _store: Store, batch: Batch, gone: tuple[Intent, ...]) -> Outcome:
    if batch.intents:
        imap.set_flag([one.uid for one in batch.intents], batch.first.flag, batch.first.on)
    return Outcome({}, gone)


def _expunge(imap: Imap, _store: Store, batch: Batch, _gone: tuple[Intent, ...]) -> Outcome:
    imap.expunge([one.uid for one in batch.intents])
    return Outcome({})


def _look(imap: Imap, _store: Store, batch: Batch, gone: tuple[Intent, ...]) -> Outcome:
    there = _there(imap, batch.intents)
    return Outcome({}, (*gone, *(one for one in batch.intents if one.uid not in there)))


def _move(imap: Imap, store: Store, batch: Batch, unknown: tuple[Intent, ...]) -> Outcome:
    """Move what is still in the source; look for the rest in the target.

    After an interrupted try a server without MOVE may hold a mail twice: its copy is looked for
    before anything is copied again.
    """
    target = batch.target
    assert target is not None  # noqa: S101 (a batch of moves has one)
    waiting = {one.uid: one for one in batch.intents}
    new: dict[int, int] = {}
    if batch.again:
        there = _there(imap, batch.intents)
        waiting = {uid: one for uid, one in waiting.items() if uid in there}
        if "MOVE" not in imap.capabilities:
            imap.open(target.path)
            new |= found_in(imap, store, waiting.values(), target)
            imap.open(batch.folder.path)
            imap.expunge([uid for uid, one in waiting.items() if one.id in new])
            waiting = {uid: one for uid, one in waiting.items() if one.id not in new}
    told = imap.move(sorted(waiting), target.path) if waiting else {}
    new |= {waiting[old].id: uid for old, uid in told.items() if old in waiting}
    unnamed = [one for one in (*batch.intents, *unknown) if one.id not in new]
    if unnamed:
        imap.open(target.path)
        new |= found_in(imap, store, unnamed, target)
    lost = [one for one in unnamed if one.id not in new]
    if "UIDPLUS" not in imap.capabilities:  # it moved all the same; the next sync names it
        lost = [one for one in lost if one.uid not in waiting]
    return Outcome(new, tuple(lost))


def _there(imap: Imap, some: Sequence[Intent]) -> set[int]:
    """Those of the UIDs that the open folder has."""
    uids = [one.uid for one in some]
    return set(imap.uids(min(uids), max(uids))) if uids else set()


_KINDS: dict[str, Callable[[Imap, Store, Batch, tuple[Intent, ...]], Outcome]] = {
    "flag": _set_flag,
    "move": _move,
    "expunge": _expunge,
    "look": _look,
}


def _done(store: Store, account: Account, batch: Batch, outcome: Outcome, tell: Tell) -> None:
    gone = {one.id for one in outcome.gone}
    with store.write(durable=True) as db:
        for intent in batch.intents:
            if intent.id in gone:
                continue
            uid = outcome.new.get(intent.id, 0)
            intents.mark(db, intent.id, "done", target_uid=uid)
            located = messages.locate(db, [intent.message_id])
            if uid and located and located[0][1] == intent.target_folder_id:
                changes.set_uid(db, intent.message_id, intent.target_folder_id, uid)
    if outcome.gone:
        _vanished(store, account, outcome.gone, tell)


def _vanished(store: Store, account: Account, gone: Sequence[Intent], tell: Tell) -> None:
    """Somebody else took these mails away: their rows go, and what was to follow with them."""
    title = _("The mail is no longer on the server.")
    with store.write(durable=True) as db:
        later = _later(intents.pending(db, account.id), gone)
        for intent in (*later, *gone):
            intents.mark(db, intent.id, "refused", title)
        for row_id, folder_id, _uid in messages.locate(db, [one.message_id for one in gone]):
            actions.forget(db, row_id, folder_id)
    _tell_refused(account, (*gone, *later), title, "", tell)


def _refuse(
    store: Store, account: Account, some: Sequence[Intent], refusal: ActermError, tell: Tell
) -> None:
    """The server said no: the rows go back to how they were, and the person is told.

    What was done to the same mails afterwards goes first, newest first.
    """
    with store.write(durable=True) as db:
        later = _later(intents.pending(db, account.id), some)
        for intent in (*reversed(later), *reversed(some)):
            intents.mark(db, intent.id, "refused", refusal.title)
            actions.restore(db, intent)
    title = _("Not done: {reason}").format(reason=refusal.title)
    _tell_refused(account, (*some, *later), title, refusal.advice, tell)


def _later(waiting: Iterable[Intent], some: Iterable[Intent]) -> list[Intent]:
    """What waits for the same mails behind these."""
    mails = {one.message_id for one in some} - {0}
    mine = {one.id for one in some}
    return [one for one in waiting if one.message_id in mails and one.id not in mine]


def _tell_refused(
    account: Account, some: Sequence[Intent], title: str, advice: str, tell: Tell
) -> None:
    for folder_id in {place for one in some for place in (one.folder_id, one.target_folder_id)}:
        if folder_id:
            tell(MessagesChanged(folder_id))
    tell(FoldersChanged(account.id))
    ids = tuple({one.message_id: None for one in some if one.message_id})
    if ids:
        tell(Failed(title, advice, ids))
