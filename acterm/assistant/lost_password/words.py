"""What the flow of a lost password says at each of its questions."""

from collections.abc import Callable
from dataclasses import replace

from acterm.academy.facts import Contact
from acterm.assistant import connect, diagnosis, identity
from acterm.assistant import hints as doubts
from acterm.assistant.flow import Choice, Kind, Page, Question
from acterm.assistant.lost_password import causes as cause
from acterm.assistant.lost_password import mail_words as coming
from acterm.assistant.lost_password.state import Stage, State, step, ways
from acterm.i18n import N_, _
from acterm.secret import Secret
from acterm.vault.strength import Form


def question(state: State) -> Question:
    """What to show now."""
    asked = _QUESTIONS[state.stage](state)
    here, steps = step(state)
    return replace(
        asked,
        problem=state.problem or asked.problem,
        choices=asked.choices or tuple(_choice(state, key) for key in ways(state)),
        step=here,
        steps=steps,
    )


def hints(state: State, typed: str) -> tuple[str, ...]:
    """Doubts about what is being typed; none forbids it."""
    account = state.begun.account
    if state.stage is Stage.NUMEN:
        return identity.hints(typed)
    if state.stage is Stage.TYPING:
        return diagnosis.of_typing(Secret(typed), account)
    if state.stage is Stage.LOGIN and typed:
        doubt = doubts.of_login(typed, state.wants_address)
        return (doubt,) if doubt else ()
    if state.stage is Stage.TESTING and state.connection is not None:
        return connect.FLOW.hints(state.connection, typed)
    return ()


def _choice(state: State, key: str) -> Choice:
    if key.startswith("mail:"):
        number = int(key.partition(":")[2])
        found = next(one for one in state.candidates if one.message_id == number)
        return Choice(key, found.subject or _("(no subject)"), coming.verdict(found))
    label, words = _CHOICES[key]
    return Choice(key, _(label), _(words) if words else "")


_CHOICES = {
    diagnosis.TYPING: (N_("A slip of the keyboard"), N_("capitals, AZERTY, accents")),
    diagnosis.LOGIN: (N_("Login or address?"), N_("the most frequent confusion")),
    diagnosis.EXPIRED: (N_("Password expired, or account locked"), ""),
    diagnosis.MOVED: (N_("My mailbox has moved to the national mail"), ""),
    diagnosis.DOWN: (N_("The server does not answer"), ""),
    "application": (
        N_("The application password of the national mail"),
        N_("made anew in the webmail"),
    ),
    "reset": (N_("Get a new password"), N_("the official page, step by step")),
    "causes": (N_("See the other causes"), ""),
    "identifier": (N_("How a login is made"), ""),
    "try": (N_("Sign in once more, typed with care"), N_("one single attempt")),
    "contacts": (N_("Whom to call"), ""),
    "doctor": (N_("Check everything"), ""),
    "on": (N_("Done, go on"), ""),
    "skip": (N_("I type it on the page only"), ""),
    "where": (N_("Where to find my NUMEN"), ""),
    "direct": (N_("No mail: the page changes it at once"), ""),
    "elsewhere": (N_("It is in a mailbox that acterm does not read"), ""),
    "nothing": (N_("Nothing comes"), ""),
    "followed": (N_("I am on the page where the new password is chosen"), ""),
    "other": (N_("It is another mail"), ""),
    "wait": (N_("Wait a little longer"), ""),
    "propose": (N_("Help me find a good one"), ""),
    "test": (N_("It is changed: sign in with it once"), ""),
    "other-password": (N_("The page refused it: choose another one"), ""),
    "connect": (N_("Connect the mailbox to acterm"), ""),
}


def _marked(contact: Contact | None) -> str:
    """The fact and its mark; empty without one."""
    mark = contact.confidence.mark if contact else ""
    return f" ({mark})" if mark else ""


# The five steps


