"""One answer, one attempt: counted in Dovecot's own log, over threads and processes."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from acterm.engine.messages.account import AnswerSignIn, GiveSecret, SecretWanted, SignInWasRefused
from acterm.engine.messages.mail import FetchBody, Link, LinkChanged
from acterm.engine.messages.writing import Send, SendingChanged, SendingState
from acterm.mail.draft import Draft
from acterm.secret import Secret
from acterm.store import accounts
from tests.conftest import Mailbox
from tests.engine.conftest import Running, Server, engine_for
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.smtp import MailServer
from tests.servers.waiting import until


def _attempts(dovecot: Dovecot, running: Running, what: str = "auth failed") -> int:
    """How often Dovecot logged it. It does so when the link closes: the first is awaited."""
    name = f"<{running.account.login}>"

    def logged() -> int:
        return sum(name in line and what in line for line in dovecot.log().splitlines())

    until(logged, what)
    return logged()


def test_a_refused_password_is_tried_once(running: Running, dovecot: Dovecot) -> None:
    running.vault.remember(running.account, Secret("faux"))
    running.start()
    assert "Authentication failed" in running.wait(SignInWasRefused).words
    running.stop()
    running.start()
    running.wait(SignInWasRefused)
    until(lambda: _attempts(dovecot, running) == 1, "one attempt")
    assert accounts.refusal(running.store.reader(), running.account.id) is not None


def test_an_answer_is_one_attempt_more(running: Running, dovecot: Dovecot) -> None:
    running.vault.remember(running.account, Secret("faux"))
    running.start()
    running.wait(SignInWasRefused)
    running.submit(AnswerSignIn(running.account.id))
    running.wait(SignInWasRefused)
    running.submit(AnswerSignIn(running.account.id, Secret("encore faux")))
    running.wait(SignInWasRefused)
    until(lambda: _attempts(dovecot, running) == 3, "each answer was one attempt")
    running.submit(AnswerSignIn(running.account.id, Secret(PASSWORD)))
    running.wait_until_in_step()
    assert _attempts(dovecot, running) == 3
    assert accounts.refusal(running.store.reader(), running.account.id) is None


def test_two_engines_with_a_wrong_password_try_once_between_them(
    running: Running, dovecot: Dovecot
) -> None:
    program = (
        "import sys, queue\n"
        "from acterm.engine.engine import Engine\n"
        "from acterm.engine.messages.account import SignInWasRefused\n"
        "from acterm.secret import Secret\n"
        "from acterm.store import accounts\n"
        "from acterm.store.db import open_store\n"
        "from acterm.vault import Vault\n"
        "store = open_store()\n"
        "vault = Vault(session_only=True)\n"
        "vault.remember(accounts.all_accounts(store.reader())[0], Secret('faux'))\n"
        "heard = queue.SimpleQueue()\n"
        "engine = Engine(store, vault, heard.put)\n"
        "engine.start()\n"
        "while not isinstance(heard.get(timeout=20), SignInWasRefused): pass\n"
        "engine.stop()\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
        for _number in range(2)
    ]
    assert [process.wait(40) for process in both] == [0, 0]
    assert _attempts(dovecot, running) == 1


def test_a_refusal_in_another_process_ends_this_connection_until_it_is_answered(
    running: Running, server: Server
) -> None:
    running.connect()
    with running.store.write() as db:
        accounts.refuse(db, running.account.id, "compte verrouillé", 1.0)
    running.wait(LinkChanged, lambda event: event.link is Link.REFUSED)
    assert running.wait(SignInWasRefused).words == "compte verrouillé"
    with running.store.write() as db:
        accounts.clear_refusal(db, running.account.id)
    running.wait_until_in_step()


def test_nothing_else_connects_while_a_refusal_waits(
    running: Running, server: Server, smtp: MailServer, dovecot: Dovecot
) -> None:
    server.put("un")
    running.connect()
    row = running.row("un")
    running.stop()
    running.vault.remember(running.account, Secret("faux"))
    running.start()
    running.wait(SignInWasRefused)
    running.submit(Send(Draft(running.account.id, to="a@college.example", subject="x"), delay=0))
    running.wait(SendingChanged, lambda event: event.state is SendingState.QUEUED)
    running.wait(SignInWasRefused)
    running.submit(FetchBody(row.id))
    assert _attempts(dovecot, running) == 1
    assert smtp.sign_ins == []
    running.submit(AnswerSignIn(running.account.id, Secret(PASSWORD)))
    running.wait(SendingChanged, lambda event: event.state is SendingState.SENT)
    assert len(smtp.delivered) == 1


def test_a_refusal_of_the_sending_server_stops_reading_too(
    running: Running, server: Server, smtp: MailServer
) -> None:
    smtp.password = "autre"
    running.connect()
    running.submit(Send(Draft(running.account.id, to="a@college.example", subject="x"), delay=0))
    running.wait(SignInWasRefused)
    running.wait(LinkChanged, lambda event: event.link is Link.REFUSED)
    assert len(smtp.sign_ins) == 1
    smtp.password = PASSWORD
    running.submit(AnswerSignIn(running.account.id))
    running.wait(SendingChanged, lambda event: event.state is SendingState.SENT)
    assert len(smtp.sign_ins) == 2


def test_an_answer_is_not_used_up_by_a_link_that_fails(running: Running, dovecot: Dovecot) -> None:
    running.vault.remember(running.account, Secret("faux"))
    running.start()
    running.wait(SignInWasRefused)
    dovecot.stop()
    try:
        running.submit(AnswerSignIn(running.account.id, Secret(PASSWORD)))
        running.wait(LinkChanged, lambda event: event.link is Link.OFFLINE)
    finally:
        dovecot.start()
    running.wait_until_in_step()
    assert _attempts(dovecot, running) == 1


def test_without_a_secret_the_person_is_asked_once(mailbox: Mailbox, server: Server) -> None:
    with engine_for(mailbox.account, password="") as running:
        running.start()
        assert running.wait(SecretWanted).kind == "password"
        running.submit(GiveSecret(running.account.id, Secret(PASSWORD)))
        running.wait_until_in_step()
        assert running.said(SecretWanted) == [SecretWanted(running.account.id, "password")]


def _connect_with_a_code(running: Running) -> None:
    running.start()
    running.wait(SecretWanted)
    running.submit(GiveSecret(running.account.id, Secret(PASSWORD)))
    running.wait_until_in_step()


def test_a_passcode_signs_in_once_and_is_asked_anew_for_sending(
    mailbox: Mailbox, smtp: MailServer, dovecot: Dovecot
) -> None:
    with engine_for(replace(mailbox.account, passcode=True), password="") as running:
        running.start()
        assert running.wait(SecretWanted).kind == "passcode"
        running.submit(GiveSecret(running.account.id, Secret(PASSWORD)))
        running.wait_until_in_step()
        draft = Draft(running.account.id, to="a@college.example", subject="x")
        running.submit(Send(draft, delay=0))
        assert running.wait(SecretWanted).kind == "passcode"
        assert smtp.sign_ins == []
        running.submit(GiveSecret(running.account.id, Secret(PASSWORD)))
        running.wait(SendingChanged, lambda event: event.state is SendingState.SENT)
        assert len(smtp.sign_ins) == 1
        assert _attempts(dovecot, running, "Login: user=") == 1


def test_a_mail_that_waited_over_the_night_gets_a_code_of_its_own(
    mailbox: Mailbox, smtp: MailServer
) -> None:
    with engine_for(replace(mailbox.account, passcode=True), password="") as running:
        _connect_with_a_code(running)
        running.submit(
            Send(Draft(running.account.id, to="a@college.example", subject="x"), delay=0)
        )
        running.wait(SecretWanted)
        running.stop()
        _connect_with_a_code(running)
        assert running.wait(SecretWanted).kind == "passcode"
        running.submit(GiveSecret(running.account.id, Secret(PASSWORD)))
        running.wait(SendingChanged, lambda event: event.state is SendingState.SENT)
        assert len(smtp.sign_ins) == 1


def test_a_passcode_account_does_not_reconnect_by_itself(
    mailbox: Mailbox, dovecot: Dovecot
) -> None:
    with engine_for(replace(mailbox.account, passcode=True), password="") as running:
        running.start()
        running.wait(SecretWanted)
        running.submit(GiveSecret(running.account.id, Secret(PASSWORD)))
        running.wait_until_in_step()
        dovecot.doveadm("kick", running.account.login)
        assert running.wait(SecretWanted).kind == "passcode"
        until(lambda: _attempts(dovecot, running, "Login: user=") == 1, "one sign-in")


def test_a_new_password_replaces_the_kept_one_only_when_it_is_accepted(
    mailbox: Mailbox, server: Server
) -> None:
    with engine_for(mailbox.account, password="") as running:
        from acterm.vault import SEALED_FILE, Vault

        phrase = Secret("une phrase pour le fichier")
        running.vault = Vault()
        running.vault.keep(running.account, Secret("ancien"), SEALED_FILE, phrase)
        running.start()
        running.wait(SignInWasRefused)
        running.submit(AnswerSignIn(running.account.id, Secret("faux")))
        running.wait(SignInWasRefused)
        assert _kept_in_file(running, phrase) == Secret("ancien")
        running.submit(AnswerSignIn(running.account.id, Secret(PASSWORD)))
        running.wait_until_in_step()
        assert _kept_in_file(running, phrase) == Secret(PASSWORD)


def _kept_in_file(running: Running, phrase: Secret) -> Secret:
    from acterm.vault import Vault

    other = Vault()
    other.unlock(phrase, "sealed-file")
    return other.get(running.account)
