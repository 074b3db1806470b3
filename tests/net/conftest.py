"""Connections to the real Dovecot, and mail to put there."""

from collections.abc import Callable, Iterator

import pytest

from acterm.mail.message import Flag
from acterm.net.imap import Imap
from acterm.secret import Secret
from tests.conftest import Mailbox

SOURCE = (
    b"From: =?utf-8?q?=C3=89lodie?= <elodie@ac-amiens.fr>\r\n"
    b"To: camille.lefevre@ac-amiens.fr\r\n"
    b"Subject: Conseil de classe %d\r\n"
    b"Date: Mon, 2 Nov 2026 10:00:00 +0100\r\n"
    b"Message-ID: <%d@ac-amiens.fr>\r\n"
    b"\r\n"
    b"Bonjour\r\n"
)

SignIn = Callable[[], Imap]


def source(number: int) -> bytes:
    """A mail whose subject and Message-ID carry its number."""
    return SOURCE % (number, number)


@pytest.fixture
def sign_in(mailbox: Mailbox) -> Iterator[SignIn]:
    """Opens one more connection to the same mailbox."""
    opened = []

    def connect() -> Imap:
        account = mailbox.account
        imap = Imap.connect(account.imap, ca_file=account.ca_file, deadline=5)
        opened.append(imap)
        imap.sign_in(account.login, Secret(mailbox.password))
        return imap

    yield connect
    for imap in opened:
        imap.close()


@pytest.fixture
def inbox(sign_in: SignIn) -> Imap:
    """A connection with five mails in the open INBOX, the first of them read."""
    imap = sign_in()
    for number in range(1, 6):
        imap.append("INBOX", source(number), Flag.SEEN if number == 1 else Flag.NONE, 1.8e9)
    imap.open("INBOX")
    return imap
