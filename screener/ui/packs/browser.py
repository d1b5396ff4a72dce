"""Rules and sources: lists at the left, what is chosen at the right; the place is kept when files are read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from screener.forms.browsing import (
    Shelves,
    Wanted,
    chosen,
    found,
    held_words,
    readers_of,
)
from screener.forms.changes import parts
from screener.forms.details import question_detail, rule_detail, source_detail
from screener.forms.findings import Finding
from screener.forms.library import Library
from screener.forms.model import Pack, Question, Rule
from screener.forms.trying import case_table
from screener.forms.words import PackNames
from screener.ui.actions import bind
from screener.ui.packs.entries import EntryList, Row, entry_rows, rule_rows
from screener.ui.packs.findings_page import FindingsHere
from screener.ui.packs.narrowing import Narrowing
from screener.ui.packs.question_page import QuestionPage, ShownQuestion
from screener.ui.packs.rule_page import RulePage, ShownRule
from screener.ui.packs.source_page import ShownSource, SourcePage
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import ActionButton, LinkButton, Segmented, chip, label
from screener.ui.widgets.layout import Notice, plain
from screener.ui.widgets.speech import announce

Kind = Literal["rule", "question", "source", "finding"]
TABS: tuple[tuple[str, str], ...] = (
    ("rule", "Rules"),
    ("question", "Questions"),
    ("source", "Sources"),
    ("finding", "Findings"),
)
_LIST_PX, _NARROW_LIST_PX, _NARROW_PX, _ONE_PX = 352, 300, 1060, 800
_HELD_PX, _NAMED_PX = 1240, 860
"""Below these widths the bar leaves out how much the pack holds, and its name."""
_PAUSE_MS = 40
"""Between one step through the list and what is shown: who holds Down sees the last one, not all on the way."""
READING = "Reading the files…"


@dataclass(frozen=True, slots=True)
class State:
    """How the open content stands, as the page says it."""

    name: str
    """The pack and its version."""
    said: str
    """How many findings, and when it was read."""
    findings: tuple[Finding, ...] = ()
    files: str = READING
    """Why nothing can be shown of the files, while it cannot."""


class BrowserPage(QWidget):
    """The author's door. It shows values that it is given and reads no file itself."""

    closed = Signal()
    again = Signal()
    """Read the files again."""
    run_cases = Signal()
    open_folder = Signal(object)
    """The `Path` of a file whose folder is to be shown by the system."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setAccessibleName("Rules and sources")
        self._shelves: Shelves | None = None
        self._library: Library | None = None
        """The files of the pack that is shown."""
        self._files: Library | None = None
        """The files as they were read last, whether or not they could be put together."""
        self._state = State("", READING)
        self._wanted = Wanted()
        self._texts: dict[str, str] = dict.fromkeys(("rule", "question", "source", "finding"), "")
        self._chosen: dict[str, str] = dict.fromkeys(("rule", "question", "source"), "")
        self._kind: str = "rule"
        self._before: list[tuple[str, str]] = []
        """Where links led away from."""
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
        self._left = self._lists()
        row.addWidget(self._left)
        self._right = self._pages(now)
        row.addWidget(self._right, 1)
        column.addLayout(row, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show_chosen)
        for action_id, slot in (
            ("filter", self._to_filter),
            ("next_entry", partial(self._step, 1)),
            ("previous_entry", partial(self._step, -1)),
            ("try_it", self._to_trying),
            ("way_back", self._go_back),
        ):
            bind(self, action_id, slot)

    # Building

    def _bar(self) -> QWidget:
        bar = plain("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(10)
        self._name = chip("Rules and sources", large=True)
        row.addWidget(self._name)
        self.tabs = Segmented("Show", TABS)
        self.tabs.show_chosen("rule")
        self.tabs.user_chose.connect(self._turn)
        row.addWidget(self.tabs)
        self._held = label("", "small", wrap=True)
        self._held.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._held, 1000)
        row.addStretch(1)
        self._folder = ActionButton("Open the folder")
        self._folder.clicked.connect(self._open_folder)
        row.addWidget(self._folder)
        close = ActionButton("Back", "Esc")
        close.clicked.connect(self.closed)
        row.addWidget(close)
        return bar

    def _lists(self) -> QWidget:
        rail = plain("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(False)
        self.filter.textEdited.connect(self._typed)
        column.addWidget(self.filter)
        self.narrowing = Narrowing()
        self.narrowing.changed.connect(self._narrow)
        column.addWidget(self.narrowing)
        self._count = label(READING, "small", wrap=True)
        column.addWidget(self._count)
        self.list = EntryList("Rules")
        self.list.chosen.connect(self._came_to)
        self.list.entered.connect(self._to_detail)
        column.addWidget(self.list, 1)
        self._name_filter()
        return rail

    def _pages(self, now: Callable[[], datetime]) -> QWidget:
        holder = plain("page")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._way = plain("page")
        inside = QHBoxLayout(self._way)
        inside.setContentsMargins(24, 10, 24, 0)
        self._to_list = LinkButton("To the list")
        self._to_list.clicked.connect(self._show_list)
        self._back = LinkButton("")
        self._back.clicked.connect(self._go_back)
        for link in (self._to_list, self._back):
            inside.addWidget(link)
        inside.addStretch(1)
        column.addWidget(self._way)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self.rule, self.question, self.source = RulePage(now), QuestionPage(), SourcePage()
        self.findings = FindingsHere()
        self.findings.run_cases.connect(self.run_cases)
        self._gone = _Nothing()
        for page in (self.rule, self.question, self.source, self.findings):
            page.go.connect(self.follow)
            page.open_folder.connect(self.open_folder)
            self._stack.addWidget(page)
        self._stack.addWidget(self._gone)
        self._stack.setCurrentWidget(self._gone)
        self._show_way()
        return holder

    # What it is given

    def show_state(self, state: State) -> None:
        """Say how the open content stands."""
        self._state = state
        self._name.show_runs((("Rules and sources · ", False), (state.name, True)))
        held = held_words(self._shelves.pack) if self._shelves is not None else ""
        self._held.setText(" · ".join(part for part in (held, state.said) if part))
        self._take_findings()
        if self._library is None and self._shelves is not None:
            self._show_chosen()

    def show_shelves(self, shelves: Shelves) -> None:
        """Show the lists of a pack. Where one was shown before, the place in it is kept, and what changed is said."""
        before, self._shelves = self._shelves, shelves
        if self._library is not None and not self._library.holds(shelves.pack):
            self._library = None
        self.show_state(self._state)
        self._fill()
        if before is None:
            self._begin()
        elif before.pack.hash != shelves.pack.hash:
            self._show_chosen(self._changes(before.pack, shelves.pack))

    def show_library(self, library: Library) -> None:
        """Show what the files themselves hold: how entries are written, worked cases."""
        self._files = library
        self.findings.take_files(library)
        if self._shelves is not None and library.holds(self._shelves.pack):
            self._library = library
            self._show_chosen()
        self._take_findings()

    def say_cases(self, text: str, findings: Iterable[Finding] = (), *, running: bool = False) -> None:
        """Say what came of all worked cases, or that they are being run."""
        self.findings.say_cases(text, findings, running=running)
        self._refresh_findings()
        if not running:
            announce(self, text)

    def go_to(self, kind: str, name: str) -> None:
        """Show an entry, once the lists are there."""
        if self._shelves is None:
            self._wished = (kind, name)
            return
        self._show_entry(kind, name)

    def follow(self, kind: str, name: str) -> None:
        """Follow a link to an entry; the way back is kept."""
        here = (self._kind, self._chosen.get(self._kind, ""))
        self._before.append(here)
        self._show_entry(kind, name)
        self._to_detail()

    def focus_first(self) -> None:
        if not (self._one and self._detail_first):
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    # Lists

    def _begin(self) -> None:
        if self._wished is not None:
            (kind, name), self._wished = self._wished, None
            self._show_entry(kind, name)
        elif self.list.rows.count:
            # The list first; what is shown of its first entry comes with the next turn of the window.
            self.list.choose_first()

    def _turn(self, kind: str | None) -> None:
        self._turn_to(kind or self._kind)
        self._show_chosen()

    def _turn_to(self, kind: str) -> None:
        self.tabs.show_chosen(kind)
        if kind == self._kind:
            return
        self._kind = kind
        self.filter.setText(self._texts[kind])
        self._name_filter()
        self._fill()
        if kind != "finding" and not self._chosen[kind] and self.list.rows.first() is not None:
            self._chosen[kind] = self.list.rows.row_at(self.list.rows.first() or 0).id
            self.list.choose(self._chosen[kind])

    def _name_filter(self) -> None:
        titles = dict(TABS)
        self.list.setAccessibleName(titles[self._kind])
        words = {
            "rule": "Filter by id, title, words, source…",
            "question": "Filter questions by id, words, options…",
            "source": "Filter sources by title, organisation, year…",
            "finding": "Filter findings by file, rule, words…",
        }
        self.filter.setPlaceholderText(words[self._kind])
        self.filter.setAccessibleName(f"Filter {titles[self._kind].lower()}")
        self.narrowing.setVisible(self._kind == "rule")
        self.list.setVisible(self._kind != "finding")

    def _typed(self, text: str) -> None:
        self._texts[self._kind] = text
        self._fill()
        announce(self, self._count.text())

    def _narrow(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._fill()
        announce(self, self._count.text())

    def _fill(self) -> None:
        """Show what the filter leaves, with the place kept."""
        if self._shelves is None:
            return
        shelves, text = self._shelves, self._texts[self._kind]
        rows: list[Row] = []
        match self._kind:
            case "rule":
                wanted = replace(self._wanted, text=text)
                left = chosen(shelves.rules, wanted)
                rows = rule_rows(left)
                self.narrowing.show_wanted(shelves.pack, shelves.rules, wanted)
                self._say_count(len(left), len(shelves.rules), "rules")
            case "question":
                asked = found(shelves.questions, text)
                rows = entry_rows(asked)
                self._say_count(len(asked), len(shelves.questions), "questions")
            case "source":
                sources = found(shelves.sources, text)
                rows = entry_rows(sources)
                self._say_count(len(sources), len(shelves.sources), "sources")
            case _:
                self.findings.narrow(text)
                self._count.setText(self.findings.counted)
                return
        self.list.show_rows(rows, self._chosen[self._kind])

    def _say_count(self, left: int, every: int, what: str) -> None:
        said = f"{every} {what}" if left == every else f"{left} of {every} {what}"
        self._count.setText(said if left else f"None of {every} {what} matches. Take a word or a list back.")

    def _came_to(self, name: str) -> None:
        self._chosen[self._kind] = name
        self._before.clear()
        self._pause.start()

    def _step(self, by: int) -> None:
        if self._kind != "finding":
            self.list.step(by)

    # What is chosen

    def _show_entry(self, kind: str, name: str) -> None:
        """Turn to an entry. A filter that hides it is taken back."""
        if kind == "finding":
            self._turn_to(kind)
            self._show_chosen()
            return
        self._chosen[kind] = name
        if kind == self._kind:
            self.tabs.show_chosen(kind)
        self._turn_to(kind)
        if self.list.rows.row_of(name) is None and self._there(kind, name):
            self._texts[kind] = ""
            self.filter.setText("")
            if kind == "rule":
                self._wanted = Wanted()
            self._fill()
        self.list.choose(name)
        self._show_chosen()

    def _there(self, kind: str, name: str) -> bool:
        pack = self._shelves.pack if self._shelves is not None else None
        known = {} if pack is None else {"rule": pack.rules, "question": pack.questions, "source": pack.sources}
        return name in known.get(kind, {})

    def _show_chosen(self, said: str = "") -> None:
        """Show the chosen entry, made anew only where something of it is other than shown."""
        self._pause.stop()
        if self._shelves is None:
            return
        name = self._chosen.get(self._kind, "")
        if said:
            self._of_reading = (self._kind, name, said)
        elif self._of_reading[:2] == (self._kind, name):
            said = self._of_reading[2]
        if self._kind == "finding":
            self.findings.refresh()
            self._put(self.findings)
        elif not name:
            self._gone.show_text("Nothing is chosen", "Choose an entry from the list.")
            self._put(self._gone)
        elif not self._there(self._kind, name):
            self._show_gone(name, said)
        elif self._kind == "rule":
            self._show_rule(self._shelves, name, said)
        elif self._kind == "question":
            self._show_question(self._shelves, name, said)
        else:
            self._show_source(self._shelves, name, said)
        self._show_way()

    def _put(self, page: QWidget) -> None:
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)

    def _show_gone(self, name: str, said: str) -> None:
        what = f"the {self._kind} {name}"
        text = said or f"The content that is open does not have {what}."
        self._gone.show_text(f"{name} is not in the content", text)
        self._put(self._gone)

    def _show_rule(self, shelves: Shelves, name: str, said: str) -> None:
        library, rule = self._library, shelves.pack.rules[name]
        cases = excerpt = None
        findings: tuple[Finding, ...] = ()
        if library is not None and library.pack is not None:
            rule = library.pack.rules[name]
            excerpt, findings = library.excerpt("rule", name), library.findings_of("rule", name)
            cases = case_table(library.pack, rule)
        shown = ShownRule(
            shelves.pack, rule, rule_detail(shelves.pack, rule, shelves.difference), excerpt, cases, findings,
            self._state.files,
        )  # fmt: skip
        self.rule.show_rule(shown, said)
        self._put(self.rule)

    def _show_question(self, shelves: Shelves, name: str, said: str) -> None:
        library, pack = self._library, shelves.pack
        reading = {rule.id for rule in readers_of(pack, name)}
        readers = tuple(line for line in shelves.rules if line.id in reading)
        shown = ShownQuestion(
            question_detail(pack, pack.questions[name], shelves.difference),
            readers,
            library.excerpt("question", name) if library is not None else None,
            library.findings_of("question", name) if library is not None else (),
            self._state.files,
        )
        self.question.show_question(shown, said)
        self._put(self.question)

    def _show_source(self, shelves: Shelves, name: str, said: str) -> None:
        library = self._library
        shown = ShownSource(
            source_detail(shelves.pack, name),
            library.excerpt("source", name) if library is not None else None,
            library.findings_of("source", name) if library is not None else (),
            self._state.files,
        )
        self.source.show_source(shown, said)
        self._put(self.source)

    # Read again

    def _changes(self, before: Pack, now: Pack) -> str:
        """What a reading changed in the entry that is shown; empty where nothing did."""
        name = self._chosen.get(self._kind, "")
        kinds: Mapping[str, tuple[Mapping[str, Rule | Question], Mapping[str, Rule | Question]]] = {
            "rule": (before.rules, now.rules),
            "question": (before.questions, now.questions),
        }
        if self._kind not in kinds or name not in kinds[self._kind][0]:
            return ""
        there, here = kinds[self._kind]
        if name not in here:
            return f"It was read again: {name} was there before, and is not in the files any more."
        old, new = there[name], here[name]
        differing = [part.name for part in parts(old, new, PackNames(before), PackNames(now))]
        return f"Read again. Other than before: {', '.join(differing)}." if differing else ""

    # Findings

    def _take_findings(self) -> None:
        """What was found in the open content; it is shown only where somebody looks at it."""
        of_files = self._library.findings if self._library is not None else ()
        lead = self._state.said[:1].upper() + self._state.said[1:]
        self.findings.take((*self._state.findings, *of_files), f"{lead}.")
        self._refresh_findings()

    def _refresh_findings(self) -> None:
        if self._kind == "finding":
            self._count.setText(self.findings.counted)
            self.findings.refresh()

    # Keys and the way

    def _to_filter(self) -> None:
        self._show_list()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _to_detail(self) -> None:
        self._pause.stop()
        self._show_chosen()
        self._detail_first = True
        self._arrange()
        page = self._stack.currentWidget()
        focus = getattr(page, "focus_first", None)
        if callable(focus):
            focus()

    def _to_trying(self) -> None:
        if self._kind == "rule" and self._stack.currentWidget() is self.rule:
            self._detail_first = True
            self._arrange()
            self.rule.focus_trying()

    def _go_back(self) -> None:
        if not self._before:
            return
        kind, name = self._before.pop()
        self._show_entry(kind, name)
        self._to_detail()

    def _show_way(self) -> None:
        """The links above what is shown: to the list where there is room for one, and to where a link led from."""
        self._to_list.setVisible(self._one)
        if self._before:
            name = self._before[-1][1] or "findings"
            self._back.setText(f"Back to {name}")
            self._back.setAccessibleName(f"Back to {name}")
        self._back.setVisible(bool(self._before))
        self._way.setVisible(self._one or bool(self._before))

    def _show_list(self) -> None:
        if self._one and self._detail_first:
            self._detail_first = False
            self._arrange()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_folder(self) -> None:
        if self._files is not None:
            self.open_folder.emit(self._files.folder / "pack.yaml")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._escape(focus)
        elif focus is self.filter and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._from_filter()
        else:
            super().keyPressEvent(event)

    def _escape(self, focus: QWidget | None) -> None:
        if focus is self.filter and self.filter.text():
            self.filter.clear()
            self._typed("")
        elif self._one and self._detail_first:
            self._show_list()
        else:
            self.closed.emit()

    def _from_filter(self) -> None:
        """Into the list: to what was chosen there, or the first entry that is left."""
        if self.list.rows.row_of(self._chosen.get(self._kind, "")) is None:
            self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side, or one at a time where there is no room for both."""
        room = unscaled(self.width())
        self._one = room < _ONE_PX
        if self._one:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
            self._left.setVisible(not self._detail_first)
            self._right.setVisible(self._detail_first)
        else:
            self._left.setFixedWidth(scaled(_LIST_PX if room >= _NARROW_PX else _NARROW_LIST_PX))
            self._left.show()
            self._right.show()
        self._held.setVisible(room >= _HELD_PX)
        self._name.setVisible(room >= _NAMED_PX)
        self._folder.setVisible(room >= _NAMED_PX)
        self._show_way()


class _Nothing(QWidget):
    """What stands where nothing is chosen, or where what was chosen is gone."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(8)
        self._title = label(READING, "title", wrap=True)
        column.addWidget(self._title)
        self._notice = Notice("")
        column.addWidget(self._notice)
        column.addStretch(1)

    def show_text(self, title: str, text: str) -> None:
        """Say what is not there, and why."""
        self._title.setText(title)
        self._notice.show_text(text)
        self.setAccessibleName(title)
