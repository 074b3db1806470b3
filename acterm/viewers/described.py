"""An attachment in words, when nothing of it can be shown."""

import mimetypes
from functools import cache

from acterm.i18n import _
from acterm.mail.message import Line
from acterm.mail.size import size_words, type_words
from acterm.mail.text.marks import layout
from acterm.viewers.nature import by_head

_UNSAID = ("", "application/octet-stream", "application/binary", "application/x-download")
_OPEN = "application/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
# What Python’s table lacks.
_MORE = {
    ".odt": f"{_OPEN}text",
    ".ods": f"{_OPEN}spreadsheet",
    ".odp": f"{_OPEN}presentation",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".ppsx": f"{_OFFICE}presentationml.slideshow",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".rtf": "application/rtf",
    ".7z": "application/x-7z-compressed",
    ".rar": "application/vnd.rar",
    ".epub": "application/epub+zip",
    ".heic": "image/heic",
    ".webp": "image/webp",
    ".md": "text/markdown",
    ".ipynb": "application/x-ipynb+json",
    ".zst": "application/zstd",
    ".wma": "audio/x-ms-wma",
    ".wmv": "video/x-ms-wmv",
    ".amr": "audio/amr",
    ".mkv": "video/x-matroska",
    ".emf": "image/emf",
    ".wmf": "image/wmf",
}
_PACKED = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


def described(
    data: bytes, name: str, kind: str, width: int, *, here: bool = False
) -> tuple[Line, ...]:
    """What it is, how large, and what to do with it where it cannot be opened `here`."""
    words = _("{type}, {size}: save it, then open it in its own program.")
    if not data or here:
        words = _("{type}, {size}")
    if kind in _UNSAID and not name:
        kind = by_head(data)
    text = words.format(type=sentence(file_words(name, kind)), size=size_words(len(data)))
    return tuple(layout([text], width))


def file_words(name: str, kind: str) -> str:
    """The type in words, by the name's ending where the sender's mailer did not know it."""
    return kind_words(kind if kind not in _UNSAID else type_of(name))


def kind_words(kind: str) -> str:
    """What a file is, for a person, with the types that only a look into it tells."""
    known = {
        "application/vnd.rar": _("RAR archive"),
        "application/x-rar-compressed": _("RAR archive"),
        "application/x-7z-compressed": _("7z archive"),
        "application/x-tar": _("tar archive"),
        "application/zip": _("ZIP archive"),
        "application/gzip": _("packed file"),
        "application/x-bzip2": _("packed file"),
        "application/x-xz": _("packed file"),
        "application/zstd": _("packed file"),
        "application/x-ipynb+json": _("Jupyter notebook"),
        "application/rtf": _("text document"),
        "application/x-ole-storage": _("old Office document"),
        "application/vnd.ms-powerpoint": _("slides"),
        "application/x-msdownload": _("program for Windows"),
        "application/x-executable": _("program"),
        "image/heic": _("HEIC photograph"),
        "application/epub+zip": _("EPUB book"),
        "application/postscript": _("PostScript document"),
        "application/vnd.ms-outlook": _("mail"),
        "application/json": _("text"),
        "application/xml": _("text"),
    }
    return known.get(kind) or type_words(kind)


def type_of(name: str) -> str:
    """The media type that a file name promises."""
    kind, packed = _types().guess_type(name.rpartition("/")[2], strict=False)
    if packed:
        return _PACKED.get(packed, "application/octet-stream")
    return kind or "application/octet-stream"


@cache
def _types() -> mimetypes.MimeTypes:
    """Python's own table and ours, whatever this computer has installed."""
    types = mimetypes.MimeTypes()
    for ending, kind in _MORE.items():
        types.add_type(kind, ending)
    return types


def sentence(words: str) -> str:
    """The words with a capital."""
    return words[:1].upper() + words[1:]
