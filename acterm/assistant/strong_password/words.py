"""What the flow of strong passwords says.

Sources: CNIL, recommendation on passwords of 21 July 2022; ANSSI with the CNIL, guide on
authentication and passwords, 2021. Both are paraphrased.
"""

from collections.abc import Callable

from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.strong_password.steps import Stage, State, ways
from acterm.i18n import N_, _
from acterm.vault.strength import Form

_CHOICES = {
    "judge": (N_("Judge a password"), N_("It stays here; only the verdict is shown.")),
    "phrase": (
        N_("Make a phrase of seven words"),
        N_("Long to guess, easy to remember and to type."),
    ),
    "characters": (
        N_("Make 14 characters with signs"),
        N_("Typed on a French keyboard without AltGr."),
    ),
    "letters": (
        N_("Make 14 letters and digits"),
        N_("When the page refuses signs or a long phrase."),
    ),
    "another": (N_("Another one of the same kind"), ""),
    "rules": (N_("The rules, and who asks for them"), N_("CNIL, ANSSI, and what they advise.")),
    "renewal": (N_("Renewal every year"), N_("What the académie asks, and what helps.")),
    "reminder": (
        N_("A reminder for my agenda"),
        N_("A file for eleven months from now; no password in it."),
    ),
    "access": (N_("Where it is changed"), N_("The académie’s official pages.")),
    "menu": (N_("Back to what acterm can do"), ""),
    "leave": (N_("That is all"), ""),
}


def question(state: State) -> Question:
    """What to show now."""
    return _QUESTIONS[state.stage](state)


def _choices(state: State) -> tuple[Choice, ...]:
    told = [(key, *_CHOICES[key]) for key in ways(state)]
    return tuple(Choice(key, _(label), _(words) if words else "") for key, label, words in told)


def _menu(state: State) -> Question:
    return Question(
        _("What about your password?"),
        Kind.CHOICE,
        why=_("It opens your mail, your pupils’ marks and your pay: it is worth a good one."),
        then=_("Nothing is stored and nothing leaves this machine."),
        choices=_choices(state),
    )


def _typed(state: State) -> Question:
    return Question(
        _("Which password shall be judged?"),
        Kind.SECRET,
        why=_("acterm counts how it would be guessed: French words, first names, dates, keys."),
        then=_("It is judged on this machine, then forgotten: not stored, not shown."),
        problem=_("Nothing was typed.") if state.is_empty else "",
    )


def _judged(state: State) -> Question:
    found = state.judgement
    if found is None:
        return _menu(state)
    if found.form is Form.NONE:
        form = _("CNIL: none of the three forms")
    else:
        form = _("CNIL: {form}").format(form=found.form.words)
    return Question(
        found.words,
        Kind.CHOICE,
        why=_verdict(found.is_good, found.score),
        then=_("Never the same as that of a private account: one stolen would open both."),
        facts=(form, *found.advice),
        choices=_choices(state),
    )


def _verdict(is_good: bool, score: int) -> str:
    if is_good:
        return _("It can be your académie’s password.")
    if score >= 3:
        return _("It is long to guess, but pages that follow the CNIL may refuse it.")
    return _("Take another one: acterm can make it.")


def _made(state: State) -> Question:
    if state.made is None:
        return _menu(state)
    password = state.made.secret.reveal()
    return Question(
        _("Here is a new password."),
        Kind.CHOICE,
        why=_("Drawn by chance, {bits} bits: the CNIL asks for 80.").format(
            bits=int(state.made.bits)
        ),
        then=_("acterm forgets it with the next step. Type it on the académie’s page."),
        facts=(password, *_how_to_type(state.kind)),
        choices=_choices(state),
        copy=password,
    )


def _how_to_type(kind: str) -> tuple[str, ...]:
    if kind == "phrase":
        return (
            _("Make a picture of the words: a scene, however odd, stays in mind."),
            _("A page may refuse it as too long: then take 14 characters."),
        )
    return (
        _("No l, I, O, 0 or 1 in it: nothing looks like another."),
        _("What is copied stays in the clipboard: copy something else afterwards."),
    )


def _rules(state: State) -> Question:
    return Question(
        _("What makes a good password"),
        Kind.CHOICE,
        why=_("Sources: CNIL, recommendation of 21 July 2022; ANSSI and CNIL, guide of 2021."),
        facts=(
            _("One of: 12 characters of four kinds, 14 of three kinds, seven words by chance."),
            _("Another one for each account, never that of a private account."),
            _("Nobody has the right to ask for it: not the help desk, not a superior."),
            _("The académie never asks for it by mail or by telephone."),
            _("Never on paper at the desk, never kept by a browser."),
            _("If it may be known to others: change it at once, wherever it serves."),
        ),
        choices=_choices(state),
    )


def _renewal(state: State) -> Question:
    saved = (_("Open it with your agenda: {path}").format(path=state.saved),) if state.saved else ()
    return Question(
        _("Renewal every year"),
        Kind.CHOICE,
        why=_("An expired password blocks the portals, often without a clear message."),
        facts=(
            *saved,
            _("Several académies ask for a new password each year (yours: to be checked)."),
            _("CNIL and ANSSI no longer advise it by date, but your account follows its rule."),
            _("Change it on a quiet day, in September for instance, not on a Sunday evening."),
            _("A really new one: a digit more at the end is tried first."),
            _("Then in acterm, on your telephone, and in every other mail program."),
        ),
        choices=_choices(state),
        problem=state.problem,
    )


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.MENU: _menu,
    Stage.TYPED: _typed,
    Stage.JUDGED: _judged,
    Stage.MADE: _made,
    Stage.RULES: _rules,
    Stage.RENEWAL: _renewal,
}
