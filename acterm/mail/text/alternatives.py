"""The text and the HTML of one mail side by side: which says more, and whether they agree."""

import re
from typing import TYPE_CHECKING

from acterm.mail.fold import fold
from acterm.mail.text.marking import ROW, STRUCK, unmarked
from acterm.mail.web.links import host_of, named_host, same_site

if TYPE_CHECKING:
    from acterm.mail.text.html import HtmlText

# The HTML is read when more than that of its words is missing in the text.
_MORE = 0.2
# They disagree when more than that of the words of the text is missing in the HTML.
_OTHER = 0.2
_STUB_WORDS = 40

_WORD = re.compile(r"\w{3,}|\d+")
_ADDRESSES = re.compile(r"(?:https?://|www\.|cid:|mailto:)\S+|\S+@\S+|\[[^\[\]]{0,200}\]|⟦\d+⟧")
# A text that only says that the mail is in the HTML.
_STUB = re.compile(
    r"\bhtml\b|navigateur|browser|client (?:de )?(?:messagerie|mail)"
    r"|mail (?:client|reader)|voir (?:ce|cet|le) |view (?:this|the|it)|en ligne|online"
)


def prefers_html(text: str, html: "HtmlText") -> bool:
    """Whether the HTML is the one to read: it has tables, named links, struck or more words."""
    if any(ROW in line or STRUCK in line for line in html.lines):
        return True
    if any(_says_more(label, url) for label, url in html.links):
        return True
    written = set(_WORD.findall(fold(text)))
    shown = set(_WORD.findall(fold(unmarked("\n".join(html.lines)))))
    return len(shown - written) > _MORE * len(shown)


def differ(text: str, html: "HtmlText") -> bool:
    """Whether the text says in substance what the HTML does not.

    What the HTML says beyond the text is no matter: it is then the one that is read.
    """
    written, shown = _words(text), _words(unmarked("\n".join(html.lines)))
    if len(written) < _STUB_WORDS and _STUB.search(fold(text)):
        return False
    return len(written - shown) > _OTHER * len(written)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(_ADDRESSES.sub(" ", text))))


def _says_more(text: str, url: str) -> bool:
    """Whether a link is more than its own address: named, or leading elsewhere than it says."""
    if url.lower().startswith(("mailto:", "tel:")):
        return False
    named = named_host(text)
    return not named or " " in text or not same_site(named, host_of(url))
