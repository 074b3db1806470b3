"""The flow of strong passwords: judged without a trace, made by chance, rules with their source."""

from datetime import date, datetime

from icalendar import Calendar

from acterm.assistant import menu
from acterm.assistant.flow import GoTo, Kind, Leave, Start
from acterm.assistant.strong_password import FLOW
from acterm.assistant.strong_password.steps import Stage, State
from acterm.engine.messages.assistant import SaveText, TextSaved
from acterm.engine.messages.base import Failed
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Server

_ACCOUNT = Account(
    address="camille.lefevre@ac-amiens.fr",
    login="clefevre",
    name="Camille Lefèvre",
    imap=Server("imap.ac-amiens.fr", 993),
    smtp=Server("smtp.ac-amiens.fr", 465),
)


def _chosen(*choices: str) -> State:
    state = FLOW.start(Start(account=_ACCOUNT)).state
    for choice in choices:
        state = FLOW.answered(state, choice=choice).state
    return state


def test_it_is_the_flow_of_the_menu() -> None:
    assert menu.flow("strong_password") is FLOW


def test_a_judged_password_leaves_no_trace_in_the_state() -> None:
    asking = _chosen("judge")
    assert FLOW.question(asking).kind is Kind.SECRET
    judged = FLOW.answered(asking, Secret("Camille.Lefevre1")).state
    asked = FLOW.question(judged)
    assert "Lefevre1" not in repr(judged) + repr(asked)
    assert "votre nom, votre identifiant" in " ".join(asked.facts)


def test_a_good_one_is_told_with_the_form_it_has() -> None:
    asked = FLOW.question(FLOW.answered(_chosen("judge"), Secret("k7#Vq9!mZp2w")).state)
    assert asked.title.startswith("Solide")
    assert asked.facts == (
        "CNIL : 12 caractères ou plus : majuscules, minuscules, chiffres et signes",
    )
    assert asked.why == "Il peut servir de mot de passe académique."


def test_nothing_typed_is_asked_again() -> None:
    state = FLOW.answered(_chosen("judge"), Secret("")).state
    assert state.stage is Stage.TYPED
    assert FLOW.question(state).problem == "Rien n’a été tapé."


def test_a_new_password_is_shown_and_copied_and_another_one_follows() -> None:
    first = _chosen("phrase")
    asked = FLOW.question(first)
    assert asked.copy == asked.facts[0]
    assert len(asked.copy.split("-")) == 8
    assert "bits" in asked.why
    second = FLOW.answered(first, choice="another").state
    assert second.kind == "phrase"
    assert FLOW.question(second).copy != asked.copy
    assert asked.copy not in repr(first) + repr(asked)


def test_the_next_question_holds_no_password_any_more() -> None:
    assert FLOW.back(_chosen("characters")).made is None
    assert _chosen("characters", "phrase").kind == "phrase"


def test_from_a_new_password_one_goes_where_it_is_changed() -> None:
    turn = FLOW.answered(_chosen("letters"), choice="access")
    assert turn.onward == GoTo("access")
    assert turn.state.made is None
    assert FLOW.answered(_chosen("letters"), choice="leave").onward == Leave()


def test_the_rules_name_their_source_and_the_renewal_is_to_be_checked() -> None:
    assert "CNIL" in FLOW.question(_chosen("rules")).why
    assert "à vérifier" in FLOW.question(_chosen("renewal")).facts[0]


def test_the_renewal_is_put_into_an_agenda() -> None:
    now = datetime(2026, 11, 24, 12).timestamp()
    state = FLOW.start(Start(account=_ACCOUNT, now=now)).state
    turn = FLOW.answered(FLOW.answered(state, choice="renewal").state, choice="reminder")
    (command,) = turn.commands
    assert isinstance(command, SaveText)
    (event,) = Calendar.from_ical(command.text).walk("VEVENT")
    assert event.decoded("DTSTART") == date(2027, 10, 25)
    assert "mot de passe" in event["SUMMARY"]
    saved = FLOW.heard(turn.state, TextSaved("/chez/moi/rappel.ics")).state
    assert "/chez/moi/rappel.ics" in FLOW.question(saved).facts[0]
    failed = FLOW.heard(turn.state, Failed("Le disque est plein.", "")).state
    assert FLOW.question(failed).problem == "Le disque est plein."


def test_it_never_asks_to_be_resumed() -> None:
    assert FLOW.kept is None
