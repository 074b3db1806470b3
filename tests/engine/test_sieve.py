"""Absence and filters through the engine, on a real Pigeonhole that receives mail."""

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import policy

import pytest

from acterm.engine.messages.account import SecretWanted, SignInWasRefused
from acterm.engine.messages.rules import (
    ActivateScript,
    KeepRules,
    PutScript,
    ReadRules,
    RemoveScript,
    RulesFailed,
    RulesRead,
    RulesTrouble,
)
from acterm.mail.sieve.plan import Script, answering, working
from acterm.mail.sieve.script import Absence, Action, Rule, Rules, Where
from acterm.net.sieve import Sieve
from acterm.secret import Secret
from acterm.server import Security
from acterm.server import Server as Address
from acterm.store import accounts
from tests.conftest import Mailbox
from tests.engine.conftest import Running, Server, engine_for, mail
from tests.servers.certificates import Certificates
from tests.servers.dovecot import PASSWORD, Dovecot, free_port
from tests.servers.waiting import until

ADDRESS = "camille.lefevre@ac-amiens.fr"
PARENT = "nadia.benali@parent.example"
FILE_LISTS = Rule(Where.LIST, "maths.college.example", Action.FILE, "Archive")
FLAG_HEAD = Rule(Where.FROM, "principal@college.example", Action.FLAG)
BIN_ADVERTS = Rule(Where.SUBJECT, "promotion", Action.BIN, "Trash")
FORMER = (
    b'# le mien\r\nrequire ["fileinto", "variables"];\r\n\r\n'
    b'if header :contains "Subject" "ULIS" {\n  fileinto "Junk";\n}\r\n'
)


@pytest.fixture
def connected(running: Running, server: Server, dovecot: Dovecot) -> Running:
    """An engine that knows where the test's ManageSieve listens."""
    running.connect()
    _read(running, dovecot)
    return running


@pytest.fixture
def webmail(mailbox: Mailbox, dovecot: Dovecot) -> Iterator[Sieve]:
    """Another program at the same scripts."""
    server = Address("localhost", dovecot.sieve, Security.STARTTLS)
    sieve = Sieve.connect(server, ca_file=mailbox.account.ca_file)
    sieve.sign_in(mailbox.account.login, Secret(mailbox.password))
    yield sieve
    sieve.close()


def _read(running: Running, dovecot: Dovecot, secret: Secret | None = None) -> RulesRead:
    place = Address("localhost", dovecot.sieve, Security.STARTTLS)
    running.submit(ReadRules(running.account.id, secret, place))
    return running.wait(RulesRead)


def _keep(running: Running, *rules: Rule, absence: Absence | None = None) -> RulesRead:
    running.submit(KeepRules(running.account.id, Rules(rules, absence)))
    return running.wait(RulesRead)


def _arrives(dovecot: Dovecot, running: Running, source: bytes, sender: str = PARENT) -> None:
    dovecot.deliver(running.account.login, ADDRESS, source, sender)


def _answers(dovecot: Dovecot, to: str) -> list[str]:
    return [one for one in dovecot.sent() if to in one.split("\n")[0]]


def _absence(**changes: object) -> Absence:
    return replace(
        Absence("Je suis absente.\nÀ bientôt, « Camille »", "Absente", addresses=(ADDRESS,)),
        **changes,  # type: ignore[arg-type]
    )


def test_filters_really_file_flag_and_bin(
    connected: Running, server: Server, dovecot: Dovecot
) -> None:
    read = _keep(connected, FILE_LISTS, FLAG_HEAD, BIN_ADVERTS)
    assert working(read.scripts)
    assert read.rules.rules == (FILE_LISTS, FLAG_HEAD, BIN_ADVERTS)
    listed = mail("Polycopié").replace(b"Subject:", b"List-Id: <maths.college.example>\r\nSubject:")
    _arrives(dovecot, connected, listed)
    _arrives(
        dovecot,
        connected,
        mail("Conseil").replace(b"chloe.gerard@ac-amiens.fr", b"principal@college.example"),
    )
    _arrives(dovecot, connected, mail("Grande PROMOTION"))
    _arrives(dovecot, connected, mail("Sortie"))
    assert (
        server.subjects("Archive") == ["Polycopi=?utf-8?q?=C3=A9?="]
        or len(server.subjects("Archive")) == 1
    )
    assert len(server.subjects("Trash")) == 1
    assert server.subjects("INBOX") == ["Conseil", "Sortie"]
    assert ["\\Flagged" in flags for flags in server.flags("INBOX")] == [True, False]


