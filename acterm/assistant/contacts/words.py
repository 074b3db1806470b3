"""How contacts are said: open now, when next; and the texts of the mails that are prepared."""

import datetime
from collections.abc import Sequence

from acterm.academy import helpdesk, opening
from acterm.academy.facts import Confidence, Contact
from acterm.academy.opening import PARIS, Standing, Week
from acterm.i18n import N_, _, language
from acterm.mail.account import Account

# Telephone numbers and the hours at which somebody answers there.
_HOURS = {"phone": "hours", "helpdesk-phone": "helpdesk-hours"}
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
    N_("Saturday"), N_("Sunday"),
)  # fmt: skip
_SUBJECTS = {
    "locked": N_("My academic account is locked"),
    "numen": N_("I am looking for my NUMEN"),
    "identifier": N_("I am looking for my identifiant"),
    "address": N_("I have no academic mail address yet"),
    "full": N_("My academic mailbox is full"),
    "taken-over": N_("My academic account may have been taken over"),
}
_TEXTS = {
    "locked": N_(
        "I cannot sign in to my academic account any more, and the page for a lost password did"
        " not help.\n\nCould you tell me how to get access again?"
    ),
    "numen": N_(
        "I need my NUMEN and cannot find it.\n\nWhere and with which papers can I come to learn"
        " it? I know that it is not sent by mail."
    ),
    "identifier": N_("I do not know my identifiant.\n\nCould you tell me how to learn it?"),
    "address": N_(
        "I have taken up my post and have no academic mail address yet.\n\nCould you tell me"
        " whether my file is complete, and when the address will be made?"
    ),
    "full": N_(
        "My academic mailbox is full.\n\nWhat is its quota, and can it be raised while I clear it"
        " out?"
    ),
    "taken-over": N_(
        "I believe that somebody else has used my academic account. I have changed the password."
        "\n\nCould you check the sign-ins and the forwarding rules, and tell me what else I have"
        " to do?"
    ),
}


def facts(contacts: Sequence[Contact], moment: datetime.datetime) -> tuple[str, ...]:
    """Telephone numbers with whether somebody answers now, then the address for the post."""
    lines = []
    for one in sorted(contacts, key=lambda contact: contact.kind != "helpdesk-phone"):
        if not one.kind.endswith("phone"):
            continue
        lines.append(f"{helpdesk.label(one)}  {one.value}{_mark(one)}")
        hours = next((two for two in contacts if two.kind == _HOURS.get(one.kind)), None)
        if hours is not None:
            lines += [f"  {words}" for words in (standing(hours, moment), _told(hours)) if words]
    post = [one for one in contacts if one.kind in ("address", "postcode")]
    if post:
        lines.append(", ".join(f"{one.value}{_mark(one)}" for one in post))
    return tuple(lines)


def standing(hours: Contact, moment: datetime.datetime) -> str:
    """« ouvert maintenant, jusqu'à 17:00 », or when next; empty when it cannot be reckoned."""
    week = opening.parse(hours.week)
    return _standing(week.standing(moment), moment.astimezone(PARIS)) if week else ""


def nobody() -> str:
    """What is said where no source names anybody."""
    return _("No public source names a contact: ask your school’s secretariat.")


def note(contacts: Sequence[Contact]) -> str:
    """What « à vérifier » means, where something is so marked."""
    if all(one.confidence is Confidence.CONFIRMED for one in contacts):
        return ""
    return _("“to be checked”: only one source says so, or it is inferred.")


def subject(about: str) -> str:
    """What a prepared mail is about."""
    return _(_SUBJECTS[about])


def text(about: str, account: Account) -> str:
    """The prepared mail: who writes, what for, and nothing secret."""
    lines = [_("Hello,"), "", _(_TEXTS[about]), ""]
    lines += [_("Identifiant: {login}").format(login=account.login)]
    lines += [_("Address: {address}").format(address=account.address)]
    lines += [_("School: "), _("Telephone, and when I can be reached: "), ""]
    lines += [_("Thank you."), account.name]
    return "\n".join(lines).rstrip() + "\n"


def _told(hours: Contact) -> str:
    """The hours as their source says them, in French; in English reckoned from the week."""
    week = opening.parse(hours.week)
    return f"{_week(week) if week and language() != 'fr' else hours.value}{_mark(hours)}"


def _week(week: Week) -> str:
    first, last = (_(_WEEKDAYS[day - 1]) for day in (week.days[0], week.days[-1]))
    spans = [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in week.spans]
    days = first if first == last else _("{first} to {last}").format(first=first, last=last)
    return f"{days}, {', '.join(spans)}"


def _mark(contact: Contact) -> str:
    return f" ({contact.confidence.mark})" if contact.confidence.mark else ""


def _standing(found: Standing, here: datetime.datetime) -> str:
    if found.until is None:
        return _("closed")
    time = found.until.strftime("%H:%M")
    if found.open:
        return _("OPEN NOW, until {time}").format(time=time)
    days = (found.until.date() - here.date()).days
    if days == 0:
        return _("closed, opens at {time}").format(time=time)
    if found.holiday:
        day = _(_WEEKDAYS[found.until.weekday()])
        return _("closed, public holiday; opens {day} at {time}").format(day=day, time=time)
    if days == 1:
        return _("closed, opens tomorrow at {time}").format(time=time)
    day = _(_WEEKDAYS[found.until.weekday()])
    return _("closed, opens {day} at {time}").format(day=day, time=time)
