"""Reading on a real server: a part comes alone; what is built already leaves; nobody is asked."""

import socket
from base64 import encodebytes
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from random import Random

import pytest

from acterm.engine.messages.account import GiveSecret, SecretWanted
from acterm.engine.messages.base import Failed
from acterm.engine.messages.mail import (
    WHOLE_MAIL,
    BodyArrived,
    DropPart,
    FetchBody,
    FetchPart,
    PartArrived,
    PartComing,
    SignatureVerified,
    VerifySignature,
)
from acterm.engine.messages.writing import Send, SendingChanged, SendingState, SendSource
from acterm.mail.account import Account
from acterm.mail.draft import Draft, DraftAttachment, Kind
from acterm.mail.parsing.mime import parse
from acterm.secret import Secret
from acterm.store import bodies
from tests.conftest import Mailbox
from tests.engine.cable import Cable
from tests.engine.conftest import Running, Server, engine_for, mail
from tests.mail.parsing.test_opaque import signature
from tests.servers.dovecot import PASSWORD
from tests.servers.smtp import MailServer

LARGE, OTHER = 30 << 20, 10 << 20
# What deflate, which the server speaks, leaves of base64: six bits of eight and a little.
DEFLATED = 0.8


class Meter(Cable):
    """A cable that counts what comes from the server."""

    def __init__(self, account: Account) -> None:
        self.octets = 0
        super().__init__(account)

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        from_server = source.getpeername()[1] == self._far[1]
        with suppress(OSError):
            while data := source.recv(65536):
                self.octets += len(data) if from_server else 0
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def meter(mailbox: Mailbox) -> Iterator[Meter]:
    """The account's server behind a meter."""
    found = Meter(mailbox.account)
    yield found
    found.cut()


