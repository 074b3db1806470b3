"""A mail's bytes from its parts: fields, text, HTML, attachments. Plain and fast, RFC 2045–2047."""

import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formataddr
from urllib.parse import quote

_LINE = 76
_WORD = 12  # letters: even of four bytes each they stay below 76 signs


@dataclass(frozen=True, slots=True)
class Piece:
    """One MIME part, its fields and its encoded body."""

    fields: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def octets(self) -> bytes:
        """As it stands in the mail."""
        head = "".join(f"{name}: {value}\r\n" for name, value in self.fields)
        return head.encode() + b"\r\n" + self.body


def words(value: str, charset: str = "utf-8") -> str:
    """A field's value; encoded words where it is not ASCII (RFC 2047)."""
    if value.isascii():
        return value
    pieces = [value[at : at + _WORD].encode(charset) for at in range(0, len(value), _WORD)]
    coded = [binascii.b2a_base64(one, newline=False).decode() for one in pieces]
    return "\r\n ".join(f"=?{charset}?b?{one}?=" for one in coded)


def person(name: str, address: str, charset: str = "utf-8") -> str:
    """An address with its display name."""
    return formataddr((name, address), charset)


def text(value: str, kind: str, *, charset: str, declared: str = "") -> Piece:
    """A text part, quoted-printable; `declared` is the charset it claims."""
    raw = value.replace("\r\n", "\n").encode(charset, "replace")
    body = binascii.b2a_qp(raw, istext=True).replace(b"\n", b"\r\n")
    return Piece(
        (
            ("Content-Type", f'{kind}; charset="{declared or charset}"'),
            ("Content-Transfer-Encoding", "quoted-printable"),
        ),
        body,
    )


def attachment(name: str, kind: str, content: bytes, *, inline: str = "") -> Piece:
    """A file; `inline` is its Content-ID when the HTML shows it."""
    whole = kind == "message/rfc822"  # a mail inside a mail is not encoded (RFC 2046 §5.2.1)
    coded = content if whole else binascii.b2a_base64(content, newline=False)
    lines = [coded] if whole else [coded[at : at + _LINE] for at in range(0, len(coded), _LINE)]
    fields = [
        ("Content-Type", f'{kind};\r\n name="{words(name)}"'),
        ("Content-Transfer-Encoding", "8bit" if whole else "base64"),
        ("Content-Disposition", f"{'inline' if inline else 'attachment'};\r\n {_new_name(name)}"),
    ]
    if inline:
        fields.append(("Content-ID", f"<{inline}>"))
    return Piece(tuple(fields), b"\r\n".join(lines) + b"\r\n")


def _new_name(name: str) -> str:
    """RFC 2231."""
    return f'filename="{name}"' if name.isascii() else f"filename*=UTF-8''{quote(name)}"


def multipart(kind: str, pieces: Iterable[Piece], parameters: str = "") -> Piece:
    """The pieces in one; a single piece stays as it is."""
    together = tuple(pieces)
    if len(together) == 1:
        return together[0]
    octets = [piece.octets for piece in together]
    boundary = f"_{kind}_{hashlib.sha256(b''.join(octets)).hexdigest()[:16]}"
    line = b"--" + boundary.encode()
    body = b"".join(line + b"\r\n" + each.rstrip(b"\r\n") + b"\r\n" for each in octets)
    kinds = f'multipart/{kind}; boundary="{boundary}"{parameters}'
    return Piece((("Content-Type", kinds),), body + line + b"--\r\n")
