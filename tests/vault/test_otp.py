"""One-time passcodes, against the vectors of RFC 6238 and keys as they are found."""

import pytest

from acterm.errors import BadData
from acterm.secret import Secret
from acterm.vault import otp

# RFC 6238 appendix B: the ASCII keys "1234567890…" of 20, 32 and 64 bytes, in base 32.
_TWENTY = "GEZDGNBVGY3TQOJQ" * 2


@pytest.mark.parametrize(
    ("algorithm", "secret", "at", "code"),
    [
        ("SHA1", _TWENTY, 59, "94287082"),
        ("SHA1", _TWENTY, 1111111109, "07081804"),
        ("SHA1", _TWENTY, 20000000000, "65353130"),
        ("SHA256", _TWENTY + "GEZDGNBVGY3TQOJQGEZA", 59, "46119246"),
        ("SHA512", "GEZDGNBVGY3TQOJQ" * 6 + "GEZDGNA", 59, "90693936"),
    ],
)
def test_the_codes_are_those_of_the_standard(
    algorithm: str, secret: str, at: int, code: str
) -> None:
    key = otp.parse(
        Secret(f"otpauth://totp/x?secret={secret}&algorithm={algorithm}&digits=8&period=30")
    )
    assert otp.code(key, otp.step(key, at)) == code


def test_a_key_of_eighty_bits_works_and_is_told_to_be_short() -> None:
    key = otp.parse(Secret("JBSW Y3DP-EHPK 3pxp"))
    assert key.is_short
    assert otp.code(key, otp.step(key, 0)) == "282760"
    assert not otp.parse(Secret(_TWENTY)).is_short


@pytest.mark.parametrize(("counter", "code"), [(0, "755224"), (1, "287082"), (9, "520489")])
def test_the_codes_of_a_counter_are_those_of_rfc_4226(counter: int, code: str) -> None:
    key = otp.parse(Secret(f"otpauth://hotp/x?secret={_TWENTY}&counter={counter}"))
    assert key.period == 0
    assert otp.code(key, key.counter) == code


def test_a_key_is_shown_by_nothing_that_prints_it() -> None:
    assert _TWENTY not in repr(otp.parse(Secret(_TWENTY)))


def test_the_label_of_the_uri_is_read() -> None:
    uri = "otpauth://totp/Acad%C3%A9mie:clefevre?secret=JBSWY3DPEHPK3PXP&issuer=Acad%C3%A9mie&issuer=x"
    assert otp.parse(Secret(uri)).label == "Académie:clefevre"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "pas une clé",
        "12345678",
        "otpauth://yotp/x?secret=JBSWY3DPEHPK3PXP",
        "otpauth://totp/x",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=5",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&digits=six",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&period=0",
        "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP&algorithm=MD5",
        "otpauth-migration://offline?data=CjE",
        "otpauth://[",
    ],
)
def test_what_is_no_key_is_told_in_words_that_do_not_repeat_it(typed: str) -> None:
    with pytest.raises(BadData, match="code à usage unique") as problem:
        otp.parse(Secret(typed))
    assert not typed or typed not in str(problem.value)
