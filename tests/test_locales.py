"""Both languages are whole: every message in the code has its French, and nothing is left over."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from acterm import i18n

PACKAGE = Path(i18n.__file__).parent
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
FRENCH = PACKAGE / "locales" / "fr" / "LC_MESSAGES" / "acterm.po"


def _identity(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


@pytest.fixture(scope="module")
def written() -> set[str]:
    """Every msgid in the code."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=KEYWORDS)
    return {_identity(message) for _file, _line, message, _comments, _context in found}


@pytest.fixture(scope="module")
def french() -> dict[str, Message]:
    """The French catalogue by msgid."""
    with FRENCH.open("rb") as text:
        return {_identity(entry.id): entry for entry in read_po(text) if entry.id}


def _translations(entry: Message) -> tuple[str, ...]:
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def test_every_message_has_its_french(written: set[str], french: dict[str, Message]) -> None:
    translated = {msgid for msgid, entry in french.items() if all(_translations(entry))}
    assert sorted(written - translated) == []


def test_no_french_is_left_without_its_message(
    written: set[str], french: dict[str, Message]
) -> None:
    assert sorted(set(french) - written) == []


def test_placeholders_are_the_same_in_both_languages(french: dict[str, Message]) -> None:
    def fields(text: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}

    def english(entry: Message) -> set[str]:
        both = (entry.id,) if isinstance(entry.id, str) else entry.id
        return set[str]().union(*map(fields, both))

    wrong = [
        msgid
        for msgid, entry in french.items()
        if any(not fields(text) <= english(entry) for text in _translations(entry))
    ]
    assert wrong == []


def test_french_has_no_break_spaces_before_its_signs(french: dict[str, Message]) -> None:
    loose = [
        text
        for entry in french.values()
        for text in _translations(entry)
        if re.search(r"\w [;!?](?:\s|$)|« | »|\w :(?:\s|$)", text)
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "fr"),
        ({"LANG": "C"}, "fr"),
        ({"LANG": "C.UTF-8"}, "fr"),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_BE@euro"}, "fr"),
        ({"LC_ALL": "", "LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], expected: str) -> None:
    assert i18n.locale_language(environment) == expected


def test_each_language_speaks() -> None:
    i18n.set_language("fr")
    assert i18n._("Open the mailbox") == "Ouvrir la boîte"
    i18n.set_language("en")
    assert i18n._("Open the mailbox") == "Open the mailbox"
