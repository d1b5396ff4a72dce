"""What the clinic chose, as it is shown in Settings by those who may change it, and what of it is not saved."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from screener.forms.model import Pack
from screener.ui.choices import ClinicChoices
from screener.ui.shell.card_section import CRISIS_CARD, CardSection
from screener.ui.shell.clinic_section import COUNTRY, ClinicSection
from screener.ui.shell.handover_section import BLANK_AFTER, PATIENT_WORDS, HandOverSection
from screener.ui.shell.lock_section import LOCKED_AFTER, LockSection
from screener.ui.shell.setting import Section


class ClinicChoosing(QObject):
    """Four sections and the choices that they show together, beside those that are kept."""

    altered = Signal()

    def __init__(self, kept: ClinicChoices, shown: ClinicChoices, parent: QObject) -> None:
        super().__init__(parent)
        self.kept = kept
        self.lock = LockSection(shown.lock_after_min)
        self.clinic = ClinicSection(shown.country, shown.parameters)
        self.card = CardSection(shown.crisis_card)
        self.in_hand = HandOverSection(shown.blank_after_min, shown.patient_words)
        for altered in (self.lock.altered, self.clinic.altered, self.card.altered, self.in_hand.altered):
            altered.connect(self.altered)

    @property
    def sections(self) -> tuple[Section, ...]:
        """In the order of the page."""
        return (self.lock, self.clinic, self.card, self.in_hand)

    def show_pack(self, pack: Pack) -> bool:
        """Ask for what this pack asks for; whether that is something else than before."""
        return self.clinic.ask(pack)

    @property
    def wanted(self) -> ClinicChoices:
        """The choices as they are shown."""
        return replace(
            self.kept,
            parameters=self.clinic.parameters,
            crisis_card=self.card.wording,
            country=self.clinic.country.currentData(),
            lock_after_min=self.lock.after.minutes,
            blank_after_min=self.in_hand.after.minutes,
            patient_words=self.in_hand.words,
        )

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The names of the settings that are shown otherwise than they are kept."""
        return self.differ(self.wanted, self.kept)

    def differ(self, one: ClinicChoices, other: ClinicChoices) -> tuple[str, ...]:
        """The names of the settings in which two differ, as they stand on the page."""
        names = [LOCKED_AFTER.name] if one.lock_after_min != other.lock_after_min else []
        names += [COUNTRY.name] if one.country != other.country else []
        both = dict.fromkeys((*one.parameters, *other.parameters))
        differing = [name for name in both if one.parameters.get(name) != other.parameters.get(name)]
        names += [self.clinic.titles.get(name, name) for name in differing]
        names += [CRISIS_CARD.name] if one.crisis_card != other.crisis_card else []
        names += [BLANK_AFTER.name] if one.blank_after_min != other.blank_after_min else []
        names += [PATIENT_WORDS.name] if one.patient_words != other.patient_words else []
        return tuple(names)

    def put_back(self) -> None:
        """Show what is kept."""
        self.lock.after.show_minutes(self.kept.lock_after_min)
        self.clinic.show_choices(self.kept.country, self.kept.parameters)
        self.card.show_wording(self.kept.crisis_card)
        self.in_hand.after.show_minutes(self.kept.blank_after_min)
        self.in_hand.show_words(self.kept.patient_words)
