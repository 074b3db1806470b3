"""The system's keyring, on a real gnome-keyring in each of its moods."""

import time
from collections.abc import Callable

import pytest

from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.vault import KEYRING, SecretLocked, SecretMissing, SecretNotKept, Vault
from acterm.vault.keyring import SystemKeyring
from acterm.vault.ladder import WrongPassphrase
from acterm.vault.platform_keyring import LibraryKeyring
from tests.servers.keyring import PASSWORD, Desktop

Enter = Callable[[Desktop], Desktop]
SECRET = Secret("Craie-bleue-12 é")


def test_an_open_keyring_is_the_highest_rung(desktop: Enter) -> None:
    desktop(Desktop()).keyring()
    rung = Vault().rungs()[0]
    assert (rung.name, rung.usable, rung.wants) == (KEYRING, True, "")


def test_trying_the_keyring_leaves_nothing_in_it(desktop: Enter) -> None:
    session = desktop(Desktop()).keyring()
    Vault().rungs()
    assert session.entries() == []


def test_a_secret_in_the_keyring_is_there_for_the_next_acterm(
    desktop: Enter, account: Account
) -> None:
    desktop(Desktop()).keyring()
    assert Vault().keep(account, SECRET, KEYRING) == KEYRING
    assert Vault().get(account) == SECRET
    assert Vault().rung_of(account) == KEYRING


def test_the_second_password_replaces_the_first(desktop: Enter, account: Account) -> None:
    session = desktop(Desktop()).keyring()
    Vault().keep(account, Secret("ancien"), KEYRING)
    Vault().keep(account, SECRET, KEYRING)
    assert Vault().get(account) == SECRET
    assert session.entries() == [account.address]


def test_a_forgotten_secret_is_gone_from_the_keyring(desktop: Enter, account: Account) -> None:
    session = desktop(Desktop()).keyring()
    Vault().keep(account, SECRET, KEYRING)
    Vault().forget(account)
    with pytest.raises(SecretMissing):
        Vault().get(account)
    assert account.address not in session.entries()


def test_the_key_of_the_passcodes_is_kept_and_forgotten_too(
    desktop: Enter, account: Account
) -> None:
    session = desktop(Desktop()).keyring()
    uri = Secret("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP")
    assert Vault().keep_otp(account, uri, KEYRING) == KEYRING
    assert Vault().otp(account) == uri
    Vault().forget_otp(account)
    assert session.entries() == []


def test_a_locked_keyring_says_that_the_session_password_opens_it(desktop: Enter) -> None:
    desktop(Desktop()).keyring().lock()
    rung = Vault().rungs()[0]
    assert (rung.usable, rung.wants) == (True, "keyring-password")
    assert "verrouillé" in rung.words


def test_a_locked_keyring_is_opened_by_the_session_password_and_keeps_the_secret(
    desktop: Enter, account: Account
) -> None:
    desktop(Desktop()).keyring().lock()
    vault = Vault()
    assert vault.keep(account, SECRET, KEYRING, Secret(PASSWORD)) == KEYRING
    assert Vault().get(account) == SECRET


def test_a_wrong_session_password_opens_nothing(desktop: Enter, account: Account) -> None:
    desktop(Desktop()).keyring().lock()
    with pytest.raises(WrongPassphrase, match="n’ouvre pas le trousseau"):
        Vault().keep(account, SECRET, KEYRING, Secret("un autre"))


def test_a_secret_behind_a_locked_keyring_is_locked_and_not_missing(
    desktop: Enter, account: Account
) -> None:
    session = desktop(Desktop()).keyring()
    Vault().keep(account, SECRET, KEYRING)
    session.lock()
    vault = Vault()
    assert vault.rung_of(account) == KEYRING
    with pytest.raises(SecretLocked) as locked:
        vault.get(account)
    assert locked.value.rung == KEYRING
    vault.unlock(Secret(PASSWORD))
    assert vault.get(account) == SECRET


def test_an_account_without_a_secret_is_missing_even_when_the_keyring_is_locked(
    desktop: Enter, account: Account
) -> None:
    desktop(Desktop()).keyring().lock()
    with pytest.raises(SecretMissing):
        Vault().get(account)


def test_the_question_of_a_desktop_that_cannot_show_it_ends(
    desktop: Enter, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop(Desktop()).keyring().lock()
    monkeypatch.setenv("DISPLAY", ":99")
    with pytest.raises(SecretLocked):
        Vault().keep(account, SECRET, KEYRING)


def test_a_silent_keyring_is_given_up_after_three_seconds_and_not_asked_again(
    desktop: Enter, account: Account
) -> None:
    desktop(Desktop()).silent()
    vault = Vault()
    begun = time.monotonic()
    rung = vault.rungs()[0]
    with pytest.raises(SecretMissing):
        vault.get(account)
    assert time.monotonic() - begun < 6
    assert not rung.usable
    assert "ne répond pas" in rung.words


def test_a_refused_keyring_is_told_in_words(desktop: Enter, account: Account) -> None:
    desktop(Desktop(refuses=True)).keyring()
    vault = Vault()
    assert not vault.rungs()[0].usable
    with pytest.raises(SecretNotKept, match="trousseau"):
        vault.keep(account, SECRET, KEYRING)
    assert vault.get(account) == SECRET, "it is known until acterm ends"


def test_a_bus_without_a_keyring_is_told(desktop: Enter) -> None:
    desktop(Desktop())
    rung = Vault().rungs()[0]
    assert not rung.usable
    assert "aucun trousseau" in rung.words


def test_without_a_bus_the_next_rungs_are_proposed() -> None:
    keyring, sealed, session = Vault().rungs()
    assert not keyring.usable
    assert "D-Bus" in keyring.words
    assert (sealed.usable, sealed.wants) == (True, "new-passphrase")
    assert session.usable


@pytest.mark.parametrize(
    "address", ["autolaunch:", "unix:path=/nowhere", "nonsense", "tcp:host=127.0.0.1,port=1", ""]
)
def test_a_bus_address_that_leads_nowhere_is_no_keyring(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not Vault().rungs()[0].usable


def test_no_variable_makes_acterm_take_a_keyring_that_stores_in_clear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    assert not Vault().rungs()[0].usable


def test_what_acterm_keeps_can_be_found_with_the_keyring_library(
    desktop: Enter, account: Account
) -> None:
    from keyring.backends.SecretService import Keyring

    desktop(Desktop()).keyring()
    Vault().keep(account, SECRET, KEYRING)
    assert Keyring().get_password("acterm", account.address) == SECRET.reveal()


def test_the_library_of_the_other_platforms_keeps_gives_and_forgets(desktop: Enter) -> None:
    from keyring.backends.SecretService import Keyring

    desktop(Desktop()).keyring()
    system = SystemKeyring(LibraryKeyring(Keyring()))
    assert system.rung().usable
    system.put("camille@x.test", SECRET)
    assert system.get("camille@x.test") == SECRET
    system.remove("camille@x.test")
    assert system.get("camille@x.test") is None


def test_the_library_of_the_other_platforms_may_not_work_either() -> None:
    from keyring.backends.SecretService import Keyring

    assert not SystemKeyring(LibraryKeyring(Keyring())).rung().usable
