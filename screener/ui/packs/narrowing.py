"""What the list of rules is narrowed to: lists to choose from, closed until they are wanted, and what holds now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from screener.forms.browsing import NARROWINGS, RuleLine, Wanted, choices, words_of
from screener.forms.model import Pack
from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import FlowLayout, clear

_WORDS = {
    "theme": tr("Theme"),
    "pathway": tr("Pathway"),
    "profile": tr("Profile"),
    "tier": tr("Tier"),
    "class_": tr("Class"),
    "strength": tr("Strength"),
    "status": tr("Status"),
}
"""What can be narrowed by."""
_ARROW_PX = 44
_GAP_PX = 6


class Narrowing(QWidget):
    """Lists with counts of what each choice would leave. What is chosen stands below as links that take it back."""

    changed = Signal(object)
    """A `Wanted`; its text is left as it was."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted = Wanted()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._turn = LinkButton(tr("Narrow down…"))
        self._turn.setCheckable(True)
        self._turn.toggled.connect(self._open)
        column.addWidget(self._turn, 0, Qt.AlignmentFlag.AlignLeft)
        self._lists = QWidget()
        self._grid = QGridLayout(self._lists)
        self._grid.setContentsMargins(0, 0, 0, 4)
        self._grid.setSpacing(_GAP_PX)
        self.lists: dict[str, DropDown] = {}
        for place, name in enumerate(NARROWINGS):
            made = DropDown(_WORDS[name])
            made.setMinimumContentsLength(8)
            made.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            made.activated.connect(partial(self._chosen, name))
            self._grid.addWidget(made, place // 2, place % 2)
            self.lists[name] = made
        column.addWidget(self._lists)
        self._lists.hide()
        self._held = QWidget()
        self._flow = FlowLayout(self._held, gap_px=4, rows_px=2)
        column.addWidget(self._held)
        self._held.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(_all_of(name)) for name in NARROWINGS) + scaled(_ARROW_PX)
        columns = 2 if 2 * widest + _GAP_PX <= event.size().width() else 1
        for place, made in enumerate(self.lists.values()):
            self._grid.addWidget(made, place // columns, place % columns)

    def _open(self, opened: bool) -> None:
        self._lists.setVisible(opened)
        self._turn.setText(tr("Close the lists") if opened else tr("Narrow down…"))
        self._turn.setAccessibleName(self._turn.text())

    def _chosen(self, name: str, place: int) -> None:
        value = str(self.lists[name].itemData(place) or "")
        self.changed.emit(self._wanted.without(name) if not value else replace(self._wanted, **{name: value}))

    def _take_back(self) -> None:
        name = self.sender().property("narrowing")
        self._turn.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self._wanted.without(name) if name else Wanted(text=self._wanted.text))

    def show_wanted(self, pack: Pack, lines: tuple[RuleLine, ...], wanted: Wanted) -> None:
        """Show what holds, and what each list would leave."""
        held = wanted.narrowed != self._wanted.narrowed or any(
            getattr(wanted, name) != getattr(self._wanted, name) for name in NARROWINGS
        )
        self._wanted = wanted
        for name, shown in self.lists.items():
            with QSignalBlocker(shown):
                self._fill(shown, pack, lines, name)
        if held:
            self._show_held(pack)

    def _fill(self, shown: DropDown, pack: Pack, lines: tuple[RuleLine, ...], name: str) -> None:
        offered = choices(pack, lines, self._wanted, name)
        texts = [
            (_all_of(name), ""),
            *((f"{one.words} ({one.count})", one.value) for one in offered),
        ]
        if shown.count() != len(texts):
            shown.clear()
            for text, value in texts:
                shown.addItem(text, value)
        for place, (text, value) in enumerate(texts):
            if shown.itemText(place) != text or shown.itemData(place) != value:
                shown.setItemText(place, text)
                shown.setItemData(place, value)
        shown.show_value(getattr(self._wanted, name))

    def _show_held(self, pack: Pack) -> None:
        clear(self._flow)
        for name in self._wanted.narrowed:
            said = words_of(pack, name, getattr(self._wanted, name))
            link = LinkButton(
                f"{said} ×",
                tr("{words}: {said}. Take this back").format(words=_WORDS[name], said=said),
            )
            link.setMaximumWidth(scaled(310))
            link.setProperty("narrowing", name)
            link.clicked.connect(self._take_back)
            self._flow.addWidget(link)
        if len(self._wanted.narrowed) > 1:
            every = LinkButton(tr("All of them ×"), tr("Take back all that narrows the list"))
            every.setProperty("narrowing", "")
            every.clicked.connect(self._take_back)
            self._flow.addWidget(every)
        self._held.setVisible(bool(self._wanted.narrowed))


def _all_of(name: str) -> str:
    """What a list says while it narrows nothing."""
    return tr("{words}: all").format(words=_WORDS[name])
