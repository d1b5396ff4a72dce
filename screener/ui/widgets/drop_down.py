"""A list to choose one of, closed until it is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from screener.ui.style.theme import scaled

_ANY_HEIGHT = 10_000
_WRAPPED = Qt.TextFlag.TextWordWrap.value


class DropDown(QComboBox):
    """Options as (text, value). A screen reader hears its name, and the chosen option as its value.

    On Linux Qt gives a closed list the name of what is chosen in it; its own name can only come from a label that
    belongs to it. Where no label is on screen, one that nobody sees stands beside it.

    Where what is chosen has no room it ends in an ellipsis, and a tip holds the whole.
    """

    def __init__(self, name: str, options: Sequence[tuple[str, object]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = QLabel(name)
        self._name.setBuddy(self)
        # It stands beside the list, not in it: the list takes it along when it goes.
        self.destroyed.connect(self._name.deleteLater)
        self.setAccessibleName(name)
        for text, value in options:
            self.addItem(text, value)
        self._stand_beside()

    def rename(self, name: str) -> None:
        """Be called otherwise."""
        self._name.setText(name)
        self.setAccessibleName(name)

    def show_value(self, value: object) -> None:
        """Show the option of this value, or the first one, without saying that the user chose."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def _stand_beside(self) -> None:
        parent = self.parentWidget()
        if parent is not None and self._name.parentWidget() is not parent:
            self._name.setParent(parent)
            self._name.hide()

    @property
    def shown_text(self) -> str:
        """What is chosen, as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        parts = QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(*parts, self).width() - 2
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self.shown_text
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._stand_beside()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            cut = self.shown_text != self.currentText()
            QToolTip.showText(event.globalPos(), self.currentText() if cut else "", self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        # Qt's own is a pixel or two short of the widest option, at large text most of all.
        return super().sizeHint() + QSize(scaled(3), 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(scaled(3), 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A page that is scrolled with the wheel changes no answer on its way.
        event.ignore()


class WrappingDropDown(DropDown):
    """One that takes as many lines as what is chosen needs, in whatever width it is given; so does its list."""

    def __init__(self, name: str, options: Sequence[tuple[str, object]] = (), parent: QWidget | None = None) -> None:
        super().__init__(name, options, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        view = self.view()
        assert isinstance(view, QListView)
        view.setTextElideMode(Qt.TextElideMode.ElideNone)
        view.setWordWrap(True)
        self.currentIndexChanged.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        one_line = self.sizeHint().height()
        room = self._field(QRect(0, 0, width, one_line)).width()
        return max(one_line, one_line + self._in_lines(room).height() - self.fontMetrics().height())

    def _in_lines(self, width: int) -> QRect:
        """The room that the words take."""
        return self.fontMetrics().boundingRect(QRect(0, 0, width, _ANY_HEIGHT), _WRAPPED, self.currentText())

    def _field(self, around: QRect) -> QRect:
        """Where the words stand in a list of this size."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = around
        parts = QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(*parts, self)

    @property
    def shown_text(self) -> str:
        return self.currentText()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        side = QStyle.visualAlignment(
            self.layoutDirection(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        painter.drawText(self._field(self.rect()), side.value | _WRAPPED, self.currentText())
        painter.end()
