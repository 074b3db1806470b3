"""Images: bounded, turned the right way up, and described in words."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from acterm.errors import BadData
from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.mail.size import size_words
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.pictures import MAX_HEIGHT, MAX_WIDTH, picture
from acterm.viewers.view import View

if TYPE_CHECKING:
    from PIL.Image import Image as Images

# Bytes of memory that a picture may take: 37 million points in colour, and how many a point
# takes, with the copy that some need to become smaller.
MAX_UNPACKED = 150_000_000
_COST = {"1": 1, "L": 1, "LA": 8, "PA": 8, "RGBA": 8, "P": 9, "I": 8, "I;16": 6}
_MAKER, _MODEL, _TAKEN, _GPS = 0x010F, 0x0110, 0x9003, 0x8825
_EXIF = 0x8769
# Those that are read without another program, as EPS would be.
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "ICO", "PPM")
_MOVING = ("GIF", "PNG", "WEBP", "AVIF")


def view(asked: Asked) -> View:
    """The picture, and what can be said of it; a fax of several pages has pages."""
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = None  # ours is the bound: Pillow's own begins with a warning
    warnings.simplefilter("ignore")
    image, size = _begun(asked)
    notes = []
    try:
        image.load()
    except (OSError, SyntaxError, ValueError):
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        image = _begun(asked)[0]
        notes.append(_("The picture is damaged, or its end is missing."))
    pages = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    lines = tuple(layout(_words(image, size, asked), asked.width))
    notes += [_("It holds the place where it was taken.")] if _has_place(image) else []
    page = min(max(asked.page, 1), pages)
    return View(lines, " ".join(notes), picture=picture(image), page=page, pages=pages)


def _begun(asked: Asked) -> "tuple[Images, tuple[int, int]]":
    """The picture as its header announces it, not yet unpacked, and its size in pixels."""
    from PIL import Image

    formats = ("AVIF",) if asked.kind == "image/avif" else _FORMATS
    image = Image.open(io.BytesIO(asked.data), formats=formats)
    if image.format == "TIFF" and asked.page > 1:
        image.seek(min(asked.page, getattr(image, "n_frames", 1)) - 1)
    width, height = image.size
    image.draft("RGB", (MAX_WIDTH, MAX_HEIGHT))  # a photograph need not be unpacked whole
    if image.width * image.height * _COST.get(image.mode, 4) > MAX_UNPACKED:
        words = _("The picture is {width} × {height} pixels large: too large to be shown here.")
        raise BadData(words.format(width=width, height=height))
    return image, (width, height)


def _words(image: "Images", size: tuple[int, int], asked: Asked) -> Iterator[str]:
    kind = _("{format} image, {width} × {height} pixels, {size}")
    yield kind.format(
        format={"MPO": "JPEG"}.get(image.format or "", image.format),
        width=size[0],
        height=size[1],
        size=size_words(len(asked.data)),
    )
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format in _MOVING:
        words = ngettext("{count} picture", "{count} pictures: the first is shown.", frames)
        yield words.format(count=frames)
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
