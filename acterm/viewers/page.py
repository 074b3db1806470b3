"""An attached web page as text: nothing in it runs, nothing is fetched."""

import re

from acterm.i18n import _
from acterm.mail.message import Line
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.html import read
from acterm.mail.text.marks import layout
from acterm.mail.text.page import link_lines
from acterm.mail.web.links import numbered
from acterm.viewers.asked import Asked
from acterm.viewers.view import View

_ASKS = re.compile(r"<input\b[^<>]{0,500}?\btype\s*=\s*[\"']?password", re.IGNORECASE)


def view(asked: Asked) -> View:
    """What the page says, and where its links lead."""
    source = decode_bytes(asked.data, asked.charset)[0]
    lines, cut = read_page(source, asked.width)
    note = "" if lines else _("This page shows no text without its pictures and scripts.")
    if _ASKS.search(source):
        note = _("This page asks for a password: a real service does not send such pages by mail.")
    return View(lines, note, cut=cut)


def read_page(source: str, width: int) -> tuple[tuple[Line, ...], bool]:
    """The lines of HTML with its links below, and whether its end was left out."""
    page = read(source)
    links = link_lines(numbered(page.links), width)
    return (*layout(page.lines, width), *(entry.line for entry in links)), page.cut
