"""A mail's body laid out for a width: the better alternative, wrapped, links numbered."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from acterm.i18n import _
from acterm.mail.clean import clean_name
from acterm.mail.html import HtmlText, read
from acterm.mail.marks import closed, layout, opened
from acterm.mail.message import Level, Line, Link, Message, Rendered, Sign, Style

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
_WORD = re.compile(r"\w{3,}")
MAX_LINKS = 5000
MAX_LINES = 60_000


def render(message: Message, width: int) -> Rendered:
    """The body for `width` cells (at least 20), with its links and what reading it taught.

    HTML is shown when it says or links more than the text beside it; else the text, which keeps
    its writer's lines and quotes.
    """
    width = max(width, 20)
    html = read(message.html) if message.html is not None else None
    if html is not None and _prefers_html(message, html):
        lines = _bounded(layout(html.lines, width))
        links = _links(html.links)
    else:
        marked, found = _plain_lines(message)
        lines = _bounded(layout(marked, width))
        links = _links(found)
    return Rendered(lines, links, _signs(html))


def _bounded(lines: Iterator[Line]) -> tuple[Line, ...]:
    kept = [line for line, _number in zip(lines, range(MAX_LINES), strict=False)]
    while kept and not kept[-1].text.strip():
        kept.pop()
    while kept and not kept[0].text.strip():
        kept.pop(0)
    return tuple(kept)


def _signs(html: HtmlText | None) -> tuple[Sign, ...]:
    if html is None:
        return ()
    signs = []
    if html.remote:
        signs.append(Sign("remote-content", Level.NOTE, _("Pictures from the web are left out.")))
    if html.tracker:
        words = _("A hidden picture that tells the sender you opened the mail is left out.")
        signs.append(Sign("tracker", Level.NOTE, words))
    if html.cut:
        words = _("The mail is very long: only its beginning is shown.")
        signs.append(Sign("truncated", Level.NOTE, words))
    return tuple(signs)


def _prefers_html(message: Message, html: HtmlText) -> bool:
    if message.plain is None or not message.plain.strip():
        return True
    if not html.lines:
        return False
    written = set(_WORD.findall(message.plain.lower()))
    shown = set(_WORD.findall(" ".join(html.lines).lower()))
    if len(shown - written) > 0.2 * len(shown):
        return True
    return any(
        url not in message.plain for _text, url in html.links if not url.startswith("mailto")
    )


def _plain_lines(message: Message) -> tuple[list[str], list[tuple[str, str]]]:
    """Marked lines of the text part, and its links."""
    text = (message.plain or "").expandtabs(8)
    lines = text.split("\n")
    if message.flowed:
        lines = list(_unflowed(lines, message.delsp))
    links: list[tuple[str, str]] = []
    return [_linked(line.rstrip(), links) for line in lines], links


def _unflowed(lines: list[str], delsp: bool) -> Iterator[str]:
    """Paragraphs out of format=flowed lines (RFC 3676 §4)."""
    pending, depth_before = "", -1
    for line in lines:
        bare = line.lstrip(">")
        depth = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        if pending and depth != depth_before:
            yield _quoted(pending, depth_before)
            pending = ""
        depth_before = depth
        if bare.endswith(" ") and bare != "-- ":
            pending += bare[:-1] if delsp else bare
            continue
        yield _quoted(pending + bare, depth)
        pending = ""
    if pending:
        yield _quoted(pending, depth_before)


def _quoted(text: str, depth: int) -> str:
    return f"{'>' * depth} {text}" if depth else text


def _linked(line: str, links: list[tuple[str, str]]) -> str:
    """The line with its URLs marked and numbered."""
    if "://" not in line and "www." not in line.lower():
        return line

    def number(found: re.Match[str]) -> str:
        url = found[0].rstrip(_TRAILING)
        if found[0][len(url) : len(url) + 1] == ")" and "(" in url:
            url += ")"
        if len(links) >= MAX_LINKS:
            return found[0]
        links.append((url, url))
        rest = found[0][len(url) :]
        return f"{opened(Style.LINK)}{url}{closed(Style.LINK)}⟦{len(links)}⟧{rest}"

    return _URL.sub(number, line)


def _links(found: list[tuple[str, str]]) -> tuple[Link, ...]:
    return tuple(
        Link(number, clean_name(text), url, host_of(url), warning_of(text, host_of(url)))
        for number, (text, url) in enumerate(((text, _absolute(url)) for text, url in found), 1)
    )


def _absolute(url: str) -> str:
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


def warning_of(text: str, host: str) -> str:
    """A sentence when the text of a link names another host than the one it leads to."""
    named = named_host(text)
    if not named or not host or same_site(named, host):
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
    return (
        one == other
        or one.endswith("." + other)
        or other.endswith("." + one)
        or registered(one) == registered(other)
    )


def registered(host: str) -> str:
    """The domain that somebody has registered (public suffix list, offline)."""
    from acterm.mail.domains import registrable

    return registrable(host)
