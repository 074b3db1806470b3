"""One marked line as Lines of a width: quotation marks repeated, items hanging, rules drawn."""

import re
from collections.abc import Iterator
from operator import attrgetter

from acterm.mail.cells import breaks, cells
from acterm.mail.message import Line, Span, Style
from acterm.mail.text.marking import MAX_LINES
from acterm.mail.text.spans import read_spans, shifted, spread

MAX_QUOTE = 20

_QUOTE = re.compile(r"((?:> ?)+)")
_ITEM = re.compile(r"\s*(?:[•–*-]|(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[.)])\s+")
_INDENT = re.compile(" {2,}(?! )")
_NO_BREAK = "\u00a0"
# A line that its writer drew, in as many signs as had room elsewhere.
_DRAWN = re.compile(r"([_─—=*~-])\1{19,}")


def wrapped(line: str, width: int) -> Iterator[Line]:
    """A marked line as Lines of at most `width` cells."""
    if len(line) <= width and line.isascii() and line[:1] != ">" and "\t" not in line:
        yield Line(line)  # most lines: no mark is ASCII
        return
    text, spans = read_spans(line.expandtabs(8) if "\t" in line else line)
    depth, prefix, text, spans = quotation(text, spans, width)
    if spans and not text and any(span.style is Style.RULE for span in spans):
        rule = "─" * max(1, min(width, 60) - cells(prefix))
        yield Line(prefix + rule, (Span(len(prefix), len(prefix) + len(rule), Style.RULE),), depth)
        return
    text, spans = _fitted(text, spans, width, cells(prefix))
    hanging, ranges = _cut(text[: MAX_LINES * width], width, cells(prefix))
    if len(ranges) == 1 and not prefix:
        if len(spans) > 1:
            spans.sort(key=attrgetter("start"))
        yield Line(text, tuple(span for span in spans if span.start < span.end), depth)
        return
    for number, (start, end, styles) in enumerate(spread(spans, ranges)):
        lead = prefix + (hanging if number else "")
        shown = text[start:end].rstrip() if len(ranges) > 1 or not spans else text
        styled = shifted(styles, start, start + len(shown), len(lead)) if styles else ()
        yield Line(lead + shown if shown else lead.rstrip(), tuple(styled), depth)


def _fitted(text: str, spans: list[Span], width: int, lead: int) -> tuple[str, list[Span]]:
    """A text too long for its line: a drawn one is cut, one far to the right gets nearer."""
    first, last = 0, len(text)
    if last > width - lead:
        blank = last - len(text.lstrip(" "))
        if _DRAWN.fullmatch(text):
            last = width - lead
        elif blank > width // 2:
            first = blank - width // 3
    if last - first == len(text):
        return text, spans
    return text[first:last], list(shifted(spans, first, last, 0))


def _cut(text: str, width: int, lead: int) -> tuple[str, list[tuple[int, int]]]:
    """What stands before the later lines of a text, and where it is cut into lines."""
    room = width - lead
    text = _loosened(text, room)
    ranges = breaks(text, room)
    stem = (_ITEM.match(text) or _INDENT.match(text)) if len(ranges) > 1 else None
    hanging = " " * min(cells(stem[0]), width // 3) if stem else ""
    if hanging and "://" in text and max(map(len, text.split(" "))) > room - len(hanging):
        hanging = ""  # blanks of ours inside an address would be copied with it
    if not hanging:
        return "", ranges
    skip = ranges[0][1] + (text[ranges[0][1] : ranges[0][1] + 1] == " ")
    rest = [(a + skip, b + skip) for a, b in breaks(text[skip:], room - len(hanging))]
    return hanging, [ranges[0], *rest]


def _loosened(text: str, room: int) -> str:
    """The same with breaks allowed at no-break spaces that make one word wider than a line."""
    if _NO_BREAK not in text:
        return text
    words = text.split(" ")
    return " ".join(word.replace(_NO_BREAK, " ") if cells(word) > room else word for word in words)


def quotation(text: str, spans: list[Span], width: int) -> tuple[int, str, str, list[Span]]:
    """Quotation depth, the prefix every wrapped line repeats, and the rest."""
    found = _QUOTE.match(text)
    if not found:
        return 0, "", text, spans
    skip = found.end()
    depth = found[1].count(">")
    prefix = ">" * min(depth, MAX_QUOTE, max(width // 2, 1)) + " "
    moved = [
        Span(max(span.start - skip, 0), span.end - skip, span.style, span.link)
        for span in spans
        if span.end > skip
    ]
    rest = text[skip:]
    return depth, prefix if rest.strip() else prefix.rstrip(), rest, moved
