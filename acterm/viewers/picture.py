"""Images: bounded, turned the right way up, and described in words."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from acterm.errors import BadData
from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.mail.message import Line
from acterm.mail.size import size_words
from acterm.viewers.asked import Asked
from acterm.viewers.described import sentence
from acterm.viewers.pictures import picture
from acterm.viewers.view import View

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 50_000_000
_MAKER, _MODEL, _TAKEN, _GPS = 0x010F, 0x0110, 0x9003, 0x8825
_EXIF = 0x8769


def view(asked: Asked) -> View:
    """The picture, and what can be said of it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # ours is the bound: Pillow's own begins with a warning
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(asked.data))
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise BadData(_too_large(width, height))
        lines = tuple(Line(words) for words in _words(image, asked))
        note = _("It holds the place where it was taken.") if _has_place(image) else ""
        try:
            image.draft("RGB", (3200, 3200))  # a photograph need not be unpacked whole
            image.load()
        except (OSError, SyntaxError, ValueError):
            return View(lines, _("The picture is damaged, or its end is missing."))
        return View(lines, note, picture=picture(ImageOps.exif_transpose(image)))


def _too_large(width: int, height: int) -> str:
    words = _("The picture is {width} × {height} points large: too large to be shown here.")
    return words.format(width=width, height=height)


def _words(image: "Image", asked: Asked) -> Iterator[str]:
    kind = _("{format} image, {width} × {height} points, {size}")
    yield kind.format(
        format=image.format or "?",
        width=image.width,
        height=image.height,
        size=size_words(len(asked.data)),
    )
    frames = getattr(image, "n_frames", 1)
    if frames > 1:
        words = ngettext("{count} picture", "{count} pictures: the first is shown", frames)
        yield sentence(words.format(count=frames))
    taken = _taken(image)
    if taken:
        yield taken


def _taken(image: "Image") -> str:
    """When and with what a photograph was taken."""
    exif = image.getexif()
    moment = str(exif.get_ifd(_EXIF).get(_TAKEN, ""))
    camera = " ".join(str(exif.get(tag, "")).strip("\0 ") for tag in (_MAKER, _MODEL)).strip()
    day, _space, hour = clean(moment, line=True)[:16].partition(" ")
    parts = day.split(":")
    when = f"{'/'.join(reversed(parts))} {hour}".strip() if len(parts) == 3 else ""
    what = clean(camera, line=True)[:80]
    if when and what:
        return _("Taken on {day} with: {camera}").format(day=when, camera=what)
    return _("Taken on {day}").format(day=when) if when else ""


def _has_place(image: "Image") -> bool:
    return bool(image.getexif().get_ifd(_GPS))
