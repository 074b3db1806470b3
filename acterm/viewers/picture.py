"""Images: bounded, turned the right way up, and described in words."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from acterm.errors import BadData
from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.mail.marks import layout
from acterm.mail.size import size_words
from acterm.viewers.asked import Asked
from acterm.viewers.described import sentence
from acterm.viewers.pictures import MAX_HEIGHT, MAX_WIDTH, picture
from acterm.viewers.view import View

if TYPE_CHECKING:
    from PIL.Image import Image as Images

MAX_PIXELS = 50_000_000
_ENOUGH = (MAX_WIDTH, MAX_HEIGHT)
_MAKER, _MODEL, _TAKEN, _GPS = 0x010F, 0x0110, 0x9003, 0x8825
_EXIF = 0x8769


def view(asked: Asked) -> View:
    """The picture, and what can be said of it."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # ours is the bound: Pillow's own begins with a warning
    warnings.simplefilter("ignore")
    image: Images = Image.open(io.BytesIO(asked.data))
    if image.width * image.height > MAX_PIXELS:
        raise BadData(_too_large(image.width, image.height))
    lines = tuple(layout(_words(image, asked), asked.width))
    notes = [_("It holds the place where it was taken.")] if _has_place(image) else []
    image, whole = _loaded(image, asked.data)
    if not whole:
        notes.append(_("The picture is damaged, or its end is missing."))
    return View(lines, " ".join(notes), picture=picture(ImageOps.exif_transpose(image)))


def _loaded(image: "Images", data: bytes) -> "tuple[Images, bool]":
    """The picture unpacked, and whether all of it was there."""
    from PIL import Image, ImageFile

    image.draft("RGB", _ENOUGH)  # a photograph need not be unpacked whole
    try:
        image.load()
    except (OSError, SyntaxError, ValueError):
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        image = Image.open(io.BytesIO(data))
        image.draft("RGB", _ENOUGH)
        image.load()
        return image, False
    return image, True


def _too_large(width: int, height: int) -> str:
    words = _("The picture is {width} × {height} pixels large: too large to be shown here.")
    return words.format(width=width, height=height)


def _words(image: "Images", asked: Asked) -> Iterator[str]:
    kind = _("{format} image, {width} × {height} pixels, {size}")
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


def _taken(image: "Images") -> str:
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


def _has_place(image: "Images") -> bool:
    return bool(image.getexif().get_ifd(_GPS))
