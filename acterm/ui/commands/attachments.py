"""Inside the attachments and links of a mail."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, same


class SaveAttachment(Command):
    """`AttachmentsScreen`: the one under the cursor, under a safe name."""

    title = N_("Save")
    help = N_("Saves this attachment under a safe name.")
    keys = same("e")
    places = frozenset({Place.ATTACHMENTS})
    footer = 10


class SaveAllAttachments(Command):
    """`AttachmentsScreen`: all of them."""

    title = N_("Save all")
    help = N_("Saves every attachment of the mail.")
    keys = same("E")
    places = frozenset({Place.ATTACHMENTS})
    footer = 20


class OpenOutside(Command):
    """`AttachmentsScreen`: in the computer's own program."""

    title = N_("Open outside")
    short = N_("outside")
    help = N_("Opens the attachment in the program this computer has for it.")
    keys = same("o")
    places = frozenset({Place.ATTACHMENTS})
    footer = 30


class ChangeFolder(Command):
    """`AttachmentsScreen`: where files are saved, kept for the next time."""

    title = N_("Another folder…")
    short = N_("another folder")
    help = N_("Chooses the folder where attachments are saved.")
    keys = same("d")
    places = frozenset({Place.ATTACHMENTS})
    footer = 40


class OpenInBrowser(Command):
    """`LinksScreen`: the whole URL is on screen, then the browser opens it."""

    title = N_("Open in the browser")
    short = N_("browser")
    help = N_("Opens the link in the browser of this computer.")
    keys = same("o")
    places = frozenset({Place.LINKS})
    footer = 10


class OpenTarget(Command):
    """`LinksScreen`: the end of a link that only passes on, read from its address."""

    title = N_("Open where it leads")
    short = N_("end of the link")
    help = N_("Opens the page at the end, without passing through the one who counts.")
    keys = same("O")
    places = frozenset({Place.LINKS})
    footer = 15


class CopyLink(Command):
    """`LinksScreen`: OSC 52."""

    title = N_("Copy the link")
    short = N_("copy")
    help = N_("Copies the address of the link to the clipboard.")
    keys = same("c")
    places = frozenset({Place.LINKS})
    footer = 20


class ShowQrCode(Command):
    """`LinksScreen`: for a phone."""

    title = N_("QR code")
    short = N_("QR code")
    help = N_("Shows the link as a QR code for a telephone.")
    keys = same("t")
    places = frozenset({Place.LINKS})
    footer = 30
