"""A damaged file: what only this machine knows is saved, and the file kept aside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from acterm.store import accounts, drafts, folders, intents, messages, outbox, settings
from acterm.store.db import Store, StoreDamaged, open_store
from acterm.store.intents import Intent
from acterm.store.outbox import Outgoing
from acterm.store.search import index_pending, search
from tests.store.conftest import CAMILLE, furnish
from tests.store.headers import header


@pytest.fixture
def full(path: Path) -> Store:
    """A closed store with one of everything."""
    store = open_store(path)
    box = furnish(store)
    with store.write() as db:
        messages.add(db, box.inbox.id, [header(uid) for uid in range(1, 200)])
    with store.write(durable=True) as db:
        drafts.keep(db, Draft(account_id=box.account.id, to="chloe", body="Chère Chloé,"))
        outbox.put(
            db,
            Outgoing(
                account_id=box.account.id,
                message_id="1@ac-amiens.fr",
                sender=CAMILLE.address,
                recipients=("hugo.petit@ac-lille.fr",),
                source=b"Subject: Bonjour\r\n\r\nBonjour",
            ),
        )
        one = Intent(box.account.id, "flag", 1, box.inbox.id, 1, flag=Flag.SEEN, on=True)
        intents.add_group(db, "1 mail lu", [one], at=1.0)
        settings.put(db, "signature", "Camille Lefèvre, professeure")
    store.close()
    return store


@pytest.fixture
def rebuilt(path: Path) -> Iterator[Store]:
    """The store after `acterm sync --rebuild`, opened when the test asks for it."""
    store = open_store(path, rebuild=True)
    yield store
    store.close()


def damage_mail(path: Path) -> None:
    """Overwrite the pages where the mail is, and leave the others."""
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        page = content[start : start + 4096]
        if b"Conseil de classe" in page:
            content[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(content)


def everything_is_saved(store: Store) -> None:
    db = store.reader()
    (account,) = accounts.all_accounts(db)
    assert account.address == CAMILLE.address
    (draft,) = drafts.all_drafts(db)
    assert draft.body == "Chère Chloé,"
    (mail,) = outbox.unsettled(db)
    assert mail.source.endswith(b"Bonjour")
    (intent,) = intents.pending(db, account.id)
    folder = folders.get(db, intent.folder_id)
    assert folder is not None
    assert folder.role is Role.INBOX
    assert settings.get(db, "signature", "") == "Camille Lefèvre, professeure"


def test_everything_of_ones_own_is_saved(full: Store, path: Path) -> None:
    damage_mail(path)
    store = open_store(path)
    with pytest.raises(StoreDamaged):
        store.reader().execute("SELECT subject FROM messages").fetchall()
    store.close()
    store = open_store(path, rebuild=True)
    everything_is_saved(store)
    assert store.reader().execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


def test_mail_comes_again_from_the_server(full: Store, rebuilt: Store) -> None:
    db = rebuilt.reader()
    (account,) = accounts.all_accounts(db)
    for folder in folders.of_account(db, account.id):
        state = folders.sync_state(db, folder.id)
        assert not state.complete
        assert state.uidvalidity == 7
        assert messages.first_page(db, folder.id) == []


def test_new_mail_never_takes_the_row_that_a_saved_action_means(
    full: Store, rebuilt: Store
) -> None:
    with rebuilt.write() as db:
        inbox = folders.with_role(db, 1, Role.INBOX)
        assert inbox is not None
        messages.add(db, inbox.id, [header(1)])
        (mail,) = messages.first_page(db, inbox.id)
        assert mail.id > 199
        while index_pending(db):
            pass
    assert len(search(rebuilt.reader(), "conseil")) == 1


def test_the_damaged_file_stays_beside_the_new_one(full: Store, path: Path) -> None:
    damage_mail(path)
    before = path.read_bytes()
    open_store(path, rebuild=True).close()
    (aside,) = path.parent.glob("acterm.db.damaged-*")
    assert aside.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_a_killed_process_left_in_the_log_is_saved_too(full: Store, path: Path) -> None:
    store = open_store(path)
    with store.write(durable=True) as db:
        drafts.keep(db, Draft(account_id=1, body="Dernière phrase"))
    log = Path(f"{path}-wal").read_bytes()
    content = path.read_bytes()
    store.close()
    path.write_bytes(content)
    Path(f"{path}-wal").write_bytes(log)
    rebuilt = open_store(path, rebuild=True)
    assert "Dernière phrase" in {draft.body for draft in drafts.all_drafts(rebuilt.reader())}
    rebuilt.close()


def test_a_file_that_is_no_database_gives_an_empty_store(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Bonjour, " * 1000)
    store = open_store(path, rebuild=True)
    assert accounts.all_accounts(store.reader()) == []
    store.close()
    (aside,) = path.parent.glob("acterm.db.damaged-*")
    assert aside.read_bytes().startswith(b"Bonjour")


def test_a_file_cut_short_gives_what_is_left(full: Store, path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 4096)
    store = open_store(path, rebuild=True)
    assert [account.address for account in accounts.all_accounts(store.reader())] == [
        CAMILLE.address
    ]
    store.close()


def test_half_of_a_table_is_better_than_nothing(path: Path) -> None:
    store = open_store(path)
    with store.write() as db:
        for number in range(300):
            drafts.keep(db, Draft(account_id=1, body=f"brouillon {number} " + "x" * 300))
    store.close()
    content = bytearray(path.read_bytes())
    middle = content.index(b"brouillon 150 ") // 4096 * 4096
    content[middle : middle + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    store = open_store(path, rebuild=True)
    saved = {draft.body.split()[1] for draft in drafts.all_drafts(store.reader())}
    assert {"0", "299"} <= saved
    assert len(saved) > 280
    store.close()


def test_a_rebuild_that_was_cut_off_can_be_done_again(full: Store, path: Path) -> None:
    path.with_name("acterm.db.new").write_bytes(b"half")
    store = open_store(path, rebuild=True)
    everything_is_saved(store)
    store.close()
    assert not path.with_name("acterm.db.new").exists()
