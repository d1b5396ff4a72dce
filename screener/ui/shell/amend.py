"""Amending a signed record: what is added, why, and the passphrase of the account that signs it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from screener.language import tr
from screener.records.amendment import Addition
from screener.text import WorldError, problem_words
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.error_summary import Problem


class AmendPage(FormPage):
    """Asks for the amendment. Leaving hands back what was written, so that it stands there again the next time."""

    sign = Signal(object, str)
    """(what is added, passphrase)"""
    back = Signal(object)
    kept = Signal(object)
    """What was written, where one leaves for somewhere else than back."""

    def __init__(self, about: str, signer: str, written: Addition) -> None:
        lead = tr("The record stays as it was signed; what is added here is signed beside it and printed after it.")
        super().__init__(tr("Amend a signed record"), lead)
        self.body.addWidget(label(about, "strong", wrap=True))
        self.reason = text_line(480)
        self.reason.setText(written.reason)
        self.add(tr("Reason"), self.reason, tr("Why something is added after signing."))
        self.reason.returnPressed.connect(self._to_text)
        self.text = QPlainTextEdit(written.text)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(scaled(150))
        self.add(tr("What is added"), self.text)
        self.passphrase = text_line(secret=True)
        self.add(tr("Passphrase"), self.passphrase, tr("Signed as {signer}.").format(signer=signer))
        self.passphrase.returnPressed.connect(self._sign)
        self._button = ActionButton(tr("Sign the amendment"), "Enter", "primary")
        self._button.clicked.connect(self._sign)
        self._back = ActionButton(tr("Back"), "Esc")
        self._back.setShortcut("Esc")
        self._back.clicked.connect(self._leave)
        self.finish(self._button, self._back)

    @property
    def written(self) -> Addition:
        return Addition(self.reason.text().strip(), self.text.toPlainText().strip())

    def _to_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_for(self, way: Callable[[], object]) -> None:
        """Go a way, with what was written handed over first; not while it is being signed."""
        if self._back.isEnabled():
            self.kept.emit(self.written)
            way()

    def _leave(self) -> None:
        self.back.emit(self.written)

    def _sign(self) -> None:
        if not self._button.isEnabled():
            return
        if self.refuse(self._problems):
            return
        self._let(False)
        self.say(tr("Signing…"))
        self.sign.emit(self.written, self.passphrase.text())

    def _problems(self) -> list[Problem]:
        written = self.written
        asked = (
            (not written.reason, tr("Write why the record is amended."), self.reason),
            (not written.text, tr("Write what is added."), self.text),
            (not self.passphrase.text(), tr("Type the passphrase of your account."), self.passphrase),
        )
        return [(said, field) for missing, said, field in asked if missing]

    def show_problem(self, problem: WorldError) -> None:
        """Say why it is not signed; what was written stands."""
        self._let(True)
        self.passphrase.selectAll()
        self._ask(self.passphrase, tr("Not signed. {problem}").format(problem=problem_words(problem)))

    def _ask(self, field: QWidget, said: str) -> None:
        self.say(said)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let(self, possible: bool) -> None:
        """Neither leaving nor signing twice while it is being signed."""
        self._button.setEnabled(possible)
        self._back.setEnabled(possible)
