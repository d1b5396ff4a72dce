"""`python -m tests.pictures`: pictures of every screen of the running program, light and dark, beside this file.

A person works the real window by its keys, as in the journeys; nothing is drawn for the picture. The pictures of the
README are among them. Needs a font that people read on screens (the README's commands install one).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QApplication

from tests.pictures import desk, dose_day, finding, handover, keeping, log, papers, records, rules
from tests.pictures.camera import FOLDER

PARTS: Mapping[str, Callable[[QApplication, str], None]] = {
    "all": desk.take_all,
    "content": desk.take_content,
    "asking": desk.take_asking,
    "dose day": dose_day.take_dose_day,
    "finding": finding.take_finding,
    "handover": handover.take_handover,
    "log": log.take_log,
    "keeping": keeping.take_keeping,
    "papers": papers.take_papers,
    "records": records.take_records,
    "rules": rules.take_rules,
    "changes": rules.take_changes,
}


def main(arguments: Sequence[str]) -> int:
    """Without arguments: each scheme in processes of its own, as the program runs."""
    if arguments:
        PARTS[arguments[1]](QApplication(sys.argv[:1]), arguments[0])
        return 0
    for scheme in ("light", "dark"):
        for part in PARTS:
            subprocess.run([sys.executable, "-m", "tests.pictures", scheme, part], check=True)
        print(f"{scheme}: {len(list(FOLDER.glob(f'*-{scheme}.png')))} pictures in {FOLDER}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
