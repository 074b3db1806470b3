"""Each warning: one mail that deserves it, one ordinary mail that does not."""

import pytest

from acterm.mail.message import Flag, Header, Level
from acterm.mail.parsing import header
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.suspicion import header_level, signs
from acterm.mail.text.render import render
from tests.mail.mails import attached, mail, multipart, part, whole

HTML = "text/html; charset=utf-8"
LOCKED = b"PK\x03\x04\x14\x00\x01\x00" + bytes(30)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
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
    (
        "encrypted-document",
        with_file("notes.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
        with_file("notes.doc", OLE + b"WordDocument"),
    ),
    (
        "encrypted-document",
        with_file("bulletin.pdf", b"%PDF-1.7\ntrailer <</Encrypt 9 0 R>>"),
        with_file("bulletin.pdf", b"%PDF-1.7\ntrailer <<>>"),
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
    (
        "homoglyph",
        mail(From="Sеcrétariat <x@service.example>"),
        mail(From="Secrétariat <x@service.example>", Subject="Δx et β-carotène, Михаил"),
    ),
    (
        "punycode",
        mail("https://xn--80ak6aa92e.com/", From=OUTSIDE),
        mail("https://apple.com/", From=OUTSIDE),
    ),
    (
        "disguised-link",
        mail("https://portail.ac-amiens.fr@vol.example/", From=OUTSIDE),
        mail("https://camille@nuage.example/", From=OUTSIDE),
    ),
    ("disguised-link", mail("http://203.0.113.9/a"), mail("http://192.168.1.2/a")),
    ("shortened-link", mail("https://bit.ly/x"), mail("https://www.example/x")),
    ("dangerous-link", mail("https://x.example/maj.exe", From=OUTSIDE), mail("https://x.exe/")),
    (
        "free-host",
        mail("Votre compte expire : https://a.weebly.com", From=OUTSIDE),
        mail("Le blog de la classe : https://a.weebly.com", From=OUTSIDE),
    ),
    (
        "quota-pressure",
        mail("Votre boîte est pleine, cliquez : https://x.example/", From=OUTSIDE),
        mail("La boîte est pleine de chocolats : https://x.example/", From=OUTSIDE),
    ),
    (
        "pressure",
        mail("Votre compte sera fermé sous 24 h, vérifiez : https://y.example/", From=OUTSIDE),
        mail("Le magasin ferme sous 24 h : https://y.example/", From=OUTSIDE),
    ),
    (
        "asks-money",
        mail("Achetez des cartes cadeaux et envoyez les codes.", From=OUTSIDE),
        mail("Les cartes de vœux sont à la vie scolaire.", From=OUTSIDE),
    ),
    (
        "encrypted-archive",
        whole(
            multipart("mixed", [part("Mot de passe : 1234"), attached(b"x", "a.zip")]), From=OUTSIDE
        ),
        whole(multipart("mixed", [part("Les photos."), attached(b"x", "a.zip")]), From=OUTSIDE),
    ),
    (
        "spoofed-sender",
        mail(From="ce.rectorat@vol.example (ce.rectorat@ac-amiens.fr)"),
        mail(From="luc@vol.example (Luc)"),
    ),
    ("spoofed-sender", mail(From="Rectorat: x@vol.example;"), mail(From='"A: b;" <x@vol.example>')),
    (
        "spoofed-sender",
        mail(From="ce.rectorat@ac-amiens.fr@vol.example"),
        mail(From="ce.rectorat@ac-amiens.fr"),
    ),
    (
        "spoofed-sender",
        mail(From="Luc <luc.ac-amiens@gmail.com>"),
        mail(From="Luc <luc.amiens@gmail.com>"),
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


FULL = mail(
    "Votre boîte est pleine, cliquez ici : https://x.example/", From="Messagerie <m@ac-amiens.fr>"
)


def of_quota(source: bytes, fill: int) -> list[tuple[Level, str]]:
    message = parse(source)
    found = signs(message, render(message, 80), fill=fill)
    return [(sign.level, sign.text) for sign in found if sign.code == "quota-pressure"]


def test_the_real_quota_stands_beside_what_a_mail_says_of_it() -> None:
    ((level, words),) = of_quota(FULL.replace(b"ac-amiens.fr", b"vol.example"), 37)
    assert level is Level.SUSPECT and "37" in words


def test_a_warning_of_the_academy_is_doubted_only_when_the_quota_says_otherwise() -> None:
    told = mail("Votre boîte est pleine, videz la corbeille.", From="Messagerie <m@ac-amiens.fr>")
    assert of_quota(told, 95) == of_quota(told, -1) == []
    assert [level for level, _words in of_quota(FULL, 37)] == [Level.VERIFY]


def in_list(sender: str, subject: str = "Bonjour") -> Header:
    raw = f"From: {sender}\r\nSubject: {subject}\r\n".encode()
    return header.parse(raw, uid=1, flags=Flag.NONE, size=1, internal_date=0)


def test_a_line_of_the_list_is_judged_by_its_sender_alone() -> None:
    assert header_level(in_list("Rectorat <r@gmail.com>")) is Level.SUSPECT
    assert header_level(in_list("Messagerie académique <s@x.example>")) is Level.VERIFY
    assert header_level(in_list("Luc <luc@x.example>", "Votre mеssagerie")) is Level.SUSPECT
    assert header_level(in_list("Luc <luc@x.example>")) is None
    assert header_level(in_list("Rectorat <ce.rectorat@ac-amiens.fr>")) is None


def test_the_name_of_a_colleague_at_an_address_one_does_not_know_is_told() -> None:
    def known(_name: str) -> list[str]:
        return ["luc.petit@ac-amiens.fr", "luc.petit@laposte.net"]

    def level(sender: str) -> Level | None:
        return header_level(in_list(sender), known_addresses=known)

    assert level("Luc Petit <1743ad85zh@hotmail.com>") is Level.VERIFY
    assert level("Luc Petit <luc.petit@laposte.net>") is None


def test_only_the_own_border_is_believed() -> None:
    results = "mx.autre.example; dmarc=fail"
    message = parse(mail(From="Luc <luc@x.example>", Authentication_Results=results))
    rendered = render(message, 80)
    believed = signs(message, rendered, border="mx.autre.example")
    assert [sign.code for sign in believed] == ["auth-failed"]
    assert signs(message, rendered) == signs(message, rendered, border="mx.ac-amiens.fr") == ()


def test_a_signature_that_only_forwarding_broke_says_nothing() -> None:
    for results in ("spf=pass; dkim=fail", "spf=softfail; dkim=pass", "spf=fail; dmarc=pass"):
        assert "auth-failed" not in told(mail(Authentication_Results=f"mx.ac-amiens.fr; {results}"))


def test_a_result_that_the_sender_wrote_himself_counts_for_nothing() -> None:
    forged = mail(Authentication_Results="mx.vol.example; spf=fail; dkim=fail; dmarc=fail")
    assert "auth-failed" not in told(forged)
