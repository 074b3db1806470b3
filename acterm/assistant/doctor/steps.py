"""Diagnostic: every check as it is made, what is wrong first, and the page for the help desk."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from acterm.academy import directory, helpdesk
from acterm.academy.facts import Confidence
from acterm.assistant.flow import Leave, Start, Turn, Write
from acterm.engine.messages.assistant import DoctorDone, DoctorLine, RunDoctor, SaveText, TextSaved
from acterm.engine.messages.base import Crashed, Event, Failed
from acterm.i18n import _
from acterm.mail.draft import Draft
from acterm.secret import Secret

# Lines that stand at once on the smallest terminal, each in up to two rows.
PAGE = 7


class Stage(StrEnum):
    """Which question is asked."""

    BEFORE = "before"
    RUNNING = "running"
    DONE = "done"
    ALL = "all"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class State:
    """The checks so far and the page they make. `help_desk` is an address that is sure.

    `first` is the line that stands first when all are shown.
    """

    stage: Stage = Stage.BEFORE
    account_id: int = 0
    help_desk: str = ""
    lines: tuple[DoctorLine, ...] = ()
    page: str = ""
    saved: str = ""
    problem: str = ""
    first: int = 0


def ways(state: State) -> tuple[str, ...]:
    """The choices of the question, the proposed one first."""
    if state.stage is Stage.BEFORE:
        return ("run",)
    if state.stage is Stage.DONE:
        mail = ("mail",) if state.account_id else ()
        return ("all", *mail, "save", "run", "leave")
    if state.stage is Stage.ALL:
        return ("more", "done") if state.first + PAGE < len(state.lines) else ("done",)
    return ()


def start(given: Start) -> Turn[State]:
    """Begin by saying what is done."""
    account_id = given.account.id if given.account else 0
    return Turn(State(account_id=account_id, help_desk=_help_desk(given.academy)))


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """Run, look, save, mail or leave."""
    choice = choice or next(iter(ways(state)), "")
    if choice not in ways(state):
        return Turn(state)
    calm = replace(state, problem="", saved="")
    if choice == "run":
        return Turn(replace(calm, stage=Stage.RUNNING, lines=(), page=""), (RunDoctor(),))
    if choice == "save":
        return Turn(replace(calm, stage=Stage.SAVING), (SaveText(_file_name(), calm.page),))
    if choice == "more":
        return Turn(replace(calm, first=calm.first + PAGE))
    calm = replace(calm, first=0)
    onward = {"mail": Write(_mail(calm)), "leave": Leave()}.get(choice)
    return Turn(calm if onward else replace(calm, stage=Stage(choice)), onward=onward)


def back(state: State) -> State:
    """From all the lines to what is wrong."""
    if state.stage is not Stage.ALL:
        return state
    if state.first:
        return replace(state, first=max(state.first - PAGE, 0))
    return replace(state, stage=Stage.DONE)


def heard(state: State, event: Event) -> Turn[State]:
    """Lines come, the page is whole, the file is written."""
    reaction = _REACTIONS.get((state.stage, type(event)))
    return Turn(reaction(state, event) if reaction else state)


def _line(state: State, event: DoctorLine) -> State:
    return replace(state, lines=(*state.lines, event))


def _whole(state: State, event: DoctorDone) -> State:
    return replace(state, stage=Stage.DONE, page=event.page)


def _saved(state: State, event: TextSaved) -> State:
    return replace(state, stage=Stage.DONE, saved=event.path)


def _not_run(state: State, event: Failed | Crashed) -> State:
    return replace(state, stage=Stage.BEFORE, problem=_words(event))


def _not_saved(state: State, event: Failed) -> State:
    return replace(state, stage=Stage.DONE, problem=_words(event))


_REACTIONS: dict[tuple[Stage, type[Event]], Callable[[State, Any], State]] = {
    (Stage.RUNNING, DoctorLine): _line,
    (Stage.RUNNING, DoctorDone): _whole,
    (Stage.RUNNING, Failed): _not_run,
    (Stage.RUNNING, Crashed): _not_run,
    (Stage.SAVING, TextSaved): _saved,
    (Stage.SAVING, Failed): _not_saved,
}


def _words(event: Failed | Crashed) -> str:
    advice = event.advice if isinstance(event, Failed) else ""
    return f"{event.title} {advice}".rstrip()


def _file_name() -> str:
    return _("acterm-diagnosis.txt")


def _mail(state: State) -> Draft:
    return Draft(
        state.account_id, to=state.help_desk, subject=_("acterm: diagnosis"), body=state.page
    )


def _help_desk(domain: str) -> str:
    """The help desk's address; empty unless several sources name it."""
    academy = directory.academies().get(domain)
    contact = helpdesk.first(academy, "helpdesk-email") if academy else None
    return contact.value if contact and contact.confidence is Confidence.CONFIRMED else ""
