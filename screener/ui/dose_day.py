"""The list of a dose day in the window: read when it is opened, and again when another day begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock, today
from screener.forms.words import short_day
from screener.language import WINDOW, tr
from screener.records.browse import LastVisit, Listing, Shelf
from screener.records.day_line import Moment
from screener.text import WorldError, problem_words
from screener.ui.actions import bind
from screener.ui.day_recording import DayRecording, LookAt, Read
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.records.dose_day import PersonOfDay
    from screener.ui.shell.day_line import Meant
    from screener.ui.shell.dose_day_page import DoseDayPage


_RECORDED_OF = tr("Recorded. {who}: {said}")
_NOT_RECORDED = tr("Not recorded from the list, “{typed}”. {said}")
HERE_BEFORE_DAYS = 60
"""So long ago a visit may lie for its reference to be offered again."""


def dose_day_pathways(pack: Pack) -> tuple[str, ...]:
    """The pathways that the content gives a course to: their visits stand in the list of the day."""
    return tuple(pathway.id for pathway in pack.pathways if pathway.course is not None)


class DoseDay(QObject):
    """Shows who is here today; each person's line is made of what the list of screenings knows, and none is opened."""

    new = Signal(str)
    """A screening on this pathway is wanted; empty where there are several to choose from."""
    again = Signal(object)
    """A screening of today is wanted, of whoever this `LastVisit` was."""
    begin_again = Signal(object, str)
    """The same, said by reference and second mark: begun at once, with the planned time of the dose or without."""
    open_draft = Signal(str)
    open_known = Signal(str, str, str)
    """A screening whose person was said by reference and second mark; the question to look at and what there is to
    say, both may be empty."""
    open_record = Signal(str)
    late = Signal(str)
    """What there is to say of a line whose list is not shown any more."""
    closed = Signal()

    def __init__(
        self, window: MainWindow, shelf: Shelf, jobs: Jobs, clock: Clock, pack: Callable[[], Pack], read: Read
    ) -> None:
        super().__init__(window)
        self._window, self._shelf, self._jobs, self._clock, self._pack = window, shelf, jobs, clock, pack
        self._recording = DayRecording(read, shelf, jobs)
        self._begins = ""
        """The line that begins a visit, until that is on disk."""
        self._opened = ""
        """The screening or the record that was opened from the list: the keyboard comes back to it."""
        self.typed = ""
        """What stands in the line and was not entered, also while another page is shown."""

    def open(self, typed: str = "") -> None:
        """A page of today, filled once it is read. `typed`: what waits in its line."""
        from screener.ui.shell.dose_day_page import DoseDayPage

        page = DoseDayPage(self._clock.now, self._says_visit)
        page.line.changed.connect(self._keep_typed)
        page.line.put_back(typed or self.typed, chosen=True)
        page.told.connect(partial(self._told, page))
        page.new.connect(self._new)
        page.again.connect(self._again)
        for wanted, way in ((page.open_draft, self.open_draft), (page.open_record, self.open_record)):
            wanted.connect(partial(self._go, way.emit))
        page.closed.connect(self.closed)
        page.day_turned.connect(self._turn)
        bind(page, "new", self._new)
        bind(page, "day_line", page.line.take_keyboard)
        self._window.show_page(page)
        page.wait()
        self._read(page)

    def _turn(self) -> None:
        self.open()

    def _keep_typed(self, text: str) -> None:
        self.typed = text

    def _read(self, page: DoseDayPage, said: str = "") -> None:
        """`said`: what was recorded a moment ago."""
        shelf, day, pathways = self._shelf, today(self._clock), dose_day_pathways(self._pack())
        since = (day - timedelta(days=HERE_BEFORE_DAYS)).isoformat()

        def read() -> tuple[Listing, list[LastVisit]]:
            return shelf.of_day(day.isoformat()), shelf.last_visits(pathways, since, day.isoformat())

        self._jobs.submit(read, partial(self._show, page, said), partial(self._fail, page))

    def _show(self, page: DoseDayPage, said: str, read: tuple[Listing, list[LastVisit]]) -> None:
        if self._window.base is page:
            found, before = read
            page.show_people(self._people(found), self._opened, before)
            if said:
                page.line.say(said)

    def _people(self, found: Listing) -> list[PersonOfDay]:
        from screener.records.dose_day import people_of_day

        return people_of_day(found, dose_day_pathways(self._pack()))

    def count(self, show: Callable[[int], None]) -> None:
        """How many are here today, once whatever was asked of the vault before is done; where it fails, nothing."""
        shelf, day = self._shelf, today(self._clock).isoformat()
        self._jobs.submit(lambda: shelf.of_day(day), partial(self._counted, show), _not_told)

    def _counted(self, show: Callable[[int], None], found: Listing) -> None:
        show(len(self._people(found)))

    def _fail(self, page: DoseDayPage, problem: WorldError) -> None:
        if self._window.base is page:
            page.show_problem(problem)

    # The line over the list

    def _says_visit(self, visit: LastVisit) -> str:
        """What a visit of today would be begun with; nothing of its answers."""
        pack = self._pack()
        pathway = next((one.short for one in pack.pathways if one.id == visit.pathway), visit.pathway)
        titles = {one.id: one.title for one in pack.profiles}
        profiles = [titles.get(one, one) for one in visit.profiles]
        said = ", ".join(part for part in (pathway, *profiles, visit.product) if part)
        return tr("{visit}, as on {short_day}").format(visit=said, short_day=short_day(visit.visit_date, WINDOW))

    def _told(self, page: DoseDayPage, meant: Meant, typed: str) -> None:
        one = meant.whom
        if isinstance(one, LastVisit):
            planned = meant.tells.at if isinstance(meant.tells, Moment) else ""
            self._begins = typed if meant.by_mark else ""
            self.begin_again.emit(one, planned) if meant.by_mark else self._again(one)
        elif one.record:
            self._go(self.open_record.emit, one.record)
        elif meant.tells is not None:
            done, failed = partial(self._entered, page, one, typed), partial(self._not_entered, page, typed)
            self._recording.record(one.screening, meant.tells, self._pack(), done, failed)
        elif meant.by_mark:
            self._go(lambda screening: self.open_known.emit(screening, "", ""), one.screening)
        else:
            self._go(self.open_draft.emit, one.screening)

    def _entered(self, page: DoseDayPage, one: PersonOfDay, typed: str, done: str | LookAt) -> None:
        recorded, said = (True, done) if isinstance(done, str) else (done.recorded, done.said)
        of_whom = (_RECORDED_OF if recorded else _NOT_RECORDED).format(who=one.reference, said=said, typed=typed)
        if self._window.base is not page:
            if not recorded:
                self._wait_again(typed)
            self.late.emit(of_whom)
            return
        self._opened = one.screening
        if isinstance(done, str):
            self._read(page, of_whom)
        elif page.line.text:  # of somebody else by now: it must not be typed into this screening
            page.keep_saying(of_whom)
            self._read(page)
        else:
            news = tr("Recorded. {said}") if recorded else _NOT_RECORDED
            self.open_known.emit(one.screening, done.question, news.format(said=said, typed=typed))

    def _not_entered(self, page: DoseDayPage, typed: str, problem: WorldError) -> None:
        said = _NOT_RECORDED.format(said=problem_words(problem), typed=typed)
        if self._window.base is not page:
            self._wait_again(typed)
            self.late.emit(said)
            return
        if page.line.text:  # what is typed by now is not written over
            page.show_problem(WorldError(said))
            return
        page.show_problem(problem)
        page.line.put_back(typed)
        page.line.take_keyboard()

    def _wait_again(self, typed: str) -> None:
        """It stands in the line when the list is opened next, unless something else waits there."""
        self.typed = self.typed or typed

    def _go(self, way: Callable[[str], object], opened: str) -> None:
        self._opened = opened
        way(opened)

    def begun(self, screening: str) -> None:
        """A screening was begun from here: the keyboard comes back to it."""
        self._opened, self._begins = screening, ""

    def not_opened(self) -> None:
        """Where a line was to begin a visit, it waits for another try; in the line, where that page still stands."""
        from screener.ui.shell.dose_day_page import DoseDayPage

        page, begins, self._begins = self._window.base, self._begins, ""
        if isinstance(page, DoseDayPage) and not page.line.text:
            page.line.put_back(begins)
        else:
            self._wait_again(begins)

    def _again(self, visit: LastVisit) -> None:
        self._opened = ""
        self.again.emit(visit)

    def _new(self) -> None:
        self._opened = ""
        pathways = dose_day_pathways(self._pack())
        self.new.emit(pathways[0] if len(pathways) == 1 else "")


def _not_told(_: WorldError) -> None:
    """The list itself says what the store could not do."""
