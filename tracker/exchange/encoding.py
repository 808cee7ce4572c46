"""Bytes -> text, by the mark they start with or by what they can only be; what stays doubtful is asked."""

from __future__ import annotations

import re

from tracker.exchange.preview import Question
from tracker.exchange.sheet import FileProblem

# What a spreadsheet in the Netherlands may have written without saying so: Windows, DOS, old Apple.
SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
# Signs that Windows has where DOS and Apple have letters; nobody writes them against a letter.
_NO_SIGN_HERE = re.compile("\ufffd|[a-z][‚„†‡ˆ‰Š‹Ž•]|[a-z]”[a-z]")
# UTF-8 that was once read as Windows and saved so, or a letter that was lost.
_GARBLED = re.compile("Ã[\x80-\xbf€-™]|Â[\xa0-\xbf]|â€[\x90-\xbf‘-™œ]|ï»¿|\ufffd")
_SAMPLE = 12


def decode(file: str, data: bytes, chosen: str = "") -> tuple[str, str]:
    """Text and the name of its encoding: a byte order mark decides, else strict UTF-8, else Windows (cp1252).

    `chosen` is the encoding somebody named for bytes that say nothing themselves. Raises `FileProblem`:
    not_text, mixed_encoding (UTF-8 letters in a Windows file: pasted together), doubtful_encoding
    (with the question to ask), unknown_encoding or garbled_letters.
    """
    text, encoding = _decoded(file, data, chosen)
    if not text.isascii() and (found := _GARBLED.search(text)):
        raise FileProblem("garbled_letters", text.count("\n", 0, found.start()) + 1)
    return text, encoding


def _decoded(file: str, data: bytes, chosen: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if b"\0" in data:
        raise FileProblem("not_text", data[: data.index(b"\0")].count(b"\n") + 1)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if chosen in SINGLE_BYTE:
            return _strict(data, chosen), chosen
        if letter := _UTF8_LETTER.search(data):
            raise FileProblem("mixed_encoding", data[: letter.start()].count(b"\n") + 1) from None
    text = data.decode("cp1252", "replace")  # one sign a byte, so a place in the text is one in the bytes
    if found := _NO_SIGN_HERE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise FileProblem("doubtful_encoding", line, _question(file, data, found.start()))
    return text, "cp1252"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileProblem("unknown_encoding", data[: error.start].count(b"\n") + 1) from None


def _question(file: str, data: bytes, place: int) -> Question:
    piece = re.split(rb"[\r\n]", data[max(0, place - _SAMPLE) : place + 2])[-1]
    return Question(
        "encoding", file, SINGLE_BYTE, tuple(piece.decode(name, "replace") for name in SINGLE_BYTE)
    )
