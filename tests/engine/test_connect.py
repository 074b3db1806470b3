"""The live checklist: each line with the server's own words, one sign-in, nothing overridden."""

from dataclasses import replace
from pathlib import Path

import pytest

from acterm.engine.connect import check
from acterm.engine.messages.account import (
    AccountAdded,
    AccountChecked,
    AddAccount,
    AskRungs,
    CheckAccount,
    CheckStep,
    Rungs,
    Step,
    StepState,
)
from acterm.engine.messages.base import Event
from acterm.errors import Exit
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Security, Server
from acterm.store import accounts
from tests.conftest import Mailbox
from tests.engine.conftest import Running
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.liar import Liar
from tests.servers.liar import imap as liar_imap
from tests.servers.smtp import MailServer
from tests.servers.waiting import until


def _checked(
    account: Account, secret: str = PASSWORD
) -> tuple[AccountChecked, dict[Step, CheckStep]]:
    """How the check ended, and the last word on each line."""
    told: list[Event] = []
    outcome = check(account, Secret(secret), told.append)
    return outcome, {event.step: event for event in told if isinstance(event, CheckStep)}


def test_all_lines_are_done_for_an_account_that_works(mailbox: Mailbox) -> None:
    outcome, lines = _checked(mailbox.account)
    assert outcome == AccountChecked(accepted=True)
    assert list(lines) == list(Step)
    assert {line.state for line in lines.values()} == {StepState.DONE}
    assert lines[Step.SIGN_IN].words == mailbox.account.login


def test_a_wrong_password_is_told_in_the_server_s_words_and_not_tried_for_sending(
    mailbox: Mailbox, smtp: MailServer, dovecot: Dovecot
) -> None:
    outcome, lines = _checked(mailbox.account, "faux")
    assert (outcome.accepted, outcome.exit_code) == (False, Exit.SIGN_IN_REFUSED)
    assert lines[Step.SIGN_IN].state is StepState.FAILED
    assert "Authentication failed" in lines[Step.SIGN_IN].words
    assert Step.SENDING not in lines
    assert smtp.sign_ins == []
    name = f"<{mailbox.account.login}>"

    def refusals() -> int:
        return sum(name in line for line in dovecot.log().splitlines() if "auth failed" in line)

    until(refusals, "Dovecot logs a refusal when the link closes")
    assert refusals() == 1


def test_a_passcode_is_not_spent_on_sending(mailbox: Mailbox, smtp: MailServer) -> None:
    outcome, lines = _checked(replace(mailbox.account, passcode=True))
    assert outcome.accepted
    assert lines[Step.SENDING].state is StepState.LATER
    assert "premier envoi" in lines[Step.SENDING].words
    assert smtp.sign_ins == []


def test_a_sending_server_that_refuses_is_the_line_that_fails(
    mailbox: Mailbox, smtp: MailServer
) -> None:
    smtp.password = "autre"
    outcome, lines = _checked(mailbox.account)
    assert not outcome.accepted
    assert lines[Step.SENDING].state is StepState.FAILED
    assert lines[Step.FOLDERS].state is StepState.DONE


@pytest.mark.parametrize("kind", ["expired", "wrong_name", "stranger"])
def test_a_bad_certificate_fails_its_line_and_no_password_is_sent(
    mailbox: Mailbox, certificates: Certificates, kind: str
) -> None:
    certificate: Path = getattr(certificates, kind)
    with Liar(liar_imap(), certificate, Security.TLS) as liar:
        outcome, lines = _checked(replace(mailbox.account, imap=liar.server))
        assert outcome.exit_code == Exit.SIGN_IN_REFUSED
        assert lines[Step.NAME].state is StepState.DONE
        assert lines[Step.CONNECTION].state is StepState.DONE
        assert lines[Step.CERTIFICATE].state is StepState.FAILED
        assert Step.SIGN_IN not in lines
        assert liar.said == []


def test_an_unknown_name_fails_the_first_line(mailbox: Mailbox) -> None:
    nowhere = Server("imap.nulle-part.invalid", 993, Security.TLS)
    outcome, lines = _checked(replace(mailbox.account, imap=nowhere))
    assert list(lines) == [Step.NAME]
    assert lines[Step.NAME].state is StepState.FAILED
    assert outcome.exit_code == Exit.QUEUED


def test_a_closed_port_fails_the_connection(mailbox: Mailbox) -> None:
    closed = Server("localhost", 9, Security.TLS)
    _outcome, lines = _checked(replace(mailbox.account, imap=closed))
    assert lines[Step.NAME].state is StepState.DONE
    assert lines[Step.CONNECTION].state is StepState.FAILED


def test_an_account_is_checked_then_added_with_one_sign_in_to_imap(
    running: Running, mailbox: Mailbox, dovecot: Dovecot
) -> None:
    with running.store.write() as db:
        accounts.forget(db, running.account.id)
    running.start()
    running.submit(CheckAccount(mailbox.account, Secret(PASSWORD)))
    assert running.wait(AccountChecked).accepted
    running.submit(AddAccount(mailbox.account, Secret(PASSWORD), "session"))
    added = running.wait(AccountAdded)
    assert added.rung == "session"
    running.wait_until_in_step()
    name = f"user=<{mailbox.account.login}>"
    signed_in = [line for line in dovecot.log().splitlines() if name in line and "Login" in line]
    assert len(signed_in) == 1


def test_the_rungs_are_told_highest_first(running: Running) -> None:
    running.start()
    running.submit(AskRungs())
    assert [rung.name for rung in running.wait(Rungs).rungs][-1] == "session"
