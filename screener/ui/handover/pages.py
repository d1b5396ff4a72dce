"""The still pages before a patient: the welcome, the look over, the gate back to the clinician; the site's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from screener.forms.model import Question
from screener.language import tr, tr_n
from screener.text import WorldError, problem_words
from screener.ui.handover.whom import Whom
from screener.ui.jobs import Jobs
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, LinkButton, label
from screener.ui.widgets.crisis_card import own_lines
from screener.ui.widgets.layout import Card, FlowLayout, Notice, ScrollPage, clear

WIDTH_PX = 880


class SiteWords(Card):
    """What the site says to a patient after a time-critical answer. It takes no focus."""

    def __init__(self, words: str, whom: Whom) -> None:
        super().__init__("card-chosen")
        said = [line.strip() for line in own_lines(words)] or [whom.thanks]
        self.setAccessibleName(" ".join(said))
        for line in said:
            self.body.addWidget(label(line, "large", wrap=True))


class Welcome(ScrollPage):
    """What comes, in three lines, and a way to begin."""

    begin = Signal()

    def __init__(self, title: str, many: int, whom: Whom) -> None:
        super().__init__("page", WIDTH_PX, 48, centred=True)
        self.setAccessibleName(title)
        self.body.setSpacing(16)
        self.body.addWidget(label(title, "page", wrap=True))
        questions = tr_n("1 question, and perhaps more", "{n} questions, and perhaps a few more", many)
        for text in (
            whom.reads.format(questions=questions),
            tr("Any question can be left out. You can say that you do not know, or want to talk about it."),
            tr("An answer can be changed until the screen goes back. It is kept as soon as it is given."),
        ):
            self.body.addWidget(label(text, wrap=True))
        self._button = ActionButton(tr("Begin"), "Enter", "primary")
        self._button.clicked.connect(self.begin)
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def take_focus(self) -> None:
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)


class LookOver(ScrollPage):
    """Every question with its answer, each with a way back to it."""

    change = Signal(str)

    def __init__(self) -> None:
        super().__init__("page", WIDTH_PX, 48, centred=True)
        self.setAccessibleName(tr("Your answers"))
        self.body.setSpacing(14)
        self.top = QVBoxLayout()
        self.body.addLayout(self.top)
        self.body.addWidget(label(tr("Your answers"), "page"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self._links: dict[str, LinkButton] = {}

    def show_answers(self, answers: Sequence[tuple[Question, str]]) -> None:
        """Each question in words for patients, with what was answered; nothing where it was not."""
        clear(self._rows)
        self._links = {}
        for question, words in answers:
            card = Card()
            card.body.addWidget(label(question.text, "muted", wrap=True))
            line = QHBoxLayout()
            line.addWidget(label(words or tr("No answer"), "strong" if words else "", wrap=True), 1)
            word = tr("Change") if words else tr("Answer")
            link = self._links[question.id] = LinkButton(word, f"{question.text} {word}")
            link.setProperty("question", question.id)
            link.clicked.connect(self._asked)
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(line)
            self._rows.addWidget(card)
        self.verticalScrollBar().setValue(0)

    def _asked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, LinkButton)
        self.change.emit(str(sender.property("question")))

    def take_focus(self) -> None:
        """On the way back to the first question; what follows is read from there."""
        for link in list(self._links.values())[:1]:
            link.setFocus(Qt.FocusReason.OtherFocusReason)


GIVING_BACK, END, HIDDEN = "giving back", "end", "hidden"
_TITLES = {
    GIVING_BACK: tr("Please give the screen back"),
    END: tr("Thank you"),
    HIDDEN: tr("This screen is hidden"),
}
_ON = {
    GIVING_BACK: tr("Back to the questions"),
    END: tr("Look over my answers"),
    HIDDEN: tr("Go on with the questions"),
}


class Gate(ScrollPage):
    """Between the patient and the clinician's pages stands the passphrase; a made-up patient has none."""

    passed = Signal()
    """To the clinician's page."""
    on = Signal()
    """The patient goes on."""

    def __init__(self, check: Callable[[str], None] | None, jobs: Jobs, whom: Whom) -> None:
        super().__init__("page", WIDTH_PX, 48, centred=True)
        self._check, self._jobs, self._whom = check, jobs, whom
        self._leads = {
            GIVING_BACK: whom.goes_on,
            END: whom.give_back,
            HIDDEN: tr("Nobody had touched it for a while. What was answered is kept."),
        }
        self._mode, self._asking = GIVING_BACK, False
        self.body.setSpacing(16)
        self.top = QVBoxLayout()
        self.body.addLayout(self.top)
        self._title, self._lead = label("", "page", wrap=True), label("", wrap=True)
        self.body.addWidget(self._title)
        self.body.addWidget(self._lead)
        self._on = ActionButton("")
        self._on.clicked.connect(self._go_on)
        self.body.addWidget(self._on, 0, Qt.AlignmentFlag.AlignLeft)
        card = Card()
        card.body.addWidget(label(whom.head, "strong"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(whom.passphrase)
        self.passphrase.setPlaceholderText(tr("Passphrase"))
        self.passphrase.setMaximumWidth(scaled(360))
        self.passphrase.returnPressed.connect(self._pass)
        card.body.addWidget(self.passphrase)
        self.passphrase.setHidden(check is None)
        self._notice = Notice("")
        card.body.addWidget(self._notice)
        holder = QWidget()
        self._buttons = FlowLayout(holder, gap_px=10)
        self._to_clinician = ActionButton(whom.to_page)
        self._to_clinician.clicked.connect(self._pass)
        self._buttons.addWidget(self._to_clinician)
        card.body.addWidget(holder)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def open(self, mode: str) -> None:
        """Stand here for one of three reasons."""
        self._mode = mode
        title, lead = _TITLES[mode], self._leads[mode]
        self.setAccessibleName(title)
        self._title.setText(title)
        self._lead.setText(lead)
        self._on.setText(_ON[mode])
        self.passphrase.clear()
        self._notice.show_text("")
        self._free()

    def take_focus(self) -> None:
        self._on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        if self._mode == HIDDEN:
            self._ask(self._passed_on)
        else:
            self.on.emit()

    def _pass(self) -> None:
        self._ask(self._passed)

    def _ask(self, then: Callable[[], object]) -> None:
        """The passphrase is checked off the window's thread."""
        check, typed = self._check, self.passphrase.text()
        if check is None:
            then()
        elif not typed:
            self._notice.show_text(self._whom.needed)
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._asking:
            self._asking = True
            self._notice.show_text(tr("Checking…"))
            for button in (self._to_clinician, self._on):
                button.setEnabled(False)
            self._jobs.submit(lambda: check(typed), lambda _: self._right(then), self._wrong)

    def _right(self, then: Callable[[], object]) -> None:
        if not isValid(self):  # the records were locked in the meantime
            return
        self.passphrase.clear()
        self._notice.show_text("")
        self._free()
        then()

    def _wrong(self, problem: WorldError) -> None:
        if not isValid(self):
            return
        self._free()
        self._notice.show_text(problem_words(problem))
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _free(self) -> None:
        self._asking = False
        for button in (self._to_clinician, self._on):
            button.setEnabled(True)

    def _passed(self) -> None:
        self.passed.emit()

    def _passed_on(self) -> None:
        self.on.emit()
