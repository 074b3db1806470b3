"""Filters in plain questions, without a server."""

from dataclasses import replace

import pytest

from acterm.assistant.filters import FLOW
from acterm.assistant.filters.steps import Stage, State, answered, back, heard, start
from acterm.assistant.flow import GoTo, Question, Start, Turn
from acterm.engine.messages.rules import ActivateScript, KeepRules, ReadRules, RulesRead
from acterm.mail.sieve.plan import Script
from acterm.mail.sieve.script import Absence, Action, Rule, Rules, Where
from tests.assistant.scripts import ACCOUNT, ALL, NOW, ours, read

LIST = Rule(Where.LIST, "maths-amiens", Action.FILE, "Élèves/3eB")
STAR = Rule(Where.FROM, "principal", Action.FLAG)


def _begun(event: RulesRead | None = None) -> State:
    turn = start(Start(account=ACCOUNT, now=NOW))
    assert turn.commands == (ReadRules(ACCOUNT.id),)
    return heard(turn.state, event or read()).state


def _asks(state: State) -> Question:
    return FLOW.question(state)


def _keys(state: State) -> list[str]:
    return [choice.key for choice in _asks(state).choices]


def _chosen(state: State, *choices: str) -> Turn[State]:
    turn: Turn[State] = Turn(state)
    for choice in choices:
        turn = answered(turn.state, choice=choice)
    return turn


def test_a_rule_is_four_questions_and_a_look() -> None:
    state = _chosen(_begun(), "add", Where.LIST).state
    state = answered(state, "« maths-amiens »").state
    state = _chosen(state, Action.FILE).state
    assert [choice.label for choice in _asks(state).choices] == ["Archives", "Élèves/3eB"]
    state = _chosen(state, "1").state
    assert "maths-amiens" in _asks(state).facts[0]
    assert "Élèves/3eB" in _asks(state).facts[0]
    assert _chosen(state, "keep").commands == (KeepRules(ACCOUNT.id, Rules((LIST,))),)


@pytest.mark.parametrize(("action", "folder"), [("flag", ""), ("read", ""), ("bin", "Trash")])
def test_the_other_deeds_need_no_folder(action: str, folder: str) -> None:
    state = answered(_chosen(_begun(), "add", Where.SUBJECT).state, "promotion").state
    state = _chosen(state, action).state
    assert state.stage is Stage.CHECK
    rule = Rule(Where.SUBJECT, "promotion", Action(action), folder)
    assert _chosen(state, "keep").commands == (KeepRules(ACCOUNT.id, Rules((rule,))),)


def test_what_would_catch_everything_is_not_taken_and_little_is_questioned_once() -> None:
    state = _chosen(_begun(), "add", Where.FROM).state
    assert _asks(answered(state, " «» ").state).problem
    doubted = answered(state, "ac").state
    assert doubted.stage is Stage.WORDS
    assert "ac" in _asks(doubted).problem
    assert answered(doubted, "ac").state.stage is Stage.ACTION


def test_forwarding_is_never_offered_and_the_reason_is_told() -> None:
    assert {action.value for action in Action} == {"file", "flag", "read", "bin"}
    assert "transfert" in _asks(_begun()).then.lower()


def test_rules_are_listed_removed_and_brought_back() -> None:
    state = _begun(read(ours(Rules((LIST, STAR)))))
    assert [fact[:2] for fact in _asks(state).facts] == ["1.", "2."]
    turn = _chosen(state, "remove", "0")
    assert turn.commands == (KeepRules(ACCOUNT.id, Rules((STAR,))),)
    after = heard(turn.state, read(ours(Rules((STAR,))))).state
    assert _keys(after)[:2] == ["leave", "undo"]
    assert _chosen(after, "undo").commands == (KeepRules(ACCOUNT.id, Rules((LIST, STAR))),)


def test_the_same_rule_twice_is_one() -> None:
    state = _chosen(_begun(read(ours(Rules((STAR, LIST))))), "add", Where.FROM).state
    state = _chosen(answered(state, "principal").state, Action.FLAG).state
    (command,) = _chosen(state, "keep").commands
    assert command == KeepRules(ACCOUNT.id, Rules((LIST, STAR)))


