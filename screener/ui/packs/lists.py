"""The left side of the browser: lists of rules, questions and sources, what narrows them, and the place in each."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from screener.forms.browsing import Shelves, Wanted, chosen, found
from screener.language import tr
from screener.ui.packs.entries import EntryList, Row, entry_rows, rule_rows
from screener.ui.packs.links import ACROSS_PX
from screener.ui.packs.narrowing import Narrowing
from screener.ui.packs.opened import READING
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.speech import announce

TABS: tuple[tuple[str, str], ...] = (
    ("rule", tr("Rules")),
    ("question", tr("Questions")),
    ("source", tr("Sources")),
    ("finding", tr("Findings")),
    ("table", tr("How often")),
)
_ENTRIES = ("rule", "question", "source")
_FILTERS = {
    "rule": (tr("Filter rules"), tr("id, title, words, source…")),
    "question": (tr("Filter questions"), tr("id, words, options…")),
    "source": (tr("Filter sources"), tr("title, organisation, year…")),
    "finding": (tr("Filter findings"), tr("file, rule, words…")),
    "table": (tr("Filter the rules of the table"), tr("id, title, theme, kind…")),
}
"""What the line for words is called, and what it looks at."""
_COUNTED = {
    "rule": (
        tr("{every} rules"),
        tr("{left} of {every} rules"),
        tr("None of {every} rules matches. Take a word or a list back."),
    ),
    "question": (
        tr("{every} questions"),
        tr("{left} of {every} questions"),
        tr("None of {every} questions matches. Take a word or a list back."),
    ),
    "source": (
        tr("{every} sources"),
        tr("{left} of {every} sources"),
        tr("None of {every} sources matches. Take a word or a list back."),
    ),
}
"""How many there are; how many are left of them; that none is."""


class EntryLists(QWidget):
    """One list at a time; each keeps its words and its place. Where the page is the list there are words alone."""

    came_to = Signal()
    """The user came to another entry."""
    entered = Signal()
    """Enter: to what is shown of it."""
    words = Signal(str)
    """Words to narrow the page by, where it is the list: the findings, the rules of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.kind = "rule"
        self._shelves: Shelves | None = None
        self._wanted = Wanted()
        self._texts = {kind: "" for kind, _ in TABS}
        self._chosen = dict.fromkeys(_ENTRIES, "")
        self._changed_only = dict.fromkeys(_ENTRIES, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(False)
        self.filter.textEdited.connect(self._typed)
        column.addWidget(self.filter)
        self.narrowing = Narrowing()
        self.narrowing.changed.connect(self._narrow)
        column.addWidget(self.narrowing)
        self.changed = LinkButton("")
        self.changed.clicked.connect(self._turn_changed)
        self.changed.hide()
        column.addWidget(self.changed, 0, Qt.AlignmentFlag.AlignLeft)
        self._count = label(READING, "small", wrap=True)
        self._count.setContentsMargins(scaled(ACROSS_PX), 0, 0, 0)
        column.addWidget(self._count)
        self.list = EntryList(tr("Rules"))
        self.list.chosen.connect(self._came_to)
        self.list.entered.connect(self.entered)
        column.addWidget(self.list, 1000)
        column.addStretch(1)  # where there is no list the rest stays above
        self._name_parts()

    @property
    def name(self) -> str:
        """The entry that is chosen; empty where none is."""
        return self._chosen.get(self.kind, "")

    @property
    def lists_entries(self) -> bool:
        """Whether there is a list here; otherwise the page is the list."""
        return self.kind in _ENTRIES

    # What is shown

    def show_shelves(self, shelves: Shelves) -> None:
        """Show the lists of a pack, each at the place it was at."""
        self._shelves = shelves
        self._fill()

    def choose_first(self) -> None:
        """As if the user came to the first entry; where nothing is listed, nothing is chosen."""
        self.list.choose_first()

    def turn(self, kind: str) -> None:
        """Show the list of another kind, at the entry that was chosen there, else at its first."""
        if kind == self.kind:
            return
        self.kind = kind
        self.filter.setText(self._texts[kind])
        self._name_parts()
        self._fill()
        first = self.list.rows.first
        if kind in _ENTRIES and not self._chosen[kind] and first is not None:
            self._chosen[kind] = self.list.rows.rows[first].id
            self.list.choose(self._chosen[kind])

    def go_to(self, kind: str, name: str, *, there: bool) -> None:
        """Turn to an entry. What hides it is taken back if it is `there`."""
        if kind not in _ENTRIES:
            self.turn(kind)
            return
        self._chosen[kind] = name
        self.turn(kind)
        if there and self.list.rows.place_of(name) is None:
            self._take_all_back()
        self.list.choose(name)

    def show_words(self, said: str) -> None:
        """Say above the list how much is left; of findings and of a table the page knows."""
        self._count.setText(said)

    # The user

    def step(self, by: int) -> None:
        """To the next (1) or the previous (-1) entry of the list."""
        if self.kind in _ENTRIES:
            self.list.step(by)

    def focus_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def focus_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_back(self) -> bool:
        """Take back the words that the keyboard is in; whether there were any."""
        if not (self.filter.hasFocus() and self.filter.text()):
            return False
        self.filter.clear()
        self._typed("")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        into = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.filter.hasFocus() and event.key() in into:
            self._from_filter()
        else:
            super().keyPressEvent(event)

    def _from_filter(self) -> None:
        """Into the list: to what was chosen there, or the first entry that is left."""
        if self.list.rows.place_of(self.name) is None:
            self.list.choose_first()
        self.focus_list()

    def _typed(self, text: str) -> None:
        self._texts[self.kind] = text
        self._fill()
        announce(self, self._count.text())

    def _narrow(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._fill()
        announce(self, self._count.text())

    def _turn_changed(self) -> None:
        self._changed_only[self.kind] = not self._changed_only[self.kind]
        self._fill()
        announce(self, self._count.text())
        if self._changed_only[self.kind] and self.list.rows.place_of(self.name) is None:
            self.list.choose_first()

    def _came_to(self, name: str) -> None:
        self._chosen[self.kind] = name
        self.came_to.emit()

    def _take_all_back(self) -> None:
        self._texts[self.kind] = ""
        self.filter.setText("")
        self._changed_only[self.kind] = False
        if self.kind == "rule":
            self._wanted = Wanted()
        self._fill()

    # Filling

    def _name_parts(self) -> None:
        self.list.setAccessibleName(dict(TABS)[self.kind])
        name, looks_at = _FILTERS[self.kind]
        self.filter.setAccessibleName(name)
        self.filter.setPlaceholderText(looks_at)
        self.narrowing.setVisible(self.kind == "rule")
        self.list.setVisible(self.kind in _ENTRIES)

    def _fill(self) -> None:
        """Show what is left, with the place kept."""
        if self._shelves is None:
            return
        self._show_changed(len(self._shelves.changed(self.kind)))
        if self.kind not in _ENTRIES:
            self.words.emit(self._texts[self.kind])
        else:
            self.list.show_rows(self._rows(self._shelves, self._texts[self.kind]), self._chosen[self.kind])

    def _show_changed(self, count: int) -> None:
        """The way to what the open pack changes in this list, where it changes anything in it."""
        if self.kind in _ENTRIES and not count:
            self._changed_only[self.kind] = False
        self.changed.setText(
            tr("All again")
            if self._changed_only.get(self.kind)
            else tr("Only what is changed here ({count})").format(count=count)
        )
        self.changed.setAccessibleName(self.changed.text())
        self.changed.setVisible(self.kind in _ENTRIES and count > 0)

    def _rows(self, shelves: Shelves, text: str) -> list[Row]:
        ours = shelves.changed(self.kind) if self._changed_only[self.kind] else None
        if self.kind == "rule":
            wanted = replace(self._wanted, text=text)
            lines = tuple(line for line in shelves.rules if ours is None or line.id in ours)
            rules = chosen(lines, wanted)
            self.narrowing.show_wanted(shelves.pack, lines, wanted)
            self._say_count(len(rules), len(shelves.rules))
            return rule_rows(rules)
        every = shelves.questions if self.kind == "question" else shelves.sources
        left = [entry for entry in found(every, text) if ours is None or entry.id in ours]
        self._say_count(len(left), len(every))
        return entry_rows(left)

    def _say_count(self, left: int, every: int) -> None:
        whole, some, none = _COUNTED[self.kind]
        said = none if not left else whole if left == every else some
        self._count.setText(said.format(left=left, every=every))
