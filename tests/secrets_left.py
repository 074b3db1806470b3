"""Whether a secret is left anywhere after it has served: one search for every flow.

    with person.opens_acterm() as terminal:
        …the flow…
        assert_nothing_left(home, terminal, NUMEN, "12/03/1985", PASSWORD)

It looks into everything below ACTERM_HOME and HOME (store with its journal, config, logs and
crash reports, sealed file), the files of the temporary folders, the command lines and environments
of every process that one may look at, and all that the program has written to the terminal.
"""

import base64
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from tests.terminal import Terminal

# Longer than that, a file of somebody else: our own are small, the store excepted.
_LARGEST = 64 << 20
# The servers of the tests know the passwords, and keep the mails that were put into them.
_SERVERS = ("acterm-dovecot-", "acterm-keyring-")


def assert_nothing_left(home: Path, terminal: Terminal, *secrets: str) -> None:
    """Fail with every place where one of the secrets stands, in any usual spelling.

    Call it while the program runs, so that its processes are seen, and again when it has ended.
    """
    begun = time.time() - (time.perf_counter() - terminal.started)
    places = [*places_on_disk(home, begun), *_places_in_processes(terminal)]
    places.append(("the terminal", bytes(terminal.written)))
    found = [f"{number} in {place}" for place, data in places for number in _which(secrets, data)]
    assert not found, "left behind: " + ", ".join(found)


def places_on_disk(home: Path, since: float) -> Iterator[tuple[str, bytes]]:
    """(what it is, its bytes) for every file that acterm could have written.

    Of a temporary folder those that were written since then: others have theirs there too.
    """
    folders = [home, Path(os.environ["HOME"]), Path(tempfile.gettempdir()), Path("/dev/shm")]  # noqa: S108 (looked into, not written)
    seen: set[Path] = set()
    for folder in folders:
        for file in _files(folder, deep=folder in folders[:2]):
            if file not in seen and (folder in folders[:2] or _written(file) > since - 1):
                seen.add(file)
                yield str(file), _bytes(file)


def spellings(secret: str) -> set[bytes]:
    """How a secret may be written: as it is, without spaces, in JSON, a URL, base64, UTF-16."""
    plain = {secret, secret.lower(), secret.upper()}
    plain |= {one.translate(str.maketrans("", "", " /-.")) for one in tuple(plain)}
    written = {one.encode() for one in plain} | {secret.encode("utf-16-le")}
    written |= {json.dumps(secret)[1:-1].encode(), quote(secret).encode()}
    for shift in range(3):  # base64 of it, wherever it stands in what is encoded
        whole = base64.b64encode(b"\0" * shift + secret.encode())
        inner = whole[(4 if shift else 0) : len(whole) // 4 * 4 - 4]
        if len(inner) >= 8:  # shorter is found by chance
            written.add(inner)
    return written


def _which(secrets: Iterable[str], data: bytes) -> list[str]:
    """Which of the secrets stand in it, by number: a failure does not print them either."""
    return [
        f"secret {number}"
        for number, secret in enumerate(secrets, 1)
        if any(spelling in data for spelling in spellings(secret))
    ]


def _files(folder: Path, *, deep: bool) -> Iterator[Path]:
    """Its files; of a temporary folder those, and those of acterm's own folders in it."""
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.is_symlink() or entry.name.startswith(_SERVERS):
            continue
        if entry.is_dir() and (deep or "acterm" in entry.name):
            yield from _files(entry, deep=True)
        elif entry.is_file():
            yield entry


def _written(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # gone meanwhile
        return 0.0


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes() if file.stat().st_size < _LARGEST else b""
    except OSError:  # another program's, or gone meanwhile
        return b""


def _places_in_processes(terminal: Terminal) -> Iterator[tuple[str, bytes]]:
    """Command lines of all processes, and the environments of the program and its children."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            yield f"the command line of {process.name}", _bytes(process / "cmdline")
    for process_id in _family(terminal.pid):
        yield f"the environment of {process_id}", _bytes(Path(f"/proc/{process_id}/environ"))


def _family(process_id: int) -> list[int]:
    try:
        lists = Path(f"/proc/{process_id}/task").glob("*/children")
        children = [int(one) for file in lists for one in file.read_text().split()]
    except OSError:
        return []
    return [process_id, *(member for child in children for member in _family(child))]
