"""What a check of the doctor is, and how many run at once without one holding up the others."""

import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from acterm.academy import numen
from acterm.errors import ActermError, Exit
from acterm.i18n import _

OK, NOTE, FAILED = "ok", "note", "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the page. `name` is stable, `state` is ok, note or failed."""

    name: str
    state: str
    text: str
    exit_code: int = Exit.DONE


@dataclass(frozen=True, slots=True)
class Task:
    """Checks to be made in one go: `subject` is what they are about, for the text on failure."""

    name: str
    subject: str
    work: Callable[[], Sequence[Check]]


def failed(name: str, subject: str, problem: ActermError) -> Check:
    """A check that ended with one of our errors."""
    return Check(name, FAILED, about(subject, str(problem)), problem.exit_code)


def about(subject: str, words: str) -> str:
    """« imap.ac-amiens.fr:993 : … »."""
    return _("{subject}: {words}").format(subject=subject, words=words)


def side_by_side(tasks: Sequence[Task], deadline: float) -> Iterator[Check]:
    """Every check, in order; one that has not ended after `deadline` seconds is said to hang."""
    results: dict[int, Sequence[Check]] = {}
    threads = [
        threading.Thread(target=_run, args=(task, at, results), daemon=True)
        for at, task in enumerate(tasks)
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + deadline
    for at, (task, thread) in enumerate(zip(tasks, threads, strict=True)):
        thread.join(max(0.0, until - time.monotonic()))
        yield from results.get(at) or [_hanging(task, deadline)]


def for_others(text: str) -> str:
    """The text without what is not for a help desk: a NUMEN, the name of the person's folder."""
    for found in numen.find(text):
        text = re.sub(r"[\s\u00a0\u202f-]?".join(found), "…", text, flags=re.IGNORECASE)
    return text.replace(str(Path.home()), "~") if Path.home() != Path("/") else text


def _run(task: Task, at: int, results: dict[int, Sequence[Check]]) -> None:
    try:
        results[at] = task.work()
    except ActermError as problem:
        results[at] = [failed(task.name, task.subject, problem)]


def _hanging(task: Task, deadline: float) -> Check:
    words = _("no answer within {seconds} seconds").format(seconds=f"{deadline:g}")
    return Check(task.name, FAILED, about(task.subject, words), Exit.QUEUED)
