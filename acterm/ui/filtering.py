"""Which of many mails hold some words, found a few hundred at a time."""

from array import array
from collections.abc import Callable, Iterator, Sequence

from acterm.mail.fold import fold
from acterm.mail.message import Envelope

STEP = 500


def matching(
    ids: Sequence[int], typed: str, fetch: Callable[[Sequence[int]], list[Envelope]]
) -> Iterator["array[int]"]:
    """The mails whose sender, recipients or subject hold every word typed, in their order."""
    words = fold(typed).split()
    for start in range(0, len(ids), STEP):
        found = fetch(ids[start : start + STEP])
        yield array("q", [mail.id for mail in found if _holds(mail, words)])


def _holds(mail: Envelope, words: Sequence[str]) -> bool:
    text = fold(f"{mail.sender.name} {mail.sender.address} {mail.to} {mail.subject}")
    return all(word in text for word in words)
