"""A quiet line on a question that asks when a reading was taken: the time that stands beside the reading already."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.forms.model import Question
from screener.language import tr
from screener.screening.course import TimeOfReading, time_of_reading
from screener.ui.key_switches import SingleKeys, letters
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import KeyCap, LinkButton
from screener.ui.widgets.layout import FlowLayout
from screener.ui.widgets.visible import reveal


class ReadingTime(QWidget):
    """Offers, and fills in nothing by itself; while an answer stands there is nothing to offer."""

    taken = Signal()

    def __init__(self, controller: SessionController, question: Question) -> None:
        super().__init__()
        self._controller, self._question = controller, question
        self._found: TimeOfReading | None = None
        flow = FlowLayout(self, gap_px=6)
        self._link, self._cap = LinkButton(""), KeyCap("R")
        self._link.clicked.connect(self.take)
        for part in (self._link, self._cap):
            flow.addWidget(part)
        SingleKeys.current().changed.connect(self._show_key)
        self._show_key()
        self.hide()

    @property
    def offered(self) -> bool:
        return self._found is not None

    def refresh(self) -> None:
        """Offer what the readings say now."""
        session = self._controller.session
        recorded = self._question.id in session.recorded
        self._found = None if recorded else time_of_reading(session, self._question.id)
        if self._found is not None:
            number, at = self._found.number, self._found.at[11:]
            self._link.setText(tr("As in reading {number}, {at}").format(number=number, at=at))
            self._link.setAccessibleName(
                tr("{label}: as in reading {number}, {at}").format(label=self._question.label, number=number, at=at)
            )
        reveal(self, self.offered)

    def _show_key(self) -> None:
        key = "R" if letters() else "Alt+R"
        self._link.setAccessibleDescription(
            tr("Key {key}, Alt+R while typing").format(key=key) if letters() else tr("Key {key}").format(key=key)
        )
        self._cap.show_key(key)

    def take(self) -> None:
        """Record that time, as if it had been typed."""
        if self._found is not None:
            self._controller.answer(self._question.id, self._found.at)
            self.taken.emit()
