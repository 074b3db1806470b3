"""Waiting for the mail with the link: looked for whenever mail comes, one look at a time."""

from dataclasses import replace

from acterm.assistant.flow import Turn
from acterm.assistant.lost_password.state import State
from acterm.engine.messages.assistant import FindResetMails, ResetMails
from acterm.engine.messages.base import Command, Event
from acterm.engine.messages.mail import BodyArrived, FetchBody, MessagesChanged, NewMail, Refresh

_NEWS = (NewMail, MessagesChanged, BodyArrived)


def wait(state: State) -> Turn[State]:
    """Ask every server now, and look at what is here already."""
    return Turn(replace(state, looks=True), (Refresh(), _look(state)))


def heard(state: State, event: Event) -> Turn[State]:
    """Mail that came is looked at; a text that is missing is fetched once."""
    if isinstance(event, ResetMails):
        return _found(state, event)
    if not isinstance(event, _NEWS):
        return Turn(state)
    if state.looks:
        return Turn(state if state.again else replace(state, again=True))
    return Turn(replace(state, looks=True), (_look(state),))


def _look(state: State) -> Command:
    return FindResetMails(state.begun.now)


def _found(state: State, event: ResetMails) -> Turn[State]:
    unread = [one.message_id for one in event.candidates if not one.read]
    wanted = [one for one in unread if one not in state.asked]
    commands: tuple[Command, ...] = tuple(FetchBody(one) for one in wanted)
    if state.again:
        commands += (_look(state),)
    own = state.begun.account.address if state.begun.account else ""
    found = replace(
        state,
        candidates=event.candidates,
        watched=tuple(address for address in event.watched if address != own),
        looks=state.again,
        again=False,
        asked=state.asked | set(wanted),
    )
    return Turn(found, commands)
