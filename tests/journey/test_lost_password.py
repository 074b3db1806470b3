"""A lost password, from the refused sign-in to the mailbox that opens again, in a real terminal."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.academie import F2, RIGHT, Academie, chooses, types
from tests.secrets_left import assert_nothing_left
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import MailServer
from tests.servers.waiting import until
from tests.terminal import ENTER, TAB, Terminal

OLD, NEW = "Ancienne-craie-88", "Mirabelle+Pupitre47-Zinc"
NUMEN, BIRTH = "20G9876541XYZ", "07/11/1979"
PHRASE = "tilleuls place du marche"
RESET = "https://bv.ac-amiens.fr/nouveau?jeton=4f1c9a"


@pytest.fixture
def academie(
    certificates: Certificates, dovecot: Dovecot, smtp: MailServer, home: Path, tmp_path: Path
) -> Iterator[Academie]:
    """An account whose password is another one by now, and a private account that works."""
    server = Dovecot(certificates.good, password="quelque-chose-d-autre").start()
    smtp.password = server.password
    browser, opened = tmp_path / "navigateur", tmp_path / "ouvert"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {opened}\n')
    browser.chmod(0o755)
    home.mkdir()
    (home / "config.toml").write_text(
        '[[accounts]]\naddress = "camille.lefevre@ac-amiens.fr"\nlogin = "clefevre"\n'
        'name = "Camille Lefèvre"\n'
        f'imap = {{ host = "localhost", port = {server.imaps}, security = "tls" }}\n'
        f'smtp = {{ host = "localhost", port = {smtp.port}, security = "tls" }}\n'
        '[[accounts]]\naddress = "c@perso.example"\nlogin = "perso"\n'
        f'imap = {{ host = "localhost", port = {dovecot.imaps}, security = "tls" }}\n'
        f'smtp = {{ host = "localhost", port = {smtp.port}, security = "tls" }}\n'
        f"password_command = {json.dumps(['echo', PASSWORD])}\n"
    )
    environment = {
        "SSL_CERT_FILE": str(certificates.authority),
        "DBUS_SESSION_BUS_ADDRESS": "",
        "BROWSER": f"{browser} %s",
    }
    yield Academie(server, dovecot, smtp, home, opened, environment)
    server.remove()


def _is_refused(terminal: Terminal) -> None:
    terminal.wait_for("Le mot de passe est nécessaire")
    terminal.press(F2)
    types(terminal, "Quel est votre mot de passe ?", OLD)
    terminal.wait_for("Que faut-il corriger ?")


def _to_the_mail(terminal: Terminal, academie: Academie) -> None:
    """The cause first, then the official page up to the mail."""
    chooses(terminal, "Mot de passe perdu")
    chooses(terminal, "Une faute de frappe")
    types(terminal, "Tapez le mot de passe comme d'habitude", OLD.upper())
    terminal.wait_for("Verr. Maj")
    chooses(terminal, "Prendre un nouveau mot de passe")
    terminal.wait_for("étape 1 sur 5")
    chooses(terminal, "https://bv.ac-amiens.fr/")
    until(lambda: academie.pages() == ["https://bv.ac-amiens.fr/"], "the browser opens the page")
    chooses(terminal, "C'est fait, suite")
    terminal.wait_for("étape 2 sur 5")
    terminal.press(RIGHT)
    types(terminal, "La page demande votre NUMEN", NUMEN.replace("20", "2O"))
    terminal.wait_for("Un chiffre est attendu à la place 2")
    types(terminal, "étape 3 sur 5", NUMEN)
    types(terminal, "votre date de naissance", "31/02/1979")
    terminal.wait_for("Ce jour n'existe pas")
    types(terminal, "votre date de naissance", BIRTH)
    terminal.wait_for("La forme des deux est juste")
    terminal.press(RIGHT)
    terminal.wait_for("En attente du mail avec le lien")
    terminal.wait_for("c@perso.example")


def _keeps_the_new_password(terminal: Terminal, academie: Academie) -> None:
    types(terminal, "Quel nouveau mot de passe ?", "camille2026")
    terminal.wait_for("pour le prendre quand même")
    types(terminal, "Quel nouveau mot de passe ?", NEW)
    terminal.wait_for("Tapez ce même mot de passe sur la page officielle")
    before = academie.refusals()
    academie.resets_to(NEW)
    chooses(terminal, "Il est changé")
    terminal.wait_for("Où garder le mot de passe ?")
    assert academie.refusals() == before
    terminal.press(ENTER)
    types(terminal, "Quelle phrase secrète scellera le fichier ?", PHRASE)
    types(terminal, "Encore une fois, la même phrase secrète ?", PHRASE)
    terminal.wait_for("Votre mot de passe est changé")
    terminal.wait_for("téléphone et tablette")


def test_a_lost_password_is_found_again(academie: Academie) -> None:
    secrets = (OLD, OLD.upper(), NEW, NUMEN, BIRTH, PHRASE)
    with academie.opens_acterm() as terminal:
        _is_refused(terminal)
        _to_the_mail(terminal, academie)
        terminal.settle(2.0)
        assert terminal.read(2.0) == 0  # waiting writes nothing
        assert_nothing_left(academie.home, terminal, *secrets)
        terminal.kill()
        terminal.ended()
    assert_nothing_left(academie.home, terminal, *secrets)

    with academie.opens_acterm() as terminal:
        terminal.wait_for("Le mot de passe est nécessaire")
        terminal.press(F2)
        terminal.wait_for("Quel est votre mot de passe ?")
        terminal.press(TAB)
        chooses(terminal, "Mot de passe perdu")
        chooses(terminal, "Reprendre où j'en étais")
        terminal.wait_for("En attente du mail avec le lien")
        terminal.wait_for("c@perso.example")
        academie.sends("Validez votre mot de passe", "https://bv.ac-amiens.fr.valide.example/")
        terminal.wait_for("valide.example · à vérifier", 30)
        academie.sends("Votre demande de mot de passe", RESET)
        terminal.wait_for("bv.ac-amiens.fr · officiel", 30)
        assert len(academie.pages()) == 1

        chooses(terminal, "Validez votre mot de passe")
        terminal.wait_for("Ne suivez pas ce lien")
        chooses(terminal, "C'est un autre mail")
        chooses(terminal, "Votre demande de mot de passe")
        terminal.wait_for("Son lien mène à un site officiel")
        terminal.wait_until(lambda _: RESET in str(terminal).replace("\n", ""), "all of the link")
        chooses(terminal, "https://bv.ac-amiens.fr/nouveau")
        until(lambda: RESET in academie.pages(), "the link is opened when it is asked")
        chooses(terminal, "Je suis sur la page")
        _keeps_the_new_password(terminal, academie)
        assert_nothing_left(academie.home, terminal, *secrets)
        terminal.press(ENTER)
        terminal.settle()
        for _screen in range(3):
            terminal.press("\x1b")
            terminal.settle(0.5)
        terminal.wait_for("connecté")
        terminal.press("Q")
        assert terminal.ended() == 0
    assert_nothing_left(academie.home, terminal, *secrets)
