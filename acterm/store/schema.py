"""The tables, as numbered migrations. Rows of a list are found by index alone."""

import sqlite3
import time
from collections.abc import Iterator

from acterm.errors import ConfigError
from acterm.i18n import _
from acterm.store.connection import BUSY_SECONDS, Connection, StoreBusy, StoreDamaged

_FIRST = """
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL DEFAULT '',
  login TEXT NOT NULL DEFAULT '',
  imap_host TEXT NOT NULL DEFAULT '',
  imap_port INTEGER NOT NULL DEFAULT 993,
  imap_security TEXT NOT NULL DEFAULT 'tls',
  smtp_host TEXT NOT NULL DEFAULT '',
  smtp_port INTEGER NOT NULL DEFAULT 465,
  smtp_security TEXT NOT NULL DEFAULT 'tls',
  password_command TEXT NOT NULL DEFAULT '[]',
  ca_file TEXT NOT NULL DEFAULT '',
  passcode INTEGER NOT NULL DEFAULT 0,
  from_config INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 1,
  refused_at REAL NOT NULL DEFAULT 0,
  refused_words TEXT NOT NULL DEFAULT '',
  quota_used INTEGER NOT NULL DEFAULT 0,
  quota_limit INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE folders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  delimiter TEXT NOT NULL DEFAULT '',
  role TEXT NOT NULL DEFAULT '',
  selectable INTEGER NOT NULL DEFAULT 1,
  messages INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  uidvalidity INTEGER NOT NULL DEFAULT 0,
  uidnext INTEGER NOT NULL DEFAULT 0,
  highest_modseq INTEGER NOT NULL DEFAULT 0,
  lowest_uid INTEGER NOT NULL DEFAULT 0,
  checked REAL NOT NULL DEFAULT 0,
  UNIQUE (account_id, path)
) STRICT;

-- uid is 0 while the server has not named the message (moved here, not yet there).
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  folder_id INTEGER NOT NULL REFERENCES folders(id) ON DELETE CASCADE,
  uid INTEGER NOT NULL DEFAULT 0,
  date INTEGER NOT NULL DEFAULT 0,
  sent INTEGER NOT NULL DEFAULT 0,
  flags INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL DEFAULT 0,
  attachments INTEGER NOT NULL DEFAULT 0,
  sender_name TEXT NOT NULL DEFAULT '',
  sender_address TEXT NOT NULL DEFAULT '',
  recipients TEXT NOT NULL DEFAULT '',
  recipients_cc TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',
  message_id TEXT NOT NULL DEFAULT '',
  in_reply_to TEXT NOT NULL DEFAULT '',
  reference_ids TEXT NOT NULL DEFAULT '',
  list_id TEXT NOT NULL DEFAULT '',
  thread TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX messages_list ON messages (folder_id, date, uid, id);
CREATE UNIQUE INDEX messages_uid ON messages (folder_id, uid) WHERE uid > 0;
CREATE INDEX messages_unread ON messages (folder_id, date, uid, id) WHERE flags & 1 = 0;
CREATE INDEX messages_starred ON messages (folder_id, date, uid, id) WHERE flags & 4 > 0;
CREATE INDEX messages_unnamed ON messages (folder_id) WHERE uid = 0;
CREATE INDEX messages_message_id ON messages (message_id) WHERE message_id <> '';
CREATE INDEX messages_thread ON messages (thread, date) WHERE thread <> '';

-- zlib; skeleton: attachments are not in it (acterm.mail.parsing.structure).
CREATE TABLE bodies (
  message_id INTEGER PRIMARY KEY REFERENCES messages(id) ON DELETE CASCADE,
  source BLOB NOT NULL,
  skeleton INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE parts (
  message_id INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
  section TEXT NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (message_id, section)
) STRICT, WITHOUT ROWID;

-- Words for search, folded (acterm.mail.fold). The rowid is the date and the message's id in one
-- number (acterm.store.index), so that the newest matches are found first, without sorting.
CREATE VIRTUAL TABLE words USING fts5 (
  sender, recipients, subject, body,
  tokenize = "unicode61 remove_diacritics 2", prefix = 3
);
-- Words of messages that are gone; the search does not see them, indexing removes them in time.
CREATE TABLE stale_words (
  place INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER messages_gone AFTER DELETE ON messages BEGIN
  INSERT OR IGNORE INTO stale_words (place)
    VALUES (max(0, min(old.date, 4294967294)) << 31 | old.id);
END;

CREATE TABLE contacts (
  address TEXT PRIMARY KEY COLLATE NOCASE,
  name TEXT NOT NULL DEFAULT '',
  folded TEXT NOT NULL DEFAULT '',
  named INTEGER NOT NULL DEFAULT -1,
  written INTEGER NOT NULL DEFAULT 0,
  last INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_rank ON contacts (written DESC, last DESC, folded, name);
CREATE INDEX contacts_name ON contacts (name) WHERE name <> '';

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  kind TEXT NOT NULL DEFAULT 'new',
  recipients TEXT NOT NULL DEFAULT '',
  cc TEXT NOT NULL DEFAULT '',
  bcc TEXT NOT NULL DEFAULT '',
  subject TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL DEFAULT '',
  attachments TEXT NOT NULL DEFAULT '[]',
  original_id INTEGER NOT NULL DEFAULT 0,
  in_reply_to TEXT NOT NULL DEFAULT '',
  reference_ids TEXT NOT NULL DEFAULT '',
  updated REAL NOT NULL DEFAULT 0,
  abandoned REAL NOT NULL DEFAULT 0,
  server_folder_id INTEGER NOT NULL DEFAULT 0,
  server_uid INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  source BLOB NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  not_before REAL NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'queued',
  attempts INTEGER NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT '',
  refused TEXT NOT NULL DEFAULT '{}',
  queued_at REAL NOT NULL DEFAULT 0,
  settled_at REAL NOT NULL DEFAULT 0,
  draft_id INTEGER NOT NULL DEFAULT 0,
  original_id INTEGER NOT NULL DEFAULT 0,
  answers TEXT NOT NULL DEFAULT '',
  filed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_state ON outbox (state, not_before);

CREATE TABLE intent_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  made_at REAL NOT NULL DEFAULT 0,
  undone INTEGER NOT NULL DEFAULT 0,
  undoes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE intents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id INTEGER NOT NULL REFERENCES intent_groups(id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  message_id INTEGER NOT NULL DEFAULT 0,
  folder_id INTEGER NOT NULL DEFAULT 0,
  uid INTEGER NOT NULL DEFAULT 0,
  uidvalidity INTEGER NOT NULL DEFAULT 0,
  target_folder_id INTEGER NOT NULL DEFAULT 0,
  flag INTEGER NOT NULL DEFAULT 0,
  is_on INTEGER NOT NULL DEFAULT 0,
  outbox_id INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'pending',
  words TEXT NOT NULL DEFAULT '',
  target_uid INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX intents_group ON intents (group_id);
CREATE INDEX intents_state ON intents (account_id, state, id);
CREATE INDEX intents_message ON intents (message_id, state);

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""

# How loud the loudest sign of a mail is: -1 not looked at, then 0 to 2 for nothing to suspect.
_ALARM = "ALTER TABLE messages ADD COLUMN alarm INTEGER NOT NULL DEFAULT -1;"
# Whether the person insisted on sending what the guard holds back, and whether the guard has
# looked at the mail with the password known.
_GUARDED = """
ALTER TABLE outbox ADD COLUMN forced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN guarded INTEGER NOT NULL DEFAULT 0;
"""

# In which order attachments were fetched: the first ones make room for others. Beside them, because
# what stands behind a large blob is found by reading all of it.
_FETCHED = """
CREATE TABLE fetched (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id INTEGER NOT NULL REFERENCES messages(id) ON DELETE CASCADE,
  section TEXT NOT NULL,
  octets INTEGER NOT NULL,
  UNIQUE (message_id, section)
) STRICT;
INSERT INTO fetched (message_id, section, octets)
  SELECT message_id, section, length(data) FROM parts;
