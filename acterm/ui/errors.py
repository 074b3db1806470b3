"""A bug of ours: written to the log without any value, told in a sentence, and the app goes on."""

import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from acterm import paths
from acterm.errors import ActermError
from acterm.i18n import _

Tell = Callable[[str], None]


def record(error: BaseException) -> Path:
    """Add the traceback, names of places only, to the log. Returns the log's path."""
    path = paths.log_file()
    frames = "".join(traceback.format_tb(error.__traceback__))
    with path.open("a", encoding="utf-8") as log:
        log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {type(error).__name__}\n{frames}\n")
    return path


def sentence(log: Path) -> str:
    """What the person is told."""
    return _("acterm made a mistake. Nothing is lost; the details are in {log}.").format(log=log)


@contextmanager
def guarded(tell: Tell) -> Iterator[None]:
    """Tell a failure in words; a bug goes to the log and the app goes on."""
    try:
        yield
    except ActermError as error:
        tell(str(error))
    except Exception as error:  # noqa: BLE001 (the crash page: one bug does not end the app)
        tell(sentence(record(error)))
