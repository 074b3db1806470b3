"""Filters: simple rules in plain questions, kept on the server.

Forwarding is never proposed: several académies forbid it (Poitiers, official; Versailles).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from acterm.assistant.flow import GoTo, Leave, Start, Turn
from acterm.assistant.paged import MORE, paged
from acterm.assistant.server_rules import visit as server
from acterm.assistant.server_rules.visit import Moved, Phase, Visit
from acterm.engine.messages.base import Event
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.folder import Role
from acterm.mail.sieve.script import Action, Place, Rule, Where
from acterm.secret import Secret

MOST = 50
_SHORTEST = 3
_LONGEST = 200
# No rule files mail where it is written, or sent from.
_NOT_HERE = (Role.DRAFTS, Role.SENT, Role.INBOX, Role.TRASH)


class Stage(StrEnum):
    """Which question is asked once the server is reached."""

    LIST = "list"
    WHERE = "where"
    WORDS = "words"
    ACTION = "action"
    FOLDER = "folder"
    CHECK = "check"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class State:
    """The rule that is being made. `doubted` are words that were questioned once."""

    visit: Visit
    stage: Stage = Stage.LIST
    rule: Rule = Rule(Where.FROM, "", Action.FILE)  # noqa: RUF009 (frozen)
    page: int = 0
    doubted: str = ""
    problem: str = ""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules on the server."""
        return self.visit.rules.rules

    @property
    def places(self) -> tuple[Place, ...]:
        """The folders mail can be filed in."""
        places = self.visit.read.places if self.visit.read else ()
        return tuple(place for place in places if place.role not in _NOT_HERE)

    @property
    def bin(self) -> Place | None:
        """The folder of the bin."""
        places = self.visit.read.places if self.visit.read else ()
        return next((place for place in places if place.role is Role.TRASH), None)


def start(given: Start) -> Turn[State]:
    """Read what the server has."""
    moved = server.begin(given)
    return _turn(State(moved.visit), moved)


def ways(state: State) -> tuple[str, ...]:
    """The keys of the choices, the proposed one first."""
    return _WAYS[state.stage](state)


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """One step; what cannot be used stays, with the reason."""
    if state.visit.phase is not Phase.READY:
        return _turn(state, server.answered(state.visit, answer, choice))
    if choice and choice not in ways(state):
        return Turn(state)
    choice = choice or next(iter(ways(state)), "")
    calm = replace(state, problem="")
    if choice == MORE:
        return Turn(replace(calm, page=state.page + 1))
    try:
        return _ANSWERS[state.stage](calm, "" if isinstance(answer, Secret) else answer, choice)
    except UsageError as problem:
        return Turn(replace(state, problem=str(problem)))


def heard(state: State, event: Event) -> Turn[State]:
    """What the server has, or why not."""
    visit = server.heard(state.visit, event)
    if visit is state.visit:
        return Turn(state)
    if visit.phase is Phase.READY and not visit.problem:
        return Turn(State(visit))
    return Turn(replace(state, visit=visit))


def back(state: State) -> State:
    """The question before."""
    if state.visit.phase is not Phase.READY:
        return replace(state, visit=server.back(state.visit))
    before = {
        Stage.WORDS: Stage.WHERE,
        Stage.ACTION: Stage.WORDS,
        Stage.FOLDER: Stage.ACTION,
        Stage.CHECK: Stage.FOLDER if state.rule.action is Action.FILE else Stage.ACTION,
    }
    return replace(state, stage=before.get(state.stage, Stage.LIST), problem="")


def _list_ways(state: State) -> tuple[str, ...]:
    found = []
    if state.visit.undo:
        found += ["leave", "undo"]
    if len(state.rules) < MOST and _actions(state):
        found.append("add")
    if state.rules and not state.visit.works:
        found.append("on")
    if state.rules:
        found.append("remove")
    if state.visit.works and state.visit.rules.former:
        found.append("former")
    if server.leaks(state.visit):
        found.append("compromised")
    return tuple(dict.fromkeys([*found, "leave"]))


def _actions(state: State) -> tuple[str, ...]:
    """What this server and this mailbox can do."""
    found: list[str] = []
    if state.visit.offers("fileinto"):
        found += [Action.FILE] if state.places else []
        found += [Action.BIN] if state.bin else []
    if state.visit.offers("imap4flags"):
        found += [Action.FLAG, Action.READ]
    return tuple(found)


