"""What an IMAP server's answer says: tokens, flags, dates, sets of numbers (RFC 9051 §7, §9)."""

import calendar
import re
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.message import IMAP_FLAGS, Flag

# NIL, a number, a string as received, or a parenthesised list.
Value = None | int | bytes | tuple["Value", ...]

_TOKEN = re.compile(
    rb' *(?:(\()|(\))|"([^"\\]*(?:\\.[^"\\]*)*)"'
    rb"|((?:(?:BODY|BINARY)(?:\.PEEK)?\[[^\]]*\](?:<\d+>)?)|[^\s()\"]+)|$)",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_LITERAL = re.compile(rb"~?\{(\d{1,20})\+?\}$")
_CODE = re.compile(rb"\[([^\]]*)\] ?(.*)", re.DOTALL)
_ALL = re.compile(rb" ALL ([\d:,*]+)")
_MAX_DEPTH = 100
_MAX_UIDS = 5_000_000
_LARGEST = 0xFFFFFFFF
_MONTH_NAMES = b"JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_FLAGS = {name.encode().lower(): flag for flag, name in IMAP_FLAGS.items()} | {
    b"forwarded": Flag.FORWARDED
}


def literal_size(line: bytes) -> int:
    """The length of the literal that follows this line, -1 for none."""
    if not line.endswith(b"}"):
        return -1
    found = _LITERAL.search(line)
    return int(found[1]) if found else -1


def values(pieces: Sequence[bytes], start: int = 0) -> tuple[Value, ...]:
    """The tokens of an answer from byte `start` of its first line; raises BadData.

    `pieces` are a line, the literal it announces, the next line, and so on.
    """
    stack: list[list[Value]] = [[]]
    for index, piece in enumerate(pieces):
        if index % 2:
            stack[-1].append(piece)
            continue
        line = piece if index == len(pieces) - 1 else _LITERAL.sub(b"", piece)
        _read_line(line, start if index == 0 else 0, stack)
    if len(stack) != 1:
        raise _senseless()
    return tuple(stack[0])


def _read_line(line: bytes, position: int, stack: list[list[Value]]) -> None:
    while position < len(line):
        found = _TOKEN.match(line, position)
        if not found or found.end() == position:
            raise _senseless()
        position = found.end()
        opens, closes, quoted, atom = found.groups()
        if opens:
            stack.append([])
            if len(stack) > _MAX_DEPTH:
                raise _senseless()
        elif closes:
            if len(stack) == 1:
                raise _senseless()
            inner = tuple(stack.pop())
            stack[-1].append(inner)
        elif quoted is not None:
            stack[-1].append(_ESCAPED.sub(rb"\1", quoted) if b"\\" in quoted else quoted)
        elif atom is not None:
            stack[-1].append(_atom(atom))


def _atom(text: bytes) -> Value:
    if text.isdigit() and len(text) <= 20:
        return int(text)
    return None if text.upper() == b"NIL" else text


def _senseless() -> BadData:
    return BadData(_("The server’s answer cannot be read."))


def text(value: Value) -> bytes:
    """A string that may have come as an atom of digits, or as NIL."""
    if isinstance(value, bytes):
        return value
    return b"" if value is None or isinstance(value, tuple) else str(value).encode()


def number(value: Value) -> int:
    """A number, 0 when it is not one."""
    return value if isinstance(value, int) else 0


def digits(word: str) -> int:
    """The number in a response code, 0 when it is none."""
    return int(word) if word.isdigit() and len(word) <= 20 else 0


def pairs(items: Value) -> dict[bytes, Value]:
    """The list of names and values of a FETCH or STATUS answer, names in upper case."""
    if not isinstance(items, tuple):
        return {}
    return {text(name).upper(): value for name, value in zip(items[::2], items[1::2], strict=False)}


def code(line: bytes) -> tuple[str, str]:
    """The response code of a status text, without brackets, and the words after it."""
    found = _CODE.match(line)
    bracketed, words = found.groups() if found else (b"", line)
    return bracketed.decode("latin-1"), words.decode("utf-8", "replace")


@lru_cache(4096)
def flags(names: bytes) -> Flag:
    """The flags in a list of names; those that acterm does not know are left out."""
    known = Flag.NONE
    for name in names.lower().split():
        known |= _FLAGS.get(name.removeprefix(b"$"), Flag.NONE) or _FLAGS.get(name, Flag.NONE)
    return known


