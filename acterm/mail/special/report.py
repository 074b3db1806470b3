"""Reporting a mail: where to, and the mail that carries it whole, headers and all."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from acterm.academy import directory, helpdesk
from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.parsing.header import format_address
from acterm.mail.parsing.mime import parse

SIGNAL_SPAM = "https://www.signal-spam.fr/"
PHISHING_INITIATIVE = "https://phishing-initiative.eu/"
_MAX_SOURCE = 25 << 20
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LONGEST_LINE = 998  # RFC 5322 §2.1.1


@dataclass(frozen=True, slots=True)
class ReportTo:
    """Where a mail can be reported. `address` is empty when none is known for the académie.

    `note` says how sure the address is, empty when it is confirmed. `steps` are sentences.
    """

    address: str
    note: str
    steps: tuple[str, ...]


def where_to(address: str) -> ReportTo:
    """For the mailbox of this address: its académie's help desk when known, and what else helps."""
    academy = directory.academy_of(address)
    known = helpdesk.contacts(academy) if academy else ()
    found = next((one for one in known if one.kind == "helpdesk-email"), None)
    steps = [_("Do not answer, open no link and no attachment, and keep the mail.")]
    if found is not None:
        words = _("Send it whole to the help desk, {address}: the headers go with it.")
        steps.append(words.format(address=found.value))
    else:
        words = _(
            "No address of your académie for such mail is known: attach it to a request on its "
            "assistance page, or give it to the person for computers at your school."
        )
        steps.append(words)
    words = _("Signal Spam ({page}), a partner of the CNIL, takes such mail from account holders.")
    steps.append(words.format(page=SIGNAL_SPAM))
    words = _("Phishing Initiative ({page}) has a false page blocked: give it the link.")
    steps.append(words.format(page=PHISHING_INITIATIVE))
    steps.append(
        _("If you gave a password, change it at once, also wherever else you use the same.")
    )
    if found is None:
        return ReportTo("", "", tuple(steps))
    return ReportTo(found.value, found.confidence.mark, tuple(steps))


def report(
    source: bytes, to: str, account: Account, *, message_id: str, now: datetime, remark: str = ""
) -> bytes:
    """The mail that is sent: the reported one as an attachment, byte for byte as it came.

    Raises BadData when it is too large to be sent.
    """
    if len(source) > _MAX_SOURCE:
        raise BadData(_("The mail is too large to be reported."), _("Describe it instead."))
    from email.message import EmailMessage
    from email.policy import SMTP

    subject = parse(source[: 1 << 20]).subject
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = format_address(Address(account.name, account.address))
    mail["To"] = to
    mail["Subject"] = _("Suspect mail: {subject}").format(subject=subject or _("(no subject)"))
    mail["Date"] = now
    mail["Message-ID"] = f"<{message_id}>"
    words = _("Here is a suspect mail as I received it, attached with its headers.")
    mail.set_content(f"{words}\n\n{remark.strip()}".strip() + "\n", charset="utf-8")
    text = _LINE_END.sub(b"\r\n", source)
    if not text.isascii() or any(len(line) > _LONGEST_LINE for line in text.split(b"\r\n")):
        # Such bytes may not travel inside a mail, and a mail inside one may not be encoded.
        mail.add_attachment(
            source, maintype="application", subtype="octet-stream", filename="mail.eml"
        )
        return mail.as_bytes()
    return _around(mail.as_bytes(), text)


def _around(cover: bytes, reported: bytes) -> bytes:
    """A multipart of the covering letter and the mail inside, which no library rewrites."""
    head, _blank, body = cover.partition(b"\r\n\r\n")
    outer: list[bytes] = []
    inner: list[bytes] = []
    for line in re.split(rb"\r\n(?![ \t])", head):
        (inner if line.lower().startswith(b"content-") else outer).append(line)
    mark = b"acterm-" + secrets.token_hex(12).encode()
    outer.append(b'Content-Type: multipart/mixed; boundary="' + mark + b'"')
    carried = [
        b"Content-Type: message/rfc822",
        b'Content-Disposition: attachment; filename="mail.eml"',
        b"Content-Transfer-Encoding: 7bit",
    ]
    pieces = [
        b"\r\n".join(outer),
        b"--" + mark + b"\r\n" + b"\r\n".join(inner) + b"\r\n\r\n" + body.rstrip(b"\r\n"),
        b"--" + mark + b"\r\n" + b"\r\n".join(carried) + b"\r\n\r\n" + reported,
    ]
    return pieces[0] + b"\r\n\r\n" + b"\r\n".join(pieces[1:]) + b"\r\n--" + mark + b"--\r\n"
