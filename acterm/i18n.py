"""The interface's language: French first, English second, through gettext."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

LANGUAGES = ("fr", "en")
_LOCALES = Path(__file__).parent / "locales"


class _Catalogue:
    """The translations in use. English is the language of the msgids and needs no catalogue."""

    def __init__(self) -> None:
        self.language = "en"
        self.gettext: Callable[[str], str] = str
        self.ngettext: Callable[[str, str, int], str] = _english_plural


def _english_plural(singular: str, plural: str, count: int) -> str:
    return singular if count == 1 else plural


_catalogue = _Catalogue()


def locale_language(environment: Mapping[str, str]) -> str:
    """The language that LC_ALL, LC_MESSAGES or LANG ask for; C, POSIX or nothing means French."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            name = value.split(".")[0].split("@")[0]
            return "fr" if name in ("C", "POSIX") or name.startswith("fr") else "en"
    return "fr"


def set_language(language: str = "") -> None:
    """Speak `fr` or `en` from now on; without one, what the environment asks for.

    Call it before `acterm.ui` is imported: Textual freezes binding texts at class creation.
    """
    import gettext

    chosen = language or locale_language(os.environ)
    _catalogue.language = chosen
    if chosen == "en":
        _catalogue.gettext, _catalogue.ngettext = str, _english_plural
        return
    found = gettext.translation("acterm", _LOCALES, languages=[chosen], fallback=True)
    _catalogue.gettext, _catalogue.ngettext = found.gettext, found.ngettext


def language() -> str:
    """`fr` or `en`."""
    return _catalogue.language


def _(message: str) -> str:
    """The message in the interface's language."""
    return _catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message in the interface's language, in the form that goes with `count`."""
    return _catalogue.ngettext(singular, plural, count)


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for a deferred message)
    """Mark a message for translation without translating it yet."""
    return message
