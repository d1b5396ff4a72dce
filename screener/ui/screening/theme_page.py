"""One theme's page: a card for each question that is asked, sensitive ones in turn, and at its foot what is not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from screener.forms.limits import Limits
from screener.forms.medicine_search import MedicineSearch
from screener.forms.model import Question, Theme
from screener.language import tr
from screener.rules.values import Kind, State
from screener.screening.change import Change
from screener.screening.course import phase_of_now
from screener.screening.not_asked import waiting_for_their_turn
from screener.screening.on_screen import on_screen
from screener.ui.actions import BY_ID
from screener.ui.fields.base import Limit, Setting
from screener.ui.fields.chart import lines_of
from screener.ui.screening.card import QuestionCard
from screener.ui.screening.unasked import NotAskedFoot, TurnLine
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.layout import FlowLayout, ScrollPage, put_away
from screener.ui.widgets.tab_order import order_tab
from screener.ui.widgets.unseen import Unseen

AT_ONCE, BUILDING_S = 4, 0.012
"""With how many cards a page begins at most; how long more are made before the window is looked after again."""

_AROUND_PX = 12


class ThemePage(ScrollPage):
    """Shows one theme after another. Cards below the window's edge are made a little at a time."""

    turned_to = Signal(str)
    """The keyboard is wanted on a question of this or another theme."""
    answered_by_key = Signal(str)
    """The keyboard is wanted on the question after this one."""
    said = Signal(str)
    """What became of a key, for the page around this one to show."""
    back = Signal()
    check = Signal()
    """The answers of this theme are to be looked over."""
    on = Signal()
    hand_over = Signal()

    def __init__(self, controller: SessionController) -> None:
        super().__init__("page", 760)
        self._controller = controller
        self._session = controller.session
        self.theme: Theme = self._session.form.themes[0]
        self.cards: dict[str, QuestionCard] = {}
        """Of the questions that have one yet, in no order."""
        self._order: list[str] = []
        """The questions of the theme, shown or not, with or without a card."""
        self._unfinished: dict[str, Any] = {}
        """What was typed on pages that were left, and cannot be stored as it stands."""
        self._opened: set[str] = set()
        """Sensitive questions whose turn has come, on any page."""
        self._waiting: tuple[str, ...] = ()
        """Those of this page whose turn has not."""
        self._pointed: QuestionCard | None = None
        self._grown = False
        """Cards have more that Tab comes to than when they were put in order."""
        self._came_to: QuestionCard | None = None
        """Where the keyboard was put last, until something is answered."""
        self._builder = QTimer(self)
        self._builder.timeout.connect(self._build_more)
        # One timer after another: between them a page is painted, and a key that was pressed meanwhile is heard.
        self._begin_building = QTimer(self, singleShot=True, interval=1)
        self._begin_building.timeout.connect(self._builder.start)
        self._foot = QWidget()
        Unseen(self, self._where_answered).kept_back.connect(self._say_kept_back)

    # Turning to a theme

    def show_theme(self, theme_id: str) -> None:
        """Turn to a theme, with as much of it as a window shows at once."""
        self._unfinished |= {q: card.unfinished for q, card in self.cards.items()}
        theme = next(t for t in self._session.form.themes if t.id == theme_id)
        # Hidden as long as it is made: else each card that comes has all that is there already laid out anew.
        self.inner.hide()
        put_away(self.body)
        self.theme, self.cards, self._pointed, self._came_to = theme, {}, None, None
        self._order = [q.id for q in theme.questions if q.id in self._session.questions]
        self.setAccessibleName(theme.title)
        self.body.addWidget(self._make_head())
        if theme.intro:
            self.body.addWidget(label(theme.intro, "muted", wrap=True))
        self._turns = TurnLine()
        self._turns.next_one.connect(self._next_in_turn)
        self._turns.all_of_them.connect(self._all_in_turn)
        self._foot = self._make_foot()
        self.body.addWidget(self._turns)
        self.body.addWidget(self._foot)
        self.body.addStretch(1)
        self._take_turns()
        self._fill_window()
        self._not_asked.refresh()
        self._arrange()
        self.inner.show()
        self._make_room()
        self._builder.stop()
        self._begin_building.start()
        self.verticalScrollBar().setValue(0)

    def _make_head(self) -> QWidget:
        """The theme's title, and the way to hand it over where it has words for patients."""
        head = QWidget()
        handed = bool(on_screen(self._session, self.theme.id))
        row = FlowLayout(head, gap_px=10, last_at_end=handed)
        row.addWidget(label(self.theme.title, "page", wrap=True))
        if handed:
            link = LinkButton(tr("Hand over to the patient…"))
            link.setToolTip(f"{link.text()} ({BY_ID['hand_over'].key_hint})")
            link.clicked.connect(self.hand_over)
            row.addWidget(link)
        self._head = head
        return head

    def _make_foot(self) -> QWidget:
        """What stands below the questions: those that are not asked, and turning the page."""
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._not_asked = NotAskedFoot(self._session, self.theme.id)
        self._not_asked.go_to.connect(self.turned_to)
        column.addWidget(self._not_asked)
        turning = QWidget()
        row = FlowLayout(turning, gap_px=8, last_at_end=True)
        row.setContentsMargins(0, 8, 0, 0)
        place, last = self._session.form.themes.index(self.theme), len(self._session.form.themes) - 1
        if place > 0:
            back = ActionButton(tr("Previous theme"), "Ctrl+PgUp")
            back.clicked.connect(self.back)
            row.addWidget(back)
        check = ActionButton(tr("Check answers"), "F3")
        check.clicked.connect(self.check)
        row.addWidget(check)
        on = ActionButton(
            tr("Review") if place == last else tr("Next theme"), "F6" if place == last else "Ctrl+PgDown", "primary"
        )
        on.setAccessibleName(tr("Review all items") if place == last else tr("Next theme"))
        on.clicked.connect(self.on)
        row.addWidget(on)
        column.addWidget(turning)
        return foot

    # Cards

    def _to_build(self) -> list[str]:
        """The questions of the theme that are in sight and have no card yet, in order."""
        return [q for q in self._order if q not in self.cards and self._in_sight(q)]

    def _first_card_from(self, question_id: str) -> QWidget:
        """The first card at or after the place of a question; the foot where there is none."""
        later = self._order[self._order.index(question_id) :]
        return next((self.cards[q] for q in later if q in self.cards), self._foot)

    def _build(self, question_id: str) -> QuestionCard:
        """Make a question's card, in its place among those that are there."""
        question = self._session.questions[question_id]
        card = QuestionCard(self._controller, question, self._setting(question), self.inner)
        card.answered_by_key.connect(self.answered_by_key)
        card.grew.connect(self._note_growth)
        self.body.insertWidget(self.body.indexOf(self._first_card_from(question_id)), card)
        # Only now: a widget that is shown before it has a place opens a window of its own.
        if not self._in_sight(question_id):
            card.hide()
        elif self.inner.isVisible():  # else it is shown with all others, and laid out once
            card.show()
        self.cards[question_id] = card
        if self._unfinished.get(question_id) is not None:
            card.show_unfinished(self._unfinished[question_id])
        return card

    def _fill_window(self) -> None:
        """The first cards, as many as a window shows at once: of tall ones there are few."""
        room = self.viewport().height() - self._above_cards()
        for question_id in self._to_build()[:AT_ONCE]:
            card = self._build(question_id)
            card.ensurePolished()
            room -= self.body.spacing() + card.heightForWidth(self.inner.width())
            if room <= 0:
                break

    def _above_cards(self) -> int:
        """How much of the window stands above the first card, before anything is laid out."""
        width, outer = self.inner.width(), self._outer.layout()
        above = outer.contentsMargins().top() if outer is not None else 0
        for place in range(self.body.indexOf(self._turns)):
            item = self.body.itemAt(place)
            part = item.widget() if item is not None else None
            if part is not None and not part.isHidden():
                part.ensurePolished()
                high = part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()
                above += high + self.body.spacing()
        return above

    def _build_more(self) -> None:
        """What lies below the window's edge is made a little at a time: no key has to wait for it."""
        until = monotonic() + BUILDING_S
        waiting = self._to_build()
        for question_id in waiting:
            self._build(question_id)
            if monotonic() > until:
                break
        if waiting:
            self._arrange()
            self._make_room()
        if not self._to_build():
            self._builder.stop()

    @staticmethod
    def _make_room() -> None:
        """The page grows with its new cards before it is painted: those above are not squeezed for them."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    @property
    def whole(self) -> bool:
        """Every question of the theme that is in sight has its card."""
        return not self._to_build()

    def card(self, question_id: str) -> QuestionCard:
        """A question's card. All above it are made first, so that nothing moves it afterwards."""
        for above in self._to_build():
            if self._order.index(above) < self._order.index(question_id):
                self._build(above)
        known = self.cards.get(question_id)
        if known is not None:
            return known
        built = self._build(question_id)
        self._arrange()
        return built

    def _arrange(self) -> None:
        """The line of turns stands where the first that waits would; Tab goes through the page as it reads."""
        line = self._turns
        if self._waiting:
            after = self._first_card_from(self._waiting[0])
            if self.body.indexOf(line) != self.body.indexOf(after) - 1:
                self.body.removeWidget(line)
                self.body.insertWidget(self.body.indexOf(after), line)
        line.show_left(len(self._waiting))
        self._grown = False
        parts: list[QWidget] = [self._head]
        for question_id in self._order:
            if self._waiting[:1] == (question_id,):
                parts.append(line)
            if question_id in self.cards:
                parts.append(self.cards[question_id])
        order_tab(*parts, self._foot)

    # Sensitive questions, one at a time

    def _in_sight(self, question_id: str) -> bool:
        return self._session.is_shown(question_id) and question_id not in self._waiting

    def _take_turns(self) -> tuple[str, ...]:
        """See whose turn it is; returns the questions whose turn has come by this."""
        before = self._waiting
        self._waiting = waiting_for_their_turn(self._session, self.theme.id, self._opened)
        self._opened |= {q for q in self._order if self._session.questions[q].sensitive and self._in_sight(q)}
        return tuple(q for q in before if q in self._opened and q in self._order)

    def _next_in_turn(self) -> None:
        if self._waiting:
            self.turned_to.emit(self._waiting[0])

    def _all_in_turn(self) -> None:
        if self._waiting:
            first = self._waiting[0]
            self._opened |= set(self._waiting)
            self._take_turns()
            self._builder.start()
            self.turned_to.emit(first)

    # The keyboard

    def focus_first(self, kept: str | None = None) -> None:
        """Put the keyboard on the place that was kept, else on the first question not settled, or the first one.

        What no rule of this screening asks for is passed over while another is open.
        """
        shown = [q for q in self._order if self._in_sight(q)]
        open_ones = [q for q in shown if self._session.state(q) is State.NOT_ASKED]
        asked_for = [q for q in open_ones if q not in self._session.rules.read_elsewhere]
        wanted = [*(q for q in shown if q == kept), *asked_for, *open_ones, *shown]
        if wanted:
            self._give_keyboard(self.card(wanted[0]))
        else:
            self._not_asked.take_focus()

    def focus_question(self, question_id: str) -> None:
        """Put the keyboard on a question, whose turn has come by that."""
        if self._comes_into_sight(question_id):
            self._give_keyboard(self.card(question_id))
            self._arrange()
        else:
            self._not_asked.take_focus()

    def _comes_into_sight(self, question_id: str) -> bool:
        """Whether a question is in sight, where its turn has come now at the latest."""
        if question_id in self._waiting:
            self._opened.add(question_id)
            self._take_turns()
        return self._in_sight(question_id)

    def point_at(self, question_id: str, words: str) -> bool:
        """Bring a question into view, marked with these words; the keyboard stays where it is. Empty: none is marked.

        False where it is not asked as things stand.
        """
        if self._pointed is not None:
            self._pointed.point_out("")
            self._pointed = None
        if not words or not self._comes_into_sight(question_id):
            return False
        self._pointed = self.card(question_id)
        self._pointed.point_out(words)
        self._arrange()
        QTimer.singleShot(0, self, self._follow_pointed)
        return True

    def _follow_pointed(self) -> None:
        """Whole where it fits, else from its beginning."""
        card = self._pointed
        if card is not None:
            around, tall = scaled(_AROUND_PX), card.height() >= self.viewport().height() - 2 * scaled(_AROUND_PX)
            if tall:
                here = card.mapTo(self.viewport(), QPoint(0, 0)).y()
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + here - around)
            else:
                self.ensureWidgetVisible(card, 0, around)

    @property
    def unfinished(self) -> dict[str, Any]:
        """What was typed, on any page, and cannot be stored as it stands; by question."""
        found = self._unfinished | {q: card.unfinished for q, card in self.cards.items()}
        return {question_id: typed for question_id, typed in found.items() if typed is not None}

    def show_unfinished(self, typed: Mapping[str, Any]) -> None:
        """Put back what `unfinished` gave when this screening was left, on this page and on those to come."""
        self._unfinished |= typed
        for question_id, card in self.cards.items():
            if question_id in typed:
                card.show_unfinished(typed[question_id])

    def forget_unfinished(self) -> None:
        """What was typed and cannot be stored is gone; the theme is shown as the session holds it."""
        self.cards = {}
        self._unfinished.clear()
        self.show_theme(self.theme.id)

    def _give_keyboard(self, card: QuestionCard) -> None:
        """To a question, and into view: again once cards that were made for it have their places."""
        self._came_to = card
        card.take_focus()
        QTimer.singleShot(0, self, self.follow_keyboard)

    def follow_keyboard(self) -> None:
        """The question that has the keyboard comes into view whole where it fits: all its options are read at once."""
        card = self.card_of(QApplication.focusWidget())
        if card is not None and self._fits(card):
            self.ensureWidgetVisible(card, 0, scaled(_AROUND_PX))
        else:
            super().follow_keyboard()

    def _fits(self, card: QuestionCard) -> bool:
        return card.height() < self.viewport().height() - 2 * scaled(_AROUND_PX)

    def _follow_whole(self) -> None:
        """Cards have their heights only some turns after they are made: until then the whole one is followed."""
        card = self.card_of(QApplication.focusWidget())
        if card is not None and card is self._came_to and self.follows and self._fits(card):
            self.ensureWidgetVisible(card, 0, scaled(_AROUND_PX))
        else:
            super()._follow_whole()

    def bring_into_view(self, part: QWidget) -> None:
        card = self.card_of(part)
        self.ensureWidgetVisible(card if card is not None and self._fits(card) else part, 0, scaled(_AROUND_PX))

    def _where_answered(self, focus: QWidget, event: QKeyEvent) -> QWidget | None:
        card = self.card_of(focus)
        return None if card is None else card.where_answered(focus, event)

    def _say_kept_back(self) -> None:
        card = self.card_of(QApplication.focusWidget())
        if card is not None:
            self.said.emit(
                tr("“{question}” was out of sight: it is in view again, and the key answered nothing.").format(
                    question=card.question.label
                )
            )

    def card_of(self, widget: QWidget | None) -> QuestionCard | None:
        """The card that a widget is or stands in."""
        if widget is None:
            return None
        return next((c for c in self.cards.values() if c is widget or c.isAncestorOf(widget)), None)

    def add_reading(self) -> bool:
        """A new row of the list that has the keyboard, else of the first one on the page: readings, or medicines.

        False where the page has no list.
        """
        here = self.card_of(QApplication.focusWidget())
        in_order = [self.cards[q] for q in self._order if q in self.cards]
        for card in (*([here] if here is not None else []), *in_order):
            if card.isVisible() and card.add_reading():
                return True
        return False

    # Changes

    def take(self, change: Change, origin: object) -> tuple[str, ...]:
        """Bring a change to what it concerns; returns the questions whose turn has come by it."""
        self._came_to = None
        turned = self._take_turns()
        for question_id in (*change.appeared, *turned):
            if question_id in self._order and self._in_sight(question_id):
                self.card(question_id)
        for question_id in change.questions:
            if question_id in self.cards:
                self.cards[question_id].refresh(origin=origin)
        for question_id, card in self.cards.items():
            card.show_jots()
            card.show_room()
            if card.question.formula is not None:
                card.refresh()
            shown = self._in_sight(question_id)
            if shown is not card.isVisibleTo(self):
                card.setVisible(shown)
        if turned or change.appeared or change.gone or self._grown:
            self._arrange()
        self._not_asked.refresh()
        return turned

    def refresh_cards(self) -> None:
        """Show every card as the session holds its question, told by whoever speaks."""
        for card in self.cards.values():
            card.refresh()
        if self._grown:
            self._arrange()

    def show_earlier(self) -> None:
        """Offer on each card what earlier records hold; nothing else of the card is touched."""
        for card in self.cards.values():
            card.show_earlier()
        if self._grown:
            self._arrange()

    def _note_growth(self) -> None:
        """Every card may grow at once: they are put in order once, by whoever had them look anew."""
        self._grown = True

    def has(self, question_id: str) -> bool:
        """Whether a question belongs to this theme."""
        return question_id in self._order

    # What fields ask of their surroundings

    def _setting(self, question: Question) -> Setting:
        return Setting(
            self._visit_day,
            self._session.clock.now,
            self._limits_of(question),
            lambda: self._search,
            self._phase,
            self._saturation,
        )

    def _phase(self) -> str | None:
        return phase_of_now(self._session)

    def _saturation(self) -> str:
        course = self._session.rules.pathway.course
        asked = course.saturation if course is not None else None
        return asked if asked is not None and self._session.is_shown(asked) else ""

    @cached_property
    def _search(self) -> MedicineSearch:
        """Made when a medicine is first typed, once for all pages."""
        return MedicineSearch(self._session.pack.medicines)

    def _visit_day(self) -> date:
        return self._session.visit_date

    def _limits_of(self, question: Question) -> tuple[Limit, ...]:
        """The figures that this screening's rules compare means of pressure with, named by whose they are."""
        return lines_of(self._limits, question.id) if question.kind is Kind.READINGS else ()

    @cached_property
    def _limits(self) -> Limits:
        rules = self._session.rules
        return Limits(self._session.pack, rules.rules.values(), rules.parameters)
