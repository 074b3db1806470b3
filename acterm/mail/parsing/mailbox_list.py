"""The address fields of a header (RFC 5322 §3.4), as they come and as they are typed."""

import re
from collections.abc import Iterator

from acterm.mail.address import Address
from acterm.mail.clean import clean, clean_name
from acterm.mail.parsing.encoded_words import decoded_words

MAX_ADDRESSES = 10_000
MAX_NAME = 1 << 10

_NOBODY = Address("", "")
_SIMPLE = re.compile(r'(?:"([^"\\<>]*)"\s*|([^"\\<>,;:()@]*))<([^<>\s"(),;:]+)>\Z')
_BARE = re.compile(r"[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+\Z")
# Brackets, `a@[IPv6:2001:db8::1]`, `[mailto:a@b]`, hold colons that mean nothing here.
_MARK = re.compile(r'\\.|\[[^\s\[\]"<>]{1,200}\]|[",;:()<>]', re.DOTALL)
_COMMENT_MARK = re.compile(r'\\.|["()]', re.DOTALL)
_AROUND_MARKS = re.compile(r" ?([@.]) ?")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_BRACKETED = re.compile(r"\[(?:mailto:)?([^\s\[\]<>]{1,200}@[^\s\[\]<>]{1,200})\]\Z")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NEEDS_QUOTES = re.compile(r'[()<>\[\]:;@\\,."]')


def addresses(value: str) -> tuple[Address, ...]:
    """Every address of an unfolded field, groups flattened, at most MAX_ADDRESSES."""
    value = value.strip()
    if not value:
        return ()
    if person := _plain(value):
        return (person,)
    people: list[Address] = []
    for entry in _entries(value):
        for one in _apart(entry):
            person = _address(one) if one else _NOBODY
            if person.label:
                people.append(person)
        if len(people) >= MAX_ADDRESSES:
            break
    return tuple(people)


def format_address(entry: Address) -> str:
    """An address as one types it, quoted where the name needs it."""
    if not entry.name:
        return entry.address
    if _NEEDS_QUOTES.search(entry.name):
        quoted = entry.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{entry.address}>'
    return f"{entry.name} <{entry.address}>"


def parse_recipients(typed: str) -> tuple[tuple[Address, ...], tuple[str, ...]]:
    """What was typed into a recipient field: the addresses, and the words that are none.

    Commas, semicolons and line ends separate.
    """
    people, unreadable = [], []
    for entry in _entries(typed.replace("\n", ",")):
        if not entry.strip():
            continue
        person = _address(entry)
        local, _at, domain = person.address.rpartition("@")
        if local and domain:
            people.append(person)
        else:
            unreadable.append(clean(entry, line=True).strip())
    return tuple(people), tuple(unreadable)


def _entries(value: str) -> Iterator[str]:
    """The field cut at its commas and group marks, outside quotes, comments and brackets."""
    start, depth, angle = 0, 0, -1
    quoted = False
    for found in _MARK.finditer(value):
        mark = found[0]
        if mark[0] in "\\[":
            continue
        if quoted:
            quoted = mark != '"'
        elif mark == '"':
            quoted = not depth
        elif mark in "()":
            depth = max(0, depth + (1 if mark == "(" else -1))
        elif depth:
            continue
        elif mark in "<>":
            angle = found.start() if mark == "<" else -1
        elif angle < 0 or (mark == "," and value[angle + 1] != "@"):
            yield from _closed_entry(value, start, found)
            start, angle = found.end(), -1
    rest = value[start:]
    if quoted or depth:  # never closed: then the marks mean nothing
        yield from re.split("[,;]", rest)
    else:
        yield rest


def _closed_entry(value: str, start: int, mark: re.Match[str]) -> Iterator[str]:
    """What stands before a mark; a group's name, before a colon, says nothing about who is in it.

    But an address before a colon is a trick: it is there to be taken for the sender.
    """
    entry = value[start : mark.start()]
    if mark[0] != ":" or "@" in _without_comments(entry)[0]:
        yield entry


