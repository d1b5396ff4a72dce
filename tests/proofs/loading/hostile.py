"""Inputs made from valid ones: bytes flipped, cut, doubled; values in the wrong place, of the wrong kind, too many."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

Chance = random.Random

WORDS: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**63,
    10**400,
    0.1,
    float("nan"),
    float("inf"),
    1e308,
    "",
    " ",
    "yes",
    "no",
    "\x00",
    "\u202e\u2066right to left",
    "\ufeff",
    "😀",
    "é" * 2_000,
    "a" * 70_000,
    "../../etc/passwd",
    "'; DROP TABLE step; --",
    "{0.__class__}%s%n${HOME}",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "2026-11-23T25:61",
    "1_000",
    "０１２",
    "=1+1",
    "not_known",
    "patient",
    [],
    {},
    [[]],
    {"": ""},
    {"state": "declined"},
    {"accounts": []},
    {"accounts": [{"by": "patient", "value": {}}], "used": "nobody"},
)
"""What stands where something else was expected."""
SNIPPETS = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"&a [*a, *a]",
    b"<<: *a",
    b"!!python/object/apply:os.system ['true']",
    b"---\n",
    b"%YAML 9.9\n",
    b"? [\n",
    b"{" * 200,
    b"[" * 2_000,
    b'{"a":' * 2_000,
    b"- " * 500,
    b"1" * 5_000,
    b"1e999999999",
    b"NaN",
    b"-Infinity",
    b"\r\n\t",
    b"'\"`",
    b"\\ud800",
    b": : :",
    b"#",
    b"|\n",
)
MOST_BYTES = 100_000
BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n" % (b, b, *[a] * 9)
    for a, b in zip(range(97, 120), range(98, 121), strict=True)
)


def hostile_bytes(whole: bytes, chance: Chance) -> bytes:
    """Something like `whole`; now and then nothing like it at all."""
    kind = chance.random()
    if kind < 0.03:
        return chance.randbytes(chance.choice((0, 1, 10, 1_000)))
    if kind < 0.04:
        return BOMB
    if kind < 0.05:
        return whole * chance.choice((2, 50))
    for _ in range(chance.choice((1, 1, 2, 5))):
        whole = chance.choice(_CHANGES)(whole, chance)
    return whole


def _place(whole: bytes, chance: Chance) -> int:
    return chance.randrange(len(whole) + 1)


def _flipped(whole: bytes, chance: Chance) -> bytes:
    at = _place(whole, chance)
    return whole[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in whole[at : at + 1]) + whole[at + 1 :]


def _cut(whole: bytes, chance: Chance) -> bytes:
    return whole[: _place(whole, chance)]


def _left_out(whole: bytes, chance: Chance) -> bytes:
    at = _place(whole, chance)
    return whole[:at] + whole[at + chance.choice((1, 5, 80)) :]


def _doubled(whole: bytes, chance: Chance) -> bytes:
    at = _place(whole, chance)
    end = at + chance.choice((1, 20, 500))
    return whole[:end] + whole[at:end] + whole[end:]


def _put_in(whole: bytes, chance: Chance) -> bytes:
    at = _place(whole, chance)
    return whole[:at] + chance.choice(SNIPPETS) + whole[at:]


def _lines_swapped(whole: bytes, chance: Chance) -> bytes:
    lines = whole.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _random(whole: bytes, chance: Chance) -> bytes:
    at = _place(whole, chance)
    return whole[:at] + chance.randbytes(chance.randint(1, 40)) + whole[at:]


_CHANGES: tuple[Callable[[bytes, Chance], bytes], ...] = (
    _flipped,
    _flipped,
    _cut,
    _left_out,
    _doubled,
    _put_in,
    _put_in,
    _lines_swapped,
    _random,
)


def hostile_value(value: Any, chance: Chance) -> Any:
    """The same tree of JSON with a few of its values put in the wrong place, left out, doubled or replaced."""
    copy = json.loads(json.dumps(value, default=str))
    times = chance.choice((1, 1, 1, 2, 4))
    for left in reversed(range(times)):
        copy = _changed(copy, chance, last=not left)
    return copy


def _changed(tree: Any, chance: Chance, *, last: bool) -> Any:
    spots = list(_spots(tree))
    if not spots:
        return _word(chance)
    holder, key = chance.choice(spots)
    way = chance.random()
    if way < 0.45:
        holder[key] = _word(chance)
    elif way < 0.6:
        del holder[key]
    elif way < 0.75:
        other, at = chance.choice(spots)
        if _holds(other, at):
            holder[key] = json.loads(json.dumps(other[at]))
    elif way < 0.85 and isinstance(holder, dict):
        holder[chance.choice(("extra", "", "__class__", "step", "id", "a" * 300, str(key).upper()))] = holder[key]
    elif way < 0.9:
        holder[key] = _nested(holder[key], chance.choice((3, 61, 200)))
    elif way < 0.93 and last:
        # So many that it is far too much, and not so many that making it is: once, for many of many have no end.
        holder[key] = [holder[key]] * (MOST_BYTES // (len(json.dumps(holder[key])) + 1))
    else:
        holder[key] = {"value": holder[key]}
    return tree


def _word(chance: Chance) -> Any:
    # A copy: the next change may be made inside it.
    return deepcopy(chance.choice(WORDS))


def _holds(holder: Any, key: Any) -> bool:
    return key in holder if isinstance(holder, dict) else key < len(holder)


def _nested(value: Any, levels: int) -> Any:
    for _ in range(levels):
        value = [value]
    return value


def _spots(tree: Any) -> Any:
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        inside = holder.items() if isinstance(holder, dict) else enumerate(holder) if isinstance(holder, list) else ()
        for key, value in inside:
            yield holder, key
            waiting.append(value)


def as_json(value: Any) -> bytes:
    """As JSON text, also where it nests deeper than Python's own writer goes or holds half characters."""
    try:
        return json.dumps(value).encode("utf-8")
    except RecursionError:
        return b"[" * 5_000 + b"]" * 5_000
