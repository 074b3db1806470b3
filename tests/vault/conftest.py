"""Desktops with the keyring in each of its states, and an account to keep a secret for."""

from collections.abc import Callable, Iterator

import pytest

from acterm.mail.account import Account
from acterm.server import Server
from tests.servers.keyring import Desktop


@pytest.fixture
def account() -> Account:
    """A fictitious teacher's."""
    return Account(
        address="camille.lefevre@ac-amiens.fr",
        login="clefevre",
        imap=Server("imap.ac-amiens.fr", 993),
        smtp=Server("smtp.ac-amiens.fr", 465),
    )


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Desktop], Desktop]]:
    """Starts a desktop and puts the test into its session."""
    started = []

    def enter(session: Desktop) -> Desktop:
        started.append(session)
        session.start()
        for name, value in session.environment.items():
            monkeypatch.setenv(name, value)
        return session

    yield enter
    for session in started:
        session.stop()


@pytest.fixture(autouse=True)
def _plain_ssh(monkeypatch: pytest.MonkeyPatch) -> None:
    """No desktop but the one that a test enters."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
