"""Inside a flow of the assistant, and one command for each of them."""

from typing import ClassVar

from acterm.assistant.menu import ENTRIES
from acterm.i18n import N_
from acterm.ui.command import Command, Place, same


class GoOn(Command):
    """`FlowScreen`: the line under the cursor, or what is typed, is the answer."""

    title = N_("Go on")
    short = N_("go on")
    help = N_("Answers the question, or goes on to the next one.")
    keys = same("enter right")
    places = frozenset({Place.FLOW})
    footer = 5


class StepBack(Command):
    """`FlowScreen`: the question before."""

    title = N_("Question before")
    short = N_("back")
    help = N_("Goes back to the question before; in a field, from its beginning.")
    keys = same("left")
    places = frozenset({Place.FLOW})
    footer = 10


class OtherWays(Command):
    """`FlowScreen`: from the field to the lines below it, and back."""

    title = N_("Other ways on")
    short = N_("other ways")
    help = N_("Goes from the field to the other ways on, and back.")
    keys = same("tab shift+tab")
    places = frozenset({Place.FLOW})
    footer = 15


class Reveal(Command):
    """`FlowScreen`: what is typed into a masked field."""

    title = N_("Show what is typed")
    short = N_("show or hide")
    help = N_("Shows or hides what is typed into a masked field.")
    keys = same("f4")
    places = frozenset({Place.FLOW})
    footer = 16


class CopyShown(Command):
    """`FlowScreen`: the page's address, or the code (OSC 52)."""

    title = N_("Copy")
    short = N_("copy")
    help = N_("Copies what the step shows to the clipboard.")
    keys = same("c")
    places = frozenset({Place.FLOW})
    footer = 20


class PageCode(Command):
    """`FlowScreen`: the page, for a telephone."""

    title = N_("QR code of the page")
    short = N_("QR code")
    help = N_("Shows the page as a QR code for a telephone.")
    keys = same("t")
    places = frozenset({Place.FLOW})
    footer = 25


class LeaveFlow(Command):
    """`FlowScreen`: where it was left is offered the next time, when it can be."""

    title = N_("Leave")
    short = N_("leave, go on later")  # the screen knows where there is nothing to go on with
    help = N_("Leaves; what has several steps goes on from here the next time.")
    keys = same("q escape")
    places = frozenset({Place.FLOW})
    footer = 30


class WhomToCall(Command):
    """`FlowScreen`: the contacts, with their opening hours."""

    title = N_("Whom to call")
    short = N_("whom to call")
    help = N_("Shows whom to call, and whether they answer now.")
    keys = same("f1")
    places = frozenset({Place.FLOW})
    footer = 45


class OfFlow:
    """A command that opens one flow of the assistant; the app does it, whichever it is."""

    flow: ClassVar[str]


for _entry in ENTRIES:
    type(
        f"Flow{_entry.name.title().replace('_', '')}",
        (OfFlow, Command),
        {
            "title": _entry.title,
            "help": _entry.words,
            "flow": _entry.name,
            "places": frozenset({Place.ANYWHERE}),
        },
    )
