"""Access, first sign-in, NUMEN, identifiant and contacts: every page, every way on."""

import datetime
from typing import Any

import pytest

from acterm import i18n
from acterm.academy import helpdesk, numen
from acterm.academy.directory import academies
from acterm.assistant import menu
from acterm.assistant.contacts import words as contacts_words
from acterm.assistant.flow import Connect, Flow, GoTo, Kind, Leave, Start, Turn, Write
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Server

FLOWS = ("access", "first_login", "numen", "identifier", "contacts")
ACCOUNT = Account(
    "camille.lefevre@ac-amiens.fr", "clefevre", Server("m.test", 993), Server("m.test", 465),
    "Camille Lefèvre", id=7,
)  # fmt: skip
NOW = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC).timestamp()
BEGINNINGS = (Start(account=ACCOUNT, now=NOW), Start(now=NOW), Start(academy="ac-nice.fr", now=NOW))


def _walked(flow: Flow[Any], begun: Start) -> list[Any]:
    """Every state that choices alone lead to."""
    found, ahead = {}, [flow.start(begun).state]
    while ahead:
        state = ahead.pop()
        if state.page in found:
            continue
        found[state.page] = state
        for choice in flow.question(state).choices:
            turn = flow.answered(state, choice=choice.key)
            assert turn.state != state or turn.onward is not None, choice
            if isinstance(turn.onward, GoTo):
                assert menu.entry(turn.onward.flow)
            if turn.onward is None:
                ahead.append(turn.state)
    return list(found.values())


@pytest.mark.parametrize("begun", BEGINNINGS)
@pytest.mark.parametrize("name", FLOWS)
def test_every_way_on_leads_somewhere_and_back(name: str, begun: Start) -> None:
    flow = menu.flow(name)
    for state in _walked(flow, begun):
        question = flow.question(state)
        assert question.title
        assert question.choices or question.kind is not Kind.CHOICE
        before = flow.back(state)
        assert before == state or len(before.path) < len(state.path)


@pytest.mark.parametrize("name", FLOWS)
def test_pages_are_official_and_numens_made_up(name: str) -> None:
    from acterm.academy import directory

    flow = menu.flow(name)
    for state in _walked(flow, BEGINNINGS[0]):
        question = flow.question(state)
        if question.page:
            assert directory.is_official_host(question.page.url.split("/")[2])
        for found in numen.find("\n".join((question.title, *question.facts, question.why))):
            assert found == "20E9501234ABC"


def _typed(name: str, page: str, answer: str, **said: str) -> Turn[Any]:
    flow = menu.flow(name)
    state = flow.start(BEGINNINGS[0]).state.to(page, **said)
    return flow.answered(state, answer)


def test_a_numen_is_checked_and_only_its_beginning_told() -> None:
    turn = _typed("numen", "check", "20E9876541XYZ")
    question = menu.flow("numen").question(turn.state)
    text = " ".join(question.facts)
    assert "Amiens" in text
    assert "second degré public" in text
    assert "9876541" not in repr(turn.state)
    assert menu.flow("numen").kept is None


def test_a_slip_in_the_numen_stays_and_is_told() -> None:
    turn = _typed("numen", "check", "2OE9876541XYZ")
    assert "place 2" in menu.flow("numen").question(turn.state).problem


def test_a_secret_typed_is_read_too() -> None:
    flow = menu.flow("numen")
    state = flow.start(BEGINNINGS[0]).state.to("check")
    assert flow.answered(state, Secret("20E9876541XYZ")).state.page == "right"


def test_an_identifiant_is_proposed_from_the_name() -> None:
    turn = _typed("identifier", "first", "Élodie")
    assert turn.state.page == "surname"
    turn = menu.flow("identifier").answered(turn.state, "Jacob de Cordemoy")
    facts = menu.flow("identifier").question(turn.state).facts
    assert facts[0].startswith("ejacob-de-cordemoy")
    assert _typed("identifier", "first", "…").state.problem


