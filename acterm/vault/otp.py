"""One-time passcodes from a key, by the time (RFC 6238) or by a counter (RFC 4226).

A key is kept as an otpauth URI holds it.

pyotp 2.12 refuses keys under 112 bits, the classic ones of 16 letters among them; they work here,
and `is_short` tells so that a screen can warn.
"""

import base64
import binascii
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.secret import Secret

_ALGORITHMS = ("SHA1", "SHA256", "SHA512")
_SHORT = 14  # bytes: 112 bits, RFC 4226 §4 (R6)


@dataclass(frozen=True, slots=True)
class OtpKey:
    """The key of one account's passcodes. `label` is what the issuer calls it.

    `period` is how many seconds a code counts, 0 when each use takes the next one: `counter` is
    then the first that was unused when the key was given.
    """

    secret: Secret
    label: str = ""
    algorithm: str = "SHA1"
    digits: int = 6
    period: int = 30
    counter: int = 0

    @property
    def is_short(self) -> bool:
        """Whether the key is under the 112 bits that are recommended."""
        return len(_key_bytes(self.secret.reveal())) < _SHORT


def parse(typed: Secret) -> OtpKey:
    """An otpauth URI, or the bare key in base 32 with or without spaces. Raises BadData."""
    text = typed.reveal().strip()
    if not text.lower().startswith("otpauth"):
        return _checked(OtpKey(Secret(text)))
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise _unusable(_("it is not the key of a passcode")) from error
    kind = parts.netloc.lower()
    if parts.scheme.lower() != "otpauth" or kind not in ("totp", "hotp"):
        raise _unusable(_("it is not the key of a passcode"))
    fields = {name.lower(): values[0] for name, values in parse_qs(parts.query).items()}
    return _checked(
        OtpKey(
            secret=Secret(fields.get("secret", "")),
            label=clean(unquote(parts.path.lstrip("/")), line=True),
            algorithm=fields.get("algorithm", "SHA1").upper(),
            digits=_number(fields.get("digits", "6")),
            period=_number(fields.get("period", "30")) if kind == "totp" else 0,
            counter=_number(fields.get("counter", "0")) if kind == "hotp" else 0,
        ),
        is_timed=kind == "totp",
    )


def step(key: OtpKey, now: float) -> int:
    """The number of the code of this moment, for a key by the time."""
    return int(now) // key.period


def code(key: OtpKey, number: int) -> str:
    """The code of that number: a step of the time, or a counter."""
    import hashlib

    import pyotp

    class Lenient(pyotp.HOTP):
        def byte_secret(self) -> bytes:
            return _key_bytes(self.secret)

    digest = getattr(hashlib, key.algorithm.lower())
    return Lenient(key.secret.reveal(), digits=key.digits, digest=digest).at(number)


def _key_bytes(secret: str) -> bytes:
    letters = "".join(secret.split()).replace("-", "").upper().rstrip("=")
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def _checked(key: OtpKey, *, is_timed: bool = True) -> OtpKey:
    try:
        data = _key_bytes(key.secret.reveal())
    except (binascii.Error, ValueError) as error:
        raise _unusable(_("it is not written in base 32")) from error
    if not data:
        raise _unusable(_("it is empty"))
    is_usual = key.algorithm in _ALGORITHMS and 6 <= key.digits <= 8
    if not is_usual or (is_timed and not 10 <= key.period <= 300):
        raise _unusable(_("its algorithm, length or period is unusual"))
    return key


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _unusable(reason: str) -> BadData:
    return BadData(
        _("This passcode key cannot be used: {reason}.").format(reason=reason),
        _("Copy the whole text that stands under the QR code."),
    )
