"""Attachments are read in a child process: it may fail, hang or be taken over, acterm goes on."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, TypeVar

from acterm.errors import BadData, reason
from acterm.i18n import _, language
from acterm.viewers import wire
from acterm.viewers.described import described
from acterm.viewers.view import Locked, Member, View

# Seconds on the clock. The child's own limit on computing time is half of that.
DEADLINE = 20.0
# A larger attachment is saved, not shown.
MAX_DATA = 64 << 20
# The path is given, because an isolated interpreter would look for acterm elsewhere.
_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from acterm.viewers.worker import main; main()"
)
# Nothing else of the environment: the interpreter's own needs, and the time zone.
_KEPT = ("TZ", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_Found = TypeVar("_Found", View, Member)


class Child:
    """The process that reads one attachment. `kill` ends it from any thread, once for good."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._over = ""

    def kill(self) -> None:
        """Stop reading: whoever waits gets a sentence at once."""
        self._end(_("Stopped."))

    def ask(self, request: wire.Block, most: int) -> bytes:
        """The answer, of at most so many bytes. Raises BadData with why there is none."""
        try:
            process = self._start()
        except OSError as error:
            words = _("The attachment cannot be read here: {reason}.")
            raise BadData(words.format(reason=reason(error))) from error
        late = threading.Timer(DEADLINE, self._end, [_("It takes too long to be shown here.")])
        late.daemon = True
        late.start()
        threading.Thread(target=_hand_over, args=(process.stdin, request), daemon=True).start()
        assert process.stdout is not None  # noqa: S101 (it was asked for)
        try:
            with process.stdout as answers:
                answer = answers.read(most + 1)
            if len(answer) > most:
                self._end(_("It takes too much memory to be shown here."))
        finally:
            late.cancel()
            self._end("")  # whatever it may have started goes with it
        code = process.wait()
        if self._over or code == -getattr(signal, "SIGXCPU", 0):
            raise BadData(self._over or _("It takes too long to be shown here."))
        return answer

    def _start(self) -> "subprocess.Popen[bytes]":
        path = json.dumps([place for place in sys.path if place])
        with self._lock:
            if self._over:
                raise BadData(self._over)
            self._process = subprocess.Popen(  # noqa: S603 (this interpreter, our own words)
                [sys.executable, "-I", "-B", "-c", _BEGIN, path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
                start_new_session=True,
            )
            return self._process

    def _end(self, words: str) -> None:
        """End the process and all it may have started; `words` say why, nothing when it is due."""
        with self._lock:
            self._over = self._over or words
            process = self._process
            if process is None or process.returncode is not None:
                return
            with suppress(ProcessLookupError, PermissionError):
                if hasattr(os, "killpg"):
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()


def view(
    data: bytes,
    name: str,
    kind: str,
    width: int,
    *,
    page: int = 1,
    password: str = "",
    charset: str = "",
    child: Child | None = None,
) -> View:
    """The attachment for `width` cells; a sentence when it cannot be shown. Never raises.

    It takes a tenth of a second or several, so it is not for the UI's thread. `name` and `kind`
    are what the mail says, and `charset` for a text; the bytes decide. `page` counts from 1; 0 is
    all pages as one text, without pictures.
    """
    width = max(width, 20)
    head = _head(name, kind, password) | {"width": width, "page": page, "charset": charset}
    try:
        return _asked(child, head, data, wire.MAX_VIEW, wire.to_view)
    except Locked as told:
        return View(described(data, name, kind, width, here=True), str(told), locked=True)
    except BadData as told:
        return View(described(data, name, kind, width), str(told))


def member(
    data: bytes,
    name: str,
    kind: str,
    number: int,
    *,
    password: str = "",
    child: Child | None = None,
) -> Member:
    """One of the `entries` of an attachment, by its number.

    Raises Locked when it needs a password or another one, BadData in words for all else.
    """
    head = _head(name, kind, password) | {"number": number}
    return _asked(child, head, data, wire.MAX_MEMBER + (1 << 16), wire.to_member)


def _head(name: str, kind: str, password: str) -> dict[str, str | int]:
    return {
        "name": name,
        "kind": kind,
        "password": password,
        "language": language(),
        "width": 80,
        "page": 1,
        "number": 0,
        "charset": "",
    }


def _asked(
    child: Child | None,
    head: dict[str, str | int],
    data: bytes,
    most: int,
    read: Callable[[bytes], _Found],
) -> _Found:
    """What a child answers. A child that dies or lies is a sentence: BadData."""
    if len(data) > MAX_DATA:
        raise BadData(_("It is too large to be shown here."))
    answer = (child or Child()).ask(wire.packed(head, data), most)
    try:
        return read(answer)
    except (ValueError, RecursionError) as lie:
        raise BadData(_("The file is damaged: reading it failed.")) from lie


def _hand_over(pipe: "IO[bytes]", request: wire.Block) -> None:
    """Write the request; a child that ends early needs no more of it."""
    with suppress(OSError, ValueError):
        for piece in request:
            pipe.write(piece)
    with suppress(OSError, ValueError):
        pipe.close()
