"""Header fields as they really come: folded, encoded twice, raw 8-bit, broken. Never raises.

Lean, because sync reads a hundred thousand of them. `parse` takes a block of HEADER.FIELDS.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from acterm.mail.address import Address
from acterm.mail.charset_guess import guessed
from acterm.mail.clean import clean, clean_name
from acterm.mail.message import Flag, Header
from acterm.mail.parsing.charset import codec_of, decode_bytes, is_utf8
from acterm.mail.parsing.dates import timestamp
from acterm.mail.parsing.encoded_words import decoded_words
from acterm.mail.parsing.mailbox_list import addresses, format_address, parse_recipients
from acterm.mail.parsing.parameters import parameters
from acterm.mail.text.unseen import without_unseen

__all__ = [
    "addresses",
    "charset_of_fields",
    "decode",
    "decode_bytes",
    "format_address",
    "in_utf8",
    "message_id",
    "message_ids",
    "parse",
    "parse_recipients",
    "subject",
    "unfolded",
]

# A field is cut there; an address field, which may name thousands, later.
MAX_FIELD = 1 << 16
MAX_REFERENCES = 100
MAX_SUBJECT = 1 << 13
# The length of a field with some people in it; longer ones are not remembered.
_USUAL = 256

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*(?:\n[ \t].*)*)", re.MULTILINE)
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_MESSAGE_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_DAY = 86400


def parse(raw: bytes, *, uid: int, flags: Flag, size: int, internal_date: int) -> Header:
    """One message of a list from its header block; dates in seconds since 1970 UTC."""
    fields: dict[bytes, bytes] = {}
    for name, value in _FIELD.findall(raw[: MAX_FIELD * 4]):
        fields.setdefault(name.lower(), value)
    kind = fields.get(b"content-type", b"")
    if not raw.isascii():
        charset = charset_of_fields(fields.values(), parameters(kind)[1].get("charset", ""))
        fields = {name: in_utf8(value, charset) for name, value in fields.items()}
    sent = timestamp(unfolded(fields.get(b"date", b"")))
    senders = _people(fields.get(b"from", b""))
    return Header(
        uid=uid,
        flags=flags,
        size=size,
        date=sent if 0 < sent <= internal_date + _DAY or not internal_date else internal_date,
        sent=sent,
        sender=senders[0] if senders else Address("", ""),
        to=_people(fields.get(b"to", b"")),
        cc=_people(fields.get(b"cc", b"")),
        subject=subject(fields.get(b"subject", b"")),
        message_id=message_id(fields.get(b"message-id", b"")),
        in_reply_to=message_id(fields.get(b"in-reply-to", b"")),
        references=message_ids(unfolded(fields.get(b"references", b""))),
        list_id=clean(unfolded(fields.get(b"list-id", b"")), line=True).strip(),
        attachments=kind.lstrip()[:40].lower().startswith(b"multipart/mixed"),
    )


def _people(field: bytes) -> tuple[Address, ...]:
    """The addresses of a field: mostly the same few people, so that they are read once."""
    return _known_people(field) if len(field) < _USUAL else addresses(unfolded(field))


@lru_cache(4096)
def _known_people(field: bytes) -> tuple[Address, ...]:
    return addresses(unfolded(field))


def charset_of_fields(values: Iterable[bytes], named: str) -> str:
    """The charset of raw fields that are no UTF-8: the one `named` for the text, else the one that
    all together show. Empty when there are none, or when they are western.
    """
    odd = [value for value in values if not is_utf8(value)]
    if odd and codec_of(named) not in ("", "utf-8", "cp1252"):
        return named
    return guessed(b"\n".join(odd))


def in_utf8(value: bytes, charset: str) -> bytes:
    """A raw field in UTF-8 out of the charset of all the fields."""
    if not charset or is_utf8(value):
        return value
    return decode_bytes(value, charset)[0].encode("utf-8", "replace")


def decode(value: bytes | str) -> str:
    """A header value as a person reads it: unfolded, RFC 2047 decoded, one clean line."""
    text = value if isinstance(value, str) else unfolded(value)
    return without_unseen(clean(decoded_words(text), line=True)).strip()


def subject(value: bytes) -> str:
    """A subject, as much of it as anybody reads."""
    return decode(value)[:MAX_SUBJECT]


def message_id(value: bytes) -> str:
    """The first id of a field without angle brackets, or what stands there instead."""
    text = unfolded(value)
    found = _MESSAGE_ID.search(text)
    return clean_name(found[1] if found else text.strip().strip("<>"))


def message_ids(value: str) -> tuple[str, ...]:
    """The ids of References or In-Reply-To without angle brackets, the oldest first."""
    return tuple(clean_name(known) for known in _MESSAGE_ID.findall(value)[-MAX_REFERENCES:])


def unfolded(value: bytes, limit: int = MAX_FIELD) -> str:
    """Raw header bytes as text on one line: UTF-8, else cp1252."""
    value = value[:limit]
    plain = value.isascii() and b"\x1b" not in value
    text = value.decode("ascii") if plain else decode_bytes(value)[0]
    return _FOLD.sub("", text) if "\n" in text else text
