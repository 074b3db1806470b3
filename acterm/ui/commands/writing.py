"""Answering and writing: the verbs that open the composer, and those inside it."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, by_preset, same


class Reply(Command):
    """To the sender."""

    title = N_("Reply to the sender")
    short = N_("reply")
    help = N_("Answers the sender.")
    keys = same("r")
    places = frozenset({Place.MAIL})
    footer = 30


class ReplyAll(Command):
    """To the sender and the other recipients."""

    title = N_("Reply to all")
    help = N_("Answers the sender and all recipients.")
    keys = by_preset(francais="R", gmail="a")
    places = frozenset({Place.MAIL})


class Forward(Command):
    """To somebody else, with its attachments."""

    title = N_("Forward")
    help = N_("Passes the mail on, with its attachments.")
    keys = by_preset(francais="t", gmail="f")
    places = frozenset({Place.MAIL})
    footer = 40


class NewMail(Command):
    """An empty mail."""

    title = N_("New mail")
    short = N_("write")
    help = N_("Writes a new mail.")
    keys = by_preset(francais="n", gmail="c")
    places = frozenset({Place.BOX})
    footer = 60


class SendMail(Command):
    """`ComposeScreen`: into the outbox, with ten seconds to take it back."""

    title = N_("Send")
    help = N_("Sends the mail; ten seconds remain to take it back.")
    keys = same("ctrl+enter escape>e alt+e")
    places = frozenset({Place.COMPOSER})
    footer = 10


class KeepAsDraft(Command):
    """`ComposeScreen`: closes, the draft stays."""

    title = N_("Keep as a draft")
    short = N_("keep as a draft")
    help = N_("Closes the mail and keeps it among the drafts.")
    keys = same("escape>b alt+b")
    places = frozenset({Place.COMPOSER})
    footer = 20


class Abandon(Command):
    """`ComposeScreen`: closes and puts the draft aside; undo brings it back."""

    title = N_("Abandon the draft")
    short = N_("abandon")
    help = N_("Closes the mail without keeping it; undo brings it back.")
    keys = same("escape>a alt+a")
    places = frozenset({Place.COMPOSER})
    footer = 30


class Attach(Command):
    """`ComposeScreen`: asks for a file."""

    title = N_("Attach a file…")
    short = N_("attach a file")
    help = N_("Adds a file of this computer to the mail.")
    keys = same("escape>p alt+p")
    places = frozenset({Place.COMPOSER})
    footer = 40


class TakeOff(Command):
    """`ComposeScreen`: the attachment under the cursor."""

    title = N_("Take the attachment off")
    short = N_("take off")
    help = N_("The attachment under the cursor does not go with the mail.")
    keys = same("delete backspace")
    places = frozenset({Place.COMPOSER})
    footer = 5


class ShowBcc(Command):
    """`ComposeScreen`: the line for blind copies."""

    title = N_("Blind copies")
    help = N_("Shows the line for recipients nobody else sees.")
    keys = same("escape>c alt+c")
    places = frozenset({Place.COMPOSER})


class NextField(Command):
    """`ComposeScreen`: from the recipients to the subject to the text."""

    title = N_("Next field")
    help = N_("Goes from the recipients to the subject to the text.")
    keys = same("tab")
    places = frozenset({Place.COMPOSER})


class PreviousField(Command):
    """`ComposeScreen`: the other way round."""

    title = N_("Previous field")
    help = N_("Goes the other way round.")
    keys = same("shift+tab")
    places = frozenset({Place.COMPOSER})
