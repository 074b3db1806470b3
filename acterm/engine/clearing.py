"""A full mailbox: what takes the room, mails archived on this machine, the bin emptied."""

import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from acterm.engine import archive, bodies
from acterm.engine.actions import OWN
from acterm.engine.archive import Kept
from acterm.engine.desk import Desk, Handlers
from acterm.engine.looking import papers_folder
from acterm.engine.messages.clearing import (
    ArchiveMails,
    ArchiveProgress,
    Batch,
    BinEmptied,
    EmptyBin,
    FolderSize,
    LookAtSizes,
    MailsArchived,
    SizesSeen,
)
from acterm.engine.signin import connect
from acterm.errors import ActermError, Refused
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.folder import ROLE_NAMES, Folder, Role
from acterm.mail.message import Envelope
from acterm.net.imap import Imap
from acterm.store import accounts, folders, intents, messages, sizes
from acterm.store.connection import Connection
from acterm.store.intents import Intent
from acterm.viewers import saving

# Mails of one proposal, and what is old.
_MOST = 20
_MOST_OLD = 500
_OLD = 3 * 365 * 86_400
# Proposals never touch these: they are emptied, or being written.
_LEFT_ALONE = (Role.TRASH, Role.DRAFTS, Role.ALL, Role.FLAGGED)


