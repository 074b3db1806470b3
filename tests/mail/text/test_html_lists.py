"""Lists of an HTML mail, and figures raised and lowered."""

import pytest

from acterm.mail.text import html
from acterm.mail.text.marks import layout


def shown(source: str, width: int = 80) -> list[str]:
    """The lines a reader sees."""
    return [line.text for line in layout(html.read(source).lines, width)]


def test_lists_number_with_the_letters_they_ask_for() -> None:
    assert shown('<ol type="a"><li>un<li>deux</ol>') == ["  a. un", "  b. deux"]
    source = '<ol style="list-style-type:upper-roman" start=4><li>quatre</ol>'
    assert shown(source) == ["  IV. quatre"]


def test_a_list_without_marks_has_none() -> None:
    assert shown('<ul style="list-style:none"><li>Accueil<li>Contact</ul>') == [
        "Accueil",
        "Contact",
    ]


def test_the_later_paragraphs_of_an_item_stand_below_its_words() -> None:
    source = "<ol><li><p>Climat scolaire</p><p>Un second paragraphe de cet axe.</p></ol><p>Fin</p>"
    assert shown(source, 30) == [
        "  1. Climat scolaire",
        "",
        "     Un second paragraphe de",
        "     cet axe.",
        "",
        "Fin",
    ]


def test_a_list_inside_a_list_that_nobody_made_an_item_is_deeper() -> None:
    assert shown("<ul><li>a</li><ul><li>b</li></ul></ul>") == ["  • a", "    • b"]


def test_words_have_room_however_deep_their_list() -> None:
    lines = shown("<ol><li>niveau suivant<br>suite" * 14, 24)
    assert "" not in lines
    assert all(len(line.strip()) > 4 for line in lines)


def test_a_list_that_nobody_closed_ends_with_its_cell() -> None:
    source = "<table><tr><td><ul><li>un<br>deux</td></tr></table><p>Cordialement</p>"
    assert shown(source)[-1] == "Cordialement"


def test_terms_stand_above_their_explanations() -> None:
    source = "<dl><dt>CA<dd>conseil d’administration<dt>CVL<dd>vie lycéenne</dl>"
    assert shown(source) == ["CA", "    conseil d’administration", "CVL", "    vie lycéenne"]


def test_the_items_of_word_keep_their_depth_whatever_letter_marks_them() -> None:
    def item(level: int, mark: str, text: str) -> str:
        style = f"mso-list:l0 level{level} lfo1"
        return (
            f"<p class=MsoListParagraph style='{style}'><b>{mark}&nbsp;&nbsp;&nbsp; </b>{text}</p>"
        )

    source = item(1, "Ø", "axes") + item(2, "o", "réussite") + item(2, "b)", "climat")
    assert shown(source) == ["  • axes", "    • réussite", "    b) climat"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("H<sub>2</sub>O et m<sup>2</sup>", "H₂O et m²"),
        ("10<sup>-3</sup>, x<sup>2n</sup>", "10⁻³, x²ⁿ"),
        ("e<sup>x+1</sup>, e<sup>iπ</sup>, V<sub>max</sub>", "e^(x+1), e^iπ, V_max"),
        ("la 3<sup>e</sup>, le 1<sup>er</sup>, le 2<sup>d</sup>", "la 3e, le 1er, le 2d"),
        ("<sub>Mentions légales</sub>", "Mentions légales"),
        ("8<sup>h</sup>30, Canopé<sup>®</sup>", "8h30, Canopé®"),
    ],
)
def test_what_is_raised_or_lowered_keeps_its_sense(source: str, text: str) -> None:
    assert shown(source) == [text]
