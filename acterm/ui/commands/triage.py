"""What is done with a mail, in the list and in the reader alike."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, by_preset, same


class Archive(Command):
    """Files the mail in the archive folder."""

    title = N_("Archive")
    help = N_("Files the mail in the archive.")
    keys = by_preset(francais="a", gmail="e")
    places = frozenset({Place.MAIL})
    footer = 10


class Bin(Command):
    """Moves the mail to the bin."""

    title = N_("Move to the bin")
    short = N_("bin")
    help = N_("Moves the mail to the bin.")
    keys = by_preset(francais="s delete", gmail="d delete")
    places = frozenset({Place.MAIL})
    footer = 20


class MoveMail(Command):
    """Moves the mail to a folder one chooses."""

    title = N_("Move to a folder…")
    short = N_("move")
    help = N_("Moves the mail to a folder chosen from a list.")
    keys = by_preset(francais="d", gmail="v")
    places = frozenset({Place.MAIL})


class Star(Command):
    """Sets or clears the star."""

    title = N_("Star")
    help = N_("Sets or takes away the star.")
    keys = by_preset(francais="*", gmail="s")
    places = frozenset({Place.MAIL})


class ToggleRead(Command):
    """Read becomes unread, unread becomes read."""

    title = N_("Read or unread")
    help = N_("Marks the mail as read, or as unread again.")
    keys = by_preset(francais="l", gmail="u")
    places = frozenset({Place.MAIL})


class Junk(Command):
    """Moves the mail to the junk folder."""

    title = N_("Junk")
    help = N_("Moves the mail to the junk mails.")
    keys = by_preset(francais="i", gmail="!")
    places = frozenset({Place.MAIL})


class Filter(Command):
    """Shows only the mails of the open folder whose sender or subject holds what is typed."""

    title = N_("Filter the list")
    short = N_("filter")
    help = N_("Shows only the mails of this folder with these words.")
    keys = by_preset(francais="f", gmail="F")
    places = frozenset({Place.BOX})


class Search(Command):
    """Looks in every folder as one types."""

    title = N_("Search")
    short = N_("search")
    help = N_("Searches all mails as you type.")
    keys = same("/ ctrl+f f3")
    places = frozenset({Place.BOX})
    footer = 70
