"""Signs that only the raw name or the bytes of an attachment give."""

import re
from collections.abc import Sequence

from acterm.i18n import _
from acterm.mail.message import Level, Sign
from acterm.mail.mimetree import Part

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ZIP_TYPES = ("application/zip", "application/x-zip-compressed", "application/x-zip")


def peculiar(parts: Sequence[Part]) -> list[Sign]:
    """Names written backwards, and archives that nobody could look into."""
    signs = []
    for item in parts:
        if _BIDI.search(item.raw_name):
            words = _("The name of “{name}” is written backwards to hide what it is.")
            signs.append(Sign("bidi-name", Level.SUSPECT, words.format(name=item.name)))
        if item.announced_size < 0 and is_locked(item):
            words = _("“{name}” is a locked archive: no server could look for a virus in it.")
            signs.append(Sign("encrypted-archive", Level.VERIFY, words.format(name=item.name)))
    return signs


def is_locked(item: Part) -> bool:
    """Whether the first file of an archive is encrypted: ZIP (APPNOTE 4.4.4), 7z, RAR."""
    archive = item.type in _ZIP_TYPES or item.name.lower().endswith(".zip")
    head = item.content[:8] if archive else b""
    return head.startswith(b"PK\x03\x04") and bool(head[6] & 1)
