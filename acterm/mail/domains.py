"""Which part of a host name somebody registered, from the public suffix list in its wheel."""

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _suffixes() -> Any:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """`portail.ac-amiens.fr` → `ac-amiens.fr`; the host itself when no rule knows it."""
    return str(_suffixes().privatesuffix(host.lower().rstrip(".")) or host.lower())
