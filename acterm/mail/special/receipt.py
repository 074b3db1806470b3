"""A receipt that the sender asks for, never given by itself (RFC 8098)."""

from dataclasses import dataclass
from datetime import datetime

from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.message import Message
from acterm.mail.parsing.header import addresses, format_address
from acterm.mail.special.parts import field


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


def read(message: Message) -> ReceiptAsked | None:
    """What Disposition-Notification-To or an older field asks for."""
    asked = field(message, "disposition-notification-to", "x-confirm-reading-to")
    found = [one for one in addresses(asked) if one.domain]
    if not found:
        return None
    senders = {one.address.lower() for one in message.sender}
    return ReceiptAsked(found[0], found[0].address.lower() not in senders)


def receipt(
    message: Message, asked: ReceiptAsked, account: Account, *, message_id: str, now: datetime
) -> bytes:
    """The receipt as the bytes that are sent, once the person said so (RFC 8098 §3)."""
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = format_address(Address(account.name, account.address))
    mail["To"] = format_address(asked.address)
    mail["Subject"] = _("Read: {subject}").format(subject=message.subject)
    mail["Date"] = now
    mail["Message-ID"] = f"<{message_id}>"
    if message.message_id:
        mail["In-Reply-To"] = f"<{message.message_id}>"
    words = _("Your mail “{subject}” to {address} was shown. That is no proof that it was read.")
    mail.set_content(words.format(subject=message.subject, address=account.address) + "\n")
    mail.make_mixed()
    mail.set_type("multipart/report")
    mail.set_param("report-type", "disposition-notification")
    lines = [f"Final-Recipient: rfc822;{account.address}"]
    if message.message_id:
        lines.append(f"Original-Message-ID: <{message.message_id}>")
    lines.append("Disposition: manual-action/MDN-sent-manually; displayed")
    told = EmailMessage(policy=SMTP)
    told["Content-Type"] = "message/disposition-notification"
    told.set_payload("\r\n".join(lines) + "\r\n")
    mail.attach(told)
    return mail.as_bytes()
