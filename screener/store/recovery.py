"""The recovery key as it is printed: groups of five characters, the last of each watching over the four before it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from screener.language import tr
from screener.store.failures import MistypedRecoveryKey

# Crockford's alphabet: no I, L, O, U, which are mistaken for others or make words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = {"I": "1", "L": "1", "O": "0"}
GROUPS = 8
_DATA = 4
_BYTES = GROUPS * _DATA * 5 // 8


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """160 random bits that open the vault without a passphrase. Printed once, kept on paper, never stored."""

    secret: bytes = field(repr=False)

    @classmethod
    def make(cls) -> RecoveryKey:
        """A new key from the system's source of randomness."""
        return cls(secrets.token_bytes(_BYTES))

    @property
    def text(self) -> str:
        """Eight groups of five characters, as on the printed sheet."""
        number = int.from_bytes(self.secret, "big")
        digits = [number >> 5 * place & 31 for place in range(GROUPS * _DATA - 1, -1, -1)]
        groups = [digits[start : start + _DATA] for start in range(0, len(digits), _DATA)]
        return "-".join(
            "".join(ALPHABET[digit] for digit in (*group, _watch(group, place))) for place, group in enumerate(groups)
        )

    @classmethod
    def read(cls, text: str) -> RecoveryKey:
        """The key that was typed. Case, spaces and dashes do not matter; O reads as 0, I and L as 1.

        Raises `MistypedRecoveryKey`, which names the first group that holds a mistake.
        """
        typed = [_READ_AS.get(sign, sign) for sign in text.upper() if not sign.isspace() and sign not in "-–—_."]
        if len(typed) != GROUPS * (_DATA + 1):
            raise MistypedRecoveryKey(
                tr("A recovery key has {groups} groups of {each} characters, {all} in all; {typed} were typed.").format(
                    groups=GROUPS, each=_DATA + 1, all=GROUPS * (_DATA + 1), typed=len(typed)
                )
            )
        number = 0
        for place in range(GROUPS):
            for digit in _group(typed[place * (_DATA + 1) : (place + 1) * (_DATA + 1)], place):
                number = number << 5 | digit
        return cls(number.to_bytes(_BYTES, "big"))


def _group(typed: list[str], place: int) -> list[int]:
    for sign in typed:
        if sign not in ALPHABET:
            raise MistypedRecoveryKey(
                tr("Group {group} of the recovery key holds a character that these keys never hold: {sign}").format(
                    group=place + 1, sign=sign
                ),
                place + 1,
            )
    *group, watch = (ALPHABET.index(sign) for sign in typed)
    if _watch(group, place) != watch:
        raise MistypedRecoveryKey(
            tr("There is a typing mistake in group {group} of the recovery key.").format(group=place + 1), place + 1
        )
    return group


def _watch(group: list[int], place: int) -> int:
    """A digit that differs after any one wrong character, two swapped neighbours, or a group in another's place.

    Horner's rule in the field of 32 elements: each position, and the group's own number, weighs differently.
    """
    total = place + 1
    for digit in group:
        total = _doubled(total) ^ digit
    return _doubled(total)


def _doubled(value: int) -> int:
    """Times x in GF(32) with x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value
