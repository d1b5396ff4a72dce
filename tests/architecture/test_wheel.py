"""The wheel carries the content: built for real, installed into an environment of its own, asked from there."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from screener import places

ROOT = Path(__file__).resolve().parents[2]

ASK = """
import json
from screener import places
print(json.dumps([str(places.forms_folder()), str(places.resources_folder()), places.__file__]))
"""


def done(*command: str | Path, cwd: Path) -> str:
    ran = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def files_below(folder: Path) -> set[str]:
    # Hidden files and caches of Python are no content, and hatchling leaves them out.
    files = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {file.relative_to(folder).as_posix() for file in files if not file.name.startswith(".")}


def test_a_checkout_reads_the_folders_beside_the_package() -> None:
    assert places.forms_folder() == ROOT / "forms"
    assert places.resources_folder() == ROOT / "resources"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the built wheel and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    # hatchling alone: no network, no isolated environment.
    done(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    done(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    return python


@pytest.mark.slow
def test_an_installed_wheel_brings_all_content_and_resources(installed: Path, tmp_path: Path) -> None:
    forms, resources, module = map(Path, json.loads(done(installed, "-I", "-c", ASK, cwd=tmp_path)))
    assert installed.parents[1] in module.parents
    assert files_below(forms) == files_below(ROOT / "forms")
    assert files_below(resources) == files_below(ROOT / "resources")
    assert "intake/pack.yaml" in files_below(forms)


@pytest.mark.slow
def test_an_installed_wheel_offers_both_commands(installed: Path) -> None:
    commands = {file.stem for file in installed.parent.iterdir()}
    assert {"screener", "screener-window"} <= commands
