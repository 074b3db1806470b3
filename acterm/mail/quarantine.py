"""The report of a filter that keeps mail back: which mails, from whom."""

from dataclasses import dataclass

from acterm.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Held:
    """One mail kept back. What the report does not say is empty."""

    sender: str
    subject: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Quarantine:
    """What a filter holds, in its order. `count` is 0 when the report does not say it."""

    held: tuple[Held, ...] = ()
    count: int = 0

    def words(self) -> str:
        """One sentence for a card."""
        if not self.count:
            return _("Report of a filter that keeps mail back: open its page only by yourself.")
        words = ngettext(
            "A filter keeps {count} mail back: look whether it is one you wait for.",
            "A filter keeps {count} mails back: look whether one of them is one you wait for.",
            self.count,
        )
        return words.format(count=self.count)
