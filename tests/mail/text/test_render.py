"""A body laid out for a width."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.cells import cells
from acterm.mail.message import Rendered
from acterm.mail.parsing.mime import parse
from acterm.mail.text.render import render
from acterm.mail.web.links import host_of
from tests.mail.mails import mail, multipart, part, whole


def laid(body: str, kind: str = "text/plain; charset=utf-8", width: int = 80) -> Rendered:
    return render(parse(mail(body, kind)), width)


@pytest.mark.parametrize("width", [20, 40, 80, 132])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    body = (
        "élève " * 100
        + "\n"
        + "中文字" * 100
        + "\n"
        + ">" * 30
        + " "
        + "mot " * 50
        + "\n"
        + "x" * 500
    )
    assert max(cells(line.text) for line in laid(body, width=width).lines) <= width


def test_a_line_never_begins_with_the_sign_that_ends_a_word() -> None:
    text = laid(
        "Un mot de vingt signes : oui ! « Vraiment » ? Tout à fait ; 15 € et 3 %.", width=20
    )
    lines = text.text.split("\n")
    assert len(lines) > 3
    assert not [line for line in lines if line[0] in ";:!?»€%" or line.endswith("«")]


def test_a_text_keeps_its_writers_lines() -> None:
    assert laid("Bonjour,\r\n\r\n  Camille\r\n").text == "Bonjour,\n\n  Camille"


def test_flowed_lines_are_one_paragraph() -> None:
    body = "Le conseil de \r\nclasse est \r\nreporté.\r\n> Quand \r\n> donc ?\r\n-- \r\nCamille"
    assert laid(body, "text/plain; charset=utf-8; format=flowed").text == (
        "Le conseil de classe est reporté.\n> Quand donc ?\n--\nCamille"
    )


def test_delsp_takes_the_space_at_a_soft_break_away() -> None:
    assert laid("incon \r\nnu", "text/plain; format=flowed; delsp=yes").text == "inconnu"


def test_quoted_lines_know_their_depth() -> None:
    assert [line.quote for line in laid("Oui.\n> Non ?\n>> Si.").lines] == [0, 1, 2]


def test_the_mark_of_an_mbox_before_from_is_no_quotation() -> None:
    kept = laid("Bonjour,\n\n>From lundi on\nne vient plus.")
    assert (kept.text, {line.quote for line in kept.lines}) == (
        "Bonjour,\n\nFrom lundi on\nne vient plus.",
        {0},
    )
    assert laid(">From Luc:\n>oui").lines[0].quote == 1


def test_a_wrapped_quote_is_quoted_on_every_line() -> None:
    lines = laid("> " + "mot " * 40, width=40).lines
    assert len(lines) > 2
    assert all(line.text.startswith("> ") and line.quote == 1 for line in lines)


def test_links_of_a_text_are_numbered_without_the_full_stop() -> None:
    rendered = laid("Voir https://www.ac-amiens.fr/a. Et www.x.example/b (http://x.example/c_(d)).")
    assert [link.url for link in rendered.links] == [
        "https://www.ac-amiens.fr/a",
        "https://www.x.example/b",
        "http://x.example/c_(d)",
    ]
    assert [int(number) for number in re.findall(r"⟦(\d+)⟧", rendered.text)] == [1, 2, 3]


def test_the_html_is_read_when_it_says_more() -> None:
    parts = [
        part("Version HTML requise."),
        part("<p>Le conseil est reporté à jeudi.</p>", "text/html; charset=utf-8"),
    ]
    assert "jeudi" in render(parse(whole(multipart("alternative", parts))), 80).text


def test_the_text_is_read_when_it_says_the_same() -> None:
    parts = [
        part("Le conseil\nest reporté."),
        part("<p>Le conseil est reporté.</p>", "text/html; charset=utf-8"),
    ]
    assert (
        render(parse(whole(multipart("alternative", parts))), 80).text == "Le conseil\nest reporté."
    )


@pytest.mark.parametrize(
    ("text", "url", "warned"),
    [
        ("https://www.ac-amiens.fr/", "https://www.ac-amiens.fr/", False),
        ("https://www.ac-amiens.fr/", "https://evil.example/", True),
        ("webmail.ac-amiens.fr/quota", "https://evil.example/", True),
        ("Voir www.education.gouv.fr", "https://evil.example/", True),
        ("« webmail.ac-amiens.fr »", "https://evil.example/", True),
        ("camille.lefevre@ac-amiens.fr", "https://evil.example/", True),
        ("camille.lefevre@ac-amiens.fr", "mailto:camille.lefevre@ac-amiens.fr", False),
        ("camille.lefevre@ac-amiens.fr", "mailto:vol@evil.example", True),
        ("https://ac-amiens.fr@evil.example/", "https://ac-amiens.fr@evil.example/", True),
        ("ac-amiens.fr", "https://portail.ac-amiens.fr/", False),
        ("Cliquez ici", "https://evil.example/", False),
        ("M. Petit, p.12", "https://x.example/", False),
        ("notes.pdf", "https://x.example/", False),
    ],
)
def test_a_link_that_shows_another_host_is_told(text: str, url: str, warned: bool) -> None:
    (link,) = laid(f'<a href="{url}">{text}</a>', "text/html; charset=utf-8").links
    assert bool(link.warning) is warned
    assert not warned or link.host in link.warning


def test_the_host_is_the_one_that_is_asked() -> None:
    assert host_of("https://www.ac-amiens.fr@evil.example:8080/a") == "evil.example"
    assert host_of("mailto:a@x.example?subject=b@y.example") == "x.example"
    assert host_of("http://[oups") == ""


@pytest.mark.parametrize(
    "body",
    [
        "x" + "\t" * 4_000_000 + "x",
        ("\t" * 40 + "x\n") * 50_000,
        "漢" * 700_000,
        "a !" * 500_000,
        "> Le 1/2/2026, a@b a écrit :\n" * 50_000,
        "-- \nx\n" * 150_000,
        "De : x\nEnvoyé : y\nObjet : z\n" * 30_000,
    ],
    ids=["tabs", "lines of tabs", "wide", "clinging", "attributions", "signatures", "headers"],
)
def test_a_text_of_megabytes_costs_little(body: str) -> None:
    begun = time.process_time()
    assert laid(body).lines
    assert time.process_time() - begun < 2


def test_blanks_do_not_push_words_out_of_sight() -> None:
    assert laid("a" + " " * 3000 + "b\n" + "\t" * 2_000_000 + "c").text == "a        b\n        c"


def test_characters_that_take_no_room_leave_a_text() -> None:
    assert laid("in\u200bvi\u00adsible \u200fשלום\u200e").text == "invisible שלום"


def test_a_text_of_too_many_lines_is_cut_and_says_so() -> None:
    rendered = laid("a\n" * 70_000)
    assert len(rendered.lines) == 60_000
    assert [sign.code for sign in rendered.signs] == ["truncated"]
    assert not laid("a\n" * 100).signs


def test_marks_in_a_text_are_no_styles() -> None:
    line = laid("a\ue004b\ue014 \ue021c").lines[0]
    assert (line.text, line.spans) == ("ab c", ())


@given(
    st.text(),
    st.sampled_from(
        [
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            "text/plain; format=flowed; charset=utf-8",
        ]
    ),
    st.integers(20, 90),
)
def test_any_body_fits_and_is_safe(body: str, kind: str, width: int) -> None:
    for line in render(parse(mail(body.encode("utf-8", "replace"), kind)), width).lines:
        assert cells(line.text) <= width
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ue000-\ue0ff]", line.text)


def test_an_address_that_outlook_writes_twice_is_said_once() -> None:
    rendered = laid("Voir www.ac-amiens.fr<http://www.ac-amiens.fr/>")
    assert rendered.text == "Voir http://www.ac-amiens.fr/⟦1⟧"
    elsewhere = laid("Voir www.ac-amiens.fr<http://vol.example/>")
    assert len(elsewhere.links) == 2
