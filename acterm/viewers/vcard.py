"""A contact card (RFC 6350): names, addresses, telephones."""

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.marks import layout
from acterm.viewers.unfolding import properties
from acterm.viewers.view import View


def view(data: bytes, width: int) -> View:
    """One line a fact."""
    labels = {
        "FN": _("Name"),
        "ORG": _("Organisation"),
        "TITLE": _("Title"),
        "EMAIL": _("Mail"),
        "TEL": _("Telephone"),
        "ADR": _("Address"),
        "URL": _("Web"),
        "NOTE": _("Note"),
    }
    lines: list[str] = []
    for name, _parameters, value in properties(clean(decode_bytes(data)[0])):
        if name == "BEGIN" and lines:
            lines.append("")
        if name in labels:
            words = ", ".join(part for part in value.split(";") if part)
            first, *rest = words.split("\n")
            lines += [f"{labels[name]:<14}{first}", *(" " * 14 + line for line in rest)]
    return View(tuple(layout(lines, width)))
