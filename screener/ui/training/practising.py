"""Practising: the screening as it is in care, and the patient card beside it; where there is no room, one at a time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from screener.language import tr
from screener.ui.actions import BY_ID, bind
from screener.ui.style.theme import scaled, unscaled
from screener.ui.training.patient_card import PatientCard
from screener.ui.widgets.chips import KeyCap
from screener.ui.widgets.controls import Segmented
from screener.ui.widgets.flow import UNBOUND
from screener.ui.widgets.layout import plain
from screener.ui.widgets.visible import reveal

BESIDE_FROM_PX, CARD_PX, NARROW_CARD_PX, WIDE_PX = 980, 340, 260, 1300
"""Widths at a text size of 100 %."""
_SCREENING, _PATIENT = "screening", "patient"


class PractisingPage(QWidget):
    """Two halves of one desk. The screening is whatever page it is given: nothing of it is known here."""

    def __init__(self, screening: QWidget, card: PatientCard) -> None:
        super().__init__()
        self.setAccessibleName(tr("Practising"))
        self._screening, self.card = screening, card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._switch = self._make_switch()
        column.addWidget(self._switch)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(screening, 1)
        row.addWidget(card)
        column.addLayout(row, 1)
        for action_id, deed in (
            ("ask", card.ask_it),
            ("ask_openly", card.ask_it_openly),
            ("measure", card.measure_it),
            ("hint", card.show_hint),
            ("end_rehearsal", card.end_it),
            ("to_patient", self._cross_over),
        ):
            bind(self, action_id, deed)
        bind(card, "home", card.pause_it)  # as Ctrl+H does in the screening
        card.told.connect(self._show_told)
        self._came_from: QWidget | None = None
        self._beside = True
        self._show_halves(_SCREENING)

    def _make_switch(self) -> QWidget:
        bar = plain("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 6)
        self._choice = Segmented(
            tr("What is shown"), [(_SCREENING, tr("Screening")), (_PATIENT, tr("Patient"))], always=True
        )
        self._choice.user_chose.connect(self._show_chosen)
        row.addWidget(self._choice)
        row.addWidget(KeyCap(BY_ID["to_patient"].key_hint))
        row.addStretch(1)
        return bar

    def focus_first(self) -> None:
        focus = getattr(self._screening, "focus_first", None)
        if callable(focus):
            focus()

    # One at a time

    def _show_halves(self, half: str) -> None:
        self._choice.show_chosen(half)
        reveal(self._switch, not self._beside)
        reveal(self._screening, self._beside or half == _SCREENING)
        reveal(self.card, self._beside or half == _PATIENT)

    def _show_chosen(self, half: str) -> None:
        self._note_keyboard()
        self._show_halves(half)

    def _show_told(self) -> None:
        """Something came from the patient: where the card is out of sight, it comes up."""
        if not self._beside and self.card.isHidden():
            self._cross_over()

    # The keyboard

    def _note_keyboard(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self._screening.isAncestorOf(now):
            self._came_from = now

    def _cross_over(self) -> None:
        """To the patient card, and back to where the keyboard was in the screening."""
        now = QApplication.focusWidget()
        if now is None or not self.card.isAncestorOf(now):
            self._note_keyboard()
            self._show_halves(_PATIENT)
            self.card.focus_first()
            return
        self._show_halves(_SCREENING)
        back = self._came_from
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = unscaled(event.size().width())
        beside = room >= BESIDE_FROM_PX
        if beside:
            self.card.setFixedWidth(scaled(CARD_PX if room >= WIDE_PX else NARROW_CARD_PX))
        else:
            self.card.setMinimumWidth(0)
            self.card.setMaximumWidth(UNBOUND)
        if beside != self._beside:
            self._beside = beside
            self._show_halves(self._choice.chosen or _SCREENING)
        super().resizeEvent(event)
