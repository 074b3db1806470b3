"""`acterm account` on real servers, with and without a keyring, with and without a terminal."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from acterm import paths
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.secret import Secret
from acterm.store import accounts, drafts
from acterm.store.db import open_store
from acterm.vault import KEYRING, Vault
from tests.cli.conftest import Acterm
from tests.conftest import Mailbox
from tests.servers.dovecot import Dovecot
from tests.servers.keyring import PASSWORD as SESSION_PASSWORD
from tests.servers.keyring import Desktop
from tests.servers.smtp import MailServer
from tests.terminal import ENTER, Terminal

ADDRESS = "camille.lefevre@ac-amiens.fr"
PASSPHRASE = "quatre mots sans aucun lien"
Enter = Callable[[Desktop], Desktop]


@pytest.fixture(autouse=True)
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """Starts a desktop and puts the test into its session; without it, plain SSH."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    started = []

    def enter(session: Desktop) -> Desktop:
        started.append(session)
        session.start()
        for name, value in session.environment.items():
            monkeypatch.setenv(name, value)
        return session

    yield enter
    for session in started:
        session.stop()


def _add(mailbox: Mailbox, *more: str) -> list[str]:
    account = mailbox.account
    return [
        *("account", "add", "--address", account.address, "--login", account.login),
        *("--imap", str(account.imap), "--smtp", str(account.smtp), "--security", "tls"),
        *("--ca-file", str(account.ca_file), *more),
    ]


def _stored() -> list[Account]:
    store = open_store()
    try:
        return accounts.all_accounts(store.reader())
    finally:
        store.close()


def _on_disk(folder: Path, secret: str) -> list[str]:
    return [
        str(file)
        for file in folder.rglob("*")
        if file.is_file() and secret.encode() in file.read_bytes()
    ]


def test_an_account_is_added_and_its_password_kept_in_the_keyring(
    acterm: Acterm, mailbox: Mailbox, desktop: Enter, smtp: MailServer, home: Path
) -> None:
    session = desktop(Desktop()).keyring()
    password = f"{mailbox.password}\n".encode()
    ran = acterm(*_add(mailbox, "--name", "Camille Lefèvre", "--password-stdin"), stdin=password)
    assert ran.code == 0, ran.err
    assert "trousseau" in ran.out
    assert session.entries() == [ADDRESS]
    assert [login for login, _accepted in smtp.sign_ins] == [mailbox.account.login]
    (account,) = _stored()
    assert (account.name, account.login) == ("Camille Lefèvre", mailbox.account.login)
    assert acterm("sync").code == 0
    for folder in (home, session.home):
        assert _on_disk(folder, mailbox.password) == []


def test_the_sign_in_happens_once(
    acterm: Acterm, mailbox: Mailbox, dovecot: Dovecot, smtp: MailServer
) -> None:
    refused = acterm(*_add(mailbox, "--password-stdin"), stdin=b"faux\n")
    assert refused.code == 77
    assert dovecot.log().count(f"user=<{mailbox.account.login}>") == 1
    assert smtp.sign_ins == []


def test_a_refused_sign_in_keeps_nothing_and_says_the_servers_words(
    acterm: Acterm, mailbox: Mailbox, desktop: Enter, home: Path
) -> None:
    session = desktop(Desktop()).keyring()
    ran = acterm(*_add(mailbox, "--password-stdin", "--json"), stdin=b"faux\n")
    assert ran.code == 77
    assert (ran.json["accepted"], ran.json["rung"]) == (False, None)
    assert "Authentication failed" in ran.json["error"]
    assert session.entries() == []
    assert _stored() == []
    assert not (home / "secrets.sealed").exists()


def test_without_a_keyring_or_a_terminal_the_account_is_kept_and_the_password_is_not(
    acterm: Acterm, mailbox: Mailbox, home: Path
) -> None:
    ran = acterm(
        *_add(mailbox, "--password-stdin", "--json"), stdin=f"{mailbox.password}\n".encode()
    )
    assert (ran.code, ran.json["rung"]) == (0, "session")
    assert "password_command" in ran.err
    assert [account.address for account in _stored()] == [ADDRESS]
    assert _on_disk(home, mailbox.password) == []
    later = acterm("account", "test")
    assert later.code == 78
    assert "n’est pas gardé" in later.err


