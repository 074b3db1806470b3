"""Documents of the office suites: read, not run."""

import base64
import io
import wave

import pytest

from acterm.demo import files
from acterm.errors import BadData
from acterm.mail.message import Style
from tests.viewers import containers
from tests.viewers.looking import look, text
from tests.viewers.packages import docx, odf, paragraph, pptx, shape, zipped

TABLE = (
    "<w:tbl>"
    + "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(word)}</w:tc>' for word in row)}</w:tr>"
        for row in (("Nom", "Note"), ("Zoé", "15"))
    )
    + "</w:tbl>"
)
MACROS = "Il contient des macros, qui sont des programmes\u00a0: acterm ne les lance pas."


def test_a_word_document_has_its_text_and_its_tables() -> None:
    shown = look(docx(paragraph("Conseil & bilan") + TABLE), "a.docx")
    assert [line.text for line in shown.lines] == ["Conseil & bilan", "", "Nom  Note", "Zoé    15"]
    assert not shown.note


def test_a_document_that_brings_programs_says_so() -> None:
    macros = {"word/vbaProject.bin": b"x"}
    assert look(docx(paragraph("a"), macros), "a.docx").note == MACROS
    assert look(odf("text", "<office:text/>", more={"Basic/a.xml": b""}), "a.odt").note.startswith(
        MACROS
    )


@pytest.mark.parametrize("part", ["word/media/a.jpg", "word/settings.xml"])
def test_a_damaged_part_does_not_hide_the_text_of_a_document(part: str) -> None:
    data = bytearray(docx(paragraph("Bonjour"), {part: bytes(range(256)) * 20}))
    at = data.index(part.encode()) + 40
    data[at : at + 8] = b"\xff" * 8
    assert text(bytes(data), "a.docx").strip() == "Bonjour"


def test_nothing_outside_a_document_is_looked_for() -> None:
    picture = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
        'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' r:link="r9"/></w:drawing></w:r></w:p>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r9" Type="image" Target="file:///etc/passwd" TargetMode="External"/>'
        b"</Relationships>"
    )
    data = docx(paragraph("avant") + picture, {"word/_rels/document.xml.rels": relations})
    assert "root" not in text(data, "a.docx")


ENTITIES = (
    b'<!DOCTYPE d [<!ENTITY a "dix"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    b'<d xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body>&f;'
    b"</office:body></d>"
)


def test_an_entity_reads_no_file() -> None:
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ENTITIES})
    with pytest.raises(BadData, match="abîmé"):
        look(data, "a.odt")


