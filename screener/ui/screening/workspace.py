"""One screening in the window: composes the bars, the pages below them and the cover, and knows no question itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from screener.language import tr
from screener.screening.change import Change
from screener.screening.course import go_on_at, is_reading_due
from screener.screening.part_names import BEFORE
from screener.text import WorldError, problem_words
from screener.ui.autosave import Autosave
from screener.ui.screening.above import Above
from screener.ui.screening.cover import CoverPage
from screener.ui.screening.critical import critical_of, critical_words
from screener.ui.screening.desk import Desk
from screener.ui.screening.desk_keys import DeskKeys, DeskState
from screener.ui.screening.digest import UNFINISHED, digest_of
from screener.ui.screening.file_way import FileWay
from screener.ui.screening.pages import Pages
from screener.ui.screening.taking_back import TakingBack
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import unscaled
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import give_keyboard_back


class Workspace(QWidget):
    """Everything of one open screening. Leaves only when what was typed is on disk, or says why it is not."""

    left = Signal()
    covered = Signal()
    """From here on nothing of the screening is shown."""
    history_asked = Signal()
    """Somebody wants to see the records of this reference."""
    handover_asked = Signal()
    """Somebody wants to hand the screen to the patient."""
    open_rule = Signal(str)
    """Somebody wants to see a rule of this screening as the browser shows it; empty: all of them."""

    def __init__(self, controller: SessionController, desk: Desk) -> None:
        super().__init__()
        self.controller, self._desk = controller, desk
        self._session = controller.session
        self.autosave = Autosave(controller, desk.shelf, desk.screening, desk.jobs, self.digest, self)
        self._signed = self._critical = False
        self._came_from: str | None = None
        self._led = set[str]()
        """The parts of a dose day whose last answer led to the signature."""
        self._had_keyboard: QWidget | None = None
        self.above = Above(controller)
        self.identity = self.above.identity
        self.pages = Pages(controller, desk, self.autosave, self.digest, self.above.say_news)
        self.interview, self.review, self.side = self.pages.interview, self.pages.review, self.pages.side
        self._taking_back = TakingBack(controller, self.pages, self.above.top, self.identity.say_day)
        self.files = FileWay(
            controller,
            desk,
            partial(self.pages.show_inside, room="file"),
            self.pages.close_inside,
            self.pages.currentWidget,
            self.above.say_news,
            self,
        )
        self._cover = CoverPage(self._session.clock.now, desk.check_passphrase)
        self._face = self._build_face()
        self._keys = DeskKeys(self, self._session, self._deeds(), self._state, self._cover.try_to_lift)
        self._connect()
        self._show_what_can_be_done()
        self.pages.show_interview()
        self._refresh_bars()
        self._ask_who()

    # Building

    def _build_face(self) -> QStackedWidget:
        """The open screening, or the cover in its place."""
        self._open = QWidget()
        face = QStackedWidget()
        face.addWidget(self._open)
        face.addWidget(self._cover)
        for holder, parts in ((self, (face,)), (self._open, (self.above, self.pages))):
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for part in parts:
                column.addWidget(part, part is not self.above)
        return face

    def _connect(self) -> None:
        above, pages = self.above, self.pages
        above.top.home.clicked.connect(self.leave)
        above.top.undo.clicked.connect(self._taking_back.undo)
        above.top.redo.clicked.connect(self._taking_back.redo)
        above.alarm.go.connect(pages.go_to_time_critical)
        above.alarm.card.connect(self.side.show_crisis_card)
        above.identity.confirmed.connect(self._confirmed)
        above.identity.earlier_asked.connect(partial(self._keys.do, "history"))
        pages.turned.connect(self._offer_actions)
        pages.currentChanged.connect(self._show_what_can_be_done)
        if self._desk.may_sign:
            self.interview.part_done.connect(self._lead_to_signature)
        self.interview.handover_asked.connect(partial(self._keys.do, "hand_over"))
        self.review.left.connect(self.leave)
        self.review.sealed.connect(self._sealed)
        self.review.part_sealed.connect(self._part_sealed)
        self.review.open_rule.connect(self.open_rule)
        self.review.identity_asked.connect(self._ask_who)
        self.review.signing_begins.connect(self.side.keep_draft)
        self._cover.lifted.connect(self._uncover)
        self.controller.changed.connect(self._changed)
        self.autosave.status_changed.connect(above.show_status)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        """What the keys of a screening do, by action."""
        pages = self.pages
        return {
            "time_critical": pages.go_to_time_critical,
            "crisis_card": self.side.show_crisis_card,
            "cover": self.cover,
            "speaker": self.identity.name_speaker,
            "jot": self.side.show_jot,
            "still_open": self.side.show_still_open,
            "undo": self._taking_back.undo,
            "redo": self._taking_back.redo,
            "check": pages.checking.turn,
            "review": pages.show_review,
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
            "report": pages.show_report,
            **(self._signing() if self._desk.may_sign else {}),
        }

    def _signing(self) -> dict[str, Callable[[], object]]:
        """From the answers; in the review the same keys are its own."""
        review = self.review
        ways = (("sign_part", review.ask_to_sign_part), ("sign", review.ask_to_sign))
        return {action_id: partial(self._sign_from_interview, ask) for action_id, ask in ways}

    def _sign_from_interview(self, ask: Callable[[], None]) -> None:
        """Straight to the signature, which shows what it signs; where an item keeps it back, to that item."""
        self.pages.show_review()
        ask()

    def _lead_to_signature(self, part: str) -> None:
        """From the last answer of a part; once, so that whoever goes back to the answers is not led away again."""
        if part not in self._led:
            self._led.add(part)
            self._keys.do("sign_part" if part == BEFORE else "sign")

    def _state(self) -> DeskState:
        return DeskState(
            signed=self._signed,
            covered=self.is_covered,
            confirmed=self.pages.isEnabled(),
            interview=self.pages.at_interview,
            room=self.pages.room,
            critical=self._critical,
            list_kept_back=self.interview.list_is_kept_back,
        )

    def _offer_actions(self) -> None:
        """The buttons of the bar: what can be done on the page that is shown."""
        pages = self.pages
        offered: list[tuple[str, str, object]]
        cover, review = ("cover", "", self.cover), ("review", "primary", pages.show_review)
        if self._signed:
            offered = [cover]
        elif pages.room is not None:
            offered = [cover, review]
        elif pages.at_review:
            offered = [
                cover,
                ("back", "", pages.back_to_interview),
                ("summary", "", self.review.show_summary),
                ("report", "", pages.show_report),
            ]
        elif self.interview.list_is_kept_back:
            offered = []
        else:
            check = [("check", "", pages.checking.turn)] if pages.checking.under_way else []
            panels = [("jot", "", self.side.show_jot), ("still_open", "", self.side.show_still_open)]
            offered = [cover, *panels, *check, review]
        self.above.top.show_actions(offered)

    # What stands

    def digest(self) -> dict[str, Any]:
        """What the list of screenings says about this one."""
        place = {"theme": self.interview.theme_id, "question": self.interview.last_question}
        return digest_of(self._session, self.pages.state, place, self._unfinished())

    def _unfinished(self) -> dict[str, Any]:
        """What is typed and not kept: it goes to disk with the word about this screening, and comes back with it."""
        typed = {
            "answers": self.interview.unfinished,
            "responses": dict(self.review.drafts),
            "jot": self.side.draft,
            "incomplete": dict(self.review.signing.begun),
        }
        return {where: said for where, said in typed.items() if said}

    def resume(self, digest: Mapping[str, Any]) -> None:
        """Go on as the list of screenings says that it was left, at the question that was open."""
        self.autosave.begin_from(digest)
        typed = digest.get(UNFINISHED, {})
        self.review.drafts.update(typed.get("responses", {}))
        self.review.signing.begun.update(typed.get("incomplete", {}))
        self.side.draft = typed.get("jot", "")
        self.interview.show_unfinished(typed.get("answers", {}))
        place = digest.get("place", {})
        question = str(place.get("question"))
        if question in self._session.questions and self._session.is_shown(question):
            self.interview.resume(go_on_at(self._session, question))
            if is_reading_due(self._session):
                self.interview.add_reading()
        elif place.get("theme"):
            self.interview.show_theme(place["theme"])

    @property
    def may_go(self) -> bool:
        """Whether one can turn to a theme or a question now."""
        return self._keys.may("review")

    @property
    def takes_files(self) -> bool:
        """Whether a patient's answers out of a file can be offered now."""
        return self._keys.may("answers_file")

    def keep_list_back(self, instead: QWidget | None) -> None:
        """Nothing of the list is shown or said anywhere, and this stands in its place; None: it is there again."""
        self.interview.keep_list_back(instead)
        self._refresh_bars()
        self._keys.refresh()
        self.pages.show_interview()

    # Cover

    @property
    def is_covered(self) -> bool:
        return self._face.currentWidget() is not self._open

    def cover(self) -> None:
        """Hide everything at once; typing is kept and committed."""
        self.autosave.commit()
        self._came_from, self._had_keyboard = self.interview.last_question, QApplication.focusWidget()
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
        had, self._had_keyboard = self._had_keyboard, None
        if self._cover.passphrase_was_right and not self._signed:  # as when records are unlocked
            self.pages.setEnabled(False)
        self._keys.refresh()
        if not self.pages.isEnabled():
            self.identity.ask()
        elif not give_keyboard_back(had, self._open):
            if self.pages.at_interview and self._came_from is not None:
                self.interview.go_to(self._came_from)
            else:
                self.pages.focus_first()

    # Who it is about

    def focus_first(self) -> None:
        """Opened: the identity is confirmed first. Where it is confirmed already, the keyboard stays where it is."""
        if not self.pages.isEnabled():
            self.identity.ask()
        elif not self.pages.isAncestorOf(QApplication.focusWidget() or self):
            self.pages.focus_first()

    def _ask_who(self) -> None:
        """No key answers or signs anything until the person on the strip is confirmed."""
        self.pages.setEnabled(False)
        self._keys.refresh()
        self.identity.ask()

    def _confirmed(self) -> None:
        self.pages.setEnabled(True)
        self._keys.refresh()
        came_from, self._came_from = self._came_from, None
        if self.pages.at_interview and came_from is not None:
            self.interview.go_to(came_from)
        else:
            self.pages.focus_first()

    def confirm_by_itself(self) -> None:
        """Nobody is asked who it is about: a made-up patient was chosen, or reference and second mark were typed, a
        moment ago."""
        self.identity.confirm.hide()
        self._confirmed()

    # Deeds

    def _ask_for_history(self) -> None:
        if self.pages.room != "records":
            self.history_asked.emit()

    def _ask_for_rules(self) -> None:
        self.open_rule.emit("")

    def _copy_chart_text(self) -> None:
        self.review.copy_chart_text(self._copied, self._not_copied)

    def _not_copied(self, problem: WorldError) -> None:
        self.above.say_news(tr("Not copied. {problem}").format(problem=problem_words(problem)))

    def _copied(self) -> None:
        self.above.say_news(tr("Copied as chart text: paste it into the other system's note."))
        announce(self, tr("Copied as chart text"))

    # Changes

    def _changed(self, change: Change, origin: object) -> None:
        self.identity.refresh()
        self._refresh_bars()
        self._show_what_can_be_done()
        self.above.say_news("")

    def _refresh_bars(self) -> None:
        critical = [] if self.interview.list_is_kept_back else critical_of(self.interview.items.listed)
        self._critical = bool(critical)
        self.above.alarm.show_text(critical_words(self._session, critical))

    def _show_what_can_be_done(self) -> None:
        self._taking_back.show_names()
        self._keys.refresh()

    # Leaving, and the end

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
        self.pages.setCurrentWidget(self.review)
        self.pages.setEnabled(True)
        self._keys.refresh()
        self._offer_actions()
        self.above.show_signed()

    def shut(self) -> None:
        """End threads of this screening's own."""
        self.review.report.close_jobs()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.autosave.commit()
        super().changeEvent(event)

    def hideEvent(self, event: Any) -> None:
        self.autosave.commit()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.above.show_room(unscaled(self.width()))
        super().resizeEvent(event)
