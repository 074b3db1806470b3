"""A code to type once, sent by mail: the ODA code of an académie, that of any site."""

from dataclasses import dataclass

from acterm.i18n import _


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """The code as one types it. `oda`: it goes behind one's PIN, as the académies want it."""

    code: str
    oda: bool = False

    def words(self) -> str:
        """One sentence for a card, without the code."""
        if self.oda:
            return _("One-time code: type your PIN, then these digits. Give it to nobody.")
        return _("One-time code, asked for by a sign-in. Give it to nobody.")
