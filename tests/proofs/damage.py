"""Damaged bytes: what is read afterwards is the very same, or it is refused and named; never less or other as if whole.

Two vaults are damaged, file by file: one as a crash leaves it, its last commits in the write-ahead log alone, and one
that was closed.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from screener.store import proofs
from screener.store.vault import Vault
from screener.text import WorldError
from tests.proofs.spread import spread
from tests.proofs.table import Asked, Proof, Row, planted
from tests.store.places import OPENING, PASSPHRASE, answer, made, opened

PAGE, FRAME, WAL_HEAD = 4096, 4096 + 24, 32
FILES = ("vault.db", "vault.db-wal", "vault.head", "vault.keys.json")
# One in so many is a vault that was closed; of the others the file is chosen by chance.
CLOSED = 5
PLANTED = 10
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tried:
    """One damaged place and what came of it: detected or harmless, or how it failed."""

    seed: int
    place: str
    detected: bool
    failure: str = ""


def prove(asked: Asked) -> list[Row]:
    """Damage so many places; and some with the checks taken out that notice it."""
    tries = list(spread(damage_some, asked))
    for tried in tries:
        if tried.failure:
            asked.say(f"seed {tried.seed}, {tried.place}: {tried.failure}")
    found = [tried for tried in tries if tried.detected]
    harmless = [tried for tried in tries if not tried.detected and not tried.failure]
    return [
        Row("damaged places in the vault, its log, its head and its keys", len(tries), _failed(tries)),
        Row("… of these detected and named", len(found), _failed(found)),
        Row("… of these harmless: the very same was read", len(harmless), 0),
        planted("the sealed head says nothing of a damaged log", [bool(t.failure) for t in without_head(PLANTED)]),
    ]


def _failed(tries: list[Tried]) -> int:
    return sum(bool(tried.failure) for tried in tries)


def damage_some(seeds: range) -> list[Tried]:
    """One place each."""
    return [damage(seed) for seed in seeds]


def without_head(number: int) -> list[Tried]:
    """The planted failure: the log is torn in its middle, and nobody asks the head how far the rows must go."""
    with patch.object(proofs, "loss", lambda *_: None):
        return [damage(seed, torn=True) for seed in range(number)]


def damage(seed: int, *, torn: bool = False) -> Tried:
    """Damage one place and read everything. `torn`: the write-ahead log, cut off somewhere in its middle."""
    chance = random.Random(seed)
    closed = not torn and seed % CLOSED == 0
    with tempfile.TemporaryDirectory(prefix="damaged-") as place:
        folder = Path(place) / "records"
        shutil.copytree(_vaults().closed if closed else _vaults().crashed, folder)
        file = "vault.db-wal" if torn else "vault.db" if closed else chance.choice(FILES)
        hurt = _tear if torn else partial(_hurt, closed=closed)
        said = f"{file}{' (closed)' if closed else ''}, {hurt(folder / file, chance)}"
        try:
            detected = _read_back(folder)
        except AssertionError as error:
            return Tried(seed, said, False, str(error))
        except Exception as error:
            return Tried(seed, said, False, f"{type(error).__name__}: {error}")
    return Tried(seed, said, detected)


# --- what is damaged --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Vaults:
    crashed: Path
    closed: Path
    earlier: bytes
    """The file of the closed vault at an earlier time."""
    content: Content
    keep: tempfile.TemporaryDirectory[str]


@lru_cache(maxsize=1)
def _vaults() -> _Vaults:
    """Both vaults hold the same: made once in each process."""
    keep = tempfile.TemporaryDirectory(prefix="damage-")
    running, crashed, closed = (Path(keep.name) / name for name in ("running", "crashed", "closed"))
    with made(running)[0] as vault:
        _write(vault, 0)
    earlier = (running / "vault.db").read_bytes()
    with opened(running) as vault:
        _write(vault, 1)
        content = {name: read() for name, read in readings(vault).items()}
        shutil.copytree(running, crashed)
    shutil.copytree(running, closed)
    assert (crashed / "vault.db-wal").stat().st_size > 30 * PAGE
    assert not (closed / "vault.db-wal").exists()
    return _Vaults(crashed, closed, earlier, content, keep)


def _write(vault: Vault, part: int) -> None:
    """Everything a vault can hold: long and short answers, records with additions, what was discarded, choices."""
    shelf = vault.shelf
    for number in range(3):
        screening = shelf.begin(OPENING | {"reference": f"K-{part}{number}"})
        shelf.append(screening, [answer(place) for place in range(12)], {"answered": 12})
        shelf.append(screening, [{"step": "jot", "text": f"word {number} " * 1_500}], {"answered": 13})
    for line in shelf.drafts():
        shelf.append(line.screening, [answer(50 + part)], {"answered": 99, "note": "long " * 900})
    gone, whole = (shelf.begin(OPENING | {"reference": f"K-{part}{number}"}) for number in (8, 9))
    shelf.append(gone, [answer(1)], {})
    shelf.discard(gone, "begun twice")
    body = f'{{"said":"{"as it was " * 1_000}","opening":{{"reference":"K-{part}9"}}}}'.encode()
    signed = shelf.seal(whole, body, {"answered": 1}, PASSPHRASE)
    shelf.amend(signed.record, b'{"reason":"added"}', PASSPHRASE)
    shelf.remember("clinic", {"crisis_card": f"call {part} " * 900})


def _hurt(path: Path, chance: random.Random, *, closed: bool) -> str:
    """Damage a file in one place; what was done, in words."""
    whole = path.read_bytes()
    paged = path.suffix != ".json" and path.name != "vault.head"
    ways: list[Callable[[bytes, random.Random], tuple[bytes, str]]] = [_bit, _cut, _longer, _overwritten]
    if paged:
        ways += [_bit, partial(_zeroed, path.name), partial(_swapped, path.name), partial(_copied, path.name)]
    if closed:
        ways += [partial(_zeroed, path.name), _not_arrived]
    for _ in range(100):
        changed, said = chance.choice(ways)(whole, chance)
        if changed != whole:
            path.write_bytes(changed)
            return said
    raise AssertionError("a hundred tries changed nothing")


def _tear(path: Path, chance: random.Random) -> str:
    whole = path.read_bytes()
    at = round(len(whole) * chance.uniform(0.2, 0.8))
    path.write_bytes(whole[:at])
    return f"torn at {at}"


def _bit(whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    at, bit = chance.randrange(len(whole)), chance.randrange(8)
    return whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :], f"bit {bit} of byte {at} flipped"


def _cut(whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    at = chance.randrange(len(whole))
    if chance.random() < 0.5:
        at -= at % PAGE
    return whole[:at], f"cut off at {at}"


def _longer(whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    start = chance.randrange(len(whole))
    return whole + whole[start : start + PAGE], f"longer by what stands at {start}"


def _overwritten(whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    at, size = chance.randrange(len(whole)), chance.choice((1, 16, 512))
    return (whole[:at] + chance.randbytes(size) + whole[at + size :])[: len(whole)], f"{size} bytes at {at} overwritten"


def _pages(name: str, whole: bytes) -> list[slice]:
    """Where the pages lie: of the log, those of its frames."""
    if name.endswith("-wal"):
        return [slice(at + 24, at + FRAME) for at in range(WAL_HEAD, len(whole) - FRAME + 1, FRAME)]
    return [slice(at, at + PAGE) for at in range(0, len(whole), PAGE)]


def _with(whole: bytes, *changes: tuple[slice, bytes]) -> bytes:
    changed = bytearray(whole)
    for place, content in changes:
        changed[place] = content
    return bytes(changed)


def _zeroed(name: str, whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    page = chance.choice(_pages(name, whole))
    return _with(whole, (page, bytes(PAGE))), f"page at {page.start} zeroed"


def _swapped(name: str, whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    one, other = chance.sample(_pages(name, whole), 2)
    return _with(whole, (one, whole[other]), (other, whole[one])), f"pages at {one.start} and {other.start} swapped"


def _copied(name: str, whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    one, other = chance.sample(_pages(name, whole), 2)
    return _with(whole, (one, whole[other])), f"page at {other.start} written at {one.start} too"


def _not_arrived(whole: bytes, chance: random.Random) -> tuple[bytes, str]:
    """A page as it was at an earlier time, seal and all: its last writing never came to the disk."""
    page = chance.choice(_pages("vault.db", whole))
    earlier = _vaults().earlier[page]
    return (_with(whole, (page, earlier)) if earlier else whole), f"page at {page.start} is an earlier one"


# --- what is read afterwards ------------------------------------------------------------------------------------------


def readings(vault: Vault) -> dict[str, Callable[[], Any]]:
    """Every way in which a vault is read, by a name for each."""
    shelf = vault.shelf
    drafts, records = shelf.drafts(), shelf.records()
    # Opening a draft leaves a line in the log, so the log is read by itself.
    found: dict[str, Callable[[], Any]] = {"drafts": shelf.drafts, "records": shelf.records}
    found |= {f"draft {line.screening}": partial(shelf.draft, line.screening) for line in drafts}
    found |= {f"record {line.record}": partial(shelf.record, line.record) for line in records}
    found |= {f"added to {line.record}": partial(shelf.amendments, line.record) for line in records}
    found |= {f"parts of {line.screening}": partial(shelf.parts, line.screening) for line in records}
    return found | {"choice": partial(shelf.recall, "clinic"), "log": partial(_first_lines, vault)}


def _first_lines(vault: Vault) -> list[str]:
    """What the log says, without the lines that reading itself leaves."""
    return [str(line) for line in vault.audit_log() if line.deed not in ("open", "unlock", "read", "opened with loss")]


def _read_back(folder: Path) -> bool:
    """Whether the damage was detected. AssertionError where other or less was read, and nobody said so."""
    try:
        with _opened(folder) as vault:
            return _compared(vault)
    except WorldError as problem:
        _says_what_to_do(problem)
    _as_they_stand(folder)
    return True


@contextmanager
def _opened(folder: Path, *, accept_loss: bool = False) -> Iterator[Vault]:
    vault = opened(folder, accept_loss=accept_loss)
    try:
        yield vault
    finally:
        vault.close()


def _compared(vault: Vault) -> bool:
    """Whether anything was named. What is read of a screening is never other than it was, or fewer.

    A list may lack what a page lacks that was not written again: then a check of the whole vault names it.
    """
    named, missed = False, list[str]()
    for name, value in _vaults().content.items():
        try:
            found = _reading(vault, name)
        except WorldError as problem:
            _says_what_to_do(problem)
            named = True
            continue
        if found != value:
            missed.append(f"{name} was read as if it were whole: {_short(found)} in place of {_short(value)}")
            assert not name.startswith(("draft ", "record ")), missed[-1]
    try:
        bad = vault.verify()
    except WorldError as problem:
        _says_what_to_do(problem)
        return True
    assert bad or not missed, missed[0]
    return named or bool(bad)


def _as_they_stand(folder: Path) -> None:
    """Opened although something is missing: what can still be read is as it was, and the vault goes on working."""
    try:
        with _opened(folder, accept_loss=True) as vault:
            for name, value in _vaults().content.items():
                try:
                    found = _reading(vault, name)
                except WorldError as problem:
                    _says_what_to_do(problem)
                    continue
                if name.startswith("draft ") and found is not None:
                    assert found.steps == value.steps[: len(found.steps)], f"{name}: other steps, not only fewer"
                elif name.startswith("record ") and found is not None:
                    assert found == value, f"{name} is another one"
            vault.shelf.append(vault.shelf.begin(OPENING), [answer(1)], {})
    except WorldError as problem:
        _says_what_to_do(problem)


def _reading(vault: Vault, name: str) -> Any:
    """One reading by its name; of a draft or record that the vault does not know of, a failure of the world."""
    kind, _, which = name.rpartition(" ")
    shelf = vault.shelf
    match kind:
        case "draft":
            return shelf.draft(which)
        case "record":
            return shelf.record(which)
        case "added to":
            return shelf.amendments(which)
        case "parts of":
            return shelf.parts(which)
        case _:
            whole: dict[str, Callable[[], Any]] = {"drafts": shelf.drafts, "records": shelf.records}
            whole |= {"choice": partial(shelf.recall, "clinic"), "log": partial(_first_lines, vault)}
            return whole[name]()


def _says_what_to_do(problem: WorldError) -> None:
    assert problem.said, f"{type(problem).__name__} says nothing"
    assert problem.next_step, f"{type(problem).__name__} does not say what to do next"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 300 else f"{text[:300]}… ({len(text)} characters)"


PROOF = Proof("places", 1_000, "places damaged", prove)