"""

# One script a version, in order; a script that has shipped is never edited.
MIGRATIONS = (_FIRST, _ALARM, _GUARDED, _FETCHED)
VERSION = len(MIGRATIONS)

# What only this machine knows and a rebuild saves, mail coming again from the server. Folders
# keep their rows, because intents and drafts name them.
OWN_TABLES = ("accounts", "folders", "drafts", "outbox", "intent_groups", "intents", "settings")


def migrate(db: Connection) -> None:
    """Bring the file to VERSION, each step whole or not at all, whoever else does the same.

    Raises StoreDamaged when the tables are not those of its version, ConfigError when the file
    is from a newer acterm.
    """
    version = _version(db)
    if version > VERSION:
        raise ConfigError(
            _("The store {file} was made by a newer acterm.").format(file=db.path),
            _("Install the newer version again."),
        )
    if version == 0:
        _write_ahead(db)
    while version < VERSION:
        db.execute("BEGIN IMMEDIATE")
        try:
            version = _version(db)
            if version < VERSION:
                for statement in _statements(MIGRATIONS[version]):
                    db.execute(statement)
                version += 1
                db.execute(f"PRAGMA user_version = {version}")
            db.execute("COMMIT")
        finally:
            db.rollback()
    if db.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").fetchone()[0] < 10:
        raise StoreDamaged(db.path)


def _version(db: Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: `executescript` would commit what is open."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _write_ahead(db: Connection) -> None:
    """Switch a new file to WAL; SQLite does not wait for another process that does the same."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except StoreBusy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return
