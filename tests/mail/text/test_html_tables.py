"""Tables of an HTML mail: those that hold data in columns, those that only lay out as lines."""

import pytest

from acterm.mail.cells import cells
from acterm.mail.text import html
from acterm.mail.text.marks import layout

TIMETABLE = """<table border=1><tr><th></th><th>Lundi</th><th>Mardi</th></tr>
<tr><th>8 h</th><td>Maths<br>Salle 12</td><td rowspan=2>SVT</td></tr>
<tr><th>9 h</th><td>Anglais</td></tr>
<tr><td colspan=3>Repas de 12 h à 13 h 30, inscription auprès de l’intendance</td></tr></table>"""
MARKS = """<table border=1><caption>Relevé</caption><tr><th>Matière<th>Note<th>Appréciation</tr>
<tr><td>Mathématiques<td>15,5<td>Un très bon trimestre, continuez.</tr>
<tr><td>SVT<td>9<td></tr></table>"""


def shown(source: str, width: int = 80) -> list[str]:
    """The lines a reader sees."""
    return [line.text for line in layout(html.read(source).lines, width)]


def test_a_cell_keeps_its_lines_and_one_that_spans_rows_is_seen_to_go_on() -> None:
    assert shown(TIMETABLE)[:4] == [
        "     Lundi     Mardi",
        "8 h  Maths     SVT",
        "     Salle 12",
        "9 h  Anglais   │",
    ]


def test_a_cell_over_several_columns_is_drawn_over_them() -> None:
    rows = "<tr><th>8 h<td>SVT<td>Musique<td>EPS</tr><tr><th>9 h<td colspan=2>DS<td>EPS</tr>"
    days = "<tr><th><th>Lundi<th>Mardi<th>Jeudi</tr>"
    assert shown(f"<table border=1>{days}{rows}</table>") == [
        "     Lundi  Mardi    Jeudi",
        "8 h  SVT    Musique  EPS",
        "9 h  DS ───────────  EPS",
    ]
    assert "• Lundi, Mardi : DS" in shown(f"<table border=1>{days}{rows}</table>", 20)


def test_a_cell_over_several_rows_is_said_in_each_when_read_row_by_row() -> None:
    assert "\n".join(shown(TIMETABLE, 14)).count("• Mardi : SVT") == 2


def test_marks_stand_to_the_right_whatever_their_column_is_called() -> None:
    rows = "<tr><td>NOM<td>T1</tr><tr><td>Aubert<td>12,5</tr><tr><td>Benali<td>9</tr>"
    assert shown(f"<table border=1>{rows}</table>") == [
        "NOM       T1",
        "Aubert  12,5",
        "Benali     9",
    ]


def test_the_first_line_of_figures_too_wide_says_what_they_are() -> None:
    names = "".join(f"<td>Trimestre {number}" for number in range(1, 9))
    marks = "".join(f"<td>1{number},5" for number in range(1, 9))
    rows = f"<tr><td>Élève{names}</tr>" + f"<tr><td>Zoé{marks}</tr>" * 2
    assert shown(f"<table border=1>{rows}</table>", 34)[:2] == ["Zoé", "• Trimestre 1 : 11,5"]


def test_a_timetable_whose_cells_are_framed_by_tables_is_a_timetable() -> None:
    def framed(text: str) -> str:
        return f"<td><table><tr><td>{text}</td></tr></table></td>"

    days = "<tr><th></th><th>Lundi</th><th>Mardi</th></tr>"
    rows = f"<tr><td>8 h</td>{framed('Maths')}{framed('SVT<br>labo')}</tr>"
    lines = ["     Lundi  Mardi", "8 h  Maths  SVT", "            labo"]
    assert shown(f"<table border=1>{days}{rows}</table>") == lines
    card = framed("Les élèves de troisième visiteront le musée de Picardie. " * 3)
    lines = shown(f"<table border=1><tr>{card}{card}</tr><tr>{card}{card}</tr></table>")
    assert len(lines[0]) > 60


def test_a_table_inside_a_table_that_nobody_closed_loses_nothing() -> None:
    lines = shown("<table border=1><tr><th>Nom<th>Note<tr><td>Zoé<td><table><tr><td>15")
    assert lines == ["Nom  Note", "Zoé    15"]


def test_a_rule_inside_a_cell_costs_no_row() -> None:
    row = "<tr><td>{0}<hr><td>{0}{0}</tr>"
    lines = shown(f"<table border=1>{row.format('a')}{row.format('b')}</table>")
    assert "aa" in "".join(lines) and "bb" in "".join(lines)


def test_headings_without_anything_below_them_are_read() -> None:
    row = "".join(f"<td><b>Établissement {number}</b>" for number in range(8))
    text = " ".join(shown(f"<table border=1><tr>{row}<tr><td colspan=8>Fin</table>", 30))
    assert all(f"{number}" in text for number in range(8))


