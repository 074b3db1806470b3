"""One line a figure: acterm, its peer, the ratio, the budget, and whether it was kept."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value. Less is better unless said otherwise."""

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    budget: float | None = None
    more_is_better: bool = False

    @property
    def missed(self) -> bool:
        """Whether the budget was not kept."""
        if self.budget is None:
            return False
        return self.value < self.budget if self.more_is_better else self.value > self.budget

    @property
    def row(self) -> tuple[str, ...]:
        """Its cells."""
        against = ratio = ""
        if self.peer_value:
            against = f"{self.peer} {_number(self.peer_value)}"
            ratio = f"{self.value / self.peer_value:.2f}"
        sign = "≥" if self.more_is_better else "≤"
        budget = "" if self.budget is None else f"{sign} {_number(self.budget)}"
        kept = "" if self.budget is None else ("missed" if self.missed else "kept")
        return (self.name, f"{_number(self.value)} {self.unit}", against, ratio, budget, kept)


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def show(figures: Sequence[Figure]) -> str:
    """The table."""
    rows = [("mails · what", "acterm", "peer", "ratio", "budget", "")]
    rows += [figure.row for figure in figures]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
