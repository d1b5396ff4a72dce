"""Repeated readings as one question: a table of rows, their mean, and a small chart whose lines say whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from screener.far_off import far_off
from screener.forms.answering import NONE_TAKEN, NotAnAnswer, read_value
from screener.forms.model import Question
from screener.forms.statements import mean_words
from screener.forms.words import PHASE_WORDS
from screener.language import WINDOW, tr
from screener.rules.readings import in_phase, statistic, values_of
from screener.rules.values import Reading, Readings
from screener.ui.fields.base import Field, Setting
from screener.ui.fields.chart import ReadingsChart
from screener.ui.fields.reading_row import GAP_PX, PARTS, ReadingRow
from screener.ui.style.theme import scaled
from screener.ui.widgets.choosing import CheckRow
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.flow import UNBOUND
from screener.ui.widgets.mirrored import as_written
from screener.ui.widgets.visible import keep_room

_HEADS = ("#", tr("Phase"), tr("Time"), tr("Systolic"), tr("Diastolic"), tr("Pulse"), tr("Arm"), tr("Position"), "", "")
_FIGURE_HEADS = (tr("Systolic"), tr("Diastolic"), tr("Pulse"))
_NARROW_HEADS = ("#", *_FIGURE_HEADS, "")
_NARROW_PX = 640
_AGES_AFTER_MS = 15_000
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
Figures = tuple[Sequence[Any], Sequence[Any]]
"""The systolic and the diastolic figures of some readings."""


def _figures_in_words(taken: int, figures: Figures, means: list[str], phase: str) -> list[str]:
    """What stands beside the chart: of how many readings, the mean, the highest and the last figure of each part."""
    systolic, diastolic = figures
    if taken == 1:
        return [
            tr("One reading, {phase}").format(phase=phase) if phase else tr("One reading"),
            as_written(" / ".join(str(part[0]) if part else "–" for part in figures)),
            "",
        ]
    counts = (
        f"{len(systolic)}"
        if len(systolic) == len(diastolic)
        else tr("{count} and {count_2}").format(count=len(systolic), count_2=len(diastolic))
    )
    if counts == f"{taken}":
        mean = tr("Mean of {counts}, {phase}") if phase else tr("Mean of {counts}")
    elif phase:
        mean = tr("Mean of {counts} figures, of {taken} readings, {phase}")
    else:
        mean = tr("Mean of {counts} figures, of {taken} readings")
    highest, last = ([str(pick(part)) if part else "–" for part in figures] for pick in (max, lambda part: part[-1]))
    spoken = tr("highest systolic {highest}, diastolic {highest_2} · last {last}").format(
        highest=highest[0], highest_2=highest[1], last="/".join(last)
    )
    return [mean.format(counts=counts, taken=taken, phase=phase), as_written(" / ".join(means)), spoken]


def said_of(readings: Sequence[Reading], phase: str | None) -> list[str]:
    """What stands beside the chart of some readings: how many they are, their mean, highest and last."""
    if not readings:
        return ["", "", ""]
    figures = (values_of(readings, "systolic"), values_of(readings, "diastolic"))
    means = [statistic("mean", values) for values in figures]
    said = ["–" if mean is None else mean_words(mean) for mean in means]
    return _figures_in_words(len(readings), figures, said, WINDOW.word(PHASE_WORDS[phase]) if phase else "")


class ReadingsField(Field):
    """Rows of readings; `151/94 82` may be typed in one go, Ctrl+R adds a row, every reading is kept."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent)
        self._rows: list[ReadingRow] = []
        self._raw: Any = None
        self._problems: list[str] = []
        self._last_at: str | None = None
        self._alone = False
        self._counted = ""
        """Of how many readings the mean is."""
        self._minutes = QTimer(self, interval=_AGES_AFTER_MS)
        self._minutes.timeout.connect(self._show_age)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP_PX)
        self._grid.setVerticalSpacing(6)
        self._narrow = False
        self._placed = 0
        """So many rows were put in the table, with those that went again."""
        self._heads: list[QWidget] = []
        self._place_heads()
        column.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        left = QVBoxLayout()
        self._add = ActionButton(tr("Add reading"), "Ctrl+R", "")
        self._add.clicked.connect(self.add_row)
        left.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._none = CheckRow(tr("None taken"), tr("{label}: none taken").format(label=question.label))
        self._none.clicked.connect(self._none_clicked)
        left.addWidget(self._none)
        foot.addLayout(left)
        self._chart = ReadingsChart(question.label, setting.limits)
        keep_room(self._chart)
        foot.addWidget(self._chart, 1)
        right = QVBoxLayout()
        self._means: list[QLabel] = []
        for level in ("small", "figure", "small"):
            made = label("", level, wrap=True)
            made.setAlignment(Qt.AlignmentFlag.AlignRight)
            right.addWidget(made)
            self._means.append(made)
        foot.addLayout(right)
        column.addLayout(foot)
        self.add_row()

    def add_row(self) -> None:
        """A new empty row in the phase of now, or of the last row, ready to type into.

        What the last one was taken with, and by whom, is in sight there and taken over.
        """
        phase = self.setting.phase()
        if phase is None:
            phase = self._rows[-1].phase.currentData() if self._rows else "screening"
        before = self._rows[-1].manner if self._rows else {}
        row = self._new_row(phase)
        row.show_manner(before)
        row.time.setText(self.setting.now().strftime("%H:%M"))
        if self.isVisible():
            row.figures["systolic"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_another(self, figure: str) -> None:
        """Readings are typed one behind the other: each has its own row, and the time at which it was begun."""
        self.add_row()
        line = self._rows[-1].figures["systolic"]
        # At once: a widget that is not shown yet would get the keyboard after the next key.
        line.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.setText(figure)
        self._hear()

    def _say_saturation(self, percent: int) -> None:
        """A figure that was begun as another reading was none."""
        if len(self._rows) > 1 and self._rows[-1].raw_or_none() is None:
            self._remove(self._rows[-1])
            self._rows[-1].figures["systolic"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.said_beside.emit(self.setting.saturation(), percent)

    def _new_row(self, phase: str) -> ReadingRow:
        row = ReadingRow(self, len(self._rows) + 1, phase)
        row.edited.connect(self._hear)
        row.entered.connect(self.done)
        row.another.connect(self._begin_another)
        row.saturation.connect(self._say_saturation)
        row.removed.connect(self._remove)
        row.grew.connect(self._order_tab)
        for part in ("systolic", "diastolic", "pulse"):
            row.figures[part].editingFinished.connect(row.settle)
        self._rows.append(row)
        self._placed += 1
        row.place_in(self._grid, self._placed, narrow=self._narrow)
        self._order_tab()
        self._number()
        return row

    def _order_tab(self) -> None:
        """Tab goes through the rows, then to adding one: as it reads."""
        stops = [widget for row in self._rows for widget in row.stops()]
        for before, after in pairwise((*stops, self._add, self._none)):
            QWidget.setTabOrder(before, after)

    def hideEvent(self, event: QHideEvent) -> None:
        self._minutes.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._show_age()
        self._minutes.start()
        # Coming into the window, a field brings its parts along in the order in which they were made.
        self._order_tab()
        super().showEvent(event)

    def _place_heads(self) -> None:
        for old in self._heads:
            self._grid.removeWidget(old)
            old.deleteLater()
        heads = _NARROW_HEADS if self._narrow else _HEADS
        self._heads = []
        for place, head in enumerate(heads):
            made = label(head, "small")
            if head in _FIGURE_HEADS and not self._narrow:
                made.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(made, 0, place)
            self._heads.append(made)
        for place in range(len(_HEADS) + 1):
            self._grid.setColumnStretch(place, 1 if place == len(heads) else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < max([scaled(_NARROW_PX), *(row.least_width for row in self._rows[:1])])
        if narrow is not self._narrow:
            self._narrow = narrow
            # The figures stand in the table: the picture of them gives way.
            self._chart.setMaximumWidth(0 if narrow else UNBOUND)
            for row in self._rows:
                for widget in row.widgets():
                    self._grid.removeWidget(widget)
            self._place_heads()
            for line, row in enumerate(self._rows, start=1):
                row.place_in(self._grid, line, narrow=narrow)
            self._placed = len(self._rows)
            self._order_tab()

    def minimumSizeHint(self) -> QSize:
        # Narrower than its table: it puts the table in two lines then, instead of making the page scroll sideways.
        return QSize(scaled(300), super().minimumSizeHint().height())

    def _number(self) -> None:
        for number, row in enumerate(self._rows, start=1):
            row.number.setText(str(number))
            row.remove.setVisible(len(self._rows) > 1 or row.raw_or_none() is not None)

    def _remove(self, row: ReadingRow) -> None:
        self._drop(row)
        if not self._rows:
            self.add_row()
        self._number()
        self._hear()

    def _drop(self, row: ReadingRow) -> None:
        self._rows.remove(row)
        for widget in row.widgets():
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        row.drop()
        row.deleteLater()

    def _hear(self) -> None:
        """Store every reading that can be read; one that cannot is named by its number and stays as it is typed."""
        found, problems = [], []
        for number, row in enumerate(self._rows, start=1):
            try:
                raw = row.raw()
                if raw is not None:
                    read_value(self.question, [raw])
                    found.append(raw)
            except NotAnAnswer as wrong:
                problems.append(
                    tr("reading {number}, {wrong}: type it as 151/94 82, or each figure in its place.").format(
                        number=number, wrong=wrong
                    )
                )
        with QSignalBlocker(self._none):
            self._none.setChecked(False)
        self._raw, self._problems = found or None, problems
        self._show_figures()
        self._number()
        self.said.emit(self._raw, True)
        self.refused.emit(" ".join(problems))

    @property
    def unfinished(self) -> list[dict[str, Any]] | None:
        return [row.typed() for row in self._rows] if self._problems else None

    def show_unfinished(self, typed: list[dict[str, Any]]) -> None:
        self._rebuild(typed)
        self._hear()

    def _none_clicked(self) -> None:
        raw = NONE_TAKEN if self._none.isChecked() else None
        # Readings that are no answer any more do not stay on the screen; undo brings them back.
        self.show_raw(raw)
        self.said.emit(raw, False)

    def show_raw(self, raw: Any) -> None:
        self._problems = []
        readings = list(raw) if isinstance(raw, list | tuple) else []
        shown = [row.raw_or_none() for row in self._rows]
        if [entry for entry in shown if entry is not None] != readings:
            self._rebuild(readings)
        with QSignalBlocker(self._none):
            self._none.setChecked(raw == NONE_TAKEN)
        self._raw = raw
        self._show_figures()
        self._number()

    def _rebuild(self, readings: list[Any]) -> None:
        for row in list(self._rows):
            self._drop(row)
        for entry in readings:
            raw = dict(zip(PARTS, entry, strict=False)) if isinstance(entry, list | tuple) else dict(entry)
            self._new_row(raw.get("phase", "screening")).show_raw(raw)
        if not self._rows:
            self.add_row()

    def _show_figures(self) -> None:
        """The mean of the latest phase, highest and last beside it, and the chart."""
        value = read_value(self.question, self._raw) if isinstance(self._raw, list) else None
        readings = value if isinstance(value, Readings) else Readings(())
        phases = [reading.phase for reading in readings.items]
        phase = phases[-1] if phases else None
        chosen = in_phase(readings, phase)
        texts = said_of(chosen, phase)
        for made, text in zip(self._means, texts, strict=True):
            made.setText(text)
        self._last_at, self._alone = (chosen[-1].at, len(chosen) == 1) if chosen else (None, False)
        self._counted = texts[0]
        self._show_age()
        self._chart.show_readings(chosen, f"{texts[0]}: {texts[1]}" if texts[0] else tr("no readings"))

    def _show_age(self) -> None:
        """How long ago the last of them was taken; on another day than the visit's, when that was."""
        now, at, day = self.setting.now(), self._last_at, self.setting.visit_day()
        if at is None or not _TIME.match(at):
            self._means[0].setText(self._counted)
            return
        age = far_off(datetime.combine(day, time.fromisoformat(at)), now) if day == now.date() else at
        if not self._alone:
            age = tr("the last {ago}").format(ago=age)
        self._means[0].setText(", ".join((self._counted, age)))

    def first_focus(self) -> QWidget:
        return self._rows[-1].figures["systolic"]
