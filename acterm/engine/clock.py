"""How far this machine's clock is off, as far as arriving mail tells.

No server tells its time over IMAP. But a mail is dated when it is sent, and one that is heard of
at once is some seconds old: by a clock that is behind it comes from the future. The second
youngest on arrival counts, since one sender's own clock may be wrong.
"""

import sqlite3
import time
from collections.abc import Sequence

from acterm.i18n import _
from acterm.store import messages, settings

_KEY = "clock"
_FRESH = 7 * 86400.0
_KEPT = 4
_NEEDED = 2
# Mail is delivered within so many seconds when nothing holds it up.
_PROMPT = 60.0


def learn(db: sqlite3.Connection, ids: Sequence[int], now: float) -> None:
    """Note how old the newest of these mails is, when it came more promptly than others did."""
    newest = max((one.date for one in messages.envelopes(db, ids)), default=0)
    if not newest:
        return
    known = settings.get(db, _KEY, [])
    ages = [(age, at) for age, at in known if now - at < _FRESH]
    settings.put(db, _KEY, sorted([*ages, (now - newest, now)])[:_KEPT])


def words(db: sqlite3.Connection, now: float | None = None) -> str:
    """What is known, in words; a passcode by the time needs half a minute of accuracy."""
    at = time.time() if now is None else now
    ages = [age for age, seen in settings.get(db, _KEY, []) if at - seen < _FRESH]
    if len(ages) < _NEEDED:
        return _("unknown: too few mails came while acterm was open")
    age = ages[_NEEDED - 1]
    if age < -_PROMPT / 2:
        return _("behind by about {seconds} s: set it").format(seconds=round(-age))
    if age <= _PROMPT:
        return _("right within a minute, as arriving mail shows")
    return _("unknown: the mails that came were late, or it is ahead")
