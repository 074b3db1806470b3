"""Text that its mailer broke at some 72 letters, put together again for a narrower pane."""

import re
from collections.abc import Iterator, Sequence

# Where mailers break lines; longer ones are broken by one when the sentence goes on below.
_EARLIEST, _LATEST, _LONGEST = 60, 82, 160
_ENDS = ".!?:;…»)"
_QUOTE = re.compile(r"(?:> ?)*")
# Lines that their writer broke: items, fields, tables, drawings, signatures.
_BROKEN_BY_HAND = re.compile(
    r"\s|[-–—•*·+=_#~|]|\d{1,3}[.)/°]|[a-z][.)] |[\w’' -]{1,20} ?:(?:\s|$)", re.IGNORECASE
)


def reflowed(lines: Sequence[str], width: int) -> Iterator[str]:
    """The lines, paragraphs wider than `width` cells as one when a mailer broke them.

    A mailer breaks where the next word has no room: a line that had room for it ends by hand.
    """
    if all(len(line) <= width for line in lines):
        yield from lines
        return
    column = max((len(line) for line in lines if len(line) <= _LATEST), default=0)
    if width >= column or column < _EARLIEST:
        column = _LONGEST  # no short line was broken by a mailer
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and _goes_on(lines[end - 1], lines[end], column):
            end += 1
        if end - at > 1 and any(len(line) > width for line in lines[at:end]):
            rest = (line[len(_prefix(line)) :].strip() for line in lines[at + 1 : end])
            yield " ".join((lines[at].rstrip(), *rest))
        else:
            yield from lines[at:end]
        at = end


def _goes_on(line: str, below: str, column: int) -> bool:
    """Whether the line below was broken off this one."""
    if not line or not below or max(len(line), len(below)) > _LONGEST:
        return False
    prefix = _prefix(below)
    if _prefix(line) != prefix:
        return False
    above, text = line[len(prefix) :], below[len(prefix) :]
    if " " not in above or _BROKEN_BY_HAND.match(text) or "   " in above or "   " in text:
        return False
    if len(line) > _LATEST:
        return text[:1].islower() and line[-1] not in _ENDS
    word = text.partition(" ")[0]
    return bool(word) and len(below) <= _LATEST and len(line) + 1 + len(word) > column


def _prefix(line: str) -> str:
    found = _QUOTE.match(line)
    return found[0] if found else ""