def test_only_what_the_server_can_do_is_offered() -> None:
    state = _begun(read(extensions=ALL - {"imap4flags"}))
    state = answered(_chosen(state, "add", Where.FROM).state, "principal").state
    assert _keys(state) == [Action.FILE, Action.BIN]
    assert "add" not in _keys(_begun(read(extensions=frozenset())))


def test_rules_made_elsewhere_are_named_and_can_be_gone_back_to() -> None:
    former = Script("roundcube", b"keep;", False)
    state = _begun(read(ours(Rules((STAR,), former="roundcube")), former))
    assert any("roundcube" in fact for fact in _asks(state).facts)
    turn = _chosen(state, "former")
    assert turn.commands == (ActivateScript(ACCOUNT.id, "roundcube"),)
    switched = (ours(Rules((STAR,)), active=False), Script("roundcube", b"keep;", True))
    after = heard(turn.state, read(*switched)).state
    assert "undo" in _keys(after)
    assert "on" in _keys(after)
    (command,) = _chosen(after, "on").commands
    assert isinstance(command, KeepRules)
    assert command.rules.rules == (STAR,)


def test_a_copy_that_will_not_follow_is_told_where_the_server_has_no_include() -> None:
    former = Script("roundcube", b"keep;", False)
    mine = ours(Rules((STAR,), former="roundcube"))
    facts = _asks(_begun(read(mine, former, extensions=ALL - {"include"}))).facts
    assert any("copie" in fact for fact in facts)


def test_forwarding_by_rules_in_use_is_warned_of() -> None:
    thief = Script("defaut", b'redirect "voleur@ailleurs.example";', True)
    state = _begun(read(thief, ours(Rules((STAR,)), active=False)))
    assert any("voleur@ailleurs.example" in fact for fact in _asks(state).facts)
    assert _chosen(state, "compromised").onward == GoTo("compromised")
    idle = _begun(read(ours(Rules((STAR,))), Script("defaut", thief.source, False)))
    assert "compromised" not in _keys(idle)


def test_many_rules_fit_a_small_screen_and_the_last_can_be_removed() -> None:
    rules = tuple(Rule(Where.SUBJECT, f"sujet {number}", Action.FLAG) for number in range(20))
    state = _begun(read(ours(Rules(rules))))
    assert len(_asks(state).facts) <= 8
    state = _chosen(state, "remove", "more").state
    (command,) = _chosen(state, "19").commands
    assert command == KeepRules(ACCOUNT.id, Rules(rules[:-1]))


def test_what_a_foreign_hand_wrote_into_a_rule_is_clean_on_screen() -> None:
    hostile = Rule(Where.FROM, "a\x1b[2Jb\u202e", Action.FILE, "x\x07")
    facts = _asks(_begun(read(ours(Rules((hostile,)))))).facts
    assert "\x1b" not in facts[0]
    assert "\u202e" not in facts[0]
    assert "\x07" not in facts[0]


def test_an_answer_that_is_none_of_the_choices_changes_nothing() -> None:
    state = _begun()
    assert answered(state, choice="99").state is state


def test_every_question_leads_back() -> None:
    state = answered(_chosen(_begun(), "add", Where.FROM).state, "principal").state
    state = _chosen(state, Action.FILE, "0").state
    seen = []
    while state.stage is not Stage.LIST:
        seen.append(state.stage)
        state = back(state)
    assert seen == [Stage.CHECK, Stage.FOLDER, Stage.ACTION, Stage.WORDS, Stage.WHERE]


def test_a_rule_does_not_wake_an_absence_that_was_taken_back() -> None:
    away = Absence("Je suis absente.\n", subject="Absence")
    sleeping = read(ours(Rules(absence=away), active=False))
    state = answered(_chosen(_begun(sleeping), "add", Where.FROM).state, "principal").state
    (command,) = _chosen(state, "flag", "keep").commands
    assert isinstance(command, KeepRules)
    assert command.rules.rules == (STAR,)
    assert command.rules.absence == replace(away, on=False)
