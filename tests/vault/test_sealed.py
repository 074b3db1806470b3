"""The sealed file: what opens it, what does not, and that nothing is lost on the way."""

import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acterm.errors import ConfigError
from acterm.secret import Secret
from acterm.vault.ladder import SecretLocked, WrongPassphrase
from acterm.vault.sealed import SealedDamaged, SealedFile

PASSPHRASE = Secret("sept mots que personne ne relie, même ici")
CAMILLE, DENIS = Secret("Craie-bleue-12 é"), Secret("mot de passe à 2 €")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file goes."""
    return tmp_path / "coffre" / "secrets.sealed"


@pytest.fixture
def sealed(path: Path) -> SealedFile:
    """A file with two secrets, open."""
    file = SealedFile(path)
    file.put("camille@x.test", CAMILLE, PASSPHRASE)
    file.put("denis@x.test", DENIS)
    return file


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, SealedFile]:
    """One file with an accented secret, its bytes, and a reader that knows its key."""
    path = tmp_path_factory.mktemp("coffre") / "secrets.sealed"
    file = SealedFile(path)
    file.put("camille@x.test", CAMILLE, PASSPHRASE)
    return path, path.read_bytes(), file


def test_several_secrets_come_back_with_the_passphrase(sealed: SealedFile) -> None:
    again = SealedFile(sealed.path)
    again.unlock(PASSPHRASE)
    assert again.get("camille@x.test") == CAMILLE
    assert again.get("denis@x.test") == DENIS
    assert again.get("elise@x.test") is None


def test_what_is_inside_is_named_without_the_passphrase(sealed: SealedFile) -> None:
    assert SealedFile(sealed.path).names() == {"camille@x.test", "denis@x.test"}


def test_nothing_comes_out_while_it_is_locked(sealed: SealedFile) -> None:
    with pytest.raises(SecretLocked, match="verrouillé"):
        SealedFile(sealed.path).get("camille@x.test")
    with pytest.raises(SecretLocked):
        SealedFile(sealed.path).put("elise@x.test", CAMILLE)


def test_the_first_secret_needs_a_passphrase(path: Path) -> None:
    with pytest.raises(SecretLocked, match="demande une phrase secrète"):
        SealedFile(path).put("camille@x.test", CAMILLE, Secret(""))
    assert not path.exists()


def test_a_wrong_passphrase_is_told_from_a_damaged_file(sealed: SealedFile) -> None:
    with pytest.raises(WrongPassphrase, match="n’ouvre pas le fichier"):
        SealedFile(sealed.path).unlock(Secret("une autre phrase"))


def test_a_wrong_passphrase_adds_nothing(sealed: SealedFile) -> None:
    before = sealed.path.read_bytes()
    with pytest.raises(WrongPassphrase):
        SealedFile(sealed.path).put("elise@x.test", CAMILLE, Secret("une autre phrase"))
    assert sealed.path.read_bytes() == before


def test_an_accent_typed_in_two_characters_is_the_same_accent(path: Path) -> None:
    SealedFile(path).put("camille@x.test", CAMILLE, Secret("caf\u00e9"))
    again = SealedFile(path)
    again.unlock(Secret("cafe\u0301"))
    assert again.get("camille@x.test") == CAMILLE


def test_a_secret_is_replaced_and_the_last_one_takes_the_file_with_it(sealed: SealedFile) -> None:
    sealed.put("camille@x.test", DENIS)
    assert sealed.get("camille@x.test") == DENIS
    locked = SealedFile(sealed.path)
    locked.remove("camille@x.test")
    assert sealed.get("camille@x.test") is None
    assert sealed.get("denis@x.test") == DENIS
    locked.remove("denis@x.test")
    assert not sealed.path.exists()


def test_a_file_made_anew_by_another_acterm_is_locked_for_this_one(sealed: SealedFile) -> None:
    sealed.path.unlink()
    SealedFile(sealed.path).put("camille@x.test", DENIS, Secret("une autre phrase"))
    assert not sealed.is_open
    with pytest.raises(SecretLocked):
        sealed.get("camille@x.test")


def test_the_file_is_for_its_owner_alone_and_shows_no_secret(sealed: SealedFile) -> None:
    assert stat.S_IMODE(sealed.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(sealed.path.parent.stat().st_mode) == 0o700
    content = sealed.path.read_bytes()
    for secret in (CAMILLE, DENIS, PASSPHRASE):
        assert secret.reveal().encode() not in content


def test_two_seals_of_one_secret_look_different(sealed: SealedFile) -> None:
    first = sealed.path.read_bytes()
    sealed.put("camille@x.test", CAMILLE)
    assert sealed.path.read_bytes() != first


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_byte_anywhere_is_told(
    written: tuple[Path, bytes, SealedFile], data: st.DataObject
) -> None:
    path, content, file = written
    at = data.draw(st.integers(0, len(content) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda value: value != content[at]))
    path.write_bytes(content[:at] + bytes([value]) + content[at + 1 :])
    with pytest.raises(SealedDamaged, match="abîmé"):
        file.get("camille@x.test")


@settings(max_examples=50, deadline=None)
@given(length=st.integers(0, 10_000))
def test_a_file_cut_short_is_told(written: tuple[Path, bytes, SealedFile], length: int) -> None:
    path, content, file = written
    path.write_bytes(content[: length % len(content)])
    with pytest.raises(SealedDamaged):
        file.get("camille@x.test")


def test_an_entry_under_another_name_does_not_open(
    written: tuple[Path, bytes, SealedFile],
) -> None:
    path, content, file = written
    body = content.partition(b"\n")[2].replace(b"camille@x.test", b"intrus@@x.test")
    path.write_bytes(_signed(b"1", body))
    with pytest.raises(SealedDamaged):
        file.get("intrus@@x.test")


def test_a_file_of_a_newer_acterm_asks_for_an_update(
    written: tuple[Path, bytes, SealedFile],
) -> None:
    path, content, file = written
    path.write_bytes(_signed(b"2", content.partition(b"\n")[2]))
    with pytest.raises(ConfigError, match="plus récent"):
        file.get("camille@x.test")


def test_an_interrupted_write_keeps_the_old_file(
    sealed: SealedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sealed.path.read_bytes()

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match="le disque est plein"):
        sealed.put("elise@x.test", CAMILLE)
    assert sealed.path.read_bytes() == before
    assert sorted(file.name for file in sealed.path.parent.iterdir()) == [
        "secrets.sealed",
        "secrets.sealed.lock",
    ]


@pytest.mark.parametrize("step", range(12))
def test_a_kill_at_any_step_of_a_write_keeps_the_old_file_or_the_new_one(
    sealed: SealedFile, step: int
) -> None:
    child = os.fork()
    if not child:
        _die_at(step)
        sealed.put("elise@x.test", CAMILLE)
        os._exit(0)
    os.waitpid(child, 0)
    again = SealedFile(sealed.path)
    again.unlock(PASSPHRASE)
    assert again.get("camille@x.test") == CAMILLE
    assert again.get("elise@x.test") in (None, CAMILLE)
    again.put("elise@x.test", CAMILLE)
    assert sorted(file.name for file in sealed.path.parent.iterdir()) == [
        "secrets.sealed",
        "secrets.sealed.lock",
    ]


def _die_at(step: int) -> None:
    """End this process, as a kill does, at a call that touches the disk."""
    calls = iter(range(100))

    def counted(event: str, _arguments: tuple[object, ...]) -> None:
        if event in ("open", "os.rename", "os.remove") and next(calls) == step:
            os._exit(9)

    sys.addaudithook(counted)
    for name in ("fsync", "close"):
        setattr(os, name, _counting(getattr(os, name), counted))


def _counting(
    call: Callable[[int], None], counted: Callable[[str, tuple[object, ...]], None]
) -> Callable[[int], None]:
    def counting(number: int) -> None:
        counted("os.rename", ())
        call(number)
        counted("os.rename", ())

    return counting


def test_a_folder_that_is_a_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "coffre").write_text("")
    with pytest.raises(ConfigError, match="ne peut pas être écrit"):
        SealedFile(tmp_path / "coffre" / "secrets.sealed").put("a@x.test", CAMILLE, PASSPHRASE)


def _signed(version: bytes, body: bytes) -> bytes:
    """The file with a right checksum, as somebody who forges it would write."""
    import hashlib

    digest = hashlib.sha256(b"\n".join((b"acterm-sealed", version, body))).hexdigest()
    return b" ".join((b"acterm-sealed", version, digest.encode())) + b"\n" + body


def test_two_that_seal_at_once_lose_nothing(sealed: SealedFile) -> None:
    names = [f"compte-{number}@x.test" for number in range(8)]

    def seal(name: str) -> None:
        mine = SealedFile(sealed.path)
        mine.put(name, CAMILLE, PASSPHRASE)

    threads = [threading.Thread(target=seal, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sealed.names() == {"camille@x.test", "denis@x.test", *names}
