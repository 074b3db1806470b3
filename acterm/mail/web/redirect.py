"""Addresses that only pass on: where they say they lead, read from the address and never asked.

Link protections and click counters. Only services known by name are believed: any page may carry
another address as a parameter.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from acterm.mail.clean import clean_name
from acterm.mail.web.redirect_codes import (
    customer_io,
    mailgun,
    mandrill,
    proofpoint_2,
    proofpoint_3,
    readable,
    substack,
)
from acterm.mail.web.redirect_names import COUNTERS, SHORTENERS

_MAX_URL = 8192
_LONGEST_HOST = 253
_DEEPEST = 5
_TARGET = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_WEB_START = re.compile(r"^(?P<scheme>https?):[\\/]*(?P<rest>[^?#]*)", re.IGNORECASE)

Reader = Callable[[SplitResult, Mapping[str, str]], str]


@lru_cache(maxsize=2048)
def host_of(url: str) -> str:
    """The host a URL really leads to, in lower case; the domain of a mailto address.

    Read as browsers do (WHATWG URL §4.4, §3.5), who see more in it than RFC 3986.
    """
    try:
        parts = urlsplit(_WEB_START.sub(_plain_start, url))
        if parts.scheme.lower() == "mailto":
            return clean_name(parts.path.rpartition("@")[2].lower())
        host = normalize("NFKC", unquote(parts.hostname or "")).replace("。", ".")
        return clean_name(host.rstrip(".").lower())
    except ValueError:
        return ""


def _plain_start(start: re.Match[str]) -> str:
    """The part of a web address before its query, with slashes where a browser reads them."""
    return f"{start['scheme']}://{start['rest'].replace(chr(92), '/')}"


@lru_cache(maxsize=2048)
def target_of(url: str) -> str:
    """The address at the end, as far as the URL says; the URL itself when it passes nothing on.

    Empty when a click counter or a shortener keeps the end to itself.
    """
    for _step in range(_DEEPEST):
        found = _step_of(url)
        if found is None:
            return "" if hides_target(url) else url
        url = found
    return url


def redirector_of(url: str) -> str:
    """The host of the service that the URL only passes through, empty without one."""
    return _host(url) if _step_of(url) is not None or hides_target(url) else ""


def hides_target(url: str) -> bool:
    """Whether a counter or shortener leads on without saying where to."""
    return _step_of(url) is None and (is_shortener(_host(url)) or _counts(url))


def is_shortener(host: str) -> bool:
    """Whether the host makes short addresses for everybody."""
    return host.removeprefix("www.") in SHORTENERS


@lru_cache(maxsize=2048)
def _step_of(url: str) -> str | None:
    """The next address, None when the URL names none."""
    parts = _split(url)
    if parts is None:
        return None
    reader = next((one for path, one in _readers_of(_name(parts)) if path.match(parts.path)), None)
    if reader is None:
        return None
    try:
        query = {key: values[0] for key, values in parse_qs(parts.query, max_num_fields=50).items()}
    except ValueError:
        return None
    found = clean_name(reader(parts, query)).replace(" ", "%20")
    return found if _TARGET.match(found) else None


@lru_cache(maxsize=512)
def _readers_of(host: str) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    """What may read the addresses of a host, each with the beginning of the paths it reads."""
    return tuple((path, reader) for hosts, path, reader in _READERS if hosts.fullmatch(host))


@lru_cache(maxsize=2048)
def _counts(url: str) -> bool:
    parts = _split(url)
    if parts is None:
        return False
    host, path = _name(parts), f"{parts.path}?{parts.query}"
    salesforce = host.startswith("click.") and path.startswith("/?qs=")
    return salesforce or _is_counter(host) or _COUNTING.match(path) is not None


@lru_cache(maxsize=512)
def _is_counter(host: str) -> bool:
    return any(host.endswith("." + name) and host != f"www.{name}" for name in COUNTERS)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url[:_MAX_URL])
    except ValueError:
        return None
    return parts if parts.scheme.lower() in ("http", "https") else None


def _host(url: str) -> str:
    parts = _split(url)
    return _name(parts) if parts else ""


def _name(parts: SplitResult) -> str:
    try:
        return (parts.hostname or "")[:_LONGEST_HOST].rstrip(".").lower()
    except ValueError:
        return ""


def _parameter(*names: str) -> Reader:
    """The first of these parameters that is there."""
    return lambda _parts, query: next((query[name] for name in names if name in query), "")


def _decoded_parameter(name: str, skip: int = 0) -> Reader:
    return lambda _parts, query: readable(query.get(name, "")[skip:])


def _in_path(pattern: str, *, decode: bool = False) -> Reader:
    """What stands in the path where the group of a pattern is."""
    wanted = re.compile(pattern)

    def read(parts: SplitResult, _query: Mapping[str, str]) -> str:
        found = wanted.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if not found:
            return ""
        return readable(found[1]) if decode else unquote(found[1])

    return read


def _reader(
    hosts: str, path: str, reader: Reader
) -> tuple[re.Pattern[str], re.Pattern[str], Reader]:
    return re.compile(rf"(?:[\w.-]+\.)?(?:{hosts})"), re.compile(path), reader


_READERS = (
    _reader(
        r"safelinks\.protection\.(?:outlook\.com|office365\.us)|statics\.teams\.cdn\.office\.net",
        "",
        _parameter("url"),
    ),
    _reader(r"google\.(?:com|[a-z]{2,3}|com?\.[a-z]{2})", "/url$", _parameter("q", "url")),
    _reader("youtube\\.com", "/redirect$", _parameter("q")),
    _reader(r"facebook\.com|messenger\.com", "/(?:l|flx/warn|linkshim)", _parameter("u")),
    _reader(r"l\.instagram\.com|l\.threads\.net|l\.wl\.co", "", _parameter("u")),
    _reader(r"linkedin\.com", "/(?:redir|redirect|safety/go)", _parameter("url")),
    _reader(r"urldefense\.proofpoint\.com", "/v1/", _parameter("u")),
    _reader(r"urldefense\.proofpoint\.com", "/v2/", proofpoint_2),
    _reader(r"urldefense\.(?:proofpoint\.)?(?:com|us)", "/v3/", proofpoint_3),
    _reader(r"linkprotect\.cudasvc\.com", "/url", _parameter("a")),
    _reader(r"secure-web\.cisco\.com", "/", _in_path(r"^/[\w-]{20,}/(https?%3A.+)$")),
    _reader(r"protection\.sophos\.com", "", _decoded_parameter("u")),
    _reader(r"trendmicro\.com", "/wis/clicktime", _parameter("url")),
    _reader(r"protect2?\.(?:fireeye|trellix)\.com", "", _parameter("u")),
    _reader(r"clicktime\.symantec\.com", "", _parameter("u")),
    _reader(r"protect\.checkpoint\.com", "/v2/", _in_path(r"___(https?://.+?)___")),
    _reader(r"bing\.com", "/ck/", _decoded_parameter("u", 2)),
    _reader(r"duckduckgo\.com", "/l/", _parameter("uddg")),
    _reader(r"slack-redir\.net", "/link", _parameter("url")),
    _reader(r"awstrack\.me", "/L0/", _in_path(r"^/L0/(https?(?::|%3A)[^/]+)")),
    _reader(r"mjt\.lu", "/lnk/", _in_path(r"/([\w=-]{12,})$", decode=True)),
    _reader(r"mandrillapp\.com", "/track/click", mandrill),
    _reader(r"customeriomail\.com|track\.customer\.io", "/e/c/", customer_io),
    _reader(r"substack\.com", "/redirect/2/", substack),
    _reader(r"[\w-]+\.[a-z]{2,}", "/c/eJ", mailgun),
    _reader(r"acemlna?\w*\.com|activehosted\.com", "/lt\\.php", _parameter("l")),
)
# Counters under a name of the sender's own are known by the shape of their paths.
_COUNTING = re.compile(
    r"/(?:(?:ls|wf)/click\?"  # SendGrid
    r"|(?:mk|tr)/(?:cl|op|un)/"  # Brevo
    r"|track/click(?:\.php)?\b.*[?&/](?:u|id|e|p)="  # Mailchimp and others
    r"|lnk/[\w-]{8,}/"  # Mailjet
    r"|Ctc/[\w+*-]{3,}"  # HubSpot
    r"|c/eJ[\w-]{20,})"  # Mailgun
)
