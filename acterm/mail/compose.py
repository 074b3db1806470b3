"""Writing mail: reply and forward as drafts, drafts as RFC 5322 messages."""

import re
import secrets
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address as MailAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses

from acterm.errors import BadData, NoInput, reason
from acterm.i18n import _
from acterm.mail.account import Account
from acterm.mail.address import Address
from acterm.mail.draft import Draft, DraftAttachment, Kind, Recipients
from acterm.mail.message import Envelope, Message
from acterm.mail.parsing.header import format_address, parse_recipients

QUOTE_WIDTH = 74
_LINE_LIMIT = 990  # RFC 5322 §2.1.1, less the quotation marks

_REPLY_PREFIX = re.compile(r"^(?:\s*(?:re|ré|rép|réf|aw|sv)\s*(?:\[\d+\])?\s*:)+\s*", re.IGNORECASE)
_FORWARD_PREFIX = re.compile(r"^(?:\s*(?:tr|fwd?|wg)\s*:)+\s*", re.IGNORECASE)
_LINK_MARK = re.compile(r"⟦\d+⟧")
_SENDABLE = re.compile(r"[^\s@<>\",;:\\()\[\]\x00-\x1f\x7f]+@[^\s@<>\",;:\\()\x00-\x1f\x7f]+")
_SEVEN_BIT = SMTP.clone(cte_type="7bit")


def recipients(draft: Draft) -> Recipients:
    """The three fields read as addresses; what cannot be sent to is named in `unreadable`."""
    fields = [parse_recipients(typed) for typed in (draft.to, draft.cc, draft.bcc)]
    unreadable = [word for _addresses, words in fields for word in words]
    unreadable += [
        entry.address
        for addresses, _words in fields
        for entry in addresses
        if not _SENDABLE.fullmatch(entry.address)
    ]
    return Recipients(fields[0][0], fields[1][0], fields[2][0], tuple(unreadable))


def reply(
    message: Message, envelope: Envelope, account: Account, *, everyone: bool = False
) -> Draft:
    """A reply to the sender, or to everyone but oneself, with the text quoted below."""
    own = _own_addresses(account)
    written_by_me = any(sender.address.lower() in own for sender in message.sender)
    to = message.to if written_by_me else (message.reply_to or message.sender)
    cc: tuple[Address, ...] = ()
    if everyone:
        others = message.cc if written_by_me else message.to + message.cc
        cc = _without(others, own | {entry.address.lower() for entry in to})
    return Draft(
        account_id=account.id,
        kind=Kind.REPLY_ALL if everyone else Kind.REPLY,
        to=_typed(_without(to, set())),
        cc=_typed(cc),
        subject=f"Re: {_REPLY_PREFIX.sub('', message.subject)}".rstrip(),
        body=f"\n\n{_attribution(message)}\n{_quoted(message)}\n",
        original_id=envelope.id,
        in_reply_to=message.message_id,
        references=_thread(message),
    )


def forward(message: Message, envelope: Envelope, account: Account) -> Draft:
    """The mail passed on: its text below a block of its headers, its attachments carried over."""
    fields = [
        (_("Subject"), message.subject),
        (_("Date"), _moment(message.date)),
        (_("From"), _typed(message.sender)),
        (_("To"), _typed(message.to)),
        (_("Cc"), _typed(message.cc)),
    ]
    block = [_("-------- Original message --------")]
    block += [
        _("{field}: {value}").format(field=name, value=value) for name, value in fields if value
    ]
    carried = tuple(
        DraftAttachment(item.name, item.type, item.size, section=item.section)
        for item in message.attachments
        if not item.inline
    )
    subject = _FORWARD_PREFIX.sub("", message.subject)
    return Draft(
        account_id=account.id,
        kind=Kind.FORWARD,
        subject=_("Fwd: {subject}").format(subject=subject).rstrip(),
        body="\n\n" + "\n".join(block) + "\n\n" + _body_text(message) + "\n",
        attachments=carried,
        original_id=envelope.id,
        references=_thread(message),
    )


