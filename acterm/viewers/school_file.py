"""Files of the programs that schools use: named, and shown by the preview they bring along."""

from dataclasses import replace

from acterm.i18n import _
from acterm.mail.size import size_words
from acterm.mail.text.marks import layout
from acterm.viewers import packages
from acterm.viewers.asked import Asked
from acterm.viewers.kinds import SCHOOL_PROGRAMS, ending
from acterm.viewers.view import Picture, View

# Where programs put a picture of the file into it.
_PREVIEWS = (
    "geogebra_thumbnail.png",
    "preview.jpg",
    "preview.png",
    "QuickLook/Thumbnail.jpg",
    "Thumbnails/thumbnail.png",
    "docProps/thumbnail.jpeg",
)


def view(asked: Asked) -> View:
    """Which program it is of, and its picture where there is one."""
    words = _("File of {program}, {size}: it opens in {program}.").format(
        program=SCHOOL_PROGRAMS[ending(asked.name)], size=size_words(len(asked.data))
    )
    return View(tuple(layout([words], asked.width)), picture=_preview(asked))


def _preview(asked: Asked) -> Picture | None:
    from acterm.viewers import picture

    if asked.kind != "application/zip" or not asked.drawn:
        return None
    package = packages.checked(asked.data)
    name = next((one for one in _PREVIEWS if one in package.namelist()), "")
    if not name:
        return None
    shown = picture.view(replace(asked, data=packages.read(package, name), kind="", page=1))
    return shown.picture
