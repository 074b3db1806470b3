"""What a person does to mail: noted with its rows at once, told to the server in order."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from acterm.engine.messages import Failed, FoldersChanged, MessagesChanged, Move, SetFlag, Tell
from acterm.errors import ActermError, BadData, Refused
from acterm.i18n import _, ngettext
from acterm.mail.account import Account
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.store import changes, folders, intents, messages
from acterm.store.connection import Connection
from acterm.store.db import Store
from acterm.store.intents import Intent

# A group with this mark was made by the engine itself and is not the person's to undo.
OWN = -1


def set_flag(store: Store, command: SetFlag, *, undoes: int = 0) -> str:
    """Set or clear a flag here and note it for the server. Returns what was done in words."""
    with store.write(durable=True) as db:
        made = []
        for row_id, folder_id, uid in messages.locate(db, command.ids):
            row, folder = messages.get(db, row_id), folders.get(db, folder_id)
            if row is None or folder is None or bool(row.flags & command.flag) == command.on:
                continue
            made.append(
                Intent(
                    folder.account_id,
                    "flag",
                    row_id,
                    folder_id,
                    uid,
                    folders.sync_state(db, folder_id).uidvalidity,
                    flag=command.flag,
                    on=command.on,
                )
            )
        changes.set_flag(db, [intent.message_id for intent in made], command.flag, command.on)
        label = _flag_label(command.flag, command.on, len(made))
        if made:
            intents.add_group(db, label, made, time.time(), undoes=undoes)
    return label if made else ""


def move(store: Store, command: Move, *, undoes: int = 0) -> str:
    """Move here and note it for the server. Raises Refused when there is no such folder."""
    with store.write(durable=True) as db:
        made = []
        role = command.to
        for row_id, folder_id, uid in messages.locate(db, command.ids):
            folder = folders.get(db, folder_id)
            target = _target(db, command, folder)
            if folder is None or target is None:
                raise Refused(
                    _("There is no such folder on the server."),
                    _("Move the mail to another one, or make it in the webmail."),
                )
            role = role or target.role
            if target.id == folder_id:
                continue
            validity = folders.sync_state(db, folder_id).uidvalidity
            made.append(
                Intent(folder.account_id, "move", row_id, folder_id, uid, validity, target.id)
            )
        for intent in made:
            changes.move(db, [intent.message_id], intent.target_folder_id)
        label = _move_label(role, len(made))
        if made:
            intents.add_group(db, label, made, time.time(), undoes=undoes)
    return label if made else ""


def undo(store: Store, group: intents.Group) -> set[int]:
    """Take a group back: what waits is dropped, what is done gets its inverse. Folders touched."""
    touched: set[int] = set()
    with store.write(durable=True) as db:
        made = intents.of_group(db, group.id)
        intents.set_undone(db, group.id)
        inverse: list[Intent] = []
        dropped: list[int] = []
        for intent in reversed(made):
            if intent.state == "refused":
                continue
            touched |= {intent.folder_id, intent.target_folder_id} - {0}
            if intent.state == "pending":
                dropped.append(intent.id)
                _restore(db, intent)
            else:
                inverse += _inverse(db, intent)
        intents.drop(db, dropped)
        if inverse:
            intents.add_group(db, group.label, inverse, time.time(), undoes=group.id)
    return touched


def replay(imap: Imap, store: Store, account: Account, tell: Tell) -> None:
    """Tell the server everything that waits, in order. Raises Unreachable when the link is lost.

    An intent found in `doing` may have been done: a move is looked for before it is repeated.
    """
    while True:
        waiting = intents.pending(store.reader(), account.id)
        if not waiting:
            return
        batch = next(_batches(waiting))
        try:
            _perform(imap, store, batch)
        except (Refused, BadData) as refusal:
            _refuse(store, batch, refusal, tell)
        tell(FoldersChanged(account.id))


def _batches(waiting: Sequence[Intent]) -> Iterator[list[Intent]]:
    """Neighbours that one command can do."""
    for _key, some in groupby(
        waiting,
        key=lambda one: (
            one.kind,
            one.folder_id,
            one.target_folder_id,
            one.flag,
            one.on,
            one.state,
            one.uidvalidity,
        ),
    ):
        yield list(some)[:500]


def _perform(imap: Imap, store: Store, batch: list[Intent]) -> None:
    first = batch[0]
    with store.write(durable=True) as db:
        folder, target = folders.get(db, first.folder_id), folders.get(db, first.target_folder_id)
        batch = [intents.where_now(db, intent) for intent in batch]
        for intent in batch:
            intents.mark(db, intent.id, "doing")
    if folder is None or (first.kind == "move" and target is None):
        raise Refused(_("The folder no longer exists."))
    opened = imap.open(folder.path)
    if first.uidvalidity and opened.uidvalidity != first.uidvalidity:
        raise Refused(_("The server has numbered the folder anew."))
    batch = [_named(imap, store, intent) for intent in batch]
    known = {intent.uid: intent for intent in batch if intent.uid}
    if first.kind == "flag":
        if known:
            imap.set_flag(known, first.flag, first.on)
        _done(store, batch, {})
    elif target is not None:
        _done(store, batch, _moved(imap, store, known, target))


def _moved(imap: Imap, store: Store, known: dict[int, Intent], target: Folder) -> dict[int, int]:
    """Move what is still in the source; old to new UIDs as far as they can be told."""
    there = set(known)
    if any(intent.state == "doing" for intent in known.values()):
        there = _finished(imap, store, known, target)
    new = imap.move(sorted(there), target.path) if there else {}
    unnamed = [uid for uid in known if uid not in new]
    if unnamed:
        imap.open(target.path)
        for uid in unnamed:
            found = _found(imap, store, known[uid].message_id)
            if found:
                new[uid] = found
            elif uid not in there:
                raise Refused(_("The mail is no longer on the server."))
    return new


def _finished(imap: Imap, store: Store, known: dict[int, Intent], target: Folder) -> set[int]:
    """After a lost reply: what is still to be moved. A copy without its deletion is finished."""
    there = set(imap.uids(min(known), max(known))) & set(known)
    if "MOVE" in imap.capabilities or not there:
        return there
    source = folders.get(store.reader(), next(iter(known.values())).folder_id)
    imap.open(target.path)
    copied = {uid for uid in there if _found(imap, store, known[uid].message_id)}
    if source is not None:
        imap.open(source.path)
    if copied:
        imap.expunge(sorted(copied))
    return there - copied


def _found(imap: Imap, store: Store, message_id: int) -> int:
    """The UID in the open folder of a stored message, by its Message-ID; 0 for none."""
    header = messages.headers_of(store.reader(), message_id)
    found = imap.find_message_id(header.message_id) if header and header.message_id else []
    return found[-1] if found else 0


def _named(imap: Imap, store: Store, intent: Intent) -> Intent:
    """The intent with a UID, looked up by Message-ID where the server never told it."""
    return intent if intent.uid else replace(intent, uid=_found(imap, store, intent.message_id))


def _done(store: Store, batch: Iterable[Intent], new: dict[int, int]) -> None:
    with store.write(durable=True) as db:
        for intent in batch:
            uid = new.get(intent.uid, 0)
            intents.mark(db, intent.id, "done", target_uid=uid)
            located = messages.locate(db, [intent.message_id])
            if uid and located and located[0][1] == intent.target_folder_id:
                changes.set_uid(db, intent.message_id, intent.target_folder_id, uid)


def _refuse(store: Store, batch: Iterable[Intent], refusal: ActermError, tell: Tell) -> None:
    """The server said no: the rows go back to how they were, and the person is told."""
    ids, touched = [], set()
    with store.write(durable=True) as db:
        for intent in batch:
            intents.mark(db, intent.id, "refused", refusal.title)
            _restore(db, intent)
            ids.append(intent.message_id)
            touched |= {intent.folder_id, intent.target_folder_id} - {0}
    for folder_id in touched:
        tell(MessagesChanged(folder_id))
    tell(Failed(_("Not done: {reason}").format(reason=refusal.title), refusal.advice, tuple(ids)))


def _restore(db: Connection, intent: Intent) -> None:
    """The row as it was before the intent."""
    if intent.kind == "flag":
        changes.set_flag(db, [intent.message_id], intent.flag, not intent.on)
        return
    changes.move(db, [intent.message_id], intent.folder_id)
    if intent.uid:
        changes.set_uid(db, intent.message_id, intent.folder_id, intent.uid)


def _inverse(db: Connection, intent: Intent) -> list[Intent]:
    """What takes back an intent that the server has, or may have, carried out; rows follow."""
    located = messages.locate(db, [intent.message_id])
    if not located:
        return []
    _row, folder_id, uid = located[0]
    validity = folders.sync_state(db, folder_id).uidvalidity
    if intent.kind == "flag":
        changes.set_flag(db, [intent.message_id], intent.flag, not intent.on)
        return [
            Intent(
                intent.account_id,
                "flag",
                intent.message_id,
                folder_id,
                uid,
                validity,
                flag=intent.flag,
                on=not intent.on,
            )
        ]
    changes.move(db, [intent.message_id], intent.folder_id)
    return [
        Intent(
            intent.account_id,
            "move",
            intent.message_id,
            folder_id,
            uid,
            validity,
            intent.folder_id,
        )
    ]


def _target(db: Connection, command: Move, folder: Folder | None) -> Folder | None:
    if folder is None:
        return None
    if command.folder_id:
        return folders.get(db, command.folder_id)
    return folders.with_role(db, folder.account_id, command.to)


def _move_label(role: Role, count: int) -> str:
    labels = {
        Role.ARCHIVE: ngettext("{count} mail archived", "{count} mails archived", count),
        Role.TRASH: ngettext("{count} mail in the bin", "{count} mails in the bin", count),
        Role.JUNK: ngettext("{count} mail marked as junk", "{count} mails marked as junk", count),
    }
    moved = ngettext("{count} mail moved", "{count} mails moved", count)
    return labels.get(role, moved).format(count=count)


def _flag_label(flag: Flag, on: bool, count: int) -> str:
    if flag & Flag.SEEN:
        label = (
            ngettext("{count} mail marked read", "{count} mails marked read", count)
            if on
            else ngettext("{count} mail marked unread", "{count} mails marked unread", count)
        )
    elif flag & Flag.FLAGGED:
        label = (
            ngettext("{count} mail starred", "{count} mails starred", count)
            if on
            else ngettext("{count} star removed", "{count} stars removed", count)
        )
    else:
        label = ngettext("{count} mail marked", "{count} mails marked", count)
    return label.format(count=count)
