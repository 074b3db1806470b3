"""Handing something to the computer around the terminal: browser, programs, a phone."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from acterm import paths
from acterm.errors import Refused
from acterm.i18n import _

_SCHEMES = ("http://", "https://")
_OPEN_IN_BROWSER = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"
_BROWSER_SECONDS = 15
_OPENED_SECONDS = 86_400
_ATTACHED_SECONDS = 90 * 86_400
_DOWNLOADS = re.compile(r'^XDG_DOWNLOAD_DIR="([^"]*)"', re.MULTILINE)


def is_remote() -> bool:
    """Whether acterm runs on another machine than the one before the person."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def has_desktop() -> bool:
    """Whether a browser or a program could open a window here."""
    if sys.platform in ("win32", "darwin"):
        return not is_remote()
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def can_browse() -> bool:
    """Whether a browser may open here: on a desktop, or the one that BROWSER names."""
    return has_desktop() or bool(os.environ.get("BROWSER"))


def open_url(url: str) -> None:
    """Open a link in the browser; takes as long as the browser does, so not for the UI's thread.

    Raises Refused with what else can be done. No shell, and nothing the browser writes reaches
    the terminal.
    """
    if not url.lower().startswith(_SCHEMES):
        raise Refused(_("Only web links are opened."), _("Copy it instead."))
    if not can_browse():
        raise Refused(
            _("There is no browser on this machine."), _("Copy the link, or use the QR code.")
        )
    opening = subprocess.Popen(  # noqa: S603 (our own words, the link as one argument, no shell)
        [sys.executable, "-c", _OPEN_IN_BROWSER, url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        failed = opening.wait(_BROWSER_SECONDS)
    except subprocess.TimeoutExpired:
        return  # a browser that stays in the foreground is open
    if failed:
        raise Refused(_("No browser opened."), _("Copy the link, or use the QR code."))


def need_a_desktop() -> None:
    """Raises Refused where no program could open a window."""
    if not has_desktop():
        raise Refused(_("There is no desktop on this machine."), _("Save the file instead."))


def open_file(path: Path) -> None:
    """Open a saved file in the computer's own program. Raises Refused where there is none."""
    need_a_desktop()
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 (the person asked for the file's own program)
        return
    name = "open" if sys.platform == "darwin" else "xdg-open"
    program = shutil.which(name)
    if program is None:
        raise Refused(_("This machine does not know a program for it."), _("Save the file."))
    subprocess.Popen(  # noqa: S603 (a fixed program, the path as one argument, no shell)
        [program, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def opened_folder() -> Path:
    """A folder of one's own for a file that another program opens; those of before are removed.

    A day later nobody looks at them any more, and nothing of a mail stays about.
    """
    return _folder_for_a_while("opened", _OPENED_SECONDS)


def attached_folder() -> Path:
    """The same for a file that goes with a draft, which may wait for weeks."""
    return _folder_for_a_while("attached", _ATTACHED_SECONDS)


def _folder_for_a_while(name: str, seconds: float) -> Path:
    around = paths.data_folder() / name
    around.mkdir(mode=0o700, exist_ok=True)
    for old in around.iterdir():
        if old.stat().st_mtime < time.time() - seconds:
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(dir=around))


def download_folder() -> Path:
    """Where people expect saved files: the downloads of the desktop, else the home folder."""
    home = Path.home()
    candidates = [home / "Téléchargements", home / "Downloads", home]
    configured = os.environ.get("XDG_DOWNLOAD_DIR", "") or _desktop_downloads(home)
    if configured:
        candidates.insert(0, Path(configured))
    return next((folder for folder in candidates if folder.is_dir()), home)


def _desktop_downloads(home: Path) -> str:
    """What xdg-user-dirs wrote down, empty without it."""
    settings = Path(os.environ.get("XDG_CONFIG_HOME", "") or home / ".config") / "user-dirs.dirs"
    try:
        found = _DOWNLOADS.search(settings.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ""
    return found[1].replace("$HOME", str(home)) if found else ""


def qr_lines(text: str) -> list[str]:
    """A QR code in half blocks, two rows of dots a line. Empty when the text is too long."""
    import segno
    from segno.encoder import DataOverflowError

    try:
        rows = [list(row) for row in segno.make(text, error="l").matrix_iter(border=2)]
    except DataOverflowError:
        return []
    if len(rows) % 2:
        rows.append([0] * len(rows[0]))
    glyphs = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    return [
        "".join(glyphs[int(bool(a)), int(bool(b))] for a, b in zip(top, bottom, strict=True))
        for top, bottom in zip(rows[::2], rows[1::2], strict=True)
    ]
