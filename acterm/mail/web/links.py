"""Numbered links: where each really leads, and whether its text says otherwise."""

import re
from collections.abc import Iterable, Iterator

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.message import Link
from acterm.mail.web.domains import registrable
from acterm.mail.web.redirect import host_of, target_of

__all__ = [
    "absolute",
    "bare_urls",
    "end_of",
    "host_of",
    "named_host",
    "numbered",
    "same_site",
    "warning_of",
]

MAX_LINKS = 5000

_URL = re.compile(
    r"(?<![\w⟦])(?:https?://|www\.(?=[\w-]+\.))[^\s<>\"«»⟦⟧\u00a0\u202f]+", re.IGNORECASE
)
_TRAILING = ".,;:!?'’)]}*_>"

# What a link's text shows as its target: an address, or a host with or without a path. Endings
# that are as often those of files (.md, .py, .zip) do not count.
_SHOWN_ADDRESS = re.compile(r"[\w.+'-]{1,64}@((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})", re.IGNORECASE)
_SHOWN_HOST = re.compile(
    r"(?:https?://(?:[^\s/@]{1,200}@)??|(?<![\w@./-]))((?:[\w-]{1,63}\.){1,8}(?:fr|com|org|net|eu|gouv|info"
    r"|be|ch|io|edu|de|uk|es|it|lu|nl|ca|us|re|nc|pf|mq|gp|gf|yt|pm|wf|bzh|test|example))(?=[/:?#\s@),.;»”>\]]|$)",
    re.IGNORECASE,
)


def bare_urls(text: str) -> Iterator[tuple[int, int]]:
    """Where the addresses of the web stand in a text, without the sentence's own signs."""
    for found in _URL.finditer(text):
        url = found[0].rstrip(_TRAILING)
        if found[0][len(url) : len(url) + 1] == ")" and "(" in url:
            url += ")"
        yield found.start(), found.start() + len(url)


def numbered(found: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
    """Links from their texts and URLs in order; the numbers begin at 1."""
    links = []
    for number, (text, given) in enumerate(found, 1):
        url = absolute(given)
        links.append(Link(number, clean_name(text), url, host_of(url), warning_of(text, url)))
    return tuple(links)


def absolute(url: str) -> str:
    """A URL as one opens it: with a scheme, without spaces."""
    url = clean_name(url).replace(" ", "%20")
    return f"https://{url}" if url.lower().startswith("www.") else url


def end_of(link: Link) -> str:
    """Where a link that only passes on ends, as its address says; empty for any other."""
    return link.target if link.target != link.url else ""


def warning_of(text: str, url: str) -> str:
    """A sentence when the text of a link names another host than the one it leads to."""
    named = named_host(text)
    host = host_of(url) if named else ""
    if not host or same_site(named, host) or same_site(named, host_of(target_of(url))):
        return ""
    return _("The text says {named}, the link leads to {host}.").format(named=named, host=host)


def named_host(text: str) -> str:
    """The host that a link's text shows, that of an address too; empty when it shows none."""
    text = clean_name(text)[:2000]
    address = _SHOWN_ADDRESS.fullmatch(text.strip("<>()«»“” .\u00a0\u202f"))
    found = address or _SHOWN_HOST.search(text)
    return found[1].lower() if found else ""


def same_site(one: str, other: str) -> bool:
    """Whether two hosts belong to one registered domain."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    if not one or not other:
        return False
    return (
        one == other
        or one.endswith("." + other)
        or other.endswith("." + one)
        or registrable(one) == registrable(other)
    )
