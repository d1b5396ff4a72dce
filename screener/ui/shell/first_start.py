"""First start: the two doors, setting up records, the recovery key."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from screener.language import tr
from screener.text import WorldError
from screener.ui.shell.form_page import (
    COUNTRIES,
    LEAST_CHARACTERS,
    ROLES,
    FormPage,
    passphrase_problems,
    text_line,
)
from screener.ui.widgets.big_choice import BigChoice
from screener.ui.widgets.controls import ActionButton, CheckRow, LinkButton, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.error_summary import Problem
from screener.ui.widgets.layout import Card, Notice, ScrollPage


class FirstStartPage(ScrollPage):
    """The two doors."""

    set_up = Signal()
    try_out = Signal()
    restore = Signal()

    def __init__(self) -> None:
        super().__init__("page", 880, 56, centred=True)
        self.setAccessibleName(tr("Welcome"))
        self.body.addStretch(1)
        self.body.addWidget(label("Screener", "page"))
        lead = tr(
            "For the intake visit before ketamine or psychedelic-assisted therapy. It "
            "walks through the screening themes and lists items for a clinician to review, "
            "each with the answers that caused it, the rule in words and its source. It "
            "lists; people judge."
        )
        self.body.addWidget(label(lead, "muted", wrap=True))
        self.body.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.first = _door(
            tr("Set up records for this clinic"),
            tr(
                "Under a minute: a name, a passphrase, a recovery key to print. Records are "
                "encrypted on this computer and sent nowhere."
            ),
            "1",
        )
        self.first.clicked.connect(self.set_up)
        self.second = _door(
            tr("Try it with a made-up patient"),
            tr(
                "At once, in a window of its own: made-up patients to look around with and to "
                "practise on. Nothing is kept with real records."
            ),
            "2",
        )
        self.second.clicked.connect(self.try_out)
        row.addWidget(self.first, 1)
        row.addWidget(self.second, 1)
        self.body.addLayout(row)
        restoring = LinkButton(tr("Restore a backup…"))
        restoring.setAccessibleDescription(tr("Records that were kept on this or another computer"))
        restoring.clicked.connect(self.restore)
        self.body.addWidget(restoring, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(2)

    def focus_first(self) -> None:
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)


def _door(title: str, text: str, key: str) -> BigChoice:
    return BigChoice(title, text, key=key, least_px=132, level="large")


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
        super().__init__(
            tr("Set up records for this clinic"), tr("Everything is kept in one encrypted file on this computer.")
        )
        self.name = text_line(placeholder=tr("as it stands on records"))
        self.add(tr("Your name"), self.name)
        self.role = DropDown(tr("Role"), ROLES)
        self.add(tr("Role"), self.role)
        self.country = DropDown(tr("Labels and country"), COUNTRIES)
        self.add(
            tr("Labels and country"),
            self.country,
            tr("Offered first when a screening begins; chosen for each screening."),
        )
        self.passphrase = text_line(secret=True)
        help_text = tr(
            "At least {least_characters} characters; a few unrelated words are long and easy to type."
        ).format(least_characters=LEAST_CHARACTERS)
        self.add(tr("Passphrase"), self.passphrase, help_text)
        self.again = text_line(secret=True)
        self.add(tr("Passphrase again"), self.again)
        self.again.returnPressed.connect(self._go)
        self._button = ActionButton(tr("Set up"), "Enter", "primary")
        self._button.clicked.connect(self._go)
        back = ActionButton(tr("Back"), "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.back)
        self.finish(self._button, back)

    def _go(self) -> None:
        if self.refuse(self._problems):
            return
        self._button.setEnabled(False)
        self.say(tr("Making the keys…"))
        name, passphrase = self.name.text().strip(), self.passphrase.text()
        self.done.emit(SetUp(name, self.role.currentData(), passphrase, self.country.currentData()))

    def _problems(self) -> list[Problem]:
        found: list[Problem] = []
        if not self.name.text().strip():
            found.append((tr("Your name stands on every record: please type it."), self.name))
        return [*found, *passphrase_problems(self.passphrase, self.again)]

    def show_problem(self, problem: WorldError) -> None:
        self._button.setEnabled(True)
        super().show_problem(problem)


class RecoveryPage(FormPage):
    """The recovery key, shown once: to be written down or printed."""

    done = Signal()

    def __init__(self, key: str, said: str = "", go_on: str = tr("Open the records")) -> None:
        lead = tr(
            "When every passphrase is forgotten, only this key opens the records. It is "
            "shown once and kept nowhere: write it down or print it, and keep it away from "
            "this computer."
        )
        super().__init__(tr("Your recovery key"), lead)
        if said:
            self.body.addWidget(Notice(said))
        self._key = key
        card = Card()
        groups = key.split("-")
        half = (len(groups) + 1) // 2
        shown = label("\n".join(" - ".join(part) for part in (groups[:half], groups[half:])), "title", wrap=True)
        shown.setAccessibleName(tr("Recovery key {key}").format(key=key))
        card.body.addWidget(shown)
        self.body.addWidget(card)
        printing = ActionButton(tr("Print…"), "Ctrl+P")
        printing.setShortcut("Ctrl+P")
        printing.clicked.connect(self._print)
        self.body.addWidget(printing, 0, Qt.AlignmentFlag.AlignLeft)
        self._kept = CheckRow(tr("I have written it down or printed it"))
        self._kept.clicked.connect(self._ticked)
        self.body.addWidget(self._kept)
        self._first = self._kept
        self._go = ActionButton(go_on, "Enter", "primary")
        self._go.setEnabled(False)
        self._go.clicked.connect(self.done)
        self.finish(self._go)

    def _print(self) -> None:
        from screener.ui.shell.printing import print_lines

        lines = (
            self._key,
            tr("Opens the records of this clinic without the passphrase. Keep it away from the computer."),
        )
        if not print_lines(self, tr("Screener: recovery key"), lines):
            self.say(tr("Nothing was printed. Write the key down, or choose Print once more."))

    def _ticked(self) -> None:
        self._go.setEnabled(self._kept.isChecked())
        if self._kept.isChecked():
            self._go.setFocus(Qt.FocusReason.OtherFocusReason)
