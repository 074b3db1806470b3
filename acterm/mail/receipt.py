"""A receipt that the sender asks for, never given by itself (RFC 8098)."""

from dataclasses import dataclass

from acterm.i18n import _
from acterm.mail.address import Address


@dataclass(frozen=True, slots=True)
class ReceiptAsked:
    """Where a receipt would go. `elsewhere`: not to the person the mail comes from."""

    address: Address
    elsewhere: bool = False

    def words(self) -> str:
        """One sentence for a card."""
        if self.elsewhere:
            words = _("A receipt is asked for that would go to {address}, not to the sender.")
        else:
            words = _("{address} asks to be told when you have read this mail.")
        return words.format(address=self.address.address)
