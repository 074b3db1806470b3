"""Bytes to a Message: lying charsets, broken MIME, hostile sizes. Never raises."""

import html as entities
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from acterm.errors import BadData
from acterm.i18n import _
from acterm.mail import header, mimetree
from acterm.mail.address import Address
from acterm.mail.clean import clean
from acterm.mail.message import Attachment, Level, Message, Sign
from acterm.mail.mimetree import Part

MAX_SOURCE = 64 << 20
MAX_TEXT = 2 << 20

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ZIP_TYPES = ("application/zip", "application/x-zip-compressed", "application/x-zip")


class _Bodies:
    """What RFC 8621 §4.1.4 sorts the leaves into; an attachment with whether it is related."""

    def __init__(self) -> None:
        self.text: list[Part] = []
        self.html: list[Part] = []
        self.attachments: list[tuple[Part, bool]] = []


def parse(source: bytes, *, skeleton: bool = False) -> Message:
    """The mail, whatever it is.

    `skeleton` trusts the sizes that `acterm.mail.structure` announces for parts left out.
    """
    root = mimetree.tree(source[:MAX_SOURCE])
    sorted_parts = _sorted(root)
    signs = []
    if any(part.broken for part in root.walk()):
        signs.append(malformed())
    plain, html, guessed, cut = _texts(sorted_parts)
    if guessed:
        signs.append(
            Sign(
                "charset-guessed",
                Level.NOTE,
                _("The mail hides its alphabet: accents are guessed."),
            )
        )
    if any(part.cut for part in root.walk()):
        words = _("The mail was cut on its way: its end is missing.")
        signs.append(Sign("truncated", Level.NOTE, words))
    elif cut or len(source) > MAX_SOURCE:
        signs.append(
            Sign("truncated", Level.NOTE, _("The mail is very long: only its beginning is shown."))
        )
    signs += _content_signs([item for item, _inline in sorted_parts.attachments])
    attachments = tuple(
        _attachment(number, part, inline, skeleton)
        for number, (part, inline) in enumerate(sorted_parts.attachments, 1)
    )
    if plain is None and html is None and root.broken and not attachments:
        plain = clean(header.decode_bytes(source[:MAX_TEXT])[0])
    return _message(root, sorted_parts.text, (plain, html), attachments, tuple(signs))


def part(source: bytes, section: str) -> bytes:
    """The decoded bytes of one part. Raises BadData when the mail has no such part."""
    found = mimetree.find(mimetree.tree(source[:MAX_SOURCE]), section)
    if found is None:
        raise BadData(_("The mail has no part {section}.").format(section=section))
    return found.content


def malformed() -> Sign:
    """The sign of a mail that does not keep to the format."""
    return Sign("malformed", Level.NOTE, _("The mail is badly formed: something may be missing."))


def _content_signs(parts: list[Part]) -> list[Sign]:
    """What only the raw name, or the bytes, of an attachment tell."""
    signs = []
    for item in parts:
        if _BIDI.search(item.raw_name):
            words = _("The name of “{name}” is written backwards to hide what it is.")
            signs.append(Sign("bidi-name", Level.SUSPECT, words.format(name=item.name)))
        if item.announced_size < 0 and _is_locked_zip(item):
            words = _("“{name}” is a locked archive: no server could look for a virus in it.")
            signs.append(Sign("encrypted-archive", Level.VERIFY, words.format(name=item.name)))
    return signs


def _is_locked_zip(item: Part) -> bool:
    """Bit 0 of the first entry's general purpose flags (APPNOTE 4.4.4)."""
    archive = item.type in _ZIP_TYPES or item.name.lower().endswith(".zip")
    head = item.content[:8] if archive else b""
    return head.startswith(b"PK\x03\x04") and bool(head[6] & 1)


def _message(
    root: Part,
    text_parts: list[Part],
    texts: tuple[str | None, str | None],
    attachments: tuple[Attachment, ...],
    signs: tuple[Sign, ...],
) -> Message:
    flowed, delsp = _flow(text_parts)
    return Message(
        subject=header.decode(root.field("subject")),
        sender=_people(root, "from") or _people(root, "sender"),
        to=_people(root, "to"),
        cc=_people(root, "cc"),
        bcc=_people(root, "bcc"),
        reply_to=_people(root, "reply-to"),
        date=_date(header.decode(root.field("date"))),
        message_id=next(iter(_ids(root, "message-id")), header.decode(root.field("message-id"))),
        in_reply_to=next(iter(_ids(root, "in-reply-to")), ""),
        references=_ids(root, "references"),
        plain=texts[0],
        html=texts[1],
        flowed=flowed,
        delsp=delsp,
        attachments=attachments,
        headers=tuple(
            ("-".join(word.capitalize() for word in name.split("-")), header.decode(value))
            for name, value in root.fields
        ),
        signs=signs,
    )


def _sorted(root: Part) -> _Bodies:
    bodies = _Bodies()
    walk = _Walk("mixed", False, bodies.text, bodies.html, bodies.attachments)
    _sort((root,), walk)
    return bodies


@dataclass
class _Walk:
    """One level of RFC 8621 §4.1.4's walk: a list that it gives up is None below that point."""

    multipart: str
    in_alternative: bool
    text: list[Part] | None
    html: list[Part] | None
    attachments: list[tuple[Part, bool]]


