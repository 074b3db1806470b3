"""No key means two things in one place, and every key of the product is there."""

from itertools import combinations

import pytest

from acterm.ui.command import WAYS, Command, Place, every
from acterm.ui.keys import Keyboard, key_name
from acterm.ui.presets import PRESETS, strokes

FRENCH_KEYS = {
    "lock": "V",
    "cursor_down": "j down", "cursor_up": "k up", "open": "enter space", "back": "q escape",
    "next_unread": ";", "previous_unread": ",", "next_folder": "J", "previous_folder": "K",
    "reply": "r", "reply_all": "R", "forward": "t", "new_mail": "n", "archive": "a",
    "bin": "s delete", "undo": "z", "move_mail": "d", "star": "*", "toggle_read": "l",
    "junk": "i", "search": "/ ctrl+f f3", "filter": "f", "open_attachments": "p",
    "open_links": "w", "show_headers": "h", "show_source": "H", "refresh": "f5",
    "next_pane": "tab", "help": "? f1", "quit": "Q", "go_inbox": "g>r", "go_drafts": "g>b",
    "go_sent": "g>e", "go_archive": "g>a", "go_bin": "g>c", "go_junk": "g>i",
    "go_outbox": "g>o", "go_activity": "g>t", "go_settings": "g>p",
}  # fmt: skip
KEPT_FREE = {
    "francais": {"b", "M", "x", "D", "e", "o", "O"},
    "gmail": {"b", "m", "x", "V", "l", "O"},
}


def _strokes(command: type[Command], preset: str) -> set[tuple[str, ...]]:
    return set(strokes(command, preset))


def _mail_way() -> set[Place]:
    return set(WAYS[0]) | set(WAYS[1])


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way[0]))
def test_a_key_has_one_meaning_in_one_place(preset: str, way: tuple[Place, ...]) -> None:
    here = [command for command in every() if command.places.intersection(way)]
    for one, other in combinations(here, 2):
        for stroke in _strokes(one, preset):
            for second in _strokes(other, preset):
                shorter = min(len(stroke), len(second))
                assert stroke[:shorter] != second[:shorter], (one.name, other.name, stroke)


def test_the_french_keys_are_those_of_the_product() -> None:
    found = {command.name: command.keys.get("francais", "") for command in every()}
    assert {name: found[name] for name in FRENCH_KEYS} == FRENCH_KEYS


@pytest.mark.parametrize("preset", KEPT_FREE)
def test_keys_of_the_triage_to_come_are_free(preset: str) -> None:
    taken = {
        ">".join(stroke)
        for command in every()
        if command.places.intersection(_mail_way())
        for stroke in strokes(command, preset)
    }
    assert not taken & KEPT_FREE[preset]


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_needs_altgr_or_is_eaten_on_the_way(preset: str) -> None:
    altgr = set("~#{[|`\\^@]}€")
    eaten = {f"ctrl+{letter}" for letter in "sqchimjzba"}
    for command in every():
        for stroke in strokes(command, preset):
            assert not set(stroke) & (altgr | eaten | set("0123456789")), command.name


@pytest.mark.parametrize("preset", PRESETS)
def test_every_command_declares_words_and_a_place(preset: str) -> None:
    for command in every():
        assert command.title
        assert command.help.endswith(".")
        assert command.places


def test_what_follows_g_is_found() -> None:
    keyboard = Keyboard("francais")
    assert keyboard.begins((Place.BOX,), ("g",))
    found = keyboard.find((Place.BOX,), ("g", "r"))
    assert found is not None
    assert found.name == "go_inbox"


def test_keys_are_called_as_on_the_keyboard() -> None:
    from acterm import i18n

    i18n.set_language("en")
    assert key_name(("enter",)) == "Enter"
    assert key_name(("ctrl+p",)) == "Ctrl+P"
    assert key_name(("g", "r")) == "g r"
    assert key_name(("f5",)) == "F5"
    assert key_name(("down",)) == "↓"
