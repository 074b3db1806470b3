"""Days and hours in words: « mardi 24 novembre 2026, 17:30 – 19:00 »."""

from datetime import date, datetime, timedelta

from acterm.i18n import N_, _

WEEKDAYS = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday")),
    *(N_("Saturday"), N_("Sunday")),
)
MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)


def day_words(day: date) -> str:
    """« mardi 24 novembre 2026 »."""
    words = _("{weekday} {day} {month} {year}")
    if day.day == 1:
        words = _("{weekday} 1 {month} {year}")
    weekday, month = _(WEEKDAYS[day.weekday()]), _(MONTHS[day.month - 1])
    return words.format(weekday=weekday, day=day.day, month=month, year=day.year)


def span_words(start: datetime, end: datetime | None, *, all_day: bool = False) -> str:
    """From when to when; the end is exclusive, so that of whole days is the day after the last."""
    if all_day:
        last = end - timedelta(days=1) if end else start
        if last.date() <= start.date():
            return _("{day}, all day").format(day=day_words(start))
        return f"{day_words(start)} – {day_words(last)}"
    first = _("{day}, {time}").format(day=day_words(start), time=f"{start:%H:%M}")
    if end is None or end <= start:
        return first
    if end.date() == start.date():
        return f"{first} – {end:%H:%M}"
    return f"{first} – " + _("{day}, {time}").format(day=day_words(end), time=f"{end:%H:%M}")


def duration_words(seconds: int) -> str:
    """« 36 h », « 12 min », « 3 j », the largest unit that says enough."""
    if seconds < 60:
        return _("{count} s").format(count=seconds)
    if seconds < 3600:
        return _("{count} min").format(count=seconds // 60)
    if seconds < 3 * 86400:
        return _("{count} h").format(count=seconds // 3600)
    return _("{count} d").format(count=seconds // 86400)
