"""The pictures in an office document, as files inside it that can be opened or saved."""

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from zipfile import ZipFile

from acterm.viewers import packages
from acterm.viewers.asked import Asked
from acterm.viewers.listing import entry, missing
from acterm.viewers.view import Entry, Member

_FOLDERS = ("word/media/", "ppt/media/", "Pictures/", "media/")
_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_MOST = 200


def pictures_of(package: ZipFile, shown: Container[str] | None = None) -> tuple[Entry, ...]:
    """The pictures of a document, or those of its parts that are `shown`, by their numbers."""
    return tuple(
        entry(number, name.rpartition("/")[2], package.getinfo(name).file_size)
        for number, name in enumerate(_names(package), 1)
        if shown is None or name in shown
    )


def take(asked: Asked, number: int) -> Member:
    """One of them. Raises BadData when there is none of that number."""
    package = packages.checked(asked.data)
    name = next(islice(_names(package), number - 1, None), "") if number > 0 else ""
    if not name:
        raise missing(asked.name)
    found = entry(number, name.rpartition("/")[2], 0)
    return Member(found.name, found.type, packages.read(package, name))


def _names(package: ZipFile) -> Iterator[str]:
    names: Iterable[str] = sorted(package.namelist(), key=lambda name: (len(name), name))
    held = (one for one in names if one.startswith(_FOLDERS) and one.lower().endswith(_ENDINGS))
    return islice(held, _MOST)
