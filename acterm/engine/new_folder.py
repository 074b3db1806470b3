"""A folder that a person moves mail into and the server lacks: noted here, then made there."""

from contextlib import suppress

from acterm.errors import Refused
from acterm.i18n import N_, _
from acterm.mail.folder import Folder, Role
from acterm.net.imap import Imap
from acterm.store import folders
from acterm.store.connection import Connection
from acterm.store.db import Store

# Names that every mail program and webmail takes for what they are (acterm.net.imap.folders).
_NAMES = {
    Role.ARCHIVE: N_("Archives"),
    Role.TRASH: N_("Bin"),
    Role.JUNK: N_("Junk mail"),
}


def planned(db: Connection, account_id: int, role: Role) -> Folder | None:
    """A row for the folder, to be made on the server before the mail moves; None for others."""
    return folders.plan(db, account_id, role, _(_NAMES[role])) if role in _NAMES else None


def made(imap: Imap, store: Store, folder: Folder) -> Folder:
    """The planned folder as the server has it now, made and subscribed to.

    One that appeared there meanwhile is taken instead. Raises Refused.
    """
    path = _path_on_server(imap, folder)
    with suppress(Refused):  # it is there all the same
        imap.subscribe(path)
    with store.write(durable=True) as db:
        return folders.carry_out(db, folder, path)


def _path_on_server(imap: Imap, folder: Folder) -> str:
    for entry in imap.folders():
        if entry.role is folder.role and entry.selectable:
            return entry.path
    return imap.create_folder(folder.name, folder.role)