def test_an_absence_really_answers_once_and_in_french(
    connected: Running, server: Server, dovecot: Dovecot
) -> None:
    today = date.today()
    _keep(connected, absence=_absence(first=today - timedelta(1), last=today + timedelta(1)))
    sender = f"a{connected.account.login}@parent.example"
    for number in (1, 2):
        _arrives(
            dovecot,
            connected,
            mail(f"Question {number}").replace(b"chloe.gerard@ac-amiens.fr", sender.encode()),
            sender,
        )
    (answer,) = _answers(dovecot, sender)
    reply = email.message_from_string(answer.partition("\n\n")[2], policy=policy.default)
    assert reply["Subject"] == "Absente"
    assert reply["Auto-Submitted"].startswith("auto-replied")
    assert "Je suis absente.\nÀ bientôt, « Camille »" in answer.replace("\r", "")
    assert server.subjects("INBOX") == ["Question 1", "Question 2"]


@pytest.mark.parametrize(("first", "last"), [(1, 3), (-3, -1)])
def test_before_and_after_the_absence_nobody_is_answered(
    connected: Running, dovecot: Dovecot, first: int, last: int
) -> None:
    today = date.today()
    _keep(connected, absence=_absence(first=today + timedelta(first), last=today + timedelta(last)))
    sender = f"b{connected.account.login}@parent.example"
    _arrives(dovecot, connected, mail("Question"), sender)
    assert _answers(dovecot, sender) == []


def test_lists_and_spam_are_not_answered(connected: Running, dovecot: Dovecot) -> None:
    _keep(connected, absence=_absence())
    sender = f"c{connected.account.login}@parent.example"
    for field in (b"List-Id: <a.example>", b"Precedence: bulk", b"X-Spam-Flag: YES"):
        _arrives(
            dovecot, connected, mail("x").replace(b"Subject:", field + b"\r\nSubject:"), sender
        )
    assert _answers(dovecot, sender) == []


def test_an_absence_that_is_off_is_kept_and_answers_nobody(
    connected: Running, dovecot: Dovecot
) -> None:
    read = _keep(connected, absence=_absence(on=False))
    assert read.rules.absence == _absence(on=False)
    sender = f"d{connected.account.login}@parent.example"
    _arrives(dovecot, connected, mail("Question"), sender)
    assert _answers(dovecot, sender) == []


def test_a_script_of_the_webmail_stays_as_it_is_and_goes_on_working(
    connected: Running, webmail: Sieve, server: Server, dovecot: Dovecot
) -> None:
    webmail.put("roundcube", FORMER)
    webmail.activate("roundcube")
    read = _keep(connected, BIN_ADVERTS)
    assert read.rules.former == "roundcube"
    assert webmail.script("roundcube") == FORMER
    _arrives(dovecot, connected, mail("Groupe ULIS"))
    _arrives(dovecot, connected, mail("promotion"))
    assert server.subjects("Junk") == ["Groupe ULIS"]
    assert server.subjects("Trash") == ["promotion"]


def test_the_former_script_can_be_gone_back_to_and_left_again(
    connected: Running, webmail: Sieve
) -> None:
    webmail.put("roundcube", FORMER)
    webmail.activate("roundcube")
    _keep(connected, BIN_ADVERTS)
    connected.submit(ActivateScript(connected.account.id, "roundcube"))
    read = connected.wait(RulesRead)
    assert not working(read.scripts)
    assert read.rules.rules == (BIN_ADVERTS,)
    read = _keep(connected, *read.rules.rules, FLAG_HEAD)
    assert [script.name for script in read.scripts] == ["acterm", "roundcube"]
    assert working(read.scripts)


