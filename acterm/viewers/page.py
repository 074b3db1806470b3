"""An attached web page as text: nothing in it runs, nothing is fetched."""

from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.html import read
from acterm.mail.marks import layout
from acterm.viewers.view import View


def view(data: bytes, width: int) -> View:
    """What the page says."""
    return View(tuple(layout(read(clean(decode_bytes(data)[0])).lines, width)))
