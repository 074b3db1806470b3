"""Absence: the automatic answer while one is away, written into the server's rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from acterm.academy import numen
from acterm.assistant.absence import text as absence_text
from acterm.assistant.days import parse_day
from acterm.assistant.flow import GoTo, Leave, Start, Turn
from acterm.assistant.server_rules import visit as server
from acterm.assistant.server_rules.visit import Moved, Phase, Visit
from acterm.engine.messages.base import Event
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.days import day_words
from acterm.mail.sieve.plan import answering
from acterm.mail.sieve.script import Absence
from acterm.secret import Secret

_LONGEST = 4000


class Stage(StrEnum):
    """Which question is asked once the server is reached."""

    STATUS = "status"
    FIRST = "first"
    LAST = "last"
    TEXT = "text"
    PREVIEW = "preview"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class State:
    """What is being prepared. `proposed` is the text that acterm made and nobody changed yet."""

    visit: Visit
    stage: Stage = Stage.STATUS
    first: date | None = None
    last: date | None = None
    text: str = ""
    proposed: str = ""
    problem: str = ""

    @property
    def absence(self) -> Absence:
        """What would be kept."""
        until = _("Away until {day}").format(day=day_words(self.last)) if self.last else ""
        account = self.visit.account
        return Absence(
            text=self.text,
            subject=until or _("Automatic answer"),
            first=self.first,
            last=self.last,
            addresses=(account.address,) if account else (),
        )

    @property
    def dated(self) -> bool:
        """Whether the server can begin and end it by itself."""
        return self.visit.offers("date", "relational")


def start(given: Start) -> Turn[State]:
    """Read what the server has."""
    moved = server.begin(given)
    return _turn(State(moved.visit), moved)


def ways(state: State) -> tuple[str, ...]:
    """The choices of the question, the proposed one first."""
    if state.stage is Stage.STATUS:
        return _status_ways(state)
    return _WAYS.get(state.stage, ())


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """One step; what cannot be used stays, with the reason."""
    if state.visit.phase is not Phase.READY:
        return _turn(state, server.answered(state.visit, answer, choice))
    if choice and choice not in ways(state):
        return Turn(state)
    choice = choice or next(iter(ways(state)), "")
    calm = replace(state, problem="")
    try:
        return _ANSWERS[state.stage](calm, "" if isinstance(answer, Secret) else answer, choice)
    except UsageError as problem:
        return Turn(replace(state, problem=str(problem)))


def heard(state: State, event: Event) -> Turn[State]:
    """What the server has, or why not."""
    visit = server.heard(state.visit, event)
    if visit is state.visit:
        return Turn(state)
    if visit.phase is Phase.READY and state.visit.asked and not visit.problem:
        return Turn(State(visit))
    return Turn(replace(state, visit=visit))


def back(state: State) -> State:
    """The question before."""
    if state.visit.phase is not Phase.READY:
        return replace(state, visit=server.back(state.visit))
    return replace(state, stage=_before(state), problem="")


def is_now(absence: Absence, today: date) -> bool:
    """Whether it answers today."""
    return (absence.first or today) <= today <= (absence.last or today)


_WAYS = {
    Stage.PREVIEW: ("on", "text", "days", "drop"),
    Stage.ASIDE: ("aside", "drop"),
}


def _status_ways(state: State) -> tuple[str, ...]:
    """Nothing that Enter alone would change comes first."""
    visit, absence = state.visit, state.visit.rules.absence
    if not visit.offers("vacation"):
        return ("leave",)
    found = ["leave", "undo", "new"] if visit.undo else ["new"]
    if absence is not None and not _is_over(absence, visit.today):
        found.append("off" if absence.on and visit.works else "on")
    if visit.works and visit.rules.former:
        found.append("former")
    if server.leaks(visit):
        found.append("compromised")
    return tuple(dict.fromkeys([*found, "leave"]))


def _is_over(absence: Absence, today: date) -> bool:
    return absence.last is not None and absence.last < today


def _before(state: State) -> Stage:
    if state.stage is Stage.TEXT and not state.dated:
        return Stage.STATUS
    return {
        Stage.LAST: Stage.FIRST,
        Stage.TEXT: Stage.LAST,
        Stage.PREVIEW: Stage.TEXT,
        Stage.ASIDE: Stage.PREVIEW if state.text else Stage.STATUS,
    }.get(state.stage, Stage.STATUS)


def _turn(state: State, moved: Moved) -> Turn[State]:
    return Turn(replace(state, visit=moved.visit), moved.commands, moved.onward)


def _status(state: State, _answer: str, choice: str) -> Turn[State]:
    return _FROM_STATUS[choice](state)


def _left(state: State) -> Turn[State]:
    return Turn(state, onward=Leave())


def _taken_over(state: State) -> Turn[State]:
    return Turn(state, onward=GoTo("compromised"))


def _undo(state: State) -> Turn[State]:
    return _turn(state, server.undone(state.visit))


def _former(state: State) -> Turn[State]:
    return _turn(state, server.former(state.visit))


def _off(state: State) -> Turn[State]:
    rules = state.visit.rules
    if rules.absence is None:
        return Turn(state)
    off = replace(rules, absence=replace(rules.absence, on=False))
    return _turn(state, server.kept(state.visit, off))


def _on(state: State) -> Turn[State]:
    absence = state.visit.rules.absence
    calm = replace(state, text="", first=None, last=None)
    return _switched_on(calm, absence) if absence else Turn(state)


def _new(state: State) -> Turn[State]:
    """The days first, where the server can count them; a text without days is taken up."""
    visit = replace(state.visit, undo=None, problem="")
    calm = State(visit, Stage.FIRST, text=absence_text.lasting(visit.rules.absence))
    return Turn(calm if calm.dated else _with_text(replace(calm, stage=Stage.TEXT)))


_FROM_STATUS: dict[str, Callable[[State], Turn[State]]] = {
    "leave": _left,
    "compromised": _taken_over,
    "undo": _undo,
    "former": _former,
    "off": _off,
    "on": _on,
    "new": _new,
}


def _first(state: State, answer: str, _choice: str) -> Turn[State]:
    first = parse_day(answer, state.visit.today)
    last = state.last if state.last and state.last >= first else None
    return Turn(replace(state, stage=Stage.LAST, first=first, last=last))


def _last(state: State, answer: str, _choice: str) -> Turn[State]:
    first = state.first or state.visit.today
    last = parse_day(answer, state.visit.today)
    if last < first:
        raise UsageError(
            _("The last day lies before the first one, {day}.").format(day=day_words(first)),
            _("Both days count: the answer stops at midnight after the last."),
        )
    return Turn(_with_text(replace(state, stage=Stage.TEXT, last=last)))


def _with_text(state: State) -> State:
    """A proposal, unless the person has a text of their own."""
    if state.text != state.proposed:
        return state
    name = state.visit.account.name if state.visit.account else ""
    proposed = absence_text.proposal(state.first, state.last, name)
    return replace(state, text=proposed, proposed=proposed)


def _text(state: State, answer: str, _choice: str) -> Turn[State]:
    text = clean(answer).strip()
    if not text:
        raise UsageError(_("The answer is empty: people would receive nothing to read."))
    if len(text) > _LONGEST:
        raise UsageError(_("The text is too long for an automatic answer."))
    if numen.find(text):
        raise UsageError(
            _("The text contains a NUMEN: it is confidential and never goes into a mail.")
        )
    return Turn(replace(state, stage=Stage.PREVIEW, text=text + "\n"))


def _preview(state: State, _answer: str, choice: str) -> Turn[State]:
    if choice == "drop":
        return Turn(State(state.visit))
    if choice == "on":
        return _switched_on(state, state.absence)
    stage = Stage.TEXT if choice == "text" or not state.dated else Stage.FIRST
    return Turn(replace(state, stage=stage))


def _switched_on(state: State, absence: Absence) -> Turn[State]:
    """Unless a script made elsewhere answers already: two answers stop each other."""
    if answering(state.visit.scripts) and state.stage is not Stage.ASIDE:
        return Turn(replace(state, stage=Stage.ASIDE))
    beside = state.stage is not Stage.ASIDE and state.visit.rules.beside
    rules = replace(state.visit.rules, absence=replace(absence, on=True), beside=beside)
    return _turn(state, server.kept(state.visit, rules))


def _aside(state: State, _answer: str, choice: str) -> Turn[State]:
    if choice == "drop":
        return Turn(State(state.visit))
    absence = state.absence if state.text else state.visit.rules.absence
    return _switched_on(state, absence or state.absence)


_ANSWERS: dict[Stage, Callable[[State, str, str], Turn[State]]] = {
    Stage.STATUS: _status,
    Stage.FIRST: _first,
    Stage.LAST: _last,
    Stage.TEXT: _text,
    Stage.PREVIEW: _preview,
    Stage.ASIDE: _aside,
}
