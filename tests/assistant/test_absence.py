"""The automatic answer, from the first question to the server's rules."""

from datetime import date

import pytest

from acterm.assistant.absence import FLOW
from acterm.assistant.absence import steps as absence
from acterm.assistant.absence.steps import Stage, State, answered, back, heard, start
from acterm.assistant.flow import Connect, GoTo, Kind, Leave, Question, Start, Turn
from acterm.assistant.server_rules.visit import Phase
from acterm.engine.messages.rules import (
    ActivateScript,
    KeepRules,
    ReadRules,
    RulesFailed,
    RulesRead,
    RulesTrouble,
)
from acterm.mail.sieve.plan import Script
from acterm.mail.sieve.script import Absence, Action, Rule, Rules, Where
from acterm.secret import Secret
from acterm.server import Security, Server
from tests.assistant.scripts import ACCOUNT, ALL, NOW, ours, read

NONE_SPACE = str.maketrans("\u00a0\u202f", "  ")


def _begun(event: RulesRead | RulesFailed | None = None) -> State:
    """The flow, once the server has answered."""
    turn = start(Start(account=ACCOUNT, now=NOW))
    assert turn.commands == (ReadRules(ACCOUNT.id),)
    return heard(turn.state, event or read()).state


def _asks(state: State) -> Question:
    return FLOW.question(state)


def _through(state: State, *answers: str) -> Turn[State]:
    turn: Turn[State] = Turn(state)
    for answer in answers:
        turn = answered(turn.state, answer)
    return turn


def _title(state: State) -> str:
    return _asks(state).title.translate(NONE_SPACE)


def test_the_server_is_asked_first() -> None:
    state = start(Start(account=ACCOUNT, now=NOW)).state
    assert _asks(state).kind is Kind.WAIT
    assert _asks(_begun()).choices[0].key == "new"


def test_from_two_days_to_a_text_to_the_server() -> None:
    state = answered(_begun(), choice="new").state
    assert _asks(state).step == 1
    state = _through(state, "19/12", "3 janvier").state
    asked = _asks(state)
    assert asked.kind is Kind.LONG
    assert "du samedi 19 décembre 2026 au dimanche 3 janvier 2027" in asked.value
    assert asked.value.endswith("Camille Lefèvre\n")
    state = answered(state, asked.value).state
    assert state.stage is Stage.PREVIEW
    facts = "\n".join(_asks(state).facts)
    assert "19 décembre" in facts
    assert "Objet" in facts
    turn = answered(state, choice="on")
    (command,) = turn.commands
    assert isinstance(command, KeepRules)
    kept = command.rules.absence
    assert kept is not None
    assert (kept.first, kept.last, kept.on) == (date(2026, 12, 19), date(2027, 1, 3), True)
    assert kept.addresses == (ACCOUNT.address,)
    done = heard(turn.state, read(ours(command.rules))).state
    assert "commencera" in _title(done)
    assert [choice.key for choice in _asks(done).choices][:2] == ["leave", "undo"]
    assert answered(done, choice="undo").commands == (ActivateScript(ACCOUNT.id, ""),)


def test_the_day_that_is_understood_is_shown_as_it_is_typed() -> None:
    state = answered(_begun(), choice="new").state
    assert FLOW.hints(state, "vendredi") == ("vendredi 27 novembre 2026",)
    assert FLOW.hints(state, "vendr") == ()


@pytest.mark.parametrize("typed", ["", "bientôt", "23/11/2026"])
def test_what_is_no_day_stays_with_its_reason(typed: str) -> None:
    state = answered(answered(_begun(), choice="new").state, typed).state
    assert state.stage is Stage.FIRST
    assert _asks(state).problem


def test_the_last_day_is_not_before_the_first() -> None:
    state = _through(answered(_begun(), choice="new").state, "19/12", "18/12").state
    assert state.stage is Stage.LAST
    assert "samedi 19 décembre" in _asks(state).problem


def test_one_day_away_reads_as_one_day() -> None:
    state = _through(answered(_begun(), choice="new").state, "vendredi", "vendredi").state
    assert "le vendredi 27 novembre 2026" in _asks(state).value
    assert " au vendredi" not in _asks(state).value


