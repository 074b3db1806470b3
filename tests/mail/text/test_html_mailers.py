"""HTML as the mailers and newsletter tools of schools write it."""

import pytest

from acterm.mail.message import Rendered
from acterm.mail.parsing.mime import parse
from acterm.mail.text.render import render
from acterm.mail.text.tags import MAX_TAG, Tag, tokens
from tests.mail.mails import mail


def read(body: str, subject: str = "Conseil") -> Rendered:
    return render(parse(mail(body, "text/html; charset=utf-8", Subject=subject)), 80)


def test_a_newsletter_whose_frames_have_no_font_size_is_read() -> None:
    body = """<td style="direction:ltr;font-size:0px;padding:20px 0">
      <div style="font-size:0px"><table role="presentation"><tr><td style="font-size:0px">
      <div style="font-size:13px">La lettre de la délégation</div></td></tr></table></div></td>"""
    assert read(body).text == "La lettre de la délégation"


@pytest.mark.parametrize("size", ["1em", "0.9em", "100%", "10px", "1.1rem", "medium"])
def test_a_font_size_that_can_be_read_is_read(size: str) -> None:
    assert read(f'<p style="font-size:{size}">Bonjour</p>').text == "Bonjour"


@pytest.mark.parametrize("size", ["0", "0px", "1px", "0.5pt", "0em"])
def test_a_font_size_that_cannot_be_read_hides(size: str) -> None:
    body = f'<div style="font-size:{size}">caché<span style="font-size:12px"> vu</span></div>'
    assert read(body).text == "vu"


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="color:#fff">caché</span>',
        '<font color="white">caché</font>',
        '<div style="color:rgb(255, 255, 255)">caché</div>',
        '<div style="background:#003"><p style="color:#000033">caché</p></div>',
        '<div style="position:absolute; left:-9999px">caché</div>',
        '<div style="height:0; overflow:hidden">caché</div>',
        '<span style="color:transparent">caché</span>',
    ],
)
def test_text_of_the_colour_it_stands_on_is_hidden(hidden: str) -> None:
    assert read(f"{hidden}<p>Bonjour</p>").text == "Bonjour"


@pytest.mark.parametrize(
    "visible",
    [
        '<table bgcolor="#003366"><tr><td><font color="#ffffff">Bonjour</font></td></tr></table>',
        '<div style="background:#036"><p><b style="color:white">Bonjour</b></p></div>',
        '<td background="https://x.example/a.png" style="color:#fff">Bonjour</td>',
        "<style>.h{background:#036}</style><div class=h><p style='color:#fff'>Bonjour</p></div>",
        '<div style="height:0">Bonjour</div>',
        '<a href="https://x.example" style="background:#036;color:#fff;mso-hide:all">Bonjour</a>',
    ],
)
def test_white_text_on_a_coloured_ground_is_read(visible: str) -> None:
    assert read(visible).text.removesuffix("⟦1⟧") == "Bonjour"


def test_the_lines_of_outlook_and_zimbra_are_lines() -> None:
    body = """<p class=MsoNormal>Bonjour,</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
      <p class=MsoNormal>À jeudi.</p>
      <p style="margin: 0px;">Zoé</p><p style="margin: 0px;">SVT</p>"""
    assert read(body).text == "Bonjour,\n\nÀ jeudi.\nZoé\nSVT"


def test_the_list_marks_of_word_are_list_marks() -> None:
    body = """<p class=MsoListParagraph><span style='font-family:Symbol'>·<span
      style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span>Bilan</p>
      <p class=MsoListParagraph>1.&nbsp;&nbsp;&nbsp;&nbsp; Un</p>
      <p class=MsoListParagraph>-&nbsp;&nbsp;&nbsp;&nbsp; Deux</p>"""
    assert read(body).text == "  • Bilan\n  1. Un\n  - Deux"


def test_a_paragraph_inside_an_item_stays_beside_its_mark() -> None:
    assert read("<ul><li><p>un</p><li><div>deux</div></ul>").text == "  • un\n  • deux"


def test_a_quotation_that_only_indents_is_none() -> None:
    body = '<blockquote style="margin:0 0 0 40px;border:none;padding:0">en retrait</blockquote>'
    assert [(line.text, line.quote) for line in read(body).lines] == [("en retrait", 0)]


def test_no_break_spaces_stay_and_figures_are_raised() -> None:
    assert read("À 17&nbsp;h\u202f: 60&#160;m<sup>2</sup>, la 3<sup>e</sup>D").text == (
        "À 17\u00a0h\u202f: 60\u00a0m², la 3eD"
    )


