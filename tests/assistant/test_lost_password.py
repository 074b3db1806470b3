"""The flow of a lost password without a screen: causes, steps, mails, the new password."""

from dataclasses import fields, replace

import pytest

from acterm.assistant import diagnosis, menu
from acterm.assistant.flow import Connect, GoTo, Kind, Start, Turn
from acterm.assistant.lost_password import FLOW
from acterm.assistant.lost_password.state import Stage, State, route
from acterm.assistant.lost_password.steps import answered, back, heard, kept, resumed, start
from acterm.engine.messages.account import (
    AccountAdded,
    AccountChecked,
    AddAccount,
    CheckAccount,
    Rung,
    Rungs,
)
from acterm.engine.messages.assistant import FindResetMails, ResetMail, ResetMails
from acterm.engine.messages.mail import FetchBody, Link, LinkChanged, NewMail, Refresh
from acterm.mail.account import Account
from acterm.secret import Secret
from acterm.server import Server

NUMEN, BIRTH = "20G9876541XYZ", "07/11/1979"
STRONG = Secret("Mirabelle+Pupitre47-Zinc")
ACCOUNT = Account(
    "camille.lefevre@ac-amiens.fr",
    "clefevre",
    Server("mail.test", 993),
    Server("mail.test", 465),
    "Camille Lefèvre",
    id=7,
)
BEGUN = Start(account=ACCOUNT, refused="Authentication failed.", now=1795000000.0)
GENUINE = ResetMail(3, "c@perso.example", "guichet@ac-amiens.fr", "Lien", "bv.ac-amiens.fr",
                    "https://bv.ac-amiens.fr/x", official=True)  # fmt: skip
FAKE = ResetMail(4, "c@perso.example", "x@y.example", "Lien", "y.example", "https://y.example/")


def _keys(state: State) -> list[str]:
    return [one.key for one in FLOW.question(state).choices]


def _at(stage: Stage, begun: Start = BEGUN) -> State:
    return State(begun, stage)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Authentication failed.", "typing"),
        ("Your password has expired", "expired"),
        ("Compte verrouillé", "expired"),
        ("Temporary authentication failure. Try again", "down"),
        ("Application-specific password required", "moved"),
    ],
)
def test_the_server_s_words_decide_which_cause_comes_first(words: str, first: str) -> None:
    state = start(replace(BEGUN, refused=words)).state
    assert _keys(state)[0] == first
    assert words in FLOW.question(state).facts[0]
    assert set(diagnosis.CAUSES) < set(_keys(state))


def test_who_knows_that_it_is_lost_goes_straight_on() -> None:
    assert _keys(start(replace(BEGUN, refused="")).state)[0] == "reset"


def test_typing_is_looked_at_and_not_kept_in_words() -> None:
    turn = answered(_at(Stage.TYPING), Secret("MAGNOLIA"))
    assert any("Verr. Maj" in fact for fact in FLOW.question(turn.state).facts)
    assert "MAGNOLIA" not in repr(turn.state)
    assert turn.commands == ()
    assert answered(turn.state, choice="try").onward == Connect(7)


def test_the_address_in_the_place_of_the_login_is_told() -> None:
    turn = answered(_at(Stage.LOGIN), ACCOUNT.address)
    facts = " ".join(FLOW.question(turn.state).facts)
    assert "adresse" in facts
    assert "clefevre" in facts


def test_a_server_that_is_down_is_told() -> None:
    turn = heard(_at(Stage.DOWN), LinkChanged(7, Link.OFFLINE, words="pas de réponse"))
    assert any("pas de réponse" in fact for fact in FLOW.question(turn.state).facts)


def test_amiens_has_five_steps_and_an_official_page_to_be_checked() -> None:
    question = FLOW.question(_at(Stage.PAGE))
    assert (question.step, question.steps) == (1, 5)
    assert question.page is not None
    assert question.page.url == "https://bv.ac-amiens.fr/"
    assert "à vérifier" in question.title
    steps = [FLOW.question(_at(stage)).step for stage in route(_at(Stage.PAGE))]
    assert steps == [1, 2, 3, 3, 4, 5]


def test_an_academie_whose_steps_nobody_told_is_sent_to_its_page_and_to_the_mail() -> None:
    begun = Start(academy="ac-lille.fr")
    assert route(State(begun)) == (Stage.PAGE, Stage.MAIL)
    assert FLOW.question(_at(Stage.PAGE, begun)).steps == 2


def test_without_a_known_page_no_page_is_made_up() -> None:
    question = FLOW.question(_at(Stage.PAGE, Start(academy="ac-nice.fr")))
    assert question.page is None
    assert "Aucune source" in question.facts[0]


def test_numen_and_birth_date_are_compared_and_nowhere_afterwards() -> None:
    state = answered(_at(Stage.NUMEN), Secret("20G987654IXYZ")).state
    assert "place 10" in FLOW.question(state).problem
    state = answered(state, Secret(NUMEN)).state
    assert state.stage is Stage.BIRTH
    state = answered(state, Secret(BIRTH)).state
    assert state.stage is Stage.PICTURE
    assert state.checked
    for field in fields(state):
        value = str(getattr(state, field.name))
        assert NUMEN not in value
        assert BIRTH not in value
    assert state.old == state.secret == Secret("")


def test_waiting_asks_the_servers_and_looks_at_once() -> None:
    turn = answered(_at(Stage.PICTURE), choice="on")
    assert turn.commands == (Refresh(), FindResetMails(BEGUN.now))
    assert FLOW.question(turn.state).kind is Kind.WAIT


