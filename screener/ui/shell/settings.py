"""Settings: appearance, the content that is open, the clinic's parameters with their sources, the crisis card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from screener.forms.model import Pack, Parameter, ParameterOption
from screener.ui.content import OpenContent
from screener.ui.shell.content_section import ContentSection
from screener.ui.shell.form_page import COUNTRIES, FormPage
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card, clear
from screener.ui.widgets.tab_order import order_tab

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
    """Each setting explained. Appearance and content hold at once; the clinic's choices are kept with Save."""

    appearance = Signal(str, float)
    save = Signal(object)
    back = Signal()

    def __init__(self, content: OpenContent, choices: ClinicChoices, scheme: str, text_scale: float) -> None:
        super().__init__("Settings", width_px=820)
        self._kept = dict(choices.parameters)
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
        self.body.addWidget(label("Content", "large"))
        self.content = ContentSection()
        self.body.addWidget(self.content)
        self.body.addWidget(label("This clinic", "large"))
        self.country = DropDown("Labels and country", COUNTRIES)
        self.country.show_value(choices.country)
        self.add("Labels and country", self.country, "Offered first when a screening begins.")
        self._options: dict[str, dict[str, QRadioButton]] = {}
        self._asked: object = None
        self._parameters = QWidget()
        self._column = QVBoxLayout(self._parameters)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.body.addWidget(self._parameters)
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
        self.show_content(content, reading=False)

    def show_content(self, content: OpenContent, *, reading: bool) -> None:
        """Show what is open now. What is being written or chosen here stays, and so does the keyboard's place."""
        made = self.content.show_content(content, reading=reading)
        if self._ask(content.pack) or made:
            order_tab(self)

    def _ask(self, pack: Pack) -> bool:
        """Ask for the pack's parameters, as they stand on this page; whether they are others than those asked for."""
        asked = [(parameter, _sources(pack, parameter)) for parameter in pack.parameters.values()]
        if asked == self._asked:
            return False
        self._asked, self._kept = asked, self._chosen()
        self._parameters.setVisible(bool(asked))
        self._options = {}
        clear(self._column)
        for parameter in pack.parameters.values():
            self._column.addWidget(self._parameter(pack, parameter, self._kept.get(parameter.id)))
        return True

    def _chosen(self) -> dict[str, str]:
        """What is chosen on this page, and what was chosen for parameters that the open pack does not have."""
        shown = {
            name: option
            for name, buttons in self._options.items()
            for option, button in buttons.items()
            if button.isChecked()
        }
        return {name: option for name, option in self._kept.items() if name not in self._options} | shown

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
            column.addWidget(button)
            said = label(_source(pack, option), "small", wrap=True)
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
        self.save.emit(ClinicChoices(self._chosen(), self.card.toPlainText().strip(), self.country.currentData()))


def _source(pack: Pack, option: ParameterOption) -> str:
    """Where a figure comes from, with its strength."""
    source = pack.sources[option.source.ref]
    return f"{source.title}, {option.source.at} · {option.source.strength}".replace(", ·", " ·")


def _sources(pack: Pack, parameter: Parameter) -> tuple[str, ...]:
    return tuple(_source(pack, option) for option in parameter.options)