def test_the_first_sign_in_is_taken_up_again_where_it_was() -> None:
    flow = menu.flow("first_login")
    state = flow.start(BEGINNINGS[1]).state
    state = flow.answered(state, choice="portal").state
    assert flow.kept is not None
    assert flow.resumed is not None
    assert flow.resumed(BEGINNINGS[1], flow.kept(state)).state == state
    assert flow.kept(flow.start(BEGINNINGS[1]).state) == {}


def test_the_first_sign_in_ends_in_the_connection() -> None:
    flow = menu.flow("first_login")
    state = flow.start(BEGINNINGS[1]).state.to("acterm")
    assert flow.answered(state, choice="connect").onward == Connect(0)


def test_contacts_say_whether_somebody_answers_now() -> None:
    facts = menu.flow("contacts").question(menu.flow("contacts").start(BEGINNINGS[0]).state).facts
    assert "Assistance informatique  03 22 82 37 40 (à vérifier)" in facts
    assert "  OUVERT MAINTENANT, jusqu’à 12:30" in facts


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24T12:45", "fermé, ouvre à 13:30"),
        ("2026-11-24T18:00", "fermé, ouvre demain à 09:00"),
        ("2026-11-27T18:00", "fermé, ouvre lundi à 09:00"),
        ("2026-11-11T10:00", "fermé, jour férié ; ouvre jeudi à 09:00"),
    ],
)
def test_and_when_next(moment: str, said: str) -> None:
    from acterm.academy.opening import PARIS

    hours = helpdesk.first(academies()["ac-amiens.fr"], "helpdesk-hours")
    assert hours is not None
    at = datetime.datetime.fromisoformat(moment).replace(tzinfo=PARIS)
    assert contacts_words.standing(hours, at).replace("\u202f", " ") == said


def test_the_hours_are_told_in_the_language_of_the_person() -> None:
    found = academies()["ac-amiens.fr"].contacts
    moment = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
    assert any("du lundi au vendredi" in line for line in contacts_words.facts(found, moment))
    i18n.set_language("en")
    english = contacts_words.facts(found, moment)
    assert "  Monday to Friday, 09:00–12:30, 13:30–16:30 (to be checked)" in english
    assert not any("lundi" in line for line in english)


def test_a_mail_is_prepared_without_anything_secret() -> None:
    flow = menu.flow("contacts")
    state = flow.answered(flow.start(BEGINNINGS[0]).state, choice="subject").state
    for choice in flow.question(state).choices:
        to = flow.answered(state, choice=choice.key).state
        turn = flow.answered(to, choice="to:ce.rectorat@ac-amiens.fr")
        assert isinstance(turn.onward, Write)
        draft = turn.onward.draft
        assert (draft.account_id, draft.to) == (7, "ce.rectorat@ac-amiens.fr")
        assert draft.subject
        assert "clefevre" in draft.body
        assert not numen.find(draft.subject + draft.body)


def test_without_an_account_writing_leads_to_the_connection() -> None:
    flow = menu.flow("contacts")
    state = flow.start(BEGINNINGS[1]).state.to("to", about="locked")
    assert flow.answered(state, choice="to:ce.rectorat@ac-amiens.fr").onward == Connect()


def test_another_academie_is_shown_by_its_name() -> None:
    flow = menu.flow("contacts")
    state = flow.answered(flow.start(BEGINNINGS[0]).state, choice="académie").state
    assert "Atlantide" in flow.question(flow.answered(state, "Atlantide").state).problem
    rennes = flow.question(flow.answered(state, "Rennes").state)
    assert "Rennes" in rennes.title


def test_leaving_begins_anew() -> None:
    flow = menu.flow("access")
    state = flow.start(BEGINNINGS[0]).state.to("password")
    turn = flow.answered(state, choice="leave")
    assert turn.onward == Leave()
    assert len(turn.state.path) == 1
