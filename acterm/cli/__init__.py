"""The command line: finds the command, and imports nothing slow before it knows which one."""

import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, TextIO

from acterm import __version__
from acterm.errors import ActermError, ConfigError, Exit, UsageError, reason
from acterm.i18n import LANGUAGES, N_, _, set_language

COMMANDS = {
    "demo": N_("Try acterm on a sample school mailbox: no account, nothing left on disk"),
    "account": N_("List, add, test or remove accounts"),
    "render": N_("Show saved mails exactly as the reader does"),
    "attachment": N_("Show or save one attachment of a saved mail"),
    "sync": N_("Bring the store in step with the server once"),
    "search": N_("Search the stored mails"),
    "send": N_("Send a message through the outbox"),
    "doctor": N_("Check everything; a page for the help desk without a secret in it"),
    "otp": N_("Print the current passcode"),
    "contacts": N_("Print the help-desk contacts of an académie"),
}

# How many new objects before the collector looks: importing makes many, and none is garbage.
_GARBAGE = 50_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run acterm and return its exit code (PRODUCT: command line)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a locale without “’” is no reason to fail
    try:
        try:
            return _answered(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _write_nowhere(sys.stdout)  # the reader left; nothing more to say
        return Exit.DONE
    except OSError as error:
        if error.filename is not None:
            raise
        return _unwritten(error)
    except KeyboardInterrupt:
        return 130


def _answered(arguments: Sequence[str] | None) -> int:
    """The exit code of these words; what stands in the way is said in a sentence."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        print(f"acterm {__version__}")
        return Exit.DONE
    try:
        language = _take_language(words)
        shared = words[:1] == ["--shared"]
        words = words[1:] if shared else words
        command = words[0] if words else ""
        if not words or command.startswith("mailto:"):
            from acterm.cli import app

            return app.run(command, language, shared=shared)
        if shared:
            set_language(language)
            raise UsageError(_("--shared opens the mailbox or the composer, no other command."))
        set_language(language or _configured_language(command))
        return _run(command, words, whole=arguments is None)
    except ActermError as error:
        print(f"acterm: {error}", file=sys.stderr)
        return error.exit_code


def _unwritten(error: OSError) -> int:
    """Say that the output is not whole, where that can still be said."""
    _write_nowhere(sys.stdout)
    words = _("Not everything could be written: {reason}.").format(reason=reason(error))
    try:
        print(f"acterm: {words}", file=sys.stderr)
    except OSError:
        _write_nowhere(sys.stderr)
    return Exit.CONFIGURATION


def _write_nowhere(stream: TextIO) -> None:
    """What the stream still holds is to cause no second failure at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _take_language(words: list[str]) -> str:
    """Remove `--lang X` or `--lang=X`, which may stand anywhere before `--`, and return X."""
    end = words.index("--") if "--" in words else len(words)
    for at, word in enumerate(words[:end]):
        if word == "--lang" or word.startswith("--lang="):
            value = word[7:] if "=" in word else (words[at + 1] if at + 1 < end else "")
            del words[at : at + (1 if "=" in word else 2)]
            if value not in LANGUAGES:
                set_language()
                raise UsageError(
                    _("--lang takes one of: {values}.").format(values=", ".join(LANGUAGES))
                )
            return value
    return ""


def _configured_language(command: str) -> str:
    """The language of config.toml, for the commands that read it; the others go without."""
    if command in ("render", "attachment", "contacts", "demo", "-h", "--help"):
        return ""
    from acterm import config, paths

    set_language()
    try:
        return config.load(paths.config_file()).language
    except ConfigError:
        if command == "doctor":  # it tells what is wrong with the file, and the rest
            return ""
        raise


def _run(command: str, words: list[str], *, whole: bool) -> int:
    """Run a command; `whole` when the process is there for nothing else."""
    if command in ("-h", "--help", "help"):
        print(_usage())
        return Exit.DONE
    if command not in COMMANDS:
        print(_usage(), file=sys.stderr)
        raise UsageError(_("unknown command: {command}").format(command=command))
    from importlib import import_module

    gc.set_threshold(_GARBAGE, 50, 100)
    code = int(import_module(f"acterm.cli.{command}").run(words[1:]))
    if whole and command == "sync":
        _leave(code)
    return code


def _leave(code: int) -> NoReturn:
    """End at once: a sync has closed all it opened, and tidying up would take as long again."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _usage() -> str:
    lines = [_("acterm: mail and account assistant for teachers"), ""]
    lines.append(_("usage: acterm [--lang fr|en] [COMMAND …]"))
    entries = {"acterm": N_("Open the mailbox"), **COMMANDS, "mailto:…": N_("Open the composer")}
    entries["--shared"] = N_("Open the mailbox on a computer that others use; nothing stays here")
    lines += [f"  {name:<12} {_(help_line)}" for name, help_line in entries.items()]
    lines.append(_("acterm COMMAND --help tells more."))
    return "\n".join(lines)
