"""What a check of the doctor is, and how many run at once without one holding up the others."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
    """A check to be made: `subject` is what it is about, for the text when it fails."""

    name: str
    subject: str
    work: Callable[[], Check]


def failed(name: str, subject: str, problem: ActermError) -> Check:
    """A check that ended with one of our errors."""
    return Check(name, FAILED, about(subject, str(problem)), problem.exit_code)


def about(subject: str, words: str) -> str:
    """« imap.ac-amiens.fr:993 : … »."""
    return _("{subject}: {words}").format(subject=subject, words=words)


def side_by_side(tasks: Sequence[Task], deadline: float) -> list[Check]:
    """Every check, in order; one that has not ended after `deadline` seconds is said to hang."""
    results: dict[int, Check] = {}
    threads = [
        threading.Thread(target=_run, args=(task, at, results), daemon=True)
        for at, task in enumerate(tasks)
    ]
    for thread in threads:
        thread.start()
    until = time.monotonic() + deadline
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return [results.get(at) or _hanging(task, deadline) for at, task in enumerate(tasks)]


def _run(task: Task, at: int, results: dict[int, Check]) -> None:
    try:
        results[at] = task.work()
    except ActermError as problem:
        results[at] = failed(task.name, task.subject, problem)


def _hanging(task: Task, deadline: float) -> Check:
    words = _("no answer within {seconds} seconds").format(seconds=f"{deadline:g}")
    return Check(task.name, FAILED, about(task.subject, words), Exit.QUEUED)
