"""Restoring a backup: which file, what it says of itself, whose passphrase opens it, and what became of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr, tr_in, tr_n
from screener.store.archive import SUFFIX, BackupLine, Manifest, Told
from screener.text import WorldError, moment
from screener.ui.content import folder_words, path_typed
from screener.ui.shell.backups_page import how_words, size_words
from screener.ui.shell.form_page import FormPage, passphrase_problems, text_line
from screener.ui.widgets.captioned import captioned
from screener.ui.widgets.choosing import RadioRow
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.error_summary import Problem
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.group import BareGroup
from screener.ui.widgets.layout import clear
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab
from screener.ui.widgets.working import Working

_OFFERED = 6
_PASSPHRASE, _RECOVERY = "passphrase", "recovery"


@dataclass(frozen=True, slots=True)
class Way:
    """How the backup is opened: a passphrase, or the recovery key of its day with a new passphrase for an account."""

    passphrase: str
    account: str | None
    recovery: str = ""


class RestorePage(FormPage):
    """Nothing is changed before everything in the backup has proved to be whole; what is here now is kept."""

    look = Signal(object)
    """Which file is meant; `show_told` or `show_problem` answers."""
    restore = Signal(object, object)
    """(what the backup told, `Way`)"""
    back = Signal()

    def __init__(self, folder: Path, *, replaces: bool = False) -> None:
        kept = tr(
            "What is kept here now is not removed: it is moved into a folder of its own, which is named afterwards."
        )
        lead = tr("Everything in the backup is read and proved whole before anything here is changed.")
        super().__init__(tr("Restore a backup"), f"{lead} {kept}" if replaces else lead, width_px=720)
        self._folder = folder
        self._told: Told | None = None
        self._offers = QWidget()
        self._offered = QVBoxLayout(self._offers)
        self._offered.setContentsMargins(0, 0, 0, 0)
        self._offers.hide()
        self.body.addWidget(self._offers)
        self.file = text_line(540, placeholder=tr("a file that ends in {suffix}").format(suffix=SUFFIX))
        self.file.textEdited.connect(self._typed)
        self.file.returnPressed.connect(self._look)
        choose = ActionButton(tr("Choose a file…"))
        choose.clicked.connect(self._ask)
        self.add(tr("Backup file"), self.file, beside=choose)
        self._about = QVBoxLayout()
        self.body.addLayout(self._about)
        self._opening = QWidget()
        self._opening.hide()
        self.body.addWidget(self._opening)
        self._ask_how()
        self.working = Working()
        self.body.addWidget(self.working)
        self._go_on = ActionButton(tr("Look into the file"), "Enter", "primary")
        self._go_on.clicked.connect(self._go)
        self._leave = ActionButton(tr("Back"), "Esc")
        self._leave.setShortcut("Esc")
        self._leave.clicked.connect(self.back)
        self.finish(self._go_on, self._leave)

    # Which file

    def offer(self, found: Sequence[BackupLine]) -> None:
        """The latest backups where the last ones were made; nothing is offered where there are none."""
        if not found:
            return
        group = BareGroup(tr("Backups in the folder of this computer"))
        rows = QVBoxLayout(group)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for line in found[:_OFFERED]:
            row = RadioRow(f"{moment(line.manifest.made_at)}, {_counted(line.manifest)}")
            row.setAccessibleName(tr("Backup: {text}").format(text=row.text()))
            row.clicked.connect(partial(self._take, line.path))
            rows.addWidget(row)
        self._offered.addWidget(captioned(tr("Backups in the folder of this computer"), group))
        self._offers.show()
        order_tab(self)

    def _typed(self) -> None:
        """What was said of another file does not stand beside this one."""
        self._forget()

    def _take(self, path: Path) -> None:
        self.file.setText(folder_words(path))
        self.file.setToolTip(str(path))
        self._look()

    def _ask(self) -> None:
        ask_path(
            self,
            Chosen.FILE,
            tr("Choose a backup"),
            self._folder,
            self._take,
            tr("Backups (*{suffix})").format(suffix=SUFFIX),
        )

    def _forget(self) -> None:
        self._told = None
        clear(self._about)
        self._opening.hide()
        self._go_on.setText(tr("Look into the file"))
        self.say("")

    def _look(self) -> None:
        text = self.file.text().strip()
        self._forget()
        if not text:
            self.say(tr("Choose a backup, or type where it lies."))
            self.file.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.look.emit(path_typed(text))

    def _means(self, path: Path) -> bool:
        """Whether it is still this file that is meant."""
        return path_typed(self.file.text()) == path

    def show_untold(self, path: Path, problem: WorldError) -> None:
        """Say why a file says nothing of itself."""
        if self._means(path):
            self.show_problem(problem)

    def show_told(self, told: Told, *, same: bool | None) -> None:
        """Show what a file says of itself. `same`: whether it is of the records that are here; None: there are none."""
        if not self._means(told.path):
            return
        self._told = told
        manifest = told.manifest
        whose = {True: tr("the records that are here now"), False: tr("other records than those that are here now")}
        facts = [
            (tr("Made"), f"{moment(manifest.made_at)}, {how_words(manifest)}"),
            (tr("Holds"), _counted(manifest)),
            (tr("Accounts"), ", ".join(f"{one.name} ({one.title})" for one in told.people)),
            (tr("Vault key"), manifest.fingerprint),
            (tr("File"), f"{told.path.name}, {size_words(told.size)}"),
        ]
        if same is not None:
            facts.insert(1, (tr("Of"), whose[same]))
        card = ReadCard("; ".join(f"{name}: {text}" for name, text in facts))
        card.body.addWidget(label(tr("What this backup says of itself"), "strong"))
        card.body.addLayout(fact_grid(facts, 96))
        clear(self._about)
        self._about.addWidget(card)
        self.account.clear()
        for one in told.people:
            self.account.addItem(f"{one.name}, {one.title}", one.id)
        self._opening.show()
        self._go_on.setText(tr("Restore this backup"))
        order_tab(self)
        announce(self, f"{moment(manifest.made_at)}, {_counted(manifest)}")
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    # How it is opened

    def _ask_how(self) -> None:
        column = QVBoxLayout(self._opening)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        ways = [(_PASSPHRASE, tr("A passphrase")), (_RECOVERY, tr("The recovery key"))]
        self._how = Segmented(tr("Opened with"), ways, always=True)
        self._how.show_chosen(_PASSPHRASE)
        self._how.user_chose.connect(self._how_chosen)
        lead = tr("Passphrases and the recovery key are those of the day it was made.")
        column.addWidget(captioned(tr("Opened with"), self._how, lead))
        self.account = DropDown(tr_in("of the program", "Account"))
        self.passphrase, self.key = text_line(secret=True), text_line(480)
        self.new, self.again = text_line(secret=True), text_line(secret=True)
        self._rows = [
            captioned(tr_in("of the program", "Account"), self.account),
            captioned(tr("Passphrase"), self.passphrase),
            captioned(tr("Recovery key"), self.key),
            captioned(tr("New passphrase"), self.new),
            captioned(tr("New passphrase again"), self.again),
        ]
        for row in self._rows:
            column.addWidget(row)
        self.passphrase.returnPressed.connect(self._go)
        self.key.returnPressed.connect(self.new.setFocus)
        self.new.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._go)
        said = tr("The account signs with a new key from then on; what it signed before stays checkable.")
        self._with_recovery = label(said, "small", wrap=True)
        column.addWidget(self._with_recovery)
        self._how_chosen()

    def _how_chosen(self) -> None:
        by_sheet = self._how.chosen == _RECOVERY
        for place, row in enumerate(self._rows):
            row.setVisible(place == 0 or (place > 1) == by_sheet)
        self._with_recovery.setVisible(by_sheet)

    def _go(self) -> None:
        if self._told is None:
            self._look()
            return
        if not self._go_on.isEnabled():
            return
        if self.refuse(self._problems):
            return
        self.say("")
        self._let(False)
        self.working.begin(tr("Unpacking the backup…"))
        account = self.account.currentData()
        if self._how.chosen == _RECOVERY:
            self.restore.emit(self._told, Way(self.new.text(), account, self.key.text()))
        else:
            self.restore.emit(self._told, Way(self.passphrase.text(), account))

    def _problems(self) -> list[Problem]:
        if self._how.chosen == _PASSPHRASE:
            return [] if self.passphrase.text() else [(tr("Type the passphrase of that account."), self.passphrase)]
        found: list[Problem] = []
        if not self.key.text().strip():
            found.append((tr("Type the recovery key that was valid on that day."), self.key))
        return [*found, *passphrase_problems(self.new, self.again, tr("new passphrase"))]

    def show_progress(self, done: int, of: int) -> None:
        """How far unpacking is; what comes after it is said in words."""
        share = done / of if of else 0.0
        if share >= 1:
            self.working.say(tr("Proving that everything in it is whole…"))
        self.working.show_share(share)

    def show_problem(self, problem: WorldError) -> None:
        """Say why nothing was restored."""
        self.working.end()
        self._let(True)
        super().show_problem(problem)
        announce(self, problem.said)
        first = self.file if self._told is None else self.passphrase
        if self._how.chosen == _RECOVERY and self._told is not None:
            first = self.key
        first.selectAll()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let(self, possible: bool) -> None:
        for part in (self._offers, self._go_on, self._leave, self.file, self._opening):
            part.setEnabled(possible)


class RestoredPage(FormPage):
    """What was restored, and where what was here before is now."""

    done = Signal()

    def __init__(self, manifest: Manifest, replaced: Path | None) -> None:
        super().__init__(
            tr("Restored"),
            tr("The records are those of {made_at}: {counted}.").format(
                made_at=moment(manifest.made_at), counted=_counted(manifest)
            ),
        )
        if replaced is not None:
            card = ReadCard(
                tr("What was here before is kept in {folder_words}").format(folder_words=folder_words(replaced))
            )
            card.body.addWidget(label(tr("What was here before is kept in"), "muted"))
            card.body.addWidget(label(folder_words(replaced), wrap=True, selectable=True))
            self.body.addWidget(card)
        self._go = ActionButton(tr("Open the records"), "Enter", "primary")
        self._go.clicked.connect(self.done)
        self.finish(self._go)
        self._first = self._go


def _counted(manifest: Manifest) -> str:
    screenings = tr_n("1 screening", "{n:,} screenings", manifest.screenings)
    return f"{screenings}, {tr_n('1 signed record', '{n:,} signed records', manifest.records)}"
