"""Home: screenings, what is waited for, and the way to begin one; without screenings, what the account is for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from screener.language import tr
from screener.records.paging import Found
from screener.store.roles import Right
from screener.text import WorldError, problem_words
from screener.ui.idle import LOCK_AFTER_MIN
from screener.ui.shell.home_rail import HomeRail
from screener.ui.shell.screening_table import ScreeningTable, WaitingTable, lines_of
from screener.ui.shell.without_screenings import WithoutScreenings
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, label
from screener.ui.widgets.hints import hold_hint
from screener.ui.widgets.layout import EmptyState, FlowLayout, Notice, ScrollPage, clear, plain
from screener.ui.widgets.search_line import SearchLine
from screener.ui.widgets.speech import announce

NARROW_PX = 1000
PAUSE_MS = 150
"""After the last key in the search, before the vault is asked."""
_WHOSE = tr("Whose records? Go to a row of the list, or search for the reference.")
_LATE_MS = 100
"""After so long without an answer, that one is waited for is said."""


class HomePage(QWidget):
    """The list of screenings with search. What the account's role does not include is not offered."""

    new = Signal()
    open_draft = Signal(str)
    open_record = Signal(str)
    records = Signal(str)
    """A reference, of which all records are wanted."""
    discard = Signal(object)
    """The `Line` of an unfinished screening."""
    look_for = Signal(str)
    """Words that screenings are looked for with; empty for all of them."""
    more = Signal()
    """One page more of the list is wanted."""
    try_out = Signal()
    lock = Signal()
    settings = Signal()
    accounts = Signal()
    backups = Signal()
    audit_log = Signal()
    sheet = Signal()
    """A new recovery sheet is wanted."""
    rules = Signal()
    dose_day = Signal()
    export = Signal()
    """Signed screenings are to be taken out."""
    forms = Signal()
    """Blank forms or the crisis card are to be printed."""

    def __init__(
        self, who: str, rights: Collection[Right] = frozenset(Right), lock_after_min: int = LOCK_AFTER_MIN
    ) -> None:
        super().__init__()
        self._rights = rights
        self._found = Found()
        self._screenings: ScreeningTable | None = None
        self._waiting: Sequence[tuple[str, Mapping[str, Any]]] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar(who, lock_after_min))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = HomeRail(tr("Screenings") if Right.SCREEN in rights else tr("Home"), self._ways())
        row.addWidget(self.rail)
        self._page = ScrollPage("page", 1180, 32)
        row.addWidget(self._page, 1)
        column.addLayout(row, 1)
        self.found = Notice("")
        renew = ActionButton(tr("New recovery sheet…"))
        renew.clicked.connect(self.sheet)
        self._reminder = Notice("", "warning", action=renew)
        self._first: QWidget | None = None
        self._answered = False
        """The vault has said what there is."""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._say_late)
        self._more = ActionButton(tr("Show more"))
        self._more.clicked.connect(self._ask_more)
        self._table, self._below, self._foot = QVBoxLayout(), QVBoxLayout(), QWidget()
        if Right.SCREEN in rights:
            self._with_screenings()
        else:
            self._without()

    # Building

    def _bar(self, who: str, lock_after_min: int) -> QWidget:
        bar = plain("bar")
        # At large text it wraps: no word of whose records these are is cut.
        row = FlowLayout(bar, gap_px=8, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(label("Screener", "strong"))
        row.addWidget(chip(who, large=True))
        end = QWidget()
        right = FlowLayout(end, gap_px=8)
        right.addWidget(
            label(
                tr("Records open · locked after {lock_after_min} min without a touch").format(
                    lock_after_min=lock_after_min
                ),
                "muted",
            )
        )
        lock = ActionButton(tr("Lock"), "Ctrl+L")
        lock.clicked.connect(self.lock)
        right.addWidget(lock)
        row.addWidget(end)
        return bar

    def _ways(self) -> dict[str, Callable[[], object]]:
        """The rooms that this account may go to."""
        ways: Mapping[str, tuple[Callable[[], object], Right | None]] = {
            "dose_day": (self.dose_day.emit, Right.SCREEN),
            "training": (self.try_out.emit, None),
            "accounts": (self.accounts.emit, Right.ACCOUNTS),
            "backups": (self.backups.emit, Right.CHOOSE),
            "log": (self.audit_log.emit, Right.LOG),
            "rules": (self.rules.emit, None),
            "forms": (self.forms.emit, None),
            "settings": (self.settings.emit, None),
        }
        return {room: go for room, (go, right) in ways.items() if right is None or right in self._rights}

    def _with_screenings(self) -> None:
        # In rows that wrap: at large text the search and what begins stand below the title.
        holder, deeds = QWidget(), QWidget()
        head = FlowLayout(holder, gap_px=8, last_at_end=True)
        head.addWidget(label(tr("Screenings"), "page"))
        self._to_waiting = LinkButton("")
        self._to_waiting.setAccessibleDescription(tr("Goes to what is waited for, below the list"))
        self._to_waiting.clicked.connect(self._go_to_waiting)
        self._to_waiting.hide()
        head.addWidget(self._to_waiting)
        self.search = SearchLine()
        self.search.setPlaceholderText(tr("Search reference, pathway, clinician…"))
        self.search.setAccessibleName(tr("Search screenings"))
        self.search.setAccessibleDescription(
            tr("Part of a word is enough. Down goes into the list, Esc takes the words away.")
        )
        hold_hint(self.search, 290)
        self.search.textEdited.connect(self._typed)
        self.search.returnPressed.connect(self._ask)
        self.search.down.connect(self._to_list)
        row = FlowLayout(deeds, gap_px=8)
        row.addWidget(self.search)
        if Right.EXPORT in self._rights:
            export = ActionButton(tr("Export…"))
            export.setAccessibleDescription(tr("Signed screenings as a table, all or those found. Key Ctrl+Shift+E"))
            export.setToolTip(tr("Export (Ctrl+Shift+E)"))
            export.clicked.connect(self.export)
            row.addWidget(export)
        self.begin = ActionButton(tr("New screening"), "Ctrl+N", "primary")
        self.begin.clicked.connect(self.new)
        row.addWidget(self.begin)
        head.addWidget(deeds)
        self._page.body.addWidget(holder)
        self._page.body.addWidget(self._reminder)
        self._page.body.addWidget(self.found)
        self._page.body.addLayout(self._table)
        self._page.body.addWidget(self._make_foot())
        self._page.body.addLayout(self._below)
        self._page.body.addStretch(1)

    def _make_foot(self) -> QWidget:
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(scaled(14), 0, 0, 0)
        self._said = label("", "muted", wrap=True)
        row.addWidget(self._said, 1)
        row.addWidget(self._more)
        self._foot.hide()
        return self._foot

    def _without(self) -> None:
        inner = WithoutScreenings(self._ways())
        self._first = inner.first
        self._page.body.addWidget(self._reminder)
        self._page.body.addWidget(self.found)
        self._page.body.addWidget(inner)
        self._page.body.addStretch(1)

    def remind_of_the_sheet(self) -> None:
        """Nobody has said that the present recovery key was written down."""
        self._reminder.show_text(
            tr(
                "Nobody has confirmed that the present recovery key was written down or "
                "printed. A new sheet takes its place."
            )
        )

    def focus_first(self) -> None:
        """On the search, from which Down goes into the list; on what begins a screening, where there is none yet."""
        first = self._first or (self.begin if self._answered and self._is_empty else self.search)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_empty(self) -> bool:
        """There is no screening at all."""
        return self._found.nothing and not self._found.words

    # What the vault holds

    def wait(self) -> None:
        """The vault has been asked: where the answer takes a moment, that is said."""
        self._late.start()

    def show_problem(self, problem: WorldError) -> None:
        """Say what the store could not do."""
        self._late.stop()
        self._more.setEnabled(True)
        self.found.show_text(problem_words(problem))

    def _say_late(self) -> None:
        self._foot.show()
        self._said.setText(tr("Looking through the records…"))

    def show_found(self, found: Found, *, further: bool = False) -> None:
        """Show what was found; `further`: it goes on where what is shown ends."""
        self._late.stop()
        before, self._found = self._found, found
        self._said.setText(found.said)
        self._more.setEnabled(True)
        self._more.setVisible(found.more)
        self._foot.setVisible(not found.nothing)
        if further and self._screenings is not None:
            drafts, records = found.drafts[len(before.drafts) :], found.records[len(before.records) :]
            self._screenings.add(lines_of(drafts, records))
            announce(self, found.said)
            return
        self._show()
        if found.words:
            announce(self, found.said or tr("Nothing found"))
        elif not self._answered:
            announce(self, tr("No screenings yet") if self._is_empty else found.said)
        self._answered = True
        if self._is_empty and self.search.hasFocus() and not self.search.text():
            self.focus_first()

    @property
    def shown(self) -> Found:
        """What is shown of the list."""
        return self._found

    @property
    def words(self) -> str:
        """What stands in the search."""
        return self.search.text().strip() if Right.SCREEN in self._rights else ""

    def show_waiting(self, waiting: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        """Show what is waited for, each with its reference."""
        self._waiting = waiting
        clear(self._below)
        shown = bool(waiting) and not self._found.words
        self._to_waiting.setText(tr("Waiting for: {count}").format(count=len(waiting)))
        self._to_waiting.setAccessibleName(self._to_waiting.text())
        self._to_waiting.setVisible(shown)
        if shown:
            self._below.addSpacing(16)
            self._below.addWidget(label(tr("Waiting for"), "large"))
            self._table_of_waiting = WaitingTable(waiting)
            self._below.addWidget(self._table_of_waiting)

    def _show(self) -> None:
        focus = QApplication.focusWidget()
        was_in_list = self._screenings is not None and focus is not None and self._screenings.isAncestorOf(focus)
        clear(self._table)
        self._screenings = None
        found = self._found
        if found.nothing:
            self._table.addWidget(self._nothing(found.words))
        else:
            self._screenings = ScreeningTable(lines_of(found.drafts, found.records))
            self._screenings.open_draft.connect(self.open_draft)
            self._screenings.open_record.connect(self.open_record)
            self._screenings.discard.connect(self.discard)
            self._screenings.records.connect(self.records)
            self._screenings.above.connect(self.search.setFocus)
            self._screenings.below.connect(self._to_more)
            self._table.addWidget(self._screenings)
        self.show_waiting(self._waiting)
        if was_in_list:
            # It was another list, of words that were typed before: the keyboard stays in what is found now.
            QTimer.singleShot(0, self, self._to_list)

    def _nothing(self, words: str) -> EmptyState:
        if words:
            return EmptyState(tr("Nothing found"), tr("No screening matches “{words}”.").format(words=words))
        begin = ActionButton(tr("New screening"), "Ctrl+N", "primary")
        begin.clicked.connect(self.new)
        text = tr(
            "A screening begins with a reference and a pathway. It is saved as you go and can be paused at any moment."
        )
        return EmptyState(tr("No screenings yet"), text, begin)

    # What the person did

    def ask_for_records(self) -> None:
        """All that is kept under the reference of the row with the keyboard, or under the only one that is shown."""
        reference = self._screenings.at_hand() if self._screenings is not None else ""
        if reference:
            self.records.emit(reference)
        else:
            self.found.show_text(_WHOSE)
            announce(self, _WHOSE)

    def _to_list(self) -> None:
        if self._screenings is not None:
            self._screenings.focus_first()
        else:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_more(self) -> None:
        if self._more.isVisible():
            self._more.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_waiting(self) -> None:
        self._table_of_waiting.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._pause.start()

    def _ask(self) -> None:
        self._pause.stop()
        self.look_for.emit(self.search.text().strip())

    def _ask_more(self) -> None:
        self._more.setEnabled(False)
        self.more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and Right.SCREEN in self._rights and self.search.text():
            self.search.clear()
            self._ask()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.rail.show_narrow(unscaled(event.size().width()) < NARROW_PX)
        super().resizeEvent(event)
