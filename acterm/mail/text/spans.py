"""The styles of a marked line as spans: read, spread over the lines it is cut into, moved."""

import re
from collections.abc import Iterator
from operator import attrgetter

from acterm.mail.message import Span, Style
from acterm.mail.text.marking import CLOSE, MARKS, OPEN, STYLES

_LINK_NUMBER = re.compile(r"⟦(\d{1,5})⟧")


def spread(
    spans: list[Span], ranges: list[tuple[int, int]]
) -> Iterator[tuple[int, int, list[Span]]]:
    """Each range with the spans that touch it, in one pass over both."""
    waiting = sorted(spans, key=attrgetter("start"), reverse=True)
    active: list[Span] = []
    for start, end in ranges:
        active = [span for span in active if span.end > start]
        while waiting and waiting[-1].start < end:
            active.append(waiting.pop())
        yield start, end, active


def shifted(spans: list[Span], start: int, end: int, lead: int) -> Iterator[Span]:
    """Those within `start` to `end`, cut there, as they stand when `start` stands at `lead`."""
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            yield Span(first - start + lead, last - start + lead, span.style, span.link)


def read_spans(line: str) -> tuple[str, list[Span]]:
    """The text of a marked line, and its styles as spans."""
    if line.isascii() or not MARKS.search(line):
        return line, _numbers(line, [])
    pieces: list[str] = []
    spans: list[Span] = []
    begun: dict[Style, int] = {}
    length = position = 0
    for found in MARKS.finditer(line):
        piece = line[position : found.start()]
        pieces.append(piece)
        length += len(piece)
        position = found.end()
        code = ord(found[0])
        if code < CLOSE:
            if code - OPEN < len(STYLES):
                begun.setdefault(STYLES[code - OPEN], length)
        elif code - CLOSE < len(STYLES):
            style = STYLES[code - CLOSE]
            start = begun.pop(style, 0)
            if start < length or style is Style.RULE:
                spans.append(Span(start, length, style))
    pieces.append(line[position:])
    text = "".join(pieces)
    spans += [Span(start, len(text), style) for style, start in begun.items()]
    return text, _numbers(text, spans)


def _numbers(text: str, spans: list[Span]) -> list[Span]:
    """Give link spans the number that stands behind them."""
    if "⟦" not in text:
        return spans
    numbered = [
        Span(m.start(), m.end(), Style.LINK, int(m[1])) for m in _LINK_NUMBER.finditer(text)
    ]
    by_start = {span.start: span.link for span in numbered}
    named = [
        Span(span.start, span.end, span.style, by_start.get(span.end, 0))
        if span.style is Style.LINK
        else span
        for span in spans
    ]
    return named + numbered
