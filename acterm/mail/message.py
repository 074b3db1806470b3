"""What a mail is, once read: frozen values, every string already cleaned for a terminal."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag, StrEnum
from typing import NamedTuple

from acterm.mail.address import Address


class Flag(IntFlag):
    """The flags of a message (RFC 9051 §2.3.2 and the keywords registry)."""

    NONE = 0
    SEEN = 1
    ANSWERED = 2
    FLAGGED = 4
    DRAFT = 8
    DELETED = 16
    FORWARDED = 32


IMAP_FLAGS: dict[Flag, str] = {
    Flag.SEEN: "\\Seen",
    Flag.ANSWERED: "\\Answered",
    Flag.FLAGGED: "\\Flagged",
    Flag.DRAFT: "\\Draft",
    Flag.DELETED: "\\Deleted",
    Flag.FORWARDED: "$Forwarded",
}


@dataclass(frozen=True, slots=True)
class Header:
    """One message as sync brings it, from HEADER.FIELDS, FLAGS, INTERNALDATE and RFC822.SIZE.

    `date` is what the list sorts by, in seconds since 1970 UTC: the Date field when it can be
    read and is not later than a day after arrival, else the arrival. `sent` is the Date field
    itself, 0 when there is none. `attachments` is a guess from Content-Type until the text is
    read. `message_id`, `in_reply_to` and `references` stand without angle brackets.
    """

    uid: int
    flags: Flag
    size: int
    date: int
    sent: int
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    list_id: str
    attachments: bool


class Level(StrEnum):
    """How loud a sign is: a plain note, « À vérifier », « Très suspect »."""

    NOTE = "note"
    VERIFY = "verify"
    SUSPECT = "suspect"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message as a list shows it. `uid` is 0 while the server has not yet named it.

    `alarm` is VERIFY or SUSPECT once its text was looked at and has such signs.
    """

    id: int
    folder_id: int
    uid: int
    date: int
    sender: Address
    to: str
    subject: str
    flags: Flag
    size: int
    attachments: bool
    alarm: Level | None = None

    @property
    def unread(self) -> bool:
        """Whether the mail was not yet read."""
        return not self.flags & Flag.SEEN


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing worth telling about a mail, in one sentence. `code` is stable (PRODUCT.md)."""

    code: str
    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment as RFC 8621 §4.1.4 counts them. `size` is in decoded bytes.

    `section` is its IMAP part number (RFC 9051 §6.4.5), "1" for a mail that is one part.
    `in_text` marks a picture, sound or film that stands between the paragraphs of the text: the
    RFC does not count it, a person opens and saves it all the same. They come last. `charset` is
    the one that a text names and `method` the one that a calendar does (RFC 6047 §2.4), empty
    without.
    """

    number: int
    name: str
    type: str
    size: int
    inline: bool
    section: str
    content_id: str = ""
    encoding: str = ""
    in_text: bool = False
    charset: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A whole mail. `plain` and `html` are the decoded alternatives, None when absent.

    `signs` are those of parsing alone (malformed, truncated, charset-guessed).
    `headers` are all fields in order, decoded; `flowed` and `delsp` are RFC 3676's.
    """

    subject: str
    sender: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    reply_to: tuple[Address, ...]
    date: datetime | None
    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    plain: str | None
    html: str | None
    flowed: bool
    delsp: bool
    attachments: tuple[Attachment, ...]
    headers: tuple[tuple[str, str], ...]
    signs: tuple[Sign, ...] = ()


class Style(StrEnum):
    """How a run of characters is set."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    HEADING = "heading"
    LINK = "link"
    IMAGE = "image"
    RULE = "rule"
    STRUCK = "struck"


class Span(NamedTuple):
    """Characters `start` to `end` (exclusive) of a line, in one style."""

    start: int
    end: int
    style: Style
    link: int = 0


class Line(NamedTuple):
    """One line of a rendered body. `quote` is its quotation depth, 0 for the writer's own words."""

    text: str
    spans: tuple[Span, ...] = ()
    quote: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A numbered link. `host` is the real one, from the URL; `warning` a sentence or nothing."""

    number: int
    text: str
    url: str
    host: str
    warning: str = ""

    @property
    def target(self) -> str:
        """Where it ends, as far as the URL says; empty when a redirector keeps that to itself."""
        from acterm.mail.web.redirect import target_of  # its patterns are not for starting up

        return target_of(self.url)

    @property
    def target_host(self) -> str:
        """The host of `target`."""
        from acterm.mail.web.redirect import host_of

        return host_of(self.target)

    @property
    def redirector(self) -> str:
        """The host that only passes on, empty when the link leads straight to its end."""
        from acterm.mail.web.redirect import redirector_of

        return redirector_of(self.url)


class FoldKind(StrEnum):
    """What the lines of a fold are."""

    QUOTE = "quote"
    SIGNATURE = "signature"
    FORWARD = "forward"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Fold:
    """Body lines `first` to `last` (0-based, both included) that one line, `words`, can stand for.

    `folded` is how it starts: a mail passed on is there to be read, and starts unfolded.
    """

    first: int
    last: int
    kind: FoldKind
    words: str
    folded: bool = True


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body laid out for a width in cells, and what reading it taught.

    `folds` are in order and apart from each other. `other` tells that the mail has another
    alternative, which `render(message, width, other=True)` lays out.
    """

    lines: tuple[Line, ...]
    links: tuple[Link, ...]
    signs: tuple[Sign, ...]
    folds: tuple[Fold, ...] = ()
    other: bool = False

    @property
    def text(self) -> str:
        """The body alone, as wrapped."""
        return "\n".join(line.text for line in self.lines)
