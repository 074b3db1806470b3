"""Mot de passe solide: how strong a password is, a new one, and what the rules are.

What is typed is judged and forgotten. A password that was made is in the state until the next
question; nothing of either is written down.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from acterm.assistant.flow import GoTo, Leave, Start, Turn
from acterm.engine.messages.assistant import SaveText, TextSaved
from acterm.engine.messages.base import Event, Failed
from acterm.i18n import _
from acterm.secret import Secret
from acterm.vault import generator
from acterm.vault.generator import Generated
from acterm.vault.strength import Judgement, judge

_RENEW_AFTER = 335  # days: a month before the year is over


class Stage(StrEnum):
    """Which question is asked."""

    MENU = "menu"
    TYPED = "typed"
    JUDGED = "judged"
    MADE = "made"
    RULES = "rules"
    RENEWAL = "renewal"


@dataclass(frozen=True, slots=True)
class State:
    """Where the person is. `own` is what others know of them; `made` of what kind is shown.

    `today` is in seconds since 1970; `saved` is where the reminder is.
    """

    stage: Stage = Stage.MENU
    own: tuple[str, ...] = ()
    judgement: Judgement | None = None
    made: Generated | None = None
    kind: str = ""
    is_empty: bool = False
    today: float = 0.0
    saved: str = ""
    problem: str = ""


_MAKERS: dict[str, Callable[[], Generated]] = {
    "phrase": generator.phrase,
    "characters": generator.characters,
    "letters": lambda: generator.characters(signs=False),
}
_WAYS = {
    Stage.MENU: ("judge", *_MAKERS, "rules", "renewal"),
    Stage.TYPED: (),
    Stage.JUDGED: ("phrase", "characters", "judge", "rules", "leave"),
    Stage.MADE: ("another", *_MAKERS, "access", "leave"),
    Stage.RULES: ("renewal", "menu"),
    Stage.RENEWAL: ("reminder", "rules", "menu"),
}


def ways(state: State) -> tuple[str, ...]:
    """The choices of the question, the proposed one first."""
    listed = tuple(way for way in _WAYS[state.stage] if way != state.kind)
    is_good = state.judgement is not None and state.judgement.is_good
    return tuple(reversed(listed)) if is_good else listed


def start(given: Start) -> Turn[State]:
    """Begin with what to do."""
    account = given.account
    own = (account.name, account.login, account.address) if account else ()
    return Turn(State(own=own, today=given.now))


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """What is typed is judged; a choice leads on."""
    calm = replace(state, is_empty=False, saved="", problem="")
    if state.stage is Stage.TYPED:
        return Turn(_judged(calm, answer if isinstance(answer, Secret) else Secret(answer)))
    choice = choice or ways(state)[0]
    if choice not in ways(state):
        return Turn(state)
    if choice in ("access", "leave"):
        onward = GoTo("access") if choice == "access" else Leave()
        return Turn(_at(calm, Stage.MENU), onward=onward)
    if choice == "reminder":
        return Turn(calm, (SaveText(_("password-reminder.ics"), reminder(state.today)),))
    kind = state.kind if choice == "another" else choice
    if kind in _MAKERS:
        return Turn(replace(_at(calm, Stage.MADE), made=_MAKERS[kind](), kind=kind))
    return Turn(_at(calm, Stage.TYPED if choice == "judge" else Stage(choice)))


def heard(state: State, event: Event) -> Turn[State]:
    """The reminder is in a file, or why not."""
    if state.stage is Stage.RENEWAL and isinstance(event, TextSaved):
        return Turn(replace(state, saved=event.path))
    if state.stage is Stage.RENEWAL and isinstance(event, Failed):
        return Turn(replace(state, problem=f"{event.title} {event.advice}".rstrip()))
    return Turn(state)


def reminder(today: float) -> str:
    """An appointment eleven months from now, for any agenda (RFC 5545)."""
    now = datetime.fromtimestamp(today).astimezone()
    day = now + timedelta(days=_RENEW_AFTER)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//acterm//FR",
        "BEGIN:VEVENT",
        f"UID:password-{int(today)}@acterm.invalid",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        "SUMMARY:" + _("Renew the académie’s password"),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:" + _("Renew the académie’s password"),
        "TRIGGER:-P7D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{line}\r\n" for line in lines)


def back(state: State) -> State:
    """A new password to judge, else what to do."""
    if state.stage is Stage.JUDGED:
        return _at(state, Stage.TYPED)
    return state if state.stage is Stage.MENU else _at(state, Stage.MENU)


def _judged(state: State, typed: Secret) -> State:
    if not typed:
        return replace(state, is_empty=True)
    return replace(_at(state, Stage.JUDGED), judgement=judge(typed, state.own))


def _at(state: State, stage: Stage) -> State:
    """Another question; no password goes with it."""
    return State(stage=stage, own=state.own, today=state.today)
