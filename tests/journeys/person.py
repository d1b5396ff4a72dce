"""A person at the keyboard: presses keys, hears names of controls, reads the screen. Knows nothing of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pytestqt.exceptions import TimeoutError as Late
from pytestqt.qt_compat import qt_api

Qt = qt_api.QtCore.Qt
QtGui = qt_api.QtGui
QtTest = qt_api.QtTest
QApplication = qt_api.QtWidgets.QApplication

WaitUntil = Callable[..., None]

_PATIENCE_MS = 30_000
_MOST_TABS = 250


class Person:
    """Works a window with keys alone and reads it through its accessible names, as a screen reader would."""

    def __init__(self, wait_until: WaitUntil, window: Any) -> None:
        """`wait_until` is pytest-qt's, or one that raises TimeoutError as it does."""
        self._wait_until, self._window = wait_until, window

    def turns_to(self, title: str) -> Person:
        """The same person before another window of the program, once it is there, by the words in its frame."""

        def found() -> Any:
            shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            return next((one for one in shown if title in one.windowTitle()), None)

        self.waits_until(lambda: found() is not None, lambda: f"no window is called {title}")
        window = found()
        window.activateWindow()
        self.waits_until(lambda: QApplication.activeWindow() is window, lambda: f"{title} does not come to the front")
        return Person(self._wait_until, window)

    # Hands

    def press(self, *keys: str) -> None:
        """Press keys one after another, each written as in the list of keys: "Ctrl+N", "Tab", "F6"."""
        for key in keys:
            sequence = QtGui.QKeySequence(key)
            assert sequence.count() == 1, f"{key} is no single key"
            combination = sequence[0]
            QtTest.QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
            # No hand is so quick that the window has not laid out what the last key brought.
            QtTest.QTest.qWait(0)

    def type(self, text: str) -> None:
        """Type text where the keyboard is."""
        for sign in text:
            QtTest.QTest.keyClick(self._target(), sign)

    def write(self, name: str, text: str) -> None:
        """Tab to a field and type into it, over whatever is there."""
        self.tab_to(name)
        self.press("Ctrl+A")
        self.type(text)

    def tab_to(self, name: str) -> None:
        """Press Tab until the control of this name has the keyboard; fails when a whole round does not meet it."""
        heard = []
        for _ in range(_MOST_TABS):
            if self.hears(name):
                return
            heard.append(self.focus_name)
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name!r}; it went through {list(dict.fromkeys(heard))}")

    def arrow_to(self, name: str, key: str = "Right") -> None:
        """Press an arrow key until the control of this name, in a group that arrows move through, has the keyboard.

        In a window that is read from the right, the arrow that leads on points to the left.
        """
        if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            key = {"Right": "Left", "Left": "Right"}.get(key, key)
        heard = []
        for _ in range(_MOST_TABS):
            if self.hears(name):
                return
            heard.append(self.focus_name)
            self.press(key)
        raise AssertionError(f"{key} never came to {name!r}; it went through {list(dict.fromkeys(heard))}")

    def activate(self, name: str) -> None:
        """Tab to a button and press it with the space bar."""
        self.tab_to(name)
        self.press("Space")

    def closes_the_window(self) -> None:
        """As its frame does, or the system's own key."""
        self._window.close()

    def _target(self) -> Any:
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or QApplication.activeWindow() or self._window

    # Ears

    @property
    def focus_name(self) -> str:
        """What a screen reader says of the control that has the keyboard."""
        widget = QApplication.focusWidget()
        return _name(QtGui.QAccessible.queryAccessibleInterface(widget)) if widget is not None else ""

    @property
    def told(self) -> str:
        """What a screen reader says more of that control, its description."""
        widget = QApplication.focusWidget()
        interface = QtGui.QAccessible.queryAccessibleInterface(widget) if widget is not None else None
        said = str(interface.text(QtGui.QAccessible.Text.Description)) if interface is not None else ""
        return said.replace("\u00a0", " ")

    def hears(self, name: str) -> bool:
        """Whether the control with the keyboard is called so, or begins so."""
        return self.focus_name == name or self.focus_name.startswith((f"{name}:", f"{name},", f"{name} ("))

    @property
    def surroundings(self) -> list[str]:
        """The names of all that the control with the keyboard stands in, from the window inwards."""
        widget, names = QApplication.focusWidget(), []
        interface = QtGui.QAccessible.queryAccessibleInterface(widget) if widget is not None else None
        while interface is not None:
            interface = interface.parent()
            names.append(_name(interface))
        return [name for name in reversed(names) if name]

    # Eyes

    def reads(self) -> str:
        """Every name and value on the screen that is not hidden, line by line, in the order of the tree."""
        return "\n".join(dict.fromkeys(_texts(QtGui.QAccessible.queryAccessibleInterface(self._window))))

    def sees(self, *texts: str) -> bool:
        """Whether all these texts stand on the screen now."""
        shown = self.reads()
        return all(text in shown for text in texts)

    def waits_for(self, *texts: str) -> None:
        """Wait until all these texts stand on the screen."""
        self.waits_until(lambda: self.sees(*texts), lambda: f"{texts} did not appear; the screen says:\n{self.reads()}")

    def waits_until(self, condition: Callable[[], bool], otherwise: Callable[[], str] = str) -> None:
        """Wait for a condition."""
        try:
            self._wait_until(condition, timeout=_PATIENCE_MS)
        except (Late, TimeoutError) as late:
            raise AssertionError(otherwise()) from late

    def takes_picture(self, file: Path) -> None:
        """Keep what the window looks like."""
        self._window.grab().save(str(file))


def _name(interface: Any) -> str:
    """As a screen reader forms it: the label that belongs to the control, else its own name."""
    if interface is None:
        return ""
    for other, relation in interface.relations():
        if relation == QtGui.QAccessible.RelationFlag.Label and other is not None:
            return str(other.text(QtGui.QAccessible.Text.Name))
    return str(interface.text(QtGui.QAccessible.Text.Name))


def _texts(interface: Any) -> Iterator[str]:
    if interface is None or interface.state().invisible:
        return
    for kind in (QtGui.QAccessible.Text.Name, QtGui.QAccessible.Text.Value):
        text = str(interface.text(kind)).strip()
        if text:
            yield text
    for index in range(interface.childCount()):
        yield from _texts(interface.child(index))
