"""No word of a patient in the clear: typed into the real program, then searched for in everything that it left behind.

Each run has its own home, its own folders for data, settings, caches and temporary files: these are searched whole,
whatever is in them, and so is all that the program printed, and every title its windows had.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from screener.store.vault import Vault
from tests.journeys.ways import PASSPHRASE
from tests.proofs.table import ROOT, Asked, Proof, Row, planted
from tests.proofs.whispering import LEAKING, READY, TITLE
from tests.proofs.words import SENTINELS, SIGNED_ONLY, found_below, found_in
from tests.screen import PLATFORM

ENDINGS = ("kill", "close")
WITHIN_S = 180
_FOLDERS = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "TEMP": "tmp",
    "TMP": "tmp",
    "XDG_DATA_HOME": "home/data",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_STATE_HOME": "home/state",
    "XDG_RUNTIME_DIR": "run",
}


@dataclass(frozen=True, slots=True)
class Tried:
    """One journey: how many files were searched, and where a word lay."""

    files: int
    found: tuple[str, ...]


def prove(asked: Asked) -> list[Row]:
    """So many journeys, killed and closed in turn."""
    tries = [journey(ENDINGS[number % 2]) for number in range(asked.number)]
    for tried in tries:
        for place in tried.found:
            asked.say(place)
    return [
        Row(f"journeys searched for {len(SENTINELS)} typed words in the clear", len(tries), _failed(tries)),
        Row("… files, titles and lines that were searched", sum(tried.files for tried in tries), 0),
        planted("a build that notes answers in a temporary file", [bool(journey("kill", LEAKING).found)]),
    ]


def _failed(tries: list[Tried]) -> int:
    return sum(bool(tried.found) for tried in tries)


def journey(ending: str, *more: str) -> Tried:
    """Type every kind of text, end, and search."""
    with tempfile.TemporaryDirectory(prefix="plain-") as place:
        folders = {name: Path(place) / folder for name, folder in _FOLDERS.items()}
        for folder in (*folders.values(), Path(place) / "records"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        said = _typed(Path(place), {name: str(folder) for name, folder in folders.items()}, ending, *more)
        files = [path for path in Path(place).rglob("*") if path.is_file()]
        printed = [f"said: {word}" for line in said for word in found_in(line.encode())]
        elsewhere = _written_since(Path(place) / "printed.txt")
        found = (*printed, *found_below(Path(place)), *(f for path in elsewhere for f in found_below(path)))
        _is_kept(Path(place) / "records", ending)
        return Tried(len(files) + len(said) + len(elsewhere), found)


def _written_since(began: Path) -> list[Path]:
    """What lies newly in the machine's own places for temporary files, for a program that asks for none by name."""
    since = began.stat().st_ctime_ns
    places = [Path(name) for name in ("/tmp", "/var/tmp", "/dev/shm") if Path(name).is_dir()]
    return [path for place in places for path in place.iterdir() if path.is_file() and path.stat().st_mtime_ns >= since]


def _is_kept(folder: Path, ending: str) -> None:
    """What was typed went into the records: nothing is proved by words that nobody took down."""
    with Vault.open(folder, PASSPHRASE) as vault:
        drafts = [vault.shelf.draft(line.screening) for line in vault.shelf.drafts()]
        records = [vault.shelf.record(line.record) for line in vault.shelf.records()]
    assert len(drafts if ending == "kill" else records) == 1
    kept = str([(draft.opening, draft.steps) for draft in drafts]) + str([r.content.decode() for r in records])
    missing = [word for word in SENTINELS if word not in kept and (word != SIGNED_ONLY or ending == "close")]
    assert not missing, f"never taken down: {missing}"


def _typed(place: Path, folders: dict[str, str], ending: str, *more: str) -> list[str]:
    """Run the program of `whispering` to its end; every title and every line of it."""
    listening, telling = os.pipe()
    environment = os.environ | folders | {"SCREENER_SAVED_FD": str(telling), "QT_QPA_PLATFORM": PLATFORM}
    printed = place / "printed.txt"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.proofs.whispering", str(place / "records"), ending, *more],
            cwd=ROOT,
            env=environment,
            pass_fds=(telling,),
            stdout=out,
            stderr=out,
        )
    os.close(telling)
    try:
        lines = _heard(listening, ending)
        if ending == "kill":
            process.send_signal(signal.SIGKILL)
        code = process.wait(timeout=WITHIN_S)
    finally:
        process.kill()
        process.wait(timeout=20)
        os.close(listening)
    assert code == (-signal.SIGKILL if ending == "kill" else 0), printed.read_text("utf-8", "replace")[-3_000:]
    assert any(line.startswith(TITLE) for line in lines), "no window had a title"
    return lines


def _heard(listening: int, ending: str) -> list[str]:
    """What it says until it is ready to be killed, or to its end."""
    said, deadline = b"", time.monotonic() + WITHIN_S
    while time.monotonic() < deadline and not (ending == "kill" and said.endswith(f"{READY}\n".encode())):
        if select.select([listening], [], [], 1)[0]:
            more = os.read(listening, 65_536)
            if not more:
                break
            said += more
    return said.decode().splitlines()


PROOF = Proof("words", 20, "journeys", prove)
