"""A mail as the reader shows it, block by block: headers, warnings, text, links, attachments.

The command line prints the same lines that the screen draws.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from acterm.i18n import _
from acterm.mail.address import Address
from acterm.mail.cells import breaks, cells, cut
from acterm.mail.message import Attachment, Level, Line, Link, Message, Rendered, Sign
from acterm.mail.size import size_words, type_words

_LABEL = 7
_LONGEST_NAME = 100
_LEAST = 10
MOST_ADDRESSES = 8


class Block(StrEnum):
    """What a line of the page is, for its colours."""

    SUBJECT = "subject"
    HEADER = "header"
    SUSPECT = "suspect"
    VERIFY = "verify"
    NOTE = "note"
    BODY = "body"
    LINK = "link"
    ATTACHMENT = "attachment"
    BLANK = "blank"


class PageLine(NamedTuple):
    """One line of the page. `number` is the body line's, link's or attachment's, from 1."""

    block: Block
    line: Line
    number: int = 0


def page(
    message: Message, rendered: Rendered, signs: Sequence[Sign], width: int
) -> tuple[PageLine, ...]:
    """The whole mail in lines of at most `width` cells."""
    return (
        *_subject(message, width),
        *headers(message, width),
        *warnings(signs, width),
        _blank(),
        *_body(rendered, width),
        *link_lines(rendered.links, width),
        *_attachments(message.attachments, width),
    )


def headers(message: Message, width: int) -> Iterator[PageLine]:
    """From, To, Cc and the date."""
    date = date_words(message.date)
    sender = _people(message.sender) or _("(no sender)")
    room = width - _LABEL - 1 - cells(date) - 2
    if room < _LEAST:
        yield from _folded(Block.HEADER, _label(_("From")), sender, width)
        yield _line(Block.HEADER, cut(f" {date}", width))
    else:
        yield from _beside(_label(_("From")), sender, date, width)
    for label, people in ((_("To"), message.to), (_("Cc"), message.cc)):
        if people:
            text = _people(people)
            yield from _folded(Block.HEADER, _label(label), text, width)
    if _addresses(message.reply_to) - _addresses(message.sender):
        text = _people(message.reply_to)
        yield from _folded(Block.HEADER, _label(_("Reply")), text, width)


def _beside(label: str, sender: str, date: str, width: int) -> Iterator[PageLine]:
    """The date at the right end; of a long sender the address is never cut, it goes below."""
    end = breaks(sender, width - cells(label) - cells(date) - 2)[0][1]
    pad = width - cells(label) - cells(sender[:end]) - cells(date)
    yield _line(Block.HEADER, label + sender[:end] + " " * pad + date)
    rest = sender[end:].lstrip(" ")
    for start, stop in breaks(rest, width - cells(label)) if rest else ():
        yield _line(Block.HEADER, " " * cells(label) + rest[start:stop])


def warnings(signs: Sequence[Sign], width: int) -> Iterator[PageLine]:
    """The signs in words, the loudest first; plain notes in one line."""
    loud = [sign for sign in signs if sign.level is not Level.NOTE]
    if loud:
        suspect = any(sign.level is Level.SUSPECT for sign in loud)
        block = Block.SUSPECT if suspect else Block.VERIFY
        title = _("Very suspect") if suspect else _("To be checked")
        for number, sign in enumerate(loud):
            lead = f" !! {title} · " if not number else " !! "
            yield from _folded(block, lead, sign.text, width, indent=4)
    for sign in signs:
        if sign.level is Level.NOTE:
            yield from _folded(Block.NOTE, " · ", sign.text, width)


def date_words(date: datetime | None) -> str:
    """Day and time here, « 23/11/2026 09:15 », empty without a date."""
    if date is None:
        return ""
    try:
        return f"{date.astimezone():%d/%m/%Y %H:%M}"
    except (OverflowError, ValueError, OSError):
        return ""


def link_words(link: Link) -> str:
    """A link in the list at the end: its number and where it really leads."""
    where = link.url.partition("://")[2] if "://" in link.url else link.url
    if "@" in where.partition("/")[0] and link.url.startswith("http"):
        where = f"{link.host} · {where}"  # what stands before an @ is there to be taken for a host
    return f"⟦{link.number}⟧ {where or link.host}"


def attachment_words(attachment: Attachment) -> str:
    """An attachment in the bar: its name, else what it is, and its size."""
    name = attachment.name or type_words(attachment.type)
    return f"+ {name} ({size_words(attachment.size)})"


def _subject(message: Message, width: int) -> Iterator[PageLine]:
    yield from _folded(Block.SUBJECT, " ", message.subject or _("(no subject)"), width)


def _body(rendered: Rendered, width: int) -> Iterator[PageLine]:
    for number, line in enumerate(rendered.lines, 1):
        yield PageLine(Block.BODY, line, number)
    if not rendered.lines:
        yield from _folded(Block.NOTE, " ", _("(This mail has no text.)"), width)


def link_lines(links: Sequence[Link], width: int) -> Iterator[PageLine]:
    """A blank line, then one line a link, with a warning below it where there is one."""
    if links:
        yield _blank()
    for link in links:
        yield _line(Block.LINK, cut(f" {link_words(link)}", width), link.number)
        if link.warning:
            yield from _folded(Block.VERIFY, "   ! ", link.warning, width)


def _attachments(attachments: Sequence[Attachment], width: int) -> Iterator[PageLine]:
    if attachments:
        yield _blank()
    for item in attachments:
        yield _line(Block.ATTACHMENT, cut(f" {attachment_words(item)}", width), item.number)


def _people(people: Sequence[Address]) -> str:
    shown = ", ".join(map(_person, people[:MOST_ADDRESSES]))
    more = len(people) - MOST_ADDRESSES
    return _("{names} and {count} more").format(names=shown, count=more) if more > 0 else shown


def _addresses(people: Sequence[Address]) -> set[str]:
    return {person.address.lower() or person.name for person in people}


def _person(person: Address) -> str:
    """Both parts, or one when they are the same; no name is so long that it hides the rest."""
    same = person.name.lower() == person.address.lower()
    return person.address if same else str(replace(person, name=cut(person.name, _LONGEST_NAME)))


def _folded(
    block: Block, lead: str, text: str, width: int, *, indent: int = 0
) -> Iterator[PageLine]:
    """`lead` and the text, its next lines below the text's beginning."""
    hanging = min(indent or cells(lead), width // 2)
    if width - cells(lead) < _LEAST:
        yield _line(block, cut(lead.rstrip(), width))
        lead = " " * hanging
    _start, end = breaks(text, width - cells(lead))[0]
    yield _line(block, lead + text[:end])
    rest = text[end + (text[end : end + 1] == " ") :]
    for start, stop in breaks(rest, width - hanging) if rest else ():
        yield _line(block, " " * hanging + rest[start:stop])


def _label(name: str) -> str:
    return f" {name:<{_LABEL - 1}} "


def _line(block: Block, text: str, number: int = 0) -> PageLine:
    return PageLine(block, Line(text.rstrip()), number)


def _blank() -> PageLine:
    return PageLine(Block.BLANK, Line(""))
