"""Attachments as lines, whole or damaged."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.cells import cells
from acterm.viewers import view
from tests.mail.mails import mail, multipart, part, whole


def text(
    data: bytes | str, name: str, kind: str = "application/octet-stream", width: int = 80
) -> str:
    content = data.encode() if isinstance(data, str) else data
    return "\n".join(line.text.rstrip() for line in view(content, name, kind, width).lines)


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
    assert text(data, "notes.csv") == "Nom         Note\nZoé         15\nMaximilien  9"


def test_a_table_from_excel_in_windows_letters_keeps_its_accents() -> None:
    assert "Zoé" in text("Élève;Note\r\nZoé;15".encode("cp1252"), "notes.csv", "text/csv")


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


@pytest.mark.parametrize("zone", ["Romance Standard Time", "../../etc/passwd", ""])
def test_an_invitation_is_in_words(zone: str) -> None:
    shown = text(INVITATION.format(zone=zone), "a.ics", "text/calendar")
    assert "Conseil de classe" in shown
    assert "24/11/2026 17:30" in shown
    assert "Salle 12, bâtiment B" in shown
    assert "Lefèvre <camille.lefevre@ac-amiens.fr>" in shown


def test_a_contact_card_is_one_fact_a_line() -> None:
    card = "BEGIN:VCARD\nFN:Luc Petit\nTEL;TYPE=work:03 22 00 00 00\nNOTE:un\\ndeux\nEND:VCARD"
    lines = text(card, "luc.vcf", "text/vcard").split("\n")
    assert [line.split()[-1] for line in lines] == ["Petit", "00", "un", "deux"]


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


def test_a_file_for_another_program_says_what_it_is() -> None:
    assert "3" in text(b"abc", "a.bin")


@pytest.mark.parametrize("name", ["a.zip", "a.csv", "a.ics", "a.vcf", "a.eml", "a.html", "a.txt"])
@pytest.mark.parametrize(
    "data",
    [b"", b"\0" * 100, b"PK\x05\x06", archive("a")[:-9], b"\xff\xfe\x1b"],
    ids=["empty", "zeros", "zip-end", "cut-zip", "junk"],
)
def test_a_damaged_file_is_told_in_words(name: str, data: bytes) -> None:
    shown = view(data, name, "application/octet-stream", 80)
    assert "\x1b" not in "".join(line.text for line in shown.lines) + shown.note


@given(
    st.binary(max_size=400),
    st.sampled_from(["a.zip", "a.csv", "a.ics", "a.vcf", "a.eml", "a.html", "a.txt", "a"]),
    st.integers(20, 90),
)
def test_any_bytes_fit_and_are_safe(data: bytes, name: str, width: int) -> None:
    for line in view(data, name, "application/octet-stream", 80).lines:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ue000-\ue0ff]", line.text)
    if name != "a":
        assert all(
            cells(line.text) <= max(width, 80) for line in view(data, name, "x/y", width).lines
        )
