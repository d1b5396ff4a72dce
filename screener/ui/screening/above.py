"""What stands above every page of a screening: which it is, who it is about, what cannot wait, what there is to say."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.clock import today
from screener.language import tr
from screener.text import problem_words
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.screening.bars import TimeCriticalBar, TopBar
from screener.ui.screening.identity import IdentityStrip
from screener.ui.screening.interview import NARROW_PX
from screener.ui.session_controller import SessionController
from screener.ui.widgets.layout import Notice

A_MINUTE_MS = 60_000


class Above(QWidget):
    """The bars, and three notices: what holds for the whole sitting, what went wrong, which stays until it is mended,
    and what is new, which goes with the next change."""

    def __init__(self, controller: SessionController) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = TopBar(controller.session)
        self.identity = IdentityStrip(controller)
        self.alarm = TimeCriticalBar()
        self._session, self._holds, self._gone_on_with = controller.session, "", False
        self._begun_on = today(controller.session.clock)
        self._sitting = Notice("", "doubt")
        self.problem = Notice("", "doubt")
        self._news = Notice("")
        for part in (self.top, self.identity, self.alarm, self._sitting, self.problem, self._news):
            column.addWidget(part)
        self.identity.said.connect(self.say_news)
        controller.changed.connect(self._show_sitting)
        self._midnight = QTimer(self, interval=A_MINUTE_MS)
        self._midnight.timeout.connect(self._show_sitting)
        self._midnight.start()

    def go_on(self, text: str) -> None:
        """A screening of before is gone on with: what holds until it is left, and whether this is its visit's day."""
        self._holds, self._gone_on_with = text, True
        self._show_sitting()

    def _show_sitting(self) -> None:
        """Also where midnight came in between."""
        day = today(self._session.clock)
        if self._gone_on_with or day != self._begun_on:
            # The day of a made-up visit is the story's.
            made_up = self._session.opening.made_up
            another = "" if made_up else _another_day(self._session.visit["visit_date"], day.isoformat())
            self._sitting.show_text(f"{self._holds} {another}".strip())

    def say_news(self, text: str) -> None:
        """Say something that goes with the next change."""
        self._news.show_text(text)

    def say(self, text: str) -> None:
        """Say something about the whole screening."""
        self.problem.show_text(text)

    def show_status(self, status: SaveStatus) -> None:
        """What is on disk; and why not, where it is not."""
        self.top.show_saved(status)
        problem = status.problem if status.state is SaveState.FAILED else None
        self.say(
            ""
            if problem is None
            else tr("{problem} Answers are kept in memory.").format(problem=problem_words(problem))
        )

    def show_bars(self, *, top: bool, identity: bool) -> None:
        """The bar with what can be done here, and who it is about; or not, where nobody needs them."""
        self.top.setVisible(top)
        self.identity.setVisible(identity)

    def show_room(self, room_px: float) -> None:
        """With little room some of it gives way."""
        self.top.show_room(room_px)
        self.identity.show_narrow(room_px < NARROW_PX)

    def show_signed(self) -> None:
        """Nothing can be changed any more, and nothing waits for a response."""
        self.top.show_undo(None)
        self.identity.setEnabled(False)
        self.identity.confirm.hide()
        self.alarm.show_text("")
        self._midnight.stop()
        self._sitting.show_text("")


def _another_day(visit: str, day: str) -> str:
    """What is said where a screening is gone on with on another day than its visit's."""
    if day == visit:
        return ""
    return tr(
        "The visit date is {visit}; today is {day}. Intervals and readings stay those of the visit date. Where it "
        "moves on to today, readings of before lapse."
    ).format(visit=visit, day=day)
