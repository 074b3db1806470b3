"""Accès et adresse: the portal and the webmail, step by step, and whom to ask for an address."""

from acterm.assistant import pages
from acterm.assistant.flow import Choice, Kind, Page, Question
from acterm.assistant.pages import Walk, marked, to_flow
from acterm.i18n import _


def _start(walk: Walk) -> Question:
    address = walk.begun.account.address if walk.begun.account else ""
    return Question(
        _("What do you want to do?"),
        Kind.CHOICE,
        why=_("The portal opens the académie’s applications, the webmail your mails in a browser."),
        facts=(_("Your address: {address}").format(address=address),) if address else (),
        choices=(
            Choice("portal", _("Open the portal of the académie")),
            Choice("webmail", _("Read my mails in a browser")),
            Choice("address", _("I have no address yet")),
            to_flow("first_login", _("Sign in for the first time")),
            to_flow("lost_password", _("The password is refused, or lost")),
        ),
    )


def _portal(walk: Walk) -> Question:
    return _opened(walk, "portal", _("The portal of the académie"), _("the portal"))


def _webmail(walk: Walk) -> Question:
    return _opened(walk, "webmail", _("Your mails in a browser"), _("the webmail"))


def _opened(walk: Walk, kind: str, title: str, what: str) -> Question:
    where = walk.contact(kind)
    if where is None:
        return Question(
            title,
            Kind.CHOICE,
            facts=(
                _("No public source names {what} of your académie.").format(what=what),
                _("It stands on the paper you were given, and your secretariat knows it."),
            ),
            choices=(to_flow("contacts"), Choice(pages.LEAVE, _("Done"))),
        )
    return Question(
        marked(title, where),
        Kind.CHOICE,
        page=Page(where.value),
        why=_("Always open it from here or from your bookmarks, never from a mail."),
        choices=(
            Choice("password", _("It asks for identifiant and password")),
            Choice("passcode", _("It asks for a passcode")),
            Choice("mixed", _("It refuses me")),
        ),
    )


def _password(_walk: Walk) -> Question:
    return Question(
        _("Identifiant and password"),
        Kind.CHOICE,
        facts=(
            _("1. Identifiant: mostly first initial and surname, like clefevre; no @."),
            _("2. Password: that of your academic mail. Capitals and small letters count."),
            _("3. First time: the provisional one of your paper, often the NUMEN (to be checked)."),
        ),
        why=_(
            "One password for portal, mail and I-Prof. On a shared computer do not let the"
            " browser keep it, and close the session at the end."
        ),
        choices=(
            Choice(pages.LEAVE, _("It works")),
            to_flow("identifier", _("I do not know my identifiant")),
            Choice("mixed", _("It refuses me")),
        ),
    )


def _passcode(_walk: Walk) -> Question:
    return Question(
        _("A passcode: PIN followed by the code of the key"),
        Kind.CHOICE,
        facts=(
            _("1. Identifiant, as for the password."),
            _("2. Passcode: your PIN, then at once the six digits that the key shows."),
            _("3. Each code serves once: after an error wait for the next one."),
        ),
        why=_("Some applications ask for it instead of the password. Several errors lock the key."),
        choices=(
            Choice(pages.LEAVE, _("It works")),
            to_flow("passcode", _("More about the passcode")),
            Choice("mixed", _("It refuses me")),
        ),
    )


def _refused(_walk: Walk) -> Question:
    return Question(
        _("It refuses me"),
        Kind.CHOICE,
        facts=(
            _("Stop after two attempts: several failures in a row can lock the account."),
            _("The same page takes password or passcode: check which field you are in."),
            _("The address (with @) in the place of the identifiant is the most frequent slip."),
        ),
        choices=(
            to_flow("lost_password", _("Look for the cause, step by step")),
            to_flow("contacts", _("Whom to call")),
        ),
    )


def _address(walk: Walk) -> Question:
    return Question(
        _("No address yet: whom to ask"),
        Kind.CHOICE,
        facts=(
            _("1. The secretariat of your school or collège: it sees whether your file is there."),
            _("2. Your gestionnaire: at the DSDEN (1st degree) or at the rectorat (2nd degree)."),
            _("The address comes with your file: ask whether that is complete."),
            _("It looks like prenom.nom@{domain}, sometimes with a number for homonyms.").format(
                domain=walk.domain
            ),
        ),
        why=_(
            "It is for your work: circulars, appointments, I-Prof, exams, families where the"
            " school says so. You need no other one for that."
        ),
        choices=(
            to_flow("contacts", _("Whom to call or write to")),
            to_flow("first_login", _("I have it now: sign in for the first time")),
        ),
    )


FLOW = pages.flow(
    {
        "start": _start,
        "portal": _portal,
        "webmail": _webmail,
        "password": _password,
        "passcode": _passcode,
        "mixed": _refused,
        "address": _address,
    }
)
