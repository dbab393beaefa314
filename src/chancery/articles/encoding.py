"""Bytes -> text: which encoding a file is in, and what to tell its reader about that.

UTF-8 needs no guess: text that is not UTF-8 passes its check by accident only
when it is ASCII. What fails is either UTF-8 with damage, which is read with the
damage shown, or one of the old one-byte encodings. General guessers are made
for long texts in any language; a report in English with five accented letters
or one line of Russian is neither (charset-normalizer 3.5 reads English in
Windows-1252 as Windows-1250, and one Russian line in English as DOS Ukrainian),
so the two questions that matter here are asked first: is the foreign part in
Cyrillic, and which Western reading leaves no nonsense inside words?
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from chancery.errors import InputError

__all__ = ["Decoded", "decode"]

NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp866": "DOS Cyrillic (CP866)",
    "iso8859_2": "ISO-8859-2 (Latin-2)",
    "iso8859_5": "ISO-8859-5",
    "koi8_r": "KOI8-R",
    "latin_1": "ISO-8859-1 (Latin-1)",
    "mac_roman": "Mac Roman",
}

# The longer mark first: UTF-32's little-endian mark begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

# First bytes of what people hand over by mistake, and the way to its text.
SIGNATURES = (
    (b"%PDF-", "a PDF", "save its text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save it as text or HTML"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document", "save it as text or HTML"),
    (b"{\\rtf", "a rich-text document", "save it as text or HTML"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", "give the report as text"),
    (b"\xff\xd8\xff", "a JPEG picture", "give the report as text"),
    (b"GIF8", "a GIF picture", "give the report as text"),
    (b"PAR1", "a Parquet file", "export its rows as JSON Lines"),
    (b"SQLite format 3\x00", "an SQLite database", "export its rows as JSON Lines"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it"),
    (b"BZh", "a bzip2 archive", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it"),
    (b"\x7fELF", "a program", "give the report as text"),
)

# Text may hold a stray NUL (damage in transit); formats that are not text hold them by the hundred.
MOST_NULS_IN_TEXT = 1 / 500

CYRILLIC = ("cp1251", "koi8_r", "cp866", "iso8859_5")
WESTERN = ("cp1252", "mac_roman", "cp1250", "iso8859_2")

# The commonest small letters of Russian and Ukrainian: three in four letters of running text.
COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуяі")
LEAST_CYRILLIC = 0.5  # the right encoding scores .75 and above, a wrong one below .35

# Signs that never stand inside a word of running text, as wrong readings put them: Wa³esa, it\xd5s.
NONSENSE = re.compile(
    r"(?<=[a-zß-ÿ])(?:[À-ÖØ-ÞŠŽŒŸ¹²³ªº¼½¾]|[^\w\s.,;:!?'’‘“”\"()\[\]/&@%*+<>=·•…–—-])(?=[^\W\d_])"
)
NO_LETTERS = re.compile(r"[\x80-\x9f]")

SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the name of the encoding it was in, and what a reader should know of that."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Read bytes as text.

    Nothing is refused because some bytes of it are damaged: they stand in the
    text as U+FFFD, and a note tells how many there are and where the first is.

    Args:
        data: the whole file.
        name: what to call it in an error.
        declared: the encoding that the document itself states, as an HTML page does.

    Raises:
        InputError: the bytes are not text at all.
    """
    for mark, codec, label in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], codec, label, skipped=len(mark))
    _refuse_binary(data, name)
    wide = _wide(data)
    if wide:
        return _marked(data, wide, "UTF-16 without a byte-order mark", skipped=0)
    _refuse_nuls(data, name)
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _declared(data, declared) or _damaged(data) or _one_byte(data)


def _marked(data: bytes, codec: str, label: str, *, skipped: int) -> Decoded:
    notes = () if label == "UTF-8" else (f"encoding: read as {label}",)
    try:
        return Decoded(data.decode(codec), label, notes)
    except UnicodeDecodeError as error:
        place = error.start + skipped
        text = data.decode(codec, "replace")
        return Decoded(
            text, label, (*notes, _damage(label, text.count("\ufffd"), place, data[: error.start]))
        )


def _damage(label: str, count: int, place: int, before: bytes) -> str:
    line = before.count(b"\n") + 1
    if count == 1:
        said = "1 byte could not be read and stands as U+FFFD in the text, at"
    else:
        said = f"{count} bytes could not be read and stand as U+FFFD in the text, the first at"
    return f"encoding: broken {label}, {said} byte {place} (line {line})"


