"""FETCH: what a client may ask about a mail, and the answer (RFC 9051 §6.4.5)."""

import re
from collections.abc import Callable, Iterator
from imaplib import Time2Internaldate

from acterm.demo.imap_parts import body_structure, envelope, parse, section
from acterm.demo.imap_wire import Bad, Token, group, literal, words
from acterm.demo.mailbox import StoredMail

_SECTION = re.compile(
    r"(?:BODY(\.PEEK)?\[([\w.]*)(?: \(([^)]*)\))?\]|RFC822\.(HEADER|TEXT)|RFC822)"
    r"(?:<(\d+)\.(\d+)>)?",
    re.IGNORECASE,
)
_FAST = ["FLAGS", "INTERNALDATE", "RFC822.SIZE"]
_MACROS = {"FAST": _FAST, "ALL": [*_FAST, "ENVELOPE"], "FULL": [*_FAST, "ENVELOPE", "BODY"]}


def _answers(mail: StoredMail) -> dict[str, Callable[[], bytes]]:
    return {
        "UID": lambda: b"%d" % mail.uid,
        "FLAGS": lambda: group(flag.encode() for flag in sorted(mail.flags)),
        "INTERNALDATE": lambda: Time2Internaldate(mail.received).encode(),
        "RFC822.SIZE": lambda: b"%d" % len(mail.source),
        "ENVELOPE": lambda: envelope(parse(mail.source)),
        "BODY": lambda: body_structure(parse(mail.source), extended=False),
        "BODYSTRUCTURE": lambda: body_structure(parse(mail.source), extended=True),
    }


def items(token: Token) -> list[str]:
    """The items of a FETCH, macros written out."""
    asked = words(token)
    return _MACROS.get(asked[0].upper(), asked) if len(asked) == 1 else asked


def marks_seen(asked: list[str]) -> bool:
    """Whether the items read the text, so that the mail is now \\Seen."""
    sections = [found for item in asked if (found := _SECTION.fullmatch(item))]
    return any(not found[1] and (found[4] or "").upper() != "HEADER" for found in sections)


def answer(mail: StoredMail, asked: list[str]) -> bytes:
    """The parenthesised values of one mail."""
    return group(_values(mail, asked))


def _values(mail: StoredMail, asked: list[str]) -> Iterator[bytes]:
    known = _answers(mail)
    for item in asked:
        if value := known.get(item.upper()):
            yield item.upper().encode() + b" " + value()
        elif found := _SECTION.fullmatch(item):
            yield _section(mail, found)
        else:
            raise Bad(f"unknown item: {item}")


def _section(mail: StoredMail, asked: re.Match[str]) -> bytes:
    _peek, name, fields, old, start, count = asked.groups()
    octets = section(mail.source, (name or old or "").upper(), tuple((fields or "").split()))
    label = asked[0].upper().replace(".PEEK", "") if name is not None else asked[0].upper()
    if start is not None:
        octets = octets[int(start) : int(start) + int(count)]
        label = label.partition("<")[0] + f"<{start}>"
    return label.encode() + b" " + literal(octets)
