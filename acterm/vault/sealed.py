"""The sealed file: secrets of several accounts behind one passphrase.

First line: `acterm-sealed VERSION SHA-256-of-the-rest`. Then a JSON object: the salt, a check value
that tells a wrong passphrase from a right one, and one sealed entry a name. Version 1 is scrypt
(n=2**16, r=8, p=1) and ChaCha20-Poly1305; version, salt and name are authenticated with each entry.
"""

import base64
import binascii
import hashlib
import json
import os
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from acterm.errors import ConfigError, reason
from acterm.i18n import _
from acterm.secret import Secret
from acterm.vault.ladder import SEALED_FILE, SecretLocked, WrongPassphrase

_MAGIC, _VERSION = b"acterm-sealed", b"1"
_SALT, _NONCE = 16, 12
_CHECK = "\x00check"  # no account has such a name


class SealedDamaged(ConfigError):
    """The file is not as it was written; no passphrase opens it any more."""


@dataclass(frozen=True, slots=True)
class _Content:
    """What the file says without a passphrase. `boxes` are nonce and ciphertext by name."""

    salt: bytes
    check: bytes
    boxes: Mapping[str, bytes] = field(default_factory=dict)


class SealedFile:
    """One file. Its key is derived once from the passphrase and stays in this process's memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._salt = b""
        self._key = b""

    @property
    def exists(self) -> bool:
        """Whether there is a file; an empty vault has none."""
        return self.path.exists()

    def names(self) -> frozenset[str]:
        """What is sealed in the file, known without the passphrase. Raises SealedDamaged."""
        return frozenset(self._read().boxes) if self.exists else frozenset()

    @property
    def is_open(self) -> bool:
        """Whether the key of the file as it is now is known. Raises SealedDamaged."""
        return self.exists and self._read().salt == self._salt

    def unlock(self, passphrase: Secret) -> None:
        """Derive the key, 0.2 s on purpose. Raises WrongPassphrase or SealedDamaged."""
        content = self._read()
        key = _derive(passphrase, content.salt)
        if _opened(key, content.salt, _CHECK, content.check) is None:
            raise WrongPassphrase(
                _("This passphrase does not open the sealed file."),
                _("Check capitals and accents; there is no way round a lost passphrase."),
            )
        self._salt, self._key = content.salt, key

    def get(self, name: str) -> Secret | None:
        """The secret of that name, None without one. Raises SecretLocked or SealedDamaged."""
        if not self.exists:
            return None
        content = self._read()
        if name not in content.boxes:
            return None
        self._need_key(content)
        opened = _opened(self._key, content.salt, name, content.boxes[name])
        if opened is None:
            raise self._damaged()
        return Secret(opened.decode("utf-8"))

    def put(self, name: str, secret: Secret, passphrase: Secret | None = None) -> None:
        """Seal a secret; the first one makes the file and takes its passphrase.

        Raises SecretLocked without a passphrase where one is needed, or WrongPassphrase.
        """
        with self._alone():
            if not self.exists:
                content = self._new(passphrase)
            else:
                if passphrase is not None:
                    self.unlock(passphrase)
                content = self._read()
                self._need_key(content)
            box = _sealed(self._key, content.salt, name, secret.reveal().encode("utf-8"))
            self._write(replace(content, boxes={**content.boxes, name: box}))

    def remove(self, name: str) -> None:
        """Forget a secret, without the passphrase; the last one takes the file with it."""
        if name not in self.names():
            return
        with self._alone():
            content = self._read()
            rest = {other: box for other, box in content.boxes.items() if other != name}
            if rest:
                self._write(replace(content, boxes=rest))
            else:
                self.path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Between reading and writing no other process writes; the system lets go of a dead one."""
        lock = self.path.with_name(f"{self.path.name}.lock")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            with suppress(ImportError):  # Windows: one acterm a person
                import fcntl

                fcntl.flock(descriptor, fcntl.LOCK_EX)
            for left in self.path.parent.glob(f".{self.path.name}-*"):
                left.unlink(missing_ok=True)  # of a write that was killed
            yield
        finally:
            os.close(descriptor)

    def _new(self, passphrase: Secret | None) -> _Content:
        if not passphrase:
            raise SecretLocked(
                _("The sealed file needs a passphrase."),
                _("Choose one that is used nowhere else."),
                SEALED_FILE,
            )
        self._salt = os.urandom(_SALT)
        self._key = _derive(passphrase, self._salt)
        return _Content(self._salt, _sealed(self._key, self._salt, _CHECK, b""))

    def _need_key(self, content: _Content) -> None:
        if not self._key or content.salt != self._salt:
            raise SecretLocked(
                _("The password is in the sealed file, which is locked."),
                _("Its passphrase opens it."),
                SEALED_FILE,
            )

    def _read(self) -> _Content:
        try:
            head, _newline, body = self.path.read_bytes().partition(b"\n")
        except OSError as error:
            raise ConfigError(
                _("{file} cannot be read: {reason}.").format(file=self.path, reason=reason(error))
            ) from error
        words = head.split(b" ")
        if len(words) != 3 or words[0] != _MAGIC or words[2] != _digest(words[1], body):
            raise self._damaged()
        if words[1] != _VERSION:
            raise ConfigError(
                _("{file} was written by a newer acterm.").format(file=self.path),
                _("Update acterm on this machine."),
            )
        try:
            return _parsed(body)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged() from error

    def _damaged(self) -> SealedDamaged:
        return SealedDamaged(
            _("The sealed file {file} is damaged: it is not as acterm wrote it.").format(
                file=self.path
            ),
            _("Put a saved copy back, or delete it and give the password again."),
        )

    def _write(self, content: _Content) -> None:
        document = {
            "salt": _text(content.salt),
            "check": _text(content.check),
            "entries": {name: _text(box) for name, box in sorted(content.boxes.items())},
        }
        body = json.dumps(document, ensure_ascii=True, indent=1).encode("ascii") + b"\n"
        head = b" ".join((_MAGIC, _VERSION, _digest(_VERSION, body)))
        try:
            replace_file(self.path, head + b"\n" + body)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> ConfigError:
        return ConfigError(
            _("{file} cannot be written: {reason}.").format(file=self.path, reason=reason(error)),
            _("Check the disk and the folder’s permissions."),
        )


def replace_file(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all: a crash keeps the old one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _derive(passphrase: Secret, salt: bytes) -> bytes:
    """The key. NFC, since the same accent may be typed in two ways."""
    typed = unicodedata.normalize("NFC", passphrase.reveal()).encode("utf-8", "surrogateescape")
    return hashlib.scrypt(typed, salt=salt, n=1 << 16, r=8, p=1, maxmem=256 << 20, dklen=32)


def _bound(salt: bytes, name: str) -> bytes:
    return b"\n".join((_MAGIC, _VERSION, salt, name.encode("utf-8")))


def _sealed(key: bytes, salt: bytes, name: str, plain: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, _bound(salt, name))


def _opened(key: bytes, salt: bytes, name: str, box: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(box[:_NONCE], box[_NONCE:], _bound(salt, name))
    except InvalidTag:
        return None


def _digest(version: bytes, body: bytes) -> bytes:
    return hashlib.sha256(b"\n".join((_MAGIC, version, body))).hexdigest().encode("ascii")


def _parsed(body: bytes) -> _Content:
    document = json.loads(body)
    return _Content(
        salt=_bytes(document["salt"]),
        check=_bytes(document["check"]),
        boxes={name: _bytes(box) for name, box in document["entries"].items()},
    )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
