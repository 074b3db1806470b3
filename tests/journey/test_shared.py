"""A school's computer: connect, lock, write, be cut off; nothing stays here, nothing is lost."""

import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.journey.conftest import ACTERM, Person
from tests.journey.test_first_evening import _answers
from tests.secrets_left import assert_nothing_left
from tests.servers.smtp import MailServer
from tests.servers.waiting import until
from tests.terminal import DOWN, ENTER, ESCAPE, Terminal


def _homes() -> set[Path]:
    memory = Path("/dev/shm")  # noqa: S108 (only looked at)
    folders = (memory, Path(tempfile.gettempdir()))
    return {path for folder in folders for path in folder.glob("acterm-shared-*")}


def _connects(terminal: Terminal, person: Person) -> None:
    account = person.account
    _answers(terminal, "Quelle est votre adresse mail ?", account.address)
    _answers(terminal, "Vos serveurs de mail sont-ils ceux-ci ?", DOWN + DOWN)
    reception, sending = "imap.ac-amiens.fr:993", "smtp.ac-amiens.fr:465"
    _answers(terminal, "Quel serveur reçoit vos mails ?", str(account.imap), reception)
    _answers(terminal, "Quel serveur envoie vos mails ?", str(account.smtp), sending)
    _answers(terminal, "Quel est votre identifiant ?", account.login, "clefevre")
    _answers(terminal, "Quel nom vos correspondants verront-ils ?", "")
    _answers(terminal, "Quel est votre mot de passe ?", person.password)
    terminal.wait_for("Où garder le mot de passe ?")
    terminal.wait_gone("fichier scellé")
    terminal.press(ENTER)
    terminal.wait_for("Sortie scolaire 4eC")
    terminal.wait_for("connecté")


def _writes(terminal: Terminal, text: str) -> None:
    terminal.press("n")
    terminal.wait_for("Nouveau mail")
    terminal.press("chloe.gerard@ac-amiens.fr\t\t")
    terminal.press(text)
    terminal.wait_for(text)


def test_locked_it_shows_nothing_and_cut_off_it_loses_nothing(person: Person, home: Path) -> None:
    before = _homes()
    with person.opens_acterm("--shared") as terminal:
        _connects(terminal, person)
        assert len(_homes() - before) == 1
        terminal.press("V")
        terminal.wait_for("Qu'est-ce qui rouvre cette session ?")
        assert "Sortie scolaire" not in str(terminal)
        assert "camille" not in str(terminal).lower()
        terminal.press("pas le bon" + ENTER)
        terminal.wait_for("Ce n'est pas cela")
        terminal.press(person.password + ENTER)
        terminal.wait_for("Sortie scolaire 4eC")

        _writes(terminal, "Le code du portail")
        terminal.wait_until(lambda _: person.count("Drafts") == 1, "the draft is on the server")
        assert_nothing_left(home, terminal, person.password)
        terminal.kill(signal.SIGHUP)
        until(lambda: _homes() == before, "the session is wiped")
    assert person.count("Drafts") == 1
    assert not home.exists()


def test_a_mail_leaves_at_once_and_quitting_waits_for_the_server(
    person: Person, smtp: MailServer, home: Path
) -> None:
    before = _homes()
    with person.opens_acterm("--shared") as terminal:
        _connects(terminal, person)
        _writes(terminal, "Bonjour Chloé")
        terminal.press(ESCAPE)
        terminal.wait_for("Échap …")
        terminal.press("e")
        terminal.wait_until(lambda _: smtp.delivered, "the mail has left", 5)
        terminal.wait_for("Sortie scolaire 4eC")
        terminal.press("a")
        terminal.press("Q")
        assert terminal.ended() == 0
    assert person.count("Sent") == 1
    assert person.count("Archive") == 1
    assert person.count("Drafts") == 0
    until(lambda: _homes() == before, "the session is wiped")
    assert not home.exists()


def test_what_cannot_leave_stays_on_the_server_marked(person: Person, smtp: MailServer) -> None:
    with person.opens_acterm("--shared") as terminal:
        _connects(terminal, person)
        smtp.stop()
        _writes(terminal, "Pour plus tard")
        terminal.press(ESCAPE)
        terminal.wait_for("Échap …")
        terminal.press("e")
        marked = 'SUBJECT "envoyer"'
        terminal.wait_until(lambda _: person.count("Drafts", marked) == 1, "a marked draft", 20)
        terminal.press("Q")
        assert terminal.ended() == 0
    assert person.count("Drafts") == 1


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_is_left_when_the_session_is_ended(
    person: Person, ending: signal.Signals, home: Path
) -> None:
    before = _homes()
    with person.opens_acterm("--shared") as terminal:
        terminal.wait_for("Quelle est votre adresse mail ?")
        assert _homes() != before
        terminal.kill(ending)
        until(lambda: _homes() == before, "the session is wiped")
    assert not home.exists()


def test_what_a_killed_session_left_is_wiped_by_the_next(person: Person) -> None:
    left = Path(tempfile.mkdtemp(prefix="acterm-shared-"))
    (left / "alive").touch()
    (left / "acterm.db").write_bytes(b"un mail de Camille")
    with person.opens_acterm("--shared") as terminal:
        terminal.wait_for("Quelle est votre adresse mail ?")
        assert not left.exists()


def test_over_ssh_without_a_keyring_it_is_proposed(person: Person, home: Path) -> None:
    before = _homes()
    with person.opens_acterm(SSH_CONNECTION="192.0.2.7 50000 192.0.2.1 22") as terminal:
        terminal.wait_for("D'autres utilisent-ils aussi cet ordinateur ?")
        assert _homes() == before
        terminal.press(ENTER)
        terminal.wait_for("Quelle est votre adresse mail ?")
        assert len(_homes() - before) == 1
        terminal.kill(signal.SIGHUP)
        until(lambda: _homes() == before, "the session is wiped")


def test_it_is_a_way_to_open_the_mailbox_and_nothing_else() -> None:
    ran = subprocess.run([ACTERM, "--shared", "sync"], check=False, capture_output=True, text=True)
    assert ran.returncode == 64
    assert "--shared ouvre la boîte" in ran.stderr
