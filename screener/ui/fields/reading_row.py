"""The controls of one reading: its figures, when and where it was taken, and a line for with what and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from screener.forms.answering import PHASES, NotAnAnswer, exact
from screener.forms.shorthand import AND_ANOTHER, AND_SATURATION, READING
from screener.forms.words import PHASE_WORDS
from screener.language import WINDOW, tr, tr_in
from screener.ui.fields.base import Field
from screener.ui.style.theme import scaled
from screener.ui.widgets.captioned import captioned_beside
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.flow import FlowLayout
from screener.ui.widgets.hints import hold_hint

PARTS = {"systolic": tr("systolic"), "diastolic": tr("diastolic"), "pulse": tr("pulse")}
_PHASES = (("", tr("Phase")), *((phase, WINDOW.word(PHASE_WORDS[phase]).capitalize()) for phase in PHASES))
_ARMS = (("", tr("Arm")), ("left", tr("Left")), ("right", tr("Right")))
_POSITIONS = (
    ("", tr("Position")),
    ("seated", tr("Seated")),
    ("lying", tr("Lying")),
    ("standing", tr_in("position", "Standing")),
)
_MANNER = {
    "cuff": (tr("Cuff"), tr("{name}: cuff"), 96),
    "device": (tr("Device"), tr("{name}: device"), 150),
    "taken_by": (tr("Taken by"), tr("{name}: taken by"), 150),
}
"""By key: what stands before the line, what it is called, and how wide it is."""
GAP_PX = 6
LINES = 3
"""So many lines of the table one reading may take."""


class Manner(QWidget):
    """With what a reading was taken, and by whom. Seldom said: the line is made when it is asked for."""

    edited = Signal()
    entered = Signal()

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(field)
        flow = FlowLayout(self, gap_px=12, rows_px=6)
        self.lines: dict[str, QLineEdit] = {}
        for key, (caption, called, width_px) in _MANNER.items():
            line = self.lines[key] = QLineEdit()
            line.setAccessibleName(called.format(name=name))
            line.setFixedWidth(scaled(width_px))
            line.textEdited.connect(self.edited)
            line.returnPressed.connect(self.entered)
            flow.addWidget(captioned_beside(caption, line, self))
        field.share_undo(*self.lines.values())

    def raw(self) -> dict[str, str]:
        """What is said, by the keys of a reading."""
        return {key: line.text().strip() for key, line in self.lines.items() if line.text().strip()}

    def show_raw(self, raw: Mapping[str, Any]) -> None:
        for key, line in self.lines.items():
            line.setText(str(raw.get(key) or ""))


class ReadingRow(QObject):
    """The controls of one reading. A reading with no figure is not stored."""

    edited = Signal()
    entered = Signal()
    """Enter was pressed in one of its lines."""
    removed = Signal(object)
    grew = Signal()
    """A line was added to it, which Tab comes to."""
    another = Signal(str)
    """Behind a whole reading another one is begun, with this figure."""
    saturation = Signal(int)
    """Behind a whole reading stands a saturation, in percent."""

    def __init__(self, field: Field, number: int, phase: str) -> None:
        super().__init__(field)
        self._field = field
        name = tr("{label}, reading {number}").format(label=field.question.label, number=number)
        self.number = label(str(number), "muted", field)
        self.phase = self._choice(tr("{name}: phase").format(name=name), list(_PHASES))
        self.phase.setCurrentIndex(self.phase.findData(phase))
        self.time = self._line(tr("{name}: time").format(name=name), "", 56)
        hints = {"systolic": ("151/94 82", 84)}
        self.figures = {
            part: self._line(f"{name}: {words}", *hints.get(part, ("", 60))) for part, words in PARTS.items()
        }
        self.arm = self._choice(tr("{name}: arm").format(name=name), list(_ARMS))
        self.position = self._choice(tr("{name}: position").format(name=name), list(_POSITIONS))
        self.more = LinkButton(tr("More"), tr("{name}: cuff, device, taken by").format(name=name), field)
        self.more.clicked.connect(self._turn_manner)
        self.remove = LinkButton(tr("Remove"), tr("{name}: remove").format(name=name), field)
        self._name = name
        self._circumstances: QWidget | None = None
        self._manner: Manner | None = None
        self._place: tuple[QGridLayout, int, int] | None = None
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
        """Its further lines go with it."""
        for line in (self._circumstances, self._manner):
            if line is not None:
                line.hide()
                line.deleteLater()

    def widgets(self) -> list[QWidget]:
        figures = self.figures.values()
        return [self.number, self.phase, self.time, *figures, self.arm, self.position, self.more, self.remove]

    def stops(self) -> list[QWidget]:
        """What Tab comes to, in the order in which it reads."""
        more = [] if self._manner is None else self._manner.lines.values()
        return [*self.widgets()[1:-1], *more, self.remove]

    @property
    def manner(self) -> dict[str, str]:
        """With what it was taken, and by whom, as far as that is said."""
        return {} if self._manner is None else self._manner.raw()

    def show_manner(self, raw: Mapping[str, Any]) -> None:
        """Show it in its line; nothing of it where nothing is said and there is no such line yet."""
        said = {key: raw[key] for key in _MANNER if raw.get(key)}
        if self._manner is None and not said:
            return
        self._made_manner().show_raw(said)
        if said:
            self._open_manner(opened=True)

    def _turn_manner(self) -> None:
        opened = self._made_manner().isHidden()
        self._open_manner(opened=opened)
        if opened:
            self._made_manner().lines["cuff"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_manner(self, *, opened: bool) -> None:
        self._made_manner().setVisible(opened)
        self.more.setText(tr("Less") if opened else tr("More"))

    def _made_manner(self) -> Manner:
        if self._manner is None:
            line = self._manner = Manner(self._name, self._field)
            line.hide()
            line.edited.connect(self.edited)
            line.entered.connect(self.entered)
            self._put_manner()
            self.grew.emit()
        return self._manner

    def _put_manner(self) -> None:
        if self._manner is not None and self._place is not None:
            grid, line, columns = self._place
            grid.addWidget(self._manner, line, 1, 1, columns)

    @property
    def least_width(self) -> int:
        """What it needs to stand in one line, in pixels."""
        parts = [widget.minimumWidth() or widget.sizeHint().width() for widget in self.widgets()]
        return sum(parts) + GAP_PX * (len(parts) - 1)

    def place_in(self, grid: QGridLayout, line: int, *, narrow: bool) -> None:
        """Stand in one line of the table, or in two of them where the window has no room; `manner` below them."""
        first, second = self.widgets(), []
        if narrow:
            second = [self.time, self.phase, self.arm, self.position, self.more]
            first = [widget for widget in first if widget not in second]
        before, self._circumstances = self._circumstances, None
        side = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0)
        for place, widget in enumerate(first):
            grid.addWidget(widget, LINES * line, place, Qt.AlignmentFlag.AlignVCenter | side)
        if second:
            # Not in the columns of the figures: the words are wider.
            self._circumstances = QWidget()
            flow = FlowLayout(self._circumstances, gap_px=6)
            for widget in second:
                flow.addWidget(widget)
            grid.addWidget(self._circumstances, LINES * line + 1, 1, 1, len(first))
        if before is not None:
            before.hide()
            before.deleteLater()
        self._place = (grid, LINES * line + 2, len(first))
        self._put_manner()

    def _remove(self) -> None:
        self.removed.emit(self)

    def _edited(self) -> None:
        line = self.figures["systolic"]
        text = line.text() if line.hasFocus() else ""
        another = AND_ANOTHER.match(text)
        beside = AND_SATURATION.match(text) if self._field.setting.saturation() else None
        whole = another or beside
        if whole is not None:
            line.setText(whole[1] or "")
        self.edited.emit()
        if another is not None:
            self.another.emit(another[2])
        elif beside is not None:
            self.saturation.emit(int(beside[2]))

    def raw(self) -> dict[str, Any] | None:
        """The reading as JSON, or None while it has no figure; NotAnAnswer where a figure is none."""
        texts = {part: line.text().strip() for part, line in self.figures.items()}
        match = READING.match(texts["systolic"])
        if match is not None:
            texts = {part: figure or texts[part] for part, figure in zip(PARTS, match.groups(), strict=True)}
        figures = {part: _figure(text) for part, text in texts.items() if text}
        if not figures:
            return None
        words = {
            "phase": self.phase.currentData(),
            "arm": self.arm.currentData(),
            "position": self.position.currentData(),
            "at": self.time.text().strip(),
            **self.manner,
        }
        return figures | {key: value for key, value in words.items() if value}

    def typed(self) -> dict[str, Any]:
        """The row as it is typed, readable or not, in the form that `show_raw` takes."""
        figures: dict[str, Any] = {part: line.text() for part, line in self.figures.items()}
        more = {"phase": self.phase, "arm": self.arm, "position": self.position}
        chosen = {name: box.currentData() for name, box in more.items()}
        return figures | {"at": self.time.text()} | chosen | self.manner

    def raw_or_none(self) -> dict[str, Any] | None:
        """The reading as JSON, or None while it has no figure or one that is none."""
        try:
            return self.raw()
        except NotAnAnswer:
            return None

    def settle(self) -> None:
        """Once left, a pair typed as `151/94 82` stands in its own places."""
        match = READING.match(self.figures["systolic"].text().strip())
        if match is not None:
            for part, figure in zip(PARTS, match.groups(), strict=True):
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
            said = raw.get(key) or ""
            with QSignalBlocker(box):
                if box.findData(said) < 0:  # said elsewhere, in words of its own: it stays as it is
                    box.addItem(str(said), said)
                box.setCurrentIndex(box.findData(said))
        self.show_manner(raw)


def _figure(text: str) -> Any:
    value = exact(text)
    return int(value) if value == value.to_integral_value() else str(value)
