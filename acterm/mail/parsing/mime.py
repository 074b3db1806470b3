"""Bytes to a Message: lying charsets, broken MIME, hostile sizes. Never raises."""

import html as entities
from collections.abc import Sequence
from dataclasses import replace

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail.address import Address
from acterm.mail.clean import clean, clean_name
from acterm.mail.message import Attachment, Level, Message, Sign
from acterm.mail.parsing import dates, enriched, header, mimetree
from acterm.mail.parsing.body_parts import BodyParts, body_parts, is_media, stand_in
from acterm.mail.parsing.charset import codec_of
from acterm.mail.parsing.mailbox_list import MAX_ADDRESSES
from acterm.mail.parsing.mimetree import Part
from acterm.mail.parsing.opaque import unwrapped
from acterm.mail.parsing.parameters import parameters
from acterm.mail.parsing.peculiar import peculiar

MAX_SOURCE = 64 << 20
MAX_TEXT = 2 << 20
MAX_ADDRESS_FIELD = 1 << 20
MAX_LISTED_FIELDS = 2000


def parse(source: bytes, *, skeleton: bool = False) -> Message:
    """The mail, whatever it is.

    `skeleton` trusts the sizes that `acterm.mail.parsing.structure` announces for parts left out.
    """
    root = mimetree.tree(source[:MAX_SOURCE])
    found = body_parts(root)
    if charset := _charset_of_fields(root, found):
        root = _in_utf8(root, charset)
        found = body_parts(root)
    texts = _Texts(stand_in(found) or found)
    inside = unwrapped(root) if texts.plain is None and texts.html is None else None
    if inside is not None:  # its parts stay the one attachment that they came as
        texts = _Texts(body_parts(inside))
    signs: list[Sign] = []
    if any(part.broken for part in root.walk()):
        signs.append(malformed())
    if texts.guessed:
        words = _("The mail does not say, or says wrongly, how its accents are written.")
        signs.append(Sign("charset-guessed", Level.NOTE, words))
    if texts.cut or len(source) > MAX_SOURCE:
        words = _("The mail is very long: only its beginning is shown.")
        signs.append(Sign("truncated", Level.NOTE, words))
    elif any(part.cut for part in root.walk()):
        words = _("The mail was cut on its way: its end is missing.")
        signs.append(Sign("truncated", Level.NOTE, words))
    signs += peculiar(found.attachments)
    return _message(root, texts, _attachments(found, texts, skeleton), signs, _flow(inside or root))


def part(source: bytes, section: str) -> bytes:
    """The decoded bytes of one part. Raises BadData when the mail has no such part."""
    found = mimetree.find(mimetree.tree(source[:MAX_SOURCE], section), section)
    if found is None:
        raise BadData(_("The mail has no part {section}.").format(section=section))
    return found.content


def malformed() -> Sign:
    """The sign of a mail that does not keep to the format."""
    return Sign("malformed", Level.NOTE, _("The mail is badly formed: something may be missing."))


def _charset_of_fields(root: Part, found: BodyParts) -> str:
    """The charset of the raw letters of all header fields, of the mail and of its parts."""
    odd = [value for item in root.walk() for _name, value in item.fields if not value.isascii()]
    named = (item.parameters.get("charset", "") for item in (*found.text, *found.html))
    charset = next((one for one in named if codec_of(one) not in ("", "utf-8", "cp1252")), "")
    return header.charset_of_fields(odd, charset) if odd else ""


def _in_utf8(item: Part, charset: str) -> Part:
    fields = tuple((name, header.in_utf8(value, charset)) for name, value in item.fields)
    kind = next((value for name, value in fields if name == "content-type"), b"")
    children = tuple(_in_utf8(child, charset) for child in item.children)
    return replace(item, fields=fields, parameters=parameters(kind)[1], children=children)


