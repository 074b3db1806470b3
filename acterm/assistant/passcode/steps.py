"""Passcode: what it is, the key of its code when somebody wants it here, and the code of now.

The key goes from the answer to the vault. Neither it nor a code is written down by the flow.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from acterm.assistant.flow import Leave, Start, Turn
from acterm.engine.messages.account import AskRungs, Rung, Rungs
from acterm.engine.messages.assistant import (
    AskOtp,
    ForgetOtp,
    KeepOtp,
    OtpCode,
    OtpFailed,
    OtpKept,
    OtpRead,
    ReadOtpPicture,
)
from acterm.engine.messages.base import Command, Crashed, Event
from acterm.errors import ActermError
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.secret import Secret
from acterm.vault import otp

SHORTEST_PASSPHRASE = 8
TOO_LATE = 2.0  # seconds in which no code is typed and sent
_NOTHING = Secret("")


class Stage(StrEnum):
    """Which question is asked."""

    MENU = "menu"
    ABOUT = "about"
    WARNING = "warning"
    PICTURE = "picture"
    TYPED = "typed"
    RUNG = "rung"
    PASSPHRASE = "passphrase"  # noqa: S105 (a question)
    AGAIN = "again"
    KEPT = "kept"
    CODE = "code"
    UNLOCK = "unlock"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class State:
    """Where the person is. `before` is the question that the engine works on, or that waits.

    `key` is on its way to the vault; `code` is shown until `until` (0: until it is used), and not
    at all when it came too late to be typed.
    """

    stage: Stage = Stage.MENU
    account_id: int = 0
    address: str = ""
    passcode: bool = False
    before: Stage = Stage.MENU
    key: Secret = _NOTHING
    label: str = ""
    is_short: bool = False
    rungs: tuple[Rung, ...] = ()
    rung: str = ""
    passphrase: Secret = _NOTHING
    wants: str = ""
    code: Secret = _NOTHING
    until: float = 0.0
    is_too_late: bool = False
    clock: str = ""
    problem: str = ""


def ways(state: State) -> tuple[str, ...]:
    """The choices of the question, the proposed one first."""
    if state.stage is Stage.MENU:
        return ("about", "code", "warning", "forget") if state.account_id else ("about",)
    if state.stage is Stage.RUNG:
        return tuple(rung.name for rung in state.rungs if rung.usable)
    return _WAYS.get(state.stage, ())


_WAYS = {
    Stage.ABOUT: ("menu",),
    Stage.WARNING: ("menu", "picture", "typed"),
    Stage.KEPT: ("code", "menu"),
    Stage.CODE: ("leave", "menu", "code"),
}


def start(given: Start) -> Turn[State]:
    """Begin with what to do; without an account there is only what to read."""
    account = given.account
    if account is None:
        return Turn(State())
    return Turn(State(account_id=account.id, address=account.address, passcode=account.passcode))


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """What follows from an answer; one that cannot be used stays, with its problem."""
    calm = replace(state, problem="")
    if state.stage in _TYPED:
        try:
            return _TYPED[state.stage](calm, answer)
        except ActermError as problem:
            return Turn(replace(state, problem=str(problem)))
    choice = choice or next(iter(ways(state)), "")
    if choice not in ways(state):
        return Turn(state)
    return _chose_rung(calm, choice) if state.stage is Stage.RUNG else _chose(calm, choice)


def _chose(state: State, choice: str) -> Turn[State]:
    menu = _at(state, Stage.MENU)
    if choice == "code":
        return _work(menu, AskOtp(state.account_id))
    if choice == "forget":
        return _work(menu, ForgetOtp(state.account_id))
    if choice == "leave":
        return Turn(menu, onward=Leave())
    return Turn(_at(state, Stage(choice)))


def back(state: State) -> State:
    """The question before; nothing secret of this one stays."""
    if state.stage in (Stage.MENU, Stage.WORKING):
        return state
    if state.stage in (Stage.PASSPHRASE, Stage.AGAIN):
        return replace(state, stage=Stage.RUNG, passphrase=_NOTHING, problem="")
    before = Stage.WARNING if state.stage in (Stage.PICTURE, Stage.TYPED) else Stage.MENU
    return _at(state, before)


def _picture(state: State, answer: str | Secret) -> Turn[State]:
    path = clean(_secret(answer).reveal(), line=True).strip().strip("'\"")
    if not path:
        return Turn(replace(state, problem=_("Nothing was typed.")))
    return _work(state, ReadOtpPicture(path))


def _key(state: State, answer: str | Secret) -> Turn[State]:
    return _with_key(state, _secret(answer))


def _with_key(state: State, typed: Secret) -> Turn[State]:
    """The key is one: where shall it be kept? Raises BadData for what is none."""
    key = otp.parse(typed)
    known = replace(state, key=typed, label=key.label, is_short=key.is_short)
    return _work(known, AskRungs())


def _chose_rung(state: State, choice: str) -> Turn[State]:
    wants = next((one.wants for one in state.rungs if one.name == choice), "")
    chosen = replace(state, rung=choice, wants=wants)
    return Turn(replace(chosen, stage=Stage.PASSPHRASE)) if wants else _keep(chosen)


def _passphrase(state: State, answer: str | Secret) -> Turn[State]:
    given = replace(state, passphrase=_secret(answer))
    if state.wants != "new-passphrase":
        return _keep(given)
    if len(given.passphrase.reveal()) < SHORTEST_PASSPHRASE:
        words = _("The passphrase needs at least {count} characters.")
        return Turn(replace(state, problem=words.format(count=SHORTEST_PASSPHRASE)))
    return Turn(replace(given, stage=Stage.AGAIN))


def _again(state: State, answer: str | Secret) -> Turn[State]:
    if _secret(answer) != state.passphrase:
        problem = _("The two passphrases differ: type it once more, twice.")
        return Turn(replace(state, stage=Stage.PASSPHRASE, passphrase=_NOTHING, problem=problem))
    return _keep(state)


def _unlock(state: State, answer: str | Secret) -> Turn[State]:
    return _work(state, AskOtp(state.account_id, _secret(answer)))


_TYPED: dict[Stage, Callable[[State, str | Secret], Turn[State]]] = {
    Stage.PICTURE: _picture,
    Stage.TYPED: _key,
    Stage.PASSPHRASE: _passphrase,
    Stage.AGAIN: _again,
    Stage.UNLOCK: _unlock,
}


def _keep(state: State) -> Turn[State]:
    passphrase = state.passphrase or None
    return _work(state, KeepOtp(state.account_id, state.key, state.rung, passphrase))


def _work(state: State, command: Command) -> Turn[State]:
    """The engine works; `before` is where a failure leads back."""
    before = state.before if state.stage is Stage.WORKING else state.stage
    return Turn(replace(state, stage=Stage.WORKING, before=before), (command,))


def heard(state: State, event: Event) -> Turn[State]:
    """What the engine answers while it is waited for."""
    reaction = _REACTIONS.get(type(event))
    if state.stage is not Stage.WORKING or reaction is None:
        return Turn(state)
    return reaction(state, event)


def _read(state: State, event: OtpRead) -> Turn[State]:
    return _with_key(state, event.key)


def _ladder(state: State, event: Rungs) -> Turn[State]:
    return Turn(replace(state, stage=Stage.RUNG, rungs=event.rungs))


def _kept(state: State, event: OtpKept) -> Turn[State]:
    return Turn(replace(_at(state, Stage.KEPT), rung=event.rung, label=state.label))


def _code(state: State, event: OtpCode) -> Turn[State]:
    shown = _at(state, Stage.CODE)
    too_late = bool(event.code) and 0 < event.until - time.time() <= TOO_LATE
    code = _NOTHING if too_late else event.code
    return Turn(
        replace(shown, code=code, until=event.until, is_too_late=too_late, clock=event.clock)
    )


def _failed(state: State, event: OtpFailed) -> Turn[State]:
    problem = f"{event.title} {event.advice}".rstrip()
    if event.wants in ("passphrase", "keyring-password"):
        is_wrong = state.before is Stage.UNLOCK
        return Turn(
            replace(
                state,
                stage=Stage.UNLOCK,
                wants=event.wants,
                problem=problem if is_wrong else "",
            )
        )
    return Turn(replace(state, stage=state.before, passphrase=_NOTHING, problem=problem))


def _crashed(state: State, event: Crashed) -> Turn[State]:
    return _failed(state, OtpFailed(event.title))


_REACTIONS: dict[type[Event], Callable[[State, Any], Turn[State]]] = {
    OtpRead: _read,
    Rungs: _ladder,
    OtpKept: _kept,
    OtpCode: _code,
    OtpFailed: _failed,
    Crashed: _crashed,
}


def _at(state: State, stage: Stage) -> State:
    """Another question, without the key, the code or a passphrase."""
    known = State(account_id=state.account_id, address=state.address, passcode=state.passcode)
    return replace(known, stage=stage)


def _secret(answer: str | Secret) -> Secret:
    return answer if isinstance(answer, Secret) else Secret(answer)
