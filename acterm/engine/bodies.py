"""Brings the text of mails, and attachments by part, never more than is asked for."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import WHOLE_MAIL, BodyArrived, BodyFailed, PartArrived
from acterm.errors import ActermError, BadData, Refused
from acterm.i18n import _
from acterm.mail.folder import Folder
from acterm.mail.parsing import mimetree, structure
from acterm.net.imap import Imap
from acterm.store import bodies, folders, intents, messages
from acterm.store.connection import Connection
from acterm.store.db import Store

# Up to here a mail comes whole in one round trip; beyond, its text without the attachments.
WHOLE = 256 << 10
# What is read of a larger mail whose parts the server does not find.
_BLINDLY = 8 << 20
# Mails of one FETCH: so many, or so many bytes, whichever comes first.
_TOGETHER = 200
_BYTES_TOGETHER = 1 << 20

Row = tuple[int, int, int]
"""A message's id, UID and size."""


class DroppedError(Exception):
    """Nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person waits for: the text of a message or, with a section, an attachment."""

    message_id: int
    section: str = ""

    @property
    def arrived(self) -> Event:
        """What is told when it is in the store."""
        if self.section:
            return PartArrived(self.message_id, self.section)
        return BodyArrived(self.message_id)

    def failed(self, failure: ActermError) -> Event:
        """What is told when it cannot be brought."""
        return BodyFailed(self.message_id, failure.title, failure.advice, self.section)

    def is_here(self, db: Connection) -> bool:
        """Whether the store has it already."""
        if self.section:
            return bodies.part(db, self.message_id, self.section) is not None
        return bodies.has(db, self.message_id)


def bring(
    imap: Imap, store: Store, wanted: Wanted, coming: Callable[[int], None] | None = None
) -> None:
    """Bring it into the store. Raises Refused when the mail is no longer there.

    `coming` hears how many bytes of a large attachment are here, and may raise to end it.
    """
    db = store.reader()
    if wanted.is_here(db):
        return
    folder, row = _place(db, wanted.message_id)
    if wanted.section and not bodies.has(db, wanted.message_id):
        bring(imap, store, Wanted(wanted.message_id))
    imap.open(folder.path)
    uid = row[1] or _named(imap, db, wanted.message_id)
    if wanted.section:
        _bring_part(imap, store, wanted, uid, coming)
    else:
        _keep(store, [(row[0], *download(imap, uid, row[2]))])


def prefetch(
    imap: Imap, store: Store, folder: Folder, count: int, go_on: Callable[[], None]
) -> None:
    """Bring the texts that are missing among the newest `count` mails.

    `go_on` is called between small batches and raises to give the rest up.
    """
    missing = bodies.missing(store.reader(), folder.id, count)
    if not missing:
        return
    imap.open(folder.path)
    small = [row for row in missing if row[2] <= WHOLE]
    ids = {uid: message_id for message_id, uid, _size in small}
    for sources in imap.sources(batches(small)):
        mine = [(ids[uid], source, False) for uid, source in sources if uid in ids]
        _keep(store, mine)
        go_on()
    for message_id, uid, size in missing:
        if size > WHOLE:
            go_on()
            with suppress(Refused, BadData):  # gone, or senseless: told when somebody opens it
                _keep(store, [(message_id, *download(imap, uid, size))])


def download(imap: Imap, uid: int, size: int) -> tuple[bytes, bool]:
    """The source of a mail in the open folder, and whether attachments were left out."""
    if size <= WHOLE:
        return imap.source(uid), False
    shape = imap.structure(uid)
    texts = {section: imap.section(uid, section) for section in structure.text_sections(shape)}
    if not any(texts.values()) and structure.weight(shape) < size // 2:
        return imap.source(uid, limit=_BLINDLY), False  # the server does not see its parts
    return structure.skeleton(imap.section(uid, "HEADER"), shape, texts), True


def batches(rows: Sequence[Row]) -> Iterator[list[int]]:
    """The UIDs of neighbours that one FETCH may bring; a large mail stands alone."""
    batch: list[int] = []
    size = 0
    for _id, uid, octets in rows:
        if batch and (len(batch) >= _TOGETHER or size + octets > _BYTES_TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(uid)
        size += octets
    if batch:
        yield batch


def _keep(store: Store, came: Sequence[tuple[int, bytes, bool]]) -> None:
    """Keep and index sources, each with its message's id and whether it is a skeleton."""
    read = [bodies.read(*one) for one in came]
    with store.write() as db:
        bodies.keep_all(db, read)


def _bring_part(
    imap: Imap, store: Store, wanted: Wanted, uid: int, coming: Callable[[int], None] | None
) -> None:
    if wanted.section == WHOLE_MAIL:
        source = imap.section(uid, "", progress=lambda done, _total: coming and coming(done))
        with store.write() as db:
            bodies.keep_part(db, wanted.message_id, WHOLE_MAIL, source)
        return
    body = bodies.get(store.reader(), wanted.message_id)
    part = mimetree.find(mimetree.tree(body.source), wanted.section) if body else None
    if part is None:
        raise Refused(_("The mail has no part {section}.").format(section=wanted.section))
    encoding = part.encoding

    def told(done: int, _total: int) -> None:
        if coming is not None:
            coming(done * 57 // 78 if encoding == "base64" else done)  # a line is 57 octets

    large = coming is not None and part.announced_size > WHOLE
    raw = imap.section(uid, wanted.section, progress=told if large else None)
    with store.write() as db:
        bodies.keep_part(db, wanted.message_id, wanted.section, mimetree.decoded(raw, encoding))


def _place(db: Connection, message_id: int) -> tuple[Folder, Row]:
    """Where the server has the mail: still in its old folder while a move waits to be told."""
    envelope = messages.get(db, message_id)
    folder = folders.get(db, envelope.folder_id) if envelope else None
    if envelope is None or folder is None:
        raise Refused(_("The mail is no longer on the server."))
    uid = envelope.uid
    for intent in intents.pending(db, folder.account_id):
        source = folders.get(db, intent.folder_id)
        if intent.message_id == message_id and intent.kind == "move" and source:
            folder, uid = source, intent.uid
            break
    return folder, (message_id, uid, envelope.size)


def _named(imap: Imap, db: Connection, message_id: int) -> int:
    """The UID of a mail that the server has not told, found by its Message-ID."""
    header = messages.headers_of(db, message_id)
    found = imap.find_message_id(header.message_id) if header and header.message_id else []
    if not found:
        raise Refused(_("The mail is no longer on the server."))
    return found[-1]
