"""What the flow of a lost password knows at each of its questions, and the way through them."""

from dataclasses import dataclass
from enum import StrEnum

from acterm.academy import directory, helpdesk
from acterm.academy.facts import Academy, Contact, LoginForm
from acterm.assistant import diagnosis
from acterm.assistant.connect.state import State as Connection
from acterm.assistant.flow import Start
from acterm.engine.messages.assistant import ResetMail
from acterm.secret import Secret

NOTHING = Secret("")


class Stage(StrEnum):
    """Where the flow is: one question each."""

    CAUSES = "causes"
    TYPING = "typing"
    TYPED = "typed"
    LOGIN = "login"
    LOGIN_SAID = "login-said"
    EXPIRED = "expired"
    DOWN = "down"
    PAGE = "page"
    LINK = "link"
    NUMEN = "numen"
    BIRTH = "birth"
    PICTURE = "picture"
    MAIL = "mail"
    CANDIDATE = "candidate"
    NOTHING_CAME = "nothing"
    NEW = "new"
    CHANGED = "changed"
    TESTING = "testing"
    DONE = "done"


# The stages of each step that academies.toml names.
_STEPS = {
    "link": (Stage.LINK,),
    "identity": (Stage.NUMEN, Stage.BIRTH),
    "picture": (Stage.PICTURE,),
    "mail": (Stage.MAIL,),
}


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is known so far.

    `doubts` is what was found about what was typed. `old` is the password that did not work, so
    that it is not taken again; `secret` the new one, until the server has been asked. `candidates`
    are mails that may be the one, `chosen` the one looked at, `watched` the boxes one can read.
    `looks`: the store is being looked into, `again`: it has changed meanwhile. `asked` are the
    texts that were asked for. `connection` is the sign-in with the new password. `checked`: the
    form of NUMEN and birth date was right; they themselves are nowhere.
    """

    begun: Start
    stage: Stage = Stage.CAUSES
    problem: str = ""
    doubts: tuple[str, ...] = ()
    doubted: bool = False
    checked: bool = False
    offline: str = ""
    old: Secret = NOTHING
    secret: Secret = NOTHING
    candidates: tuple[ResetMail, ...] = ()
    chosen: int = 0
    watched: tuple[str, ...] = ()
    looks: bool = False
    again: bool = False
    asked: frozenset[int] = frozenset()
    connection: Connection | None = None

    @property
    def academy(self) -> Academy | None:
        """The académie that serves the person today."""
        return directory.in_charge(self.begun.academy)

    @property
    def page(self) -> Contact | None:
        """The official page for a lost password, where one is known."""
        return helpdesk.first(self.academy, "password-reset") if self.academy else None

    @property
    def knows_steps(self) -> bool:
        """Whether a source tells what the page asks and does."""
        return self.academy is not None and bool(self.academy.reset_steps)

    @property
    def candidate(self) -> ResetMail | None:
        """The mail that is being looked at."""
        return next((one for one in self.candidates if one.message_id == self.chosen), None)

    @property
    def wants_address(self) -> bool:
        """Whether the servers take the whole address as the login."""
        account = self.begun.account
        if account is None:
            return False
        return directory.servers_for(account.address).login_form is LoginForm.ADDRESS


def route(state: State) -> tuple[Stage, ...]:
    """The stages from the official page to the mail with the link, in their order."""
    steps = state.academy.reset_steps if state.academy else ()
    return (Stage.PAGE, *(stage for step in steps or ("mail",) for stage in _STEPS[step]))


def step(state: State) -> tuple[int, int]:
    """Which step of how many; zeros outside the way to the link."""
    stages = [one for one in route(state) if one is not Stage.BIRTH]
    here = {
        Stage.BIRTH: Stage.NUMEN,
        Stage.CANDIDATE: Stage.MAIL,
        Stage.NOTHING_CAME: Stage.MAIL,
    }.get(state.stage, state.stage)
    return (stages.index(here) + 1, len(stages)) if here in stages else (0, 0)


def ways(state: State) -> tuple[str, ...]:
    """The keys of the choices of this question, the proposed one first."""
    found = _WAYS.get(state.stage, ())
    if state.stage is Stage.CAUSES:
        return _ways_from_the_causes(state)
    if state.stage is Stage.TYPED and state.doubts and state.begun.account:
        return ("try", *found)
    if state.stage is Stage.MAIL:
        direct = () if state.knows_steps else ("direct",)
        return (*(f"mail:{one.message_id}" for one in state.candidates), *direct, *found)
    if state.stage is Stage.DONE and state.begun.account is None:
        return ("connect",)
    return found


def _ways_from_the_causes(state: State) -> tuple[str, ...]:
    """On the national mail it is an application password, which the académie does not reset."""
    causes = diagnosis.causes(state.begun.refused)
    account = state.begun.account
    if account is not None and directory.is_national(account.imap.host):
        others = tuple(cause for cause in causes if cause != diagnosis.MOVED)
        return ("application", *others, "reset")
    return (*causes, "reset") if state.begun.refused else ("reset", *causes)


_WAYS: dict[Stage, tuple[str, ...]] = {
    Stage.TYPED: ("reset", "causes"),
    Stage.LOGIN_SAID: ("causes", "identifier", "reset"),
    Stage.EXPIRED: ("reset", "contacts", "causes"),
    Stage.DOWN: ("causes", "doctor", "contacts"),
    Stage.PAGE: ("on",),
    Stage.LINK: ("on",),
    Stage.NUMEN: ("skip", "where"),
    Stage.BIRTH: ("skip",),
    Stage.PICTURE: ("on",),
    Stage.MAIL: ("elsewhere", "nothing"),
    Stage.CANDIDATE: ("followed", "other"),
    Stage.NOTHING_CAME: ("wait", "contacts", "elsewhere"),
    Stage.NEW: ("propose",),
    Stage.CHANGED: ("test", "other-password"),
}
