"""Which passages of a mail are not its writer's own words: quoted, passed on, signed, boilerplate.

Decided on the lines as written, before they are wrapped; `folds` makes them foldable.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from acterm.mail.message import FoldKind
from acterm.mail.text import attribution
from acterm.mail.text.footer import footer_at

MOST_PASSAGES = 200
_HEADERS = 8
_MOST_LINES = 4
_LONGEST_SIGNATURE = 24

_SIGNATURE = re.compile(r"\s*--[ \u00a0]?")
_AFTERTHOUGHT = re.compile(r"\s*(?:P\.? ?-? ?S|N\.? ?B|Nota|PPS)\b", re.IGNORECASE)
# A signature has short lines, unless they are an address, or a notice of an office.
_LONG = 60
_NO_WORDS = re.compile(r"⟦|@|\d{5}|confidenti|destinataire|imprimer|recipient", re.IGNORECASE)


class Passage(NamedTuple):
    """Lines `first` to `last`, both included; `name` is that of the person quoted, if told."""

    first: int
    last: int
    kind: FoldKind
    name: str = ""


def passages(
    lines: Sequence[str], signed: frozenset[int], original: int, forward: int
) -> list[Passage]:
    """The passages of a mail in order, apart from each other; at most MOST_PASSAGES.

    `lines` are without marks, those of quotations begin with >; `signed` are the numbers of those
    that an HTML mail itself calls a signature, `original` and `forward` the first lines of the mail
    answered and of one passed on, as acterm.mail.text.quote tells.
    """
    end = footer_at(lines)
    below = min(original, forward, end)
    found = list(islice(_marked(lines, signed, below), MOST_PASSAGES))
    if below < end:
        kind = FoldKind.FORWARD if below == forward else FoldKind.QUOTE
        name = _name(lines[below : below + _HEADERS])
        found.append(Passage(below, _last(lines, below, end), kind, name))
    if end < len(lines):
        found.append(Passage(end, _last(lines, end, len(lines)), FoldKind.FOOTER))
    return found


def _marked(lines: Sequence[str], signed: frozenset[int], end: int) -> Iterator[Passage]:
    """Quotations by their marks, signatures by theirs, above line `end`."""
    own = 0
    for quotation in _quotations(lines, end):
        yield from _signatures(lines, signed, own, quotation.first)
        yield quotation
        own = quotation.last + 1
    yield from _signatures(lines, signed, own, end)


def _quotations(lines: Sequence[str], end: int) -> Iterator[Passage]:
    """Runs of quoted lines over the blank ones inside them, each with its attribution."""
    at = own = 0
    while at < end:
        if not lines[at].startswith(">"):
            at += 1
            continue
        first = last = at
        while at < end and (lines[at].startswith(">") or not lines[at].strip()):
            if lines[at].startswith(">"):
                last = at
            at += 1
        said = attribution.above(lines[own:first], first - own)
        bare = [line.lstrip("> ") for line in lines[first : first + _MOST_LINES]]
        name = said.name if said else _name(bare)
        yield Passage(own + said.first if said else first, last, FoldKind.QUOTE, name)
        own = at


def _signatures(
    lines: Sequence[str], signed: frozenset[int], first: int, end: int
) -> Iterator[Passage]:
    """The signature among lines that are no quotation: marked by the page, else by its dashes."""
    written = [at for at in range(first, end) if lines[at].strip()]
    begins = next((number for number, at in enumerate(written) if at in signed), -1)
    run = list(takewhile(signed.__contains__, written[begins:])) if begins >= 0 else []
    if len(run) > 1 or (run and not _SIGNATURE.fullmatch(lines[run[0]])):
        dashes = begins > 0 and _SIGNATURE.fullmatch(lines[written[begins - 1]])
        if len(run) <= _LONGEST_SIGNATURE:
            yield Passage(written[begins - 1] if dashes else run[0], run[-1], FoldKind.SIGNATURE)
        return
    for number, at in reversed(list(enumerate(written))[-_LONGEST_SIGNATURE:]):
        if lines[at].startswith(("--", " --")) and _SIGNATURE.fullmatch(lines[at]):
            if not _is_said([lines[below] for below in written[number + 1 :]]):
                yield Passage(at, written[-1], FoldKind.SIGNATURE)
            return


def _is_said(lines: Sequence[str]) -> bool:
    """Whether what stands below the dashes is no signature but words to be read."""
    long = [line for line in lines if len(line) > _LONG and not _NO_WORDS.search(line)]
    return len(long) > 1 or any(map(_AFTERTHOUGHT.match, lines[:1]))


def _last(lines: Sequence[str], first: int, end: int) -> int:
    return next((at for at in range(end - 1, first, -1) if lines[at].strip()), first)


def _name(lines: Sequence[str]) -> str:
    """The name in the attribution or the block of headers that a quotation begins with."""
    for at in range(min(_MOST_LINES, len(lines))):
        if said := attribution.ends_at(lines, at):
            return said.name
    return attribution.name_in_block(lines)
