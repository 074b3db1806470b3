"""A mail that was pasted into a field: its source, or only its text."""

import re

_FIELD = re.compile(r"^[A-Za-z][A-Za-z-]{1,60}:\s", re.ASCII)


def source_of(pasted: str) -> bytes:
    """What was pasted as a mail: its source as it is, or its text alone."""
    text = pasted.lstrip("\ufeff\r\n ")
    head = text.replace("\r\n", "\n").partition("\n\n")[0].split("\n")
    fields = [line for line in head if not line.startswith((" ", "\t"))]
    if len(fields) > 1 and all(_FIELD.match(line) for line in fields):
        return text.encode("utf-8", "replace")
    return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode("utf-8", "replace")
