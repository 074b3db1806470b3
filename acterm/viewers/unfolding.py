"""The content lines that iCalendar and vCard share (RFC 5545 §3.1, RFC 6350 §3.2)."""

import re
from collections.abc import Iterator

_LINE = re.compile(r"([\w-]+(?:\.[\w-]+)?)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)


def properties(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """(name, parameters, value) of each line, unfolded and unescaped."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    for line in unfolded.splitlines()[:50_000]:
        found = _LINE.match(line)
        if not found:
            continue
        name, given, value = found.groups()
        parameters = {}
        for piece in given.split(";"):
            key, equals, content = piece.partition("=")
            if equals:
                parameters[key.upper()] = content.strip('"')
        value = re.sub(r"\\([nN])", "\n", value)
        yield name.rpartition(".")[2].upper(), parameters, re.sub(r"\\(.)", r"\1", value)
