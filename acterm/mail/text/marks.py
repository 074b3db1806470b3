"""Marked text: a line whose styles and links are private-use characters, until it is laid out.

The HTML reader and the plain-text reader write it, `layout` turns it into Lines.
"""

import re
from collections.abc import Iterable, Iterator
from operator import attrgetter

from acterm.i18n import _
from acterm.mail.cells import breaks, cells
from acterm.mail.message import Line, Span, Style
from acterm.mail.text.columns import column_widths, is_numeric

# Opening marks in the order of STYLES; the closing mark is 16 further on.
_OPEN = 0xE000
_CLOSE = 0xE010
_FIRST_OTHER = 0xE020
STYLES = (
    *(Style.BOLD, Style.ITALIC, Style.CODE, Style.HEADING, Style.LINK, Style.IMAGE, Style.RULE),
    Style.STRUCK,
)
# Opens struck words, which stand in words of ours besides: not every terminal strikes them.
STRUCK = "\ue007"
# Opens what an HTML mail says to be a signature; it has no style of its own.
SIGNED = "\ue00f"
# Where cells of a layout table begin, the first of a row and those beside it; where a row ends.
FIRST = "\ue024"
GAP = "\ue020"
ROW_END = "\ue025"
ROW = "\ue021"
CELL = "\ue022"
BREAK = "\ue023"
_MARKS = re.compile("[\ue000-\ue02f]")
_LINK_NUMBER = re.compile(r"⟦(\d{1,5})⟧")
_QUOTE = re.compile(r"((?:> ?)+)")
_TABLE_ROW = re.compile(f"((?:> ?)*){ROW}")
_ITEM = re.compile(r"\s*(?:[•–*-]|\d{1,3}[.)])\s+")
MAX_QUOTE = 20
MAX_LINES = 60_000
_BLANK = Line("")


def opened(style: Style) -> str:
    """The mark that begins a style."""
    return chr(_OPEN + STYLES.index(style))


def closed(style: Style) -> str:
    """The mark that ends a style."""
    return chr(_CLOSE + STYLES.index(style))


def closing(mark: str) -> str:
    """The mark that ends what `mark` opened."""
    return chr(ord(mark) - _OPEN + _CLOSE)


def held(line: str, begun: str) -> str:
    """The opening marks that hold after a line, from those that held before it."""
    for found in _MARKS.finditer(line):
        mark = found[0]
        if ord(mark) < _CLOSE:
            begun += mark if mark not in begun else ""
        elif ord(mark) < _FIRST_OTHER:
            begun = begun.replace(chr(ord(mark) - _CLOSE + _OPEN), "")
    return begun


def unmarked(text: str) -> str:
    """The text without marks."""
    return text if text.isascii() else _MARKS.sub("", text)


def layout(lines: Iterable[str], width: int) -> Iterator[Line]:
    """Marked lines as Lines of at most `width` cells; runs of table rows are aligned."""
    return (line for _number, line in numbered_layout(lines, width))


def numbered_layout(lines: Iterable[str], width: int) -> Iterator[tuple[int, Line]]:
    """The same, each with the number of the marked line it comes from."""
    rows: list[list[str]] = []
    prefix = ""
    number = -1
    for number, line in enumerate(lines):
        found = _TABLE_ROW.match(line) if ROW in line else None
        if rows and (found is None or found[1] != prefix):
            yield from _table(rows, prefix, number - len(rows), width)
            rows = []
        if found:
            prefix = found[1]
            rows.append(line[found.end() :].split(CELL))
        elif not line:
            yield number, _BLANK
        else:
            for laid in _wrapped(line, width):
                yield number, laid
    if rows:
        yield from _table(rows, prefix, number + 1 - len(rows), width)