class _Texts:
    """The text parts read: `plain` and `html`, None when the mail has no such alternative.

    A mail that mixes text and HTML parts one after the other is one HTML text.
    """

    def __init__(self, parts: BodyParts) -> None:
        self.guessed = self.cut = False
        self._read: dict[str, str] = {}
        self._room = MAX_TEXT
        mixed = any(item.type == "text/html" for item in parts.text)
        has_html = any(item.type == "text/html" for item in parts.html)
        self.plain = self._plain(parts.text) if parts.text and not mixed else None
        self._room = MAX_TEXT
        self.html = self._html(parts.html) if has_html else None

    def _plain(self, parts: Sequence[Part]) -> str:
        return "\n".join(_media_words(item) if is_media(item) else self._of(item) for item in parts)

    def _html(self, parts: Sequence[Part]) -> str:
        pieces = []
        for item in parts:
            if item.type == "text/html":
                pieces.append(self._of(item))
            else:
                text = _media_words(item) if is_media(item) else self._of(item)
                pieces.append(f"<pre>{entities.escape(text)}</pre>")
        return "\n".join(pieces)

    def _of(self, item: Part) -> str:
        if item.section not in self._read:
            text, guessed = item.text()
            self.guessed = self.guessed or guessed
            self.cut = self.cut or len(text) > self._room
            text = enriched.words(text) if item.type in enriched.TYPES else text
            self._read[item.section] = clean(text[: self._room])
            self._room -= len(self._read[item.section])
        return self._read[item.section]


def _media_words(item: Part) -> str:
    return _("[image: {text}]").format(text=item.name or item.type.partition("/")[2])


def _attachments(parts: BodyParts, texts: _Texts, skeleton: bool) -> tuple[Attachment, ...]:
    counted = [
        _attachment(
            number, item, skeleton, inline=item.section in parts.related and _is_shown(item, texts)
        )
        for number, item in enumerate(parts.attachments, 1)
    ]
    shown = [
        _attachment(number, item, skeleton, in_text=True)
        for number, item in enumerate(parts.shown, len(counted) + 1)
    ]
    return (*counted, *shown)


def _is_shown(item: Part, texts: _Texts) -> bool:
    """Whether a related part belongs inside the web page rather than beside it."""
    named = bool(item.content_id) and f"cid:{item.content_id}" in (texts.html or "")
    return named or (item.type.startswith("image/") and item.disposition[0] != "attachment")


def _attachment(
    number: int, item: Part, skeleton: bool, *, inline: bool = False, in_text: bool = False
) -> Attachment:
    announced = item.announced_size if skeleton else -1
    return Attachment(
        number=number,
        name=item.name,
        type=item.type,
        size=announced if announced >= 0 else item.size,
        inline=inline,
        section=item.section,
        content_id=item.content_id,
        encoding=header.decode(item.encoding),
        in_text=in_text,
        charset=clean_name(item.parameters.get("charset", "")),
        method=clean_name(item.parameters.get("method", "")),
    )


def _message(
    root: Part,
    texts: _Texts,
    attachments: tuple[Attachment, ...],
    signs: Sequence[Sign],
    flow: tuple[bool, bool],
) -> Message:
    flowed, delsp = flow
    return Message(
        subject=header.subject(root.field("subject")),
        sender=_people(root, "from") or _people(root, "sender"),
        to=_people(root, "to"),
        cc=_people(root, "cc"),
        bcc=_people(root, "bcc"),
        reply_to=_people(root, "reply-to"),
        date=dates.moment(header.decode(root.field("date"))),
        message_id=header.message_id(root.field("message-id")),
        in_reply_to=next(iter(_ids(root, "in-reply-to")), ""),
        references=_ids(root, "references"),
        plain=texts.plain,
        html=texts.html,
        flowed=flowed,
        delsp=delsp,
        attachments=attachments,
        headers=tuple(
            ("-".join(word.capitalize() for word in name.split("-")), header.decode(value))
            for name, value in root.fields[:MAX_LISTED_FIELDS]
        ),
        signs=tuple(signs),
    )


def _flow(root: Part) -> tuple[bool, bool]:
    """format=flowed and delsp of the first text part (RFC 3676 §4)."""
    for item in root.walk():
        if item.type == "text/plain" and not item.children:
            values = item.parameters
            flowed = values.get("format", "").lower() == "flowed"
            return flowed, flowed and values.get("delsp", "").lower() == "yes"
    return False, False


def _people(root: Part, name: str) -> tuple[Address, ...]:
    people: tuple[Address, ...] = ()
    for known, value in root.fields:
        if known == name and len(people) < MAX_ADDRESSES:
            people += header.addresses(header.unfolded(value, MAX_ADDRESS_FIELD))
    return people[:MAX_ADDRESSES]


def _ids(root: Part, name: str) -> tuple[str, ...]:
    return header.message_ids(header.unfolded(root.field(name)))