def test_new_mail_is_looked_at_one_look_at_a_time() -> None:
    waiting = heard(_at(Stage.MAIL), NewMail(1, (3,)))
    assert waiting.commands == (FindResetMails(BEGUN.now),)
    more = heard(waiting.state, NewMail(1, (4,)))
    assert more.commands == ()
    found = heard(more.state, ResetMails((replace(GENUINE, read=False),), (ACCOUNT.address, "c@p")))
    assert found.commands == (FetchBody(3), FindResetMails(BEGUN.now))
    assert found.state.watched == ("c@p",)
    assert "c@p" in FLOW.question(found.state).facts[0]


def _with_mails() -> State:
    return replace(_at(Stage.MAIL), candidates=(GENUINE, FAKE), watched=("c@perso.example",))


def test_each_candidate_shows_its_real_host_and_none_is_opened() -> None:
    choices = FLOW.question(_with_mails()).choices
    assert [one.words for one in choices[:2]] == [
        "bv.ac-amiens.fr · officiel",
        "y.example · à vérifier",
    ]
    assert FLOW.question(_with_mails()).page is None


def test_only_an_official_link_becomes_a_page_to_open() -> None:
    genuine = answered(_with_mails(), choice="mail:3").state
    page = FLOW.question(genuine).page
    assert page is not None
    assert page.url == GENUINE.url
    fake = FLOW.question(answered(_with_mails(), choice="mail:4").state)
    assert fake.page is None
    assert FAKE.url not in " ".join((*fake.facts, fake.why, fake.then))


def test_a_weak_password_is_questioned_once_the_old_one_never_taken() -> None:
    state = replace(_at(Stage.NEW), old=STRONG)
    assert "ancien" in FLOW.question(answered(state, STRONG).state).problem
    weak = answered(state, Secret("camille2026")).state
    assert weak.stage is Stage.NEW
    assert "camille2026" not in FLOW.question(weak).problem
    assert answered(weak, Secret("autre2026")).state.stage is Stage.NEW
    assert answered(weak, Secret("camille2026")).state.stage is Stage.CHANGED


def _tested() -> Turn[State]:
    chosen = answered(_at(Stage.NEW), STRONG).state
    return answered(chosen, choice="test")


def test_the_new_password_is_tried_once_kept_and_forgotten_here() -> None:
    turn = _tested()
    (check,) = turn.commands
    assert isinstance(check, CheckAccount)
    assert (check.secret, check.account.id) == (STRONG, 7)
    turn = heard(turn.state, AccountChecked(True))
    turn = heard(turn.state, Rungs((Rung("session", True, "jusqu’à la fermeture"),)))
    turn = answered(turn.state, choice="session")
    (added,) = turn.commands
    assert isinstance(added, AddAccount)
    turn = heard(turn.state, AccountAdded(7, "session"))
    assert turn.state == State(BEGUN, Stage.DONE)
    assert FLOW.question(turn.state).kind is Kind.END


def test_a_refusal_of_the_new_password_is_not_repeated() -> None:
    turn = heard(_tested().state, AccountChecked(False, "Refusé.", "Vérifiez."))
    assert turn.commands == ()
    assert "Refusé." in FLOW.question(turn.state).problem


def test_without_an_account_the_connection_is_offered_at_the_end() -> None:
    state = replace(_at(Stage.CHANGED, Start()), secret=STRONG)
    done = answered(state, choice="test").state
    assert done.stage is Stage.DONE
    assert answered(done, choice="connect").onward == Connect()


def test_a_password_command_is_asked_again_instead() -> None:
    account = replace(ACCOUNT, password_command=("pass", "x"))
    state = replace(_at(Stage.CHANGED, replace(BEGUN, account=account)), secret=STRONG)
    turn = answered(state, choice="test")
    assert (turn.commands, turn.onward) == ((), Connect(7))


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_kept_is_a_stage_and_a_time(stage: Stage) -> None:
    state = replace(_at(stage), old=STRONG, secret=STRONG, candidates=(GENUINE,), chosen=3)
    left = kept(state)
    assert set(left) in (set(), {"stage", "since"})
    if left:
        again = resumed(replace(BEGUN, now=9e9), left).state
        assert again.begun.now == BEGUN.now
        assert again.secret == again.old == Secret("")
        assert again.stage in (*route(state), Stage.NEW)


def test_waiting_goes_on_after_a_restart() -> None:
    turn = resumed(BEGUN, kept(_at(Stage.CANDIDATE)))
    assert turn.state.stage is Stage.MAIL
    assert FindResetMails(BEGUN.now) in turn.commands


def test_going_back_takes_no_password_along() -> None:
    state = back(replace(_at(Stage.CHANGED), secret=STRONG))
    assert (state.stage, state.secret) == (Stage.NEW, Secret(""))
    assert back(_at(Stage.BIRTH)).stage is Stage.NUMEN
    assert back(_at(Stage.CAUSES)) == _at(Stage.CAUSES)


@pytest.mark.parametrize("begun", [BEGUN, Start(), Start(academy="ac-nice.fr")])
@pytest.mark.parametrize("stage", list(Stage))
def test_every_way_on_leads_somewhere(stage: Stage, begun: Start) -> None:
    state = replace(_at(stage, begun), candidates=(GENUINE,), chosen=3)
    question = FLOW.question(state)
    assert question.title
    for choice in question.choices:
        turn = answered(state, choice=choice.key)
        assert turn.state != state or turn.onward is not None
        if isinstance(turn.onward, GoTo):
            assert menu.entry(turn.onward.flow)


def test_on_the_national_mail_it_is_the_application_password_first() -> None:
    account = replace(ACCOUNT, imap=Server("imap.education.gouv.fr", 993))
    state = start(replace(BEGUN, account=account)).state
    assert _keys(state)[0] == "application"
    assert answered(state, choice="application").onward == GoTo("national")
