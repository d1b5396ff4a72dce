"""The example Questionnaires that FHIR R4 is published with: each becomes a theme whose pack passes every check, or is
refused with the place in it. npm puts them into a folder that goes afterwards; nothing of them is kept."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.proofs.table import ROOT, Asked, Row

PACKAGE = "hl7.fhir.r4.examples"
_VERSION = "4.0.1"
_INSTALL_S, _RUN_S = 600, 300
_PLACE = re.compile(r"is not read, Questionnaire(\.\w+(\[\d+\])?)+: ")


def rows(asked: Asked) -> list[Row]:
    """One line: how many there are, and of how many neither came out."""
    with tempfile.TemporaryDirectory(prefix="forms-") as place:
        folder = Path(place)
        (folder / "package.json").write_text('{"private": true}', "utf-8")
        npm = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", f"{PACKAGE}@{_VERSION}"]
        subprocess.run(npm, cwd=folder, check=True, capture_output=True, timeout=_INSTALL_S)
        forms = sorted((folder / "node_modules" / PACKAGE).glob("Questionnaire-*.json"))
        failures = [f"{form.name}: {failure}" for form in forms if (failure := tried(form, folder / form.stem))]
    for failure in failures:
        asked.say(failure)
    what = "public example Questionnaires of R4, each a theme that passes every check, or refused with its place"
    return [Row(what, len(forms), len(failures))]


def tried(form: Path, into: Path) -> str:
    """Why neither came out; empty where one did."""
    taken = _screener("theme", str(form), "--into", str(into))
    if taken.returncode:
        refused = _PLACE.search(taken.stderr + taken.stdout) and not into.exists()
        return "" if refused else f"refused without a place: {taken.stderr[-300:]}"
    checked = _screener("check", str(into))
    return "" if checked.returncode == 0 else f"its checks find something: {checked.stdout[-300:]}"


def _screener(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "screener", *command],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=_RUN_S,
    )  # fmt: skip
