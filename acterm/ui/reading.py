"""From a stored source to the lines of the reader. Pure but for the store; runs in any thread."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from acterm.i18n import _, ngettext
from acterm.mail.clean import clean
from acterm.mail.header import decode_bytes
from acterm.mail.marks import layout
from acterm.mail.message import Attachment, Header, Line, Message, Rendered, Sign
from acterm.mail.mime import parse
from acterm.mail.page import Block, PageLine, attachment_words, page
from acterm.mail.render import render
from acterm.mail.suspicion import signs
from acterm.ui.glyphs import marks

# From here on a mail is laid out in a thread of its own: 100 ms of Python is a visible stutter.
LARGE = 200 << 10


@dataclass(frozen=True, slots=True)
class Opened:
    """A mail read for a width. `lines` are those of the page, quotes unfolded."""

    mail: int
    width: int
    message: Message
    rendered: Rendered
    signs: tuple[Sign, ...]
    lines: tuple[PageLine, ...]


KnownAddresses = Callable[[str], Iterable[str]]


def read(
    mail: int, source: bytes, width: int, *, skeleton: bool, known_addresses: KnownAddresses
) -> Opened:
    """Parse, lay out, and look for what is suspect."""
    message = parse(source, skeleton=skeleton)
    rendered = render(message, width - 2)
    found = signs(message, rendered, known_addresses=known_addresses)
    return Opened(mail, width, message, rendered, found, page(message, rendered, found, width))


def announced(
    header: Header, width: int, words: str, block: Block = Block.NOTE
) -> tuple[PageLine, ...]:
    """The header at once, and a sentence where the text will be."""
    message = Message(
        subject=header.subject,
        sender=(header.sender,) if header.sender.label else (),
        to=header.to,
        cc=header.cc,
        bcc=(),
        reply_to=(),
        date=None,
        message_id=header.message_id,
        in_reply_to="",
        references=(),
        plain=None,
        html=None,
        flowed=False,
        delsp=False,
        attachments=(),
        headers=(),
    )
    sentence = tuple(layout([words], width - 2))
    drawn = page(message, Rendered(sentence, (), ()), (), width)
    return tuple(
        PageLine(block, Line(f" {entry.line.text}")) if entry.block is Block.BODY else entry
        for entry in drawn
    )


def with_headers(opened: Opened) -> tuple[PageLine, ...]:
    """The page with every header field above the text."""
    fields = [f"{name}: {value}" for name, value in opened.message.headers]
    lines = [PageLine(Block.HEADER, line) for line in layout(fields, opened.width - 2)]
    first = next((at for at, line in enumerate(opened.lines) if line.block is Block.BLANK), 0)
    return (*opened.lines[:first], PageLine(Block.BLANK, Line("")), *lines, *opened.lines[first:])


def source_lines(source: bytes, width: int) -> tuple[PageLine, ...]:
    """The mail exactly as it came, made safe for the terminal."""
    text = clean(decode_bytes(source[: LARGE * 5])[0])
    return tuple(PageLine(Block.BODY, line) for line in layout(text.split("\n"), width - 2))


def with_keys(lines: Sequence[PageLine], words: str) -> tuple[PageLine, ...]:
    """What one can do about a warning, below the warnings; as it was without one."""
    top = next((at for at, entry in enumerate(lines) if entry.block is Block.BLANK), len(lines))
    warned = [at for at in range(top) if lines[at].block in (Block.SUSPECT, Block.VERIFY)]
    if not warned:
        return tuple(lines)
    after = warned[-1] + 1
    return (*lines[:after], PageLine(Block.HEADER, Line(f"    {words}")), *lines[after:])


def attachment_bar(attachments: Sequence[Attachment]) -> PageLine:
    """One line that names them all, as far as there is room."""
    names = f" {marks.dot} ".join(attachment_words(one).removeprefix("+ ") for one in attachments)
    return PageLine(Block.ATTACHMENT, Line(f" + {names}"))


def folded(lines: Sequence[PageLine]) -> tuple[PageLine, ...]:
    """Each run of quoted lines as one line that says how many there are."""
    kept: list[PageLine] = []
    run = 0
    for entry in (*lines, PageLine(Block.BLANK, Line(""))):
        if entry.block is Block.BODY and entry.line.quote:
            run += 1
            continue
        if run:
            words = ngettext("> {count} quoted line", "> {count} quoted lines", run)
            kept.append(PageLine(Block.BODY, Line(words.format(count=run), quote=1)))
            run = 0
        kept.append(entry)
    return tuple(kept[:-1])


def coming() -> str:
    """What stands where the text will be."""
    return _("The text is on its way…")
