"""Pytest plugin: what a test may not leave behind or let pass. tests/architecture/test_guards.py shows that each bites.

Python warnings, Qt warnings during a test and exceptions in slots are guarded by settings in pyproject.toml.
"""

from __future__ import annotations

import gc
import itertools
import logging
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# A thread that has been told to end may need a moment to do so; one that nobody told stays for good.
_GRACE_S = 2.0

_homes = itertools.count()


class _Listener(logging.Handler):
    """Keeps what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # Not failing here: an `except Exception` around the logging call, or another thread, would swallow it.
        self.lines.append(f"{record.name} {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of the program that exists for one test only (the folder itself is made by whoever writes first)."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))
    monkeypatch.setenv("SCREENER_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails on a log line of WARNING or above, unless `expects_log` names it; and when a named one does not come."""
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    patterns = [str(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    unexpected = [line for line in listener.lines if not any(re.search(pattern, line) for pattern in patterns)]
    absent = [pattern for pattern in patterns if not any(re.search(pattern, line) for line in listener.lines)]
    if unexpected:
        pytest.fail("Logged and not expected:\n" + "\n".join(unexpected), pytrace=False)
    if absent:
        pytest.fail(f"Expected in the log and never logged: {absent}", pytrace=False)


@pytest.fixture(autouse=True)
def widgets_stay(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Keeps what a test added to `qtbot`, which holds it weakly: else a window dies with its events still to come."""
    kept: list[object] = []
    if "qtbot" in request.fixturenames:
        from pytestqt import qtbot as of_qt

        add = of_qt._add_widget

        def keep(item: pytest.Item, widget: object, **more: Any) -> None:
            kept.append(widget)
            add(item, widget, **more)

        monkeypatch.setattr(of_qt, "_add_widget", keep)
    return kept


def pytest_sessionfinish() -> None:
    """The offscreen clipboard outlives Python: data of Python's that still lies on it would be freed without it."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()


def _without_gone(item: pytest.Item) -> None:
    """What a test has ended by itself is not closed once more by `qtbot`."""
    given = getattr(item, "qt_widgets", [])
    if given:
        from shiboken6 import isValid

        there = [(of, close) for of, close in given if (widget := of()) is not None and isValid(widget)]
        setattr(item, "qt_widgets", there)  # noqa: B010


@pytest.fixture(autouse=True)
def no_leaked_threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails when a thread, Python's or Qt's, still runs after the test that started it."""
    # Finding Qt's threads walks through every object there is: only tests that asked for Qt pay for it.
    qt_threads = _running_qt_threads if "qapp" in request.fixturenames else set[int]
    before, qt_before = set(threading.enumerate()), qt_threads()

    def leaked() -> list[str]:
        names = [thread.name for thread in _alive_since(before)]
        names += [f"QThread {number:#x}" for number in qt_threads() - qt_before]
        return names + [f"{busy} in the global QThreadPool" for busy in [_busy_in_pool()] if busy]

    yield
    _wait_until(lambda: not leaked())
    if names := leaked():
        pytest.fail(f"Threads still running after the test: {', '.join(names)}", pytrace=False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fails on Qt warnings while a test is taken down: pytest-qt stops listening before that."""
    _without_gone(item)
    core = sys.modules.get("PySide6.QtCore")
    if core is None or item.get_closest_marker("no_qt_log"):
        return (yield)
    said: list[str] = []
    grave = {core.QtMsgType.QtWarningMsg, core.QtMsgType.QtCriticalMsg}

    def listen(kind: Any, _context: Any, text: str) -> None:
        if kind in grave:
            said.append(text)

    previous = core.qInstallMessageHandler(listen)
    try:
        yield
    finally:
        core.qInstallMessageHandler(previous)
    if said:
        pytest.fail("Qt warned while the test was taken down:\n" + "\n".join(said), pytrace=False)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests have to say beside that they passed, wherever they ran: how much was read, how often killed."""
    for report in terminalreporter.stats.get("passed", ()):
        for name, said in report.user_properties:
            if name == "said":
                terminalreporter.write_line(f"{report.nodeid.partition('::')[0]}: {said}")


def _alive_since(before: set[threading.Thread]) -> list[threading.Thread]:
    # A dummy stands for a thread that Python did not start; Qt's own are counted below.
    return [
        thread
        for thread in threading.enumerate()
        if thread not in before and not isinstance(thread, threading._DummyThread)
    ]


def _running_qt_threads() -> set[int]:
    application = _qt_application()
    if application is None:
        return set()
    import shiboken6
    from PySide6.QtCore import QThread

    main = application.thread()
    threads = [thing for thing in gc.get_objects() if isinstance(thing, QThread) and thing is not main]
    return {id(thread) for thread in threads if shiboken6.isValid(thread) and thread.isRunning()}


def _busy_in_pool() -> int:
    if _qt_application() is None:
        return 0
    from PySide6.QtCore import QThreadPool

    return QThreadPool.globalInstance().activeThreadCount()


def _qt_application() -> Any:
    core = sys.modules.get("PySide6.QtCore")
    return core.QCoreApplication.instance() if core else None


def _wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _GRACE_S
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
