"""SEARCH: a question as a test of one mail (RFC 9051 §6.4.4)."""

import datetime
import email
import email.header
import email.utils
import time
from collections.abc import Callable, Iterator
from functools import lru_cache

from acterm.demo.imap_wire import Bad, Token, in_set, text
from acterm.demo.mailbox import StoredMail

Test = Callable[[StoredMail, int], bool]
"""Takes a mail and its sequence number."""

_FLAGS = {"ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN"}
_FIELDS = {"BCC", "CC", "FROM", "SUBJECT", "TO"}
_DAYS: dict[str, Callable[[datetime.date, datetime.date], bool]] = {
    "BEFORE": datetime.date.__lt__,
    "ON": datetime.date.__eq__,
    "SINCE": datetime.date.__ge__,
}


def matching(criteria: list[Token], last_number: int, last_uid: int) -> Test:
    """The test that all criteria together make; `*` is the last number, or the last UID."""
    words = iter(criteria)
    tests = [_one(word, words, last_number, last_uid) for word in words]
    return lambda mail, number: all(test(mail, number) for test in tests)


def _one(word: Token, rest: Iterator[Token], last_number: int, last_uid: int) -> Test:
    if isinstance(word, list):
        return matching(word, last_number, last_uid)
    key = text(word).upper()

    def another() -> Test:
        return _one(next(rest), rest, last_number, last_uid)

    try:
        if key == "NOT":
            denied = another()
            return lambda mail, number: not denied(mail, number)
        if key == "OR":
            left, right = another(), another()
            return lambda mail, number: left(mail, number) or right(mail, number)
        if key == "UID":
            uids = in_set(text(next(rest)), last_uid)
            return lambda mail, _number: any(mail.uid in some for some in uids)
        if key[0].isdigit() or key[0] == "*":
            numbers = in_set(key, last_number)
            return lambda _mail, number: any(number in some for some in numbers)
        return _simple(key, rest)
    except StopIteration:
        raise Bad(f"{key} wants more") from None


def _simple(key: str, rest: Iterator[Token]) -> Test:
    """A test that looks at the mail alone."""
    if key in ("ALL", "OLD", "NEW", "RECENT"):
        return lambda _mail, _number: key in ("ALL", "OLD")
    if key in _FLAGS or key == "KEYWORD":
        flag = text(next(rest)) if key == "KEYWORD" else "\\" + key.capitalize()
        return lambda mail, _number: flag in mail.flags
    if key.startswith("UN") and (key[2:] in _FLAGS or key == "UNKEYWORD"):
        without = _simple(key[2:], rest)
        return lambda mail, number: not without(mail, number)
    if key in ("LARGER", "SMALLER"):
        size, sign = int(text(next(rest))), 1 if key == "LARGER" else -1
        return lambda mail, _number: (len(mail.source) - size) * sign > 0
    if key.removeprefix("SENT") in _DAYS:
        return _dated(key, text(next(rest)))
    return _worded(key, rest)


def _dated(key: str, day: str) -> Test:
    wanted = datetime.date(*time.strptime(day, "%d-%b-%Y")[:3])
    compare = _DAYS[key.removeprefix("SENT")]
    if not key.startswith("SENT"):
        return lambda mail, _number: compare(datetime.date.fromtimestamp(mail.received), wanted)
    return lambda mail, _number: compare(_sent(mail), wanted)


def _sent(mail: StoredMail) -> datetime.date:
    moment = email.utils.parsedate(email.message_from_bytes(mail.source).get("date", ""))
    return datetime.date(*moment[:3]) if moment else datetime.date.fromtimestamp(mail.received)


def _worded(key: str, rest: Iterator[Token]) -> Test:
    if key in _FIELDS or key == "HEADER":
        field = text(next(rest)) if key == "HEADER" else key
        words = text(next(rest)).casefold()
        return lambda mail, _number: words in _field(mail.source, field)
    if key in ("BODY", "TEXT"):
        words = text(next(rest)).casefold()
        return lambda mail, _number: words in _text(mail.source, header=key == "TEXT")
    raise Bad(f"unknown search key: {key}")


def _field(source: bytes, name: str) -> str:
    values = email.message_from_bytes(source).get_all(name, [])
    return " ".join(_decoded(value) for value in values).casefold()


def _decoded(value: object) -> str:
    pieces = email.header.decode_header(str(value))
    return "".join(
        piece if isinstance(piece, str) else piece.decode(charset or "latin-1", "replace")
        for piece, charset in pieces
    )


@lru_cache(maxsize=256)
def _text(source: bytes, *, header: bool) -> str:
    """The words of a mail, as read."""
    mail = email.message_from_bytes(source)
    found = [_decoded(value) for value in mail.values()] if header else []
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                found.append(raw.decode(part.get_content_charset("utf-8"), "replace"))
    return "\n".join(found).casefold()
