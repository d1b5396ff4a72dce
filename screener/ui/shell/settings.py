"""Settings: appearance, the clinic's parameters with their sources, the crisis card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from screener.forms.model import Pack, Parameter
from screener.ui.shell.form_page import COUNTRIES, FormPage
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card

CHOICES = "clinic"
"""Where the vault keeps what the clinic chose."""


@dataclass(frozen=True, slots=True)
class ClinicChoices:
    """What the clinic chose; kept in the vault with an audit row, sealed into each record."""

    parameters: Mapping[str, str]
    crisis_card: str
    country: str

    def to_json(self) -> dict[str, object]:
        return {"parameters": dict(self.parameters), "crisis_card": self.crisis_card, "country": self.country}


class SettingsPage(FormPage):
    """Each setting explained. Appearance holds at once; the clinic's choices are kept with Save."""

    appearance = Signal(str, float)
    save = Signal(object)
    back = Signal()

    def __init__(self, pack: Pack, choices: ClinicChoices, scheme: str, text_scale: float) -> None:
        super().__init__("Settings", width_px=820)
        self.body.addWidget(label("Appearance", "large"))
        schemes = [("system", "As the system"), ("light", "Light"), ("dark", "Dark"), ("contrast", "High contrast")]
        self._scheme = Segmented("Colours", schemes)
        self._scheme.show_chosen(scheme)
        self._scheme.user_chose.connect(self._appearance)
        self.add("Colours", self._scheme)
        sizes = [(str(n), f"{n} %") for n in (80, 100, 125, 150, 200)]
        self._size = Segmented("Text size", sizes)
        self._size.show_chosen(str(round(text_scale * 100)))
        self._size.user_chose.connect(self._appearance)
        self.add("Text size", self._size)
        self.body.addWidget(label("This clinic", "large"))
        self.country = DropDown("Labels and country", COUNTRIES)
        self.country.show_value(choices.country)
        self.add("Labels and country", self.country, "Offered first when a screening begins.")
        self._options: dict[str, dict[str, QRadioButton]] = {}
        for parameter in pack.parameters.values():
            self.body.addWidget(self._parameter(pack, parameter, choices.parameters.get(parameter.id)))
        self.card = QPlainTextEdit(choices.crisis_card)
        self.card.setTabChangesFocus(True)
        self.card.setFixedHeight(scaled(110))
        self.add(
            "Crisis card", self.card, "The site's own wording and numbers. Left blank, the card says that it is blank."
        )
        keep = ActionButton("Save", "", "primary")
        keep.clicked.connect(self._save)
        back = ActionButton("Back", "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.back)
        self.finish(keep, back)

    def _parameter(self, pack: Pack, parameter: Parameter, chosen: str | None) -> QWidget:
        card = Card()
        card.body.addWidget(label(parameter.title, "strong", wrap=True))
        lead = (
            parameter.help
            or "The clinic chooses; no option is preselected. Until then every option's line is shown as a fact."
        )
        card.body.addWidget(label(lead, "muted", wrap=True))
        column = QVBoxLayout()
        column.setSpacing(2)
        self._options[parameter.id] = {}
        none = QRadioButton("No figure chosen: each option's line is shown as a fact")
        none.setAccessibleName(f"{parameter.title}: no figure chosen")
        none.setChecked(chosen is None)
        column.addWidget(none)
        for option in parameter.options:
            button = QRadioButton(option.label)
            button.setAccessibleName(f"{parameter.title}: {option.label}")
            button.setChecked(option.id == chosen)
            source = pack.sources[option.source.ref]
            column.addWidget(button)
            text = f"{source.title}, {option.source.at} · {option.source.strength}".replace(", ·", " ·")
            said = label(text, "small", wrap=True)
            said.setContentsMargins(scaled(34), 0, 0, 4)
            column.addWidget(said)
            self._options[parameter.id][option.id] = button
        card.body.addLayout(column)
        return card

    def _appearance(self) -> None:
        self._scheme.show_chosen(self._scheme.chosen or "system")
        self._size.show_chosen(self._size.chosen or "100")
        self.appearance.emit(self._scheme.chosen, int(self._size.chosen or "100") / 100)

    def _save(self) -> None:
        chosen = {
            name: option
            for name, buttons in self._options.items()
            for option, button in buttons.items()
            if button.isChecked()
        }
        self.save.emit(ClinicChoices(chosen, self.card.toPlainText().strip(), self.country.currentData()))
