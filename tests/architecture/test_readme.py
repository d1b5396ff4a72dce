"""The README's commands are the ones that run, and the files it names are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(heading: str) -> str:
    """The first fenced block below a heading of the second level."""
    section = README.split(f"\n## {heading}\n", 1)[1]
    return re.split(r"^```.*\n", section, maxsplit=2, flags=re.MULTILINE)[1]


def packages(commands: str) -> set[str]:
    line = next(line for line in commands.replace("\\\n", " ").splitlines() if "apt-get install" in line)
    return {word for word in line.split("--no-install-recommends")[1].split() if not word.startswith("-")}


def test_testing_needs_what_running_does_and_readers_of_pdf_and_of_the_screen_and_a_database() -> None:
    of_the_screen = {"xvfb", "dbus", "at-spi2-core", "python3-gi", "gir1.2-atspi-2.0"}
    assert packages(block("Test")) - packages(block("Run")) == {"poppler-utils", "postgresql", *of_the_screen}
    assert packages(block("Run")) <= packages(block("Test"))


def test_the_test_command_checks_style_floors_types_and_tests_without_a_screen() -> None:
    for step in ("ruff check .", "lint-imports", "mypy", "QT_QPA_PLATFORM=offscreen .venv/bin/pytest"):
        assert step in block("Test")


def run_ci(folder: Path, readme: str) -> subprocess.CompletedProcess[str]:
    """Runs `.ci/run` in a folder that holds only this README; sudo is there and does nothing."""
    (folder / ".ci").mkdir()
    (folder / "README.md").write_text(readme, encoding="utf-8")
    script = folder / ".ci" / "run"
    script.write_bytes((ROOT / ".ci" / "run").read_bytes())
    (folder / "sudo").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "sudo").chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin"}
    return subprocess.run(
        ["bash", str(script)], env=environment, capture_output=True, text=True, timeout=30, check=False
    )


on_posix = pytest.mark.skipif(sys.platform == "win32", reason="CI runs on Debian")


@on_posix
def test_ci_runs_the_first_block_below_the_heading_and_nothing_else(tmp_path: Path) -> None:
    blocks = "```sh\necho one > seen\n```\n\n```sh\nfalse\n```\n"
    ran = run_ci(tmp_path, f"# A\n\n```sh\nfalse\n```\n\n## Test\n\nWords.\n\n{blocks}")
    assert (ran.returncode, ran.stdout) == (0, "echo one > seen\n")
    assert (tmp_path / "seen").read_text(encoding="utf-8") == "one\n"


@on_posix
@pytest.mark.parametrize("commands", ["false\ntrue", "", "false | true\ntrue"])
def test_ci_fails_where_any_line_of_the_command_fails_or_there_is_none(tmp_path: Path, commands: str) -> None:
    assert run_ci(tmp_path, f"## Test\n\n```sh\n{commands}\n```\n").returncode != 0


def test_every_file_that_the_readme_names_is_there() -> None:
    named = set(re.findall(r"`((?:forms|tests|screener|resources|\.ci)/[^` ]*)`", README))
    assert len(named) > 5
    assert {name for name in named if not list(ROOT.glob(name))} == set()
