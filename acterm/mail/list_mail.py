"""Mail of a list or newsletter: its name, the ways out of it (RFC 2369, RFC 2919, RFC 8058)."""

from dataclasses import dataclass

from acterm.i18n import _


@dataclass(frozen=True, slots=True)
class ListMail:
    """What the List-* fields say. `unsubscribe` and `post` are https: and mailto: addresses.

    `one_click`: the first https address leaves the list when it is posted to (RFC 8058).
    """

    name: str
    unsubscribe: tuple[str, ...] = ()
    post: str = ""
    archive: str = ""
    one_click: bool = False

    def words(self) -> str:
        """One sentence for a card."""
        if self.post:
            words = _("Sent through the list {name}: an answer to all goes to everybody on it.")
        elif self.unsubscribe:
            words = _("Sent to everybody on the list {name}, which can be left.")
        else:
            words = _("Sent to everybody on the list {name}.")
        return words.format(name=self.name)
