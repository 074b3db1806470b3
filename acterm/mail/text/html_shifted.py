"""Raised and lowered text: « m² », « H₂O », « 10⁻³ », and « u_k » for want of such letters."""

import re

_SIGNS = "0123456789+-−=()ni"
_RAISED = str.maketrans(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙᵢ")
_SHIFTED = re.compile(r"(?=.)[0-9+\-−=()]*[ni]?[0-9+\-−=()]*")
# « e », « er », « nd » of ordinals, « TM », « (1) »: the line says as much.
_POWER = re.compile(r"[bijkpqxyz]|\w?[α-ω]\w?|\w[\w ]{0,20}(?: ?[-+−*/^=] ?\w{1,20}){1,4}")
_MOST = 40
_INDEX = re.compile(r"[A-Za-z]{1,6}|\w{1,6}(?: ?[-+−,] ?\w{1,6}){1,2}")


def raised(text: str, *, after_a_word: bool) -> str:
    """The text of a <sup>; a power that has no raised letters gets its sign."""
    if len(text) > _MOST:
        return text
    if _SHIFTED.fullmatch(text) and text[0] not in "(":
        return text.translate(_RAISED)
    return f"^{_bound(text)}" if after_a_word and _POWER.fullmatch(text) else text


def lowered(text: str, *, after_a_word: bool) -> str:
    """The text of a <sub>; an index that has no lowered letters gets its sign."""
    if len(text) > _MOST:
        return text
    if _SHIFTED.fullmatch(text) and text[0] not in "(":
        return text.translate(_LOWERED)
    return f"_{_bound(text)}" if after_a_word and _INDEX.fullmatch(text) else text


def _bound(text: str) -> str:
    return text if text.isalpha() else f"({text})"
