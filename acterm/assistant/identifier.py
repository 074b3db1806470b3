"""Identifiant: how it is made of a name, proposals for a name, and where to ask."""

from acterm.academy.identifier_forms import proposals
from acterm.assistant import pages
from acterm.assistant.flow import Choice, Kind, Question, Turn
from acterm.assistant.pages import Walk, to_flow
from acterm.errors import UsageError
from acterm.i18n import N_, _
from acterm.mail.clean import clean

_REASONS = {
    "usual": N_("the usual form"),
    "hyphens": N_("parts of the name joined by hyphens"),
    "particle": N_("without the particle"),
    "one-name": N_("the first part of the name only"),
    "double": N_("both initials of the first name"),
    "homonym": N_("a number, when somebody has the same name"),
    "old": N_("some very old accounts"),
}


def _start(walk: Walk) -> Question:
    account = walk.begun.account
    own = (_("acterm signs in as: {login}").format(login=account.login),) if account else ()
    return Question(
        _("Your identifiant: mostly the initial of the first name, then the surname"),
        Kind.CHOICE,
        facts=(
            *own,
            _("Camille Lefèvre → clefevre      Paul Martin, the second one → pmartin1"),
            _("Small letters, no accent, no ç; a surname in two parts often keeps its hyphen."),
            _(
                "It is not the address: prenom.nom@{domain} goes into no login field,"
                " except on the national mail, where the whole address is the login."
            ).format(domain=walk.domain),
        ),
        why=_("Mixing the two up is the first cause of refused sign-ins."),
        choices=(
            Choice("first", _("Propose one from my name")),
            Choice("where", _("Where to ask for it")),
        ),
    )


def _first(walk: Walk) -> Question:
    known = walk.begun.account.name.partition(" ")[0] if walk.begun.account else ""
    return Question(
        _("Your first name?"),
        Kind.TEXT,
        why=_("As on the paper of your appointment."),
        then=_("The name is sent nowhere."),
        value=walk.told("first") or known,
    )


def _surname(walk: Walk) -> Question:
    known = walk.begun.account.name.partition(" ")[2] if walk.begun.account else ""
    return Question(
        _("Your surname?"),
        Kind.TEXT,
        why=_("The one under which the administration knows you: often that of your birth."),
        then=_("Particles, hyphens and apostrophes as they are written."),
        value=known,
    )


def _proposed(walk: Walk) -> Question:
    found = proposals(walk.told("first"), walk.told("surname"))
    width = max((len(one.login) for one in found), default=0)
    return Question(
        _("It may be one of these, the likeliest first"),
        Kind.CHOICE,
        facts=tuple(f"{one.login:<{width}}  {_(_REASONS[one.reason])}" for one in found),
        why=_("These are guesses: do not try them one after the other, that locks accounts."),
        then=_("Your paper or your secretariat tell the right one."),
        choices=(
            Choice("where", _("Where to ask for it")),
            Choice("first", _("Another name")),
            Choice(pages.LEAVE, _("Done")),
        ),
    )


def _where(_walk: Walk) -> Question:
    return Question(
        _("Where to ask for your identifiant"),
        Kind.CHOICE,
        facts=(
            _("· the paper of your first sign-in, from the DSDEN or the rectorat"),
            _("· the secretariat of your school"),
            _("· your gestionnaire, or the help desk: by telephone, never your password with it"),
        ),
        why=_("It cannot be changed by oneself. Unlike the password it is no secret."),
        choices=(
            to_flow("contacts", _("Whom to call")),
            to_flow("access"),
            Choice(pages.LEAVE, _("Done")),
        ),
    )


def _first_typed(walk: Walk, answer: str) -> Turn[Walk]:
    return Turn(walk.to("surname", first=_name(answer)))


def _surname_typed(walk: Walk, answer: str) -> Turn[Walk]:
    name = _name(answer)
    if not proposals(walk.told("first"), name):
        raise UsageError(_("There is no letter in this name."))
    return Turn(walk.to("proposed", surname=name))


def _name(typed: str) -> str:
    name = clean(typed, line=True).strip()
    if not any(sign.isalpha() for sign in name):
        raise UsageError(_("There is no letter in this name."))
    return name


FLOW = pages.flow(
    {
        "start": _start,
        "first": _first,
        "surname": _surname,
        "proposed": _proposed,
        "where": _where,
    },
    typed={"first": _first_typed, "surname": _surname_typed},
)
