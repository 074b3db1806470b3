"""How long to wait before trying again."""

import random

_FIRST = 2.0
_LONGEST = 300.0


def delay(failures: int, jitter: float | None = None) -> float:
    """Seconds before the next try after so many failures in a row: 2, 4, 8 … at most 5 minutes.

    `jitter` from 0 to 1 spreads clients that lost the same server; drawn when not given.
    """
    share = random.random() if jitter is None else jitter  # noqa: S311 (spreads, protects nothing)
    return float(min(_FIRST * 2 ** min(max(failures - 1, 0), 10), _LONGEST) * (0.5 + share / 2))
