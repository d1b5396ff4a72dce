"""My summary and plan: the clinician's free text, which the program keeps and never reads."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.session_controller import SessionController
from screener.ui.widgets.controls import ActionButton, label


class SummaryPage(QWidget):
    """One large box."""

    closed = Signal()

    def __init__(self, controller: SessionController) -> None:
        super().__init__()
        self._controller = controller
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 28, 48, 24)
        column.setSpacing(10)
        column.addWidget(label(tr("My summary and plan"), "page"))
        column.addWidget(
            label(
                tr("Your own words, kept with the record and printed in the report. The program never reads them."),
                "muted",
                wrap=True,
            )
        )
        self._box = QPlainTextEdit()
        self._box.setAccessibleName(tr("My summary and plan"))
        self._box.setTabChangesFocus(True)
        self._box.textChanged.connect(self._typed)
        column.addWidget(self._box, 1)
        row = QHBoxLayout()
        done = ActionButton(tr("Back to the items"), "Esc", "primary")
        done.clicked.connect(self.closed)
        row.addWidget(done)
        row.addStretch(1)
        column.addLayout(row)

    def open(self) -> None:
        with QSignalBlocker(self._box):
            self._box.setPlainText(self._controller.session.summary)
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._controller.summarise(self._box.toPlainText(), typing=True, origin=self)
