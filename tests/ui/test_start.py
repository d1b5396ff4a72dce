"""A machine that cannot open the window says why in one line, and never with a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from struct import unpack_from

import PySide6
import pytest

from screener.ui import start

ROOT = Path(__file__).resolve().parents[2]
QT = Path(str(PySide6.__file__)).parent / "Qt"
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring their libraries along")

DISPLAYS = (start.Display("wayland", "WAYLAND_DISPLAY", lambda: True), start.Display("xcb", "DISPLAY", lambda: True))
DEAD = (start.Display("wayland", "WAYLAND_DISPLAY", lambda: False), start.Display("xcb", "DISPLAY", lambda: False))


def loader_without(*missing: str) -> Callable[[str], object]:
    """Stands for a loader on a machine that lacks these libraries; a plugin stops at the first of them."""

    def load(name: str) -> object:
        stops_at = name if name in missing else ""
        if name.endswith("libqxcb.so"):
            stops_at = next((library for library in missing if "wayland" not in library), "")
        if name.endswith("libqwayland.so"):
            stops_at = next((library for library in missing if "xcb" not in library), "")
        if stops_at:
            raise OSError(f"{stops_at}: cannot open shared object file: No such file or directory")
        return object()

    return load


def lacking(environment: dict[str, str], *missing: str, displays: tuple[start.Display, ...] = DISPLAYS) -> str:
    return start.lacking_on_linux(environment, Path("plugins"), displays, loader_without(*missing))


def test_a_desktop_session_lacks_nothing() -> None:
    assert lacking({"DISPLAY": ":0"}) == ""


def test_without_a_display_the_line_names_xvfb_and_the_commands() -> None:
    line = lacking({})
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in line
    assert "xvfb" in line and "screener --help" in line


def test_a_display_where_nothing_answers_is_named() -> None:
    assert "nothing answers at DISPLAY=:4242" in lacking({"DISPLAY": ":4242"}, displays=DEAD)


def test_every_missing_library_is_named_with_the_package_to_install() -> None:
    line = lacking({"DISPLAY": ":0"}, "libxcb-cursor.so.0", "libxkbcommon-x11.so.0", "libEGL.so.1")
    assert line.endswith("sudo apt-get install libegl1 libxcb-cursor0 libxkbcommon-x11-0")
    assert "libxcb-cursor.so.0" in line


def test_a_missing_library_that_no_table_knows_is_named_as_the_system_says_it() -> None:
    assert "libnewer.so.3: cannot open" in lacking({"DISPLAY": ":0"}, "libnewer.so.3")


def test_x11_does_not_need_the_libraries_of_wayland() -> None:
    assert lacking({"DISPLAY": ":0"}, "libwayland-cursor.so.0") == ""


def test_wayland_without_its_libraries_is_no_obstacle_where_x11_answers() -> None:
    assert lacking({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "libwayland-cursor.so.0") == ""


def test_wayland_alone_names_its_own_libraries() -> None:
    line = lacking({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-cursor.so.0")
    assert line.endswith("sudo apt-get install libwayland-cursor0")


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600", "xcb;offscreen"])
def test_a_platform_without_a_screen_needs_no_display(platform: str) -> None:
    assert lacking({"QT_QPA_PLATFORM": platform}, displays=DEAD) == ""


def test_a_chosen_platform_with_a_screen_is_looked_at_even_if_another_display_is_there() -> None:
    assert "libxcb1" in lacking({"QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": "wayland-0"}, "libxcb.so.1")


def needed_by(library: Path) -> set[str]:
    """The NEEDED entries of a 64-bit little-endian ELF file: what the loader looks for beside it."""
    file = library.read_bytes()
    (table,) = unpack_from("<Q", file, 0x28)
    size, count = unpack_from("<HH", file, 0x3A)
    sections = [unpack_from("<IIQQQQIIQQ", file, table + number * size) for number in range(count)]
    dynamic = next(section for section in sections if section[1] == 6)
    names_at = sections[dynamic[6]][4]
    entries = [unpack_from("<QQ", file, dynamic[4] + step) for step in range(0, dynamic[5], 16)]
    return {file[names_at + at : file.index(b"\0", names_at + at)].decode() for tag, at in entries if tag == 1}


@on_linux
def test_the_table_names_a_package_for_everything_that_qt_links() -> None:
    # These are part of every Debian that runs Python.
    always_there = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1", "libzstd.so.1"}
    linked: set[str] = set()
    for module in ("Core", "Gui", "Widgets", "DBus", "Svg", "XcbQpa", "WaylandClient"):
        linked |= needed_by(QT / "lib" / f"libQt6{module}.so.6")
    for plugin in ("xcb", "wayland", "offscreen"):
        linked |= needed_by(QT / "plugins" / "platforms" / f"libq{plugin}.so")
    brought_along = {file.name for file in (QT / "lib").iterdir()} | always_there
    unknown = {name for name in linked - brought_along if not name.startswith(("ld-linux", "libQt6"))}
    assert unknown - set(start._PACKAGE_OF) == set()
    assert {"libxcb-cursor.so.0", "libEGL.so.1"} <= linked


def started(**changed: str) -> subprocess.CompletedProcess[str]:
    """`python -m screener` in a process of its own, with only these variables about displays."""
    about_displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")
    environment = {name: value for name, value in os.environ.items() if name not in about_displays}
    return subprocess.run(
        [sys.executable, "-m", "screener"],
        cwd=ROOT, env=environment | changed, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def assert_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1, done
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("screener: ")
    for word in words:
        assert word in line


@on_linux
@pytest.mark.slow
def test_the_program_without_a_display_ends_with_one_line() -> None:
    assert_one_line(started(), "neither DISPLAY nor WAYLAND_DISPLAY is set")


@on_linux
@pytest.mark.slow
def test_the_program_with_a_dead_display_ends_with_one_line_instead_of_an_abort() -> None:
    assert_one_line(started(DISPLAY=":4242"), "nothing answers at DISPLAY=:4242")


@on_linux
@pytest.mark.slow
def test_the_program_with_a_library_it_cannot_load_ends_with_one_line(tmp_path: Path) -> None:
    # An empty file in front of the real one: the loader stops at it as it does at a missing one.
    for library in ("libxcb-cursor.so.0", "libxcb-icccm.so.4"):
        (tmp_path / library).touch()
    done = started(DISPLAY=":0", LD_LIBRARY_PATH=str(tmp_path))
    assert_one_line(done, "sudo apt-get install libxcb-cursor0 libxcb-icccm4")


@on_linux
@pytest.mark.slow
def test_qt_itself_without_a_library_ends_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "libEGL.so.1").touch()
    done = started(QT_QPA_PLATFORM="offscreen", LD_LIBRARY_PATH=str(tmp_path))
    assert_one_line(done, "sudo apt-get install libegl1")
