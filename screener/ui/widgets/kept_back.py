"""A form that cannot be sent yet: what keeps it back is said, and goes as soon as it is mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from screener.ui.widgets.error_summary import ErrorSummary, Problem, to_field
from screener.ui.widgets.messages import Notice

Control = TypeVar("Control", bound=QWidget)
_HEARD = "heard-by-its-form"


class KeptBack(QObject):
    """Several things are listed above the fields; one is said at the foot, with the keyboard in its field."""

    def __init__(self, form: QWidget, summary: ErrorSummary, notice: Notice) -> None:
        super().__init__(form)
        self._form, self._summary, self._notice = form, summary, notice
        self._find: Callable[[], Sequence[Problem]] = tuple
        self._only: Problem | None = None
        """The one thing that stands at the foot."""

    def refuse(self, find: Callable[[], Sequence[Problem]]) -> bool:
        """Say what keeps the form back; whether anything does. `find` is asked again when something changes."""
        problems = find()
        self._only = problems[0] if len(problems) == 1 else None
        self._find = find if problems else tuple
        self._summary.show_problems(problems if len(problems) > 1 else ())
        if problems:
            self._notice.show_text(self._only[0] if self._only else "")
            self._hear()
        if self._only is not None:
            to_field(self._only[1])
        return bool(problems)

    def look_again(self) -> None:
        """What was mended is not said any more. What else became wrong is said when the form is sent."""
        problems = self._find()
        self._summary.look_again(problems)
        if self._only is not None and self._only[1] not in [field for _, field in problems]:
            if self._notice.text == self._only[0]:
                self._notice.show_text("")
            self._only = None

    def _hear(self) -> None:
        """From here on whatever is changed in the form."""
        for line in self._new(QLineEdit):
            line.textChanged.connect(self.look_again)
        for text in self._new(QPlainTextEdit):
            text.textChanged.connect(self.look_again)
        for choice in self._new(QComboBox):
            choice.currentIndexChanged.connect(self.look_again)
        for button in self._new(QAbstractButton):
            button.toggled.connect(self.look_again)

    def _new(self, kind: type[Control]) -> list[Control]:
        """The controls of a kind that are not heard yet."""
        found = [control for control in self._form.findChildren(kind) if not control.property(_HEARD)]
        for control in found:
            control.setProperty(_HEARD, True)
        return found
