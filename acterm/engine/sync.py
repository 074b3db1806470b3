"""Brings folders in step with the server: newest first, resumable at any row."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from acterm.engine.messages.base import Tell
from acterm.engine.messages.mail import (
    FoldersChanged,
    MessagesChanged,
    NewMail,
    Progress,
    QuotaChanged,
)
from acterm.mail.account import Account
from acterm.mail.folder import Folder, ListedFolder, Role, SyncState
from acterm.mail.message import Flag, Header
from acterm.net.imap import LAST_UID, Imap
from acterm.net.imap.opened import Opened
from acterm.store import accounts, arrivals, changes, folders, messages, search
from acterm.store.db import Store

FIRST_PAGE = 200
# Rows of one write transaction: readers and other processes never wait longer than some ms.
_ROWS = 500
_RANGE = 2000
# Seconds between two hints that a long list has grown.
_TELL_EVERY = 2.0
# What stands for the UIDVALIDITY of a server that tells none.
_ONLY_VALIDITY = 1
# New mail there is nobody's news.
_QUIET = (Role.SENT, Role.DRAFTS, Role.TRASH, Role.JUNK, Role.ALL)

GoOn = Callable[[], None]
"""Called between steps; raises to give the work up."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a sync works with: one connection, the store, who is told, and when to give up."""

    imap: Imap
    store: Store
    account: Account
    tell: Tell
    go_on: GoOn


def list_folders(link: Link) -> list[ListedFolder]:
    """Take the server's folder list into the store."""
    known = folders.of_account(link.store.reader(), link.account.id)
    listing = link.imap.folders([folder.path for folder in known if folder.selectable])
    with link.store.write() as db:
        folders.keep_listing(db, link.account.id, listing)
    link.tell(FoldersChanged(link.account.id))
    return listing


def stale(link: Link, listing: Sequence[ListedFolder]) -> list[Folder]:
    """The folders that changed since they were last in step, the inbox first.

    The server's STATUS decides (RFC 5819); a folder it says nothing about is always opened.
    """
    db = link.store.reader()
    listed = {entry.path: entry for entry in listing}
    found = []
    for folder in folders.of_account(db, link.account.id):
        entry = listed.get(folder.path)
        if (
            folder.selectable
            and entry
            and _differs(entry, folder, folders.sync_state(db, folder.id))
        ):
            found.append(folder)
    return sorted(found, key=lambda folder: folder.role is not Role.INBOX)


def _differs(entry: ListedFolder, folder: Folder, state: SyncState) -> bool:
    if not entry.uidnext or not state.complete:
        return True
    same = entry.uidvalidity == state.uidvalidity and entry.uidnext == state.uidnext
    if entry.highest_modseq and state.highest_modseq:
        return not same or entry.highest_modseq != state.highest_modseq
    counts = (entry.messages, entry.unread) == (folder.messages, folder.unread)
    return not (same and counts)


def sync_folder(link: Link, folder: Folder) -> int:
    """Bring one folder in step and leave it open; returns how many mails came.

    The newest page is told before the rest is asked for, down to the oldest.
    """
    known = folders.sync_state(link.store.reader(), folder.id)
    opened = link.imap.open(folder.path, known if known.uidnext else None)
    opened = replace(opened, uidvalidity=opened.uidvalidity or _ONLY_VALIDITY)
    if known.uidvalidity and opened.uidvalidity != known.uidvalidity:
        _forget(link, folder)
        known = SyncState()
    if known.uidnext:  # a store that was made anew knows the UIDVALIDITY alone
        came = _catch_up(link, folder, known, opened)
    else:
        came = _first_page(link, folder, opened)
    came += _fill_down(link, folder, opened.messages)
    _settle(link, folder)
    return came


def _fill_down(link: Link, folder: Folder, total: int) -> int:
    """Headers from the lowest stored one down to the first, in ranges, with progress."""
    state = folders.sync_state(link.store.reader(), folder.id)
    if state.complete or not state.uidvalidity:
        return 0
    missing = link.imap.uids(1, state.lowest_uid - 1)
    ends = range(len(missing), 0, -_RANGE)
    ranges = [(missing[max(0, end - _RANGE)], missing[end - 1]) for end in ends]
    came = 0
    told = time.monotonic()
    for (first, _last), page in zip(ranges, link.imap.pages(iter(ranges)), strict=False):
        came += len(add(link, folder, page, lowest=1 if first == missing[0] else first))
        done = total - len(missing) + came
        link.tell(Progress(link.account.id, folder.id, min(done, total), total))
        if time.monotonic() - told > _TELL_EVERY:
            told = time.monotonic()
            link.tell(MessagesChanged(folder.id))
        link.go_on()
    if not ranges:
        with link.store.write() as db:
            folders.set_sync_state(db, folder.id, replace(state, lowest_uid=1))
    link.tell(Progress(link.account.id, folder.id, total, total))
    if came:
        link.tell(MessagesChanged(folder.id))
    return came


def add(link: Link, folder: Folder, headers: Sequence[Header], *, lowest: int = 0) -> list[int]:
    """Store headers in short transactions; returns the rows that are new.

    `lowest` notes how far down the folder is known by then.
    """
    added: list[int] = []
    slices = [headers[at : at + _ROWS] for at in range(0, len(headers), _ROWS)] or [[]]
    for number, some in enumerate(slices, 1):
        with link.store.write() as db:
            added += arrivals.add(db, folder.id, some)
            if lowest and number == len(slices):
                state = folders.sync_state(db, folder.id)
                folders.set_sync_state(db, folder.id, replace(state, lowest_uid=lowest))
    return added