def _sort(parts: tuple[Part, ...], walk: _Walk) -> None:
    """RFC 8621 §4.1.4, step by step."""
    text_length = len(walk.text) if walk.text is not None else -1
    html_length = len(walk.html) if walk.html is not None else -1
    for position, item in enumerate(parts):
        if item.children:
            below = item.type.partition("/")[2]
            inside = walk.in_alternative or below == "alternative"
            _sort(item.children, replace(walk, multipart=below, in_alternative=inside))
        elif _is_inline(item, position, walk.multipart):
            _place(item, walk)
        else:
            related = walk.multipart == "related" and item.disposition[0] != "attachment"
            walk.attachments.append((item, related))
    if walk.multipart == "alternative" and walk.text is not None and walk.html is not None:
        if text_length == len(walk.text) and html_length != len(walk.html):
            walk.text += walk.html[html_length:]
        elif html_length == len(walk.html) and text_length != len(walk.text):
            walk.html += walk.text[text_length:]


def _is_inline(item: Part, position: int, multipart: str) -> bool:
    media = _is_media(item)
    return (
        item.disposition[0] != "attachment"
        and (item.type in ("text/plain", "text/html") or media)
        and (position == 0 or (multipart != "related" and (media or not item.name)))
    )


def _place(item: Part, walk: _Walk) -> None:
    if walk.multipart == "alternative":
        if item.type == "text/plain" and walk.text is not None:
            walk.text.append(item)
        elif item.type == "text/html" and walk.html is not None:
            walk.html.append(item)
        elif _is_media(item):
            walk.attachments.append((item, False))
        return
    if walk.in_alternative:
        if item.type == "text/plain":
            walk.html = None
        if item.type == "text/html":
            walk.text = None
    if walk.text is not None:
        walk.text.append(item)
    if walk.html is not None:
        walk.html.append(item)
    if (walk.text is None or walk.html is None) and _is_media(item):
        related = walk.multipart == "related"
        walk.attachments.append((item, related))


def _is_media(item: Part) -> bool:
    return item.type.startswith(("image/", "audio/", "video/"))


def _texts(bodies: _Bodies) -> tuple[str | None, str | None, bool, bool]:
    """plain, html, whether a charset was guessed, whether something was cut.

    A mail that mixes text and HTML parts one after the other is one HTML text.
    """
    text_parts, html_parts = bodies.text, bodies.html
    guessed = cut = False
    pieces: dict[str, str] = {}
    for item in (*text_parts, *html_parts):
        if item.section in pieces or not item.type.startswith("text/"):
            continue
        text, lied = item.text()
        guessed, cut = guessed or lied, cut or len(text) > MAX_TEXT
        pieces[item.section] = clean(text[:MAX_TEXT])
    has_html = any(item.type == "text/html" for item in html_parts)
    plain_only = all(item.type != "text/html" for item in text_parts)
    plain = _plain(text_parts, pieces) if plain_only else None
    html = _html(html_parts, pieces) if has_html else None
    return plain, html, guessed, cut


def _plain(parts: list[Part], pieces: dict[str, str]) -> str | None:
    texts = [
        pieces[item.section] if item.section in pieces else _image_words(item) for item in parts
    ]
    return "\n".join(texts) if texts else None


def _html(parts: list[Part], pieces: dict[str, str]) -> str:
    texts = []
    for item in parts:
        text = pieces[item.section] if item.section in pieces else _image_words(item)
        if item.type != "text/html":
            text = "<pre>" + entities.escape(text) + "</pre>"
        texts.append(text)
    return "\n".join(texts)


def _image_words(item: Part) -> str:
    return _("[image: {text}]").format(text=item.name or item.type.partition("/")[2])


def _attachment(number: int, item: Part, inline: bool, skeleton: bool) -> Attachment:
    announced = item.announced_size if skeleton else -1
    return Attachment(
        number=number,
        name=item.name,
        type=item.type,
        size=announced if announced >= 0 else len(item.content),
        inline=inline,
        section=item.section,
        content_id=item.content_id,
        encoding=header.decode(item.field("content-transfer-encoding")).lower(),
    )


def _flow(parts: list[Part]) -> tuple[bool, bool]:
    """format=flowed and delsp of the first text part (RFC 3676 §4)."""
    for item in parts:
        if item.type == "text/plain":
            values = item.parameters
            return (
                values.get("format", "").lower() == "flowed",
                values.get("delsp", "").lower() == "yes",
            )
    return False, False


def _people(root: Part, name: str) -> tuple[Address, ...]:
    people: tuple[Address, ...] = ()
    for known, value in root.fields:
        if known == name:
            people += header.addresses(header.unfolded(value))
    return people[: header.MAX_ADDRESSES]


def _ids(root: Part, name: str) -> tuple[str, ...]:
    return header.message_ids(header.unfolded(root.field(name)))


def _date(value: str) -> datetime | None:
    """The Date field in the sender's own zone."""
    moment = header.timestamp(value)
    if not moment:
        return None
    zone = header.zone_minutes(value)
    try:
        return datetime.fromtimestamp(moment, UTC).astimezone(timezone(timedelta(minutes=zone)))
    except (OverflowError, ValueError, OSError):
        return None
