"""Identifiants that a name may have given, the likeliest first. Proposals, never facts."""

from dataclasses import dataclass

from acterm.academy.identifier import plain

_PARTICLES = {
    "de",
    "du",
    "des",
    "d",
    "la",
    "le",
    "les",
    "l",
    "von",
    "van",
    "der",
    "el",
    "al",
    "ben",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An identifiant and why it may be so: `usual`, `hyphens`, `particle`, `one-name`, `homonym`,
    `double` (both initials of a first name in two parts) or `old`."""

    login: str
    reason: str


def proposals(first_name: str, surname: str) -> tuple[Proposal, ...]:
    """What `Jean-Baptiste`, `de La Tour d’Auvergne` may sign in with; empty without both names."""
    given, family = _parts(first_name), _parts(surname)
    if not given or not family:
        return ()
    initial = given[0][0]
    core = [part for part in family if part not in _PARTICLES] or family
    found = [Proposal(initial + "-".join(family), "usual" if len(family) == 1 else "hyphens")]
    if len(family) > 1:
        found.append(Proposal(initial + "".join(family), "usual"))
    if core != family:
        found.append(Proposal(initial + "-".join(core), "particle"))
    if len(core) > 1:
        found.append(Proposal(initial + core[0], "one-name"))
    if len(given) > 1:
        initials = "".join(part[0] for part in given)
        found.append(Proposal(initials + "-".join(family), "double"))
    found.append(Proposal(found[0].login + "1", "homonym"))
    found.append(Proposal(f"{'-'.join(given)}.{'-'.join(family)}", "old"))
    return tuple({one.login: one for one in reversed(found)}.values())[::-1]


def _parts(name: str) -> list[str]:
    """The words of a name without accents; hyphens, spaces and apostrophes part them."""
    apart = name.translate(str.maketrans("-'’‑", "    "))
    return [part for part in map(plain, apart.split()) if part]
