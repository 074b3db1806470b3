"""Which mail may be the one with the link: real hosts, no promise, and only what came since."""

import time
from dataclasses import replace

import pytest

from acterm.engine.messages.assistant import FindResetMails, ResetMail, ResetMails
from acterm.engine.messages.mail import BodyArrived, FetchBody, NewMail
from acterm.mail.folder import Role
from acterm.secret import Secret
from acterm.store import accounts
from tests.conftest import Mailbox
from tests.engine.conftest import Running, Server
from tests.servers.dovecot import PASSWORD

OFFICIAL = "https://bv.ac-amiens.fr/reset?jeton=4f1c"


def reset_mail(link: str, *, sender: str = "no-reply@ac-amiens.fr", subject: str = "") -> bytes:
    """A mail as it may look; nobody knows how the genuine one does."""
    return (
        f"From: Guichet <{sender}>\r\nTo: camille.lefevre@example.test\r\n"
        f"Subject: {subject or 'Votre mot de passe'}\r\nMessage-ID: <{time.time_ns()}@a.test>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Pour choisir un nouveau mot de passe :\r\n{link}\r\n"
    ).encode()


def _candidates(running: Running, since: float = 0.0) -> tuple[ResetMail, ...]:
    """What is found once every text is here."""
    for _turn in range(20):
        running.submit(FindResetMails(since or time.time()))
        found = running.wait(ResetMails).candidates
        missing = [one.message_id for one in found if not one.read]
        if not missing:
            return found
        for message_id in missing:
            running.submit(FetchBody(message_id))
            running.wait(BodyArrived)
    raise AssertionError("the texts do not come")


def test_a_mail_that_comes_while_one_waits_is_found_with_its_host(
    running: Running, server: Server
) -> None:
    running.connect()
    assert _candidates(running) == ()
    server.put_source(reset_mail(OFFICIAL))
    running.wait(NewMail)
    (found,) = _candidates(running)
    assert (found.host, found.url, found.official) == ("bv.ac-amiens.fr", OFFICIAL, True)
    assert found.sender == "no-reply@ac-amiens.fr"


@pytest.mark.parametrize(
    "link",
    [
        "https://bv.ac-amiens.fr.compte-validation.example/",
        "http://bv.ac-amiens.fr/reset",
        "https://ac-amlens.fr/",
        "https://elsewhere.example\\@bv.ac-amiens.fr/",
        "https://bv.ac-amiens.fr@elsewhere.example/",
        f"https://ac-amiens.fr\r\nhttps://elsewhere.example\r\n{OFFICIAL}",
    ],
)
def test_what_leads_elsewhere_is_never_official(
    running: Running, server: Server, link: str
) -> None:
    server.put_source(reset_mail(link))
    running.connect()
    (found,) = _candidates(running)
    assert not found.official
    if "elsewhere" in link:
        assert found.host == "elsewhere.example"


def test_a_mail_without_a_link_promises_nothing(running: Running, server: Server) -> None:
    server.put_source(reset_mail("appelez-nous"))
    running.connect()
    (found,) = _candidates(running)
    assert (found.host, found.official) == ("", False)


def test_ordinary_mail_and_mail_of_before_are_no_candidates(
    running: Running, server: Server
) -> None:
    server.put("Conseil de classe", "Sortie")
    server.put_source(reset_mail(OFFICIAL))
    running.connect()
    assert len(_candidates(running)) == 1
    assert _candidates(running, time.time() + 4000) == ()


def test_the_junk_is_looked_into_too(running: Running, server: Server) -> None:
    server.put_source(reset_mail(OFFICIAL), folder="Junk")
    running.connect()
    (found,) = _candidates(running)
    assert found.junk
    assert running.folder(Role.JUNK)


def test_every_box_but_the_locked_one_counts(
    running: Running, server: Server, mailbox: Mailbox
) -> None:
    other = replace(mailbox.account, address="camille@perso.example", login="perso1")
    with running.store.write() as db:
        kept = accounts.keep(db, other)
        accounts.refuse(db, running.account.id, "Authentication failed.", 1.0)
    running.vault.remember(kept, Secret(PASSWORD))
    running.start()
    running.submit(FindResetMails(time.time()))
    assert running.wait(ResetMails).watched == ("camille@perso.example",)
