"""A mail as the reader shows it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.cells import cells
from acterm.mail.parsing.mime import parse
from acterm.mail.signs.suspicion import signs
from acterm.mail.text.page import Block, PageLine, page
from acterm.mail.text.render import render
from tests.mail.mails import attached, mail, multipart, part, whole


def shown(source: bytes, width: int = 80) -> tuple[PageLine, ...]:
    message = parse(source)
    rendered = render(message, width)
    return page(message, rendered, signs(message, rendered), width)


def test_a_reply_address_that_is_the_sender_s_is_not_told_again() -> None:
    source = mail(From="Luc Petit <luc@x.example>", Reply_To="LUC@x.example")
    assert "luc@x.example" not in "\n".join(one.line.text for one in shown(source)[2:]).lower()


@pytest.mark.parametrize("name", ["Librairie du Marché de la Place Gambetta", "M" * 1000])
@pytest.mark.parametrize("width", [50, 60, 80])
def test_no_name_hides_the_address_of_its_sender(name: str, width: int) -> None:
    sender = f'"{name}" <commandes@librairie-du-marche.example>'
    source = mail(From=sender, Date="Mon, 23 Nov 2026 09:15:00 +0100")
    lines = [one.line.text for one in shown(source, width) if one.block is Block.HEADER]
    assert "<commandes@librairie-du-marche.example>" in " ".join(" ".join(lines).split())
    assert len(lines) < 6


def test_a_sender_without_an_address_is_only_a_name() -> None:
    assert "<" not in "".join(one.line.text for one in shown(mail(From="Luc Petit")))


def test_the_page_has_subject_people_warnings_text_links_and_attachments_in_this_order() -> None:
    text = part("Voir https://x.example/a")
    source = whole(
        multipart("mixed", [text, attached(b"x", "facture.pdf.exe")]),
        To="Luc <luc@x.example>",
        Date="Mon, 23 Nov 2026 09:15:00 +0100",
    )
    blocks = [line.block for line in shown(source) if line.block is not Block.BLANK]
    assert list(dict.fromkeys(blocks)) == [
        Block.SUBJECT,
        Block.HEADER,
        Block.SUSPECT,
        Block.BODY,
        Block.LINK,
        Block.ATTACHMENT,
    ]
    assert "facture.pdf.exe" in shown(source)[-1].line.text


@pytest.mark.parametrize("width", [20, 30, 80])
def test_every_line_fits(width: int) -> None:
    people = ", ".join(f"Élève {number} <e{number}@x.example>" for number in range(30))
    source = whole(
        multipart("mixed", [part("mot " * 100), attached(b"x", "x" * 200 + ".pdf.exe")]),
        Subject="Très long " * 40,
        To=people,
        Date="Mon, 23 Nov 2026 09:15:00 +0100",
    )
    assert max(cells(line.line.text) for line in shown(source, width)) <= width


def test_a_mail_without_anything_says_so() -> None:
    words = "\n".join(line.line.text for line in shown(b"\r\n"))
    assert words.count("(") >= 2


@given(st.text(), st.text(), st.integers(20, 100))
def test_any_subject_and_sender_fit_and_are_safe(subject: str, name: str, width: int) -> None:
    head = f"Subject: {subject}\r\nFrom: {name} <a@x.example>\r\n\r\n".encode("utf-8", "replace")
    for line in shown(head, width):
        assert cells(line.line.text) <= width
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ue000-\ue0ff]", line.line.text)


def test_a_long_subject_is_all_there() -> None:
    words = " ".join(f"mot{number}" for number in range(60))
    lines = [line.line.text for line in shown(mail(Subject=words)) if line.block is Block.SUBJECT]
    assert " ".join(" ".join(lines).split()) == words


def test_an_attachment_without_a_name_says_what_it_is() -> None:
    forwarded = part(mail("dedans"), "message/rfc822")
    assert shown(whole(multipart("mixed", [part(), forwarded])))[-1].line.text.startswith(
        " + mail ("
    )


def test_a_name_that_is_the_address_is_told_once() -> None:
    lines = shown(mail(To='"luc@x.example" <luc@x.example>'))
    assert any(line.line.text.rstrip().endswith(" luc@x.example") for line in lines)
    assert not any("<luc@x.example>" in line.line.text for line in lines)


def test_what_stands_before_the_host_of_a_link_deceives_nobody() -> None:
    lines = shown(mail("Voir https://portail.ac-amiens.fr@vol.example/login"))
    assert any(line.line.text.startswith(" ⟦1⟧ vol.example · ") for line in lines)
