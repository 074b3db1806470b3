"""Saving every file of an archive, one after the other, within bounds."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from acterm.errors import BadData
from acterm.i18n import _
from acterm.ui.verbs.file import File
from acterm.viewers import Child, Entry, member
from acterm.viewers.saving import save

# Beyond, the archive itself is saved: a program outside unpacks it faster.
MOST_FILES = 100
MOST_OCTETS = 1 << 30


def unpack(
    file: File,
    entries: Sequence[Entry],
    folder: Path,
    *,
    secret: str,
    child: Callable[[], Child],
    stopped: threading.Event,
) -> list[Path]:
    """The paths of what was saved, for a thread of its own. `child` gives a process for each file.

    Raises Locked for a file that needs another password, BadData when they are too large, NoInput
    where nothing can be saved; what was saved before stays.
    """
    paths: list[Path] = []
    octets = 0
    # Locked ones first: without the password nothing is saved, and nothing twice with it.
    for entry in sorted(entries[:MOST_FILES], key=lambda one: not one.locked):
        if stopped.is_set():
            break
        found = member(
            file.data, file.name, file.type, entry.number, password=secret, child=child()
        )
        octets += len(found.data)
        if octets > MOST_OCTETS:
            raise BadData(_("These files are too large: save the archive instead."))
        paths.append(save(found.data, folder, found.name.rpartition("/")[2], entry.number))
    return paths
