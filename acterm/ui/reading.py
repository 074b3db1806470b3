"""From a stored source to an opened mail. Pure but for what it is given; runs in any thread."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from acterm.mail.cells import cut
from acterm.mail.message import Header, Line, Message, Rendered, Sign
from acterm.mail.parsing.mime import parse, part
from acterm.mail.signs.suspicion import signs
from acterm.mail.special.special import Special, special, wanted
from acterm.mail.text.attribution import above
from acterm.mail.text.page import Block, PageLine, page
from acterm.mail.text.render import render

# From here on a mail is laid out in a thread of its own: 100 ms of Python is a visible stutter.
LARGE = 200 << 10
_WIDE = 400


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail read for a width, in the alternative `other` tells. `lines` are those of its page.

    `missing` are the sections that would tell more about it and are not here yet.
    """

    mail: int
    width: int
    message: Message
    rendered: Rendered
    signs: tuple[Sign, ...]
    lines: tuple[PageLine, ...]
    special: tuple[Special, ...] = ()
    missing: tuple[str, ...] = ()
    other: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What is stored of a mail; `part` gives the decoded bytes of a section fetched alone."""

    mail: int
    source: bytes
    skeleton: bool
    part: Callable[[str], bytes | None]

    def bytes_of(self, section: str) -> bytes | None:
        """The decoded bytes of a section, None while they are on the server."""
        found = self.part(section)
        if found is None and not self.skeleton:
            found = part(self.source, section)
        return found


def is_slow(source: bytes) -> bool:
    """Whether reading it would be seen: a large mail, or the first invitation, whose library
    takes a quarter of a second to come.
    """
    first = b"text/calendar" in source and "icalendar" not in sys.modules
    return first or len(source) > LARGE


KnownAddresses = Callable[[str], Iterable[str]]


def read(
    source: Source,
    width: int,
    *,
    other: bool = False,
    known_addresses: KnownAddresses,
    fill: int = -1,
) -> Opened:
    """Parse, lay out, and look for what is suspect and what is special.

    `fill` is how full the mailbox really is, in percent, -1 when the server does not say.
    """
    message = parse(source.source, skeleton=source.skeleton)
    rendered = render(message, width - 2, other=other)
    found = signs(message, rendered, known_addresses=known_addresses, fill=fill)
    parts = {section: source.bytes_of(section) for section in wanted(message)}
    return Opened(
        source.mail,
        width,
        message,
        rendered,
        found,
        page(message, rendered, found, width),
        special(message, lambda section: parts.get(section) or source.bytes_of(section)),
        tuple(section for section, data in parts.items() if data is None),
        other,
    )


def first_words(source: bytes, *, skeleton: bool) -> str:
    """What a mail begins with, in one line: its writer's own words, not what they answer."""
    rendered = render(parse(source, skeleton=skeleton), _WIDE)
    lines = [line.text.strip() for line in rendered.lines]
    first = next((at for at, line in enumerate(rendered.lines) if line.quote), len(lines))
    left_out = {at for at, line in enumerate(rendered.lines) if line.quote}
    left_out |= {at for fold in rendered.folds for at in range(fold.first, fold.last + 1)}
    attribution = above(lines, first) if left_out else None
    if attribution:
        left_out |= set(range(attribution.first, first))
    own = (line for at, line in enumerate(lines) if at not in left_out)
    return cut(" ".join(" ".join(own).split()), _WIDE)


def announced(
    header: Header, width: int, words: str, block: Block = Block.NOTE
) -> tuple[PageLine, ...]:
    """The header at once, and a sentence where the text will be."""
    message = Message(
        subject=header.subject,
        sender=(header.sender,) if header.sender.label else (),
        to=header.to,
        cc=header.cc,
        bcc=(),
        reply_to=(),
        date=None,
        message_id=header.message_id,
        in_reply_to="",
        references=(),
        plain=None,
        html=None,
        flowed=False,
        delsp=False,
        attachments=(),
        headers=(),
    )
    from acterm.mail.text.marks import layout

    sentence = tuple(layout([words], width - 2))
    drawn = page(message, Rendered(sentence, (), ()), (), width)
    return tuple(
        PageLine(block, Line(f" {entry.line.text}")) if entry.block is Block.BODY else entry
        for entry in drawn
    )
