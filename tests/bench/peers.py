"""The peers on the same mailbox: aerc and neomutt in a pty, mbsync and notmuch by the clock."""

import statistics
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from tests.bench.mailboxes import Mailbox, empty
from tests.bench.ours import median, timed
from tests.bench.pty import Pty
from tests.servers.dovecot import PASSWORD


def missing() -> list[str]:
    """The peers that are not installed here."""
    return [name for name in ("aerc", "neomutt", "mbsync", "notmuch") if not which(name)]


@dataclass(frozen=True)
class Aerc:
    """aerc with its header cache on."""

    folder: Path
    mailbox: Mailbox

    def prepare(self) -> "Aerc":
        """No cache yet."""
        configuration = empty(self.folder) / "config" / "aerc"
        configuration.mkdir(parents=True)
        accounts = configuration / "accounts.conf"
        server = f"127.0.0.1:{self.mailbox.server.imap}"
        accounts.write_text(
            f"[bench]\nsource = imap+insecure://{self.mailbox.login}:{PASSWORD}@{server}\n"
            "default = INBOX\nfrom = Camille <camille.lefevre@ac-amiens.fr>\n"
            "cache-headers = true\n"
        )
        accounts.chmod(0o600)
        return self

    def _run(self) -> Pty:
        home = str(self.folder)
        folders = {
            f"XDG_{name.upper()}_HOME": f"{home}/{name}" for name in ("config", "cache", "data")
        }
        return Pty(["aerc"], {"HOME": home, **folders})

    def start(self) -> float:
        """Seconds to the list."""

        def once() -> float:
            with self._run() as program:
                return program.until(self.mailbox.token)

        once()
        return median(once)

    def first_contact(self) -> float:
        """Seconds to the newest page without a cache."""
        seconds = []
        for _run in range(3):
            self.prepare()
            with self._run() as program:
                seconds.append(program.until(self.mailbox.token))
        return statistics.median(seconds)


@dataclass(frozen=True)
class Neomutt:
    """neomutt with a header cache."""

    folder: Path
    mailbox: Mailbox

    def prepare(self) -> "Neomutt":
        """No cache yet."""
        (empty(self.folder) / "cache").mkdir()
        server = f"{self.mailbox.login}@127.0.0.1:{self.mailbox.server.imap}"
        (self.folder / "muttrc").write_text(
            f'set folder="imap://{server}/" spoolfile="+INBOX" imap_pass="{PASSWORD}"\n'
            "set ssl_starttls=no ssl_force_tls=no sort=reverse-date\n"
            f'set header_cache="{self.folder}/cache/" imap_check_subscribed=no\n'
            'set index_format="%s %n"\n'
        )
        return self

    def first_contact(self) -> float:
        """Seconds to the newest page without a cache: neomutt fetches every header first."""
        command = ["neomutt", "-n", "-F", str(self.folder / "muttrc")]
        with Pty(command, {"HOME": str(self.folder)}) as program:
            return program.until(self.mailbox.token, seconds=300)


@dataclass(frozen=True)
class Mbsync:
    """isync into a Maildir, and notmuch on it."""

    folder: Path
    mailbox: Mailbox

    def prepare(self) -> "Mbsync":
        """Nothing synced yet."""
        (empty(self.folder) / "mail").mkdir()
        (self.folder / "mbsyncrc").write_text(
            f"IMAPAccount bench\nHost 127.0.0.1\nPort {self.mailbox.server.imap}\n"
            f'User {self.mailbox.login}\nPassCmd "echo {PASSWORD}"\nSSLType None\n'
            "AuthMechs LOGIN\n"
            "\nIMAPStore far\nAccount bench\n"
            f"\nMaildirStore near\nPath {self.folder}/mail/\nInbox {self.folder}/mail/INBOX\n"
            "\nChannel bench\nFar :far:\nNear :near:\nPatterns INBOX\nCreate Near\n"
            "SyncState *\n"
        )
        (self.folder / "notmuch").write_text(
            f"[database]\npath={self.folder}/mail\n[new]\ntags=inbox\n[search]\n"
        )
        return self

    def sync(self) -> float:
        """Seconds that mbsync takes."""
        return timed(["mbsync", "-q", "-c", str(self.folder / "mbsyncrc"), "bench"])

    def _notmuch(self, *words: str) -> float:
        return timed(["notmuch", *words], {"NOTMUCH_CONFIG": str(self.folder / "notmuch")})

    def index(self) -> float:
        """Seconds that notmuch takes to index what mbsync brought."""
        return self._notmuch("new", "--quiet")

    def search(self, query: str) -> float:
        """Seconds that a search takes."""
        return median(lambda: self._notmuch("search", "--limit=50", query))
