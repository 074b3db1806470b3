"""Flows that are pages to read and go on from: where each choice leads is in its key.

The key of a choice is the name of the page that follows, or `flow:NAME` for another flow,
`connect` to connect one more mailbox, `leave` to end. What follows from what is typed on a page
stands in `typed`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from acterm.academy import directory, helpdesk
from acterm.academy.facts import Academy, Contact
from acterm.assistant import menu
from acterm.assistant.flow import Choice, Connect, Flow, GoTo, Kind, Leave, Question, Start, Turn
from acterm.errors import UsageError
from acterm.i18n import _
from acterm.secret import Secret

FLOW, CONNECT, LEAVE = "flow:", "connect", "leave"


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a person is: the pages walked through, the one on screen last.

    `said` is what the pages learned, in words that may be written down: no secret, no NUMEN.
    `problem` is what was wrong with the last answer.
    """

    begun: Start
    path: tuple[str, ...]
    said: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    @property
    def page(self) -> str:
        """The name of the page on screen."""
        return self.path[-1]

    @property
    def academy(self) -> Academy | None:
        """The académie that serves the person today."""
        return directory.in_charge(self.begun.academy)

    @property
    def domain(self) -> str:
        """What stands behind the @ of an address of that académie."""
        return self.academy.domain if self.academy else self.begun.academy

    def told(self, key: str) -> str:
        """What was learned under this key; empty when nothing was."""
        return dict(self.said).get(key, "")

    def to(self, page: str, **said: str) -> "Walk":
        """On to a page, with what was learned."""
        known = {**dict(self.said), **said}
        return replace(self, path=(*self.path, page), said=tuple(known.items()), problem="")

    def contact(self, kind: str) -> Contact | None:
        """The first contact of a kind, None without one."""
        return helpdesk.first(self.academy, kind) if self.academy else None


Pages = Mapping[str, Callable[[Walk], Question]]
Typed = Callable[[Walk, str], Turn[Walk]]
"""What follows from what was typed on a page; raises UsageError to stay, with its words."""


def flow(
    pages: Pages,
    *,
    typed: Mapping[str, Typed] | None = None,
    hints: Callable[[Walk, str], tuple[str, ...]] | None = None,
    keeps: bool = False,
) -> Flow[Any]:
    """The flow of these pages, the first one first. `keeps`: it can be taken up again."""
    first = next(iter(pages))
    readers = typed or {}

    def question(walk: Walk) -> Question:
        asked = pages[walk.page](walk)
        return replace(asked, problem=walk.problem or asked.problem)

    def answered(state: Walk, answer: str | Secret = "", *, choice: str = "") -> Turn[Walk]:
        walk = state
        asked = question(walk)
        reader = readers.get(walk.page)
        if not choice and reader is not None:
            return _read(reader, walk, answer)
        choice = choice or next((one.key for one in asked.choices), "")
        known = any(one.key == choice for one in asked.choices)
        return _follow(walk, choice, pages) if known else Turn(walk)

    def resumed(begun: Start, kept: Mapping[str, str]) -> Turn[Walk]:
        path = tuple(page for page in kept.get("path", "").split() if page in pages)
        said = tuple((key, value) for key, value in kept.items() if key != "path")
        return Turn(Walk(begun, path or (first,), said))

    return Flow(
        start=lambda begun: Turn(Walk(begun, (first,))),
        question=question,
        answered=answered,
        back=_back,
        kept=(lambda walk: _kept(walk, pages)) if keeps else None,
        resumed=resumed if keeps else None,
        hints=hints or (lambda _walk, _typed: ()),
    )


def wrong(walk: Walk, words: str) -> Walk:
    """The same page, with what was wrong with the answer."""
    return replace(walk, problem=words)


def restarted(walk: Walk, page: str, **said: str) -> Walk:
    """On the first page anew, with what was learned."""
    return replace(walk.to(page, **said), path=(page,))


def to_flow(name: str, label: str = "") -> Choice:
    """The choice of another flow, by its name in the menu."""
    return Choice(FLOW + name, label or menu.entry(name).label())


def marked(words: str, contact: Contact | None) -> str:
    """Words about a fact, with the mark of one that is not confirmed."""
    mark = contact.confidence.mark if contact else _("to be checked")
    return f"{words} ({mark})" if mark else words


def _read(reader: Typed, walk: Walk, answer: str | Secret) -> Turn[Walk]:
    text = answer.reveal() if isinstance(answer, Secret) else answer
    try:
        return reader(replace(walk, problem=""), text)
    except UsageError as problem:
        return Turn(replace(walk, problem=str(problem)))


def _follow(walk: Walk, choice: str, pages: Pages) -> Turn[Walk]:
    if choice.startswith(FLOW):
        return Turn(walk, onward=GoTo(choice.removeprefix(FLOW)))
    if choice == CONNECT:
        return Turn(walk, onward=Connect())
    if choice == LEAVE:
        return Turn(replace(walk, path=walk.path[:1]), onward=Leave())
    return Turn(walk.to(choice)) if choice in pages else Turn(walk)


def _back(walk: Walk) -> Walk:
    return replace(walk, path=walk.path[:-1], problem="") if len(walk.path) > 1 else walk


def _kept(walk: Walk, pages: Pages) -> Mapping[str, str]:
    """The way so far; nothing on the first page, and nothing at the end."""
    if len(walk.path) == 1 or pages[walk.page](walk).kind is Kind.END:
        return {}
    return {"path": " ".join(walk.path), **dict(walk.said)}
