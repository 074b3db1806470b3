"""Mails written in code for the tests of the mail room; every person in them is invented."""

import base64
from collections.abc import Iterable

FROM = "Camille Lefèvre <camille.lefevre@ac-amiens.fr>"
_BOUNDARY = "limite"


def mail(
    body: bytes | str = b"Bonjour", kind: str = "text/plain; charset=utf-8", **fields: str
) -> bytes:
    """A mail of one part; `fields` replace or add header fields, `_` stands for `-`."""
    given = {"From": FROM, "Subject": "Conseil de classe", "Content-Type": kind}
    given |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items()).encode()
    return head + b"\r\n" + (body.encode() if isinstance(body, str) else body)


def part(
    body: bytes | str = b"Bonjour", kind: str = "text/plain; charset=utf-8", **fields: str
) -> bytes:
    """One part of a multipart."""
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    content = body.encode() if isinstance(body, str) else body
    return f"Content-Type: {kind}\r\n{head}\r\n".encode() + content


def attached(
    data: bytes,
    name: str,
    kind: str = "application/octet-stream",
    how: str = "attachment",
    **fields: str,
) -> bytes:
    """A part in base64 with a file name."""
    disposition = f'{how}; filename="{name}"'
    return part(
        base64.encodebytes(data).replace(b"\n", b"\r\n"),
        kind,
        Content_Disposition=disposition,
        Content_Transfer_Encoding="base64",
        **fields,
    )


def multipart(subtype: str, parts: Iterable[bytes], boundary: str = _BOUNDARY) -> bytes:
    """A multipart, as a part."""
    pieces = [f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()]
    pieces += [f"--{boundary}\r\n".encode() + piece + b"\r\n" for piece in parts]
    return b"".join(pieces) + f"--{boundary}--\r\n".encode()


def whole(entity: bytes, **fields: str) -> bytes:
    """A mail around a part."""
    given = {"From": FROM, "Subject": "Conseil de classe", "MIME-Version": "1.0"}
    given |= {name.replace("_", "-"): value for name, value in fields.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in given.items()).encode() + entity
