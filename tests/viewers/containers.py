"""Files of the old Microsoft container, winmail.dat and locked PDF, made in the tests."""

import hashlib
import struct
from collections.abc import Mapping
from typing import Any

Tree = Mapping[str, "bytes | Tree"]
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALL = 4096


def compound(tree: Tree) -> bytes:
    """A container ([MS-CFB]) of these streams and storages."""
    return _Container(tree).bytes()


class _Container:
    """Sectors, mini sectors and directory entries as they are filled."""

    def __init__(self, tree: Tree) -> None:
        self._large, self._small = _Sectors(512), _Sectors(64)
        # Name, kind, next, child, first sector, size.
        self._entries: list[list[Any]] = [["Root Entry", 5, _FREE, _FREE, _END, 0]]
        self._add(0, tree)

    def _add(self, parent: int, branch: Tree) -> None:
        before = None
        for name, value in branch.items():
            number = len(self._entries)
            if isinstance(value, bytes):
                sectors = self._small if len(value) < _SMALL else self._large
                self._entries.append([name, 2, _FREE, _FREE, sectors.store(value), len(value)])
            else:
                self._entries.append([name, 1, _FREE, _FREE, 0, 0])
            self._entries[parent if before is None else before][3 if before is None else 2] = number
            before = number
            if not isinstance(value, bytes):
                self._add(number, value)

    def bytes(self) -> bytes:
        """The file."""
        small = self._small.data()
        self._entries[0][4:] = [self._large.store(small), len(small)]
        small_table = self._large.store(self._small.table())
        directory = self._large.store(b"".join(map(_entry, self._entries)))
        start = len(self._large.chains)
        count = start // 127 + 1
        self._large.chains += [_FAT] * count
        table = self._large.table().ljust(count * 512, b"\xff")
        minis = -(-len(self._small.chains) // 128)
        head = struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, count)
        head += struct.pack("<IIIIIII", directory, 0, _SMALL, small_table, minis, _END, 0)
        head += struct.pack("<109I", *range(start, start + count), *[_FREE] * (109 - count))
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + head + self._large.data() + table


