"""How an account's connection stands, told whenever that changes."""

from acterm.engine.messages.base import Tell
from acterm.engine.messages.mail import Link, LinkChanged


class Standing:
    """Remembers what was said last, and when the account was last in step."""

    def __init__(self, account_id: int, tell: Tell, checked: float) -> None:
        self._account_id = account_id
        self._tell = tell
        self._said: LinkChanged | None = None
        self.checked = checked

    @property
    def link(self) -> Link | None:
        """The last word."""
        return self._said.link if self._said else None

    def say(self, link: Link, words: str = "", advice: str = "") -> None:
        """The connection is like this now; `words` say why it is not, `advice` what mends it."""
        now = LinkChanged(self._account_id, link, self.checked, words, advice)
        if now != self._said:
            self._said = now
            self._tell(now)
