"""The way to the page of answers to check, from a theme or the review; and back to it, at the same row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from screener.ui.screening.check_page import WHOLE, CheckPage, CheckPlace
from screener.ui.screening.interview import InterviewPage
from screener.ui.screening.review import ReviewArea
from screener.ui.session_controller import SessionController


@dataclass(frozen=True, slots=True)
class Around:
    """What the way asks of the screening's window."""

    interview: InterviewPage
    shown: Callable[[], QWidget | None]
    """What stands below the bars now."""
    show_inside: Callable[[QWidget], None]
    close_inside: Callable[[], None]
    go_to_question: Callable[[str], None]
    show_review: Callable[[], None]


class CheckWay(QObject):
    """Holds where one was on the page, until one leaves it for good."""

    def __init__(self, controller: SessionController, around: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._controller, self._around = controller, around
        self._place: CheckPlace | None = None
        self._theme = ""
        self._from_review = False

    @property
    def under_way(self) -> bool:
        """One went from the page to a question, and has not come back yet."""
        return self._place is not None

    def turn(self) -> None:
        """To the page; from it, back; from a question that one came to by it, to the same row of it."""
        if isinstance(self._around.shown(), CheckPage):
            self.leave()
        elif self._place is not None:
            self._open(self._place)
        elif isinstance(self._around.shown(), ReviewArea):
            self.open_whole()
        else:
            self.open_theme()

    def open_theme(self) -> None:
        """The answers of the theme that is open."""
        self._begin(self._around.interview.theme_id)

    def open_whole(self) -> None:
        """The answers of the whole screening."""
        self._begin(WHOLE)

    def _begin(self, scope: str) -> None:
        self._from_review = isinstance(self._around.shown(), ReviewArea)
        self._theme = self._around.interview.theme_id
        self._open(CheckPlace(scope))

    def _open(self, place: CheckPlace) -> None:
        self._around.close_inside()
        self._place = None
        page = CheckPage(self._controller, place, self._theme)
        page.go_to_question.connect(self._go)
        page.closed.connect(self.leave)
        self._around.show_inside(page)

    def _go(self, question_id: str) -> None:
        page = self._around.shown()
        assert isinstance(page, CheckPage)
        self._place = page.place
        self._around.go_to_question(question_id)

    def leave(self) -> None:
        """Back to where one was before the page."""
        self._place = None
        self._around.close_inside()
        # The review as it was left, with what is half written in it; shown anew only from a question that one went to.
        if self._from_review and self._around.shown() is self._around.interview:
            self._around.show_review()

    def forget(self) -> None:
        """One has gone on to something else: the next time begins anew."""
        self._place = None
