"""Whole screens at three sizes, beside those on record in `tests/snapshots/`."""

import subprocess
import sys

import pytest

from tests.screenshots import PICTURES


@pytest.mark.parametrize("name", PICTURES)
def test_the_screen_is_the_one_on_record(name: str) -> None:
    """A wanted change is put on record by `python -m tests.screenshots`, and looked at."""
    run = [sys.executable, "-m", "tests.screenshots", "--check", name]
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
