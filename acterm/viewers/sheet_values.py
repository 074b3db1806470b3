"""Numbers, days and hours as the person's own spreadsheet writes them."""

import datetime
import re

from acterm.i18n import language

# A duration as OpenDocument writes it (XML Schema, part 2, §3.2.6).
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")


def number_words(value: float) -> str:
    """A number without more decimals than a reader wants of a computed value."""
    if abs(value) < 1 or abs(value) >= 1e15:
        text = f"{value:.4g}"
    else:
        text = f"{value:.4f}".rstrip("0").rstrip(".")
    return in_french(text)


def in_french(text: str) -> str:
    """A number with the decimal comma of the person's language."""
    return text.replace(".", ",") if language() == "fr" else text


def moment_words(value: datetime.date | datetime.time) -> str:
    """A day, an hour or both."""
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


def duration_words(value: datetime.timedelta) -> str:
    """Hours and minutes, more than a day as well."""
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def text_words(text: str) -> str:
    """A text, a duration that is written as one made readable."""
    found = _DURATION.fullmatch(text)
    return f"{int(found[1])}:{int(found[2]):02}" if found else text
