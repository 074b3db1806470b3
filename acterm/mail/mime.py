"""Bytes to a Message: lying charsets, broken MIME, hostile sizes. Never raises."""

import html as entities
import re
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
    """What RFC 8621 §4.1.4 sorts the leaves into; None for a list that is given up."""

    def __init__(self) -> None:
        self.text: list[Part] | None = []
        self.html: list[Part] | None = []
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
    if cut or len(source) > MAX_SOURCE:
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
    return _message(root, plain, html, attachments, tuple(signs))


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
    plain: str | None,
    html: str | None,
    attachments: tuple[Attachment, ...],
    signs: tuple[Sign, ...],
) -> Message:
    flowed, delsp = _flow(root)
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
        plain=plain,
        html=html,
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
    if root.children:
        _sort(
            root.children, root.type.partition("/")[2], root.type.endswith("/alternative"), bodies
        )
    else:
        _sort((root,), "mixed", False, bodies)
    return bodies


def _sort(parts: tuple[Part, ...], multipart: str, in_alternative: bool, bodies: _Bodies) -> None:
    """RFC 8621 §4.1.4, step by step."""
    text_length = len(bodies.text) if bodies.text is not None else -1
    html_length = len(bodies.html) if bodies.html is not None else -1
    for position, item in enumerate(parts):
        if item.children:
            below = item.type.partition("/")[2]
            _sort(item.children, below, in_alternative or below == "alternative", bodies)
        elif _is_inline(item, position, multipart):
            _place(item, multipart, in_alternative, bodies)
        else:
            related = multipart == "related" and item.disposition[0] != "attachment"
            bodies.attachments.append((item, related))
    if multipart == "alternative" and bodies.text is not None and bodies.html is not None:
        if text_length == len(bodies.text) and html_length != len(bodies.html):
            bodies.text += bodies.html[max(html_length, 0) :]
        elif html_length == len(bodies.html) and text_length != len(bodies.text):
            bodies.html += bodies.text[max(text_length, 0) :]


def _is_inline(item: Part, position: int, multipart: str) -> bool:
    media = _is_media(item)
    return (
        item.disposition[0] != "attachment"
        and (item.type in ("text/plain", "text/html") or media)
        and (position == 0 or (multipart != "related" and (media or not item.name)))
    )


def _place(item: Part, multipart: str, in_alternative: bool, bodies: _Bodies) -> None:
    if multipart == "alternative":
        if item.type == "text/plain" and bodies.text is not None:
            bodies.text.append(item)
        elif item.type == "text/html" and bodies.html is not None:
            bodies.html.append(item)
        elif _is_media(item):
            bodies.attachments.append((item, False))
        return
    if in_alternative:
        if item.type == "text/plain":
            bodies.html = None
        if item.type == "text/html":
            bodies.text = None
    if bodies.text is not None:
        bodies.text.append(item)
    if bodies.html is not None:
        bodies.html.append(item)
    if (bodies.text is None or bodies.html is None) and _is_media(item):
        bodies.attachments.append((item, False))


def _is_media(item: Part) -> bool:
    return item.type.startswith(("image/", "audio/", "video/"))


def _texts(bodies: _Bodies) -> tuple[str | None, str | None, bool, bool]:
    """plain, html, whether a charset was guessed, whether something was cut.

    A mail that mixes text and HTML parts one after the other is one HTML text.
    """
    text_parts = bodies.text or []
    html_parts = bodies.html or []
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
        encoding=item.field("content-transfer-encoding").decode("ascii", "replace").strip().lower(),
    )


def _flow(root: Part) -> tuple[bool, bool]:
    """format=flowed and delsp of the first text part (RFC 3676 §4)."""
    for item in root.walk():
        if item.type == "text/plain" and not item.children:
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