def test_a_locked_keyring_waits_for_no_one_without_a_terminal(
    acterm: Acterm, mailbox: Mailbox, desktop: Enter
) -> None:
    desktop(Desktop()).keyring().lock()
    ran = acterm(
        *_add(mailbox, "--password-stdin", "--json"), stdin=f"{mailbox.password}\n".encode()
    )
    assert (ran.code, ran.json["rung"]) == (0, "session")


def test_at_a_terminal_the_sealed_file_is_made_and_opened_again(
    acterm: Acterm, mailbox: Mailbox, home: Path
) -> None:
    command = [sys.executable, "-m", "acterm"]
    with Terminal([*command, *_add(mailbox)], columns=120) as terminal:
        terminal.wait_for("Mot de passe :")
        terminal.press(mailbox.password + ENTER)
        terminal.wait_for("Nouvelle phrase secrète")
        terminal.press(PASSPHRASE + ENTER)
        terminal.wait_for("Encore une fois")
        terminal.press(PASSPHRASE + ENTER)
        terminal.wait_for("Mot de passe gardé : Un fichier scellé")
        assert mailbox.password not in str(terminal)
    assert _on_disk(home, mailbox.password) == _on_disk(home, PASSPHRASE) == []
    assert acterm("account", "list", "--json").json[0]["rung"] == "sealed-file"
    locked = acterm("account", "test")
    assert locked.code == 78
    assert "verrouillé" in locked.err
    with Terminal([*command, "account", "test"], columns=120) as terminal:
        terminal.wait_for("phrase secrète")
        terminal.press(PASSPHRASE + ENTER)
        assert terminal.ended() == 0


def test_at_a_terminal_a_locked_keyring_is_opened(
    acterm: Acterm, mailbox: Mailbox, desktop: Enter
) -> None:
    session = desktop(Desktop()).keyring().lock()
    with Terminal([sys.executable, "-m", "acterm", *_add(mailbox)], columns=120) as terminal:
        terminal.wait_for("Mot de passe :")
        terminal.press(mailbox.password + ENTER)
        terminal.wait_for("pour le trousseau")
        terminal.press(SESSION_PASSWORD + ENTER)
        terminal.wait_for("trousseau de cet ordinateur")
    assert session.entries() == [ADDRESS]


@pytest.mark.parametrize(
    ("more", "words"), [([], "--password-stdin"), (["--password-stdin"], "pas de mot de passe")]
)
def test_without_a_password_nothing_is_tried(
    acterm: Acterm, mailbox: Mailbox, more: list[str], words: str
) -> None:
    ran = acterm(*_add(mailbox, *more))
    assert ran.code == 64
    assert words in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["account"],
        ["account", "change"],
        ["account", "add"],
        ["account", "add", "--address", "camille", "--login", "x", "--password-stdin"],
        ["account", "add", "--address", ADDRESS, "--login", " ", "--password-stdin"],
        ["account", "add", "--address", ADDRESS, "--login", "x", "--imap", "a b c"],
        ["account", "add", "--address", ADDRESS, "--login", "x", "--security", "ssl"],
        [
            *("account", "add", "--address", ADDRESS, "--login", "x", "--imap", "mail.test:143"),
            *("--security", "plain", "--password-stdin"),
        ],
        ["account", "remove"],
    ],
)
def test_wrong_usage_is_64(acterm: Acterm, arguments: list[str]) -> None:
    ran = acterm(*arguments, stdin=b"secret\n")
    assert (ran.code, ran.out) == (64, "")
    assert ran.err


def test_plain_text_is_taken_on_this_machine(acterm: Acterm, plain_mailbox: Mailbox) -> None:
    account = plain_mailbox.account
    ran = acterm(
        *("account", "add", "--address", ADDRESS, "--login", account.login, "--password-stdin"),
        *("--imap", str(account.imap), "--smtp", "127.0.0.1:9", "--security", "plain"),
        stdin=f"{plain_mailbox.password}\n".encode(),
    )
    assert ran.code == 75, "IMAP took it, nothing listens for SMTP"
    assert "Identification" in ran.out


def test_a_ca_file_that_is_not_there_is_66(acterm: Acterm) -> None:
    ran = acterm(
        *("account", "add", "--address", ADDRESS, "--login", "x", "--password-stdin"),
        *("--ca-file", "/nowhere/school.pem"),
        stdin=b"secret\n",
    )
    assert ran.code == 66


