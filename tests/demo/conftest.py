"""The demo's servers, running."""

import imaplib
from collections.abc import Iterator

import pytest

from acterm.demo.servers import Servers


@pytest.fixture
def servers() -> Iterator[Servers]:
    """Both servers with the sample mailbox."""
    running = Servers()
    running.start()
    server = running.account.imap
    imaplib.IMAP4(server.host, server.port, timeout=10).logout()  # it greets once it is filled
    yield running
    running.stop()
