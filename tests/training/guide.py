"""The guide's own scenario, as text and read, beside the shipped content: what the tests of training begin with."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from screener.forms.findings import Finding
from screener.forms.model import Pack
from screener.forms.pack import read_pack
from screener.places import forms_folder
from screener.training.checking import check, read_made
from screener.training.scenario import Scenario

SCENARIOS = forms_folder() / "scenarios"
README = SCENARIOS / "README.md"
FILES = [file for file in sorted(SCENARIOS.glob("*.yaml")) if file.name not in ("usual.yaml", "first-look.yaml")]
"""Of the shipped scenarios, as the folder has them, whatever the program takes for one."""
NAME = "a-ladder-in-august.yaml"
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


@cache
def shipped() -> Pack:
    pack, findings, _ = read_pack(forms_folder() / "intake")
    assert pack is not None, findings
    return pack


@cache
def example() -> str:
    """The scenario that the guide begins with."""
    found = _BLOCK.search(README.read_text("utf-8"))
    assert found is not None
    return found[1]


def changed(*slips: tuple[str, str]) -> str:
    """The same with some of its text replaced, each once."""
    text = example()
    for old, new in slips:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def scenario_of(text: str, folder: Path = SCENARIOS) -> Scenario:
    scenario, findings, _ = read_made(text, NAME, folder)
    assert scenario is not None, findings
    return scenario


def findings_in(text: str, folder: Path = SCENARIOS) -> list[Finding]:
    """Everything that is wrong with the text of a scenario."""
    scenario, findings, read = read_made(text, NAME, folder)
    return findings if scenario is None else check(scenario, read, shipped())


def line_of(words: str, text: str) -> int:
    return text[: text.index(words)].count("\n") + 1
