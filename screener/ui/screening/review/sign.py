"""The signature page, for a whole screening, a part of it, or one as incomplete: what is open is shown first."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from screener.forms.reasons import missing_lines
from screener.forms.words import short_day
from screener.language import WINDOW, tr
from screener.screening.course import part_name
from screener.screening.part_names import spoken
from screener.screening.review import before_signing, standing
from screener.screening.session import Session
from screener.text import WorldError, problem_words
from screener.ui.screening.identity import who_words
from screener.ui.screening.review.response import KINDS
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import Card, Notice, ScrollPage, clear

Mode = Literal["whole", "part", "incomplete"]
_TITLES: dict[Mode, str] = {"whole": tr("Sign"), "part": tr("Sign a part"), "incomplete": tr("Sign as incomplete")}
_LEADS: dict[Mode, str] = {
    "whole": tr("A signed record does not change; it can be amended with a reason."),
    "part": tr(
        "What stands now is signed as a part of its own. The screening stays open and "
        "goes on; the next part names this one."
    ),
    "incomplete": tr(
        "What is open is printed first. A signed record does not change; it can be amended with a reason."
    ),
}
_STATES_TO_NAME = (
    ("not_known", tr("not known")),
    ("declined", tr("declined")),
    ("come_back", tr("to come back to")),
    ("differing", tr("with accounts that differ")),
)
REASONS = {
    "The patient left": tr("The patient left"),
    "Emergency": tr("Emergency"),
    "Paused by the clinic and closed": tr("Paused by the clinic and closed"),
    "Other, see the note below": tr("Other, see the note below"),
}
"""Why a screening is signed as incomplete: as the record says it, and as the window does."""


class SignPage(ScrollPage):
    """Asks for the passphrase of the account that signs."""

    closed = Signal()
    sign = Signal(str, str, object)
    """(passphrase, mode, reason why incomplete or None)"""

    def __init__(self, session: Session) -> None:
        super().__init__("page", 720, 40, centred=True)
        self._session = session
        self._mode: Mode = "whole"
        self._card: Card | None = None
        """Where the passphrase is typed, on the page as it is built."""
        self.begun: dict[str, str] = {}
        """Why it is incomplete, as far as that is chosen and written: it stands there again when one comes back."""
        # The keyboard is on the passphrase before the page above it has its height.
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_view)

    def open(self, mode: Mode) -> None:
        """Build the page for one of the three ways to sign."""
        self._mode, self._card = mode, None
        clear(self.body)
        name, role = self._session.opening.clinician, self._session.opening.role
        self.body.addWidget(label(self._title(), "page", wrap=True))
        self.body.addWidget(
            label(
                tr("Signed as {name}, {role}. {leads}").format(name=name, role=WINDOW.word(role), leads=_LEADS[mode]),
                "muted",
                wrap=True,
            )
        )
        if self._session.opening.made_up:
            said = tr(
                "In a rehearsal nobody signs: there is no account, no passphrase and no key. "
                "The record says that its patient is made up."
            )
            self.body.addWidget(Notice(said))
        self._show_open_things()
        if mode == "incomplete":
            self.body.addWidget(self._reasons())
        self.body.addWidget(self._passphrase())
        self.body.addStretch(1)

    def _title(self) -> str:
        name = part_name(self._session) if self._mode == "part" else ""
        return tr("Sign the part {name}").format(name=spoken(name)) if name else _TITLES[self._mode]

    def _confirms(self) -> str:
        name = part_name(self._session) if self._mode == "part" else ""
        if name:
            said = tr("Your passphrase confirms that this is the person, and signs the part {name}.")
            return said.format(name=spoken(name))
        return tr("Your passphrase confirms that this is the person, and signs.")

    def _keep_in_view(self) -> None:
        self.follow_keyboard()

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """With the passphrase come whose record it signs above it and the button below it, where all of them fit."""
        super()._follow(old, now)
        card = self._card
        if card is None or now is None or not card.isAncestorOf(now):
            return
        if card.height() <= self.viewport().height():
            self.ensureWidgetVisible(card, 0, 0)

    def focus_first(self) -> None:
        by_whom = self._button if self._session.opening.made_up else self.passphrase
        first: QWidget = self._group.buttons()[0] if self._mode == "incomplete" else by_whom
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_open_things(self) -> None:
        found = before_signing(self._session)
        progress = self._session.progress()
        not_asked = progress.total("shown") - progress.total("settled")
        counted = [(not_asked, tr("not asked")), *((progress.total(name), words) for name, words in _STATES_TO_NAME)]
        open_questions = ", ".join(f"{count} {words}" for count, words in counted if count)
        answered = tr("{total} of {total_2} questions have an answer").format(
            total=progress.total("answered"), total_2=progress.total("shown")
        )
        sections = (
            (tr("Questions"), [f"{answered}; {open_questions}." if open_questions else f"{answered}."]),
            (tr("Without a response"), [self._named(o) for o in found.without_response]),
            (tr("Listed, with a response"), self._responded()),
            (tr("To come back to"), [self._session.questions[q].label for q in found.come_back]),
            (tr("Jots not linked to a question"), [f"“{self._session.jots[j].text}”" for j in found.unlinked_jots]),
        )
        for title, lines in sections:
            if lines:
                card = Card()
                card.body.addWidget(label(title, "small-strong"))
                for line in lines:
                    card.body.addWidget(label(line, wrap=True))
                self.body.addWidget(card)

    def _responded(self) -> list[str]:
        """What is listed and signed with its response: whoever comes here straight from the answers sees it too."""
        listed = [outcome for outcome in self._session.outcomes.values() if outcome.outcome == "listed"]
        standings = [(outcome.title, standing(self._session, outcome.rule.id)) for outcome in listed]
        return [
            f"{title}: {dict(KINDS)[found.response.kind]}"
            for title, found in standings
            if found.response is not None and not found.lapsed
        ]

    def _named(self, outcome: object) -> str:
        from screener.forms.evaluation import RuleOutcome

        assert isinstance(outcome, RuleOutcome)
        if outcome.outcome == "listed":
            return outcome.title
        missing = "; ".join(missing_lines(outcome, self._session.rules, self._session.answers, WINDOW))
        return tr("{title}: not established ({missing})").format(title=outcome.title, missing=missing)

    def _reasons(self) -> QWidget:
        card = Card()
        card.body.addWidget(label(tr("Why it is incomplete"), "small-strong"))
        self._group = QButtonGroup(self)
        for place, text in enumerate(REASONS.values()):
            button = QRadioButton(text)
            button.setAccessibleName(tr("Why it is incomplete: {text}").format(text=text))
            button.setChecked(tuple(REASONS)[place] == self.begun.get("why"))
            self._group.addButton(button, place)
            card.body.addWidget(button)
        self._group.idToggled.connect(self._note_begun)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(tr("Why it is incomplete, note"))
        self.reason.setPlaceholderText(tr("Note"))
        self.reason.setText(self.begun.get("note", ""))
        self.reason.textEdited.connect(self._note_begun)
        card.body.addWidget(self.reason)
        return card

    def _note_begun(self) -> None:
        chosen = self._group.checkedButton()
        begun = {
            "why": "" if chosen is None else tuple(REASONS)[self._group.id(chosen)],
            "note": self.reason.text(),
        }
        self.begun.clear()
        self.begun.update({what: said for what, said in begun.items() if said})

    def _passphrase(self) -> QWidget:
        card, made_up = Card(), self._session.opening.made_up
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(tr("Passphrase"))
        self.passphrase.setMaximumWidth(scaled(360))
        self.passphrase.returnPressed.connect(self._sign)
        if not made_up:
            self._show_who(card)
            card.body.addWidget(label(tr("Passphrase"), "small-strong"))
            card.body.addWidget(self.passphrase)
        self._notice = Notice("")
        card.body.addWidget(self._notice)
        row = QHBoxLayout()
        named = tr("Sign as {clinician}").format(clinician=self._session.opening.clinician)
        self._button = ActionButton(tr("Sign in the rehearsal") if made_up else named, "Enter", "primary")
        self._button.clicked.connect(self._sign)
        back = ActionButton(tr("Back"), "Esc")
        back.clicked.connect(self.closed)
        row.addWidget(self._button)
        row.addWidget(back)
        row.addStretch(1)
        card.body.addLayout(row)
        self._card = card
        return card

    def _show_who(self, card: Card) -> None:
        """Whose record it becomes stands over the passphrase: typing it confirms the person, with no key of its own."""
        shown, spoken = who_words(self._session)
        visit = self._session.visit
        about = tr("Visit of {day}").format(day=short_day(visit["visit_date"], WINDOW))
        about += f" · {visit['product']}" if visit["product"] else ""
        confirms = self._confirms()
        who = label(shown, "large", wrap=True)
        who.setAccessibleName(spoken)
        for part in (who, label(about, "muted", wrap=True), label(confirms, wrap=True)):
            card.body.addWidget(part)
        card.body.addSpacing(6)
        self.passphrase.setAccessibleDescription(f"{spoken}. {about}. {confirms}")

    def _sign(self) -> None:
        reason: str | None = None
        if self._mode == "incomplete":
            chosen = self._group.checkedButton()
            if chosen is None:
                self._notice.show_text(tr("Choose why it is incomplete."))
                return
            said = tuple(REASONS)[self._group.id(chosen)]
            reason = ". ".join(part for part in (said, self.reason.text().strip()) if part)
        if not self.passphrase.text() and not self._session.opening.made_up:
            self._notice.show_text(tr("Type the passphrase of your account."))
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._button.setEnabled(False)
        self._notice.show_text(tr("Signing…"))
        self.sign.emit(self.passphrase.text(), self._mode, reason)

    def show_problem(self, problem: WorldError) -> None:
        """Say why it is not signed; nothing changed."""
        self._button.setEnabled(True)
        self._notice.show_text(tr("Not signed. {problem}").format(problem=problem_words(problem)))
        self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
