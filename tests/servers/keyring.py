"""A real D-Bus session with a real gnome-keyring, or with a Secret Service that says nothing."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import secretstorage

from tests.servers.waiting import until

PASSWORD = "Craie-verte-7"
_NAME = "org.freedesktop.secrets"
_POLICY = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    {extra}
  </policy>
</busconfig>
"""
_REFUSAL = f'<deny send_destination="{_NAME}"/>'


@dataclass
class Desktop:
    """A session bus of the test's own; `environment` is what a program in it has."""

    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="acterm-desktop-")))
    refuses: bool = False
    environment: dict[str, str] = field(init=False)
    _programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> "Desktop":
        """Start the bus alone: nothing answers for the keyring yet."""
        if not shutil.which("dbus-daemon") or not shutil.which("gnome-keyring-daemon"):
            raise RuntimeError("dbus-daemon or gnome-keyring is missing: run tests/run")
        (self.home / "run").mkdir(mode=0o700)
        policy = self.home / "bus.conf"
        policy.write_text(_POLICY.format(folder=self.home, extra=_REFUSAL if self.refuses else ""))
        bus = self._run("dbus-daemon", f"--config-file={policy}", "--print-address=1", "--nofork")
        assert bus.stdout
        self.environment = {
            "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().decode().strip(),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_RUNTIME_DIR": str(self.home / "run"),
        }
        return self

    def keyring(self) -> "Desktop":
        """Start gnome-keyring, opened by PASSWORD as at a login."""
        self._daemon(PASSWORD)
        return self

    def lock(self) -> "Desktop":
        """Start gnome-keyring again on its file, without its password: as over SSH."""
        self._end(self._programs.pop())
        until(lambda: not self._has_owner(), "the keyring has left the bus")
        self._daemon("")
        return self

    def silent(self) -> "Desktop":
        """Own the keyring's name on the bus and never answer."""
        self._daemon(PASSWORD)
        os.kill(self._programs[-1].pid, signal.SIGSTOP)
        return self

    def entries(self) -> list[str]:
        """The user names of what the open keyring holds. Call it inside the session."""
        with closing(secretstorage.dbus_init()) as connection:
            items = secretstorage.Collection(connection).get_all_items()
            return [item.get_attributes().get("username", "") for item in items]

    def stop(self) -> None:
        """End everything and delete the files."""
        while self._programs:
            self._end(self._programs.pop())
        shutil.rmtree(self.home, ignore_errors=True)

    def _daemon(self, password: str) -> None:
        options = ["--unlock"] if password else ["--start"]
        daemon = self._run("gnome-keyring-daemon", *options, "--components=secrets", "--foreground")
        assert daemon.stdin
        daemon.stdin.write(password.encode())
        daemon.stdin.close()
        until(self._has_owner, "the keyring is on the bus")

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            **getattr(self, "environment", {}),
        }
        program = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._programs.append(program)
        return program

    def _has_owner(self) -> bool:
        answer = subprocess.run(
            [
                "dbus-send",
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus.NameHasOwner",
                f"string:{_NAME}",
            ],
            env={**os.environ, **self.environment},
            capture_output=True,
            check=True,
        )
        return b"boolean true" in answer.stdout

    @staticmethod
    def _end(program: subprocess.Popen[bytes]) -> None:
        program.kill()
        program.wait()
        for pipe in (program.stdin, program.stdout):
            if pipe:
                pipe.close()
