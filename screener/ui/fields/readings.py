"""Repeated readings as one question: a table of rows, their mean, and a small chart whose lines say whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from screener.forms.answering import NONE_TAKEN, PHASES, NotAnAnswer, exact, read_value
from screener.forms.model import Question
from screener.forms.statements import mean_words
from screener.forms.words import PHASE_WORDS
from screener.language import WINDOW, tr, tr_in
from screener.rules.readings import in_phase, statistic, values_of
from screener.rules.values import Readings
from screener.ui.fields.base import Field, Setting
from screener.ui.fields.chart import ReadingsChart
from screener.ui.style.theme import scaled
from screener.ui.widgets.choosing import CheckRow
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.flow import UNBOUND, FlowLayout
from screener.ui.widgets.hints import hold_hint
from screener.ui.widgets.visible import keep_room

_SHORTHAND = re.compile(r"^(\d{1,3})\s*[/ ]\s*(\d{1,3})(?:\s+(\d{1,3}))?$")
_AND_ANOTHER = re.compile(r"^(\d{1,3}\s*[/ ]\s*\d{1,3}\s+\d{2,3})[\s,;]+(\d)$")
"""A whole reading, and the first figure of another one behind it."""
_PARTS = {"systolic": tr("systolic"), "diastolic": tr("diastolic"), "pulse": tr("pulse")}
_PHASES = (("", tr("Phase")), *((phase, WINDOW.word(PHASE_WORDS[phase]).capitalize()) for phase in PHASES))
_ARMS = (("", tr("Arm")), ("left", tr("Left")), ("right", tr("Right")))
_POSITIONS = (
    ("", tr("Position")),
    ("seated", tr("Seated")),
    ("lying", tr("Lying")),
    ("standing", tr_in("position", "Standing")),
)
_HEADS = ("#", tr("Phase"), tr("Time"), tr("Systolic"), tr("Diastolic"), tr("Pulse"), tr("Arm"), tr("Position"), "")
_FIGURE_HEADS = (tr("Systolic"), tr("Diastolic"), tr("Pulse"))
_NARROW_HEADS = ("#", *_FIGURE_HEADS, "")
_NARROW_PX = 640
_GAP_PX = 6
Figures = tuple[Sequence[Any], Sequence[Any]]
"""The systolic and the diastolic figures of some readings."""


class _Row(QObject):
    """The controls of one reading. A reading with no figure is not stored."""

    edited = Signal()
    entered = Signal()
    """Enter was pressed in one of its lines."""
    removed = Signal(object)
    another = Signal(str)
    """Behind a whole reading another one is begun, with this figure."""

    def __init__(self, field: ReadingsField, number: int, phase: str) -> None:
        super().__init__(field)
        self._field = field
        name = tr("{label}, reading {number}").format(label=field.question.label, number=number)
        self.number = label(str(number), "muted", field)
        self.phase = self._choice(tr("{name}: phase").format(name=name), list(_PHASES))
        self.phase.setCurrentIndex(self.phase.findData(phase))
        self.time = self._line(tr("{name}: time").format(name=name), "", 56)
        hints = {"systolic": ("151/94 82", 84)}
        self.figures = {
            part: self._line(f"{name}: {words}", *hints.get(part, ("", 60))) for part, words in _PARTS.items()
        }
        self.arm = self._choice(tr("{name}: arm").format(name=name), list(_ARMS))
        self.position = self._choice(tr("{name}: position").format(name=name), list(_POSITIONS))
        self.remove = LinkButton(tr("Remove"), tr("{name}: remove").format(name=name), field)
        self._circumstances: QWidget | None = None
        self.remove.clicked.connect(self._remove)
        field.share_undo(self.time, *self.figures.values())

    def _line(self, name: str, hint: str, width_px: int) -> QLineEdit:
        line = QLineEdit(self._field)
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        hold_hint(line, width_px)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.textEdited.connect(self._edited)
        line.returnPressed.connect(self.entered)
        return line

    def _choice(self, name: str, options: list[tuple[str, str]]) -> DropDown:
        box = DropDown(name, [(text, data) for data, text in options], self._field)
        box.setProperty("look", "flat")
        box.activated.connect(self.edited)
        return box

    def drop(self) -> None:
        """The second of its lines goes with it."""
        if self._circumstances is not None:
            self._circumstances.hide()
            self._circumstances.deleteLater()

    def widgets(self) -> list[QWidget]:
        return [self.number, self.phase, self.time, *self.figures.values(), self.arm, self.position, self.remove]

    @property
    def least_width(self) -> int:
        """What it needs to stand in one line, in pixels."""
        parts = [widget.minimumWidth() or widget.sizeHint().width() for widget in self.widgets()]
        return sum(parts) + _GAP_PX * (len(parts) - 1)

    def place_in(self, grid: QGridLayout, line: int, *, narrow: bool) -> None:
        """Stand in one line of the table, or in two of them where the window has no room."""
        first, second = self.widgets(), []
        if narrow:
            second = [self.time, self.phase, self.arm, self.position]
            first = [widget for widget in first if widget not in second]
        before, self._circumstances = self._circumstances, None
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        for place, widget in enumerate(first):
            grid.addWidget(widget, 2 * line, place, Qt.AlignmentFlag.AlignVCenter | side)
        if second:
            # Not in the columns of the figures: the words are wider.
            self._circumstances = QWidget()
            flow = FlowLayout(self._circumstances, gap_px=6)
            for widget in second:
                flow.addWidget(widget)
            grid.addWidget(self._circumstances, 2 * line + 1, 1, 1, len(first))
        if before is not None:
            before.hide()
            before.deleteLater()

    def _remove(self) -> None:
        self.removed.emit(self)

    def _edited(self) -> None:
        line = self.figures["systolic"]
        whole = _AND_ANOTHER.match(line.text()) if line.hasFocus() else None
        if whole is not None:
            line.setText(whole[1])
        self.edited.emit()
        if whole is not None:
            self.another.emit(whole[2])

    def raw(self) -> dict[str, Any] | None:
        """The reading as JSON, or None while it has no figure; NotAnAnswer where a figure is none."""
        texts = {part: line.text().strip() for part, line in self.figures.items()}
        match = _SHORTHAND.match(texts["systolic"])
        if match is not None:
            texts = {part: figure or texts[part] for part, figure in zip(_PARTS, match.groups(), strict=True)}
        figures = {part: _figure(text) for part, text in texts.items() if text}
        if not figures:
            return None
        words = {
            "phase": self.phase.currentData(),
            "arm": self.arm.currentData(),
            "position": self.position.currentData(),
            "at": self.time.text().strip(),
        }
        return figures | {key: value for key, value in words.items() if value}

    def typed(self) -> dict[str, Any]:
        """The row as it is typed, readable or not, in the form that `show_raw` takes."""
        figures: dict[str, Any] = {part: line.text() for part, line in self.figures.items()}
        more = {"phase": self.phase, "arm": self.arm, "position": self.position}
        return figures | {"at": self.time.text()} | {name: box.currentData() for name, box in more.items()}

    def raw_or_none(self) -> dict[str, Any] | None:
        """The reading as JSON, or None while it has no figure or one that is none."""
        try:
            return self.raw()
        except NotAnAnswer:
            return None

    def settle(self) -> None:
        """Once left, a pair typed as `151/94 82` stands in its own places."""
        match = _SHORTHAND.match(self.figures["systolic"].text().strip())
        if match is not None:
            for part, figure in zip(_PARTS, match.groups(), strict=True):
                if figure:
                    with QSignalBlocker(self.figures[part]):
                        self.figures[part].setText(figure)

    def show_raw(self, raw: dict[str, Any]) -> None:
        for part, line in self.figures.items():
            with QSignalBlocker(line):
                line.setText("" if raw.get(part) is None else str(raw[part]))
        with QSignalBlocker(self.time):
            self.time.setText(raw.get("at", ""))
        for key, box in (("phase", self.phase), ("arm", self.arm), ("position", self.position)):
            index = box.findData(raw.get(key, ""))
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, index))


def _figure(text: str) -> Any:
    value = exact(text)
    return int(value) if value == value.to_integral_value() else str(value)


def _figures_in_words(taken: int, figures: Figures, means: list[str], phase: str) -> list[str]:
    """What stands beside the chart: of how many readings, the mean, the highest and the last figure of each part."""
    systolic, diastolic = figures
    if taken == 1:
        return [
            tr("One reading, {phase}").format(phase=phase) if phase else tr("One reading"),
            " / ".join(str(part[0]) if part else "–" for part in figures),
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
    return [mean.format(counts=counts, taken=taken, phase=phase), " / ".join(means), spoken]


class ReadingsField(Field):
    """Rows of readings; `151/94 82` may be typed in one go, Ctrl+R adds a row, every reading is kept."""

    def __init__(self, question: Question, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(question, setting, parent)
        self._rows: list[_Row] = []
        self._raw: Any = None
        self._problems: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP_PX)
        self._grid.setVerticalSpacing(6)
        self._narrow = False
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
        """A new empty row in the phase of now, or of the last row, ready to type into."""
        phase = self.setting.phase()
        if phase is None:
            phase = self._rows[-1].phase.currentData() if self._rows else "screening"
        row = self._new_row(phase)
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

    def _new_row(self, phase: str) -> _Row:
        row = _Row(self, len(self._rows) + 1, phase)
        row.edited.connect(self._hear)
        row.entered.connect(self.done)
        row.another.connect(self._begin_another)
        row.removed.connect(self._remove)
        for part in ("systolic", "diastolic", "pulse"):
            row.figures[part].editingFinished.connect(row.settle)
        self._rows.append(row)
        row.place_in(self._grid, self._grid.rowCount(), narrow=self._narrow)
        self._order_tab()
        self._number()
        return row

    def _order_tab(self) -> None:
        """Tab goes through the rows, then to adding one: as it reads."""
        stops = [widget for row in self._rows for widget in row.widgets()[1:]]
        for before, after in pairwise((*stops, self._add, self._none)):
            QWidget.setTabOrder(before, after)

    def showEvent(self, event: QShowEvent) -> None:
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
            self._order_tab()

    def minimumSizeHint(self) -> QSize:
        # Narrower than its table: it puts the table in two lines then, instead of making the page scroll sideways.
        return QSize(scaled(300), super().minimumSizeHint().height())

    def _number(self) -> None:
        for number, row in enumerate(self._rows, start=1):
            row.number.setText(str(number))
            row.remove.setVisible(len(self._rows) > 1 or row.raw_or_none() is not None)

    def _remove(self, row: _Row) -> None:
        self._drop(row)
        if not self._rows:
            self.add_row()
        self._number()
        self._hear()

    def _drop(self, row: _Row) -> None:
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
            raw = dict(zip(_PARTS, entry, strict=False)) if isinstance(entry, list | tuple) else dict(entry)
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
        texts = ["", "", ""]
        if chosen:
            figures = (values_of(chosen, "systolic"), values_of(chosen, "diastolic"))
            means = [statistic("mean", values) for values in figures]
            said = ["–" if mean is None else mean_words(mean) for mean in means]
            texts = _figures_in_words(len(chosen), figures, said, WINDOW.word(PHASE_WORDS[phase]) if phase else "")
        for made, text in zip(self._means, texts, strict=True):
            made.setText(text)
        self._chart.show_readings(chosen, f"{texts[0]}: {texts[1]}" if texts[0] else tr("no readings"))

    def first_focus(self) -> QWidget:
        return self._rows[-1].figures["systolic"]
