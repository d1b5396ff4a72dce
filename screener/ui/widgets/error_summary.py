"""What keeps a form back, where that is more than one thing: said once above it, each with the way to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.ui.style.theme import scaled
from screener.ui.style.tokens import CONTROL_RADIUS_PX
from screener.ui.widgets.buttons import LinkButton
from screener.ui.widgets.layout import clear, page_around, take_out
from screener.ui.widgets.messages import Sign
from screener.ui.widgets.outline import paint_focus, rect_of
from screener.ui.widgets.speech import announce
from screener.ui.widgets.text import label
from screener.ui.widgets.visible import keep_room, reveal

Problem = tuple[str, QWidget]
"""What is wrong, and the field where it is mended."""
_HAND_MS = 50
"""After so long it is looked whether a button of the mouse is still down."""


class ErrorSummary(QFrame):
    """Takes the keyboard when it appears; Tab goes through its links, and each puts the keyboard into its field.

    Lines of fields that were mended leave it. Its room stays as it is until the keyboard goes on from the field where
    something was mended: nothing moves below whoever types.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "notice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lines: list[_Line] = []
        self._holds_room = False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(Sign("warning"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        self._title = label("", "strong", wrap=True)
        column.addWidget(self._title)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        column.addStretch(1)
        row.addLayout(column, 1)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        reveal(self, False)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List what keeps the form back, or nothing: then the summary is gone."""
        self._let_room_go()
        clear(self._rows)
        self._lines = [_Line(*problem) for problem in problems]
        for line in self._lines:
            self._rows.addWidget(line)
        self._say_how_many()
        reveal(self, bool(problems))
        if problems:
            announce(self, self.accessibleName(), urgent=True)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            before: QWidget = self
            for line in self._lines:
                QWidget.setTabOrder(before, line.link)
                before = line.link

    def look_again(self, problems: Sequence[Problem]) -> None:
        """Lines leave whose fields are not among these any more, and the others say what is wrong now; none comes."""
        now = {field: text for text, field in reversed(problems)}
        mended = [line for line in self._lines if line.field not in now]
        self._lines = [line for line in self._lines if line.field in now]
        for line in self._lines:
            line.say(now[line.field])
        if not mended:
            return
        self._hold_room()
        for line in mended:
            take_out(self._rows, line)
        self._say_how_many()
        announce(self, self._title.text() or tr("Each of these fields is mended."))
        reveal(self, bool(self._lines))

    def _say_how_many(self) -> None:
        count = len(self._lines)
        many = tr_n(
            "1 field keeps this back. The line leads to it.",
            "{n} fields keep this back. Each line leads to its field.",
            count,
        )
        self._title.setText(many if count else "")
        self.setAccessibleName(" ".join((many, *(line.text for line in self._lines))) if count else "")

    # Its room

    def _hold_room(self) -> None:
        if not self._holds_room and self.isVisible():
            self._holds_room = True
            self.setMinimumHeight(self.height())
            keep_room(self)

    def _let_room_go(self) -> None:
        if self._holds_room:
            self._holds_room = False
            self.setMinimumHeight(0)
            keep_room(self, kept=False)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._holds_room and now is not None:
            self._settle()

    def _settle(self) -> None:
        """Take no more room than it needs; what has the keyboard stays where it is, as far as the page can scroll."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(_HAND_MS, self, self._settle)  # what is pressed stays below the mouse
            return
        page, focus = page_around(self), QApplication.focusWidget()
        before = _height_of(focus, page)
        self._let_room_go()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if page is not None:
            bar = page.verticalScrollBar()
            bar.setValue(bar.value() + _height_of(focus, page) - before)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, rect_of(self), scaled(CONTROL_RADIUS_PX))
            painter.end()


class _Line(QWidget):
    """One thing that keeps the form back: the way to its field, and what is wrong there."""

    def __init__(self, text: str, field: QWidget) -> None:
        super().__init__()
        self.field = field
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.link = LinkButton(field.accessibleName())
        self.link.clicked.connect(self._go)
        row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        self._said = label("", wrap=True)
        self._said.setContentsMargins(0, scaled(2), 0, 0)
        row.addWidget(self._said, 1)
        self.say(text)

    @property
    def text(self) -> str:
        return self._said.text()

    def say(self, text: str) -> None:
        """What is wrong now."""
        if text != self.text:
            self._said.setText(text)
            self.link.setAccessibleName(tr("Go to {name}: {text}").format(name=self.link.text(), text=text))

    def _go(self) -> None:
        to_field(self.field)


def _height_of(part: QWidget | None, page: QScrollArea | None) -> int:
    """Where a part of a page stands in what is seen of it."""
    if part is None or page is None or not page.viewport().isAncestorOf(part):
        return 0
    return part.mapTo(page.viewport(), QPoint(0, 0)).y()


def to_field(field: QWidget) -> None:
    """Put the keyboard into a field, over what stands in it."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(field, QLineEdit):
        field.selectAll()