def flags_of(items: Value) -> Flag:
    """The same from a parsed list."""
    return flags(b" ".join(map(text, items))) if isinstance(items, tuple) else Flag.NONE


def arrival(date: bytes) -> int:
    """An INTERNALDATE ("24-Nov-2026 09:32:01 +0100") as seconds since 1970 UTC, 0 if unreadable."""
    try:
        clock = int(date[12:14]) * 3600 + int(date[15:17]) * 60 + int(date[18:20])
        return _day(date[:11]) + clock - _zone(date[21:26])
    except (ValueError, KeyError):
        return 0


@lru_cache(8192)
def _day(date: bytes) -> int:
    day, month, year = date.split(b"-")
    return calendar.timegm((int(year), _MONTHS[month.upper()], int(day), 0, 0, 0))


@lru_cache(256)
def _zone(offset: bytes) -> int:
    seconds = int(offset[1:3]) * 3600 + int(offset[3:5]) * 60
    return -seconds if offset.startswith(b"-") else seconds


def written_date(seconds: float) -> bytes:
    """An INTERNALDATE for APPEND, quoted, in UTC."""
    date = time.gmtime(seconds)
    month = _MONTH_NAMES[date.tm_mon - 1].capitalize()
    clock = b"%04d %02d:%02d:%02d" % (date.tm_year, date.tm_hour, date.tm_min, date.tm_sec)
    return b'"%02d-%b-%b +0000"' % (date.tm_mday, month, clock)


def packed(uids: Iterable[int], length: int = 4000) -> Iterator[bytes]:
    """The numbers as sequence sets ("1:5,7"), each at most `length` bytes."""
    spans = [
        b"%d" % first if first == last else b"%d:%d" % (first, last)
        for first, last in spans_of(uids)
    ]
    start, size = 0, 0
    for index, span in enumerate(spans):
        size += len(span) + 1
        if size > length:
            yield b",".join(spans[start:index])
            start, size = index, len(span) + 1
    if spans:
        yield b",".join(spans[start:])


def spans_of(uids: Iterable[int]) -> list[tuple[int, int]]:
    """The numbers as ranges, both ends included, in order."""
    found: list[tuple[int, int]] = []
    for uid in sorted(set(uids)):
        if found and found[-1][1] == uid - 1:
            found[-1] = (found[-1][0], uid)
        else:
            found.append((uid, uid))
    return found


def ranges(sequence_set: bytes) -> list[tuple[int, int]]:
    """The ranges of a sequence set in the order given, each smaller end first; raises BadData."""
    found = []
    try:
        for span in sequence_set.split(b","):
            first, _colon, last = span.partition(b":")
            start, end = _bound(first), _bound(last or first)
            found.append((min(start, end), max(start, end)))
    except ValueError:
        raise _senseless() from None
    return found


def _bound(digits: bytes) -> int:
    if digits == b"*":
        return _LARGEST
    if not digits.isdigit():
        raise ValueError
    return min(int(digits), _LARGEST)


def expanded(sequence_set: bytes) -> "array[int]":
    """The numbers of a sequence set; raises BadData when they would fill the memory."""
    spans = ranges(sequence_set)
    if sum(last - first + 1 for first, last in spans) > _MAX_UIDS:
        raise _senseless()
    found = array("q")
    for first, last in spans:
        found.extend(range(first, last + 1))
    return found


def copied(bracketed: str) -> dict[int, int]:
    """Old and new numbers of COPYUID (RFC 4315 §3), nothing when they do not pair."""
    parts = bracketed.encode().split()
    if len(parts) != 4 or parts[0].upper() != b"COPYUID":
        return {}
    try:
        old, new = expanded(parts[2]), expanded(parts[3])
    except BadData:
        return {}
    return dict(zip(old, new, strict=True)) if len(old) == len(new) else {}


def searched(line: bytes) -> "array[int]":
    """The numbers of a SEARCH or ESEARCH answer."""
    words = line.split()
    try:
        if words[1].upper() == b"SEARCH":
            return array("q", [int(word) for word in words[2:] if word.isdigit()])
        found = _ALL.search(line)
        return expanded(found[1]) if found else array("q")
    except OverflowError:
        raise _senseless() from None
