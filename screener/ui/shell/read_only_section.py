"""Settings, what this clinic chose, to be read by those whose role does not include changing it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.model import Pack
from screener.language import tr
from screener.ui.choices import ClinicChoices
from screener.ui.shell.card_section import CRISIS_CARD
from screener.ui.shell.clinic_section import facts_of
from screener.ui.shell.handover_section import BLANK_AFTER, PATIENT_WORDS
from screener.ui.shell.lock_section import LOCKED_AFTER
from screener.ui.shell.setting import CLINIC, Section
from screener.ui.shell.setting_search import Described
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.layout import clear
from screener.ui.widgets.read_card import ReadCard


class ReadOnlySection(Section):
    """Every choice as a line, and who changes them."""

    def __init__(self, choices: ClinicChoices, choosers: str) -> None:
        lead = tr("What this clinic chose is changed by those who administer these records: {choosers}.").format(
            choosers=choosers
        )
        super().__init__(tr("What this clinic chose"), CLINIC, lead)
        self._choices = choices
        self._shown: list[tuple[str, str]] = []
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._holder)

    def show_pack(self, pack: Pack) -> bool:
        """Show what was chosen for this pack; whether that is another list than before."""
        facts = [
            (
                LOCKED_AFTER.name,
                tr("{lock_after_min} min without a touch").format(lock_after_min=self._choices.lock_after_min),
            ),
            *facts_of(pack, self._choices.country, self._choices.parameters),
            (CRISIS_CARD.name, self._choices.crisis_card or tr("blank")),
            (
                BLANK_AFTER.name,
                tr("{blank_after_min} min without a touch").format(blank_after_min=self._choices.blank_after_min),
            ),
            (PATIENT_WORDS.name, self._choices.patient_words or tr("blank")),
        ]
        if facts == self._shown:
            return False
        self._shown = facts
        clear(self._column)
        card = ReadCard("; ".join(f"{name}: {text}" for name, text in facts))
        card.body.addLayout(fact_grid(facts))
        self._column.addWidget(card)
        return True

    def entries(self) -> list[tuple[QWidget, Described]]:
        """All of it is found together."""
        return [(self._holder, Described(self.title, " ".join(f"{name} {text}" for name, text in self._shown)))]
