"""What a file can do to whoever opens it, by its name."""

import re

from acterm.i18n import _
from acterm.mail.message import Level

_PROGRAMS = (
    *(".exe", ".scr", ".com", ".bat", ".cmd", ".pif", ".msi", ".msix", ".vbs", ".vbe", ".jse"),
    *(".wsf", ".wsh", ".hta", ".lnk", ".cpl", ".chm", ".dll", ".apk", ".app", ".library-ms"),
)
_SCRIPTS = (
    *(".js", ".mjs", ".ps1", ".jar", ".reg", ".iso", ".img", ".vhd", ".vhdx", ".one", ".url"),
    *(".sh", ".command", ".desktop", ".xll", ".ace", ".cab"),
)
MACROS = (".docm", ".dotm", ".xlsm", ".xlsb", ".xltm", ".pptm", ".ppsm")
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".svg", ".mht", ".mhtml")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz")
_DOUBLE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|odt|ods|jpe?g|png|txt|mp[34]|zip)[\s_.]*\.[a-z0-9]{2,5}$", re.IGNORECASE
)


def runs(name: str) -> bool:
    """Whether a computer that opens a file of this name may run what is in it."""
    return name.lower().rstrip(". ").endswith((*_PROGRAMS, *_SCRIPTS))


def danger_of(name: str) -> tuple[Level, str] | None:
    """How loud, and the sentence about `{name}`, for a file name; None when it can do no harm."""
    name = name.lower().rstrip(". ")
    if name.endswith(_PROGRAMS):
        return Level.SUSPECT, _("The attachment “{name}” is a program: opening it runs it.")
    if name.endswith(_SCRIPTS):
        level = Level.SUSPECT if _DOUBLE.search(name) else Level.VERIFY
        return level, _("The attachment “{name}” can run a program.")
    if name.endswith(MACROS):
        return Level.VERIFY, _("The attachment “{name}” holds macros, which can run programs.")
    if name.endswith(_PAGES):
        level = Level.SUSPECT if _DOUBLE.search(name) else Level.VERIFY
        return level, _("The attachment “{name}” can hide a false page.")
    if name.endswith(_ARCHIVES) and _DOUBLE.search(name):
        return Level.VERIFY, _("The attachment “{name}” is an archive that poses as a document.")
    return None
