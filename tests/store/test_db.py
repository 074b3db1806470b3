"""The file: who may read it, what happens when it cannot be used, who waits for whom."""

import gc
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from acterm.errors import ConfigError
from acterm.store import schema, settings
from acterm.store.connection import Connection, connect
from acterm.store.db import Store, StoreBusy, StoreDamaged, open_store
from tests.servers.waiting import until


def test_file_and_folder_are_the_owners_alone(store: Store, path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    with store.write() as db:
        settings.put(db, "theme", "sombre")
    assert Path(f"{path}-wal").stat().st_mode & 0o777 == 0o600


def test_the_store_is_where_acterm_home_says(home: Path) -> None:
    with closing(open_store()) as opened:
        assert opened.path == home / "acterm.db"


def test_a_reader_refuses_to_write(store: Store) -> None:
    with pytest.raises(ConfigError, match="readonly"):
        settings.put(store.reader(), "theme", "sombre")


def test_each_thread_has_its_own_reader(store: Store) -> None:
    seen = [store.reader(), store.reader()]
    thread = threading.Thread(target=lambda: seen.append(store.reader()))
    thread.start()
    thread.join()
    assert seen[0] is seen[1]
    assert seen[2] is not seen[0]


def test_a_thread_that_ends_takes_its_reader_along(store: Store) -> None:
    readers: list[weakref.ref[Connection]] = []
    thread = threading.Thread(target=lambda: readers.append(weakref.ref(store.reader())))
    thread.start()
    thread.join()
    gc.collect()
    assert readers[0]() is None


def test_garbage_beside_a_log_is_damage_too(store: Store, path: Path) -> None:
    store.close()
    path.write_bytes(b"Bonjour, " * 1000)
    Path(f"{path}-wal").write_bytes(b"x" * 100)
    with pytest.raises(StoreDamaged):
        open_store(path)


def test_a_failed_block_leaves_nothing_and_the_next_one_works(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write() as db:
        settings.put(db, "theme", "sombre")
        raise ZeroDivisionError
    assert settings.get(store.reader(), "theme", "clair") == "clair"
    with store.write() as db:
        settings.put(db, "theme", "sombre")
    assert settings.get(store.reader(), "theme", "clair") == "sombre"


def test_a_write_inside_a_write_is_a_bug_told_at_once(store: Store) -> None:
    with pytest.raises(RuntimeError, match="nested"), store.write(), store.write():
        pass


def test_durable_waits_for_the_disk_and_the_next_does_not(store: Store) -> None:
    with store.write(durable=True) as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    with store.write() as db:
        assert db.execute("PRAGMA synchronous").fetchone() == (1,)


def test_the_file_keeps_its_promises_to_sqlite(store: Store) -> None:
    db = store.reader()
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
    tables = db.execute("PRAGMA table_list").fetchall()
    loose = [
        row[1]
        for row in tables
        if not row[5] and row[2] == "table" and not row[1].startswith("sqlite_")
    ]
    assert loose == []
    optional = [
        (table[1], column[1])
        for table in tables
        if table[2] == "table" and table[5]
        for column in db.execute(f"PRAGMA table_info({table[1]})").fetchall()
        if not column[3] and not column[5]
    ]
    assert optional == []


def test_every_foreign_key_is_found_by_an_index(store: Store) -> None:
    db = store.reader()
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for key in db.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            lookup = f"SELECT 1 FROM {table} WHERE {key[3]} = 1"  # noqa: S608 (our own schema)
            (plan, *_rest) = db.execute(f"EXPLAIN QUERY PLAN {lookup}").fetchall()
            assert plan[3].startswith("SEARCH"), lookup


def test_rows_never_take_the_number_of_a_row_that_is_gone(store: Store) -> None:
    tables = store.reader().execute(
        "SELECT sql FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%(%  id INTEGER PRIMARY KEY%'"
    )
    assert [sql for (sql,) in tables if "id INTEGER PRIMARY KEY AUTOINCREMENT" not in sql] == []


def test_a_store_of_a_newer_acterm_is_left_alone(store: Store, path: Path) -> None:
    store.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(ConfigError, match="version plus récente"):
        open_store(path)


def test_migrations_are_numbered_in_order(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(path).close()
    later = ("CREATE TABLE a (x INTEGER) STRICT;", "CREATE TABLE b (y INTEGER) STRICT;")
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, *later))
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 2)
    with closing(open_store(path)) as store:
        assert store.reader().execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        assert store.reader().execute("SELECT count(*) FROM a, b").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(path).close()
    before = schema.VERSION
    broken = "CREATE TABLE a (x INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    monkeypatch.setattr(schema, "VERSION", before + 1)
    with pytest.raises(sqlite3.OperationalError):
        open_store(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (before,)
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'a'").fetchone() == (0,)


def test_a_file_that_is_no_database_says_what_to_run(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Bonjour, " * 1000)
    with pytest.raises(StoreDamaged, match="acterm sync --rebuild") as caught:
        open_store(path)
    assert re.match(r"Le fichier .+ est abîmé\.$", caught.value.title)
    assert path.read_bytes().startswith(b"Bonjour")


def test_a_file_cut_short_is_seen_at_open(store: Store, path: Path) -> None:
    store.close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(StoreDamaged):
        open_store(path)


def test_damage_met_while_reading_says_what_to_run(store: Store, path: Path) -> None:
    with store.write() as db:
        for number in range(2000):
            settings.put(db, f"key {number}", "x" * 50)
    store.close()
    scribble(path)
    with closing(open_store(path)) as damaged, pytest.raises(StoreDamaged, match="--rebuild"):
        damaged.reader().execute("SELECT key FROM settings").fetchall()


def test_another_database_is_not_taken_for_the_store(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE mails (x)")
        db.execute(f"PRAGMA user_version = {schema.VERSION}")
    with pytest.raises(StoreDamaged):
        open_store(path)


def test_a_full_disk_is_told_and_what_was_kept_stays(store: Store) -> None:
    with store.write() as db:
        settings.put(db, "kept", "yes")
        (pages,) = db.execute("PRAGMA page_count").fetchone()
    with store.write() as db:
        db.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(ConfigError, match=r"disque est plein.*acterm\.db"), store.write() as db:
        settings.put(db, "signature", "x" * 100_000)
    assert settings.get(store.reader(), "kept") == "yes"
    with store.write() as db:
        settings.put(db, "kept", "still")


def test_a_folder_one_may_not_write_to_is_told(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    with nobody(closed), pytest.raises(ConfigError, match="droits"):
        open_store(closed / "acterm.db")


def test_a_store_one_may_not_write_to_is_told(store: Store, path: Path) -> None:
    store.close()
    path.chmod(0o400)
    with nobody(path.parent), pytest.raises(ConfigError, match="droits"):
        open_store(path)


def test_a_store_held_by_another_process_is_told_after_a_while(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        store._writer.execute("PRAGMA busy_timeout = 20")
        with pytest.raises(StoreBusy, match="occupe") as caught, store.write():
            pass
    assert caught.value.heals


def test_a_reader_is_not_stopped_by_a_writer(store: Store) -> None:
    with store.write() as db:
        settings.put(db, "theme", "sombre")
        assert settings.get(store.reader(), "theme", "clair") == "clair"
    assert settings.get(store.reader(), "theme", "clair") == "sombre"


_OTHER = """
import sys
from pathlib import Path
from acterm.store import settings
from acterm.store.db import open_store
store = open_store(Path(sys.argv[1]))
{body}
"""


def other_process(path: Path, body: str) -> subprocess.Popen[str]:
    code = _OTHER.format(body=body)
    return subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True)


def test_two_processes_write_and_nothing_is_lost(path: Path) -> None:
    body = """
for turn in range(100):
    with store.write() as db:
        settings.put(db, "count", settings.get(db, "count", 0) + 1)
"""
    writers = [other_process(path, body) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with closing(open_store(path)) as store:
        assert settings.get(store.reader(), "count") == 200


def test_one_sees_that_another_process_has_written(store: Store) -> None:
    before = store.generation()
    assert store.generation() == before
    assert (
        other_process(store.path, "with store.write() as db: settings.put(db, 'a', 1)").wait(30)
        == 0
    )
    assert store.generation() != before


def test_killed_in_the_middle_of_a_write_the_store_holds_all_that_was_committed(
    path: Path,
) -> None:
    body = """
turn = 0
while True:
    turn += 1
    with store.write(durable=True) as db:
        settings.put(db, "first half", turn)
        settings.put(db, "weight", "x" * 200_000)
        settings.put(db, "second half", turn)
    print(turn, flush=True)
"""
    writer = other_process(path, body)
    assert writer.stdout is not None
    told = [int(writer.stdout.readline()) for _ in range(20)][-1]
    writer.send_signal(signal.SIGKILL)
    writer.wait(10)
    with closing(open_store(path)) as store:
        db = store.reader()
        assert settings.get(db, "first half") >= told
        assert settings.get(db, "first half") == settings.get(db, "second half")
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_closing_ends_the_readers_of_threads_that_are_over(store: Store) -> None:
    thread = threading.Thread(target=store.reader)
    thread.start()
    thread.join()
    store.close()
    until(lambda: not Path(f"{store.path}-wal").exists(), "the log is gone")


def test_closing_leaves_a_thread_that_still_reads_its_reader(store: Store) -> None:
    reads, closed, read = threading.Event(), threading.Event(), []

    def reader() -> None:
        db = store.reader()
        reads.set()
        closed.wait(10)
        read.append(settings.get(db, "theme", "clair"))

    thread = threading.Thread(target=reader)
    thread.start()
    assert reads.wait(10)
    store.close()
    closed.set()
    thread.join()
    assert read == ["clair"]


def scribble(path: Path) -> None:
    """Overwrite the pages behind the first 160 kilobytes with what is no page."""
    with path.open("r+b") as file:
        file.seek(160 * 1024)
        file.write(b"\xa5" * (path.stat().st_size - 160 * 1024))


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Without the right to write to the folder, for root too."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    for parent in (folder.parent, folder.parent.parent, folder.parent.parent.parent):
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o111)
    was_root = os.geteuid() == 0
    try:
        if was_root:
            os.seteuid(65534)
        yield
    finally:
        if was_root:
            os.seteuid(0)
        folder.chmod(mode)
