"""What can be decided about a mail that waits to be sent."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, same


class CancelSending(Command):
    """Back into a draft."""

    title = N_("Take back")
    help = N_("Takes the mail out of the outbox, back into a draft.")
    keys = same("r")
    places = frozenset({Place.OUTBOX})
    footer = 10


class SendAgain(Command):
    """An unsure mail goes once more."""

    title = N_("Send again")
    help = N_("Sends once more a mail that may not have left.")
    keys = same("e")
    places = frozenset({Place.OUTBOX})
    footer = 20


class ConsiderSent(Command):
    """An unsure mail is not sent again."""

    title = N_("Consider it sent")
    help = N_("Takes it that the mail arrived; it is not sent again.")
    keys = same("v")
    places = frozenset({Place.OUTBOX})
    footer = 30
