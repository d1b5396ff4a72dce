"""The dose day: everybody whose visit is today, with what was measured, when the dose was, and what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.words import short_day
from screener.language import WINDOW, tr
from screener.records.browse import LastVisit
from screener.records.dose_day import PersonOfDay
from screener.text import WorldError, problem_words
from screener.ui.shell.day_line import Meant, TheLine
from screener.ui.shell.dose_day_table import DoseDayTable
from screener.ui.shell.here_before import TITLE, HereBefore
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import EmptyState, FlowLayout, Notice, ScrollPage, clear, plain
from screener.ui.widgets.speech import announce

LOOKED_AT_EVERY_MS = 5_000
"""How often the clock is looked at."""
_LATE_MS = 100
_LEAD = tr(
    "Due times are those that a source in the content names, counted from the time "
    "of the dose. Where none is named, the last reading stands with its time."
)
_BEFORE = tr(
    "A dose-day visit in the last 60 days, and no screening with today's visit "
    "date. Enter opens a new screening with the pathway, rules and product of that "
    "visit; the line above begins one at once, with reference and second mark."
)


class DoseDayPage(QWidget):
    """Shows the people of one day. The clock is looked at again and again: only words change, nothing moves."""

    new = Signal()
    again = Signal(object)
    """Somebody is here again: the `LastVisit` of whoever that is."""
    open_draft = Signal(str)
    open_record = Signal(str)
    told = Signal(object, str)
    """`Meant`, and the line as it was typed: somebody is to be opened, begun, or something of them recorded."""
    closed = Signal()
    day_turned = Signal()
    """Another day has begun: the list is that of yesterday."""

    def __init__(self, now: Callable[[], datetime], says_visit: Callable[[LastVisit], str]) -> None:
        """`says_visit`: what a visit of today would be begun with, in words."""
        super().__init__()
        self._now = now
        self._day: date = now().date()
        self.setAccessibleName(tr("Dose day"))
        self.table: DoseDayTable | None = None
        self.before: HereBefore | None = None
        self._waits = True
        """Who is here is not known yet; what is typed until then stands in the line."""
        self.line = TheLine(says_visit)
        self.line.entered.connect(self._entered)
        self.line.down.connect(self._to_list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        page = ScrollPage("page", 1180, 32)
        self.notice = Notice("", "warning")
        page.body.addWidget(self.notice)
        self.kept = Notice("", "warning")
        """What is to be looked at in screenings that were not opened; it stands for as long as the page."""
        page.body.addWidget(self.kept)
        page.body.addWidget(self.line)
        self._place = QVBoxLayout()
        page.body.addLayout(self._place)
        page.body.addStretch(1)
        column.addWidget(page, 1)
        self._clock = QTimer(self, interval=LOOKED_AT_EVERY_MS)
        self._clock.timeout.connect(self.look_at_the_clock)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._say_late)

    def _head(self) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(label(tr("Dose day"), "large"))
        row.addWidget(label(short_day(self._day.isoformat(), WINDOW), "muted"))
        self._at = label("", "muted")
        row.addWidget(self._at)
        deeds = QWidget()
        inner = FlowLayout(deeds, gap_px=8)
        inner.setContentsMargins(0, 0, 0, 0)
        self._begin = ActionButton(tr("New screening of today"), "Ctrl+N", "primary")
        self._begin.clicked.connect(self.new)
        self._first: QWidget = self._begin
        back = ActionButton(tr("Back"), "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.closed)
        for button in (self._begin, back):
            inner.addWidget(button)
        row.addWidget(deeds)
        return head

    def wait(self) -> None:
        """The vault has been asked: where the answer takes a moment, that is said."""
        self._late.start()

    def show_people(self, people: Sequence[PersonOfDay], opened: str = "", before: Sequence[LastVisit] = ()) -> None:
        """Show the people of the day, and below them who was here `before`.

        The keyboard goes to the one who was `opened`, else to the first; while something is typed it stays there.
        """
        self._late.stop()
        clear(self._place)
        self.table = self.before = None
        if people:
            self.table = DoseDayTable(people, self._now())
            self.table.open_draft.connect(self.open_draft)
            self.table.open_record.connect(self.open_record)
            self._place.addWidget(self.table)
            self._place.addSpacing(4)
            self._place.addWidget(label(_LEAD, "small", wrap=True))
        else:
            begin = ActionButton(tr("New screening of today"), "Ctrl+N", "primary")
            begin.clicked.connect(self.new)
            said = tr("Whoever has a dose-day screening with today's visit date stands here, as soon as it is begun.")
            self._place.addWidget(EmptyState(tr("Nobody yet today"), said, begin))
            self._first = begin
        links = [row.link for row in self.table.rows] if self.table is not None else []
        if before:
            links += self._show_before(before).links
        self.line.look_in((*people, *before))
        self.line.take_typing_from(links)
        self.line.setVisible(bool(links or self.line.text))
        self._waits = False
        self._begin.setVisible(bool(people))
        self._clock.start()
        self.look_at_the_clock()
        if self.line.text:
            self.line.hold_keyboard()
        elif self.table is None or not self.table.focus_on(opened):
            self.focus_first()

    def _show_before(self, before: Sequence[LastVisit]) -> HereBefore:
        shown = self.before = HereBefore(before)
        shown.wanted.connect(self.again)
        self._place.addSpacing(16)
        self._place.addWidget(label(TITLE, "large"))
        self._place.addWidget(label(_BEFORE, "small", wrap=True))
        self._place.addWidget(shown)
        if self.table is not None:
            self.table.beyond.connect(shown.focus_first)
            shown.beyond.connect(self.table.focus_last)
        return shown

    def _entered(self, meant: Meant, typed: str) -> None:
        self.notice.show_text("")
        if self._now().date() != self._day:
            self.line.put_back(typed)  # on the list of the day that has begun it may mean another thing
            self.look_at_the_clock()
            return
        self.told.emit(meant, typed)

    def _to_list(self) -> None:
        if self.table is not None:
            self.table.focus_first()
        elif self.before is not None:
            self.before.focus_first()

    def look_at_the_clock(self) -> None:
        """Bring the words to the present minute."""
        now = self._now()
        self._at.setText(f"{now:%H:%M}")
        if self.table is not None:
            self.table.show_now(now)
        if now.date() != self._day:
            self._clock.stop()
            self.day_turned.emit()

    def _say_late(self) -> None:
        self._place.addWidget(label(tr("Looking through the records…"), "muted"))

    def show_problem(self, problem: WorldError) -> None:
        """Say what the store could not do."""
        self._late.stop()
        self.notice.show_text(problem_words(problem))

    def keep_saying(self, text: str) -> None:
        """What became of a line, where its screening is to be looked at and something else is typed by now."""
        self.kept.show_text("\n".join(part for part in (self.kept.text, text) if part))
        announce(self.kept, text, urgent=True)

    def focus_first(self) -> None:
        if self._waits or self.line.text:
            self.line.hold_keyboard()
        elif self.table is not None:
            self.table.focus_first()
        elif self.before is not None:
            self.before.focus_first()
        else:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)
