"""What is being considered: the pathways in their sections, and the chosen one with what it asks for and its facts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from screener.forms.model import Pack, Pathway
from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.buttons import KeyButton
from screener.ui.widgets.controls import LinkButton, MultiChoice, Segmented, chip, heading, label, restyle
from screener.ui.widgets.group import BareGroup
from screener.ui.widgets.inline import InlineChoice
from screener.ui.widgets.layout import Card, FlowLayout
from screener.ui.widgets.tab_order import tab_stops

SECTIONS = ((tr("Ketamine"), "ketamine"), (tr("Psilocybin"), "psilocybin"), (tr("Other psychedelics"), "psychedelics"))
"""What stands over a section, and the pack's group of pathways whose members stand in it, in the group's order."""
REST = tr("On the day")
FACTS_AT_FIRST = 6
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


def sections_of(pack: Pack) -> list[tuple[str, list[Pathway]]]:
    """The pathways under what stands over them; each once, and those of no group at the end."""
    left = {pathway.id: pathway for pathway in pack.pathways}
    found = []
    for title, group in SECTIONS:
        members = [left.pop(name) for name in pack.head.groups.get(group, ()) if name in left]
        found.append((title, members))
    found.append((REST if any(members for _, members in found) else "", list(left.values())))
    return [(title, members) for title, members in found if members]


class PathwayRow(KeyButton):
    """One pathway among others: a radio button whose title wraps."""

    step = Signal(int)
    """An arrow key was pressed: 1 forwards, -1 back."""
    end = Signal(int)
    """To the first (0) or the last (-1) of all."""

    def __init__(self, pathway: Pathway) -> None:
        super().__init__()
        self.pathway = pathway
        self.setCheckable(True)
        # Says "radio button" to a screen reader.
        self.setAutoExclusive(True)
        self.setProperty("look", "rail-item")
        self.setAccessibleName(tr("Pathway: {title}").format(title=pathway.title))
        self.setAccessibleDescription(pathway.summary)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(12), scaled(6), scaled(10), scaled(6))
        self._title = label(pathway.title, wrap=True)
        self._title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column.addWidget(self._title)
        self.toggled.connect(self._show_weight)

    def _show_weight(self, on: bool) -> None:
        self._title.setProperty("level", "strong" if on else "")
        restyle(self._title)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        width = self.width() if self.width() > scaled(120) else scaled(280)
        return QSize(scaled(220), max(layout.heightForWidth(width), scaled(32)))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.step.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.end.emit(0 if key == Qt.Key.Key_Home else -1)
        else:
            super().keyPressEvent(event)


class PathwayChoice(BareGroup):
    """All pathways in their sections, as one group: arrows move and choose, as in a column of radio buttons."""

    chosen = Signal(object)

    def __init__(self, pack: Pack) -> None:
        super().__init__(tr("What is being considered"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self.rows: list[PathwayRow] = []
        for title, pathways in sections_of(pack):
            if title:
                head = heading(title)
                head.setContentsMargins(scaled(12), scaled(12 if self.rows else 4), 0, scaled(2))
                column.addWidget(head)
            for pathway in pathways:
                column.addWidget(self._row(pathway))
        self._stop_at(0)

    def _row(self, pathway: Pathway) -> PathwayRow:
        row = PathwayRow(pathway)
        row.toggled.connect(self._toggled)
        row.step.connect(self._step)
        row.end.connect(self._go_to)
        self.rows.append(row)
        return row

    def _toggled(self, on: bool) -> None:
        row = self.sender()
        assert isinstance(row, PathwayRow)
        if on:
            self._stop_at(self.rows.index(row))
            self.chosen.emit(row.pathway)

    def _step(self, by: int) -> None:
        row = self.sender()
        assert isinstance(row, PathwayRow)
        self._go_to(min(max(self.rows.index(row) + by, 0), len(self.rows) - 1))

    def _go_to(self, place: int) -> None:
        self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.rows[place].setChecked(True)

    def _stop_at(self, place: int) -> None:
        """Tab comes to one row of the group: the chosen one, else the first."""
        for other, row in enumerate(self.rows):
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == place else Qt.FocusPolicy.ClickFocus)
        if self.rows:
            self.setFocusProxy(self.rows[place])


class PathwayDetails(Card):
    """The chosen pathway: its legal standing, whose label holds, the product, what may be added, its facts."""

    def __init__(self, pack: Pack, pathway: Pathway, country: str) -> None:
        super().__init__(padding_px=20)
        self.pathway, self._pack = pathway, pack
        self.setAccessibleName(pathway.title)
        self.body.addWidget(label(pathway.title, "title", wrap=True))
        self.body.addWidget(label(pathway.summary, wrap=True))
        if pathway.legal:
            self.body.addWidget(label(pathway.legal, "muted", wrap=True))
        self.profile = self._add_label(country)
        self.product = self._add_product()
        self.offers = self._add_offers(country)
        self._add_rules()
        self._add_facts()
        self._show_profiles()

    # What it asks for

    def _add_label(self, country: str) -> Segmented | None:
        self._labels = self.pathway.choosing
        if not self._labels:
            return None
        options = [(name, self._pack.profile(name).short) for name in self._labels]
        made = Segmented(tr("Profile: whose label holds"), options)
        if country in self._labels:
            made.show_chosen(country)
        made.user_chose.connect(self._show_profiles)
        self._caption(tr("Whose label holds"))
        self.body.addWidget(made)
        return made

    def _add_product(self) -> InlineChoice:
        made = InlineChoice(tr("Product of this visit"), self.pathway.products, tr("as it will be taken"))
        made.setProperty("look", "")
        made.setMinimumWidth(scaled(320))
        self._caption(tr("Product of this visit")).setBuddy(made)
        self.body.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _add_offers(self, country: str) -> MultiChoice | None:
        """Profiles that may be added. The label of the clinic's country stands chosen, as it does among labels."""
        profiles = [self._pack.profile(name) for name in self.pathway.offers]
        if not profiles:
            return None
        trials = all(profile.of_a_trial for profile in profiles)
        title = tr("Figures of these trials too") if trials else tr("Under which rules the dose is given")
        made = MultiChoice(title, [(profile.id, profile.title) for profile in profiles])
        made.show_chosen([country])
        for profile in profiles:
            made.row_of(profile.id).setAccessibleDescription(profile.summary)
            made.row_of(profile.id).setToolTip(profile.summary)
        made.user_chose.connect(self._show_profiles)
        self._caption(title)
        lead = (
            tr("Any number, or none. Their limits are listed as items beside the others.")
            if trials
            else tr("Any number, or none. The general rules apply in any case.")
        )
        self.body.addWidget(label(lead, "small", wrap=True))
        self.body.addWidget(made)
        return made

    def _caption(self, text: str) -> QLabel:
        made = label(text, "strong", wrap=True)
        made.setContentsMargins(0, scaled(8), 0, 0)
        self.body.addWidget(made)
        return made

    def show_as(self, product: str, profiles: Sequence[str]) -> None:
        """Show what another visit was under, as far as it can still be chosen."""
        self.product.show_text(product)
        if self.profile is not None:
            self.profile.show_chosen(next((name for name in profiles if name in self._labels), self.profile.chosen))
        if self.offers is not None:
            self.offers.show_chosen(profiles)
        self._show_profiles()

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that apply as things are chosen, in the pathway's order."""
        found = [need for need in self.pathway.needs if isinstance(need, str)]
        if self.profile is not None and self.profile.chosen is not None:
            found.append(self.profile.chosen)
        if self.offers is not None:
            found += [name for name in self.offers.chosen if name not in found]
        return tuple(found)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in order; button by button, for a group hands its focus on."""
        found: list[QWidget] = []
        for part in (self.profile, self.product, self.offers, self._more):
            if isinstance(part, Segmented | MultiChoice):
                found += tab_stops(part)
            elif part is not None:
                found.append(part)
        return found

    # What it says

    def _add_rules(self) -> None:
        head = heading(tr("Rules that apply"))
        head.setContentsMargins(0, scaled(10), 0, 0)
        self.body.addWidget(head)
        holder = QWidget()
        self._chips = FlowLayout(holder, gap_px=6)
        self._chip_of: dict[str, QLabel] = {}
        for name in dict.fromkeys(chain(*self.pathway.needed, self.pathway.offers)):
            made = chip(self._pack.profile(name).title)
            self._chips.addWidget(made)
            self._chip_of[name] = made
        self.body.addWidget(holder)

    def _show_profiles(self) -> None:
        """What was chosen is among the rules that apply."""
        for name, made in self._chip_of.items():
            made.setVisible(name in self.profiles)

    def _add_facts(self) -> None:
        """The first facts; the others behind a link, so that the page stays calm."""
        self._more: QAbstractButton | None = None
        if not self.pathway.facts:
            return
        head = heading(tr("About this pathway"))
        head.setContentsMargins(0, scaled(6), 0, 0)
        self.body.addWidget(head)
        facts = [(fact.label, fact.text) for fact in self.pathway.facts]
        self.body.addWidget(_table(facts[:FACTS_AT_FIRST]))
        if len(facts) <= FACTS_AT_FIRST:
            return
        self._rest = _table(facts[FACTS_AT_FIRST:])
        self._rest.hide()
        self._more = LinkButton("")
        self._more.clicked.connect(self._turn_more)
        self.body.addWidget(self._rest)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_more(False)

    def _turn_more(self) -> None:
        self._show_more(self._rest.isHidden())

    def _show_more(self, shown: bool) -> None:
        assert self._more is not None
        many = len(self.pathway.facts) - FACTS_AT_FIRST
        words = (
            tr("Fewer facts") if shown else tr("{many} more facts").format(many=many) if many > 1 else tr("1 more fact")
        )
        self._more.setText(words)
        self._more.setAccessibleName(tr("{words} about {short}").format(words=words, short=self.pathway.short))
        self._rest.setVisible(shown)


def _table(rows: Sequence[tuple[str, str]]) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, scaled(120))
    for line, (name, text) in enumerate(rows):
        grid.addWidget(label(name, "muted", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, "", wrap=True), line, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 3)
    return holder
