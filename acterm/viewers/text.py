"""Plain text, whatever its alphabet."""

from itertools import islice

from acterm.mail.clean import clean
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.marks import layout
from acterm.viewers.asked import MAX_LINES, Asked
from acterm.viewers.view import View

# A screen reads no more; tabs make it longer.
MAX_TEXT = 3 << 19


def view(asked: Asked) -> View:
    """The text, wrapped."""
    text = clean(decode_bytes(asked.data, asked.charset)[0])
    if not text.strip():
        raise ValueError("empty")
    lines = text[:MAX_TEXT].split("\n", MAX_LINES)[:MAX_LINES]
    while not lines[-1].strip():
        lines.pop()
    shown = tuple(islice(layout(lines, asked.width), MAX_LINES))
    return View(shown, cut=len(text) > MAX_TEXT or MAX_LINES in (len(lines), len(shown)))
