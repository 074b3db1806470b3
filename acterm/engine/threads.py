"""Threads of ours: daemons that hold up no exit, each under one guard."""

import asyncio
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from acterm import paths
from acterm.engine.messages.base import Crashed, Tell
from acterm.errors import ActermError
from acterm.i18n import _

T = TypeVar("T")


@contextmanager
def guarded(tell: Tell, stopping: threading.Event, *passing: type[Exception]) -> Iterator[None]:
    """A bug of ours is told and written to the log; whoever runs goes on. `passing` are no bugs.

    While `stopping` it is nobody's business: the store may be closed already.
    """
    try:
        yield
    except passing:
        raise
    except Exception as bug:  # noqa: BLE001 (the thread guard: a bug ends neither thread nor app)
        if not stopping.is_set():
            tell(Crashed(_("acterm made a mistake and goes on."), str(record(bug))))


def record(bug: BaseException) -> Path:
    """Add where the bug happened to the log, without any value: those are mail. The log's path."""
    frames = "".join(traceback.format_tb(bug.__traceback__))
    path = paths.log_file()
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {type(bug).__name__}\n{frames}\n")
    return path


def start(name: str, body: Callable[[], None]) -> threading.Thread:
    """Run `body` in a daemon thread."""
    thread = threading.Thread(target=body, name=name, daemon=True)
    thread.start()
    return thread


async def apart(name: str, function: Callable[[], T], tell: Tell, stopping: threading.Event) -> T:
    """What `function` returns, run in a thread of its own: it may block. Its ActermError comes out.

    asyncio's own threads are joined at exit, however long the keyring thinks.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def settle(action: Callable[[], object]) -> None:
        def settled() -> None:
            if not answer.done():
                action()

        loop.call_soon_threadsafe(settled)

    def body() -> None:
        with guarded(tell, stopping):
            try:
                result = function()
            except ActermError as failure:
                problem = failure
                settle(lambda: answer.set_exception(problem))
            else:
                settle(lambda: answer.set_result(result))
        settle(answer.cancel)

    start(name, body)
    return await answer
