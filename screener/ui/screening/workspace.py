"""One screening in the window: composes bars, interview, review, report and cover, and knows no question itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from screener.language import tr
from screener.screening.change import Change
from screener.screening.course import go_on_at, is_reading_due
from screener.screening.listing import live_list
from screener.text import WorldError, problem_words
from screener.ui.autosave import Autosave, SaveState, SaveStatus
from screener.ui.screening.bars import TimeCriticalBar, TopBar
from screener.ui.screening.check_way import Around, CheckWay
from screener.ui.screening.cover import CoverPage
from screener.ui.screening.critical import critical_of, critical_words, first_to_answer
from screener.ui.screening.desk import Desk
from screener.ui.screening.desk_keys import DeskKeys, DeskState
from screener.ui.screening.digest import digest_of
from screener.ui.screening.file_way import FileWay
from screener.ui.screening.identity import IdentityStrip
from screener.ui.screening.inside import WHAT_IS_SHOWN, Inside, Room
from screener.ui.screening.interview import NARROW_PX, InterviewPage
from screener.ui.screening.review import ReviewArea
from screener.ui.screening.side import Side
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import unscaled
from screener.ui.widgets.layout import Notice
from screener.ui.widgets.speech import announce


class Workspace(QWidget):
    """Everything of one open screening. Leaves only when what was typed is on disk, or says why it is not."""

    left = Signal()
    covered = Signal()
    """From here on nothing of the screening is shown."""
    history_asked = Signal()
    """Somebody wants to see the records of this reference."""
    handover_asked = Signal()
    """Somebody wants to hand the screen to the patient."""
    came_back = Signal()
    """Another page was left for the interview or the review, and for nothing in particular there."""
    open_rule = Signal(str)
    """Somebody wants to see a rule of this screening as the browser shows it; empty: all of them."""

    def __init__(self, controller: SessionController, desk: Desk) -> None:
        super().__init__()
        self.controller, self._desk = controller, desk
        self._controller = controller
        self._session = controller.session
        self.autosave = Autosave(controller, desk.shelf, desk.screening, desk.jobs, self.digest, self)
        self._page_name = "in progress"
        self._signed = self._critical = False
        self._came_from: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._face = QStackedWidget()
        column.addWidget(self._face, 1)
        self._open = self._build_open()
        self._face.addWidget(self._open)
        self._cover = CoverPage(self._session.clock.now, desk.check_passphrase)
        self._cover.lifted.connect(self._uncover)
        self._face.addWidget(self._cover)
        self._keys = DeskKeys(self, self._session, self._deeds(), self._state, self._cover.try_to_lift)
        self._stack.currentChanged.connect(self._name_undo)
        self._name_undo()
        controller.changed.connect(self._changed)
        self.autosave.status_changed.connect(self._show_status)
        self.identity.confirmed.connect(self._confirmed)
        self.identity.said.connect(self._news.show_text)
        self.identity.earlier_asked.connect(partial(self._do, "history"))
        self._show_interview()
        self._refresh_bars()
        self._ask_who()

    # Building

    def _build_open(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = TopBar(self._session)
        self.top.home.clicked.connect(self.leave)
        self.top.undo.clicked.connect(self._undo)
        self.top.redo.clicked.connect(self._redo)
        column.addWidget(self.top)
        self.identity = IdentityStrip(self._controller)
        column.addWidget(self.identity)
        self.alarm = TimeCriticalBar()
        self.alarm.go.connect(self._go_to_time_critical)
        column.addWidget(self.alarm)
        self._problem = Notice("", "doubt")
        column.addWidget(self._problem)
        self._news = Notice("")
        column.addWidget(self._news)
        self._stack = QStackedWidget()
        self._inside = Inside(self._stack, self._controller)
        self.interview = InterviewPage(self._controller)
        self.interview.why.connect(self.show_item)
        self.interview.theme_turned.connect(self.autosave.commit)
        self.interview.question_left.connect(self.autosave.commit)
        self.interview.review_requested.connect(self._show_review)
        self.interview.handover_asked.connect(partial(self._do, "hand_over"))
        self._stack.addWidget(self.interview)
        self.interview.stay_steady_in(self._stack)
        self.side = Side(self._controller, self.interview, self._desk.crisis_card, self._show_interview)
        self.alarm.card.connect(self.side.show_crisis_card)
        self.review = ReviewArea(self._controller, self._desk, self.autosave, self.digest)
        self.review.back.connect(self._back_to_interview)
        self.review.left.connect(self.leave)
        self.review.go_to_question.connect(self.go_to_question)
        self.review.sealed.connect(self._sealed)
        self.review.part_sealed.connect(self._part_sealed)
        self.review.open_rule.connect(self.open_rule)
        self.review.identity_asked.connect(self._ask_who)
        self.checking = CheckWay(self._controller, self._around(), self)
        self.interview.check_requested.connect(self.checking.open_theme)
        self.review.check.connect(self.checking.open_whole)
        self.files = FileWay(
            self._controller,
            self._desk,
            partial(self.show_inside, room="file"),
            self.close_inside,
            self._stack.currentWidget,
            self.say_news,
            self,
        )
        self._stack.addWidget(self.review)
        column.addWidget(self._stack, 1)
        return holder

    def _deeds(self) -> dict[str, Callable[[], object]]:
        """What the keys of a screening do, by action."""
        return {
            "time_critical": self._go_to_time_critical,
            "crisis_card": self.side.show_crisis_card,
            "cover": self.cover,
            "jot": self.side.show_jot,
            "still_open": self.side.show_still_open,
            "undo": self._undo,
            "redo": self._redo,
            "check": self.checking.turn,
            "review": self._show_review,
            "home": self.leave,
            "history": self._ask_for_history,
            "rules": self._ask_for_rules,
            "hand_over": self.handover_asked.emit,
            "answers_file": self.files.open,
            "next_theme": self.interview.next_theme,
            "previous_theme": self.interview.previous_theme,
            "add_reading": self.interview.add_reading,
            "next_open": self.interview.next_not_recorded,
            "chart_text": self._copy_chart_text,
            "report": self._show_report,
            **(self._signing() if self._desk.may_sign else {}),
        }

    def _signing(self) -> dict[str, Callable[[], object]]:
        """From the answers; in the review the same keys are its own."""
        review = self.review
        ways = (("sign_part", review.ask_to_sign_part), ("sign", review.ask_to_sign))
        return {action_id: partial(self._sign_from_interview, ask) for action_id, ask in ways}

    @property
    def is_covered(self) -> bool:
        return self._face.currentWidget() is not self._open

    def _state(self) -> DeskState:
        return DeskState(
            signed=self._signed,
            covered=self.is_covered,
            confirmed=self._stack.isEnabled(),
            interview=self._stack.currentWidget() is self.interview,
            room=self._inside.room,
            critical=self._critical,
            list_kept_back=self.interview.list_is_kept_back,
        )

    def _do(self, action_id: str) -> None:
        """As its key does: also for a button or a link of the same deed."""
        self._keys.do(action_id)

    def _around(self) -> Around:
        """What the way to the answers to check asks of this screening."""
        return Around(
            interview=self.interview,
            shown=self._stack.currentWidget,
            show_inside=partial(self.show_inside, room="check"),
            close_inside=self.close_inside,
            go_to_question=self.go_to_question,
            show_review=self._show_review,
        )

    # What stands

    def digest(self) -> dict[str, Any]:
        """What the list of screenings says about this one."""
        place = {"theme": self.interview.theme_id, "question": self.interview.last_question}
        return digest_of(self._session, self._page_name, place)

    def resume(self, digest: Mapping[str, Any]) -> None:
        """Go on as the list of screenings says that it was left, at the question that was open."""
        self.autosave.begin_from(digest)
        place = digest.get("place", {})
        question = str(place.get("question"))
        if question in self._session.questions and self._session.is_shown(question):
            self.interview.resume(go_on_at(self._session, question))
            if is_reading_due(self._session):
                self.interview.add_reading()
        elif place.get("theme"):
            self.interview.show_theme(place["theme"])

    # Pages

    def _show_interview(self) -> None:
        self._turn_to_interview()
        self.interview.show_panel(None)

    def _back_to_interview(self) -> None:
        self._show_interview()
        self.came_back.emit()

    def _turn_to_interview(self) -> None:
        self._page_name = "in progress"
        self._stack.setCurrentWidget(self.interview)
        if self.interview.list_is_kept_back:
            self.top.show_actions([])
            return
        self.top.show_actions(
            [
                ("cover", "", self.cover),
                ("jot", "", self.side.show_jot),
                ("still_open", "", self.side.show_still_open),
                *([("check", "", self.checking.turn)] if self.checking.under_way else []),
                ("review", "primary", self._show_review),
            ]
        )

    def keep_list_back(self, instead: QWidget | None) -> None:
        """Nothing of the list is shown or said anywhere, and this stands in its place; None: it is there again."""
        self.interview.keep_list_back(instead)
        self._refresh_bars()
        self._keys.refresh()
        self._show_interview()

    def come_to_interview(self) -> None:
        """Show the interview, whatever is shown; the keyboard stays where it is."""
        if self._stack.currentWidget() is not self.interview:
            self._show_interview()

    def show_bars(self, *, top: bool, identity: bool) -> None:
        """The bar with what can be done here, and who it is about; or not, where nobody needs them."""
        self.top.setVisible(top)
        self.identity.setVisible(identity)

    def confirm_by_itself(self) -> None:
        """Nobody is asked who it is about: it is a made-up patient who was chosen a moment ago."""
        self.identity.confirm.hide()
        self._confirmed()

    def _show_review(self) -> None:
        if self.interview.list_is_kept_back:
            return
        self.autosave.commit()
        self.checking.forget()
        self._turn_to_review()
        self.review.open()

    def _sign_from_interview(self, ask: Callable[[], None]) -> None:
        """Straight to the signature, which shows what it signs; where an item keeps it back, to that item."""
        self._show_review()
        ask()

    def _turn_to_review(self) -> None:
        self._page_name = "in review"
        self._stack.setCurrentWidget(self.review)
        self._warn_of_room()
        self.top.show_actions(
            [
                ("cover", "", self.cover),
                ("back", "", self._back_to_interview),
                ("summary", "", self.review.show_summary),
                ("report", "", self._show_report),
            ]
        )

    def _show_report(self) -> None:
        if self._stack.currentWidget() is not self.review:
            self._show_review()
        self.review.ask_for_report()

    # A page of another area, inside the bars of this screening

    @property
    def room(self) -> Room | None:
        """What the page of another area shows; None where one of the screening's own is shown."""
        return self._inside.room

    def _ask_for_history(self) -> None:
        if self._inside.room != "records":
            self.history_asked.emit()

    def _ask_for_rules(self) -> None:
        self.open_rule.emit("")

    def show_inside(self, page: QWidget, room: Room = "records") -> None:
        """Show a page of another area in place of the interview or the review; every bar stays.

        It is gone as soon as any other page is shown.
        """
        self.autosave.commit()
        self._inside.show(page, room)
        self._warn_of_room(WHAT_IS_SHOWN[room])
        self.top.show_actions([("cover", "", self.cover), ("review", "primary", self._show_review)])

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
            self._news.show_text(
                tr("In the room: {room}. This page shows {shown} in words; F9 covers it.").format(
                    room=room, shown=shown
                )
            )

    def show_item(self, rule_id: str) -> None:
        """Turn to an item of the review."""
        self._show_review()
        self.review.show_item(rule_id)

    def go_to_question(self, question_id: str) -> None:
        """Turn to a question, with the keyboard on it."""
        self._show_interview()
        self.interview.go_to(question_id)

    def _go_to_time_critical(self) -> None:
        critical = critical_of(live_list(self._session).listed)
        if critical:
            self.show_item(first_to_answer(self._session, critical).rule.id)

    # What the palette offers

    @property
    def may_go(self) -> bool:
        """Whether one can turn to a theme or a question now."""
        return self._keys.may("review")

    @property
    def takes_files(self) -> bool:
        """Whether a patient's answers out of a file can be offered now."""
        return self._keys.may("answers_file")

    def go_to_theme(self, theme_id: str) -> None:
        """Turn to a theme, with the keyboard in it."""
        self._show_interview()
        self.interview.show_theme(theme_id)
        self.interview.focus_first()

    # Deeds

    def cover(self) -> None:
        """Hide everything at once; typing is kept and committed."""
        self.autosave.commit()
        self._came_from = self.interview.last_question
        self._face.setCurrentWidget(self._cover)
        self._cover.cover()
        self._keys.refresh()
        self.covered.emit()

    def cover_for_lock(self) -> None:
        """Hide everything; nothing but the passphrase shows it again, also where the lock does not come."""
        self.cover()
        self._cover.ask()

    def _uncover(self) -> None:
        self._face.setCurrentWidget(self._open)
        self._keys.refresh()
        page = self._stack.currentWidget()
        if not self._stack.isEnabled():
            self.identity.ask()
            return
        if page is self.interview and self._came_from is not None:
            self.interview.go_to(self._came_from)
        elif isinstance(page, InterviewPage | ReviewArea):
            page.focus_first()
        else:
            self._inside.focus()

    def _undo(self) -> None:
        name = self._session.history.undo_name
        if name:
            undone = self._controller.undo()
            announce(self, tr("Undone: {name}").format(name=name))
            if self._stack.currentWidget() is self.interview:
                self.interview.come_back_to(undone.questions)

    def _redo(self) -> None:
        name = self._session.history.redo_name
        if name:
            self._controller.redo()
            announce(self, tr("Done again: {name}").format(name=name))

    def _name_undo(self) -> None:
        """The button says what would be undone and done again, and is not there while answers are hidden."""
        history = self._session.history
        if self._inside.room in (None, "check"):
            self.top.show_undo(history.undo_name, history.redo_name)
        else:
            self.top.show_undo(None, None)
        self._keys.refresh()

    def _copy_chart_text(self) -> None:
        self.review.copy_chart_text(self._copied, self._not_copied)

    def _not_copied(self, problem: WorldError) -> None:
        self._news.show_text(tr("Not copied. {problem}").format(problem=problem_words(problem)))

    def _copied(self) -> None:
        self._news.show_text(tr("Copied as chart text: paste it into the other system's note."))
        announce(self, tr("Copied as chart text"))

    def _ask_who(self) -> None:
        """No key answers or signs anything until the person on the strip is confirmed."""
        self._stack.setEnabled(False)
        self._keys.refresh()
        self.identity.ask()

    def _confirmed(self) -> None:
        self._stack.setEnabled(True)
        self._keys.refresh()
        page = self._stack.currentWidget()
        if isinstance(page, InterviewPage | ReviewArea):
            page.focus_first()
        else:
            self._inside.focus()

    def _changed(self, change: Change, origin: object) -> None:
        self.identity.refresh()
        self._refresh_bars()
        self._name_undo()
        self._news.show_text("")

    def _refresh_bars(self) -> None:
        critical = [] if self.interview.list_is_kept_back else critical_of(self.interview.items.listed)
        self._critical = bool(critical)
        self.alarm.show_text(critical_words(self._session, critical))

    def _show_status(self, status: SaveStatus) -> None:
        self.top.show_saved(status)
        problem = status.problem if status.state is SaveState.FAILED else None
        self._problem.show_text(
            ""
            if problem is None
            else tr("{problem} Answers are kept in memory.").format(problem=problem_words(problem))
        )

    def say_news(self, text: str) -> None:
        """Say something that goes with the next change."""
        self._news.show_text(text)

    def say(self, text: str) -> None:
        """Say something about the whole screening, above it."""
        self._problem.show_text(text)

    def shut(self) -> None:
        """End threads of this screening's own."""
        self.review.report.close_jobs()

    def focus_first(self) -> None:
        """Opened: the identity is confirmed first."""
        self.identity.ask()

    def leave(self) -> None:
        """Back to the list, once everything typed is on disk and the list knows that it was paused."""
        self.when_paused(self.left.emit)

    def when_paused(self, then: Callable[[], object], otherwise: Callable[[WorldError], None] | None = None) -> None:
        """Do something once everything typed is on disk and the list of screenings says that this one is paused."""
        if self._signed:
            then()
            return

        def pause() -> None:
            self.autosave.note_state("paused", then, otherwise)

        self.autosave.when_settled(pause, otherwise)

    def _part_sealed(self) -> None:
        if self._desk.comes_back:
            self.leave()

    def _sealed(self) -> None:
        """From here on there is only the record to read: nothing of it can be changed."""
        self._signed = True
        if self._desk.comes_back:
            self.leave()
            return
        self._stack.setCurrentWidget(self.review)
        self._stack.setEnabled(True)
        self._keys.refresh()
        self.top.show_actions([])
        self.top.show_undo(None)
        self.identity.setEnabled(False)
        self.identity.confirm.hide()
        self.alarm.show_text("")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.autosave.commit()
        super().changeEvent(event)

    def hideEvent(self, event: Any) -> None:
        self.autosave.commit()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = unscaled(self.width())
        self.top.show_room(room)
        self.identity.show_narrow(room < NARROW_PX)
        super().resizeEvent(event)
