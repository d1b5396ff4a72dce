"""The medicines list as one question: found by name as somebody types, each with its use, dose, route and dates."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from screener.forms.medicine_search import Match, MedicineSearch
from screener.forms.model import Question
from screener.language import tr
from screener.rules.expressions import ROUTES
from screener.rules.medicines import Dictionary, folded
from screener.ui.fields.base import Field, Setting
from screener.ui.fields.medicine_row import MedicineRow
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import CheckRow, KeyCap, label
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

_DOSE = re.compile(
    r"\s+(?P<dose>\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|micrograms?|g|ml|units?|iu|%|puffs?|drops?|tablets?).*)$", re.I
)
_OFFERED = 8
_ADD = tr("Add a medicine: name or trade name, and dose")


class _Line(QLineEdit):
    """Where names are typed."""

    left = Signal()
    entered = Signal()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + scaled(24)
        return super().sizeHint().expandedTo(QSize(words, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A window that goes behind another leaves nothing.
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()


class _Matches(QListWidget):
    """What is offered for what was typed; the line keeps the keyboard.

    It lies over what stands below the line, or above it where there is more room, and moves nothing.
    """

    def __init__(self, name: str, line: QWidget) -> None:
        super().__init__(line)
        self._line = line
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A page that only now lays itself out takes what lies over it along.
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._lie_over()
        return False

    def show_items(self, items: list[tuple[str, object]]) -> None:
        self.clear()
        for text, data in items:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, data)
            self.addItem(item)
        if items:
            self.setCurrentRow(0)
            self._lie_over()
        self.setVisible(bool(items))

    def _lie_over(self) -> None:
        """As wide as the line, on the page that it stands on."""
        page = _page_of(self._line)
        if self.parentWidget() is not page:
            self.setParent(page)
        top, gap = self._line.mapTo(page, QPoint(0, 0)).y(), scaled(3)
        height = self.sizeHintForRow(0) * self.count() + 2 * self.frameWidth() + scaled(4)
        viewport = page.parentWidget()
        seen = page.rect() if viewport is None else QRect(-page.pos(), viewport.size())
        below = top + self._line.height() + gap
        above = top - gap - height
        fits_below = below + height <= min(seen.bottom(), page.height())
        y = below if fits_below or above < seen.top() else above
        self.setGeometry(self._line.mapTo(page, QPoint(0, 0)).x(), y, self._line.width(), height)
        self.raise_()

    def step(self, by: int) -> str:
        """Go to the next or the last one; its words."""
        row = max(0, min(self.count() - 1, self.currentRow() + by))
        self.setCurrentRow(row)
        return self.item(row).text()


def _page_of(widget: QWidget) -> QWidget:
    """What scrolls with a widget, or the window that it stands in."""
    at = widget
    while (parent := at.parentWidget()) is not None and not at.isWindow():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            return at
        at = parent
    return at


class MedicinesField(Field):
    """All medicines of one question. `Ctrl+R` puts the keyboard where the next one is typed."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent)
        self._dictionary = question.dictionary or Dictionary()
        self._search: MedicineSearch | None = None
        self._rows: list[MedicineRow] = []
        self._problems: list[str] = []
        self._correcting: MedicineRow | None = None
        """The row whose name the next one that is taken stands for."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        # In a part of their own, made first: Tab goes through the rows and then to the line, as it reads.
        self._holder = rows = QWidget(self)
        self._list = QVBoxLayout(rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(4)
        column.addWidget(rows)
        column.addLayout(self._adding())
        self._matches = _Matches(tr("{label}: names found").format(label=question.label), self._line)
        self._matches.itemClicked.connect(self._clicked)
        # It lies on the page, which takes it along only when the page goes.
        self.destroyed.connect(self._matches.deleteLater)
        self._none = CheckRow(tr("No medicines"), tr("{label}: no medicines").format(label=question.label))
        self._none.clicked.connect(self._none_clicked)
        self._none.setAccessibleDescription(tr("Key Alt+1"))
        self._none_row = QWidget()
        none = QHBoxLayout(self._none_row)
        none.setContentsMargins(0, 0, 0, 0)
        none.setSpacing(8)
        none.addWidget(self._none)
        none.addWidget(KeyCap("Alt+1"))
        none.addStretch(1)
        column.addWidget(self._none_row)
        self._show_empty()

    def _adding(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._line = _Line()
        self._line.textEdited.connect(self._offer)
        self._line.left.connect(self._line_left)
        self._line.entered.connect(self._line_entered)
        self._line.installEventFilter(self)
        self.share_undo(self._line)
        self._stands_for = label("", "strong")
        row.addWidget(self._stands_for)
        row.addWidget(self._line, 1)
        row.addWidget(KeyCap("Ctrl+R"))
        self._show_purpose()
        return row

    def _show_purpose(self) -> None:
        """What a name that is typed does: it is added, or stands for another one."""
        row, name = (
            self._correcting,
            tr("{label}: add a medicine by its name or trade name").format(label=self.question.label),
        )
        self._stands_for.setText("" if row is None else tr("{name} is:").format(name=row.name))
        self._stands_for.setVisible(row is not None)
        self._line.setAccessibleName(
            name if row is None else tr("{name}: its right name. Enter takes it, Esc leaves").format(name=row.name)
        )
        self._line.setPlaceholderText(_ADD if row is None else tr("Its right name"))

    # What the dictionary says

    def known_as(self, name: str) -> str:
        """Which medicine a name is, and its most telling classes; empty where it is not in the dictionary."""
        product = self._dictionary.find(name)
        if product is None:
            return ""
        parts = [part for part in product.parts if folded(part.name) != folded(name)]
        own = " + ".join(part.name for part in product.parts) if parts else ""
        classes = dict.fromkeys(
            self._dictionary.class_title(c) for part in product.parts for c in list(part.classes)[:2]
        )
        return " · ".join(text for text in (own, ", ".join(classes)) if text) or tr("no class that a rule reads")

    def routes_of(self, name: str) -> tuple[str, ...]:
        """The routes that a medicine is given by, first, then all others."""
        product = self._dictionary.find(name)
        own = [route for route in ROUTES if product is not None and route in product.routes]
        return tuple(dict.fromkeys([*own, *ROUTES]))

    # Finding names

    def add_row(self) -> None:
        """Go where the next medicine is typed."""
        self._stop_correcting()
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, text: str) -> list[Match]:
        if self._search is None:
            self._search = self.setting.medicines()
        return [] if self._search is None else self._search.find(text, _OFFERED)

    def _offer(self, text: str) -> None:
        """Names for what is typed. One that is only spelt a little alike is never the first: Enter would take it."""
        name = _without_dose(text)[0]
        self.refused.emit(" ".join(self._problems))
        if len(name) < 2:
            self._matches.show_items([])
            return
        found = self._found(name)
        items: list[tuple[str, object]] = [(_match_words(match), match.name) for match in found]
        if not any(folded(name) == folded(str(known)) for _, known in items):
            as_typed = (
                tr("Take “{name}” as typed: not in the dictionary")
                if self._correcting
                else tr("Add “{name}” as typed: not in the dictionary")
            ).format(name=name)
            place = len(items) if found and found[0].sure else 0
            items.insert(place, (as_typed, name))
        self._matches.show_items(items)
        announce(self._line, tr("{count} offered: {items}").format(count=len(items), items=items[0][0]))

    def _clicked(self, item: QListWidgetItem) -> None:
        self._take(str(item.data(Qt.ItemDataRole.UserRole)))

    def _take(self, name: str) -> None:
        """A name was decided on: a new medicine, or what one is really called."""
        dose = _without_dose(self._line.text())[1]
        row = self._correcting
        self._line.clear()
        self._matches.show_items([])
        if row is None:
            row = self._new_row(name)
            said = tr("{name} added.").format(name=name)
        else:
            said = tr("{name} is now {name_2}.").format(name=row.name, name_2=name)
            row.rename(name, self._place_of(name, self._rows.index(row)))
            self._stop_correcting()
        if dose:
            row.dose.setText(dose)
        self._hear(False)
        announce(self, f"{said} {self.known_as(name) or tr('Not in the dictionary.')}")
        row.use.setFocus(Qt.FocusReason.OtherFocusReason)

    def _correct(self, row: MedicineRow) -> None:
        self._correcting = row
        self._show_purpose()
        self._line.setText(row.name)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._line.selectAll()

    def _stop_correcting(self) -> None:
        if self._correcting is not None:
            self._correcting = None
            self._line.clear()
            self._matches.show_items([])
            self._show_purpose()

    def _line_entered(self) -> None:
        if self._line.text().strip() and self._correcting is None:
            self._offer(self._line.text())

    def _line_left(self) -> None:
        """A name that still stands in the line is in nobody's list: that is said, and the name stays."""
        self._matches.show_items([])
        if self._correcting is not None:
            self._stop_correcting()
        elif self._line.text().strip():
            waiting = tr("“{text}” is not in the list yet: Enter in its line adds it.").format(
                text=self._line.text().strip()
            )
            self.refused.emit(" ".join([*self._problems, waiting]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self._line and pressed and self._take_key(Qt.Key(event.key())):  # type: ignore[attr-defined]
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, key: Qt.Key) -> bool:
        shown = not self._matches.isHidden()
        if shown and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            announce(self._line, self._matches.step(1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not shown:
                self._offer(self._line.text())
                return True
            item = self._matches.currentItem()
            if item is not None:
                self._clicked(item)
        elif key == Qt.Key.Key_Escape and self._correcting is not None:
            row = self._correcting
            self._stop_correcting()
            row.correct.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Escape and self._line.text():
            self._line.clear()
            self._matches.show_items([])
            self.refused.emit(" ".join(self._problems))
        else:
            return False
        return True

    # Rows

    def _place_of(self, name: str, until: int) -> int:
        """The how manieth medicine of this name stands at a place, from 1."""
        return 1 + sum(folded(row.name) == folded(name) for row in self._rows[:until])

    def _new_row(self, name: str) -> MedicineRow:
        row = MedicineRow(self, name, self._place_of(name, len(self._rows)), self._holder)
        row.edited.connect(self._hear)
        row.correcting.connect(self._correct)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._list.addWidget(row)
        self._order_tab()
        self._show_empty()
        return row

    def _order_tab(self) -> None:
        stops = [widget for row in self._rows for widget in row.stops()]
        for before, after in pairwise((*stops, self._line, self._none)):
            QWidget.setTabOrder(before, after)

    def showEvent(self, event: QShowEvent) -> None:
        self._order_tab()
        super().showEvent(event)

    def _remove(self, row: MedicineRow) -> None:
        self._drop(row)
        for place, other in enumerate(self._rows):
            other.rename(other.name, self._place_of(other.name, place))
        self._hear(False)
        announce(self, tr("{name} removed").format(name=row.name))
        self.add_row()

    def _drop(self, row: MedicineRow) -> None:
        if row is self._correcting:
            self._stop_correcting()
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.setParent(None)
        row.deleteLater()
        self._show_empty()

    def _show_empty(self) -> None:
        """Only an empty list can be said to be none: nothing that is in it is taken away by that."""
        reveal(self._none_row, not self._rows)

    # Saying and showing

    def _hear(self, typing: bool) -> None:
        found, problems = [], []
        for row in self._rows:
            raw, wrong = row.raw()
            found.append(raw)
            problems += wrong
        self._problems = problems
        with QSignalBlocker(self._none):
            self._none.setChecked(False)
        self.said.emit(found or None, typing)
        self.refused.emit(" ".join(problems))

    def pick(self, number: int) -> bool:
        """The one thing that there is to pick: that there are none, where nothing is listed or typed."""
        if self.option(number) is None:
            return False
        self._none.setChecked(True)
        self._none_clicked()
        return True

    def option(self, number: int) -> QWidget | None:
        nothing = not (self._rows or self._line.text().strip() or self._none.isChecked())
        return self._none if number == 1 and nothing else None

    def is_whole(self, raw: Any) -> bool:
        return isinstance(raw, list | tuple) and not raw

    def _none_clicked(self) -> None:
        self.said.emit([] if self._none.isChecked() else None, False)

    @property
    def unfinished(self) -> Any:
        waiting = "" if self._correcting is not None else self._line.text().strip()
        if not self._problems and not waiting:
            return None
        return {"rows": [row.typed() for row in self._rows], "line": waiting}

    def show_unfinished(self, typed: Any) -> None:
        self._rebuild(typed["rows"])
        self._line.setText(typed["line"])
        if self._rows:
            self._hear(False)
        self._line_left()

    def _rebuild(self, entries: list[dict[str, Any]]) -> None:
        focus = QApplication.focusWidget()
        held = focus is not None and any(row.isAncestorOf(focus) for row in self._rows)
        for row in [*self._rows]:
            self._drop(row)
        for entry in entries:
            self._new_row(str(entry["name"])).show_raw(entry)
        if held:
            self.add_row()

    def show_raw(self, raw: Any) -> None:
        self._problems = []
        entries = [dict(entry) for entry in raw] if isinstance(raw, list | tuple) else []
        if [row.name for row in self._rows] == [entry["name"] for entry in entries]:
            for row, entry in zip(self._rows, entries, strict=True):
                row.show_raw(entry)
        else:
            self._rebuild(entries)
        with QSignalBlocker(self._none):
            self._none.setChecked(isinstance(raw, list | tuple) and not raw)

    def first_focus(self) -> QWidget:
        return self._line


def _without_dose(text: str) -> tuple[str, str]:
    """What was typed as a name and, where one follows it, a dose."""
    found = _DOSE.search(text)
    return (text[: found.start()].strip(), found["dose"].strip()) if found else (text.strip(), "")


def _match_words(match: Match) -> str:
    """A name that was found: `Zoloft – sertraline`."""
    return match.name if folded(match.name) == folded(match.entry.name) else f"{match.name} – {match.entry.name}"
