"""The text and the HTML of one mail side by side: which says more, and whether they agree."""

import re
from typing import TYPE_CHECKING

from acterm.mail.fold import fold
from acterm.mail.text.marking import BREAK, CELL, ROW, STRUCK, unmarked
from acterm.mail.web.links import host_of, named_host, same_site

if TYPE_CHECKING:
    from acterm.mail.text.html import HtmlText

# The HTML is read when more than that of its words is missing in the text.
_MORE = 0.2
# They disagree when more than that of the words of the text is missing in the HTML.
_OTHER = 0.2
_FEW = 3
_STUB_WORDS = 40
# So many times more words has the HTML of which a short text gives the address.
_FULLER = 3

# Short words and figures say little, long ones are pieces of addresses.
_WORD = re.compile(r"(?<![\w%=-])(?:[^\W\d_]{3,25}|\d{2,9})(?!\w)")
_BETWEEN = re.compile(f"[{BREAK}{CELL}]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ADDRESSES = re.compile(rf"{_ADDRESS.pattern}|(?:cid:|mailto:)\S+|(?<!\S)[^\s@]{{1,320}}@\S+|⟦\d+⟧")
# What bad converters leave in a text: the words of pictures, rules of style, tags, lost accents.
_LEFTOVERS = re.compile(
    r"\[[^\[\]]{0,200}\]|(?<![^\n{}])[^\n{}]{0,200}\{[^{}]{0,2000}\}|<[^<>]{0,500}>|&#?\w{2,8};"
    r"|(?<!\w)\w{0,60}(?:\?\w+)+"
)
# A text that only says that the mail is in the HTML.
_STUB = re.compile(
    r"\b(?:html|mime|multipart|navigateurs?|browser|en ligne|online|version (?:web|texte?))\b"
    r"|\b(?:client|logiciel|programme) (?:de )?(?:messagerie|mail|courri)"
    r"|mail (?:client|reader|program)"
    r"|(?:voir|lire|consulter|view|read) (?:ce|cet|le|la|this|the|it|notre|our) "
    r"|affich|displa|cliquez|click (?:here|on)|plain text|texte (?:brut|seul)|format texte"
)


def prefers_html(text: str, html: "HtmlText") -> bool:
    """Whether the HTML is the one to read: it has tables, named links, struck or more words."""
    if any(ROW in line or STRUCK in line for line in html.lines):
        return True
    if any(_says_more(label, url) for label, url in html.links):
        return True
    written = set(_WORD.findall(fold(text)))
    shown = set(_WORD.findall(fold(_shown(html))))
    return len(shown - written) > _MORE * len(shown)


def differ(text: str, html: "HtmlText") -> bool:
    """Whether the text says in substance what the HTML does not.

    What the HTML says beyond the text is no matter: it is then the one that is read.
    """
    written, shown = _words(_LEFTOVERS.sub(" ", text)), _words(_shown(html))
    if _is_stub(text, written, shown):
        return False
    return len(written - shown) > max(_OTHER * len(written), _FEW)


def _is_stub(text: str, written: set[str], shown: set[str]) -> bool:
    """Whether a short text only leads to what is to be read, in words or by an address."""
    if len(written) >= _STUB_WORDS:
        return False
    leads = len(shown) > _FULLER * len(written) and _ADDRESS.search(text)
    return bool(leads or _STUB.search(fold(text)))


def _shown(html: "HtmlText") -> str:
    """The text of the HTML, the words of its cells apart."""
    return unmarked(_BETWEEN.sub(" ", "\n".join(html.lines)))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(_ADDRESSES.sub(" ", text)).replace("_", " ").replace("*", " ")))


def _says_more(text: str, url: str) -> bool:
    """Whether a link is more than its own address: named, or leading elsewhere than it says."""
    if url.lower().startswith(("mailto:", "tel:")):
        return False
    named = named_host(text)
    return not named or " " in text or not same_site(named, host_of(url))
