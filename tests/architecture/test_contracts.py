"""Each import contract is broken once on purpose, in a copy of the tree, and lint-imports names it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FLOORS = "A floor imports only floors below it, and every folder has a floor"
QT = "Only the window knows Qt"
VAULT = "Only the vault knows the driver that opens one"
AREAS = "Screens of one area do not know another area's"
TRAINING = "No vault is in reach of training"
CYCLES = "No cycles"
JOURNEYS = "A journey uses the program as a person does"

# contract, then the offence: file -> what is added at its end. A folder that is new gets what makes it a package.
OFFENCES: list[tuple[str, str, dict[str, str]]] = [
    (FLOORS, "a lower floor imports a higher one", {"screener/forms/late.py": "import screener.screening"}),
    (FLOORS, "the lowest files import a floor", {"screener/places.py": "import screener.rules"}),
    (FLOORS, "siblings on a floor import each other", {"screener/exchange/late.py": "import screener.store"}),
    (FLOORS, "the commands import the window", {"screener/cli/late.py": "import screener.ui.start"}),
    (FLOORS, "a folder has no floor", {"screener/utils/__init__.py": ""}),
    (FLOORS, "a file has no floor", {"screener/late.py": ""}),
    (QT, "a screening imports Qt", {"screener/screening/late.py": "from PySide6.QtCore import QObject"}),
    (QT, "a new file beside the floors imports Qt", {"screener/late.py": "import PySide6"}),
    (QT, "the commands draw", {"screener/cli/late.py": "def draw() -> None:\n    import pyqtgraph"}),
    (QT, "the test of a lower floor imports Qt", {"tests/rules/test_late.py": "import PySide6.QtWidgets"}),
    (VAULT, "another file of the store opens one", {"screener/store/late.py": "from sqlcipher3 import dbapi2"}),
    (VAULT, "the window opens one", {"screener/ui/late.py": "import sqlcipher3"}),
    (
        AREAS,
        "records know the screens of a screening",
        {"screener/ui/records/late.py": "import screener.ui.screening.page", "screener/ui/screening/page.py": ""},
    ),
    (
        AREAS,
        "the look knows a screen",
        {"screener/ui/style/late.py": "import screener.ui.screening.page", "screener/ui/screening/page.py": ""},
    ),
    (
        AREAS,
        "the browser of rules knows the screens of a screening",
        {"screener/ui/packs/late.py": "import screener.ui.screening.page", "screener/ui/screening/page.py": ""},
    ),
    (
        AREAS,
        "fields know the area that asks with them",
        {"screener/ui/fields/late.py": "import screener.ui.packs.late", "screener/ui/packs/late.py": ""},
    ),
    (TRAINING, "the patient card knows the store", {"screener/ui/training/late.py": "import screener.store.shelf"}),
    (TRAINING, "the training window knows the clinic", {"screener/ui/school.py": "import screener.ui.clinic"}),
    (
        TRAINING,
        "the screening that is rehearsed in knows the store",
        {"screener/ui/screening/side.py": "def late() -> None:\n    import screener.store.vault"},
    ),
    (
        CYCLES,
        "two files of a floor import each other",
        {
            "screener/rules/early.py": "import screener.rules.late",
            "screener/rules/late.py": "import screener.rules.early",
        },
    ),
    (JOURNEYS, "a journey looks inside the program", {"tests/journeys/test_late.py": "import screener.screening"}),
    (JOURNEYS, "a journey looks at the window's own parts", {"tests/journeys/test_late.py": "import screener.ui.jobs"}),
    (JOURNEYS, "a journey reaches for Qt itself", {"tests/journeys/test_late.py": "from PySide6.QtCore import Qt"}),
    (JOURNEYS, "a journey borrows from other tests", {"tests/journeys/test_late.py": "import tests.guards"}),
]


def lint(tree: Path) -> tuple[set[str], str]:
    """Names of the broken contracts of the tree, and the whole output."""
    program = Path(sys.executable).parent / "lint-imports"
    environment = os.environ | {"PYTHONPATH": str(tree), "COLUMNS": "200"}
    done = subprocess.run(
        [str(program), "--no-cache"],
        cwd=tree, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    verdicts = re.findall(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", done.stdout, re.MULTILINE)
    broken = {name for name, verdict in verdicts if verdict == "BROKEN"}
    assert verdicts and (done.returncode == 0) == (not broken), done.stdout + done.stderr
    return broken, done.stdout


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package, the tests and the settings."""
    for folder in ("screener", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def add(tree: Path, files: dict[str, str]) -> None:
    for name, source in files.items():
        file = tree / name
        if file.parts[len(tree.parts)] == "screener":
            file.parent.mkdir(parents=True, exist_ok=True)
            (file.parent / "__init__.py").touch()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as end:
            end.write(f"\n{source}\n")


@pytest.mark.slow
def test_the_tree_as_it_is_keeps_every_contract(tree: Path) -> None:
    broken, output = lint(tree)
    assert broken == set(), output


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "offence", "files"), OFFENCES, ids=[offence for _, offence, _ in OFFENCES])
def test_an_offence_breaks_the_contract_it_offends(
    tree: Path, contract: str, offence: str, files: dict[str, str]
) -> None:
    add(tree, files)
    broken, output = lint(tree)
    assert contract in broken, output


def test_every_contract_is_broken_by_some_offence() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}
    assert names == {contract for contract, _, _ in OFFENCES}


def test_every_folder_of_the_window_has_a_place_among_its_areas() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (areas,) = (one for one in settings["tool"]["importlinter"]["contracts"] if one["id"] == "areas")
    placed = {name.strip(" ()") for layer in areas["layers"] for name in layer.replace(":", "|").split("|")}
    folders = {folder.parent.name for folder in (ROOT / "screener" / "ui").glob("*/__init__.py")}
    assert folders - placed == set()
