"""Archives: listed, opened one file at a time, never unpacked to the disk."""

import bz2
import gzip
import lzma

import pytest

from acterm.errors import BadData
from acterm.viewers import Locked
from tests.viewers.looking import look, take
from tests.viewers.packages import aes_zip, locked_zip, sevenzip, tarred, zipped

FILES = {"notes/3B.csv": b"Nom;Note", "lisez-moi.txt": "été".encode()}


ARCHIVES = {
    "a.zip": zipped(dict(FILES)),
    "a.tar": tarred(FILES),
    "a.tgz": tarred(FILES, "gz"),
    "a.tar.bz2": tarred(FILES, "bz2"),
    "a.tar.xz": tarred(FILES, "xz"),
    "a.7z": sevenzip(FILES),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_lists_its_files_and_opens_each(name: str) -> None:
    shown = look(ARCHIVES[name], name)
    assert [line.text for line in shown.lines] == [
        "notes/3B.csv   8\u00a0octets",
        "lisez-moi.txt  5\u00a0octets",
    ]
    assert shown.note == "2 fichiers."
    assert [(one.number, one.type) for one in shown.entries] == [(1, "text/csv"), (2, "text/plain")]
    assert [take(ARCHIVES[name], name, number) for number in (1, 2)] == list(FILES.values())
    with pytest.raises(BadData, match="pas dans"):
        take(ARCHIVES[name], name, 3)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_file_packed_alone_is_opened(pack: "object") -> None:
    data = pack(b"Nom;Note")  # type: ignore[operator]
    assert [one.name for one in look(data, "notes.csv.gz").entries] == ["notes.csv"]
    assert take(data, "notes.csv.gz", 1) == b"Nom;Note"


@pytest.mark.parametrize(
    "data",
    [
        locked_zip("secret.txt", b"bonjour", b"azerty"),
        aes_zip("secret.txt", b"bonjour", b"azerty"),
        sevenzip({"secret.txt": b"bonjour"}, "azerty"),
    ],
    ids=["zip", "aes", "7z"],
)
def test_a_locked_file_opens_with_its_password(data: bytes) -> None:
    shown = look(data, "a.zip")
    assert [one.locked for one in shown.entries] == [True]
    assert "verrouillé" in shown.lines[0].text
    assert "s’ouvre avec son mot de passe" in shown.note
    with pytest.raises(Locked, match="protégé"):
        take(data, "a.zip", 1)
    with pytest.raises(Locked, match="ne l’ouvre pas"):
        take(data, "a.zip", 1, "querty")
    assert take(data, "a.zip", 1, "azerty") == b"bonjour"


def test_names_may_be_locked_as_well() -> None:
    data = sevenzip({"secret.txt": b"bonjour"}, "azerty", names=True)
    with pytest.raises(Locked, match="jusqu’aux noms"):
        look(data, "a.7z")
    with pytest.raises(Locked, match="ne l’ouvre pas"):
        look(data, "a.7z", password="querty")
    assert look(data, "a.7z", password="azerty").entries[0].name == "secret.txt"


def test_a_name_that_climbs_is_only_a_name() -> None:
    data = zipped({"../../etc/passwd": b"x", "C:\\Windows\\a.exe": b"y", "a\x1b[2J\u202eb": b"z"})
    names = [one.name for one in look(data, "a.zip").entries]
    assert names == ["../../etc/passwd", "C:/Windows/a.exe", "a[2Jb"]
    assert take(data, "a.zip", 1) == b"x"


def test_an_archive_inside_an_archive_is_opened_step_by_step() -> None:
    inner = take(zipped({"b.zip": zipped({"c.txt": b"dedans"})}), "a.zip", 1)
    assert take(inner, "b.zip", 1) == b"dedans"


def test_a_program_inside_is_told() -> None:
    shown = look(zipped({"cours/facture.pdf.exe": b"MZ", "a.txt": b""}), "a.zip")
    assert "« facture.pdf.exe » est un programme" in shown.note.replace("\u00a0", " ")


def test_long_names_keep_their_ends() -> None:
    name = "Documents/" * 12 + "notes.ods"
    shown = look(zipped({name: b"x"}), "a.zip", width=60)
    assert shown.lines[0].text.startswith("Documents/")
    assert "notes.ods  1" in shown.lines[0].text
    assert len(shown.lines[0].text) <= 60


def test_thousands_of_files_are_counted_and_only_the_first_listed() -> None:
    shown = look(zipped({f"{number}.txt": b"" for number in range(2500)}), "a.zip")
    assert shown.note.startswith("2500 fichiers.")
    assert (len(shown.entries), shown.cut) == (2000, True)


@pytest.mark.parametrize("charset", ["utf-8", "cp850", "cp1252"])
def test_a_name_without_its_charset_is_read_as_french(charset: str) -> None:
    data = zipped({"XXXXX.txt": "a"}).replace(b"XXXXX", "élève".encode(charset)[:5].ljust(5, b"_"))
    assert look(data, "a.zip").entries[0].name.startswith("élè")


def test_what_a_mac_adds_to_an_archive_and_the_folder_itself_are_not_shown() -> None:
    data = zipped({"__MACOSX/._a.txt": "x", ".DS_Store": "x", "e\u0301te\u0301.txt": "oui"})
    assert [one.name for one in look(data, "a.zip").entries] == ["été.txt"]
    assert take(data, "a.zip", 1) == b"oui"
    assert look(tarred({"./b.txt": b"b"}), "a.tar").entries[0].name == "b.txt"


@pytest.mark.parametrize("name", ["a.7z.001", "a.zip.002", "a.part2.rar", "a.z01"])
def test_a_part_of_an_archive_says_that_it_is_one(name: str) -> None:
    with pytest.raises(BadData, match="une partie d’une archive"):
        look(b"7z\xbc\xaf\x27\x1c rest", name)
