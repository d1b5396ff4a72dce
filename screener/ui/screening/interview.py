"""The interview: rail, one theme a page, live list; appearing questions announced once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QStackedWidget, QWidget

from screener.language import tr
from screener.screening.change import Change
from screener.screening.course import part_done
from screener.screening.listing import LiveList
from screener.screening.not_asked import next_asked, next_not_recorded
from screener.ui.screening.going_on import HeldKey, goes_on_by_itself
from screener.ui.screening.live_list import LiveListPanel
from screener.ui.screening.rail import Rail
from screener.ui.screening.steady import Steady
from screener.ui.screening.theme_page import ThemePage
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.flow import UNBOUND
from screener.ui.widgets.layout import plain
from screener.ui.widgets.speech import announce

NARROW_PX, SMALL_PX, BELOW_PX = 1180, 900, 660
"""Widths, at a text size of 100 %, below which the columns make do with less."""
_RAIL_PX, _WIDE_PX, _LIST_PX, _WIDEST_LIST_PX, _WIDEST_PAGE_PX = 256, 1448, 368, 560, 1110
"""From this width on the list takes a share of what is over; the page never parts the list far from the questions."""


class InterviewPage(QWidget):
    """Composes the three columns and brings changes to what they concern."""

    why = Signal(str)
    theme_turned = Signal()
    question_left = Signal()
    """The keyboard went on from one question to somewhere else."""
    review_requested = Signal()
    check_requested = Signal()
    handover_asked = Signal()
    said = Signal(str)
    """What became of a key, to be shown above the page."""
    part_done = Signal(str)
    """An answer by a key was the last that a part of a dose day asks for: that part, by its name."""

    def __init__(self, controller: SessionController) -> None:
        super().__init__()
        self._controller = controller
        self._session = controller.session
        self._last: str | None = None
        self._kept_place: str | None = None
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row = self._row
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._rail = Rail(self._session.form.themes)
        self._rail.chosen.connect(self.show_theme)
        row.addWidget(self._rail)
        self._work = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._work.setSpacing(0)
        row.addLayout(self._work, 1)
        self._page = ThemePage(controller)
        self._page.turned_to.connect(self.go_to)
        self._held = HeldKey(self)
        self._page.answered_by_key.connect(self._go_on)
        self._page.back.connect(self.previous_theme)
        self._page.on.connect(self._on)
        self._page.check.connect(self._check)
        self._page.hand_over.connect(self.handover_asked)
        self._page.said.connect(self._say)
        self._work.addWidget(self._page, 3)
        self._side = QStackedWidget()
        self.live = LiveListPanel(self._session)
        self.live.why.connect(self.why)
        self._side.addWidget(self.live)
        self._instead: QWidget | None = None
        """What stands in the list's place while nothing of the list is to be known."""
        self._work.addWidget(self._side)
        self._beyond = plain()
        """On a screen wider than both need, what is left over at their end."""
        self._beyond.hide()
        self._work.addWidget(self._beyond, 1)
        self.items: LiveList = self.live.refresh()
        controller.changed.connect(self._changed)
        controller.informant_changed.connect(self._page.refresh_cards)
        controller.earlier_read.connect(self._page.show_earlier)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self._fit()
        self.show_theme(self.theme_id)

    # Themes and questions

    @property
    def theme_id(self) -> str:
        """The theme that is open."""
        return self._page.theme.id

    def stay_steady_in(self, holder: QWidget) -> None:
        """Cards stay where they are on the screen when lines above the holder of this page come and go."""
        Steady(self._page, holder)

    def show_theme(self, theme_id: str) -> None:
        """Turn to a theme. What was typed is committed by the workspace when the page turns."""
        self._page.show_theme(theme_id)
        self._show_progress()
        self.theme_turned.emit()

    @property
    def whole(self) -> bool:
        """Every question of the theme that is in sight has its card."""
        return self._page.whole

    def _check(self) -> None:
        if not self.list_is_kept_back:  # the answers to check say which of them an item stands on
            self.check_requested.emit()

    def next_theme(self) -> None:
        self._turn(1)

    def previous_theme(self) -> None:
        self._turn(-1)

    def _on(self) -> None:
        if self._page.theme is self._session.form.themes[-1]:
            self.review_requested.emit()
        else:
            self.next_theme()

    def _turn(self, by: int) -> None:
        ids = [theme.id for theme in self._session.form.themes]
        place = ids.index(self.theme_id) + by
        if 0 <= place < len(ids):
            self.show_theme(ids[place])
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on the place that was kept, else on the first question not settled, or the first one."""
        kept, self._kept_place = self._kept_place, None
        self._page.focus_first(kept)

    def go_to(self, question_id: str) -> None:
        """Turn to a question's theme and put the keyboard on it."""
        theme = self._session.pack.theme_of[question_id].id
        if theme != self.theme_id:
            self.show_theme(theme)
        self._page.focus_question(question_id)
        # Until the person is confirmed nothing here takes the keyboard: it comes to this question then.
        self._kept_place = None if self.isEnabled() else question_id

    def next_not_recorded(self) -> None:
        """On to the next question under which nothing is recorded, on this page or a later one; at need or not."""
        self._come_to(next_not_recorded(self._session, self.last_question))

    def _go_on(self, question_id: str) -> None:
        """A key answered: on to the next question, which that key answers only when it is pressed again."""
        self._held.hold()
        found, part = next_asked(self._session, question_id), part_done(self._session, question_id)
        if found is not None or not part:
            self._come_to(found)
        if part:
            self.part_done.emit(part)

    def _come_to(self, found: str | None) -> None:
        if found is None:
            announce(self, tr("Nothing further on is without an answer"))
        else:
            self.go_to(found)

    def come_back_to(self, questions: frozenset[str]) -> None:
        """Where answers go on by themselves, undo leads back: the keyboard comes to the answer that was taken back."""
        if goes_on_by_itself(self._session) and self.question_id not in questions:
            for question_id in filter(self._session.is_shown, questions):
                self.go_to(question_id)

    def point_at(self, question_id: str, words: str) -> bool:
        """Turn to a question's theme and mark the question; the keyboard stays where it is. Empty: none is marked."""
        theme = self._session.pack.theme_of[question_id].id if words else self.theme_id
        if theme != self.theme_id:
            self.show_theme(theme)
        return self._page.point_at(question_id, words)

    @property
    def unfinished(self) -> dict[str, Any]:
        """What was typed and cannot be stored as it stands, by question."""
        return self._page.unfinished

    def show_unfinished(self, typed: Mapping[str, Any]) -> None:
        """Put back what `unfinished` gave when this screening was left."""
        self._page.show_unfinished({q: said for q, said in typed.items() if q in self._session.questions})

    def forget_unfinished(self) -> None:
        """What was typed and cannot be stored is gone."""
        self._page.forget_unfinished()

    def resume(self, question_id: str) -> None:
        """Turn to the question that was open; the keyboard comes to it once the person is confirmed."""
        self.go_to(question_id)
        self._kept_place = question_id

    @property
    def question_id(self) -> str | None:
        """The question that has the keyboard, if any."""
        card = self._page.card_of(QApplication.focusWidget())
        return None if card is None else card.question.id

    @property
    def last_question(self) -> str | None:
        """The question that has the keyboard, or had it last on this page."""
        return self.question_id or (self._last if self._last in self._page.cards else None)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        self._last = self.question_id or self._last
        left = self._page.card_of(old)
        if left is not None and old is not left and left is not self._page.card_of(now):
            self.question_left.emit()

    def add_reading(self) -> None:
        """A new row on the page; on a dose day, where the page has none, one of the readings of the day."""
        course = self._session.rules.pathway.course
        if not self._page.add_reading() and course is not None:
            self.go_to(course.readings)
            self._page.add_reading()

    def _say(self, text: str) -> None:
        announce(self, text)
        self.said.emit(text)

    # Changes

    def _changed(self, change: Change, origin: object) -> None:
        turned = self._page.take(change, origin)
        self.items = self.live.refresh()
        self._show_progress()
        self._announce(change, turned)

    def _announce(self, change: Change, turned: tuple[str, ...]) -> None:
        if self._session.handed_over is not None:  # whoever holds the screen hears nothing of the list
            return
        for flag in () if self.list_is_kept_back else change.flags:
            if flag.newly_listed and flag.after.rule.class_ != "completeness":
                said = (
                    tr("Listed: {title}").format(title=flag.after.title)
                    if self._session.alone
                    else tr("one item added")
                )
                announce(self, said, urgent=flag.after.tier == "time-critical")
        if turned:
            announce(self, tr("Next question: {label}").format(label=self._session.questions[turned[0]].label))
        appeared = [self._session.questions[q].label for q in change.appeared if self._page.has(q)]
        if appeared:
            announce(
                self, tr("{count} more to ask: {appeared}").format(count=len(appeared), appeared=", ".join(appeared))
            )
        gone = [self._session.questions[q].label for q in change.gone if self._page.has(q)]
        if gone:
            announce(self, tr("Not asked any more: {gone}").format(gone=", ".join(gone)))

    def _show_progress(self) -> None:
        self._rail.show_progress(self._session.progress(), self._marks_by_theme())
        self._rail.show_theme(self.theme_id)

    def _marks_by_theme(self) -> Mapping[str, Mapping[str, int]]:
        marks: dict[str, dict[str, int]] = {theme.id: {} for theme in self._session.form.themes}
        if self.list_is_kept_back:
            return marks
        entries = [(o.rule.id, o.tier) for o in self.items.listed]
        entries += [(o.rule.id, "open") for group in self.items.open for o in group.items]  # type: ignore[misc]
        for rule_id, mark in entries:
            theme = self._session.pack.theme_of[rule_id].id
            if theme in marks:
                marks[theme][mark] = marks[theme].get(mark, 0) + 1
        return marks

    # Panels and size

    def show_panel(self, panel: QWidget | None) -> None:
        """Put a panel in the live list's place, or bring the list back."""
        for old in (self._side.widget(place) for place in range(self._side.count() - 1, 0, -1)):
            if old is not None and old not in (panel, self._instead):
                self._side.removeWidget(old)
                old.deleteLater()
        if panel is not None and self._side.indexOf(panel) < 0:
            self._side.addWidget(panel)
        self._side.setCurrentWidget(panel or self._instead or self.live)

    @property
    def panel(self) -> QWidget | None:
        """What stands in the live list's place; None where the list does, or is kept back."""
        shown = self._side.currentWidget()
        return None if shown in (self.live, self._instead) else shown

    @property
    def list_is_kept_back(self) -> bool:
        """Nothing of the list is shown or said, here or on the rail."""
        return self._instead is not None

    def keep_list_back(self, instead: QWidget | None) -> None:
        """Show and say nothing of the list, and this in its place; None: the list is there again."""
        self._instead = instead
        if instead is not None and self._side.indexOf(instead) < 0:
            self._side.addWidget(instead)
        self.live.keep_back(kept=instead is not None)
        self.show_panel(None)
        self._show_progress()

    def _fit(self) -> None:
        """Share the room out: the rail gives way first, then the list moves below the questions, never behind them."""
        room = unscaled(self.width())
        self._rail.show_small(room < SMALL_PX)
        self._rail.setFixedWidth(scaled(56 if room < SMALL_PX else 216 if room < NARROW_PX else _RAIL_PX))
        below = room < BELOW_PX
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._work.setDirection(direction)
        self._work.setStretchFactor(self._side, 2 if below else 0)
        if below:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(UNBOUND)
        else:
            wide = min(_WIDEST_LIST_PX, _LIST_PX + max(0, room - _WIDE_PX) * 2 // 5)
            self._side.setFixedWidth(scaled(240 if room < SMALL_PX else 276 if room < NARROW_PX else wide))
        over = not below and room > _RAIL_PX + _WIDEST_PAGE_PX + _WIDEST_LIST_PX
        self._page.setMaximumWidth(scaled(_WIDEST_PAGE_PX) if over else UNBOUND)
        self._beyond.setVisible(over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
