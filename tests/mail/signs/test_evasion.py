"""Mails made to get past filters: pictured links, split words, pages inside links."""

import pytest

from acterm.mail.message import Level
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.render import render
from tests.mail.mails import attached, mail, multipart, part, whole

HTML = "text/html; charset=utf-8"
TO = "camille.lefevre@ac-amiens.fr"


def told(source: bytes) -> dict[str, Level]:
    message = parse(source)
    found = signs(message, render(message, 80))
    return {sign.code: sign.level for sign in found if sign.level is not Level.NOTE}


def stranger(body: str, kind: str = "", **fields: str) -> bytes:
    given = {"From": "Paul Morel <paul@maison.example>", "To": TO, "Subject": "Bonjour"} | fields
    return mail(body, **given, **({"kind": kind} if kind else {}))


def pictured(words: str, sender: str = "Paul Morel <paul@maison.example>") -> bytes:
    pieces = [part(words), attached(b"\x89PNG", "code.png", "image/png")]
    return whole(multipart("mixed", pieces), From=sender, Subject="Bonjour")


def test_a_code_to_scan_for_an_account_is_told() -> None:
    assert "qr-code" in told(pictured("Scannez ce code QR avec votre téléphone : votre compte."))
    assert "qr-code" in told(pictured("Use your camera on the QR code to keep your mailbox."))


@pytest.mark.parametrize(
    "source",
    [
        pictured("Présentez ce QR code à l’entrée du musée."),
        pictured("Scannez le QR code pour écouter les poèmes."),
        pictured("Scannez le QR code, compte élève requis.", "Luc Petit <luc.petit@ac-amiens.fr>"),
    ],
)
def test_a_ticket_or_a_poster_raises_no_alarm(source: bytes) -> None:
    assert told(source) == {}


def test_words_split_by_characters_that_nobody_sees_are_told() -> None:
    assert "split-words" in told(stranger("Vo\u200btre mes\u200bsagerie fer\u200bme ce soir."))
    assert told(stranger("Un mot co\u200bupé, et une pré\u00adsen\u00adta\u00adtion.")) == {}


@pytest.mark.parametrize("link", ["data:text/html;base64,PGI+", "javascript:location='x'"])
def test_a_page_inside_a_link_is_told(link: str) -> None:
    page = f'<p>Bonjour</p><a href="{link}">Lire</a>'
    assert told(stranger(page, HTML)) == {"disguised-link": Level.SUSPECT}


def test_a_button_that_does_nothing_is_no_page() -> None:
    assert told(stranger('<a href="javascript:void(0)">Fermer</a> Bonjour', HTML)) == {}


def test_a_link_that_bears_the_readers_address_is_told() -> None:
    assert "labelled-link" in told(stranger(f"Bonjour https://x.example/#{TO}"))
    assert "labelled-link" in told(stranger(f"https://x.example/?id={TO}", Subject="À lire"))


def test_a_registration_that_was_asked_for_raises_no_alarm() -> None:
    words = "Merci de votre inscription au concert. Pour la confirmer, suivez ce lien : "
    assert told(stranger(f"{words} https://maison.example/oui?mail={TO}")) == {}
