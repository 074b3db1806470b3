"""Each warning: one mail that deserves it, one ordinary mail that does not."""

import pytest

from acterm.mail.message import Level
from acterm.mail.mime import parse
from acterm.mail.render import render
from acterm.mail.suspicion import signs
from tests.mail.mails import attached, mail, multipart, part, whole

HTML = "text/html; charset=utf-8"
LOCKED = b"PK\x03\x04\x14\x00\x01\x00" + bytes(30)
OUTSIDE = "Service <contact@service.example>"


def with_file(name: str, data: bytes = b"x", kind: str = "application/octet-stream") -> bytes:
    return whole(multipart("mixed", [part(), attached(data, name, kind)]))


def told(source: bytes) -> dict[str, Level]:
    message = parse(source)
    return {sign.code: sign.level for sign in signs(message, render(message, 80))}


CASES: list[tuple[str, bytes, bytes]] = [
    (
        "spoofed-sender",
        mail(From="Rectorat d'Amiens <info@service.example>"),
        mail(From="Rectorat d'Amiens <ce.rectorat@ac-amiens.fr>"),
    ),
    (
        "spoofed-sender",
        mail(From='"camille.lefevre@ac-amiens.fr" <vol@service.example>'),
        mail(From='"camille.lefevre@ac-amiens.fr" <camille.lefevre@ac-amiens.fr>'),
    ),
    (
        "lookalike-domain",
        mail(From="Aide <aide@ac-amlens.fr>"),
        mail(From="Aide <aide@ac-amiens.fr>"),
    ),
    (
        "link-mismatch",
        mail('<a href="https://vol.example/">https://webmail.ac-amiens.fr</a>', HTML),
        mail('<a href="https://webmail.ac-amiens.fr/">https://webmail.ac-amiens.fr</a>', HTML),
    ),
    (
        "link-mismatch",
        mail('<a href="https://vol.example/">webmail.ac-amiens.fr/quota</a>', HTML),
        mail('<a href="https://vol.example/">notre page</a>', HTML),
    ),
    (
        "reply-to-elsewhere",
        mail(Reply_To="principal.college@gmail.com"),
        mail(Reply_To="secretariat@ac-amiens.fr"),
    ),
    (
        "auth-failed",
        mail(Authentication_Results="mx.ac-amiens.fr; spf=fail; dkim=fail; dmarc=fail"),
        mail(Authentication_Results="mx.ac-amiens.fr; spf=pass; dkim=pass; dmarc=pass"),
    ),
    (
        "asks-secret",
        mail("Votre boîte est pleine. Confirmez votre mot de passe sous 24h.", From=OUTSIDE),
        mail("Ne communiquez jamais votre mot de passe.", From=OUTSIDE),
    ),
    (
        "html-form",
        mail('<form action="https://x.example"><input type="password"></form>', HTML),
        mail("<p>Le formulaire est en salle des profs.</p>", HTML),
    ),
    ("dangerous-attachment", with_file("facture.pdf.exe"), with_file("facture.pdf")),
    (
        "encrypted-archive",
        with_file("a.zip", LOCKED),
        with_file("a.zip", LOCKED.replace(b"\x01", b"\0")),
    ),
    ("bidi-name", with_file("fdp.\u202eexe.txt"), with_file("notes.txt")),
    (
        "remote-content",
        mail('<img src="https://x.example/a.png" width=300>', HTML),
        mail('<img src="cid:a" width=300>', HTML),
    ),
    (
        "remote-content",
        mail("<div style=\"background:url('https://x.example/a.png')\">a</div>", HTML),
        mail('<div style="background:#eee">a</div>', HTML),
    ),
    (
        "tracker",
        mail('a<img src="https://x.example/a" width=1 height=1>', HTML),
        mail('a<img src="https://x.example/a" width=300 height=200>', HTML),
    ),
    ("truncated", mail("mot " * 600_000), mail("mot")),
    ("malformed", b"Ceci n'est pas un mail", mail()),
    ("charset-guessed", mail("été", "text/plain; charset=us-ascii"), mail("été")),
]


@pytest.mark.parametrize(("code", "suspect", "ordinary"), CASES, ids=[case[0] for case in CASES])
def test_a_sign_is_told_where_it_is_and_nowhere_else(
    code: str, suspect: bytes, ordinary: bytes
) -> None:
    assert code in told(suspect)
    assert code not in told(ordinary)


ORDINARY = {
    "note": mail("Bonjour à tous,\r\nle conseil est reporté à jeudi.\r\nCamille"),
    "parent": mail("Bonjour, Zoé sera absente demain.", From="Luc Petit <luc.petit@laposte.net>"),
    "password advice": mail("Pour changer votre mot de passe, passez par le portail."),
    "file": with_file("Emploi du temps.ods"),
    "list": mail(
        "Le compte rendu est en ligne : https://www.x.example/cr",
        From="Liste <liste@listes.example>",
        Reply_To="liste@listes.example",
        List_Id="<liste.listes.example>",
    ),
    "html": mail('<p>Voir <a href="https://eduscol.education.fr/">Éduscol</a></p>', HTML),
}


@pytest.mark.parametrize("source", ORDINARY.values(), ids=ORDINARY.keys())
def test_an_ordinary_mail_raises_no_alarm(source: bytes) -> None:
    assert all(level is Level.NOTE for level in told(source).values())


def test_the_loudest_sign_comes_first_and_each_code_once() -> None:
    message = parse(with_file("facture.pdf.exe")[:-12])
    found = signs(message, render(message, 80))
    order = [Level.SUSPECT, Level.VERIFY, Level.NOTE]
    assert [sign.level for sign in found] == sorted((s.level for s in found), key=order.index)
    assert len({sign.code for sign in found}) == len(found)


def test_a_result_that_the_sender_wrote_himself_counts_for_nothing() -> None:
    forged = mail(Authentication_Results="mx.vol.example; spf=fail; dkim=fail; dmarc=fail")
    assert "auth-failed" not in told(forged)
