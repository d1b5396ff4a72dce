"""Opening the records: with the passphrase, or with the recovery key and a new passphrase."""

from __future__ import annotations

import math
from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.store.keyring import Account
from screener.text import WorldError
from screener.ui.shell.form_page import FormPage, passphrase_problems, text_line
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.error_summary import Problem
from screener.ui.widgets.layout import FlowLayout

_TICK_MS = 250
_RESTORE = tr("Restore a backup…")
_SIGNS = tr(
    "The account with the new passphrase signs with a new key from then on: the "
    "sheet opens the records, it does not sign in anybody's name."
)


class UnlockPage(FormPage):
    """The passphrase, of one of `people` where there are several; or the recovery key with a new passphrase.

    `last`: who opened the records last on this computer.
    """

    unlock = Signal(str, str)
    """(passphrase, id of the account or nothing)"""
    recover = Signal(str, str, str)
    """(recovery key, new passphrase, id of the account or nothing)"""
    as_they_stand = Signal()
    """The records are wanted although something of them is missing, opened as they were tried last."""
    restore = Signal()
    try_out = Signal()

    def __init__(self, people: Sequence[Account] = (), last: str = "", said: str = "") -> None:
        super().__init__(tr("Open the records"), tr("The records on this computer are encrypted."))
        self._line_width = text_line().width()
        self._people = people if len(people) > 1 else ()
        self.account = self._choice(tr("Whose passphrase"), last)
        self.passphrase = text_line(secret=True)
        self.add(tr("Passphrase"), self.passphrase)
        self._first = self.passphrase
        self.passphrase.returnPressed.connect(self._go)
        self.passphrase.textEdited.connect(self._try_anew)
        self._recovery = QWidget()
        column = QVBoxLayout(self._recovery)
        column.setContentsMargins(0, 0, 0, 0)
        self.key, self.new, self.again = text_line(480), text_line(secret=True), text_line(secret=True)
        for text, line in (
            (tr("Recovery key"), self.key),
            (tr("New passphrase"), self.new),
            (tr("New passphrase again"), self.again),
        ):
            line.textEdited.connect(self._hush)
            line.returnPressed.connect(self._recover)
            line.setAccessibleName(text)
            column.addWidget(label(text, "strong"))
            column.addWidget(line)
        column.addWidget(label(_SIGNS, "small", wrap=True))
        recover = ActionButton(tr("Open with the recovery key"))
        recover.clicked.connect(self._recover)
        column.addWidget(recover, 0, Qt.AlignmentFlag.AlignLeft)
        self._recovery.hide()
        self.body.addWidget(self._recovery)
        self._button = ActionButton(tr("Open"), "Enter", "primary")
        self._button.clicked.connect(self._go)
        self.finish(self._button)
        self._ways = QWidget()
        flow = FlowLayout(self._ways, gap_px=10)
        self._stands, self._restore = ActionButton(tr("Open as they stand")), ActionButton(tr("Restore a backup now…"))
        self._stands.clicked.connect(self._open_as_they_stand)
        self._restore.clicked.connect(self.restore)
        for button in (self._restore, self._stands):
            flow.addWidget(button)
        self._ways.hide()
        self.body.insertWidget(self.body.count() - 2, self._ways)
        self._links = {}
        for text, deed in (
            (tr("Passphrase forgotten"), self._show_recovery),
            (_RESTORE, self.restore),
            (tr("Try it with a made-up patient"), self.try_out),
        ):
            link = self._links[text] = LinkButton(text)
            link.clicked.connect(deed)
            self.body.insertWidget(self.body.count() - 1, link)
        self._wait = QTimer(self, interval=_TICK_MS)
        self._wait.timeout.connect(self._count_down)
        self._free_at = 0.0
        if said:
            self.say(said)

    def _choice(self, text: str, last: str) -> DropDown | None:
        """Whose passphrase it is; nothing to choose where there is one account."""
        if not self._people:
            return None
        made = DropDown(text, [(f"{one.name}, {one.title}", one.id) for one in self._people])
        made.show_value(last)
        made.activated.connect(self._chosen)
        self.add(text, made)
        made.setMinimumWidth(self._line_width)
        return made

    def _chosen(self) -> None:
        self.passphrase.clear()
        self._try_anew()
        if not self._left_s:
            self.say("")

    def _try_anew(self) -> None:
        """Another passphrase is being typed: what was offered for the one before goes."""
        if not self._ways.isHidden():
            self._ways.hide()
            self.say("")
        self._button.setVisible(self._recovery.isHidden())
        self._links[_RESTORE].show()

    @property
    def whose(self) -> str:
        """The chosen account; nothing where there is no choice."""
        return str(self.account.currentData()) if self.account is not None else ""

    def _go(self) -> None:
        if not self._left_s and self.passphrase.text():
            self._button.setEnabled(False)
            self.say(tr("Opening…"))
            self._ways.hide()
            self.unlock.emit(self.passphrase.text(), self.whose)

    def _show_recovery(self) -> None:
        self._recovery.show()
        self._button.hide()
        if self.account is not None:
            self.account.rename(tr("For whom the new passphrase is"))
        self.key.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hush(self) -> None:
        """What was said of the words before does not stand beside the new ones."""
        self.say("")

    def _recover(self) -> None:
        if self.refuse(self._problems):
            return
        self.say(tr("Opening…"))
        self._ways.hide()
        self.recover.emit(self.key.text(), self.new.text(), self.whose)

    def _problems(self) -> list[Problem]:
        found: list[Problem] = []
        if not self.key.text().strip():
            said = tr("Type the recovery key that was printed or written down when the records were set up.")
            found.append((said, self.key))
        return [*found, *passphrase_problems(self.new, self.again, tr("new passphrase"))]

    def _open_as_they_stand(self) -> None:
        self._ways.hide()
        self.say(tr("Opening…"))
        self.as_they_stand.emit()

    def offer(self, *, as_they_stand: bool) -> None:
        """After a failure that a backup makes good: the ways on, the safer one first."""
        self._ways.show()
        self._button.hide()
        self._links[_RESTORE].hide()
        self._stands.setVisible(as_they_stand)
        self._restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: WorldError) -> None:
        """Say why it stayed closed; after wrong tries the next one waits, counted down in words."""
        self._button.setEnabled(True)
        super().show_problem(problem)
        self._said = problem.said
        wait_s = getattr(problem, "retry_after_s", 0)
        if wait_s:
            self._free_at = monotonic() + wait_s
            self._button.setEnabled(False)
            self._wait.start()
            self._count_down()
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _left_s(self) -> int:
        """Whole seconds until the next try; 0 when it is possible."""
        return max(0, math.ceil(self._free_at - monotonic()))

    def _count_down(self) -> None:
        if self._left_s:
            self.say(tr("{said} The next try is possible in {left_s} s.").format(said=self._said, left_s=self._left_s))
            return
        self._wait.stop()
        self._button.setEnabled(True)
        self.say(tr("{said} The next try is possible now.").format(said=self._said))
