"""What keeps a form back, where that is more than one thing: said once above it, each with the way to its field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.style.tokens import CONTROL_RADIUS_PX
from screener.ui.widgets.buttons import LinkButton
from screener.ui.widgets.layout import clear
from screener.ui.widgets.messages import Sign
from screener.ui.widgets.outline import paint_focus, rect_of
from screener.ui.widgets.speech import announce
from screener.ui.widgets.text import label
from screener.ui.widgets.visible import reveal

Problem = tuple[str, QWidget]
"""What is wrong, and the field where it is mended."""


class ErrorSummary(QFrame):
    """Takes the keyboard when it appears; Tab goes through its links, and each puts the keyboard into its field."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "notice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fields: dict[LinkButton, QWidget] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(Sign("warning"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        self._title = label("", "strong", wrap=True)
        column.addWidget(self._title)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        row.addLayout(column, 1)
        reveal(self, False)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """List what keeps the form back, or nothing: then the summary is gone."""
        clear(self._rows)
        self._fields.clear()
        many = tr("{count} fields keep this back. Each line leads to its field.").format(count=len(problems))
        self._title.setText(many if problems else "")
        self.setAccessibleName(" ".join((many, *(text for text, _ in problems))) if problems else "")
        for text, field in problems:
            self._rows.addWidget(self._row(text, field))
        reveal(self, bool(problems))
        if problems:
            announce(self, self.accessibleName(), urgent=True)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            before: QWidget = self
            for link in self._fields:
                QWidget.setTabOrder(before, link)
                before = link

    def _row(self, text: str, field: QWidget) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = field.accessibleName()
        link = LinkButton(name, tr("Go to {name}: {text}").format(name=name, text=text))
        link.clicked.connect(self._go)
        self._fields[link] = field
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        said = label(text, wrap=True)
        said.setContentsMargins(0, scaled(2), 0, 0)
        row.addWidget(said, 1)
        return made

    def _go(self) -> None:
        link = self.sender()
        assert isinstance(link, LinkButton)
        to_field(self._fields[link])

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, rect_of(self), scaled(CONTROL_RADIUS_PX))
            painter.end()


def to_field(field: QWidget) -> None:
    """Put the keyboard into a field, over what stands in it."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(field, QLineEdit):
        field.selectAll()
