"""Première connexion: from the paper with a provisional password to a mailbox that works."""

from acterm.assistant import pages
from acterm.assistant.flow import Choice, Kind, Page, Question
from acterm.assistant.pages import Walk, marked, to_flow
from acterm.i18n import _

_STEPS = 5


def _paper(_walk: Walk) -> Question:
    return Question(
        _("Take the paper you were given"),
        Kind.CHOICE,
        step=1,
        steps=_STEPS,
        facts=(
            _("It comes from the DSDEN, the rectorat or your secretariat, and names:"),
            _("· your identifiant, mostly first initial and surname: clefevre"),
            _("· a provisional password, often the NUMEN, in capitals (to be checked)"),
        ),
        why=_("The identifiant stays; the provisional password has to go at once: others know it."),
        then=_("acterm asks for neither of them here."),
        choices=(
            Choice("portal", _("I have it before me")),
            to_flow("identifier", _("No identifiant on it")),
            to_flow("numen", _("No NUMEN, or I am not sure of it")),
            to_flow("contacts", _("I have no paper: whom to ask")),
        ),
    )


def _portal(walk: Walk) -> Question:
    where = walk.contact("portal")
    page = Page(where.value) if where else None
    unknown = _("No public source names the portal of your académie: it stands on the paper.")
    return Question(
        _("Sign in to the portal, and activate the mailbox"),
        Kind.CHOICE,
        step=2,
        steps=_STEPS,
        page=page,
        facts=(_activation(walk),) if where else (unknown,),
        why=_("Until it is activated the mailbox may not receive anything."),
        choices=(
            Choice("change", _("I am in, and it is activated")),
            to_flow("access", _("It does not let me in")),
        ),
    )


def _activation(walk: Walk) -> str:
    name = walk.academy.activation if walk.academy else ""
    if name:
        words = _("Identifiant and provisional password; then, in the menu, “{name}”")
        return marked(words.format(name=name), None)
    return _("Identifiant and provisional password; then look for the activation of the mailbox.")


def _change(walk: Walk) -> Question:
    where = walk.contact("password-reset")
    return Question(
        _("Change the provisional password now"),
        Kind.CHOICE,
        step=3,
        steps=_STEPS,
        page=Page(where.value) if where else None,
        facts=(marked(_("The same official page serves for a lost password"), where),)
        if where
        else (_("The portal may have an entry such as « Mon compte » or « Mot de passe »."),),
        why=_("A NUMEN is known to several offices and worth little as a password."),
        choices=(
            Choice("personal", _("It is changed")),
            to_flow("strong_password", _("Help me find a good one")),
        ),
    )


def _personal(_walk: Walk) -> Question:
    return Question(
        _("While it works: register a personal address for emergencies"),
        Kind.CHOICE,
        step=4,
        steps=_STEPS,
        facts=(
            _(
                "The portal or the password page may offer « adresse de notification »,"
                " « mail de secours » or a telephone number (to be checked)."
            ),
            _("The day the password is lost, the link for a new one can only go there."),
        ),
        why=_("The locked mailbox cannot receive the mail that opens it."),
        choices=(
            Choice("acterm", _("Done")),
            Choice("acterm", _("I found no such place")),
        ),
    )


def _acterm(walk: Walk) -> Question:
    known = walk.begun.account is not None
    label = _("Connect one more mailbox") if known else _("Connect the mailbox to acterm")
    return Question(
        _("Set up acterm"),
        Kind.CHOICE,
        step=5,
        steps=_STEPS,
        facts=(
            _("acterm asks for the address, recognises the académie and proposes the servers."),
            _("It signs in once, then asks where the new password shall be kept."),
        ),
        why=_("The académie’s own programs stay usable beside it."),
        choices=(Choice(pages.CONNECT, label), Choice("done", _("Later"))),
    )


def _done(_walk: Walk) -> Question:
    return Question(
        _("Your account is ready"),
        Kind.END,
        facts=(
            _("Keep the paper at home, or destroy it: its password is worth nothing any more."),
            _("Several académies ask for a new password every year (to be checked)."),
        ),
    )


FLOW = pages.flow(
    {
        "paper": _paper,
        "portal": _portal,
        "change": _change,
        "personal": _personal,
        "acterm": _acterm,
        "done": _done,
    },
    keeps=True,
)
