"""Single names that only one file may use: each ban is shown to bite, and its owner to use nothing else."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUFF = Path(sys.executable).parent / "ruff"

# The file that owns a name; every other use anywhere is an offence.
OWNERS = {
    "screener/clock.py": {"datetime.datetime.now"},
    "screener/store/cipher.py": {"sqlalchemy.create_engine", "sqlalchemy.engine.create_engine"},
    "screener/ui/dialogs.py": {"PySide6.QtWidgets.QMessageBox"},
}


def banned() -> dict[str, str]:
    """Banned name -> the reason that is given for it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    bans = settings["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]
    return {name: ban["msg"] for name, ban in bans.items()}


def offences(folder: Path, *options: str) -> list[tuple[str, str]]:
    """(file, message) of every use of a banned name below the folder, under the project's settings."""
    done = subprocess.run(
        [str(RUFF), "check", "--no-cache", "--select", "TID251", "--output-format", "json",
         "--config", str(ROOT / "pyproject.toml"), *options, "."],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(done.stdout)
    return [(Path(one["filename"]).relative_to(folder).as_posix(), one["message"]) for one in found]


@pytest.mark.parametrize("name", banned())
@pytest.mark.parametrize("place", ["screener/screening/late.py", "screener/ui/late.py", "tests/ui/test_late.py"])
def test_a_banned_name_is_refused_everywhere_else_with_its_reason(tmp_path: Path, name: str, place: str) -> None:
    module, _, attribute = name.rpartition(".")
    # datetime.datetime.now is a method: what is imported is the class.
    parent, _, owner = module.rpartition(".")
    imported = f"from {parent} import {owner}" if owner[:1].isupper() or parent == "datetime" else f"import {module}"
    used = f"{owner}.{attribute}" if imported.startswith("from") else name
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text(f"{imported}\n\nprint({used})\n", encoding="utf-8")
    assert [(place, f"`{name}` is banned: {banned()[name]}")] == offences(tmp_path)


def test_the_owner_of_a_name_uses_no_other_banned_one() -> None:
    for file, message in offences(ROOT, "--config", "lint.per-file-ignores={}"):
        name = message.split("`")[1]
        assert name in OWNERS.get(file, set()), f"{file}: {message}"


def test_the_files_spared_by_ruff_are_exactly_the_owners() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    spared = settings["tool"]["ruff"]["lint"]["per-file-ignores"]
    assert {file for file, codes in spared.items() if "TID251" in codes} == set(OWNERS)


def calls_of_process_events(source: str) -> list[int]:
    """Lines that name processEvents, also on an instance, where ruff cannot know the class."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr == "processEvents"
    ]


def test_no_file_runs_a_nested_event_loop() -> None:
    found = {str(file): calls_of_process_events(file.read_text("utf-8")) for file in (ROOT / "screener").rglob("*.py")}
    assert {file: lines for file, lines in found.items() if lines} == {}
    assert calls_of_process_events("def f(app):\n    app.processEvents()\n") == [2]
