"""A contact card (RFC 6350, and 2.1 as telephones write it): names, addresses, telephones."""

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.mail.days import MONTHS
from acterm.mail.parsing.header import decode_bytes
from acterm.mail.text.marks import layout
from acterm.viewers.asked import Asked
from acterm.viewers.unfolding import Property, fact, properties
from acterm.viewers.view import View

_DAY = re.compile(r"(\d{4}|--)-?(\d\d)-?(\d\d)")


def view(asked: Asked) -> View:
    """One line a fact, a blank one between two people."""
    labels = {
        "FN": _("Name"),
        "ORG": _("Organisation"),
        "TITLE": _("Title"),
        "ROLE": _("Title"),
        "EMAIL": _("Mail"),
        "TEL": _("Telephone"),
        "ADR": _("Address"),
        "BDAY": _("Birthday"),
        "URL": _("Web"),
        "NOTE": _("Note"),
    }
    cards = _cards(_joined(clean(decode_bytes(asked.data, asked.charset)[0])))
    lines: list[str] = []
    for card in cards:
        lines += [""] if lines else []
        for one in _named(card):
            if one.name in labels:
                lines += fact(labels[one.name], _words(one))
    if not lines:
        raise ValueError
    note = ngettext("{count} contact.", "{count} contacts.", len(cards)).format(count=len(cards))
    return View(tuple(layout(lines, asked.width)), note if len(cards) > 1 else "")


def _cards(text: str) -> list[list[Property]]:
    """The properties of each card; of a file that begins with none, all together."""
    cards: list[list[Property]] = [[]]
    for one in properties(text):
        if one.name == "BEGIN":
            cards.append([])
        else:
            cards[-1].append(one)
    return [card for card in cards if card]


def _named(card: Sequence[Property]) -> Iterator[Property]:
    """A card with its name first; of one without, the parts of the name (RFC 6350 §6.2.2)."""
    if not any(one.name == "FN" for one in card):
        for one in card:
            if one.name == "N":
                family, given, more, before, after = [*_parts(one), "", "", "", "", ""][:5]
                words = " ".join(filter(None, (before, given, more, family, after)))
                yield replace(one, name="FN", parameters={}, value=words.replace(";", ","))
    yield from sorted(card, key=lambda one: one.name != "FN")


def _words(one: Property) -> str:
    """A value as people write it."""
    words = ", ".join(filter(None, _parts(one)))
    if one.name == "BDAY":
        return _birthday(words)
    if one.name == "ADR":
        box, more, street, town, region, code, country = [*_parts(one), *[""] * 7][:7]
        lines = (box, more, street, f"{code} {town}".strip(), region, country)
        return ", ".join(filter(None, lines))
    if one.name == "TEL":
        kinds = _kinds(one)
        words = words.removeprefix("tel:")
        return f"{words} ({', '.join(kinds)})" if kinds else words
    return words.removeprefix("mailto:")


def _parts(one: Property) -> list[str]:
    return [part.strip() for part in _value(one).split(";")]


def _kinds(one: Property) -> list[str]:
    """What a telephone is: TYPE=cell, or of version 2.1 CELL alone."""
    told = {word.upper() for word in one.parameters.get("TYPE", "").split(",")}
    told |= set(one.parameters)
    names = (
        (_("mobile"), "CELL"),
        (_("at work"), "WORK"),
        (_("at home"), "HOME"),
        (_("fax"), "FAX"),
    )
    return [words for words, kind in names if kind in told]


def _birthday(words: str) -> str:
    """A day of RFC 6350 §4.3.1, with or without its year; as it stands when it is none."""
    found = _DAY.match(words)
    if not found or not 1 <= int(found[2]) <= len(MONTHS):
        return words
    year, month, day = found.groups()
    return f"{int(day)} {_(MONTHS[int(month) - 1])} {year if year.isdigit() else ''}".strip()


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