class Clearing:
    """Runs on the engine's loop; what blocks goes to threads of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handles(self) -> Handlers:
        """What it does on which command."""
        return {
            LookAtSizes: self.look,
            ArchiveMails: self.archive,
            EmptyBin: self.empty_bin,
        }

    async def look(self, command: LookAtSizes) -> None:
        """Add up what is known; the server is asked for folders not all of whose mails are here."""
        seen = await self._desk.apart("sizes", partial(look_at, self._desk, command.account_id))
        self._desk.tell(seen)

    async def archive(self, command: ArchiveMails) -> None:
        """One file a folder, each read back; nothing is deleted."""
        self._desk.tell(await self._desk.apart("archive", partial(_archive, self._desk, command)))

    def empty_bin(self, command: EmptyBin) -> None:
        """Note for the server that all in the bin goes for good; the rows go when it has."""
        count = _note_removals(self._desk, command.account_id)
        self._desk.tell(BinEmptied(command.account_id, count))
        self._desk.wake(command.account_id)


def look_at(desk: Desk, account_id: int) -> SizesSeen:
    """What takes the room: by folder, and in mails that may go."""
    db = desk.store.reader()
    known = sizes.by_folder(db, account_id)
    told = _told_by_server(desk, account_id, db)
    rows = []
    for folder in folders.of_account(db, account_id):
        count, octets = known.get(folder.id, (0, 0))
        rows.append(
            FolderSize(
                folder.id,
                folder.name,
                folder.role,
                max(count, folder.messages),
                told.get(folder.path, octets),
            )
        )
    fill = accounts.quota(db, account_id)
    heaviest = sorted((row for row in rows if row.octets), key=lambda row: -row.octets)
    return SizesSeen(
        account_id, fill.used, fill.limit, tuple(heaviest), tuple(_batches(db, account_id))
    )


def _told_by_server(desk: Desk, account_id: int, db: Connection) -> dict[str, int]:
    """The sizes of folders whose headers are not all here (RFC 8438), where it tells them."""
    account = accounts.get(db, account_id)
    partly = [
        folder.path
        for folder in folders.of_account(db, account_id)
        if folder.selectable and not folders.sync_state(db, folder.id).complete
    ]
    if account is None or account.passcode or not partly:
        return {}
    try:
        imap = connect(desk.store, desk.keys, account)
    except ActermError:  # offline: what is here is shown
        return {}
    try:
        return imap.sizes(partly)
    except ActermError:
        return {}
    finally:
        imap.close()


def _batches(db: Connection, account_id: int) -> Iterator[Batch]:
    """What is proposed: attachments first, then the largest, then the oldest."""
    places = [
        folder.id for folder in folders.of_account(db, account_id) if folder.role not in _LEFT_ALONE
    ]
    for kind, only in (("attachments", True), ("largest", False)):
        found = [
            mail
            for place in places
            for mail in sizes.largest(db, place, _MOST, with_attachments=only)
        ]
        yield from _batch(kind, sorted(found, key=lambda mail: -mail.size)[:_MOST])
    before = int(time.time()) - _OLD
    old = [mail for place in places for mail in sizes.older_than(db, place, before, _MOST_OLD)]
    yield from _batch("oldest", sorted(old, key=lambda mail: mail.date)[:_MOST_OLD])


def _batch(kind: str, mails: Sequence[Envelope]) -> Iterator[Batch]:
    if mails:
        octets = sum(mail.size for mail in mails)
        yield Batch(kind, tuple(mail.id for mail in mails), octets, tuple(mails[:_MOST]))


def _archive(desk: Desk, command: ArchiveMails) -> MailsArchived:
    account = accounts.get(desk.store.reader(), command.account_id)
    if account is None:
        raise Refused(_("The account is gone."))
    db = desk.store.reader()
    found = [mail for one in command.ids if (mail := messages.get(db, one)) and mail.uid]
    imap = connect(desk.store, desk.keys, account)
    try:
        work = _Work(desk, imap, account, len(found))
        for folder in folders.of_account(db, account.id):
            mine = [mail for mail in found if mail.folder_id == folder.id]
            if mine:
                work.keep(folder, mine)
    finally:
        imap.close()
    if not work.ids:
        raise Refused(_("None of these mails is on the server any more."))
    return MailsArchived(account.id, tuple(work.ids), tuple(map(str, work.files)), work.octets)


class _Work:
    """One archive being made: what is safe so far."""

    def __init__(self, desk: Desk, imap: Imap, account: Account, total: int) -> None:
        self._desk, self._imap, self._account = desk, imap, account
        self._total = total
        self.ids: list[int] = []
        self.files: list[Path] = []
        self.octets = 0

    def keep(self, folder: Folder, mails: Sequence[Envelope]) -> None:
        """All of a folder into one file; only what was read back counts."""
        opened = self._imap.open(folder.path)
        if (
            opened.uidvalidity
            != folders.sync_state(self._desk.store.reader(), folder.id).uidvalidity
        ):
            raise Refused(
                _("The server has numbered the folder anew."), _("Try again in a moment.")
            )
        kept: list[Envelope] = []
        path = saving.save(b"", papers_folder(), _file_name(folder))
        if archive.write(path, self._sources(mails, kept)):
            self.files.append(path)
            self.ids += [mail.id for mail in kept]
            self.octets += sum(mail.size for mail in kept)
        else:
            path.unlink()

    def _sources(self, mails: Sequence[Envelope], kept: list[Envelope]) -> Iterator[Kept]:
        by_uid = {mail.uid: mail for mail in mails}
        rows = [(mail.id, mail.uid, mail.size) for mail in mails]
        for page in self._imap.sources(bodies.batches(rows)):
            for uid, source in page:
                mail = by_uid.pop(uid, None)
                if mail is not None:
                    kept.append(mail)
                    yield Kept(mail.sender.address, mail.date, source)
            done = len(self.ids) + len(kept)
            self._desk.tell(ArchiveProgress(self._account.id, done, self._total))


def _file_name(folder: Folder) -> str:
    """Called as the person sees the folder."""
    name = _(ROLE_NAMES[folder.role]) if folder.role in ROLE_NAMES else folder.name
    place = name.replace(folder.delimiter or "/", " - ").replace("/", " - ")
    return f"acterm {place} {time.strftime('%Y-%m-%d')}.mbox"


def _note_removals(desk: Desk, account_id: int) -> int:
    with desk.store.write(durable=True) as db:
        folder = folders.with_role(db, account_id, Role.TRASH)
        if folder is None:
            raise Refused(_("The server has no bin."))
        validity = folders.sync_state(db, folder.id).uidvalidity
        gone = [
            Intent(account_id, "expunge", row_id, folder.id, uid, validity)
            for row_id, uid in sizes.in_folder(db, folder.id)
        ]
        if not gone:
            raise Refused(_("The bin is empty."))
        intents.add_group(db, "", gone, time.time(), undoes=OWN)
        intents.end_undo(db, folder.id)
    return len(gone)
