"""A folder that nobody may write in: each deed is refused in words and undone whole, or done whole and on the disk.

The files of records that are open stay open: what only they are needed for goes on. What needs the folder is refused.

Run as a program of its own, `FOLDER`: root writes everywhere, by a privilege that it is started without.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from screener.store.failures import ReadOnlyPlace
from tests.proofs.full_disk import DEEDS, same, seen, stocked
from tests.proofs.table import ROOT, Asked, Proof, Row, planted
from tests.store.places import made, opened

WRITABLE = "--writable"
CLOSED, FREE = 0o500, 0o700


class NoWay(Exception):  # noqa: N818 - it says what there is not
    """Root, and no means to put its privilege down."""


def prove(asked: Asked) -> list[Row]:
    """Every deed of the store once."""
    try:
        wrong = refusals()
        unnoticed = refusals(WRITABLE)
    except NoWay as none:
        asked.say(f"left out: {none}")
        return []
    for name, said in wrong.items():
        if said:
            asked.say(f"{name}: {said}")
    return [
        Row("a folder that cannot be written, at each deed of the store", len(wrong), sum(map(bool, wrong.values()))),
        planted("the folder can be written all the same", [bool(said) for said in unnoticed.values()]),
    ]


def refusals(*more: str) -> dict[str, str]:
    """Each deed and what was wrong with its refusal, empty where nothing was. Raises `NoWay`."""
    with tempfile.TemporaryDirectory(prefix="read-only-") as place:
        command = [sys.executable, "-m", "tests.proofs.read_only", place, *more]
        if os.geteuid() == 0:
            without = shutil.which("setpriv")
            if without is None:
                raise NoWay("root, and no setpriv to put its privilege down")
            command = [without, "--bounding-set=-dac_override,-dac_read_search", *command]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    return dict(json.loads(done.stdout))


def run(place: Path, *, writable: bool) -> dict[str, str]:
    closed = FREE if writable else CLOSED
    wrong: dict[str, str] = {}
    for number, name in enumerate((*DEEDS, "open", "create")):
        folder = place / str(number)
        try:
            _try(name, folder, closed)
            wrong[name] = ""
        except (Exception, AssertionError) as error:
            wrong[name] = f"{type(error).__name__}: {error}"
        finally:
            folder.chmod(FREE)
    return wrong


def _try(name: str, folder: Path, closed: int) -> None:
    if name == "create":
        folder.mkdir()
        _twice(lambda: made(folder / "records")[0].close(), folder, closed)
        return
    there = stocked(folder)
    if name == "open":
        before = sorted(path.name for path in folder.iterdir())
        _twice(lambda: opened(folder).close(), folder, closed)
        assert sorted(path.name for path in folder.iterdir()) == before
        return
    kept = folder.with_name(f"{folder.name}-before")
    with opened(folder) as vault:
        before = seen(vault)
        shutil.copytree(folder, kept)
        folder.chmod(closed)
        try:
            DEEDS[name](vault, there)
        except ReadOnlyPlace as problem:
            assert "cannot be written to" in problem.said
            assert problem.next_step
            assert seen(vault) == before, "it was refused, and something of it is there"
        folder.chmod(FREE)
        after = seen(vault)
        assert vault.verify() == ()
    if closed == FREE:
        # The planted failure: what was said to be done is not on the disk.
        shutil.rmtree(folder)
        kept.rename(folder)
    with opened(folder) as vault:
        same(seen(vault), after, "opened again")
        assert seen(vault)[-1] > after[-1], "its own line is missing"


def _twice(do: Callable[[], object], folder: Path, closed: int) -> None:
    """Do it where nobody may write, then once more where one may."""
    folder.chmod(closed)
    try:
        do()
    except ReadOnlyPlace as problem:
        assert "cannot be written to" in problem.said
        assert problem.next_step
    else:
        raise AssertionError("it was not refused")
    folder.chmod(FREE)
    do()


PROOF = Proof("read_only", 1, "rounds", prove)

if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]), writable=WRITABLE in sys.argv)))
