"""What a screen reader is told of controls: that each has a name, a role, and rows that say something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

Role = QAccessible.Role
_ROLES: dict[type[QWidget], frozenset[QAccessible.Role]] = {
    QAbstractButton: frozenset(
        {Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.ButtonDropDown, Role.Link}
    ),
    QComboBox: frozenset({Role.ComboBox}),
    QLineEdit: frozenset({Role.EditableText}),
    QPlainTextEdit: frozenset({Role.EditableText}),
    QListView: frozenset({Role.List}),
    QTableView: frozenset({Role.Table}),
}
_USED = tuple(_ROLES)
_MOST_ROWS = 40
"""A list is looked at from its beginning: all its rows come from one model."""


def name_of(widget: QWidget) -> str:
    """As a screen reader forms it: a label that belongs to the control, else its own name."""
    interface = QAccessible.queryAccessibleInterface(widget)
    if not isinstance(widget, QComboBox):
        return str(interface.text(QAccessible.Text.Name))
    for other, relation in interface.relations():
        if relation == QAccessible.RelationFlag.Label and other is not None:
            return str(other.text(QAccessible.Text.Name))
    return ""


def controls_among(widgets: Iterable[QWidget]) -> Iterator[QWidget]:
    """Those of some widgets that can be used: buttons, lines, boxes, lists, tables."""
    for widget in widgets:
        inner = isinstance(widget.parentWidget(), QComboBox | QLineEdit | QAbstractItemView)
        if isinstance(widget, _USED) and not inner and not isinstance(widget, QHeaderView):
            yield widget


def unsaid(widgets: Iterable[QWidget]) -> list[str]:
    """What a screen reader could not say of the controls among these: nameless ones, ones that it takes for nothing."""
    found = []
    for widget in controls_among(widgets):
        kind = type(widget).__name__
        if not name_of(widget).strip():
            found.append(f"{kind} without a name")
        role = QAccessible.queryAccessibleInterface(widget).role()
        wanted = next(roles for made, roles in _ROLES.items() if isinstance(widget, made))
        if role not in wanted:
            found.append(f"{kind} {name_of(widget)!r} is said to be {role.name}")
        if isinstance(widget, QAbstractItemView):
            found += [f"{kind} {name_of(widget)!r}: {said}" for said in _silent(widget)]
    return found


def _silent(view: QAbstractItemView) -> Iterator[str]:
    """Rows of a list or a table that say nothing, and columns without a head."""
    model = view.model()
    if model is None:
        return
    columns = range(model.columnCount()) if isinstance(view, QTableView) else range(1)
    if isinstance(view, QTableView):
        for column in columns:
            if not str(model.headerData(column, Qt.Orientation.Horizontal) or "").strip():
                yield f"column {column} has no head"
    for row in range(min(model.rowCount(), _MOST_ROWS)):
        if not any(_said(model, model.index(row, column)) for column in columns):
            yield f"row {row} says nothing"


def _said(model: QAbstractItemModel, index: QModelIndex) -> str:
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    return next((text for role in roles if (text := str(model.data(index, role) or "").strip())), "")
