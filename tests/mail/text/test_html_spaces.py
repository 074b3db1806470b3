"""What stands apart in an HTML mail and what stands together: blocks, cells, rules, quotations."""

import pytest

from acterm.mail.text import html
from acterm.mail.text.marks import layout


def shown(source: str, width: int = 80) -> str:
    """The text a reader sees."""
    return "\n".join(line.text for line in layout(html.read(source).lines, width))


def cell(text: str, style: str = "") -> str:
    return f'<table role="presentation"><tr><td style="{style}">{text}</td></tr></table>'


def test_the_blocks_of_a_newsletter_stand_apart() -> None:
    card = "<td><b>SVT {0}</b><br>{0} €<br><a href='https://x.example/{0}'>Commander</a></td>"
    row = f"<tr>{card.format(6)}{card.format(5)}</tr>"
    assert shown(f"<table><tr><td><table>{row}</table></td></tr></table>") == (
        "SVT 6\n6 €\nCommander⟦1⟧\n\nSVT 5\n5 €\nCommander⟦2⟧"
    )


def test_a_title_in_its_own_cell_stays_above_its_text() -> None:
    rows = "<tr><td>Formation</td></tr><tr><td>Inscrivez-vous.<br>Avant jeudi.</td></tr>"
    assert shown(f"<table role=none>{rows}</table>") == "Formation\nInscrivez-vous.\nAvant jeudi."


@pytest.mark.parametrize("style", ["padding:10px 25px", "padding-top: 1em", "border-top:1px solid"])
def test_a_cell_with_space_around_it_stands_apart(style: str) -> None:
    assert shown(f"{cell('Un')}{cell('Deux', style)}") == "Un\n\nDeux"


@pytest.mark.parametrize("style", ["padding:0 25px", "padding:4px", "border:none"])
def test_a_cell_without_space_around_it_does_not(style: str) -> None:
    assert shown(f"{cell('Un')}{cell('Deux', style)}") == "Un\nDeux"


def test_an_empty_cell_that_is_tall_is_a_gap() -> None:
    tall = '<tr><td height="24">&nbsp;</td></tr>'
    assert shown(f"<table><tr><td>Un</td></tr>{tall}<tr><td>Deux</td></tr></table>") == "Un\n\nDeux"


def test_a_day_written_in_a_column_is_read_on_one_line() -> None:
    row = "<tr><td><b>JEU.<br>3</b></td><td>Formation PIX<br>au CDI</td></tr>"
    assert shown(f"<table>{row}</table>") == "JEU. 3\nFormation PIX\nau CDI"


@pytest.mark.parametrize(
    "style", ["margin:0", "margin:0cm 0cm 0.0001pt", "margin-top:0;margin-bottom:0"]
)
def test_paragraphs_without_margins_are_lines(style: str) -> None:
    lines = "".join(f'<p style="{style};font-size:14px">{word}</p>' for word in ("Un", "Deux"))
    assert shown(lines) == "Un\nDeux"
    assert shown(lines.replace(style, "margin:0 0 12pt")) == "Un\n\nDeux"


def test_a_style_sheet_may_take_the_margins_of_paragraphs() -> None:
    assert shown("<style>P {margin-top:0;margin-bottom:0;}</style><p>Un<p>Deux") == "Un\nDeux"
    source = "<style>p{margin:0} .texte p{margin:0 0 16px}</style><div class=texte><p>Un<p>Deux"
    assert shown(source) == "Un\n\nDeux"


def test_a_question_stays_above_its_answer_when_space_is_left_above_it_alone() -> None:
    source = "<div style='margin-top:24px'>Repas</div><div>Self</div>" * 2
    assert shown(source) == "Repas\nSelf\n\nRepas\nSelf"


def test_the_blanks_inside_a_button_are_not_shown() -> None:
    source = "<p><a href='https://x.example'>&nbsp; Je viens &nbsp;</a></p><p>Merci</p>"
    assert shown(source) == "Je viens⟦1⟧\n\nMerci"


def test_what_was_ticked_in_a_form_is_seen() -> None:
    source = "<input type=radio checked> Self<br><input type=radio> Pique-nique<input type=text>"
    assert shown(source) == "[x] Self\n[ ] Pique-nique"


def test_a_quotation_ends_where_its_words_end() -> None:
    source = "<blockquote><pre>Et la 3e C ?\n\n</pre></blockquote><p>Paul, je crois.</p>"
    assert shown(source) == "> Et la 3e C ?\n\nPaul, je crois."


def test_a_sign_typed_inside_a_quotation_counts_on_its_line_alone() -> None:
    source = "<blockquote>&gt; De : Zoé<br>&gt; À : vous<br>Bonjour</blockquote>"
    assert shown(source) == ">> De : Zoé\n>> À : vous\n> Bonjour"


def test_a_break_at_the_end_of_a_block_is_no_empty_line() -> None:
    assert shown("<div>De : Zoé<br></div><div>Objet : EPS<br></div>") == "De : Zoé\nObjet : EPS"
    assert shown("<div>Un<br><br></div><div>Deux</div>") == "Un\n\nDeux"
    assert shown("<div>Un</div><div><br></div><div>Deux</div>") == "Un\n\nDeux"


@pytest.mark.parametrize("how", ["pre-wrap", "pre", "pre-line", "break-spaces"])
def test_lines_that_a_style_keeps_are_kept(how: str) -> None:
    source = f"<div style='white-space:{how}'>Programme :\n  - piscine\n  - <b>musée</b>\n</div>Zoé"
    nbsp = "\u00a0" * 2
    assert shown(source) == f"Programme :\n{nbsp}- piscine\n{nbsp}- musée\nZoé"
    assert shown("<div style='white-space:nowrap'>Un\ndeux</div>") == "Un deux"


def test_two_rules_are_one() -> None:
    assert shown("Un<hr><hr>Deux").count("─") == 60


def test_words_chained_by_hard_spaces_are_not_cut_when_they_fill_more_than_a_line() -> None:
    path = "&nbsp;»&nbsp;".join(("Mon établissement", "Forums", "Annonces", "Réunions"))
    lines = shown(path, 30).replace("\u00a0", " ").splitlines()
    assert lines == ["Mon établissement » Forums »", "Annonces » Réunions"]
    assert shown("Total :&nbsp;120&nbsp;€ et 12&nbsp;000&nbsp;€", 20).endswith(
        "\n12\u00a0000\u00a0€"
    )


def test_a_line_of_underscores_never_wraps() -> None:
    assert shown(f"<p>{'_' * 90}</p><p>Réunion</p>", 40) == f"{'_' * 40}\n\nRéunion"
    (line,) = layout(html.read(f"<b>{'_' * 90}</b>").lines, 40)
    assert (line.spans[0].start, line.spans[0].end) == (0, 40)
