"""NUMEN: what it is, what its parts mean, where to find it, and a checker that keeps nothing."""

from acterm.academy import directory
from acterm.academy import numen as form
from acterm.assistant import identity, pages
from acterm.assistant.flow import Choice, Kind, Question, Turn
from acterm.assistant.pages import Walk, to_flow
from acterm.i18n import N_, _

_BODIES = {
    "G": N_("primary school"),
    "E": N_("public secondary school"),
    "P": N_("private secondary school"),
    "A": N_("administration"),
}


def _start(_walk: Walk) -> Question:
    return Question(
        _("NUMEN: your number at the Éducation nationale, 13 characters"),
        Kind.CHOICE,
        facts=(
            _("   20       E        95       01234     ABC      (made up)"),
            _("académie · staff · year · 5 digits · 3 letters"),
            _("It stays the same from one académie to the next."),
            _("Confidential: it never goes into a mail. acterm holds back a mail that has one."),
        ),
        choices=(
            Choice("check", _("Is mine well written?")),
            Choice("parts", _("What each part means")),
            Choice("where", _("Where do I find it?")),
            Choice("asked", _("Somebody asks me for it")),
        ),
    )


def _parts(_walk: Walk) -> Question:
    return Question(
        _("What each part of a NUMEN means"),
        Kind.CHOICE,
        facts=(
            _("20     2 digits: the académie of the first registration (20 is Amiens)"),
            _(
                "E      1 letter: G primary, E public secondary, P private secondary,"
                " A administration; others exist"
            ),
            _("95     2 digits: the year one came in (numbering began in 1992)"),
            _("01234  5 digits, at random"),
            _("ABC    3 letters, at random"),
        ),
        why=_("13 characters, four of them letters. No checksum is known."),
        choices=(
            Choice("check", _("Is mine well written?")),
            Choice("where", _("Where do I find it?")),
        ),
    )


def _where(_walk: Walk) -> Question:
    return Question(
        _("Where to find your NUMEN"),
        Kind.CHOICE,
        facts=(
            _("· secondary school: the secretariat of your school, on the spot"),
            _("· primary school: the DSDEN, your gestionnaire"),
            _("· your gestionnaire at the rectorat"),
            _("· perhaps the papers of your first post (to be checked)"),
        ),
        why=_(
            "Go there or telephone, with a proof of who you are: it is never asked for, nor sent, "
            "by mail."
        ),
        choices=(
            to_flow("contacts", _("Whom to call")),
            Choice("check", _("Is mine well written?")),
        ),
    )


def _asked(_walk: Walk) -> Question:
    return Question(
        _("Nobody needs your NUMEN by mail"),
        Kind.CHOICE,
        facts=(
            _("A mail that asks for NUMEN, PIN, code or password is a fraud, however it looks."),
            _("On the official pages you type it yourself, after you opened them yourself."),
            _("By telephone: call back by the switchboard of the rectorat."),
        ),
        choices=(
            to_flow("phishing", _("Check that mail")),
            to_flow("compromised", _("I have given it away")),
            to_flow("contacts", _("Whom to call")),
        ),
    )


def _check(_walk: Walk) -> Question:
    return Question(
        _("Type it: acterm compares it with the form"),
        Kind.SECRET,
        why=_("Spaces and small letters do not matter. F4 shows what you type."),
        then=_("It stays in memory for the blink of an eye: not stored, not sent, not logged."),
    )


def _right(walk: Walk) -> Question:
    facts = [_("2 digits, 1 letter, 2 digits, 5 digits, 3 letters: it is well written.")]
    facts.append(walk.told("code") or _("Its first two digits are those of no académie I know."))
    if body := walk.told("body"):
        facts.append(body)
    return Question(
        _("The form is right"),
        Kind.CHOICE,
        facts=tuple(facts),
        why=_("Whether it is yours, only the académie knows. acterm has forgotten it."),
        choices=(Choice(pages.LEAVE, _("Done")), Choice("check", _("Check another one"))),
    )


def _typed(walk: Walk, answer: str) -> Turn[Walk]:
    """Only what its beginning says of the académie and the staff goes on, in words."""
    identity.check_numen(answer)
    found = form.read(answer)
    academy = directory.academy_of_code(found.code)
    code = (
        _("First registered in the académie of {name}.").format(name=academy.name)
        if academy
        else ""
    )
    body = _BODIES.get(found.body)
    words = _("Staff of: {body}.").format(body=_(body)) if body else _unusual()
    return Turn(walk.to("right", code=code, body=words))


def _unusual() -> str:
    return _("Its letter is an unusual one; the list is open, so it can be right.")


FLOW = pages.flow(
    {
        "start": _start,
        "check": _check,
        "right": _right,
        "parts": _parts,
        "where": _where,
        "asked": _asked,
    },
    typed={"check": _typed},
    hints=lambda walk, typed: identity.hints(typed) if walk.page == "check" else (),
)