def test_a_server_without_include_gets_the_former_text_around_the_rules(
    mailbox: Mailbox, certificates: Certificates
) -> None:
    alone = Dovecot(certificates.good, extra="plugin {\n sieve_extensions = -include\n}").start()
    try:
        account = replace(mailbox.account, imap=Address("localhost", alone.imaps))
        with engine_for(account) as running:
            running.connect()
            _read(running, alone)
            running.submit(PutScript(running.account.id, Script("webmail", FORMER, True)))
            running.wait(RulesRead)
            absence = _absence(text="Cela fait ${0} euros")
            running.submit(
                KeepRules(running.account.id, Rules((BIN_ADVERTS,), absence, former="webmail"))
            )
            read = running.wait(RulesRead)
            assert {one.name: one.source for one in read.scripts}["webmail"] == FORMER
            for subject in ("Groupe ULIS", "promotion", "Sortie"):
                _arrives(alone, running, mail(subject))
            until(lambda: len(running.rows()) == 1, "one mail is in the inbox")
            server = Server(replace(mailbox, account=account))
            assert server.subjects("Junk") == ["Groupe ULIS"]
            assert server.subjects("Trash") == ["promotion"]
            assert "Cela fait $ {0} euros" in alone.sent()[0]
            _keep(running, FLAG_HEAD)
            assert {one.name for one in running.past[-1].scripts} == {"acterm", "webmail"}
    finally:
        alone.remove()


def test_a_script_that_has_our_name_is_not_overwritten(connected: Running, webmail: Sieve) -> None:
    webmail.put("acterm", FORMER)
    webmail.activate("acterm")
    read = _keep(connected, BIN_ADVERTS)
    assert webmail.script("acterm") == FORMER
    assert {script.name: script.active for script in read.scripts} == {
        "acterm": False,
        "acterm 2": True,
    }


def test_what_a_hand_changed_in_our_script_is_kept_beside(
    connected: Running, webmail: Sieve
) -> None:
    _keep(connected, BIN_ADVERTS)
    source = webmail.script("acterm").replace(b"promotion", b"soldes", 1)
    changed = source.replace(b'"promotion"', b'"braderie"')
    webmail.put("acterm", changed)
    read = _keep(connected, FLAG_HEAD)
    assert [script.name for script in read.scripts] == ["acterm", "acterm (copie)"]
    assert webmail.script("acterm (copie)") == changed


def test_two_answers_would_stop_each_other_and_are_told(
    connected: Running, webmail: Sieve, dovecot: Dovecot
) -> None:
    webmail.put("vacances", b'require "vacation";\r\nvacation "Je reviens.";\r\n')
    webmail.activate("vacances")
    read = _keep(connected)
    assert answering(read.scripts) == "vacances"
    connected.submit(
        KeepRules(connected.account.id, Rules(absence=_absence(), former="vacances", beside=False))
    )
    read = connected.wait(RulesRead)
    assert answering(read.scripts) == ""
    sender = f"e{connected.account.login}@parent.example"
    _arrives(dovecot, connected, mail("Question"), sender)
    assert "Je suis absente" in _answers(dovecot, sender)[0]


def test_a_removed_script_comes_back_as_it_was(connected: Running, webmail: Sieve) -> None:
    webmail.put("pirate", FORMER)
    webmail.activate("pirate")
    connected.submit(RemoveScript(connected.account.id, "pirate"))
    assert connected.wait(RulesRead).scripts == ()
    connected.submit(PutScript(connected.account.id, Script("pirate", FORMER, True)))
    assert connected.wait(RulesRead).scripts == (Script("pirate", FORMER, True),)
    connected.submit(PutScript(connected.account.id, Script("pirate", b"keep;", False)))
    assert connected.wait(RulesFailed).trouble is RulesTrouble.OTHER
    assert webmail.script("pirate") == FORMER


def test_what_the_server_cannot_compile_changes_nothing(connected: Running, webmail: Sieve) -> None:
    _keep(connected, BIN_ADVERTS)
    connected.submit(PutScript(connected.account.id, Script("x", b"banana;", True)))
    failed = connected.wait(RulesFailed)
    assert failed.trouble is RulesTrouble.OTHER
    assert "line 1" in failed.title
    assert [(one.name, one.active) for one in webmail.scripts()] == [("acterm", True)]


def test_the_link_that_was_opened_for_reading_also_writes(
    connected: Running, dovecot: Dovecot
) -> None:
    _keep(connected, BIN_ADVERTS)
    _keep(connected, FLAG_HEAD)
    assert _sign_ins(dovecot, connected) == 1


