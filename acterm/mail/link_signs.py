"""Signs about where the links of a mail lead."""

from collections import Counter

from acterm.academy import directory
from acterm.i18n import _
from acterm.mail import lookalike
from acterm.mail.bulk import is_bulk
from acterm.mail.links import named_host
from acterm.mail.message import Level, Link, Message, Rendered, Sign

_MOST = 500
_SHORTENERS = frozenset(
    [
        *("bit.ly", "tinyurl.com", "goo.gl", "t.co", "ow.ly", "is.gd", "buff.ly", "rebrand.ly"),
        *("cutt.ly", "rb.gy", "shorturl.at", "tiny.cc", "urlz.fr", "lc.cx", "t.ly"),
    ]
)


def signs(message: Message, rendered: Rendered) -> list[Sign]:
    """Texts that name another host, imitated domains, shortened links."""
    found: list[Sign] = []
    links = rendered.links[:_MOST]
    counter = _counter(message, links)
    for link in links:
        if link.warning:
            found += _mismatch(link, counter)
        if link.host and not directory.is_official_host(link.host):
            found += _imitation(link)
        if link.host.removeprefix("www.") in _SHORTENERS:
            words = _("A shortened link ({host}) hides where it leads.").format(host=link.host)
            found.append(Sign("shortened-link", Level.NOTE, words))
    return found


def _mismatch(link: Link, counter: str) -> list[Sign]:
    """A text that names another host: serious when it names an official one."""
    serious = directory.is_official_host(named_host(link.text))
    if link.host == counter and not serious:
        return []
    level = Level.SUSPECT if serious and link.host != counter else Level.VERIFY
    words = _("The link “{text}” leads to {host}.").format(text=link.text[:60], host=link.host)
    return [Sign("link-mismatch", level, words)]


def _imitation(link: Link) -> list[Sign]:
    twin = lookalike.twin_of(link.host, directory.official_domains())
    if not twin:
        return []
    words = _("The link’s domain {domain} imitates {twin}.").format(domain=link.host, twin=twin)
    return [Sign("lookalike-domain", Level.SUSPECT, words)]


def _counter(message: Message, links: tuple[Link, ...]) -> str:
    """The host through which a newsletter counts its readers' clicks: that of nearly all links."""
    hosts = Counter(link.host for link in links if link.url.startswith("http"))
    if not hosts or not is_bulk(message):
        return ""
    host, count = hosts.most_common(1)[0]
    return host if count >= 3 and count >= 0.6 * hosts.total() else ""