def test_the_quotes_of_windows_written_as_numbers_are_quotes() -> None:
    assert read("l&#146;&eacute;l&egrave;ve &#150; &#0;&#xD800;&copy").text == "l’élève – ©"


def test_short_rows_are_a_table_without_its_borders_too() -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{value}</td></tr>"
        for name, value in (("Quand", "lundi"), ("Où", "salle 12"), ("Avec", "Zoé"))
    )
    assert read(f"<table>{rows}</table>").text == "Quand  lundi\nOù     salle 12\nAvec   Zoé"


def test_borders_drawn_by_style_make_a_table() -> None:
    cell = "<td style='border:solid windowtext 1.0pt'><p class=MsoNormal>{}</p></td>"
    rows = "".join(
        f"<tr>{cell.format(a)}{cell.format(b)}</tr>" for a, b in (("3eD", "17 h"), ("4eC", "8 h"))
    )
    assert read(f"<table border=0>{rows}</table>").text == "3eD  17 h\n4eC  8 h"


def test_a_table_inside_what_is_hidden_does_not_shift_the_others() -> None:
    hidden = "<div style='display:none'><table border=1><tr><td>a<td>b<tr><td>c<td>d</table></div>"
    layout = "<table><tr><td>Bonjour</td></tr></table>"
    data = "<table border=1><tr><td>Nom<td>Note<tr><td>Zoé<td>15</table>"
    assert read(hidden + layout + data).text == "Bonjour\n\nNom  Note\nZoé    15"


def test_a_signature_beside_a_line_is_no_table() -> None:
    body = """<table><tr><td style="border-right:1px solid #ccc">Zoé</td>
      <td>Professeure<br>Collège</td></tr></table>"""
    assert "Professeure\nCollège" in read(body).text


def test_a_linked_picture_without_words_is_a_link() -> None:
    rendered = read('<a href="https://x.example/1"><img src="https://x.example/b.png"></a>')
    assert rendered.text == "[image]⟦1⟧"


def test_a_mail_cannot_forge_the_number_of_a_link() -> None:
    assert read("ici⟦1⟧ &#10214;2&#10215;").text == "ici[1] [2]"


def test_a_picture_of_a_newsletter_is_no_spy_and_a_counter_is() -> None:
    shown = read(
        '<img src="https://gallery.mailchimp.example/photo.jpg" width=300 height=200 alt="Photo">'
    )
    assert (shown.text, [sign.code for sign in shown.signs]) == (
        "[image\u00a0: Photo]",
        ["remote-content"],
    )
    spied = read('<p>a</p><img src="https://suivi.example/tr/op/xyz" alt="">')
    assert [sign.code for sign in spied.signs] == ["tracker"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a < b <3 c", ["a < b <3 c"]),
        ("<p>x</P >y", [("p", True, False), "x", ("p", False, True), "y"]),
        ("<br/>x", [("br", True, True), "x"]),
        ('<a title="a > b">x', [("a", True, False), "x"]),
        ("<style>a<b</style>x", [("style", True, False), ("style", False, True), "x"]),
        ("<script>never closed <p>x", [("script", True, False)]),
        ("<p", ["<p"]),
        ("<" + "a" * (MAX_TAG + 10), ["<" + "a" * (MAX_TAG + 10)]),
    ],
)
def test_tags_are_cut_as_a_browser_cuts_them(source: str, found: list[object]) -> None:
    assert [
        (one.name, one.opens, one.closes) if isinstance(one, Tag) else one for one in tokens(source)
    ] == found


def test_attributes_are_read_however_they_are_written() -> None:
    (tag,) = tokens(
        "<A HREF=https://x.example/?a=1&amp;b=2&copy=3 title='l&#39;été' hidden Href=x>"
    )
    assert isinstance(tag, Tag)
    assert tag.attributes == {
        "href": "https://x.example/?a=1&b=2&copy=3",
        "title": "l'été",
        "hidden": None,
    }


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Bonne soirée <span style='font-family:Wingdings'>J</span>", "Bonne soirée ☺"),
        ("8 h <span style='font-family:Wingdings'><span>à</span></span> 9 h", "8 h → 9 h"),
        ("8 h <font face=Wingdings>à</font> 9 h", "8 h → 9 h"),
        ("<span style='font-family:Wingdings'><b style='font-family:Arial'>J</b></span>", "J"),
        ("\uf0b7 cahiers", "• cahiers"),
    ],
)
def test_the_letters_of_symbol_fonts_are_the_signs_they_draw(written: str, seen: str) -> None:
    assert read(written).text == seen
