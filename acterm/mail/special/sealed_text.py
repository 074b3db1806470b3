"""Which bytes of a mail a signature is over (RFC 1847, RFC 3156, RFC 8551)."""

import re
from dataclasses import dataclass

from acterm.mail.parsing import mimetree
from acterm.mail.parsing.mimetree import Part
from acterm.mail.special.signed import Seal

_SMIME = ("application/pkcs7-signature", "application/x-pkcs7-signature")
_OPAQUE = ("application/pkcs7-mime", "application/x-pkcs7-mime")
# The type of a signature that holds its text, told from a locked mail (RFC 5652 §5.1).
_SIGNED_DATA = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_LINE_END = re.compile(rb"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class SealedText:
    """A signature and what it is over; `text` is None when the signature holds the text itself.

    `partly`: something of the mail stands outside of what is signed.
    """

    seal: Seal
    signature: bytes
    text: bytes | None
    partly: bool = False


def sealed_text(source: bytes) -> SealedText | None:
    """The outermost signature of a mail, None without one."""
    root = mimetree.tree(source)
    for part in root.walk():
        found = _of_part(part)
        if found is not None:
            seal, signature, text = found
            return SealedText(seal, signature, text, partly=part is not root)
    return None


def _of_part(part: Part) -> tuple[Seal, bytes, bytes | None] | None:
    if part.type == "multipart/signed" and len(part.children) >= 2:
        content, signature = part.children[0], part.children[1]
        seal = Seal.SMIME if signature.type in _SMIME else Seal.PGP
        return seal, signature.content, _LINE_END.sub(b"\r\n", _entity(part, content))
    if part.type in _OPAQUE and not part.children and _SIGNED_DATA in part.content[:64]:
        return Seal.SMIME, part.content, None
    if part.type == "text/plain" and b"-----BEGIN PGP SIGNED MESSAGE-----" in part.content:
        return Seal.PGP, part.content, None
    return None


def _entity(around: Part, content: Part) -> bytes:
    """A part with its header, byte for byte: from behind the first boundary line to its end."""
    mark = b"--" + around.parameters.get("boundary", "").encode("utf-8", "replace")
    at = around.source.find(mark, around.start, content.start)
    start = around.source.find(b"\n", at, content.start) + 1 if at >= 0 else content.start
    return around.source[start : content.end]
