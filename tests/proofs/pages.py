"""Every page of the window, in every way it can stand: nothing cut off, nothing over another, nothing out of sight."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from screener.language import CHOSEN_BY
from tests.proofs.table import ROOT, Asked, Proof, Row
from tests.ui.walk.sampled import ALL, ASKED_BY, WAYS

_FILE = "tests/ui/walk/test_geometry.py"


@dataclass(frozen=True, slots=True)
class Measured:
    """How many pages a window in one language showed, and which walks found something wrong."""

    pages: int
    failed: tuple[str, ...]


def prove(asked: Asked) -> list[Row]:
    """Each language in a process of its own, in all of its modes."""
    languages = list(dict.fromkeys(language for language, _ in WAYS))
    with ThreadPoolExecutor(asked.workers) as at_a_time:
        found = [*at_a_time.map(partial(_measured, asked), languages)]
    pages, failed = sum(one.pages for one in found), sum(len(one.failed) for one in found)
    return [Row(f"pages of the window measured, in {len(WAYS)} ways", pages, failed)]


def _measured(asked: Asked, language: str) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        # The older family of reports is the one that takes what a test records.
        report = (f"--junitxml={told}", "-o", "junit_family=xunit1")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *report, _FILE]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, CHOSEN_BY: language, ASKED_BY: ALL}, capture_output=True, check=False
        )
        if not told.exists():
            raise RuntimeError(f"nothing was measured in {language}: {done.stdout.decode()[-2000:]}")
        cases = [*ElementTree.parse(told).iter("testcase")]
    failed = [
        case.get("name", "") for case in cases if case.find("failure") is not None or case.find("error") is not None
    ]
    for name in failed:
        asked.say(f"{language}: {name}")
    return Measured(sum(_pages(case) for case in cases), tuple(failed))


def _pages(case: ElementTree.Element) -> int:
    found = case.find("./properties/property[@name='measured']")
    return 0 if found is None else int(found.get("value", "0"))


PROOF = Proof("pages", 1, "rounds", prove)
