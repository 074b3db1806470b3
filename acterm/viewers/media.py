"""Sound and film in words: a terminal plays neither."""

from dataclasses import replace

from acterm.i18n import _
from acterm.mail.size import size_words
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.described import described, file_words, sentence, type_of
from acterm.viewers.media_length import seconds
from acterm.viewers.view import View


def view(asked: Asked) -> View:
    """What it is, how long and how large."""
    if asked.kind == "video/x-ms-asf":  # which may hold sound alone: the name tells
        asked = replace(asked, kind=type_of(asked.name))
    length = seconds(asked.data)
    if length is None:
        return View(described(asked.data, asked.name, asked.kind, asked.width))
    words = _("{type} of {length}, {size}: save it to open it in its own program.")
    text = words.format(
        type=sentence(file_words(asked.name, asked.kind)),
        length=_length_words(length),
        size=size_words(len(asked.data)),
    )
    return View(tuple(layout([text], asked.width)))


def _length_words(length: int) -> str:
    """« 45 s », « 1 min 35 s », « 1 h 02 min »."""
    minutes, rest = divmod(length, 60)
    if not minutes:
        return _("{count} s").format(count=rest)
    if minutes < 60:
        return _("{minutes} min {seconds:02} s").format(minutes=minutes, seconds=rest)
    return _("{hours} h {minutes:02} min").format(hours=minutes // 60, minutes=minutes % 60)
