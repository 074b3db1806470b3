"""The program itself in a terminal of 80 by 24, on real servers."""

import imaplib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.conftest import Mailbox
from tests.servers.certificates import Certificates
from tests.servers.dovecot import Dovecot
from tests.terminal import Terminal

ACTERM = str(Path(sys.executable).parent / "acterm")


class Person:
    """A teacher at a terminal, whose mailbox one can look into from the other side."""

    def __init__(self, mailbox: Mailbox, dovecot: Dovecot, certificates: Certificates) -> None:
        self.account, self.password = mailbox.account, mailbox.password
        self._dovecot = dovecot
        self._environment = {
            "SSL_CERT_FILE": str(certificates.authority),
            "DBUS_SESSION_BUS_ADDRESS": "",
        }

    def opens_acterm(self, *words: str, **environment: str) -> Terminal:
        """`acterm` and these words, as typed."""
        return Terminal([ACTERM, *words], environment={**self._environment, **environment})

    @contextmanager
    def server(self) -> Iterator[imaplib.IMAP4]:
        """The account on the server, seen by another client."""
        client = imaplib.IMAP4("127.0.0.1", self._dovecot.imap)
        client.login(self.account.login, self.password)
        yield client
        client.logout()

    def receives(self, sender: str, subject: str, text: str) -> None:
        """Put a mail into the inbox."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, self.account.address, subject
        mail["Message-ID"] = "<premier@ac-amiens.fr>"
        mail.set_content(text)
        with self.server() as client:
            client.append("INBOX", "", "", mail.as_bytes().replace(b"\n", b"\r\n"))

    def count(self, folder: str, criterion: str = "ALL") -> int:
        """How many mails of a folder on the server match."""
        with self.server() as client:
            client.select(folder, readonly=True)
            _status, found = client.search(None, criterion)
            return len(found[0].split())


@pytest.fixture
def person(mailbox: Mailbox, dovecot: Dovecot, certificates: Certificates) -> Person:
    """With one mail in the inbox."""
    teacher = Person(mailbox, dovecot, certificates)
    teacher.receives(
        "Amélie Roussel <amelie.roussel@ac-amiens.fr>",
        "Sortie scolaire 4eC",
        "Bonjour Camille,\n\nTu viens avec nous ?\n\nAmélie\n",
    )
    return teacher
