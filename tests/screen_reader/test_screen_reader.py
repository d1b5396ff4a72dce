"""By names, roles, actions and keys alone, from another process: a whole screening, from first start to signature."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.screen_reader.session import BUS, SYSTEM_PYTHON

ROOT = Path(__file__).parents[2]
REFERENCE = "SYN-0042"
_PATIENCE_S = 240
"""On an idle machine a sixth of it is enough."""
_BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"


def lacking() -> str:
    """What this machine lacks for it; empty when nothing."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is of Linux"
    missing = [name for name in ("Xvfb", "dbus-run-session") if shutil.which(name) is None]
    missing += [name for name in (BUS, SYSTEM_PYTHON) if not Path(name).exists()]
    if not missing and subprocess.run([SYSTEM_PYTHON, "-c", _BINDINGS], capture_output=True, check=False).returncode:
        missing = ["gir1.2-atspi-2.0"]
    return f"not on this machine: {', '.join(missing)} (the README's Test command installs it)" if missing else ""


@pytest.mark.slow
def test_a_screen_reader_carries_a_screening_to_its_signature(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    problem = lacking()
    if problem and os.environ.get("SCREENER_SKIPS_NOTHING"):
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)
    said = _session(tmp_path)
    record_property("said", f"{said.count('answered ')} questions answered and {_heard(said)} announcements heard")
    assert _heard(said) > 0, said
    assert "heard '" in said and "Psychosis ever" in said, said
    assert (tmp_path / "records" / "vault.db").exists()


def _session(folder: Path) -> str:
    """What the client tells; it fails here when the screening did not come to its signature."""
    own = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME")}
    environment = {**os.environ, **own, "SCREENER_HOME": str(folder / "records"), "PYTHONPATH": str(ROOT)}
    environment.pop("QT_QPA_PLATFORM", None)
    command = ["dbus-run-session", "--", sys.executable, "-m", "tests.screen_reader.session", REFERENCE]
    ran = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def _heard(said: str) -> int:
    return sum(line.startswith("heard ") for line in said.splitlines())
