"""The lines that say whose words are quoted: « Le 23/11/2026 à 10:28, Amélie Roussel a écrit : ».

French and English first, in every shape that mailers give them (DOMAIN.md §7.1): broken over lines,
with or without a space before the colon, with an accent that some mailer destroyed.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from acterm.mail.fold import fold

_MAX_LINE = 400
_MOST_LINES = 3
_MOST_BLANK = 2

_HINT = re.compile(r"crit|wrote|writes|said|schr|scritto|escr|>\s*\)?\s*:|quoting", re.IGNORECASE)
# « a écrit » as it is, and what is left of it: é lost, doubled, as a code or as a question mark.
_WRITES = (
    r"(?:\ba (?:e|a?[^\w\s]{1,4}|(?:=[0-9a-f]{2}){1,3}|&eacute;)?crit"
    r"|\b(?:wrote|writes|said|schrieb|escribio|ha scritto|schreef|escreveu))"
)
_END = re.compile(rf"{_WRITES} ?:?$|\bschrieb [^:]{{1,80}}:$|> ?\)? ?:$|^quoting [^:]{{1,200}}:$")
_START = re.compile(
    r"(?:(?:le|on|am|el|il|em|op|en date du|a la date du)\b|\d{1,4}[-/.]\d|\d{1,2} \w{3,9}\.? \d{4}"
    r"|(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )"
)
_DIGIT = re.compile(r"\d")
_WRITING = re.compile(
    r"\s*\b(?:a\s+\S{0,12}crit|wrote|writes|said|schrieb|escribi\S{1,3}|ha scritto|schreef"
    r"|escreveu)\s*:?\s*$"
    r"|\bschrieb\b|^quoting\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\s?[(\[]?<?\s?(?:mailto:)?[^\s<>()@,;:\"]{1,80}@[^\s<>()@,;:\"]{1,200}\s?>?[)\]]?|\svia\s.{1,200}"
)
# The last piece of a date; what follows it is the name.
_MOMENT = re.compile(
    r"(?:\d{1,2}\s?[:hH]\s?\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?\(?(?:UTC|GMT|CES?T)?[+-]\d{1,2}(?::?\d{2})?\)?"
    r"|\s?\(?(?:UTC|GMT|CES?T)\)?)?|\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|\b(?:19|20)\d{2}\b)[\s,:;]*"
)
_AROUND = " \t\u00a0\u202f,;:\"'“”«»<>()[]*-"
_NAME_FIELD = re.compile(
    r"\W{0,3}(?:de|from|expéditeur|von|da)\W{0,2}\s?:\W{0,2}\s*(.+)", re.IGNORECASE
)


class Attribution(NamedTuple):
    """Its first line, and the name it gives, empty when it gives none."""

    first: int
    name: str


def above(lines: Sequence[str], at: int) -> Attribution | None:
    """The attribution that ends directly above line `at`, None without one."""
    end = at - 1
    while end >= 0 and end >= at - 1 - _MOST_BLANK and not lines[end].strip():
        end -= 1
    if end < 0 or not lines[end].strip():
        return None
    joined = ""
    found: Attribution | None = None
    for first in range(end, max(end - _MOST_LINES, -1), -1):
        line = lines[first].strip()[:_MAX_LINE]
        if not line or line.startswith(">"):
            break
        joined = f"{line} {joined}".strip()
        if not found and not _HINT.search(joined):
            continue
        folded = _plainly(joined)
        dated = bool(_START.match(folded) and _DIGIT.search(folded))
        if _END.search(folded) and (dated or not found):
            found = Attribution(first, name_in(joined))
            if dated:
                break
    return found


def ends_at(lines: Sequence[str], at: int) -> Attribution | None:
    """The dated attribution whose last line is `at`: one that needs no marks below to be one."""
    if not _HINT.search(lines[at][:_MAX_LINE]):
        return None
    begins = max(at - _MOST_LINES, 0)
    found = above(lines[begins : at + 1], at + 1 - begins)
    if found is None:
        return None
    first = begins + found.first
    folded = _plainly(" ".join(line[:_MAX_LINE] for line in lines[first : at + 1]))
    ends = folded.endswith(":") or lines[at].rstrip().endswith("--")
    dated = ends and _START.match(folded) and _DIGIT.search(folded)
    return Attribution(first, found.name) if dated else None


def _plainly(text: str) -> str:
    """Folded, on one line, without the dashes or stars that some mailers put around it."""
    return " ".join(fold(text).split()).strip("-–—*_ ")


def name_in(attribution: str) -> str:
    """The writer's name in an attribution, else the address."""
    text = _WRITING.sub("", " ".join(attribution.split()).strip("-–—*_ "))
    address = _ADDRESS.search(text)
    text = _ADDRESS.sub("", text)
    moments = list(_MOMENT.finditer(text))
    name = text[moments[-1].end() :] if moments else text
    name = name.strip(_AROUND)
    return name or (address[0].strip(_AROUND) if address else "")


def name_in_block(lines: Sequence[str]) -> str:
    """The name in the « De : » of a block of headers, else the address; empty without one."""
    for line in lines:
        if found := _NAME_FIELD.match(line.strip()[:_MAX_LINE]):
            address = _ADDRESS.search(found[1])
            name = _ADDRESS.sub("", found[1]).strip(_AROUND)
            return name or (address[0].strip(_AROUND) if address else "")
    return ""
