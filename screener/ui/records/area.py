"""The records of one reference as one area: timeline, two side by side, figures over time, today's content over one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from screener.records.rerun import Rerun
from screener.records.sitting import Sitting
from screener.records.timeline import Entry
from screener.records.trends import Trend
from screener.text import WorldError, problem_words
from screener.ui.actions import bind
from screener.ui.jobs import Jobs
from screener.ui.records.compare_page import ComparePage
from screener.ui.records.rerun_page import RerunPage
from screener.ui.records.timeline_page import TimelinePage
from screener.ui.records.trends_page import TrendsPage


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read of a reference."""

    entries: tuple[Entry, ...]
    trends: tuple[Trend, ...]
    unreadable: tuple[str, ...] = ()
    """Unfinished screenings that cannot be read, in words."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pages ask of their surroundings: a thread, and today's content over a record, run on it."""

    jobs: Jobs
    pack_name: str
    rerun: Callable[[Sitting], Rerun]


class HistoryArea(QWidget):
    """Shows one page at a time; Esc goes back to the timeline, and from there away."""

    closed = Signal()
    open_record = Signal(str)

    def __init__(self, reference: str, tools: Tools, *, current: str = "") -> None:
        """`current`: the screening that is open; records are then compared with it and not opened themselves."""
        super().__init__()
        self._reference, self._tools = reference, tools
        self._sittings: dict[str, Sitting] = {}
        self._trends: tuple[Trend, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        self.timeline = TimelinePage(reference, current=current)
        self.timeline.closed.connect(self.closed)
        self.timeline.trends.connect(self.show_trends)
        self.timeline.compare.connect(self.show_pair)
        self.timeline.rerun.connect(self.show_rerun)
        self.timeline.open_record.connect(self.open_record)
        self._stack.addWidget(self.timeline)
        self._came_from: QWidget | None = None
        bind(self, "back", self._back)

    @property
    def page(self) -> QWidget:
        shown = self._stack.currentWidget()
        assert shown is not None
        return shown

    def show_kept(self, kept: Kept) -> None:
        """Show what was read."""
        self._sittings = {entry.sitting.id: entry.sitting for entry in kept.entries}
        self._trends = kept.trends
        self.timeline.show_entries(kept.entries, kept.unreadable, figures=bool(kept.trends))
        # A page that was left for a moment would take the keyboard even while nobody sees it.
        if self.page is self.timeline and self.isVisible():
            self.timeline.focus_first()

    def show_problem(self, problem: WorldError) -> None:
        self.timeline.show_problem(problem_words(problem))

    def focus_first(self) -> None:
        page = self.page
        assert isinstance(page, TimelinePage | ComparePage | TrendsPage | RerunPage)
        page.focus_first()

    # Pages

    def show_pair(self, first: str, second: str) -> None:
        """Two records side by side."""
        page = ComparePage(list(self._sittings.values()))
        page.open(first, second)
        self._show(page)

    def show_trends(self) -> None:
        page = TrendsPage(self._reference)
        page.show_trends(self._trends)
        self._show(page)

    def show_rerun(self, record: str) -> None:
        """Today's content over one record; it runs beside the window."""
        sitting = self._sittings[record]
        page = RerunPage(sitting, self._tools.pack_name)
        self._show(page)
        work = partial(self._tools.rerun, sitting)
        self._tools.jobs.submit(work, partial(self._rerun_done, page), partial(self._rerun_failed, page))

    def _rerun_done(self, page: RerunPage, found: Rerun) -> None:
        if self.page is page:
            page.show_found(found)

    def _rerun_failed(self, page: RerunPage, problem: WorldError) -> None:
        if self.page is page:
            page.show_problem(problem_words(problem))

    def _show(self, page: ComparePage | TrendsPage | RerunPage) -> None:
        self._came_from = self.focusWidget()
        page.closed.connect(self._to_timeline)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.focus_first()

    def _back(self) -> None:
        if self.page is self.timeline:
            self.closed.emit()
        else:
            self._to_timeline()

    def _to_timeline(self) -> None:
        page = self.page
        if page is self.timeline:
            return
        self._stack.setCurrentWidget(self.timeline)
        self._stack.removeWidget(page)
        page.deleteLater()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
