"""The ladder as a whole: which rung holds a secret, and which one answers."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.vault import (
    KEYRING,
    PASSWORD_COMMAND,
    SEALED_FILE,
    SESSION,
    SecretLocked,
    SecretMissing,
    Vault,
)
from acterm.vault.ladder import PasscodeServed
from acterm.vault.sealed import SealedDamaged
from tests.servers.keyring import Desktop

SECRET, PASSPHRASE = Secret("Craie-bleue-12 é"), Secret("sept mots que personne ne relie")


def _everything_below(folder: Path) -> bytes:
    return b"\n".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_sealed_secret_waits_for_its_passphrase_at_the_next_start(account: Account) -> None:
    assert Vault().keep(account, SECRET, SEALED_FILE, PASSPHRASE) == SEALED_FILE
    vault = Vault()
    assert vault.rung_of(account) == SEALED_FILE
    with pytest.raises(SecretLocked) as locked:
        vault.get(account)
    assert locked.value.rung == SEALED_FILE
    vault.unlock(PASSPHRASE)
    assert vault.get(account) == SECRET


def test_the_sealed_rung_tells_what_it_wants(account: Account) -> None:
    vault = Vault()
    assert vault.rungs()[1].wants == "new-passphrase"
    vault.keep(account, SECRET, SEALED_FILE, PASSPHRASE)
    assert vault.rungs()[1].wants == ""
    assert Vault().rungs()[1].wants == "passphrase"


def test_a_damaged_file_is_told_by_its_rung_and_its_account(account: Account, home: Path) -> None:
    Vault().keep(account, SECRET, SEALED_FILE, PASSPHRASE)
    (home / "secrets.sealed").write_text("rien")
    rung = Vault().rungs()[1]
    assert not rung.usable
    assert "abîmé" in rung.words
    with pytest.raises(SealedDamaged):
        Vault().get(account)


def test_a_session_secret_is_gone_at_the_next_start(account: Account) -> None:
    vault = Vault()
    assert vault.keep(account, SECRET, SESSION) == SESSION
    assert vault.get(account) == SECRET
    assert vault.rung_of(account) == SESSION
    with pytest.raises(SecretMissing, match=account.address):
        Vault().get(account)
    assert Vault().rung_of(account) == ""


def test_a_passcode_is_given_once_and_never_kept(account: Account) -> None:
    with_passcode = replace(account, passcode=True)
    vault = Vault()
    assert vault.keep(with_passcode, SECRET, SEALED_FILE, PASSPHRASE) == SESSION
    with pytest.raises(SecretMissing):
        vault.get(with_passcode)
    vault.remember(with_passcode, Secret("1984654321"))
    assert vault.get(with_passcode) == Secret("1984654321")
    with pytest.raises(SecretMissing):
        vault.get(with_passcode)


def test_the_letters_of_an_address_may_be_capitals(account: Account) -> None:
    vault = Vault()
    vault.keep(account, SECRET, SESSION)
    assert vault.get(replace(account, address=account.address.upper())) == SECRET


def test_a_remembered_secret_goes_before_the_kept_one(account: Account) -> None:
    vault = Vault()
    vault.keep(account, Secret("ancien"), SEALED_FILE, PASSPHRASE)
    vault.remember(account, SECRET)
    assert vault.get(account) == SECRET
    vault.keep(account, Secret("nouveau"), SEALED_FILE)
    assert vault.get(account) == Secret("nouveau")


def test_the_command_of_the_account_wins_over_what_is_kept(account: Account) -> None:
    vault = Vault()
    vault.keep(account, Secret("ancien"), SEALED_FILE, PASSPHRASE)
    with_command = replace(account, password_command=("echo", "craie"))
    assert vault.get(with_command) == Secret("craie")
    assert vault.rung_of(with_command) == PASSWORD_COMMAND


def test_a_secret_is_on_one_rung_only(
    account: Account, desktop: Callable[[Desktop], Desktop]
) -> None:
    session = desktop(Desktop()).keyring()
    vault = Vault()
    vault.keep(account, Secret("ancien"), SEALED_FILE, PASSPHRASE)
    vault.keep(account, SECRET, KEYRING)
    assert (Vault().rung_of(account), Vault().get(account)) == (KEYRING, SECRET)
    vault.keep(account, Secret("nouveau"), SEALED_FILE, PASSPHRASE)
    assert session.entries() == []
    vault.keep(account, SECRET, SESSION)
    assert Vault().rung_of(account) == ""


def test_a_damaged_file_does_not_hide_what_the_keyring_holds(
    account: Account, desktop: Callable[[Desktop], Desktop], home: Path
) -> None:
    desktop(Desktop()).keyring()
    Vault().keep(account, SECRET, KEYRING)
    (home / "secrets.sealed").write_text("rien")
    assert Vault().get(account) == SECRET


def test_forgetting_an_account_forgets_its_password_and_its_passcode_key(
    account: Account, home: Path
) -> None:
    vault = Vault()
    vault.keep(account, SECRET, SEALED_FILE, PASSPHRASE)
    vault.keep_otp(account, Secret("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"), SEALED_FILE)
    Vault().forget(account)
    assert [file.name for file in home.iterdir()] == ["secrets.sealed.lock"]


def test_a_damaged_file_does_not_keep_the_keyring_from_forgetting(
    account: Account, desktop: Callable[[Desktop], Desktop], home: Path
) -> None:
    session = desktop(Desktop()).keyring()
    Vault().keep(account, SECRET, KEYRING)
    (home / "secrets.sealed").write_text("rien")
    with pytest.raises(SealedDamaged):
        Vault().forget(account)
    assert session.entries() == []


def test_an_empty_secret_does_not_hide_the_command_of_the_account(account: Account) -> None:
    with_command = replace(account, password_command=("echo", "craie"))
    vault = Vault()
    assert vault.keep(with_command, Secret(""), SESSION) == SESSION
    assert vault.get(with_command) == Secret("craie")


def test_a_passcode_that_has_served_is_not_tried_again(account: Account) -> None:
    with_passcode = replace(account, passcode=True)
    vault = Vault()
    vault.remember(with_passcode, Secret("1234567890"))
    vault.get(with_passcode)
    with pytest.raises(PasscodeServed, match="déjà servi"):
        vault.remember(with_passcode, Secret("1234567890"))
    vault.remember(with_passcode, Secret("1234098765"))
    assert b"1234567890" not in repr(vars(vault)).encode()


def test_the_locked_screen_opens_by_what_was_typed_in_this_session(account: Account) -> None:
    vault = Vault()
    assert not vault.can_open_screen
    vault.keep_otp(account, Secret("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"), SESSION)
    assert not vault.can_open_screen
    vault.remember(account, SECRET)
    assert vault.can_open_screen
    assert vault.opens_screen(SECRET)
    assert not vault.opens_screen(Secret("JBSWY3DPEHPK3PXP"))
    assert not vault.opens_screen(Secret(""))


def test_a_pin_opens_the_screen_and_is_nowhere_to_be_read(account: Account) -> None:
    vault = Vault()
    vault.set_pin(Secret("2468 é"))
    assert vault.can_open_screen
    assert vault.opens_screen(Secret("2468 é"))
    assert not vault.opens_screen(Secret("2468"))
    assert "2468" not in repr({name: vars(one) for name, one in [("pin", vault._pin)]})


def test_the_key_of_the_passcodes_is_beside_the_password(account: Account) -> None:
    uri = Secret("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP")
    vault = Vault()
    assert vault.otp(account) is None
    vault.keep(account, SECRET, SEALED_FILE, PASSPHRASE)
    vault.keep_otp(account, uri, SEALED_FILE)
    again = Vault()
    again.unlock(PASSPHRASE)
    assert (again.get(account), again.otp(account)) == (SECRET, uri)


def test_a_vault_for_the_session_touches_nothing(account: Account, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "nowhere", session_only=True)
    assert [rung.name for rung in vault.rungs()] == [SESSION]
    assert vault.keep(account, SECRET, SEALED_FILE, PASSPHRASE) == SESSION
    assert vault.get(account) == SECRET
    vault.forget(account)
    with pytest.raises(SecretMissing):
        vault.get(account)
    assert not (tmp_path / "nowhere").exists()


def test_no_secret_is_readable_on_the_disk(
    account: Account, desktop: Callable[[Desktop], Desktop], tmp_path: Path
) -> None:
    session = desktop(Desktop()).keyring()
    Vault().keep(account, SECRET, SEALED_FILE, PASSPHRASE)
    Vault().keep(replace(account, address="denis@x.test"), SECRET, KEYRING)
    for folder in (tmp_path, session.home):
        content = _everything_below(folder)
        assert SECRET.reveal().encode() not in content
        assert PASSPHRASE.reveal().encode() not in content
