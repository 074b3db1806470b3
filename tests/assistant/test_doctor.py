"""The flow of the diagnosis: lines as they come, problems first, a page to hand on."""

from acterm.assistant import menu
from acterm.assistant.doctor import FLOW
from acterm.assistant.doctor.steps import PAGE, Stage, State
from acterm.assistant.flow import Kind, Leave, Start, Write
from acterm.engine.messages.assistant import DoctorDone, DoctorLine, RunDoctor, SaveText, TextSaved
from acterm.engine.messages.base import Failed
from acterm.mail.account import Account
from acterm.server import Server

_ACCOUNT = Account(
    id=7,
    address="camille.lefevre@ac-amiens.fr",
    login="clefevre",
    imap=Server("imap.ac-amiens.fr", 993),
    smtp=Server("smtp.ac-amiens.fr", 465),
)
_LINES = (
    DoctorLine("versions", "ok", "acterm 1"),
    DoctorLine("keyring", "note", "pas de trousseau"),
    DoctorLine("tls", "failed", "certificat refusé"),
)


def _done(account: Account | None = _ACCOUNT) -> State:
    turn = FLOW.answered(FLOW.start(Start(account=account)).state)
    assert turn.commands == (RunDoctor(),)
    state = turn.state
    for line in _LINES:
        state = FLOW.heard(state, line).state
    return FLOW.heard(state, DoctorDone("la page")).state


def test_it_is_the_flow_of_the_menu() -> None:
    assert menu.flow("doctor") is FLOW


def test_the_lines_are_shown_as_they_come() -> None:
    state = FLOW.answered(FLOW.start(Start()).state).state
    state = FLOW.heard(state, _LINES[0]).state
    asked = FLOW.question(state)
    assert (asked.kind, asked.facts) == (Kind.WAIT, ("✓ acterm 1",))


def test_problems_stand_first_and_what_is_in_order_is_counted() -> None:
    asked = FLOW.question(_done())
    assert asked.title == "1 problème trouvé."
    assert asked.facts == ("✗ certificat refusé", "· pas de trousseau", "✓ 1 point en ordre")
    assert asked.copy == "la page"


def test_every_line_can_be_seen_and_one_comes_back() -> None:
    state = FLOW.answered(_done(), choice="all").state
    assert len(FLOW.question(state).facts) == 3
    assert FLOW.back(state).stage is Stage.DONE


def test_many_lines_are_shown_in_turn() -> None:
    state = FLOW.answered(FLOW.start(Start()).state).state
    for number in range(PAGE + 2):
        state = FLOW.heard(state, DoctorLine("port", "ok", str(number))).state
    first = FLOW.answered(FLOW.heard(state, DoctorDone("")).state, choice="all").state
    assert len(FLOW.question(first).facts) == PAGE
    last = FLOW.answered(first, choice="more").state
    assert FLOW.question(last).facts == (f"✓ {PAGE}", f"✓ {PAGE + 1}")
    assert FLOW.back(last) == first


def test_the_page_is_mailed_only_through_the_composer() -> None:
    turn = FLOW.answered(_done(), choice="mail")
    assert isinstance(turn.onward, Write)
    assert (turn.onward.draft.account_id, turn.onward.draft.body) == (7, "la page")
    assert "mail" not in [choice.key for choice in FLOW.question(_done(None)).choices]


def test_the_page_is_saved_or_it_is_said_why_not() -> None:
    turn = FLOW.answered(_done(), choice="save")
    assert turn.commands == (SaveText("acterm-diagnostic.txt", "la page"),)
    saved = FLOW.heard(turn.state, TextSaved("/chez/moi/page.txt")).state
    assert "/chez/moi/page.txt" in FLOW.question(saved).facts[-1]
    failed = FLOW.heard(turn.state, Failed("Le disque est plein.", "")).state
    assert FLOW.question(failed).problem == "Le disque est plein."


def test_it_ends_when_one_has_seen_enough() -> None:
    assert FLOW.answered(_done(), choice="leave").onward == Leave()
