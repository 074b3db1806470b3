"""What the flow of a stolen account says.

Sources: cybermalveillance.gouv.fr; service-public.fr, « Piratage d’un compte d’utilisateur »
(F34010); Code pénal, art. 323-1 and 226-4-1; RGPD, art. 33; Code général de la fonction publique,
art. L121-7.
"""

import datetime
from collections.abc import Callable
from dataclasses import replace

from acterm.academy import directory, helpdesk
from acterm.assistant import pages
from acterm.assistant.compromised import journal
from acterm.assistant.compromised.steps import ORDER, SCRIPT, Stage, State, ways
from acterm.assistant.contacts import words as contacts_words
from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.server_rules import words as server_rules_words
from acterm.assistant.server_rules.visit import Phase
from acterm.i18n import N_, _, ngettext
from acterm.mail.clean import clean
from acterm.mail.signs.sent_signs import MANY, SentMail

_MOST_LINES, _WIDEST = 9, 72
_OURS = "# acterm:"
"""Begins the lines by which acterm finds its own rules again: they do nothing."""
_MOST_JOURNAL = 6
_MOST_MAILS = 8
_CHOICES = {
    "next": (N_("Go on"), ""),
    "changed": (N_("I have changed it"), N_("Also wherever the same one was used.")),
    "lost_password": (N_("Change it now"), N_("The official page, step by step.")),
    "remove": (N_("Delete these rules"), N_("Their text goes into the journal; it can be undone.")),
    "switch-off": (N_("Only switch them off"), N_("They stay on the server.")),
    "keep": (N_("They are mine: keep them"), ""),
    "undo": (N_("Undo"), N_("As it was before.")),
    "mine": (N_("I know all of them"), N_("It is noted in the journal.")),
    "write": (N_("Write to them"), N_("A mail is prepared; you choose who receives it.")),
    "help": (N_("Write to the help desk"), N_("The journal is in the mail.")),
    "contacts": (N_("Whom to call"), N_("Telephone numbers and opening hours.")),
    "save": (N_("Save it as a file"), N_("In your documents folder, to print or hand in.")),
    "draft": (N_("Put it into a mail"), N_("To the help desk or your head of school.")),
    "leave": (N_("That is all"), ""),
}


def question(state: State) -> Question:
    """What to show now, with its place among the steps."""
    stage = Stage.RULES if state.stage is Stage.SCRIPT else state.stage
    asked = _QUESTIONS[state.stage](state)
    return replace(
        asked,
        step=ORDER.index(stage) + 1,
        steps=len(ORDER),
        problem=state.problem or asked.problem,
    )


def _choices(state: State) -> tuple[Choice, ...]:
    return tuple(_choice(state, key) for key in ways(state))


def _choice(state: State, key: str) -> Choice:
    if key.startswith(SCRIPT):
        script = state.visit.scripts[int(key.removeprefix(SCRIPT))]
        label = _("Look at “{name}”").format(name=journal.name_of(script))
        words = _("Mail leaves through it") if journal.is_forwarding(script) else ""
        return Choice(key, label, words)
    if key not in _CHOICES:
        return server_rules_words.choices((key,))[0]
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


def _noticed(_state: State) -> Question:
    return Question(
        _("What did you notice, and when?"),
        Kind.LONG,
        why=_("It begins your journal: a few words now are worth more than memory next week."),
        then=_("It stays on this machine until you hand it in. Write no password into it."),
    )


def _password(state: State) -> Question:
    return Question(
        _("First of all: is the password changed?"),
        Kind.CHOICE,
        why=_("As long as the old one works, everything else can be undone by the thief."),
        then=_("Change it everywhere it was used, from a computer you trust."),
        facts=(
            _("A virus may have read it: if this machine is in doubt, use another one."),
            _("Not by a link in a mail: only on the académie’s page that you open yourself."),
        ),
        choices=_choices(state),
    )


def _rules(state: State) -> Question:
    if state.visit.phase is not Phase.READY:
        asked = server_rules_words.question(state.visit)
        return replace(asked, choices=_choices(state)) if asked.kind is not Kind.WAIT else asked
    scripts = state.visit.scripts
    leaving = any(journal.is_forwarding(script) for script in scripts)
    if leaving:
        title = _("Rules on the server send your mail elsewhere.")
    elif scripts:
        title = _("These rules are on the server.")
    else:
        title = _("There are no rules on the server.")
    return Question(
        title,
        Kind.CHOICE,
        why=_("Thieves leave forwarding behind: it goes on after the password is changed."),
        then=_("The webmail may forward by a setting that acterm cannot see: look there as well."),
        facts=tuple(journal.script_words(script) for script in scripts),
        choices=_choices(state),
        problem=state.visit.problem,
    )


def _script(state: State) -> Question:
    script = state.shown
    lines = clean(script.text.encode("utf-8", "replace").decode()).split("\n") if script else []
    shown = [_cut(line) for line in lines if line.strip() and not line.startswith(_OURS)]
    more = ("…",) if len(shown) > _MOST_LINES else ()
    return Question(
        _("Do you know the rules “{name}”?").format(name=journal.name_of(script) if script else ""),
        Kind.CHOICE,
        why=journal.script_words(script) if script else "",
        then=_("If in doubt, switch them off: the help desk can still look at them."),
        facts=tuple(f"  {line}" for line in shown[:_MOST_LINES]) + more,
        choices=_choices(state),
        problem=state.visit.problem,
    )


