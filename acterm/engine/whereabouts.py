"""Where a mail is on the server when no UID tells: by Message-ID, else by what it looks like."""

from collections.abc import Container, Iterable

from acterm.mail.folder import Folder
from acterm.mail.message import Header
from acterm.net.imap import LAST_UID, Imap
from acterm.store import folders, messages
from acterm.store.connection import Connection
from acterm.store.db import Store
from acterm.store.intents import Intent


def found_in(imap: Imap, store: Store, some: Iterable[Intent], folder: Folder) -> dict[int, int]:
    """The UIDs in the open folder of these mails, by intent; other stored mails are left out."""
    wanted = list(some)
    db = store.reader()
    found: dict[int, int] = {}
    others: set[int] | None = None
    for intent in wanted:
        uid = own_uid(db, intent, folder.id)
        if not uid:
            others = others or set(messages.uids(db, folder.id))
            uid = _find(imap, db, intent, folder, others)
            others.add(uid)
        if uid:
            found[intent.id] = uid
    return found


def own_uid(db: Connection, intent: Intent, folder_id: int) -> int:
    """The UID of the mail's row, 0 when it stands in another folder or was not told."""
    for _id, place, uid in messages.locate(db, [intent.message_id]):
        if place == folder_id:
            return uid
    return 0


def _find(
    imap: Imap, db: Connection, intent: Intent, folder: Folder, others: Container[int]
) -> int:
    """The UID in the open folder of a mail that is not stored there yet, 0 when it is not there.

    The newest of several with one Message-ID; without any, size, date, sender and subject tell.
    """
    header = messages.headers_of(db, intent.message_id)
    if header is None:
        return 0
    if header.message_id:
        found = [uid for uid in imap.find_message_id(header.message_id) if uid not in others]
        return max(found, default=0)
    newest = folders.sync_state(db, folder.id).uidnext
    candidates = imap.headers(newest, LAST_UID) if newest else ()
    return max((one.uid for one in candidates if _is_same(one, header)), default=0)


def _is_same(one: Header, other: Header) -> bool:
    """Whether two headers without Message-ID are of one mail."""
    return (one.size, one.sent, one.sender, one.subject) == (
        other.size,
        other.sent,
        other.sender,
        other.subject,
    )
