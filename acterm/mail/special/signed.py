"""A signed or locked mail, named; whether a signature holds is `signature`'s."""

import re
from dataclasses import dataclass
from enum import StrEnum

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.message import Message
from acterm.mail.special.certificates import signer_of
from acterm.mail.special.parts import PartOf, field, of_type

_PKCS7 = (
    *("application/pkcs7-signature", "application/x-pkcs7-signature"),
    *("application/pkcs7-mime", "application/x-pkcs7-mime"),
)
_MAX_SIGNATURE = 1 << 20
_INLINE = re.compile(r"^-----BEGIN PGP (SIGNED MESSAGE|MESSAGE)-----", re.MULTILINE)


class Seal(StrEnum):
    """How a mail is signed or locked."""

    SMIME = "smime"
    PGP = "pgp"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature (RFC 8551, RFC 3156) or, `encrypted`, a mail one cannot read without its key.

    `by` is the signer as far as the mail itself says: a claim until it is verified. `issuer` is
    who vouches for an S/MIME certificate.
    """

    seal: Seal
    by: str = ""
    issuer: str = ""
    encrypted: bool = False

    def words(self) -> str:
        """One sentence for a card."""
        kind = "S/MIME" if self.seal is Seal.SMIME else "PGP"
        if self.encrypted:
            return _("The mail is locked with {kind}: only its key opens it.").format(kind=kind)
        if self.by:
            words = _("The mail carries a {kind} signature of {by}, not yet verified.")
            return words.format(kind=kind, by=self.by)
        return _("The mail carries a {kind} signature, not yet verified.").format(kind=kind)


def read(message: Message, part: PartOf) -> Signed | None:
    """The signature or the lock of a mail; whose it is as far as its certificate is here."""
    kind = field(message, "content-type").lower()
    for item in of_type(message, *_PKCS7):
        locked = item.type.endswith("mime") and "signed-data" not in kind
        data = part(item.section)
        by, issuer = signer_of(data) if data and len(data) <= _MAX_SIGNATURE else ("", "")
        return Signed(Seal.SMIME, by, issuer, encrypted=locked and not by)
    if any(of_type(message, "application/pgp-encrypted")):
        return Signed(Seal.PGP, encrypted=True)
    inline = _INLINE.search((message.plain or "")[:100_000])
    if any(of_type(message, "application/pgp-signature")) or inline:
        locked = inline is not None and inline[1] == "MESSAGE"
        return Signed(Seal.PGP, "" if locked else _keyed(message), encrypted=locked)
    return None


def _keyed(message: Message) -> str:
    """What the sender says of the key: the address of its Autocrypt field."""
    found = re.search(r"addr=([^;\s]{3,254})", field(message, "autocrypt"))
    return clean_name(found[1]) if found else ""