def index(link: Link) -> None:
    """Make what came searchable, a slice at a time."""
    while True:
        link.go_on()
        with link.store.write() as db:
            if not search.index_pending(db):
                return


def take_quota(link: Link) -> None:
    """Note how full the mailbox is, where the server tells."""
    fill = link.imap.quota()
    if fill is None:
        return
    if fill != accounts.quota(link.store.reader(), link.account.id):
        with link.store.write() as db:
            accounts.set_quota(db, link.account.id, fill)
    link.tell(QuotaChanged(link.account.id, fill.used, fill.limit))


def _first_page(link: Link, folder: Folder, opened: Opened) -> int:
    page = link.imap.newest(FIRST_PAGE)
    whole = opened.messages <= len(page)
    lowest = 1 if whole else min((header.uid for header in page), default=LAST_UID)
    uidnext = opened.uidnext or max((header.uid for header in page), default=0) + 1
    with link.store.write() as db:
        state = SyncState(opened.uidvalidity, uidnext, opened.highest_modseq, lowest)
        folders.set_sync_state(db, folder.id, state)
        came = len(arrivals.add(db, folder.id, page))
    link.tell(MessagesChanged(folder.id))
    return came


def _catch_up(link: Link, folder: Folder, known: SyncState, opened: Opened) -> int:
    """What changed since `known`: vanished mail, flags, new mail."""
    removed, changed = _apply(link, folder, known, opened)
    came: list[int] = []
    uidnext = max(opened.uidnext, known.uidnext)
    unread: tuple[int, ...] = ()
    if opened.uidnext > known.uidnext or not opened.uidnext:
        fresh = [h for h in link.imap.headers(known.uidnext, LAST_UID) if h.uid >= known.uidnext]
        came = add(link, folder, fresh)
        uidnext = max([uidnext, *(header.uid + 1 for header in fresh)])
        unread = _unread(link, fresh, came)
    with link.store.write() as db:
        state = folders.sync_state(db, folder.id)
        modseq = opened.highest_modseq or state.highest_modseq
        if (uidnext, modseq) != (state.uidnext, state.highest_modseq):
            folders.set_sync_state(
                db, folder.id, replace(state, uidnext=uidnext, highest_modseq=modseq)
            )
    if came or removed:
        link.tell(MessagesChanged(folder.id))
    elif changed:
        link.tell(MessagesChanged(folder.id, tuple(changed)))
    if unread and folder.role not in _QUIET:
        link.tell(NewMail(folder.id, unread))
    return len(came)


def _unread(link: Link, fresh: Sequence[Header], came: Sequence[int]) -> tuple[int, ...]:
    """The new rows of mails that nobody has read."""
    uids = {header.uid for header in fresh if not header.flags & Flag.SEEN}
    located = messages.locate(link.store.reader(), came)
    return tuple(row_id for row_id, _folder, uid in located if uid in uids)


def _apply(link: Link, folder: Folder, known: SyncState, opened: Opened) -> tuple[int, list[int]]:
    """Flags and vanished mail, by the best way the server has.

    Returns how many mails went, and the rows that changed in place.
    """
    flags, gone = _differences(link, known, opened, folder)
    removed = 0
    changed: list[int] = []
    if gone:
        with link.store.write() as db:
            for first, last in gone:
                removed += changes.remove_range(db, folder.id, first, last)
    uids = list(flags)
    for at in range(0, len(uids), _ROWS):
        some = {uid: flags[uid] for uid in uids[at : at + _ROWS]}
        with link.store.write() as db:
            changed += changes.apply_flags(db, folder.id, some)
    return removed, changed


def _differences(
    link: Link, known: SyncState, opened: Opened, folder: Folder
) -> tuple[dict[int, Flag], list[tuple[int, int]]]:
    if opened.resynced:
        return opened.changed, list(opened.vanished)
    lowest = max(known.lowest_uid, 1)
    stored = messages.uids(link.store.reader(), folder.id, lowest)
    if known.highest_modseq and opened.highest_modseq:
        if opened.highest_modseq == known.highest_modseq and opened.messages == len(stored):
            return {}, []
        flags = link.imap.flags(lowest, LAST_UID, changed_since=known.highest_modseq)
        there = set(link.imap.uids(lowest, LAST_UID))
    else:
        flags = link.imap.flags(lowest, LAST_UID)
        there = set(flags)
    return flags, [(uid, uid) for uid in stored if uid not in there]


def _forget(link: Link, folder: Folder) -> None:
    """UIDVALIDITY changed: the server's numbers mean nothing any more (RFC 9051 §2.3.1.1)."""
    with link.store.write(durable=True) as db:
        changes.clear(db, folder.id)
        folders.set_sync_state(db, folder.id, SyncState())
    link.tell(MessagesChanged(folder.id))


def _settle(link: Link, folder: Folder) -> None:
    """The folder is in step now."""
    with link.store.write() as db:
        state = folders.sync_state(db, folder.id)
        folders.set_sync_state(db, folder.id, replace(state, checked=time.time()))
    link.tell(FoldersChanged(link.account.id))