def test_an_unknown_issuer_is_77_and_keeps_nothing(acterm: Acterm, mailbox: Mailbox) -> None:
    arguments = _add(mailbox, "--password-stdin")
    at = arguments.index("--ca-file")
    ran = acterm(*arguments[:at], *arguments[at + 2 :], stdin=f"{mailbox.password}\n".encode())
    assert ran.code == 77
    assert "certificat" in ran.err
    assert _stored() == []


def test_a_refusal_at_the_test_stops_every_later_one(
    acterm: Acterm, mailbox: Mailbox, desktop: Enter, dovecot: Dovecot
) -> None:
    desktop(Desktop()).keyring()
    password = f"{mailbox.password}\n".encode()
    assert acterm(*_add(mailbox, "--password-stdin"), stdin=password).code == 0
    assert acterm("account", "test", ADDRESS, "--json").json["accepted"]
    Vault().keep(_stored()[0], Secret("périmé"), KEYRING)
    assert acterm("account", "test").code == 77
    before = dovecot.log().count(mailbox.account.login)
    assert acterm("account", "test").code == 77
    assert acterm("sync").code == 77
    assert dovecot.log().count(mailbox.account.login) == before, "no server was asked"
    assert "Authentication" in acterm("account", "list").out
    assert acterm(*_add(mailbox, "--password-stdin"), stdin=password).code == 0
    assert acterm("account", "test").code == 0


def test_accounts_are_listed_with_what_they_lack(
    acterm: Acterm, configured: Mailbox, home: Path
) -> None:
    with (home / "config.toml").open("a") as file:
        file.write('[[accounts]]\naddress = "paul.martin@ac-nice.fr"\n')
    first, second = acterm("account", "list", "--json").json
    assert (first["address"], first["rung"]) == (ADDRESS, "password-command")
    assert (second["address"], second["login"]) == ("paul.martin@ac-nice.fr", None)
    assert "manquent" in acterm("account", "list").out


def test_a_damaged_sealed_file_is_told_and_the_list_goes_on(
    acterm: Acterm, mailbox: Mailbox, home: Path
) -> None:
    acterm(*_add(mailbox, "--password-stdin"), stdin=f"{mailbox.password}\n".encode())
    (home / "secrets.sealed").write_text("rien")
    ran = acterm("account", "list", "--json")
    assert (ran.code, ran.json[0]["address"]) == (0, ADDRESS)
    assert "abîmé" in ran.err


def test_without_an_account_the_list_is_empty(acterm: Acterm) -> None:
    assert acterm("account", "list", "--json").json == []
    assert acterm("account", "list").code == 0
    assert acterm("account", "test").code == 78
    assert acterm("account", "remove", ADDRESS).code == 78


def test_removing_names_what_is_unsent_and_forgets_secret_store_and_drafts(
    acterm: Acterm, mailbox: Mailbox, desktop: Enter
) -> None:
    session = desktop(Desktop()).keyring()
    password = f"{mailbox.password}\n".encode()
    acterm(*_add(mailbox, "--password-stdin"), stdin=password)
    (account,) = _stored()
    store = open_store()
    with store.write(durable=True) as db:
        drafts.keep(db, Draft(account.id, subject="Conseil de classe"))
    store.close()
    ran = acterm("account", "remove", ADDRESS, "--json")
    assert ran.code == 0, ran.err
    assert "Conseil de classe" in ran.err
    assert ran.json == {
        "account": ADDRESS,
        "unsent": ["Conseil de classe"],
        "secret_forgotten": True,
    }
    assert session.entries() == []
    assert _stored() == []
    store = open_store()
    assert drafts.all_drafts(store.reader()) == []
    store.close()


def test_removing_an_account_of_the_file_says_that_the_file_still_has_it(
    acterm: Acterm, configured: Mailbox, home: Path
) -> None:
    before = (home / "config.toml").read_text()
    ran = acterm("account", "remove", "camille")
    assert ran.code == 0
    assert str(paths.config_file()) in ran.err
    assert (home / "config.toml").read_text() == before


def test_servers_that_nobody_knows_are_asked_for(acterm: Acterm) -> None:
    ran = acterm(
        *("account", "add", "--address", "paul@ecole.invalid", "--login", "x", "--password-stdin"),
        stdin=b"secret\n",
    )
    assert ran.code == 75
    assert "--imap" in ran.err
