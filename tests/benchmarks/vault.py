"""What the vault costs: a committed answer, opening it, and its list with a hundred times as many screenings."""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from screener.clock import SystemClock
from screener.store import search
from screener.store.deeds import Deed
from screener.store.keys import Cost, Stretch
from screener.store.tables import record as records
from screener.store.tables import screening as screenings
from screener.store.vault import Vault
from tests.store.places import PASSPHRASE

ANSWERS, ROUNDS = 60, 7
DAY, LATER = 10, 60
"""Rounds of answers: on a day of some screenings, during which the log grows; and until both logs no longer do."""
FEW, MANY = 1_000, 100_000
"""Screenings in the vault; so many of either are unfinished, for no clinic leaves more open because it keeps more."""
UNFINISHED, WAITED_FOR = 150, 100
WORDS = ("esketamine", "RU-08051", "nobody here")
"""Looked for: in every screening, in one, in none."""
STEP = {
    "step": "answer",
    "question": "medical.something_asked",
    "before": None,
    "after": {"value": "yes", "note": "since 2019, seen by the family doctor"},
    "at": "2026-11-26T09:00:00.000+01:00",
    "by": "Clinician A",
}
DIGEST: dict[str, Any] = {"pathway": "Esketamine in clinic", "answered": 41, "shown": 96, "state": "in progress"} | {
    "waiting": {"review": 4, "note": 2},
    "place": {"theme": "medical", "question": "medical.something_asked"},
}


def rows() -> Iterator[tuple[Any, ...]]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as place:
        yield from _answers(Path(place))
    with tempfile.TemporaryDirectory() as place:
        yield from _opening(Path(place))
    yield from _lists()


