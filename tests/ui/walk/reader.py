"""Reads what a person sees and hears: every text of a page, where it was read, and which widgets it stood in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from tests.ui.names import unsaid

Place = tuple[str, str]
"""Which screen, and in which state it was."""


class Reader:
    """Everything that was read so far."""

    def __init__(self) -> None:
        self.texts: dict[str, Place] = {}
        """Each text, and where it was read first."""
        self.screens: dict[str, set[str]] = {}
        """Each screen, and the states in which it was read."""
        self.seen: dict[str, set[str]] = {}
        """Each screen, and what stood on it in one state or another."""
        self.classes: set[type] = set()
        """The classes of the widgets that were in sight, with all that they are made from."""
        self.unsaid: dict[str, Place] = {}
        """What a screen reader could not say of a control, and where that was met first."""
        self._place: Place = ("", "")

    def read(self, screen: str, state: str, page: QWidget) -> None:
        """Read a page as it stands."""
        widgets = in_sight(page)
        self.note(screen, state, texts_of(page, widgets))
        put_away = page.isHidden() and page.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        for said in () if put_away else unsaid(widgets):
            self.unsaid.setdefault(said, (screen, state))
        kinds = {type(widget) for widget in widgets}
        self.classes.update(made_from for kind in kinds for made_from in kind.__mro__)

    def note(self, screen: str, state: str, texts: Iterable[str]) -> None:
        """Take in texts that were read in some other way."""
        self._place = (screen, state)
        self.screens.setdefault(screen, set()).add(state)
        found = {text for text in texts if text}
        self.seen.setdefault(screen, set()).update(found)
        for text in sorted(found - self.texts.keys()):
            self.texts[text] = self._place

    def let_work(self) -> None:
        """Before something is pressed. Pages that nobody shows are ready as soon as they are made."""

    def hear(self, event: Any) -> None:
        """An announcement to a screen reader; it belongs to the screen that was read last."""
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.texts.setdefault(event.message(), self._place)

    @property
    def states(self) -> int:
        return sum(len(states) for states in self.screens.values())


class Ears:
    """Stands in for Qt's accessibility where announcements are made, and hands them to a reader."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    def __init__(self, reader: Reader) -> None:
        self.updateAccessibility = reader.hear


def in_sight(page: QWidget) -> list[QWidget]:
    """The page and every widget on it that is not hidden."""
    return [page, *(widget for widget in page.findChildren(QWidget) if widget.isVisibleTo(page))]


def texts_of(page: QWidget, widgets: Iterable[QWidget]) -> Iterator[str]:
    """Every text of a page's widgets: shown, spoken, offered in a list, or told when the pointer rests on something."""
    for widget in widgets:
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        yield widget.statusTip()
        yield widget.whatsThis()
        yield from _shown(widget)
    for action in page.findChildren(QAction):
        yield action.text()
        yield action.toolTip()


_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


def _of_model(view: QListView | QTableView) -> Iterator[str]:
    """What a list or a table shows and says, row by row, and the heads of its columns."""
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    across = Qt.Orientation.Horizontal
    yield from (str(model.headerData(column, across) or "") for column in range(columns))
    for row in range(model.rowCount()):
        for column in range(columns):
            index = model.index(row, column)
            for role in _SAID:
                yield str(index.data(role) or "")


def _shown(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.text()
            yield widget.placeholderText()
        case QPlainTextEdit():
            yield widget.toPlainText()
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QListView() | QTableView():
            yield from _of_model(widget)
        case QGroupBox():
            yield widget.title()
    if widget.isWindow():
        yield widget.windowTitle()
