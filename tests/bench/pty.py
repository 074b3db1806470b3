"""A program in a pty with nothing between it and the clock: bytes as they come, no emulation."""

import os
import select
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pexpect

_DEVICE = b"\x1b[c"


class Pty:
    """One program at 100 by 30 cells until the end of a `with` block."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        words = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "COLORTERM": ""}
        self.started = time.perf_counter()
        self._program = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(30, 100),
            env={**os.environ, **words, **environment},
        )
        self._file = self._program.child_fd
        self.output = bytearray()

    def __enter__(self) -> "Pty":
        return self

    def __exit__(self, *_error: object) -> None:
        self._program.close(force=True)

    def read(self, seconds: float) -> int:
        """Take what comes within so many seconds; 0 when nothing did."""
        if not select.select([self._file], [], [], max(seconds, 0))[0]:
            return 0
        try:
            data = os.read(self._file, 1 << 16)
        except OSError:
            return 0
        self.output += data
        if _DEVICE in data:
            os.write(self._file, b"\x1b[?62;c")  # as a terminal answers; some wait for it
        return len(data)

    def first_byte(self) -> float:
        """Seconds from the start to anything at all."""
        self.read(10)
        return time.perf_counter() - self.started

    def until(self, word: str, seconds: float = 30) -> float:
        """Seconds from the start until the word has been drawn."""
        return self._until(word, seconds) - self.started

    def _until(self, word: str, seconds: float) -> float:
        wanted, deadline = word.encode(), time.perf_counter() + seconds
        place = 0
        while wanted not in self.output[place:]:
            place = max(0, len(self.output) - len(wanted))
            if not self.read(0.5) and not self._program.isalive():
                raise AssertionError(f"ended before {word}: {bytes(self.output[-400:])!r}")
            if time.perf_counter() > deadline:
                raise AssertionError(f"{word} did not come: {bytes(self.output[-400:])!r}")
        return time.perf_counter()

    def press(self, keys: str) -> None:
        """Type, and forget what was drawn before."""
        self.output.clear()
        os.write(self._file, keys.encode())

    def press_until(self, keys: str, word: str, seconds: float = 20) -> float:
        """Seconds from the key until the word has been drawn."""
        self.press(keys)
        start = time.perf_counter()
        return self._until(word, seconds) - start

    def latency(self, keys: str) -> float:
        """Seconds from the key to the first byte of what it draws."""
        self.press(keys)
        start = time.perf_counter()
        self.read(2)
        return time.perf_counter() - start

    def settle(self, quiet: float = 0.3, seconds: float = 60) -> int:
        """Read until nothing has come for a while; how many bytes it was."""
        deadline, before = time.perf_counter() + seconds, len(self.output)
        while self.read(quiet) and time.perf_counter() < deadline:
            pass
        return len(self.output) - before

    def count(self, seconds: float) -> int:
        """How many bytes come within so many seconds."""
        end, before = time.perf_counter() + seconds, len(self.output)
        while (left := end - time.perf_counter()) > 0:
            self.read(left)
        return len(self.output) - before

    def memory(self) -> float:
        """Resident memory in MB."""
        status = Path(f"/proc/{self._program.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def end(self, keys: str) -> float:
        """Seconds from the key to the end of the program."""
        start = time.perf_counter()
        self.press(keys)
        while self._program.isalive():
            self.read(0.005)
        return time.perf_counter() - start
