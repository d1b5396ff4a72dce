"""Before the screen is handed over: which theme, who answers, what is asked and what is not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.screening.answers import BY_THEMSELVES
from screener.screening.on_screen import LeftOut, left_out, on_screen, themes_for_patients, title_for_patient
from screener.screening.session import Session
from screener.ui.style.theme import scaled
from screener.ui.widgets.captioned import captioned
from screener.ui.widgets.controls import ActionButton, RadioRow, Segmented, heading, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card, FlowLayout, Notice, ScrollPage, clear

OPEN, ALL = "open", "all"


class BeginPage(ScrollPage):
    """For the clinician. Nothing is handed over before it is said who answers."""

    begin = Signal(str, str, bool)
    """(theme, informant, whether what has an answer is asked again)"""
    back = Signal()

    def __init__(self, session: Session, theme_id: str, words: str, blank_after_min: int) -> None:
        super().__init__("page", 720, 32)
        self._session = session
        self.setAccessibleName(tr("Hand over to the patient"))
        self.body.setSpacing(14)
        self.body.addWidget(label(tr("Hand over to the patient"), "page"))
        lead = tr(
            "One theme, in words for patients. No list, no mark, no source and no "
            "reference is on that screen, and its keys lead nowhere else. Your passphrase "
            "brings it back."
        )
        self.body.addWidget(label(lead, "muted", wrap=True))
        themes = themes_for_patients(session)
        self._themes = DropDown(tr("Theme"), [(theme.title, theme.id) for theme in themes])
        self._themes.setMinimumWidth(scaled(320))
        self._themes.show_value(theme_id if theme_id in [theme.id for theme in themes] else themes[0].id)
        self._themes.activated.connect(self._refresh)
        self._called = label("", "muted", wrap=True)
        self._who: dict[str, RadioRow] = {}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for by, text in BY_THEMSELVES:
            self._who[by] = RadioRow(text, tr("Who answers: {text}").format(text=text))
            self._who[by].clicked.connect(self._chosen)
            column.addWidget(self._who[by])
        self._scope = Segmented(
            tr("Questions"), [(OPEN, tr("Without an answer yet")), (ALL, tr("All of the theme"))], always=True
        )
        self._scope.user_chose.connect(self._refresh)
        self._scope.show_chosen(OPEN)
        above = QWidget()
        beside = FlowLayout(above, gap_px=24, at_top=True)
        for text, control in ((tr("Theme"), self._themes), (tr("Questions"), self._scope)):
            beside.addWidget(captioned(text, control))
        self.body.addWidget(above)
        self.body.addWidget(self._called)
        self.body.addWidget(captioned(tr("Who answers"), holder))
        self._about = QVBoxLayout()
        self._about.setSpacing(10)
        self.body.addLayout(self._about)
        self._words, self._minutes = words, blank_after_min
        self.body.addWidget(self._time_critical())
        self._notice = Notice("", "warning")
        self.body.addWidget(self._notice)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap_px=10)
        self._go = ActionButton(tr("Hand over"), "", "primary")
        self._go.clicked.connect(self._begin)
        back = ActionButton(tr("Back"), "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.back)
        for button in (self._go, back):
            flow.addWidget(button)
        self.body.addWidget(buttons)
        self.body.addStretch(1)
        self._refresh()

    def _time_critical(self) -> QWidget:
        card = Card()
        card.body.addWidget(heading(tr("After a time-critical answer the patient reads")))
        said = self._words or tr(
            "No words of the site are written: Settings, words to the patient, or the crisis card."
        )
        card.body.addWidget(label(said, "" if self._words else "muted", wrap=True))
        minutes = tr("The screen is hidden after {minutes} min without a touch. It says so before, and waits.").format(
            minutes=self._minutes
        )
        card.body.addWidget(label(minutes, "small", wrap=True))
        return card

    @property
    def _theme_id(self) -> str:
        return str(self._themes.currentData())

    def _asked(self) -> list[str]:
        found = on_screen(self._session, self._theme_id)
        again = self._scope.chosen == ALL
        return [question.label for question in found if again or question.id not in self._session.recorded]

    def _refresh(self) -> None:
        theme = next(one for one in self._session.form.themes if one.id == self._theme_id)
        self._called.setText(
            tr("The patient reads: {title_for_patient}").format(title_for_patient=title_for_patient(theme))
        )
        clear(self._about)
        asked = self._asked()
        many = tr_n(
            "1 question, and those that follow from an answer",
            "{n} questions, and those that follow from an answer",
            len(asked),
        )
        text = f"{many}: {'; '.join(asked)}" if asked else tr("No question of this theme is without an answer.")
        self._section(tr("On the screen"), [text])
        self._section(tr("Left out, for you to ask"), _by_reason(left_out(self._session, self._theme_id)))
        self._go.setEnabled(bool(asked))
        self._notice.show_text("")

    def _section(self, title: str, lines: list[str]) -> None:
        if lines:
            self._about.addWidget(heading(title))
        for line in lines:
            self._about.addWidget(label(line, wrap=True))

    def _chosen(self) -> None:
        for button in self._who.values():
            button.setChecked(button is self.sender())
        self._notice.show_text("")

    def _begin(self) -> None:
        by = next((by for by, button in self._who.items() if button.isChecked()), "")
        if not by:
            self._notice.show_text(tr("Say who answers: it stands beside every answer."))
            next(iter(self._who.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.begin.emit(self._theme_id, by, self._scope.chosen == ALL)

    def focus_first(self) -> None:
        self._themes.setFocus(Qt.FocusReason.OtherFocusReason)


def _by_reason(entries: list[LeftOut]) -> list[str]:
    """What is left out, together where the reason is the same."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        groups.setdefault(entry.why, []).append(entry.question.label)
    return [f"{'; '.join(labels)} ({why})" for why, labels in groups.items()]