def test_a_link_that_was_lost_meanwhile_is_opened_again(
    connected: Running, dovecot: Dovecot
) -> None:
    dovecot.doveadm("kick", connected.account.login)
    assert _keep(connected, BIN_ADVERTS).rules.rules == (BIN_ADVERTS,)


def test_a_server_that_was_named_counts_for_its_mail_server_only(connected: Running) -> None:
    moved = replace(connected.account, imap=Address("127.0.0.1", connected.account.imap.port))
    with connected.store.write() as db:
        accounts.keep(db, moved)
    connected.stop()
    connected.start()
    connected.submit(ReadRules(connected.account.id))
    failed = connected.wait(RulesFailed)
    assert failed.trouble is RulesTrouble.NO_SERVER
    assert "127.0.0.1:4190" in failed.title


def test_no_server_is_a_sentence(running: Running, server: Server) -> None:
    running.connect()
    place = Address("localhost", free_port(), Security.STARTTLS)
    running.submit(ReadRules(running.account.id, None, place))
    failed = running.wait(RulesFailed)
    assert failed.trouble is RulesTrouble.NO_SERVER
    assert failed.title


def test_a_refused_sign_in_is_one_attempt_for_all_and_noted(
    running: Running, server: Server, dovecot: Dovecot
) -> None:
    running.connect()
    running.vault.remember(running.account, Secret("faux"))
    place = Address("localhost", dovecot.sieve, Security.STARTTLS)
    for _attempt in (1, 2):
        running.submit(ReadRules(running.account.id, None, place))
        assert running.wait(RulesFailed).trouble is RulesTrouble.SIGN_IN
    running.wait(SignInWasRefused)
    assert accounts.refusal(running.store.reader(), running.account.id) is not None
    name = f"user=<{running.account.login}>"
    failed = [
        line for line in dovecot.log().splitlines() if name in line and "managesieve-login" in line
    ]
    until(lambda: len(failed) <= 1, "one attempt")


def test_a_password_given_for_the_rules_lets_the_mailbox_in_too(
    mailbox: Mailbox, dovecot: Dovecot
) -> None:
    with engine_for(mailbox.account, password="") as running:
        running.start()
        running.wait(SecretWanted)
        place = Address("localhost", dovecot.sieve, Security.STARTTLS)
        running.submit(ReadRules(running.account.id, None, place))
        assert running.wait(RulesFailed).trouble is RulesTrouble.PASSWORD
        running.submit(ReadRules(running.account.id, Secret(PASSWORD), place))
        running.wait_until_in_step()
        assert running.said(RulesRead)


def test_a_passcode_is_asked_for_once_a_visit_and_given_to_nobody_else(
    mailbox: Mailbox, dovecot: Dovecot
) -> None:
    with engine_for(replace(mailbox.account, passcode=True), password="") as running:
        running.start()
        place = Address("localhost", dovecot.sieve, Security.STARTTLS)
        running.submit(ReadRules(running.account.id, None, place))
        assert running.wait(RulesFailed).trouble is RulesTrouble.PASSCODE
        _read(running, dovecot, Secret(PASSWORD))
        _keep(running, BIN_ADVERTS)
        assert _sign_ins(dovecot, running) == 1


def test_a_wrong_passphrase_is_no_sign_in(mailbox: Mailbox, dovecot: Dovecot) -> None:
    with engine_for(mailbox.account, password="") as running:
        from acterm.vault import SEALED_FILE, Vault

        phrase = Secret("une phrase pour le fichier")
        Vault().keep(running.account, Secret(PASSWORD), SEALED_FILE, phrase)
        running.vault = Vault()
        running.start()
        running.wait(SecretWanted)
        place = Address("localhost", dovecot.sieve, Security.STARTTLS)
        for secret in (None, Secret("une autre phrase")):
            running.submit(ReadRules(running.account.id, secret, place))
            assert running.wait(RulesFailed).trouble is RulesTrouble.PASSPHRASE
        _read(running, dovecot, phrase)
        assert _sign_ins(dovecot, running) == 1


def _sign_ins(dovecot: Dovecot, running: Running) -> int:
    pattern = re.compile(rf"managesieve-login: .*Login: user=<{running.account.login}>")
    until(lambda: pattern.search(dovecot.log()), "the sign-in is logged")
    return len(pattern.findall(dovecot.log()))
