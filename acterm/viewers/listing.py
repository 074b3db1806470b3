"""The files inside an attachment as lines: name, size, lock; one a line."""

from collections.abc import Iterable
from itertools import islice
from unicodedata import normalize

from acterm.errors import BadData
from acterm.i18n import _, ngettext
from acterm.mail.cells import cells, cut
from acterm.mail.clean import clean_name
from acterm.mail.message import Level, Line, Span, Style
from acterm.mail.signs.file_danger import danger_of
from acterm.mail.size import size_words
from acterm.viewers.described import type_of
from acterm.viewers.view import Entry, View

MAX_ENTRIES = 2000
# The longest name that is shown whole; a line has room for its size.
_NAME = 72
_LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")


def entry(number: int, name: str, size: int, *, locked: bool = False, kind: str = "") -> Entry:
    """A file inside, its name made safe to show."""
    shown = normalize("NFC", clean_name(name.replace("\\", "/"))).removeprefix("./")
    return Entry(number, shown, kind or type_of(shown), size, locked)


def is_litter(name: str) -> bool:
    """Whether a system left a file in an archive of its own, nothing of the person's."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in _LITTER


def listing(files: Iterable[Entry], width: int, total: int) -> View:
    """The files as a view; `total` counts those that are left out as well."""
    entries = tuple(islice(files, MAX_ENTRIES))
    locked = any(one.locked for one in entries)
    room = min(_NAME, width - (24 if locked else 14))
    names = [_shortened(one.name or _("(no name)"), room) for one in entries]
    broad = max(map(cells, names), default=0)
    sizes = [size_words(one.size) if one.size >= 0 else "" for one in entries]
    long = max(map(cells, sizes), default=0)
    lines = [
        _line(one, name + " " * (broad - cells(name)), " " * (long - cells(size)) + size)
        for one, name, size in zip(entries, names, sizes, strict=True)
    ]
    notes = [_count_note(total), _danger(entries)]
    if locked:
        notes.append(_("A locked file opens with its password."))
    note = " ".join(filter(None, notes))
    return View(tuple(lines), note, cut=total > len(entries), entries=entries)


def missing(name: str) -> BadData:
    """What is said when there is no file of that number."""
    return BadData(_("There is no such file in “{name}”.").format(name=name))


def _count_note(count: int) -> str:
    """How many files there are, in a sentence."""
    if not count:
        return _("There is no file in it.")
    return ngettext("{count} file.", "{count} files.", count).format(count=count)


def _danger(entries: Iterable[Entry]) -> str:
    """A sentence about the first file that is a program."""
    for one in entries:
        name = one.name.rpartition("/")[2]
        danger = danger_of(name)
        if danger and danger[0] is Level.SUSPECT:
            words = _("Inside, “{name}” is a program: opening it runs it.")
            return words.format(name=name[-80:])
    return ""


def _line(one: Entry, name: str, size: str) -> Line:
    """Name and size in their columns; of a path the last step stands out."""
    shown = name.rstrip()
    folder = shown.rfind("/") + 1
    spans = (Span(folder, len(shown), Style.BOLD),) if folder < len(shown) else ()
    words = _("locked") if one.locked else ""
    return Line(f"{name}  {size}  {words}".rstrip(), spans)


def _shortened(name: str, room: int) -> str:
    """A name in so many cells; of a long one the end tells more than the middle."""
    if cells(name) <= room:
        return name
    tail = name[-(room // 2) :]
    while cells(tail) > room // 2:
        tail = tail[1:]
    return cut(name, max(room - cells(tail), 2)) + tail