_WAYS: dict[Stage, Callable[[State], tuple[str, ...]]] = {
    Stage.LIST: _list_ways,
    Stage.WHERE: lambda state: (Where.FROM, Where.SUBJECT, Where.LIST, Where.TO),
    Stage.WORDS: lambda state: (),
    Stage.ACTION: _actions,
    Stage.FOLDER: lambda state: paged([*map(str, range(len(state.places)))], state.page),
    Stage.CHECK: lambda state: ("keep", "words", "drop"),
    Stage.REMOVE: lambda state: paged([*map(str, range(len(state.rules)))], state.page),
}


def _turn(state: State, moved: Moved) -> Turn[State]:
    return Turn(replace(state, visit=moved.visit), moved.commands, moved.onward)


def _kept(state: State, *rules: Rule) -> Turn[State]:
    """Write the rules; an absence that did not answer does not begin to by them."""
    known, absence = state.visit.rules, state.visit.rules.absence
    if absence is not None and not state.visit.works:
        known = replace(known, absence=replace(absence, on=False))
    return _turn(state, server.kept(state.visit, replace(known, rules=rules)))


def _list(state: State, _answer: str, choice: str) -> Turn[State]:
    visit = state.visit
    if choice == "leave" or visit.account is None:
        return Turn(state, onward=Leave())
    if choice == "compromised":
        return Turn(state, onward=GoTo("compromised"))
    if choice == "undo":
        return _turn(state, server.undone(visit))
    if choice == "former":
        return _turn(state, server.former(visit))
    if choice == "on":
        return _kept(state, *state.rules)
    stage = Stage.WHERE if choice == "add" else Stage.REMOVE
    return Turn(replace(state, stage=stage, page=0, visit=replace(visit, undo=None, problem="")))


def _where(state: State, _answer: str, choice: str) -> Turn[State]:
    return Turn(replace(state, stage=Stage.WORDS, rule=replace(state.rule, where=Where(choice))))


def _words(state: State, answer: str, _choice: str) -> Turn[State]:
    words = clean(answer, line=True).strip().strip("«»“”\"' \u00a0\u202f")
    if not words:
        raise UsageError(_("Nothing was typed: the rule would catch every mail."))
    if len(words) > _LONGEST:
        raise UsageError(_("A few words are enough."))
    if len(words) < _SHORTEST and state.doubted != words:
        short = _("“{words}” is short and may catch much mail. Enter once more keeps it.")
        return Turn(replace(state, doubted=words, problem=short.format(words=words)))
    return Turn(replace(state, stage=Stage.ACTION, rule=replace(state.rule, words=words)))


def _action(state: State, _answer: str, choice: str) -> Turn[State]:
    action = Action(choice)
    folder = state.bin.name if action is Action.BIN and state.bin else ""
    stage = Stage.FOLDER if action is Action.FILE else Stage.CHECK
    rule = replace(state.rule, action=action, folder=folder)
    return Turn(replace(state, stage=stage, rule=rule, page=0))


def _folder(state: State, _answer: str, choice: str) -> Turn[State]:
    rule = replace(state.rule, folder=state.places[int(choice)].name)
    return Turn(replace(state, stage=Stage.CHECK, rule=rule))


def _check(state: State, _answer: str, choice: str) -> Turn[State]:
    if choice == "drop":
        return Turn(State(state.visit))
    if choice == "words":
        return Turn(replace(state, stage=Stage.WORDS))
    rules = [rule for rule in state.rules if rule != state.rule]
    return _kept(state, *rules, state.rule)


def _remove(state: State, _answer: str, choice: str) -> Turn[State]:
    gone = int(choice)
    return _kept(state, *state.rules[:gone], *state.rules[gone + 1 :])


_ANSWERS: dict[Stage, Callable[[State, str, str], Turn[State]]] = {
    Stage.LIST: _list,
    Stage.WHERE: _where,
    Stage.WORDS: _words,
    Stage.ACTION: _action,
    Stage.FOLDER: _folder,
    Stage.CHECK: _check,
    Stage.REMOVE: _remove,
}
