"""Beginning a screening: whom it is about, what is considered, under which rules.

The facts of each pathway stand beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from screener.forms.model import OneOf, Pack, Pathway
from screener.screening.spoken_dates import parse
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, Segmented, chip, label
from screener.ui.widgets.layout import Card, FlowLayout, Notice, clear

_LOOKS_LIKE_A_NAME = re.compile(r"^[A-Z][a-z]+[ ,.-]+[A-Z][a-z]+$|^[A-Z][a-z]{3,}$")
_LOOKS_LIKE_A_NUMBER = re.compile(r"^\d{3}-?\d{2}-?\d{4}$|^\d{9,}$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the page gathered; `age` is None where it was left open."""

    reference: str
    second_mark: str
    age: int | None
    pathway: str
    profiles: tuple[str, ...]
    product: str
    visit_date: str
    role: str


def doubt_about(reference: str) -> str:
    """What looks like a name or a number of a person in a reference; empty when nothing does."""
    if _LOOKS_LIKE_A_NAME.match(reference):
        return "This looks like a name. A reference is a pseudonym, such as SYN-0042."
    if _LOOKS_LIKE_A_NUMBER.match(reference):
        return (
            "This looks like a number of a person (insurance, birth date, telephone). "
            "A reference is a pseudonym, such as SYN-0042."
        )
    return ""


def ages(text: str, visit: date) -> tuple[int, ...]:
    """The ages that a typed age or year of birth can mean at the visit: one, two, or none where it is neither."""
    if not text.isdigit():
        return ()
    if len(text) == 4:
        years = visit.year - int(text)
        return (years - 1, years) if 0 < years <= 120 else ()
    return (int(text),) if int(text) <= 120 else ()


