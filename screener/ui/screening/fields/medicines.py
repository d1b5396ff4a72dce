"""The medicines list as one question: found by name as somebody types, each with its use, dose, route and dates."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from screener.forms.answering import NotAnAnswer
from screener.forms.medicine_search import Match, MedicineSearch
from screener.forms.model import Question
from screener.rules.expressions import ROUTES
from screener.rules.medicines import Dictionary, folded
from screener.rules.words import ROUTE_WORDS
from screener.screening.spoken_dates import ambiguous, parse
from screener.ui.screening.fields.base import Field, Setting
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton, Segmented, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import FlowLayout, hairline
from screener.ui.widgets.speech import announce

USES = (("current", "Taken now"), ("stopped", "Stopped"), ("not_known", "Not known"))
_DOSE = re.compile(
    r"\s+(?P<dose>\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|micrograms?|g|ml|units?|iu|%|puffs?|drops?|tablets?).*)$", re.I
)
_OFFERED = 8


class _DateLine(QLineEdit):
    """A date as people say it, or nothing."""

    def __init__(self, name: str, placeholder: str, field: MedicinesField) -> None:
        super().__init__()
        self._field = field
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFixedWidth(scaled(112))
        self.editingFinished.connect(self._settle)

    def raw(self) -> str | None:
        """What is typed as a stored date; NotAnAnswer where it is none."""
        text = self.text().strip()
        if not text:
            return None
        found = parse(text, self._field.setting.visit_day())
        if found is None:
            two = ambiguous(text)
            hint = "" if two is None else f" It can be {two[0]} or {two[1]}."
            raise NotAnAnswer(f"“{text}” is not read as a date.{hint}")
        return found

    def _settle(self) -> None:
        """Once left, it says what is stored: `3w` becomes the day."""
        try:
            found = self.raw()
        except NotAnAnswer:
            return
        with QSignalBlocker(self):
            self.setText(found or "")

    def show_raw(self, raw: str | None) -> None:
        try:
            same = self.raw() == raw
        except NotAnAnswer:
            same = False
        if not same:
            with QSignalBlocker(self):
                self.setText(raw or "")


class _Row(QWidget):
    """One medicine."""

    edited = Signal()
    removed = Signal(object)

    def __init__(self, field: MedicinesField, name: str) -> None:
        super().__init__()
        self.name = name
        self.told_by: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(4)
        head = QWidget()
        line = FlowLayout(head, gap_px=8, last_at_end=True)
        line.addWidget(label(name, "strong"))
        self._known = label(field.known_as(name), "muted", wrap=False)
        line.addWidget(self._known)
        self.remove = LinkButton("Remove", f"{name}: remove")
        self.remove.clicked.connect(self._remove)
        line.addWidget(self.remove)
        column.addWidget(head)
        self.use = Segmented(f"{name}: use", list(USES))
        self.use.user_chose.connect(self._edited)
        self.dose = QLineEdit()
        self.dose.setAccessibleName(f"{name}: dose")
        self.dose.setPlaceholderText("Dose, how often")
        self.dose.setFixedWidth(scaled(124))
        routes = [("Route", ""), *((ROUTE_WORDS[route], route) for route in field.routes_of(name))]
        self.route = DropDown(f"{name}: route", routes)
        self.route.setProperty("look", "flat")
        self.route.setFixedWidth(scaled(136))
        self.route.activated.connect(self._edited)
        self.started = _DateLine(f"{name}: started", "Started", field)
        self.last_taken = _DateLine(f"{name}: last taken", "Last taken", field)
        body = QWidget()
        flow = FlowLayout(body, gap_px=8)
        for widget in (self.use, self.dose, self.route, self.started, self.last_taken):
            flow.addWidget(widget)
        for typed in (self.dose, self.started, self.last_taken):
            typed.textEdited.connect(self._edited)
        field.share_undo(self.dose, self.started, self.last_taken)
        column.addWidget(body)
        column.addWidget(hairline())

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.use, self.dose, self.route, self.started, self.last_taken, self.remove]

    def _edited(self) -> None:
        self.edited.emit()

    def _remove(self) -> None:
        self.removed.emit(self)

    def raw(self) -> tuple[dict[str, Any], list[str]]:
        """The medicine as JSON, with what of it cannot be stored as typed."""
        found: dict[str, Any] = {"name": self.name, "use": self.use.chosen or "not_known"}
        problems = []
        for key, line in (("started", self.started), ("last_taken", self.last_taken)):
            try:
                found[key] = line.raw()
            except NotAnAnswer as wrong:
                problems.append(f"{self.name}, {key.replace('_', ' ')}: {wrong}")
        found |= {"dose": self.dose.text().strip(), "route": self.route.currentData(), "told_by": self.told_by}
        return {key: value for key, value in found.items() if value}, problems

    def typed(self) -> dict[str, Any]:
        """Everything as it stands typed, for `show_unfinished`."""
        raw, _ = self.raw()
        return raw | {"typed": {"started": self.started.text(), "last_taken": self.last_taken.text()}}

    def show_raw(self, raw: dict[str, Any]) -> None:
        use = raw.get("use", "not_known")
        # Nobody said anything yet: none of the three stands chosen.
        self.use.show_chosen(None if use == "not_known" and self.use.chosen is None else use)
        if self.dose.text().strip() != raw.get("dose", ""):
            with QSignalBlocker(self.dose):
                self.dose.setText(raw.get("dose", ""))
        with QSignalBlocker(self.route):
            self.route.setCurrentIndex(max(0, self.route.findData(raw.get("route", ""))))
        self.started.show_raw(raw.get("started"))
        self.last_taken.show_raw(raw.get("last_taken"))
        self.told_by = raw.get("told_by")
        typed = raw.get("typed", {})
        if typed:
            self.started.setText(typed["started"])
            self.last_taken.setText(typed["last_taken"])


class _Matches(QListWidget):
    """What is offered for what was typed; the line above keeps the keyboard."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def show_items(self, items: list[tuple[str, object]]) -> None:
        self.clear()
        for text, data in items:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, data)
            self.addItem(item)
        self.setVisible(bool(items))
        if items:
            self.setCurrentRow(0)
            rows = self.sizeHintForRow(0) * len(items)
            self.setFixedHeight(rows + 2 * self.frameWidth() + scaled(4))

    def step(self, by: int) -> str:
        """Go to the next or the last one; its words."""
        row = max(0, min(self.count() - 1, self.currentRow() + by))
        self.setCurrentRow(row)
        return self.item(row).text()


