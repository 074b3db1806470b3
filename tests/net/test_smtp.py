"""Sending on a real SMTP server (aiosmtpd)."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from acterm.errors import (
    ActermError,
    BadData,
    Refused,
    SignInRefused,
    Unreachable,
    Unsure,
)
from acterm.net import smtp
from acterm.net.smtp import SendResult
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD
from tests.servers.smtp import MailServer

SENDER = "camille.lefevre@ac-amiens.fr"
MAIL = b"Subject: Bonjour\r\n\r\nTexte\r\n"


class Post:
    """A mail server and a short way to send through it."""

    def __init__(self, server: MailServer, certificates: Certificates) -> None:
        self.server = server
        self.certificates = certificates
        self.where = Server("localhost", server.port, Security(server.security))

    async def send(
        self, *recipients: str, source: bytes = MAIL, password: str = PASSWORD, sender: str = SENDER
    ) -> SendResult:
        return await smtp.send(
            self.where,
            "clefevre",
            Secret(password),
            sender,
            recipients or ("elodie@ac-amiens.fr",),
            source,
            ca_file=self.certificates.authority,
            deadline=5,
        )


@pytest.fixture
def post(smtp: MailServer, certificates: Certificates) -> Post:
    return Post(smtp, certificates)


@pytest.fixture(params=["tls", "starttls", "plain"])
def any_post(request: pytest.FixtureRequest, certificates: Certificates) -> Iterator[Post]:
    server = MailServer(certificates.good, security=request.param).start()
    yield Post(server, certificates)
    server.stop()


async def test_a_mail_arrives_as_it_was_written(any_post: Post) -> None:
    source = b"Subject: Points\n\n.\n..deux\r\nfin"
    assert await any_post.send(source=source) == SendResult()
    [delivery] = any_post.server.delivered
    assert delivery.content == b"Subject: Points\r\n\r\n.\r\n..deux\r\nfin\r\n"
    assert delivery.sender == SENDER
    assert any_post.server.sign_ins == [("clefevre", True)]


async def test_a_large_mail_arrives_whole(post: Post) -> None:
    source = MAIL + b"0123456789" * 7 + b"\r\n"
    source += (b"x" * 70 + b"\r\n") * 100_000
    await post.send(source=source)
    assert post.server.delivered[0].content == source


async def test_a_wrong_password_is_tried_once(post: Post) -> None:
    with pytest.raises(SignInRefused) as refused:
        await post.send(password="faux")
    assert "535" in refused.value.words
    assert "faux" not in str(refused.value)
    assert post.server.sign_ins == [("clefevre", False)]
    assert post.server.delivered == []


async def test_checking_signs_in_and_sends_nothing(any_post: Post) -> None:
    server = any_post.server
    authority = any_post.certificates.authority
    await smtp.check(any_post.where, "clefevre", Secret(PASSWORD), authority)
    with pytest.raises(SignInRefused):
        await smtp.check(any_post.where, "clefevre", Secret("faux"), authority)
    assert server.sign_ins == [("clefevre", True), ("clefevre", False)]
    assert server.delivered == []


async def test_recipients_that_are_refused_are_named(post: Post) -> None:
    post.server.replies["RCPT absent@ac-amiens.fr"] = "550 no such \x1b[31muser"
    result = await post.send("elodie@ac-amiens.fr", "absent@ac-amiens.fr")
    assert result.refused == {"absent@ac-amiens.fr": "550 no such [31muser"}
    assert post.server.delivered[0].recipients == ["elodie@ac-amiens.fr"]


@pytest.mark.parametrize(
    ("command", "reply", "kind"),
    [
        ("RCPT", "550 no such user", Refused),
        ("RCPT", "450 greylisted", Unreachable),
        ("DATA", "554 looks like spam", Refused),
        ("DATA", "451 try later", Unreachable),
        ("DATA", "552 mailbox full", Refused),
    ],
)
async def test_a_refusal_stands_or_passes_by_its_code(
    post: Post, command: str, reply: str, kind: type[ActermError]
) -> None:
    post.server.replies[command] = reply
    with pytest.raises(kind, match=reply[4:]):
        await post.send()
    assert post.server.delivered == []


async def test_a_link_lost_after_the_mail_leaves_a_doubt(post: Post) -> None:
    post.server.drop_after_data = True
    with pytest.raises(Unsure, match="peut-être parti"):
        await post.send()
    assert len(post.server.delivered) == 1


async def test_a_stopped_server_is_worth_another_try(post: Post) -> None:
    post.server.stop()
    with pytest.raises(Unreachable, match="refuse les connexions"):
        await post.send()


async def test_a_mail_too_large_is_not_uploaded(certificates: Certificates) -> None:
    server = MailServer(certificates.good, size_limit=1_500_000).start()
    post = Post(server, certificates)
    with pytest.raises(Refused, match=r"2\.0\sMo, et le serveur accepte 1\.5\sMo"):
        await post.send(source=MAIL + b"x" * 2_000_000)
    assert (await post.send()).refused == {}
    server.stop()


@pytest.mark.parametrize(
    "address",
    [
        "elodie@ac-amiens.fr\r\nRCPT TO:<pirate@example.org>",
        "elodie@ac-amiens.fr\nX",
        "elodie@ac-amiens.fr> NOTIFY=NEVER <x@y.fr",
        "elodie@ac-amiens.fr, pirate@example.org",
        "elodie @ac-amiens.fr",
        "elodie",
        "@ac-amiens.fr",
        "a@b@c",
        "elodie@ac-amiens.fr\0",
        "",
    ],
)
async def test_an_address_that_is_none_is_refused_before_any_connection(
    post: Post, address: str
) -> None:
    post.server.stop()
    with pytest.raises(BadData):
        await post.send("elodie@ac-amiens.fr", address)
    with pytest.raises(BadData):
        await post.send(sender=address)


async def test_a_mail_to_nobody_is_refused(post: Post) -> None:
    with pytest.raises(BadData, match="destinataire"):
        await smtp.send(post.where, "x", None, SENDER, [], MAIL)


@pytest.mark.parametrize(
    "address",
    ["o’brien+classe@ac-amiens.fr", '"deux mots"@ac-amiens.fr', "a@[127.0.0.1]", "x%y@z.fr"],
)
async def test_odd_addresses_that_are_allowed_pass(post: Post, address: str) -> None:
    await post.send(address)
    assert post.server.delivered[0].recipients == [address]


async def test_a_domain_with_accents_travels_in_ascii(post: Post) -> None:
    await post.send("elodie@collège.example")
    assert post.server.delivered[0].recipients == ["elodie@xn--collge-6ua.example"]


async def test_eight_bit_text_arrives_unchanged(post: Post) -> None:
    source = "Subject: été\r\n\r\nÀ bientôt\r\n".encode()
    await post.send("hélène@ac-amiens.fr", source=source)
    assert post.server.delivered[0].content == source
    assert post.server.delivered[0].recipients == ["hélène@ac-amiens.fr"]


async def test_several_mails_leave_at_the_same_time(post: Post) -> None:
    await asyncio.gather(*(post.send(f"eleve{number}@ac-amiens.fr") for number in range(8)))
    assert len(post.server.delivered) == 8


async def test_neither_the_password_nor_this_machine_is_told(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "mail.log")
    await post.send()
    assert "EHLO [127.0.0.1]" in caplog.text.replace("b'", "").replace("'", "")


async def test_the_server_may_be_named_by_number(post: Post) -> None:
    post.where = replace(post.where, host="127.0.0.1")
    await post.send()
    assert len(post.server.delivered) == 1