def test_an_opendocument_text_has_headings_lists_and_tables() -> None:
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    table = "".join(
        row.format(cell.format(a) + cell.format(b)) for a, b in (("Nom", "Note"), ("Zoé", "15"))
    )
    body = (
        "<office:text><text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Sortie</text:h>'
        '<text:p>un<text:s text:c="2"/><text:span text:style-name="G">gras</text:span></text:p>'
        "<text:list><text:list-item><text:p>pique-nique</text:p></text:list-item></text:list>"
        f"<table:table>{table}</table:table></office:text>"
    )
    bold = (
        '<style:style style:name="G"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    shown = look(odf("text", body, bold), "a.odt")
    lines = [line.text for line in shown.lines]
    assert lines == [
        "Sortie",
        "",
        "un\u00a0\u00a0gras",
        "",
        "  • pique-nique",
        "",
        "Nom  Note",
        "Zoé    15",
    ]
    assert [span.style for line in shown.lines for span in line.spans] == [
        Style.HEADING,
        Style.BOLD,
    ]


def test_slides_are_pages_in_both_suites() -> None:
    data = pptx(shape("Le volcan", "title") + shape("le magma\nla lave"), shape("Fin", "title"))
    first, second = look(data, "a.pptx"), look(data, "a.pptx", page=2)
    assert [line.text for line in first.lines] == ["Le volcan", "", "  • le magma", "  • la lave"]
    assert (first.page, first.pages, second.page, second.lines[0].text) == (1, 2, 2, "Fin")
    pages = "".join(
        f'<draw:page draw:name="{name}"><draw:frame><draw:text-box><text:p>{name}</text:p>'
        "</draw:text-box></draw:frame></draw:page>"
        for name in ("Un", "Deux")
    )
    shown = look(
        odf("presentation", f"<office:presentation>{pages}</office:presentation>"), "a.odp", page=2
    )
    assert (shown.lines[0].text, shown.page, shown.pages) == ("Deux", 2, 2)


def test_all_pages_can_be_read_as_one_with_quiet_lines_between() -> None:
    shown = look(pptx(shape("Un", "title"), shape("Deux", "title")), "a.pptx", page=0)
    assert [line.text for line in shown.lines] == [
        "── page 1 sur 2 ──",
        "Un",
        "",
        "── page 2 sur 2 ──",
        "Deux",
    ]


def test_a_sheet_is_a_table_with_its_numbers_to_the_right() -> None:
    data = files.xlsx("Notes 3eD", "Élève;Note;Moyenne\nZoé;15;12,5\nMaximilien;9;8")
    shown = look(data, "notes.xlsx")
    assert [line.text for line in shown.lines] == [
        "Élève       Note  Moyenne",
        "Zoé           15     12,5",
        "Maximilien     9        8",
    ]
    assert (shown.head, shown.names, shown.wide) == (1, ("Notes 3eD",), False)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("13.388888888888889", "13,3889"), ("0.125", "0,125"), ("18400", "18400")],
)
def test_a_computed_value_has_no_endless_decimals(value: str, shown: str) -> None:
    data = files.xlsx("a", f"Moyenne\n{value}")
    assert text(data, "a.xlsx") == f"Moyenne\n{shown:>7}"


def test_the_sheets_of_a_workbook_are_pages_and_the_hidden_ones_are_told() -> None:
    sheet = (
        '<table:table table:name="{}" table:style-name="{}"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="12.5"/>'
        "</table:table-row></table:table>"
    )
    sheets = (("3eD", "V", "Zoé"), ("4eB", "V", "Luc"), ("secret", "H", "x"))
    shown_or_not = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties '
        f'table:display="{shown}"/></style:style>'
        for name, shown in (("V", "true"), ("H", "false"))
    )
    body = "".join(sheet.format(*words) for words in sheets)
    data = odf("spreadsheet", f"<office:spreadsheet>{body}</office:spreadsheet>", shown_or_not)
    shown = look(data, "notes.ods", page=2)
    assert (shown.names, shown.page, shown.pages) == (("3eD", "4eB"), 2, 2)
    assert shown.lines[0].text == "Luc  12,5"
    assert shown.note == "1 feuille masquée n’est pas montrée."
    assert "── 4eB ──" in text(data, "notes.ods", page=0)


def test_a_broad_sheet_is_scrolled_rather_than_crushed() -> None:
    rows = "\n".join(";".join(f"cellule {row}-{at}" for at in range(20)) for row in range(3))
    shown = look(files.xlsx("a", rows), "a.xlsx")
    assert shown.wide
    assert len(shown.lines) == 3
    narrow = look("a;" + "mot " * 60 + "\nb;c", "a.csv")
    assert not narrow.wide
    assert len(narrow.lines) > 2


def test_a_title_over_a_table_does_not_push_its_columns_apart() -> None:
    shown = text("Relevé des notes du premier trimestre;\nNom;Note\nZoé;15", "a.csv")
    assert shown.split("\n") == ["Relevé des notes du premier trimestre", "Nom  Note", "Zoé    15"]


def test_an_old_word_document_has_its_text_and_tables() -> None:
    data = containers.old_word('Titre\rNom\aNote\a\aZoé\a15\a\aVoir \x13HYPERLINK "x"\x14ici\x15\r')
    shown = look(data, "a.doc")
    assert [line.text for line in shown.lines] == ["Titre", "Nom  Note", "Zoé    15", "Voir ici"]
    assert "seul son texte" in shown.note
    with pytest.raises(BadData, match="mot de passe"):
        look(containers.old_word("x", flags=0x0300), "a.doc")


