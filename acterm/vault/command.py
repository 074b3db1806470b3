"""`password_command`: a program of the person's own that prints the password."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress

from acterm.errors import ConfigError, reason
from acterm.i18n import _
from acterm.mail.clean import clean
from acterm.secret import Secret

DEADLINE = 60.0  # seconds; a person may have to answer a question of the program


def run(command: Sequence[str], deadline: float = DEADLINE) -> Secret:
    """The first line of the program's output. No shell. Raises ConfigError, in words."""
    try:
        process = subprocess.Popen(  # noqa: S603 (the words are the person's own, in config.toml)
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        words = reason(error) if isinstance(error, OSError) else str(error)
        raise _failed(_("{program} cannot be started: {reason}."), command, reason=words) from error
    try:
        output, complaint = process.communicate(timeout=deadline)
    except subprocess.TimeoutExpired as error:
        _end(process)
        raise _failed(
            _("{program} gave no password within {seconds} seconds."),
            command,
            seconds=f"{deadline:g}",
        ) from error
    if process.returncode:
        raise _failed(
            _("{program} failed with code {code}. {reason}"),
            command,
            code=process.returncode,
            reason=_last_line(complaint),
        )
    return _first_line(output, command)


def _first_line(output: bytes, command: Sequence[str]) -> Secret:
    line = output.split(b"\n", 1)[0].removesuffix(b"\r")
    try:
        secret = Secret(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _failed(_("{program} does not print UTF-8 text."), command) from error
    if not secret:
        raise _failed(_("{program} printed no password on its first line."), command)
    return secret


def _last_line(complaint: bytes) -> str:
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return clean(lines[-1], line=True)[:200] if lines else ""


def _failed(sentence: str, command: Sequence[str], **facts: object) -> ConfigError:
    return ConfigError(
        sentence.format(program=command[0], **facts).rstrip(),
        _("Try the command of `password_command` in a terminal, or correct config.toml."),
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with its children; none of them can hold acterm back by its pipes."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
