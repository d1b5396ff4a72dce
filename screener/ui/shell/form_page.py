"""A calm page with a title, a lead and labelled controls: what first start, unlocking and settings share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from screener.language import tr
from screener.text import WorldError, problem_words
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.error_summary import ErrorSummary, Problem
from screener.ui.widgets.kept_back import KeptBack
from screener.ui.widgets.layout import FlowLayout, Notice, ScrollPage

LEAST_CHARACTERS = 10
"""Of a passphrase."""
ROLES = ((tr("Clinician"), "clinician"), (tr("Facilitator"), "facilitator"))
COUNTRIES = (
    (tr("United States"), "us-label"),
    (tr("European Union"), "eu-label"),
    (tr("Neither, or ask each time"), ""),
)
"""Whose labels are offered first, as (text, profile)."""


class FormPage(ScrollPage):
    """Rows of label and control, a notice for what went wrong, and buttons at the foot."""

    def __init__(self, title: str, lead: str = "", width_px: int = 620) -> None:
        super().__init__("page", width_px, 48, centred=True)
        self.body.setSpacing(16)
        self.setAccessibleName(title)
        self.title = label(title, "page", wrap=True)
        self.body.addWidget(self.title)
        if lead:
            self.body.addWidget(label(lead, "muted", wrap=True))
        self.left = Notice("")
        """That something stands here as it was left."""
        self.body.addWidget(self.left)
        self._summary = ErrorSummary()
        self.body.addWidget(self._summary)
        self.notice = Notice("", "warning")
        self._kept_back = KeptBack(self, self._summary, self.notice)
        self._first: QWidget | None = None

    def add(self, text: str, control: QWidget, help_text: str = "", *, beside: QWidget | None = None) -> None:
        """A labelled control; the label is its accessible name. `beside`: what belongs to it, on the same line."""
        caption = label(text, "strong")
        caption.setBuddy(control)
        control.setAccessibleName(text)
        if help_text:
            control.setAccessibleDescription(help_text)
        group = QVBoxLayout()
        group.setSpacing(4)
        group.addWidget(caption)
        if help_text:
            group.addWidget(label(help_text, "small", wrap=True))
        if beside is None:
            group.addWidget(control, 0, _at_left(control))
        else:
            holder = QWidget()
            flow = FlowLayout(holder, gap_px=10)
            flow.addWidget(control)
            flow.addWidget(beside)
            group.addWidget(holder)
        holder = QWidget()
        holder.setLayout(group)
        group.setContentsMargins(0, 0, 0, 0)
        holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # what is beside may wrap
        self.body.addWidget(holder)
        if isinstance(control, QComboBox):
            control.setMinimumWidth(scaled(240))
        self._first = self._first or control

    def finish(self, *buttons: ActionButton) -> None:
        """The notice and the buttons, at the end."""
        self.body.addWidget(self.notice)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def refuse(self, find: Callable[[], Sequence[Problem]]) -> bool:
        """Say what keeps the page back; whether anything does. `find` says what that is, also when it is mended."""
        return self._kept_back.refuse(find)

    def say(self, text: str) -> None:
        """Say what is missing or went wrong, in place."""
        self.notice.show_text(text)

    def show_problem(self, problem: WorldError) -> None:
        self.say(problem_words(problem))

    def focus_first(self) -> None:
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)


def _at_left(control: QWidget) -> Qt.AlignmentFlag:
    """Lines and lists stand at their own width; everything else takes the column's."""
    return Qt.AlignmentFlag.AlignLeft if isinstance(control, QLineEdit | QComboBox) else Qt.AlignmentFlag(0)


def passphrase_problems(new: QLineEdit, again: QLineEdit, what: str = tr("passphrase")) -> list[Problem]:
    """What keeps a new passphrase, typed twice, from being taken."""
    if len(new.text()) < LEAST_CHARACTERS:
        return [
            (
                tr("The {what} needs at least {least_characters} characters; it has {count}.").format(
                    what=what, least_characters=LEAST_CHARACTERS, count=len(new.text())
                ),
                new,
            )
        ]
    return [] if new.text() == again.text() else [(tr("The two passphrases differ. Type the second one again."), again)]


def text_line(width_px: int = 360, *, secret: bool = False, placeholder: str = "") -> QLineEdit:
    """A line to type in; secret ones show dots."""
    line = QLineEdit()
    line.setFixedWidth(scaled(width_px))
    line.setPlaceholderText(placeholder)
    if secret:
        line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
