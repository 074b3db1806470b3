"""The report of a filter that keeps mail back: which mails, from whom."""

import re
from dataclasses import dataclass

from acterm.i18n import _, ngettext
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
_COUNT = re.compile(
    r"\b(\d{1,5}) (?:nouveaux? |new )?(?:messages?|mails?|e-?mails?|courriels?"
    r"|spams?)\b[^.!?]{0,40}?"
    r"\b(?:retenus?|bloques?|en quarantaine|held|quarantined?|blocked|spams?)"
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
    """What a filter holds, in its order. `count` is 0 when the report does not say it."""

    held: tuple[Held, ...] = ()
    count: int = 0

    def words(self) -> str:
        """One sentence for a card."""
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
    named = _NAMED.search(fold(f"{who.label} {message.subject}"))
    if not named:
        return None
    text = _lines(message)
    held: list[Held] = []
    for line in text.split("\n"):
        found = _ADDRESS.search(line)
        if found and found[0].lower() != who.address.lower() and len(held) < _MOST:
            held.append(_held(line, found))
    counted = _COUNT.search(fold(f"{message.subject}. {text[:4000]}"))
    if not counted and not held:
        return None
    return Quarantine(tuple(held), int(counted[1]) if counted else len(held))


def _held(line: str, found: re.Match[str]) -> Held:
    """Sender, subject behind it (before it, when nothing is), date."""
    date = _DATE.search(line)
    rest = [line[found.end() :], line[: found.start()]]
    subjects = [_DATE.sub("", one).strip(" \t|<>«»;,:") for one in rest]
    return Held(found[0], next((one for one in subjects if one), "")[:200], date[0] if date else "")


def _lines(message: Message) -> str:
    """The text, of a web page as it is laid out: one row of a table a line."""
    if message.plain and message.plain.strip():
        return message.plain[:_MAX_TEXT]
    from acterm.mail.text.render import render

    return render(message, 400).text[:_MAX_TEXT]
