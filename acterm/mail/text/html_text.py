"""html2text as a writer of marked text: its paragraphs and spaces, our styles."""

import re

import html2text

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.text.html_shifted import lowered, raised
from acterm.mail.text.marking import STRUCK, TYPED_QUOTE, closing
from acterm.mail.text.symbols import without_private
from acterm.mail.text.unseen import without_unseen

# No-break spaces, which html2text would take for ordinary ones.
SPACE, NARROW_SPACE = "\ue030", "\ue031"

_TYPED_QUOTE = re.compile("^>", re.MULTILINE)


class TextWriter(html2text.HTML2Text):
    """Takes text with the marks it is set in; `outtextlist` holds what is written."""

    def __init__(self) -> None:
        super().__init__(bodywidth=0)
        self.unicode_snob = True
        self.backquote_code_style = True  # keeps <pre> from being indented
        self.indent = ""  # what stands before every line
        self.shifted = ""  # "sup" or "sub" while their text is read
        self.marks = ""
        self._struck = _("[struck out: {text}]").partition("{text}")

    def o(self, data: str, puredata: bool = False, force: bool | str = False) -> None:
        """Write what is no plain text as it is, after the line ends that are due."""
        if self.p_p and self.indent and data and not self.start and not self.pre:
            data = self.indent + data
        super().o(data, puredata, force)

    def say(self, data: str, marks: str) -> None:
        """Text as it is, in the styles that `marks` open: no Markdown, so nothing is escaped."""
        text = clean(data)
        if not text.isascii():
            text = without_private(without_unseen(text))
            text = text.replace("\u00a0", SPACE).replace("\u202f", NARROW_SPACE)
            text = text.replace("⟦", "[").replace("⟧", "]")  # marks of ours no mail may forge
        words = text.split()
        if not self.pre:
            self.space = self.space or text[:1].isspace()
            text = " ".join(words) + (" " if words and text[-1].isspace() else "")
        if ">" in text:
            text = _TYPED_QUOTE.sub(TYPED_QUOTE, text)
        if words and marks != self.marks:
            self.set_marks(marks)
        if self.shifted and words:
            before = next((one[-1] for one in reversed(self.outtextlist) if one), "")
            shift = raised if self.shifted == "sup" else lowered
            text = shift(text, after_a_word=before.isalnum() and not self.space)
        self.o(text)

    def set_marks(self, marks: str) -> None:
        """End the styles that hold no more, at the text they set, and begin the new ones."""
        if ended := [mark for mark in reversed(self.marks) if mark not in marks]:
            label = self._struck[2] if STRUCK in ended else ""
            self.out("".join(map(closing, ended)) + label)
        if begun := [mark for mark in marks if mark not in self.marks]:
            self.o((self._struck[0] if STRUCK in begun else "") + "".join(begun))
        self.marks = marks

    def hold_marks(self, marks: str) -> None:
        """End the styles that are not among `marks`."""
        if self.marks != marks:
            self.set_marks("".join(mark for mark in self.marks if mark in marks))
