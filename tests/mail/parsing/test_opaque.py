"""The text of a mail that its S/MIME signature holds."""

import base64
import time

import pytest

from acterm.mail.parsing.mime import parse
from acterm.mail.parsing.opaque import signed_content
from tests.mail.mails import mail, part

SIGNED = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
INSIDE = part("Rendez-vous jeudi, Zoé.")


def element(tag: int, *inside: bytes) -> bytes:
    """An element in DER."""
    content = b"".join(inside)
    return bytes([tag, 0x84]) + len(content).to_bytes(4) + content


def streamed(tag: int, *inside: bytes) -> bytes:
    """The same in BER, of no stated length."""
    return bytes([tag, 0x80]) + b"".join(inside) + b"\0\0"


def signature(content: bytes = INSIDE) -> bytes:
    """What a program that knows all lengths writes."""
    held = element(0x30, DATA, element(0xA0, element(0x04, content)))
    signed = element(0x30, b"\x02\x01\x01", element(0x31), held, element(0x31))
    return element(0x30, SIGNED, element(0xA0, signed))


def streamed_signature(content: bytes = INSIDE) -> bytes:
    """What a program writes that signs while it sends."""
    pieces = (element(0x04, content[at : at + 7]) for at in range(0, len(content), 7))
    held = streamed(0x30, DATA, streamed(0xA0, streamed(0x24, *pieces)))
    signed = streamed(0x30, b"\x02\x01\x01", streamed(0x31), held)
    return streamed(0x30, SIGNED, streamed(0xA0, signed))


def sealed(data: bytes) -> bytes:
    """A mail that is nothing but a signature."""
    kind = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
    return mail(base64.encodebytes(data), kind, Content_Transfer_Encoding="base64")


@pytest.mark.parametrize("data", [signature(), streamed_signature()])
def test_a_mail_inside_its_signature_is_read(data: bytes) -> None:
    found = parse(sealed(data))
    assert found.plain == "Rendez-vous jeudi, Zoé."
    assert [one.name for one in found.attachments] == ["smime.p7m"]


def test_a_mail_signed_twice_is_read() -> None:
    once = sealed(signature())
    assert parse(sealed(streamed_signature(once))).plain == "Rendez-vous jeudi, Zoé."


def test_a_damaged_signature_holds_no_text() -> None:
    data = streamed_signature()
    for end in range(len(data)):
        signed_content(data[:end])
        signed_content(data[:end] + b"\xff" + data[end + 1 :])
    assert parse(sealed(data[:40])).plain is None


@pytest.mark.parametrize(
    "filling", [b"\x30\x80", b"\x24\x80", b"\x04\x00", b"\x30\x84\x00\xff\xff\xff"]
)
def test_a_hostile_signature_takes_no_time(filling: bytes) -> None:
    begin = time.monotonic()
    bomb = (
        bytes.fromhex("3080") + SIGNED + bytes.fromhex("a080308002010131802480") + filling * 300_000
    )
    assert signed_content(bomb) is None
    assert time.monotonic() - begin < 1
