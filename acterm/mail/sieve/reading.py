"""What a Sieve script does (RFC 5228 §2), read without running it, whoever wrote it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from acterm.mail.clean import clean

_TOKEN = re.compile(
    r"(?P<space>[\s\ufeff]+|#[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z))"
    r"|text:[ \t]*(?:#[^\n]*)?\r?\n(?P<lines>(?:(?!\.\r?$)[^\n]*\n)*+)(?:\.\r?(?:\n|\Z)|[^\n]*\Z)"
    r'|"(?P<string>(?:[^"\\]|\\.)*+)(?:"|\\?\Z)'
    r"|:?(?P<word>[A-Za-z_][\w.]*)"
    r"|(?P<sign>.)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ENDS = ";{}"
# What sends mail or its content elsewhere, throws it away, or answers in one's name.
TELLING = frozenset(
    ["redirect", "notify", "vacation", "discard", "reject", "ereject", "pipe", "execute"]
)
# Those by which mail, or word of it, leaves the mailbox.
LEAVING = frozenset(["redirect", "notify", "pipe"])
_MOST = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """One command of a script worth telling, with its last string: the address of a redirect.

    `what` has passed `clean()`.
    """

    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    end: int


def deeds(script: str) -> tuple[Deed, ...]:
    """Every telling command, in order; what stands in comments and strings is none."""
    found: list[Deed] = []
    name = what = ""
    for token in _tokens(script):
        if token.kind == "word" and token.text.lower() in TELLING and not name:
            name = token.text.lower()
        elif token.kind in ("string", "lines"):
            what = token.text
        elif token.kind == "sign" and token.text in _ENDS:
            if name:
                found.append(Deed(name, clean(what, line=True).strip()[:_MOST]))
            name = what = ""
        if len(found) >= _MOST:
            break
    return tuple(found)


def required(script: str) -> tuple[frozenset[str], int]:
    """The extensions that a script requires, in lower case, and where its first command begins.

    Everything before that place is comments and `require` (RFC 5228 §3.2: they come first).
    """
    names: set[str] = set()
    end, inside = 0, False
    for token in _tokens(script):
        if token.kind == "word" and not inside:
            if token.text.lower() != "require":
                break
            inside = True
        elif token.kind == "string":
            names.add(token.text.lower())
        elif token.text == ";" and inside:
            inside, end = False, token.end
        elif token.text not in "[],":
            break
    return frozenset(names), end


def _tokens(script: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(script):
        kind = found.lastgroup or "lines"
        if kind == "space":
            continue
        text = found[kind] or ""
        if kind == "string":
            text = _ESCAPED.sub(r"\1", text)
        if kind == "word" and found[0].startswith(":"):
            kind = "tag"
        yield _Token(kind, text, found.end())
