"""On a shared machine the server has everything, and what it lacks is known."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from acterm.engine import shared
from acterm.engine.messages.mail import SetFlag
from acterm.engine.messages.writing import KeepDraft, Send, SendingChanged, SendingState
from acterm.mail.draft import Draft
from acterm.mail.folder import Role
from acterm.mail.message import Flag
from tests.conftest import Mailbox
from tests.engine.conftest import Running, Server, engine_for
from tests.servers.smtp import MailServer
from tests.servers.waiting import until


@pytest.fixture(autouse=True)
def shared_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home as a shared session has it."""
    with tempfile.TemporaryDirectory(prefix="acterm-shared-") as home:
        monkeypatch.setenv("ACTERM_HOME", home)
        yield Path(home)


@pytest.fixture
def sharing(mailbox: Mailbox) -> Iterator[Running]:
    with engine_for(mailbox.account) as running:
        yield running.connect()


def _left(running: Running) -> shared.Left:
    return shared.left(running.store.reader())


def test_a_draft_is_missing_until_the_server_has_it_as_it_is(
    sharing: Running, server: Server
) -> None:
    assert not _left(sharing)
    sharing.submit(KeepDraft(Draft(sharing.account.id, subject="Un"), to_server=True))
    until(lambda: server.subjects("Drafts") == ["Un"], "the draft on the server")
    until(lambda: not _left(sharing), "nothing is missing")
    draft = Draft(sharing.account.id, subject="Deux", updated=9.0, id=1)
    sharing.submit(KeepDraft(draft))
    until(lambda: _left(sharing) == shared.Left(drafts=1), "the newer one is missing")
    sharing.submit(KeepDraft(draft, to_server=True))
    until(lambda: server.subjects("Drafts") == ["Deux"], "seconds later, not a minute")
    until(lambda: not _left(sharing), "nothing is missing")


def test_a_mail_leaves_at_once_whatever_was_asked(sharing: Running, smtp: MailServer) -> None:
    mail = Draft(sharing.account.id, to="chloe.gerard@ac-amiens.fr", subject="Vite")
    sharing.submit(Send(mail, delay=10.0))
    sharing.wait(SendingChanged, lambda event: event.state is SendingState.SENT, seconds=5)
    until(lambda: not _left(sharing), "the copy is in Sent")


def test_a_mail_that_waits_is_a_marked_draft_on_the_server(
    sharing: Running, smtp: MailServer, server: Server
) -> None:
    smtp.stop()
    mail = Draft(sharing.account.id, to="chloe.gerard@ac-amiens.fr", subject="Plus tard")
    sharing.submit(Send(mail))
    until(lambda: len(server.subjects("Drafts")) == 1, "a draft on the server")
    assert "envoyer" in server.subjects("Drafts")[0]
    until(lambda: not _left(sharing), "nothing would be lost")


def test_a_change_is_missing_until_the_server_was_told(sharing: Running, server: Server) -> None:
    server.put("Un")
    until(lambda: sharing.subjects() == ["Un"], "the mail is here")
    sharing.submit(SetFlag((sharing.row("Un").id,), Flag.FLAGGED, True))
    until(lambda: sharing.row("Un").flags & Flag.FLAGGED, "the star is on")
    until(lambda: not _left(sharing), "nothing is left to tell")
    assert sharing.folder(Role.INBOX).messages == 1
