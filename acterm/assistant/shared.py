"""Machine partagée: what it means, how to begin, and when the screen locks."""

from dataclasses import dataclass, replace

from acterm import paths
from acterm.assistant.flow import Choice, Flow, Kind, Leave, Question, Start, StartShared, Turn
from acterm.i18n import N_, _, ngettext
from acterm.secret import Secret

_MINUTES = ("2", "5", "15")
USUAL = "5"
_CHOICES = {
    "begin": (
        N_("Others use it: leave nothing here"),
        N_("acterm begins again with an empty memory."),
    ),
    "alone": (N_("Only I use it"), N_("acterm keeps your mail here, the password sealed.")),
    "leave": (N_("That is all"), ""),
}


@dataclass(frozen=True, slots=True)
class State:
    """Whether this session is a shared one, and after how many minutes it locks, as chosen."""

    is_shared: bool = False
    minutes: str = ""


def start(_given: Start) -> Turn[State]:
    """Begin where this session stands."""
    return Turn(State(paths.is_shared()))


def answered(state: State, answer: str | Secret = "", *, choice: str = "") -> Turn[State]:
    """Begin again, choose the minutes, or go."""
    if state.is_shared and choice in _MINUTES:
        return Turn(replace(state, minutes=choice), onward=Leave())
    if not state.is_shared and choice in ("", "begin"):
        return Turn(state, onward=StartShared())
    return Turn(state, onward=Leave())


def question(state: State) -> Question:
    """What to show now."""
    return _in_shared(state) if state.is_shared else _before()


def kept(state: State) -> dict[str, str]:
    """The minutes, for the app that locks."""
    return {"minutes": state.minutes} if state.minutes else {}


def _before() -> Question:
    return Question(
        _("Is this computer used by others too?"),
        Kind.CHOICE,
        why=_("A password or mail left on a school’s computer is found by the next person."),
        then=_("What you save yourself, an attachment for instance, stays: delete it."),
        facts=(
            _("Nothing on the disk: mail in memory, the password for this session only."),
            _("The screen locks after {minutes} minutes, and by its key.").format(minutes=USUAL),
            _("Drafts go to the server at each pause; a mail leaves at once."),
            _("At the end, and when the line is cut, everything here is wiped."),
            _("Nothing protects from a computer that records keys: your own is better."),
        ),
        choices=tuple(_choice(key) for key in ("begin", "alone")),
    )


def _in_shared(state: State) -> Question:
    return Question(
        _("Nothing of this session stays on this computer."),
        Kind.CHOICE,
        why=_("When shall the screen lock by itself?"),
        then=_("A mail that cannot leave stays in the server’s Drafts, marked “to send”."),
        facts=(
            _("Offline, nothing can be kept: acterm says so before you write."),
            _("What you save yourself, an attachment for instance, stays: delete it."),
        ),
        choices=(*(_minutes(one) for one in _ordered()), _choice("leave")),
    )


def _ordered() -> tuple[str, ...]:
    return (USUAL, *(one for one in _MINUTES if one != USUAL))


def _minutes(count: str) -> Choice:
    number = int(count)
    words = ngettext("Lock after {count} minute", "Lock after {count} minutes", number)
    return Choice(count, words.format(count=number))


def _choice(key: str) -> Choice:
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


FLOW = Flow(start=start, question=question, answered=answered, back=lambda state: state, kept=kept)
