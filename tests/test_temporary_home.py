"""The home that is gone however its process ends; `acterm demo` and `--shared` live in it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from acterm import paths
from acterm.temporary_home import is_temporary, wipe
from tests.servers.waiting import until

_MAKE = (
    "import sys; from acterm.temporary_home import temporary_home;"
    "home = temporary_home('shared'); (home / 'acterm.db').write_text('mail');"
    "print(home, flush=True); sys.stdin.read()"
)


def _started() -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", _MAKE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_it_is_for_its_owner_alone_and_goes_with_its_process() -> None:
    process, home = _started()
    assert home.stat().st_mode & 0o777 == 0o700
    assert is_temporary(home, "shared")
    assert not is_temporary(home, "demo")
    process.kill()
    process.communicate()
    until(lambda: not home.exists(), "the home is wiped")


def test_the_next_session_spares_one_that_lives() -> None:
    first, one = _started()
    second, other = _started()
    assert (one / "acterm.db").exists()
    for process in (first, second):
        process.communicate()
    until(lambda: not one.exists() and not other.exists(), "both are wiped")


def test_a_link_of_somebody_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "alive").touch()
    (tmp_path / "precious").write_text("un devoir")
    trap = Path(tempfile.gettempdir()) / f"acterm-shared-{os.getpid()}"
    trap.symlink_to(tmp_path)
    try:
        process, _home = _started()
        process.communicate()
        assert (tmp_path / "precious").exists()
    finally:
        trap.unlink()


def test_bytes_on_a_disk_are_overwritten_before_they_go(tmp_path: Path) -> None:
    home = tmp_path / "acterm-shared-x"
    home.mkdir()
    (home / "acterm.db").write_text("un mail de Camille")
    os.link(home / "acterm.db", tmp_path / "inode")  # what stays readable of it
    wipe(home)
    assert not home.exists()
    assert set((tmp_path / "inode").read_bytes()) == {0}


def test_a_session_knows_whether_it_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not paths.is_shared()
    monkeypatch.setenv("ACTERM_HOME", f"{tempfile.gettempdir()}/acterm-shared-abc")
    assert paths.is_shared()
