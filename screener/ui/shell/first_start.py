"""First start: two doors, the passphrase, the recovery key; and unlocking ever after."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from screener.text import WorldError
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.layout import Card, ScrollPage

LEAST_CHARACTERS = 10


class Door(QPushButton):
    """A large button with a title and what is behind it."""

    def __init__(self, title: str, text: str, key: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(scaled(176))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(6)
        for said, level in ((title, "large"), (text, "muted"), (key, "small")):
            made = label(said, level, wrap=True)
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(made)
        column.addStretch(1)


class FirstStartPage(ScrollPage):
    """The two doors."""

    set_up = Signal()
    try_out = Signal()

    def __init__(self) -> None:
        super().__init__("page", 860, 56)
        self.setAccessibleName("Welcome")
        self.body.addWidget(label("Screener", "page"))
        lead = (
            "For the intake visit before ketamine or psychedelic-assisted therapy. It walks through the screening "
            "themes and lists items for a clinician to review, each with the answers that caused it, the rule in words "
            "and its source."
        )
        self.body.addWidget(label(lead, "muted", wrap=True))
        self.body.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.first = Door(
            "Set up records for this clinic",
            "Under a minute: a name, a passphrase, a recovery key to print. Records are encrypted on this computer.",
            "Enter",
        )
        self.first.clicked.connect(self.set_up)
        self.second = Door(
            "Try it with a made-up patient",
            "At once: one made-up patient, half filled. Nothing is kept.",
            "Tab, Enter",
        )
        self.second.clicked.connect(self.try_out)
        row.addWidget(self.first)
        row.addWidget(self.second)
        self.body.addLayout(row)
        self.notice = label("", "muted", wrap=True)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)

    def focus_first(self) -> None:
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)


@dataclass(frozen=True, slots=True)
class SetUp:
    """What first start asks for."""

    name: str
    role: str
    passphrase: str
    country: str


class SetUpPage(FormPage):
    """Name, role, passphrase, country."""

    done = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__("Set up records for this clinic", "Everything is kept in one encrypted file on this computer.")
        self.name = text_line(placeholder="as it stands on records")
        self.add("Your name", self.name)
        self.role = QComboBox()
        self.role.addItem("Clinician", "clinician")
        self.role.addItem("Facilitator", "facilitator")
        self.add("Role", self.role)
        self.country = QComboBox()
        for text, profile in (
            ("United States", "us-label"),
            ("European Union", "eu-label"),
            ("Neither, or ask each time", ""),
        ):
            self.country.addItem(text, profile)
        self.add(
            "Labels and country", self.country, "Offered first when a screening begins; chosen for each screening."
        )
        self.passphrase = text_line(secret=True)
        help_text = f"At least {LEAST_CHARACTERS} characters; a few unrelated words are long and easy to type."
        self.add("Passphrase", self.passphrase, help_text)
        self.again = text_line(secret=True)
        self.add("Passphrase again", self.again)
        self.again.returnPressed.connect(self._go)
        self._button = ActionButton("Set up", "Enter", "primary")
        self._button.clicked.connect(self._go)
        back = ActionButton("Back")
        back.clicked.connect(self.back)
        self.finish(self._button, back)

    def _go(self) -> None:
        name, passphrase = self.name.text().strip(), self.passphrase.text()
        if not name:
            self.say("Your name stands on every record: please type it.")
            self.name.setFocus()
        elif len(passphrase) < LEAST_CHARACTERS:
            self.say(f"The passphrase needs at least {LEAST_CHARACTERS} characters; it has {len(passphrase)}.")
            self.passphrase.setFocus()
        elif passphrase != self.again.text():
            self.say("The two passphrases differ. Type the second one again.")
            self.again.setFocus()
            self.again.selectAll()
        else:
            self._button.setEnabled(False)
            self.say("Making the keys…")
            self.done.emit(SetUp(name, self.role.currentData(), passphrase, self.country.currentData()))

    def show_problem(self, problem: WorldError) -> None:
        self._button.setEnabled(True)
        super().show_problem(problem)


class RecoveryPage(FormPage):
    """The recovery key, shown once."""

    done = Signal()

    def __init__(self, key: str) -> None:
        lead = (
            "Without the passphrase, only this key opens the records. It is shown once and kept nowhere: "
            "write it down or print it, and keep it away from this computer."
        )
        super().__init__("Your recovery key", lead)
        card = Card()
        shown = label(key, "title", wrap=True, selectable=True)
        shown.setAccessibleName(f"Recovery key {key}")
        card.body.addWidget(shown)
        self.body.addWidget(card)
        self._kept = QCheckBox("I have written it down or printed it")
        self._kept.setAccessibleName("I have written it down or printed it")
        self._kept.clicked.connect(self._ticked)
        self.body.addWidget(self._kept)
        self._first = self._kept
        self._go = ActionButton("Open the records", "Enter", "primary")
        self._go.setEnabled(False)
        self._go.clicked.connect(self.done)
        self.finish(self._go)

    def _ticked(self) -> None:
        self._go.setEnabled(self._kept.isChecked())
        if self._kept.isChecked():
            self._go.setFocus(Qt.FocusReason.OtherFocusReason)


class UnlockPage(FormPage):
    """The passphrase; or the recovery key with a new passphrase."""

    unlock = Signal(str)
    recover = Signal(str, str)
    try_out = Signal()

    def __init__(self, lead: str = "") -> None:
        super().__init__("Open the records", lead or "The records on this computer are encrypted.")
        self.passphrase = text_line(secret=True)
        self.add("Passphrase", self.passphrase)
        self.passphrase.returnPressed.connect(self._go)
        self._recovery = QWidget()
        column = QVBoxLayout(self._recovery)
        column.setContentsMargins(0, 0, 0, 0)
        self.key, self.new = text_line(480), text_line(secret=True)
        for text, line in (("Recovery key", self.key), ("New passphrase", self.new)):
            line.setAccessibleName(text)
            column.addWidget(label(text, "strong"))
            column.addWidget(line)
        recover = ActionButton("Open with the recovery key")
        recover.clicked.connect(self._recover)
        column.addWidget(recover, 0, Qt.AlignmentFlag.AlignLeft)
        self._recovery.hide()
        self.body.addWidget(self._recovery)
        self._button = ActionButton("Open", "Enter", "primary")
        self._button.clicked.connect(self._go)
        forgotten = LinkButton("Passphrase forgotten")
        forgotten.clicked.connect(self._show_recovery)
        trying = LinkButton("Try it with a made-up patient")
        trying.clicked.connect(self.try_out)
        self.finish(self._button)
        self.body.insertWidget(self.body.count() - 1, forgotten)
        self.body.insertWidget(self.body.count() - 1, trying)
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._count_down)
        self._left_s = 0

    def _go(self) -> None:
        if self._left_s == 0 and self.passphrase.text():
            self._button.setEnabled(False)
            self.say("Opening…")
            self.unlock.emit(self.passphrase.text())

    def _show_recovery(self) -> None:
        self._recovery.show()
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recover(self) -> None:
        if len(self.new.text()) < LEAST_CHARACTERS:
            self.say(f"The new passphrase needs at least {LEAST_CHARACTERS} characters.")
        else:
            self.recover.emit(self.key.text(), self.new.text())

    def show_problem(self, problem: WorldError) -> None:
        """Say why it stayed closed; after wrong tries the next one waits, counted down in words."""
        self._button.setEnabled(True)
        super().show_problem(problem)
        self._left_s = int(getattr(problem, "retry_after_s", 0))
        self._said = problem.said
        if self._left_s:
            self._button.setEnabled(False)
            self._wait.start()
            self._count_down()
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count_down(self) -> None:
        if self._left_s <= 0:
            self._wait.stop()
            self._button.setEnabled(True)
            self.say(f"{self._said} The next try is possible now.")
            return
        self.say(f"{self._said} The next try is possible in {self._left_s} s.")
        self._left_s -= 1
