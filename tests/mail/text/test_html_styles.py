"""How words of an HTML mail are set, what is hidden by style sheets, and what only fills."""

import pytest

from acterm.mail.message import Line, Style
from acterm.mail.text import html
from acterm.mail.text.marks import layout


def lines(source: str) -> list[Line]:
    return [line for line in layout(html.read(source).lines, 80) if line.text]


def set_in(source: str) -> list[tuple[Style, str]]:
    """The styled words in order."""
    return [
        (span.style, line.text[span.start : span.end])
        for line in lines(source)
        for span in line.spans
    ]


@pytest.mark.parametrize(
    ("source", "style", "words"),
    [
        ("Un <b>mot</b> gras", Style.BOLD, "mot"),
        ("Un <span style='font-weight:700'>mot</span> gras", Style.BOLD, "mot"),
        ("<style>.g{font-weight:bold}</style>Un <span class=g>mot</span>", Style.BOLD, "mot"),
        ("Oui, <span style='color:#C00000'>en rouge</span>", Style.BOLD, "en rouge"),
        ("Oui, <font color=red>en rouge</font>", Style.BOLD, "en rouge"),
        ("Un <em>mot</em>", Style.ITALIC, "mot"),
        ("Un <span style='font-style:italic'>mot</span>", Style.ITALIC, "mot"),
        ("Un <code>mot</code>", Style.CODE, "mot"),
        ("<h2>Le <b>mot</b></h2>", Style.HEADING, "Le mot"),
    ],
)
def test_words_are_set_as_their_writer_set_them(source: str, style: Style, words: str) -> None:
    assert set_in(source) == [(style, words)]


def test_a_style_goes_on_over_lines_and_ends_where_it_ends() -> None:
    assert set_in("<b>un<br>deux<p>trois</b> quatre<h3>Cinq</h3><ol><li>six</ol>") == [
        *((Style.BOLD, word) for word in ("un", "deux", "trois")),
        (Style.HEADING, "Cinq"),
    ]


def test_a_bold_tag_that_says_it_is_not_bold_is_not() -> None:
    assert set_in("<b style='font-weight:normal'>Collé <i>de Docs</i></b>") == [
        (Style.ITALIC, "de Docs")
    ]


@pytest.mark.parametrize(
    "struck",
    [
        "<s>lundi</s>",
        "<del>lundi</del>",
        "<strike>lundi</strike>",
        "<span style='text-decoration: line-through'>lundi</span>",
        "<style>.x{text-decoration:line-through}</style><span class=x>lundi</span>",
    ],
)
def test_struck_words_are_told_in_words(struck: str) -> None:
    (line,) = lines(f"Réunion {struck} mardi")
    assert line.text == "Réunion [barré\u00a0: lundi] mardi"
    assert set_in(f"Réunion {struck} mardi") == [(Style.STRUCK, "lundi")]


@pytest.mark.parametrize(
    "hidden",
    [
        "<style>td.pre{font-size:0}</style><table><tr><td class=pre>caché</table>",
        "<style>.pre{color:#fff}</style><p class=pre>caché</p>",
        "<style>.pre{color:#FEFEFE} a:hover{background:#000}</style><p class=pre>caché</p>",
        "<style>body{background:#eee}</style><body><p style='color:#eee'>caché</p>",
        "<style>.pre{display:none!important}</style><div class='a pre'>caché</div>",
        "<div style='max-height:1px;overflow:hidden'>caché</div>",
        "<span style='font-size:2px'>caché</span>",
        "<div style='color:rgba(0,0,0,0)'>caché</div>",
        "<li hidden>caché<li>",
        "<table><tr><td hidden>caché<td></table>",
        "<p hidden>caché<div></div>",
        "<iframe>caché</iframe>",
    ],
)
def test_what_a_style_sheet_hides_is_not_shown(hidden: str) -> None:
    assert [line.text.strip(" •") for line in lines(f"{hidden}<p>Bonjour</p>")] == ["Bonjour"]


