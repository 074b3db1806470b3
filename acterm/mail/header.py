"""Header fields as they really come: folded, encoded twice, raw 8-bit, broken. Never raises.

Lean, because sync reads a hundred thousand of them. `parse` takes a block of HEADER.FIELDS.
"""

import binascii
import calendar
import quopri
import re
from collections.abc import Iterator

from acterm.mail.address import Address
from acterm.mail.clean import clean, clean_name
from acterm.mail.message import Flag, Header

MAX_FIELD = 1 << 16
MAX_ADDRESSES = 2000
MAX_REFERENCES = 100
_LONG = 500

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*(?:\r?\n[ \t].*)*)", re.MULTILINE)
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_ENCODED = re.compile(r"=\?([A-Za-z0-9_.:()+-]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_SIMPLE_ADDRESS = re.compile(r'\s*(?:"([^"\\<>]*)"|([^"\\<>,;:()@]*?))\s*<([^<>\s"(),;:]+)>\s*$')
_BARE_ADDRESS = re.compile(r"\s*[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+\s*$")
_MESSAGE_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_DATE = re.compile(
    r"(\d{1,2})[ -]+([A-Za-z]{3})[a-z]*[ -]+(\d{2,4})\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?"
    r"\s*(?:([+-])(\d{2}):?(\d{2}))?"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_DAY = 86400
_LONE = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_SPACES = re.compile(r"\s{2,}")
# Python's text codecs that are no mail charset: slow on long input, or not about letters.
_NOT_CHARSETS = ("punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined")
# What mailers call charsets that Python does not know under that name, or that lie.
_CHARSETS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "default": "utf-8",
    "utf8": "utf-8",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "x-mac-roman": "mac-roman",
}


def parse(raw: bytes, *, uid: int, flags: Flag, size: int, internal_date: int) -> Header:
    """One message of a list from its header block; dates in seconds since 1970 UTC."""
    fields: dict[bytes, bytes] = {}
    for name, value in _FIELD.findall(raw[: MAX_FIELD * 4]):
        fields.setdefault(name.lower(), value)
    sent = timestamp(unfolded(fields.get(b"date", b"")))
    senders = addresses(unfolded(fields.get(b"from", b"")))
    kind = fields.get(b"content-type", b"").lstrip()[:40].lower()
    return Header(
        uid=uid,
        flags=flags,
        size=size,
        date=sent if 0 < sent <= internal_date + _DAY or not internal_date else internal_date,
        sent=sent,
        sender=senders[0] if senders else Address("", ""),
        to=addresses(unfolded(fields.get(b"to", b""))),
        cc=addresses(unfolded(fields.get(b"cc", b""))),
        subject=_subject(fields.get(b"subject", b"")),
        message_id=_first_id(fields.get(b"message-id", b"")),
        in_reply_to=_first_id(fields.get(b"in-reply-to", b"")),
        references=message_ids(unfolded(fields.get(b"references", b""))),
        list_id=clean(unfolded(fields.get(b"list-id", b"")), line=True).strip(),
        attachments=kind.startswith(b"multipart/mixed"),
    )


def decode(value: bytes | str) -> str:
    """A header value as a person reads it: unfolded, RFC 2047 decoded, one clean line."""
    text = value if isinstance(value, str) else unfolded(value)
    if "=?" in text:
        text = decoded_words(text)
    return clean(text, line=True).strip()


def decode_bytes(data: bytes, charset: str = "") -> tuple[str, bool]:
    """Text from bytes, and whether the charset had to be guessed (missing, unknown or lying)."""
    name = charset.strip("\"' ").lower()
    if name and name.replace("-", "_") not in ("us_ascii", "ascii", *_NOT_CHARSETS):
        try:
            return data.decode(_CHARSETS.get(name, name)), False
        except (LookupError, UnicodeError, ValueError):
            pass
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _mixed(data), True
    return text, not text.isascii()


def _mixed(data: bytes) -> str:
    """Bytes that are not quite UTF-8: the few that do not fit are Western, else all of them."""
    text = data.decode("utf-8", "surrogateescape")
    odd = len(_LONE.findall(text))
    if odd > sum(map(len, _NOT_ASCII.findall(text))) - odd:
        return data.decode("cp1252", "ignore")
    return _LONE.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "ignore"), text)


def addresses(value: str) -> tuple[Address, ...]:
    """Every address of a field, groups flattened, at most MAX_ADDRESSES (RFC 5322 §3.4)."""
    if not value or value.isspace():
        return ()
    if len(value) > _LONG:
        value = _SPACES.sub(" ", value[:MAX_FIELD])  # runs of spaces make the patterns quadratic
    found = _SIMPLE_ADDRESS.match(value)
    if found:
        quoted, plain, address = found.groups()
        return (Address(_name(quoted or plain or ""), clean_name(address)),)
    if _BARE_ADDRESS.match(value):
        return (Address("", clean_name(value.strip())),)
    people = []
    for entry in _entries(value):
        if entry.strip():
            people.append(_address(entry))
            if len(people) >= MAX_ADDRESSES:
                break
    return tuple(people)


def message_ids(value: str) -> tuple[str, ...]:
    """The ids of References or In-Reply-To without angle brackets, the oldest first."""
    return tuple(clean_name(known) for known in _MESSAGE_ID.findall(value)[-MAX_REFERENCES:])


def timestamp(value: str) -> int:
    """A Date field in seconds since 1970 UTC, 0 when it cannot be read (RFC 5322 §3.3)."""
    found = _DATE.search(value)
    if not found:
        return 0
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    number = _MONTHS.get(month.lower())
    if not number or not 1 <= int(day) <= 31 or int(hour) > 24 or int(minute) > 59:
        return 0
    full_year = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < 70 else 1900)
    if not 1970 <= full_year <= 9999:
        return 0
    moment = calendar.timegm(
        (full_year, number, int(day), int(hour), int(minute), min(int(second or 0), 59))
    )
    if sign:
        offset = int(hours) * 3600 + int(minutes) * 60
        moment += offset if sign == "-" else -offset
    return max(moment, 0)


