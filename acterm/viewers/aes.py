"""Files of a ZIP locked with AES, as WinZip and 7-Zip write them (APPNOTE 7.2, AE-1 and AE-2)."""

import hashlib
import hmac
import struct
import zipfile
import zlib

from acterm.errors import BadData
from acterm.i18n import _
from acterm.viewers.packages import MAX_MEMBER, swollen
from acterm.viewers.view import Locked

_EXTRA = 0x9901
_SALT = {1: 8, 2: 12, 3: 16}
_ROUNDS = 1000
_CHECK, _SEAL = 2, 10
_LOCAL = struct.Struct("<26xHH")


def unlocked(archive: zipfile.ZipFile, file: zipfile.ZipInfo, password: str) -> bytes:
    """The file, unlocked and unpacked. Raises Locked for another password."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    strength, method = _how(file)
    raw = _raw(archive, file)
    salt, sealed = raw[: _SALT[strength]], raw[_SALT[strength] :]
    check, content, seal = sealed[:_CHECK], sealed[_CHECK:-_SEAL], sealed[-_SEAL:]
    size = _SALT[strength] * 2
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, 2 * size + _CHECK)
    if not hmac.compare_digest(keys[-_CHECK:], check):
        raise Locked(_("This password does not open it."))
    signed = hmac.new(keys[size : 2 * size], content, "sha1").digest()[:_SEAL]
    if not hmac.compare_digest(signed, seal):
        raise ValueError("seal")
    # The counter of WinZip counts from 1, its least byte first: that of CTR mode does not.
    electronic = Cipher(algorithms.AES(keys[:size]), modes.ECB()).encryptor()  # noqa: S305
    blocks = -(-len(content) // 16)
    stream = electronic.update(b"".join(at.to_bytes(16, "little") for at in range(1, blocks + 1)))
    length = len(content)
    mixed = int.from_bytes(content, "big") ^ int.from_bytes(stream[:length], "big")
    plain = mixed.to_bytes(length, "big")
    return _inflated(plain) if method == zipfile.ZIP_DEFLATED else plain


def _how(file: zipfile.ZipInfo) -> tuple[int, int]:
    """Strength of the key, and how the file is packed inside."""
    at = 0
    while at + 4 <= len(file.extra):
        kind, size = struct.unpack_from("<HH", file.extra, at)
        if kind == _EXTRA and size >= 7:
            strength, method = struct.unpack_from("<BH", file.extra, at + 8)
            if strength in _SALT and method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                return strength, method
        at += 4 + size
    raise BadData(_("It is packed in a way that acterm does not know."))


def _raw(archive: zipfile.ZipFile, file: zipfile.ZipInfo) -> bytes:
    if archive.fp is None:
        raise ValueError("closed")
    archive.fp.seek(file.header_offset)
    name, extra = _LOCAL.unpack(archive.fp.read(_LOCAL.size))
    archive.fp.seek(name + extra, 1)
    return archive.fp.read(file.compress_size)


def _inflated(packed: bytes) -> bytes:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    data = inflating.decompress(packed, MAX_MEMBER)
    if inflating.unconsumed_tail:
        raise swollen()
    return data
