"""Brings the text of mails, and attachments by part, never more than is asked for."""

from collections.abc import Callable, Sequence

from acterm.errors import Refused
from acterm.i18n import _
from acterm.mail import mimetree, structure
from acterm.mail.mime import parse
from acterm.net.imap import Imap
from acterm.store import bodies, changes, folders, messages
from acterm.store.db import Store

# Up to here a mail comes whole in one round trip; beyond, its text without the attachments.
WHOLE = 256 << 10
TOGETHER = 50


def fetch(imap: Imap, store: Store, message_id: int) -> None:
    """Bring one message's text into the store. The connection opens the folder by itself."""
    row = messages.get(store.reader(), message_id)
    if row is None or not row.uid:
        raise Refused(_("The mail is no longer on the server."))
    _open(imap, store, row.folder_id)
    source, skeleton = download(imap, row.uid, row.size)
    keep(store, message_id, source, skeleton)


def download(imap: Imap, uid: int, size: int) -> tuple[bytes, bool]:
    """The source of a mail in the open folder, and whether attachments were left out."""
    if size <= WHOLE:
        return imap.source(uid), False
    shape = imap.structure(uid)
    texts = {section: imap.section(uid, section) for section in structure.text_sections(shape)}
    return structure.skeleton(imap.section(uid, "HEADER"), shape, texts), True


def fetch_many(imap: Imap, store: Store, wanted: Sequence[tuple[int, int, int]]) -> None:
    """(id, uid, size) of mails in the open folder: small ones many at a time, in one answer."""
    small = {uid: message_id for message_id, uid, size in wanted if size <= WHOLE}
    uids = sorted(small, reverse=True)
    for at in range(0, len(uids), TOGETHER):
        for uid, source in imap.sources(uids[at : at + TOGETHER]):
            keep(store, small[uid], source, skeleton=False)
    for message_id, uid, size in wanted:
        if size > WHOLE:
            source, skeleton = download(imap, uid, size)
            keep(store, message_id, source, skeleton)


def keep(store: Store, message_id: int, source: bytes, skeleton: bool) -> None:
    """Keep and index a source, and correct the list's guess about attachments."""
    message = parse(source, skeleton=skeleton)
    present = any(not attachment.inline for attachment in message.attachments)
    with store.write() as db:
        bodies.keep(db, message_id, source, skeleton)
        changes.set_attachments(db, message_id, present)


def fetch_part(
    imap: Imap,
    store: Store,
    message_id: int,
    section: str,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Bring one attachment, decoded, into the store."""
    row = messages.get(store.reader(), message_id)
    body = bodies.get(store.reader(), message_id)
    if row is None or body is None or not row.uid:
        raise Refused(_("The mail is no longer on the server."))
    part = mimetree.find(mimetree.tree(body.source), section)
    if part is None:
        raise Refused(_("The mail has no part {section}.").format(section=section))
    _open(imap, store, row.folder_id)
    raw = imap.section(row.uid, section, size=max(part.announced_size, 0), progress=progress)
    encoding = part.field("content-transfer-encoding").strip().lower().decode("ascii", "replace")
    with store.write() as db:
        bodies.keep_part(db, message_id, section, mimetree.decoded(raw, encoding))


def _open(imap: Imap, store: Store, folder_id: int) -> None:
    folder = folders.get(store.reader(), folder_id)
    if folder is None:
        raise Refused(_("The folder no longer exists."))
    imap.open(folder.path)