def _octets(seed: int, size: int) -> bytes:
    """What becomes `size` in base64; nothing in it can be packed."""
    return Random(seed).randbytes(size * 3 // 4)  # noqa: S311 (not for a secret)


def _with_files(*sizes: int) -> bytes:
    pieces = [
        b"Subject: film\r\nMessage-ID: <film@x>\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nVoici le film.\r\n'
    ]
    for number, size in enumerate(sizes):
        name = b"%d.mp4" % number
        pieces.append(
            b"--b\r\nContent-Type: video/mp4\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: attachment; filename=" + name + b"\r\n\r\n"
        )
        pieces.append(encodebytes(_octets(number, size)))
    return b"".join([*pieces, b"--b--\r\n"])


def test_thirty_megabytes_of_a_forty_megabyte_mail_come_alone(server: Server, meter: Meter) -> None:
    server.put_source(_with_files(LARGE, OTHER))
    with engine_for(meter.account) as running:
        running.connect()
        row = running.row("film")
        running.submit(FetchBody(row.id))
        running.wait(BodyArrived)
        before = meter.octets
        assert before < 200_000
        running.submit(FetchPart(row.id, "2"))
        running.wait(PartArrived, seconds=60)
        assert meter.octets - before < LARGE * 1.03 * DEFLATED + 100_000
        data = bodies.part(running.store.reader(), row.id, "2")
    assert data == _octets(0, LARGE)


def test_a_large_attachment_says_how_much_is_here_and_stops_when_nobody_waits(
    server: Server, meter: Meter
) -> None:
    server.put_source(_with_files(LARGE, 1 << 20))
    with engine_for(meter.account) as running:
        running.connect()
        row = running.row("film")
        running.submit(FetchBody(row.id))
        running.wait(BodyArrived)
        before = meter.octets
        running.submit(FetchPart(row.id, "2"))
        assert 0 < running.wait(PartComing).done < LARGE // 4
        running.submit(DropPart(row.id, "2"))
        running.submit(FetchPart(row.id, "3"))
        running.wait(PartArrived, lambda event: event.section == "3")
        assert meter.octets - before < LARGE // 2
        assert bodies.part(running.store.reader(), row.id, "2") is None


def test_the_one_connection_of_a_passcode_tells_and_stops_as_well(
    server: Server, meter: Meter
) -> None:
    server.put_source(_with_files(LARGE, 1 << 20))
    with engine_for(replace(meter.account, passcode=True), password="") as running:
        running.start()
        running.wait(SecretWanted)
        running.submit(GiveSecret(running.account.id, Secret(PASSWORD)))
        running.wait_until_in_step()
        row = running.row("film")
        before = meter.octets
        running.submit(FetchPart(row.id, "2"))
        assert 0 < running.wait(PartComing).done < LARGE // 4
        running.submit(DropPart(row.id, "2"))
        running.submit(FetchPart(row.id, "3"))
        running.wait(PartArrived, lambda event: event.section == "3")
        assert meter.octets - before < LARGE // 2
        assert bodies.part(running.store.reader(), row.id, "2") is None
        assert not running.said(SecretWanted)[1:]
        running.submit(FetchPart(row.id, "2"))
        running.wait(PartArrived, lambda event: event.section == "2", seconds=60)


def test_who_stops_looking_at_an_attachment_does_not_hold_up_the_mail_that_carries_it(
    server: Server, meter: Meter, smtp: MailServer
) -> None:
    server.put_source(_with_files(8 << 20))
    with engine_for(meter.account) as running:
        running.connect()
        row = running.row("film")
        running.submit(FetchBody(row.id))
        running.wait(BodyArrived)
        carried = DraftAttachment("0.mp4", "video/mp4", 1, section="2")
        draft = Draft(
            running.account.id,
            to="a@college.example",
            kind=Kind.FORWARD,
            original_id=row.id,
            attachments=(carried,),
        )
        running.submit(Send(draft, delay=0))
        running.wait(PartComing)
        running.submit(DropPart(row.id, "2"))
        running.wait(SendingChanged, lambda event: event.state is SendingState.SENT)
    assert len(smtp.delivered) == 1


def test_a_mail_that_is_built_already_leaves_as_it_is(running: Running, smtp: MailServer) -> None:
    running.connect()
    source = mail("Accepted: réunion".replace("é", "e"), message_id="oui@ac-amiens.fr")
    running.submit(SendSource(running.account.id, source, delay=0))
    running.wait(SendingChanged, lambda event: event.state is SendingState.SENT)
    (delivery,) = smtp.delivered
    assert delivery.recipients == ["camille.lefevre@ac-amiens.fr"]
    assert parse(delivery.content).message_id == "oui@ac-amiens.fr"


def test_an_unsigned_mail_is_said_to_be_unsigned(running: Running, server: Server) -> None:
    server.put("simple")
    running.connect()
    row = running.row("simple")
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    running.submit(VerifySignature(row.id))
    event = running.wait(SignatureVerified)
    assert event.message_id == row.id
    assert not event.holds
    assert event.words


def test_a_mail_that_is_not_here_whole_is_not_verified(running: Running, server: Server) -> None:
    server.put_source(_with_files(300_000))
    running.connect()
    row = running.row("film")
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    running.submit(VerifySignature(row.id))
    assert "signature" in running.wait(Failed).title


def test_a_mail_that_a_person_signed_is_not_told_of_domains(
    running: Running, server: Server
) -> None:
    sealed = "-----BEGIN PGP SIGNED MESSAGE-----\n\noui\n-----BEGIN PGP SIGNATURE-----\n\nx\n"
    server.put_source(f"Subject: scelle\r\nMessage-ID: <s@x>\r\n\r\n{sealed}".encode())
    running.connect()
    row = running.row("scelle")
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    running.submit(VerifySignature(row.id))
    event = running.wait(SignatureVerified)
    assert "domaine" not in event.words and not event.holds


def test_a_large_mail_is_verified_once_it_is_fetched_whole(
    running: Running, server: Server
) -> None:
    source = _with_files(300_000)
    server.put_source(source)
    running.connect()
    row = running.row("film")
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    running.submit(FetchPart(row.id, WHOLE_MAIL))
    running.wait(PartArrived)
    came = bodies.part(running.store.reader(), row.id, WHOLE_MAIL)
    assert came is not None and came.split() == source.split()
    running.submit(VerifySignature(row.id))
    assert running.wait(SignatureVerified).words


def test_a_large_mail_inside_its_signature_is_read(running: Running, server: Server) -> None:
    inside = b"Content-Type: text/plain\r\n\r\nRendez-vous jeudi.\r\n" + b"x" * 400_000
    server.put_source(
        b"Subject: scelle\r\nMessage-ID: <s@x>\r\n"
        b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + encodebytes(signature(inside))
    )
    running.connect()
    row = running.row("scelle")
    running.submit(FetchBody(row.id))
    running.wait(BodyArrived)
    body = bodies.get(running.store.reader(), row.id)
    assert body is not None
    found = parse(body.source, skeleton=body.skeleton)
    assert found.plain is not None
    assert found.plain.startswith("Rendez-vous jeudi.")
    (attachment,) = found.attachments
    assert attachment.size == len(signature(inside))
    running.submit(FetchPart(row.id, attachment.section))
    running.wait(PartArrived)
    data = bodies.part(running.store.reader(), row.id, attachment.section)
    assert data == signature(inside)
