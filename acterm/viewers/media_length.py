"""How long sound and film last, where their headers tell."""

import io
import struct
import wave

_MOST_FRAMES = 400_000
# Kilobits a second, and samples, of MPEG layer III: version 1, then 2 and 2.5 (ISO/IEC 11172-3).
_RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_SAMPLES = ((11025, 12000, 8000), (), (22050, 24000, 16000), (44100, 48000, 32000))
_BEYOND = 360_000  # seconds: no file in a mail lasts longer


def seconds(data: bytes) -> int | None:
    """Whole seconds; None where they are not told."""
    for begins, measure in (
        (data[:4] == b"RIFF" and data[8:12] == b"WAVE", _wave),
        (data[:4] == b"RIFF", _avi),
        (data[4:8] == b"ftyp", _film),
        (data[:4] == b"fLaC", _flac),
        (data[:4] == b"OggS", _ogg),
        (data[:4] == b"\x1aE\xdf\xa3", _matroska),
        (data[:3] == b"ID3" or data[:1] == b"\xff", _mpeg),
    ):
        if begins:
            try:
                found: float = measure(data)
            except (struct.error, IndexError, ValueError, OverflowError):
                return None
            return round(found) if found and 0 < found < _BEYOND else None
    return None


def _wave(data: bytes) -> float:
    try:
        with wave.open(io.BytesIO(data)) as sound:
            return float(sound.getnframes() / max(sound.getframerate(), 1))
    except (wave.Error, EOFError):
        return 0


def _avi(data: bytes) -> float:
    """Of its main header: microseconds a picture, and how many."""
    each, _rate, _padding, _flags, count = struct.unpack_from("<5I", data, data.index(b"avih") + 8)
    return float(each * count / 1e6)


def _film(data: bytes) -> float:
    """Of the movie header of MP4 and its kin (ISO/IEC 14496-12 §8.2.2)."""
    at = data.index(b"mvhd") + 4
    if data[at] == 1:
        scale, length = struct.unpack_from(">IQ", data, at + 20)
    else:
        scale, length = struct.unpack_from(">II", data, at + 12)
    return float(length / scale) if scale else 0


def _flac(data: bytes) -> float:
    """Of its stream information (RFC 9639 §8.2)."""
    told = int.from_bytes(data[18:26], "big")
    rate = told >> 44
    return (told & 0xFFFFFFFFF) / rate if rate else 0


def _ogg(data: bytes) -> float:
    """The place of the last page (RFC 3533 §6); Opus always counts 48 000 a second."""
    last = struct.unpack_from("<q", data, data.rindex(b"OggS") + 6)[0]
    head = data[:200]
    if b"OpusHead" in head:
        return float(last / 48_000)
    return float(last / struct.unpack_from("<I", head, head.index(b"\x01vorbis") + 12)[0])


def _matroska(data: bytes) -> float:
    """The element Duration, in units of TimestampScale (RFC 9559 §5.1.2)."""
    head = data[: 1 << 16]
    at = head.index(b"\x44\x89")
    size = head[at + 2] & 0x7F
    length = struct.unpack_from(">d" if size == 8 else ">f", head, at + 3)[0]
    scaled = head.find(b"\x2a\xd7\xb1\x83")
    scale = int.from_bytes(head[scaled + 4 : scaled + 7], "big") if scaled >= 0 else 1_000_000
    return float(length) * scale / 1e9


def _mpeg(data: bytes) -> float:
    """The lengths of its frames together."""
    at = 0
    if data[:3] == b"ID3":
        at = 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True)
        )
    total = 0.0
    for _frame in range(_MOST_FRAMES):
        head = int.from_bytes(data[at : at + 4], "big")
        if head >> 21 != 0x7FF or head >> 17 & 3 != 1:
            break
        version = head >> 19 & 3
        rate = _RATES[version != 3][head >> 12 & 15] * 1000
        samples = _SAMPLES[version][head >> 10 & 3]
        count = 1152 if version == 3 else 576
        at += count // 8 * rate // samples + (head >> 9 & 1)
        total += count / samples
    return total
