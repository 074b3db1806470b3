"""A PIN for one session: known as a salted hash in memory, and nowhere else."""

import hashlib
import os
from hmac import compare_digest

from acterm.secret import Secret


class Pin:
    """Tells whether what is typed is the PIN, some hundredths of a second a time on purpose."""

    def __init__(self, pin: Secret) -> None:
        self._salt = os.urandom(16)
        self._hash = self._hashed(pin)

    def is_(self, typed: Secret) -> bool:
        """Whether it is the one."""
        return compare_digest(self._hash, self._hashed(typed))

    def _hashed(self, typed: Secret) -> bytes:
        data = typed.reveal().encode("utf-8", "surrogateescape")
        return hashlib.scrypt(data, salt=self._salt, n=1 << 14, r=8, p=1, maxmem=64 << 20)
