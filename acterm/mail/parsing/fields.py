"""The header of a mail or of a part as fields, whatever stands above it or between them."""

import re

MAX_HEADER = 1 << 20

Fields = tuple[tuple[str, bytes], ...]
"""Names in lower case with their raw values, still folded."""

# The colon may stand on the next line: no mailer writes so, but who hides a second sender does.
_FIELD = re.compile(rb"([!-9;-~]+)(?:[ \t]*\r?\n[ \t]+|[ \t]*):")
# What stands above the header of a saved mail and is none of it.
_BEFORE_HEADER = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n(?=[ \t\r\n]*(?:From|To|Subject|Date|Received|Return-Path"
    rb"|Delivered-To|Reply-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+)[ \t]*:))*",
    re.IGNORECASE,
)


def split_header(source: bytes, start: int, end: int) -> tuple[Fields, int, bool]:
    """The fields, where the body begins, and whether the header is broken.

    A line that is no field is passed over when fields and a blank line follow it, unless it looks
    like a boundary; else the body begins there.
    """
    fields: list[tuple[str, bytes]] = []
    at, limit = start, min(end, start + MAX_HEADER)
    junk = known = -1
    while at < limit:
        line_end = source.find(b"\n", at, end) + 1 or end
        line = source[at:line_end]
        if not line.strip(b"\r\n"):
            return _joined(fields), line_end, junk >= 0
        named = _FIELD.match(source, at, limit)
        if line[:1] in b" \t" and fields:
            fields.append(("", line))
        elif named:
            line_end = source.find(b"\n", named.end(), end) + 1 or end
            value = source[named.end() : line_end]
            fields.append((named[1].decode("ascii").lower(), value))
        elif (
            _FIELD.match(source, line_end, limit)
            and not line.startswith(b"--")
            and (fields or line[:1] in b" \t")
        ):
            junk, known = (junk, known) if junk >= 0 else (at, len(fields))
        else:
            return _joined(fields), at, True
        at = line_end
    if junk >= 0 and known:
        return _joined(fields[:known]), junk, True
    return _joined(fields), at, junk >= 0 or at < end


def _joined(lines: list[tuple[str, bytes]]) -> Fields:
    """Fields with their continuation lines, which have no name."""
    fields: list[tuple[str, list[bytes]]] = []
    for name, line in lines:
        if name or not fields:
            fields.append((name, [line]))
        else:
            fields[-1][1].append(line)
    return tuple((name, b"".join(pieces)) for name, pieces in fields)


def header_start(source: bytes) -> int:
    """Where the header begins: after blank lines, and after what an mbox file puts above it."""
    found = _BEFORE_HEADER.match(source)
    start = found.end() if found else 0
    while source.startswith((b"From ", b">From "), start) and not _FIELD.match(source, start):
        start = source.find(b"\n", start) + 1 or len(source)
    return start
