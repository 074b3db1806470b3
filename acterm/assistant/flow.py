"""What every flow of the assistant is made of, so that one screen renders any of them.

A flow is a frozen state and pure functions: `question(state)` says what to show,
`answered(state, …)` and `heard(state, event)` say how it goes on, and which commands to submit.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from acterm.engine.messages import Command, Step, StepState

S = TypeVar("S")


class Kind(StrEnum):
    """How a question is answered.

    TEXT: one field. SECRET: one masked field that can be revealed; the answer is a Secret.
    CHOICE: one of `choices`. WAIT: nothing to answer, events move it on. END: the flow is over.
    """

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 (a kind of field)
    CHOICE = "choice"
    WAIT = "wait"
    END = "end"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to go on. `key` is what `answered` takes, `words` says what it means."""

    key: str
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the live checklist; `words` are the server's own when it failed.

    `connect_words.step_label` and `state_label` name both in the person's language.
    """

    step: Step
    state: StepState = StepState.WAITING
    words: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One screen of a flow: exactly one question.

    `why` it is asked, `then` what happens with the answer. `facts` are what is known, one a line.
    `value` fills a TEXT field. `choices` answer a CHOICE, the first one proposed; beside a field
    they are the other ways on. `problem` is what was wrong with the last answer, its advice in it.
    `lines` is the checklist. All of it is our own text or has passed `clean()`.
    """

    title: str
    kind: Kind
    why: str = ""
    then: str = ""
    facts: tuple[str, ...] = ()
    value: str = ""
    choices: tuple[Choice, ...] = ()
    problem: str = ""
    lines: tuple[CheckLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn(Generic[S]):
    """The state that follows, and the commands to submit to the engine, in order."""

    state: S
    commands: tuple[Command, ...] = ()
