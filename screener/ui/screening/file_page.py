"""Answers from a file: which file, then what it holds and what of it cannot be used, before anything is offered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.exchange.fhir.incoming import CHART, CLINICIAN, FAMILY, Incoming
from screener.exchange.fhir.incoming_items import Remark
from screener.forms.words import short_day
from screener.language import WINDOW, tr, tr_n
from screener.screening.answers import PATIENT
from screener.screening.offered import OfferedFile, offer_of
from screener.screening.session import Session
from screener.text import WorldError, begun, problem_words
from screener.ui.actions import BY_ID, bind
from screener.ui.widgets.captioned import captioned
from screener.ui.widgets.choosing import CheckRow
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, heading, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.foot import Foot, above_foot
from screener.ui.widgets.layout import Notice, ScrollPage
from screener.ui.widgets.read_card import ReadCard

WHO = (PATIENT, FAMILY, CLINICIAN, CHART)
_SEALED = tr("What nobody takes until the screening is signed is kept in the record as offered and not taken.")


class _Page(QWidget):
    """A title and what is said; at the foot, always in reach, the deed and the way back."""

    closed = Signal()

    def __init__(self, title: str, lead: str = "") -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._page = ScrollPage("page", 820, 32)
        self.body = self._page.body
        self.body.setSpacing(14)
        self.body.addWidget(label(title, "page", wrap=True))
        if lead:
            self.body.addWidget(label(lead, "muted", wrap=True))
        self.notice = Notice("", "warning")
        bind(self, "back", self.closed.emit)

    def finish(self, *deeds: ActionButton) -> None:
        """The end of the page; the way back and the deed below it."""
        self.body.addStretch(1)
        back = ActionButton(tr("Back"), "Esc")
        back.clicked.connect(self.closed)
        above_foot(self, self._page, Foot([self.notice], [back, *deeds]))

    def say(self, text: str) -> None:
        """Say what is missing or went wrong."""
        self.notice.show_text(text)

    def show_problem(self, problem: WorldError) -> None:
        self.say(problem_words(problem))


class FilePage(_Page):
    """Asks for the file. What is wrong with it is said here, and nothing of it is taken then."""

    chosen = Signal(Path)

    def __init__(self, session: Session) -> None:
        super().__init__(
            BY_ID["answers_file"].text,
            tr(
                "What a patient answered in a form that this program wrote: a FHIR QuestionnaireResponse, alone or in "
                "a Bundle. What it holds is shown first. Each answer is then offered at its question, with its day; "
                "none is recorded until you take it there."
            ),
        )
        choose = ActionButton(tr("Choose a file…"), "", "primary")
        choose.clicked.connect(self._ask)
        self._choose = choose
        self.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(label(tr("It can be dropped on the window too."), "muted", wrap=True))
        for file in session.files.values():
            self.body.addWidget(label(_read_before(file), "small", wrap=True))
        self.finish()

    def _ask(self) -> None:
        ask_path(self, Chosen.FILE, BY_ID["answers_file"].text, Path.home(), self.chosen.emit, "FHIR (*.json)")

    def show_reading(self, name: str) -> None:
        """The file is being read."""
        self.say(tr("Reading {name}…").format(name=name))

    def focus_first(self) -> None:
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)


class FoundPage(_Page):
    """What one file holds. Nothing of it is offered until somebody says so, and says whose answers they are."""

    offer = Signal(str)
    """Who answered."""

    def __init__(self, session: Session, found: Incoming) -> None:
        super().__init__(tr("Answers from “{name}”").format(name=found.name))
        self._session, self._found = session, found
        reference = session.opening.reference
        self._facts(reference)
        self.who = DropDown(tr("Who answered"), [(WINDOW.word(who).capitalize(), who) for who in WHO])
        self.who.show_value(found.by or PATIENT)
        said = "" if found.by else tr("The file does not say so.")
        self.body.addWidget(captioned(tr("Who answered"), self.who, said))
        self._theirs = CheckRow(tr("These are the answers of {reference}").format(reference=reference))
        self.body.addWidget(self._theirs)
        self._theirs.setVisible(reference not in found.subjects)
        count = len(found.answers)
        self._go = ActionButton(tr_n("Offer 1 answer", "Offer {n} answers", count), "Ctrl+Return", "primary")
        self._go.setShortcut("Ctrl+Return")
        self._go.clicked.connect(self._ask)
        if count:
            self.body.addWidget(label(_SEALED, "muted", wrap=True))
        self._lists()
        self.finish(self._go)
        self._go.setVisible(count > 0)
        if not count:
            self.say(tr("Nothing in it can be offered in this screening."))

    def _facts(self, reference: str) -> None:
        found = self._found
        about = ", ".join(found.subjects) or tr("not said")
        day = short_day(found.authored, WINDOW) or tr("not said")
        facts = [
            (tr("About"), about if reference in found.subjects else _of_another(about, reference)),
            (tr("Answered"), day),
            (tr("Form"), found.fits),
            (tr("Without answer"), tr_n("1 question", "{n} questions", found.unanswered)),
        ]
        card = ReadCard("; ".join(f"{name}: {text}" for name, text in facts), padding_px=16)
        card.body.addLayout(fact_grid(facts))
        self.body.addWidget(card)

    def _ask(self) -> None:
        if not self._theirs.isHidden() and not self._theirs.isChecked():
            said = tr("Say first that these are the answers of {reference}.")
            self.say(said.format(reference=self._session.opening.reference))
            self._theirs.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.offer.emit(self.who.currentData())

    def _lists(self) -> None:
        found = self._found
        self._told(tr_n("1 thing is not used", "{n} things are not used", len(found.unused)), found.unused)
        to_look_at = tr_n("1 thing to look at again", "{n} things to look at again", len(found.to_look_at))
        self._told(to_look_at, found.to_look_at)
        self._list(tr_n("1 answer can be offered", "{n} answers can be offered", len(found.answers)), self._answers())

    def _list(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        if not lines:
            return
        self.body.addWidget(heading(title))
        card = ReadCard("; ".join((title, *(f"{name}: {text}" for name, text in lines))), padding_px=16)
        card.body.addLayout(fact_grid(lines, 300))
        self.body.addWidget(card)

    def _told(self, title: str, remarks: Sequence[Remark]) -> None:
        """What is said of each place in the file, the place in small print below it."""
        if not remarks:
            return
        self.body.addWidget(heading(title))
        said = "; ".join((title, *(f"{begun(remark.what)} ({remark.place})" for remark in remarks)))
        card = ReadCard(said, padding_px=16)
        for remark in remarks:
            column = QVBoxLayout()
            column.setSpacing(1)
            column.addWidget(label(begun(remark.what), wrap=True))
            column.addWidget(label(remark.place, "small", wrap=True))
            card.body.addLayout(column)
        self.body.addWidget(card)

    def _answers(self) -> list[tuple[str, str]]:
        session = self._session
        file = self._found.to_offer(PATIENT, "", "")
        lines = []
        for name in (one for one in session.questions if one in self._found.answers):
            question = session.questions[name]
            offer = offer_of(file, question)
            private = question.sensitive and not session.alone
            kept_back = tr("kept back while somebody else is in the room")
            lines.append((question.label, kept_back if private else offer.words(WINDOW) if offer else ""))
        return lines

    def focus_first(self) -> None:
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)


def _of_another(about: str, reference: str) -> str:
    return tr("{about}; this screening is about {reference}").format(about=about, reference=reference)


def _read_before(file: OfferedFile) -> str:
    count = tr_n("1 answer", "{n} answers", len(file.answers))
    return tr("Offered already: {count} of {name}").format(count=count, name=file.name)
