"""The marks of the interface, one cell each, and what stands for them on a poor terminal."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of marks. Each is one cell wide."""

    unread: str
    star: str
    alarm: str
    answered: str
    forwarded: str
    attachment: str
    cursor: str
    rule: str
    wall: str
    cut: str
    dot: str


FINE = Glyphs("●", "★", "!", "↩", "→", "+", "▌", "─", "│", "…", "·")
ASCII = Glyphs("o", "*", "!", "<", ">", "+", "|", "-", "|", "~", "-")
_POOR_TERMINALS = ("linux", "vt100", "vt102", "vt220", "ansi", "cons25", "sun")


def is_poor(environment: Mapping[str, str]) -> bool:
    """Whether the locale or the terminal cannot be trusted with more than ASCII marks.

    Without any locale the terminal is taken to be a modern one.
    """
    if environment.get("TERM", "").split("-")[0] in _POOR_TERMINALS:
        return True
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environment.get(variable, "")
        if value:
            return "utf-8" not in value.lower() and "utf8" not in value.lower()
    return False


def choose(environment: Mapping[str, str] = os.environ) -> Glyphs:
    """The set for this terminal."""
    return ASCII if is_poor(environment) else FINE


marks = choose()
