"""Calendars, contacts, books, notebooks, sounds: what a teacher receives beside documents."""

import io
import json
import struct

import pytest
from PIL import Image

from acterm.errors import BadData
from tests.mail.mails import mail, multipart, part, whole
from tests.viewers.looking import look, text
from tests.viewers.packages import zipped


def calendar(*parts: str) -> str:
    """A file with these components."""
    return "\n".join(["BEGIN:VCALENDAR", *parts, "END:VCALENDAR"])


LATE = "BEGIN:VEVENT\nDTSTART:20261201T080000\nDURATION:PT1H30M\nSUMMARY:Cours\nEND:VEVENT"
EARLY = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261130\nDURATION:P2D\nSUMMARY:Voyage\nEND:VEVENT"
TASK = "BEGIN:VTODO\nSUMMARY:Bulletins\nDUE;VALUE=DATE:20261202\nEND:VTODO"


def test_a_calendar_is_read_in_the_order_of_time_with_its_name() -> None:
    shown = look(calendar("X-WR-CALNAME:3eD", LATE, TASK, EARLY), "a.ics")
    assert [" ".join(line.text.split()) for line in shown.lines if line.text] == [
        "Agenda 3eD",
        "Quoi Voyage",
        "Quand lundi 30 novembre 2026 – mardi 1er décembre 2026",
        "Quoi Cours",
        "Quand mardi 1er décembre 2026, 08:00 – 09:30",
        "Quoi Bulletins",
        "À faire pour mercredi 2 décembre 2026",
    ]
    assert shown.note == "3 rendez-vous."


def test_a_calendar_without_appointments_says_so() -> None:
    with pytest.raises(BadData, match="aucun rendez-vous"):
        look(calendar("BEGIN:VFREEBUSY", "END:VFREEBUSY"), "a.ics")


def test_a_card_of_an_old_telephone_has_its_name() -> None:
    card = "BEGIN:VCARD\nVERSION:2.1\nTEL;CELL:06 00\nN:Lefèvre;Camille;;Mme;\nEND:VCARD\n"
    other = "BEGIN:VCARD\nFN:Luc\nBDAY:1980-05-17\nADR:;;1 rue des Écoles;Amiens;;80000;\nEND:VCARD"
    shown = look(card + other, "a.vcf")
    assert [line.text.split(maxsplit=1)[-1] for line in shown.lines if line.text] == [
        "Mme Camille Lefèvre",
        "06 00 (portable)",
        "Luc",
        "le      17 mai 1980",
        "1 rue des Écoles, 80000 Amiens",
    ]
    assert shown.note == "2 contacts."


def book(more: dict[str, bytes | str] | None = None) -> bytes:
    """A book of two chapters."""
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfile full-path="c/o.opf"/></container>',
            "c/o.opf": "<package><title>Contes</title><creator>A. Roussel</creator>"
            '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="a" href="a%20a.xhtml" media-type="application/xhtml+xml"/>'
            '<itemref idref="a"/><itemref idref="b"/></package>',
            "c/a a.xhtml": "<html><body><h1>Un</h1><p>Il était une fois</p></body></html>",
            "c/b.xhtml": "<html><body><h1>Deux</h1></body></html>",
        }
        | (more or {})
    )


def test_a_book_is_read_chapter_by_chapter() -> None:
    shown = look(book(), "a.epub")
    assert [line.text for line in shown.lines if line.text] == [
        "Contes",
        "A. Roussel",
        "Un",
        "Il était une fois",
    ]
    assert (shown.page, shown.pages) == (1, 2)
    assert look(book(), "a.epub", page=2).lines[0].text == "Deux"


def test_a_book_that_its_shop_locks_says_so() -> None:
    with pytest.raises(BadData, match="verrouillé"):
        look(book({"META-INF/license.lcpl": "{}"}), "a.epub")


def test_a_notebook_has_its_words_its_code_and_what_it_printed() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# TP\n", "Moyenne"]},
        {
            "cell_type": "code",
            "execution_count": 2,
            "source": "print(12)",
            "outputs": [{"text": ["12\n"]}, {"data": {"image/png": "AAAA"}}],
        },
    ]
    lines = text(json.dumps({"cells": cells}), "a.ipynb").split("\n")
    assert lines == ["# TP", "Moyenne", "", "In [2]:", "print(12)", "", "12", "", "[image]"]


def test_xml_on_one_line_is_unfolded_and_its_entities_stay_words() -> None:
    data = '<!DOCTYPE r [<!ENTITY x "y">]><map><node TEXT="Causes"><b>&x;</b></node></map>'
    assert text(data, "carte.mm").split("\n")[1:] == [
        "<map>",
        '  <node TEXT="Causes">',
        "    <b>&x;</b>",
        "  </node>",
        "</map>",
    ]


def test_a_file_of_a_school_program_names_it_and_shows_its_preview() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(buffer, "PNG")
    data = zipped({"geogebra.xml": "<g/>", "geogebra_thumbnail.png": buffer.getvalue()})
    shown = look(data, "pythagore.ggb")
    assert shown.lines[0].text.startswith("Fichier GeoGebra, ")
    assert shown.picture
    assert (shown.picture.width, shown.picture.height) == (20, 10)
    assert text(b"*TIMLP0500\0\1", "suites.tns").startswith("Fichier TI-Nspire")


FLAC = b"fLaC\0\0\0\x22" + bytes(10) + ((44_100 << 44) | 44_100 * 95).to_bytes(8, "big")
OPUS = b"OggS" + bytes(24) + b"OpusHead" + b"OggS\0\0" + struct.pack("<q", 48_000 * 7)
MP3 = (b"\xff\xfb\x90\x00" + bytes(413)) * 200


@pytest.mark.parametrize(
    ("data", "name", "length"),
    [(FLAC, "a.flac", "1 min 35 s"), (OPUS, "a.opus", "7 s"), (MP3, "a.mp3", "5 s")],
)
def test_a_sound_says_how_long_it_is(data: bytes, name: str, length: str) -> None:
    assert text(data, name).startswith(f"Son de {length}, ")


@pytest.mark.parametrize(
    ("charset", "end"), [("utf-16-le", "\r\n"), ("utf-16-be", "\n"), ("mac_roman", "\r")]
)
def test_a_table_in_an_old_charset_is_read(charset: str, end: str) -> None:
    data = f"Nom;Note{end}Zoé;15{end}".encode(charset)
    assert text(data, "a.csv", "text/csv") == "Nom  Note\nZoé    15"


def test_a_table_with_too_many_columns_says_so() -> None:
    shown = look(";".join(map(str, range(300))) + "\n", "a.csv")
    assert shown.note == "Seules ses 200 premières colonnes sont montrées, sur 300."


def test_a_mail_inside_a_mail_has_the_name_of_its_subject() -> None:
    inner = part(mail("Bonjour", Subject="Ordre du jour"), "message/rfc822")
    data = whole(multipart("mixed", [part("voir"), inner]))
    assert [one.name for one in look(data, "a.eml").entries] == ["Ordre du jour.eml"]


def test_a_damaged_notebook_is_read_as_it_is_written() -> None:
    assert text('{"cells": [', "a.ipynb") == '{"cells": ['


def test_a_text_whose_name_ends_as_that_of_a_program_stays_a_text() -> None:
    assert text("-----BEGIN PUBLIC KEY-----", "serveur.key") == "-----BEGIN PUBLIC KEY-----"
