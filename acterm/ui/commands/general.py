"""Commands of the whole app."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, by_preset, same


class Undo(Command):
    """Takes back the newest change, or the mail still in its ten seconds."""

    title = N_("Undo")
    help = N_("Takes back the last change, or the mail that is about to leave.")
    keys = same("z")
    places = frozenset({Place.ANYWHERE})
    footer = 50


class Refresh(Command):
    """Asks the servers now."""

    title = N_("Refresh")
    help = N_("Asks the server for new mail now.")
    keys = same("f5")
    places = frozenset({Place.ANYWHERE})


class Help(Command):
    """Every command that is valid here, with its key."""

    title = N_("Help")
    help = N_("Shows every command with its key.")
    keys = same("? f1")
    places = frozenset({Place.ANYWHERE})
    footer = 100


class Palette(Command):
    """Finds a command by its name."""

    title = N_("All commands…")
    help = N_("Finds a command by its name, in French or in English.")
    keys = same(": ctrl+p")
    places = frozenset({Place.ANYWHERE})


class MyAccount(Command):
    """What waits for the person's answer first, then every flow of the assistant."""

    title = N_("My account")
    short = N_("sign in again")  # the footer names it only while that waits
    help = N_("Answers a refused sign-in; everything that can go wrong with an account.")
    keys = same("f2")
    places = frozenset({Place.ANYWHERE})
    footer = 1


class AnswerRefusal(Command):
    """Answers a refused sign-in, or a password that is wanted."""

    title = N_("My account: sign in again")
    help = N_("Asks for the password again after the server refused it.")
    places = frozenset({Place.ANYWHERE})


class AddAccount(Command):
    """Opens the connection screen for one more account."""

    title = N_("Add an account…")
    help = N_("Connects one more mail account.")
    places = frozenset({Place.ANYWHERE})


class NextTheme(Command):
    """Slate, paper, sixteen colours, high contrast, and round again."""

    title = N_("Next theme")
    help = N_("Changes the colours: slate, paper, sixteen colours, high contrast.")
    places = frozenset({Place.ANYWHERE})


class NextKeys(Command):
    """The other key preset."""

    title = N_("Other keys")
    help = N_("Changes the keys: French letters, or those of Gmail.")
    places = frozenset({Place.ANYWHERE})


class Lock(Command):
    """Hides everything until the password or a PIN is typed."""

    title = N_("Lock")
    help = N_("Hides everything until your password, or a PIN you choose, is typed.")
    keys = by_preset(francais="V", gmail="")
    places = frozenset({Place.ANYWHERE})


class Quit(Command):
    """Leaves acterm; what waits is sent first."""

    title = N_("Quit")
    help = N_("Leaves acterm; what waits to be sent leaves first, or at the next start.")
    keys = same("Q")
    places = frozenset({Place.ANYWHERE})
