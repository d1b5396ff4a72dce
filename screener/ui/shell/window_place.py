"""Where the window stands: remembered as it is moved and sized, and always on a screen that is there."""

from __future__ import annotations

import re

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

USUAL = QSize(1440, 900)
LEAST = QSize(900, 600)
"""The window is never smaller, unless the screen is."""
_PAUSE_MS = 500
_PLACE, _SCREEN, _MAXIMISED, _BEFORE = "place", "screen", "maximised", "geometry"
_FOUR = re.compile(r"(-?\d{1,6}) (-?\d{1,6}) (\d{1,6}) (\d{1,6})", re.ASCII)
_GRASP_PX = 120
"""So much of the head of the window is in sight, or else nobody could take hold of it."""


class WindowPlace(QObject):
    """Remembers size, place, screen and whether the window fills it; puts it there at the next start.

    Where that screen is gone, or smaller than it was, the window comes as it fits onto one that is there; so it does
    when a screen goes while the window is open.
    """

    def __init__(self, window: QMainWindow, settings: QSettings, name: str = "window") -> None:
        """`name`: under which its place is kept; each window of the program has one of its own."""
        super().__init__(window)
        self._window, self._settings, self._name = window, settings, name
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.remember)
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self.come_into_sight)
        self._restore()
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        for changed in (application.screenAdded, application.screenRemoved, application.primaryScreenChanged):
            changed.connect(self._screens_changed)
        for screen in application.screens():
            screen.availableGeometryChanged.connect(self._screens_changed)

    # At the start

    def _restore(self) -> None:
        kept = _rect(self._kept(_PLACE))
        if kept is None and self._as_before():
            self.come_into_sight()
            return
        if kept is None:
            self._first_time()
            return
        screen = self._screen_named(str(self._kept(_SCREEN) or "")) or _screen_of(kept)
        self._allow(screen)
        self._window.setGeometry(fitted(kept, screen.availableGeometry()))
        if str(self._kept(_MAXIMISED)) == "true":
            self._window.setWindowState(Qt.WindowState.WindowMaximized)

    def _kept(self, key: str) -> object:
        return self._settings.value(f"{self._name}/{key}")

    def _as_before(self) -> bool:
        """As an earlier version kept it; anything else was written by somebody else, and is no place of a window."""
        geometry = self._kept(_BEFORE)
        return isinstance(geometry, QByteArray) and self._window.restoreGeometry(geometry)

    def _first_time(self) -> None:
        """In the middle of the screen where the pointer is; filling it where it is no larger than the usual size."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self._allow(screen)
        rect = QRect(QPoint(0, 0), USUAL)
        rect.moveCenter(room.center())
        self._window.setGeometry(fitted(rect, room))
        if room.width() < USUAL.width() or room.height() < USUAL.height():
            self._window.setWindowState(Qt.WindowState.WindowMaximized)

    def _allow(self, screen: QScreen) -> None:
        """Let the window be as small as the screen where that is smaller than what is least."""
        self._window.setMinimumSize(LEAST.boundedTo(screen.availableGeometry().size()))

    @staticmethod
    def _screen_named(name: str) -> QScreen | None:
        return next((screen for screen in QGuiApplication.screens() if name and screen.name() == name), None)

    # While it is open

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange):
            self._pause.start()
        elif event.type() == QEvent.Type.ScreenChangeInternal:
            self._allow(self._window.screen())
        return False

    def remember(self) -> None:
        """Keep where the window is now. Of one that fills the screen or is put away: where it goes back to."""
        self._pause.stop()
        state = self._window.windowState()
        filled = state & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen)
        away = filled or state & Qt.WindowState.WindowMinimized
        rect = self._window.normalGeometry() if away else self._window.geometry()
        if rect.isEmpty():
            return
        place = f"{rect.x()} {rect.y()} {rect.width()} {rect.height()}"
        for key, value in (
            (_PLACE, place),
            (_SCREEN, self._window.screen().name()),
            (_MAXIMISED, "true" if filled else "false"),
        ):
            self._settings.setValue(f"{self._name}/{key}", value)
        self._settings.remove(f"{self._name}/{_BEFORE}")

    def _screens_changed(self) -> None:
        # The system may still be moving windows about: first it has its way.
        self._look.start()

    def come_into_sight(self) -> None:
        """Where nobody could take hold of the window any more, it comes onto a screen that is there."""
        if self._window.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
            return
        frame = self._window.frameGeometry()
        head = QRect(frame.topLeft(), QSize(frame.width(), max(1, self._window.geometry().top() - frame.top()) + 24))
        for screen in QGuiApplication.screens():
            seen = head.intersected(screen.availableGeometry())
            if seen.width() >= min(_GRASP_PX, frame.width()) and seen.height() >= min(16, head.height()):
                return
        screen = _screen_of(frame)
        self._allow(screen)
        self._window.setGeometry(fitted(self._window.geometry(), screen.availableGeometry()))


def fitted(wanted: QRect, room: QRect) -> QRect:
    """The rectangle inside a room: as near to where it was as may be, and no larger than the room."""
    size = wanted.size().expandedTo(LEAST).boundedTo(room.size())
    x = min(max(wanted.x(), room.left()), room.right() + 1 - size.width())
    y = min(max(wanted.y(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(x, y), size)


def _screen_of(rect: QRect) -> QScreen:
    """The screen that shows most of a rectangle; the first one where none shows any."""

    def shown(screen: QScreen) -> int:
        seen = rect.intersected(screen.availableGeometry())
        return max(0, seen.width()) * max(0, seen.height())

    best = max(QGuiApplication.screens(), key=shown)
    return best if shown(best) else QGuiApplication.primaryScreen()


def _rect(kept: object) -> QRect | None:
    """A place as it was kept; None where the file says something else."""
    found = _FOUR.fullmatch(kept) if isinstance(kept, str) else None
    if found is None:
        return None
    x, y, width, height = (int(part) for part in found.groups())
    return QRect(x, y, width, height) if width and height else None
