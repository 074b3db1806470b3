"""Réglages: accounts, colours and keys. What config.toml says is shown, and changed there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual import getters
from textual.widget import Widget

from acterm import i18n, paths
from acterm.i18n import N_, _, ngettext
from acterm.store import accounts
from acterm.ui import palettes
from acterm.ui.command import Command, every
from acterm.ui.keys import key_name, keyboard_of
from acterm.ui.screens.chooser import Chooser
from acterm.ui.screens.key_asker import KeyAsker
from acterm.ui.screens.panel import Panel
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList

_THEMES = {
    palettes.ARDOISE: N_("slate (dark)"),
    palettes.PAPIER: N_("paper (light)"),
    palettes.ANSI: N_("the terminal’s sixteen"),
    palettes.CONTRAST: N_("high contrast"),
}
_PRESETS = {
    "francais": N_("French letters"),
    "gmail": N_("those of Gmail"),
    "mutt": N_("those of mutt"),
    "alpine": N_("those of Alpine"),
    "thunderbird": N_("those of Thunderbird"),
}


@dataclass(frozen=True, slots=True)
class _Setting:
    """One line, and what Enter does on it."""

    change: Callable[[], None]


class SettingsScreen(Panel):
    """Each change holds at once and is remembered."""

    lines = getters.query_one("#lines", Choices)

    def title_words(self) -> str:
        """What this is."""
        return _("Settings")

    def compose_inside(self) -> Iterator[Widget]:
        """One list."""
        yield Choices[_Setting](id="lines")

    def on_mount(self) -> None:
        """Say how everything stands."""
        self.set_focus(self.lines)
        self._read()

    def _read(self) -> None:
        settings = [*self._accounts(), *self._colours(), *self._keys(), *self._language()]
        self.lines.show(settings)
        self.refresh_bindings()

    def _accounts(self) -> Iterator[Choice[_Setting]]:
        yield Choice(_("Accounts"), "", None)
        for account in accounts.all_accounts(self.acterm.store.reader()):
            words = self.acterm.status_words(account.id)
            yield Choice(account.address, words, _Setting(self._tell_of_account))
        yield Choice(_("Add an account…"), "", _Setting(self.acterm.connect_account))

    def _colours(self) -> Iterator[Choice[_Setting]]:
        yield Choice(_("Appearance"), "", None)
        theme = _(_THEMES.get(self.acterm.theme, self.acterm.theme))
        yield Choice(_("Colours"), theme, _Setting(self.acterm.action_next_theme))

    def _keys(self) -> Iterator[Choice[_Setting]]:
        keyboard = keyboard_of(self)
        yield Choice(_("Keys"), "", None)
        preset = _(_PRESETS[keyboard.preset])
        yield Choice(_("Letters"), preset, _Setting(self.acterm.action_next_keys))
        own = len(keyboard.rebound)
        changed = ngettext("{count} changed", "{count} changed", own).format(count=own)
        yield Choice(_("Change a key…"), changed if own else "", _Setting(self._choose_command))
        if own:
            yield Choice(_("Take back my changes of keys"), "", _Setting(self._give_keys_back))

    def _language(self) -> Iterator[Choice[_Setting]]:
        yield Choice(_("Language"), "", None)
        language = "français" if i18n.language() == "fr" else "English"
        yield Choice(language, _("--lang, or config.toml"), _Setting(self._tell_of_language))

    def on_line_list_opened(self, message: LineList.Opened) -> None:
        """Change the line under the cursor."""
        message.stop()
        if self.lines.current:
            self.lines.current.change()
            self._read()

    def on_screen_resume(self) -> None:
        """An account may have been added meanwhile."""
        if self.is_mounted:
            self._read()

    def _tell_of_account(self) -> None:
        words = _("Servers and login of an account are in {file}, or as it was connected.")
        self.acterm.tell(words.format(file=paths.config_file()), 10)

    def _tell_of_language(self) -> None:
        words = _('language = "fr" or "en" in {file} changes it at the next start.')
        self.acterm.tell(words.format(file=paths.config_file()), 10)

    def _choose_command(self) -> None:
        def chosen(command: type[Command] | None) -> None:
            if command:
                self.acterm.push_screen(KeyAsker(command), asked)

        def asked(key: tuple[type[Command], str] | None) -> None:
            if key:
                command, stroke = key
                self.acterm.rebind({**keyboard_of(self).rebound, command.name: stroke})
                words = _("{key}: {command}").format(
                    key=key_name((stroke,)), command=command.label()
                )
                self.acterm.tell(words)

        self.acterm.push_screen(CommandChooser(_("Which command?")), chosen)

    def _give_keys_back(self) -> None:
        self.acterm.rebind({})


class CommandChooser(Chooser[type[Command]]):
    """Every command, by its name."""

    def searched(self) -> Sequence[tuple[str, Choice[type[Command]]]]:
        """Commands with the keys they have now."""
        keyboard = keyboard_of(self)
        found = [
            (command.label(), Choice(command.label(), keyboard.all_shown(command), command))
            for command in every()
        ]
        return sorted(found, key=lambda pair: pair[0])
