"""An attached web page as text: nothing in it runs, nothing is fetched."""

from acterm.mail.header import decode_bytes
from acterm.mail.html import read
from acterm.mail.links import numbered
from acterm.mail.marks import layout
from acterm.mail.page import link_lines
from acterm.viewers.view import View


def view(data: bytes, width: int) -> View:
    """What the page says, and where its links lead."""
    page = read(decode_bytes(data)[0])
    links = link_lines(numbered(page.links), width)
    return View((*layout(page.lines, width), *(entry.line for entry in links)), cut=page.cut)
