"""A mailbox that has moved to other servers: what is here stays, and is found again there."""

from collections.abc import Iterable, Sequence
from itertools import islice

from acterm.errors import ActermError
from acterm.mail.account import Account
from acterm.mail.folder import Folder, ListedFolder, Role
from acterm.net.imap import Imap
from acterm.store import accounts, folders, moving
from acterm.store.db import Store

# Rows of one write transaction: readers never wait longer than some ms.
_ROWS = 500


def move_over(store: Store, account: Account, imap: Imap) -> Account:
    """Move the account to the servers it names, on which `imap` is signed in.

    Folders that the new server lacks are made there when mail of theirs is here. Returns the
    account as it stands in the store.
    """
    old = folders.of_account(store.reader(), account.id)
    places = _places(imap, old)
    with store.write(durable=True) as db:
        moving.move(db, account, places)
    for folder in folders.of_account(store.reader(), account.id):
        _name(store, imap, folder)
    return accounts.get(store.reader(), account.id) or account


def _places(imap: Imap, old: Sequence[Folder]) -> dict[int, ListedFolder]:
    """Where each folder is on the new server: by what it is for, by its name, or made."""
    listing = [one for one in imap.folders() if one.selectable]
    places = {}
    for folder in old:
        found = counterpart(folder, listing)
        if found is None and folder.messages:
            found = _made(imap, folder, listing)
        if found is not None:
            places[folder.id] = found
    return places


def counterpart(folder: Folder, listing: Iterable[ListedFolder]) -> ListedFolder | None:
    """The folder of a listing that stands for this one; None when there is none."""
    there = list(listing)
    same_role = (one for one in there if folder.role and one.role is folder.role)
    levels = _levels(folder.name, folder.delimiter)
    same_name = (one for one in there if _levels(one.name, one.delimiter) == levels)
    return next(same_role, None) or next(same_name, None)


def _levels(name: str, delimiter: str) -> list[str]:
    return [level.casefold() for level in (name.split(delimiter) if delimiter else [name])]


def _made(imap: Imap, folder: Folder, listing: list[ListedFolder]) -> ListedFolder:
    """The folder made anew; where the server refuses, the archive or the inbox takes its mail."""
    delimiter = next((one.delimiter for one in listing if one.delimiter), folder.delimiter)
    name = folder.name.replace(folder.delimiter, delimiter) if folder.delimiter else folder.name
    try:
        path = imap.create_folder(name)
    except ActermError:
        for role in (Role.ARCHIVE, Role.INBOX):
            for one in listing:
                if one.role is role:
                    return one
        raise
    made = ListedFolder(path, name, delimiter, folder.role)
    listing.append(made)
    return made


def _name(store: Store, imap: Imap, folder: Folder) -> None:
    """Find the mails of a folder again; those that are not there stay without a number."""
    if not moving.awaits_names(store.reader(), folder.id):
        return
    imap.open(folder.path)
    headers = imap.headers()
    while some := list(islice(headers, _ROWS)):
        with store.write() as db:
            moving.name(db, folder.id, some)
