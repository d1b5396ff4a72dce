"""Text made fit for paper: no character that hides, reorders or cannot be set.

A replaced one is named by its number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

# Controls, halves of a pair, private and unassigned characters: no font draws them. U+2028 and U+2029 are line ends.
_UNSETTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})
# These change the order in which the rest of a line is read, so that a page would show other words than were typed.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# These take no room, so that a page would show less than was typed. What joins or parts the letters of a script, and a
# soft hyphen, which a line's end shows, are not among them.
_HIDING = re.compile(
    "[\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def printable(text: str, without: Collection[str] = ()) -> str:
    """The text with every line end as \\n and every tab as blanks.

    What cannot be set, and any of `without`, is written as its number, "[U+0007]".
    """
    if text.isascii() and text.isprintable() and not without:
        return text
    plain = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
    return "".join(_named(sign) if _is_unsettable(sign) or sign in without else sign for sign in plain)


def _is_unsettable(sign: str) -> bool:
    if sign == "\n":
        return False
    hides = sign in _REORDERING or _HIDING.match(sign) is not None
    return hides or unicodedata.category(sign) in _UNSETTABLE


def _named(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"
