"""Contacts: whom to call, whether they answer now, and mails that are prepared without secrets."""

import datetime

from acterm.academy import directory, helpdesk
from acterm.academy.facts import Academy, Contact
from acterm.assistant import pages
from acterm.assistant.contacts import words
from acterm.assistant.flow import Choice, Connect, Flow, Kind, Page, Question, Turn, Write
from acterm.assistant.pages import Walk
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.draft import Draft
from acterm.secret import Secret

_OPENED = ("password-reset", "portal", "webmail", "helpdesk")
_SUBJECTS = ("locked", "numen", "identifier", "address", "full", "taken-over")
_SELDOM = ("fax", "data-protection")
_OTHER = "académie"


def _start(walk: Walk) -> Question:
    academy = _academy(walk)
    found = helpdesk.contacts(academy)
    moment = datetime.datetime.fromtimestamp(walk.begun.now, datetime.UTC)
    choices = []
    if any(one.kind.endswith("email") for one in found):
        choices.append(Choice("subject", _("Write a mail, the text prepared")))
    if any(_opens(one) for one in found):
        choices.append(Choice("pages", _("The official pages")))
    if any(one.kind in _SELDOM for one in found):
        choices.append(Choice("others", _("Other contacts")))
    return Question(
        _("Académie: {name}").format(name=academy.name),
        Kind.CHOICE,
        facts=words.facts(found, moment) or (words.nobody(),),
        why=_("The first one to ask is often the secretariat of your school."),
        then=words.note(found),
        choices=(*choices, Choice(_OTHER, _("Another académie"))),
    )


def _unsendable(walk: Walk) -> tuple[str, ...]:
    """Why a mail from here would not leave; empty when it would."""
    if walk.begun.account is None:
        told = _("No mailbox is connected here: telephone, or write from your private mailbox.")
    elif walk.begun.refused:
        told = _(
            "Your sign-in is refused, so a mail from here would wait until it works again:"
            " telephone, or write from your private mailbox."
        )
    else:
        return ()
    return (told,)


def _subject(walk: Walk) -> Question:
    return Question(
        _("What is it about?"),
        Kind.CHOICE,
        facts=_unsendable(walk),
        why=_("acterm writes the mail without NUMEN, birth date or password: none belongs there."),
        then=_("You read it over and complete it; nothing is sent by itself."),
        choices=tuple(Choice(f"about:{one}", words.subject(one)) for one in _SUBJECTS),
    )


def _to(walk: Walk) -> Question:
    found = [one for one in helpdesk.contacts(_academy(walk)) if one.kind.endswith("email")]
    return Question(
        _("To whom?"),
        Kind.CHOICE,
        facts=(
            *_unsendable(walk),
            _("An address that only one source gives is marked “to be checked”."),
        ),
        choices=tuple(
            Choice(f"to:{one.value}", one.value, pages.marked(helpdesk.label(one), one))
            for one in found
        ),
    )


def _pages(walk: Walk) -> Question:
    found = [one for one in helpdesk.contacts(_academy(walk)) if _opens(one)]
    return Question(
        _("The official pages"),
        Kind.CHOICE,
        why=_("Always open them from here or from your bookmarks, never from a mail."),
        choices=tuple(
            Choice(one.value, pages.marked(helpdesk.label(one), one), one.value) for one in found
        ),
    )


def _others(walk: Walk) -> Question:
    found = [one for one in helpdesk.contacts(_academy(walk)) if one.kind in _SELDOM]
    return Question(
        _("Other contacts"),
        Kind.CHOICE,
        facts=tuple(f"{pages.marked(helpdesk.label(one), one)}  {one.value}" for one in found),
        why=_(
            "Data protection: whom to ask what the académie keeps about you. For a lost password"
            " call the numbers of the first page."
        ),
        choices=(Choice("start", _("The other contacts")),),
    )


def _page(walk: Walk) -> Question:
    url = walk.told("url")
    found = next((one for one in helpdesk.contacts(_academy(walk)) if one.value == url), None)
    title = helpdesk.label(found) if found else url
    return Question(
        pages.marked(title, found),
        Kind.CHOICE,
        page=Page(url),
        why=_("Always open it from here or from your bookmarks, never from a mail."),
        choices=(Choice("pages", _("The other pages")),),
    )


def _named(_walk: Walk) -> Question:
    return Question(
        _("Which académie?"),
        Kind.TEXT,
        why=_("Its name, or an address that ends with it."),
        then=_("Only what public sources say is shown, with its degree of certainty."),
    )


_PAGES_BY_NAME = {
    "start": _start,
    "subject": _subject,
    "to": _to,
    "pages": _pages,
    "page": _page,
    "others": _others,
    "named": _named,
}
PLAIN: Flow[Walk] = pages.flow(_PAGES_BY_NAME)


def answered(state: Walk, answer: str | Secret = "", *, choice: str = "") -> Turn[Walk]:
    """Pages, a mail to write, or another académie."""
    kind, _colon, value = choice.partition(":")
    if state.page == "named":
        return _another(state, answer.reveal() if isinstance(answer, Secret) else answer)
    if choice == _OTHER:
        return Turn(state.to("named"))
    if kind == "about":
        return Turn(state.to("to", about=value))
    if kind == "to":
        return _write(state, value)
    if choice in [one.value for one in helpdesk.contacts(_academy(state)) if _opens(one)]:
        return Turn(state.to("page", url=choice))
    return PLAIN.answered(state, answer, choice=choice)


def _write(walk: Walk, address: str) -> Turn[Walk]:
    """The composer; without an account there is nobody yet who could send."""
    account = walk.begun.account
    if account is None:
        return Turn(walk, onward=Connect())
    about = walk.told("about")
    draft = Draft(
        account.id,
        to=address,
        subject=words.subject(about),
        body=words.text(about, account),
    )
    return Turn(walk, onward=Write(draft))


def _another(walk: Walk, typed: str) -> Turn[Walk]:
    academy = directory.academy_named(typed)
    if academy is None:
        named = clean(typed, line=True).strip()
        told = _("No académie is known as “{words}”.").format(words=named)
        return Turn(pages.wrong(walk, told))
    return Turn(pages.restarted(walk, "start", academy=academy.domain))


def _academy(walk: Walk) -> Academy:
    found = directory.in_charge(walk.told("academy") or walk.begun.academy)
    return found or directory.academies()["ac-amiens.fr"]


def _opens(contact: Contact) -> bool:
    return contact.kind in _OPENED and contact.value.startswith("https://")
