"""A contact card (RFC 6350, and 2.1 as telephones write it): names, addresses, telephones."""

import quopri

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.unfolding import Property, fact, properties
from acterm.viewers.view import View


def view(asked: Asked) -> View:
    """One line a fact."""
    labels = {
        "FN": _("Name"),
        "ORG": _("Organisation"),
        "TITLE": _("Title"),
        "EMAIL": _("Mail"),
        "TEL": _("Telephone"),
        "ADR": _("Address"),
        "BDAY": _("Birthday"),
        "URL": _("Web"),
        "NOTE": _("Note"),
    }
    lines: list[str] = []
    for one in properties(_joined(clean(decode_bytes(asked.data, asked.charset)[0]))):
        if one.name == "BEGIN" and lines:
            lines.append("")
        if one.name in labels:
            parts = (part.strip() for part in _value(one).split(";"))
            lines += fact(labels[one.name], ", ".join(part for part in parts if part))
    if not lines:
        raise ValueError
    return View(tuple(layout(lines, asked.width)))


def _joined(text: str) -> str:
    """Quoted-printable values on one line: each line but the last ends in =."""
    lines: list[str] = []
    for line in text.split("\n"):
        if lines and lines[-1].endswith("=") and "QUOTED-PRINTABLE" in lines[-1][:200].upper():
            lines[-1] = lines[-1][:-1] + line
        else:
            lines.append(line)
    return "\n".join(lines)


def _value(one: Property) -> str:
    encoding = one.parameters.get("ENCODING", "").upper()
    if encoding not in ("QUOTED-PRINTABLE", "Q"):
        return one.value
    data = quopri.decodestring(one.value.encode("utf-8", "replace"))
    return clean(decode_bytes(data, one.parameters.get("CHARSET", ""))[0])
