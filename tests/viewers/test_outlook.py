"""What Outlook saves and wraps: .msg and winmail.dat."""

from datetime import UTC, datetime

from tests.viewers.containers import compound, message, winmail
from tests.viewers.looking import look, take, text

_SENT = round((datetime(2026, 11, 24, 9, 30, tzinfo=UTC).timestamp() + 11_644_473_600) * 10**7)


def test_a_saved_mail_is_shown_as_any_other() -> None:
    data = compound(
        message(
            "Conseil de classe",
            "Bonjour à tous,\r\nvoici l’ordre du jour.",
            ("ordre du jour.odt", b"abc" * 2000),
            message("Dedans", "Le mail transféré"),
            sent=_SENT,
        )
    )
    shown = look(data, "conseil.msg")
    words = "\n".join(line.text for line in shown.lines)
    assert "Conseil de classe" in words
    assert "Amélie Roussel <amelie.roussel@ac-amiens.fr>" in words
    assert "24/11/2026" in words
    assert "Luc Petit <luc.petit@ac-amiens.fr>" in words
    assert "voici l’ordre du jour." in words
    assert [(one.name, one.type, one.size) for one in shown.entries] == [
        ("ordre du jour.odt", "application/octet-stream", 6000),
        ("Dedans.eml", "message/rfc822", shown.entries[1].size),
    ]
    assert take(data, "conseil.msg", 1) == b"abc" * 2000
    assert "Le mail transféré" in text(take(data, "conseil.msg", 2), "", "message/rfc822")


def test_its_page_is_read_where_it_says_more_than_its_text() -> None:
    tree = message("Sortie", "Inscrivez-vous ici <https://x.example/long>")
    tree["__substg1.0_10130102"] = b'<p>Inscrivez-vous <a href="https://x.example/long">ici</a></p>'
    words = text(compound(tree), "a.msg")
    assert "Inscrivez-vous ici⟦1⟧" in words
    assert "⟦1⟧ x.example/long" in words


def test_winmail_is_the_files_and_the_text_in_it() -> None:
    data = winmail(
        ("élève.csv", b"Nom;Note\nLuc;15"), ("b.pdf", b"%PDF" * 9), body=b"Bonjour \xe0 tous"
    )
    shown = look(data, "winmail.dat", "application/ms-tnef")
    assert [line.text for line in shown.lines] == [
        "Bonjour à tous",
        "",
        "élève.csv  15\u00a0octets",
        "b.pdf      36\u00a0octets",
    ]
    assert shown.listed == 3
    assert take(data, "winmail.dat", 1) == b"Nom;Note\nLuc;15"


def test_an_empty_winmail_is_told() -> None:
    assert look(winmail(), "winmail.dat").note == "Il n’y a dedans ni fichier ni texte."
