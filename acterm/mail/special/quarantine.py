"""The report of a filter that keeps mail back: which mails, from whom."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from acterm.i18n import _, ngettext
from acterm.mail.days import day_words
from acterm.mail.fold import fold
from acterm.mail.message import Message
from acterm.mail.signs.evidence import sender_of

_MAX_TEXT = 100_000
_MOST = 200
_NAMED = re.compile(
    r"\b(?:quarantaine|quarantine|spam (?:digest|report|summary)|end user digest"
    r"|messages? (?:retenus?|bloques?|held)"
    r"|rapport (?:de |d'|anti-?)?spam|resume (?:de la |des )?(?:quarantaine|spams?))\b"
)
# Of mail, and not of sick people: what a report without a number has to be called.
_REPORT = re.compile(
    r"(?:rapport|resume|digest|report|summary|notification|messages?|mails?|courriels?|spams?)\b"
    r".{0,30}\b(?:quarantaine|quarantine)|\b(?:quarantaine|quarantine)\b.{0,30}"
    r"(?:rapport|digest|report|notification|messages?|mails?|courriels?|spams?)\b"
    r"|spam (?:digest|report|summary)|end user digest|anti-?spam"
)
_LABEL = re.compile(r"^\W*(?:sender|from|expediteur|de|subject|objet|sujet|date)\s*:\s*", re.I)
_SUBJECT = re.compile(r"^\W*(?:subject|objet|sujet)\s*:\s*(.+)", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(\d{1,5}) (?:nouveaux? |new )?(?:messages?|mails?|e-?mails?|courriels?|spams?)\b"
    r"[^.!?]{0,40}?"
    r"\b(?:retenus?|bloques?|en quarantaine|held|quarantined?|blocked|spams?)"
)
_KEPT = re.compile(
    r"(?:supprime|efface|purge|detruit|conserve|garde|deleted|removed|kept|retained)\w*\b"
    r"[^.!?\n]{0,40}?\b(\d{1,2}) (?:jours|days)"
    r"|\b(\d{1,2}) (?:jours|days)\b[^.!?\n]{0,30}?(?:supprime|efface|purge|deleted|removed)"
)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:[ ,à]*\d{1,2}[:h]\d{2}(?::\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Held:
    """One mail kept back. What the report does not say is empty."""

    sender: str
    subject: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What a filter holds, in its order. `count` is 0 when the report does not say it, `until`
    the last day that the oldest may still be there."""

    held: tuple[Held, ...] = ()
    count: int = 0
    until: date | None = None

    def words(self) -> str:
        """One or two sentences for a card."""
        if self.until is None:
            return self._counted()
        words = _("They are deleted on {day} at the latest.").format(day=day_words(self.until))
        return f"{self._counted()} {words}"

    def _counted(self) -> str:
        if not self.count:
            return _("Report of a filter that keeps mail back: open its page only by yourself.")
        words = ngettext(
            "A filter keeps {count} mail back: look whether it is one you wait for.",
            "A filter keeps {count} mails back: look whether one of them is one you wait for.",
            self.count,
        )
        return words.format(count=self.count)


def read(message: Message) -> Quarantine | None:
    """The mails a filter's report lists, one a line of the text; None when it is no report."""
    who = sender_of(message)
    title = fold(f"{who.label} {message.subject}")
    if not _NAMED.search(title):
        return None
    text = _lines(message)
    counted = _COUNT.search(fold(f"{message.subject}. {text[:4000]}"))
    if not counted and not _REPORT.search(title):
        return None
    held = _all_held(text.split("\n"), who.address.lower())
    if not counted and not held:
        return None
    count = int(counted[1]) if counted else len(held)
    return Quarantine(tuple(held), count, _until(message.date, text))


def _until(came: datetime | None, text: str) -> date | None:
    """The day of the report and the days that it says mails are kept."""
    kept = _KEPT.search(fold(text[:4000]))
    if came is None or kept is None:
        return None
    return (came + timedelta(days=int(kept[1] or kept[2]))).date()


def _all_held(lines: list[str], own: str) -> list[Held]:
    """One mail a line, or a block of labelled lines for each."""
    held: list[Held] = []
    for line in lines:
        found = _ADDRESS.search(line)
        if found and found[0].lower() != own and len(held) < _MOST:
            held.append(_held(line, found))
        elif held and not held[-1].subject and (named := _SUBJECT.match(line)):
            held[-1] = replace(held[-1], subject=named[1].strip()[:200])
    return held


def _held(line: str, found: re.Match[str]) -> Held:
    """Sender, subject behind it (before it, when nothing is), date."""
    date = _DATE.search(line)
    rest = [line[found.end() :], _LABEL.sub("", line[: found.start()])]
    subjects = [_DATE.sub("", one).strip(" \t|<>«»;,:") for one in rest]
    return Held(found[0], next((one for one in subjects if one), "")[:200], date[0] if date else "")


def _lines(message: Message) -> str:
    """The text, of a web page as it is laid out: one row of a table a line."""
    if message.plain and message.plain.strip():
        return message.plain[:_MAX_TEXT]
    from acterm.mail.text.render import render

    return render(message, 400).text[:_MAX_TEXT]