def _page(state: State) -> Question:
    where = state.page
    if where is None:
        return Question(
            _("Ask for a new password"),
            Kind.CHOICE,
            facts=(
                _("No public source names the page of your académie for a lost password."),
                _("Its portal or webmail may have a link such as « mot de passe oublié »."),
            ),
            why=_("F1 shows whom to call. Never use a link that came by mail."),
        )
    facts = [_("The address of the page comes from one source only.")] if _marked(where) else []
    return Question(
        _("Open the official page of the académie") + _marked(where),
        Kind.CHOICE,
        facts=tuple(facts),
        why=_("Why here and nowhere else: links in mails can lead to a copy."),
        then=_("acterm opens the page and reads nothing of it."),
        page=Page(where.value),
    )


def _link(_state: State) -> Question:
    return Question(
        _("On the page, click on « vous avez perdu votre mot de passe »"),
        Kind.CHOICE,
        why=_(
            "The words may have changed a little; look for « mot de passe perdu » or « oublié »."
        ),
    )


def _numen(_state: State) -> Question:
    return Question(
        _("The page asks for your NUMEN: type it here first, to check its form"),
        Kind.SECRET,
        why=_("A slip would cost you an attempt on the page. 13 characters, like 20E9501234ABC."),
        then=_("It is compared and forgotten at once: not stored, not sent. F4 shows it."),
    )


def _birth(_state: State) -> Question:
    return Question(
        _("And your birth date, day first?"),
        Kind.SECRET,
        why=_("The page asks for it as JJ/MM/AAAA; a wrong one counts as a failure."),
        then=_("It is compared with the calendar and forgotten at once."),
    )


def _picture(state: State) -> Question:
    right = _("The form of both is right. acterm has forgotten them: type them on the page now.")
    return Question(
        _("On the page, copy the characters of the picture, then confirm"),
        Kind.CHOICE,
        facts=(right,) if state.checked else (),
        why=_("The picture proves that a person asks. Unreadable: ask for another one."),
        then=_("Capitals and small letters count. The next step waits for the mail."),
    )


# The new password


def _new(_state: State) -> Question:
    forms = tuple(f"· {form.words}" for form in Form if form is not Form.NONE)
    return Question(
        _("Which new password?"),
        Kind.SECRET,
        facts=(_("The CNIL asks for one of these:"), *forms),
        why=_("acterm judges it here before the page does. Not the old one, none of your others."),
    )


def _changed(state: State) -> Question:
    account = state.begun.account
    host = account.imap.host if account else ""
    then = (
        _("acterm then signs in to {host} once, and asks where to keep it.").format(host=host)
        if account
        else _("Afterwards you can connect the mailbox to acterm.")
    )
    return Question(
        _("Type the same password on the official page, twice, and confirm"),
        Kind.CHOICE,
        facts=state.doubts,
        why=_("It is changed there and nowhere else; acterm never writes to the page."),
        then=then,
    )


def _testing(state: State) -> Question:
    if state.connection is None:
        return Question(_("Checking the connection…"), Kind.WAIT)
    return connect.FLOW.question(state.connection)


def _done(state: State) -> Question:
    return Question(
        _("Your password is new"),
        Kind.END,
        facts=(
            _("Change it wherever the old one is still tried, or they will lock the account:"),
            _("· telephone and tablet (mail, calendar)"),
            _("· other computers: Thunderbird, Outlook, the browser’s saved passwords"),
            _("· the school’s computer and its Wi-Fi, when they take this password"),
        ),
        why=_(
            "While it works, register a personal address on the portal: the next mail goes there."
        ),
        then="" if state.begun.account else _("Nothing that you typed is kept by acterm."),
    )


_QUESTIONS: dict[Stage, Callable[[State], Question]] = {
    Stage.CAUSES: cause.causes,
    Stage.TYPING: cause.typing,
    Stage.TYPED: cause.typed,
    Stage.LOGIN: cause.login,
    Stage.LOGIN_SAID: cause.login_said,
    Stage.EXPIRED: cause.expired,
    Stage.DOWN: cause.down,
    Stage.PAGE: _page,
    Stage.LINK: _link,
    Stage.NUMEN: _numen,
    Stage.BIRTH: _birth,
    Stage.PICTURE: _picture,
    Stage.MAIL: coming.mail,
    Stage.CANDIDATE: coming.candidate,
    Stage.NOTHING_CAME: coming.nothing_came,
    Stage.NEW: _new,
    Stage.CHANGED: _changed,
    Stage.TESTING: _testing,
    Stage.DONE: _done,
}
