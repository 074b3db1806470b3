"""Where the links on a PDF page lead: read, never followed."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from acterm.mail.clean import clean
from acterm.viewers.pdf_runs import Letter

_MOST_LINKS = 200
_MOST_URL = 4000
# How often a letter is compared with a link; beyond, links are listed without their words.
_MOST_LOOKS = 2_000_000
_SHOWN = ("http://", "https://", "mailto:", "www.")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link, and the box it covers in points from the lower left corner."""

    url: str
    left: float
    right: float
    top: float
    bottom: float


def links_of(document: Any, page: Any) -> list[PageLink]:
    """The links of a page that lead out of the document."""
    from pypdfium2 import raw

    found = []
    place, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _number in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page, place, link):
            break
        url = _url(document, raw.FPDFLink_GetAction(link))
        if url.lower().startswith(_SHOWN) and raw.FPDFLink_GetAnnotRect(link, box):
            found.append(PageLink(url, box.left, box.right, box.top, box.bottom))
    return found


def _url(document: Any, action: Any) -> str:
    from pypdfium2 import raw

    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    size = min(raw.FPDFAction_GetURIPath(document, action, None, 0), _MOST_URL)
    held = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, held, size)
    return clean(held.value.decode("utf-8", "replace"), line=True)


def marked(
    letters: Sequence[Letter], links: Sequence[PageLink]
) -> tuple[list[Letter], list[tuple[str, str]]]:
    """The letters with ⟦n⟧ behind each link; the words and the address of each, in order."""
    told: list[tuple[str, str]] = []
    ends: dict[int, int] = {}
    looked = _MOST_LOOKS // max(len(letters), 1)
    for at_link, link in enumerate(links):
        near = letters if at_link < looked else ()
        inside = [at for at, letter in enumerate(near) if _covers(link, letter)]
        words = " ".join("".join(letters[at].text for at in inside).split())
        if told and told[-1][1] == link.url:  # a link that goes on in the next line
            told[-1] = (f"{told[-1][0]} {words}".strip(), link.url)
            ends = {at: number for at, number in ends.items() if number != len(told)}
        else:
            told.append((words, link.url))
        if inside:
            ends[inside[-1]] = len(told)
    return list(_with_marks(letters, ends)), told


def _covers(link: PageLink, letter: Letter) -> bool:
    across, down = (letter.left + letter.right) / 2, (letter.top + letter.bottom) / 2
    visible = bool(letter.text.strip())
    return visible and link.left <= across <= link.right and link.bottom <= down <= link.top


def _with_marks(letters: Sequence[Letter], ends: dict[int, int]) -> Iterator[Letter]:
    for at, letter in enumerate(letters):
        yield letter
        if at in ends:
            for sign in f"⟦{ends[at]}⟧":
                yield Letter(sign, letter.right, letter.right, letter.top, letter.bottom)