def test_an_own_text_survives_other_days_and_a_proposal_follows_them() -> None:
    state = _through(answered(_begun(), choice="new").state, "19/12", "3/1").state
    proposed = answered(state, state.text).state
    again = _through(answered(proposed, choice="days").state, "20/12", "3/1").state
    assert "20 décembre" in again.text
    own = answered(state, "Je reviens.").state
    again = _through(answered(own, choice="days").state, "20/12", "3/1").state
    assert again.text == "Je reviens.\n"


@pytest.mark.parametrize("text", ["", " \n ", "Mon NUMEN est 20E9501234ABC", "x" * 5000])
def test_a_text_nobody_should_receive_is_not_kept(text: str) -> None:
    state = _through(answered(_begun(), choice="new").state, "19/12", "3/1", text).state
    assert state.stage is Stage.TEXT
    assert _asks(state).problem


def test_an_answer_that_runs_can_be_switched_off_and_on_again() -> None:
    running = Absence("Je reviens.\n", "Absente", date(2026, 11, 20), date(2026, 12, 1))
    state = _begun(read(ours(Rules(absence=running))))
    assert "activée" in _title(state)
    turn = answered(state, choice="off")
    (command,) = turn.commands
    assert isinstance(command, KeepRules)
    assert command.rules.absence is not None
    assert not command.rules.absence.on
    off = heard(turn.state, read(ours(command.rules))).state
    assert "désactivée" in _title(off)
    (again,) = answered(off, choice="on").commands
    assert again == KeepRules(ACCOUNT.id, Rules(absence=running))
    assert answered(off, choice="undo").commands == (KeepRules(ACCOUNT.id, Rules(absence=running)),)


def test_an_absence_that_is_over_is_prepared_anew() -> None:
    over = Absence("x", "", date(2026, 10, 20), date(2026, 11, 2))
    state = _begun(read(ours(Rules(absence=over))))
    assert "terminée" in _title(state)
    assert _asks(state).choices[0].key == "new"


def test_a_text_without_days_is_taken_up_the_next_time() -> None:
    over = Absence("Je reviens vite.\n", "", date(2026, 10, 20), date(2026, 11, 2))
    state = answered(_begun(read(ours(Rules(absence=over)))), choice="new").state
    assert _through(state, "19/12", "3/1").state.text == "Je reviens vite.\n"


def test_a_server_that_counts_no_days_is_switched_by_hand() -> None:
    state = answered(_begun(read(extensions=ALL - {"date"})), choice="new").state
    assert state.stage is Stage.TEXT
    assert "à la main" in _asks(state).then
    turn = answered(answered(state, state.text).state, choice="on")
    (command,) = turn.commands
    assert isinstance(command, KeepRules)
    assert command.rules.absence is not None
    assert command.rules.absence.first is None


def test_a_server_that_cannot_answer_says_so() -> None:
    state = _begun(read(extensions=ALL - {"vacation"}))
    assert [choice.key for choice in _asks(state).choices] == ["leave"]
    page = _asks(state).page
    assert page is not None
    assert page.url == "https://portail.ac-amiens.fr"


def test_no_server_is_told_with_what_one_can_do_instead() -> None:
    failed = RulesFailed(ACCOUNT.id, RulesTrouble.NO_SERVER, "imap… refuse.", "Attendez.")
    state = _begun(failed)
    asked = _asks(state)
    assert "serveur de l’académie n’offre pas" in asked.title.translate(NONE_SPACE)
    assert asked.page is not None
    assert asked.problem == "imap… refuse. Attendez."
    assert answered(state, choice="again").commands == (ReadRules(ACCOUNT.id),)
    assert answered(state, choice="contacts").onward == GoTo("contacts")
    assert answered(state, choice="leave").onward == Leave()


def test_another_server_must_be_official() -> None:
    failed = RulesFailed(ACCOUNT.id, RulesTrouble.NO_SERVER, "x")
    state = answered(_begun(failed), choice="server").state
    assert _asks(state).kind is Kind.TEXT
    bad = answered(state, "sieve.pirate.example:4190").state
    assert "officiel" in _asks(bad).problem
    (command,) = answered(state, "sieve.ac-amiens.fr").commands
    assert command == ReadRules(
        ACCOUNT.id, server=Server("sieve.ac-amiens.fr", 4190, Security.STARTTLS)
    )
    assert back(state).visit.phase is Phase.NO_SERVER


