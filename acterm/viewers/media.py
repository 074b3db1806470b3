"""Sound and film in words: a terminal plays neither."""

import io
import wave

from acterm.i18n import _
from acterm.mail.size import size_words
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.described import described, file_words, sentence
from acterm.viewers.view import View


def view(asked: Asked) -> View:
    """What it is, how long and how large."""
    kind = sentence(file_words(asked.name, asked.kind))
    size = size_words(len(asked.data))
    seconds = _seconds(asked.data)
    if seconds is None:
        return View(described(asked.data, asked.name, asked.kind, asked.width))
    words = _("{type} of {length}, {size}: save it to open it in its own program.")
    length = f"{seconds // 60}:{seconds % 60:02}"
    text = words.format(type=kind, length=length, size=size)
    return View(tuple(layout([text], asked.width)))


def _seconds(data: bytes) -> int | None:
    """How long it lasts, where its header tells."""
    if data[:4] == b"RIFF":
        return _wave_seconds(data)
    if data[4:8] == b"ftyp":
        return _film_seconds(data)
    return None


def _wave_seconds(data: bytes) -> int | None:
    try:
        with wave.open(io.BytesIO(data)) as sound:
            return int(sound.getnframes() / max(sound.getframerate(), 1))
    except (wave.Error, EOFError):
        return None


def _film_seconds(data: bytes) -> int | None:
    """Of the movie header of MP4 and its kin (ISO/IEC 14496-12 §8.2.2)."""
    at = data.find(b"mvhd")
    if at < 0 or at + 32 > len(data):
        return None
    long = data[at + 4] == 1
    scale_at, size = (at + 24, 8) if long else (at + 16, 4)
    scale = int.from_bytes(data[scale_at : scale_at + 4], "big")
    length = int.from_bytes(data[scale_at + 4 : scale_at + 4 + size], "big")
    return round(length / scale) if scale > 0 and length < scale * 360_000 else None
