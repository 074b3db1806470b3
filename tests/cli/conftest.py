"""The command line as a program of its own, on a config.toml for the real servers."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Mailbox


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document of stdout."""
        return json.loads(self.out)


Acterm = Callable[..., Ran]


@pytest.fixture
def acterm(home: Path) -> Acterm:
    """Runs `acterm` without a terminal, in French, and never with a traceback."""

    def run(*arguments: str, stdin: bytes = b"", **environment: str) -> Ran:
        result = subprocess.run(
            [sys.executable, "-m", "acterm", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=60,
            env={**os.environ, "LC_ALL": "C", **environment},
        )
        out, err = result.stdout.decode(), result.stderr.decode()
        assert "Traceback" not in err, err
        return Ran(result.returncode, out, err)

    return run


@pytest.fixture
def configured(home: Path, mailbox: Mailbox) -> Mailbox:
    """config.toml with the mailbox; its password comes from a command."""
    home.mkdir(mode=0o700)
    secret = home / "secret"
    secret.write_text(f"{mailbox.password}\nignored\n")
    secret.chmod(0o600)
    account = mailbox.account
    (home / "config.toml").write_text(
        f"""
[[accounts]]
address = "{account.address}"
name = "{account.name}"
login = "{account.login}"
imap = {{ host = "{account.imap.host}", port = {account.imap.port}, security = "tls" }}
smtp = {{ host = "{account.smtp.host}", port = {account.smtp.port}, security = "tls" }}
password_command = ["cat", "{secret}"]
ca_file = "{account.ca_file}"
"""
    )
    return mailbox
