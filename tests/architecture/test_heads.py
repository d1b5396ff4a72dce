"""The core and the commands run without Qt, and the right head answers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import screener.__main__ as entry

ROOT = Path(__file__).resolve().parents[2]

IMPORT_AND_TELL = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted(sys.modules)))
"""


def modules_without_the_window() -> list[str]:
    """Every module of the program but the window's; not the revisions of the store's schema, which a tool runs."""
    files = (file.relative_to(ROOT).with_suffix("") for file in (ROOT / "screener").rglob("*.py"))
    names = (".".join(file.parts).removesuffix(".__init__") for file in files)
    return sorted(name for name in names if not name.startswith(("screener.ui", "screener.store.migrations")))


@pytest.mark.slow
def test_nothing_but_the_window_loads_qt() -> None:
    asked = modules_without_the_window()
    assert {"screener.cli.main", "screener.training", "screener.exchange", "screener.store"} <= set(asked)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_AND_TELL, *asked],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    modules = json.loads(done.stdout)
    assert set(asked) <= set(modules)
    of_qt = ("PySide6", "shiboken6", "pyqtgraph", "qtawesome", "qtpy")
    assert [name for name in modules if name.startswith("screener.ui") or name.split(".")[0] in of_qt] == []


@pytest.mark.slow
def test_what_reads_content_and_records_is_not_loaded_before_the_window_stands_there() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_AND_TELL, "screener.ui.start", "screener.ui.speaking", "screener.ui.app"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    heavy = {"pydantic", "yaml", "sqlalchemy", "sqlcipher3", "cryptography", "numpy", "polars", "pyqtgraph", "typst"}
    assert sorted(heavy & set(json.loads(done.stdout))) == []


START_AND_TELL = """
import gc, json, sys
from functools import partial
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from screener.ui import first_window, start

told = {}

class Watched(first_window.FirstWindow):
    def _painted(self):
        told["painted"] = [sorted(sys.modules), gc.isenabled()]
        self.poll = QTimer(self, interval=20)
        self.poll.timeout.connect(self.look)
        self.poll.start()

    def look(self):
        if type(self.window.page).__name__ == "FirstStartPage":
            told["begun"] = [sorted(sys.modules), gc.get_freeze_count() > 0]
            self.window.close()

first_window.FirstWindow = Watched
code = start.main([])
print(json.dumps(told))
sys.exit(code)
"""
BEFORE_THE_WINDOW = {
    "screener.clock", "screener.language", "screener.places", "screener.text",
    "screener.ui.appearance", "screener.ui.first_window", "screener.ui.in_force", "screener.ui.mistakes",
    "screener.ui.run", "screener.ui.settings_file", "screener.ui.speaking", "screener.ui.standing", "screener.ui.start",
    "screener.ui.telling", "screener.ui.shell.window", "screener.ui.shell.window_place",
    "screener.ui.style.sheet", "screener.ui.style.theme", "screener.ui.style.tokens",
    "screener.ui.widgets.standing", "screener.ui.widgets.text",
}  # fmt: skip
"""What the first window is made of: all else is loaded once it is painted."""


@pytest.mark.slow
def test_the_window_is_painted_before_anything_that_it_is_not_made_of_is_loaded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START_AND_TELL], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"SCREENER_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    painted, collecting = told["painted"]
    ours = {name for name in painted if name.startswith("screener.")}
    packages = {name.rpartition(".")[0] for name in ours}
    assert ours - packages == BEFORE_THE_WINDOW
    begun, spared = told["begun"]
    assert {"screener.ui.app", "screener.ui.content", "pydantic"} <= set(begun)
    assert not collecting and spared, "nothing is collected until the window stands there, nor looked through later"


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", ["screener.__main__", "screener.cli.main", "screener.cli.evaluate", "screener.ui.clinic"]
)
def test_columns_and_their_numbers_are_loaded_for_cohorts_only(head: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_AND_TELL, head],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    loaded = json.loads(done.stdout)
    assert head in loaded
    of_columns = ("screener.rules.columns", "screener.forms.columns", "numpy")
    assert [name for name in loaded if name.startswith(of_columns)] == []


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What each head was asked, in place of running it."""
    from screener.cli import main as commands
    from screener.ui import start

    asked: list[tuple[str, list[str]]] = []

    def asked_of(head: str, code: int) -> object:
        def answer(arguments: list[str]) -> int:
            asked.append((head, arguments))
            return code

        return answer

    monkeypatch.setattr(start, "main", asked_of("window", 0))
    monkeypatch.setattr(commands, "main", asked_of("commands", 2))
    return asked


@pytest.mark.parametrize(
    ("arguments", "head", "handed_on", "code"),
    [
        ([], "window", [], 0),
        (["window"], "window", [], 0),
        (["check"], "commands", ["check"], 2),
        (["--help"], "commands", ["--help"], 2),
        (["evaluate", "window", "--json"], "commands", ["evaluate", "window", "--json"], 2),
    ],
)
def test_the_arguments_choose_the_head(
    heads: list[tuple[str, list[str]]], arguments: list[str], head: str, handed_on: list[str], code: int
) -> None:
    assert entry.main(arguments) == code
    assert heads == [(head, handed_on)]


def test_the_exit_code_of_a_head_is_the_exit_code_of_the_program(
    heads: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["screener", "check"])
    with pytest.raises(SystemExit) as ended:
        entry.run()
    assert ended.value.code == 2
