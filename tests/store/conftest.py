"""A store with one account, its inbox and its Sent folder."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from acterm.mail.account import Account
from acterm.mail.folder import Folder, ListedFolder, Role, SyncState
from acterm.server import Server
from acterm.store import accounts, folders
from acterm.store.db import Store, open_store

CAMILLE = Account(
    address="camille.lefevre@ac-amiens.fr",
    login="clefevre",
    name="Camille Lefèvre",
    imap=Server("imap.example", 993),
    smtp=Server("smtp.example", 465),
)
LISTING = (
    ListedFolder("Sent", "Envoyés", "/", Role.SENT),
    ListedFolder("INBOX", "INBOX", "/", Role.INBOX, messages=3, unread=2),
    ListedFolder("Trash", "Corbeille", "/", Role.TRASH),
    ListedFolder("Junk", "Indésirables", "/", Role.JUNK),
    ListedFolder("Zep/6e", "Zep/6e", "/", Role.NONE),
    ListedFolder("Écoles", "Écoles", "/", Role.NONE),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's store is."""
    return tmp_path / "store" / "acterm.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An open store without anything in it."""
    opened = open_store(path)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Box:
    """A store in which Camille's account has its folders, all in step and empty."""

    store: Store
    account: Account
    inbox: Folder
    sent: Folder
    trash: Folder

    def counts(self, folder: Folder) -> tuple[int, int]:
        """(messages, unread) as the folder list shows them."""
        now = folders.get(self.store.reader(), folder.id)
        assert now is not None
        return now.messages, now.unread


def furnish(store: Store) -> Box:
    """Camille's account with its folders, in a store."""
    with store.write() as db:
        account = accounts.keep(db, CAMILLE)
        folders.keep_listing(
            db, account.id, [replace(listed, messages=0, unread=0) for listed in LISTING]
        )
        for folder in folders.of_account(db, account.id):
            folders.set_sync_state(db, folder.id, SyncState(uidvalidity=7, lowest_uid=1))
    return Box(store, account, *_roles(store, account, Role.INBOX, Role.SENT, Role.TRASH))


@pytest.fixture
def box(store: Store) -> Box:
    """Camille's account in a store of the test's own."""
    return furnish(store)


def _roles(store: Store, account: Account, *roles: Role) -> list[Folder]:
    found = [folders.with_role(store.reader(), account.id, role) for role in roles]
    return [folder for folder in found if folder is not None]
