"""Messagerie nationale: what changes when the académie moves, and a switch that keeps the mail.

The switch is the Connexion flow from the servers on, for an account that keeps its row: its mail,
drafts and outbox stay, see `acterm.engine.messages.account.SwitchServers`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from acterm.academy import directory
from acterm.academy.facts import Academy, Contact
from acterm.assistant import connect
from acterm.assistant.connect.state import Stage as Connecting
from acterm.assistant.connect.state import State as Connection
from acterm.assistant.connect.state import again, with_servers
from acterm.assistant.flow import (
    Choice,
    Connect,
    Flow,
    GoTo,
    Kind,
    Leave,
    Page,
    Question,
    Start,
    Turn,
)
from acterm.assistant.pages import marked
from acterm.engine.messages.base import Event
from acterm.i18n import _
from acterm.secret import Secret


class Stage(StrEnum):
    """Where the flow is."""

    WHAT = "what"
    SIGNS = "signs"
    APPLICATION = "application"
    BEFORE = "before"
    SWITCHING = "switching"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class State:
    """`connection` is the sign-in to the new servers, from its first question on."""

    begun: Start
    stage: Stage = Stage.WHAT
    connection: Connection | None = None

    @property
    def academy(self) -> Academy | None:
        """The académie of the account, where one source says that it has moved."""
        found = directory.in_charge(self.begun.academy)
        return found if found and found.profile == directory.NATIONAL else None

    @property
    def moved(self) -> bool:
        """Whether the account is on the national mail already."""
        account = self.begun.account
        return account is not None and directory.is_national(account.imap.host)


def start(given: Start) -> Turn[State]:
    """Begin with what changes."""
    return Turn(State(given))


def question(state: State) -> Question:
    """What to show now."""
    if state.stage is Stage.SWITCHING and state.connection is not None:
        return connect.FLOW.question(state.connection)
    return _QUESTIONS[state.stage](state)


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """What follows from an answer."""
    if state.stage is Stage.SWITCHING and state.connection is not None:
        return _switched(state, connect.FLOW.answered(state.connection, answer, choice=choice))
    offered = [one.key for one in question(state).choices]
    choice = choice or next(iter(offered), "")
    account = state.begun.account
    turn = Turn(state)
    if choice == "switch":
        turn = _switch(state)
    elif choice == "contacts":
        turn = Turn(state, onward=GoTo(choice))
    elif choice == "connect" and account is not None:
        turn = Turn(state, onward=Connect(account.id))
    elif choice == "leave":
        turn = Turn(replace(state, stage=Stage.WHAT), onward=Leave())
    elif choice in offered:
        turn = Turn(replace(state, stage=Stage(choice)))
    return turn


def heard(state: State, event: Event) -> Turn[State]:
    """The checks of the new servers, and the switch."""
    if state.stage is Stage.SWITCHING and state.connection is not None:
        return _switched(state, connect.FLOW.heard(state.connection, event))
    return Turn(state)


def back(state: State) -> State:
    """The question before."""
    if state.connection is not None and state.stage is Stage.SWITCHING:
        before = connect.FLOW.back(state.connection)
        if before != state.connection and before.stage is not Connecting.ADDRESS:
            return replace(state, connection=before)
        return replace(state, stage=Stage.BEFORE, connection=None)
    return replace(state, stage=_BACK.get(state.stage, state.stage))


def hints(state: State, typed: str) -> tuple[str, ...]:
    """Doubts about what is being typed."""
    return connect.FLOW.hints(state.connection, typed) if state.connection else ()


def kept(state: State) -> Mapping[str, str]:
    """The stage; the switch itself begins anew."""
    stage = Stage.BEFORE if state.stage is Stage.SWITCHING else state.stage
    return {} if stage in (Stage.WHAT, Stage.SIGNS, Stage.DONE) else {"stage": stage}


def resumed(given: Start, left: Mapping[str, str]) -> Turn[State]:
    """At that stage again."""
    known = (Stage.APPLICATION, Stage.BEFORE)
    return Turn(State(given, next((one for one in known if one == left.get("stage")), Stage.WHAT)))


_BACK = {
    Stage.SIGNS: Stage.WHAT,
    Stage.APPLICATION: Stage.WHAT,
    Stage.BEFORE: Stage.APPLICATION,
}


def _switch(state: State) -> Turn[State]:
    """The same account at the servers of the national mail; without one, a new account."""
    account = state.begun.account
    if account is None:
        return Turn(state, onward=Connect())
    national = replace(again(account), profile=directory.NATIONAL, passcode=False, moves=True)
    known = replace(with_servers(national), name=account.name)
    connection = replace(known, stage=Connecting.SERVERS)
    return Turn(replace(state, stage=Stage.SWITCHING, connection=connection))


def _switched(state: State, turn: Turn[Connection]) -> Turn[State]:
    if turn.state is state.connection and not turn.commands and turn.onward is None:
        return Turn(state)
    if isinstance(turn.onward, Leave):
        return Turn(State(state.begun, Stage.DONE), turn.commands)
    return Turn(replace(state, connection=turn.state), turn.commands, turn.onward)


# Words


def _what(state: State) -> Question:
    facts = (
        _("same:   your address, and the mails that are here"),
        _("other:  the server, imap.education.gouv.fr (to be checked)"),
        _("other:  the login, which is your whole address (to be checked)"),
        _("other:  acterm’s password, an « application password » of the webmail (to be checked)"),
    )
    first = (
        (Choice(Stage.APPLICATION, _("The application password is refused: make a new one")),)
        if state.moved
        else (
            Choice(Stage.APPLICATION, _("My académie has moved: switch, step by step")),
            Choice(Stage.SIGNS, _("How do I know whether it has moved?")),
        )
    )
    return Question(
        _("The ministry moves mailboxes to one national mail, académie by académie"),
        Kind.CHOICE,
        facts=_standing(state) + facts,
        why=""
        if state.moved or state.academy
        else _("acterm does not know the day of yours: your académie announces it."),
        choices=(*first, _whom()),
    )


def _standing(state: State) -> tuple[str, ...]:
    """Whether the account, else its académie, is known to be on the national mail."""
    if state.moved:
        return (_("This account is on the national mail already."),)
    if state.academy:
        words = _("{name}: the académie has moved already").format(name=state.academy.name)
        mark = state.academy.confidence.mark
        return (f"{words} ({mark})." if mark else f"{words}.",)
    return ()


def _signs(_state: State) -> Question:
    return Question(
        _("How to know whether your mailbox has moved"),
        Kind.CHOICE,
        facts=(
            _("· your académie has announced the day, on its portal and not by mail alone"),
            _("· the webmail of before leads to messagerie.education.gouv.fr"),
            _("· since that day acterm is refused with a password that the portal takes"),
        ),
        why=_(
            "Distrust a mail that asks to “migrate your mailbox” by a link:"
            " open the webmail yourself."
        ),
        choices=(
            Choice(Stage.APPLICATION, _("It has moved: switch, step by step")),
            Choice("leave", _("It has not: change nothing")),
            _whom(),
        ),
    )


def _application(state: State) -> Question:
    where = _webmail()
    return Question(
        marked(_("Make an application password in the national webmail"), where),
        Kind.CHOICE,
        step=1,
        steps=3,
        page=Page(where.value) if where else None,
        facts=(
            _("1. Sign in there as the académie told you."),
            _("2. Préférences › Mots de passe sécurisés: make one, named acterm (to be checked)."),
            _("3. It is shown once: leave the page open until acterm has it."),
        ),
        why=_("It opens the mail only, and can be withdrawn without changing your password."),
        choices=(Choice("connect", _("Type it into acterm")), _whom())
        if state.moved
        else (Choice(Stage.BEFORE, _("I have it before me")), _whom()),
    )


def _before(state: State) -> Question:
    account = state.begun.account
    label = _("Switch now") if account else _("Connect the mailbox to acterm")
    return Question(
        _("What happens to what is here"),
        Kind.CHOICE,
        step=2,
        steps=3,
        facts=(
            _("· mails stay, also those that the new server does not have"),
            _("· drafts stay; mails in the outbox leave by the new server"),
            _("· folders that it lacks are made there"),
            _("· nothing is deleted on the old server"),
            _("If your config.toml names servers or login, change these lines too."),
        ),
        why=_("acterm signs in once to the new server, and switches only when it is accepted."),
        choices=(Choice("switch", label), Choice("leave", _("Not now"))),
    )


def _done(_state: State) -> Question:
    return Question(
        _("Your mailbox is on the national mail"),
        Kind.END,
        facts=(
            _("Mails, drafts and outbox are where they were."),
            _(
                "Change the server on your telephone and other computers too,"
                " each with an application password of its own."
            ),
        ),
    )


def _whom() -> Choice:
    return Choice("contacts", _("Whom to call"))


def _webmail() -> Contact | None:
    contacts = directory.profiles()[directory.NATIONAL].contacts
    return next((one for one in contacts if one.kind == "webmail"), None)


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.WHAT: _what,
    Stage.SIGNS: _signs,
    Stage.APPLICATION: _application,
    Stage.BEFORE: _before,
    Stage.DONE: _done,
}

FLOW: Flow[Any] = Flow(
    start=start,
    question=question,
    answered=answered,
    back=back,
    heard=heard,
    kept=kept,
    resumed=resumed,
    hints=hints,
)
