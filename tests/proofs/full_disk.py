"""A full disk at every write: it is said, nothing is lost or half done, and the same deed goes through with room.

Twice: every deed of the store, with no page of room, with one, two, three, until it goes through; and an interview
through the real window, in which each write of an answer finds the disk full first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screener.forms.model import Pack
from screener.store.failures import DiskFull, StoreFailed
from screener.store.recovery import RecoveryKey
from screener.store.vault import Vault
from tests.kills.killing import Killed
from tests.kills.lines import SAVED, TYPED
from tests.kills.oracle import check, shipped_pack
from tests.kills.typist import reference_of
from tests.proofs.filling import CLOSED, FORGETTING, REFUSED, WORDLESS
from tests.proofs.small_disk import Filler, NoSmallDisk, small_disk
from tests.proofs.table import ROOT, Asked, Proof, Row, planted
from tests.screen import PLATFORM
from tests.store.places import CHEAP, OPENING, PASSPHRASE, answer, made, opened

MOST_PAGES = 60
IN_ONE_INTERVIEW = 25
PLANTED_WRITES = 3
WITHIN_S = 300


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview on a disk that was full at each write; how often that was, and what was lost."""

    refused: int
    failure: str = ""


def prove(asked: Asked) -> list[Row]:
    """Every deed of the store, and so many writes of interviews."""
    try:
        with small_disk(2) as place:
            rooms, wrong = deeds(place)
        interviews = [
            interview(seed, min(IN_ONE_INTERVIEW, asked.number - done), shipped_pack())
            for seed, done in enumerate(range(0, asked.number, IN_ONE_INTERVIEW))
        ]
        forgetful = interview(0, PLANTED_WRITES, shipped_pack(), FORGETTING)
    except NoSmallDisk as none:
        asked.say(f"left out: {none}")
        return []
    for said in (*wrong, *(found.failure for found in interviews)):
        if said:
            asked.say(said)
    return [
        Row("full disk at each page that a deed of the store writes", rooms, len(wrong)),
        Row(
            "full disk at each write of an interview in the window",
            sum(found.refused for found in interviews),
            sum(bool(found.failure) for found in interviews),
        ),
        planted("what could not be written is forgotten", ["lost: " in forgetful.failure]),
    ]


# --- every deed of the store ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ready:
    """A vault on the small disk, with something of everything in it."""

    folder: Path
    recovery: RecoveryKey
    draft: str
    record: str


Do = Callable[[Vault, Ready], object]
DEEDS: Mapping[str, Do] = {
    "begin": lambda vault, _: vault.shelf.begin(OPENING | {"reference": "K-new"}),
    "a short answer": lambda vault, ready: vault.shelf.append(ready.draft, [answer(9)], {"answered": 9}),
    "a long answer": lambda vault, ready: vault.shelf.append(ready.draft, [{"text": "word " * 8_000}], {}),
    "open a draft": lambda vault, ready: vault.shelf.draft(ready.draft),
    "read a record": lambda vault, ready: vault.shelf.record(ready.record),
    "sign": lambda vault, ready: vault.shelf.seal(ready.draft, b'{"said":"x"}', {}, PASSPHRASE),
    "sign a part": lambda vault, ready: vault.shelf.seal_part(ready.draft, b'{"said":"x"}', {}, PASSPHRASE),
    "amend": lambda vault, ready: vault.shelf.amend(ready.record, b'{"reason":"y"}', PASSPHRASE),
    "discard": lambda vault, ready: vault.shelf.discard(ready.draft, "begun twice"),
    "choose": lambda vault, _: vault.shelf.remember("clinic", {"crisis_card": "call " * 2_000}),
    "unlock": lambda vault, _: vault.unlock(PASSPHRASE),
    "another passphrase": lambda vault, _: vault.change_passphrase(PASSPHRASE, PASSPHRASE, cost=CHEAP),
}


def deeds(place: Path) -> tuple[int, list[str]]:
    """Every deed with ever more room until it goes through: how often it was refused, and whatever went wrong."""
    refused, wrong = 0, list[str]()
    for name in (*DEEDS, "create", "open", "open after a crash", "open with the recovery key"):
        found = 0
        try:
            for _ in _refusals(name, place):
                found += 1
        except (Exception, AssertionError) as error:
            wrong.append(f"{name}, {found} pages of room: {type(error).__name__}: {error}")
        refused += found
    return refused, wrong


def _refusals(name: str, place: Path) -> Iterator[int]:
    """The rooms, in pages, in which the deed was refused: each time it was undone whole, and done afterwards."""
    for pages in range(MOST_PAGES):
        folder, filler = place / "records", Filler(place / "filler")
        try:
            went_through = _with_room(name, folder, filler, pages)
            assert not list(folder.glob("*.kept*")), "a copy of a log lies there that nobody needs"
        finally:
            filler.free()
            shutil.rmtree(folder, ignore_errors=True)
        if went_through:
            return
        yield pages
    raise AssertionError(f"{MOST_PAGES} pages are not enough")


