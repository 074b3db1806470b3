"""Mails that Outlook saved (.msg, [MS-OXMSG]): made an ordinary mail, and shown as one."""

import base64
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from acterm.mail.clean import clean, clean_name
from acterm.mail.parsing.charset import decode_bytes
from acterm.viewers import mail
from acterm.viewers.asked import Asked
from acterm.viewers.compound import stream
from acterm.viewers.compressed_rtf import decompressed
from acterm.viewers.rtf import text_of
from acterm.viewers.view import Member, View

# Property identifiers ([MS-OXPROPS]).
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = "0C1A", "5D01", "0C1F"
_TO, _CC = 1, 2
_NAME, _SMTP, _ADDRESS, _ROLE = "3001", "39FE", "3003", 0x0C15
_SENT, _DELIVERED = 0x0039, 0x0E06
_FILE_NAME, _SHORT_NAME = "3707", "3704"
_FILE_TYPE, _CONTENT, _CONTENT_ID = "370E", "3701", "3712"
_MOST_DEPTH = 4
_MOST_STORAGES = 500
_BOUNDARY = "acterm-outlook"
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def view(file: Any, asked: Asked) -> View:
    """The mail, as any other."""
    return mail.view(replace(asked, data=_mail(file, ()), kind="message/rfc822"))


def member(file: Any, asked: Asked, number: int) -> Member:
    """One of its attachments."""
    return mail.member(replace(asked, data=_mail(file, ()), kind="message/rfc822"), number)


def _mail(file: Any, where: tuple[str, ...]) -> bytes:
    """The mail at a storage of the file, the file itself for none, as RFC 5322 has it."""
    sender, address = _words(file, where, _SENDER_NAME), _address(file, where)
    people = _recipients(file, where)
    fields = {
        "From": f'"{sender}" <{address}>' if address else f'"{sender}" <>',
        "To": people[_TO] or _words(file, where, "0E04"),
        "Cc": people[_CC] or _words(file, where, "0E03"),
        "Subject": _words(file, where, _SUBJECT),
        "Date": _date(file, where),
        "MIME-Version": "1.0",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return head.encode("utf-8", "replace") + _multipart("mixed", _parts(file, where), len(where))


def _parts(file: Any, where: tuple[str, ...]) -> Iterator[bytes]:
    page = stream(file, *where, f"__substg1.0_{_HTML}0102") or _text(file, where, _HTML).encode()
    plain = _text(file, where, _BODY)
    if not plain and not page:
        packed = stream(file, *where, f"__substg1.0_{_RTF}0102")
        plain = text_of(decompressed(packed)) if packed else ""
    texts = []
    if plain or not page:
        texts.append(_part(plain.encode("utf-8", "replace"), "text/plain; charset=utf-8"))
    if page:
        texts.append(_part(page, "text/html"))
    yield _multipart("alternative", texts, len(where))
    for storage in _storages(file, where, "__attach_version1.0_"):
        yield _attachment(file, storage)


def _storages(file: Any, where: tuple[str, ...], kind: str) -> list[tuple[str, ...]]:
    """The storages of a kind in a mail: its recipients, its attachments."""
    depth = len(where)
    found = {
        path[depth]
        for path in file.listdir()
        if len(path) > depth + 1 and tuple(path[:depth]) == where and path[depth].startswith(kind)
    }
    return [(*where, name) for name in sorted(found)[:_MOST_STORAGES]]


def _recipients(file: Any, where: tuple[str, ...]) -> dict[int, str]:
    """Whom the mail goes to, and who has a copy."""
    people: dict[int, list[str]] = {_TO: [], _CC: []}
    for storage in _storages(file, where, "__recip_version1.0_"):
        name = _words(file, storage, _NAME)
        address = _words(file, storage, _SMTP) or _words(file, storage, _ADDRESS)
        shown = f'"{name}" <{address}>' if "@" in address else f'"{name}" <>'
        role = _fixed(file, storage, 8, 0x0003).get(_ROLE, _TO) & 0xF
        people.setdefault(role, []).append(shown)
    return {role: ", ".join(found) for role, found in people.items()}


def _attachment(file: Any, where: tuple[str, ...]) -> bytes:
    name = next(filter(None, (_words(file, where, one) for one in (_FILE_NAME, _SHORT_NAME))), "")
    name = name or _words(file, where, _NAME)
    inner = (*where, f"__substg1.0_{_CONTENT}000D")
    if file.exists([*inner, "__properties_version1.0"]) and len(where) < 2 * _MOST_DEPTH:
        return b"Content-Type: message/rfc822\r\n\r\n" + _mail(file, inner)
    data = stream(file, *where, f"__substg1.0_{_CONTENT}0102")
    kind = _words(file, where, _FILE_TYPE) or "application/octet-stream"
    return _part(data, kind.split(";")[0], name, _words(file, where, _CONTENT_ID))


def _part(data: bytes, kind: str, name: str = "", content_id: str = "") -> bytes:
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
    if name:
        quoted = name.replace("\\", "").replace('"', "'")
        head += f'Content-Disposition: attachment; filename="{quoted}"\r\n'
    if content_id:
        head += f"Content-ID: <{content_id}>\r\n"
    return head.encode("utf-8", "replace") + b"\r\n" + base64.encodebytes(data)


def _multipart(subtype: str, parts: Iterable[bytes], depth: int) -> bytes:
    """Parts under a boundary that no other depth has; base64 cannot hold it."""
    boundary = f"{_BOUNDARY}-{subtype}-{depth}-"
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n'
    marked = (f"\r\n--{boundary}\r\n".encode() + one for one in parts)
    return head.encode() + b"".join(marked) + f"\r\n--{boundary}--\r\n".encode()


def _address(file: Any, where: tuple[str, ...]) -> str:
    """The sender's address; that of an Exchange directory is none."""
    found = _words(file, where, _SENDER_SMTP) or _words(file, where, _SENDER_ADDRESS)
    return found if "@" in found else ""


def _words(file: Any, where: tuple[str, ...], identifier: str) -> str:
    """A property of one line."""
    return clean_name(_text(file, where, identifier)).replace('"', "'")[:2000]


def _text(file: Any, where: tuple[str, ...], identifier: str) -> str:
    """A property in Unicode, else in the letters of the machine that wrote it."""
    wide = stream(file, *where, f"__substg1.0_{identifier}001F")
    if wide:
        return clean(wide.decode("utf-16-le", "replace"))
    return clean(decode_bytes(stream(file, *where, f"__substg1.0_{identifier}001E"))[0])


def _date(file: Any, where: tuple[str, ...]) -> str:
    """When it was sent or delivered."""
    times = _fixed(file, where, 24 if where else 32, 0x0040)
    value = times.get(_SENT) or times.get(_DELIVERED) or 0
    try:
        return format_datetime(_EPOCH + timedelta(microseconds=value // 10)) if value else ""
    except OverflowError:
        return ""


def _fixed(file: Any, where: tuple[str, ...], header: int, wanted: int) -> dict[int, int]:
    """The properties of fixed length and of one type ([MS-OXMSG] §2.4.2), by identifier."""
    told = stream(file, *where, "__properties_version1.0")
    found = {}
    for at in range(header, len(told) - 15, 16):
        kind, identifier, _flags, value = struct.unpack_from("<HHIQ", told, at)
        if kind == wanted:
            found[identifier] = value
    return found
