"""Looks, before Qt is imported, whether this machine can open a window; says in one line what it lacks."""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Debian's names, as Ubuntu's. The keys are what Qt and its platform plugins link (tests/ui/test_start.py reads them out
# of the installed PySide6, so that a new Qt cannot outgrow the table unseen).
_PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_WAYLAND_ONLY = frozenset({"libwayland-client.so.0", "libwayland-cursor.so.0"})

Load = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Display:
    """One way to a screen: Qt's platform plugin for it, and whether something answers there."""

    plugin: str
    variable: str
    answers: Callable[[], bool]


def main(arguments: Sequence[str]) -> int:
    """Opens the window, returns its exit code; 1 and one line on standard error when the machine lacks something."""
    # Nothing of what is loaded now is garbage: it is not looked through for some until the window stands there.
    gc.disable()
    lacking = what_is_lacking()
    if lacking:
        print(f"screener: {lacking}", file=sys.stderr)  # noqa: T201 - there is no window yet to say it in
        return 1
    from screener.ui.speaking import begin_to_speak

    begin_to_speak()
    from screener.ui.run import main as show_window

    return show_window(list(arguments))


def what_is_lacking() -> str:
    """One sentence that names what to install or start before a window can open; empty when nothing is lacking.

    Loads Qt's platform plugin as Qt will: a plugin that Qt itself cannot load ends the process without a word to catch.
    """
    qt = importlib.util.find_spec("PySide6")
    if qt is None or qt.origin is None:
        return "PySide6 is not installed. Install it with: python -m pip install PySide6-Essentials"
    if not sys.platform.startswith("linux"):
        return _failing_import()
    plugins = Path(qt.origin).parent / "Qt" / "plugins" / "platforms"
    displays = (
        Display("wayland", "WAYLAND_DISPLAY", _wayland_answers),
        Display("xcb", "DISPLAY", _x11_answers),
    )
    return lacking_on_linux(os.environ, plugins, displays) or _failing_import(_missing_libraries)


def lacking_on_linux(
    environment: Mapping[str, str], plugins: Path, displays: Sequence[Display], load: Load = ctypes.CDLL
) -> str:
    """As `what_is_lacking`, with the environment, the folder of platform plugins, the displays and the loader given."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        names = [part.partition(":")[0] for part in chosen.split(";")]
        candidates = [display for display in displays if display.plugin in names]
        if len(candidates) < len(names):
            return ""  # offscreen, minimal, vnc and the like need no display; the import below still speaks for them.
    else:
        candidates = [display for display in displays if environment.get(display.variable)]
        if not candidates:
            return _no_display("neither DISPLAY nor WAYLAND_DISPLAY is set")
    problems = [_problem(display, environment, plugins, load) for display in candidates]
    # Qt tries them in turn: one that works is enough, and the last one (X11) is the one worth mending.
    return "" if "" in problems else problems[-1]


def _problem(display: Display, environment: Mapping[str, str], plugins: Path, load: Load) -> str:
    try:
        load(str(plugins / f"libq{display.plugin}.so"))
    except OSError as error:
        return _cannot_load(str(error), _missing_libraries(display.plugin, load))
    if display.answers():
        return ""
    return _no_display(f"nothing answers at {display.variable}={environment.get(display.variable, '')}")


def _missing_libraries(plugin: str = "", load: Load = ctypes.CDLL) -> set[str]:
    """The loader stops at the first missing library; here all that Qt needs are tried one by one."""
    missing = set()
    for library in _PACKAGE_OF:
        if library in _WAYLAND_ONLY and plugin != "wayland":
            continue
        try:
            load(library)
        except OSError:
            missing.add(library)
    return missing


def _cannot_load(said_by_system: str, missing: set[str]) -> str:
    libraries = missing | set(re.findall(r"[\w.+-]+\.so(?:\.\d+)*", said_by_system.partition(":")[0]))
    packages = sorted({_PACKAGE_OF[library] for library in libraries if library in _PACKAGE_OF})
    if not packages:
        return f"Qt cannot be loaded. The system says: {' '.join(said_by_system.split())}"
    said = f"system libraries that the window needs cannot be loaded: {', '.join(sorted(libraries))}."
    return f"{said} On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}"


def _no_display(why: str) -> str:
    return (
        f"no display to open the window on ({why}). Start it from a desktop session; on a machine without a screen "
        "install xvfb (sudo apt-get install xvfb) and start it with xvfb-run. Commands need no display: screener --help"
    )


def _failing_import(missing: Callable[[], set[str]] = set) -> str:
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return _cannot_load(str(error), missing())
    return ""


def _x11_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _wayland_answers() -> bool:
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = wayland.wl_display_connect(None)
    if not connection:
        return False
    wayland.wl_display_disconnect(ctypes.c_void_p(connection))
    return True
