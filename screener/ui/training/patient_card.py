"""The patient card: what the made-up patient is asked, and what comes back, beside the screening."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from screener.language import tr, tr_n
from screener.training.kept import Asked
from screener.training.scenario import PATIENT, Paper
from screener.ui.actions import BY_ID
from screener.ui.training.encounter import Encounter
from screener.ui.training.papers_brought import PapersBrought
from screener.ui.widgets.controls import ActionButton, Segmented, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, Notice, ScrollPage, clear, hairline, plain
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

GO_TO_A_QUESTION = tr("Go to a question of the screening: it is asked from here.")


class PatientCard(QWidget):
    """Asks the question that has the keyboard in the screening. It answers nothing there: that is the trainee's."""

    ask_to_leave = Signal()
    """Whoever is with the patient is asked to wait outside."""
    pause = Signal()
    end = Signal()
    debrief = Signal()
    told = Signal()
    """Something came that is to be read."""

    def __init__(self, encounter: Encounter) -> None:
        super().__init__()
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("The patient"))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self._page = ScrollPage("rail", 640, 14)
        self.body = self._page.body
        column.addWidget(self._page, 1)
        self._encounter = encounter
        self._question, self._label = "", ""
        encounter.heard.connect(self._show_heard)
        encounter.seen.connect(self._show_paper)
        encounter.broke_in.connect(self._show_interruption)
        self.body.setSpacing(10)
        self._interruption = Notice("", "warning")
        self.body.addWidget(self._interruption)
        self._build_head()
        self.body.addWidget(self._build_question())
        self._said = QVBoxLayout()
        self._said.setSpacing(8)
        self.body.addLayout(self._said)
        self.body.addWidget(hairline())
        self._build_room()
        self._build_papers()
        self._hint_text = Notice("")
        self.body.addWidget(self._hint_text)
        self.body.addStretch(1)
        column.addWidget(self._build_foot())
        self.show_question("", "")
        self.show_room()

    # Building

    def _build_head(self) -> None:
        holder = QWidget()
        row = FlowLayout(holder, gap_px=8, last_at_end=True)
        row.addWidget(heading(tr("The patient")))
        self._time = label("", "small")
        row.addWidget(self._time)
        self.body.addWidget(holder)
        scenario = self._encounter.scenario
        self._opening = opening = ReadCard(
            tr("The patient's first words: {words}").format(words=scenario.opening_line), "info"
        )
        opening.body.addWidget(label(f"“{scenario.opening_line}”", wrap=True))
        self.body.addWidget(opening)

    def _build_question(self) -> QWidget:
        card = Card(padding_px=12)
        card.body.addWidget(label(tr("Asked next"), "small-strong"))
        self._asked = label("", "strong", wrap=True)
        card.body.addWidget(self._asked)
        people = [PATIENT, *self._encounter.company]
        self._to = Segmented(tr("Who is asked"), [(who, who.capitalize()) for who in people], always=True)
        self._to.show_chosen(PATIENT)
        reveal(self._to, len(people) > 1)
        card.body.addWidget(self._to)
        holder = QWidget()
        row = FlowLayout(holder, gap_px=8)
        self.ask = _button("ask", tr("Ask"), "primary")
        self.ask_openly = _button("ask_openly", tr("Ask openly"))
        self.measure = _button("measure", tr("Measure"))
        for button, deed in (
            (self.ask, self.ask_it),
            (self.ask_openly, self.ask_it_openly),
            (self.measure, self.measure_it),
        ):
            button.clicked.connect(deed)
            row.addWidget(button)
        card.body.addWidget(holder)
        self._openly = label(
            tr("Openly: in open words, without an answer in the question, and with time for it."), "small", wrap=True
        )
        card.body.addWidget(self._openly)
        return card

    def _build_room(self) -> None:
        self._room = label("", wrap=True)
        self.body.addWidget(self._room)
        self._leaving = ReadCard("", "info")
        self._leaving_words = label("", wrap=True)
        self._leaving.body.addWidget(self._leaving_words)
        self._leaving.hide()
        self.body.addWidget(self._leaving)
        self._send_out = ActionButton(tr("Ask to speak alone"))
        self._send_out.clicked.connect(self.ask_to_leave)
        self.body.addWidget(self._send_out, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_papers(self) -> None:
        self._papers = PapersBrought(self._encounter)
        self._papers.came.connect(self._bring_into_sight)
        self.body.addWidget(self._papers)

    def _build_foot(self) -> QWidget:
        foot = plain("foot")
        row = FlowLayout(foot, gap_px=8)
        row.setContentsMargins(14, 8, 14, 8)
        self._hint = _button("hint", tr("Hint"))
        pause, end = _button("home", tr("Pause")), _button("end_rehearsal", tr("End"))
        pause.setAccessibleDescription(tr("Put aside, to go on another time"))
        end.setAccessibleName(tr("End the rehearsal"))
        self._deeds = (self._hint, pause, end)
        for button, deed in zip(self._deeds, (self.show_hint, self.pause.emit, self.end.emit), strict=True):
            button.clicked.connect(deed)
            row.addWidget(button)
        self._to_debrief = _button("end_rehearsal", tr("To the debrief"), "primary")
        self._to_debrief.clicked.connect(self.debrief)
        self._to_debrief.hide()
        row.addWidget(self._to_debrief)
        word = self._encounter.scenario.stop_word
        stop = label(tr("Stop word: {word}").format(word=word), "small")
        said = tr("Stop word: {word}. Whoever says it, everybody stops.").format(word=word)
        stop.setToolTip(said)
        stop.setAccessibleName(said)
        row.addWidget(stop)
        return foot

    def pause_it(self) -> None:
        """Put it aside; not once it is signed."""
        if self._to_debrief.isHidden():
            self.pause.emit()

    def end_it(self) -> None:
        """End the rehearsal; once it is signed there is only the way to the debrief."""
        (self.end if self._to_debrief.isHidden() else self.debrief).emit()

    # What stands

    def show_question(self, question: str, text: str) -> None:
        """The question that has the keyboard in the screening, or had it last; empty: none yet.

        What stands of it stays until another has the keyboard: a figure is read while it is written down.
        """
        if question and question == self._question:
            return
        self._question, self._label = question, text
        self._asked.setText(text or GO_TO_A_QUESTION)
        for button, name in ((self.ask, tr("Ask")), (self.ask_openly, tr("Ask openly"))):
            button.setEnabled(bool(question))
            button.setAccessibleName(f"{name}: {text}" if text else name)
        reveal(self.measure, bool(question) and self._encounter.measures(question))
        self.measure.setAccessibleName(tr("Measure: {text}").format(text=text))
        self._show_said()

    def show_time(self, seconds: float) -> None:
        """How long the visit has lasted."""
        minutes = int(seconds // 60)
        self._time.setText(tr_n("{n} minute", "{n} minutes", minutes))

    def show_room(self) -> None:
        """Who is there besides the patient, as it is now."""
        company = self._encounter.company
        said = (
            tr("In the room: {who}.").format(who=", ".join(company)) if company else tr("Nobody else is in the room.")
        )
        self._room.setText(said)
        leaving = "\n".join(one.leaving for one in self._encounter.scenario.in_room if one.leaving)
        gone = self._encounter.alone and bool(leaving)
        came = gone and self._leaving.isHidden()
        held = self._send_out.hasFocus()
        self._leaving_words.setText(leaving)
        self._leaving.setAccessibleName(leaving)
        reveal(self._leaving, gone)
        if came:
            announce(self, leaving)
            self._bring_into_sight(self._leaving)
        if held and not company:
            (self._leaving if gone else self._opening).setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self._send_out, bool(company))
        reveal(self._to, bool(company))
        if not company:
            self._to.show_chosen(PATIENT)

    def show_signed(self) -> None:
        """The record is signed: nothing further is asked, and the debrief comes next."""
        for widget in (self.ask, self.ask_openly, self.measure, self._papers.bring, self._send_out, self._hint):
            widget.setEnabled(False)
        for button in self._deeds:
            button.hide()
        self._to_debrief.show()

    def _show_said(self) -> None:
        clear(self._said)
        if self._question:
            for asked in self._encounter.words_for(self._question):
                self._said.addWidget(self._said_card(asked))

    def _said_card(self, asked: Asked) -> QWidget:
        words = f"“{asked.words}”" if asked.words else self._encounter.nothing_said(asked.question)
        how = _how(asked)
        card = ReadCard(f"{words} {how}", padding_px=10)
        card.body.addWidget(label(words, "" if asked.words else "muted", wrap=True, selectable=False))
        card.body.addWidget(label(how, "small", wrap=True))
        return card

    # Deeds

    def ask_it(self) -> None:
        """Ask the question that has the keyboard."""
        self._ask(openly=False)

    def ask_it_openly(self) -> None:
        self._ask(openly=True)

    def _ask(self, *, openly: bool) -> None:
        if self._question and self.ask.isEnabled():
            self._encounter.ask(self._question, self._to.chosen or PATIENT, openly=openly)

    def _show_heard(self, asked: Asked) -> None:
        self._show_said()
        self._bring_into_sight(self._latest)
        words = asked.words or self._encounter.nothing_said(asked.question)
        self._tell(f"{asked.to.capitalize()}: {words}")

    def measure_it(self) -> None:
        """Read the next figure; it is the trainee who writes it down."""
        if not self._question or not self.measure.isEnabled() or not self._encounter.measures(self._question):
            return
        reading = self._encounter.measure(self._question)
        card = ReadCard(reading.words, padding_px=10)
        card.body.addWidget(label(reading.words, wrap=True))
        if reading.wait_until is not None:
            minute = reading.wait_until
            wait = ActionButton(tr("Wait until minute {minute}").format(minute=minute))
            wait.clicked.connect(lambda: self._pass_time(minute))
            card.body.addWidget(wait, 0, Qt.AlignmentFlag.AlignLeft)
        self._said.insertWidget(0, card)
        self._bring_into_sight(card)
        self._tell(reading.words)

    def _tell(self, words: str, *, urgent: bool = False) -> None:
        announce(self, words, urgent=urgent)
        self.told.emit()

    def _bring_into_sight(self, came: QWidget | None) -> None:
        """What came is seen, wherever the card was scrolled to."""

        def show() -> None:
            if came is not None and isValid(came):
                self._page.ensureWidgetVisible(came, 0, 20)

        # Twice around: first the new words are laid out, then the page has its new height.
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, show))

    @property
    def _latest(self) -> QWidget | None:
        """The card of the latest words."""
        item = self._said.itemAt(0)
        return item.widget() if item is not None else None

    def _pass_time(self, minute: int) -> None:
        self._encounter.pass_time(minute)
        self.measure.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_said()
        self.measure_it()

    def _show_paper(self, paper: Paper) -> None:
        self._papers.show_paper(paper)
        self._tell(f"{paper.title}: {paper.words}")

    def show_hint(self) -> None:
        """Only when it is asked for."""
        if not self._hint.isEnabled():
            return
        words = self._encounter.hint()
        self._hint_text.show_text(words)
        self._bring_into_sight(self._hint_text)
        self._tell(words)

    def _show_interruption(self, words: str) -> None:
        self._interruption.show_text(words)
        self._bring_into_sight(self._interruption)
        self._tell(words, urgent=True)

    def focus_first(self) -> None:
        first = self.ask if self.ask.isEnabled() else self._opening
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _button(action_id: str, text: str, look: str = "") -> ActionButton:
    return ActionButton(text, BY_ID[action_id].key_hint, look)


def _how(asked: Asked) -> str:
    """Who said it, and to what kind of asking."""
    parts = [asked.to.capitalize()]
    if asked.openly:
        parts.append(tr("asked openly"))
    if asked.alone:
        parts.append(tr("nobody else in the room"))
    minute = int(asked.at // 60)
    parts.append(tr("minute {minute}").format(minute=minute))
    return " · ".join(parts)
