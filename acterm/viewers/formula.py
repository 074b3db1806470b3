"""Formulas of MathML 3 and of Word (ECMA-376, OMML) on one line: (−b ± √(b² − 4ac))/2a."""

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from acterm.viewers.xmltree import attribute, local

_UPPER = str.maketrans("0123456789+-−=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣ")
_LOWER = str.maketrans("0123456789+-−=()aeoxijn", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓᵢⱼₙ")
_PLAIN = re.compile(r"√?[0-9A-Za-zα-ω]+|√\([^()]*\)")
_UNSAID = ("annotation", "annotation-xml", "mphantom", "phant", "Fallback")
_TEXTS = ("t", "mi", "mn", "mo", "mtext", "ms")


def formula(element: Element) -> str:
    """The formula below an element, in the order a person reads it aloud."""
    name = local(element)
    if name in _UNSAID or name.endswith("Pr"):
        return ""
    if name in _TEXTS:
        return (element.text or "").strip("\u2061\u2062\u2063\u2064")
    parts = [formula(child) for child in element if not local(child).endswith("Pr")]
    if name in _SIGNED:
        return _SIGNED[name](element, parts)
    count, together = _BUILT.get(name, (0, "".join))
    return together(parts) if count in (0, len(parts)) else "".join(parts)


def _root(parts: Sequence[str]) -> str:
    degree, inner = parts
    return f"{_raised(degree)}√{_held(inner)}"


def _operator(element: Element, parts: Sequence[str]) -> str:
    """A sum or an integral, between what and what."""
    lower, upper, inner = [*parts, "", "", ""][:3]
    return f"{_told(element, 'chr', '∫')}{_lowered(lower)}{_raised(upper)} {inner}"


def _brackets(element: Element, parts: Sequence[str]) -> str:
    first, between, last = (
        _told(element, name, usual)
        for name, usual in (("begChr", "("), ("sepChr", ", "), ("endChr", ")"))
    )
    return first + between.join(parts) + last


def _fence(element: Element, parts: Sequence[str]) -> str:
    return element.get("open", "(") + ", ".join(parts) + element.get("close", ")")


def _told(element: Element, name: str, usual: str) -> str:
    """A sign that the properties of an element name; they may name none."""
    for properties in element:
        for one in properties if local(properties).endswith("Pr") else ():
            if local(one) == name:
                return attribute(one, "val")
    return usual


def _held(words: str) -> str:
    """Words that belong together; brackets where that is not plain."""
    words = words.strip()
    return words if len(words) < 2 or _PLAIN.fullmatch(words) else f"({words})"


def _raised(words: str) -> str:
    raised = words.strip().translate(_UPPER)
    plain = any(letter in words for letter in raised)
    return f"^{_held(words)}" if plain and raised else raised


def _lowered(words: str) -> str:
    lowered = words.strip().translate(_LOWER)
    plain = any(letter in words for letter in lowered)
    return f"_{_held(words)}" if plain and lowered else lowered


_Parts = Sequence[str]
_SIGNED: dict[str, Callable[[Element, _Parts], str]] = {
    "nary": _operator,
    "d": _brackets,
    "mfenced": _fence,
}
# How many parts an element has, any number for 0, and how they are put together.
_BUILT: dict[str, tuple[int, Callable[[_Parts], str]]] = {
    **dict.fromkeys(("f", "mfrac"), (2, lambda p: f"{_held(p[0])}/{_held(p[1])}")),
    **dict.fromkeys(("sSup", "msup", "mover"), (2, lambda p: p[0] + _raised(p[1]))),
    **dict.fromkeys(("sSub", "msub", "munder"), (2, lambda p: p[0] + _lowered(p[1]))),
    **dict.fromkeys(
        ("sSubSup", "msubsup", "munderover"), (3, lambda p: p[0] + _lowered(p[1]) + _raised(p[2]))
    ),
    "rad": (2, _root),
    "mroot": (2, lambda p: _root(p[::-1])),
    "msqrt": (0, lambda p: f"√{_held(''.join(p))}"),
    **dict.fromkeys(("m", "mtable"), (0, lambda p: f"[{' ; '.join(p)}]")),
    "eqArr": (0, " ; ".join),
    **dict.fromkeys(("mr", "mtr"), (0, ", ".join)),
}
