"""A NUMEN and a birth date as they are typed: is their form right? Nothing of them is kept."""

import datetime
import re

from acterm.academy import numen
from acterm.errors import UsageError
from acterm.i18n import _, ngettext

_DATE = re.compile(r"(\d{1,2})\D?(\d{1,2})\D?(\d{4})")
_YOUNGEST, _OLDEST = 15, 100


def numen_faults(typed: str) -> tuple[str, ...]:
    """What is not as in a NUMEN, in words that repeat none of its signs; empty when it is right."""
    found = numen.read(typed)
    if found.is_right or not found.length:
        return ()
    faults = []
    if found.length != numen.LENGTH:
        faults.append(
            ngettext(
                "A NUMEN has 13 characters; there is {count}.",
                "A NUMEN has 13 characters; there are {count}.",
                found.length,
            ).format(count=found.length)
        )
    if found.digits:
        faults.append(
            _("A digit is expected at place {places} (zero, not the letter O).").format(
                places=_places(found.digits)
            )
        )
    if found.letters:
        faults.append(
            _("A letter is expected at place {places} (the letter O, not zero).").format(
                places=_places(found.letters)
            )
        )
    return tuple(faults)


def hints(typed: str) -> tuple[str, ...]:
    """The same while it is being typed: what is missing at the end is no fault yet."""
    if numen.read(typed).length < numen.LENGTH:
        return numen_faults(typed)[1:]
    return numen_faults(typed)


def check_numen(typed: str) -> None:
    """Raises UsageError, in words, unless it has the form of a NUMEN."""
    if not typed.strip():
        raise UsageError(_("Nothing was typed."))
    faults = numen_faults(typed)
    if faults:
        raise UsageError(" ".join(faults), _("Its form: 2 digits, 1 letter, 7 digits, 3 letters."))


def check_birth_date(typed: str, today: datetime.date) -> None:
    """Raises UsageError, in words, unless it is a day on which a person at work was born."""
    match = _DATE.fullmatch(typed.strip())
    advice = _("Write day, month, year: 12/03/1985.")
    if match is None:
        raise UsageError(_("This does not read as a date."), advice)
    day, month, year = map(int, match.groups())
    try:
        born = datetime.date(year, month, day)
    except ValueError:
        raise UsageError(_("There is no such day in the calendar."), advice) from None
    if not _YOUNGEST <= (today - born).days // 365 <= _OLDEST:
        raise UsageError(_("The year does not seem to be that of a birth."), advice)


def _places(places: tuple[int, ...]) -> str:
    return ", ".join(map(str, places))
