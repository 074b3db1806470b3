"""A receipt that a sender asks for, never given by itself, or that came (RFC 8098)."""

import re
from dataclasses import dataclass
from datetime import datetime

from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.clean import clean_name
from acterm.mail.message import Message
from acterm.mail.parsing.header import addresses, format_address
from acterm.mail.parsing.header import message_id as message_id_of
from acterm.mail.signs.evidence import sender_of
from acterm.mail.special.parts import PartOf, field, fields_of, of_type, text_of

_MOST = 5


@dataclass(frozen=True, slots=True)
class ReceiptAsked:
    """Where a receipt would go. `elsewhere`: not, or not only, to whom the mail comes from."""

    addresses: tuple[Address, ...]
    elsewhere: bool = False

    def words(self) -> str:
        """One sentence for a card."""
        named = ", ".join(one.address for one in self.addresses)
        if self.elsewhere and len(self.addresses) == 1:
            words = _("A receipt is asked for that would go to {address}, not to the sender.")
        elif self.elsewhere:
            words = _("A receipt is asked for that would go to {address}.")
        else:
            words = _("{address} asks to be told when you have read this mail.")
        return words.format(address=named)


@dataclass(frozen=True, slots=True)
class ReceiptCame:
    """What a mail one sent became of, as the mail program of `person` says (RFC 8098 §3.2.6)."""

    person: str
    shown: bool
    message_id: str = ""

    def words(self) -> str:
        """One sentence for a card."""
        if self.shown:
            words = _("{person} has opened your mail. That is no proof that it was read.")
        else:
            words = _("{person} has deleted your mail without opening it.")
        return words.format(person=self.person)


def read(message: Message) -> ReceiptAsked | None:
    """What Disposition-Notification-To or an older field asks for."""
    asked = field(message, "disposition-notification-to", "x-confirm-reading-to")
    found = {one.address.lower(): one for one in addresses(asked)[:_MOST] if one.domain}
    if not found:
        return None
    senders = {one.address.lower() for one in message.sender}
    return ReceiptAsked(tuple(found.values()), not found.keys() <= senders)


def read_given(message: Message, part: PartOf) -> ReceiptCame | None:
    """The receipt in a mail; what was done otherwise with it (sent on, refused) is no news."""
    for item in of_type(message, "message/disposition-notification"):
        fields = fields_of(text_of(item, part) or "")
        done = re.search(r";\s*(displayed|deleted)", fields.get("disposition", ""), re.IGNORECASE)
        if done:
            named = fields.get("original-recipient") or fields.get("final-recipient", "")
            person = clean_name(named.partition(";")[2] or sender_of(message).address).strip()
            sent = fields.get("original-message-id", "").encode("latin-1", "replace")
            shown = done[1].lower() == "displayed"
            return ReceiptCame(person, shown, message_id_of(sent) if sent else "")
    return None


def receipt(
    message: Message, asked: ReceiptAsked, account: Account, *, message_id: str, now: datetime
) -> bytes:
    """The receipt as the bytes that are sent, once the person said so (RFC 8098 §3)."""
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = format_address(Address(account.name, account.address))
    mail["To"] = ", ".join(format_address(one) for one in asked.addresses)
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
