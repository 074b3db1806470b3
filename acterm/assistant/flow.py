"""What every flow of the assistant is made of, so that one screen renders any of them.

A flow is a frozen state and pure functions: `question(state)` says what to show,
`answered(state, …)` and `heard(state, event)` say how it goes on, and which commands to submit.
The module or package of a flow has a `FLOW`; `acterm.assistant.menu` lists them. In a package
`steps` decides and `words` says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from acterm.engine.messages.account import Step, StepState
from acterm.engine.messages.base import Command, Event
from acterm.mail.account import Account
from acterm.mail.draft import Draft
from acterm.secret import Secret

S = TypeVar("S")


class Kind(StrEnum):
    """How a question is answered.

    TEXT: one field. LONG: several lines. SECRET: one masked field that can be revealed; the answer
    is a Secret. CHOICE: one of `choices`; with a single one, it is a page to read and go on from.
    WAIT: nothing to answer, events move it on. END: the flow is over.
    """

    TEXT = "text"
    LONG = "long"
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

    `connect.words.step_label` and `state_label` name both in the person's language.
    """

    step: Step
    state: StepState = StepState.WAITING
    words: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """An official page for the person to open; acterm itself never fetches it.

    The screen opens it in the browser, copies it by OSC 52, or shows it as a QR code, and only
    when `acterm.academy.directory` knows its host as official.
    """

    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One screen of a flow: exactly one question.

    `why` it is asked, `then` what happens with the answer. `facts` are what is known, one a line.
    `value` fills a TEXT or LONG field. `choices` answer a CHOICE, the first one proposed; beside a
    field they are the other ways on. `problem` is what was wrong with the last answer, its advice
    in it. `lines` is the checklist. `step` of `steps` is told when there are several. `page` is
    what to open; `copy` what the copy key takes when it is not the page. `until` is when what is
    shown ends (seconds since 1970): the screen counts down to it, then asks the question anew.
    All of it is our own text or has passed `clean()`. What may be a code or a new password is not
    in its repr.
    """

    title: str
    kind: Kind
    why: str = ""
    then: str = ""
    facts: tuple[str, ...] = field(default=(), repr=False)
    value: str = field(default="", repr=False)
    choices: tuple[Choice, ...] = ()
    problem: str = ""
    lines: tuple[CheckLine, ...] = ()
    step: int = 0
    steps: int = 0
    page: Page | None = None
    copy: str = field(default="", repr=False)
    until: float = 0.0


class Onward:
    """Where the screen goes beside the engine's work."""


@dataclass(frozen=True, slots=True)
class Write(Onward):
    """The composer with a prepared mail; the flow stays open behind it."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class GoTo(Onward):
    """Another flow, by its name in the menu; back returns here."""

    flow: str


@dataclass(frozen=True, slots=True)
class Connect(Onward):
    """The connection screen: a new account, or what `account_id` needs to connect again."""

    account_id: int = 0


@dataclass(frozen=True, slots=True)
class StartShared(Onward):
    """acterm ends, and begins again so that nothing stays on this machine."""


@dataclass(frozen=True, slots=True)
class Leave(Onward):
    """Out of the flow: it is over, or the person goes. The title of an END question is told."""


@dataclass(frozen=True, slots=True)
class Turn(Generic[S]):
    """The state that follows, and the commands to submit to the engine, in order."""

    state: S
    commands: tuple[Command, ...] = ()
    onward: Onward | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """What a flow knows of the person when it begins; no secret is in it.

    `account` is None without one; `academy` is a domain (`ac-amiens.fr` without an account).
    `remote`: over SSH, so no browser here. `fill` is the mailbox's in per cent, -1 when unknown.
    `refused` are the server's words when a refused sign-in waits. `now` is in seconds since 1970.
    """

    account: Account | None = None
    academy: str = "ac-amiens.fr"
    remote: bool = False
    fill: int = -1
    refused: str = ""
    now: float = 0.0


class Answered(Protocol[S]):
    """What follows from an answer to the current question, or from one of its choices."""

    def __call__(self, state: S, answer: str | Secret = "", *, choice: str = "") -> Turn[S]:
        """One turn; an answer that cannot be used stays, with the question's `problem`."""
        ...


def nothing_heard(state: S, _event: Event) -> Turn[S]:
    """The flow does not listen to the engine."""
    return Turn(state)


def no_hints(_state: S, _typed: str) -> tuple[str, ...]:
    """The flow has no doubts about what is being typed."""
    return ()


@dataclass(frozen=True, slots=True)
class Flow(Generic[S]):
    """A flow as the screen drives it.

    `start` gives the first state. `back` gives the state of the question before, or the same one
    at the first. `kept` is what is written down so as to resume after a restart, in words without
    any secret, NUMEN, birth date or code; an empty mapping when there is nothing to resume.
    `resumed` makes the state from it. `hints` are doubts about what is being typed into the
    field, for the person to see; none forbids it.
    """

    start: Callable[[Start], Turn[S]]
    question: Callable[[S], Question]
    answered: Answered[S]
    back: Callable[[S], S]
    heard: Callable[[S, Event], Turn[S]] = nothing_heard
    kept: Callable[[S], Mapping[str, str]] | None = None
    resumed: Callable[[Start, Mapping[str, str]], Turn[S]] | None = None
    hints: Callable[[S, str], tuple[str, ...]] = no_hints
