"""The folder list: names, nesting, what each folder is for, how many mails are in it."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from imapclient import imap_utf7

from acterm.errors import BadData, Refused
from acterm.mail.clean import clean
from acterm.mail.folder import ListedFolder, Role
from acterm.net.imap import parse
from acterm.net.imap.answer import Answer, Response, quoted
from acterm.net.imap.link import Link
from acterm.net.imap.parse import Value

_MAX_FOLDERS = 10_000
_TOGETHER = 16
_MAX_STATUS = 100

_SPECIAL_USE = {
    b"\\drafts": Role.DRAFTS,
    b"\\sent": Role.SENT,
    b"\\archive": Role.ARCHIVE,
    b"\\junk": Role.JUNK,
    b"\\trash": Role.TRASH,
    b"\\all": Role.ALL,
    b"\\flagged": Role.FLAGGED,
}

# Folded names, the likeliest first: what webmails and mail programs in French, English and
# German call these folders.
_NAMES = {
    Role.SENT: (
        "envoyes, elements envoyes, messages envoyes, courrier envoye, mails envoyes, sent,"
        " sent items, sent messages, sent mail, gesendet, gesendete elemente, gesendete objekte"
    ),
    Role.TRASH: (
        "corbeille, elements supprimes, messages supprimes, supprimes, poubelle, trash, bin,"
        " deleted items, deleted messages, deleted, papierkorb, geloschte elemente"
    ),
    Role.DRAFTS: "brouillons, brouillon, drafts, draft, entwurfe",
    Role.JUNK: (
        "indesirables, indesirable, courrier indesirable, courriers indesirables,"
        " messages indesirables, pourriel, pourriels, spam, junk, junk e-mail, junk email,"
        " junk mail, junk-e-mail, unerwunscht, spamverdacht"
    ),
    Role.ARCHIVE: "archives, archive, elements archives, messages archives, archiv",
}


@dataclass(slots=True)
class _Row:
    """One LIST answer, with its STATUS once known. `path` is the server's own name."""

    path: bytes
    delimiter: str
    attributes: frozenset[bytes]
    status: dict[bytes, Value] = field(default_factory=dict)

    @property
    def selectable(self) -> bool:
        return not self.attributes & {b"\\noselect", b"\\nonexistent"}


def encoded(path: str) -> bytes:
    """A folder's path as an argument."""
    return quoted(path.encode("latin-1"))


def special_use(role: Role) -> bytes:
    """The attribute that says what a folder is for (RFC 6154), empty without one."""
    return next((name for name, known in _SPECIAL_USE.items() if known is role), b"")


def path_of(name: str, prefix: str = "") -> str:
    """The path of a folder that a person names (modified UTF-7, RFC 3501 §5.1.3)."""
    return prefix + bytes(imap_utf7.encode(name)).decode("latin-1")


def listed(link: Link, known: Sequence[str] = ()) -> list[ListedFolder]:
    """Every folder of the account with its counts, in the server's order.

    STATUS of the `known` ones goes before LIST, all in one round trip: after LIST or in its
    answer, Dovecot opens the inbox for it, which takes 40 ms with 100 000 mails.
    """
    link.settle()
    some = known if len(known) <= _MAX_STATUS else ()
    counts = [link.send(b"STATUS", encoded(path), _counts(link)) for path in some]
    namespace = _ask_namespace(link)
    listing = _ask_list(link, counts=not some)
    counted = [line for tag in counts for line in _told(link, tag)]
    prefix = _prefix(link.answer(namespace)) if namespace else ""
    rows = _rows(link, listing, counted)
    names = [_display(row.path, prefix) for row in rows]
    roles = _roles(rows, names)
    return [_folder(row, name, role) for row, name, role in zip(rows, names, roles, strict=True)]


def _folder(row: _Row, name: str, role: Role) -> ListedFolder:
    def count(item: bytes) -> int:
        return parse.number(row.status.get(item))

    return ListedFolder(
        path=row.path.decode("latin-1"),
        name=name,
        delimiter=row.delimiter,
        role=role,
        messages=count(b"MESSAGES"),
        unread=count(b"UNSEEN"),
        selectable=row.selectable,
        uidvalidity=count(b"UIDVALIDITY"),
        uidnext=count(b"UIDNEXT"),
        highest_modseq=count(b"HIGHESTMODSEQ"),
    )


def sizes(link: Link, paths: Sequence[str]) -> dict[str, int]:
    """The bytes in each of these folders (RFC 8438), nothing where the server does not tell."""
    if "STATUS=SIZE" not in link.capabilities:
        return {}
    found = {}
    for path in paths:
        link.settle()
        for line in _told(link, link.send(b"STATUS", encoded(path), b"(SIZE)")):
            match _readable(line):
                case (_name, tuple() as told, *_rest):
                    found[path] = parse.number(parse.pairs(told).get(b"SIZE"))
    return found


def personal_prefix(link: Link) -> str:
    """What stands before every folder but INBOX: "INBOX." on Courier (RFC 2342)."""
    link.settle()
    namespace = _ask_namespace(link)
    return _prefix(link.answer(namespace)) if namespace else ""


