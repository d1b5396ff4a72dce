"""The core and the commands run without Qt, and the right head answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import screener.__main__ as entry

ROOT = Path(__file__).resolve().parents[2]

IMPORT_ALL_BUT_THE_WINDOW = """
import importlib, json, pkgutil, sys
import screener, screener.cli.main, screener.training, screener.exchange
for module in pkgutil.walk_packages(screener.__path__, "screener.", onerror=lambda name: None):
    # A revision of the store's schema is run by its tool, never imported.
    if not module.name.startswith(("screener.ui", "screener.store.migrations")):
        importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.slow
def test_nothing_but_the_window_loads_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL_BUT_THE_WINDOW],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    modules = json.loads(done.stdout)
    assert "screener.exchange.report" in modules and "screener.cli.main" in modules
    of_qt = ("PySide6", "shiboken6", "pyqtgraph", "qtawesome", "qtpy", "screener.ui")
    assert [name for name in modules if name.split(".")[0] in of_qt or name.startswith("screener.ui")] == []


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
