"""Plain text, whatever its alphabet."""

from itertools import islice

from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.marks import layout
from acterm.viewers.families import MAX_LINES
from acterm.viewers.view import View

# A screen reads no more; tabs make it longer.
MAX_TEXT = 3 << 19


def view(data: bytes, width: int) -> View:
    """The text, wrapped."""
    text = clean(decode_bytes(data)[0])
    lines = text[:MAX_TEXT].split("\n", MAX_LINES)[:MAX_LINES]
    shown = tuple(islice(layout(lines, width), MAX_LINES))
    return View(shown, cut=len(text) > MAX_TEXT or MAX_LINES in (len(lines), len(shown)))
