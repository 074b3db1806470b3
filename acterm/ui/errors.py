"""A bug of ours: written to the log without any value, told in a sentence, and the app goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from acterm.engine.threads import record
from acterm.errors import ActermError
from acterm.i18n import _

Tell = Callable[[str], None]

__all__ = ["Tell", "guarded", "record", "sentence"]


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
