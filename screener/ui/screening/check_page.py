"""The page on which answers are looked over before the review, of one theme or of the whole screening."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.language import tr
from screener.screening.change import Change
from screener.screening.checking import Checked, Part, check_answers, to_go_to
from screener.ui.actions import bind
from screener.ui.screening.check_list import FOLD, CheckList, rows_of
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.layout import FlowLayout, plain
from screener.ui.widgets.speech import announce

WHOLE = ""


@dataclass(frozen=True, slots=True)
class CheckPlace:
    """Where one is on the page: what is looked over, at which row, with the rest folded or not."""

    theme: str
    row: str = ""
    unfolded: bool = False


class CheckPage(QWidget):
    """Question left, answer right. Enter goes to the question."""

    go_to_question = Signal(str)
    closed = Signal()

    def __init__(self, controller: SessionController, place: CheckPlace, theme_id: str) -> None:
        """`theme_id`: the theme that is offered beside the whole screening."""
        super().__init__()
        self._controller, self._session, self.place = controller, controller.session, place
        self._found: dict[str, Checked] = {}
        self.setAccessibleName(tr("Check answers"))
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(theme_id))
        middle = QHBoxLayout()
        middle.setContentsMargins(24, 0, 24, 12)
        self.list = CheckList()
        self.list.setMaximumWidth(scaled(1040))
        self.list.chosen.connect(self._came_to)
        self.list.entered.connect(self._enter)
        middle.addWidget(self.list, 1000)
        middle.addStretch(1)
        column.addLayout(middle, 1)
        column.addWidget(self._foot())
        bind(self, "back", self.closed.emit)
        controller.changed.connect(self._changed)
        self._show(place.row)

    def _head(self, theme_id: str) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(24, 18, 24, 10)
        column.setSpacing(6)
        line = QWidget()
        flow = FlowLayout(line, gap_px=16)
        flow.addWidget(label(tr("Check answers"), "page"))
        theme = next(theme for theme in self._session.form.themes if theme.id == theme_id)
        scopes = [(theme_id, theme.title), ("whole", tr("Whole screening"))]
        self._scope = Segmented(tr("What is looked over"), scopes, always=True)
        self._scope.show_chosen(self.place.theme or "whole")
        self._scope.user_chose.connect(self._choose_scope)
        flow.addWidget(self._scope)
        column.addWidget(line)
        self._counted = label("", "muted", wrap=True)
        column.addWidget(self._counted)
        return head

    def _foot(self) -> QWidget:
        foot = plain("foot")
        flow = FlowLayout(foot, gap_px=10)
        flow.setContentsMargins(24, 10, 24, 10)
        self._change = ActionButton(tr("Change"), "Enter", "primary")
        self._change.clicked.connect(self._change_current)
        back = ActionButton(tr("Back"), "Esc")
        back.clicked.connect(self.closed)
        for button in (self._change, back):
            flow.addWidget(button)
        return foot

    # Showing

    def _show(self, keep: str) -> None:
        found = check_answers(self._session, self.place.theme)
        self._found = {checked.question: checked for checked in found}
        words = self._session.alone
        whole = self.place.theme == WHOLE
        if keep in self._found and self._found[keep].part is Part.REST:
            self.place = replace(self.place, unfolded=True)
        rows = rows_of(self._session, found, whole=whole, unfolded=self.place.unfolded, words=words)
        self.list.show_rows(rows, keep)
        self._counted.setText(_counted(found) or tr("No question of this theme is asked, as things stand."))
        self.list.setVisible(bool(rows))

    def _changed(self, change: Change, origin: object) -> None:
        if self.isVisible():
            self._show(self.list.current)

    def focus_first(self) -> None:
        """Put the keyboard where one was on the page."""
        target = self.list if self._found else self._change
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the user did

    def _choose_scope(self, chosen: str) -> None:
        self.place = replace(self.place, theme=WHOLE if chosen == "whole" else chosen)
        self._show(self.list.current)
        announce(self, self._counted.text())

    def _came_to(self, row: str) -> None:
        self.place = replace(self.place, row=row)
        checked = self._found.get(row)
        folding = tr("Hide other answers") if self.place.unfolded else tr("Show other answers")
        self._change.setText(tr("Change") if checked is not None or not row else folding)
        self._change.setEnabled(bool(row))
        self._change.setAccessibleName(
            tr("Change {label}").format(label=checked.label) if checked is not None else self._change.text()
        )

    def _change_current(self) -> None:
        self._enter(self.list.current)

    def _enter(self, row: str) -> None:
        checked = self._found.get(row)
        if checked is not None:
            self.go_to_question.emit(to_go_to(self._session, checked))
        elif row == FOLD:
            self.place = replace(self.place, unfolded=not self.place.unfolded)
            self._show(FOLD)
            announce(self, tr("Other answers are shown") if self.place.unfolded else tr("Other answers are hidden"))


def _counted(found: list[Checked]) -> str:
    """How many answers stand in each part; nothing is added up."""
    many = {part: sum(checked.part is part for checked in found) for part in Part}
    words = {
        Part.LISTED: tr("under a listed item"),
        Part.OPEN: tr("not answered or open"),
        Part.REST: tr("other"),
        Part.HIDDEN: tr("not asked now, answer kept"),
    }
    return " · ".join(f"{many[part]} {words[part]}" for part in Part if many[part])
