"""An opened mail as the lines a person wants to see: folds, warnings explained, headers, cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from acterm.i18n import _, ngettext
from acterm.mail.cells import breaks, cells, cut
from acterm.mail.message import Attachment, Fold, Level, Line, Link, Sign
from acterm.mail.signs.why import why
from acterm.mail.special.signed import Signed
from acterm.mail.text.marks import layout
from acterm.mail.text.page import Block, PageLine, attachment_words
from acterm.mail.web.domains import registrable
from acterm.mail.web.links import end_of
from acterm.store.bodies import Body
from acterm.ui.cards import Keys, Notes, cards, without_notes
from acterm.ui.glyphs import marks
from acterm.ui.raw_mail import header_lines, source_lines
from acterm.ui.reading import Opened

_BLANK = PageLine(Block.BLANK, Line(""))
_LOUD = (Block.SUSPECT, Block.VERIFY)
_MANY_LINKS, _FIRST_LINKS = 12, 8
_MOST_NOTES = 3
_ROUTINE = ("remote-content", "tracker")


@dataclass(frozen=True, slots=True)
class Look:
    """How a person wants an opened mail. `unfolded` None leaves each fold as it starts."""

    unfolded: bool | None = None
    headers: bool = False
    source: bool = False
    why: bool = False
    other: bool = False


@dataclass(slots=True)
class Sheet:
    """Lines, and the keys that stand at the right end of some."""

    lines: list[PageLine] = field(default_factory=list)
    hints: dict[int, str] = field(default_factory=dict)

    def add(self, entry: PageLine, hint: str = "") -> None:
        """One more line."""
        if hint:
            self.hints[len(self.lines)] = hint
        self.lines.append(entry)

    def extend(self, entries: Iterable[PageLine]) -> None:
        """More lines."""
        self.lines.extend(entries)


def sheet(
    opened: Opened,
    look: Look,
    keys: Keys,
    *,
    together: int = 1,
    notes: Notes = without_notes,
    verified: str = "",
    gone: bool = False,
) -> Sheet:
    """The whole mail. `together`: how many mails its conversation has; `verified`: what came of
    the check of its signature; `gone`: the mailbox has it no longer.
    """
    blank = next((n for n, one in enumerate(opened.lines) if one.block is Block.BLANK), 0)
    top, below = opened.lines[:blank], opened.lines[blank:]
    made = Sheet([one for one in top if one.block in (Block.SUBJECT, Block.HEADER)])
    if gone:
        words = _("This mail is no longer here: it was deleted or filed from elsewhere.")
        made.extend(_told(words, opened.width, Block.VERIFY))
    if together > 1:
        words = ngettext(
            "{count} mail in the conversation", "{count} mails in the conversation", together
        )
        made.add(_line(Block.HEADER, words.format(count=together)), keys("conversation"))
    if look.other:
        made.add(_line(Block.NOTE, _("The other version of this mail.")), keys("other_version"))
    warned = [one for one in top if one.block not in (Block.SUBJECT, Block.HEADER)]
    _add_warnings(made, warned, opened, look, keys)
    if verified:
        made.extend(_told(verified, opened.width))
    told = [one for one in opened.special if not (verified and isinstance(one, Signed))]
    for line, hint in cards(told, opened.width, keys, notes):
        made.add(line, hint)
    if look.headers:
        made.add(_BLANK)
        for line, hint in header_lines(opened.message, opened.width, keys):
            made.add(line, hint)
    _add_below(made, below, opened, look, keys)
    return made


def _add_warnings(
    made: Sheet, warned: Sequence[PageLine], opened: Opened, look: Look, keys: Keys
) -> None:
    """The warnings, each with its reason when asked for, and what one can do about them."""
    loud = [one for one in warned if one.block in _LOUD]
    reasons = [_reason(sign, opened.width) for sign in opened.signs if sign.level is not Level.NOTE]
    for at, line in enumerate(loud):
        made.add(line)
        last = at + 1 == len(loud) or loud[at + 1].line.text.startswith(" !!")
        if last and look.why and reasons:
            made.extend(reasons.pop(0))
    words = keys("report", "bin", "why") if loud else ""
    if words:
        made.add(PageLine(Block.HEADER, Line(f"    {words}")))
    _add_notes(made, opened, look, keys, alone=not loud)


def _add_notes(made: Sheet, opened: Opened, look: Look, keys: Keys, *, alone: bool) -> None:
    """The plain notes in one line, or each with its reason."""
    notes = [sign for sign in opened.signs if sign.level is Level.NOTE]
    if look.why:
        for sign in notes:
            made.extend(_told(sign.text, opened.width, Block.NOTE))
            made.extend(_reason(sign, opened.width))
    elif notes:
        hints = [keys("why")] if alone else []  # below a warning it stands with the other keys
        differ = any(sign.code == "alternatives-differ" for sign in notes)
        if differ and opened.rendered.other and not look.other:
            hints.insert(0, keys("other_version", label=_("other version")))
        for line, hint in _noted(notes, hints, opened.width):
            made.add(line, hint)


def _noted(
    notes: Sequence[Sign], hints: Sequence[str], width: int
) -> Iterable[tuple[PageLine, str]]:
    """The notes in a few lines, those of every newsletter last; the keys beside the first ones."""
    ordered = sorted(notes, key=lambda sign: sign.code in _ROUTINE)
    text = f" {marks.dot}\u00a0".join(sign.text for sign in ordered)
    beside = "   ".join(filter(None, hints))
    left = [beside] if cells(beside) < width // 2 else list(hints)
    lead = f" {marks.dot} "
    for number in range(1, _MOST_NOTES + 1):
        if not text and not left:
            return
        hint = left.pop(0) if left else ""
        room = width - cells(lead) - (cells(hint) + 3 if hint else 1)
        if number == _MOST_NOTES:
            text = cut(text, room)
        end = breaks(text, room)[0][1] if text else 0
        yield PageLine(Block.NOTE, Line(lead + text[:end])), hint
        text = text[end:].lstrip(" ")
        lead = " " if text.startswith(marks.dot) else "   "


def _reason(sign: Sign, width: int) -> list[PageLine]:
    """« Pourquoi cet avertissement ? », for one sign."""
    words = layout([why(sign.code)], width - 6)
    return [PageLine(Block.BODY, Line(f"     {line.text}")) for line in words]


def _told(words: str, width: int, block: Block = Block.LINK) -> Iterable[PageLine]:
    """A sentence of acterm about the mail."""
    for number, line in enumerate(layout([words], width - 4)):
        lead = f" {marks.dot} " if not number else "   "
        yield PageLine(block, Line(f"{lead}{line.text}"))


def _add_below(
    made: Sheet, below: Sequence[PageLine], opened: Opened, look: Look, keys: Keys
) -> None:
    """Text with its folds, links, attachments; the keys beside the first of each."""
    below = list(_few_links(below)) if look.unfolded is None else below
    links = {link.number: link for link in opened.rendered.links}
    closed = {fold.first: fold for fold in opened.rendered.folds if _is_closed(fold, look)}
    hints = {Block.LINK: keys("open_links"), Block.ATTACHMENT: keys("open_attachments")}
    unfold = keys("unfold_quotes")
    hidden = -1
    for entry in below:
        if entry.block is Block.BODY and entry.number:
            if entry.number - 1 <= hidden:
                continue
            fold = closed.get(entry.number - 1)
            if fold:
                hidden = fold.last
                made.add(_fold_line(fold), unfold)
                unfold = ""
            else:
                made.lines.append(entry)
        elif entry.block is Block.LINK:
            made.add(_link_line(entry, links[entry.number]), hints.pop(entry.block, ""))
        else:
            made.add(entry, hints.pop(entry.block, ""))


def _link_line(entry: PageLine, link: Link) -> PageLine:
    """Where a link ends, when it passes through a counter or a protection that says so."""
    end = end_of(link).partition("://")[2]
    if not end:
        return entry
    words = f" ⟦{link.number}⟧ {registrable(link.host)} {marks.forwarded} {end}"
    return entry._replace(line=Line(words))


def _few_links(below: Sequence[PageLine]) -> Iterable[PageLine]:
    """Of a long list of links the first, and those one is warned of: the rest has its own page."""
    first = next((at for at, one in enumerate(below) if one.block is Block.LINK), len(below))
    yield from below[:first]
    total = sum(1 for one in below[first:] if one.block is Block.LINK)
    left_out = 0
    for at, entry in enumerate(below[first:], first):
        warned = at + 1 < len(below) and below[at + 1].block is Block.VERIFY
        if entry.block is Block.LINK and entry.number > _FIRST_LINKS and not warned:
            if total > _MANY_LINKS:
                left_out += 1
                continue
        elif left_out and entry.block is not Block.VERIFY:
            yield _more_links(left_out)
            left_out = 0
        yield entry
    if left_out:
        yield _more_links(left_out)


def _more_links(count: int) -> PageLine:
    words = ngettext("{count} more link", "{count} more links", count).format(count=count)
    return PageLine(Block.NOTE, Line(f" {marks.cut} {words}"))


def _is_closed(fold: Fold, look: Look) -> bool:
    return fold.folded if look.unfolded is None else not look.unfolded


def _fold_line(fold: Fold) -> PageLine:
    return PageLine(Block.NOTE, Line(f" {marks.cut} {fold.words}"))


def attachment_bar(attachments: Sequence[Attachment]) -> PageLine:
    """One line that names them all, as far as there is room."""
    names = f" {marks.dot} ".join(attachment_words(one).removeprefix("+ ") for one in attachments)
    return PageLine(Block.ATTACHMENT, Line(f" + {names}"))


def source_sheet(body: Body | None, width: int, keys: Keys) -> Sheet:
    """The mail exactly as it came."""
    made = Sheet()
    for line, hint in source_lines(body, width, keys):
        made.add(line, hint)
    return made


def coming() -> str:
    """What stands where the text will be."""
    return _("The text is on its way…")


def _line(block: Block, words: str) -> PageLine:
    return PageLine(block, Line(f" {words}"))
