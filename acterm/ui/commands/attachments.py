"""Inside the attachments and links of a mail."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, by_preset, same


class SaveAttachment(Command):
    """`AttachmentsScreen`: the one under the cursor, under a safe name."""

    title = N_("Save")
    help = N_("Saves this attachment under a safe name.")
    keys = same("e")
    places = frozenset({Place.ATTACHMENTS})
    footer = 10


class SaveAllAttachments(Command):
    """All attachments of the mail (`AttachmentsScreen`), all files of an archive."""

    title = N_("Save all")
    help = N_("Saves every attachment of the mail, or every file of the archive.")
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


class SaveAsZip(Command):
    """`AttachmentsScreen`: all of them in one file."""

    title = N_("Save all as one ZIP")
    help = N_("Saves every attachment of the mail in one ZIP file.")
    keys = same("Z")
    places = frozenset({Place.ATTACHMENTS})


class TakeHome(Command):
    """To the computer one sits at: clipboard, terminal, or the line for scp."""

    title = N_("Take home…")
    short = N_("take home")
    help = N_("Brings the attachment to the computer you sit at.")
    keys = same("m")
    places = frozenset({Place.ATTACHMENTS})
    footer = 35


class AttachToNew(Command):
    """The composer, with this file."""

    title = N_("Attach to a new mail")
    help = N_("Writes a new mail with this attachment.")
    keys = by_preset(francais="n", gmail="c")
    places = frozenset({Place.ATTACHMENTS})


class NextPage(Command):
    """`AttachmentView`: the next page, slide or sheet."""

    title = N_("Next page of the attachment")
    short = N_("next page")
    help = N_("Shows the next page, slide or sheet.")
    keys = same("J")
    places = frozenset({Place.ATTACHMENTS})
    footer = 4


class PreviousPage(Command):
    """`AttachmentView`: the one before."""

    title = N_("Previous page of the attachment")
    short = N_("previous page")
    help = N_("Shows the page, slide or sheet before.")
    keys = same("K")
    places = frozenset({Place.ATTACHMENTS})


class GoInside(Command):
    """`AttachmentView`: from the text to the files inside it, and back."""

    title = N_("To the files inside, and back")
    short = N_("files inside")
    help = N_("Goes from the text to the files inside it, and back.")
    keys = same("tab")
    places = frozenset({Place.ATTACHMENTS})
    footer = 3


class NextColumns(Command):
    """`AttachmentView`: a wide table."""

    title = N_("Columns to the right")
    short = N_("columns")
    help = N_("Shows the columns further right.")
    keys = same("right")
    places = frozenset({Place.ATTACHMENTS})
    footer = 6


class PreviousColumns(Command):
    """`AttachmentView`: a wide table, back."""

    title = N_("Columns to the left")
    help = N_("Shows the columns further left.")
    keys = same("left")
    places = frozenset({Place.ATTACHMENTS})


class ShowPicture(Command):
    """`AttachmentView`: in half blocks, then as the terminal itself draws it."""

    title = N_("Picture or text")
    short = N_("picture")
    help = N_("Shows the page or image as a picture, as well as the terminal can.")
    keys = same("i")
    places = frozenset({Place.ATTACHMENTS})
    footer = 7


class ChangeFolder(Command):
    """`AttachmentsScreen`: where files are saved, kept for the next time."""

    title = N_("Another folder…")
    short = N_("another folder")
    help = N_("Chooses the folder where attachments are saved.")
    keys = same("d")
    places = frozenset({Place.ATTACHMENTS})
    footer = 40


class AllAttachments(Command):
    """Those of every mail of the folder, from the open mail or from its attachments."""

    title = N_("All attachments of the folder")
    help = N_("Lists the attachments of every mail of the folder, by size, type or date.")
    places = frozenset({Place.READER, Place.ATTACHMENTS, Place.BOX})


class ChangeOrder(Command):
    """`FolderAttachmentsScreen`: by size, by type, by date."""

    title = N_("Another order")
    short = N_("order")
    help = N_("Sorts the attachments by size, by type, by date.")
    keys = same("t")
    places = frozenset({Place.ATTACHMENTS})
    footer = 5


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