def _apart(entry: str) -> list[str]:
    """The addresses of an entry that nothing but spaces separate, else the entry itself."""
    words = entry.split() if entry.count("@") > 1 else []
    return words if all(map(_BARE.match, words)) and words else [entry.strip()]


def _plain(entry: str) -> Address | None:
    """An entry written as nearly all are; None for the others."""
    if found := _SIMPLE.match(entry):
        quoted, plain, address = found.groups()
        if "=?" in address:
            return None
        return Address(_name(quoted or plain or ""), clean_name(address))
    return Address("", clean_name(entry)) if _BARE.match(entry) else None


def _address(entry: str) -> Address:
    """One entry: `name <address>`, `address (name)` or whatever it is."""
    entry = entry.strip()
    if person := _plain(entry):
        return person
    if "=?" in entry and "@" not in entry and "@" in (told := decoded_words(entry)):
        entry = told  # some mailers encode the address together with the name
    entry = _BRACKETED.sub(r"<\1>", entry)
    text, comments = _without_comments(entry)
    opened = text.rfind("<")
    if opened >= 0:
        alone = not comments or not text[:opened].strip("< ")
        name = text[:opened].rstrip("< ") if alone else entry[: entry.rfind("<")].rstrip("< ")
        address = text[opened + 1 :].partition(">")[0]
    else:
        name, address = _bare(text.strip(" >"))
    name, address = _name(_unquoted(name)), _addr_spec(address)
    return Address(name or (_name(" ".join(comments)) if address else ""), address)


def _bare(text: str) -> tuple[str, str]:
    """Name and address of an entry without brackets: an address, maybe after a name."""
    if text.count('"') == 1 or (text[:1] == text[-1:] == '"' and text.count('"') == 2):
        text = text.strip('"')
    at = text.rfind("@")
    if at < 0:
        return text, ""
    local = text[:at].rstrip()
    begun = _quote_begin(local) if local.endswith('"') else local.rfind(" ") + 1
    name = local[:begun].strip()
    return ("", text) if "@" in name else (name, text[len(name) :])


def _quote_begin(local: str) -> int:
    """Where the quoted part that ends a text begins."""
    begun = local.rfind('"', 0, -1)
    while begun > 0 and local[begun - 1] == "\\":
        begun = local.rfind('"', 0, begun)
    return max(begun, 0)


def _addr_spec(text: str) -> str:
    """An address without the spaces, the route and the scheme that it may be written with.

    The route, `@one,@two:`, is of RFC 5322 §4.4.
    """
    text = clean_name(decoded_words(text))
    if " " in text and '"' not in text:
        text = _AROUND_MARKS.sub(r"\1", " ".join(text.split()))
    if text.startswith("@"):
        text = text.rpartition(":")[2].strip() or text
    return text.removeprefix("mailto:")


def _without_comments(text: str) -> tuple[str, list[str]]:
    """The text outside comments, which may nest, and the comments (RFC 5322 §3.2.2).

    A comment that never ends is none.
    """
    if "(" not in text:
        return text, []
    kept, comments = list[str](), list[str]()
    depth = start = 0
    quoted = False
    for found in _COMMENT_MARK.finditer(text):
        mark = found[0]
        if mark == '"' and not depth:
            quoted = not quoted
        elif mark == "(" and not quoted:
            if not depth:
                kept.append(text[start : found.start()])
                start = found.end()
            depth += 1
        elif mark == ")" and depth:
            depth -= 1
            if not depth:
                comments.append(_ESCAPED.sub(r"\1", text[start : found.start()]).strip())
                start = found.end()
    kept.append(text[start - 1 if depth else start :])
    return "".join(kept), comments


def _unquoted(text: str) -> str:
    """A display name without the quotation marks that only hold it together."""
    return _ESCAPED.sub(r"\1", _QUOTED.sub(r"\1", text)).strip()


def _name(text: str) -> str:
    return _without_quotes(clean_name(decoded_words(text)))[:MAX_NAME]


def _without_quotes(text: str) -> str:
    for quote in "\"'":
        if len(text) > 1 and text[0] == text[-1] == quote:
            text = text[1:-1].strip()
    return text.strip('"') if text.count('"') == 1 else text
