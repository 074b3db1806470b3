"""Verbs of the open mail. `Reader` has `action_<name>` for each, unless it says otherwise."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, by_preset, same


class ScrollDown(Command):
    """One line down (Textual's own `action_scroll_down` serves)."""

    title = N_("Scroll down")
    help = N_("One line down.")
    keys = same("down")
    places = frozenset({Place.READER})


class ScrollUp(Command):
    """One line up (Textual's own `action_scroll_up` serves)."""

    title = N_("Scroll up")
    help = N_("One line up.")
    keys = same("up")
    places = frozenset({Place.READER})


class ReadOn(Command):
    """A page down; at the end, the next unread mail (`Reader` posts `Reader.ReadOn`)."""

    title = N_("Read on")
    short = N_("read on")
    help = N_("One page down; at the end of the mail, the next unread one.")
    keys = same("space")
    places = frozenset({Place.READER})
    footer = 5


class PageDown(Command):
    """A page down and no further."""

    title = N_("Page down")
    help = N_("One page down.")
    keys = same("pagedown")
    places = frozenset({Place.READER})


class PageUp(Command):
    """A page up."""

    title = N_("Page up")
    help = N_("One page up.")
    keys = same("pageup")
    places = frozenset({Place.READER})


class ScrollHome(Command):
    """To the top of the mail (Textual's own)."""

    title = N_("Top of the mail")
    help = N_("Goes to the top of the mail.")
    keys = same("home")
    places = frozenset({Place.READER})


class ScrollEnd(Command):
    """To the end of the mail (Textual's own)."""

    title = N_("End of the mail")
    help = N_("Goes to the end of the mail.")
    keys = same("end")
    places = frozenset({Place.READER})


class FoldQuotes(Command):
    """Quoted text shrinks to one line."""

    title = N_("Fold quotes")
    help = N_("Hides the quoted text.")
    keys = same("left")
    places = frozenset({Place.READER})


class UnfoldQuotes(Command):
    """Quoted text shows again."""

    title = N_("Unfold quotes")
    help = N_("Shows the quoted text again.")
    keys = same("right")
    places = frozenset({Place.READER})


class OpenLinks(Command):
    """The numbered links, each with its real host (`LinksScreen`)."""

    title = N_("Links…")
    short = N_("links")
    help = N_("Shows the links of the mail and where each really leads.")
    keys = same("w")
    places = frozenset({Place.READER})
    footer = 42


class OpenAttachments(Command):
    """The attachments of the mail (`AttachmentsScreen`)."""

    title = N_("Attachments…")
    short = N_("attachments")
    help = N_("Shows the attachments of the mail, to read or save them.")
    keys = by_preset(francais="p", gmail="t")
    places = frozenset({Place.READER})
    footer = 41


class ShowHeaders(Command):
    """All header fields above the text, or only the main ones again."""

    title = N_("All headers")
    help = N_("Shows every header of the mail, or hides them again.")
    keys = same("h")
    places = frozenset({Place.READER})


class ShowSource(Command):
    """The mail as it came, in place of its text."""

    title = N_("Source")
    help = N_("Shows the mail exactly as it came.")
    keys = same("H")
    places = frozenset({Place.READER})