def zone_minutes(value: str) -> int:
    """The offset of a Date field from UTC, 0 when it has none."""
    found = _DATE.search(value)
    if not found or not found[7]:
        return 0
    minutes = int(found[8]) * 60 + int(found[9])
    return 0 if minutes >= 24 * 60 else (-minutes if found[7] == "-" else minutes)


def format_address(entry: Address) -> str:
    """An address as one types it, quoted where the name needs it."""
    if not entry.name:
        return entry.address
    if re.search(r'[()<>\[\]:;@\\,."]', entry.name):
        quoted = entry.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{entry.address}>'
    return f"{entry.name} <{entry.address}>"


def parse_recipients(typed: str) -> tuple[tuple[Address, ...], tuple[str, ...]]:
    """What was typed into a recipient field: the addresses, and the words that are none.

    Commas, semicolons and line ends separate.
    """
    people, unreadable = [], []
    for entry in _entries(typed.replace("\n", ",").replace(";", ",")):
        if not entry.strip():
            continue
        person = _address(entry)
        local, _at, domain = person.address.rpartition("@")
        if local and domain:
            people.append(person)
        else:
            unreadable.append(clean(entry, line=True).strip())
    return tuple(people), tuple(unreadable)


def unfolded(value: bytes) -> str:
    """Raw header bytes as text: UTF-8, else cp1252; unfolded."""
    value = value[:MAX_FIELD]
    try:
        text = value.decode("ascii" if value.isascii() else "utf-8")
    except UnicodeDecodeError:
        text = _mixed(value)
    return _FOLD.sub("", text) if "\n" in text else text


def _subject(value: bytes) -> str:
    return decode(value)


def _first_id(value: bytes) -> str:
    text = unfolded(value)
    found = _MESSAGE_ID.search(text)
    return clean_name(found[1] if found else text.strip().strip("<>"))


def _name(text: str) -> str:
    return clean_name(decoded_words(text) if "=?" in text else text).strip("'\" ")


def decoded_words(text: str) -> str:
    """RFC 2047 words decoded; neighbours in one charset are joined before, so that a
    character split between them is whole."""
    pieces: list[str] = []
    pending, charset, end = b"", "", 0
    for word in _ENCODED.finditer(text):
        between = text[end : word.start()]
        data = _word_bytes(word[2], word[3])
        if pending and (between.strip() or word[1].lower() != charset):
            pieces.append(decode_bytes(pending, charset)[0])
            pending = b""
        if between.strip() or not end:
            pieces.append(between)
        pending, charset, end = pending + data, word[1].lower(), word.end()
    pieces.append(decode_bytes(pending, charset)[0] if pending else "")
    pieces.append(text[end:])
    return "".join(pieces)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return binascii.a2b_base64(raw[: len(raw) // 4 * 4] or b"")


def _entries(value: str) -> Iterator[str]:  # noqa: PLR0912 (one state machine)
    """The field cut at its commas (and group marks), outside quotes, comments and brackets."""
    start, depth, quoted, angle = 0, 0, False, False
    skip = False
    for at, character in enumerate(value):
        if skip:
            skip = False
        elif character == "\\":
            skip = quoted or depth > 0
        elif character == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif character == "<":
            angle = True
        elif character == ">":
            angle = False
        elif character in ",;" and not angle:
            yield value[start:at]
            start = at + 1
        elif character == ":" and not angle:
            if "@" in value[start:at]:
                yield value[start:at]  # a trick: a second address behind a colon
            start = at + 1  # a group's name says nothing about who is in it
    yield value[start:]


def _address(entry: str) -> Address:
    """One entry: `name <address>`, `address (name)` or whatever it is."""
    comments = re.findall(r"\(([^()]*)\)", entry) if "(" in entry else []
    opened = entry.rfind("<")
    if opened >= 0:
        address = entry[opened + 1 :].partition(">")[0]
        name = entry[:opened]
        name = re.sub(r"\\(.)", r"\1", name.strip().strip('"'))
        return Address(_name(name) or _name(" ".join(comments)), clean_name(address))
    bare = re.sub(r"\([^()]*\)", "", entry) if comments else entry
    bare = clean_name(bare.strip().strip('"'))
    if "@" not in bare:
        return Address(_name(bare), "")
    return Address(_name(" ".join(comments)), bare)
