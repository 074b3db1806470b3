"""From a key to a command: presets, keys in two steps, and how keys are called."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual.dom import DOMNode
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget

from acterm.i18n import N_, _, language
from acterm.ui.command import FRANCAIS, GMAIL, Command, Place, every
from acterm.ui.errors import guarded
from acterm.ui.presets import PRESETS, Stroke, strokes

_NAMES = {
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "space": N_("Space"),
    "delete": N_("Del"),
    "pagedown": N_("PgDn"),
    "pageup": N_("PgUp"),
    "home": N_("Home"),
    "end": N_("End"),
    "tab": N_("Tab"),
    "shift+tab": N_("Shift+Tab"),
    "ctrl+enter": N_("Ctrl+Enter"),
}
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}


class Keyboard:
    """The keys in force and the first half of a key in two steps. The app holds one."""

    def __init__(self, preset: str = "", rebound: Mapping[str, str] | None = None) -> None:
        self.pending: Stroke = ()
        self.use(preset, rebound)

    def use(self, preset: str, rebound: Mapping[str, str] | None = None) -> None:
        """Other keys; the pending half is forgotten. An unknown preset is the language's."""
        self.preset = preset if preset in PRESETS else preset_of_language()
        self.rebound = dict(rebound or {})
        self.pending = ()
        self._commands: dict[Place, dict[Stroke, type[Command]]] = {place: {} for place in Place}
        self._prefixes: dict[Place, set[Stroke]] = {place: set() for place in Place}
        for command in every():
            for stroke in self.strokes(command):
                for place in command.places:
                    self._commands[place][stroke] = command
                    self._prefixes[place].update(stroke[:end] for end in range(1, len(stroke)))

    def strokes(self, command: type[Command]) -> list[Stroke]:
        """The keys of a command, the one that is shown first."""
        return strokes(command, self.preset, self.rebound)

    def find(self, places: Iterable[Place], stroke: Stroke) -> type[Command] | None:
        """The command of these keys in these places, None without one."""
        for place in places:
            if stroke in self._commands[place]:
                return self._commands[place][stroke]
        return None

    def begins(self, places: Iterable[Place], stroke: Stroke) -> bool:
        """Whether a command in these places has longer keys that begin so."""
        return any(stroke in self._prefixes[place] for place in places)

    def shown(self, command: type[Command]) -> str:
        """The first key of a command as a person calls it, empty when it has none."""
        found = self.strokes(command)
        return key_name(found[0]) if found else ""

    def shown_while_typing(self, command: type[Command]) -> str:
        """Its first key that types nothing into a text field, empty when it has none."""
        for stroke in self.strokes(command):
            if len(stroke[0]) > 1 and stroke[0] != "space":
                return key_name(stroke)
        return ""

    def all_shown(self, command: type[Command]) -> str:
        """All keys of a command as a person calls them."""
        return ", ".join(key_name(stroke) for stroke in self.strokes(command))


def preset_of_language() -> str:
    """The letters are mnemonics of the interface's language."""
    return FRANCAIS if language() == "fr" else GMAIL


def key_name(stroke: Stroke) -> str:
    """What a person calls these keys: « Entrée », « g r », « Ctrl+P »."""
    return " ".join(_key_name(key) for key in stroke)


def _key_name(key: str) -> str:
    if key in _NAMES:
        return _(_NAMES[key])
    if key in _ARROWS:
        return _ARROWS[key]
    modifier, plus, letter = key.rpartition("+")
    if plus and modifier:
        return f"{modifier.title()}+{letter.upper()}"
    return key.upper() if len(key) > 1 else key


def spelling(event: Key) -> str:
    """The key as `Command.keys` spells it: the character typed, else Textual's name."""
    named = len(event.key) > 1 and ("+" in event.key or event.key == "space")
    if event.character and event.is_printable and not named:
        return event.character
    return event.key


@dataclass(frozen=True, slots=True)
class Valid:
    """A command that can run now, and the node that does it."""

    command: type[Command]
    node: "Keyed"


if TYPE_CHECKING:
    _Node = DOMNode
else:
    _Node = object  # Textual follows the first node among the bases for styles and classes


class Keyed(_Node):
    """A widget, screen or app that does the commands of its `places` by `action_<name>`.

    Put it first among the bases. In a text field, characters and editing keys go to the text.
    `shows_changes`: a screen where one sees what undo takes back.
    """

    places: ClassVar[tuple[Place, ...]] = ()
    shows_changes: ClassVar[bool] = True

    def can(self, command: type[Command]) -> bool:
        """Whether the command makes sense now. Call `refresh_bindings()` when that changes."""
        return hasattr(self, f"action_{command.name}")

    def offers(self, command: type[Command]) -> bool:
        """Whether the footer has a place for it now."""
        return bool(command.footer)

    def hint(self, command: type[Command]) -> str:
        """What the footer says beside its key, here and now."""
        return command.hint()

    async def do(self, command: type[Command]) -> None:
        """Run the command here; a failure is told, a bug does not end the app."""
        with guarded(_host_of(self).tell):
            result = getattr(self, f"action_{command.name}")()
            if isawaitable(result):
                await result


class Host(Protocol):
    """The app, as the nodes need it."""

    keyboard: Keyboard

    def tell(self, words: str) -> None:
        """Say a sentence."""


def _host_of(node: DOMNode) -> Host:
    return cast(Host, node.app)


def keyboard_of(node: DOMNode) -> Keyboard:
    """The keyboard of the node's app."""
    return _host_of(node).keyboard


async def press(screen: Screen[object], event: Key) -> bool:
    """Run the command of a key, looked for from the focus up to the app.

    The app calls it before anything else sees the key, so that a key typed ahead finds the focus
    where the key before it has put it. False: the key is not a command.
    """
    keyboard = keyboard_of(screen)
    focus = screen.focused or screen
    key = spelling(event)
    before, keyboard.pending = keyboard.pending, ()
    if before:
        screen.refresh_bindings()
    elif _types(focus, event):
        return False
    stroke = (*before, key)
    for node in focus.ancestors_with_self:
        if not isinstance(node, Keyed):
            continue
        command = keyboard.find(node.places, stroke)
        if command and node.can(command):
            await node.do(command)
            return True
        if keyboard.begins(node.places, stroke):
            keyboard.pending = stroke
            screen.refresh_bindings()
            return True
    return bool(before) and not _types(focus, event)


def _types(focus: DOMNode, event: Key) -> bool:
    """Whether the key writes or edits in the text field that has the focus."""
    if not isinstance(focus, Widget) or not focus.check_consume_key("x", "x"):
        return False
    if len(spelling(event)) == 1 or event.key == "space":
        return True
    binding = focus.screen.active_bindings.get(event.key)
    return binding is not None and binding.node is focus


def valid(node: DOMNode) -> Iterator[Valid]:
    """The commands that can run from `node` (the focus) up to the app, each once, nearest first."""
    seen: set[type[Command]] = set()
    for ancestor in node.ancestors_with_self:
        if not isinstance(ancestor, Keyed):
            continue
        for command in every():
            if command in seen or not command.places.intersection(ancestor.places):
                continue
            if ancestor.can(command):
                seen.add(command)
                yield Valid(command, ancestor)


def continuations(node: DOMNode, pending: Stroke) -> list[tuple[str, Valid]]:
    """What may follow the first half of a key: the next key and its command."""
    keyboard = keyboard_of(node)
    found = []
    for entry in valid(node):
        for stroke in keyboard.strokes(entry.command):
            if len(stroke) > len(pending) and stroke[: len(pending)] == pending:
                found.append((key_name(stroke[len(pending) :]), entry))
    return found
