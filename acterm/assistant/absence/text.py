"""The text of an automatic answer: a proposal from the days, and what an older one is good for."""

from datetime import date

from acterm.i18n import _
from acterm.mail.days import day_words
from acterm.mail.sieve.script import Absence


def proposal(first: date | None, last: date | None, name: str) -> str:
    """A text to begin with; `name` signs it."""
    if first and last and last != first:
        days = _("I do not read my mail from {first} to {last}.")
    elif first:
        days = _("I do not read my mail on {first}.")
    else:
        days = _("I do not read my mail at present.")
    lines = (
        _("Hello,"),
        "",
        days.format(first=day_words(first) if first else "", last=day_words(last) if last else ""),
        _("Yours has arrived: I answer it when I am back."),
        _("If it is urgent, please turn to the school’s office."),
        "",
        name,
    )
    return "\n".join(lines).rstrip() + "\n"


def lasting(former: Absence | None) -> str:
    """What was written for another absence, unless it names its days."""
    if former is None:
        return ""
    days = [day_words(day) for day in (former.first, former.last) if day]
    return "" if any(day in former.text for day in days) else former.text
