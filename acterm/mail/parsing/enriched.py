"""The words of text/enriched (RFC 1896) and of its elder text/richtext, without their marks."""

import re

TYPES = ("text/enriched", "text/richtext")

_PARAMETER = re.compile(r"<param>[^<]{0,200}</param>", re.IGNORECASE)
_NEW_LINE = re.compile(r" ?<nl> ?", re.IGNORECASE)
_LESS = re.compile(r"<<|<lt>", re.IGNORECASE)
_MARK = re.compile(r"</?[a-z][a-z0-9-]{0,59}>", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\n(\n*)")
# Of the private use, which foreign text never has (acterm.mail.clean).
_LITERAL = "\ue0ff"


def words(text: str) -> str:
    """The text, its lines as it means them: a line end alone is a space, of several one is none."""
    text = _PARAMETER.sub("", _LESS.sub(_LITERAL, text))
    if _NEW_LINE.search(text):  # richtext, which says where a line ends
        text = _NEW_LINE.sub("\n", text.replace("\n", " "))
    else:
        text = _LINE_ENDS.sub(lambda ends: ends[1] or " ", text)
    return _MARK.sub("", text).replace(_LITERAL, "<")
