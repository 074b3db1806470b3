"""Commands about whole folders: LIST, STATUS, SELECT, CREATE, APPEND, QUOTA (RFC 9051 §6.3)."""

import re
import time
from collections.abc import Callable
from imaplib import Internaldate2tuple

from imapclient import imap_utf7

from acterm.demo.imap_session import Handler, Session
from acterm.demo.imap_wire import Bad, No, Token, group, string, text, words
from acterm.demo.mailbox import Folder

_FLAGS = b"(\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded)"
_COUNTS: dict[str, Callable[[Folder], int]] = {
    "MESSAGES": lambda folder: len(folder.mails),
    "RECENT": lambda _folder: 0,
    "UIDNEXT": lambda folder: folder.uidnext,
    "UIDVALIDITY": lambda folder: folder.uidvalidity,
    "UNSEEN": lambda folder: folder.unseen,
}


def named(session: Session, token: Token, code: str = "NONEXISTENT") -> Folder:
    """The folder that a modified UTF-7 name means; No when there is none."""
    folder = session.mailbox.folder(_decoded(token))
    if folder is None:
        raise No(f"[{code}] no such folder")
    return folder


def _decoded(token: Token) -> str:
    return str(imap_utf7.decode(text(token).encode()))


def _encoded(name: str) -> bytes:
    return string(bytes(imap_utf7.encode(name)))


def _list(session: Session, arguments: list[Token]) -> str:
    """LIST with the selection and return options of RFC 5258, RFC 5819 and RFC 6154."""
    selection = words(arguments.pop(0)) if isinstance(arguments[0], list) else []
    patterns, given = words(arguments[1]), arguments[3:4]
    wanted = given[0] if given and isinstance(given[0], list) else []
    if patterns == [""]:
        session.say(b'LIST (\\Noselect) "/" ""')
        return "done"
    allowed = re.compile("|".join(map(_pattern, patterns)))
    for folder in session.mailbox.folders.values():
        if not allowed.fullmatch(bytes(imap_utf7.encode(folder.name)).decode()):
            continue
        if "SPECIAL-USE" in map(str.upper, selection) and not folder.use:
            continue
        session.say(b"LIST " + _line(session, folder))
        for at, option in enumerate(wanted):
            if isinstance(option, str) and option.upper() == "STATUS":
                session.say(_status_line(folder, words(wanted[at + 1])))
    return "done"


def _pattern(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", ".*").replace("%", "[^/]*")


def _line(session: Session, folder: Folder) -> bytes:
    parent = any(other.startswith(folder.name + "/") for other in session.mailbox.folders)
    flags = [b"\\HasChildren" if parent else b"\\HasNoChildren"]
    flags += [b"\\" + folder.use.encode()] if folder.use else []
    return group(flags) + b' "/" ' + _encoded(folder.name)


def _lsub(session: Session, arguments: list[Token]) -> str:
    """Every folder is subscribed."""
    allowed = re.compile(_pattern(text(arguments[1])))
    for folder in session.mailbox.folders.values():
        if allowed.fullmatch(bytes(imap_utf7.encode(folder.name)).decode()):
            session.say(b"LSUB " + _line(session, folder))
    return "done"


def _status(session: Session, arguments: list[Token]) -> str:
    session.say(_status_line(named(session, arguments[0]), words(arguments[1])))
    return "done"


def _status_line(folder: Folder, items: list[str]) -> bytes:
    counted = [f"{item.upper()} {_COUNTS[item.upper()](folder)}".encode() for item in items]
    return b"STATUS " + _encoded(folder.name) + b" " + group(counted)


def _select(session: Session, arguments: list[Token], *, read_only: bool = False) -> str:
    session.leave()
    folder = named(session, arguments[0])
    session.open(folder, read_only=read_only)
    session.say(b"FLAGS " + _FLAGS)
    session.say(b"OK [PERMANENTFLAGS " + _FLAGS[:-1] + b" \\*)] these are kept")
    session.say(b"%d EXISTS" % len(session.view))
    session.say(b"0 RECENT")
    session.say(b"OK [UIDVALIDITY %d] UIDs are valid" % folder.uidvalidity)
    session.say(b"OK [UIDNEXT %d] the next" % folder.uidnext)
    return "[READ-ONLY] opened" if read_only else "[READ-WRITE] opened"


def _examine(session: Session, arguments: list[Token]) -> str:
    return _select(session, arguments, read_only=True)


def _create(session: Session, arguments: list[Token]) -> str:
    name = _decoded(arguments[0]).rstrip("/")
    if session.mailbox.folder(name):
        raise No("[ALREADYEXISTS] there is one")
    session.mailbox.create(name)
    return "created"


def _delete(session: Session, arguments: list[Token]) -> str:
    folder = named(session, arguments[0])
    if folder.name == "INBOX":
        raise No("[CANNOT] the inbox stays")
    del session.mailbox.folders[folder.name]
    return "deleted"


def _rename(session: Session, arguments: list[Token]) -> str:
    folder, name = named(session, arguments[0]), _decoded(arguments[1])
    if session.mailbox.folder(name):
        raise No("[ALREADYEXISTS] there is one")
    folders = session.mailbox.folders
    folders[name] = folders.pop(folder.name)
    folder.name = name
    return "renamed"


def _append(session: Session, arguments: list[Token]) -> str:
    """APPEND folder [flags] [date] mail."""
    folder, source = named(session, arguments[0], "TRYCREATE"), arguments[-1]
    if not isinstance(source, bytes):
        raise Bad("the mail is missing")
    flags = next((words(each) for each in arguments[1:-1] if isinstance(each, list)), [])
    dates = [each for each in arguments[1:-1] if isinstance(each, bytes)]
    moment = Internaldate2tuple(b'INTERNALDATE "' + dates[0] + b'"') if dates else None
    uid = folder.append(source, flags, time.mktime(moment) if moment else time.time())
    return f"[APPENDUID {folder.uidvalidity} {uid}] kept"


def _quota(session: Session, arguments: list[Token]) -> str:
    used, limit = session.mailbox.quota
    session.say(b'QUOTA "" (STORAGE %d %d)' % (used, limit))
    return "done"


def _quota_root(session: Session, arguments: list[Token]) -> str:
    session.say(b"QUOTAROOT " + _encoded(named(session, arguments[0]).name) + b' ""')
    return _quota(session, arguments)


def _namespace(session: Session, arguments: list[Token]) -> str:
    session.say(b'NAMESPACE (("" "/")) NIL NIL')
    return "done"


def _identity(session: Session, arguments: list[Token]) -> str:
    session.say(b'ID ("name" "acterm demo")')
    return "done"


def _enable(session: Session, arguments: list[Token]) -> str:
    session.say(b"ENABLED")
    return "done"


def _subscribed(session: Session, arguments: list[Token]) -> str:
    named(session, arguments[0])
    return "done"


HANDLERS: dict[str, Handler] = {
    "LIST": _list,
    "LSUB": _lsub,
    "STATUS": _status,
    "SELECT": _select,
    "EXAMINE": _examine,
    "CREATE": _create,
    "DELETE": _delete,
    "RENAME": _rename,
    "SUBSCRIBE": _subscribed,
    "UNSUBSCRIBE": _subscribed,
    "APPEND": _append,
    "GETQUOTA": _quota,
    "GETQUOTAROOT": _quota_root,
    "NAMESPACE": _namespace,
    "ID": _identity,
    "ENABLE": _enable,
}
