"""The Connexion flow when the engine answers: servers found, checks passed, the secret kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from acterm.assistant.connect.state import NOTHING, Stage, State
from acterm.assistant.flow import Leave, Turn
from acterm.engine.messages.account import (
    AccountAdded,
    AccountChecked,
    AddAccount,
    AskRungs,
    CheckStep,
    Rungs,
    ServersFound,
    SwitchServers,
)
from acterm.engine.messages.base import Event, Failed
from acterm.i18n import _


def heard(state: State, event: Event) -> Turn[State]:
    """What follows from an event of the engine; events that do not matter here change nothing."""
    reaction = _REACTIONS.get((state.stage, type(event)))
    return reaction(state, event) if reaction else Turn(state)


def keep(state: State) -> Turn[State]:
    """Keep the account and its secret where the person chose."""
    keeping = replace(state, stage=Stage.KEEPING)
    command = SwitchServers if state.moves else AddAccount
    passphrase = state.passphrase or None
    return Turn(keeping, (command(state.account, state.secret, state.rung, passphrase),))


def _found(state: State, event: ServersFound) -> Turn[State]:
    if event.address != state.address:
        return Turn(state)
    imap, smtp = state.imap or event.imap, state.smtp or event.smtp
    problem = "" if imap and smtp else _("None of the usual servers answers everything.")
    return Turn(
        replace(state, stage=Stage.SERVERS, imap=imap, smtp=smtp, problem=problem, probed=True)
    )


def _stepped(state: State, event: CheckStep) -> Turn[State]:
    lines = tuple(
        replace(line, state=event.state, words=event.words) if line.step is event.step else line
        for line in state.checks
    )
    return Turn(replace(state, checks=lines))


def _checked(state: State, event: AccountChecked) -> Turn[State]:
    if not event.accepted:
        problem = _words(event)
        return Turn(replace(state, stage=Stage.REFUSED, problem=problem))
    if state.passcode:  # it has served: there is nothing to keep
        return keep(replace(state, rung="session"))
    return Turn(state, (AskRungs(),))


def _ladder(state: State, event: Rungs) -> Turn[State]:
    first = next((rung.name for rung in event.rungs if rung.usable), "")
    return Turn(replace(state, stage=Stage.RUNG, rungs=event.rungs, rung=first))


def _check_failed(state: State, event: Failed) -> Turn[State]:
    return Turn(replace(state, stage=Stage.REFUSED, problem=_words(event)))


def _probe_failed(state: State, event: Failed) -> Turn[State]:
    return Turn(replace(state, stage=Stage.SERVERS, problem=_words(event)))


def _added(state: State, event: AccountAdded) -> Turn[State]:
    return Turn(
        replace(
            state,
            stage=Stage.KEPT,
            account_id=event.account_id,
            rung=event.rung,
            secret=NOTHING,
            passphrase=NOTHING,
        ),
        onward=Leave(),
    )


def _not_kept(state: State, event: Failed) -> Turn[State]:
    if state.rungs:
        stage = Stage.PASSPHRASE if state.wants else Stage.RUNG
    else:
        stage = Stage.NAME if state.password_command else Stage.SECRET
    return Turn(replace(state, stage=stage, passphrase=NOTHING, problem=_words(event)))


_REACTIONS: dict[tuple[Stage, type[Event]], Callable[[State, Any], Turn[State]]] = {
    (Stage.PROBING, ServersFound): _found,
    (Stage.PROBING, Failed): _probe_failed,
    (Stage.CHECKING, CheckStep): _stepped,
    (Stage.CHECKING, AccountChecked): _checked,
    (Stage.CHECKING, Failed): _check_failed,
    (Stage.CHECKING, Rungs): _ladder,
    (Stage.KEEPING, AccountAdded): _added,
    (Stage.KEEPING, Failed): _not_kept,
}


def _words(event: Failed | AccountChecked) -> str:
    return f"{event.title} {event.advice}".rstrip()
