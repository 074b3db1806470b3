"""Finding the servers of an address among likely ones."""

import time

from acterm.net.discover import find
from acterm.server import Security, Server
from tests.servers import liar
from tests.servers.certificates import Certificates
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.liar import Liar
from tests.servers.smtp import MailServer


def _closed() -> Server:
    return Server("localhost", free_port())


async def test_the_first_server_that_answers_behind_a_valid_certificate_wins(
    dovecot: Dovecot, smtp: MailServer, certificates: Certificates
) -> None:
    imap = Server("localhost", dovecot.imaps)
    late = Server("localhost", dovecot.imap, Security.STARTTLS)
    submission = Server("localhost", smtp.port)
    found = await find(
        [_closed(), Server("nulle-part.invalid", 993), imap, late],
        [_closed(), submission],
        ca_file=certificates.authority,
    )
    assert found == (imap, submission)


async def test_starttls_counts_as_an_answer(dovecot: Dovecot, certificates: Certificates) -> None:
    server = MailServer(certificates.good, security="starttls").start()
    imap = Server("localhost", dovecot.imap, Security.STARTTLS)
    submission = Server("localhost", server.port, Security.STARTTLS)
    assert await find([imap], [submission], ca_file=certificates.authority) == (imap, submission)
    server.stop()


async def test_an_invalid_certificate_is_no_answer(certificates: Certificates) -> None:
    for name in ("expired", "wrong_name", "stranger"):
        with Liar(liar.imap(), getattr(certificates, name), Security.TLS) as server:
            found = await find([server.server], [], ca_file=certificates.authority)
            assert found == (None, None)


async def test_a_server_without_starttls_is_no_answer() -> None:
    with (
        Liar(liar.imap({"STARTTLS": b"%t BAD no\r\n"}), security=Security.STARTTLS) as imap,
        Liar(liar.smtp(), security=Security.STARTTLS) as smtp,
    ):
        assert await find([imap.server], [smtp.server]) == (None, None)


async def test_silent_and_babbling_servers_cost_one_deadline_together() -> None:
    with (
        Liar(liar.Conversation.stall) as silent,
        Liar(lambda conversation: conversation.flood(b"x" * 65536)) as babbling,
        Liar(lambda conversation: conversation.flood(b"* y\r\n")) as chatty,
        Liar(liar.imap()) as last,
    ):
        started = time.monotonic()
        candidates = [silent.server, babbling.server, chatty.server, last.server]
        assert (await find(candidates, candidates[:3], deadline=0.3)) == (last.server, None)
        assert time.monotonic() - started < 2


async def test_nothing_to_ask_finds_nothing() -> None:
    assert await find([], []) == (None, None)


async def test_no_name_is_told_to_the_servers() -> None:
    with Liar(liar.smtp()) as server:
        await find([], [server.server])
        assert server.said == []