def _refuse_binary(data: bytes, name: str) -> None:
    for signature, what, mend in SIGNATURES:
        if data.startswith(signature):
            raise InputError(name, f"this is {what}, not text", mend)


def _refuse_nuls(data: bytes, name: str) -> None:
    nuls = data.count(0)
    if nuls > max(1, len(data) * MOST_NULS_IN_TEXT):
        raise InputError(
            name,
            f"binary data, not text ({nuls} zero bytes in {len(data)}, the first at byte {data.index(0)})",
            "give the report as text, HTML or JSON",
        )


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 that lost its mark: zero bytes at every other place, and nowhere else."""
    sample = data[: SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    # Even Russian in UTF-16 has a zero beside every space, comma and digit: one in ten.
    if most < len(sample) / 2 / 12 or least > most / 20 or len(data) % 2:
        return None
    codec = "utf-16-be" if even > odd else "utf-16-le"
    text = sample.decode(codec, "replace")
    return codec if sum(sign.isprintable() or sign.isspace() for sign in text) >= 0.95 * len(text) else None


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    if declared is None or declared.lower().replace("-", "") in {
        "utf8",
        "latin1",
        "iso88591",
        "ascii",
        "usascii",
    }:
        return None  # UTF-8 has failed already; pages that say Latin-1 mean Windows-1252 (HTML standard)
    try:
        codec = codecs.lookup(declared).name
        return Decoded(
            data.decode(codec), declared, (f"encoding: read as {declared}, which the page states",)
        )
    except (LookupError, UnicodeDecodeError):
        return None


def _damaged(data: bytes) -> Decoded | None:
    """Read UTF-8 with broken places, if the sound sequences are at least as many."""
    text = data.decode("utf-8", "surrogateescape")
    sound, broken = 0, 0
    for sign in re.findall(r"[^\x00-\x7f]", text):
        if "\udc80" <= sign <= "\udcff":
            broken += 1
        else:
            sound += 1
    if sound < broken and not _cut_short(data):
        return None
    first = re.search(r"[\udc80-\udcff]", text)
    assert first is not None  # strict decoding has failed before
    before = text[: first.start()].encode("utf-8")
    note = _damage("UTF-8", broken, len(before), before)
    return Decoded(re.sub(r"[\udc80-\udcff]", "\ufffd", text), "UTF-8", (note,))


def _cut_short(data: bytes) -> bool:
    """Tell whether only the last sign is broken off, as where a file was cut at a size."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return b"\x80" <= data[-1:] < b"\xc0"  # a lead byte alone may as well be one Western letter


def _one_byte(data: bytes) -> Decoded:
    foreign = b"\n".join(re.findall(rb"[\x80-\xff]{3,}", data[: SAMPLE * 16]))[:SAMPLE]
    high = len(re.findall(rb"[\x80-\xff]", data[: SAMPLE * 16]))
    # Western accents stand alone among plain letters; a word of another script is one run of high bytes.
    if foreign and len(foreign) > high / 2:
        return _cyrillic(data, foreign) or _guessed(data) or _western(data)
    return _western(data)


def _cyrillic(data: bytes, foreign: bytes) -> Decoded | None:
    def score(codec: str) -> float:
        signs = foreign.decode(codec, "replace").replace("\n", "")
        return sum(sign in COMMON_CYRILLIC for sign in signs) / len(signs)

    best = max(CYRILLIC, key=score)
    return _as(data, best) if score(best) >= LEAST_CYRILLIC else None


def _western(data: bytes) -> Decoded:
    if not re.search(rb"[\x80-\x9f]", data) and not _nonsense(data, "latin_1"):
        return _as(data, "latin_1")
    return _as(data, min(WESTERN, key=lambda codec: _nonsense(data, codec)))


def _nonsense(data: bytes, codec: str) -> int:
    text = data[: SAMPLE * 16].decode(codec, "replace")
    return len(NONSENSE.findall(text)) + len(NO_LETTERS.findall(text)) + text.count("\ufffd")


def _guessed(data: bytes) -> Decoded | None:
    import charset_normalizer  # noqa: PLC0415 - 40 ms, for the one file in a thousand that gets here

    best = charset_normalizer.from_bytes(data[:SAMPLE]).best()
    return _as(data, best.encoding) if best else None


def _as(data: bytes, codec: str) -> Decoded:
    label = NAMES.get(codec, codec)
    text = data.decode(codec, "replace")
    notes = [f"encoding: not UTF-8, read as {label}"]
    if "\ufffd" in text:
        place = len(text[: text.index("\ufffd")].encode(codec))
        notes.append(_damage(label, text.count("\ufffd"), place, data[:place]))
    return Decoded(text, label, tuple(notes))
