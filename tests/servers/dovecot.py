"""A real Dovecot with ManageSieve on loopback, its own folder, no system users."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers.waiting import until

PASSWORD = "Craie-bleue-12"
_LIBRARIES = (Path("/usr/lib/dovecot"), Path("/usr/libexec/dovecot"))

_CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap sieve
listen = 127.0.0.1
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_uid = {mail}
mail_gid = {mail_group}
first_valid_uid = 1
mail_home = {home}/mail/%u
mail_location = {location}
mail_plugins = quota zlib
mail_fsync = never
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_verbose = yes
auth_failure_delay = 0
auth_worker_max_count = 2
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{certificate}
ssl_min_protocol = TLSv1.2
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={home}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service managesieve-login {{
  chroot =
  inet_listener sieve {{
    port = {sieve}
  }}
}}
protocol lda {{
  mail_plugins = quota sieve
}}
hostname = college.example
postmaster_address = postmaster@college.example
sendmail_path = {home}/sendmail
protocol imap {{
  mail_plugins = quota imap_quota zlib imap_zlib
  mail_max_userip_connections = 100
  imap_idle_notify_interval = 1 mins
}}
namespace inbox {{
  inbox = yes
  separator = {separator}
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = subscribe
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = subscribe
  }}
  mailbox Archive {{
    special_use = \\Archive
    auto = subscribe
  }}
}}
plugin {{
  quota = count:User quota
  quota_rule = *:storage={quota}
  quota_vsizes = yes
  sieve = file:~/sieve;active=~/.dovecot.sieve
}}
{extra}
"""
# What the server would send, one file a mail: the recipients, an empty line, the mail itself.
_SENDMAIL = """#!/bin/sh
umask 0
out=$(mktemp {home}/sent/XXXXXXXX)
{{ echo "$@"; echo; cat; }} >"$out"
"""


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Dovecot:
    """One server. `imap` speaks plain text and STARTTLS, `imaps` TLS at once, `sieve` ManageSieve.

    Any login signs in with `password` and gets an empty mailbox of its own, so each test takes a
    new login and shares the server.
    """

    certificate: Path
    quota: str = "200M"
    separator: str = "/"
    location: str = "sdbox:~/sdbox"
    extra: str = ""
    password: str = PASSWORD
    home: Path = field(init=False)
    imap: int = field(init=False, default=0)
    imaps: int = field(init=False, default=0)
    sieve: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if not shutil.which("dovecot"):
            raise RuntimeError("Dovecot is missing: run tests/run, which installs it")
        self.home = Path(tempfile.mkdtemp(prefix="acterm-dovecot-"))
        self.imap, self.imaps, self.sieve = free_port(), free_port(), free_port()

    def start(self) -> "Dovecot":
        """Start, or start again on the same ports and mail after `stop()`."""
        (self.home / "mail").mkdir(exist_ok=True)
        self.home.chmod(0o755)
        (self.home / "mail").chmod(0o777)
        (self.home / "sent").mkdir(exist_ok=True)
        (self.home / "sent").chmod(0o777)
        (self.home / "sendmail").write_text(_SENDMAIL.format(home=self.home))
        (self.home / "sendmail").chmod(0o755)
        (self.home / "dovecot.conf").write_text(self._configuration())
        subprocess.run(["dovecot", "-c", self.home / "dovecot.conf"], check=True)
        until(lambda: _listens(self.imaps), "Dovecot listens")
        return self

    def stop(self) -> None:
        """End every process of this server; its mail stays."""
        subprocess.run(["doveadm", "-c", self.home / "dovecot.conf", "stop"], check=False)
        until(lambda: not _listens(self.imaps), "Dovecot has stopped")

    def remove(self) -> None:
        """Stop and delete everything."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def change_password(self, password: str) -> None:
        """From now on every login takes another password, as after a reset."""
        self.password = password
        (self.home / "dovecot.conf").write_text(self._configuration())
        self.doveadm("reload")

    def log(self) -> str:
        """What the server wrote so far: sign-ins and their refusals among it."""
        return (self.home / "dovecot.log").read_text(errors="replace")

    def doveadm(self, *arguments: str, text: bytes = b"") -> str:
        """Run doveadm on this server, e.g. `doveadm("kick", login)`."""
        command = ["doveadm", "-c", str(self.home / "dovecot.conf"), *arguments]
        return subprocess.run(command, check=True, capture_output=True, input=text).stdout.decode()

    def deliver(self, login: str, address: str, mail: bytes, sender: str) -> None:
        """Hand a mail over as the académie's server does on arrival: the login's scripts run."""
        program = next(folder for folder in _LIBRARIES if (folder / "dovecot-lda").exists())
        command = [program / "dovecot-lda", "-c", self.home / "dovecot.conf"]
        subprocess.run([*command, "-d", login, "-a", address, "-f", sender], check=True, input=mail)

    def sent(self) -> list[str]:
        """What the server's scripts sent so far: automatic answers, forwarded mails."""
        files = sorted((self.home / "sent").iterdir(), key=lambda file: file.stat().st_mtime)
        return [file.read_text(errors="replace") for file in files]

    def _configuration(self) -> str:
        root = os.geteuid() == 0
        me = pwd.getpwuid(os.geteuid())
        group = str(me.pw_gid)
        return _CONFIG.format(
            home=self.home,
            internal="dovecot" if root else me.pw_name,
            login="dovenull" if root else me.pw_name,
            group="dovecot" if root else group,
            mail="mail" if root else me.pw_name,
            mail_group="mail" if root else group,
            location=self.location,
            certificate=self.certificate,
            password=self.password,
            imap=self.imap,
            imaps=self.imaps,
            sieve=self.sieve,
            separator=self.separator,
            quota=self.quota,
            extra=self.extra,
        )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