def new_message_id(account: Account) -> str:
    """A Message-ID without angle brackets that names neither machine nor clock."""
    return f"{secrets.token_hex(16)}@{account.address.rpartition('@')[2]}"


def build(
    draft: Draft,
    account: Account,
    *,
    message_id: str,
    now: datetime,
    original: bytes | None = None,
) -> bytes:
    """The draft as the bytes that are sent (RFC 5322, 7-bit, CRLF), without Bcc.

    Reads the attached files. `original` is the source of the mail whose parts are carried over.
    Raises BadData for an address that cannot be sent to, NoInput for a file that is gone.
    """
    people = recipients(draft)
    if people.unreadable:
        raise BadData(
            _("This is not a mail address: {address}").format(address=people.unreadable[0]),
            _("Correct it, then send again."),
        )
    mail = EmailMessage(policy=_SEVEN_BIT)
    try:
        mail["From"] = _header_address(Address(account.name, account.address))
        for field, addresses in (("To", people.to), ("Cc", people.cc)):
            if addresses:
                mail[field] = [_header_address(entry) for entry in addresses]
        mail["Subject"] = _one_line(draft.subject)
        mail["Date"] = now
        mail["Message-ID"] = f"<{message_id}>"
        if draft.in_reply_to:
            mail["In-Reply-To"] = f"<{_one_line(draft.in_reply_to)}>"
        if draft.references:
            mail["References"] = " ".join(f"<{_one_line(known)}>" for known in draft.references)
        mail.set_content(draft.body.rstrip("\n") + "\n", charset="utf-8")
    except (MessageError, ValueError) as error:
        raise BadData(_("The mail cannot be built: {reason}").format(reason=error)) from error
    for attachment in draft.attachments:
        main, _slash, sub = attachment.type.partition("/")
        data = _content(attachment, original)
        name = _one_line(attachment.name)
        if main in ("message", "multipart", "") or not sub:
            main, sub = "application", "octet-stream"
        charset = {"charset": "utf-8"} if main == "text" and _is_utf8(data) else None
        mail.add_attachment(data, maintype=main, subtype=sub, filename=name, params=charset)
    return mail.as_bytes()


def complete(source: bytes, account: Account, now: datetime) -> bytes:
    """A given RFC 5322 message made ready to send: CRLF, without Bcc, with From, Date, Message-ID.

    What is there is kept byte for byte. Raises BadData when it has no header at all.
    """
    header, body = _split(source)
    header = re.sub(rb"(?im)^bcc:.*\r\n(?:[ \t].*\r\n)*", b"", header)
    missing = []
    if not _has(header, b"From"):
        sender = str(_header_address(Address("", account.address)))
        missing.append(f"From: {sender}")
    if not _has(header, b"Date"):
        missing.append(f"Date: {format_datetime(now)}")
    if not _has(header, b"Message-ID"):
        missing.append(f"Message-ID: <{new_message_id(account)}>")
    added = "".join(f"{line}\r\n" for line in missing).encode()
    return header + added + b"\r\n" + body


def envelope(source: bytes) -> tuple[str, tuple[str, ...]]:
    """The SMTP sender and recipients (To, Cc, Bcc) of a message, each address once.

    Raises BadData when there is no recipient, or one that cannot be sent to.
    """
    header, _body = _split(source)
    found = getaddresses(_fields(header, b"To") + _fields(header, b"Cc") + _fields(header, b"Bcc"))
    people = list(dict.fromkeys(address for _name, address in found if address))
    for address in people:
        if not _SENDABLE.fullmatch(address):
            raise BadData(
                _("This is not a mail address: {address}").format(address=_printable(address))
            )
    if not people:
        raise BadData(_("The mail has no recipient."), _("Fill in To, Cc or Bcc, then send again."))
    senders = getaddresses(_fields(header, b"From"))
    return (senders[0][1] if senders else ""), tuple(people)


def message_id_of(source: bytes) -> str:
    """The Message-ID of a message without angle brackets, empty without one."""
    try:
        header, _body = _split(source)
    except BadData:
        return ""
    fields = _fields(header, b"Message-ID")
    return fields[0].strip().strip("<>") if fields else ""


