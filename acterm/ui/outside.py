"""Handing something to the computer around the terminal: browser, programs, a phone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from acterm.errors import Refused
from acterm.i18n import _

_SCHEMES = ("http://", "https://", "mailto:")


def is_remote() -> bool:
    """Whether acterm runs on another machine than the one before the person."""
    return bool(os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"))


def has_desktop() -> bool:
    """Whether a browser or a program could open a window here."""
    if sys.platform in ("win32", "darwin"):
        return not is_remote()
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_url(url: str) -> None:
    """Open a link in the browser. Raises Refused with what else can be done."""
    if not url.lower().startswith(_SCHEMES):
        raise Refused(_("Only web links are opened."), _("Copy it instead."))
    if not has_desktop():
        raise Refused(
            _("There is no browser on this machine."), _("Copy the link, or use the QR code.")
        )
    import webbrowser

    if not webbrowser.open(url):
        raise Refused(_("No browser opened."), _("Copy the link, or use the QR code."))


def open_file(path: Path) -> None:
    """Open a saved file in the computer's own program. Raises Refused where there is none."""
    if not has_desktop():
        raise Refused(_("There is no desktop on this machine."), _("Save the file instead."))
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


def download_folder() -> Path:
    """Where people expect saved files: the downloads of the desktop, else the home folder."""
    home = Path.home()
    configured = os.environ.get("XDG_DOWNLOAD_DIR", "")
    candidates = [Path(configured)] if configured else []
    candidates += [home / "Téléchargements", home / "Downloads"]
    return next((folder for folder in candidates if folder.is_dir()), home)


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
