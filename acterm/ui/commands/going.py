"""Moving through mails and folders."""

from acterm.i18n import N_
from acterm.ui.command import Command, Place, by_preset, same


class CursorDown(Command):
    """`MessageList`, `FolderList`: `action_cursor_down`."""

    title = N_("Next line")
    help = N_("Moves the cursor down; the mail stays unread.")
    keys = same("j down")
    places = frozenset({Place.LIST, Place.FOLDERS, Place.OUTBOX})


class CursorUp(Command):
    """`MessageList`, `FolderList`: `action_cursor_up`."""

    title = N_("Previous line")
    help = N_("Moves the cursor up.")
    keys = same("k up")
    places = frozenset({Place.LIST, Place.FOLDERS, Place.OUTBOX})


class CursorPageDown(Command):
    """A screenful further down the list."""

    title = N_("Next page")
    help = N_("Moves a screenful down.")
    keys = same("pagedown")
    places = frozenset({Place.LIST, Place.FOLDERS})


class CursorPageUp(Command):
    """A screenful further up the list."""

    title = N_("Previous page")
    help = N_("Moves a screenful up.")
    keys = same("pageup")
    places = frozenset({Place.LIST, Place.FOLDERS})


class CursorFirst(Command):
    """To the newest mail."""

    title = N_("First line")
    help = N_("Moves to the top: the newest mail.")
    keys = same("home")
    places = frozenset({Place.LIST, Place.FOLDERS})


class CursorLast(Command):
    """To the oldest mail."""

    title = N_("Last line")
    help = N_("Moves to the bottom: the oldest mail.")
    keys = same("end")
    places = frozenset({Place.LIST, Place.FOLDERS})


class Open(Command):
    """Shows what the cursor is on."""

    title = N_("Open")
    help = N_("Opens the mail, the folder or the line under the cursor.")
    keys = by_preset(francais="enter space", gmail="enter o space")
    places = frozenset({Place.LIST, Place.FOLDERS})
    footer = 85


class Back(Command):
    """One step back: from reader to list, out of a filter, out of a screen."""

    title = N_("Back")
    help = N_("Goes one step back: to the list, out of a filter, out of a screen.")
    keys = same("q escape")
    places = frozenset({Place.BOX, Place.ATTACHMENTS, Place.LINKS, Place.OUTBOX})
    footer = 35


class NextUnread(Command):
    """To the next unread mail, opened when the reader is."""

    title = N_("Next unread mail")
    short = N_("next unread")
    help = N_("Goes to the next unread mail.")
    keys = by_preset(francais=";", gmail="n")
    places = frozenset({Place.MAIL})
    footer = 80


class PreviousUnread(Command):
    """To the previous unread mail."""

    title = N_("Previous unread mail")
    help = N_("Goes to the previous unread mail.")
    keys = by_preset(francais=",", gmail="p")
    places = frozenset({Place.MAIL})


class NextMail(Command):
    """From the reader to the mail below in the list."""

    title = N_("Next mail")
    help = N_("Shows the next mail of the list.")
    keys = same("j")
    places = frozenset({Place.READING})


class PreviousMail(Command):
    """From the reader to the mail above in the list."""

    title = N_("Previous mail")
    help = N_("Shows the previous mail of the list.")
    keys = same("k")
    places = frozenset({Place.READING})


class NextFolder(Command):
    """Opens the folder below."""

    title = N_("Next folder")
    help = N_("Opens the next folder.")
    keys = same("J")
    places = frozenset({Place.BOX})


class PreviousFolder(Command):
    """Opens the folder above."""

    title = N_("Previous folder")
    help = N_("Opens the previous folder.")
    keys = same("K")
    places = frozenset({Place.BOX})


class NextPane(Command):
    """The focus goes from folders to list to reader."""

    title = N_("Next pane")
    help = N_("Goes from the folders to the list to the mail.")
    keys = same("tab")
    places = frozenset({Place.BOX})


class PreviousPane(Command):
    """The focus goes the other way round."""

    title = N_("Previous pane")
    help = N_("Goes the other way round.")
    keys = same("shift+tab")
    places = frozenset({Place.BOX})


class Folders(Command):
    """A list of every folder, with a filter."""

    title = N_("Folders…")
    short = N_("folders")
    help = N_("Shows all folders; type to filter, Enter opens.")
    keys = same("g>g")
    places = frozenset({Place.BOX})


class GoInbox(Command):
    """The folder new mail comes into."""

    title = N_("Go to the inbox")
    short = N_("inbox")
    help = N_("Opens the inbox.")
    keys = by_preset(francais="g>r", gmail="g>i")
    places = frozenset({Place.BOX})


class GoDrafts(Command):
    """Mails being written."""

    title = N_("Go to the drafts")
    short = N_("drafts")
    help = N_("Opens the drafts.")
    keys = by_preset(francais="g>b", gmail="g>d")
    places = frozenset({Place.BOX})


class GoSent(Command):
    """Mails one has sent."""

    title = N_("Go to the sent mails")
    short = N_("sent mails")
    help = N_("Opens the sent mails.")
    keys = by_preset(francais="g>e", gmail="g>t")
    places = frozenset({Place.BOX})


class GoArchive(Command):
    """Mails filed away."""

    title = N_("Go to the archive")
    short = N_("archive")
    help = N_("Opens the archive.")
    keys = same("g>a")
    places = frozenset({Place.BOX})


class GoBin(Command):
    """Mails thrown away."""

    title = N_("Go to the bin")
    short = N_("bin")
    help = N_("Opens the bin.")
    keys = by_preset(francais="g>c", gmail="g>b")
    places = frozenset({Place.BOX})


class GoJunk(Command):
    """Mails nobody asked for."""

    title = N_("Go to the junk mails")
    short = N_("junk")
    help = N_("Opens the junk mails.")
    keys = by_preset(francais="g>i", gmail="g>j")
    places = frozenset({Place.BOX})


class GoOutbox(Command):
    """Mails that wait to be sent."""

    title = N_("Go to the outbox")
    short = N_("outbox")
    help = N_("Shows the mails that wait to be sent.")
    keys = same("g>o")
    places = frozenset({Place.BOX})


class GoActivity(Command):
    """What was done since acterm was opened."""

    title = N_("Go to the activity")
    short = N_("activity")
    help = N_("Shows what was done, and what can be undone.")
    keys = by_preset(francais="g>t", gmail="g>y")
    places = frozenset({Place.BOX})


class GoSettings(Command):
    """Accounts, colours, keys."""

    title = N_("Settings")
    help = N_("Accounts, colours and keys.")
    keys = by_preset(francais="g>p", gmail="g>s")
    places = frozenset({Place.BOX})
