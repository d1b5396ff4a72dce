"""Rules and sources: lists at the left, what is chosen at the right; the place is kept when files are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.browsing import Shelves, held_words
from screener.forms.findings import Finding
from screener.forms.library import Library
from screener.language import tr
from screener.ui.actions import bind
from screener.ui.packs.entry_side import EntrySide
from screener.ui.packs.in_table import InTable
from screener.ui.packs.lists import TABS, EntryLists
from screener.ui.packs.logic_card import Logic
from screener.ui.packs.opened import READING, Opened, State, changed
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import ActionButton, Segmented, chip, label
from screener.ui.widgets.flow import UNBOUND
from screener.ui.widgets.layout import plain
from screener.ui.widgets.speech import announce

_LIST_PX, _NARROW_LIST_PX, _NARROW_PX, _ONE_PX = 352, 300, 1060, 800
_HELD_PX, _NAMED_PX = 1240, 860
"""Below these widths the bar leaves out how much the pack holds, and its name."""
_PAUSE_MS = 40
"""Between one step through the list and what is shown: who holds Down sees the last one, not all on the way."""


class BrowserPage(QWidget):
    """The author's door. It shows values that it is given and reads no file itself."""

    closed = Signal()
    run_cases = Signal()
    open_folder = Signal(object)
    """The `Path` of a file whose folder is to be shown by the system."""
    looks_at = Signal(str)
    """The rule that somebody looks at now."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Rules and sources"))
        self._shelves: Shelves | None = None
        self._files: Library | None = None
        """The files as they were read last, whether or not they could be put together."""
        self._state = State("", READING)
        self._logic = Logic()
        self._wished: tuple[str, str] | None = None
        self._of_reading = ("", "", "")
        """What the last reading changed, and in which entry."""
        self._one = self._detail_first = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.lists = self._left()
        row.addWidget(self.lists)
        self.side = self._right(now)
        row.addWidget(self.side, 1)
        column.addLayout(row, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show_chosen)
        self._actions = {
            action_id: bind(self, action_id, slot)
            for action_id, slot in (
                ("filter", self._to_filter),
                ("next_entry", partial(self.lists.step, 1)),
                ("previous_entry", partial(self.lists.step, -1)),
                ("try_it", self._to_trying),
                ("add_reading", self._add_row),
                ("way_back", self._go_back),
            )
        }
        self.side.turned.connect(self._refresh_actions)
        self._refresh_actions()

    # Building

    def _bar(self) -> QWidget:
        bar = plain("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        self._name = chip(tr("Rules and sources"), large=True)
        row.addWidget(self._name)
        self.tabs = Segmented(tr("Show"), TABS, always=True)
        self.tabs.show_chosen("rule")
        self.tabs.user_chose.connect(self._turn)
        row.addWidget(self.tabs)
        self._held = label("", "small", wrap=True)
        self._held.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._held, 1000)
        row.addStretch(1)
        self._folder = ActionButton(tr("Open the folder"))
        self._folder.clicked.connect(self._open_folder)
        row.addWidget(self._folder)
        close = ActionButton(tr("Back"), "Esc")
        close.clicked.connect(self.closed)
        row.addWidget(close)
        return bar

    def _left(self) -> EntryLists:
        lists = EntryLists()
        lists.came_to.connect(self._came_to)
        lists.entered.connect(self._to_detail)
        lists.words.connect(self._narrow_page)
        return lists

    def _right(self, now: Callable[[], datetime]) -> EntrySide:
        side = EntrySide(now)
        side.go.connect(self.follow)
        side.open_folder.connect(self.open_folder)
        side.findings.run_cases.connect(self.run_cases)
        side.back_wanted.connect(self._go_back)
        side.list_wanted.connect(self._show_list)
        return side

    # What it is given

    def show_state(self, state: State) -> None:
        """Say how the open content stands."""
        self._state = state
        self._name.show_runs(((f"{tr('Rules and sources')} · ", False), (state.name, True)))
        self._say_held()
        self._take_findings()
        if self.library is None:
            self._show_chosen()

    def _say_held(self) -> None:
        """How much the pack holds, how it was read, and how far the logic checks are."""
        held = held_words(self._shelves.pack) if self._shelves is not None else ""
        self._held.setText(
            " · ".join(part for part in (held, self._state.said, self._logic.brief.replace(" ", "\u00a0")) if part)
        )

    def show_shelves(self, shelves: Shelves) -> None:
        """Show the lists of a pack. Where one was shown before, the place in it is kept, and what changed is said."""
        before, self._shelves = self._shelves, shelves
        self.show_state(self._state)
        self.lists.show_shelves(shelves)
        if before is None:
            self._begin()
        elif before.pack.hash != shelves.pack.hash:
            here = self.lists.kind, self.lists.name
            self._show_chosen(changed(before.pack, shelves.pack, *here))

    def show_library(self, library: Library) -> None:
        """Show what the files themselves hold: how entries are written, worked cases."""
        self._files = library
        self.side.findings.take_files(library)
        if self.library is not None:
            self._show_chosen()
        self._take_findings()

    def say_cases(self, text: str, findings: Iterable[Finding] = (), *, running: bool = False) -> None:
        """Say what came of all worked cases, or that they are being run."""
        self.side.findings.say_cases(text, findings, running=running)
        self._refresh_findings()
        if not running:
            announce(self, text)

    def show_logic(self, logic: Logic) -> None:
        """The logic checks have come further."""
        self._logic = logic
        self._say_held()
        self.side.rule.show_logic(logic)
        over = self.side.findings.take_logic(logic)
        self._refresh_findings()
        if over:
            announce(self, over)

    def show_table(self, state: InTable) -> None:
        """The table that somebody loaded has come further."""
        self.side.rule.show_table(state)
        self.side.table.show_table(state)
        if self.lists.kind == "table":
            self.lists.show_words(self.side.table.counted)

    @property
    def library(self) -> Library | None:
        """The files that were read last, while they are those of the pack that is shown."""
        if self._files is None or self._shelves is None or not self._files.holds(self._shelves.pack):
            return None
        return self._files

    # The way from entry to entry

    def go_to(self, kind: str, name: str) -> None:
        """Show an entry, once the lists are there. Where there is room for one thing it is shown, not the list."""
        self._detail_first = True
        if self._shelves is None:
            self._wished = (kind, name)
        else:
            self._show_entry(kind, name)
            self._arrange()
            if self._one:
                self.side.focus_page()

    def follow(self, kind: str, name: str) -> None:
        """Follow a link to an entry; the way back is kept."""
        self.side.remember(self.lists.kind, self.lists.name)
        self._show_entry(kind, name)
        self._to_detail()

    def _go_back(self) -> None:
        before = self.side.take_back()
        if before is not None:
            self._show_entry(*before)
            self._to_detail()

    def _begin(self) -> None:
        if self._wished is not None:
            wished, self._wished = self._wished, None
            self.go_to(*wished)
        else:
            # The list first; what is shown of its first entry comes with the next turn of the window.
            self.lists.choose_first()

    def _turn(self, kind: str) -> None:
        self.lists.turn(kind)
        self._detail_first = not self.lists.lists_entries
        self._arrange()
        self._show_chosen()

    def _came_to(self) -> None:
        self.side.forget()
        self._pause.start()

    def _show_entry(self, kind: str, name: str) -> None:
        self.tabs.show_chosen(kind)
        opened = self._opened
        self.lists.go_to(kind, name, there=opened is not None and opened.there(kind, name))
        self._show_chosen()

    @property
    def _opened(self) -> Opened | None:
        return Opened(self._shelves, self.library, self._state) if self._shelves is not None else None

    def _show_chosen(self, said: str = "") -> None:
        """Show the chosen entry, made anew only where something of it is other than shown."""
        self._pause.stop()
        opened, kind, name = self._opened, self.lists.kind, self.lists.name
        if opened is None:
            return
        if said:
            self._of_reading = (kind, name, said)
        elif self._of_reading[:2] == (kind, name):
            said = self._of_reading[2]
        if kind == "finding":
            self.side.show_findings()
        elif kind == "table":
            self.side.show_counts()
        elif not name:
            self.side.show_nothing()
        elif opened.there(kind, name):
            if kind == "rule":
                self.looks_at.emit(name)
            self.side.show_entry(opened.shown(kind, name), said)
        else:
            self.side.show_gone(kind, name, said)
        self.side.show_way(alone=self._one)

    # Findings

    def _take_findings(self) -> None:
        """What was found in the open content; it is shown only where somebody looks at it."""
        of_files = self.library.findings if self.library is not None else ()
        self.side.findings.take((*self._state.findings, *of_files), self._state.said)
        self._refresh_findings()

    def _narrow_page(self, words: str) -> None:
        self.lists.show_words(self.side.narrow(self.lists.kind, words))

    def _refresh_findings(self) -> None:
        if self.lists.kind == "finding":
            self.lists.show_words(self.side.findings.counted)
            self.side.findings.refresh()

    # Keys

    def focus_first(self) -> None:
        if not (self._one and self._detail_first):
            self.lists.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_filter(self) -> None:
        self._show_list()
        self.lists.focus_filter()

    def _to_detail(self) -> None:
        self._show_chosen()
        self._detail_first = True
        self._arrange()
        self.side.focus_page()

    def _to_trying(self) -> None:
        if self.side.page is self.side.rule:
            self._detail_first = True
            self._arrange()
            self.side.rule.focus_trying()

    def _add_row(self) -> None:
        trying = self.side.rule.trying
        if trying is not None and trying.isVisible():
            trying.add_row()

    def _refresh_actions(self) -> None:
        """Keys and palette have what does something for the entry that is shown."""
        rule, trying = self.side.page is self.side.rule, self.side.rule.trying
        self._actions["try_it"].setEnabled(rule)
        self._actions["add_reading"].setEnabled(rule and trying is not None and trying.takes_rows)
        self._actions["way_back"].setEnabled(self.side.leads_back)

    def _show_list(self) -> None:
        if self._one and self._detail_first:
            self._detail_first = False
            self._arrange()
            self.lists.focus_list()

    def _open_folder(self) -> None:
        if self._files is not None:
            self.open_folder.emit(self._files.folder / "pack.yaml")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._one and self._detail_first:
            self._show_list()
        elif not self.lists.take_back():
            self.closed.emit()

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side, or one at a time where there is no room for both."""
        room = unscaled(self.width())
        self._one = room < _ONE_PX
        if self._one:
            self.lists.setMinimumWidth(0)
            self.lists.setMaximumWidth(UNBOUND)
        else:
            self.lists.setFixedWidth(scaled(_LIST_PX if room >= _NARROW_PX else _NARROW_LIST_PX))
        self.lists.setVisible(not (self._one and self._detail_first))
        self.side.setVisible(not self._one or self._detail_first)
        self._held.setVisible(room >= _HELD_PX)
        self._name.setVisible(room >= _NAMED_PX)
        self._folder.setVisible(room >= _NAMED_PX)
        self.side.show_way(alone=self._one)
