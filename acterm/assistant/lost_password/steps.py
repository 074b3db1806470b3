"""Mot de passe perdu: why the sign-in fails, the official page, the mail with the link, the test.

NUMEN and birth date are compared with their form and forgotten at once. The new password is in
memory from its choice until the server has taken it; what is written down is the stage alone.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace

from acterm.assistant import connect, diagnosis, identity
from acterm.assistant.connect.state import State as Connection
from acterm.assistant.connect.state import again
from acterm.assistant.connect.steps import check
from acterm.assistant.flow import Connect, GoTo, Leave, Onward, Start, Turn
from acterm.assistant.lost_password import mail
from acterm.assistant.lost_password.state import NOTHING, Stage, State, route, ways
from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import Link as LinkState
from acterm.engine.messages.mail import LinkChanged
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.secret import Secret
from acterm.vault.strength import judge

_FLOWS = {
    diagnosis.MOVED: "national",
    "application": "national",
    "identifier": "identifier",
    "where": "numen",
    "contacts": "contacts",
    "doctor": "doctor",
    "propose": "strong_password",
}
_STAGES = {
    diagnosis.TYPING: Stage.TYPING,
    diagnosis.LOGIN: Stage.LOGIN,
    diagnosis.EXPIRED: Stage.EXPIRED,
    diagnosis.DOWN: Stage.DOWN,
    "causes": Stage.CAUSES,
    "reset": Stage.PAGE,
    "skip": Stage.PICTURE,
    "elsewhere": Stage.NEW,
    "direct": Stage.NEW,
    "followed": Stage.NEW,
    "nothing": Stage.NOTHING_CAME,
    "other": Stage.MAIL,
    "wait": Stage.MAIL,
    "other-password": Stage.NEW,
}


def start(given: Start) -> Turn[State]:
    """Begin with what may be the cause."""
    return Turn(State(given))


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """What follows from an answer; one that cannot be used stays, with its problem."""
    if state.stage is Stage.TESTING and state.connection is not None:
        return _tested(state, connect.FLOW.answered(state.connection, answer, choice=choice))
    calm = replace(state, problem="")
    if choice:
        return _chosen(calm, choice) if choice in ways(state) else Turn(state)
    read = _TYPED.get(state.stage)
    try:
        return read(calm, answer) if read else _chosen(calm, next(iter(ways(state)), ""))
    except UsageError as problem:
        return Turn(replace(state, problem=str(problem)))


def heard(state: State, event: Event) -> Turn[State]:
    """Mail that comes, the link that breaks, and the sign-in with the new password."""
    if state.stage is Stage.TESTING and state.connection is not None:
        return _tested(state, connect.FLOW.heard(state.connection, event))
    if isinstance(event, LinkChanged) and state.stage in (Stage.CAUSES, Stage.DOWN):
        words = event.words if event.link is LinkState.OFFLINE else ""
        return Turn(replace(state, offline=words)) if words != state.offline else Turn(state)
    if state.stage in (Stage.MAIL, Stage.CANDIDATE, Stage.NOTHING_CAME):
        return mail.heard(state, event)
    return Turn(state)


def back(state: State) -> State:
    """The question before; a password does not go back with it."""
    if state.stage is Stage.TESTING and state.connection is not None:
        before = connect.FLOW.back(state.connection)
        if before != state.connection:
            return replace(state, connection=before)
    stages = route(state)
    here = stages.index(state.stage) if state.stage in stages else -1
    stage = stages[here - 1] if here > 0 else _BEFORE.get(state.stage, state.stage)
    if stage is state.stage:
        return state
    return replace(state, stage=stage, problem="", secret=NOTHING, connection=None, doubted=False)


_BEFORE = {
    Stage.TYPING: Stage.CAUSES,
    Stage.TYPED: Stage.TYPING,
    Stage.LOGIN: Stage.CAUSES,
    Stage.LOGIN_SAID: Stage.LOGIN,
    Stage.EXPIRED: Stage.CAUSES,
    Stage.DOWN: Stage.CAUSES,
    Stage.PAGE: Stage.CAUSES,
    Stage.CANDIDATE: Stage.MAIL,
    Stage.NOTHING_CAME: Stage.MAIL,
    Stage.NEW: Stage.MAIL,
    Stage.CHANGED: Stage.NEW,
    Stage.TESTING: Stage.NEW,
}


def _chosen(state: State, choice: str) -> Turn[State]:
    account = state.begun.account
    turn = Turn(state)
    if choice in _FLOWS:
        turn = Turn(state, onward=GoTo(_FLOWS[choice]))
    elif choice in _STAGES:
        turn = _at(state, _STAGES[choice])
    elif choice == "on":
        turn = _at(state, _after(state))
    elif choice.startswith("mail:"):
        turn = _at(replace(state, chosen=int(choice.partition(":")[2])), Stage.CANDIDATE)
    elif choice == "try" and account is not None:
        turn = Turn(replace(state, stage=Stage.CAUSES), onward=Connect(account.id))
    elif choice == "connect":
        turn = Turn(state, onward=Connect())
    elif choice == "test":
        turn = _test(state)
    return turn


def _after(state: State) -> Stage:
    stages = route(state)
    here = stages.index(state.stage) if state.stage in stages else -1
    return stages[here + 1] if here + 1 < len(stages) else Stage.NEW


def _at(state: State, stage: Stage) -> Turn[State]:
    """Another question, and what it needs; `skip` leads to the picture where there is one."""
    if stage is Stage.PICTURE and stage not in route(state):
        stage = Stage.MAIL
    moved = replace(state, stage=stage, secret=NOTHING, doubted=False)
    return mail.wait(moved) if stage is Stage.MAIL else Turn(moved)


# What is typed


def _typing(state: State, answer: str | Secret) -> Turn[State]:
    typed = _secret_in(answer)
    if not typed:
        raise UsageError(_("Nothing was typed."))
    doubts = diagnosis.of_typing(typed, state.begun.account)
    return Turn(replace(state, stage=Stage.TYPED, doubts=doubts, old=typed))


def _login(state: State, answer: str | Secret) -> Turn[State]:
    typed = answer.reveal() if isinstance(answer, Secret) else answer
    if not typed.strip():
        raise UsageError(_("Nothing was typed."))
    doubts = diagnosis.of_login(typed, state.begun.account, state.wants_address)
    return Turn(replace(state, stage=Stage.LOGIN_SAID, doubts=doubts))


def _numen(state: State, answer: str | Secret) -> Turn[State]:
    identity.check_numen(_secret_in(answer).reveal())
    return _at(state, Stage.BIRTH)


def _birth(state: State, answer: str | Secret) -> Turn[State]:
    today = datetime.date.fromtimestamp(state.begun.now)
    identity.check_birth_date(_secret_in(answer).reveal(), today)
    return _at(replace(state, checked=True), Stage.PICTURE)


def _new(state: State, answer: str | Secret) -> Turn[State]:
    """A weak one is taken when it is typed once more: the académie decides."""
    typed = _secret_in(answer)
    if not typed:
        raise UsageError(_("Nothing was typed."))
    if typed == state.old:
        raise UsageError(_("This is the old password."), _("Choose another one."))
    account = state.begun.account
    own = (account.name, account.login, account.address) if account else ()
    judgement = judge(typed, own)
    if not judgement.is_good and not (state.doubted and typed == state.secret):
        words = " ".join((judgement.words, *judgement.advice[:1]))
        again = _("Type it once more to take it all the same.")
        return Turn(replace(state, problem=f"{words} {again}", doubted=True, secret=typed))
    judged = replace(state, doubts=(judgement.words,), doubted=False)
    return Turn(replace(judged, stage=Stage.CHANGED, secret=typed))


_TYPED: dict[Stage, Callable[[State, str | Secret], Turn[State]]] = {
    Stage.TYPING: _typing,
    Stage.LOGIN: _login,
    Stage.NUMEN: _numen,
    Stage.BIRTH: _birth,
    Stage.NEW: _new,
}


# The new password


def _test(state: State) -> Turn[State]:
    """One sign-in with it; without an account there is nothing to sign in to yet."""
    account = state.begun.account
    if account is None:
        return Turn(_done(state))
    if account.password_command or account.passcode:  # asked anew, where it is given
        return Turn(_done(state), onward=Connect(account.id))
    known = replace(again(account), secret=state.secret, passcode=False)
    return _tested(replace(state, stage=Stage.TESTING), check(known))


def _tested(state: State, turn: Turn[Connection]) -> Turn[State]:
    """The sign-in goes on in its own questions, until the account is kept."""
    if turn.state is state.connection and not turn.commands and turn.onward is None:
        return Turn(state)
    onward: Onward | None = turn.onward
    if isinstance(onward, Leave):
        return Turn(_done(state), turn.commands)
    return Turn(replace(state, connection=turn.state), turn.commands, onward)


def _done(state: State) -> State:
    """Everything secret goes."""
    return State(state.begun, Stage.DONE)


# Left and taken up again

_KEPT_AS = {
    Stage.BIRTH: Stage.NUMEN,
    Stage.CANDIDATE: Stage.MAIL,
    Stage.NOTHING_CAME: Stage.MAIL,
    Stage.CHANGED: Stage.NEW,
    Stage.TESTING: Stage.NEW,
}


def kept(state: State) -> Mapping[str, str]:
    """The stage, and since when the mail is waited for."""
    stage = _KEPT_AS.get(state.stage, state.stage)
    if stage not in (*route(state), Stage.NEW):
        return {}
    return {"stage": stage, "since": str(int(state.begun.now))}


def resumed(given: Start, left: Mapping[str, str]) -> Turn[State]:
    """At that stage again; what was typed then is typed anew."""
    since = left.get("since", "")
    begun = replace(given, now=float(since)) if since.isdigit() else given
    state = State(begun)
    known = (*route(state), Stage.NEW)
    return _at(state, next((one for one in known if one == left.get("stage")), Stage.CAUSES))


def _secret_in(answer: str | Secret) -> Secret:
    return answer if isinstance(answer, Secret) else Secret(answer)
