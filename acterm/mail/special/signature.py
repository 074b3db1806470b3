"""Whether the signature of a mail holds, by gpg and openssl where they and the keys are.

Both run without network, without a terminal and for seconds at most. The person's own key ring
decides whom gpg knows, the system's authorities whom openssl does.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.parsing.header import addresses
from acterm.mail.parsing.mime import parse
from acterm.mail.special.certificates import addresses_of, certificates_in, issued_by, named
from acterm.mail.special.sealed_text import SealedText, sealed_text
from acterm.mail.special.signed import Seal

MAX_SOURCE = 64 << 20
_SECONDS = 10.0
_KEPT = ("PATH", "HOME", "GNUPGHOME", "SYSTEMROOT", "APPDATA", "SSL_CERT_FILE", "SSL_CERT_DIR")


class State(StrEnum):
    """What came of a check."""

    HOLDS = "holds"
    UNKNOWN_AUTHORITY = "unknown-authority"
    OTHER_PERSON = "other-person"
    EXPIRED = "expired"
    BROKEN = "broken"
    NO_KEY = "no-key"
    NO_TOOL = "no-tool"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class SignatureCheck:
    """`by` is the signer as the key says, `issuer` who vouches for it, `key` its fingerprint."""

    state: State
    seal: Seal | None = None
    by: str = ""
    issuer: str = ""
    key: str = ""
    partly: bool = False

    def words(self) -> str:
        """One sentence, with what it does and does not prove."""
        words = {
            State.HOLDS: _("The signature of {by} holds: the mail was not changed."),
            State.UNKNOWN_AUTHORITY: _(
                "The mail was not changed since {by} signed it, but nothing here vouches for "
                "that key: {issuer}."
            ),
            State.OTHER_PERSON: _("The signature holds, but is that of {by}, not of the sender."),
            State.EXPIRED: _("The signature of {by} was made with a key that has expired."),
            State.BROKEN: _("The signature does not hold: the mail was changed, or is a forgery."),
            State.NO_KEY: _("The key of the signature is not here: it cannot be verified."),
            State.NO_TOOL: _("The program that verifies this signature is not installed: {tool}."),
            State.UNSIGNED: _("This mail carries no signature."),
        }[self.state]
        tool = "gpg" if self.seal is Seal.PGP else "openssl"
        issuer = self.issuer or self.key or _("unknown")
        sentence = words.format(by=self.by or _("somebody"), issuer=issuer, tool=tool)
        partly = _("Only a part of the mail is signed.")
        return f"{sentence} {partly}" if self.partly else sentence


def verify(
    source: bytes, *, gpg_home: Path | None = None, ca_file: Path | None = None
) -> SignatureCheck:
    """Check the signature of a whole mail, byte for byte as it came. Never raises.

    `gpg_home` is another key ring than the person's, `ca_file` an authority besides the system's.
    """
    found = sealed_text(source) if len(source) <= MAX_SOURCE else None
    if found is None:
        return SignatureCheck(State.UNSIGNED)
    people = frozenset(person.address.lower() for person in parse(source).sender)
    if found.seal is Seal.PGP:
        return _with_gpg(found, people, gpg_home)
    return _with_openssl(found, people, ca_file)


def _with_gpg(sealed: SealedText, people: frozenset[str], home: Path | None) -> SignatureCheck:
    gpg = shutil.which("gpg")
    if gpg is None:
        return SignatureCheck(State.NO_TOOL, Seal.PGP)
    options = ["--batch", "--no-tty", "--status-fd", "1", "--no-auto-key-retrieve"]
    options += ["--auto-key-locate", "clear", "--disable-dirmngr", "--no-autostart"]
    options += ["--homedir", str(home)] if home else []
    with tempfile.TemporaryDirectory(prefix="acterm-") as folder:
        if sealed.text is None:
            said = _run([gpg, *options, "--verify", "-"], sealed.signature)
        else:
            signature = Path(folder) / "signature"
            signature.write_bytes(sealed.signature)
            said = _run([gpg, *options, "--verify", str(signature), "-"], sealed.text)
    return _gpg_verdict(said[1], sealed, people)


def _gpg_verdict(said: str, sealed: SealedText, people: frozenset[str]) -> SignatureCheck:
    """From the status lines (GnuPG doc/DETAILS)."""
    told: dict[str, str] = {}
    for line in said.split("\n"):
        mark, _space, rest = line.removeprefix("[GNUPG:] ").partition(" ")
        if line.startswith("[GNUPG:] "):
            told.setdefault(mark, rest)
    good = next((told[one] for one in ("GOODSIG", "EXPKEYSIG", "REVKEYSIG") if one in told), "")
    by = clean(good.partition(" ")[2], line=True)[:200]
    key = told.get("VALIDSIG", "").partition(" ")[0]
    trusted = "TRUST_FULLY" in told or "TRUST_ULTIMATE" in told
    own = bool(people & {person.address.lower() for person in addresses(by)})
    if "BADSIG" in told:
        state = State.BROKEN
    elif "EXPKEYSIG" in told or "REVKEYSIG" in told:
        state = State.EXPIRED
    elif "GOODSIG" not in told:
        state = State.NO_KEY if {"NO_PUBKEY", "ERRSIG"} & told.keys() else State.BROKEN
    elif not own:
        state = State.OTHER_PERSON
    else:
        state = State.HOLDS if trusted else State.UNKNOWN_AUTHORITY
    return SignatureCheck(state, Seal.PGP, by, key=key, partly=_beyond(sealed))


def _beyond(sealed: SealedText) -> bool:
    """Whether text stands outside of a signed block of lines."""
    if sealed.partly or sealed.text is not None:
        return sealed.partly
    before, _mark, rest = sealed.signature.partition(b"-----BEGIN PGP SIGNED MESSAGE-----")
    after = rest.partition(b"-----END PGP SIGNATURE-----")[2]
    return bool(before.strip() or after.strip())


def _with_openssl(
    sealed: SealedText, people: frozenset[str], ca_file: Path | None
) -> SignatureCheck:
    openssl = shutil.which("openssl")
    if openssl is None:
        return SignatureCheck(State.NO_TOOL, Seal.SMIME)
    form = "PEM" if sealed.signature.lstrip().startswith(b"-----BEGIN") else "DER"
    command = [openssl, "cms", "-verify", "-binary", "-inform", form, "-out", os.devnull]
    with tempfile.TemporaryDirectory(prefix="acterm-") as folder:
        signer, text = Path(folder) / "signer.pem", Path(folder) / "text"
        command += ["-signer", str(signer)]
        if sealed.text is not None:
            text.write_bytes(sealed.text)
            command += ["-content", str(text)]
        authority = ["-CAfile", str(ca_file)] if ca_file else []
        trusted, said = _run([*command, *authority], sealed.signature)
        unchanged = trusted or _run([*command, "-noverify"], sealed.signature)[0]
        found = certificates_in(_pem(signer)) or certificates_in(sealed.signature)
    by, issuer = (named(found[0]), issued_by(found[0])) if found else ("", "")
    own = bool(found) and bool(people & {one.lower() for one in addresses_of(found[0])})
    if not unchanged:
        state = State.BROKEN
    elif not own:
        state = State.OTHER_PERSON
    elif "expired" in said:
        state = State.EXPIRED
    else:
        state = State.HOLDS if trusted else State.UNKNOWN_AUTHORITY
    return SignatureCheck(state, Seal.SMIME, by, issuer, partly=sealed.partly)


def _pem(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _run(command: Sequence[str], data: bytes) -> tuple[bool, str]:
    """Whether the program was content, and what it said; nothing of the environment but a path."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 (a fixed program, the mail on its stdin, no shell)
            command,
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            env=environment | {"LC_ALL": "C.UTF-8"},
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False, ""
    return done.returncode == 0, (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