def _answers(place: Path) -> Iterator[tuple[Any, ...]]:
    clock = SystemClock()
    with Vault.create(place / "vault", name="Clinician A", passphrase=PASSPHRASE, clock=clock)[0] as vault:
        screening = vault.shelf.begin(opening(1))

        def commits() -> None:
            for _ in range(ANSWERS):
                vault.shelf.append(screening, [STEP], DIGEST)

        with _bare(place / "bare.db") as bare:
            # In turn, so that whatever else the disk does meets both.
            taken = [(_timed(commits), _timed(bare)) for _ in range(DAY + LATER)]
    against = "bare sqlcipher3 insert, same settings"
    ours, plain = (sum(times) / DAY / ANSWERS for times in zip(*taken[:DAY], strict=True))
    yield f"an answer, committed, {DAY * ANSWERS} from the opening on", ours, plain, against, 2.5
    ours, plain = (statistics.median(times) / ANSWERS for times in zip(*taken[-LATER // 2 :], strict=True))
    yield "an answer, committed, where the log is written over", ours, plain, against, 2.5
    yield "an answer, committed, against one frame", ours, 1 / 60, "a frame at 60 Hz", 0.25


@contextmanager
def _bare(path: Path) -> Iterator[Callable[[], None]]:
    """The same row, inserted by the driver alone into a file that is kept as the vault's is."""
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "fullfsync = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE step (number INTEGER PRIMARY KEY, screening TEXT, at TEXT, body TEXT)")
    body = json.dumps(STEP)

    def inserts() -> None:
        for _ in range(ANSWERS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO step (screening, at, body) VALUES (?, ?, ?)", ("0123456789abcdef", "2026", body)
            )
            connection.execute("COMMIT")

    try:
        yield inserts
    finally:
        connection.close()


def _opening(place: Path) -> Iterator[tuple[Any, ...]]:
    Vault.create(place, name="Clinician A", passphrase=PASSPHRASE)[0].close()
    stretch = Stretch.make(Cost())
    alone = min(_timed(lambda: stretch.key(PASSPHRASE)) for _ in range(ROUNDS))

    def opened() -> None:
        Vault.open(place, PASSPHRASE).close()

    opened()
    yield "opening and closing the vault", min(_timed(opened) for _ in range(ROUNDS)), alone, "its Argon2id alone", 1.5


IN_A_WINDOW = """
import json, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from screener.records.paging import first, waited_for
from screener.store.vault import Vault
from screener.ui.shell.home import HomePage
from screener.ui.style.theme import Theme
from tests.benchmarks.vault import ROUNDS, WORDS
from tests.store.places import PASSPHRASE

application = QApplication([])
Theme.of(application).apply("light", 1.0)

def home(shelf, page):
    found, waiting = first(shelf), tuple(waited_for(shelf.waiting()))
    page.show_waiting(waiting)
    page.show_found(found)
    page.grab()

def search(shelf, page, words):
    page.show_found(first(shelf, words))
    page.grab()

def least(work, *more):
    times = []
    for _ in range(ROUNDS):
        page = HomePage("Clinician A, clinician")
        page.resize(1440, 900)
        begun = time.perf_counter()
        work(vault.shelf, page, *more)
        times.append(time.perf_counter() - begun)
        page.deleteLater()
        application.processEvents()
    return min(times)

with Vault.open(Path(sys.argv[1]), PASSPHRASE) as vault:
    print(json.dumps([least(home), *(least(search, words) for words in WORDS)]))
"""


def _lists() -> Iterator[tuple[Any, ...]]:
    found: dict[int, list[float]] = {}
    for many in (FEW, MANY):
        with tempfile.TemporaryDirectory() as place:
            with Vault.create(Path(place), name="Clinician A", passphrase=PASSPHRASE)[0] as vault:
                fill(vault, many)
            size = sum(path.stat().st_size for path in Path(place).iterdir()) / many
            done = subprocess.run(
                [sys.executable, "-c", IN_A_WINDOW, place],
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            )
            found[many] = [*json.loads(done.stdout.splitlines()[-1]), size]
    against = f"the same with {FEW:,}"
    for number, what in enumerate(
        ("home, read and painted", "search, many found", "search, one found", "search, none")
    ):
        yield f"{what}, with {MANY:,} screenings", found[MANY][number], found[FEW][number], against, 2.0
    said = len(json.dumps([opening(0), DIGEST, STEP])) + len(_content())
    yield f"a screening on disk, with {MANY:,}", found[MANY][-1], said, "the words in it", 2.5, "bytes"


def reference(number: int) -> str:
    """As a clinic numbers its people: two letters and five digits, in no order."""
    mixed = number * 7_368_787 % 10_000_019
    return f"{chr(65 + mixed % 26)}{chr(65 + mixed // 26 % 26)}-{mixed // 676 % 100_000:05d}"


def opening(number: int) -> dict[str, Any]:
    return {
        "reference": reference(number),
        "second_mark": f"M{number % 97}",
        "pathway": "esketamine-clinic-us",
        "visit_date": "2026-11-26",
        "clinician": "Clinician A",
        "begun_at": "2026-11-26T09:00:00+01:00",
    }


def fill(vault: Vault, many: int) -> None:
    """So many screenings, one in a hundred unfinished, with every row that the program itself would write."""
    content = _content()
    for first in range(0, many, 1_000):
        with vault._deeds.deed(None) as deed:
            for number in range(first, first + 1_000):
                _add(deed, number, many, content)


def _content() -> bytes:
    """About what a short record takes."""
    return json.dumps({"opening": opening(0), "text": "what was asked and answered " * 600}).encode()


def _add(deed: Deed, number: int, many: int, content: bytes) -> None:
    begun, said = f"{number:016x}", opening(number)
    signed = number % (many // UNFINISHED) != 0
    place = deed.note("begin", begun)
    row: dict[str, Any] = {
        "id": begun,
        "state": "signed" if signed else "draft",
        "opening": json.dumps(said),
        "steps": 1,
    }
    row |= {"digest": json.dumps(DIGEST), "number": place, "touched": place, "begun_at": deed.at}
    row |= {"updated_at": deed.at, "reference": said["reference"], "second_mark": said["second_mark"]}
    deed.connection.execute(insert(screenings), row | {"waits": number % (many // WAITED_FOR) == 0, "reason": ""})
    deed.step(begun, 0, [STEP])
    search.put(deed.connection, place, search.words_of(said, DIGEST), signed=signed)
    if signed:
        deed.note("sign", begun, record=begun)
        row = {"number": number + 1, "id": begun, "screening": begun, "amends": None, "content": content}
        row |= {"reference": said["reference"], "pathway": "x", "visit_date": "2026-11-26", "incomplete": False}
        row |= {"digest": json.dumps(DIGEST), "account": "a", "signer": "Clinician A", "public_key": "k" * 44}
        row |= {"fingerprint": "f", "signed_at": deed.at, "signature": "s" * 88, "statement": b"s" * 600}
        deed.connection.execute(insert(records), row)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
