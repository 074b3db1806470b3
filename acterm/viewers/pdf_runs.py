"""Letters of a page joined into runs, as long as they follow one another on a line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from acterm.mail.clean import clean
from acterm.viewers.symbols import shown_symbols

# How the library writes a hyphen that only breaks a line, or that ends it.
HYPHEN = "\u00ad"
# What keeps its hyphen at the end of a line: before or after one of these.
_BEFORE = frozenset(
    [
        *("après", "avant", "ci", "celui", "celle", "ceux", "celles", "chef", "demi", "est"),
        *("grand", "mi", "micro", "mini", "multi", "non", "ouvre", "parents", "peut", "petit"),
        *("porte", "post", "pré", "quelques", "rendez", "semi", "socio", "sous", "tout", "très"),
        *("vice", "vis"),
    ]
)
_AFTER = frozenset(
    [
        *("ci", "ce", "ceux", "deux", "dessous", "dessus", "elle", "elles", "être", "huit", "il"),
        *("ils", "je", "là", "le", "les", "leur", "lui", "même", "mêmes", "midi", "moi", "neuf"),
        *("nous", "on", "quatre", "sept", "six", "tu", "trois", "un", "une", "vous"),
    ]
)
# Where one column ends and the next begins, and where words do, in parts of the letters' size.
_COLUMN, _PIECE, _WORD = 1.6, 0.6, 0.17


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a page and its box, in points from the lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """How high its line is."""
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters on one line without a gap as wide as one between columns.

    `pieces` are its parts where a gap is wider than one between words, none without such.
    """

    text: str
    left: float
    right: float
    middle: float
    size: float
    pieces: "tuple[Run, ...]" = ()


Row = Sequence[Run]


def runs_of(letters: Iterable[Letter]) -> list[Run]:
    """Letters in the order of the document, joined as long as they follow one another."""
    runs: list[Run] = []
    held: list[Letter] = []
    space = False
    for letter in letters:
        if not letter.text.strip():
            space = True
            continue
        if held and not _follows(held[-1], letter):
            runs.append(_run(held))
            held, space = [], False
        elif held and (space or letter.left - held[-1].right > _WORD * letter.size):
            last = held[-1]
            held.append(Letter(" ", last.right, last.right, last.top, last.bottom))
        held.append(letter)
        space = False
    if held:
        runs.append(_run(held))
    return [run for run in runs if run.text.strip()]


def rows_of(runs: Iterable[Run]) -> list[Row]:
    """The runs that stand on one line, from the top; in each from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: -one.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < 0.4 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _follows(last: Letter, letter: Letter) -> bool:
    size = max(last.size, letter.size)
    level = abs((last.top + last.bottom) - (letter.top + letter.bottom)) / 2 < 0.45 * size
    return level and -0.5 * size < letter.left - last.right < _COLUMN * size


def _run(letters: Sequence[Letter], *, whole: bool = True) -> Run:
    text = clean(shown_symbols("".join(letter.text for letter in letters)), line=True)
    middle = sum(letter.top + letter.bottom for letter in letters) / 2 / len(letters)
    size = median(letter.size for letter in letters)
    pieces = tuple(_pieces(letters, size)) if whole else ()
    right = max(one.right for one in letters)
    return Run(text, letters[0].left, right, middle, size, pieces if len(pieces) > 1 else ())


def _pieces(letters: Sequence[Letter], size: float) -> Iterator[Run]:
    held = [letters[0]]
    for last, letter in pairwise(one for one in letters if one.text.strip()):
        if letter.left - last.right > _PIECE * size:
            yield _run(held, whole=False)
            held = []
        elif letter.left - last.right > _WORD * size:
            held.append(Letter(" ", last.right, last.right, last.top, last.bottom))
        held.append(letter)
    yield _run(held, whole=False)


def joined(text: str, more: str) -> str:
    """A text and the line that follows, a word that was parted at its end made whole."""
    if not text:
        return more
    if not text.endswith(HYPHEN):
        return f"{text} {more}"
    begun = text.rstrip(HYPHEN)
    word, following = begun.rpartition(" ")[2].lower(), more.partition(" ")[0].lower()
    kept = word.rpartition("-")[2] in _BEFORE or following.rstrip(".,;:!?") in _AFTER
    kept = kept or word[-1:].isdigit() or more[:1].isdigit()
    return f"{begun}-{more}" if kept else begun + more
