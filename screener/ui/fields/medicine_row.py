"""One medicine of a list: what it is, whether it is taken, dose, route, dates as people say them, how it is known."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from screener.forms.answering import NotAnAnswer
from screener.forms.words import days_before_words
from screener.language import WINDOW, kept, tr
from screener.rules.values import PartialDate
from screener.rules.words import ROUTE_WORDS
from screener.ui.fields.base import Setting
from screener.ui.fields.typing import spoken_date
from screener.ui.style.theme import scaled
from screener.ui.widgets.captioned import captioned_beside
from screener.ui.widgets.controls import LinkButton, Segmented, chip, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.inline import InlineChoice
from screener.ui.widgets.layout import KEPT_TOGETHER, FlowLayout, hairline
from screener.ui.widgets.visible import reveal

USES = (("current", tr("Taken now")), ("stopped", tr("Stopped")), ("not_known", tr("Not known")))
KNOWN_FROM = (kept("the bottle or box"), kept("a list"), kept("recall"), kept("a letter"))
_DATES = {"started": tr("{called}: started"), "last_taken": tr("{called}: last taken")}
_NO_DATES = {"started": tr("{called}, started: {wrong}"), "last_taken": tr("{called}, last taken: {wrong}")}


class MedicineList(Protocol):
    """What a row asks of the list that it stands in."""

    setting: Setting

    def known_as(self, name: str) -> str: ...

    def routes_of(self, name: str) -> tuple[str, ...]: ...

    def share_undo(self, *typed: QWidget) -> None: ...


class DateLine(QLineEdit):
    """A date as people say it, or nothing."""

    def __init__(self, name: str, setting: Setting) -> None:
        super().__init__()
        self._setting = setting
        self.setAccessibleName(name)
        self.setFixedWidth(scaled(104))
        self.editingFinished.connect(self._settle)

    def raw(self) -> str | None:
        """What is typed as a stored date; NotAnAnswer where it is none."""
        text = self.text().strip()
        return spoken_date(text, self._setting.visit_day()) if text else None

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


class MedicineRow(QWidget):
    """One medicine with its controls; it stores nothing, the list does."""

    edited = Signal(bool)
    """Something of it changed; whether by typing that may go on."""
    correcting = Signal(object)
    """Its name is another one."""
    removed = Signal(object)

    def __init__(self, field: MedicineList, name: str, place: int, parent: QWidget) -> None:
        """`place`: the how manieth of this name it is, from 1."""
        super().__init__(parent)
        self.setProperty(KEPT_TOGETHER, True)
        self.name, self._place, self._field = name, place, field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        # Each part stands in its place before it is filled: what is put there when it is whole is dressed once more.
        head, body = QWidget(self), QWidget(self)
        for part in (head, body):
            column.addWidget(part)
        self._fill_head(head)
        self._fill_body(body)
        column.addSpacing(2)
        column.addWidget(hairline())
        self._name_all()
        self._show_ago()

    # Building

    def _fill_head(self, head: QWidget) -> None:
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        told = QWidget(head)
        row.addWidget(told, 1)
        flow = FlowLayout(told, gap_px=8, rows_px=2)
        flow.setContentsMargins(0, 2, 0, 0)
        self._title = label("", "strong", wrap=True)
        self._known = label("", "muted", wrap=True)
        self._ago = label("", wrap=True)
        self._strange = chip(tr("not in the dictionary"), kind="dashed")
        self._strange.setToolTip(tr("Rules about classes of medicines stay open"))
        for part in (self._title, self._known, self._strange, self._ago):
            flow.addWidget(part)
        self.correct, self.remove = LinkButton(tr("Correct")), LinkButton(tr("Remove"))
        self.correct.setToolTip(tr("The name is another one"))
        self.correct.clicked.connect(self._correct)
        self.remove.clicked.connect(self._remove)
        for link in (self.correct, self.remove):
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)

    def _fill_body(self, body: QWidget) -> None:
        self.use = Segmented(tr("{called}: use").format(called=self._called), list(USES), body)
        self.use.user_chose.connect(self._chose)
        self.dose = QLineEdit()
        self.dose.setPlaceholderText(tr("50 mg a day"))
        self.dose.setFixedWidth(scaled(140))
        self.route = DropDown(tr("{called}: route").format(called=self._called))
        self.route.setFixedWidth(scaled(136))
        self.route.activated.connect(self._chose)
        self.dates = {
            key: DateLine(name.format(called=self._called), self._field.setting) for key, name in _DATES.items()
        }
        self.known_from = InlineChoice(
            tr("{called}: known from").format(called=self._called), KNOWN_FROM, tr("bottle, list")
        )
        self.known_from.setProperty("look", "")
        self.known_from.setFixedWidth(scaled(150))
        self.known_from.said.connect(self._chose)
        flow = FlowLayout(body, gap_px=12, rows_px=8)
        flow.addWidget(self.use)
        flow.addWidget(captioned_beside(tr("Dose"), self.dose, body))
        flow.addWidget(captioned_beside(tr("Route"), self.route, body))
        flow.addWidget(captioned_beside(tr("Started"), self.dates["started"], body))
        flow.addWidget(captioned_beside(tr("Last taken"), self.dates["last_taken"], body))
        flow.addWidget(captioned_beside(tr("Known from"), self.known_from, body))
        for typed in (self.dose, *self.dates.values()):
            typed.textEdited.connect(self._typed)
        self._field.share_undo(self.dose, self.known_from, *self.dates.values())

    @property
    def _called(self) -> str:
        return self.name if self._place == 1 else f"{self.name} ({self._place})"

    def _name_all(self) -> None:
        """Everything of the row is called after its medicine, and its routes are that medicine's first."""
        called, known = self._called, self._field.known_as(self.name)
        self._title.setText(called)
        self._known.setText(known)
        reveal(self._known, bool(known))
        reveal(self._strange, not known)
        self.setAccessibleName(called)
        self.use.rename(tr("{called}: use").format(called=called))
        for widget, name in (
            (self.dose, tr("{called}: dose")),
            (self.known_from, tr("{called}: known from")),
            (self.correct, tr("{called}: correct the name")),
            (self.remove, tr("{called}: remove")),
            *((line, _DATES[key]) for key, line in self.dates.items()),
        ):
            widget.setAccessibleName(name.format(called=called))
        self.route.rename(tr("{called}: route").format(called=called))
        chosen = self.route.currentData()
        with QSignalBlocker(self.route):
            self.route.clear()
            self.route.addItem(tr("not said"), "")
            for route in self._field.routes_of(self.name):
                self.route.addItem(WINDOW.word(ROUTE_WORDS[route]), route)
            self.route.show_value(chosen)

    def rename(self, name: str, place: int) -> None:
        """Be another medicine; what is told of it stays."""
        self.name, self._place = name, place
        self._name_all()

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        return [self.correct, self.remove, self.use, self.dose, self.route, *self.dates.values(), self.known_from]

    # What the user did

    def _typed(self) -> None:
        self._show_ago()
        self.edited.emit(True)

    def _chose(self) -> None:
        self.edited.emit(False)

    def _correct(self) -> None:
        self.correcting.emit(self)

    def _remove(self) -> None:
        self.removed.emit(self)

    # What it holds

    def raw(self) -> tuple[dict[str, Any], list[str]]:
        """The medicine as JSON, with what of it cannot be stored as typed."""
        found: dict[str, Any] = {"name": self.name, "use": self.use.chosen}
        problems = []
        for key, line in self.dates.items():
            try:
                found[key] = line.raw()
            except NotAnAnswer as wrong:
                said = f"{wrong}. {wrong.suggestion}"
                problems.append(_NO_DATES[key].format(called=self._called, wrong=said))
        found["dose"] = self.dose.text().strip()
        found |= {"route": self.route.currentData(), "told_by": self.known_from.value}
        return {key: value for key, value in found.items() if value}, problems

    def typed(self) -> dict[str, Any]:
        """Everything as it stands typed, for `show_raw`."""
        return self.raw()[0] | {"typed": {key: line.text() for key, line in self.dates.items()}}

    def show_raw(self, raw: dict[str, Any]) -> None:
        self.use.show_chosen(raw.get("use"))
        if self.dose.text().strip() != raw.get("dose", ""):
            with QSignalBlocker(self.dose):
                self.dose.setText(raw.get("dose", ""))
        with QSignalBlocker(self.route):
            self.route.show_value(raw.get("route", ""))
        for key, line in self.dates.items():
            line.show_raw(raw.get(key))
            if "typed" in raw:
                line.setText(raw["typed"][key])
        self.known_from.show_text(raw.get("told_by", ""))
        self._show_ago()

    def _show_ago(self) -> None:
        """How long the last dose is back, in days: the length that washouts are counted in."""
        try:
            raw = self.dates["last_taken"].raw()
        except NotAnAnswer:
            raw = None
        said = ""
        if raw is not None:
            ago = days_before_words(PartialDate.parse(raw), self._field.setting.visit_day(), WINDOW)
            said = tr("last taken {ago}").format(ago=ago)
        self._ago.setText(said)
        reveal(self._ago, bool(said))