def _wrapped(line: str, width: int) -> Iterator[Line]:
    if len(line) <= width and line.isascii() and line[:1] != ">" and "\t" not in line:
        yield Line(line)  # most lines: no mark is ASCII
        return
    text, spans = _read(line.expandtabs(8) if "\t" in line else line)
    depth, prefix, text, spans = _quotation(text, spans, width)
    text = text[: MAX_LINES * width]
    if spans and not text and any(span.style is Style.RULE for span in spans):
        rule = "─" * max(1, min(width, 60) - cells(prefix))
        yield Line(prefix + rule, (Span(len(prefix), len(prefix) + len(rule), Style.RULE),), depth)
        return
    item = _ITEM.match(text)
    hanging = " " * min(cells(item[0]), width // 3) if item else ""
    room = width - cells(prefix)
    ranges = breaks(text, room)
    if hanging and len(ranges) > 1:
        first = ranges[0]
        skip = first[1] + (text[first[1] : first[1] + 1] == " ")
        rest = [(a + skip, b + skip) for a, b in breaks(text[skip:], room - len(hanging))]
        ranges = [first, *rest]
    if len(ranges) == 1 and not prefix:
        if len(spans) > 1:
            spans.sort(key=attrgetter("start"))
        yield Line(text, tuple(span for span in spans if span.start < span.end), depth)
        return
    if not spans:
        for number, (start, end) in enumerate(ranges):
            lead = prefix + hanging if number else prefix
            yield Line((lead + text[start:end]).rstrip(), (), depth)
        return
    for number, (start, end, styles) in enumerate(_spread(spans, ranges)):
        lead = prefix + (hanging if number else "")
        shown = text[start:end].rstrip() if len(ranges) > 1 else text
        styled = _shifted(styles, start, start + len(shown), len(lead))
        yield Line(lead + shown if shown else lead.rstrip(), tuple(styled), depth)


def _spread(
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


def _shifted(spans: list[Span], start: int, end: int, lead: int) -> Iterator[Span]:
    for span in spans:
        first, last = max(span.start, start), min(span.end, end)
        if first < last:
            yield Span(first - start + lead, last - start + lead, span.style, span.link)


def _read(line: str) -> tuple[str, list[Span]]:
    """The text of a marked line, and its styles as spans."""
    if line.isascii() or not _MARKS.search(line):
        return line, _numbers(line, [])
    pieces: list[str] = []
    spans: list[Span] = []
    begun: dict[Style, int] = {}
    length = position = 0
    for found in _MARKS.finditer(line):
        piece = line[position : found.start()]
        pieces.append(piece)
        length += len(piece)
        position = found.end()
        code = ord(found[0])
        if code < _CLOSE:
            if code - _OPEN < len(STYLES):
                begun.setdefault(STYLES[code - _OPEN], length)
        elif code - _CLOSE < len(STYLES):
            style = STYLES[code - _CLOSE]
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


def _quotation(text: str, spans: list[Span], width: int) -> tuple[int, str, str, list[Span]]:
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


def _table(
    rows: list[list[str]], prefix: str, first: int, width: int
) -> Iterator[tuple[int, Line]]:
    """Columns aligned, each row's lines with the number of the row; quoted when `prefix` is."""
    depth, lead, _text, _spans = _quotation(prefix + "x", [], width)
    for number, row in enumerate(_aligned(rows, width - len(lead)), first):
        for line in row:
            moved = tuple(_shifted(list(line.spans), 0, len(line.text), len(lead)))
            yield number, Line(lead + line.text, moved, depth) if lead else line


def _aligned(rows: list[list[str]], width: int) -> Iterator[Iterable[Line]]:
    """The lines of each row, in columns shrunk in turn from the widest until they fit."""
    count = max(map(len, rows))
    read = [[[_read(line) for line in cell.split(BREAK)] for cell in row] for row in rows]
    counted = [row if len(row) > 1 or count == 1 else [] for row in read]
    texts = [
        [text for row in counted if at < len(row) for text, _spans in row[at]]
        for at in range(count)
    ]
    head = next((row for row in rows if len(row) > 1), rows[0])
    headed = count > 1 and all(cell.startswith(opened(Style.BOLD)) for cell in head if cell)
    widths = column_widths(texts, width - 2 * (count - 1), whole_words=headed)
    if not widths:
        yield from _records(rows, head if headed else [], width)
        return
    right = [count > 1 and is_numeric(column[headed:]) for column in texts]
    for row, styled in zip(rows, read, strict=True):
        yield _row(styled, widths, right) if len(row) > 1 or count == 1 else _whole(row, width)


def _whole(row: list[str], width: int) -> Iterator[Line]:
    """A row whose one cell goes across all columns, or whose cells stand in one line."""
    parts = [cell for cell in row if unmarked(cell).strip()]
    for part in "  ".join(parts).split(BREAK):
        yield from _wrapped(part, width)


def _records(rows: list[list[str]], head: list[str], width: int) -> Iterator[Iterable[Line]]:
    """A table too wide for its columns: row by row, each cell after the heading above it."""
    names = [unmarked(cell.replace(BREAK, " ")) for cell in head]
    words = _("{name}: {value}")
    for row in rows:
        if row is head:
            yield ()
        elif not head or len(row) == 1:
            yield _whole(row, width)
        else:
            parts = [cell.replace(BREAK, " ") for cell in row]
            named = zip(names[1:], parts[1:], strict=False)
            below = ("• " + words.format(name=n, value=part) for n, part in named if part.strip())
            bold = unmarked(parts[0])
            first = [opened(Style.BOLD) + bold + closed(Style.BOLD)] if bold.strip() else []
            yield (line for one in (*first, *below) for line in _wrapped(one, width))


def _row(
    row: list[list[tuple[str, list[Span]]]], widths: list[int], right: list[bool]
) -> Iterator[Line]:
    """One row on as many lines as its longest cell needs."""
    columns = [
        [(text, *one) for text, spans in cell for one in _spread(spans, breaks(text, widths[at]))]
        for at, cell in enumerate(row)
    ]
    for number in range(max(map(len, columns), default=0)):
        line, spans, used = "", list[Span](), 0
        for at, column in enumerate(columns):
            if number < len(column):
                text, start, end, styles = column[number]
                left = sum(widths[:at]) + 2 * at
                shown = text[start:end].rstrip()
                left += widths[at] - cells(shown) if right[at] else 0
                line += " " * (left - used)
                spans += _shifted(styles, start, start + len(shown), len(line))
                line += shown
                used = left + cells(shown)
        yield Line(line.rstrip(), tuple(spans))
