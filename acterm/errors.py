"""What acterm says when something fails: what happened, then what to do."""

import errno
from enum import IntEnum

from acterm.i18n import N_, _

_REASONS = {
    errno.ENOENT: N_("it does not exist"),
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("it is not a folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EFBIG: N_("the file is too large"),
}


class Exit(IntEnum):
    """Exit codes of the command line, after sysexits.h."""

    DONE = 0
    USAGE = 64
    BAD_DATA = 65
    NO_INPUT = 66
    REFUSED = 69
    BUG = 70
    QUEUED = 75
    UNSURE = 76
    SIGN_IN_REFUSED = 77
    CONFIGURATION = 78


class ActermError(Exception):
    """A failure with words for the person it happens to.

    `title` says what happened, `advice` what to do. `heals` tells whether waiting may mend it.
    """

    exit_code = Exit.BUG
    heals = False

    def __init__(self, title: str, advice: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.title} {self.advice}".rstrip()


class UsageError(ActermError):
    """The command line asks for something that is not there."""

    exit_code = Exit.USAGE


class BadData(ActermError):
    """A mail or file that cannot be used as it is."""

    exit_code = Exit.BAD_DATA


class NoInput(ActermError):
    """A file that cannot be opened."""

    exit_code = Exit.NO_INPUT


class Refused(ActermError):
    """The server said no, and would say it again."""

    exit_code = Exit.REFUSED


class Unreachable(ActermError):
    """No answer, a lost link, a server that is busy: worth another try later."""

    exit_code = Exit.QUEUED
    heals = True


class Unsure(ActermError):
    """The link was lost after the message was handed over: it may have been sent."""

    exit_code = Exit.UNSURE


class SignInRefused(ActermError):
    """The server refused the sign-in. `words` are the server's own."""

    exit_code = Exit.SIGN_IN_REFUSED

    def __init__(self, title: str, advice: str = "", words: str = "") -> None:
        super().__init__(title, advice)
        self.words = words


class CertificateRefused(ActermError):
    """The server's certificate does not prove that it is the server. Never overridden."""

    exit_code = Exit.SIGN_IN_REFUSED


class ConfigError(ActermError):
    """config.toml, the store or the environment is not usable as it is."""

    exit_code = Exit.CONFIGURATION


def reason(error: OSError) -> str:
    """Why the system refused a file, in words that end a sentence."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or type(error).__name__