@pytest.mark.parametrize("trouble", [RulesTrouble.PASSCODE, RulesTrouble.PASSWORD])
def test_a_secret_is_asked_for_and_goes_with_the_same_command(trouble: RulesTrouble) -> None:
    state = _begun(RulesFailed(ACCOUNT.id, trouble, "x"))
    assert _asks(state).kind is Kind.SECRET
    assert answered(state, Secret("")).commands == ()
    turn = answered(state, Secret("123456"))
    assert turn.commands == (ReadRules(ACCOUNT.id, Secret("123456")),)
    assert "123456" not in repr(turn.state)


def test_a_wrong_passphrase_is_asked_for_again_with_the_reason() -> None:
    wanted = RulesFailed(ACCOUNT.id, RulesTrouble.PASSPHRASE, "Le fichier est scellé.")
    state = _begun(wanted)
    assert _asks(state).problem == ""
    waiting = answered(state, Secret("faux")).state
    wrong = RulesFailed(ACCOUNT.id, RulesTrouble.PASSPHRASE, "Cette phrase n’ouvre pas.")
    again = heard(waiting, wrong).state
    assert _asks(again).kind is Kind.SECRET
    assert _asks(again).problem == "Cette phrase n’ouvre pas."


def test_a_certificate_that_proves_nothing_is_not_told_as_a_missing_service() -> None:
    state = _begun(RulesFailed(ACCOUNT.id, RulesTrouble.OTHER, "Le certificat a expiré."))
    assert "ne peuvent pas être lues" in _title(state)
    assert _asks(state).problem == "Le certificat a expiré."


def test_a_refused_sign_in_is_not_tried_again_by_itself() -> None:
    state = _begun(RulesFailed(ACCOUNT.id, RulesTrouble.SIGN_IN, "Refusé."))
    assert "again" not in [choice.key for choice in _asks(state).choices]
    assert answered(state, choice="sign-in").onward == Connect(ACCOUNT.id)
    assert answered(state, choice="lost_password").onward == GoTo("lost_password")


def test_without_an_account_there_is_advice_and_a_way() -> None:
    turn = start(Start(now=NOW))
    assert turn.commands == ()
    assert answered(turn.state, choice="connect").onward == Connect()
    assert _asks(turn.state).page is not None


def test_an_answer_made_elsewhere_is_told_and_only_set_aside_when_the_person_says_so() -> None:
    webmail = Script("roundcube", b'require "vacation"; vacation "x";', True)
    state = answered(_begun(read(webmail)), choice="new").state
    state = _through(state, "19/12", "3/1", "Je reviens.").state
    turn = answered(state, choice="on")
    assert turn.commands == ()
    assert "roundcube" in _title(turn.state)
    (command,) = answered(turn.state, choice="aside").commands
    assert isinstance(command, KeepRules)
    assert not command.rules.beside
    assert answered(turn.state, choice="drop").state.stage is Stage.STATUS


def test_what_the_server_refuses_stands_at_the_same_question() -> None:
    state = _through(answered(_begun(), choice="new").state, "19/12", "3/1", "Je reviens.").state
    waiting = answered(state, choice="on").state
    failed = heard(waiting, RulesFailed(ACCOUNT.id, RulesTrouble.OTHER, "Non.", "")).state
    assert failed.stage is Stage.PREVIEW
    assert _asks(failed).problem == "Non."


def test_events_of_other_accounts_are_not_ours() -> None:
    state = start(Start(account=ACCOUNT, now=NOW)).state
    assert heard(state, RulesFailed(7, RulesTrouble.OTHER, "x")).state is state


def test_every_question_leads_back_to_the_first() -> None:
    state = _through(answered(_begun(), choice="new").state, "19/12", "3/1", "x").state
    seen = []
    while state.stage is not Stage.STATUS:
        seen.append(state.stage)
        state = back(state)
    assert seen == [Stage.PREVIEW, Stage.TEXT, Stage.LAST, Stage.FIRST]
    assert absence.back(state) == state


def test_filters_that_begin_to_work_with_it_are_told() -> None:
    rule = Rule(Where.FROM, "principal", Action.FLAG)
    state = _begun(read(ours(Rules((rule,)), active=False)))
    state = _through(answered(state, choice="new").state, "19/12", "5/1").state
    preview = answered(state, state.text).state
    assert "Votre filtre d’acterm, désactivé pour l’instant, remarche avec elle." in [
        fact.translate(NONE_SPACE) for fact in _asks(preview).facts
    ]
