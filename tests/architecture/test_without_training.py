"""The program without its training folder: it starts, says that there is no training, and signs a record."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GONE = ("screener/training", "screener/ui/training", "screener/ui/school.py")
RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication

from screener.store.keys import Cost
from screener.store.vault import Vault
from screener.ui.app import build
from screener.ui.shell.home import HomePage
from screener.ui.shell.unlock import UnlockPage

home, words = Path(sys.argv[1]), "a lamp, a stair, a river"
vault, _ = Vault.create(home, name="Clinician A", passphrase=words, cost=Cost(memory_kib=64, passes=1, lanes=1))
vault.close()
app = QApplication([])
program = build(app, home=home)
program.window.show()


def wait(condition):
    for _ in range(1500):
        if condition():
            return
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
    raise SystemExit(f"waited in vain at {type(program.window.page).__name__}")


def is_shown(kind):
    wait(lambda: isinstance(program.window.page, kind))
    return program.window.page


door = is_shown(UnlockPage)
door.try_out.emit()
assert program.window.news.text == "This copy of the program comes without training.", program.window.news.text
door.passphrase.setText(words)
door._go()
page = is_shown(HomePage)
program.open_training()
page.new.emit()
from screener.ui.shell.new_screening import NewScreeningPage
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session

is_shown(NewScreeningPage)
clinic, pack = program._clinic, program._content.pack
opening = Opening(reference="SYN-0001", pathway="ketamine-home", profiles=("general",), visit_date="2026-11-23",
                  clinician="Clinician A", role="clinician", begun_at="2026-11-23T09:00:00+00:00",
                  pack=PackStamp(pack.head.id, pack.head.version, pack.hash))
screening = clinic._vault.shelf.begin(opening.to_json())
workspace = clinic.open_screening(Session(pack, opening, program._clock), screening)
workspace.identity.confirm.click()
workspace.controller.answer("person.age", 52)
workspace.pages.show_review()
workspace.review._ask_to_sign_incomplete()
workspace.identity.confirm.click()
signing = workspace.review.signing
signing._group.buttons()[0].click()
signing.passphrase.setText(words)
signing._sign()
wait(lambda: workspace.review._shown_record is not None)
assert workspace.review._shown_record.signature.signer == "Clinician A"
assert not [name for name in sys.modules if "training" in name or name.endswith(".school")], "nothing of it was there"
program.window.may_close = lambda: True
program.window.close()
program.shut()
print("signed")
"""


@pytest.mark.slow
def test_a_copy_without_training_starts_and_signs_a_record(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for folder in ("screener", "forms", "resources"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for gone in GONE:
        place = copy / gone
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    environment = os.environ | {"PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "home")],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and done.stdout.strip().endswith("signed"), done.stdout + done.stderr