@pytest.mark.parametrize(
    "visible",
    [
        "<style>.b{background:#c00;color:white}</style><a class=b>Bonjour</a>",
        "<style>.h .b{background:#c00}</style><p class=b style='color:#fff'>Bonjour</p>",
        "<style>.m{display:none}</style><p class=m style='display:block'>Bonjour</p>",
        "<style>td.m{display:none}</style><p class=m>Bonjour</p>",
        "<div style='height:1px'>Bonjour</div>",
        "<head><title>x</title><p>Bonjour",
    ],
)
def test_what_can_be_seen_is_shown(visible: str) -> None:
    assert [line.text for line in lines(visible)] == ["Bonjour"]


def test_the_filling_of_a_preheader_leaves_nothing() -> None:
    filling = "&#847;&zwnj;&nbsp;&shy;&#8203;&#65279;" * 50
    assert [line.text for line in lines(f"<div>{filling}</div><p>Bon&shy;jour</p>")] == ["Bonjour"]


def test_words_keep_the_joiners_of_their_script_and_lose_marks_of_direction() -> None:
    (line,) = lines("می\u200cخواهم 👩\u200d🏫 \u200fשלום\u200e \u061cco\u200cworker")
    assert line.text == "می\u200cخواهم 👩\u200d🏫 שלום coworker"


def test_nested_lists_keep_their_depth_and_lines_their_place() -> None:
    source = "<ol><li>Bilan<ul><li>3eD<ul><li>absences</ul></ul><li>Projets<br>et sorties</ol>"
    assert [line.text for line in lines(source)] == [
        "  1. Bilan",
        "     • 3eD",
        "       • absences",
        "  2. Projets",
        "     et sorties",
    ]


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='https://x.example/a.gif' width=1 height=1>",
        "<img src='https://x.example/a.gif' style='display:none'>",
        "<div style='display:none'><img src='https://x.example/a.gif' width=1 height=1></div>",
        "<img src='https://abc.awstrack.me/I0/0100/x'>",
        "<img src='https://x.list-manage.example/track/open.php?u=1'>",
        "<img src='https://t.hubspotemail.net/e1t/o/x' width=200 height=100>",
    ],
)
def test_a_picture_that_counts_readers_is_told_and_not_shown(picture: str) -> None:
    page = html.read(f"<p>Bonjour</p>{picture}")
    assert (page.tracker, [line.text for line in layout(page.lines, 80)]) == (True, ["Bonjour"])


def test_a_hidden_picture_that_says_what_it_shows_is_no_spy() -> None:
    picture = "<img src='https://x.example/nuit.png' alt='Logo' style='display:none'>"
    assert not html.read(f"<p>Bonjour</p>{picture}").tracker
    assert html.read(f"<p>Bonjour</p>{picture.replace('Logo', '')}").tracker


@pytest.mark.parametrize(
    ("alt", "seen"),
    [
        ("🎉", "🎉"),
        ("cid:image001.png@01DC5A", "[image]"),
        ("Un logo&#10;&#10;Description générée automatiquement", "[image\u00a0: Un logo]"),
        ("Plan du collège.png", "[image\u00a0: Plan du collège.png]"),
    ],
)
def test_a_picture_is_called_by_what_a_person_said_of_it(alt: str, seen: str) -> None:
    (line,) = lines(f"<img src='cid:a' alt='{alt}'>")
    assert line.text == seen


def test_pictures_are_named_wherever_they_come_from() -> None:
    source = "<img src='cid:a' alt='Logo'><img src='https://x.example/a.png' alt='Plan'>"
    assert "".join(line.text for line in lines(source)) == "[image : Logo] [image : Plan]".replace(
        " :", "\u00a0:"
    )


def test_a_link_on_a_map_is_a_link() -> None:
    page = html.read("<map><area href='https://x.example/a' alt='Le plan'></map>")
    assert page.links == [("Le plan", "https://x.example/a")]


def test_the_number_of_a_link_stands_at_its_words() -> None:
    page = html.read("<a href='https://x.example'><div>Lire la suite </div></a><p>Fin</p>")
    assert [line.text for line in layout(page.lines, 80) if line.text] == [
        "Lire la suite⟦1⟧",
        "Fin",
    ]
