"""The interview: rail, one theme a page, live list; appearing questions announced once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from time import monotonic
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QStackedWidget, QWidget

from screener.forms.medicine_search import MedicineSearch
from screener.forms.model import Question, Theme
from screener.rules.expressions import OfReadings, parameters_read, walk
from screener.rules.values import Kind
from screener.screening.change import Change
from screener.screening.listing import LiveList
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.fields.base import Limit, Setting
from screener.ui.screening.live_list import LiveListPanel
from screener.ui.screening.panels import Panel
from screener.ui.screening.rail import Rail
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled, unscaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import ScrollPage, clear
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab

AT_ONCE, BUILDING_S = 4, 0.012
"""How many cards a page begins with, and how long more of them are made before the window is looked after again."""
NARROW_PX, SMALL_PX, BELOW_PX = 1180, 900, 660
"""Widths, at a text size of 100 %, below which the columns make do with less."""
_UNBOUND = 16_777_215


class InterviewPage(QWidget):
    """Composes the three columns and brings changes to what they concern."""

    why = Signal(str)
    theme_turned = Signal()
    question_left = Signal()
    """The keyboard went on from one question to somewhere else."""
    review_requested = Signal()

    def __init__(self, controller: SessionController) -> None:
        super().__init__()
        self._controller = controller
        self._session = controller.session
        self.theme_id = self._session.form.themes[0].id
        self._cards: dict[str, QuestionCard] = {}
        self._order: list[str] = []
        """The questions of the theme, shown or not, with or without a card."""
        self._first_place = 0
        self._foot: QWidget = self
        self._builder = QTimer(self)
        self._builder.timeout.connect(self._build_more)
        self._unfinished: dict[str, Any] = {}
        """What was typed on pages that were left, and cannot be stored as it stands."""
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
        self._page = ScrollPage("page", 760)
        self._work.addWidget(self._page, 3)
        self._side = QStackedWidget()
        self.live = LiveListPanel(self._session)
        self.live.why.connect(self.why)
        self._side.addWidget(self.live)
        self._work.addWidget(self._side)
        self.items: LiveList = self.live.refresh()
        controller.changed.connect(self._changed)
        controller.informant_changed.connect(self._show_cards)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self._fit()
        self.show_theme(self.theme_id)

    # Themes and questions

    def show_theme(self, theme_id: str) -> None:
        """Turn to a theme. What was typed is committed by the workspace when the page turns."""
        self._unfinished |= {q: card.unfinished for q, card in self._cards.items()}
        self.theme_id = theme_id
        theme = next(t for t in self._session.form.themes if t.id == theme_id)
        body = self._page.body
        clear(body)
        self._cards = {}
        self._order = [q.id for q in theme.questions if q.id in self._session.questions]
        self._page.setAccessibleName(theme.title)
        body.addWidget(label(theme.title, "page", wrap=True))
        if theme.intro:
            body.addWidget(label(theme.intro, "muted", wrap=True))
        self._first_place = body.count()
        self._foot = self._turning(theme)
        body.addWidget(self._foot)
        body.addStretch(1)
        for question_id in self._to_build()[:AT_ONCE]:
            self._build(question_id)
        self._order_tab()
        self._builder.start()
        self._page.verticalScrollBar().setValue(0)
        self._show_progress()
        self.theme_turned.emit()

    def _to_build(self) -> list[str]:
        """The questions of the theme that are shown and have no card yet, in order."""
        return [q for q in self._order if q not in self._cards and self._session.is_shown(q)]

    def _build(self, question_id: str) -> QuestionCard:
        """Make a question's card, in its place among those that are there."""
        question = self._session.questions[question_id]
        card = QuestionCard(self._controller, question, self._setting(question))
        before = self._order[: self._order.index(question_id)]
        self._page.body.insertWidget(self._first_place + sum(q in self._cards for q in before), card)
        # Only now: a widget that is shown before it has a place opens a window of its own.
        card.setVisible(self._session.is_shown(question_id))
        self._cards[question_id] = card
        if self._unfinished.get(question_id) is not None:
            card.show_unfinished(self._unfinished[question_id])
        return card

    def _build_more(self) -> None:
        """What lies below the window's edge is made a little at a time: no key has to wait for it."""
        until = monotonic() + BUILDING_S
        waiting = self._to_build()
        for question_id in waiting:
            self._build(question_id)
            if monotonic() > until:
                break
        if waiting:
            self._order_tab()
        if not self._to_build():
            self._builder.stop()

    def _order_tab(self) -> None:
        """Tab goes through the questions as they read, then to turning the page."""
        order_tab(*(self._cards[q] for q in self._order if q in self._cards), self._foot)

    @property
    def whole(self) -> bool:
        """Every question of the theme that is shown has its card."""
        return not self._to_build()

    def _card(self, question_id: str) -> QuestionCard:
        """A question's card. All above it are made first, so that nothing moves it afterwards."""
        for above in self._to_build():
            if self._order.index(above) < self._order.index(question_id):
                self._build(above)
        known = self._cards.get(question_id)
        if known is not None:
            return known
        built = self._build(question_id)
        self._order_tab()
        return built

    def _turning(self, theme: Theme) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 8, 0, 0)
        place = self._session.form.themes.index(theme)
        if place > 0:
            back = ActionButton("Previous theme", "Ctrl+PgUp")
            back.clicked.connect(self.previous_theme)
            row.addWidget(back)
        row.addStretch(1)
        last = place == len(self._session.form.themes) - 1
        on = ActionButton("Review" if last else "Next theme", "F6" if last else "Ctrl+PgDown", "primary")
        on.setAccessibleName("Review all items" if last else "Next theme")
        on.clicked.connect(self.review_requested if last else self.next_theme)
        row.addWidget(on)
        return holder

    def next_theme(self) -> None:
        self._turn(1)

    def previous_theme(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        ids = [theme.id for theme in self._session.form.themes]
        place = ids.index(self.theme_id) + by
        if 0 <= place < len(ids):
            self.show_theme(ids[place])
            self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard on the place that was kept, else on the first question not settled, or the first one."""
        shown = [q for q in self._order if self._session.is_shown(q)]
        open_ones = [q for q in shown if self._session.state(q) == "not_asked"]
        kept = [q for q in shown if q == self._kept_place]
        self._kept_place = None
        for question_id in (*kept, *open_ones, *shown):
            self._card(question_id).take_focus()
            return

    def go_to(self, question_id: str) -> None:
        """Turn to a question's theme and put the keyboard on it."""
        theme = self._session.pack.theme_of[question_id].id
        if theme != self.theme_id:
            self.show_theme(theme)
        self._card(question_id).take_focus()
        # Until the person is confirmed nothing here takes the keyboard: it comes to this question then.
        self._kept_place = None if self.isEnabled() else question_id

    @property
    def question_id(self) -> str | None:
        """The question that has the keyboard, if any."""
        focus = QApplication.focusWidget()
        for question_id, card in self._cards.items():
            if focus is not None and (card is focus or card.isAncestorOf(focus)):
                return question_id
        return None

    @property
    def last_question(self) -> str | None:
        """The question that has the keyboard, or had it last on this page."""
        return self.question_id or (self._last if self._last in self._cards else None)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        self._last = self.question_id or self._last
        if old is None:
            return
        left = next((card for card in self._cards.values() if card.isAncestorOf(old)), None)
        if left is not None and (now is None or not left.isAncestorOf(now)):
            self.question_left.emit()

    def add_reading(self) -> None:
        for card in self._cards.values():
            if card.isVisible() and card.add_reading():
                return

    def _setting(self, question: Question) -> Setting:
        search = partial(MedicineSearch, self._session.pack.medicines)
        return Setting(self._visit_day, self._session.clock.now, self._limits(question), search)

    def _visit_day(self) -> date:
        return self._session.visit_date

    def _limits(self, question: Question) -> tuple[Limit, ...]:
        """The figures that this screening's rules compare the mean with, named by whose they are."""
        found: dict[tuple[str, float], Limit] = {}
        if question.kind is not Kind.READINGS:
            return ()
        for rule in self._session.rules.rules.values():
            for condition in rule.conditions():
                if parameters_read(condition):
                    continue
                for node in walk(condition):
                    if (
                        isinstance(node, OfReadings)
                        and node.readings == question.id
                        and node.mean in ("systolic", "diastolic")
                    ):
                        figure = float(str(node.limit))
                        whose = {"label": "label"}.get(rule.source.strength, rule.source.strength.split()[0])
                        found.setdefault((node.mean, figure), Limit(node.mean, figure, whose))
        return tuple(sorted(found.values(), key=lambda limit: -limit.figure))[:4]

    def _show_cards(self) -> None:
        for card in self._cards.values():
            card.refresh()

    # Changes

    def _changed(self, change: Change, origin: object) -> None:
        for question_id in change.appeared:
            if question_id in self._order:
                self._card(question_id)
        for question_id in change.questions:
            if question_id in self._cards:
                self._cards[question_id].refresh(origin=origin)
        for question_id, card in self._cards.items():
            card.show_jots()
            if card.question.formula is not None:
                card.refresh()
            shown = self._session.is_shown(question_id)
            if shown is not card.isVisibleTo(self._page):
                card.setVisible(shown)
        self.items = self.live.refresh()
        self._show_progress()
        self._announce(change)

    def _announce(self, change: Change) -> None:
        alone = self._session.visit["room"] in ("", "alone")
        for flag in change.flags:
            if flag.newly_listed and flag.after.rule.class_ != "completeness":
                said = f"Listed: {flag.after.title}" if alone else "one item added"
                announce(self, said, urgent=flag.after.tier == "time-critical")
        appeared = [self._session.questions[q].label for q in change.appeared if q in self._order]
        if appeared:
            announce(self, f"{len(appeared)} more to ask: {', '.join(appeared)}")
        gone = [self._session.questions[q].label for q in change.gone if q in self._order]
        if gone:
            announce(self, f"Not asked any more: {', '.join(gone)}")

    def _show_progress(self) -> None:
        self._rail.show_theme(self.theme_id)
        self._rail.show_progress(self._session.progress(), self._marks_by_theme())

    def _marks_by_theme(self) -> Mapping[str, Mapping[str, int]]:
        marks: dict[str, dict[str, int]] = {theme.id: {} for theme in self._session.form.themes}
        entries = [(o.rule.id, o.tier) for o in self.items.listed]
        entries += [(o.rule.id, "open") for group in self.items.open for o in group.items]  # type: ignore[misc]
        for rule_id, mark in entries:
            theme = self._session.pack.theme_of[rule_id].id
            if theme in marks:
                marks[theme][mark] = marks[theme].get(mark, 0) + 1
        return marks

    # Panels and size

    def show_panel(self, panel: Panel | None) -> None:
        """Put a panel in the live list's place, or bring the list back."""
        while self._side.count() > 1:
            old = self._side.widget(1)
            if old is None or old is panel:
                break
            self._side.removeWidget(old)
            old.deleteLater()
        if panel is not None and self._side.indexOf(panel) < 0:
            self._side.addWidget(panel)
        self._side.setCurrentWidget(panel or self.live)

    def _fit(self) -> None:
        """Share the room out: the rail gives way first, then the list moves below the questions, never behind them."""
        room = unscaled(self.width())
        self._rail.show_small(room < SMALL_PX)
        self._rail.setFixedWidth(scaled(56 if room < SMALL_PX else 196 if room < NARROW_PX else 256))
        below = room < BELOW_PX
        direction = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self._work.setDirection(direction)
        self._work.setStretchFactor(self._side, 2 if below else 0)
        if below:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_UNBOUND)
        else:
            self._side.setFixedWidth(scaled(240 if room < SMALL_PX else 276 if room < NARROW_PX else 368))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
