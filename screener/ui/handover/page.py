"""What stands on the screen in the patient's hands: one theme, one question at a time, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from screener.forms.model import Question
from screener.language import tr
from screener.screening.change import Change
from screener.screening.handover import asked, words_of
from screener.screening.on_screen import for_patient, title_for_patient
from screener.screening.steps import HandOver
from screener.ui.actions import bind
from screener.ui.autosave import SaveState, SaveStatus
from screener.ui.fields.base import Setting
from screener.ui.handover.blanking import Blanking
from screener.ui.handover.pages import END, GIVING_BACK, HIDDEN, WIDTH_PX, Gate, LookOver, SiteWords, Welcome
from screener.ui.handover.question import PatientQuestion
from screener.ui.handover.whom import whom
from screener.ui.jobs import Jobs
from screener.ui.session_controller import SessionController
from screener.ui.style.sheet import style_sheet
from screener.ui.style.theme import current, text_scale
from screener.ui.style.tokens import FONT_PX
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.layout import Notice, ScrollPage, StripedBanner, clear, plain
from screener.ui.widgets.speech import announce
from screener.ui.widgets.unseen import Unseen

LARGER, STEP = 1.3, 0.1
"""How much larger than the clinician's the text is here to begin with, and by how much it is changed."""
SMALLEST, LARGEST = 0.8, 2.5


