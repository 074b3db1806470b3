"""The quieter flows of My account in a real terminal, and the switch of servers."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Mailbox
from tests.journey.academie import F2, HOME, LEFT, RIGHT, chooses, types
from tests.journey.conftest import ACTERM, Person
from tests.secrets_left import assert_nothing_left
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import MailServer
from tests.terminal import ENTER, ERASE_LINE, ESCAPE, TAB, Terminal

NUMEN = "20G9876541XYZ"
APPLICATION = "zqlk-wmtr-hbvn"


def _opens(terminal: Terminal, flow: str) -> None:
    terminal.wait_for("connecté")
    terminal.press(F2)
    terminal.wait_for("Hameçonnage")
    chooses(terminal, flow)
    terminal.wait_for(f"Mon compte › {flow}")


@pytest.fixture
def configured(person: Person, home: Path) -> Person:
    """The person with an account that works, its password from a command."""
    home.mkdir()
    account = person.account
    (home / "config.toml").write_text(
        f'[[accounts]]\naddress = "{account.address}"\nlogin = "{account.login}"\n'
        'name = "Camille Lefèvre"\n'
        f'imap = {{ host = "localhost", port = {account.imap.port}, security = "tls" }}\n'
        f'smtp = {{ host = "localhost", port = {account.smtp.port}, security = "tls" }}\n'
        f'password_command = ["echo", "{person.password}"]\n'
    )
    return person


def test_a_numen_is_checked_and_nowhere_afterwards(configured: Person, home: Path) -> None:
    with configured.opens_acterm() as terminal:
        _opens(terminal, "NUMEN")
        chooses(terminal, "Le mien est-il bien écrit ?")
        types(terminal, "acterm le compare avec la forme", NUMEN.replace("98", "9B"))
        terminal.wait_for("Un chiffre est attendu à la place 5")
        types(terminal, "acterm le compare avec la forme", NUMEN.lower())
        terminal.wait_for("La forme est juste")
        terminal.wait_for("Amiens")
        terminal.wait_for("premier degré")
        assert_nothing_left(home, terminal, NUMEN, NUMEN.replace("98", "9B"))
        chooses(terminal, "Terminer")
        terminal.press(ESCAPE)
        terminal.wait_for("connecté")
        terminal.press("Q")
        assert terminal.ended() == 0
    assert_nothing_left(home, terminal, NUMEN, NUMEN.replace("98", "9B"))


def test_a_first_sign_in_is_taken_up_again_the_next_day(configured: Person, home: Path) -> None:
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Première connexion")
        chooses(terminal, "Je l'ai sous les yeux")
        terminal.wait_for("étape 2 sur 5")
        terminal.wait_for("https://portail.ac-amiens.fr")
        chooses(terminal, "C'est fait, elle est activée")
        terminal.wait_for("étape 3 sur 5")
        terminal.kill()
        terminal.ended()
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Première connexion")
        chooses(terminal, "Reprendre où j'en étais")
        terminal.wait_for("étape 3 sur 5")
        chooses(terminal, "Il est changé")
        terminal.wait_for("étape 4 sur 5")
        terminal.press(RIGHT)
        terminal.wait_for("étape 5 sur 5")
        chooses(terminal, "Plus tard")
        terminal.wait_for("Votre compte est prêt")
        terminal.press(ENTER)
        terminal.wait_for("Hameçonnage")
        terminal.press(ESCAPE)
        terminal.wait_for("connecté")
        terminal.press("Q")
        assert terminal.ended() == 0


def test_an_identifiant_is_proposed_and_the_access_explained(configured: Person) -> None:
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Identifiant")
        chooses(terminal, "En proposer un d'après mon nom")
        terminal.wait_for("Votre prénom ?")
        terminal.press(ERASE_LINE)
        types(terminal, "Votre prénom ?", "Élodie")
        terminal.wait_for("Votre nom ?")
        terminal.press(ERASE_LINE)
        types(terminal, "Votre nom ?", "Jacob de Cordemoy")
        terminal.wait_for("ejacob-de-cordemoy")
        chooses(terminal, "Où le demander")
        chooses(terminal, "Accès et adresse")
        terminal.wait_for("Mon compte › Accès et adresse")
        chooses(terminal, "Lire mes mails dans un navigateur")
        terminal.wait_for("https://portail.ac-amiens.fr")
        chooses(terminal, "La page demande un passcode")
        chooses(terminal, "Ça marche")
        terminal.wait_for("Mon compte › Identifiant")
        terminal.press("q")
        terminal.wait_for("Hameçonnage")


def test_a_contact_is_written_to_with_a_prepared_mail(configured: Person, smtp: MailServer) -> None:
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Contacts")
        terminal.wait_for("03 22 82 37 40 (à vérifier)")
        chooses(terminal, "Écrire un mail")
        chooses(terminal, "Mon compte académique est bloqué")
        chooses(terminal, "ce.rectorat@ac-amiens.fr")
        terminal.wait_for("Pourriez-vous me dire comment retrouver l'accès ?")
        terminal.settle()
        terminal.press(ESCAPE)
        terminal.wait_for("Échap …")
        terminal.press("e")
        terminal.wait_until(lambda _: smtp.delivered, "the mail is at the SMTP server", 30)
    (sent,) = smtp.delivered
    assert sent.recipients == ["ce.rectorat@ac-amiens.fr"]


@dataclass
class Moving:
    """A mailbox on one server that is to move to another."""

    mailbox: Mailbox
    national: Dovecot
    smtp: MailServer
    environment: dict[str, str]

    def opens_acterm(self) -> Terminal:
        """`acterm`, as typed."""
        return Terminal([ACTERM], environment=self.environment)


@pytest.fixture
def moving(
    person: Person, mailbox: Mailbox, smtp: MailServer, certificates: Certificates
) -> Iterator[Moving]:
    """The account is known; the other server takes the application password alone."""
    national = Dovecot(certificates.good, password=APPLICATION).start()
    new_smtp = MailServer(certificates.good, password=APPLICATION).start()
    account = mailbox.account
    environment = {
        "SSL_CERT_FILE": str(certificates.authority),
        "DBUS_SESSION_BUS_ADDRESS": "",
    }
    words = ["account", "add", "--address", account.address, "--login", account.login]
    words += ["--imap", str(account.imap), "--smtp", str(account.smtp), "--password-stdin"]
    subprocess.run(
        [ACTERM, *words], input=PASSWORD.encode(), check=True, env={**os.environ, **environment}
    )
    yield Moving(mailbox, national, new_smtp, environment)
    new_smtp.stop()
    national.remove()


def _keeps_for_this_session(terminal: Terminal) -> None:
    terminal.wait_for("Où garder le mot de passe ?")
    chooses(terminal, "Cette session seulement")


def test_the_mailbox_moves_to_the_national_mail_and_nothing_is_lost(
    moving: Moving, home: Path
) -> None:
    address = moving.mailbox.account.address
    imap, smtp = f"localhost:{moving.national.imaps}", f"localhost:{moving.smtp.port}"
    with moving.opens_acterm() as terminal:
        terminal.wait_for("Le mot de passe est nécessaire")
        terminal.press(F2)
        types(terminal, "Quel est votre mot de passe ?", PASSWORD)
        _keeps_for_this_session(terminal)
        terminal.wait_for("connecté")
        terminal.wait_for("Sortie scolaire 4eC")
        _opens(terminal, "Messagerie nationale")
        chooses(terminal, "Mon académie a basculé")
        terminal.wait_for("https://messagerie.education.gouv.fr/")
        chooses(terminal, "Je l'ai sous les yeux")
        chooses(terminal, "Changer maintenant")
        terminal.wait_for("imap.education.gouv.fr:993 (TLS), à vérifier")
        chooses(terminal, "Taper d'autres serveurs")
        types(terminal, "Quel serveur envoie vos mails ?", smtp)
        terminal.wait_for(address)
        terminal.press(HOME)
        terminal.press(LEFT)
        chooses(terminal, "Taper d'autres serveurs")
        terminal.wait_for("Quel serveur reçoit vos mails ?")
        terminal.press(ERASE_LINE)
        types(terminal, "Quel serveur reçoit vos mails ?", imap)
        types(terminal, "Quel serveur envoie vos mails ?", "")
        terminal.wait_for(address)
        terminal.settle(0.2)
        terminal.press(ENTER)
        types(terminal, "mot de passe d'application ?", PASSWORD)
        terminal.wait_for("Que faut-il corriger ?")
        terminal.press(ENTER)
        types(terminal, "mot de passe d'application ?", APPLICATION)
        _keeps_for_this_session(terminal)
        terminal.wait_for("Votre boîte est sur la messagerie nationale")
        assert_nothing_left(home, terminal, APPLICATION, PASSWORD)
        terminal.press(ENTER)
        terminal.wait_for("Hameçonnage")
        terminal.press(ESCAPE)
        terminal.wait_for("connecté")
        terminal.wait_for("Sortie scolaire 4eC")
        terminal.press("Q")
        assert terminal.ended() == 0
    assert_nothing_left(home, terminal, APPLICATION, PASSWORD)


def test_tab_reaches_the_assistant_before_any_account(home: Path) -> None:
    with Terminal([ACTERM], environment={"DBUS_SESSION_BUS_ADDRESS": ""}) as terminal:
        terminal.wait_for("Quelle est votre adresse mail ?")
        terminal.press(TAB)
        chooses(terminal, "Accès et adresse")
        chooses(terminal, "Je n'ai pas encore d'adresse")
        terminal.wait_for("À votre gestionnaire")
        terminal.press(ESCAPE)
        terminal.wait_for("Quelle est votre adresse mail ?")
