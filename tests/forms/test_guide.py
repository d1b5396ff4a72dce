"""The guide for authors, tried word for word: its files are written, its commands run, what it promises is said."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from screener.forms.overview import into
from screener.forms.pack import read_pack
from screener.places import forms_folder

README = forms_folder() / "README.md"
GUIDE = README.read_text("utf-8").partition("## Ten minutes")[2].partition("\n## ")[0]
_PART = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
_FILE = re.compile(r"The file `([^`]+)`")


def run(command: str, folder: Path) -> tuple[int, str]:
    """One command of the guide, in the folder where the reader stands."""
    assert command.startswith("python -m screener ")
    arguments = command.split()[1:]
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def written(folder: Path) -> list[tuple[str, str]]:
    """Every block of the guide in order: a file that is to be written, a command, or what is said."""
    found, before = [], 0
    for block in _PART.finditer(GUIDE):
        named = _FILE.findall(GUIDE[before : block.start()])
        found.append((named[-1] if block[1] == "yaml" else block[1], block[2]))
        before = block.end()
    return found


def test_the_guide_leads_from_an_empty_folder_to_a_rule_that_lists(tmp_path: Path) -> None:
    said = ""
    commands = 0
    for kind, text in written(tmp_path):
        if kind == "sh":
            status, said = run(text.strip(), tmp_path)
            commands += 1
            assert status == 0, said
        elif not kind:
            _, said = run("python -m screener check our-clinic", tmp_path)
            assert text.strip() in said
            rules = tmp_path / "our-clinic/themes/support-and-integration/rules.yaml"
            slip = '{name: none, given: {support.stairs: "no"}, is: listed}'
            assert slip in rules.read_text("utf-8")
            rules.write_text(rules.read_text("utf-8").replace(slip, slip.replace("listed", "not_listed")), "utf-8")
            status, said = run("python -m screener check our-clinic", tmp_path)
            assert status == 0 and "0 findings" in said and "added rule: support.stairs_on_the_way" in said
        else:
            (tmp_path / kind).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / kind).write_text(text, "utf-8")
            if kind.endswith("questions.yaml"):
                assert "added question: support.stairs" in run("python -m screener check our-clinic", tmp_path)[1]
    assert commands == 2
    assert re.search(r"Stairs on the way home\s+Note, support.stairs_on_the_way", said)


def test_the_tables_are_those_of_the_pack() -> None:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    text = README.read_text("utf-8")
    assert into(text, pack) == text, "run: python -m screener overview --into forms/README.md"