class HandoverPage(QWidget):
    """The whole window while the screen is handed over. Says when it came back, and whether all was gone through."""

    came_back = Signal(bool)
    """Through the gate to the clinician; True where the patient had come to the end."""
    turned = Signal()
    """What was answered is to be written now."""

    def __init__(
        self,
        controller: SessionController,
        handover: HandOver,
        words: str,
        check: Callable[[str], None] | None,
        jobs: Jobs,
        blanking: Blanking,
    ) -> None:
        super().__init__()
        self._controller, self._session, self._handover = controller, controller.session, handover
        self._words, self._blanking = words, blanking
        self._theme = next(one for one in self._session.form.themes if one.id == handover.theme)
        self._whom = whom(self._session.opening.role)
        self._scale = text_scale() * LARGER
        self._place: str | None = None
        self._card: PatientQuestion | None = None
        self._finished = False
        self._before_gate: QWidget | None = None
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title_for_patient(self._theme))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._session.opening.made_up:
            column.addWidget(StripedBanner(tr("MADE-UP PATIENT · for looking around · nothing is kept")))
        column.addWidget(self._build_head())
        self._sign = Notice("", "info", action=self._stay_button())
        column.addWidget(self._sign)
        self._stack = QStackedWidget()
        column.addWidget(self._stack, 1)
        self._foot = self._build_foot()
        column.addWidget(self._foot)
        self._build_pages(check, jobs)
        self._bind()
        controller.changed.connect(self._changed)
        blanking.counting.connect(self._count)
        blanking.blank.connect(self.hide_all)
        self._dress()
        self._turn_to(self._welcome)

    # Building

    def _build_head(self) -> QWidget:
        bar = plain("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(10)
        self._title = label(title_for_patient(self._theme), "strong", wrap=True)
        row.addWidget(self._title, 1)
        self._place_words = label("", "muted")
        row.addWidget(self._place_words)
        self._head_buttons: list[QWidget] = []
        back = tr("Give the screen back")
        for text, name, look, slot in (
            ("A−", tr("Smaller text"), "quiet", self._smaller),
            ("A+", tr("Larger text"), "quiet", self._larger),
            (back, back, "", self.give_back),
        ):
            button = ActionButton(text, "", look)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(slot)
            row.addWidget(button)
            self._head_buttons.append(button)
        return bar

    def _stay_button(self) -> ActionButton:
        button = ActionButton(tr("I am still here"), "", "primary")
        button.clicked.connect(self._blanking.extend)
        return button

    def _build_foot(self) -> QWidget:
        bar = plain("foot")
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(10)
        self._saved = label("", "muted")
        row.addWidget(self._saved)
        row.addStretch(1)
        self._undo_link = LinkButton(tr("Undo the last answer"))
        self._undo_link.clicked.connect(self._undo)
        row.addWidget(self._undo_link)
        self._back = ActionButton(tr("Back"))
        self._back.clicked.connect(self.question_before)
        row.addWidget(self._back)
        self._next = ActionButton(tr("Next"), "", "primary")
        self._next.clicked.connect(self.next_question)
        row.addWidget(self._next)
        return bar

    def _build_pages(self, check: Callable[[str], None] | None, jobs: Jobs) -> None:
        self._welcome = Welcome(title_for_patient(self._theme), len(self._questions()), self._whom)
        self._welcome.begin.connect(self._begin)
        self._asking = ScrollPage("page", WIDTH_PX, 48, centred=True)
        Unseen(self._asking, self._where_answered).kept_back.connect(self._say_kept_back)
        self._look_over = LookOver()
        self._look_over.change.connect(self._go_to)
        self._gate = Gate(check, jobs, self._whom)
        self._gate.passed.connect(self._passed)
        self._gate.on.connect(self._go_on)
        for page in (self._welcome, self._asking, self._look_over, self._gate):
            self._stack.addWidget(page)

    def _bind(self) -> None:
        for action_id, slot in (
            ("next_question", self.next_question),
            ("question_before", self.question_before),
            ("undo_here", self._undo),
            ("redo_here", self._redo),
            ("larger_here", self._larger),
            ("smaller_here", self._smaller),
            ("give_back", self.give_back),
        ):
            bind(self, action_id, slot)

    # Questions

    def _questions(self) -> list[Question]:
        return asked(self._session, self._handover)

    def _begin(self) -> None:
        questions = self._questions()
        if questions:
            self._go_to(questions[0].id)
        else:
            self._show_look_over()

    def _go_to(self, question_id: str) -> None:
        question = self._session.questions[question_id]
        self._place = question_id
        clear(self._asking.body)
        self._add_words(self._asking.body)
        setting = Setting(self._visit_day, self._session.clock.now)
        self._card = PatientQuestion(self._controller, question, self._handover.by, setting)
        self._card.on.connect(self.next_question)
        self._asking.body.addWidget(self._card)
        self._asking.body.addStretch(1)
        self._asking.setAccessibleName(self._card.accessibleName())
        self._turn_to(self._asking)
        self._asking.verticalScrollBar().setValue(0)

    def _where_answered(self, focus: QWidget, event: QKeyEvent) -> QWidget | None:
        return None if self._card is None else self._card.where_answered(focus, event)

    def _say_kept_back(self) -> None:
        if self._card is not None:
            self._card.say_kept_back()

    def _visit_day(self) -> date:
        return self._session.visit_date

    def _add_words(self, body: QVBoxLayout) -> None:
        if self._critical():
            body.addWidget(SiteWords(self._words, self._whom))

    def _critical(self) -> bool:
        """Whether an answer given here lists something time-critical, as the answers stand."""
        handed = self._session.handovers[self._handover.id]
        outcomes = [self._session.outcomes[rule] for rule in handed.critical if rule in self._session.outcomes]
        return any(one.outcome == "listed" and one.tier == "time-critical" for one in outcomes)

    def next_question(self) -> None:
        """The one after this; after the last one all answers are looked over."""
        self._step(1)

    def question_before(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        current = self._stack.currentWidget()
        ids = [question.id for question in self._questions()]
        if current is self._welcome and by > 0:
            self._begin()
        elif current is self._look_over:
            if by > 0:
                self._done()
            elif ids:
                self._go_to(ids[-1])
        elif current is self._asking:
            place = (ids.index(self._place) if self._place in ids else -1) + by
            if 0 <= place < len(ids):
                self._go_to(ids[place])
            elif by > 0:
                self._show_look_over()
            else:
                self._turn_to(self._welcome)

    def _show_look_over(self) -> None:
        self._place = None
        clear(self._look_over.top)
        self._add_words(self._look_over.top)
        self._show_answers()
        self._turn_to(self._look_over)

    def _show_answers(self) -> None:
        recorded, by = self._session.recorded, self._handover.by
        said = [(for_patient(question), words_of(recorded.get(question.id), by)) for question in self._questions()]
        self._look_over.show_answers(said)

    def _done(self) -> None:
        self._finished = True
        self._open_gate(END)

    # Turning

    def _turn_to(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self.turned.emit()
        self._refresh()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard where this page begins."""
        page = self._stack.currentWidget()
        if page is self._asking and self._card is not None:
            self._card.take_focus()
        elif isinstance(page, Welcome | LookOver | Gate):
            page.take_focus()

    def _refresh(self) -> None:
        page, at_gate = self._stack.currentWidget(), self._stack.currentWidget() is self._gate
        ids = [question.id for question in self._questions()]
        asking = page is self._asking and self._place in ids
        self._place_words.setText(
            tr("{index} of {count}").format(index=ids.index(str(self._place)) + 1, count=len(ids)) if asking else ""
        )
        self._title.setText("" if at_gate else title_for_patient(self._theme))
        for button in self._head_buttons[2:]:
            button.setVisible(not at_gate)
        self._back.setVisible(page in (self._asking, self._look_over))
        self._next.setVisible(page in (self._asking, self._look_over))
        self._next.setText(tr("I am done") if page is self._look_over else tr("Next"))
        self._undo_link.setVisible(page in (self._asking, self._look_over) and bool(self._session.history.undo_name))

    # What the patient did

    def _changed(self, change: Change, origin: object) -> None:
        if self._session.handed_over is None:
            return
        if self._card is not None:
            self._card.refresh(origin=origin)
        standing = self._standing_words() is not None
        if self._critical() is not standing and self._stack.currentWidget() is self._asking:
            self._turn_words()
        if self._stack.currentWidget() is self._look_over:
            self._show_look_over()
        self._refresh()

    def _standing_words(self) -> SiteWords | None:
        item = self._asking.body.itemAt(0)
        first = item.widget() if item is not None else None
        return first if isinstance(first, SiteWords) else None

    def _turn_words(self) -> None:
        """The site's words come above the question, or go; the question keeps the keyboard."""
        gone = self._standing_words()
        if gone is not None:
            self._asking.body.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
            return
        made = SiteWords(self._words, self._whom)
        self._asking.body.insertWidget(0, made)
        announce(self, made.accessibleName(), urgent=True)
        # Once it has its place: above the question, where it is read first.
        QTimer.singleShot(0, self._asking, self._to_top)

    def _to_top(self) -> None:
        self._asking.verticalScrollBar().setValue(0)

    def _undo(self) -> None:
        if self._stack.currentWidget() in (self._asking, self._look_over) and self._session.history.undo_name:
            self._controller.undo()
            announce(self, tr("Undone"))
            self._stay_on_what_is_asked()

    def _redo(self) -> None:
        if self._stack.currentWidget() in (self._asking, self._look_over) and self._session.history.redo_name:
            self._controller.redo()
            announce(self, tr("Done again"))
            self._stay_on_what_is_asked()

    def _stay_on_what_is_asked(self) -> None:
        """A question that is not asked any more is left for what was answered last."""
        ids = [question.id for question in self._questions()]
        if self._stack.currentWidget() is self._asking and self._place not in ids:
            if ids:
                self._go_to(ids[-1])
            else:
                self._show_look_over()

    def show_status(self, status: SaveStatus) -> None:
        """What is on disk, in words for whoever holds the screen."""
        self._saved.setText(
            {
                SaveState.NOTHING_YET: "",
                SaveState.WAITING: tr("Saving…"),
                SaveState.SAVED: tr("Saved {at}").format(at=status.at[11:19]),
                SaveState.FAILED: self._whom.not_saved,
            }[status.state]
        )

    # Text size, for this hand-over alone

    def _larger(self) -> None:
        self._resize(STEP)

    def _smaller(self) -> None:
        self._resize(-STEP)

    def _resize(self, by: float) -> None:
        self._scale = min(LARGEST, max(SMALLEST, self._scale + by))
        self._dress()
        announce(self, tr("Text size {scale} %").format(scale=round(self._scale * 100)))

    def _dress(self) -> None:
        """This page alone: to dress the whole window anew takes a second, at the beginning and at the end."""
        body = f"* {{ font-size: {round(FONT_PX['body'] * self._scale)}px; }}"
        self.setStyleSheet(body + style_sheet(current(), self._scale, mirrored=self.isRightToLeft()))

    # The gate

    def give_back(self) -> None:
        """Somebody gives the screen back, or tries to close the window."""
        if self._stack.currentWidget() is not self._gate:
            self._open_gate(GIVING_BACK)

    def hide_all(self) -> None:
        """Nothing of the patient stays in sight; only the passphrase brings it back."""
        self._open_gate(HIDDEN)

    def _open_gate(self, mode: str) -> None:
        if self._stack.currentWidget() is not self._gate:
            self._before_gate = self._stack.currentWidget()
        self._sign.show_text("")
        clear(self._gate.top)
        if mode == END:
            self._add_words(self._gate.top)
        self._gate.open(mode)
        self._turn_to(self._gate)

    def _go_on(self) -> None:
        self._finished = False
        if self._blanking.blanked:
            self._blanking.come_back()
        if self._before_gate is self._asking and self._place is not None:
            self._go_to(self._place)
        elif self._before_gate is self._welcome:
            self._turn_to(self._welcome)
        else:
            self._show_look_over()

    def _passed(self) -> None:
        self.came_back.emit(self._finished)

    def _count(self, left_s: int) -> None:
        if left_s and not self._sign.text:
            announce(
                self,
                tr("This screen is hidden in {left_s} seconds. Any key keeps it.").format(left_s=left_s),
                urgent=True,
            )
        self._sign.show_text(
            tr("This screen is hidden in {left_s} s. Any key or touch keeps it.").format(left_s=left_s)
            if left_s
            else ""
        )
