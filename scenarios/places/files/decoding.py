"""From bytes to text: UTF-8, UTF-16 or Windows' own letters."""

from __future__ import annotations

import re
from typing import Final

from scenarios.places.files.contents import NotATable

LONGEST_CELL: Final = 32_767
"""Longest cell kept as it is, characters: the most a spreadsheet holds. A longer one is cut to `KEPT`."""

KEPT: Final = 500
"""Characters kept of a text cell."""

_LONG: Final = re.compile(r'[^,;|\t"\r\n]{' + str(LONGEST_CELL + 1) + ",}")
_SAMPLE: Final = 4_000


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """Turn the bytes of a text file into text.

    Parameters
    ----------
    data : bytes
        The whole file, unpacked.

    Returns
    -------
    text : str
        Line ends as they are; NUL characters as U+FFFD, so that no number is made by leaving one out.
    encoding : str
        Such as ``utf-8``.
    remarks : list of str
        What was odd, in plain English.

    Raises
    ------
    NotATable
        If it is no text.
    """
    encoding = _encoding(data)
    text = data.decode(encoding, errors="replace")
    remarks = []
    if "\x00" in text:
        found = text.count("\x00")
        text = text.replace("\x00", "\ufffd")
        remarks.append(f"NUL characters in the file ({found}): the cells that hold them are not read")
    sample = text[:_SAMPLE]
    strange = sum(1 for letter in sample if ord(letter) < 32 and letter not in "\t\r\n\x0b\x0c\x1a")
    if sample and (strange + sample.count("\ufffd")) / len(sample) > 0.1:
        raise NotATable("not text")
    cut = 0
    if max(map(len, text.split("\n"))) > LONGEST_CELL:
        text, cut = _LONG.subn(lambda long: long[0][:KEPT] + "\u2026", text)
    if cut:
        remarks.append(f"cells of more than {LONGEST_CELL:,} characters ({cut}), cut to {KEPT}")
    return text.removeprefix("\ufeff"), encoding, remarks


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    if sample.count(b"\x00") > 0.3 * len(sample):
        return "utf-16-le" if sample[1::2].count(b"\x00") > sample[0::2].count(b"\x00") else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut inside a letter is still UTF-8: only its last letter is lost.
        return "utf-8" if error.start >= len(data) - 4 and error.start > 0 else "cp1252"
    return "utf-8"
