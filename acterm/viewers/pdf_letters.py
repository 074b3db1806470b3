"""The letters of a PDF page with their places, upright whichever way they run."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import pi
from typing import Any

from acterm.mail.clean import clean
from acterm.viewers.pdf_runs import HYPHEN, Letter

_MOST_LETTERS = 60_000
_SOFT = (2, 0xAD, 0xFFFE)
# How far from a quarter turn, in quarters, letters still run straight.
_STRAIGHT = 0.06
_ASKEW = -1

_Turned = tuple[int, Letter]


def letters_of(page: Any) -> tuple[list[Letter], list[str], float]:
    """The letters that run as most do, turned upright; other words; how broad the page then is."""
    letters = list(_letters(page))
    counts = Counter(turn for turn, letter in letters if turn != _ASKEW and letter.text.strip())
    usual = counts.most_common(1)[0][0] if counts else 0
    sides = page.get_size()
    sideways = (page.get_rotation() // 90 + usual) % 2
    upright = [_upright(letter, usual) for turn, letter in letters if turn == usual]
    return upright, list(_others(letters, usual)), sides[sideways]


def _letters(page: Any) -> Iterator[_Turned]:
    """Each character with its box, and how many quarters it is turned; what has no box is none."""
    from pypdfium2 import raw

    text = page.get_textpage()
    box = raw.FS_RECTF()
    held: Letter | None = None
    turn = 0
    for at in range(min(text.count_chars(), _MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(text, at)
        if not raw.FPDFText_GetLooseCharBox(text, at, box):
            continue
        shown = HYPHEN if code in _SOFT else chr(code) if code < 0x110000 else ""
        letter = Letter(shown, box.left, box.right, box.top, box.bottom)
        if held and _is_ligature(held, letter):
            held = Letter(held.text + shown, held.left, held.right, held.top, held.bottom)
            continue
        if held:
            yield turn, held
        held = letter
        turn = _quarters(raw.FPDFText_GetCharAngle(text, at)) if shown.strip() else turn
    if held:
        yield turn, held


def _is_ligature(held: Letter, letter: Letter) -> bool:
    """Whether two letters share one box, as « fi » may."""
    place, other = (held.left, held.right, held.top), (letter.left, letter.right, letter.top)
    return place == other and letter.text.isalpha() and held.text.isalpha()


def _quarters(angle: float) -> int:
    """Of an angle in radians the quarters of a turn, against the clock."""
    quarters = angle / (pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < _STRAIGHT else _ASKEW


def _upright(letter: Letter, turn: int) -> Letter:
    """A letter as it stands when the page is turned so that its line runs to the right."""
    if not turn:
        return letter
    left, right, top, bottom = letter.left, letter.right, letter.top, letter.bottom
    if turn == 1:
        left, right, top, bottom = bottom, top, -left, -right
    elif turn == 2:
        left, right, top, bottom = -right, -left, -bottom, -top
    elif turn == 3:
        left, right, top, bottom = -top, -bottom, right, left
    return Letter(letter.text, left, right, top, bottom)


def _others(letters: Sequence[_Turned], usual: int) -> Iterator[str]:
    """The words that run another way than most: in a margin, across the page."""
    words, last = "", usual
    for turn, letter in [*letters, (usual, Letter(" ", 0, 0, 0, 0))]:
        if turn != last and words.strip():
            yield clean(words, line=True).strip()
        words = "" if turn != last else words
        words += letter.text if turn != usual else ""
        last = turn
