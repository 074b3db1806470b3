"""What the flow of the automatic answer says."""

from collections.abc import Callable

from acterm.assistant.absence.steps import Stage, State, is_now, ways
from acterm.assistant.days import parse_day
from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.server_rules import words as server_rules_words
from acterm.assistant.server_rules.visit import Phase, Visit
from acterm.errors import UsageError
from acterm.i18n import N_, _, ngettext
from acterm.mail.clean import clean
from acterm.mail.days import day_words
from acterm.mail.sieve.plan import answering
from acterm.mail.sieve.script import Absence

_MOST_LINES = 6
_CHOICES = {
    "new": (N_("Prepare an answer"), N_("Days, text, a look at it, then it is switched on.")),
    "on": (N_("Switch it on"), N_("From then on the server answers, also with acterm closed.")),
    "off": (N_("Switch it off"), N_("The text is kept for the next time.")),
    "text": (N_("Correct the text"), ""),
    "days": (N_("Correct the days"), ""),
    "drop": (N_("Not now"), N_("Nothing is changed on the server.")),
    "aside": (N_("Set the other rules aside"), N_("They are kept, and you can go back to them.")),
}


def question(state: State) -> Question:
    """What to show now."""
    if state.visit.phase is not Phase.READY:
        return server_rules_words.question(state.visit)
    return _QUESTIONS[state.stage](state)


def hints(state: State, typed: str) -> tuple[str, ...]:
    """The day that is understood, as it is typed."""
    if state.visit.phase is not Phase.READY or state.stage not in (Stage.FIRST, Stage.LAST):
        return ()
    try:
        return (day_words(parse_day(typed, state.visit.today)),)
    except UsageError:
        return ()


def _choices(state: State) -> tuple[Choice, ...]:
    return tuple(_choice(key) for key in ways(state))


def _choice(key: str) -> Choice:
    if key not in _CHOICES:
        return server_rules_words.choices((key,))[0]
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


def _status(state: State) -> Question:
    visit, absence = state.visit, state.visit.rules.absence
    if not visit.offers("vacation"):
        title = _("This server cannot answer by itself.")
        facts: tuple[str, ...] = (_("It takes filters, but no absence. Look into the webmail."),)
    elif absence is None:
        title, facts = _("No automatic answer is prepared."), ()
    else:
        title = _standing(absence, visit)
        facts = (*_days(absence), *_quoted(absence.text))
    return Question(
        title,
        Kind.CHOICE,
        why=_("The académie’s server answers in your place, also while acterm is closed."),
        then=_("acterm changes its own rules only; every other one stays as it is."),
        facts=(
            *facts,
            *server_rules_words.former_words(visit),
            *server_rules_words.leak_words(visit),
        ),
        choices=_choices(state),
        problem=visit.problem or state.problem,
        page=None if visit.offers("vacation") else server_rules_words.webmail(visit.academy),
    )


def _standing(absence: Absence, visit: Visit) -> str:
    today = visit.today
    if not visit.works and any(script.active for script in visit.scripts):
        return _("An answer is kept, but other rules decide now.")
    if not absence.on or not visit.works:
        return _("The automatic answer is switched off.")
    if is_now(absence, today):
        return _("The automatic answer is switched on.")
    if absence.first and absence.first > today:
        return _("The automatic answer is ready: it begins by itself.")
    return _("The automatic answer has ended by itself.")


def _days(absence: Absence) -> tuple[str, ...]:
    if absence.first and absence.last:
        first, last = day_words(absence.first), day_words(absence.last)
        return (_("From {first} to {last}, both included").format(first=first, last=last),)
    return (_("Until you switch it off"),)


def _quoted(text: str) -> tuple[str, ...]:
    """The text, its empty lines left out: a small screen has no room for them."""
    lines = [line for line in clean(text).split("\n") if line.strip()]
    more = ("  …",) if len(lines) > _MOST_LINES else ()
    return (*(f"  {line}" for line in lines[:_MOST_LINES]), *more)


def _first(state: State) -> Question:
    return Question(
        _("Which is your first day away?"),
        Kind.TEXT,
        why=_("Write it as you like: 19/12, friday, tomorrow. acterm does not guess holidays."),
        then=_("The answer begins at midnight of that day, Paris time, by itself."),
        value=day_words(state.first) if state.first else "",
        problem=state.problem,
        step=1,
        steps=4,
    )


def _last(state: State) -> Question:
    first = day_words(state.first) if state.first else ""
    return Question(
        _("Which is your last day away?"),
        Kind.TEXT,
        why=_("First day: {day}").format(day=first),
        then=_("It still answers all that day, then stops by itself."),
        value=day_words(state.last) if state.last else "",
        problem=state.problem,
        step=2,
        steps=4,
    )


def _text(state: State) -> Question:
    dated = (
        _("The text need not name the days: the subject does.")
        if state.dated
        else _("This server counts no days: write them here, and switch it off by hand.")
    )
    return Question(
        _("What shall people read?"),
        Kind.LONG,
        why=_("Anybody who writes to you receives it: no private telephone, no reason, no place."),
        then=dated,
        value=state.text,
        problem=state.problem,
        step=3 if state.dated else 1,
        steps=4 if state.dated else 2,
    )


def _preview(state: State) -> Question:
    absence = state.absence
    every = ngettext(
        "Once a day to each person; never to lists or spam.",
        "Once in {days} days to each person; never to lists or spam.",
        absence.every,
    ).format(days=absence.every)
    address = state.visit.account.address if state.visit.account else ""
    return Question(
        _("This is what people will receive."),
        Kind.CHOICE,
        why=every,
        then=_("It answers mail addressed to {address}.").format(address=address),
        facts=(
            *_days(absence),
            _("Subject: {subject}").format(subject=absence.subject),
            *_quoted(absence.text),
            *_woken(state.visit),
        ),
        choices=_choices(state),
        problem=state.visit.problem,
        step=4 if state.dated else 2,
        steps=4 if state.dated else 2,
    )


def _woken(visit: Visit) -> tuple[str, ...]:
    """The filters that stand in the same script, and sleep with it."""
    count = len(visit.rules.rules)
    if visit.works or not count:
        return ()
    words = ngettext(
        "Your {count} filter of acterm, switched off now, works again with it.",
        "Your {count} filters of acterm, switched off now, work again with it.",
        count,
    )
    return (words.format(count=count),)


def _aside(state: State) -> Question:
    name = clean(answering(state.visit.scripts), line=True)[:60]
    return Question(
        _("“{name}” answers by itself already.").format(name=name),
        Kind.CHOICE,
        why=_("It was made elsewhere, in the webmail perhaps. Two answers stop each other."),
        then=_("Set aside, it is kept whole, and “Go back to the former rules” brings it back."),
        choices=_choices(state),
        problem=state.visit.problem,
    )


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.STATUS: _status,
    Stage.FIRST: _first,
    Stage.LAST: _last,
    Stage.TEXT: _text,
    Stage.PREVIEW: _preview,
    Stage.ASIDE: _aside,
}
