"""Which conversation a mail belongs to, told by its References (after RFC 5256 §3, simplified).

A conversation is named by the Message-ID it began with, so that mails find one another in
whatever order they arrive.
"""

from collections.abc import Iterable, Mapping

from acterm.mail.message import Header


def ancestors(header: Header) -> tuple[str, ...]:
    """The Message-IDs the mail answers, the oldest first."""
    if header.references:
        return header.references
    return (header.in_reply_to,) if header.in_reply_to else ()


def threads(headers: Iterable[Header], known: Mapping[str, str]) -> dict[int, str]:
    """The conversation of each header, by UID; empty for a mail without any id.

    `known` gives the conversation of ancestors that are already stored. The oldest known one
    decides; without any, the first reference does.
    """
    found: dict[int, str] = {}
    seen = dict(known)
    for header in sorted(headers, key=_age):
        line = ancestors(header)
        thread = next((seen[one] for one in line if one in seen), line[0] if line else "")
        found[header.uid] = thread or header.message_id
        if header.message_id:
            seen.setdefault(header.message_id, found[header.uid])
    return found


def _age(header: Header) -> int:
    return header.date
