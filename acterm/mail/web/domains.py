"""Which part of a host name somebody registered, from the public suffix list in its wheel."""

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList

    # Its list in punycode as well would take longer than all the rest: hosts are decoded instead.
    return PublicSuffixList(accept_encoded_idn=False)


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """`portail.ac-amiens.fr` → `ac-amiens.fr`; the host itself when no rule knows it."""
    name = host.lower().rstrip(".")
    own = _suffixes().privatesuffix(_decoded(name))
    return ".".join(name.split(".")[-own.count(".") - 1 :]) if own else host.lower()


def _decoded(name: str) -> str:
    """A host as people read it, punycode undone, as the list has it."""
    try:
        return name.encode("ascii").decode("idna") if "xn--" in name else name
    except UnicodeError:
        return name
