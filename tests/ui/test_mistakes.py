"""A mistake of our own is told and reported without a word of what was typed, and nothing typed is lost by it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from screener.ui.app import Program, build
from screener.ui.mistakes import FOLDER, KEPT, lines_of
from screener.ui.shell import mistake_page
from screener.ui.shell.backups_page import size_words
from screener.ui.shell.mistake_page import MistakePage
from tests.journeys.person import Person
from tests.journeys.ways import begin, set_up, unlock

SENTINEL = "sentinel-4711"


def mistake() -> Exception:
    """Ours, with an answer in its text and in that of what led to it."""
    answers: dict[str, str] = {}
    try:
        try:
            answers[SENTINEL]
        except KeyError as error:
            raise ValueError(f"cannot work with {SENTINEL}") from error
    except ValueError as error:
        return error
    raise AssertionError


def test_a_report_has_the_place_and_no_word_of_what_was_typed(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = build(qapp, home=tmp_path)
    qtbot.addWidget(program.window)
    program.window.show()
    qtbot.waitExposed(program.window)
    error = mistake()
    program.mistakes.hear(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: isinstance(program.window.page, MistakePage))
    [report] = (tmp_path / FOLDER).iterdir()
    told = report.read_text("utf-8")
    assert "in mistake" in told
    assert "builtins.KeyError" in told and "led to" in told and "builtins.ValueError" in told
    assert SENTINEL not in told + capsys.readouterr().err
    assert report.stat().st_mode & 0o077 == 0
    program.shut()


def test_what_was_typed_is_saved_and_the_screening_goes_on(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    program = build(qapp, home=tmp_path)
    qtbot.addWidget(program.window)
    program.window.show()
    person = Person(qtbot.waitUntil, program.window)
    set_up(person)
    begin(person, "K-17")
    person.press("1")
    error = mistake()
    for _ in range(3):
        program.mistakes.hear(type(error), error, error.__traceback__)
    person.waits_for("The program made a mistake")
    clinic = program._clinic
    assert clinic is not None and clinic.workspace is not None
    workspace = clinic.workspace
    qtbot.waitUntil(lambda: workspace.autosave.settled)
    person.press("Escape")
    qtbot.waitUntil(lambda: program.window.page is workspace)
    person.press("Ctrl+H")
    person.waits_for("K-17", "Paused")
    program.shut()


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """On screen, and hearing its own mistakes."""
    made = build(qapp, home=tmp_path)
    qtbot.addWidget(made.window)
    made.window.show()
    monkeypatch.setattr(sys, "excepthook", made.mistakes.hear)
    yield made
    made.shut()


def test_a_mistake_in_what_the_list_says_of_a_screening_keeps_no_answer_from_the_disk(
    qtbot: QtBot, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = Person(qtbot.waitUntil, program.window)
    set_up(person)
    begin(person, "K-17")
    clinic = program._clinic
    assert clinic is not None and clinic.workspace is not None
    autosave = clinic.workspace.autosave
    person.press("1")
    person.waits_until(lambda: autosave.settled)

    def fails() -> dict[str, object]:
        raise mistake()

    autosave._digest = fails
    for answer in ("2", "3"):
        before = autosave.status.number
        person.press(answer)
        person.waits_for("The program made a mistake")
        person.waits_until(lambda: autosave.settled)
        assert autosave.status.number > before
        person.press("Escape")
        person.waits_until(lambda: program.window.page is clinic.workspace)
    assert 1 <= len(list((tmp_path / FOLDER).iterdir())) <= KEPT
    assert capsys.readouterr().err.count("in mistake") <= 4 * 2
    person.press("Ctrl+L")
    unlock(person)
    person.waits_for("K-17", "Paused")


def test_a_mistake_is_told_again_after_the_records_were_locked_over_the_page_of_one(
    qtbot: QtBot, program: Program
) -> None:
    person = Person(qtbot.waitUntil, program.window)
    set_up(person)
    error = mistake()
    program.mistakes.hear(type(error), error, error.__traceback__)
    person.waits_for("The program made a mistake")
    program._nobody_there()
    person.waits_for("Passphrase forgotten")
    program.mistakes.hear(type(error), error, error.__traceback__)
    person.waits_for("The program made a mistake")


def test_a_mistake_in_telling_of_a_mistake_ends_there(
    program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Fails(MistakePage):
        def __init__(self, *_: object, **__: object) -> None:
            raise mistake()

    monkeypatch.setattr(mistake_page, "MistakePage", Fails)
    error = mistake()
    program.mistakes.hear(type(error), error, error.__traceback__)
    assert capsys.readouterr().err.count("builtins.KeyError") == 2


def test_only_the_latest_reports_are_kept(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    program = build(qapp, home=tmp_path)
    qtbot.addWidget(program.window)
    (tmp_path / FOLDER).mkdir()
    for number in range(KEPT + 5):
        (tmp_path / FOLDER / f"mistake-2020-01-01-0000{number:02}-1.txt").write_text("old")
    error = mistake()
    program.mistakes.hear(type(error), error, error.__traceback__)
    kept = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    assert len(kept) == KEPT
    assert not kept[-1].startswith("mistake-2020")
    program.shut()


def test_the_program_as_it_is_started_hears_its_own_mistakes(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from screener.ui import run\n"
        "application = QApplication([])\n"
        f"QTimer.singleShot(1500, lambda: {{}}['{SENTINEL}'])\n"
        "QTimer.singleShot(2500, application.quit)\n"
        "run.main([])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"SCREENER_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "PATH": "", "HOME": str(tmp_path)},
    )
    [report] = (tmp_path / FOLDER).iterdir()
    assert "builtins.KeyError" in report.read_text("utf-8")
    assert SENTINEL not in report.read_text("utf-8") + done.stdout + done.stderr


def test_the_lines_name_files_of_the_program_from_its_own_folder_on() -> None:
    try:
        size_words("nothing")  # type: ignore[arg-type]
    except TypeError as error:
        told = "".join(lines_of(error))
    assert re.search(r"^  screener/ui/shell/backups_page\.py, line \d+, in size_words$", told, re.MULTILINE)
    assert str(Path.cwd()) not in told
