"""Passcode, strong password and diagnosis at 80 by 24; nothing secret is left by any of them."""

import re
from pathlib import Path

import segno

from tests.journey.academie import chooses, types
from tests.journey.conftest import Person
from tests.journey.test_my_account import _opens, configured
from tests.secrets_left import assert_nothing_left, places_on_disk
from tests.terminal import ENTER, ESCAPE, Terminal

__all__ = ["configured"]

KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
URI = f"otpauth://totp/Acad%C3%A9mie:clefevre?secret={KEY}"
PHRASE = "tilleuls place du marché"


def _shown(terminal: Terminal, form: str) -> str:
    """The line of the screen that is of this form and nothing else."""
    found = [line.strip() for line in terminal.lines if re.fullmatch(form, line.strip())]
    assert len(found) == 1, str(terminal)
    return found[0]


def _on_disk(home: Path, secret: str) -> list[str]:
    """Where it stands though it was only to be shown."""
    places = places_on_disk(home, since=0)
    return [place for place, data in places if secret.encode() in data]


def test_a_key_is_enrolled_and_gives_its_code_once(
    configured: Person, home: Path, tmp_path: Path
) -> None:
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Passcode OTP")
        chooses(terminal, "Confier la clé du code")
        terminal.wait_for("qui prend cet ordinateur a les deux")
        chooses(terminal, "Taper la clé")
        types(terminal, "Quelle est la clé ?", "pas une clé")
        terminal.wait_for("base 32")
        types(terminal, "Quelle est la clé ?", URI)
        terminal.wait_for("Clé de : Académie:clefevre")
        chooses(terminal, "Un fichier scellé")
        types(terminal, "Quelle phrase secrète scellera le fichier ?", PHRASE)
        types(terminal, "la même phrase secrète ?", PHRASE)
        terminal.wait_for("acterm garde la clé.")
        assert_nothing_left(home, terminal, KEY, PHRASE)
        terminal.press(ENTER)
        terminal.wait_for("encore")
        code = _shown(terminal, r"\d{3} \d{3}")
        assert not _on_disk(home, code.replace(" ", ""))
        chooses(terminal, "Le code du moment")
        terminal.wait_for("déjà été donné")
        terminal.press("q")
        terminal.press(ESCAPE)
        terminal.wait_for("connecté")
        terminal.press("Q")
        assert terminal.ended() == 0
    assert_nothing_left(home, terminal, KEY, PHRASE)


def test_a_key_is_read_from_the_picture_of_the_portal(
    configured: Person, home: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "portail.png"
    segno.make(URI).save(str(picture), scale=6)
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Passcode OTP")
        chooses(terminal, "Confier la clé du code")
        chooses(terminal, "La clé est dans une image")
        types(terminal, "Où est l'image du QR code ?", str(tmp_path / "absent.png"))
        terminal.wait_for("absent.png ne s'ouvre pas")
        terminal.press("\x15")
        types(terminal, "Où est l'image du QR code ?", str(picture))
        terminal.wait_for("Clé de : Académie:clefevre")
        picture.unlink()
        chooses(terminal, "Cette session seulement")
        terminal.wait_for("acterm garde la clé.")
        assert_nothing_left(home, terminal, KEY)
        terminal.press("q")
        terminal.press(ESCAPE)
        terminal.wait_for("connecté")
        terminal.press("Q")
        assert terminal.ended() == 0


def test_a_password_is_judged_and_another_is_made(configured: Person, home: Path) -> None:
    typed = "Camille-Lefevre-2026"
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Mot de passe solide")
        terminal.press(ENTER)
        types(terminal, "Quel mot de passe faut-il évaluer ?", typed)
        terminal.wait_for("Retirez votre nom")
        assert_nothing_left(home, terminal, typed)
        chooses(terminal, "Fabriquer une phrase de sept mots")
        terminal.wait_for("bits")
        made = _shown(terminal, r"[A-Z][a-z]+(-[a-z]+){6}-\d")
        terminal.press("c")
        terminal.wait_for("Copié")
        assert not _on_disk(home, made)
        chooses(terminal, "C'est tout")
        terminal.press(ESCAPE)
        terminal.wait_for("connecté")
        terminal.press("Q")
        assert terminal.ended() == 0
    assert not _on_disk(home, made)
    assert_nothing_left(home, terminal, typed)


def test_the_diagnosis_is_saved_without_a_secret(
    configured: Person, home: Path, tmp_path: Path
) -> None:
    with configured.opens_acterm() as terminal:
        _opens(terminal, "Diagnostic")
        terminal.press(ENTER)
        terminal.wait_for("points en ordre")
        chooses(terminal, "Enregistrer la page")
        terminal.wait_for("La page est enregistrée")
        pages = list(tmp_path.rglob("acterm-diagnostic*.txt"))
        assert len(pages) == 1
        page = pages[0].read_text()
        assert "sans mot de passe" in page
        assert "accepte la connexion" in page
        assert configured.password not in page
        assert configured.account.login not in page
        chooses(terminal, "Écrire un mail avec la page")
        terminal.wait_for("acterm : diagnostic")
        terminal.press(ESCAPE)
        terminal.wait_for("Échap …")
        terminal.press("a")
        terminal.wait_for("points en ordre")
        terminal.press("q")
        terminal.press(ESCAPE)
        terminal.wait_for("connecté")
        terminal.press("Q")
        assert terminal.ended() == 0
