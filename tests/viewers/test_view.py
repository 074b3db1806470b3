"""Attachments as lines, whole or damaged."""

import io
import re
import time
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acterm.errors import BadData
from acterm.mail.cells import cells
from acterm.viewers import view
from tests.mail.mails import mail, multipart, part, whole
from tests.viewers.looking import look, text


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "contenu")
    return buffer.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_table_is_in_columns_whatever_separates_them(separator: str) -> None:
    rows = [["Nom", "Note"], ["Zoé", "15"], ["Maximilien", "9"]]
    data = "\r\n".join(separator.join(row) for row in rows)
    assert text(data, "notes.csv") == "Nom         Note\nZoé           15\nMaximilien     9"


def test_a_table_from_excel_in_windows_letters_keeps_its_accents() -> None:
    assert "Zoé" in text("Élève;Note\r\nZoé;15".encode("cp1252"), "notes.csv", "text/csv")


def test_a_table_that_is_none_is_shown_as_text() -> None:
    assert text('a;"' + "b" * 200_000, "a.csv").startswith('a;"bbb')


INVITATION = """BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
SUMMARY:Conseil de
  classe
DTSTART;TZID={zone}:20261124T173000
LOCATION:Salle 12\\, bâtiment B
ORGANIZER;CN="Lefèvre":mailto:camille.lefevre@ac-amiens.fr
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def in_amiens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of Amiens."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "Europe/Paris")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("in_amiens")
@pytest.mark.parametrize("zone", ["Romance Standard Time", "../../etc/passwd", ""])
def test_an_invitation_is_in_words(zone: str) -> None:
    shown = text(INVITATION.format(zone=zone), "a.ics", "text/calendar")
    assert "Conseil de classe" in shown
    assert "mardi 24 novembre 2026, 17:30" in shown
    assert "Salle 12, bâtiment B" in shown
    assert "Lefèvre <camille.lefevre@ac-amiens.fr>" in shown


def event(*lines: str, method: str = "REQUEST") -> str:
    body = "\r\n".join(lines)
    file = (
        f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\n{body}\r\n"
        "BEGIN:VALARM\r\nDESCRIPTION:Rappel\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    return text(file, "a.ics", "text/calendar")


def test_a_description_in_html_is_text() -> None:
    html = "DESCRIPTION:Ordre du jour&nbsp;:<br><b>Bilan</b>\\, <i>vote</i>.<br>a < b"
    shown = event("DTSTART:20261124T163000Z", html)
    assert "Ordre du jour :" in shown.replace("\u00a0", " ")
    assert "Bilan, vote." in shown
    assert "<b" not in shown
    assert "&nbsp;" not in shown
    assert "x <- y & z" in event("DTSTART:20261124T163000Z", "DESCRIPTION:x <- y & z")


@pytest.mark.usefixtures("in_amiens")
@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (
            ("DTSTART:20261124T163000Z", "DTEND:20261124T180000Z"),
            "mardi 24 novembre 2026, 17:30 – 19:00",
        ),
        (
            ("DTSTART;TZID=America/New_York:20261124T113000",),
            "mardi 24 novembre 2026, 17:30",
        ),
        (
            ("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261125"),
            "mardi 24 novembre 2026, toute la journée",
        ),
        (
            ("DTSTART;VALUE=DATE:20261221", "DTEND;VALUE=DATE:20270104"),
            "lundi 21 décembre 2026 – dimanche 3 janvier 2027",
        ),
        (
            ("DTSTART:20261124T223000Z", "DTEND:20261125T010000Z"),
            "mardi 24 novembre 2026, 23:30 – mercredi 25 novembre 2026, 02:00",
        ),
        (("DTSTART:bientôt",), "bientôt"),
        (("DTSTART:20269999T999999Z",), "20269999T999999Z"),
    ],
)
def test_when_it_is_stands_in_the_time_here(lines: tuple[str, ...], words: str) -> None:
    assert event(*lines).split("\n")[1] == f"Quand         {words}"


def test_who_comes_how_often_and_what_became_of_it_are_told() -> None:
    shown = event(
        "SUMMARY:Conseil\\, 3eD",
        "RRULE:FREQ=WEEKLY;INTERVAL=2",
        'ATTENDEE;PARTSTAT=ACCEPTED;CN="Petit, Luc":mailto:luc@x.example',
        *(f"ATTENDEE:mailto:e{number}@x.example" for number in range(30)),
        method="CANCEL",
    )
    assert shown.startswith("Annulé\nQuoi          Conseil, 3eD")
    assert "toutes les 2 semaines" in shown
    assert "Petit, Luc <luc@x.example>, vient" in shown
    assert shown.endswith("et 11 autres")
    assert "Rappel" not in shown


def test_the_card_of_an_old_telephone_keeps_its_accents() -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9=\r\n"
        "=20Martin\r\nORG:Coll=C3=A8ge\r\nEND:VCARD\r\n"
    )
    assert text(card, "zoe.vcf").split("\n")[0] == "Nom           Zoé Martin"


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("Élève;Note\nZoé;12,5\nLuc;9,75", "Élève  Note\nZoé    12,5\nLuc    9,75"),
        ("sep=;\nÉlève;Note\nZoé;15", "Élève  Note\nZoé      15"),
        ('Nom,Texte\nZoé,"un\ndeux"', "Nom  Texte\nZoé  un deux"),
    ],
)
def test_a_table_is_read_whatever_its_decimals(data: str, shown: str) -> None:
    assert text(data, "notes.csv", "text/plain") == shown


def test_the_links_of_a_page_say_where_they_lead() -> None:
    shown = text('<a href="https://vol.example/x">www.ac-amiens.fr</a>', "a.html", "text/html")
    assert "⟦1⟧ vol.example/x" in shown
    assert "mène à vol.example" in shown


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("a.pdf", "application/pdf", "Document PDF, 4"),
        ("a.pdf", "application/octet-stream", "Document PDF, 4"),
        ("a.odt", "application/octet-stream", "Document texte, 4"),
        ("a.png", "image/png", "Image, 4"),
        ("a.rar", "application/vnd.rar", "Archive RAR, 4"),
        ("a", "application/x-inconnu", "Fichier, 4"),
    ],
)
def test_a_file_that_cannot_be_shown_is_named(name: str, kind: str, words: str) -> None:
    shown = view(b"abc\0", name, kind, 80)
    assert shown.lines[0].text.startswith(words)
    assert "à enregistrer" in shown.lines[0].text


def test_a_damaged_archive_is_told_without_the_words_of_programmers() -> None:
    shown = view(b"PK\x03\x04", "a.zip", "application/zip", 80)
    assert shown.note == "Le fichier est abîmé, ou vide."
    assert view(b"", "a.zip", "application/zip", 80).note == "Le fichier est vide."


def test_a_contact_card_is_one_fact_a_line() -> None:
    card = "BEGIN:VCARD\nFN:Luc Petit\nTEL;TYPE=work:03 22 00 00 00\nNOTE:un\\ndeux\nEND:VCARD"
    lines = text(card, "luc.vcf", "text/vcard").split("\n")
    assert [line.split()[-1] for line in lines] == ["Petit", "(bureau)", "un", "deux"]


def test_a_forwarded_mail_shows_its_text_and_its_files() -> None:
    inner = whole(
        multipart("mixed", [part("Le texte transféré"), part("x", "text/plain; name=notes.txt")])
    )
    shown = text(inner, "", "message/rfc822")
    assert "Le texte transféré" in shown
    assert "Conseil de classe" in shown
    assert "notes.txt" in shown


def test_a_mail_in_a_mail_in_a_mail_is_told() -> None:
    inner = whole(multipart("mixed", [part("dehors"), part(mail("dedans"), "message/rfc822")]))
    assert "dehors" in text(inner, "a.eml")


def test_an_archive_says_what_it_holds() -> None:
    shown = text(archive("notes/3B.ods", "lisez-moi.txt"), "a.zip")
    assert "notes/3B.ods" in shown
    assert "lisez-moi.txt" in shown


def test_a_name_in_an_archive_cannot_speak_to_the_terminal() -> None:
    assert "\x1b" not in text(archive("a\x1b[2Jb"), "a.zip")


def test_a_page_and_a_text_are_read() -> None:
    assert text("<p>été</p><script>x</script>", "a.html") == "été"
    assert text("été".encode("cp1252"), "a.txt") == "été"


NAMES = [
    *("a.zip", "a.csv", "a.ics", "a.vcf", "a.eml", "a.html", "a.txt", "a.py", "a.json", "a.pdf"),
    *("a.docx", "a.xlsx", "a.odt", "a.pptx", "a.rtf", "a.doc", "a.msg", "a.7z", "a.tgz", "a.xz"),
    *("winmail.dat", "a.png", "a.wav", "a"),
]
HEADS = [
    *(b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x78\x9f\x3e\x22"),
    *(
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b\x08",
        b"BZh9",
        b"\xfd7zXZ\0",
        b"{\\rtf1 ",
        b"\x89PNG\r\n\x1a\n",
    ),
    *(b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WAVE", b"BEGIN:VCALENDAR\n", b"<html>"),
]


@settings(deadline=None)
@given(
    st.sampled_from(HEADS),
    st.binary(max_size=400),
    st.sampled_from(NAMES),
    st.integers(20, 90),
)
def test_any_bytes_end_in_lines_that_fit_or_in_a_sentence(
    head: bytes, data: bytes, name: str, width: int
) -> None:
    try:
        shown = look(head + data, name, width=width)
    except BadData as told:
        assert str(told)
        return
    for line in shown.lines:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ue000-\ue0ff]", line.text)
        assert shown.wide or cells(line.text) <= width


def test_broad_columns_are_narrowed_alike_so_that_a_table_fits() -> None:
    words = "mot " * 30
    shown = look(f"A;B\n{words};{words}\n", "a.csv", width=80)
    assert not shown.wide
    assert shown.lines[0].text.index("B") == 41