def _cut(line: str) -> str:
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"


def _sent(state: State) -> Question:
    if state.begun.account is None:
        return Question(
            _("Look at your sent mails in the webmail."),
            Kind.CHOICE,
            why=_("Mails at night, to many people, or that you did not write."),
            choices=_choices(state),
        )
    if state.sent is None:
        return Question(_("Looking at the sent mails…"), Kind.WAIT)
    strange = state.sent.all
    title = _("Did you write these mails?") if strange else _("No sent mail looks strange.")
    rule = _("Shown are mails from midnight to 5, to {many} people or more, or many in an hour.")
    return Question(
        title,
        Kind.CHOICE,
        why=rule.format(many=MANY),
        then=_("A thief may send without leaving a copy: an empty list proves nothing."),
        facts=(
            journal.looked(state.sent),
            *(journal.mail_words(mail) for mail in strange[:_MOST_MAILS]),
            *_more(strange),
        ),
        choices=_choices(state),
    )


def _more(strange: tuple[SentMail, ...]) -> tuple[str, ...]:
    count = len(strange) - _MOST_MAILS
    words = ngettext("and {count} more, in the journal", "and {count} more, in the journal", count)
    return (words.format(count=count),) if count > 0 else ()


def _sign_ins(state: State) -> Question:
    return Question(
        _("Who has signed in? The mail server does not tell acterm."),
        Kind.CHOICE,
        why=_("Its log has hours and addresses of every sign-in; the help desk can read it."),
        then=_("Ask them to end every open session as well."),
        facts=(
            _("Some webmails show the last sign-in at the bottom of the page (to be checked)."),
            _("Note what you know: where and when you signed in yourself these days."),
        ),
        choices=_choices(state),
    )


def _warn(state: State) -> Question:
    return Question(
        _("Shall your correspondents be warned?"),
        Kind.CHOICE,
        why=_("A mail in your name is believed: pupils, parents and colleagues may click."),
        then=_("Use Bcc for many, and no link: yours must not look like the thief’s."),
        choices=_choices(state),
    )


def _call(state: State) -> Question:
    academy = directory.academies().get(state.begun.academy)
    kinds = ("phone", "hours", "helpdesk-phone", "helpdesk-hours", "helpdesk-email")
    found = [one for one in helpdesk.contacts(academy) if one.kind in kinds] if academy else []
    officer = helpdesk.first(academy, "data-protection") if academy else None
    protection = (
        (pages.marked(f"{helpdesk.label(officer)}  {officer.value}", officer),) if officer else ()
    )
    moment = datetime.datetime.fromtimestamp(state.begun.now, datetime.UTC)
    return Question(
        _("Call the help desk, and tell your head of school."),
        Kind.CHOICE,
        why=_("Only they can end open sessions, read the log and stop mail in your name."),
        then=contacts_words.note(found),
        facts=(*(contacts_words.facts(found, moment) or (contacts_words.nobody(),)), *protection),
        choices=_choices(state),
    )


def _law(state: State) -> Question:
    return Question(
        _("What the law says, in plain words"),
        Kind.CHOICE,
        why=_("You are the victim. What is expected of you is to tell quickly, and to say all."),
        then=_("This is no legal advice; the rectorat’s legal service or a union can give it."),
        facts=(
            _("• Entering a mailbox without right is an offence, whoever does it (Code pénal,"
              " art. 323-1); so is posing as you in order to harm (art. 226-4-1)."),
            _("• If data of pupils or families were within reach, the académie has 72 hours to"
              " tell the CNIL (RGPD, art. 33): it needs to know from you at once."),
            _("• Discretion about what you learn at work stays your duty: say what could be read"
              " (Code général de la fonction publique, art. L121-7)."),
            _("• Complaint: police, gendarmerie or the procureur; online (THESEE) only when money"
              " was asked in your name (service-public.fr, F34010)."),
        ),
        choices=_choices(state),
    )  # fmt: skip


def _journal(state: State) -> Question:
    saved = (_("The journal is saved: {path}").format(path=state.saved),) if state.saved else ()
    lines = journal.whole(state.begun, state.notes).split("\n")
    facts = [line for line in lines if line.strip()]
    more = ("…",) if len(facts) > _MOST_JOURNAL else ()
    return Question(
        _("Your journal, to hand in"),
        Kind.CHOICE,
        why=_("It has what you noticed and did, in order, without any secret."),
        then=_("Keep the strange mails too: do not delete them before somebody has seen them."),
        facts=(*saved, *facts[: _MOST_JOURNAL - len(saved)], *more),
        choices=_choices(state),
    )


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.NOTICED: _noticed,
    Stage.PASSWORD: _password,
    Stage.RULES: _rules,
    Stage.SCRIPT: _script,
    Stage.SENT: _sent,
    Stage.SIGN_INS: _sign_ins,
    Stage.WARN: _warn,
    Stage.CALL: _call,
    Stage.LAW: _law,
    Stage.JOURNAL: _journal,
}
