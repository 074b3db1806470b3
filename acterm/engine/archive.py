"""Mails kept as files of this machine: mbox, read back before anybody relies on it (RFC 4155)."""

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from acterm.errors import Refused, reason
from acterm.i18n import _

# A line of a mail that looks like the one between two mails gets one more « > ».
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BETWEEN = b"From "


@dataclass(frozen=True, slots=True)
class Kept:
    """One mail for the file; `date` in seconds since 1970."""

    sender: str
    date: float
    source: bytes


def write(path: Path, mails: Iterable[Kept]) -> int:
    """Fill the file, wait until the disk has it, and read it back; how many mails are in it.

    Raises Refused, the file removed, when what is read is not what was written.
    """
    try:
        written = _written(path, mails)
        _compare(path, written)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return len(written)


def read(path: Path) -> Iterator[bytes]:
    """The mails of a file that `write` made, their lines ended by LF."""
    lines: list[bytes] = []
    begun = False
    with path.open("rb") as file:
        for line in file:
            if line.startswith(_BETWEEN):
                if begun:
                    yield _unquoted(lines)
                lines, begun = [], True
            else:
                lines.append(line)
    if begun:
        yield _unquoted(lines)


def _written(path: Path, mails: Iterable[Kept]) -> list[bytes]:
    digests = []
    try:
        with path.open("wb") as file:
            for mail in mails:
                text = _with_line_ends(mail.source)
                digests.append(_digest(text))
                file.write(_separator(mail) + _FROM.sub(rb">\1", text) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Refused(
            _("The file {file} cannot be written: {reason}.").format(
                file=path.name, reason=reason(error)
            ),
            _("Nothing was deleted. Make room on this machine."),
        ) from error
    return digests


def _compare(path: Path, written: list[bytes]) -> None:
    if [_digest(mail) for mail in read(path)] != written:
        raise Refused(
            _("The file {file} does not hold what was written.").format(file=path.name),
            _("Nothing was deleted. Check the disk."),
        )


def _separator(mail: Kept) -> bytes:
    sender = "".join(mail.sender.split()) or "MAILER-DAEMON"
    return _BETWEEN + f"{sender} {time.asctime(time.gmtime(mail.date))}\n".encode()


def _with_line_ends(source: bytes) -> bytes:
    text = source.replace(b"\r\n", b"\n")
    return text if text.endswith(b"\n") else text + b"\n"


def _unquoted(lines: list[bytes]) -> bytes:
    return _QUOTED.sub(rb"\1", b"".join(lines).removesuffix(b"\n"))


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()