def _ask_namespace(link: Link) -> bytes:
    """The tag of the question, none where the server knows no namespaces."""
    return link.send(b"NAMESPACE") if "NAMESPACE" in link.capabilities else b""


def _prefix(answer: Answer) -> str:
    for line in answer.named(b"NAMESPACE"):
        match _readable(line):
            case (((bytes() as prefix, *_rest), *_others), *_more):
                return prefix.decode("latin-1")
    return ""


def _rows(link: Link, listing: bytes, counted: Sequence[Response]) -> list[_Row]:
    answer = _list(link, listing)
    rows: dict[bytes, _Row] = {}
    for line in answer.named(b"LIST")[:_MAX_FOLDERS]:
        match _readable(line):
            case (tuple() as attributes, delimiter, name, *_extended):
                path = parse.text(name)
                if path and not set(path) & set(b"\r\n\0"):
                    rows[_key(path)] = _Row(path, _text(delimiter), _lower(attributes))
    _count(rows, [*counted, *answer.named(b"STATUS")])
    _ask_counts(link, [row for row in rows.values() if row.selectable and not row.status])
    return list(rows.values())


def _ask_list(link: Link, *, counts: bool) -> bytes:
    """LIST with all that the server can tell in one answer (RFC 5819, RFC 6154)."""
    offered = link.capabilities
    wanted = []
    if "SPECIAL-USE" in offered and offered & {"LIST-EXTENDED", "LIST-STATUS"}:
        wanted.append(b"SPECIAL-USE")
    if counts and "LIST-STATUS" in offered:
        wanted.append(b"STATUS " + _counts(link))
    extended = b" RETURN (%s)" % b" ".join(wanted) if wanted else b""
    return link.send(b'LIST "" "*"' + extended)


def _list(link: Link, listing: bytes) -> Answer:
    """What was asked, or the plain form, which every server must know."""
    try:
        return link.answer(listing)
    except Refused:
        return link.answer(link.send(b'LIST "" "*"'))


def _counts(link: Link) -> bytes:
    modseq = b" HIGHESTMODSEQ" if "CONDSTORE" in link.capabilities else b""
    return b"(MESSAGES UNSEEN UIDNEXT UIDVALIDITY%s)" % modseq


def _ask_counts(link: Link, rows: list[_Row]) -> None:
    """STATUS of each folder, some at a time on the way; a folder that refuses counts nothing."""
    for start in range(0, len(rows), _TOGETHER):
        together = rows[start : start + _TOGETHER]
        link.settle()
        tags = [link.send(b"STATUS", quoted(row.path), _counts(link)) for row in together]
        counted = [line for tag in tags for line in _told(link, tag)]
        _count({_key(row.path): row for row in together}, counted)


def _told(link: Link, tag: bytes) -> list[Response]:
    """What STATUS told, nothing when it was refused."""
    try:
        return link.answer(tag).named(b"STATUS")
    except Refused:
        return []


def _count(rows: dict[bytes, _Row], counted: Iterable[Response]) -> None:
    for line in counted:
        match _readable(line):
            case (name, tuple() as counts, *_rest) if row := rows.get(_key(parse.text(name))):
                row.status = parse.pairs(counts)


def _key(path: bytes) -> bytes:
    """INBOX is the same folder in any case, and no other is (RFC 9051 §5.1)."""
    return path.upper() if path.upper() == b"INBOX" else path


def _readable(line: Response) -> tuple[Value, ...]:
    """The line's tokens, none when it makes no sense: one odd folder hides no other."""
    try:
        return line.values
    except BadData:
        return ()


def _display(path: bytes, prefix: str) -> str:
    """The name a person reads, without the prefix that every folder has."""
    shown = path.removeprefix(prefix.encode("latin-1")) or path
    try:
        name = str(imap_utf7.decode(shown))
    except (ValueError, UnicodeError):
        name = shown.decode("utf-8", "replace")
    return clean(name, line=True)


def _roles(rows: list[_Row], names: list[str]) -> list[Role]:
    """One folder at most for each role: by special use, else by the likeliest name."""
    roles = [Role.INBOX if _key(row.path) == b"INBOX" else _special_use(row) for row in rows]
    folded = [_folded(name) for name in names]
    for role in set(Role) - {Role.NONE}:
        holders = [index for index, held in enumerate(roles) if held is role]
        for index in holders[1:]:
            roles[index] = Role.NONE
        likeliest = None if holders else _likeliest(role, rows, folded, roles)
        if likeliest is not None:
            roles[likeliest] = role
    return roles


def _special_use(row: _Row) -> Role:
    return next((_SPECIAL_USE[name] for name in row.attributes if name in _SPECIAL_USE), Role.NONE)


def _likeliest(role: Role, rows: list[_Row], folded: list[str], roles: list[Role]) -> int | None:
    for name in _NAMES.get(role, "").split(", "):
        for index, row in enumerate(rows):
            if folded[index] == name and row.selectable and roles[index] is Role.NONE:
                return index
    return None


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _lower(attributes: Iterable[Value]) -> frozenset[bytes]:
    return frozenset(parse.text(attribute).lower() for attribute in attributes)


def _text(value: Value) -> str:
    return parse.text(value).decode("latin-1")