def test_old_slides_have_their_words_but_not_those_of_the_master() -> None:
    assert text(containers.old_slides("Le volcan", "le magma\rla lave"), "a.ppt") == (
        "Le volcan\n\nle magma\nla lave"
    )


def test_old_slides_with_their_texts_in_boxes_are_pages() -> None:
    data = containers.slides_with_boxes("Le volcan", "le magma")
    assert [text(data, "a.ppt", page=page) for page in (1, 2)] == ["Le volcan", "le magma"]


def test_the_notes_of_an_old_word_document_stand_below_its_text() -> None:
    data = containers.old_word("Titre\x02\r", note="\x02 la note\r")
    assert text(data, "a.doc").split("\n") == ["Titre", "", "la note"]


def test_a_document_encrypted_by_office_is_told() -> None:
    with pytest.raises(BadData, match="seul son programme"):
        look(containers.compound({"EncryptedPackage": b"x" * 5000}), "a.docx")


def test_rtf_is_read_as_text() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator Riched20;}\pard Caf\'e9 "
        rb"\u8364?\par{\pict 0102}\trowd Nom\cell Note\cell\row Zo\'e9\cell 15\cell\row\pard fin}"
    )
    assert text(data, "a.rtf") == "Café €\nNom  Note\nZoé    15\nfin"


def test_rtf_has_its_notes_its_boxes_and_its_bullets_but_nothing_taken_away() -> None:
    data = (
        rb"{\rtf1 {\deleted mardi}jeudi{\v secret}{\footnote la note}\par{\*\shpinst{\sp x}"
        rb"{\shptxt encadr\'e9}}{\shprslt encadr\'e9}\u-3913?fin}"
    )
    assert text(data, "a.rtf") == "jeudi [la note]\nencadré\n•fin"


def test_code_has_its_words_told_apart() -> None:
    shown = look('def note(élève):  # calcul\n    return "quinze"\n', "a.py", "text/x-python")
    styles = {
        shown.lines[at].text[span.start : span.end]: span.style
        for at in range(len(shown.lines))
        for span in shown.lines[at].spans
    }
    assert styles["def"] == Style.BOLD
    assert styles["note"] == Style.HEADING
    assert styles["# calcul"] == Style.ITALIC
    assert Style.CODE in styles.values()


def test_data_on_one_line_are_unfolded() -> None:
    shown = text('{"nom":"Zoé","notes":[15,9]}', "a.json", "application/json")
    assert shown.startswith('{\n  "nom": "Zoé",')


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (
            files.pdf("a", "b"),
            "facture.docx",
            "Malgré son nom, c’est autre chose\u00a0: document PDF.",
        ),
        (b"MZ\x90\0" + bytes(60), "photo.jpg", "C’est un programme"),
        (b"echo", "a.bat", "est un programme"),
        (b"<html><body>Mot de passe</body></html>", "facture.pdf", "page web"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told(data: bytes, name: str, told: str) -> None:
    assert told in look(data, name).note


def test_a_page_that_asks_for_a_password_is_told() -> None:
    page = '<form action="https://x.example"><input name=p type="password"></form>Bonjour'
    assert "demande un mot de passe" in look(page, "connexion.html", "text/html").note


def test_the_source_of_a_page_in_a_text_file_stays_text() -> None:
    assert text("<html><b>gras</b></html>", "a.txt", "text/plain") == "<html><b>gras</b></html>"


def test_a_file_that_was_encoded_once_too_often_is_read_all_the_same() -> None:
    data = base64.encodebytes(files.xlsx("a", "Nom;Note\nZoé;15"))
    assert text(data, "a.xlsx", "application/octet-stream").startswith("Nom")


def test_sound_and_film_are_described() -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(8000 * 65))
    assert text(buffer.getvalue(), "message.wav").startswith("Son de 1 min 05 s, 508")
    header = b"\0\0\0\x18ftypmp42" + bytes(12) + b"mvhd\0\0\0\0" + bytes(8)
    film = header + (600).to_bytes(4, "big") + (600 * 90).to_bytes(4, "big") + bytes(80)
    assert text(film, "sortie.mp4").startswith("Vidéo de 1 min 30 s")
    assert text(b"ID3", "a.mp3").startswith("Son, 3")
