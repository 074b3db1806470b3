"""Every command that is valid here, found by its French or its English name."""

import gettext
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.widget import Widget

from acterm import i18n
from acterm.i18n import _
from acterm.ui.keys import Valid, keyboard_of, valid
from acterm.ui.screens.chooser import Chooser
from acterm.ui.widgets.choices import Choice


class Palette(Chooser[Valid]):
    """Runs what is chosen where the keys were."""

    def __init__(self, origin: Widget) -> None:
        super().__init__(_("All commands"))
        self._origin = origin

    def searched(self) -> Sequence[tuple[str, Choice[Valid]]]:
        """Commands by both names."""
        keyboard = keyboard_of(self)
        french = _french()
        found = []
        for entry in valid(self._origin):
            command = entry.command
            if command.name == "palette":
                continue
            names = f"{command.label()} {french(command.title)} {command.title}"
            choice = Choice(command.label(), keyboard.all_shown(command), entry)
            found.append((names, choice))
        return sorted(found, key=lambda pair: pair[1].left)


def _french() -> Callable[[str], str]:
    locales = Path(i18n.__file__).parent / "locales"
    return gettext.translation("acterm", locales, languages=["fr"], fallback=True).gettext
