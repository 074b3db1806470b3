"""The child that reads may die, hang, lie or be taken over: a sentence, and acterm goes on."""

import json
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from acterm.errors import BadData
from acterm.viewers import Child, child, member, view, wire
from tests.viewers.containers import locked_pdf
from tests.viewers.packages import docx, lying, paragraph, tarred, zipped

CSV = b"Nom;Note\nLuc;15"


def test_what_the_child_reads_is_shown_here() -> None:
    assert [line.text for line in view(CSV, "a.csv", "text/csv", 80).lines] == [
        "Nom  Note",
        "Luc    15",
    ]
    inside = member(zipped({"notes/3B.csv": CSV}), "a.zip", "application/zip", 1)
    assert (inside.name, inside.type, inside.data) == ("notes/3B.csv", "text/csv", CSV)
    with pytest.raises(BadData, match="pas dans"):
        member(zipped({"a": b"x"}), "a.zip", "application/zip", 2)


def test_it_speaks_the_language_of_the_person() -> None:
    assert view(b"", "a.pdf", "application/pdf", 80).note == "Le fichier est vide."


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import os; os.kill(os.getpid(), 9)", "abîmé"),
        ("import sys; sys.exit(3)", "abîmé"),
        ("print('n’importe quoi')", "abîmé"),
        ("import os\nwhile True: os.write(1, bytes(1 << 16))", "mémoire"),
        ("import time; time.sleep(600)", "trop de temps"),
        (
            "import json, sys; sys.path[:] = json.loads(sys.argv[1])\n"
            "from acterm.viewers import limits\nlimits.SECONDS = 1\nlimits.confine()\n"
            "while True: pass",
            "trop de temps",
        ),
        ("import os, time\nif os.fork(): os._exit(0)\ntime.sleep(600)", "trop de temps"),
    ],
    ids=["killed", "ended", "noise", "flood", "silence", "busy", "orphan"],
)
def test_a_child_that_fails_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, program: str, words: str
) -> None:
    monkeypatch.setattr(child, "_BEGIN", program)
    monkeypatch.setattr(child, "DEADLINE", 2.0)
    shown = view(CSV, "a.csv", "text/csv", 80)
    assert words in shown.note
    assert "à enregistrer" in shown.lines[0].text
    with pytest.raises(BadData, match=words):
        member(CSV, "a.csv", "text/csv", 1)


def test_the_ui_can_stop_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_BEGIN", "import time; time.sleep(600)")
    reading = Child()
    threading.Timer(0.2, reading.kill).start()
    begun = time.monotonic()
    assert view(CSV, "a.csv", "text/csv", 80, child=reading).note == "Arrêté."
    assert time.monotonic() - begun < 2
    assert view(CSV, "a.csv", "text/csv", 80, child=reading).note == "Arrêté."


CONFINED = """
import os, subprocess, sys, socket, ctypes, json
from acterm.viewers import wire
from acterm.viewers.limits import confine
wire.received(sys.stdin.buffer)
confine()
done = {}
def tried(name, action):
    try:
        action()
        done[name] = True
    except OSError:
        done[name] = False
tried("socket", lambda: socket.socket())
tried("program", lambda: subprocess.run(["true"]))
tried("shell", lambda: os.system("true"))
tried("writing", lambda: open(%r, "w"))
libc = ctypes.CDLL(None)
done["c socket"] = libc.socket(2, 1, 0) >= 0
done["environment"] = "SECRET" in os.environ
done["files"] = len(os.listdir("/proc/self/fd"))
try:
    bytearray(600 << 20)
    done["memory"] = True
except MemoryError:
    done["memory"] = False
sys.stdout.write(json.dumps(done))
"""


def test_it_has_no_network_no_programs_no_files_no_secrets(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET", "azerty")
    path = "import json, sys; sys.path[:] = json.loads(sys.argv[1])"
    monkeypatch.setattr(child, "_BEGIN", path + CONFINED % str(tmp_path / "x"))
    with (tmp_path / "held").open("w"):
        answer = Child().ask(wire.packed({}), 1000)
    done = json.loads(answer)
    assert done.pop("files") <= 4  # its three, and the folder it reads
    assert not any(done.values()), done
    assert not (tmp_path / "x").exists()


def bombs() -> dict[str, bytes]:
    zeros = bytes(300 << 20)
    part = "word/document.xml"
    archive = zipped({"a.txt": zeros})
    return {
        "a.zip": archive,
        "lying.zip": lying(archive, len(zeros)),
        "a.docx": zipped({part: zeros}),
        "lying.docx": lying(zipped({part: zeros}), len(zeros)),
        "lying.xlsx": lying(zipped({"xl/workbook.xml": zeros}), len(zeros)),
        "a.tgz": tarred({"a": zeros}, "gz"),
        "nested.odt": zipped({"mimetype": "application/zip", "content.xml": archive}),
    }


def test_no_bomb_takes_two_hundred_megabytes(tmp_path: Path) -> None:
    for name, data in bombs().items():
        (tmp_path / name).write_bytes(data)
    program = textwrap.dedent("""
        import resource, sys
        from pathlib import Path
        from acterm.errors import BadData
        from acterm.viewers import member, view
        for path in sorted(Path(sys.argv[1]).iterdir()):
            data = path.read_bytes()
            view(data, path.name, "application/octet-stream", 80)
            try:
                print(path.name, len(member(data, path.name, "application/octet-stream", 1).data))
            except BadData as told:
                print(path.name, told)
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
    """)
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    *told, most = ran.stdout.splitlines()
    assert len(told) == len(bombs())
    assert int(most) < 200


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", zipped({"word/document.xml": bytes(80 << 20)})),
        ("a.docx", lying(zipped({"word/document.xml": bytes(20 << 20)}), 20 << 20)),
        ("a.tgz", tarred({"a": bytes(300 << 20)}, "gz")),
    ],
    ids=["document", "liar", "tar"],
)
def test_what_swells_is_left_packed(name: str, data: bytes) -> None:
    assert "démesurément" in view(data, name, "application/octet-stream", 80).note


def test_a_member_that_swells_is_not_opened() -> None:
    with pytest.raises(BadData, match="démesurément"):
        member(zipped({"a": bytes(80 << 20)}), "a.zip", "application/zip", 1)


def test_what_is_too_large_is_not_even_read() -> None:
    shown = view(bytes(child.MAX_DATA + 1), "a.zip", "application/zip", 80)
    assert "trop volumineu" in shown.note


def test_a_document_that_is_cut_off_is_told() -> None:
    whole = docx(paragraph("Bonjour"))
    assert "abîmé" in view(whole[:-40], "a.docx", "application/octet-stream", 80).note


def test_a_locked_file_asks_for_its_password_and_for_no_other_program() -> None:
    shown = view(locked_pdf("Bonjour", b"azerty"), "a.pdf", "application/pdf", 80)
    assert shown.locked
    assert shown.lines[0].text.startswith("Document PDF, ")
    assert "enregistrer" not in shown.lines[0].text
