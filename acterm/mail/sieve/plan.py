"""Where acterm's rules go among the scripts of a server, so that none of them is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from acterm.mail.sieve.reading import deeds, required
from acterm.mail.sieve.script import NAME, Frame, Rules, read, written


@dataclass(frozen=True, slots=True)
class Script:
    """One script as the server has it. At most one is `active`."""

    name: str
    source: bytes
    active: bool

    @property
    def text(self) -> str:
        """The source; bytes that are no UTF-8 survive `encoded`."""
        return self.source.decode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Plan:
    """Write `source` as `name` and make it the active script.

    `copy` is written first: what somebody changed by hand in our script, None for nothing.
    """

    name: str
    source: bytes
    copy: Script | None = None


def own(scripts: Sequence[Script]) -> Script | None:
    """The script that holds acterm's rules, the active one before others."""
    ours = [script for script in scripts if read(script.text)]
    return next((script for script in ours if script.active), ours[0] if ours else None)


def current(scripts: Sequence[Script]) -> Rules:
    """The rules that are kept on the server, and the script that stands beside them."""
    ours, active = own(scripts), _active(scripts)
    found = read(ours.text) if ours else None
    rules = found[0] if found else Rules()
    if active is not None and active is not ours:
        return replace(rules, former=active.name, beside=True)
    return rules


def working(scripts: Sequence[Script]) -> bool:
    """Whether acterm's own script is the active one."""
    ours = own(scripts)
    return ours is not None and ours.active


def answering(scripts: Sequence[Script]) -> str:
    """The former script that answers by itself already: two answers would stop each other."""
    now = current(scripts)
    former = next((one for one in scripts if now.beside and one.name == now.former), None)
    answers = former is not None and any(one.name == "vacation" for one in deeds(former.text))
    return now.former if answers else ""


def plan(rules: Rules, scripts: Sequence[Script], extensions: frozenset[str]) -> Plan:
    """What to write so that these rules work, before the script that is active now."""
    ours, active = own(scripts), _active(scripts)
    before, around = (read(ours.text) if ours else None) or (Rules(), Frame())
    frame = around
    if active is None or active is ours:
        rules = replace(rules, former=before.former)
        if rules.beside != before.beside:
            frame = _frame(rules, scripts, extensions)
    else:
        rules = replace(rules, former=active.name)
        frame = _frame(rules, scripts, extensions)
    source = encoded(_whole(rules, frame))
    lossless = frame == around or _points_only(before, around, scripts)
    if ours is None or not (lossless or ours.active):
        return Plan(_free(scripts), source)
    if lossless and encoded(_whole(before, around)) == ours.source:
        return Plan(ours.name, source)
    copy = Script(_free(scripts, f"{ours.name} (copie)"), ours.source, False)
    return Plan(ours.name, source, copy)


def encoded(text: str) -> bytes:
    """The bytes of a script, as they came."""
    return text.encode("utf-8", "surrogateescape")


def _frame(rules: Rules, scripts: Sequence[Script], extensions: frozenset[str]) -> Frame:
    """The former script after the rules: by its name (RFC 6609), else its text around them."""
    former = next((script for script in scripts if script.name == rules.former), None)
    if former is None or not rules.beside:
        return Frame()
    if "include" in extensions:
        return Frame(tail=_include(former.name))
    _names, end = required(former.text)
    head, tail = former.text[:end], former.text[end:]
    return Frame(head + "\r\n" if head else "", tail)


def _include(name: str) -> str:
    """Optional: should the former script be deleted one day, mail is filed all the same."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'include :personal :optional "{escaped}";\r\n'


def _whole(rules: Rules, frame: Frame) -> str:
    """The script; what `include` in the frame takes is required beside the rules' own needs."""
    points = bool(rules.former) and frame.tail.startswith(_include(rules.former))
    return written(rules, frame, ("include",) if points else ())


def _points_only(rules: Rules, frame: Frame, scripts: Sequence[Script]) -> bool:
    """Whether nothing in the frame would be missed: it is empty, or says what another script is."""
    if frame in (Frame(), Frame(tail=_include(rules.former))):
        return True
    return any(script.text == frame.head.removesuffix("\r\n") + frame.tail for script in scripts)


def _active(scripts: Sequence[Script]) -> Script | None:
    return next((script for script in scripts if script.active), None)


def _free(scripts: Sequence[Script], wanted: str = NAME) -> str:
    """A name that no script has: what is there is never overwritten."""
    taken = {script.name for script in scripts}
    return next(
        name
        for number in range(1, len(taken) + 2)
        if (name := wanted if number == 1 else f"{wanted} {number}") not in taken
    )
