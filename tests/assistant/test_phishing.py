"""Phishing: examples, a mail to check, what to do after a click, and the report."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from acterm.academy import directory
from acterm.assistant.flow import GoTo, Kind, Leave, Question, Start, Turn, Write
from acterm.assistant.pasted import source_of
from acterm.assistant.phishing import FLOW
from acterm.assistant.phishing.examples import EXAMPLES
from acterm.assistant.phishing.steps import CASES, Stage, State, answered, back, heard, start
from acterm.engine.messages.assistant import (
    ListRecent,
    LookForSigns,
    RecentMails,
    SaveText,
    SignsFound,
    TextSaved,
)
from acterm.engine.messages.base import Failed
from acterm.engine.messages.mail import BodyArrived, BodyFailed, FetchBody
from acterm.mail.address import Address
from acterm.mail.message import Envelope, Flag, Level, Sign
from acterm.mail.parsing.mime import parse
from tests.assistant.scripts import ACCOUNT, NOW

MAIL = Envelope(
    5, 1, 9, int(NOW), Address("Rectorat", "x@gmail.com"), "", "Quota", Flag.NONE, 10, False
)
SUSPECT = Sign("spoofed-sender", Level.SUSPECT, "« Rectorat » écrit depuis x@gmail.com.")
_SPACES = str.maketrans("\u00a0\u202f", "  ")


def _begun(fill: int = -1) -> State:
    return start(Start(account=ACCOUNT, now=NOW, fill=fill)).state


def _chosen(state: State, *choices: str) -> Turn[State]:
    turn: Turn[State] = Turn(state)
    for choice in choices:
        turn = answered(turn.state, choice=choice)
    return turn


def _asks(state: State) -> Question:
    return FLOW.question(state)


def _title(state: State) -> str:
    return _asks(state).title.translate(_SPACES)


def _keys(state: State) -> list[str]:
    return [choice.key for choice in _asks(state).choices]


def test_the_real_quota_stands_beside_a_mail_about_quota() -> None:
    assert "37 %" in _asks(_begun(37)).facts[0].translate(_SPACES)
    assert _asks(_begun()).facts == ()


def test_the_examples_are_judged_one_after_the_other_and_counted() -> None:
    state = _chosen(_begun(), "quiz").state
    for number, example in enumerate(EXAMPLES):
        assert state.number == number
        assert example.sender in "\n".join(_asks(state).facts)
        state = _chosen(state, "fake" if example.is_fake else "real").state
        assert _title(state).startswith("Oui")
        assert len(_asks(state).facts) > len(example.signs)
        state = _chosen(state, "on").state
    assert state.stage is Stage.SCORE
    assert _title(state) == f"{len(EXAMPLES)} sur {len(EXAMPLES)}."


def test_a_wrong_guess_is_told_without_blame() -> None:
    state = _chosen(_begun(), "quiz", "real").state
    assert _title(state) == "C’était un piège."
    assert state.right == 0


def test_the_examples_name_nobody_real_and_lead_nowhere() -> None:
    for example in EXAMPLES:
        for host in re.findall(r"https?://([\w.-]+)", "\n".join(example.text)):
            assert host.endswith(".example") or directory.is_official_host(host)
    assert {example.is_fake for example in EXAMPLES} == {True, False}


def test_a_mail_of_the_inbox_is_fetched_then_looked_at() -> None:
    turn = _chosen(_begun(), "check", "choose")
    assert turn.commands == (ListRecent(ACCOUNT.id),)
    assert _asks(turn.state).kind is Kind.WAIT
    state = heard(turn.state, RecentMails(ACCOUNT.id, (MAIL,))).state
    assert _keys(state) == ["mail:5"]
    turn = _chosen(state, "mail:5")
    assert turn.commands == (FetchBody(5),)
    assert heard(turn.state, BodyArrived(6)).commands == ()
    turn = heard(turn.state, BodyArrived(5))
    assert turn.commands == (LookForSigns(5),)
    found = SignsFound(5, "Quota", "x@gmail.com", (SUSPECT,), ("ac-arniens.example",))
    state = heard(turn.state, found).state
    assert _title(state) == "Très suspect"
    facts = "\n".join(_asks(state).facts)
    assert "x@gmail.com" in facts
    assert "ac-arniens.example" in facts
    assert _keys(state)[0] == "report"


def test_many_mails_are_shown_so_many_at_a_time() -> None:
    mails = tuple(replace(MAIL, id=number) for number in range(1, 31))
    state = heard(_chosen(_begun(), "check", "choose").state, RecentMails(ACCOUNT.id, mails)).state
    assert _keys(state) == [*(f"mail:{number}" for number in range(1, 13)), "more"]
    state = _chosen(state, "more", "more").state
    assert _keys(state) == [*(f"mail:{number}" for number in range(25, 31)), "more"]
    assert _keys(_chosen(state, "more").state)[0] == "mail:1"


def test_no_sign_is_never_called_safe() -> None:
    turn = answered(_chosen(_begun(), "check", "paste").state, "Bonjour, à demain.")
    (command,) = turn.commands
    assert isinstance(command, LookForSigns)
    state = heard(turn.state, SignsFound(0, "", "", ())).state
    assert "preuve" in _title(state)
    words = f"{_asks(state).title} {_asks(state).why} {_asks(state).then}".lower()
    assert "est sûr" not in words


def test_a_mail_that_cannot_be_brought_is_told() -> None:
    state = heard(
        _chosen(_begun(), "check", "choose").state, RecentMails(ACCOUNT.id, (MAIL,))
    ).state
    state = _chosen(state, "mail:5").state
    state = heard(state, BodyFailed(5, "Hors ligne.", "Attendez.")).state
    assert state.stage is Stage.CHECK
    assert _asks(state).problem == "Hors ligne. Attendez."


def test_an_empty_inbox_leads_to_pasting() -> None:
    state = heard(_chosen(_begun(), "check", "choose").state, RecentMails(ACCOUNT.id, ())).state
    assert _keys(state) == ["paste"]


def test_what_is_pasted_is_read_as_a_mail_or_as_its_text() -> None:
    source = "From: Rectorat <x@gmail.com>\nSubject: =?utf-8?q?Qu=C3=B4ta?=\n suite\n\nCliquez"
    message = parse(source_of(source))
    assert message.subject == "Quôta suite"
    assert message.sender[0].address == "x@gmail.com"
    text = parse(source_of("De : Rectorat\n\nNote: votre compte é"))
    assert text.plain is not None
    assert "votre compte é" in text.plain
    assert text.sender == ()


def test_nothing_pasted_is_told() -> None:
    state = answered(_chosen(_begun(), "check", "paste").state, "  \n").state
    assert state.stage is Stage.PASTE
    assert _asks(state).problem


@pytest.mark.parametrize("case", CASES)
def test_each_case_says_what_comes_first_and_where_to_go_on(case: str) -> None:
    state = _chosen(_begun(), "clicked", f"case:{case}").state
    assert len(_asks(state).facts) >= 3
    assert len(_keys(state)) >= 2


def test_a_typed_password_leads_to_changing_it() -> None:
    state = _chosen(_begun(), "clicked", "case:password").state
    assert _chosen(state, "lost_password").onward == GoTo("lost_password")
    assert _chosen(state, "compromised").onward == GoTo("compromised")


def test_what_is_not_confirmed_is_marked_in_the_report() -> None:
    facts = _asks(_chosen(_begun(), "report").state).facts
    told = {name: line for line in facts for name in ("PHAROS", "Signal Spam") if name in line}
    assert "à vérifier" in told["PHAROS"].translate(_SPACES)
    assert "à vérifier" not in told["Signal Spam"]


def test_the_mail_goes_to_the_help_desk_as_an_attachment() -> None:
    state = State(
        Start(account=ACCOUNT, now=NOW),
        Stage.REPORT,
        mail=5,
        found=SignsFound(5, "Quota", "x@gmail.com", (SUSPECT,)),
    )
    turn = _chosen(state, "attach")
    assert turn.commands == (SaveText("mail-suspect.eml", message_id=5),)
    turn = heard(turn.state, TextSaved("/home/c/Documents/mail-suspect.eml", 812))
    assert isinstance(turn.onward, Write)
    (attachment,) = turn.onward.draft.attachments
    assert attachment.path == Path("/home/c/Documents/mail-suspect.eml")
    assert (attachment.type, attachment.size) == ("message/rfc822", 812)
    failed = heard(state, Failed("Pas encore ici.", "")).state
    assert _asks(failed).problem == "Pas encore ici."


def test_without_an_account_a_mail_can_be_pasted_and_nothing_is_sent() -> None:
    state = _chosen(start(Start(now=NOW)).state, "check").state
    assert _keys(state) == ["paste"]
    assert "attach" not in _keys(_chosen(start(Start(now=NOW)).state, "report").state)


def test_the_ways_back_and_out() -> None:
    state = _chosen(_begun(), "clicked", "case:link").state
    assert back(state).stage is Stage.CLICKED
    assert back(back(state)).stage is Stage.MENU
    assert back(_begun()) == _begun()
    assert _chosen(_begun(), "report", "leave").onward == Leave()
