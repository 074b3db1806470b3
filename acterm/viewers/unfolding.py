"""The content lines that iCalendar and vCard share (RFC 5545 §3.1, RFC 6350 §3.2)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAX_PROPERTIES = 50_000
_LABEL = 14
_LINE = re.compile(r"([\w-]+(?:\.[\w-]+)?)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)
_FOLD = re.compile(r"\r?\n[ \t]")
_PARAMETER = re.compile(r";([\w-]+)(?:=((?:\"[^\"]*\"|[^;\"])*))?")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Property:
    """One content line: name and parameters in upper case, the value unescaped.

    A parameter may have no value, as those of vCard 2.1.
    """

    name: str
    parameters: Mapping[str, str]
    value: str


def properties(text: str) -> Iterator[Property]:
    """The content lines of a file, unfolded; what is none is passed over."""
    for line in _FOLD.sub("", text).split("\n")[:MAX_PROPERTIES]:
        found = _LINE.match(line)
        if found:
            name, given, value = found.groups()
            parameters = {key.upper(): word.strip('"') for key, word in _PARAMETER.findall(given)}
            yield Property(name.rpartition(".")[2].upper(), parameters, _unescaped(value))


def fact(label: str, words: str) -> Iterator[str]:
    """A label and what it names, further lines below the first; nothing for no words."""
    lines = words.strip().split("\n") if words.strip() else []
    for number, line in enumerate(lines):
        yield f"{'' if number else label:<{_LABEL}}{line}"


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