def test_a_mark_stands_before_the_text_in_the_cell_beside_it() -> None:
    text = "Stand industrie, avec les entreprises de la zone nord et le lycée professionnel"
    rows = f"<tr><td>•</td><td>{text}</td></tr><tr><td>1</td><td>Ouvrez.<br>Puis lisez.</td></tr>"
    lines = shown(f"<table role=none>{rows}</table>", 50)
    assert lines[0].startswith("•  Stand industrie") and lines[1].startswith("   ")
    assert lines[-2:] == ["1  Ouvrez.", "Puis lisez."]


def test_a_cell_across_all_columns_does_not_widen_the_first() -> None:
    assert shown(TIMETABLE)[4].startswith("Repas de 12 h à 13 h 30, inscription auprès")


def test_a_table_in_a_quotation_stays_quoted_on_every_line() -> None:
    lines = shown(f"<p>Oui.</p><blockquote>Voici :{TIMETABLE}</blockquote>", 40)
    quoted = [line for line in lines if line.startswith(">")]
    assert len(quoted) > 5
    assert quoted[2:4] == [">      Lundi     Mardi", "> 8 h  Maths     SVT"]
    assert all(cells(line) <= 40 for line in lines)


def test_a_table_too_wide_is_read_row_by_row_under_its_headings() -> None:
    assert shown(MARKS, 30) == [
        "Relevé",
        "Mathématiques",
        "• Note : 15,5",
        "• Appréciation : Un très bon",
        "  trimestre, continuez.",
        "SVT",
        "• Note : 9",
    ]


@pytest.mark.parametrize("width", range(20, 90, 7))
def test_a_table_fits_and_loses_no_word_at_any_width(width: int) -> None:
    lines = shown(MARKS, width)
    assert all(cells(line) <= width for line in lines)
    text = " ".join(lines)
    assert all(word in text for word in ("15,5", "trimestre", "Relevé", "9"))


def test_the_columns_of_a_newsletter_are_read_one_after_the_other() -> None:
    source = """<table role=presentation><tr>
      <td><h3>Formation</h3><p>Inscrivez-vous.</p><a href="https://x.example/1">Oui</a></td>
      <td><h3>Ressources</h3><p>De nouveaux cours.</p><a href="https://x.example/2">Voir</a></td>
      </tr></table>"""
    assert [line for line in shown(source) if line] == [
        *("Formation", "Inscrivez-vous.", "Oui⟦1⟧", "Ressources", "De nouveaux cours.", "Voir⟦2⟧")
    ]


def test_short_cells_beside_each_other_stay_so() -> None:
    row = '<td><p><a href="https://x.example/1">Site</a></p></td><td>|</td><td><p>Blog</p></td>'
    assert shown(f"<table><tr>{row}</tr></table>") == ["Site⟦1⟧  |  Blog"]


def test_a_cell_beside_a_drawn_line_keeps_its_words() -> None:
    assert shown("<table><tr><td><hr></td><td>Bonjour</td></tr></table>")[-1] == "Bonjour"
    assert shown("<table><tr><td>Bonjour</td><td><hr></td></tr></table>")[0] == "Bonjour"


def test_heading_cells_that_only_lay_out_are_not_bold() -> None:
    source = "<table><tr><th><p>Bonjour à tous, voici la lettre.</p></th></tr></table>"
    (line,) = layout(html.read(source).lines, 80)
    assert (line.text, line.spans) == ("Bonjour à tous, voici la lettre.", ())


@pytest.mark.parametrize(
    "source",
    [
        "<table border=1>" + "<tr><td rowspan=1000 colspan=40>x<td>y" * 20_000,
        "<table border=1><tr>" + "<td rowspan=999>x" * 40 + "<tr><td>y" * 20_000,
        "<table border=1><tr><td rowspan=0 colspan=-1>x<td colspan=a>y<tr><td>z<td>t</table>",
    ],
)
def test_cells_that_span_without_end_are_bounded(source: str) -> None:
    assert all(cells(line) <= 80 for line in shown(source))


def test_a_table_without_end_is_cut_and_says_so() -> None:
    rows = "<tr>" + "<td>x</td>" * 8 + "</tr>"
    assert html.read(f"<table border=1>{rows * 6_000}</table>").cut
    assert not html.read(f"<table border=1>{rows * 1_000}</table>").cut


def test_a_link_that_begins_before_a_table_has_its_number_inside() -> None:
    source = (
        '<a href="https://x.example"><table border=1><tr><td>Lire</a><td>b<tr><td>c<td>d</table>'
    )
    assert html.read(source).links == [("Lire", "https://x.example")]
    assert shown(source)[0] == "Lire⟦1⟧  b"
