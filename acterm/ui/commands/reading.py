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
    """Quotations, signatures and footers shrink to one line each; in a conversation, the mail."""

    title = N_("Fold")
    short = N_("fold")
    help = N_("Hides the quoted text; in a conversation, folds the mail.")
    keys = same("left")
    places = frozenset({Place.READER})


class UnfoldQuotes(Command):
    """They show again; in a conversation, first the mail."""

    title = N_("Unfold")
    short = N_("unfold")
    help = N_("Shows the quoted text; in a conversation, unfolds the mail.")
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


class Conversation(Command):
    """From one mail to its whole conversation, and back (`ReaderPane`)."""

    title = N_("Conversation")
    short = N_("conversation")
    help = N_("Shows all mails of the conversation on one page, or the mail alone again.")
    keys = by_preset(francais="c", gmail="y")
    places = frozenset({Place.READER, Place.MAIL})


class SelectConversation(Command):
    """The verbs are about all of its mails, or about the one under the cursor again."""

    title = N_("All mails of the conversation")
    short = N_("all of them")
    help = N_("What you do next is done with every mail of it; your own stay among the sent ones.")
    keys = same("X")
    places = frozenset({Place.READER})
    footer = 45


class ToggleConversationRead(Command):
    """All of its mails."""

    title = N_("Conversation read or unread")
    help = N_("Marks every mail of the conversation as read, or as unread again.")
    keys = by_preset(francais="L", gmail="U")
    places = frozenset({Place.READER})


class OtherVersion(Command):
    """The other alternative of the text: HTML or plain."""

    title = N_("Other version of the text")
    short = N_("back to the first")
    help = N_("Shows the mail as its HTML or as its plain text says it.")
    keys = by_preset(francais="A", gmail="i")
    places = frozenset({Place.READER})


class Why(Command):
    """The reason of each warning, below it."""

    title = N_("Why this warning?")
    short = N_("why?")
    help = N_("Explains each sign that made the warning.")
    keys = by_preset(francais="P", gmail="W")
    places = frozenset({Place.READER})


class Report(Command):
    """To the académie or to Signal Spam (`ReportScreen`)."""

    title = N_("Report this mail…")
    short = N_("report")
    help = N_("Tells whom to report a mail to, and writes to them.")
    keys = same("S")
    places = frozenset({Place.READER, Place.MAIL})


class VerifySignature(Command):
    """Checks the DKIM signature: the only thing in reading that asks a name server."""

    title = N_("Verify the signature")
    help = N_("Checks with the sender’s domain that the mail was not changed on its way.")
    places = frozenset({Place.READER})


class WhatToDo(Command):
    """Does the one thing an invitation, a code, a list… is for, or lists what can be done."""

    title = N_("Answer what the mail asks")
    short = N_("what to do?")
    help = N_("Answers an invitation, copies a code, leaves a list or gives a receipt.")
    keys = same("enter")
    places = frozenset({Place.READER})
    footer = 3


class AcceptInvitation(Command):
    """An iMIP answer to the organiser, through the outbox."""

    title = N_("Accept the invitation")
    help = N_("Tells the organiser that you come.")
    places = frozenset({Place.READER})


class TentativeInvitation(Command):
    """The same, undecided."""

    title = N_("Answer “maybe” to the invitation")
    help = N_("Tells the organiser that you may come.")
    places = frozenset({Place.READER})


class DeclineInvitation(Command):
    """The same, not coming."""

    title = N_("Decline the invitation")
    help = N_("Tells the organiser that you do not come.")
    places = frozenset({Place.READER})


class AddToCalendar(Command):
    """Into a local .ics file that any calendar opens."""

    title = N_("Add to my calendar file")
    help = N_("Adds the event to a .ics file on this computer.")
    places = frozenset({Place.READER})


class CopyCode(Command):
    """A one-time code to the clipboard."""

    title = N_("Copy the code")
    help = N_("Copies the one-time code to the clipboard.")
    places = frozenset({Place.READER})


class SendReceipt(Command):
    """A reading receipt (RFC 8098), only ever asked for by this name."""

    title = N_("Send the receipt")
    help = N_("Tells the sender that you have read the mail.")
    places = frozenset({Place.READER})


class Unsubscribe(Command):
    """The ways out of a list, each with its whole address."""

    title = N_("Leave the list…")
    help = N_("Shows how to leave the list, with the whole address.")
    places = frozenset({Place.READER})


class OpenOriginal(Command):
    """From a bounce or a receipt to the mail that was sent."""

    title = N_("Open the mail it is about")
    help = N_("Shows the mail of yours that a bounce or a receipt speaks of.")
    places = frozenset({Place.READER})
