"""The main window: shows one page at a time and remembers its place. It knows no question, no flag and no record."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from screener.language import tr
from screener.text import WorldError, problem_words
from screener.ui.shell.window_place import WindowPlace
from screener.ui.standing import standing_sentence
from screener.ui.widgets.standing import StandingLine
from screener.ui.widgets.text import label

if TYPE_CHECKING:
    from screener.ui.shell.news import NewsLine

T = TypeVar("T")


class MainWindow(QMainWindow):
    """Holds pages. Closing asks `may_close` first; it is closed for good once the answer is True."""

    painted = Signal()
    turned = Signal()
    """Another page is shown."""
    goes = Signal(QWidget)
    """A page is about to go; it is still as it was left."""
    closed = Signal()
    """It is being closed for good."""

    def __init__(self, settings: QSettings, banner: QWidget | None = None, *, name: str = "window") -> None:
        """`banner`: stands above every page. `name`: under which the place of this window is kept."""
        super().__init__()
        self.setWindowTitle("Screener")
        self.place = WindowPlace(self, settings, name)
        self.may_close: Callable[[], bool] = lambda: True
        self._stack = QStackedWidget()
        self._stack.currentChanged.connect(self.turned)
        self._standing = StandingLine(standing_sentence())
        self.holder = holder = QWidget()
        """Everything in the window stands in it."""
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if banner is not None:
            column.addWidget(banner)
        column.addWidget(self._stack, 1)
        self._foot = QWidget()
        self._foot_column = QVBoxLayout(self._foot)
        self._foot_column.setContentsMargins(0, 0, 0, 0)
        self._foot_column.setSpacing(0)
        self._foot_column.addWidget(self._standing)
        column.addWidget(self._foot)
        self.setCentralWidget(holder)
        self._given: QWidget | None = None
        self._asked_to_close: Callable[[], object] = _nothing
        self._below: list[tuple[QWidget, QWidget | None]] = []
        """The pages below the one that is shown, each with what had the keyboard in it."""
        self._problem = ""
        """What was said last below a page, because the page had no place for it."""
        self._seen = False
        self.show_page(_Waiting())

    @cached_property
    def news(self) -> NewsLine:
        """What happened beside the page; made when there is something to say, or somebody who listens to it."""
        from screener.ui.shell.news import NewsLine

        made = NewsLine()
        self._foot_column.insertWidget(0, made)
        made.lower()  # it is read before the line below it
        return made

    @property
    def page(self) -> QWidget:
        current = self._stack.currentWidget()
        assert current is not None
        return current

    @property
    def base(self) -> QWidget:
        """The page that is open, also while another is shown over it for a moment."""
        return self._below[0][0] if self._below else self.page

    def say_opening(self) -> None:
        """A page is made now that may take longer than a blink: the foot says so at once, and the pointer, until the
        page is there and the window has nothing more to do."""
        self._standing.say_for_now(tr("Opening…"))
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        # The pointer is the program's, and comes back also where this window has gone by then.
        QTimer.singleShot(0, QGuiApplication.restoreOverrideCursor)
        QTimer.singleShot(0, self._standing, self._standing.say_no_more)

    def say_standing(self, text: str) -> None:
        """Say at the foot of every page which content is open."""
        self._standing.show_text(text)

    def show_foot(self, *, shown: bool) -> None:
        """The line on the content that is open, below every page; or not, before a class."""
        self._standing.setVisible(shown)

    # In other hands

    def give(self, page: QWidget, asked_to_close: Callable[[], object]) -> None:
        """Show only this page from here on: no key of the window works, and nothing is said at its foot.

        Somebody who closes the window is asked by `asked_to_close` instead.
        """
        self.show_over(page)
        self._given, self._asked_to_close = page, asked_to_close
        self._hold(still=True)

    def take_back(self) -> None:
        """The window is as it was; the page below is shown again."""
        if self._given is None:
            return
        given, self._given, self._asked_to_close = self._given, None, _nothing
        self._hold(still=False)
        while self._below and self.shows(given):  # a mistake may be told over it
            self.close_over()

    def _hold(self, *, still: bool) -> None:
        for action in self.actions():
            action.setEnabled(not still)
        self._foot.setVisible(not still)

    def show_page(self, page: QWidget) -> None:
        """Show a page in place of whatever is shown."""
        if self._given is not None:
            self._given, self._asked_to_close = None, _nothing
            self._hold(still=False)
        gone = [self._stack.widget(place) for place in range(self._stack.count())]
        for old in gone:
            if old is not None and old is not page:
                self.goes.emit(old)
        self._below.clear()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        for old in gone:
            if old is not None and old is not page:
                self._stack.removeWidget(old)
                old.deleteLater()
        if self._problem and self.news.text == self._problem:
            self.news.hide()  # it belonged to the page before
        self._give_keyboard(page)
        self.turned.emit()

    def show_over(self, page: QWidget) -> None:
        """Show a page for a moment over the present one, which keeps its state and its keyboard."""
        if type(page) is type(self.page):
            page.deleteLater()
            return
        self._below.append((self.page, self.focusWidget()))
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._give_keyboard(page)

    def close_over(self) -> None:
        """Go back to the page below, to where the keyboard was; never below a page in other hands."""
        if not self._below or self.page is self._given:
            return
        over, (below, had_focus) = self.page, self._below.pop()
        self._stack.setCurrentWidget(below)
        self._stack.removeWidget(over)
        over.deleteLater()
        if had_focus is not None and isValid(had_focus):
            had_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def while_shown(self, page: QWidget, then: Callable[[T], object]) -> Callable[[T], None]:
        """The same, done only as long as this page stands: what comes after it has gone concerns nobody."""

        def run(value: T) -> None:
            if self.shows(page):
                then(value)

        return run

    def shows(self, page: QWidget) -> bool:
        """Whether a page still stands, be it below another one for a moment."""
        return isValid(page) and self._stack.indexOf(page) >= 0

    def show_problem(self, problem: WorldError) -> None:
        """Say what went wrong: on the open page, or below it where it has no place for that or is out of sight."""
        show = getattr(self.base, "show_problem", None)
        if callable(show):
            show(problem)
        if not callable(show) or self._below:
            self.say_below(problem_words(problem))

    def say_below(self, text: str) -> None:
        """Say what went wrong below the page that is open; it goes with that page."""
        self._problem = text
        self.news.tell(text, attention=True)

    def _give_keyboard(self, page: QWidget) -> None:
        """In a moment, once it is laid out; not where it has gone again until then."""

        def give() -> None:
            focus = getattr(page, "focus_first", None)
            if callable(focus) and self.page is page:
                focus()

        QTimer.singleShot(0, page, give)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._given is not None:
            event.ignore()
            self._asked_to_close()
            return
        if not self.may_close():
            event.ignore()
            return
        self.place.remember()
        event.accept()
        self.closed.emit()


def _nothing() -> None:
    return


class _Waiting(QWidget):
    """What stands for the moment before the content is read."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        made: QLabel = label("Screener", "page")
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(made)
