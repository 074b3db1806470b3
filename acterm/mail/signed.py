"""A signed or locked mail, named; whether a signature holds is `acterm.mail.signature`'s."""

from dataclasses import dataclass
from enum import StrEnum

from acterm.i18n import _


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
