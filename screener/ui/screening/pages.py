"""What stands below the bars of a screening: interview, review or a page of another area; the ways between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener.language import tr
from screener.screening.listing import live_list
from screener.ui.autosave import Autosave
from screener.ui.screening.check_way import Around, CheckWay
from screener.ui.screening.critical import critical_of, first_to_answer
from screener.ui.screening.desk import Desk
from screener.ui.screening.inside import WHAT_IS_SHOWN, Inside, Room
from screener.ui.screening.interview import InterviewPage
from screener.ui.screening.review import ReviewArea
from screener.ui.screening.review.area import Digest
from screener.ui.screening.side import Side
from screener.ui.session_controller import SessionController
from screener.ui.widgets.visible import give_keyboard_back


class Pages(QStackedWidget):
    """Turns from one page to another, and back to where one was. What was typed goes to disk when a page turns."""

    turned = Signal()
    """A page was turned to, also the one that is shown: what can be done there may be something else."""
    came_back = Signal()
    """Another page was left for the interview or the review, and for nothing in particular there."""

    def __init__(
        self, controller: SessionController, desk: Desk, autosave: Autosave, digest: Digest, say: Callable[[str], None]
    ) -> None:
        """`digest`: what the list says about a screening that is signed; `say`: above the page that is turned to."""
        super().__init__()
        self._session, self._autosave, self._say = controller.session, autosave, say
        self.state = "in progress"
        """What is done with the screening, in the words of the list: also under a page of another area."""
        self._inside = Inside(self, controller)
        self.interview = InterviewPage(controller)
        self.addWidget(self.interview)
        self.interview.stay_steady_in(self)
        self.side = Side(controller, self.interview, desk.crisis_card, self.show_interview, self._way_back)
        self.review = ReviewArea(controller, desk, autosave, digest)
        self.addWidget(self.review)
        self.checking = CheckWay(controller, self._around(), self)
        self.interview.why.connect(self.show_item)
        self.interview.said.connect(say)
        self.interview.theme_turned.connect(autosave.commit)
        self.interview.question_left.connect(autosave.commit)
        self.interview.review_requested.connect(self.show_review)
        self.interview.check_requested.connect(self.checking.open_theme)
        self.review.back.connect(self.back_to_interview)
        self.review.go_to_question.connect(self.go_to_question)
        self.review.check.connect(self.checking.open_whole)

    def hasHeightForWidth(self) -> bool:
        """No: pages scroll. The height in which nothing would scroll, asked for, would cut what stands above them."""
        return False

    def _around(self) -> Around:
        """What the way to the answers to check asks of this screening."""
        return Around(
            interview=self.interview,
            shown=self.currentWidget,
            show_inside=partial(self.show_inside, room="check"),
            close_inside=self.close_inside,
            go_to_question=self.go_to_question,
            show_review=self.show_review,
        )

    @property
    def at_interview(self) -> bool:
        return self.currentWidget() is self.interview

    @property
    def at_review(self) -> bool:
        return self.currentWidget() is self.review

    # Interview

    def show_interview(self) -> None:
        """Show it, with the list at its side."""
        self._turn_to_interview()
        self.interview.show_panel(None)

    def back_to_interview(self) -> None:
        self.show_interview()
        self.came_back.emit()

    def _way_back(self) -> Callable[[], None] | None:
        """From a panel that is opened beside the interview to the page that is shown now, if that is another one."""
        if self.room is not None:
            come_back = self._inside.hold()

            def to_page() -> None:
                come_back()
                self.turned.emit()

            return to_page
        if not self.at_review:
            return None
        self._inside.changed = False
        focus: QWidget | None = self.window().focusWidget()

        def to_review() -> None:
            self._turn_to_review()
            if self._inside.changed or not give_keyboard_back(focus, self.review):
                self.review.open()

        return to_review

    def _turn_to_interview(self) -> None:
        self.state = "in progress"
        self.setCurrentWidget(self.interview)
        self.turned.emit()

    def come_to_interview(self) -> None:
        """Show the interview, whatever is shown; the keyboard stays where it is."""
        if not self.at_interview:
            self.show_interview()

    def go_to_question(self, question_id: str) -> None:
        """Turn to a question, with the keyboard on it."""
        self.show_interview()
        self.interview.go_to(question_id)

    def go_to_theme(self, theme_id: str) -> None:
        """Turn to a theme, with the keyboard in it."""
        self.show_interview()
        self.interview.show_theme(theme_id)
        self.interview.focus_first()

    # Review

    def show_review(self) -> None:
        """Show its items, unless nothing of the list is to be known."""
        if self.interview.list_is_kept_back:
            return
        self._autosave.commit()
        self.checking.forget()
        self._turn_to_review()
        self.review.open()

    def _turn_to_review(self) -> None:
        self.state = "in review"
        self.setCurrentWidget(self.review)
        self._warn_of_room()
        self.turned.emit()

    def show_report(self) -> None:
        """Show the report; asked for once more, it is printed."""
        if not self.at_review:
            self.show_review()
        self.review.ask_for_report()

    def show_item(self, rule_id: str) -> None:
        """Turn to an item of the review."""
        self.show_review()
        self.review.show_item(rule_id)

    def go_to_time_critical(self) -> None:
        """Turn to the time-critical item that waits for a response, if one is listed."""
        critical = critical_of(live_list(self._session).listed)
        if critical:
            self.show_item(first_to_answer(self._session, critical).rule.id)

    # A page of another area, inside the bars of this screening

    @property
    def room(self) -> Room | None:
        """What the page of another area shows; None where one of the screening's own is shown."""
        return self._inside.room

    def show_inside(self, page: QWidget, room: Room = "records") -> None:
        """Show a page of another area in place of the interview or the review; every bar stays.

        It is gone as soon as any other page is shown.
        """
        self._autosave.commit()
        self._inside.show(page, room)
        self._warn_of_room(WHAT_IS_SHOWN[room])
        self.turned.emit()

    def close_inside(self) -> None:
        """Back to where one was, with what was typed there and not kept yet."""
        if self._inside.page is None:
            return
        if self._inside.came_from is self.review:
            self._turn_to_review()
            if self._inside.changed:
                self.review.open()
            elif not self._inside.give_keyboard_back():
                self.review.focus_first()
        else:
            self._turn_to_interview()
            if not self._inside.give_keyboard_back():
                self.interview.go_to(self.interview.last_question or next(iter(self._session.questions)))
        self.came_back.emit()

    def _warn_of_room(self, shown: str = tr("every item")) -> None:
        if not self._session.alone:
            room = self._session.visit["room"]
            self._say(
                tr("In the room: {room}. This page shows {shown} in words; F9 covers it.").format(
                    room=room, shown=shown
                )
            )

    def focus_first(self) -> None:
        """Put the keyboard where the page that is shown begins."""
        page = self.currentWidget()
        if isinstance(page, InterviewPage | ReviewArea):
            page.focus_first()
        else:
            self._inside.focus()
