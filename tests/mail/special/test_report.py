"""Reporting a mail: where to, and whole."""

import pytest

from acterm.errors import BadData
from acterm.mail.parsing.mime import parse
from acterm.mail.parsing.mime import part as part_of
from acterm.mail.special.report import report, where_to
from tests.mail.mails import mail
from tests.mail.special.test_special import ME, NOW

SWINDLE = b"Received: from vol.example by mx.example; Tue, 24 Nov 2026 09:00:00 +0000\r\n" + mail(
    "Votre NUMEN ?", From="Vol <vol@x.example>", Subject="Urgent"
)


def sent(source: bytes) -> bytes:
    return report(source, "assistance@ac-rennes.fr", ME, message_id="a@ac-amiens.fr", now=NOW)


def test_an_academy_with_a_known_address_is_written_to() -> None:
    to = where_to("luc.petit@ac-rennes.fr")
    assert (to.address, to.note) == ("assistance@ac-rennes.fr", "")
    assert any("assistance@ac-rennes.fr" in step for step in to.steps)


@pytest.mark.parametrize("address", ["camille.lefevre@ac-amiens.fr", "a@x.example", ""])
def test_without_one_nothing_is_made_up(address: str) -> None:
    to = where_to(address)
    assert to.address == ""
    assert any("Signal Spam" in step for step in to.steps)
    assert not any("@" in step for step in to.steps)


def test_the_mail_goes_along_byte_for_byte() -> None:
    built = sent(SWINDLE)
    told = parse(built)
    assert told.to[0].address == "assistance@ac-rennes.fr"
    assert told.subject == "Mail suspect\u00a0: Urgent"
    assert "en-têtes" in (told.plain or "")
    (carried,) = told.attachments
    assert (carried.type, carried.name) == ("message/rfc822", "mail.eml")
    assert part_of(built, carried.section) == SWINDLE
    assert all(len(line) <= 998 for line in built.split(b"\r\n"))


@pytest.mark.parametrize("source", [mail("été"), mail("x" * 2000), b"", b"\x00\xff"])
def test_bytes_that_may_not_travel_bare_are_wrapped(source: bytes) -> None:
    built = sent(source)
    (carried,) = parse(built).attachments
    assert built.isascii()
    assert part_of(built, carried.section) == source


def test_a_mail_that_is_too_large_is_refused() -> None:
    with pytest.raises(BadData):
        sent(bytes(26 << 20))
