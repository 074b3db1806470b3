"""Fixtures on real servers. A missing server is a failure, never a skip."""

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from acterm import i18n
from acterm.mail.account import Account
from acterm.server import Security, Server
from tests.servers import certificates as authority
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import MailServer

_logins = itertools.count(1)


@pytest.fixture(autouse=True)
def _speak_french() -> None:
    i18n.set_language("fr")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ACTERM_HOME of the test's own; nothing of the person who runs the tests is touched."""
    folder = tmp_path / "acterm"
    monkeypatch.setenv("ACTERM_HOME", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    return folder


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """PEM files for the servers of this run."""
    return authority.make(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def dovecot(certificates: Certificates) -> Iterator[Dovecot]:
    """One Dovecot for the run. Take a login of one's own from `mailbox`."""
    server = Dovecot(certificates.good).start()
    yield server
    server.remove()


@pytest.fixture
def smtp(certificates: Certificates) -> Iterator[MailServer]:
    """An SMTP server with implicit TLS and AUTH; mail it takes is in `delivered`."""
    server = MailServer(certificates.good).start()
    yield server
    server.stop()


@dataclass(frozen=True)
class Mailbox:
    """An empty account on the real servers and its password."""

    account: Account
    password: str


@pytest.fixture
def mailbox(dovecot: Dovecot, smtp: MailServer, certificates: Certificates) -> Mailbox:
    """A fictitious teacher's account on Dovecot and aiosmtpd, both over TLS."""
    login = f"clefevre{os.getpid()}x{next(_logins)}"
    account = Account(
        address="camille.lefevre@ac-amiens.fr",
        login=login,
        name="Camille Lefèvre",
        imap=Server("localhost", dovecot.imaps, Security.TLS),
        smtp=Server("localhost", smtp.port, Security.TLS),
        ca_file=certificates.authority,
    )
    return Mailbox(account, PASSWORD)


@pytest.fixture
def plain_mailbox(mailbox: Mailbox, dovecot: Dovecot) -> Mailbox:
    """The same without TLS on the IMAP side, as only loopback may."""
    server = Server("127.0.0.1", dovecot.imap, Security.PLAIN)
    return Mailbox(replace(mailbox.account, imap=server), mailbox.password)