class _Sectors:
    """Streams cut into sectors, and what follows each."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: list[bytes] = []
        self.chains: list[int] = []

    def store(self, data: bytes) -> int:
        """The first sector of a stream."""
        first = len(self._made)
        pieces = [data[at : at + self._size] for at in range(0, len(data), self._size)]
        self._made += [piece.ljust(self._size, b"\0") for piece in pieces]
        self.chains += [*range(first + 1, first + len(pieces)), _END] if pieces else []
        return first if pieces else _END

    def data(self) -> bytes:
        """All of them."""
        return b"".join(self._made)

    def table(self) -> bytes:
        """The allocation table."""
        return struct.pack(f"<{len(self.chains)}I", *self.chains)


def _entry(entry: list[Any]) -> bytes:
    name, kind, right, child, place, size = entry
    words = str(name).encode("utf-16-le") + b"\0\0"
    head = words.ljust(64, b"\0") + struct.pack("<HBB", len(words), kind, 1)
    return (
        head
        + struct.pack("<III", _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", place, size)
    )


def message(
    subject: str, body: str, *attached: tuple[str, bytes] | Tree, sent: int = 0
) -> dict[str, "bytes | Tree"]:
    """The tree of a mail of Outlook ([MS-OXMSG]); `sent` counts 100 ns from 1601."""
    tree: dict[str, bytes | Tree] = {
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Amélie Roussel".encode("utf-16-le"),
        "__substg1.0_5D01001F": "amelie.roussel@ac-amiens.fr".encode("utf-16-le"),
        "__properties_version1.0": bytes(32) + struct.pack("<HHIQ", 0x0040, 0x0039, 6, sent),
        "__recip_version1.0_#00000000": {
            "__substg1.0_3001001F": "Luc Petit".encode("utf-16-le"),
            "__substg1.0_39FE001F": "luc.petit@ac-amiens.fr".encode("utf-16-le"),
            "__properties_version1.0": bytes(8) + struct.pack("<HHIQ", 0x0003, 0x0C15, 6, 1),
        },
    }
    for number, one in enumerate(attached):
        storage: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(8)}
        if isinstance(one, tuple):
            storage["__substg1.0_3707001F"] = one[0].encode("utf-16-le")
            storage["__substg1.0_37010102"] = one[1]
        else:
            storage["__substg1.0_3701000D"] = one
        tree[f"__attach_version1.0_#{number:08X}"] = storage
    return tree


def old_word(text: str, flags: int = 0x0200, note: str = "") -> bytes:
    """A Word document of before 2007 with this text in one piece, and a note below it."""
    words = (text + note).encode("utf-16-le")
    main = bytearray(2048)
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<II", main, 0x4C, len(text), len(note))
    plan = struct.pack("<IIHIH", 0, len(text + note), 0, 2048, 0)
    told = b"\x02" + struct.pack("<I", len(plan)) + plan
    struct.pack_into("<II", main, 0x1A2, 0, len(told))
    return compound({"WordDocument": bytes(main) + words, "1Table": told})


def old_slides(*texts: str) -> bytes:
    """A PowerPoint file of before 2007: a list of masters, and one of slides."""
    atoms = b"".join(_record(0x0FA0, 0, text.encode("utf-16-le")) for text in texts)
    masters = _record(0x0FF0, 0x1F, _record(0x0FA8, 0, b"Modifiez le titre"))
    document = _record(0x03E8, 0x0F, masters + _record(0x0FF0, 0x0F, atoms))
    return compound({"PowerPoint Document": document})


def slides_with_boxes(*slides: str) -> bytes:
    """A PowerPoint file of before 2007 whose texts stand in boxes, as LibreOffice writes them."""
    names = b"".join(_record(0x03F3, 0, struct.pack("<5I", at + 1, 0, 0, 0, 0)) for at in range(2))
    data = _record(0x03E8, 0x0F, _record(0x0FF0, 0x0F, names))
    places = []
    for words in slides:
        places.append(len(data))
        box = _record(0xF00D, 0x0F, _record(0x0FA8, 0, words.encode("latin-1")))
        data += _record(0x03EE, 0x0F, _record(0x040C, 0x0F, box))
    directory, count = len(data), len(places)
    data += _record(0x1772, 0, struct.pack(f"<{count + 1}I", count << 20 | 1, *places))
    user = bytes(16) + struct.pack("<I", len(data))
    data += _record(0x0FF5, 0, struct.pack("<7I", 0, 0, 0, directory, 0, 0, 0))
    return compound({"PowerPoint Document": data, "Current User": user})


def _record(kind: int, version: int, data: bytes) -> bytes:
    return struct.pack("<HHI", version, kind, len(data)) + data


def winmail(*files: tuple[str, bytes], body: bytes = b"") -> bytes:
    """winmail.dat ([MS-OXTNEF]) with these files."""

    def attribute(level: int, identifier: int, data: bytes) -> bytes:
        head = struct.pack("<BII", level, identifier, len(data))
        return head + data + struct.pack("<H", sum(data) & 0xFFFF)

    made = struct.pack("<IH", 0x223E9F78, 1)
    made += attribute(1, 0x00089006, struct.pack("<I", 0x10000))
    made += attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    if body:
        made += attribute(1, 0x0002800C, body)
    for name, data in files:
        made += attribute(2, 0x00069002, bytes(14))
        made += attribute(2, 0x00018010, name.encode("cp1252") + b"\0")
        made += attribute(2, 0x0006800F, data)
    return made


def locked_pdf(words: str, password: bytes) -> bytes:
    """A page under the standard security handler, revision 2 (ISO 32000-1 §7.6.3)."""
    filling = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded = (password + filling)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)  # noqa: S324 (the format's own)
    identity, rights = b"0123456789abcdef", struct.pack("<i", -4)
    key = hashlib.md5(padded + owner + rights + identity).digest()[:5]  # noqa: S324
    user = _rc4(key, filling)
    content = f"BT /F1 12 Tf 60 700 Td ({words}) Tj ET".encode("cp1252")
    page_key = hashlib.md5(key + b"\x04\0\0\0\0").digest()[:10]  # noqa: S324
    secret = _rc4(page_key, content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(secret) + secret + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
        % (owner.hex().encode(), user.hex().encode()),
    ]
    return pdf(objects, b"/Encrypt 6 0 R/ID[<%s><%s>]" % ((identity.hex().encode(),) * 2))


def pdf(objects: list[bytes], more: bytes = b"") -> bytes:
    """A PDF of these objects, the first its catalogue."""
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, more)
    return bytes(made) + b"startxref\n%d\n%%%%EOF\n" % start


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    swap = 0
    for at in range(256):
        swap = (swap + state[at] + key[at % len(key)]) & 255
        state[at], state[swap] = state[swap], state[at]
    made, left, right = bytearray(), 0, 0
    for byte in data:
        left = (left + 1) & 255
        right = (right + state[left]) & 255
        state[left], state[right] = state[right], state[left]
        made.append(byte ^ state[(state[left] + state[right]) & 255])
    return bytes(made)
