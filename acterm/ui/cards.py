"""What is special about a mail, as a few lines above its text: a code, an invitation, a bounce."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from acterm.i18n import _, ngettext
from acterm.mail.cells import cells, cut
from acterm.mail.message import Line, Span, Style
from acterm.mail.special.invitation import EVENTS
from acterm.mail.special.special import (
    Bounce,
    Invitation,
    ListMail,
    Method,
    OneTimeCode,
    Quarantine,
    ReceiptAsked,
    ReceiptCame,
    Signed,
    Special,
)
from acterm.mail.text.marks import layout
from acterm.mail.text.page import Block, PageLine
from acterm.ui.command import named
from acterm.ui.glyphs import FINE, marks

Keys = Callable[..., str]
"""« i indésirable   s corbeille » for the names of commands, without those that cannot be done."""
Notes = Callable[[Special], Iterable[str]]
"""What this computer knows about something special: another appointment, an answer given."""

Row = tuple[str, Style | None]

_MOST_HELD = 5
_MOST_OF_SERVER = 240
_MOST_SAID = 8
_VERBS: dict[type[Special], str] = {
    Invitation: "what_to_do",
    OneTimeCode: "copy_code",
    ReceiptAsked: "send_receipt",
    ListMail: "unsubscribe",
    Bounce: "open_original",
    ReceiptCame: "open_original",
    Signed: "verify_signature",
}
# Three columns of five dots a digit, from the top.
_DIGITS = {
    "0": "111101101101111",
    "1": "010110010010111",
    "2": "111001111100111",
    "3": "111001111001111",
    "4": "101101111001001",
    "5": "111100111001111",
    "6": "111100111101111",
    "7": "111001010010010",
    "8": "111101111101111",
    "9": "111101111001111",
}


def without_notes(_special: Special) -> Iterable[str]:
    """Nothing is known."""
    return ()


def cards(
    found: Iterable[Special], width: int, keys: Keys, notes: Notes = without_notes
) -> Iterator[tuple[PageLine, str]]:
    """The lines of all cards; the key for what can be done stands where there is room for it."""
    found = tuple(found)
    hint = _hint(found, keys)
    lines: list[PageLine] = []
    for one in found:
        for text, style in (*_rows(one), *((note, Style.BOLD) for note in notes(one))):
            lines += _wrapped(text, style, width)
    room = width - cells(hint) - 3
    at = next((n for n, line in enumerate(lines) if cells(line.line.text) <= room), len(lines))
    if hint and at == len(lines):
        lines.append(PageLine(Block.BODY, Line(marks.wall)))
    for number, line in enumerate(lines):
        yield line, hint if number == at else ""


def _hint(found: Sequence[Special], keys: Keys) -> str:
    """What Enter does: the one thing there is to do, else a list of them."""
    verbs = [verb for one in found if (verb := _verb(one))]
    if not verbs:
        return ""
    return keys("what_to_do", label=named(verbs[0] if len(verbs) == 1 else "what_to_do").hint())


def _verb(one: Special) -> str:
    match one:
        case ListMail(unsubscribe=()) | Signed(encrypted=True):
            return ""
        case Bounce(message_id="") | ReceiptCame(message_id=""):
            return ""
        case _:
            return _VERBS.get(type(one), "")


def _wrapped(text: str, style: Style | None, width: int) -> Iterator[PageLine]:
    lead = f"{marks.wall} "
    for line in layout([text], max(10, width - len(lead) - 2)):
        words = lead + line.text
        spans = (Span(len(lead), len(words), style),) if style else ()
        yield PageLine(Block.BODY, Line(words, spans))


def _rows(one: Special) -> Iterator[Row]:
    match one:
        case Invitation():
            yield from _invitation(one)
        case OneTimeCode():
            yield from ((row, Style.BOLD) for row in large(one.code))
            yield f"{one.code} {marks.dot} {one.words()}", None
        case Bounce():
            yield one.words(), Style.BOLD
            if one.said:
                yield (
                    _("The server said: “{words}”").format(words=cut(one.said, _MOST_OF_SERVER)),
                    None,
                )
        case Quarantine():
            yield one.words(), Style.BOLD
            for held in one.held[:_MOST_HELD]:
                yield f"  {held.sender} {marks.dot} {held.subject}", None
        case ListMail():
            yield one.words(), None
        case _:
            yield one.words(), None


def _invitation(event: Invitation) -> Iterator[Row]:
    yield event.title(), Style.HEADING
    if state := event.state():
        yield state, Style.BOLD
    if event.method is not Method.REFRESH:
        when = event.when() or _("without a date")
        yield f"{when} {marks.dot} {event.recurrence}" if event.recurrence else when, Style.BOLD
    if event.odd_zone:
        yield _("Nobody here knows the time zone it is written in: ask for the time."), None
    where = f" {marks.dot} ".join(words for words in (event.place, _organised(event)) if words)
    if where:
        yield where, None
    yield from ((words, None) for words in _said(event))


def _said(event: Invitation) -> Iterator[str]:
    """What stands in the event beside time and place, as far as the mail itself does not say it."""
    if event.url:
        yield event.url
    if event.description:
        yield from event.description.split("\n", _MOST_SAID)[:_MOST_SAID]
    if event.comment:
        yield _("With the words: “{words}”").format(words=event.comment)
    if event.elsewhere:
        words = _("An answer goes to {address}, not to the sender.")
        yield words.format(address=event.organizer.address)
    if event.more:
        words = ngettext("and {count} more event", "and {count} more events", event.more)
        yield words.format(count=event.more)


def _organised(event: Invitation) -> str:
    """Who organises it; who talks with the organiser does not need to be told."""
    person = event.organizer
    if not person.address or event.method not in EVENTS:
        return ""
    return _("organised by {person}").format(person=person.label)


def large(code: str) -> list[str]:
    """A code to be read from afar: three rows of half blocks; spaced out where it has letters."""
    if marks is not FINE or not code.isascii() or not code.isdigit():
        return [" ".join(code)]
    rows = []
    for top in (0, 6, 12):
        drawn = []
        for digit in code:
            upper = _DIGITS[digit][top : top + 3]
            lower = _DIGITS[digit][top + 3 : top + 6].ljust(3, "0")
            drawn.append("".join(_half(a, b) for a, b in zip(upper, lower, strict=True)))
        rows.append("  ".join(drawn))
    return rows


def _half(upper: str, lower: str) -> str:
    return {"00": "\u00a0", "10": "▀", "01": "▄", "11": "█"}[upper + lower]
