"""The real program in a real pty, and what a person sees of it (pexpect and pyte)."""

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pexpect
import pyte

ENTER, ESCAPE, TAB, DOWN, ERASE_LINE = "\r", "\x1b", "\t", "\x1b[B", "\x15"
# As one types it: ordinary spaces and apostrophes.
_PLAIN = str.maketrans("\u00a0\u202f’", "  '")


class Terminal:
    """One program until the end of a `with` block. `lines` is what stands on the terminal.

    `written` is everything the program has written so far, as a scrollback would keep it.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._emulator = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._emulator)
        self.received = 0
        self.written = bytearray()
        alien = ("NO_COLOR", "COLUMNS", "LINES")  # the terminal alone says its size
        around = {name: value for name, value in os.environ.items() if name not in alien}
        words = {"TERM": "xterm-256color", "COLORTERM": "", "LC_ALL": "fr_FR.UTF-8"}
        self.started = time.perf_counter()
        self._program = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(rows, columns),
            env={**around, **words, **(environment or {})},
            use_poll=True,  # select() knows no more than 1 024 open files
        )
        self._program.delaybeforesend = None

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            error.add_note(str(self))
        self._program.close(force=True)

    def __str__(self) -> str:
        return "\n".join(self.lines)

    @property
    def pid(self) -> int:
        """The process of the program."""
        return int(self._program.pid)

    @property
    def lines(self) -> list[str]:
        """The rows of the screen, French no-break spaces as ordinary ones."""
        return [line.translate(_PLAIN).rstrip() for line in self._emulator.display]

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cursor."""
        return self._emulator.cursor.y, self._emulator.cursor.x

    def press(self, keys: str) -> None:
        """Type."""
        self._program.send(keys)

    def read(self, seconds: float = 0.05) -> int:
        """Take what the program has written, waiting so long for the first of it."""
        try:
            data = self._program.read_nonblocking(1 << 16, seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return 0
        self.received += len(data)
        self.written += data
        self._stream.feed(data)
        return len(data)

    def wait_until(
        self, seen: Callable[["Terminal"], object], what: str, seconds: float = 15
    ) -> float:
        """Until the screen shows it; returns the seconds since the program started."""
        deadline = time.monotonic() + seconds
        while not seen(self):
            if not self.read() and not self._program.isalive():
                raise AssertionError(f"the program ended before: {what}\n{self}")
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {seconds} s: {what}\n{self}")
        return time.perf_counter() - self.started

    def wait_for(self, text: str, seconds: float = 15) -> float:
        """Until the text stands on the screen."""
        return self.wait_until(lambda _: any(text in line for line in self.lines), text, seconds)

    def wait_gone(self, text: str, seconds: float = 15) -> float:
        """Until the text stands there no longer."""
        return self.wait_until(
            lambda _: not any(text in line for line in self.lines), f"{text} goes", seconds
        )

    def settle(self, quiet: float = 0.3) -> None:
        """Until nothing has been drawn for a while."""
        while self.read(quiet):
            pass

    def kill(self, signal_number: signal.Signals = signal.SIGKILL) -> None:
        """End the program from outside."""
        os.kill(self.pid, signal_number)

    def ended(self, seconds: float = 10) -> int:
        """Wait for the end of the program and return its exit code."""
        deadline = time.monotonic() + seconds
        while self._program.isalive():
            self.read()
            assert time.monotonic() < deadline, f"still running\n{self}"
        return int(self._program.exitstatus if self._program.exitstatus is not None else -1)
