"""What a person does to mail: its rows and the note for the server, in one transaction."""

import time
from collections.abc import Sequence
from dataclasses import replace

from acterm.engine import new_folder
from acterm.engine.messages.mail import Move, SetFlag
from acterm.errors import Refused
from acterm.i18n import _, ngettext
from acterm.mail.folder import Folder, Role
from acterm.mail.message import Flag
from acterm.store import changes, folders, intents, messages, moving
from acterm.store.connection import Connection
from acterm.store.db import Store
from acterm.store.intents import Group, Intent

# What a group undoes when the engine made it by itself: nothing that a person could undo.
OWN = -1
# Beyond every UID: names a row that is about to be removed.
_NOWHERE = 1 << 32


def set_flag(store: Store, command: SetFlag) -> str:
    """Set or clear a flag here and note it for the server.

    Returns what was done in words; nothing when every mail stands so already.
    """
    with store.write(durable=True) as db:
        return note_flag(
            db, command.ids, command.flag, command.on, undoes=OWN if command.quiet else 0
        )


def note_flag(
    db: Connection, ids: Sequence[int], flag: Flag, on: bool, *, undoes: int = OWN
) -> str:
    """The same inside a durable transaction."""
    made = []
    for row_id, folder_id, uid in messages.locate(db, ids):
        row, folder = messages.get(db, row_id), folders.get(db, folder_id)
        if row is None or folder is None or bool(row.flags & flag) == on:
            continue
        validity = folders.sync_state(db, folder_id).uidvalidity
        made.append(
            Intent(folder.account_id, "flag", row_id, folder_id, uid, validity, flag=flag, on=on)
        )
    if not made:
        return ""
    changes.set_flag(db, [intent.message_id for intent in made], flag, on)
    label = _flag_label(flag, on, len(made))
    intents.add_group(db, label, made, time.time(), undoes=undoes)
    return label


def move(store: Store, command: Move) -> tuple[str, set[int]]:
    """Move here and note it for the server: what was done in words, and the folders it touched.

    Raises Refused when there is no such folder, or every mail is in it already.
    """
    with store.write(durable=True) as db:
        made, role = [], command.to
        for row_id, folder_id, uid in messages.locate(db, command.ids):
            folder = folders.get(db, folder_id)
            target = _target(db, command, folder)
            if folder is None or target is None:
                raise Refused(
                    _("There is no such folder on the server."),
                    _("Move the mail to another one, or make it in the webmail."),
                )
            role = role or target.role
            if target.id != folder_id:
                validity = folders.sync_state(db, folder_id).uidvalidity
                made.append(
                    Intent(folder.account_id, "move", row_id, folder_id, uid, validity, target.id)
                )
        if not made:
            raise Refused(_("Nothing was moved: the mail is there already, or gone."))
        for intent in made:
            changes.move(db, [intent.message_id], intent.target_folder_id)
        label = _move_label(role, len(made))
        intents.add_group(db, label, made, time.time())
    return label, {place for one in made for place in (one.folder_id, one.target_folder_id)}


def note_removal(db: Connection, account_id: int, folder_id: int, uid: int) -> None:
    """Note for the server that a mail of the engine's own (an old draft) is to go for good."""
    validity = folders.sync_state(db, folder_id).uidvalidity
    removal = Intent(account_id, "expunge", 0, folder_id, uid, validity)
    intents.add_group(db, "", [removal], time.time(), undoes=OWN)


def undo(store: Store, group: Group) -> set[int] | None:
    """Take a group back: what waits is dropped, what is done gets its inverse.

    A mail that comes back from a move that nobody told is looked for: it may have gone meanwhile.
    Returns the folders touched; None when the server had refused all of it, so that nothing was
    left to take back.
    """
    touched: set[int] = set()
    with store.write(durable=True) as db:
        made = [one for one in intents.of_group(db, group.id) if one.state != "refused"]
        intents.set_undone(db, group.id)
        inverse: list[Intent] = []
        for intent in reversed(made):
            touched |= {intent.folder_id, intent.target_folder_id} - {0}
            if intent.state != "pending":
                inverse += _inverse(db, intent)
                continue
            restore(db, intent)
            if intent.kind == "move" and intent.uid:
                inverse.append(replace(intent, kind="look"))
        intents.drop(db, [intent.id for intent in made if intent.state == "pending"])
        if inverse:
            intents.add_group(db, group.label, inverse, time.time(), undoes=group.id)
    return touched if made else None


def restore(db: Connection, intent: Intent) -> None:
    """The row as it was before the intent."""
    if intent.kind == "flag":
        changes.set_flag(db, [intent.message_id], intent.flag, not intent.on)
    elif intent.kind == "move":
        if not _is_at(db, intent, intent.target_folder_id):
            return
        if intent.uidvalidity != folders.sync_state(db, intent.folder_id).uidvalidity:
            forget(db, intent.message_id, intent.folder_id)
        elif intent.uid:
            changes.set_uid(db, intent.message_id, intent.folder_id, intent.uid)
        else:
            changes.move(db, [intent.message_id], intent.folder_id)


def forget(db: Connection, message_id: int, folder_id: int) -> None:
    """Remove the row of a mail that the server no longer has; one kept from before a move stays."""
    if moving.is_kept(db, message_id):
        return
    changes.set_uid(db, message_id, folder_id, _NOWHERE + message_id)
    changes.remove(db, folder_id, [_NOWHERE + message_id])


def _inverse(db: Connection, intent: Intent) -> list[Intent]:
    """What takes back an intent that the server has, or may have, carried out; rows follow."""
    located = messages.locate(db, [intent.message_id])
    if not located:
        return []
    _row, folder_id, uid = located[0]
    validity = folders.sync_state(db, folder_id).uidvalidity
    account_id, message_id = intent.account_id, intent.message_id
    if intent.kind == "flag":
        changes.set_flag(db, [message_id], intent.flag, not intent.on)
        return [
            Intent(
                account_id, "flag", message_id, folder_id, uid, validity,
                flag=intent.flag, on=not intent.on,
            )
        ]  # fmt: skip
    if folder_id != intent.target_folder_id:
        return []
    changes.move(db, [message_id], intent.folder_id)
    return [Intent(account_id, "move", message_id, folder_id, uid, validity, intent.folder_id)]


def _is_at(db: Connection, intent: Intent, folder_id: int) -> bool:
    located = messages.locate(db, [intent.message_id])
    return bool(located) and located[0][1] == folder_id


def _target(db: Connection, command: Move, folder: Folder | None) -> Folder | None:
    if folder is None:
        return None
    if not command.folder_id:
        there = folders.with_role(db, folder.account_id, command.to)
        return there or new_folder.planned(db, folder.account_id, command.to)
    target = folders.get(db, command.folder_id)
    same = target is not None and target.account_id == folder.account_id
    return target if same else None


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
