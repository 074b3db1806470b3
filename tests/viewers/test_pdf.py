"""PDF: the text where it stands, a picture beside it, a password where it takes one."""

import io

import pypdfium2
import pytest

from acterm.demo import files
from acterm.mail.message import Style
from acterm.viewers import Locked
from acterm.viewers.pdf_runs import Letter, joined, runs_of
from tests.viewers.containers import locked_pdf, pdf
from tests.viewers.looking import look, take, text

Word = tuple[int, int, int, str]


def pages(*contents: list[Word]) -> bytes:
    """Pages of words at places: (x, y, size, words)."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, words in enumerate(contents):
        drawn = "\n".join(f"BT /F1 {s} Tf {x} {y} Td ({t}) Tj ET" for x, y, s, t in words)
        data = drawn.encode("cp1252")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * at} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n" % len(data) + data + b"\nendstream")
    return pdf(objects)


LETTER = [
    (60, 790, 11, "Collège Jean Moulin"),
    (390, 790, 11, "Amiens, le 24 novembre 2026"),
    (60, 740, 18, "Convocation"),
    (
        60,
        700,
        11,
        "Le conseil de classe de la 3eD se tiendra le mardi 1er décembre en salle 12. Votre",
    ),
    (60, 686, 11, "présence est indispensable."),
    (60, 660, 11, "- bilan du trimestre"),
    (60, 646, 11, "- orientation"),
    (60, 600, 11, "Heure"),
    (200, 600, 11, "Lundi"),
    (330, 600, 11, "Mardi"),
    (60, 585, 11, "8h-9h"),
    (330, 585, 11, "Mathématiques"),
]


def test_paragraphs_flow_and_columns_stay_side_by_side() -> None:
    shown = look(pages(LETTER), "a.pdf")
    assert "\n".join(line.text for line in shown.lines) == "\n".join(
        [
            "Collège Jean Moulin                                Amiens, le 24 novembre 2026",
            "",
            "Convocation",
            "",
            "Le conseil de classe de la 3eD se tiendra le mardi 1er décembre en salle 12.",
            "Votre présence est indispensable.",
            "",
            "- bilan du trimestre",
            "- orientation",
            "",
            "Heure                 Lundi               Mardi",
            "8h-9h                                     Mathématiques",
        ]
    )
    assert not shown.wide
    assert shown.lines[2].spans[0].style == Style.HEADING


def test_letters_far_off_the_page_do_not_fill_the_memory() -> None:
    shown = look(pages([(60, 700, 11, "ici"), (2_000_000_000, 700, 11, "loin")]), "a.pdf")
    assert all(len(line.text) < 1000 for line in shown.lines)


def test_a_page_is_a_picture_as_well() -> None:
    shown = look(files.pdf("Sortie", "Bonjour"), "a.pdf")
    assert shown.picture
    assert (shown.picture.width, shown.picture.height) == (1131, 1600)
    assert shown.picture.pixels[:3] == b"\xff\xff\xff"
    assert b"\0\0\0" in shown.picture.pixels


def test_pages_are_turned() -> None:
    data = pages([(60, 700, 11, "un")], [(60, 700, 11, "deux")])
    shown = look(data, "a.pdf", page=2)
    assert (shown.lines[0].text, shown.page, shown.pages) == ("deux", 2, 2)
    assert look(data, "a.pdf", page=9).page == 2
    assert "page 2 sur 2" in text(data, "a.pdf", page=0)


def test_one_damaged_page_does_not_hide_the_others() -> None:
    data = pages([(60, 700, 11, "un")], [(60, 700, 11, "deux")]).replace(b"/Kids[4 ", b"/Kids[9 ")
    assert look(data, "a.pdf", page=1).note == "Cette page est abîmée."
    assert look(data, "a.pdf", page=2).lines[0].text == "deux"


def test_a_scanned_page_says_that_it_has_no_text() -> None:
    shown = look(pages([]), "a.pdf")
    assert shown.note.startswith("Cette page n’a pas de texte, seulement une image")
    assert shown.picture


def test_a_locked_document_opens_with_its_password() -> None:
    data = locked_pdf("Bonjour", b"azerty")
    with pytest.raises(Locked, match="protégé par un mot de passe"):
        look(data, "a.pdf")
    with pytest.raises(Locked, match="ne l’ouvre pas"):
        look(data, "a.pdf", password="querty")
    assert look(data, "a.pdf", password="azerty").lines[0].text == "Bonjour"


def test_a_file_that_it_brings_along_is_taken_out() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.new_attachment("facture.xml").set_data(b"<a/>")
    buffer = io.BytesIO()
    document.save(buffer)
    shown = look(buffer.getvalue(), "a.pdf")
    assert [(one.name, one.number) for one in shown.entries] == [("facture.xml", 1)]
    assert take(buffer.getvalue(), "a.pdf", 1) == b"<a/>"


def test_a_script_in_it_is_told_and_not_run() -> None:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</JavaScript<</Names[(a) 4 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
    ]
    assert "script" in look(pdf(objects), "a.pdf").note


LEFT = [
    "Les établissements du second degré transmettent",
    "à la direction, avant le vendredi 11 décembre,",
    "la liste des élèves que le dispositif concerne,",
    "avec le nom et la classe de chacun, et l’avis",
    "des professeurs principaux et du conseil.",
]
RIGHT = [
    "Les familles en sont informées par un courrier",
    "que signe le chef d’établissement, au plus tard",
    "dix jours avant la commission, qui se réunit au",
    "rectorat et dont l’avis est communiqué sans",
    "délai à chacun des membres.",
]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    words = [(60, 740, 16, "Une circulaire de rentrée qui prend toute la page de gauche à droite")]
    words += [(60, 700 - 13 * at, 10, line) for at, line in enumerate(LEFT)]
    words += [(320, 694 - 13 * at, 10, line) for at, line in enumerate(RIGHT)]
    words += [(290, 40, 10, "3 / 12")]
    shown = " ".join(text(pages(words), "a.pdf").split())
    assert shown == " ".join([words[0][3], *LEFT, *RIGHT, "3 / 12"])


def test_the_lines_of_a_cell_stay_in_their_row() -> None:
    words = [(60, 700, 10, "Date"), (160, 700, 10, "Effectif"), (240, 700, 10, "Observations")]
    for at in range(3):
        high = 680 - 40 * at
        words += [(240, high, 10, "À confirmer par le chef"), (240, high - 11, 10, "du collège")]
        words += [(60, high - 6, 10, f"0{at + 1}/12/2026"), (160, high - 6, 10, f"2{at}")]
    assert text(pages(words), "a.pdf").split("\n")[:2] == [
        "Date        Effectif  Observations",
        "01/12/2026        20  À confirmer par le chef du collège",
    ]


def test_words_along_the_margin_are_a_line_of_their_own() -> None:
    data = pages([(60, 700, 11, "Bonjour"), (60, 680, 11, "à tous")])
    turned = data.replace(b"BT /F1 11 Tf 60 680 Td", b"BT /F1 11 Tf 0 1 -1 0 20 80 Tm ")
    assert text(turned, "a.pdf").split("\n") == ["Bonjour", "", "à tous"]


def test_what_is_filled_into_a_form_is_read() -> None:
    field = "<</Type/Annot/Subtype/Widget/P 3 0 R/Rect[110 695 300 715]"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R 7 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Annots[6 0 R 7 0 R]"
        b"/Resources<</Font<</F1 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length 41>>stream\nBT /F1 11 Tf 60 700 Td (Nom) Tj ET       \nendstream",
        f"{field}/FT/Tx/T(nom)/V(LEFEVRE)>>".encode(),
        field.replace("695 300 715", "655 122 667").encode() + b"/FT/Btn/T(c)/V/Yes/AS/Yes>>",
    ]
    assert text(pdf(objects), "a.pdf").split() == ["Nom", "LEFEVRE", "☒"]


def test_a_page_without_text_says_so_in_its_place() -> None:
    shown = look(pages([], [(60, 700, 11, "deux")]), "a.pdf", page=0)
    assert shown.note == ""
    assert shown.lines[1].text.startswith("Cette page n’a pas de texte")


def test_letters_that_share_a_box_are_one_word() -> None:
    table = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <00660066>"
    font = b"/BaseFont/Helvetica/FirstChar 65/LastChar 65/Widths[667]/ToUnicode 9 0 R"
    data = pages([(60, 700, 11, "A"), (67, 700, 11, "et")]).replace(b"/BaseFont/Helvetica", font)
    more = b"9 0 obj\n<</Length %d>>stream\n" % len(table) + table + b"\nendstream endobj\n"
    assert text(data.replace(b"xref", more + b"xref", 1), "a.pdf") == "ffet"


@pytest.mark.parametrize(
    ("line", "more", "word"),
    [
        ("les compé\u00ad", "tences", "les compétences"),
        ("prendre rendez\u00ad", "vous demain", "prendre rendez-vous demain"),
        ("l’après\u00ad", "midi", "l’après-midi"),
        ("pensez\u00ad", "vous", "pensez-vous"),
        ("2026\u00ad", "2027", "2026-2027"),
    ],
)
def test_a_word_parted_at_the_end_of_a_line_is_made_whole(line: str, more: str, word: str) -> None:
    assert joined(line, more) == word


def test_signs_of_wingdings_are_those_of_other_fonts() -> None:
    assert runs_of([Letter("\uf0a8", 0, 9, 12, 0)])[0].text == "☐"


def test_cells_of_different_heights_stay_in_their_row() -> None:
    words = [(60, 720, 10, "Heure"), (120, 720, 10, "Lundi"), (260, 720, 10, "Mardi")]
    for at in range(3):
        high = 690 - 60 * at
        words += [
            (120, high - 12 * line, 10, text) for line, text in enumerate(("Français", "B12"))
        ]
        words += [(260, high - 6, 10, "Gymnase"), (60, high, 10, f"{8 + at}h-")]
        words += [(60, high - 12, 10, f"{9 + at}h")]
    assert text(pages(words), "a.pdf").split("\n")[:2] == [
        "Heure  Lundi         Mardi",
        "8h-9h  Français B12  Gymnase",
    ]


def test_a_list_in_two_columns_is_no_table_of_one_row() -> None:
    words = [(60, 700 - 12 * at, 10, f"{at}. MARTIN") for at in range(1, 5)]
    words += [(260, 700 - 12 * at, 10, f"{at + 4}. DUPONT") for at in range(1, 5)]
    assert len(text(pages(words), "a.pdf").split("\n")) == 4


def test_links_show_where_they_lead_and_when_their_words_lie() -> None:
    def link(rect: str, url: str) -> bytes:
        return f"<</Subtype/Link/Rect[{rect}]/A<</S/URI/URI({url})>>>>".encode()

    first, second = link("50 695 300 712", "https://piege.example/a"), link("0 0 9 9", "file:///x")
    data = pages([(60, 700, 11, "portail.ac-amiens.fr"), (60, 680, 11, "suite")])
    annotated = data.replace(b"/Contents", b"/Annots[" + first + second + b"]/Contents", 1)
    assert text(annotated, "a.pdf").split("\n")[:5] == [
        "portail.ac-amiens.fr⟦1⟧",
        "suite",
        "",
        " ⟦1⟧ piege.example/a",
        "   ! Le texte dit portail.ac-amiens.fr, le lien mène à piege.example.",
    ]
