"""Settings: appearance, the content that is open, the clinic's parameters with their sources, the crisis card."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from screener.forms.model import Pack, Parameter, ParameterOption
from screener.store.roles import Right
from screener.ui.choices import BLANK_MINUTES, LOCK_MINUTES, ClinicChoices
from screener.ui.content import OpenContent
from screener.ui.shell.content_section import ContentSection
from screener.ui.shell.form_page import COUNTRIES, FormPage
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.layout import Card, FlowLayout, Notice, clear
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab


class SettingsPage(FormPage):
    """Each setting explained. Appearance and content hold at once; the clinic's choices are kept with Save.

    Whose role does not include changing what the clinic chose reads it, and who may change it (`choosers`).
    """

    appearance = Signal(str, float)
    save = Signal(object)
    back = Signal()
    accounts = Signal()
    passphrase = Signal()
    backups = Signal()

    def __init__(
        self,
        content: OpenContent,
        choices: ClinicChoices,
        scheme: str,
        text_scale: float,
        rights: Collection[Right] = frozenset(Right),
        choosers: Sequence[str] = (),
        said: str = "",
    ) -> None:
        super().__init__("Settings", width_px=820)
        if said:
            self.body.addWidget(Notice(said))
            announce(self, said)
        self._choices, self._kept = choices, dict(choices.parameters)
        self._may_choose = Right.CHOOSE in rights
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
        self.body.addWidget(label("These records", "large"))
        self.body.addWidget(self._of_the_records(rights))
        self.body.addWidget(label("Content", "large"))
        self.content = ContentSection()
        self.body.addWidget(self.content)
        self.body.addWidget(label("This clinic", "large"))
        self._options: dict[str, dict[str, QRadioButton]] = {}
        self._asked: object = None
        self._parameters = QWidget()
        self._column = QVBoxLayout(self._parameters)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        back = ActionButton("Back", "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.back)
        if self._may_choose:
            self._of_the_clinic(choices)
            keep = ActionButton("Save", "", "primary")
            keep.clicked.connect(self._save)
            self.finish(keep, back)
        else:
            self.body.addWidget(label(_who_may(choosers), "muted", wrap=True))
            self.body.addWidget(self._parameters)
            self.finish(back)
        self.show_content(content, reading=False)

    def _of_the_records(self, rights: Collection[Right]) -> QWidget:
        """The ways to pages of their own."""
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        for text, signal, offered in (
            ("Accounts…", self.accounts, Right.ACCOUNTS in rights),
            ("Your passphrase…", self.passphrase, True),
            ("Backups…", self.backups, True),
        ):
            if offered:
                button = ActionButton(text)
                button.clicked.connect(signal)
                flow.addWidget(button)
        return holder

    def _of_the_clinic(self, choices: ClinicChoices) -> None:
        self.country = DropDown("Labels and country", COUNTRIES)
        self.country.show_value(choices.country)
        self.add("Labels and country", self.country, "Offered first when a screening begins.")
        self._minutes = Segmented("Locked after", [(str(n), f"{n} min") for n in LOCK_MINUTES])
        self._minutes.show_chosen(str(choices.lock_after_min))
        self._minutes.user_chose.connect(self._minutes_chosen)
        lead = "Without a touch of key, pointer or screen for so long, the records are hidden. What was typed is kept."
        self.add("Locked after", self._minutes, lead)
        self.body.addWidget(self._parameters)
        self.card = QPlainTextEdit(choices.crisis_card)
        self.card.setTabChangesFocus(True)
        self.card.setFixedHeight(scaled(110))
        self.add(
            "Crisis card", self.card, "The site's own wording and numbers. Left blank, the card says that it is blank."
        )
        self._of_handing_over(choices)

    def _of_handing_over(self, choices: ClinicChoices) -> None:
        """When a screen in the patient's hands is hidden, and what it says after a time-critical answer."""
        self._blank = Segmented("Hidden after", [(str(n), f"{n} min") for n in BLANK_MINUTES])
        self._blank.show_chosen(str(choices.blank_after_min))
        self._blank.user_chose.connect(self._blank_chosen)
        lead = "A screen that was handed over is hidden after so long without a touch. It says so before, and waits."
        self.add("Hidden after, in the patient's hands", self._blank, lead)
        self.words = QPlainTextEdit(choices.patient_words)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(scaled(110))
        lead = "The site's own words, shown to the patient on that screen. Left blank, the crisis card stands there."
        self.add("Words to the patient after a time-critical answer", self.words, lead)

    def _blank_chosen(self, minutes: str | None) -> None:
        self._blank.show_chosen(minutes or str(self._choices.blank_after_min))

    def _minutes_chosen(self, minutes: str | None) -> None:
        self._minutes.show_chosen(minutes or str(self._choices.lock_after_min))

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
        if not self._may_choose:
            self._parameters.setVisible(True)
            self._column.addWidget(self._facts(pack))
            return True
        for parameter in pack.parameters.values():
            self._column.addWidget(self._parameter(pack, parameter, self._kept.get(parameter.id)))
        return True

    def _facts(self, pack: Pack) -> QWidget:
        """What was chosen, to be read."""
        countries = {value: text for text, value in COUNTRIES}
        facts = [
            ("Labels and country", countries.get(self._choices.country, self._choices.country)),
            ("Locked after", f"{self._choices.lock_after_min} min without a touch"),
        ]
        for parameter in pack.parameters.values():
            chosen = {option.id: option.label for option in parameter.options}.get(self._kept.get(parameter.id, ""))
            facts.append((parameter.title, chosen or "no figure chosen"))
        facts.append(("Crisis card", self._choices.crisis_card or "blank"))
        facts.append(("Hidden, in the patient's hands", f"{self._choices.blank_after_min} min without a touch"))
        facts.append(("Words to the patient", self._choices.patient_words or "blank"))
        card = ReadCard("; ".join(f"{name}: {text}" for name, text in facts))
        card.body.addLayout(fact_grid(facts))
        return card

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
        minutes = int(self._minutes.chosen or self._choices.lock_after_min)
        card = self.card.toPlainText().strip()
        blank, words = int(self._blank.chosen or self._choices.blank_after_min), self.words.toPlainText().strip()
        self.save.emit(ClinicChoices(self._chosen(), card, self.country.currentData(), minutes, blank, words))


def _who_may(choosers: Sequence[str]) -> str:
    """Who may change what the clinic chose."""
    return f"What this clinic chose is changed by those who administer these records: {', '.join(choosers)}."


def _source(pack: Pack, option: ParameterOption) -> str:
    """Where a figure comes from, with its strength."""
    source = pack.sources[option.source.ref]
    return f"{source.title}, {option.source.at} · {option.source.strength}".replace(", ·", " ·")


def _sources(pack: Pack, parameter: Parameter) -> tuple[str, ...]:
    return tuple(_source(pack, option) for option in parameter.options)
