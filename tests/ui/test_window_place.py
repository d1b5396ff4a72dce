"""The window comes back where it was, and onto a screen that is there: the real program, on screens made for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from screener.ui.shell.window import MainWindow
from screener.ui.shell.window_place import fitted
from tests.forms.writing import write_pack

Screen = tuple[str, int, int, int, int]
DESK: Screen = ("desk", 0, 0, 1920, 1080)
BESIDE: Screen = ("beside", 1920, 0, 1280, 1024)
SMALL: Screen = ("small", 0, 0, 1024, 768)
LARGE: Screen = ("large", 0, 0, 3840, 2160)

PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from screener.ui.app import build

home, pack, deed = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
program = build(QApplication(sys.argv[:1]), home=home, pack_folder=pack)
window = program.window
window.show()
while program._content.open is None:
    QTest.qWait(20)
QTest.qWait(50)
match deed.split():
    case ["put", *numbers]:
        window.setGeometry(QRect(*map(int, numbers)))
    case ["fill"]:
        window.showMaximized()
    case ["give", "up"]:
        window.setGeometry(QRect(60, 70, 1000, 700))
        QTest.qWait(900)
        program._settings.sync()
QTest.qWait(50)
at = window.geometry()
told = {
    "at": [at.x(), at.y(), at.width(), at.height()],
    "screen": window.screen().name(),
    "filled": window.isMaximized(),
    "least": [window.minimumWidth(), window.minimumHeight()],
    "dpr": window.devicePixelRatio(),
    "picture": [window.grab().width(), window.grab().height()],
    "page": type(window.page).__name__,
}
print(json.dumps(told), flush=True)
if deed == "give up":
    import os
    os._exit(1)
window.close()
program.shut()
"""


class Machine:
    """A home, and screens that can be others each time."""

    def __init__(self, folder: Path) -> None:
        self.home, self._screens = folder / "home", folder / "screens.json"
        self.home.mkdir()
        self._pack = write_pack(folder / "pack")

    def starts(self, *screens: Screen, deed: str = "look", scale: str = "1") -> dict[str, Any]:
        """Start the program on these screens, do something with its window, and close it: how it stood."""
        names = ("name", "x", "y", "width", "height")
        made = [dict(zip(names, one, strict=True)) | {"logicalDpi": 96, "logicalBaseDpi": 96} for one in screens]
        self._screens.write_text(
            json.dumps({"windowFrameMargins": False, "screens": [one | {"dpr": 1} for one in made]})
        )
        environment = os.environ | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={self._screens}",
            "QT_SCALE_FACTOR": scale,
        }
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(self.home), str(self._pack), deed],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.stdout, done.stderr
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        assert told["page"] == "FirstStartPage", "the first page of the program"
        return told


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.slow
def test_size_place_and_screen_come_back_and_so_does_a_window_that_filled_its_screen(machine: Machine) -> None:
    first = machine.starts(DESK, BESIDE)
    assert (first["at"], first["filled"]) == ([240, 90, 1440, 900], False)
    machine.starts(DESK, BESIDE, deed="put 2000 100 1100 700")
    back = machine.starts(DESK, BESIDE)
    assert (back["at"], back["screen"], back["filled"]) == ([2000, 100, 1100, 700], "beside", False)
    machine.starts(DESK, BESIDE, deed="fill")
    filled = machine.starts(DESK, BESIDE)
    assert (filled["at"], filled["screen"], filled["filled"]) == ([1920, 0, 1280, 1024], "beside", True)
    assert "2000 100 1100 700" in (machine.home / "window.ini").read_text(), "where it goes back to from there"


@pytest.mark.slow
def test_a_window_of_a_screen_that_is_gone_comes_onto_one_that_is_there(machine: Machine) -> None:
    machine.starts(DESK, BESIDE, deed="put 2000 100 1100 700")
    alone = machine.starts(DESK)
    assert (alone["at"], alone["screen"]) == ([820, 100, 1100, 700], "desk")
    machine.starts(DESK, BESIDE, deed="put 2000 100 1100 700")
    small = machine.starts(SMALL)
    assert (small["at"], small["screen"]) == ([0, 68, 1024, 700], "small")


