"""Every command with its keys and what it does; those valid where one came from can be run."""

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from acterm.i18n import N_, _
from acterm.ui.cells import fit
from acterm.ui.command import Command, Place, every, named
from acterm.ui.keys import Keyed, Valid, keyboard_of, valid
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.line_list import LineList
from acterm.ui.widgets.lines import Footer, NoticeLine, StatusLine

_KEYS_WIDTH = 22
_READING = 60.0  # seconds
_SECTIONS = {
    Place.MAIL: N_("A mail, in the list or open"),
    Place.LIST: N_("The list"),
    Place.BOX: N_("The mailbox"),
    Place.FOLDERS: N_("The mailbox"),
    Place.READER: N_("The open mail"),
    Place.READING: N_("The open mail"),
    Place.ATTACHMENTS: N_("Attachments"),
    Place.LINKS: N_("Links"),
    Place.COMPOSER: N_("Writing"),
    Place.OUTBOX: N_("The outbox"),
    Place.FLOW: N_("My account"),
    Place.ANYWHERE: N_("Everywhere"),
}
# What is all about one thing stands above what can be done everywhere.
_PARTICULAR = frozenset(
    _SECTIONS[place]
    for place in (
        Place.READER,
        Place.ATTACHMENTS,
        Place.LINKS,
        Place.COMPOSER,
        Place.OUTBOX,
        Place.FLOW,
    )
)


class HelpScreen(Keyed, Screen[Valid | None]):
    """A list one reads; Enter runs the command of the line, Back goes back."""

    places = (Place.BOX,)
    shows_changes = False
    lines = getters.query_one("#lines", Choices)

    def __init__(self, origin: Widget) -> None:
        super().__init__()
        self._origin = origin

    def compose(self) -> ComposeResult:
        """Title, lines, rule, footer."""
        yield StatusLine()
        yield Choices[type[Command]](id="lines")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        """List the commands, section by section, first those with something for where one was."""
        self.query_one(StatusLine).left = _("Help")
        here = {entry.command for entry in valid(self._origin)}
        sections: dict[str, list[type[Command]]] = {}
        for command in every():
            section = next(words for place, words in _SECTIONS.items() if place in command.places)
            sections.setdefault(section, []).append(command)
        choices: list[Choice[type[Command]]] = []
        order = [one for one in dict.fromkeys(_SECTIONS.values()) if one in sections]
        for section in sorted(order, key=lambda one: _rank(one, sections[one], here)):
            choices += [Choice(_(section), "", None), *map(self._line, sections[section])]
            choices.append(Choice("", "", None))
        self.lines.show(choices[:-1])
        self.set_focus(self.lines)

    def _line(self, command: type[Command]) -> Choice[type[Command]]:
        keys = keyboard_of(self).all_shown(command) or keyboard_of(self).shown(named("palette"))
        return Choice(f"{fit(keys, _KEYS_WIDTH)}{_(command.help)}", "", command)

    def on_line_list_moved(self) -> None:
        """What there is no room for in the line is read below."""
        command, rule = self.lines.current, self.query_one(NoticeLine)
        words = _(command.help) if command else ""
        if cell_len(words) + _KEYS_WIDTH + 3 > self.size.width:
            rule.tell(words, _READING)
        elif rule.words:
            rule.clear()

    def on_line_list_opened(self, _message: LineList.Opened) -> None:
        """Run the command, when it is valid where the person came from."""
        wanted = self.lines.current
        entry = next((one for one in valid(self._origin) if one.command is wanted), None)
        if entry:
            self.dismiss(entry)
        else:
            self.query_one(NoticeLine).tell(_("This is for another place than where you were."))

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)


def _rank(section: str, commands: list[type[Command]], here: set[type[Command]]) -> int:
    """First what is particular to the place, then what can be done in it as well, then the rest."""
    some = len(here.intersection(commands))
    if section in _PARTICULAR and some * 4 > len(commands):
        return 0
    return 1 if some else 2