def _with_room(name: str, folder: Path, filler: Filler, pages: int) -> bool:
    if name == "create":
        return _twice(lambda: made(folder)[0].close(), filler, pages)
    there = stocked(folder)
    if name == "open after a crash":
        _crash(folder)
    if name.startswith("open") and "recovery" not in name:
        return _twice(lambda: opened(folder).close(), filler, pages)
    if name == "open with the recovery key":
        return _twice(lambda: _recovered(there).close(), filler, pages)
    with opened(folder) as vault:
        before = seen(vault)
        went_through = _twice(
            lambda: DEEDS[name](vault, there), filler, pages, lambda: same(seen(vault), before, "after the refusal")
        )
        filler.free()
        after = seen(vault)
        assert vault.verify() == (), vault.verify()
    with opened(folder) as vault:
        same(seen(vault), after, "after the next opening")
    return went_through


def _twice(do: Callable[[], object], filler: Filler, pages: int, in_between: Callable[[], object] = bool) -> bool:
    """Do it with so little room and, where that is refused, once more with enough; whether it went through at once."""
    filler.fill(pages)
    try:
        do()
    except StoreFailed as problem:
        assert isinstance(problem, DiskFull), f"a full disk was called {type(problem).__name__}: {problem.said}"
        assert "full" in problem.said
        assert "room" in problem.next_step
        in_between()
        filler.free()
        do()
        return False
    return True


def stocked(folder: Path) -> Ready:
    """A vault with something of everything, closed."""
    vault, recovery = made(folder)
    with vault:
        record = vault.shelf.seal(vault.shelf.begin(OPENING | {"reference": "K-old"}), b'{"said":"x"}', {}, PASSPHRASE)
        draft = vault.shelf.begin(OPENING)
        vault.shelf.append(draft, [answer(1), answer(2)], {"answered": 2})
        vault.shelf.remember("clinic", {"crisis_card": "none"})
    return Ready(folder, recovery, draft, record.record)


def _crash(folder: Path) -> None:
    """As a program that is killed leaves it: the last answers are in the write-ahead log alone."""
    left = folder.with_name("left")
    with opened(folder) as vault:
        vault.shelf.append(vault.shelf.begin(OPENING), [answer(1)], {})
        shutil.copytree(folder, left)
    shutil.rmtree(folder)
    left.rename(folder)


def _recovered(ready: Ready) -> Vault:
    return Vault.open_with_recovery(ready.folder, ready.recovery, PASSPHRASE, cost=CHEAP)


def seen(vault: Vault) -> Any:
    """What lists show: it is read without writing."""
    return vault.shelf.drafts(), vault.shelf.records(), vault.shelf.recall("clinic"), len(vault.audit_log())


def same(found: Any, expected: Any, when: str) -> None:
    *content, lines = found
    assert content == list(expected[:-1]), f"{when} something else is there"
    assert lines >= expected[-1], f"{when} lines of the audit log are missing"


# --- an interview in the window ---------------------------------------------------------------------------------------


def interview(seed: int, writes: int, pack: Pack, *more: str) -> Interview:
    """Type until so many writes have found the disk full; then everything that was typed must be there."""
    lines: list[str] = []
    try:
        with small_disk(64) as place:
            made(place / "records")[0].close()
            lines = _typed(place / "records", seed, writes, *more)
            _check(place / "records", Killed(reference_of(seed), tuple(lines)), writes, pack)
    except (AssertionError, subprocess.TimeoutExpired) as error:
        return Interview(lines.count(REFUSED), f"seed {seed}: {error}")
    return Interview(lines.count(REFUSED))


def _typed(folder: Path, seed: int, writes: int, *more: str) -> list[str]:
    """What the program of `filling` said until its end."""
    with tempfile.TemporaryFile("w+b") as told:
        done = subprocess.run(
            [sys.executable, "-m", "tests.proofs.filling", str(folder), str(seed), str(writes), *more],
            cwd=ROOT,
            env=os.environ | {"SCREENER_SAVED_FD": str(told.fileno()), "QT_QPA_PLATFORM": PLATFORM},
            pass_fds=(told.fileno(),),
            capture_output=True,
            timeout=WITHIN_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()[-2_000:]
        told.seek(0)
        return told.read().decode().splitlines()


def _check(folder: Path, typed: Killed, writes: int, pack: Pack) -> None:
    words = [line.partition(" ")[0] for line in typed.lines]
    assert words.count(REFUSED) >= writes, f"only {words.count(REFUSED)} writes found the disk full"
    assert WORDLESS not in words, "the window did not say that the disk is full, and what to do"
    assert words[-1] == CLOSED
    last = len(words) - 1 - words[::-1].index(SAVED)
    assert TYPED not in words[last:], "lost: the last of what was typed was never shown as saved"
    steps = check(folder, [typed], pack)
    assert steps == int(typed.lines[last].split()[2]), "lost: more was shown as saved than there is"


PROOF = Proof("disk", 200, "writes of interviews on a full disk", prove)
