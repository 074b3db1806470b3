"""One-time passcodes from a key (RFC 6238), as an otpauth URI holds it.

pyotp 2.12 refuses keys under 112 bits, the classic ones of 16 letters among them; they work here,
and `is_short` tells so that a screen can warn.
"""

import base64
import binascii
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from acterm.errors import BadData
from acterm.i18n import _
from acterm.secret import Secret

if TYPE_CHECKING:
    import pyotp

_ALGORITHMS = ("SHA1", "SHA256", "SHA512")
_SHORT = 14  # bytes: 112 bits, RFC 4226 §4 (R6)


@dataclass(frozen=True, slots=True)
class OtpKey:
    """The key of one account's passcodes. `label` is what the issuer calls it."""

    secret: Secret
    label: str = ""
    algorithm: str = "SHA1"
    digits: int = 6
    period: int = 30

    @property
    def is_short(self) -> bool:
        """Whether the key is under the 112 bits that are recommended."""
        return len(_key_bytes(self.secret.reveal())) < _SHORT


@dataclass(frozen=True, slots=True)
class Passcode:
    """A code, and for how many seconds it still counts."""

    code: str
    seconds_left: int


def parse(typed: Secret) -> OtpKey:
    """An otpauth URI, or the bare key in base 32 with or without spaces. Raises BadData."""
    text = typed.reveal().strip()
    if not text.lower().startswith("otpauth"):
        return _checked(OtpKey(Secret(text)))
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise _unusable(_("it is not the key of a time-based passcode")) from error
    if parts.scheme.lower() != "otpauth" or parts.netloc.lower() != "totp":
        raise _unusable(_("it is not the key of a time-based passcode"))
    fields = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}
    return _checked(
        OtpKey(
            secret=Secret(fields.get("secret", "")),
            label=unquote(parts.path.lstrip("/")),
            algorithm=fields.get("algorithm", "SHA1").upper(),
            digits=_number(fields.get("digits", "6")),
            period=_number(fields.get("period", "30")),
        )
    )


def passcode(key: OtpKey, now: float | None = None) -> Passcode:
    """The code of this moment."""
    at = time.time() if now is None else now
    return Passcode(_generator(key).at(int(at)), key.period - int(at) % key.period)


def _generator(key: OtpKey) -> "pyotp.TOTP":
    import hashlib

    import pyotp

    class Lenient(pyotp.TOTP):
        def byte_secret(self) -> bytes:
            return _key_bytes(self.secret)

    return Lenient(
        key.secret.reveal(),
        digits=key.digits,
        digest=getattr(hashlib, key.algorithm.lower()),
        interval=key.period,
    )


def _key_bytes(secret: str) -> bytes:
    letters = "".join(secret.split()).replace("-", "").upper().rstrip("=")
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def _checked(key: OtpKey) -> OtpKey:
    try:
        data = _key_bytes(key.secret.reveal())
    except (binascii.Error, ValueError) as error:
        raise _unusable(_("it is not written in base 32")) from error
    if not data:
        raise _unusable(_("it is empty"))
    if key.algorithm not in _ALGORITHMS or not 6 <= key.digits <= 8 or not 10 <= key.period <= 300:
        raise _unusable(_("its algorithm, length or period is unusual"))
    return key


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _unusable(reason: str) -> BadData:
    return BadData(
        _("This passcode key cannot be used: {reason}.").format(reason=reason),
        _("Copy the whole text that stands under the QR code."),
    )
