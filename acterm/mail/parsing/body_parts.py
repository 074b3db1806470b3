"""Which parts of a mail are its text, and which its attachments (RFC 8621 §4.1.4)."""

from dataclasses import dataclass, field

from acterm.mail.parsing import enriched
from acterm.mail.parsing.mimetree import Part


@dataclass
class BodyParts:
    """Leaves in order. `related` are the sections that a web page may show inside its text.

    A picture, sound or film that stands in the text whichever alternative is read is no
    attachment to the RFC: `shown` holds those.
    """

    text: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    attachments: list[Part] = field(default_factory=list)
    related: set[str] = field(default_factory=set)

    @property
    def shown(self) -> list[Part]:
        """Media of the text itself."""
        counted = {part.section for part in self.attachments}
        return [part for part in self.text if is_media(part) and part.section not in counted]


def body_parts(root: Part) -> BodyParts:
    """The leaves of a mail, each in its place."""
    found = BodyParts()
    multipart = root.type.partition("/")[2] if root.children else "mixed"
    _sort(
        root.children or (root,),
        multipart,
        multipart == "alternative",
        (found.text, found.html),
        found,
    )
    return found


def stand_in(found: BodyParts) -> BodyParts | None:
    """What a mail without text has that is read as one all the same: text in another format, or a
    page that its pictures stand before. None when there is nothing. They stay attachments.
    """
    if any(part.type.startswith("text/") for part in (*found.text, *found.html)):
        return None
    kinds = ("text/html", "text/plain", *enriched.TYPES)
    nameless = [part for part in found.attachments if _is_loose(part) and part.type in kinds]
    pages = [part for part in nameless if part.type == "text/html"]
    plain = [part for part in nameless if part.type != "text/html"]
    return BodyParts(text=plain, html=pages) if nameless else None


def _is_loose(part: Part) -> bool:
    """Whether nobody made a file of it."""
    left_out = part.announced_size >= 0
    return part.disposition[0] != "attachment" and not part.name and not left_out


def is_media(part: Part) -> bool:
    """Whether the part is a picture, a sound or a film."""
    return part.type.startswith(("image/", "audio/", "video/"))


_Lists = tuple[list[Part] | None, list[Part] | None]
"""textBody and htmlBody of the RFC; None where an alternative left one of them aside."""


def _sort(
    parts: tuple[Part, ...], multipart: str, in_alternative: bool, lists: _Lists, found: BodyParts
) -> None:
    """The RFC's parseStructure, step by step."""
    text, html = lists
    text_length, html_length = _length(text), _length(html)
    for position, part in enumerate(parts):
        if part.children:
            below = part.type.partition("/")[2]
            inside = in_alternative or below == "alternative"
            _sort(part.children, below, inside, (text, html), found)
        elif not _is_inline(part, position, multipart):
            found.attachments.append(part)
            if multipart == "related":
                found.related.add(part.section)
        elif multipart == "alternative":
            _chosen(part, text, html, found)
        else:
            if in_alternative and part.type == "text/plain":
                html = None
            if in_alternative and part.type == "text/html":
                text = None
            for kept in (text, html):
                if kept is not None:
                    kept.append(part)
            if (text is None or html is None) and is_media(part):
                found.attachments.append(part)
    if multipart == "alternative" and text is not None and html is not None:
        _complete(text, text_length, html, html_length)


def _chosen(part: Part, text: list[Part] | None, html: list[Part] | None, found: BodyParts) -> None:
    """A leaf that is itself an alternative."""
    if part.type == "text/plain":
        if text is not None:
            text.append(part)
    elif part.type == "text/html":
        if html is not None:
            html.append(part)
    else:
        found.attachments.append(part)


def _complete(text: list[Part], text_length: int, html: list[Part], html_length: int) -> None:
    """When an alternative has one of the two only, it stands for the other as well."""
    if len(text) == text_length and len(html) != html_length:
        text += html[html_length:]
    elif len(html) == html_length and len(text) != text_length:
        html += text[text_length:]


def _is_inline(part: Part, position: int, multipart: str) -> bool:
    media = is_media(part)
    return (
        part.disposition[0] != "attachment"
        and (part.type in ("text/plain", "text/html") or media)
        and (position == 0 or (multipart != "related" and (media or not part.name)))
    )


def _length(parts: list[Part] | None) -> int:
    return -1 if parts is None else len(parts)
