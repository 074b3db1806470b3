"""Folders of an account: in the order people look for them, their counts, their sync state."""

from dataclasses import replace

from acterm.mail.folder import Folder, ListedFolder, Role, SyncState
from acterm.store import accounts, folders, messages
from acterm.store.db import Store
from tests.store.conftest import CAMILLE, LISTING, Box
from tests.store.headers import header


def listed(store: Store, *listing: ListedFolder) -> list[Folder]:
    """Camille's folders after this listing."""
    with store.write() as db:
        account = accounts.keep(db, CAMILLE)
        folders.keep_listing(db, account.id, listing)
    return folders.of_account(store.reader(), account.id)


def test_the_inbox_comes_first_then_roles_then_names(store: Store) -> None:
    assert [folder.name for folder in listed(store, *LISTING)] == [
        "INBOX",
        "Envoyés",
        "Indésirables",
        "Corbeille",
        "Écoles",
        "Zep/6e",
    ]


def test_a_folder_has_what_the_server_said(store: Store) -> None:
    (inbox, *_rest) = listed(store, *LISTING)
    assert (inbox.role, inbox.messages, inbox.unread) == (Role.INBOX, 3, 2)
    assert folders.get(store.reader(), inbox.id) == inbox
    assert folders.with_role(store.reader(), inbox.account_id, Role.INBOX) == inbox
    assert folders.with_role(store.reader(), inbox.account_id, Role.ARCHIVE) is None
    assert folders.get(store.reader(), 999) is None


def test_a_vanished_folder_goes_with_its_mail_and_the_others_keep_their_rows(box: Box) -> None:
    with box.store.write() as db:
        (mail,) = messages.add(db, box.trash.id, [header(1)])
        before = {folder.path: folder.id for folder in folders.of_account(db, box.account.id)}
        folders.keep_listing(
            db, box.account.id, [one for one in LISTING if one.role is not Role.TRASH]
        )
        after = {folder.path: folder.id for folder in folders.of_account(db, box.account.id)}
    assert before.items() - after.items() == {("Trash", box.trash.id)}
    assert messages.get(box.store.reader(), mail) is None


def test_an_empty_listing_is_a_mishap_and_loses_nothing(box: Box) -> None:
    with box.store.write() as db:
        folders.keep_listing(db, box.account.id, [])
    assert len(folders.of_account(box.store.reader(), box.account.id)) == len(LISTING)


def test_the_same_listing_writes_nothing(box: Box) -> None:
    with box.store.write() as db:
        before = db.total_changes
        folders.keep_listing(
            db, box.account.id, [replace(one, messages=9, unread=9) for one in LISTING]
        )
        assert db.total_changes == before


def test_how_far_sync_has_come_is_kept(box: Box) -> None:
    state = SyncState(
        uidvalidity=1, uidnext=2, highest_modseq=2**62, lowest_uid=4, checked=1_763_971_200.5
    )
    with box.store.write() as db:
        folders.set_sync_state(db, box.inbox.id, state)
    assert folders.sync_state(box.store.reader(), box.inbox.id) == state
    assert folders.sync_state(box.store.reader(), 999) == SyncState()
