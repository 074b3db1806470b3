"""Which keys a command has: those of its declaration, of a preset, or of the person.

The letters of `francais` and `gmail` stand beside each command. Who comes from another program
finds its letters here: what it has otherwise than `gmail`, for everything both can do.
"""

from collections.abc import Mapping

from acterm.ui.command import FRANCAIS, GMAIL, Command

Stroke = tuple[str, ...]
"""Keys pressed one after the other, in the spelling of `Command.keys`."""

_PANES = {"next_pane": "f6", "previous_pane": "shift+f6"}
_MUTT = _PANES | {
    "archive": "A",
    "back": "q escape",
    "bin": "d delete",
    "cursor_first": "home =",
    "cursor_last": "end *",
    "filter": "l",
    "folders": "c>c",
    "forward": "f",
    "go_activity": "c>y",
    "go_archive": "c>a",
    "go_bin": "c>b",
    "go_drafts": "c>d",
    "go_inbox": "c>i",
    "go_junk": "c>j",
    "go_outbox": "c>o",
    "go_sent": "c>t",
    "go_settings": "c>s",
    "move_mail": "s",
    "new_mail": "m",
    "next_unread": "tab",
    "open": "enter space",
    "open_attachments": "v",
    "previous_unread": "shift+tab",
    "reply_all": "g",
    "star": "F",
    "toggle_read": "N",
    "undo": "u z",
}
_ALPINE = _PANES | {
    "archive": "a",
    "back": "< q escape",
    "cursor_down": "n down",
    "cursor_up": "p up",
    "filter": ";",
    "folders": "l g>g",
    "move_mail": "s",
    "next_mail": "n",
    "next_unread": "tab",
    "open": "> enter space",
    "open_attachments": "v",
    "open_links": "k",
    "previous_mail": "p",
    "previous_unread": "shift+tab",
    "reply_all": "R",
    "search": "w / ctrl+f f3",
    "star": "*",
    "toggle_read": "m",
    "undo": "u z",
}
_THUNDERBIRD = {
    "archive": "a",
    "bin": "delete d",
    "cursor_down": "down",
    "cursor_up": "up",
    "filter": "ctrl+shift+k F",
    "forward": "ctrl+l",
    "junk": "j",
    "new_mail": "ctrl+n c",
    "next_mail": "f",
    "next_pane": "f6 tab",
    "previous_mail": "b",
    "previous_pane": "shift+f6 shift+tab",
    "reply": "ctrl+r r",
    "reply_all": "ctrl+shift+r R",
    "search": "ctrl+k / ctrl+f f3",
    "show_source": "ctrl+u H",
    "star": "s",
    "toggle_read": "m",
}
_OTHERS: Mapping[str, Mapping[str, str]] = {
    "mutt": _MUTT,
    "alpine": _ALPINE,
    "thunderbird": _THUNDERBIRD,
}
PRESETS = (FRANCAIS, GMAIL, *_OTHERS)


def strokes(
    command: type[Command], preset: str, rebound: Mapping[str, str] | None = None
) -> list[Stroke]:
    """The keys of a command; `rebound` are the person's own, by the command's name."""
    keys = (rebound or {}).get(command.name)
    if keys is None:
        own = command.keys.get(FRANCAIS if preset == FRANCAIS else GMAIL, "")
        keys = _OTHERS.get(preset, {}).get(command.name, own)
    return [tuple(stroke.split(">")) for stroke in keys.split()]
