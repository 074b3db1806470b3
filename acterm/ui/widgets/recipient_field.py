"""A line of recipients, and the people who may be meant by what is typed into it."""

from collections.abc import Sequence

from textual.events import Paste

from acterm.mail.address import Address
from acterm.mail.clean import clean
from acterm.mail.parsing.header import format_address
from acterm.ui.widgets.choices import Choice, Choices
from acterm.ui.widgets.fields import Field

_LEAST = 2
_SEPARATORS = ",;"


class RecipientField(Field):
    """Addresses with commas between them."""

    def _on_paste(self, event: Paste) -> None:
        """A column of addresses becomes a line of them (Textual's handler follows)."""
        lines = clean(event.text).replace("\t", "\n").splitlines()
        event.text = ", ".join(line.strip() for line in lines if line.strip())

    @property
    def word(self) -> str:
        """What is typed around the cursor, empty while it cannot mean anybody."""
        start, end = recipient_at(self.value, self.cursor_position)
        typed = self.value[start:end].strip()
        return "" if len(typed) < _LEAST or typed.endswith(">") else typed

    def accept(self, person: Address) -> None:
        """Put the person where the word was, ready for the next one."""
        start, end = recipient_at(self.value, self.cursor_position)
        before, after = self.value[:start].rstrip(), self.value[end:].lstrip(f"{_SEPARATORS} ")
        lead = f"{before} " if before else ""
        written = f"{lead}{format_address(person)}, "
        self.value = written + after
        self.cursor_position = len(written)


def recipient_at(typed: str, cursor: int) -> tuple[int, int]:
    """Where the recipient around the cursor begins and ends, between commas or semicolons."""
    start = max(typed.rfind(sign, 0, cursor) for sign in _SEPARATORS) + 1
    ends = [at for sign in _SEPARATORS if (at := typed.find(sign, cursor)) >= 0]
    return start, min(ends, default=len(typed))


class Suggestions(Choices[Address]):
    """People below the line; the line keeps the keys."""

    can_focus = False

    def propose(self, people: Sequence[Address]) -> None:
        """These people, or nothing at all."""
        self.cursor = 0
        self.show([Choice(person.label, person.address, person) for person in people])
        self.display = bool(people)
        self.styles.height = len(people)
