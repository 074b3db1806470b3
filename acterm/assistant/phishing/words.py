"""What the flow of phishing says.

Sources: cybermalveillance.gouv.fr (diagnosis and reports, confirmed); académies of Rouen, Lyon,
Aix-Marseille and Nancy-Metz for the campaigns; DOMAIN §4.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from acterm.assistant.flow import Choice, Kind, Question
from acterm.assistant.paged import MORE
from acterm.assistant.phishing.cases import ADVICE
from acterm.assistant.phishing.examples import EXAMPLES
from acterm.assistant.phishing.steps import CASE, MAIL, Stage, State, ways
from acterm.i18n import N_, _
from acterm.mail.clean import clean
from acterm.mail.message import Level, Sign

_PARIS = "Europe/Paris"
_MOST_SIGNS = 4
_CHOICES = {
    "check": (N_("Check a mail"), N_("Choose it from the inbox, or paste it.")),
    "choose": (N_("Choose it from the inbox"), N_("The newest thirty mails.")),
    "paste": (N_("Paste it"), N_("Its text, or better its source with all headers.")),
    "clicked": (N_("I clicked, what now?"), N_("By what happened then.")),
    "quiz": (N_("Learn by examples"), N_("Seven mails: a trap, or not?")),
    "report": (N_("Report it"), N_("To whom, and how.")),
    "fake": (N_("A trap"), ""),
    "real": (N_("A real mail"), ""),
    "on": (N_("Go on"), ""),
    MORE: (N_("Others"), ""),
    "menu": (N_("Something else about phishing"), ""),
    "attach": (N_("Send it to the help desk"), N_("As an attachment, its headers with it.")),
    "contacts": (N_("Whom to call"), N_("Telephone numbers and opening hours.")),
    "lost_password": (N_("Change the password now"), N_("Step by step.")),
    "compromised": (N_("My account may be in other hands"), N_("Rules, sent mails, a journal.")),
    "numen": (N_("About the NUMEN"), N_("What it opens, and whom to ask.")),
    "strong_password": (N_("A strong password"), ""),
    "leave": (N_("That is all"), ""),
    f"{CASE}password": (N_("I typed my password"), ""),
    f"{CASE}numen": (N_("I gave my NUMEN, birth date or PIN"), ""),
    f"{CASE}opened": (N_("I opened an attachment"), ""),
    f"{CASE}answered": (N_("I answered the mail"), ""),
    f"{CASE}bank": (N_("I gave a card number or bought a card"), ""),
    f"{CASE}link": (N_("I only clicked on the link"), ""),
}


def question(state: State) -> Question:
    """What to show now."""
    return _QUESTIONS[state.stage](state)


def _choices(state: State) -> tuple[Choice, ...]:
    return tuple(_choice(state, key) for key in ways(state))


def _choice(state: State, key: str) -> Choice:
    if key.startswith(MAIL):
        wanted = int(key.removeprefix(MAIL))
        mail = next(one for one in state.mails or () if one.id == wanted)
        subject = clean(mail.subject, line=True) or _("(no subject)")
        when = datetime.fromtimestamp(mail.date, ZoneInfo(_PARIS))
        sender = clean(mail.sender.name or mail.sender.address, line=True)
        return Choice(key, subject[:48], f"{sender[:24]} · {when:%d/%m}")
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


def _menu(state: State) -> Question:
    fill = state.begun.fill
    real = _("Your mailbox is really at {percent} %: a mail that says otherwise is false.")
    return Question(
        _("A mail looks strange?"),
        Kind.CHOICE,
        why=_("Do not click, do not answer, keep it: the rest has time."),
        then=_("Everything is looked at on this machine; acterm opens no link."),
        facts=(real.format(percent=fill),) if fill >= 0 else (),
        choices=_choices(state),
        problem=state.problem,
    )


def _quiz(state: State) -> Question:
    return Question(
        _("A trap, or a real mail?"),
        Kind.CHOICE,
        why=_("Look at the address, at what is asked, at where the link leads."),
        facts=_mail(state),
        choices=_choices(state),
        step=state.number + 1,
        steps=len(EXAMPLES),
    )


def _mail(state: State) -> tuple[str, ...]:
    example = state.example
    return (
        _("From: {sender}").format(sender=example.sender),
        _("Subject: {subject}").format(subject=_(example.subject)),
        "",
        *(f"  {_(line)}" for line in example.text),
    )


def _verdict(state: State) -> Question:
    example = state.example
    if example.is_fake:
        title = _("Yes, a trap.") if state.was_right else _("It was a trap.")
    else:
        title = _("Yes, a real mail.") if state.was_right else _("It was a real mail.")
    return Question(
        title,
        Kind.CHOICE,
        why=_("All of it is invented: names, addresses, links."),
        facts=(*_mail(state), "", *(f"• {_(sign)}" for sign in example.signs)),
        choices=_choices(state),
        step=state.number + 1,
        steps=len(EXAMPLES),
    )


def _score(state: State) -> Question:
    return Question(
        _("{right} of {count} were right.").format(right=state.right, count=len(EXAMPLES)),
        Kind.CHOICE,
        why=_("Whoever is in a hurry clicks, and everybody is in a hurry some day: no shame."),
        facts=(
            _("• Look at the real address, not at the name."),
            _("• Look where a link leads before it is opened: acterm writes its host beside it."),
            _("• No password, NUMEN, PIN or code goes into a mail or behind its link."),
            _("• In doubt, open the site yourself, or telephone."),
        ),
        choices=_choices(state),
    )


def _check(state: State) -> Question:
    return Question(
        _("Which mail shall be checked?"),
        Kind.CHOICE,
        why=_("acterm looks for signs and names each of them; it never says that a mail is safe."),
        then=_("Nothing of it is sent anywhere, and none of its links is opened."),
        choices=_choices(state),
        problem=state.problem,
    )


def _paste(state: State) -> Question:
    return Question(
        _("Paste the mail here."),
        Kind.LONG,
        why=_("The source tells most: in webmails “Afficher la source” or “Code source”."),
        then=_("It is read on this machine and forgotten."),
        problem=state.problem,
    )


def _choose(state: State) -> Question:
    if state.mails is None:
        return Question(_("Reading the list…"), Kind.WAIT)
    title = _("Which one?") if state.mails else _("The inbox is empty here.")
    return Question(title, Kind.CHOICE, value=str(state.page), choices=_choices(state))


def _looking(_state: State) -> Question:
    return Question(_("Looking at the mail…"), Kind.WAIT)


def _result(state: State) -> Question:
    titles = {
        Level.SUSPECT: _("Very suspect"),
        Level.VERIFY: _("To be checked"),
        Level.NOTE: _("No sign of a trap was found. That is no proof."),
        None: _("No sign of a trap was found. That is no proof."),
    }
    found = state.found
    facts: list[str] = []
    if found is not None:
        facts += [_sign_words(sign) for sign in found.signs[:_MOST_SIGNS]]
        facts += [""] if facts else []
        facts.append(_("From: {sender}").format(sender=found.sender or _("unknown")))
        if found.subject:
            facts.append(_("Subject: {subject}").format(subject=found.subject[:100]))
        hosts = ", ".join(found.links)
        facts.append(
            _("Links lead to: {hosts}").format(hosts=hosts) if hosts else _("There is no link.")
        )
    return Question(
        titles[state.level],
        Kind.CHOICE,
        why=_("A sign is a reason to look twice, not a verdict; a good trap shows none."),
        then=_("When it wants something from you, ask the sender by another way."),
        facts=tuple(facts),
        choices=_choices(state),
    )


def _sign_words(sign: Sign) -> str:
    return f"· {sign.text}" if sign.level is Level.NOTE else f"!! {sign.text}"


def _clicked(state: State) -> Question:
    return Question(
        _("What happened?"),
        Kind.CHOICE,
        why=_("It happens to careful people. What counts is what you do now."),
        choices=_choices(state),
    )


def _case(state: State) -> Question:
    title, lines = ADVICE[state.case]
    return Question(
        _(title),
        Kind.CHOICE,
        why=_("Keep the mail: it is the proof, and the help desk wants to see it."),
        facts=tuple(_(line) for line in lines),
        choices=_choices(state),
    )


def _report(state: State) -> Question:
    return Question(
        _("Whom to tell"),
        Kind.CHOICE,
        why=_("A report protects the colleagues who receive the same mail."),
        then=_("acterm reports nothing by itself; sites are opened by you. Delete it only after."),
        facts=(
            _("• Your help desk: the mail as an attachment; a plain forward loses its headers."),
            _("• Whoever it imitates: bank, ministry, shop, by their real site."),
            _("• The mail: Signal Spam, signal-spam.fr."),
            _("• The false site: Phishing Initiative, phishing-initiative.fr (to be checked)."),
            _("• Threats, illegal content: PHAROS, internet-signalement.gouv.fr (to be checked)."),
            _("33700 is for SMS and calls, not for mail."),
        ),
        choices=_choices(state),
        problem=state.problem,
    )


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.MENU: _menu,
    Stage.QUIZ: _quiz,
    Stage.VERDICT: _verdict,
    Stage.SCORE: _score,
    Stage.CHECK: _check,
    Stage.PASTE: _paste,
    Stage.CHOOSE: _choose,
    Stage.LOOKING: _looking,
    Stage.RESULT: _result,
    Stage.CLICKED: _clicked,
    Stage.CASE: _case,
    Stage.REPORT: _report,
}
