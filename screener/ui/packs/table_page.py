"""The whole pack in a table that somebody loads: which one, how far it is, what was found, how often each is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.ui.packs.in_table import InTable
from screener.ui.packs.parts import bare_card
from screener.ui.packs.table_choice import TableChoice
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.finding_card import finding_card
from screener.ui.widgets.layout import Notice, ScrollPage, clear
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab
from screener.ui.widgets.visible import reveal
from screener.ui.widgets.working import Working

if TYPE_CHECKING:
    from screener.ui.packs.table_results import Results

_SAYS = tr(
    "Counts of the records of one table under one set of rules, for those who write and choose rules. They say nothing "
    "about any one person, and nothing about whether treatment takes place."
)


class TablePage(ScrollPage):
    """The right side of the browser for the list *How often*. It counts nothing itself."""

    go = Signal(str, str)
    open_folder = Signal(object)
    stop = Signal()
    part_by = Signal(str)
    compare = Signal(str, object)
    """(under what, the folder of a pack or None)"""
    save = Signal(str)
    """An ending: pdf, html, csv."""

    def __init__(self) -> None:
        super().__init__("page", 1180, 28)
        self.setAccessibleName(tr("How often it would be listed"))
        self._shown: InTable | None = None
        self._words = ""
        self.results: Results | None = None
        self.body.addWidget(label(tr("How often it would be listed"), "title"))
        lead = bare_card(_SAYS)
        lead.body.addWidget(label(_SAYS, wrap=True))
        self.body.addWidget(lead)
        self._why = Notice("")
        self.body.addWidget(self._why)
        self.choice = TableChoice()
        self.choice.open_folder.connect(self.open_folder)
        self.body.addWidget(self.choice)
        self._sign = Working()
        self.body.addWidget(self._sign)
        self._stop = ActionButton(tr("Stop"))
        self._stop.clicked.connect(self.stop)
        self.body.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        self._problem, self._said = Notice("", "warning"), Notice("")
        self.body.addWidget(self._problem)
        self.body.addWidget(self._said)
        holder = QWidget()
        self._inside = QVBoxLayout(holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(12)
        self.body.addWidget(holder)
        self.body.addStretch(1)
        reveal(self._stop, False)

    def show_table(self, state: InTable) -> None:
        """The table has come further."""
        before, self._shown = self._shown, state
        at_run = self.choice.run.hasFocus()
        self._why.show_text(state.why)
        reveal(self.choice, not state.why)
        self.choice.show_table(state)
        self._show_work(state, at_run)
        for notice, text in ((self._problem, state.problem), (self._said, state.said)):
            if notice.text != text:
                notice.show_text(text)
                if text:
                    announce(self, text)
        if before is None or before.counted is not state.counted:
            self._show_counted(state)

    def _show_work(self, state: InTable, at_run: bool) -> None:
        if state.working and state.working != self._sign.text:
            self._sign.begin(state.working)
        if state.working and state.share is not None:
            self._sign.show_share(state.share)
        if not state.working and self._sign.text:
            self._sign.end()
        if not state.working and self._stop.hasFocus():
            self.choice.run.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self._stop, bool(state.working))
        if state.working and at_run:  # the button that began it cannot be pressed now
            self._stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_counted(self, state: InTable) -> None:
        focus = self.window().focusWidget()
        had = focus.accessibleName() if self.results is not None and self.results.isAncestorOf(focus) else ""
        if had:
            self.choice.run.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._inside)
        self.results = None
        counted = state.counted
        if counted is None:
            return
        for finding in counted.findings:
            self._inside.addWidget(finding_card(finding))
        if counted.shown is None:
            announce(self, tr("The map has findings that stop it: nothing was counted."))
            return
        from screener.ui.packs.table_results import Results

        self.results = made = Results(state, counted)
        made.go.connect(self.go)
        made.part_by.connect(self.part_by)
        made.compare.connect(self.compare)
        made.save.connect(self.save)
        made.narrow(self._words)
        self._inside.addWidget(made)
        order_tab(self)
        if had:
            self.focus_first()
        announce(self, made.brief)

    # The list's line for words

    def narrow(self, words: str) -> None:
        """Leave the rules in which all these words stand."""
        self._words = words
        if self.results is not None:
            self.results.narrow(words)

    @property
    def counted(self) -> str:
        """How many rules there are in the table of rules."""
        if self.results is None:
            return tr("No table is counted")
        return self.results.left_words

    def focus_first(self) -> None:
        if self.results is not None:
            self.results.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.choice.focus_first()
