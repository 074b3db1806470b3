"""A draft that was being written when the process died."""

import json
from pathlib import Path

from tests.journey.conftest import Person
from tests.terminal import DOWN, ENTER, ESCAPE, TAB


def _configure(person: Person, home: Path) -> None:
    home.mkdir()
    account = person.account
    (home / "config.toml").write_text(
        f'[[accounts]]\naddress = "{account.address}"\nlogin = "{account.login}"\n'
        f'imap = {{ host = "localhost", port = {account.imap.port}, security = "tls" }}\n'
        f'smtp = {{ host = "localhost", port = {account.smtp.port}, security = "tls" }}\n'
        f"password_command = {json.dumps(['echo', person.password])}\n"
    )


def test_what_was_typed_before_kill_9_is_back(person: Person, home: Path) -> None:
    _configure(person, home)
    with person.opens_acterm() as terminal:
        terminal.wait_for("connecté")
        terminal.press("n")
        terminal.wait_for("Nouveau mail")
        terminal.press("amelie.roussel@ac-amiens.fr")
        terminal.wait_for("▌ Amélie Roussel")
        terminal.press(TAB)
        terminal.wait_for("<amelie.roussel@ac-amiens.fr>,")
        for text in ("", "Le car du retour", "Il part à 16 h 30"):
            terminal.press(TAB)
            terminal.settle()
            terminal.press(text)
            terminal.wait_for(text)
        terminal.wait_until(lambda _: b"16 h 30" in _journal(home), "the draft is on disk")
        terminal.kill()
        terminal.ended()

    with person.opens_acterm() as terminal:
        terminal.wait_for("connecté")
        terminal.press("g")
        terminal.press("o")
        terminal.wait_for("Le car du retour")
        terminal.press(DOWN)
        terminal.wait_for("▌ Le car du retour")
        terminal.press(ENTER)
        terminal.wait_for("Il part à 16 h 30")
        terminal.wait_for("<amelie.roussel@ac-amiens.fr>")
        terminal.press(ESCAPE)
        terminal.wait_for("Échap …")
        terminal.press("b")
        terminal.wait_gone("Il part à 16 h 30")
        terminal.press("Q")
        assert terminal.ended() == 0


def _journal(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in home.glob("acterm.db*"))
