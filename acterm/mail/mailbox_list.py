"""The address fields of a header (RFC 5322 §3.4), as they come and as they are typed."""

import re
from collections.abc import Iterator

from acterm.mail.address import Address
from acterm.mail.clean import clean, clean_name
from acterm.mail.encoded_words import decoded_words

MAX_ADDRESSES = 10_000

_SIMPLE = re.compile(r'(?:"([^"\\<>]*)"\s*|([^"\\<>,;:()@]*))<([^<>\s"(),;:]+)>\Z')
_BARE = re.compile(r"[^\s<>\"(),;:@]+@[^\s<>\"(),;:@]+\Z")
_MARK = re.compile(r'\\.|[",;:()<>]', re.DOTALL)
_COMMENT = re.compile(r"\(([^()]*)\)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NEEDS_QUOTES = re.compile(r'[()<>\[\]:;@\\,."]')


def addresses(value: str) -> tuple[Address, ...]:
    """Every address of an unfolded field, groups flattened, at most MAX_ADDRESSES."""
    value = value.strip()
    if not value:
        return ()
    found = _SIMPLE.match(value)
    if found:
        quoted, plain, address = found.groups()
        return (Address(_name(quoted or plain or ""), clean_name(address)),)
    if _BARE.match(value):
        return (Address("", clean_name(value)),)
    people: list[Address] = []
    for entry in _entries(value):
        person = _address(entry)
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
        if mark[0] == "\\":
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
    if mark[0] != ":" or "@" in entry:
        yield entry


def _address(entry: str) -> Address:
    """One entry: `name <address>`, `address (name)` or whatever it is."""
    comments = _COMMENT.findall(entry)
    opened = entry.rfind("<")
    if opened >= 0:
        address = entry[opened + 1 :].partition(">")[0]
        name = _ESCAPED.sub(r"\1", _without_quotes(entry[:opened].strip()))
        return Address(_name(name) or _name(" ".join(comments)), clean_name(address))
    bare = clean_name(_COMMENT.sub("", entry).strip().strip('"'))
    if "@" not in bare:
        return Address(_name(bare), "")
    return Address(_name(" ".join(comments)), bare)


def _name(text: str) -> str:
    return _without_quotes(clean_name(decoded_words(text)))


def _without_quotes(text: str) -> str:
    for quote in "\"'":
        if len(text) > 1 and text[0] == text[-1] == quote:
            text = text[1:-1].strip()
    return text.strip('"') if text.count('"') == 1 else text
