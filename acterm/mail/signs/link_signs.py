"""Signs about where the links of a mail lead."""

import ipaddress
import re
from collections import Counter

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail.fold import fold
from acterm.mail.message import Level, Link, Sign
from acterm.mail.signs import brands, ground, lookalike, scripts
from acterm.mail.signs.bulk import is_bulk
from acterm.mail.signs.evidence import Evidence, is_strange
from acterm.mail.web.domains import registrable
from acterm.mail.web.links import named_host, same_site
from acterm.mail.web.redirect import hides_target, host_of, is_shortener, target_of

_MOST = 500
_MAX_PAGE = 300_000
_PICTURE = re.compile(
    r"<a\b[^<>]{0,500}?\bhref\s{0,5}=\s{0,5}[\"']?([^\"'<>\s]{1,2000}+)[^<>]{0,500}+>\s{0,50}"
    r"<img\b[^<>]{0,1000}?\balt\s{0,5}=\s{0,5}[\"']([^\"'<>]{4,200})"
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip)$")
_LURES = re.compile(
    r"\b(?:securis\w+|secure[d]?|proteg\w+|protected|confidenti\w+|prendre connaissance"
    r"|sign(?:er|ez|ature)?|view|regarde|identifi\w+)\b"
)
_TO = re.compile(
    r"^(?:(?:se connecter|connexion|connectez-vous|acceder|aller|ouvrir|voir|lire|repondre|open"
    r"|view|go|sign in|log ?in|mon|my|compte|account|espace|a|au|dans|sur|to|in|on)\b ?)+"
    r"|(?: [>»→]+)$"
)
_SIGN_IN = re.compile(
    r"(?:^|\.)(?:webmail|messagerie|portail|bv|arena|i-?prof|courrier|mail|cas|sso|id|auth\w*"
    r"|intra\w*|extranet|eduline|connexion|login|compte|pia)[\w-]*\."
)
_OWN_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fe80::/10", "::1/128"),
    )
)
_BEFORE_HOST = re.compile(r"^https?://([^/?#\s]{1,300})@", re.IGNORECASE)


def signs(evidence: Evidence) -> list[Sign]:
    """Texts that name another host, imitated domains, disguised and shortened links."""
    found: list[Sign] = []
    links = evidence.rendered.links[:_MOST]
    counter = _counter(evidence, links)
    seen = {""}
    for link in links:
        host = link.target_host or link.host
        if link.warning:
            found += _mismatch(link, counter, evidence)
        if host not in seen and not directory.is_official_host(host):
            found += _imitation(host)
        seen.add(host)
        found += _posing(link, evidence) + _disguise(link)
        if is_shortener(link.host):
            words = _("A shortened link ({host}) hides where it leads.").format(host=link.host)
            found.append(Sign("shortened-link", Level.NOTE, words))
    return [*found, *_pictured(evidence)]


def _pictured(evidence: Evidence) -> list[Sign]:
    """A picture that bears the address of an official site and leads to another."""
    for given, text in _PICTURE.findall(evidence.page[:_MAX_PAGE]):
        named, end = named_host(text), host_of(target_of(given)) or host_of(given)
        if directory.is_official_host(named) and end and not directory.is_official_host(end):
            words = _("The link “{text}” leads to {host}.").format(text=text[:60], host=end)
            return [Sign("link-mismatch", Level.SUSPECT, words)]
    return []


def _mismatch(link: Link, counter: str, evidence: Evidence) -> list[Sign]:
    """A text that names another host: serious when it names an official one.

    A newsletter counts clicks, so that its links show one host and lead to another.
    """
    named, end = named_host(link.text), link.target_host or link.host
    official = directory.is_official_host(named)
    if not official and (not is_strange(end) or _of_one_house(named, end, evidence.domain)):
        return []
    counted = is_bulk(evidence.message) and (link.host == counter or hides_target(link.url))
    entrance = official and _SIGN_IN.search(f"{named}.")
    if counted and (not official or not entrance):
        return []
    level = Level.SUSPECT if official and not counted else Level.VERIFY
    words = _("The link “{text}” leads to {host}.")
    words = words.format(text=link.text[:60], host=end)
    return [Sign("link-mismatch", level, words)]


def _of_one_house(*hosts: str) -> bool:
    """The same name under several endings, the sender's among them: rakuten.fr, rakuten.com."""
    return len({registrable(host).partition(".")[0] for host in hosts}) == 1


def _posing(link: Link, evidence: Evidence) -> list[Sign]:
    """A text that names a file or a known house, for a page of neither."""
    end = link.target_host
    if evidence.bulk or end not in evidence.strange or ground.is_open_ground(end):
        return []
    text = fold(link.text[:80])
    file = _FILE.search(text)
    if (
        file
        and _LURES.search(evidence.text)
        and not link.target.lower().partition("?")[0].endswith(file[0])
    ):
        words = _("The link “{text}” is no file: it leads to a page of {host}.")
        return [Sign("link-mismatch", Level.VERIFY, words.format(text=link.text[:60], host=end))]
    house = _TO.sub("", text).strip()
    if not evidence.trusted and brands.is_name(house):
        words = _("The link “{text}” leads to {host}, which is not of that organisation.")
        return [Sign("link-mismatch", Level.VERIFY, words.format(text=link.text[:60], host=end))]
    return []


def _imitation(host: str) -> list[Sign]:
    twin = lookalike.twin_of(host, directory.official_domains())
    if twin:
        words = _("The link’s domain {domain} imitates {twin}.").format(domain=host, twin=twin)
        return [Sign("lookalike-domain", Level.SUSPECT, words)]
    if "xn--" in host or not host.isascii():
        return lookalike.spelling(host)
    return []


def _disguise(link: Link) -> list[Sign]:
    """A number in place of a name, a name in front of the real one, two alphabets."""
    before = _BEFORE_HOST.match(link.url)
    shown = named_host(before[1]) if before else ""
    if shown and not same_site(shown, link.host):
        words = _("A link begins with {shown}, but leads to {host}.")
        words = words.format(shown=shown, host=link.host)
        return [Sign("disguised-link", Level.SUSPECT, words)]
    if _is_public_number(link.host):
        words = _("A link leads to a bare number, {host}, instead of a name.")
        return [Sign("disguised-link", Level.VERIFY, words.format(host=link.host))]
    if scripts.mixed_word(link.text[:200]):
        words = _("The link’s text mixes two alphabets in “{word}”, to look like another.")
        words = words.format(word=scripts.mixed_word(link.text[:200]))
        return [Sign("homoglyph", Level.SUSPECT, words)]
    return []


def _is_public_number(host: str) -> bool:
    """An IP address of the internet, also written as one number; not one of the own network."""
    if ":" not in host and not host[-1:].isdigit():
        return False
    try:
        number = ipaddress.ip_address(int(host) if host.isdigit() else host.strip("[]"))
    except ValueError:
        return False
    return not any(number in network for network in _OWN_NETWORKS)


def _counter(evidence: Evidence, links: tuple[Link, ...]) -> str:
    """The host through which a newsletter counts its readers' clicks: that of nearly all links."""
    hosts = Counter(link.host for link in links if link.url.startswith("http"))
    if not hosts or not is_bulk(evidence.message):
        return ""
    host, count = hosts.most_common(1)[0]
    return host if count >= 3 and count >= 0.6 * hosts.total() else ""
