"""Commands about the mails of the open folder: FETCH, STORE, SEARCH, COPY, MOVE (RFC 9051 §6.4)."""

import re
from collections.abc import Iterator

from acterm.demo.imap_fetch import answer, items, marks_seen
from acterm.demo.imap_folders import named
from acterm.demo.imap_search import matching
from acterm.demo.imap_session import Handler, Session
from acterm.demo.imap_wire import Bad, No, Token, in_set, text, words
from acterm.demo.mailbox import SEEN, Folder

_DELETED = "\\Deleted"


def _opened(session: Session, *, writing: bool = False) -> Folder:
    if session.opened is None:
        raise Bad("open a folder first")
    if writing and session.read_only:
        raise No("[READ-ONLY] the folder is open for reading")
    return session.opened


def _chosen(session: Session, numbers: Token, *, by_uid: bool) -> Iterator[tuple[int, int]]:
    """Sequence number and UID of each mail that is meant and still there."""
    folder = _opened(session)
    last = (session.view[-1] if session.view else 0) if by_uid else len(session.view)
    ranges = in_set(text(numbers), last)
    for number, uid in enumerate(list(session.view), 1):
        if uid in folder.mails and any((uid if by_uid else number) in some for some in ranges):
            yield number, uid


def _fetch(session: Session, arguments: list[Token], *, by_uid: bool = False) -> str:
    folder, asked = _opened(session), items(arguments[1])
    if by_uid and "UID" not in map(str.upper, asked):
        asked = ["UID", *asked]
    seen = marks_seen(asked) and not session.read_only
    for number, uid in _chosen(session, arguments[0], by_uid=by_uid):
        if seen:
            folder.set_flags(uid, folder.mails[uid].flags | {SEEN})
        session.say(b"%d FETCH " % number + answer(folder.mails[uid], asked))
    return "fetched"


def _store(session: Session, arguments: list[Token], *, by_uid: bool = False) -> str:
    folder, how = _opened(session, writing=True), text(arguments[1]).upper()
    change = re.fullmatch(r"([+-]?)FLAGS(\.SILENT)?", how)
    if not change:
        raise Bad(f"STORE {how}")
    given = frozenset(flag for token in arguments[2:] for flag in words(token))
    for number, uid in _chosen(session, arguments[0], by_uid=by_uid):
        before = folder.mails[uid].flags
        after = {"+": before | given, "-": before - given, "": given}[change[1]]
        folder.set_flags(uid, after)
        if change[2]:
            session.told[uid] = after
        else:
            session.tell_flags(number, folder.mails[uid])
    return "stored"


def _search(session: Session, arguments: list[Token], *, by_uid: bool = False) -> str:
    folder = _opened(session)
    if words(arguments[0])[0].upper() == "CHARSET":
        arguments = arguments[2:]
    last_uid = session.view[-1] if session.view else 0
    test = matching(arguments, len(session.view), last_uid)
    found = [
        b"%d" % (uid if by_uid else number)
        for number, uid in enumerate(session.view, 1)
        if uid in folder.mails and test(folder.mails[uid], number)
    ]
    session.say(b" ".join([b"SEARCH", *found]))
    return "searched"


def _copy(session: Session, arguments: list[Token], *, by_uid: bool = False) -> str:
    return f"[{_copied(session, arguments, by_uid=by_uid)[0]}] copied"


def _copied(session: Session, arguments: list[Token], *, by_uid: bool) -> tuple[str, list[int]]:
    """Copy, and return the COPYUID code and the UIDs that were copied."""
    folder, target = _opened(session), named(session, arguments[1], "TRYCREATE")
    uids = [uid for _number, uid in _chosen(session, arguments[0], by_uid=by_uid)]
    if not uids:
        raise No("[NONEXISTENT] no such mail")
    mails = [folder.mails[uid] for uid in uids]
    new = [target.append(mail.source, mail.flags, mail.received) for mail in mails]
    return f"COPYUID {target.uidvalidity} {_joined(uids)} {_joined(new)}", uids


def _joined(uids: list[int]) -> str:
    return ",".join(map(str, uids))


def _move(session: Session, arguments: list[Token], *, by_uid: bool = False) -> str:
    folder = _opened(session, writing=True)
    code, uids = _copied(session, arguments, by_uid=by_uid)
    session.say(f"OK [{code}] moved".encode())
    folder.remove(uids)
    return "moved"


def _expunge(session: Session, arguments: list[Token], *, by_uid: bool = False) -> str:
    folder = _opened(session, writing=True)
    everyone = "1:*" if not by_uid else arguments[0]
    chosen = [uid for _number, uid in _chosen(session, everyone, by_uid=by_uid)]
    folder.remove([uid for uid in chosen if _DELETED in folder.mails[uid].flags])
    return "expunged"


def _uid(session: Session, arguments: list[Token]) -> str:
    """UID before a command: its numbers are UIDs."""
    command = _BY_UID.get(text(arguments[0]).upper())
    if command is None:
        raise Bad("UID of what?")
    return command(session, arguments[1:], by_uid=True)


def _close(session: Session, arguments: list[Token]) -> str:
    if not session.read_only:
        _expunge(session, [])
    return _unselect(session, arguments)


def _unselect(session: Session, arguments: list[Token]) -> str:
    _opened(session)
    session.leave()
    return "closed"


_BY_UID = {
    "FETCH": _fetch,
    "STORE": _store,
    "SEARCH": _search,
    "COPY": _copy,
    "MOVE": _move,
    "EXPUNGE": _expunge,
}

HANDLERS: dict[str, Handler] = {
    **_BY_UID,
    "UID": _uid,
    "CLOSE": _close,
    "UNSELECT": _unselect,
}