@pytest.mark.slow
def test_a_small_screen_is_filled_at_the_first_start_and_a_large_one_is_not(machine: Machine, tmp_path: Path) -> None:
    small = machine.starts(SMALL)
    assert (small["filled"], small["at"]) == (True, [0, 0, 1024, 768])
    (machine.home / "window.ini").unlink()
    large = machine.starts(LARGE)
    assert (large["filled"], large["at"]) == (False, [1200, 630, 1440, 900])


@pytest.mark.slow
def test_a_place_is_kept_although_the_program_was_killed(machine: Machine) -> None:
    machine.starts(DESK, deed="give up")
    assert machine.starts(DESK)["at"] == [60, 70, 1000, 700]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scale", "screen"), [("1.25", SMALL), ("1.5", DESK), ("2", SMALL), ("2", LARGE), ("1", LARGE)]
)
def test_the_window_fits_its_screen_at_every_scale_of_the_system(machine: Machine, scale: str, screen: Screen) -> None:
    told = machine.starts(screen, scale=scale)
    across, down = screen[3] / float(scale), screen[4] / float(scale)
    _, _, width, height = told["at"]
    assert told["dpr"] == float(scale)
    assert width <= across + 1 and height <= down + 1, "larger than its screen"
    assert told["least"][0] <= across + 1 and told["least"][1] <= down + 1, "cannot be made as small as its screen"
    assert abs(told["picture"][0] - width * float(scale)) <= 2
    if across > 1000:
        machine.starts(screen, scale=scale, deed="put 41 63 950 620")
        assert machine.starts(screen, scale=scale)["at"] == [41, 63, 950, 620]


@pytest.mark.parametrize(
    ("wanted", "room", "found"),
    [
        ((100, 100, 1000, 700), (0, 0, 1920, 1080), (100, 100, 1000, 700)),
        ((-50, -20, 1000, 700), (0, 0, 1920, 1080), (0, 0, 1000, 700)),
        ((1800, 900, 1000, 700), (0, 0, 1920, 1080), (920, 380, 1000, 700)),
        ((5000, 5000, 3000, 2000), (1920, 30, 1280, 994), (1920, 30, 1280, 994)),
        ((10, 10, 1, 1), (0, 0, 1920, 1080), (10, 10, 900, 600)),
        ((10, 10, 900, 600), (0, 0, 683, 384), (0, 0, 683, 384)),
    ],
)
def test_a_rectangle_is_brought_into_a_room(
    wanted: tuple[int, int, int, int], room: tuple[int, int, int, int], found: tuple[int, int, int, int]
) -> None:
    assert fitted(QRect(*wanted), QRect(*room)) == QRect(*found)


def settings_at(tmp_path: Path, **kept: str) -> QSettings:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    for name, value in kept.items():
        settings.setValue(f"window/{name}", value)
    return settings


@pytest.mark.parametrize("kept", ["here", "1 2 3", "0 0 0 0", "99999999 0 10 10", "1 2 3 4 5", "-9 -9 -9 -9", ""])
def test_a_place_that_is_none_is_as_if_there_were_none(qtbot: QtBot, tmp_path: Path, kept: str) -> None:
    window = MainWindow(settings_at(tmp_path, place=kept, screen="nowhere", maximised="perhaps"))
    qtbot.addWidget(window)
    assert (window.width(), window.height(), window.isMaximized()) == (1440, 900, False)


def test_a_place_of_an_earlier_version_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_at(tmp_path)
    before = MainWindow(settings)
    qtbot.addWidget(before)
    before.setGeometry(QRect(300, 200, 1000, 650))
    settings.setValue("window/geometry", before.saveGeometry())
    after = MainWindow(settings)
    qtbot.addWidget(after)
    assert after.geometry() == QRect(300, 200, 1000, 650)
    after.place.remember()
    assert settings.value("window/geometry") is None and settings.value("window/place") == "300 200 1000 650"


def test_a_screen_that_goes_while_the_window_is_open_takes_it_not_along(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(settings_at(tmp_path))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    window.setGeometry(QRect(5000, 3000, 1000, 700))
    application.screenRemoved.emit(application.primaryScreen())
    qtbot.waitUntil(lambda: window.geometry() == QRect(920, 380, 1000, 700))
    window.setGeometry(QRect(1700, 900, 1000, 700))
    application.screenRemoved.emit(application.primaryScreen())
    QTest.qWait(20)
    assert window.geometry() == QRect(1700, 900, 1000, 700), "what can be taken hold of stays where it was put"
