"""What the engine has told about each account, and how the status line says it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from acterm.engine.messages.account import SecretWanted, SignInWasRefused
from acterm.engine.messages.base import Event
from acterm.engine.messages.mail import Link, LinkChanged, Progress, QuotaChanged
from acterm.engine.messages.writing import OutboxChanged, SendingChanged, SendingState
from acterm.i18n import N_, _, ngettext
from acterm.ui.format import clock, number, since
from acterm.ui.glyphs import marks

_FULL = 90
_ONLINE = (Link.WORKING, Link.CONNECTED)


@dataclass(frozen=True, slots=True)
class Situation:
    """The last word on every account. Mappings are by account."""

    links: Mapping[int, LinkChanged] = field(default_factory=dict)
    progress: Mapping[int, Progress] = field(default_factory=dict)
    fill: Mapping[int, int] = field(default_factory=dict)
    refused: Mapping[int, str] = field(default_factory=dict)
    wanted: Mapping[int, str] = field(default_factory=dict)
    waiting: int = 0

    def after(self, event: Event) -> "Situation":
        """The situation once this event has happened; the same when it says nothing new."""
        now = self
        match event:
            case LinkChanged(account_id=account):
                now = self._linked(account, event)
            case Progress(account_id=account):
                now = replace(self, progress={**self.progress, account: event})
            case QuotaChanged(account_id=account, used=used, limit=limit):
                percent = used * 100 // limit if limit else -1
                now = replace(self, fill={**self.fill, account: percent})
            case SignInWasRefused(account_id=account, words=words):
                now = replace(self, refused={**self.refused, account: words})
            case SecretWanted(account_id=account, kind=kind):
                now = replace(self, wanted={**self.wanted, account: kind})
            case OutboxChanged(waiting=waiting):
                now = replace(self, waiting=waiting)
            case SendingChanged(state=SendingState.SENDING):
                now = replace(self, wanted={one: self.wanted[one] for one in self._offline_wants})
        return now

    @property
    def _offline_wants(self) -> list[int]:
        """The accounts that want a secret to connect; the others want it for sending."""
        links = self.links
        return [one for one in self.wanted if one not in links or links[one].link not in _ONLINE]

    def _linked(self, account: int, event: LinkChanged) -> "Situation":
        before = self.links.get(account)
        if before and before.advice and event.link is Link.CONNECTING:
            event = replace(event, words=before.words, advice=before.advice)
        now = replace(self, links={**self.links, account: event})
        if event.link in (Link.OFFLINE, Link.REFUSED):
            return now
        if before and before.link in _ONLINE and event.link in _ONLINE:
            return now  # a secret that is wanted meanwhile is for sending
        refused = {key: words for key, words in now.refused.items() if key != account}
        wanted = {key: kind for key, kind in now.wanted.items() if key != account}
        return replace(now, refused=refused, wanted=wanted)


def connection_words(situation: Situation, account: int, today: datetime.date) -> str:
    """How the account stands: « connecté · 62 % », « hors ligne, à jour à 14:02 »."""
    words = [_link_words(situation, account, today)]
    percent = situation.fill.get(account, -1)
    if percent >= 0:
        words.append(
            _("mailbox {percent} % full").format(percent=percent)
            if percent >= _FULL
            else _("{percent} %").format(percent=percent)
        )
    if situation.waiting:
        words.append(
            ngettext("{count} to send", "{count} to send", situation.waiting).format(
                count=number(situation.waiting)
            )
        )
    return f" {marks.dot} ".join(word for word in words if word)


def _link_words(situation: Situation, account: int, today: datetime.date) -> str:
    state = situation.links.get(account)
    if state is None:
        return ""
    if state.link in _ONLINE:
        return _work_words(state.link, situation.progress.get(account))
    if state.link is Link.OFFLINE:
        return _offline_words(state.since, today)
    return _("connecting…") if state.link is Link.CONNECTING else _("sign-in refused")


def _work_words(link: Link, progress: Progress | None) -> str:
    if progress and progress.done < progress.total:
        return _("fetching mail, {done} of {total}").format(
            done=number(progress.done), total=number(progress.total)
        )
    return _("updating…") if link is Link.WORKING else _("connected")


def _offline_words(checked: float, today: datetime.date) -> str:
    if not checked:
        return _("offline")
    moment = since(checked, today)
    if moment == clock(checked):
        return _("offline, up to date at {time}").format(time=moment)
    return _("offline, up to date {time}").format(time=moment)


def banner_words(situation: Situation, key: str) -> tuple[int, str]:
    """The account that waits for an answer, 0 for none, and what the banner says.

    It also says what only a person can mend: a certificate that proves nothing, say.
    """
    for account, words in situation.refused.items():
        said = _("The server refused the sign-in: “{words}”.").format(
            words=words.rstrip(". ") or "…"
        )
        return account, said + "\n" + _("{key}: sign in again, or lost password").format(key=key)
    for account, kind in situation.wanted.items():
        state = situation.links.get(account)
        sends = kind == "passcode" and state is not None and state.link in _ONLINE
        words = _WANTED["sending" if sends else kind]
        return account, _(words) + "\n" + _("{key}: answer").format(key=key)
    for state in situation.links.values():
        if state.advice:
            return 0, f"{state.words}\n{state.advice}"
    return 0, ""


_WANTED = {
    "password": N_("The password is needed to connect."),
    "passcode": N_("A new passcode is needed to connect."),
    "sending": N_("A new passcode is needed to send the mail that waits."),
    "keyring-password": N_("The password of your session is needed to open the keyring."),
    "passphrase": N_("The passphrase of the sealed file is needed to connect."),
}
