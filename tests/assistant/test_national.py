"""The switch to the national mail: the address stays, servers and password change, mail is kept."""

from dataclasses import replace

import pytest

from acterm.assistant.flow import Connect, Kind, Start
from acterm.assistant.national import FLOW, Stage, State, answered, back, heard, kept, resumed
from acterm.engine.messages.account import (
    AccountAdded,
    AccountChecked,
    CheckAccount,
    Rung,
    Rungs,
    SwitchServers,
)
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Server

ACCOUNT = Account(
    "camille.lefevre@ac-amiens.fr", "clefevre", Server("imap.ac-amiens.fr", 993),
    Server("smtp.ac-amiens.fr", 465), "Camille Lefèvre", id=7,
)  # fmt: skip
BEGUN = Start(account=ACCOUNT)
PASSWORD = Secret("mot-de-passe-application")


def _to_the_password() -> State:
    state = answered(State(BEGUN, Stage.BEFORE), choice="switch").state
    assert "imap.education.gouv.fr:993 (TLS), à vérifier" in " ".join(FLOW.question(state).facts)
    state = answered(state, choice="type").state
    state = answered(state, "smtp.national.test:465").state
    assert FLOW.question(state).value == ACCOUNT.address
    return answered(state, ACCOUNT.address).state


def test_the_switch_keeps_the_row_and_the_name() -> None:
    state = _to_the_password()
    assert "application" in FLOW.question(state).title
    turn = answered(state, PASSWORD)
    (check,) = turn.commands
    assert isinstance(check, CheckAccount)
    turn = heard(turn.state, AccountChecked(True))
    turn = heard(turn.state, Rungs((Rung("session", True, ""),)))
    turn = answered(turn.state, choice="session")
    (switch,) = turn.commands
    assert isinstance(switch, SwitchServers)
    assert switch.account == replace(
        ACCOUNT,
        login=ACCOUNT.address,
        imap=Server("imap.education.gouv.fr", 993),
        smtp=Server("smtp.national.test", 465),
    )
    done = heard(turn.state, AccountAdded(7, "session")).state
    assert done == State(BEGUN, Stage.DONE)
    assert FLOW.question(done).kind is Kind.END


def test_what_a_source_says_of_the_academy_is_told_with_how_sure_it_is() -> None:
    moved = FLOW.question(State(replace(BEGUN, academy="ac-reunion.fr")))
    assert moved.facts[0] == (
        "La Réunion\u00a0: l’académie est déjà passée à la messagerie nationale (à vérifier)."
    )
    assert not moved.why
    unknown = FLOW.question(State(BEGUN))
    assert "déjà" not in unknown.facts[0]
    assert "ne connaît pas" in unknown.why


def test_a_refusal_switches_nothing() -> None:
    turn = answered(_to_the_password(), PASSWORD)
    turn = heard(turn.state, AccountChecked(False, "Refusé."))
    assert turn.commands == ()
    assert "Refusé." in FLOW.question(turn.state).problem


def test_back_from_the_servers_is_before_the_switch() -> None:
    state = answered(State(BEGUN, Stage.BEFORE), choice="switch").state
    assert back(state) == State(BEGUN, Stage.BEFORE)
    assert FLOW.question(back(_to_the_password())).value == ACCOUNT.address


def test_without_an_account_a_new_one_is_connected() -> None:
    assert answered(State(Start(), Stage.BEFORE), choice="switch").onward == Connect()


def test_the_webmail_is_official_and_to_be_opened_by_the_person() -> None:
    page = FLOW.question(State(BEGUN, Stage.APPLICATION)).page
    assert page is not None
    assert page.url == "https://messagerie.education.gouv.fr/"


@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.SWITCHING])
@pytest.mark.parametrize("begun", [BEGUN, Start()])
def test_every_way_on_leads_somewhere(stage: Stage, begun: Start) -> None:
    state = State(begun, stage)
    for choice in FLOW.question(state).choices:
        turn = answered(state, choice=choice.key)
        assert turn.state != state or turn.onward is not None


def test_what_is_kept_is_the_stage_alone() -> None:
    assert kept(_to_the_password()) == {"stage": "before"}
    assert resumed(BEGUN, {"stage": "before"}).state == State(BEGUN, Stage.BEFORE)
    assert resumed(BEGUN, {"stage": "?"}).state == State(BEGUN)


def test_on_the_national_mail_already_only_the_password_is_made_anew() -> None:
    moved = replace(ACCOUNT, imap=Server("imap.education.gouv.fr", 993))
    state = State(Start(account=moved), Stage.APPLICATION)
    keys = [one.key for one in FLOW.question(state).choices]
    assert "before" not in keys
    assert answered(state, choice="connect").onward == Connect(7)
