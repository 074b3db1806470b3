"""« Vérifier la signature »: real keys, a real name server on this machine."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping

import dkim
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from acterm.errors import BadData, Unreachable
from acterm.net.dkim import MAX_SOURCE, Outcome, verify

MAIL = (
    b"From: Camille <camille.lefevre@ac-amiens.fr>\r\nTo: luc@x.example\r\n"
    b"Subject: Conseil\r\nDate: Tue, 24 Nov 2026 09:00:00 +0100\r\n\r\nBonjour,\r\njeudi.\r\n"
)


class NameServer:
    """Answers TXT questions over UDP; `asked` holds their names."""

    def __init__(self, records: Mapping[str, str]) -> None:
        self.records = dict(records)
        self.asked: list[str] = []
        self.silent = False
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    @property
    def resolver(self) -> dns.resolver.Resolver:
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = self.socket.getsockname()[1]
        return resolver

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.sendto(b"", self.socket.getsockname())
        self.thread.join()
        self.socket.close()

    def _serve(self) -> None:
        while True:
            data, peer = self.socket.recvfrom(4096)
            if not data:
                return
            question = dns.message.from_wire(data)
            name = question.question[0].name.to_text(omit_final_dot=True)
            self.asked.append(name)
            if not self.silent:
                self.socket.sendto(self._answer(question, name), peer)

    def _answer(self, question: dns.message.Message, name: str) -> bytes:
        answer = dns.message.make_response(question)
        text = self.records.get(name)
        if text is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        else:
            pieces = [f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)]
            whole = dns.rrset.from_text(f"{name}.", 60, "IN", "TXT", " ".join(pieces))
            answer.answer.append(whole)
        return answer.to_wire()


@pytest.fixture(scope="module")
def key() -> tuple[bytes, str]:
    """The private key in PEM, and its public half as DNS publishes it."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, "v=DKIM1; k=rsa; p=" + "".join(public.decode().split("\n")[1:-2])


@pytest.fixture
def names(key: tuple[bytes, str]) -> Iterator[NameServer]:
    server = NameServer(
        {f"s1._domainkey.{domain}": key[1] for domain in ("ac-amiens.fr", "envois.example")}
    )
    yield server
    server.stop()


def signed(key: tuple[bytes, str], domain: bytes = b"ac-amiens.fr", source: bytes = MAIL) -> bytes:
    return dkim.sign(source, b"s1", domain, key[0]) + source


def test_a_mail_that_its_domain_signed_holds(key: tuple[bytes, str], names: NameServer) -> None:
    found = verify(signed(key), resolver=names.resolver)
    assert (found.outcome, found.domain, found.sender) == (
        Outcome.HOLDS,
        "ac-amiens.fr",
        "ac-amiens.fr",
    )
    assert "ac-amiens.fr" in found.words()
    assert names.asked == ["s1._domainkey.ac-amiens.fr"]


def test_a_changed_mail_does_not_hold(key: tuple[bytes, str], names: NameServer) -> None:
    changed = signed(key).replace(b"jeudi", b"lundi")
    assert verify(changed, resolver=names.resolver).outcome is Outcome.BROKEN


def test_the_signature_of_another_domain_is_told(key: tuple[bytes, str], names: NameServer) -> None:
    found = verify(signed(key, b"envois.example"), resolver=names.resolver)
    assert found.outcome is Outcome.OTHER_DOMAIN
    assert "envois.example" in found.words() and "ac-amiens.fr" in found.words()


def test_of_two_signatures_the_better_counts(key: tuple[bytes, str], names: NameServer) -> None:
    both = signed(key, b"envois.example", signed(key))
    assert verify(both, resolver=names.resolver).outcome is Outcome.HOLDS


def test_two_senders_are_nobodys_own(key: tuple[bytes, str], names: NameServer) -> None:
    doubled = b"From: vol@x.example\r\n" + signed(key)
    assert verify(doubled, resolver=names.resolver).outcome is not Outcome.HOLDS


@pytest.mark.parametrize("record", [None, "v=DKIM1; p=", "rien"])
def test_a_key_that_is_not_there_proves_nothing(
    key: tuple[bytes, str], names: NameServer, record: str | None
) -> None:
    names.records.clear()
    if record is not None:
        names.records["s1._domainkey.ac-amiens.fr"] = record
    assert verify(signed(key), resolver=names.resolver).outcome is Outcome.NO_KEY


@pytest.mark.parametrize(
    "source",
    [
        MAIL,
        b"",
        b"\x00\xff" * 100,
        b"DKIM-Signature: v=1; a=x\r\n" + MAIL,
        b"DKIM-Signature: v=1; a=rsa-sha256; d=..; s="
        + b"a" * 300
        + b"; h=from; bh=x; b=x\r\n"
        + MAIL,
    ],
    ids=["unsigned", "empty", "noise", "half", "impossible name"],
)
def test_what_is_no_signature_raises_nothing(source: bytes, names: NameServer) -> None:
    found = verify(source, resolver=names.resolver)
    assert found.outcome in (Outcome.UNSIGNED, Outcome.BROKEN, Outcome.NO_KEY)
    assert found.words()


def test_a_name_server_that_is_silent_is_told(key: tuple[bytes, str], names: NameServer) -> None:
    names.silent = True
    with pytest.raises(Unreachable):
        verify(signed(key), resolver=names.resolver, deadline=0.3)


def test_a_mail_that_is_too_large_is_refused(names: NameServer) -> None:
    with pytest.raises(BadData):
        verify(bytes(MAX_SOURCE + 1), resolver=names.resolver)
    assert names.asked == []
