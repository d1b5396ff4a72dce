"""Settings, Labels and figures: whose labels are offered first, and the figures that the clinic chooses."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.model import Pack, Parameter, ParameterOption
from screener.forms.words import STRENGTH_WORDS
from screener.language import WINDOW, tr
from screener.ui.shell.form_page import COUNTRIES
from screener.ui.shell.setting import CLINIC, Kept, Section, Setting
from screener.ui.shell.setting_search import Described
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import RadioRow, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.group import BareGroup
from screener.ui.widgets.layout import clear
from screener.ui.widgets.tab_order import order_tab

NO_FIGURE = tr("No figure chosen")
COUNTRY = Described(
    tr("Labels and country"),
    tr("Whose labels are offered first when a screening begins. Each screening can choose others."),
    tuple(text for text, _ in COUNTRIES),
    (tr("profile, USA, Europe, EU, FDA, EMA"),),
)
_HELP = tr("The clinic chooses; no option is preselected. Until then every option's line is shown as a fact.")


class ClinicSection(Section):
    """Asks for what the open pack asks for. What is chosen for parameters of other packs is kept beside it."""

    altered = Signal()

    def __init__(self, country: str, parameters: Mapping[str, str]) -> None:
        super().__init__(tr("Labels and figures"), CLINIC)
        self._chosen = dict(parameters)
        self._asked: object = None
        self.options: dict[str, dict[str, RadioRow]] = {}
        self._none: dict[str, RadioRow] = {}
        self.titles: dict[str, str] = {}
        """Of the parameters that are asked for, by id."""
        self.country = DropDown(COUNTRY.name, COUNTRIES)
        self.country.setMinimumWidth(scaled(240))
        self.country.show_value(country)
        names = {value: text for text, value in COUNTRIES}
        kept = Kept(self.country.currentData, self.country.show_value, "", names.__getitem__)
        self._countries = self.add(Setting(COUNTRY, self.country, kept))
        self.country.currentIndexChanged.connect(self._countries.look)
        self._countries.altered.connect(self.altered)
        holder = QWidget()
        self._figures = QVBoxLayout(holder)
        self._figures.setContentsMargins(0, 0, 0, 0)
        self._figures.setSpacing(10)
        self.column.addWidget(holder)

    @property
    def parameters(self) -> dict[str, str]:
        """What is chosen here, and what was chosen for parameters that the open pack does not have."""
        return dict(self._chosen)

    def show_choices(self, country: str, parameters: Mapping[str, str]) -> None:
        """Show other choices."""
        self._chosen = dict(parameters)
        self.country.show_value(country)
        for parameter in self.options:
            self._show(parameter, self._chosen.get(parameter))
        for setting in self.settings:
            setting.look()

    def ask(self, pack: Pack) -> bool:
        """Ask for the pack's parameters; whether they are others than those asked for."""
        asked = [(parameter, sources_of(pack, parameter)) for parameter in pack.parameters.values()]
        if asked == self._asked:
            return False
        self._asked = asked
        clear(self._figures)
        self.options, self._none, self.titles = {}, {}, {}
        for parameter in pack.parameters.values():
            made = self._parameter(pack, parameter)
            self._figures.addWidget(made)
            made.altered.connect(self.altered)
        order_tab(self)
        return True

    def _parameter(self, pack: Pack, parameter: Parameter) -> Setting:
        self.titles[parameter.id] = parameter.title
        group = BareGroup(parameter.title)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        words = {None: NO_FIGURE} | {option.id: option.label for option in parameter.options}
        none = RadioRow(
            tr("{no_figure}: each option's line is shown as a fact").format(no_figure=NO_FIGURE),
            tr("{title}: no figure chosen").format(title=parameter.title),
        )
        column.addWidget(none)
        self._none[parameter.id], self.options[parameter.id] = none, {}
        for option in parameter.options:
            button = RadioRow(option.label, f"{parameter.title}: {option.label}")
            column.addWidget(button)
            said = label(source_of(pack, option), "small", wrap=True)
            said.setContentsMargins(scaled(34), 0, 0, 4)
            column.addWidget(said)
            self.options[parameter.id][option.id] = button
        self._show(parameter.id, self._chosen.get(parameter.id))
        sources = tuple(source_of(pack, option) for option in parameter.options)
        described = Described(
            parameter.title,
            parameter.help or _HELP,
            tuple(option.label for option in parameter.options),
            (tr("parameter, figure, limit, threshold"), *sources),
        )
        kept = Kept(
            lambda: self._chosen.get(parameter.id),
            lambda option: self._show(parameter.id, option),
            None,
            words.__getitem__,
        )
        made = Setting(described, group, kept)
        for option_id, button in ((None, none), *self.options[parameter.id].items()):
            button.toggled.connect(_Toggled(self, parameter.id, option_id, made))
        return made

    def _show(self, parameter: str, option: str | None) -> None:
        button = self.options[parameter].get(option or "", self._none[parameter])
        button.setChecked(True)

    def take(self, parameter: str, option: str | None) -> None:
        """An option of a parameter is chosen now; None: no figure."""
        if option is None:
            self._chosen.pop(parameter, None)
        else:
            self._chosen[parameter] = option


class _Toggled:
    """What follows when a button of a parameter is filled."""

    def __init__(self, section: ClinicSection, parameter: str, option: str | None, setting: Setting) -> None:
        self._section, self._parameter, self._option, self._setting = section, parameter, option, setting

    def __call__(self, chosen: bool) -> None:
        if chosen:
            self._section.take(self._parameter, self._option)
            self._setting.look()


def facts_of(pack: Pack, country: str, parameters: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was chosen, as it is read by those who do not change it."""
    countries = {value: text for text, value in COUNTRIES}
    facts = [(COUNTRY.name, countries.get(country, country))]
    for parameter in pack.parameters.values():
        labels = {option.id: option.label for option in parameter.options}
        facts.append((parameter.title, labels.get(parameters.get(parameter.id, ""), tr("no figure chosen"))))
    return facts


def source_of(pack: Pack, option: ParameterOption) -> str:
    """Where a figure comes from, with its strength."""
    source = pack.sources[option.source.ref]
    strength = WINDOW.word(STRENGTH_WORDS[option.source.strength]).lower()
    return f"{source.title}, {option.source.at} · {strength}".replace(", ·", " ·")


def sources_of(pack: Pack, parameter: Parameter) -> tuple[str, ...]:
    """Where the figures of a parameter come from."""
    return tuple(source_of(pack, option) for option in parameter.options)
