"""An attachment in words, when nothing of it can be shown."""

import mimetypes

from acterm.i18n import _
from acterm.mail.message import Line
from acterm.mail.size import size_words, type_words

_UNSAID = ("", "application/octet-stream", "application/binary", "application/x-download")


def described(data: bytes, name: str, kind: str) -> tuple[Line, ...]:
    """What it is, how large, and what to do with it."""
    words = _("{type}, {size}: save it to open it in its own program.")
    return (Line(words.format(type=sentence(file_words(name, kind)), size=size_words(len(data)))),)


def file_words(name: str, kind: str) -> str:
    """The type in words, by the name's ending where the sender's mailer did not know it."""
    return type_words(kind if kind not in _UNSAID else type_of(name))


def type_of(name: str) -> str:
    """The media type that a file name promises."""
    return mimetypes.guess_type(name.rpartition("/")[2])[0] or "application/octet-stream"


def sentence(words: str) -> str:
    """The words with a capital."""
    return words[:1].upper() + words[1:]
