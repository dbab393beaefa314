from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from chancery.articles.encoding import decode
from chancery.errors import InputError

PLAIN = "Moscow said on Thursday that the talks would go on.\n"
CURLY = "“We’ll meet at the café in Zürich – on Friday,” the minister’s aide told Le Monde.\n"
ACCENTS = "The café owner met Mr Müller in São Paulo, Señor Peña said.\n"
RUSSIAN = "Министр иностранных дел заявил в четверг, что переговоры будут продолжены.\n"
POLISH = "President Wałęsa and Mr Kaczyński spoke in Gdańsk of Poland’s place, the paper wrote.\n"


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (PLAIN, "ascii", "UTF-8"),
        (CURLY, "utf-8", "UTF-8"),
        (RUSSIAN, "utf-8-sig", "UTF-8"),
        (CURLY, "utf-16", "UTF-16"),
        (CURLY, "utf-32", "UTF-32"),
        (CURLY, "utf-16-le", "UTF-16 without a byte-order mark"),
        (PLAIN, "utf-16-be", "UTF-16 without a byte-order mark"),
        (RUSSIAN, "utf-16-le", "UTF-16 without a byte-order mark"),
        (CURLY, "cp1252", "Windows-1252"),
        (ACCENTS, "latin_1", "ISO-8859-1 (Latin-1)"),
        (CURLY, "mac_roman", "Mac Roman"),
        (POLISH, "cp1250", "Windows-1250"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8_r", "KOI8-R"),
        (RUSSIAN, "cp866", "DOS Cyrillic (CP866)"),
        (RUSSIAN, "iso8859_5", "ISO-8859-5"),
        (PLAIN * 30 + "Корреспондент\n", "cp1251", "Windows-1251"),  # one Russian line in English
        (PLAIN + "Корреспондент", "koi8_r", "KOI8-R"),
    ],
)
def test_an_encoding_is_recognised_and_read_right(text, codec, label):
    decoded = decode(text.encode(codec), "report.txt")
    assert (decoded.text, decoded.encoding) == (text, label)


def test_utf8_is_not_worth_a_note():
    assert decode(CURLY.encode(), "report.txt").notes == ()


def test_another_encoding_is_noted():
    assert decode(CURLY.encode("cp1252"), "report.txt").notes == (
        "encoding: not UTF-8, read as Windows-1252",
    )


def test_broken_utf8_is_read_and_the_first_broken_byte_named():
    data = (PLAIN + CURLY).encode().replace(b"caf\xc3\xa9", b"caf\xc3", 1)
    decoded = decode(data, "report.txt")
    assert decoded.text == (PLAIN + CURLY).replace("café", "caf\ufffd")
    place = data.index(b"caf\xc3 ") + 3
    said = "encoding: broken UTF-8, 1 byte could not be read and stands as U+FFFD in the text"
    assert decoded.notes == (f"{said}, at byte {place} (line 2)",)


def test_utf8_cut_off_in_the_middle_of_a_sign_is_still_utf8():
    decoded = decode((PLAIN + "“").encode()[:-1], "report.txt")
    assert decoded.encoding == "UTF-8"
    assert decoded.text == PLAIN + "\ufffd\ufffd"


@pytest.mark.parametrize("data", [b"\xe9", b"", b"\xff", b"\x81\x8d", b"\xe2\x80"])
def test_the_shortest_input_is_decoded_somehow(data):
    assert isinstance(decode(data, "report.txt").text, str)


def test_what_a_page_states_is_believed_where_it_fits():
    decoded = decode("Ο υπουργός μίλησε".encode("cp1253"), "page.html", declared="windows-1253")
    assert decoded.text == "Ο υπουργός μίλησε"
    assert decode(CURLY.encode("cp1252"), "page.html", declared="utf-8").text == CURLY
    assert decode(CURLY.encode("cp1252"), "page.html", declared="no-such-code").text == CURLY


def test_half_a_utf16_sign_at_the_end_is_shown():
    decoded = decode(CURLY.encode("utf-16") + b"x", "report.txt")
    assert decoded.text == CURLY + "\ufffd"
    assert len(decoded.notes) == 2


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("report.txt", PLAIN)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture"),
        (_zip(), "a ZIP archive"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x00" * 4096, "binary data"),
        (gzip.compress(PLAIN.encode(), mtime=0)[10:] + b"\x00\x00\x00", "binary data"),
    ],
)
def test_what_is_not_text_is_refused_by_name(data, said):
    with pytest.raises(InputError, match=f"^report.txt: .*{said}"):
        decode(data, "report.txt")


def test_a_stray_nul_is_damage_and_not_binary():
    assert decode((PLAIN + "a\x00b " + PLAIN * 20).encode(), "report.txt").text.count("\x00") == 1
