"""Text from bytes whose charset lies."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acterm.mail.parsing.charset import codec_of, decode_bytes, once

ACCENTS = [
    "äöüÄÖÜß",
    "áéíóúÁÉÍÓÚñÑ",
    "ÀÂÉÈÊËÎÏÔÙÛÜÇ",
    "········",
    "éééééééé",
    "«»«»«»«»",
    "éèàùç éèàùç",
]
SENTENCE = "L’élève a été reçu à l’école – cœur, 15 €"


@pytest.mark.parametrize(
    ("written", "said", "guessed"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8", "UTF8", False),
        ("utf-8", '"utf-8";', False),
        ("utf-8", "", True),
        ("utf-8", "us-ascii", True),
        ("utf-8", "iso-8859-1", True),
        ("utf-8", "windows-1252", True),
        ("utf-8", "windows-1251", True),
        ("utf-8", "iso-8859-2", True),
        ("utf-8", "koi8-r", True),
        ("utf-8", "gb18030", True),
        ("utf-8", "utf-8; format=flowed", False),
        ("cp1252", "win-1252", False),
        ("utf-8", "x-inconnu", True),
        ("utf-8", "punycode", True),
        ("utf-8", "base64", True),
        ("utf-8", "utf-16", True),
        ("cp1252", "iso-8859-1", False),
        ("cp1252", "latin1", False),
        ("cp1252", "iso8859-1", False),
        ("cp1252", "utf-8", True),
        ("cp1252", "", True),
        ("cp1252", "ansi_x3.4-1968", True),
        ("utf-16", "utf-16", False),
        ("utf-16", "", True),
        ("utf-16", "iso-8859-1", True),
        ("utf-8-sig", "utf-8", False),
    ],
)
def test_a_french_sentence_is_read(written: str, said: str, guessed: bool) -> None:
    assert decode_bytes(SENTENCE.encode(written), said) == (SENTENCE, guessed)


def test_the_euro_and_the_ligature_of_latin_9_are_read() -> None:
    assert decode_bytes("œuvre : 15 €".encode("iso-8859-15"), "iso-8859-15") == (
        "œuvre : 15 €",
        False,
    )


def test_windows_quotes_in_latin_9_are_quotes() -> None:
    assert decode_bytes(b"l\x92\xe9t\xe9", "iso-8859-15") == ("l’été", True)


def test_a_few_wrong_bytes_do_not_spoil_the_rest() -> None:
    assert decode_bytes("déjà ".encode() + b"\xe9t\xe9 " + "vécu".encode(), "utf-8")[0] == (
        "déjà été vécu"
    )


def test_french_with_a_wrong_byte_is_not_taken_for_another_script() -> None:
    damaged = ("élève " * 20).encode() + b"\xe9t\xe9 "
    assert decode_bytes(damaged)[0] == "élève " * 20 + "été "


@pytest.mark.parametrize("text", [SENTENCE, "« Noël » à 3 °C", "ÇA"])
def test_what_was_encoded_twice_is_read_once(text: str) -> None:
    twice = text.encode().decode("cp1252", "replace")
    if "\ufffd" not in twice:
        assert once(twice) == text
        assert decode_bytes(twice.encode(), "utf-8") == (text, True)


@pytest.mark.parametrize("text", ["É« à »", "SÃO PAULO", "Âge", "CAFÉ »", "l’âne", "Ångström"])
def test_what_only_resembles_stays(text: str) -> None:
    assert once(text) == text


def test_what_latin_1_encoded_twice_is_read_once() -> None:
    assert once("l’été".encode().decode("latin-1")) == "l’été"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("こんにちは、テストです", "shift_jis"),
        ("こんにちは、テストです", "euc_jp"),
        ("你好，这是一封测试邮件。", "gb18030"),
        ("안녕하세요 반갑습니다 여러분", "cp949"),
        ("Здравствуйте, это письмо", "koi8-r"),
        ("Здравствуйте, это письмо", "cp1251"),
        ("Été à Noël : ÉLÈVES créés, « reçu »", "cp1252"),
        ("ÉÉÉ", "cp1252"),
        ("Собрание начнётся завтра в три часа", "cp866"),
        ("Зустріч почнеться завтра о третій годині", "koi8-u"),
        ("Καλημέρα, η συνάντηση αρχίζει αύριο στις τρεις το απόγευμα", "cp1253"),
        ("שלום, הפגישה מחר מתחילה בשלוש אחר הצהריים", "cp1255"),
        ("مرحبا، يبدأ الاجتماع غدا في الساعة الثالثة بعد الظهر", "cp1256"),
        ("您好，明天的會議下午三點開始。", "big5"),
        ("안녕하세요 여러분", "iso2022_kr"),
        *((accents, "cp1252") for accents in ACCENTS),
    ],
)
def test_a_text_without_a_charset_is_guessed_by_its_bytes(text: str, written: str) -> None:
    assert decode_bytes(text.encode(written)) == (text, True)


def test_japanese_that_nobody_announced_is_read() -> None:
    assert decode_bytes("日本".encode("iso-2022-jp"), "us-ascii") == ("日本", True)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Собрание начнётся завтра в три часа", "koi8-r"),
        ("你好，这是一封测试邮件，请看附件。", "gb18030"),
        ("メールを簡単に。メッセージの高速全文検索", "cp932"),
        ("明日の会議は午後三時です", "iso2022_jp"),
        *((accents * 3, "cp1252") for accents in ACCENTS),
    ],
)
def test_a_text_that_is_called_western_and_is_none_is_read(text: str, written: str) -> None:
    assert decode_bytes(text.encode(written), "iso-8859-1")[0] == text


def test_a_french_quotation_is_no_letter_of_utf_8() -> None:
    text = "« Où\u00a0» et « là\u00a0», à l’école"
    assert decode_bytes(text.encode("cp1252")) == (text, True)


def test_words_mixed_with_plain_letters_are_western() -> None:
    text = "A ação da nação: educação, informação, lições. " * 20
    assert decode_bytes(text.encode("cp1252"), "iso-8859-1") == (text, False)


def test_utf_8_cut_amid_a_letter_and_called_western_is_read() -> None:
    text = "Élèves, cœur, forêt, hôtel, août, Noël, maïs, garçon, là, où"
    assert decode_bytes(text.encode() + b"\xc3", "iso-8859-1") == (text, True)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("明日の会議は午後三時に始まります", "euc-jp"),
        ("안녕하세요 여러분 반갑습니다", "euc-kr"),
        ("明天的會議下午三點開始，謝謝", "big5"),
        ("Καλημέρα, η συνάντηση αύριο", "iso-8859-7"),
        ("L’été à l’école", "utf-16-le"),
    ],
)
def test_a_text_cut_or_damaged_keeps_its_charset(text: str, written: str) -> None:
    data = text.encode(written)
    assert decode_bytes(data[:-1], written)[0] in (text, text[:-1])
    damaged = data + b" \xff" if written != "utf-16-le" else data + b"\xff"
    assert decode_bytes(damaged, written)[0].rstrip() == text


def test_japanese_cut_amid_a_letter_is_read() -> None:
    assert decode_bytes("明日の会議".encode("iso-2022-jp")[:-4], "iso-2022-jp") == (
        "明日の会",
        True,
    )


def test_the_signs_of_windows_in_japanese_are_read() -> None:
    data = b"\x1b$B\x2d\x21\x24\x22\x2d\x6a\x1b(B et \x1b(I1\x1b(B"
    assert decode_bytes(data, "iso-2022-jp") == ("①あ㈱ et ｱ", True)


@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_either_way(written: str) -> None:
    assert decode_bytes("Réunion".encode(written), "utf-16") == ("Réunion", False)


def test_plain_letters_that_are_called_utf_16_are_plain_letters() -> None:
    assert decode_bytes(b"Bonjour", "utf-16") == ("Bonjour", False)


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("windows-874", "cp874"),
        ("IBM850", "cp850"),
        ("x-gb2312", "gb18030"),
        ("gb_2312-80", "gb18030"),
        ("ks_c_5601-1989", "cp949"),
        ("windows-31j", "cp932"),
        ("iso-8859-8-i", "iso8859-8"),
    ],
)
def test_a_charset_is_known_by_its_other_names(name: str, codec: str) -> None:
    assert codec_of(name) == codec


def test_letters_written_with_ascii_are_read() -> None:
    assert decode_bytes("été".encode("utf-7"), "utf-7") == ("été", False)
    assert decode_bytes("日本".encode("iso-2022-jp"), "iso-2022-jp") == ("日本", False)


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "unicode_escape", "rot13", "zlib", "", "x" * 99]
)
def test_what_is_no_charset_is_none(name: str) -> None:
    assert codec_of(name) == ""


@pytest.mark.parametrize("name", ["punycode", "idna", "utf-7", "unicode_escape"])
def test_no_charset_takes_more_than_its_length(name: str) -> None:
    begun = time.process_time()
    decode_bytes(b"xn--a" * 100_000 + b"\xe9", name)
    assert time.process_time() - begun < 1


@given(st.binary(), st.text())
def test_any_bytes_are_text(data: bytes, charset: str) -> None:
    text, _guessed = decode_bytes(data, charset)
    assert isinstance(text, str)


def test_a_letter_cut_at_the_end_is_left_out_and_the_last_one_of_another_charset_stays() -> None:
    assert decode_bytes("déjà".encode()[:-1], "utf-8")[0] == "déj"
    assert decode_bytes("déjà vu à 3 €".encode()[:-1], "utf-8")[0] == "déjà vu à 3 "
    assert decode_bytes(b"caf\xc3", "") == ("cafÃ", True)


def test_letters_in_two_halves_are_whole() -> None:
    halves = "🙂".encode("utf-16-be")
    data = b"".join(
        chr(int.from_bytes(half)).encode("utf-8", "surrogatepass")
        for half in (halves[:2], halves[2:])
    )
    assert decode_bytes(data, "utf-8") == ("🙂", True)


def test_letters_that_are_called_utf_16_and_are_utf_8_are_read() -> None:
    assert decode_bytes("été".encode(), "utf-16") == ("été", True)
