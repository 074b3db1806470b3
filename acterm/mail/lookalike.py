"""Domains that imitate an official one: other alphabets, one letter off, its name elsewhere."""

import re
from collections.abc import Iterable
from functools import lru_cache

# Letters of other alphabets that look like Latin ones (after UTS 39's skeleton), figures, accents.
_TWINS = str.maketrans(
    {
        "а": "a",
        "е": "e",
        "о": "o",
        "р": "p",
        "с": "c",
        "х": "x",
        "у": "y",
        "і": "i",
        "ѕ": "s",
        "ј": "j",
        "һ": "h",
        "ԁ": "d",
        "ո": "n",
        "ɡ": "g",
        "ı": "i",
        "ӏ": "l",
        "ο": "o",
        "α": "a",
        "ν": "v",
        "ι": "i",
        "κ": "k",
        "τ": "t",
        "0": "o",
        "1": "l",
        "3": "e",
        "5": "s",
        "é": "e",
        "è": "e",
        "ê": "e",
        "ë": "e",
        "à": "a",
        "â": "a",
        "á": "a",
        "ì": "i",
        "í": "i",
        "î": "i",
        "ï": "i",
        "ó": "o",
        "ö": "o",
        "ñ": "n",
        "ù": "u",
        "ú": "u",
        "ç": "c",
        "‐": "-",
        "‑": "-",
        "–": "-",
    }
)
_SHORTEST = 9
_LONGEST = 253  # of any name (RFC 1035 §2.3.4)


def twin_of(host: str, official: Iterable[str]) -> str:
    """The official domain that a host outside imitates, empty when it imitates none."""
    if len(host) > _LONGEST:
        return ""
    return _twin(_readable(host), tuple(sorted(official)))


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
        if len(domain) >= _SHORTEST and abs(len(own) - len(domain)) <= 1 and _one_edit(own, domain):
            return domain
    return ""


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


def _one_edit(one: str, domain: str) -> bool:
    """Whether one insertion, deletion, replacement or swap leads to the domain."""
    if one == domain:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, domain, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(domain)) == 1
    a, b = one[start:], domain[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
