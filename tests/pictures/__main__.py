"""`python -m tests.pictures`: pictures of every screen of the running program in every mode, beside this file.

A person works the real window by its keys, as in the journeys; nothing is drawn for the picture. Each picture is looked
at as well: text that is cut off, or parts that lie over each other, are named, and the command fails. `--mode NAME` and
`--part NAME` take some of them, `--language CODE` the interview in another language of the window. The pictures of the
README are among those in the light and the dark scheme, which are kept. Needs a font that people read on screens (the
README's commands install one).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QApplication

from screener.language import CHOSEN_BY, ENGLISH, LANGUAGES
from tests.pictures import (
    desk,
    dose_day,
    finding,
    handover,
    in_and_out,
    keeping,
    log,
    papers,
    playing,
    records,
    rules,
    training,
)
from tests.pictures.camera import FOLDER, Camera
from tests.ui.modes import MODES

IN_ANOTHER_LANGUAGE = ("interview",)
"""The parts whose way through the window finds what it looks for in every language."""
PARTS: Mapping[str, Callable[[QApplication, str], None]] = {
    "all": desk.take_all,
    "content": desk.take_content,
    "asking": desk.take_asking,
    "interview": desk.take_interview,
    "dose day": dose_day.take_dose_day,
    "finding": finding.take_finding,
    "handover": handover.take_handover,
    "log": log.take_log,
    "keeping": keeping.take_keeping,
    "papers": papers.take_papers,
    "playing": playing.take_playing,
    "records": records.take_records,
    "rules": rules.take_rules,
    "training": training.take_training,
    "changes": rules.take_changes,
    "logic": rules.take_logic,
    "exports": in_and_out.take_exports,
    "answers file": in_and_out.take_answers_file,
    "how often": in_and_out.take_how_often,
    "foreign form": in_and_out.take_foreign_form,
}


def main(arguments: Sequence[str]) -> int:
    """Each part of each mode in a process of its own, as the program runs. 1 when something does not lie well."""
    asked = _asked(arguments)
    if asked.here:
        return take(asked.mode[0], asked.part[0])
    failed = False
    for mode in asked.mode or MODES:
        for part in asked.part or (PARTS if asked.language == ENGLISH else IN_ANOTHER_LANGUAGE):
            command = [sys.executable, "-m", "tests.pictures", "--here", "--mode", mode, "--part", part]
            spoken = {**os.environ, CHOSEN_BY: asked.language}
            failed |= subprocess.run(command, check=False, env=spoken).returncode != 0
        print(f"{mode}: {len(list(FOLDER.glob(f'*-{mode}.png')))} pictures in {FOLDER}", flush=True)  # noqa: T201
    return int(failed)


def take(mode: str, part: str) -> int:
    """Take one part in one mode in this process, and say what does not lie well."""
    PARTS[part](QApplication(sys.argv[:1]), mode)
    for fault in Camera.faults:
        print(fault)  # noqa: T201
    return int(bool(Camera.faults))


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    made.add_argument("--mode", action="append", choices=[*MODES], help="one of the modes; all without it")
    made.add_argument("--part", action="append", choices=[*PARTS], help="one part of the screens; all without it")
    codes = [one.code for one in LANGUAGES]
    made.add_argument("--language", default=ENGLISH, choices=codes, help="of the window; English without it")
    made.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return made.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
