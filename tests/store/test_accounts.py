"""Accounts, and the answer a refused sign-in waits for."""

from dataclasses import replace
from pathlib import Path

from acterm.config import AccountConfig, Config
from acterm.mail.draft import Draft
from acterm.mail.folder import Quota
from acterm.server import Security, Server
from acterm.store import accounts, drafts, folders, messages
from acterm.store.accounts import Refusal
from acterm.store.db import Store
from tests.store.conftest import CAMILLE, Box
from tests.store.headers import header


def test_an_account_comes_back_whole(store: Store) -> None:
    full = replace(
        CAMILLE,
        imap=Server("imap.example", 143, Security.STARTTLS),
        password_command=("pass", "académie"),
        ca_file=Path("/etc/school.pem"),
        passcode=True,
    )
    with store.write() as db:
        kept = accounts.keep(db, full)
    assert kept == replace(full, id=kept.id)
    assert accounts.all_accounts(store.reader()) == [kept]
    assert accounts.get(store.reader(), kept.id) == kept
    assert accounts.get(store.reader(), 99) is None


def test_the_same_address_is_the_same_account(store: Store) -> None:
    with store.write() as db:
        first = accounts.keep(db, CAMILLE)
        second = accounts.keep(db, replace(CAMILLE, address=CAMILLE.address.upper(), login="x"))
    assert first.id == second.id
    assert [one.login for one in accounts.all_accounts(store.reader())] == ["x"]


def test_a_forgotten_account_leaves_nothing(box: Box) -> None:
    with box.store.write(durable=True) as db:
        (mail,) = messages.add(db, box.inbox.id, [header(1)])
        draft = drafts.keep(db, Draft(account_id=box.account.id))
        accounts.forget(db, box.account.id)
    db = box.store.reader()
    assert accounts.all_accounts(db) == []
    assert folders.of_account(db, box.account.id) == []
    assert messages.get(db, mail) is None
    assert drafts.get(db, draft) is None


def test_a_refusal_stands_until_it_is_answered(box: Box) -> None:
    db = box.store.reader()
    assert accounts.refusal(db, box.account.id) is None
    with box.store.write(durable=True) as writer:
        accounts.refuse(writer, box.account.id, "Mot de passe expiré", 5.0)
    assert accounts.refusal(db, box.account.id) == Refusal("Mot de passe expiré", 5.0)
    with box.store.write(durable=True) as writer:
        accounts.clear_refusal(writer, box.account.id)
    assert accounts.refusal(db, box.account.id) is None


def test_the_quota_is_kept(box: Box) -> None:
    with box.store.write() as db:
        accounts.set_quota(db, box.account.id, Quota(90, 100))
    assert accounts.quota(box.store.reader(), box.account.id) == Quota(90, 100)
    assert accounts.quota(box.store.reader(), 99) == Quota(0, 0)


def test_accounts_of_the_configuration_come_go_and_come_back(store: Store) -> None:
    config = Config(accounts=(AccountConfig(CAMILLE.address),))
    with store.write() as db:
        added = accounts.keep(db, replace(CAMILLE, address="ici@ac-amiens.fr"))
        accounts.sync_with_config(db, config, [CAMILLE])
    both = [one.address for one in accounts.all_accounts(store.reader())]
    assert both == [added.address, CAMILLE.address]
    with store.write() as db:
        accounts.sync_with_config(db, Config(), [])
    assert accounts.all_accounts(store.reader()) == [added]
    with store.write() as db:
        accounts.sync_with_config(db, config, [replace(CAMILLE, login="autre")])
    assert [one.login for one in accounts.all_accounts(store.reader())] == ["clefevre", "autre"]


def test_a_configuration_that_did_not_change_writes_nothing(store: Store) -> None:
    config = Config(accounts=(AccountConfig(CAMILLE.address),))
    with store.write() as db:
        accounts.sync_with_config(db, config, [CAMILLE])
        before = db.total_changes
        accounts.sync_with_config(db, config, [CAMILLE])
        assert db.total_changes == before
