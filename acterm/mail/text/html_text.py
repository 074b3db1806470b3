"""html2text as a writer of marked text: its paragraphs, lists and spaces, our styles."""

import html2text

from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.mail.text.marking import STRUCK, closing
from acterm.mail.text.unseen import without_unseen

# No-break spaces, which html2text would take for ordinary ones.
SPACE, NARROW_SPACE = "\ue030", "\ue031"

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class TextWriter(html2text.HTML2Text):
    """Takes text with the marks it is set in; `outtextlist` holds what is written."""

    def __init__(self) -> None:
        super().__init__(bodywidth=0)
        self.unicode_snob = True
        self.ul_item_mark = "•"
        self.open_quote, self.close_quote = f"«{SPACE}", f"{SPACE}»"
        self.backquote_code_style = True  # keeps <pre> from being indented
        self.raised = False
        self.marks = ""
        self._struck = _("[struck out: {text}]").partition("{text}")

    def say(self, data: str, marks: str) -> None:
        """Text as it is, in the styles that `marks` open: no Markdown, so nothing is escaped."""
        text = clean(data)
        if not text.isascii():
            text = without_unseen(text).replace("\u00a0", SPACE).replace("\u202f", NARROW_SPACE)
            text = text.replace("⟦", "[").replace("⟧", "]")  # marks of ours no mail may forge
        words = text.split()
        if not self.pre:
            self.space = self.space or text[:1].isspace()
            text = " ".join(words) + (" " if words and text[-1].isspace() else "")
        if words and marks != self.marks:
            self.set_marks(marks)
        if self.raised and text.strip().isdigit():
            text = text.translate(_RAISED)
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
