"""Hameçonnage: learn by examples, check a mail, what to do after a click, and report it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from acterm.assistant.compromised.journal import help_desk
from acterm.assistant.flow import GoTo, Leave, Start, Turn, Write
from acterm.assistant.paged import MORE, paged
from acterm.assistant.pasted import source_of
from acterm.assistant.phishing.examples import EXAMPLES, Example
from acterm.engine.messages.assistant import (
    ListRecent,
    LookForSigns,
    RecentMails,
    SaveText,
    SignsFound,
    TextSaved,
)
from acterm.engine.messages.base import Event, Failed
from acterm.engine.messages.mail import BodyArrived, BodyFailed, FetchBody
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.draft import Draft, DraftAttachment
from acterm.mail.message import Envelope, Level
from acterm.secret import Secret

MAIL, CASE = "mail:", "case:"
CASES = ("password", "numen", "opened", "answered", "bank", "link")
_LONGEST = 2_000_000


class Stage(StrEnum):
    """Which page is shown."""

    MENU = "menu"
    QUIZ = "quiz"
    VERDICT = "verdict"
    SCORE = "score"
    CHECK = "check"
    PASTE = "paste"
    CHOOSE = "choose"
    LOOKING = "looking"
    RESULT = "result"
    CLICKED = "clicked"
    CASE = "case"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class State:
    """`number` is the example on screen, `right` how many were. `mail` is the one looked at."""

    begun: Start
    stage: Stage = Stage.MENU
    number: int = 0
    right: int = 0
    was_right: bool = False
    mails: tuple[Envelope, ...] | None = None
    page: int = 0
    mail: int = 0
    found: SignsFound | None = None
    case: str = ""
    problem: str = ""

    @property
    def example(self) -> Example:
        """The mail to judge."""
        return EXAMPLES[self.number]

    @property
    def level(self) -> Level | None:
        """The loudest sign that was found."""
        return self.found.signs[0].level if self.found and self.found.signs else None


def start(given: Start) -> Turn[State]:
    """Begin with what the person wants."""
    return Turn(State(given))


def ways(state: State) -> tuple[str, ...]:
    """The keys of the choices, the proposed one first."""
    if state.stage is Stage.CHOOSE:
        mails = [f"{MAIL}{mail.id}" for mail in state.mails or ()]
        return paged(mails, state.page) or ("paste",)
    if state.stage is Stage.CHECK:
        return ("choose", "paste") if state.begun.account else ("paste",)
    if state.stage is Stage.RESULT:
        return _result_ways(state)
    if state.stage is Stage.CASE:
        return _CASE_WAYS.get(state.case, ("report", "menu"))
    if state.stage is Stage.REPORT:
        account = ("attach",) if state.begun.account and state.mail else ()
        return (*account, "contacts", "menu", "leave")
    return _WAYS.get(state.stage, ())


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """One page on; what cannot be used stays, with the reason."""
    if choice and choice not in ways(state):
        return Turn(state)
    calm = replace(state, problem="")
    if state.stage is Stage.PASTE and not choice:
        try:
            return _pasted(calm, "" if isinstance(answer, Secret) else answer)
        except UsageError as problem:
            return Turn(replace(state, problem=str(problem)))
    return _chosen(calm, choice or next(iter(ways(state)), ""))


def heard(state: State, event: Event) -> Turn[State]:
    """The list of mails, the text of one, its signs, the file to attach."""
    reaction = _REACTIONS.get((state.stage, type(event)))
    return reaction(state, event) if reaction else Turn(state)


def back(state: State) -> State:
    """The page before."""
    return replace(state, stage=_BEFORE.get(state.stage, Stage.MENU), problem="")


_WAYS = {
    Stage.MENU: ("check", "clicked", "quiz", "report"),
    Stage.QUIZ: ("fake", "real"),
    Stage.VERDICT: ("on", "menu"),
    Stage.SCORE: ("menu", "quiz", "leave"),
    Stage.CLICKED: tuple(f"{CASE}{case}" for case in CASES),
}
_CASE_WAYS = {
    "password": ("lost_password", "compromised", "report", "menu"),
    "numen": ("numen", "contacts", "report", "menu"),
    "opened": ("compromised", "contacts", "menu"),
    "answered": ("compromised", "report", "menu"),
    "bank": ("report", "menu"),
    "link": ("report", "strong_password", "menu"),
}
_BEFORE = {
    Stage.PASTE: Stage.CHECK,
    Stage.CHOOSE: Stage.CHECK,
    Stage.LOOKING: Stage.CHECK,
    Stage.RESULT: Stage.CHECK,
    Stage.CASE: Stage.CLICKED,
}
_STAGES = {stage.value: stage for stage in Stage}
_FLOWS = ("lost_password", "compromised", "numen", "contacts", "strong_password")


def _result_ways(state: State) -> tuple[str, ...]:
    if state.level in (Level.SUSPECT, Level.VERIFY):
        return ("report", "clicked", "check", "menu")
    return ("check", "report", "clicked", "menu")


def _chosen(state: State, choice: str) -> Turn[State]:
    if choice == "leave":
        return Turn(state, onward=Leave())
    if choice in _FLOWS:
        return Turn(state, onward=GoTo(choice))
    if choice.startswith(CASE):
        return Turn(replace(state, stage=Stage.CASE, case=choice.removeprefix(CASE)))
    if choice.startswith(MAIL):
        return _looked_at(state, int(choice.removeprefix(MAIL)))
    special = _SPECIAL.get(choice)
    if special is not None:
        return special(state)
    return Turn(replace(state, stage=_STAGES[choice]) if choice in _STAGES else state)


def _quiz(state: State) -> Turn[State]:
    return Turn(replace(state, stage=Stage.QUIZ, number=0, right=0))


def _judged(is_fake: bool) -> Callable[[State], Turn[State]]:
    def judged(state: State) -> Turn[State]:
        right = state.example.is_fake is is_fake
        count = state.right + right
        return Turn(replace(state, stage=Stage.VERDICT, was_right=right, right=count))

    return judged


def _on(state: State) -> Turn[State]:
    if state.number + 1 == len(EXAMPLES):
        return Turn(replace(state, stage=Stage.SCORE))
    return Turn(replace(state, stage=Stage.QUIZ, number=state.number + 1))


def _choose(state: State) -> Turn[State]:
    account = state.begun.account
    commands = (ListRecent(account.id),) if account else ()
    return Turn(replace(state, stage=Stage.CHOOSE, mails=None, page=0), commands)


def _older(state: State) -> Turn[State]:
    return Turn(replace(state, page=state.page + 1))


def _looked_at(state: State, mail: int) -> Turn[State]:
    return Turn(replace(state, stage=Stage.LOOKING, mail=mail, found=None), (FetchBody(mail),))


def _pasted(state: State, pasted: str) -> Turn[State]:
    if not pasted.strip():
        raise UsageError(_("Nothing was pasted."), _("Copy the mail’s text, or its source."))
    if len(pasted) > _LONGEST:
        raise UsageError(_("This is too long for one mail."))
    looking = replace(state, stage=Stage.LOOKING, mail=0, found=None)
    return Turn(looking, (LookForSigns(source=source_of(pasted)),))


def _attach(state: State) -> Turn[State]:
    return Turn(state, (SaveText(_("suspect-mail.eml"), message_id=state.mail),))


_SPECIAL: dict[str, Callable[[State], Turn[State]]] = {
    "quiz": _quiz,
    "fake": _judged(True),
    "real": _judged(False),
    "on": _on,
    "choose": _choose,
    MORE: _older,
    "attach": _attach,
}


def _listed(state: State, event: RecentMails) -> Turn[State]:
    return Turn(replace(state, mails=event.mails))


def _arrived(state: State, event: BodyArrived) -> Turn[State]:
    if event.message_id != state.mail:
        return Turn(state)
    return Turn(state, (LookForSigns(event.message_id),))


def _missing(state: State, event: BodyFailed) -> Turn[State]:
    if event.message_id != state.mail:
        return Turn(state)
    return _failed(state, Failed(event.title, event.advice))


def _failed(state: State, event: Failed) -> Turn[State]:
    problem = f"{event.title} {event.advice}".rstrip()
    stage = Stage.CHECK if state.stage is Stage.LOOKING else state.stage
    return Turn(replace(state, stage=stage, problem=problem))


def _found(state: State, event: SignsFound) -> Turn[State]:
    if event.message_id != state.mail:
        return Turn(state)
    return Turn(replace(state, stage=Stage.RESULT, found=event))


def _saved(state: State, event: TextSaved) -> Turn[State]:
    """The mail itself is attached: its headers tell the help desk where it came from."""
    account, path = state.begun.account, Path(event.path)
    if account is None:
        return Turn(state)
    subject = clean(state.found.subject, line=True) if state.found else ""
    text = [
        _("Hello,"),
        "",
        _("I have received the attached mail, which looks like phishing: “{subject}”.").format(
            subject=subject[:100]
        ),
        _("I have opened none of its links."),
        "",
        account.name,
    ]
    draft = Draft(
        account.id,
        to=help_desk(state.begun.academy),
        subject=_("Suspect mail to examine"),
        body="\n".join(text).rstrip() + "\n",
        attachments=(DraftAttachment(path.name, "message/rfc822", event.size, path=path),),
    )
    return Turn(state, onward=Write(draft))


_REACTIONS: dict[tuple[Stage, type[Event]], Callable[[State, Any], Turn[State]]] = {
    (Stage.CHOOSE, RecentMails): _listed,
    (Stage.LOOKING, BodyArrived): _arrived,
    (Stage.LOOKING, BodyFailed): _missing,
    (Stage.LOOKING, Failed): _failed,
    (Stage.LOOKING, SignsFound): _found,
    (Stage.REPORT, TextSaved): _saved,
    (Stage.REPORT, Failed): _failed,
}
