"""HTML as a person was meant to read it, and nothing that was hidden."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.cells import cells
from acterm.mail.text import html
from acterm.mail.text.marking import unmarked
from acterm.mail.text.marks import layout


def shown(source: str, width: int = 80) -> str:
    """The lines a reader sees."""
    return "\n".join(line.text for line in layout(html.read(source).lines, width)).strip()


@pytest.mark.parametrize(
    "hiding",
    [
        '<div style="display:none">secret</div>',
        "<div hidden>secret</div>",
        '<span style="font-size:0">secret</span>',
        '<span style="mso-hide:all">secret</span>',
        '<div style="max-height:0px; overflow:hidden">secret</div>',
        '<p style="color:#fff; background-color:white">secret</p>',
        '<span style="opacity:0">secret</span>',
        "<style>.pre { display: none }</style><div class=pre>secret</div>",
        "<style>/* secret */ #haut{display:none}</style><div id=haut>secret</div>",
        "<!-- secret -->",
        "<!--[if mso]>secret<![endif]-->",
        "<script>secret</script>",
        "<title>secret</title>",
    ],
)
def test_what_a_browser_hides_is_not_shown(hiding: str) -> None:
    assert shown(f"{hiding}<p>Bonjour</p>") == "Bonjour"


def test_what_is_hidden_on_a_telephone_only_is_shown() -> None:
    assert (
        shown("<style>@media (max-width:600px){.a{display:none}}</style><p class=a>Bonjour")
        == "Bonjour"
    )


def test_entities_keep_their_accents_and_lose_their_escapes() -> None:
    assert shown("&eacute;t&#233; &amp; &#27;[2J&#xE000;&#x202E;&euro;") == "été & [2J€"


def test_paragraphs_lists_and_quotes_look_like_themselves() -> None:
    text = shown("<p>Un</p><p>Deux</p><ul><li>a<ul><li>b</ul></ul><blockquote>cité</blockquote>")
    assert text.startswith("Un\n\nDeux")
    assert re.search(r"• a\n\s+• b", text)
    assert "> cité" in text


def test_a_numbered_list_is_numbered() -> None:
    assert re.search(r"1\. un\n\s*2\. deux", shown("<ol><li>un<li>deux</ol>"))


def test_an_item_may_say_its_number() -> None:
    text = shown("<ol><li>un<li value=7>sept<li>huit</ol>")
    assert re.findall(r"\d\. \w+", text) == ["1. un", "7. sept", "8. huit"]


def test_text_loose_in_the_head_is_shown() -> None:
    assert (
        shown("<head><title>t</title><style>p{}</style>\nBonjour <p>Luc</head>") == "Bonjour\n\nLuc"
    )


def test_a_link_has_a_number_and_keeps_its_target_aside() -> None:
    read = html.read(
        '<a href="https://x.example/a">ici</a> et <a href="https://x.example/b">là</a>'
    )
    assert unmarked(read.lines[0]) == "ici⟦1⟧ et là⟦2⟧"
    assert read.links == [("ici", "https://x.example/a"), ("là", "https://x.example/b")]


def test_an_address_that_nobody_made_a_link_of_is_one() -> None:
    page = html.read(
        "<p>Voir https://x.example/a (ou <a href=https://y.example>https://y.example</a>)."
    )
    assert [unmarked(line) for line in page.lines] == [
        "Voir https://x.example/a⟦1⟧ (ou https://y.example⟦2⟧)."
    ]
    assert [url for _text, url in page.links] == ["https://x.example/a", "https://y.example"]


def test_a_script_link_is_only_its_text() -> None:
    read = html.read('<a href="javascript:alert(1)">ici</a>')
    assert (unmarked(read.lines[0]), read.links) == ("ici", [])


def test_a_layout_table_is_lines_and_a_data_table_is_columns() -> None:
    assert (
        shown("<table><tr><td>Bonjour</td></tr><tr><td>à tous</td></tr></table>")
        == "Bonjour\nà tous"
    )
    table = shown(
        "<table border=1><tr><th>Élève<th>Note<tr><td>Zoé<td>15<tr><td>Maximilien<td>9</table>"
    )
    assert table.split("\n") == ["Élève       Note", "Zoé           15", "Maximilien     9"]


def test_a_long_cell_wraps_and_loses_no_word() -> None:
    words = " ".join(f"mot{number}" for number in range(40))
    text = shown(f"<table border=1><tr><td>Remarque<td>{words}</table>", 40)
    assert set(re.findall(r"mot\d+", text)) == set(words.split())
    assert all(cells(line) <= 40 for line in text.split("\n"))


def test_a_table_that_nobody_closed_is_shown() -> None:
    assert "Zoé" in shown("<table border=1><tr><td>Zoé<td>15")


def test_a_picture_says_what_it_is_and_a_spy_is_only_told() -> None:
    read = html.read('<img src="https://x.example/a.png" alt="Logo" width=200>')
    assert ("Logo" in read.lines[0], read.remote, read.tracker) == (True, True, False)
    read = html.read('<p>a<img src="https://x.example/o.gif" width=1 height=1>')
    assert (unmarked(read.lines[0]), read.tracker) == ("a", True)


@pytest.mark.parametrize(
    "source",
    [
        '<td background="https://x.example/a.png">a</td>',
        "<div style=\"background:url('https://x.example/a.png')\">a</div>",
        "<style>body{background-image:url(//x.example/a.png)}</style>a",
        "<style>@import 'https://x.example/a.css';</style>a",
        '<link rel="stylesheet" href="https://x.example/a.css">a',
        '<iframe src="https://x.example/"></iframe>a',
    ],
)
def test_whatever_would_be_fetched_from_the_web_is_told(source: str) -> None:
    assert html.read(source).remote


def test_a_picture_that_came_with_the_mail_is_not_remote() -> None:
    assert not html.read('<img src="cid:logo" alt="Logo"><a href="https://x.example">a</a>').remote


def test_a_picture_written_into_its_tag_is_a_picture() -> None:
    data = "iVBORw0KGgo" * 4000
    text = shown(f'<p>a</p><img src="data:image/png;base64,{data}" alt="Logo"><p>b</p>')
    assert "Logo" in text
    assert "iVBOR" not in text


def test_a_page_of_endless_tags_is_cut_and_says_so() -> None:
    assert html.read("<b>a</b>" * 100_000).cut
    assert not html.read("<b>a</b>" * 1_000).cut


HOSTILE = {
    "divs": "<div>" * 50_000 + "x",
    "powers": "a<sup>" + "1" * 500_000 + "x</sup><sub>" + "1" * 500_000 + "x</sub>",
    "lists": "<ul><li>" * 20_000,
    "links": "<a " * 100_000,
    "open links": '<a href="http://x.example">' * 40_000 + "</a>" * 40_000,
    "attributes": "<p" + " a=1" * 100_000 + ">x",
    "half attributes": '<a b="' * 100_000,
    "comments": "<!--" * 100_000,
    "cdata": "<![CDATA[" * 100_000,
    "angles": "<" * 200_000,
    "style blocks": "<style>" * 100_000,
    "style comments": "<style>" + "/*" * 90_000 + "</style>x",
    "style words": ("<style>" + "a" * 150_000 + "</style>") * 12,
    "media": "<style>" + "@media{" * 20_000 + "</style>x",
    "quotes": "<blockquote>" * 50_000 + "x",
    "colspan": "<table border=1><tr><td colspan=1000000>x</table>",
    "cells": "<table border=1><tr>" + "<td>x" * 20_000,
    "bold": "<b>a</b>" * 50_000,
    "nested tables": "<table><tr><td>" * 5_000 + "x",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_html_is_laid_out_and_fits(source: str) -> None:
    assert all(cells(line.text) <= 80 for line in layout(html.read(source).lines, 80))


_PIECES = """<p>|<div>|</div>|<ul>|<li>|</ul>|<ol>|<table>
<table border=1>|<tr>|<td>|<th>|</td>|</table>|<b>|</b>
<a |<a href=http://x.example/>|</a>|<blockquote>|</blockquote>|<pre>|</pre>|<img src=//x/a>
<h1>|</h1>|<hr>
<br>|&eacute;|&#27;|&#xE001;|&#57344;| mot |中文字|>|<|<!--|-->|<style>|</style>
\ue000|\ue021|\t|\u202e|<q>|<dd>"""
_TAGS = st.sampled_from(re.split(r"[|\n]", _PIECES))


@given(st.one_of(st.text(), st.lists(_TAGS, max_size=60).map("".join)), st.integers(20, 100))
def test_any_html_is_text_that_fits(source: str, width: int) -> None:
    for line in layout(html.read(source).lines, width):
        assert cells(line.text) <= width
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ue000-\ue0ff]", line.text)
        for span in line.spans:
            assert 0 <= span.start <= span.end <= len(line.text)


_SHOWN = """<p>|<div>|</div>|<ul>|<li>|</ul>|<table>|<table border=1>|<tr>|</tr>|<td>|<th>|</td>
<td colspan=3>|<td rowspan=2>|</table>|<b>|</b>|<s>|</s>|<a href=http://x.example/>|</a>|<q>
<blockquote>|</blockquote>|<h1>|</h1>|<hr>|<br>|<dd>|<sup>|<img src=cid:a alt=Logo>"""


@given(st.lists(st.sampled_from(re.split(r"[|\n]", _SHOWN)), max_size=40))
def test_no_word_that_can_be_seen_is_lost(tags: list[str]) -> None:
    source = "".join(f" mot{number}. {tag}" for number, tag in enumerate(tags))
    text = shown(source, 120)
    assert all(f"mot{number}." in text for number in range(len(tags)))