class MedicinesField(Field):
    """All medicines of one question. `Ctrl+R` puts the keyboard where the next one is typed."""

    def __init__(self, question: Question, setting: Setting) -> None:
        super().__init__(question, setting)
        self._dictionary = question.dictionary or Dictionary()
        self._search: MedicineSearch | None = None
        self._rows: list[_Row] = []
        self._problems: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column.addLayout(self._list)
        self._line = QLineEdit()
        self._line.setAccessibleName(f"{question.label}: add a medicine by its name or trade name")
        self._line.setPlaceholderText("Add a medicine: name or trade name, with its dose")
        self._line.textEdited.connect(self._offer)
        self._line.installEventFilter(self)
        self.share_undo(self._line)
        column.addWidget(self._line)
        self._matches = _Matches(f"{question.label}: names found")
        self._matches.itemClicked.connect(self._clicked)
        column.addWidget(self._matches)
        self._none = QCheckBox("No medicines")
        self._none.setAccessibleName(f"{question.label}: no medicines")
        self._none.clicked.connect(self._none_clicked)
        column.addWidget(self._none)

    # What the dictionary says

    def known_as(self, name: str) -> str:
        """Which medicine a name is, and its most telling classes; or that it is not in the dictionary."""
        product = self._dictionary.find(name)
        if product is None:
            return "not in the dictionary: rules about classes stay open"
        parts = [part for part in product.parts if folded(part.name) != folded(name)]
        own = "" if not parts else " with ".join(part.name for part in product.parts)
        classes = dict.fromkeys(
            self._dictionary.class_title(c) for part in product.parts for c in list(part.classes)[:2]
        )
        return " · ".join(text for text in (own, ", ".join(classes)) if text) or "no class that a rule reads"

    def routes_of(self, name: str) -> tuple[str, ...]:
        """The routes that a medicine is given by, first, then all others."""
        product = self._dictionary.find(name)
        own = [route for route in ROUTES if product is not None and route in product.routes]
        return tuple(dict.fromkeys([*own, *ROUTES]))

    # Adding

    def add_row(self) -> None:
        """Go where the next medicine is typed."""
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, text: str) -> list[Match]:
        if self._search is None:
            self._search = self.setting.medicines()
        return [] if self._search is None else self._search.find(text, _OFFERED)

    def _offer(self, text: str) -> None:
        name = _without_dose(text)[0]
        if len(name) < 2:
            self._matches.show_items([])
            return
        items: list[tuple[str, object]] = [(_match_words(match), match.name) for match in self._found(name)]
        if not any(folded(name) == folded(str(known)) for _, known in items):
            items.append((f"Add “{name}” as typed: not in the dictionary", name))
        self._matches.show_items(items)
        announce(self._line, f"{len(items)} offered: {items[0][0]}")

    def _clicked(self, item: QListWidgetItem) -> None:
        self._add(str(item.data(Qt.ItemDataRole.UserRole)))

    def _add(self, name: str) -> None:
        dose = _without_dose(self._line.text())[1]
        row = self._new_row(name)
        row.dose.setText(dose)
        self._line.clear()
        self._matches.show_items([])
        self._hear()
        announce(self, f"{name} added. {self.known_as(name)}")
        row.use.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self._line and pressed and self._take_key(Qt.Key(event.key())):  # type: ignore[attr-defined]
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, key: Qt.Key) -> bool:
        if self._matches.isHidden():
            return False
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            announce(self._line, self._matches.step(1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self._matches.currentItem()
            if item is not None:
                self._clicked(item)
        elif key == Qt.Key.Key_Escape:
            self._line.clear()
            self._matches.show_items([])
        else:
            return False
        return True

    # Rows

    def _new_row(self, name: str) -> _Row:
        row = _Row(self, name)
        row.edited.connect(self._hear)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._list.addWidget(row)
        self._order_tab()
        return row

    def _order_tab(self) -> None:
        stops = [widget for row in self._rows for widget in row.stops()]
        for before, after in pairwise((*stops, self._line, self._none)):
            QWidget.setTabOrder(before, after)

    def showEvent(self, event: QShowEvent) -> None:
        self._order_tab()
        super().showEvent(event)

    def _remove(self, row: _Row) -> None:
        self._drop(row)
        self._hear()
        self.add_row()

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _hear(self) -> None:
        found, problems = [], []
        for row in self._rows:
            raw, wrong = row.raw()
            found.append(raw)
            problems += wrong
        self._problems = problems
        with QSignalBlocker(self._none):
            self._none.setChecked(False)
        self.said.emit(found or None, True)
        self.refused.emit(" ".join(problems))

    def _none_clicked(self) -> None:
        raw: list[Any] | None = [] if self._none.isChecked() else None
        self.show_raw(raw)
        self.said.emit(raw, False)

    @property
    def unfinished(self) -> Any:
        if not self._problems and not self._line.text().strip():
            return None
        return {"rows": [row.typed() for row in self._rows], "line": self._line.text()}

    def show_unfinished(self, typed: Any) -> None:
        self._rebuild(typed["rows"])
        self._line.setText(typed["line"])
        if self._rows:
            self._hear()

    def _rebuild(self, entries: list[dict[str, Any]]) -> None:
        for row in [*self._rows]:
            self._drop(row)
        for entry in entries:
            self._new_row(str(entry["name"])).show_raw(entry)

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
