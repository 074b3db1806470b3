"""Domains that imitate an official one: other alphabets, one letter off, its name elsewhere."""

import re
from collections.abc import Iterable
from functools import lru_cache

from acterm.i18n import _
from acterm.mail.message import Level, Sign
from acterm.mail.signs.scripts import LOOKALIKES

# Besides the letters of other alphabets: figures, and accents that a domain can carry.
_TWINS = str.maketrans(
    LOOKALIKES
    | dict(zip("0135‐‑–", "oles---", strict=True))
    | dict(zip("éèêëàâáäìíîïóòôöñùúûüç", "eeeeaaaaiiiioooonuuuuc", strict=True))
)
_LIKE_AC = ("ae", "ao", "oc", "qc", "ca", "acc", "aac", "ac")
_SHORTEST = 9
_LONGEST = 253  # of any name (RFC 1035 §2.3.4)


def twin_of(host: str, official: Iterable[str]) -> str:
    """The official domain that a host outside imitates, empty when it imitates none."""
    if len(host) > _LONGEST:
        return ""
    return _twin(_readable(host), tuple(sorted(official)))


def spelling(host: str) -> list[Sign]:
    """How a name that is not plain ASCII is really written (RFC 5891), told louder when its
    letters are of other alphabets than ours.
    """
    shown = _readable(host[:_LONGEST])
    if shown.isascii():
        return []
    ours = all(letter.isascii() or "À" <= letter <= "ſ" for letter in shown)
    words = _("The domain {shown} is really written {host}.").format(
        shown=shown, host=_written(host)
    )
    return [Sign("punycode", Level.NOTE if ours else Level.VERIFY, words)]


@lru_cache(maxsize=2048)
def _twin(host: str, official: tuple[str, ...]) -> str:
    skeleton = _skeleton(host)
    for domain in official:
        if host == domain or host.endswith("." + domain):
            return ""
    for domain in official:
        labels = domain.count(".") + 1
        own = ".".join(skeleton.split(".")[-labels:])
        if own == _skeleton(domain) or _names(skeleton, domain):
            return domain
        if _is_club(own, domain):
            continue
        if len(domain) >= _SHORTEST and abs(len(own) - len(domain)) <= 1 and _one_edit(own, domain):
            return domain
    return ""


def _is_club(own: str, domain: str) -> bool:
    """Another prefix before the same town, as clubs have: `tc-amiens.fr`, `fc-metz.fr`."""
    prefix, _dash, town = own.partition("-")
    return domain == f"ac-{town}" and prefix not in _LIKE_AC


def _names(host: str, domain: str) -> bool:
    """Its name elsewhere: `ac-amiens.fr.example.net`, `ac-amiens.tk`, `portail-ac-amiens.com`."""
    pattern = _name_pattern(domain)
    return pattern is not None and pattern.search(host) is not None


@lru_cache(maxsize=256)
def _name_pattern(domain: str) -> re.Pattern[str] | None:
    name = domain.rpartition(".")[0]
    if not domain.startswith(("ac-", "region-academique-")) and "." not in name:
        return None  # a plain word, which others may use: cned
    spellings = [re.escape(name).replace(r"\.", "[.-]")]
    if domain.startswith("ac-"):
        town = re.escape(name.removeprefix("ac-"))
        spellings += [f"ac[._]{town}", f"academie-?(?:de-|d-)?{town}"]
    return re.compile(rf"(?:^|[.-])(?:{'|'.join(spellings)})(?:[.-]|$)")


def _readable(host: str) -> str:
    """The host in lower case, punycode undone."""
    host = host.lower().rstrip(".")
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


@lru_cache(maxsize=2048)
def _skeleton(domain: str) -> str:
    return domain.translate(_TWINS).replace("rn", "m").replace("vv", "w")


def _written(host: str) -> str:
    """The host as the network writes it, itself when that cannot be."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _one_edit(one: str, domain: str) -> bool:
    """Whether one insertion, deletion, replacement or swap leads to the domain."""
    if one == domain:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, domain, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(domain)) == 1
    a, b = one[start:], domain[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
