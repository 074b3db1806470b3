"""Whether a key may be given to a command: it arrives, types nothing, and means nothing else."""

from acterm.i18n import _
from acterm.ui.command import WAYS, Command, every
from acterm.ui.keys import Keyboard, key_name
from acterm.ui.presets import Stroke

# What SSH, the terminal or its drivers keep for themselves, and what Textual cannot tell apart.
_EATEN = frozenset(f"ctrl+{letter}" for letter in "sqchimjzba")
_FIXED = frozenset({"up", "down", "left", "right", "enter", "escape"})


def refusal(keyboard: Keyboard, command: type[Command], stroke: Stroke) -> str:
    """Why these keys cannot be the command's, in one sentence; empty when they can."""
    name = key_name(stroke)
    if set(stroke) & _EATEN:
        return _("{key} does not arrive everywhere: choose another key.").format(key=name)
    if set(stroke) & _FIXED:
        return _("{key} keeps its meaning: choose another key.").format(key=name)
    other = _meaning(keyboard, command, stroke)
    if other is not None:
        words = _("{key} is already “{command}”: choose another key.")
        return words.format(key=name, command=other.label())
    return ""


def _meaning(keyboard: Keyboard, command: type[Command], stroke: Stroke) -> type[Command] | None:
    """The other command that these keys, or their beginning, mean where `command` is valid."""
    ways = [way for way in WAYS if command.places.intersection(way)]
    for other in every():
        if other is command or not any(other.places.intersection(way) for way in ways):
            continue
        for taken in keyboard.strokes(other):
            shorter = min(len(taken), len(stroke))
            if taken[:shorter] == stroke[:shorter]:
                return other
    return None
