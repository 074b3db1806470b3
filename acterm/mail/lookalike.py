"""Domains that imitate an official one: other alphabets, one letter off, another ending."""

import re
from collections.abc import Iterable
from functools import lru_cache

from acterm.mail.domains import registrable

# Letters of other alphabets, and pairs, that look like Latin ones (after UTS 39's skeleton).
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
        "ɡ": "g",
        "ı": "i",
        "ο": "o",
        "α": "a",
        "ν": "v",
        "0": "o",
        "1": "l",
        "3": "e",
        "5": "s",
        "é": "e",
        "è": "e",
        "à": "a",
        "ì": "i",
        "í": "i",
        "ñ": "n",
    }
)


def twin_of(host: str, official: Iterable[str]) -> str:
    """The official domain that `host` imitates, empty when it imitates none."""
    return _twin(_readable(host), tuple(sorted(official)))


@lru_cache(maxsize=2048)
def _twin(host: str, official: tuple[str, ...]) -> str:
    own = registrable(host)
    if not own or own in official:
        return ""
    skeleton = _skeleton(own)
    for domain in official:
        if skeleton == _skeleton(domain) or _embeds(host, own, domain):
            return domain
        if len(domain) > 8 and abs(len(own) - len(domain)) <= 1 and _one_edit(skeleton, domain):
            return domain
    return ""


def _embeds(host: str, own: str, domain: str) -> bool:
    """`ac-amiens.fr.example.net`, `ac-amiens-fr.com`, `ac-amiens.tk`: the name, elsewhere."""
    if not domain.startswith(("ac-", "region-academique")) and not domain.endswith("gouv.fr"):
        return False
    name = domain.rpartition(".")[0]
    if host.startswith(f"{domain}.") or f".{domain}." in host:
        return True
    label = own.partition(".")[0]
    return (
        domain.startswith("ac-") and re.fullmatch(rf"{re.escape(name)}(-?fr)?", label) is not None
    )


def _readable(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host.lower()
    except UnicodeError:
        return host.lower()


def _skeleton(domain: str) -> str:
    return domain.translate(_TWINS).replace("rn", "m").replace("vv", "w")


def _one_edit(one: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or swap leads from one to the other."""
    if one == other:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])
