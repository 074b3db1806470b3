"""What the flow of filters says."""

from collections.abc import Callable

from acterm.assistant.filters.steps import Stage, State, ways
from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.paged import MORE
from acterm.assistant.server_rules import words as server_rules_words
from acterm.assistant.server_rules.visit import Phase
from acterm.assistant.server_rules.words import place_label, rule_words
from acterm.i18n import N_, _, ngettext
from acterm.mail.clean import clean
from acterm.mail.sieve.script import Action, Where

_MOST_LISTED = 8
_CHOICES = {
    "add": (N_("Add a rule"), N_("Four short questions.")),
    "on": (N_("Switch these rules on"), N_("They decide again over new mail.")),
    "remove": (N_("Remove a rule"), N_("It can be undone.")),
    "keep": (N_("Keep this rule"), N_("It works from the next mail on; old mail stays.")),
    "words": (N_("Correct the words"), ""),
    "drop": (N_("Do not keep it"), ""),
    Where.FROM: (N_("The sender"), N_("Name or address, or only what follows the @.")),
    Where.SUBJECT: (N_("The subject"), N_("Words that are always in it.")),
    Where.LIST: (N_("The mailing list"), N_("A list’s address stays the same, senders change.")),
    Where.TO: (N_("The recipient"), N_("When it was sent to another address than yours.")),
    Action.FILE: (N_("File it in a folder"), N_("It no longer appears in the inbox.")),
    Action.FLAG: (N_("Flag it"), N_("It stays in the inbox, with a star.")),
    Action.READ: (N_("Mark it as read"), N_("It stays in the inbox and does not count.")),
    Action.BIN: (N_("Put it into the bin"), N_("It can be found there as long as the bin keeps.")),
}


def question(state: State) -> Question:
    """What to show now."""
    if state.visit.phase is not Phase.READY:
        return server_rules_words.question(state.visit)
    return _QUESTIONS[state.stage](state)


def _choices(state: State) -> tuple[Choice, ...]:
    return tuple(_choice(key) for key in ways(state))


def _choice(key: str) -> Choice:
    if key not in _CHOICES:
        return server_rules_words.choices((key,))[0]
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


def _paged(state: State, labels: list[str]) -> tuple[Choice, ...]:
    """One page of numbered lines."""
    return tuple(
        Choice(key, _("Others") if key == MORE else labels[int(key)]) for key in ways(state)
    )


def _list(state: State) -> Question:
    count = len(state.rules)
    if not count:
        title = _("No filter of acterm’s yet.")
    elif state.visit.works:
        title = ngettext("{count} filter works.", "{count} filters work.", count)
    elif any(script.active for script in state.visit.scripts):
        title = _("The filters are kept, but other rules decide now.")
    else:
        title = _("The filters are kept, switched off.")
    places = state.visit.read.places if state.visit.read else ()
    listed = [f"{number}. {rule_words(rule, places)}" for number, rule in enumerate(state.rules, 1)]
    if count > _MOST_LISTED:
        listed = [*listed[: _MOST_LISTED - 1], "…"]
    return Question(
        title.format(count=count),
        Kind.CHOICE,
        why=_("The académie’s server files mail on arrival, for every program you read it with."),
        then=_("No forwarding here: several académies forbid it, and thieves use it."),
        facts=(
            *listed,
            *server_rules_words.former_words(state.visit),
            *server_rules_words.leak_words(state.visit),
        ),
        choices=_choices(state),
        problem=state.visit.problem,
    )


def _where(state: State) -> Question:
    return Question(
        _("By what is the mail recognised?"),
        Kind.CHOICE,
        why=_("One sign is enough; several rules can be made."),
        choices=_choices(state),
        step=1,
        steps=4,
    )


def _words(state: State) -> Question:
    examples = {
        Where.FROM: _("For instance principal, or @somme.fr, or a whole address."),
        Where.SUBJECT: _("For instance [Conseil pédagogique]."),
        Where.LIST: _("For instance maths-amiens: a part of the list’s address."),
        Where.TO: _("For instance ce.0800000x@ac-amiens.fr."),
    }
    titles = {
        Where.FROM: _("Which words in the sender?"),
        Where.SUBJECT: _("Which words in the subject?"),
        Where.LIST: _("Which mailing list?"),
        Where.TO: _("Which words in the recipient?"),
    }
    return Question(
        titles[state.rule.where],
        Kind.TEXT,
        why=examples[state.rule.where],
        then=_("Capitals do not matter; accents do."),
        value=state.rule.words,
        problem=state.problem,
        step=2,
        steps=4,
    )


def _action(state: State) -> Question:
    return Question(
        _("What shall happen with it?"),
        Kind.CHOICE,
        why=_("Mail with “{words}”").format(words=clean(state.rule.words, line=True)),
        then=_("Nothing is ever deleted for good by a rule."),
        choices=_choices(state),
        step=3,
        steps=4,
    )


def _folder(state: State) -> Question:
    return Question(
        _("Into which folder?"),
        Kind.CHOICE,
        why=_("These are the folders of your mailbox, but for drafts, sent mails and the bin."),
        value=str(state.page),
        choices=_paged(state, [place_label(place) for place in state.places]),
        step=4,
        steps=4,
    )


def _check(state: State) -> Question:
    places = state.visit.read.places if state.visit.read else ()
    return Question(
        _("Is this the rule?"),
        Kind.CHOICE,
        why=_("It works after the rules that are there, on new mail only."),
        then=_("A mail that one rule files is settled for the others."),
        facts=(rule_words(state.rule, places),),
        choices=_choices(state),
        problem=state.visit.problem,
    )


def _remove(state: State) -> Question:
    places = state.visit.read.places if state.visit.read else ()
    return Question(
        _("Which rule shall go?"),
        Kind.CHOICE,
        then=_("Mail that it filed stays where it is. It can be undone."),
        value=str(state.page),
        choices=_paged(state, [rule_words(rule, places) for rule in state.rules]),
    )


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.LIST: _list,
    Stage.WHERE: _where,
    Stage.WORDS: _words,
    Stage.ACTION: _action,
    Stage.FOLDER: _folder,
    Stage.CHECK: _check,
    Stage.REMOVE: _remove,
}
