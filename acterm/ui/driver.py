"""What goes to the terminal: no style is said twice, and what stands there is not cleared."""

import re
from functools import lru_cache
from typing import NamedTuple, Protocol

from textual.driver import Driver

_ALTERNATE_SCREEN = "\x1b[?1049h"
_STYLE = re.compile(r"\x1b\[([0-9;]*)m")
_MOVES = re.compile(r"(?:\x1b\[[0-9;]*H|\n)*")
_OFF = {"1": "22", "3": "23", "4": "24", "7": "27", "9": "29"}


class _Style(NamedTuple):
    """What one SGR sequence (ECMA-48 §8.3.117) sets, as it is written."""

    attributes: frozenset[str] = frozenset()
    foreground: str = "39"
    background: str = "49"


_PLAIN = _Style()


def lean(text: str) -> str:
    """The same picture in fewer bytes: only what changes from one style to the next is said.

    Every style in `text` stands alone, after a reset, as Rich writes it.
    """
    if "\x1b[0m" not in text:
        return text
    parts: list[str] = []
    shown = wanted = _PLAIN
    words = _STYLE.split(text)
    for at, word in enumerate(words):
        if at % 2:
            wanted = _style(word)
        elif _MOVES.fullmatch(word):
            parts.append(word)  # nothing is written, so no style is needed
        else:
            parts += (_change(shown, wanted), word)
            shown = wanted
    if shown != _PLAIN:
        parts.append("\x1b[0m")
    return "".join(parts)


@lru_cache(512)
def _style(parameters: str) -> _Style:
    attributes: list[str] = []
    foreground, background = _PLAIN.foreground, _PLAIN.background
    numbers = [one for one in parameters.split(";") if one not in ("", "0")]
    while numbers:
        length = {"5": 3, "2": 5}.get(numbers[1], 1) if _is_extended(numbers) else 1
        words, numbers = ";".join(numbers[:length]), numbers[length:]
        if words.startswith(("38;", "3", "9")) and words not in ("3", "9"):
            foreground = words
        elif words.startswith(("48;", "4", "10")) and words != "4":
            background = words
        else:
            attributes.append(words)
    return _Style(frozenset(attributes), foreground, background)


def _is_extended(numbers: list[str]) -> bool:
    return numbers[0] in ("38", "48") and len(numbers) > 1


@lru_cache(1024)
def _change(before: _Style, after: _Style) -> str:
    if before == after:
        return ""
    afresh = ["0", *_set(_PLAIN, after)]
    ended = before.attributes - after.attributes
    dims = ended and "2" in before.attributes | after.attributes  # dim ends together with bold
    if dims or not ended <= _OFF.keys():
        return _sgr(afresh)
    step_by_step = [*(_OFF[one] for one in sorted(ended)), *_set(before, after)]
    return min(_sgr(step_by_step), _sgr(afresh), key=len)


def _set(before: _Style, after: _Style) -> list[str]:
    """What has to be said for what `after` has beyond `before`."""
    words = sorted(after.attributes - before.attributes)
    words += [after.foreground] if after.foreground != before.foreground else []
    return words + ([after.background] if after.background != before.background else [])


def _sgr(words: list[str]) -> str:
    return f"\x1b[{';'.join(words)}m"


class TakenOver(Protocol):
    """A terminal on which something stands already, in modes of its own."""

    def hand_over(self) -> None:
        """Its modes as they were; what stands on it stays."""


def sparing(base: type[Driver], terminal: TakenOver | None) -> type[Driver]:
    """The driver, sparing with bytes. A `terminal` is taken over as it stands: some clear the
    alternate screen when they are told a second time to use it.
    """
    taken = terminal is None

    def start(self: Driver) -> None:
        if terminal is not None:
            terminal.hand_over()
        base.start_application_mode(self)

    def write(self: Driver, data: str) -> None:
        nonlocal taken
        if data == _ALTERNATE_SCREEN and not taken:
            taken = True
            return
        base.write(self, lean(data))

    return type("Sparing", (base,), {"start_application_mode": start, "write": write})