class PathwayCard(QPushButton):
    """One pathway as a large choice."""

    def __init__(self, pathway: Pathway) -> None:
        super().__init__()
        self.pathway_id = pathway.id
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("look", "pathway")
        self.setAccessibleName(f"Pathway: {pathway.title}")
        self.setAccessibleDescription(f"{pathway.summary} {pathway.legal}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(scaled(112))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        for text, level in ((pathway.title, "strong"), (pathway.summary, "muted")):
            made = label(text, level, wrap=True)
            made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(made)
        column.addStretch(1)


class NewScreeningPage(FormPage):
    """Gathers the opening of a screening. Warnings never block; only a missing reference or pathway keeps it back."""

    begin = Signal(object)
    back = Signal()

    def __init__(self, pack: Pack, visit: date, country: str, role: str, known: Mapping[str, str]) -> None:
        super().__init__("New screening", width_px=940)
        self._pack, self._country, self._known = pack, country, known
        self.reference = text_line(240, placeholder="SYN-0042")
        self.reference.textEdited.connect(self._look_at_reference)
        self.add("Patient reference", self.reference, "A pseudonym of the clinic's own; never a name.")
        self._doubt = Notice("", "doubt")
        self.body.addWidget(self._doubt)
        self._row(visit, role)
        self._born = QWidget()
        born_row = QHBoxLayout(self._born)
        born_row.setContentsMargins(0, 0, 0, 0)
        self._which = Segmented("Which age at this visit", [("0", ""), ("1", "")])
        born_row.addWidget(label("Born that year: at this visit", "muted"))
        born_row.addWidget(self._which)
        born_row.addStretch(1)
        self._born.hide()
        self.body.addWidget(self._born)
        self.body.addWidget(label("Pathway", "strong"))
        grid = QGridLayout()
        grid.setSpacing(10)
        self._cards = [PathwayCard(pathway) for pathway in pack.pathways]
        for place, card in enumerate(self._cards):
            card.clicked.connect(self._pathway_chosen)
            grid.addWidget(card, place // 3, place % 3)
        self.body.addLayout(grid)
        self._details = QVBoxLayout()
        self.body.addLayout(self._details)
        self._profiles: Segmented | None = None
        self._product: QComboBox | None = None
        go = ActionButton("Begin", "", "primary")
        go.clicked.connect(self._go)
        back = ActionButton("Back", "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.back)
        self.finish(go, back)

    def _row(self, visit: date, role: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        self.second = text_line(150, placeholder="K 1974")
        self.age = text_line(150, placeholder="52 or 1974")
        self.age.textEdited.connect(self._look_at_age)
        self.visit = text_line(150)
        self.visit.setText(visit.isoformat())
        self.role = QComboBox()
        self.role.addItem("Clinician", "clinician")
        self.role.addItem("Facilitator", "facilitator")
        self.role.setCurrentIndex(max(0, self.role.findData(role)))
        entries: tuple[tuple[str, QWidget], ...] = (
            ("Second mark", self.second),
            ("Age, or year of birth", self.age),
            ("Visit date", self.visit),
            ("Role", self.role),
        )
        for place, (text, control) in enumerate(entries):
            caption = label(text, "strong")
            caption.setBuddy(control)
            control.setAccessibleName(text)
            grid.addWidget(caption, 0, place)
            grid.addWidget(control, 1, place, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(len(entries), 1)
        self.body.addLayout(grid)

    # What the user did

    def _look_at_reference(self, text: str) -> None:
        doubt = doubt_about(text.strip())
        alike = [name for name in self._known if _alike(name, text.strip())]
        if not doubt and alike:
            doubt = f"Looks like {', '.join(alike)}, which is another reference here. Check the second mark."
        elif not doubt and text.strip() in self._known:
            doubt = f"{text.strip()} has been screened before (second mark {self._known[text.strip()] or 'none'})."
        self._doubt.show_text(doubt)

    def _visit_day(self) -> date | None:
        try:
            today = date.fromisoformat(self.visit.text().strip())
        except ValueError:
            return None
        found = parse(self.visit.text().strip(), today)
        return date.fromisoformat(found) if found is not None and len(found) == 10 else None

    def _look_at_age(self, text: str) -> None:
        found = ages(text.strip(), self._visit_day() or date.max.replace(year=2100))
        self._born.setVisible(len(found) == 2)
        if len(found) == 2:
            for option, age in zip(("0", "1"), found, strict=True):
                self._which.button_of(option).setText(f"{age}")
                self._which.button_of(option).setAccessibleName(f"Which age at this visit: {age}")
            self._which.show_chosen(None)

    def _pathway_chosen(self) -> None:
        card = self.sender()
        assert isinstance(card, PathwayCard)
        card.setChecked(True)
        pathway = self._pack.pathway(card.pathway_id)
        clear(self._details)
        box = Card()
        box.body.addWidget(label(pathway.title, "large"))
        box.body.addWidget(label(pathway.legal, wrap=True))
        choosing = next((need for need in pathway.needs if isinstance(need, OneOf)), None)
        self._profiles = None
        if choosing is not None:
            options = [(name, self._pack.profile(name).short) for name in choosing.one_of]
            self._profiles = Segmented("Profile", options)
            if self._country in choosing.one_of:
                self._profiles.show_chosen(self._country)
            box.body.addWidget(label("Profile: whose label holds", "strong"))
            box.body.addWidget(self._profiles)
        self._product = QComboBox()
        self._product.setEditable(True)
        self._product.addItems(["", *pathway.products])
        self._product.setAccessibleName("Product of this visit")
        box.body.addWidget(label("Product of this visit", "strong"))
        box.body.addWidget(self._product)
        self._facts(box, pathway)
        self._details.addWidget(box)

    def _facts(self, box: Card, pathway: Pathway) -> None:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=6)
        for name in [n for n in pathway.needs if isinstance(n, str)]:
            flow.addWidget(chip(self._pack.profile(name).title))
        box.body.addWidget(holder)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        for line, fact in enumerate(pathway.facts):
            grid.addWidget(label(fact.label, "small"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(fact.text, "", wrap=True), line, 1)
        grid.setColumnStretch(1, 1)
        box.body.addLayout(grid)

    def _go(self) -> None:
        chosen = next((card.pathway_id for card in self._cards if card.isChecked()), None)
        visit = self._visit_day()
        found = ages(self.age.text().strip(), visit) if visit is not None else ()
        problem: tuple[str, QWidget] | None = None
        if not self.reference.text().strip():
            problem = ("A reference is needed: a pseudonym such as SYN-0042.", self.reference)
        elif visit is None:
            problem = ("The visit date is a day, such as 2026-11-23.", self.visit)
        elif self.age.text().strip() and not found:
            problem = ("The age is whole years, or a year of birth with four digits. It may be left empty.", self.age)
        elif len(found) == 2 and self._which.chosen is None:
            problem = ("That year of birth can mean two ages: choose one.", self._which)
        elif chosen is None:
            problem = ("Choose a pathway.", self._cards[0])
        elif self._profiles is not None and self._profiles.chosen is None:
            problem = ("Choose whose label holds.", self._profiles)
        if problem is not None:
            self.say(problem[0])
            problem[1].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        assert chosen is not None and visit is not None
        pathway = self._pack.pathway(chosen)
        profiles = [need for need in pathway.needs if isinstance(need, str)]
        if self._profiles is not None and self._profiles.chosen is not None:
            profiles.append(self._profiles.chosen)
        age = (
            found[int(self._which.chosen)] if len(found) == 2 and self._which.chosen else (found[0] if found else None)
        )
        self.begin.emit(
            Beginning(
                reference=self.reference.text().strip(),
                second_mark=self.second.text().strip(),
                age=age,
                pathway=chosen,
                profiles=tuple(profiles),
                product=self._product.currentText().strip() if self._product is not None else "",
                visit_date=visit.isoformat(),
                role=self.role.currentData(),
            )
        )


def _alike(known: str, typed: str) -> bool:
    """Whether two references differ by one character or two swapped ones."""
    if known == typed or len(known) != len(typed) or len(typed) < 4:
        return False
    differing = [place for place, (one, two) in enumerate(zip(known, typed, strict=True)) if one != two]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and known[differing[0]] == typed[differing[1]]
        and known[differing[1]] == typed[differing[0]]
    )
