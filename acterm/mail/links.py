"""Numbered links: where each really leads, and whether its text says otherwise."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.domains import registrable
from acterm.mail.message import Link

MAX_LINKS = 5000

# What a link's text shows as its target: an address, or a host with or without a path. Endings
# that are as often those of files (.md, .py, .zip) do not count.
_SHOWN_ADDRESS = re.compile(r"[\w.+'-]{1,64}@((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})", re.IGNORECASE)
_SHOWN_HOST = re.compile(
    r"(?:https?://(?:[^\s/@]{1,200}@)??|(?<![\w@./-]))((?:[\w-]{1,63}\.){1,8}(?:fr|com|org|net|eu|gouv|info"
    r"|be|ch|io|edu|de|uk|es|it|lu|nl|ca|us|re|nc|pf|mq|gp|gf|yt|pm|wf|bzh|test|example))(?=[/:?#\s@),.;»”>\]]|$)",
    re.IGNORECASE,
)
# Services that only pass on, and the parameter in which they say where to.
_PASSING_ON = {
    "safelinks.protection.outlook.com": "url",
    "google.com": "q",
    "google.fr": "q",
    "urldefense.proofpoint.com": "u",
    "facebook.com": "u",
    "youtube.com": "q",
    "linkedin.com": "url",
}


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


def host_of(url: str) -> str:
    """The host a URL really leads to, in lower case; the domain of a mailto address."""
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() == "mailto":
            return clean_name(parts.path.rpartition("@")[2].lower())
        return clean_name((parts.hostname or "").rstrip("."))
    except ValueError:
        return ""


def warning_of(text: str, url: str) -> str:
    """A sentence when the text of a link names another host than the one it leads to."""
    named, host = named_host(text), host_of(url)
    if not named or not host or same_site(named, host) or same_site(named, passed_on_to(url)):
        return ""
    return _("The text says {named}, the link leads to {host}.").format(named=named, host=host)


def passed_on_to(url: str) -> str:
    """The host that a link protection or a search engine passes on to, empty without one."""
    host = host_of(url)
    for service, name in _PASSING_ON.items():
        if host == service or host.endswith("." + service):
            try:
                targets = parse_qs(urlsplit(url).query, max_num_fields=50).get(name, [""])
            except ValueError:
                return ""
            return host_of(targets[0])
    return ""


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