def _own_addresses(account: Account) -> set[str]:
    """Every spelling under which the mailbox is reached (academies.toml: mailbox_alias)."""
    domain = account.address.rpartition("@")[2].lower()
    return {account.address.lower(), f"{account.login.lower()}@{domain}"}


def _without(people: tuple[Address, ...], excluded: set[str]) -> tuple[Address, ...]:
    kept = {entry.address.lower(): entry for entry in reversed(people)}
    order = dict.fromkeys(entry.address.lower() for entry in people)
    return tuple(kept[address] for address in order if address and address not in excluded)


def _typed(people: tuple[Address, ...]) -> str:
    return ", ".join(format_address(entry) for entry in people)


def _thread(message: Message) -> tuple[str, ...]:
    known = message.references or ((message.in_reply_to,) if message.in_reply_to else ())
    return (*known[-30:], message.message_id) if message.message_id else known[-30:]


def _moment(date: datetime | None) -> str:
    if date is None:
        return ""
    local = date.astimezone()
    return _("{day} at {time}").format(day=f"{local:%d/%m/%Y}", time=f"{local:%H:%M}")


def _attribution(message: Message) -> str:
    """« Le 24/11/2026 à 14:02, Chloé Gérard a écrit : », as Roundcube and Thunderbird write it."""
    name = message.sender[0].label if message.sender else ""
    moment = _moment(message.date)
    if name and moment:
        return _("On {moment}, {name} wrote:").format(moment=moment, name=name)
    return _("{name} wrote:").format(name=name) if name else _("You wrote:")


def _body_text(message: Message) -> str:
    from acterm.mail.text.render import render

    # A writer's own lines stay as they are; only HTML has none.
    width = QUOTE_WIDTH if message.html is not None else _LINE_LIMIT
    return _LINK_MARK.sub("", render(message, width).text).strip("\n")


def _quoted(message: Message) -> str:
    return "\n".join(
        f">{line}" if line.startswith(">") or not line else f"> {line}"
        for line in _body_text(message).split("\n")
    )


def _header_address(entry: Address) -> MailAddress:
    local, _at, domain = entry.address.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode()
    return MailAddress(_one_line(entry.name), local, domain)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def _content(attachment: DraftAttachment, original: bytes | None) -> bytes:
    if attachment.path is not None:
        try:
            return attachment.path.read_bytes()
        except OSError as error:
            raise NoInput(
                _("The attachment {name} cannot be read: {reason}.").format(
                    name=attachment.name, reason=reason(error)
                ),
                _("Remove it, or put the file back, then send again."),
            ) from error
    if original is None:
        raise NoInput(
            _("The attachment {name} is not here yet.").format(name=attachment.name),
            _("Open the mail it comes from, then send again."),
        )
    from acterm.mail.parsing.mime import part

    return part(original, attachment.section)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _split(source: bytes) -> tuple[bytes, bytes]:
    """Header block and body, both with CRLF line ends."""
    text = re.sub(rb"\r\n|\r|\n", b"\r\n", source)
    text = re.sub(rb"\AFrom [^\r\n]*\r\n", b"", text)  # the line an mbox puts before each mail
    header, _blank, body = text.partition(b"\r\n\r\n")
    header += b"\r\n"
    if not re.match(rb"[!-9;-~]+[ \t]*:", header):
        raise BadData(
            _("This is not a mail: it has no header."),
            _("A message starts with lines like “To: name@example.org”."),
        )
    return header, body


def _has(header: bytes, name: bytes) -> bool:
    return re.search(rb"(?im)^" + re.escape(name) + rb"[ \t]*:[ \t]*\S", header) is not None


def _fields(header: bytes, name: bytes) -> list[str]:
    pattern = rb"(?im)^" + re.escape(name) + rb"[ \t]*:(.*\r\n(?:[ \t].*\r\n)*)"
    return [
        " ".join(value.decode("utf-8", "replace").split()) for value in re.findall(pattern, header)
    ]
