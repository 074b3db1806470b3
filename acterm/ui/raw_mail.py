"""A mail as it came: the way it took, its fields, its source. Each line with the key beside it."""

import re
from collections.abc import Iterator

from acterm.i18n import _
from acterm.mail.cells import cells
from acterm.mail.clean import clean
from acterm.mail.message import Line, Message, Span, Style
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.size import size_words
from acterm.mail.special.hops import hops, slowest
from acterm.mail.text.marks import layout
from acterm.mail.text.page import Block, PageLine
from acterm.store.bodies import Body
from acterm.ui.cards import Keys
from acterm.ui.glyphs import marks

_FIELD_NAME = re.compile(r" ?([A-Za-z][\w-]{0,70}:)(?= |$)")
_MOST = 1000 << 10
_BLANK = PageLine(Block.BLANK, Line(""))


def header_lines(message: Message, width: int, keys: Keys) -> Iterator[tuple[PageLine, str]]:
    """The way the mail took, then every field, its further lines below its beginning."""
    hide = keys("show_headers", label=_("hide the headers"))
    way = hops(message)
    if way:
        title = _("The way it took, the first server first")
        longest = slowest(way)
        yield _told(f"{title} {marks.dot} {longest}" if longest else title), hide
        for number, hop in enumerate(way, 1):
            for line in _hanging(f"{number}. {hop.words()}", width, "   ", "      "):
                yield line, ""
        yield _BLANK, ""
    yield _told(_("All headers")), "" if way else hide
    for name, value in message.headers:
        for line in _hanging(f"{name}: {value}", width, " ", "   "):
            yield line, ""


def source_lines(body: Body | None, width: int, keys: Keys) -> Iterator[tuple[PageLine, str]]:
    """The mail exactly as it came, made safe for the terminal."""
    source = body.source if body else b""
    whole = not (body and body.skeleton)
    words = _("The mail as it came.") if whole else _("The mail, its large attachments left out.")
    yield _told(words, Block.NOTE), keys("show_source", label=_("back to the text"))
    yield _BLANK, ""
    lines = clean(decode_bytes(source[:_MOST])[0]).split("\n")
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    for line in layout(lines[:end], width - 2):
        yield PageLine(Block.BODY, _with_name(line.text)), ""
    for line in layout(lines[end:], width - 2):
        yield PageLine(Block.BODY, line), ""
    rest = len(source) - _MOST
    if rest > 0:
        words = _("{size} more are not shown.").format(size=size_words(rest))
        yield _told(f"{marks.cut} {words}", Block.NOTE), ""


def _hanging(words: str, width: int, lead: str, further: str) -> Iterator[PageLine]:
    for at, line in enumerate(layout([words], width - cells(further) - 1)):
        yield PageLine(Block.HEADER, _with_name((further if at else lead) + line.text))


def _told(words: str, block: Block = Block.HEADER) -> PageLine:
    return PageLine(block, Line(f" {words}"))


def _with_name(text: str) -> Line:
    """A header line with the name of its field set off."""
    name = _FIELD_NAME.match(text)
    return Line(text, (Span(name.start(1), name.end(1), Style.BOLD),) if name else ())
