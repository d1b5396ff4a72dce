"""Each guard over the tests is shown to bite: a project that offends is run for real, and the offences are counted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

OFFENDERS = """
import logging
import threading
import time
import warnings

import pytest
from PySide6.QtCore import QObject, QThread, QTimer, Signal, qWarning


def test_warns():
    warnings.warn("old", UserWarning)


def test_logs_a_warning():
    logging.getLogger("screener.somewhere").warning("disk nearly full")


def test_logs_a_warning_and_swallows_everything():
    try:
        logging.getLogger("screener.somewhere").error("disk full")
    except Exception:
        pass


@pytest.mark.expects_log("nearly full")
def test_expects_a_log_line_that_never_comes():
    logging.getLogger("screener.somewhere").info("all is nearly full")


def test_qt_warns(qtbot):
    qWarning("cannot do that")


@pytest.fixture
def noisy_end():
    yield
    qWarning("taken down badly")


def test_qt_warns_while_taken_down(qtbot, noisy_end):
    pass


class Speaker(QObject):
    spoke = Signal()


def test_raises_in_a_slot(qtbot):
    def hear():
        raise RuntimeError("in a slot")

    speaker = Speaker()
    speaker.spoke.connect(hear)
    speaker.spoke.emit()


_stop = threading.Event()


def test_leaves_a_thread_running():
    threading.Thread(target=_stop.wait, args=(30,), name="left-behind").start()


def test_leaves_a_daemon_running():
    threading.Thread(target=_stop.wait, args=(30,), name="left-behind-daemon", daemon=True).start()


class Worker(QThread):
    def run(self):
        self.exec()


_workers = []


def test_leaves_a_qt_thread_running(qtbot):
    worker = Worker()
    _workers.append(worker)
    with qtbot.waitSignal(worker.started):
        worker.start()


def test_raises_in_a_thread():
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()


def test_last_of_all_stops_the_threads_left_behind(qtbot):
    _stop.set()
    for worker in _workers:
        worker.quit()
        assert worker.wait(5000)
"""

GOOD = """
import logging
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QThread
from PySide6.QtGui import QGuiApplication
from hypothesis import given, settings, strategies

SEEN = []


def test_info_may_be_logged():
    logging.getLogger("screener").info("opened")


@pytest.mark.expects_log("nearly full")
def test_an_expected_line_may_be_logged():
    logging.getLogger("screener").warning("disk nearly full")


def test_a_thread_that_ends_may_be_started():
    threading.Thread(target=lambda: None).start()


def test_a_qt_thread_that_is_waited_for_may_be_started(qtbot):
    thread = QThread()
    thread.start()
    thread.quit()
    assert thread.wait(5000)


def test_no_screen_is_needed(qapp):
    assert qapp.platformName() == "offscreen"


@pytest.mark.parametrize("time", [1, 2])
def test_each_test_has_a_home_of_its_own(time):
    home = os.environ["SCREENER_HOME"]
    assert home not in SEEN and not Path(home).exists()
    SEEN.append(home)


def test_data_may_stay_on_the_clipboard(qapp):
    data = QMimeData()
    data.setHtml("<p>kept</p>")
    QGuiApplication.clipboard().setMimeData(data)


@given(strategies.integers())
def test_examples_repeat(number):
    assert settings().derandomize
"""


def run(folder: Path, source: str) -> tuple[int, str]:
    """Runs `source` as a test file under the project's own settings and conftest; exit code and output."""
    tests = folder / "tests"
    tests.mkdir()
    for name in ("conftest.py", "guards.py", "screen.py", "screen.json"):
        shutil.copy(ROOT / "tests" / name, tests / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (tests / "test_it.py").write_text(source, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "PYTHONPATH")}
    environment["COLUMNS"] = "400"  # the summary is cut at the width of the terminal
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--tb=line"],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def offended(tmp_path_factory: pytest.TempPathFactory) -> str:
    code, output = run(tmp_path_factory.mktemp("offended"), OFFENDERS)
    assert code == 1, output
    return output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("offence", "outcome"),
    [
        ("warns", "FAILED {} - UserWarning: old"),
        ("logs_a_warning", "ERROR {} - Failed: Logged and not expected"),
        ("logs_a_warning_and_swallows_everything", "ERROR {} - Failed: Logged and not expected"),
        ("expects_a_log_line_that_never_comes", "ERROR {} - Failed: Expected in the log and never logged"),
        ("qt_warns", "FAILED {}\n"),
        ("qt_warns_while_taken_down", "ERROR {} - Failed: Qt warned while the test was taken down"),
        ("raises_in_a_slot", "FAILED {} - Failed: CALL ERROR: Exceptions caught in Qt event loop"),
        ("leaves_a_thread_running", "ERROR {} - Failed: Threads still running after the test: left-behind"),
        ("leaves_a_daemon_running", "ERROR {} - Failed: Threads still running after the test: left-behind-daemon"),
        ("leaves_a_qt_thread_running", "ERROR {} - Failed: Threads still running after the test: QThread"),
        ("raises_in_a_thread", "FAILED {} - pytest.PytestUnhandledThreadExceptionWarning"),
    ],
)
def test_an_offence_fails_the_test_that_commits_it(offended: str, offence: str, outcome: str) -> None:
    assert outcome.format(f"tests/test_it.py::test_{offence}") in offended, offended


@pytest.mark.slow
def test_only_the_offenders_fail(offended: str) -> None:
    assert "test_last_of_all" not in offended.partition("short test summary")[2]


@pytest.mark.slow
def test_what_is_allowed_passes(tmp_path: Path) -> None:
    code, output = run(tmp_path, GOOD)
    assert code == 0, output
