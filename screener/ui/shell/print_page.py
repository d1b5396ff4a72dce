"""What can be printed without a patient: blank forms of a pathway, and the site's crisis card."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.exchange.blank_form import themes_of
from screener.exchange.crisis_card import Many
from screener.exchange.pdf import Paper
from screener.forms.model import Pack, Pathway
from screener.language import tr
from screener.ui.paper.choice import PaperChoice, paper_of_clinic
from screener.ui.shell.form_page import FormPage
from screener.ui.shell.pathway_choice import sections_of
from screener.ui.style.theme import scaled
from screener.ui.widgets.captioned import captioned
from screener.ui.widgets.controls import ActionButton, MultiChoice, Segmented, label
from screener.ui.widgets.crisis_card import BLANK, own_lines
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.layout import Card, FlowLayout, Notice, clear
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab

CARDS = (("1", tr("One on a page")), ("4", tr("Four on a page")))


@dataclass(frozen=True, slots=True)
class Form:
    """A blank form as it was asked for; `themes` is None for all of them."""

    pathway: Pathway
    profiles: tuple[str, ...]
    themes: tuple[str, ...] | None
    paper: Paper


class PrintPage(FormPage):
    """Pathway, profiles, themes and paper of a form; how many cards on a page. Each is looked at first."""

    form = Signal(object)
    """The `Form` that is to be shown."""
    card = Signal(object, object)
    """(how many cards on a page, the paper)"""
    settings = Signal()
    back = Signal()

    def __init__(self, pack: Pack, country: str, crisis_card: str, *, may_choose: bool) -> None:
        super().__init__(tr("Print"), tr("What is printed here holds nothing of a patient."), width_px=820)
        self._pack, self._country = pack, country
        self._paper = PaperChoice(paper_of_clinic(country))
        self.add(tr("Paper"), self._paper)
        self.body.addWidget(label(tr("Blank intake form"), "large"))
        lead = tr(
            "The questions of a pathway, to be asked and answered on paper, with boxes to tick and lines to write on."
        )
        self.body.addWidget(label(lead, "muted", wrap=True))
        self._pathways = DropDown(tr("Pathway"), _pathways(pack))
        self._pathways.currentIndexChanged.connect(self._pathway_chosen)
        self.add(tr("Pathway"), self._pathways)
        self._of_pathway = QWidget()
        self._column = QVBoxLayout(self._of_pathway)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.body.addWidget(self._of_pathway)
        look = ActionButton(tr("Preview the form"), "", "primary")
        look.clicked.connect(self._ask_form)
        self._row(look)
        self.body.addWidget(label(tr("Crisis card"), "large"))
        self._add_card(crisis_card, may_choose=may_choose)
        leave = ActionButton(tr("Back"), "Esc")
        leave.setShortcut("Esc")
        leave.clicked.connect(self.back)
        self.finish(leave)
        self._first = self._pathways
        self._pathway_chosen()

    def _row(self, *parts: QWidget) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        for part in parts:
            flow.addWidget(part)
        self.body.addWidget(holder)

    # The form

    @property
    def _pathway(self) -> Pathway:
        return self._pack.pathway(str(self._pathways.currentData()))

    def _pathway_chosen(self) -> None:
        """Ask for what this pathway needs: whose label holds, what may be added, its themes."""
        clear(self._column)
        pathway, self._label, self._offers = self._pathway, None, None
        self.say("")
        labels = pathway.choosing
        if labels:
            self._label = Segmented(tr("Whose label holds"), [(n, self._pack.profile(n).short) for n in labels])
            self._label.show_chosen(self._country if self._country in labels else None)
            self._column.addWidget(captioned(tr("Whose label holds"), self._label, whole_width=True))
        if pathway.offers:
            self._offers = MultiChoice(tr("Profiles added"), [(n, self._pack.profile(n).title) for n in pathway.offers])
            self._offers.show_chosen([self._country])
            self._column.addWidget(captioned(tr("Profiles added"), self._offers, whole_width=True))
        self._themes = MultiChoice(
            tr("Themes"), [(theme.id, theme.title) for theme in themes_of(self._pack, pathway.id)], wrap=True
        )
        self._themes.show_chosen(theme.id for theme in themes_of(self._pack, pathway.id))
        self._column.addWidget(captioned(tr("Themes"), self._themes, whole_width=True))
        self._column.addWidget(self._all_or_none())
        order_tab(self)

    def _all_or_none(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        for text, which in ((tr("All themes"), True), (tr("No theme"), False)):
            button = ActionButton(text, "", "quiet")
            button.setProperty("all", which)
            button.clicked.connect(self._choose_all)
            flow.addWidget(button)
        return holder

    def _choose_all(self) -> None:
        sender = self.sender()
        assert sender is not None
        every = themes_of(self._pack, self._pathway.id) if sender.property("all") else []
        self._themes.show_chosen(theme.id for theme in every)

    def _ask_form(self) -> None:
        pathway, themes = self._pathway, self._themes.chosen
        if self._label is not None and self._label.chosen is None:
            self._refuse(tr("Choose whose label holds: the form says under which it was printed."), self._label)
            return
        if not themes:
            self._refuse(tr("Choose at least one theme."), self._themes)
            return
        whole = len(themes) == len(themes_of(self._pack, pathway.id))
        self.say("")
        self.form.emit(Form(pathway, self._profiles(), None if whole else themes, self._paper.paper))

    def _refuse(self, text: str, control: QWidget) -> None:
        self.say(text)
        announce(self, text)
        control.setFocus()

    def _profiles(self) -> tuple[str, ...]:
        chosen = [self._label.chosen] if self._label is not None and self._label.chosen else []
        added = self._offers.chosen if self._offers is not None else ()
        return tuple(dict.fromkeys([*chosen, *added]))

    # The card

    def _add_card(self, text: str, *, may_choose: bool) -> None:
        if not text.strip():
            write = ActionButton(tr("Write it in Settings"))
            write.clicked.connect(self.settings)
            who = "" if may_choose else tr("Who administers these records can write it in Settings.")
            said = f"{BLANK} {who}".strip()
            self.body.addWidget(Notice(said, action=write if may_choose else None))
            return
        shown = Card()
        for line in own_lines(text):
            shown.body.addWidget(label(line, wrap=True, selectable=True))
        shown.setAccessibleName(tr("Crisis card: {text}").format(text=text))
        shown.setMaximumWidth(scaled(560))
        self.body.addWidget(shown)
        self._many = Segmented(tr("Cards"), CARDS, always=True)
        self._many.show_chosen("1")
        self.add(tr("Cards"), self._many, tr("Words that have no room on a quarter of a page are printed as one card."))
        look = ActionButton(tr("Preview the card"))
        look.clicked.connect(self._ask_card)
        self._row(look)

    def _ask_card(self) -> None:
        many: Many = 4 if self._many.chosen == "4" else 1
        self.card.emit(many, self._paper.paper)


def _pathways(pack: Pack) -> list[tuple[str, object]]:
    """The pathways as they stand when a screening is begun."""
    return [(pathway.title, pathway.id) for _, members in sections_of(pack) for pathway in members]
