"""The child process: reads one request, answers it, ends."""

import gc
import io
import sys
from contextlib import redirect_stderr, redirect_stdout

from acterm.errors import BadData
from acterm.i18n import _, set_language
from acterm.viewers import wire
from acterm.viewers.asked import Asked
from acterm.viewers.limits import confine


def main() -> None:
    """One request from stdin, one answer to stdout."""
    answer_to = sys.stdout.buffer
    head, data = wire.received(sys.stdin.buffer)
    confine()
    gc.disable()
    set_language(head["language"])
    given = ("name", "kind", "width", "page", "password", "charset")
    asked = Asked(data, **{field: head[field] for field in given})
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        answer = answered(asked, head["number"])
    for piece in answer:
        answer_to.write(piece)
    answer_to.flush()


def answered(asked: Asked, number: int = 0) -> wire.Block:
    """The view, or the member of that number, as a block; why there is none, in words."""
    from acterm.viewers import families

    try:
        if number:
            return wire.of_member(families.take(asked, number))
        return wire.of_view(families.show(asked))
    except BadData as refused:
        return wire.of_refusal(refused)
    except MemoryError:
        return wire.of_refusal(BadData(_("It takes too much memory to be shown here.")))
    except Exception:  # noqa: BLE001 (no library says what it raises on a damaged file)
        return wire.of_refusal(BadData(_("The file is damaged, or empty.")))
