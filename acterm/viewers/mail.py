"""An attached mail, shown as any other; its attachments are the files inside."""

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.message import Attachment, Line
from acterm.mail.parsing.mime import parse, part
from acterm.mail.signs.suspicion import signs
from acterm.mail.size import type_words
from acterm.mail.text.page import Block, PageLine, page
from acterm.mail.text.render import render
from acterm.viewers.asked import Asked
from acterm.viewers.view import Entry, Member, View


def view(asked: Asked) -> View:
    """The mail with its headers and warnings."""
    message = parse(asked.data)
    rendered = render(message, asked.width)
    lines = page(message, rendered, signs(message, rendered), asked.width)
    if not (message.sender or message.subject):  # a part of a mail, out of its signature
        head = (Block.SUBJECT, Block.HEADER)
        lines = tuple(entry for entry in lines if entry.block not in head)
    entries = [
        Entry(one.number, _name(asked.data, one), one.type, one.size) for one in message.attachments
    ]
    listed = len(entries) + 1 if entries else 0  # a blank line, then one each
    return View(tuple(map(_outdented, lines)), entries=tuple(entries), listed=listed)


def member(asked: Asked, number: int) -> Member:
    """One of its attachments."""
    for one in parse(asked.data).attachments:
        if one.number == number:
            return Member(_name(asked.data, one), one.type, part(asked.data, one.section))
    raise BadData(_("There is no such file in “{name}”.").format(name=asked.name))


def _outdented(entry: PageLine) -> Line:
    """A line without the margin that what stands around the text of an open mail has."""
    line = entry.line
    if entry.block is Block.BODY or not line.text.startswith(" "):
        return line
    spans = tuple(
        span._replace(start=max(span.start - 1, 0), end=max(span.end - 1, 0)) for span in line.spans
    )
    return line._replace(text=line.text[1:], spans=spans)


def _name(data: bytes, one: Attachment) -> str:
    """Its name; a mail inside has that of its subject."""
    if one.name or one.type != "message/rfc822":
        return one.name
    return f"{parse(part(data, one.section)).subject or type_words(one.type)}.eml"
