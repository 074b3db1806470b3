"""How often an event comes again (RFC 5545 §3.3.10): in words, and when near a moment."""

import calendar
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta

from acterm.i18n import _, ngettext
from acterm.mail.days import WEEKDAYS, day_words

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset(["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"])
# Days of a period, the longest.
_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
_MOST_DAYS = 400


def recurrence_words(rule: str) -> str:
    """« chaque semaine, mardi et jeudi, jusqu’au 30 juin 2027 »; empty for a rule nobody reads."""
    parts = _parts(rule)
    often = _often(parts.get("FREQ", ""), _count(parts.get("INTERVAL", "1")))
    if not often:
        return ""
    pieces = [often]
    pieces += _days(parts.get("BYDAY", ""))
    last = re.match(r"(\d{4})(\d\d)(\d\d)", parts.get("UNTIL", ""))
    times = _count(parts.get("COUNT", "0"))
    if last:
        pieces += _until(last)
    elif times:
        pieces.append(ngettext("{count} time", "{count} times", times).format(count=times))
    return ", ".join(pieces)


def starts(
    rule: str,
    start: datetime,
    first: datetime,
    last: datetime,
    excluded: Collection[datetime] = (),
) -> Iterator[datetime]:
    """When the event begins between two moments; without a readable rule, its own start.

    All moments are aware and in the zone here; the time of day stays when the clocks change.
    Day by day and not from the beginning, because a rule that nothing satisfies has no end.
    """
    parts = _parts(rule)
    if parts.get("FREQ") not in _PERIODS or not parts.keys() <= _KNOWN:
        if first <= start <= last:
            yield start
        return
    end = min(_ending(parts, start.date()), last.date())
    day = max(first.date(), start.date())
    for _step in range(_MOST_DAYS):
        if day > end:
            return
        if _falls_on(parts, start.date(), day):
            moment = datetime.combine(day, start.timetz().replace(tzinfo=None)).astimezone()
            if first <= moment <= last and moment not in excluded:
                yield moment
        day += timedelta(days=1)


def _falls_on(parts: Mapping[str, str], start: date, day: date) -> bool:
    """Whether the rhythm that begins on `start` has this day."""
    every = max(_count(parts.get("INTERVAL", "1")), 1)
    months = (day.year - start.year) * 12 + day.month - start.month
    monday = day.toordinal() - day.weekday() - (start.toordinal() - start.weekday())
    passed = {
        "DAILY": day.toordinal() - start.toordinal(),
        "WEEKLY": monday // 7,
        "MONTHLY": months,
        "YEARLY": day.year - start.year,
    }[parts["FREQ"]]
    if passed % every:
        return False
    named = parts.get("BYMONTH", "").split(",")
    if named != [""] and str(day.month) not in named:
        return False
    if parts["FREQ"] == "YEARLY" and named == [""] and day.month != start.month:
        return False
    return _is_day(parts, start, day)


def _is_day(parts: Mapping[str, str], start: date, day: date) -> bool:
    """BYMONTHDAY and BYDAY, else the weekday or the number of the first time."""
    length = calendar.monthrange(day.year, day.month)[1]
    if numbers := parts.get("BYMONTHDAY", ""):
        return str(day.day) in numbers.split(",") or str(day.day - length - 1) in numbers.split(",")
    if codes := parts.get("BYDAY", ""):
        code = _DAYS[day.weekday()]
        place = (day.day - 1) // 7 + 1
        behind = (day.day - length - 1) // 7
        return any(
            one.strip() in (code, f"{place}{code}", f"+{place}{code}", f"{behind}{code}")
            for one in codes.split(",")
        )
    usual = {"DAILY": True, "WEEKLY": day.weekday() == start.weekday()}
    return usual.get(parts["FREQ"], day.day == start.day)


def _often(frequency: str, every: int) -> str:
    if every > 1:
        words = {
            "DAILY": _("every {count} days"),
            "WEEKLY": _("every {count} weeks"),
            "MONTHLY": _("every {count} months"),
            "YEARLY": _("every {count} years"),
        }.get(frequency, "")
        return words.format(count=every)
    return {
        "DAILY": _("every day"),
        "WEEKLY": _("every week"),
        "MONTHLY": _("every month"),
        "YEARLY": _("every year"),
    }.get(frequency, "")


def _days(codes: str) -> list[str]:
    """The weekdays in words, in one piece; none when one of them cannot be read."""
    if codes == ",".join(_DAYS[:5]):
        return [_("from Monday to Friday")]
    days = [_day(one) for one in codes.split(",") if one]
    return [", ".join(days)] if days and all(days) else []


def _day(code: str) -> str:
    """`TU` as « mardi », `2TU` as « deuxième mardi », `-1FR` as « dernier vendredi »."""
    found = re.fullmatch(r"([+-]?\d{1,2})?([A-Z]{2})", code.strip())
    if not found or found[2] not in _DAYS:
        return ""
    place = int(found[1] or 0)
    words = {
        0: "{weekday}",
        1: _("first {weekday}"),
        2: _("second {weekday}"),
        3: _("third {weekday}"),
        4: _("fourth {weekday}"),
        5: _("fifth {weekday}"),
        -1: _("last {weekday}"),
    }.get(place, "")
    return words.format(weekday=_(WEEKDAYS[_DAYS.index(found[2])]))


def _until(last: re.Match[str]) -> list[str]:
    try:
        day = datetime(int(last[1]), int(last[2]), int(last[3]))
    except ValueError:
        return []
    return [_("until {day}").format(day=day_words(day))]


def _ending(parts: Mapping[str, str], start: date) -> date:
    """The last day of UNTIL, or about that of COUNT."""
    found = re.match(r"\d{8}", parts.get("UNTIL", ""))
    try:
        if found:
            return datetime.strptime(found[0], "%Y%m%d").date()
        if times := _count(parts.get("COUNT", "0")):
            a_time = parts.get("BYDAY", "").count(",") + 1 if parts["FREQ"] == "WEEKLY" else 1
            every = max(_count(parts.get("INTERVAL", "1")), 1)
            periods = (times - 1) // a_time * every
            return start + timedelta(
                days=periods * _PERIODS[parts["FREQ"]] + _PERIODS[parts["FREQ"]] - 1
            )
    except (ValueError, OverflowError):
        pass
    return date.max


def _parts(rule: str) -> dict[str, str]:
    pieces: Mapping[str, str] = dict(
        piece.partition("=")[::2] for piece in rule[:500].upper().split(";") if "=" in piece
    )
    parts = {name.strip(): value.strip() for name, value in pieces.items()}
    # « The second of all Tuesdays » is how some programs write « the second Tuesday ».
    if parts.get("BYDAY") in _DAYS and re.fullmatch(r"-1|[1-5]", parts.get("BYSETPOS", "")):
        parts["BYDAY"] = parts.pop("BYSETPOS") + parts["BYDAY"]
    return parts


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
