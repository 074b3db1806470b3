"""What the flow of the diagnosis says."""

from collections.abc import Callable, Sequence

from acterm.assistant.doctor.steps import PAGE, Stage, State, ways
from acterm.assistant.flow import Choice, Kind, Question
from acterm.engine.doctor.checks import FAILED, OK
from acterm.engine.messages.assistant import DoctorLine
from acterm.i18n import N_, _, ngettext

_CHOICES = {
    "run": (N_("Check everything"), N_("Some seconds; one sign-in at most.")),
    "all": (N_("Every line"), N_("Also what is in order.")),
    "mail": (N_("Write a mail with the page"), N_("You read it before it leaves.")),
    "save": (N_("Save the page"), N_("A text file in your documents.")),
    "more": (N_("Next lines"), ""),
    "done": (N_("Back to what is wrong"), ""),
    "leave": (N_("That is all"), ""),
}
_WIDTH = 70  # of a line of the page on 80 columns, with room for words that do not break
_MARKS = {OK: "✓", FAILED: "✗"}


def question(state: State) -> Question:
    """What to show now."""
    return _QUESTIONS[state.stage](state)


def _choices(state: State) -> tuple[Choice, ...]:
    told = [(key, *_CHOICES[key]) for key in ways(state)]
    return tuple(Choice(key, _(label), _(words) if words else "") for key, label, words in told)


def _before(state: State) -> Question:
    return Question(
        _("What shall be checked?"),
        Kind.CHOICE,
        why=_("Names, clock, ports, certificates, sign-in, keyring, files, terminal, versions."),
        then=_("One page for the help desk; it holds no password, no NUMEN, no mail."),
        choices=_choices(state),
        problem=state.problem,
    )


def _running(state: State) -> Question:
    """The newest lines, as far as they stand on the smallest terminal."""
    shown = _fitting([_line(one) for one in reversed(state.lines)], 12)
    return Question(_("Checking…"), Kind.WAIT, facts=tuple(reversed(shown)))


def _done(state: State) -> Question:
    wrong = [one for one in state.lines if one.state == FAILED]
    notes = [one for one in state.lines if one.state not in (OK, FAILED)]
    told = [_line(one) for one in (*wrong, *notes)]
    right = len(state.lines) - len(told)
    saved = (_("The page is saved: {path}").format(path=state.saved),) if state.saved else ()
    shown = _fitting(told, 4 if saved else 6)
    count = ngettext("{count} check in order", "{count} checks in order", right)
    facts = [*shown, *_rest(len(told) - len(shown)), f"✓ {count.format(count=right)}", *saved]
    return Question(
        _title(len(wrong)),
        Kind.CHOICE,
        why=_("✗ is a problem, · worth knowing. The copy key takes the whole page."),
        facts=tuple(facts),
        choices=_choices(state),
        copy=state.page,
        problem=state.problem,
    )


def _fitting(lines: Sequence[str], rows: int) -> list[str]:
    """As many lines as stand in so many rows of the smallest terminal, one at least."""
    shown: list[str] = []
    for line in lines:
        rows -= -(-len(line) // _WIDTH)
        if shown and rows < 0:
            break
        shown.append(line)
    return shown


def _rest(count: int) -> tuple[str, ...]:
    words = ngettext("… and {count} more line", "… and {count} more lines", count)
    return (words.format(count=count),) if count else ()


def _title(wrong: int) -> str:
    if not wrong:
        return _("Nothing is wrong that can be checked from here.")
    words = ngettext("{count} problem was found.", "{count} problems were found.", wrong)
    return words.format(count=wrong)


def _all(state: State) -> Question:
    return Question(
        _("Every line of the page"),
        Kind.CHOICE,
        facts=tuple(_line(one) for one in state.lines[state.first : state.first + PAGE]),
        choices=_choices(state),
        copy=state.page,
        step=state.first // PAGE + 1,
        steps=-(-len(state.lines) // PAGE),
    )


def _saving(_state: State) -> Question:
    return Question(_("One moment…"), Kind.WAIT)


def _line(line: DoctorLine) -> str:
    return f"{_MARKS.get(line.state, '·')} {line.text}"


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.BEFORE: _before,
    Stage.RUNNING: _running,
    Stage.DONE: _done,
    Stage.ALL: _all,
    Stage.SAVING: _saving,
}
