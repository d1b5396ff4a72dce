"""Beginning a screening: whom it is about, what is considered, under which rules.

The facts of each pathway stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.model import Pack, Pathway
from screener.forms.words import short_day
from screener.language import WINDOW, tr, tr_n
from screener.records.browse import LastVisit
from screener.records.references import References
from screener.screening.pseudonyms import looks_like
from screener.screening.spoken_dates import ambiguous, parse
from screener.text import WorldError, problem_words
from screener.ui.shell.form_page import ROLES, text_line
from screener.ui.shell.pathway_choice import PathwayChoice, PathwayDetails
from screener.ui.widgets.captioned import captioned
from screener.ui.widgets.controls import ActionButton, Segmented, label
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.error_summary import ErrorSummary, Problem
from screener.ui.widgets.foot import Foot, above_foot
from screener.ui.widgets.kept_back import KeptBack
from screener.ui.widgets.layout import Card, EmptyState, FlowLayout, Halves, Notice, ScrollPage, clear

_NAMED = 3
"""More look-alikes than this are counted and not named."""


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


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What stands on the page and is not begun, as it was typed and chosen."""

    reference: str
    second_mark: str
    age: str
    which: str | None
    """Which of the two ages that a year of birth can mean."""
    visit_date: str
    """Empty where it is the day that stood there at first."""
    role: str
    pathway: str
    profiles: tuple[str, ...]
    product: str
    of_visit: LastVisit | None
    """The last visit that it was taken from, while it was not changed."""


def doubt_about(reference: str) -> str:
    """What looks like a name or a number of a person in a reference; empty when nothing does."""
    found = looks_like(reference)
    if found == "name":
        return tr("This looks like a name. A reference is a pseudonym, such as SYN-0042.")
    if found == "number":
        return tr(
            "This looks like a number of a person (insurance, birth date, telephone). A "
            "reference is a pseudonym, such as SYN-0042."
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


class NewScreeningPage(QWidget):
    """Gathers the opening of a screening. Warnings never block; only a missing reference or pathway keeps it back."""

    begin = Signal(object)
    back = Signal()

    def __init__(self, pack: Pack, visit: date, country: str, role: str, known: Mapping[str, str]) -> None:
        super().__init__()
        self._pack, self._country, self._known = pack, country, References(known)
        self._today = visit
        """What is said of the visit date, such as yesterday, is said from here."""
        self._details: PathwayDetails | None = None
        self._filled: LastVisit | None = None
        """Whose last visit what stands here is taken from; None once that was changed."""
        self.setAccessibleName(tr("New screening"))
        page = ScrollPage("page", 1080, 32, centred=True)
        page.body.addWidget(label(tr("New screening"), "page"))
        self._summary = ErrorSummary()
        page.body.addWidget(self._summary)
        page.body.addWidget(self._who(visit, role))
        page.body.addSpacing(8)
        page.body.addWidget(label(tr("What is being considered"), "large"))
        self._pathways = PathwayChoice(pack)
        self._pathways.chosen.connect(self._pathway_chosen)
        self._place = QVBoxLayout()
        page.body.addWidget(Halves(self._choice(), self._details_place(), from_px=720, shares=(4, 9)))
        page.body.addStretch(1)
        above_foot(self, page, self._foot())
        self._kept_back = KeptBack(self, self._summary, self._notice)
        self._first_day = self.visit.text()
        self._at_first = self._stands

    # Building

    def _choice(self) -> QWidget:
        card = Card(padding_px=8)
        card.body.addWidget(self._pathways)
        return _at_top(card)

    def _details_place(self) -> QWidget:
        self._place.setContentsMargins(0, 0, 0, 0)
        lead = tr("Choose one of these: where it stands in law, whose rules apply and its facts are shown here.")
        self._place.addWidget(EmptyState(tr("Nothing chosen yet"), lead))
        holder = QWidget()
        holder.setLayout(self._place)
        return _at_top(holder)

    def _who(self, visit: date, role: str) -> QWidget:
        card = Card()
        self.reference = text_line(190, placeholder="SYN-0042")
        self.reference.textEdited.connect(self._let_go_of_visit)
        self.reference.textEdited.connect(self._look_at_reference)
        self.second = text_line(130, placeholder="K 1974")
        self.age = text_line(150, placeholder=tr("52 or 1974"))
        self.age.textEdited.connect(self._look_at_age)
        self.visit = text_line(130)
        self.visit.setText(visit.isoformat())
        self.visit.textChanged.connect(self._look_at_day)
        self.visit.textEdited.connect(lambda: self._look_at_age(self.age.text()))
        self.role = DropDown(tr("Role"), ROLES)
        self.role.show_value(role)
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=16)
        for text, control in (
            (tr("Patient reference"), self.reference),
            (tr("Second mark"), self.second),
            (tr("Age, or year of birth"), self.age),
            (tr("Visit date"), self.visit),
            (tr("Role"), self.role),
        ):
            flow.addWidget(captioned(text, control, whole_width=True))
        card.body.addWidget(holder)
        lead = tr(
            "The reference is a pseudonym of the clinic's own, never a name. The second mark tells two alike apart."
        )
        card.body.addWidget(label(lead, "small", wrap=True))
        self._day = label("", "muted", wrap=True)
        card.body.addWidget(self._day)
        self._day.hide()
        self._source = Notice("")
        card.body.addWidget(self._source)
        self._doubt = Notice("", "warning")
        card.body.addWidget(self._doubt)
        self._born = QWidget()
        row = QHBoxLayout(self._born)
        row.setContentsMargins(0, 0, 0, 0)
        self._which = Segmented(tr("Which age at this visit"), [("0", ""), ("1", "")])
        row.addWidget(label(tr("Born that year: at this visit"), "muted"))
        row.addWidget(self._which)
        row.addStretch(1)
        card.body.addWidget(self._born)
        self._born.hide()
        return card

    def _foot(self) -> Foot:
        self._notice = Notice("", "warning")
        self._back = ActionButton(tr("Back"), "Esc")
        self._back.setShortcut("Esc")
        self._back.clicked.connect(self.back)
        self._begin = ActionButton(tr("Begin"), "Ctrl+Return", "primary")
        self._begin.setShortcut("Ctrl+Return")
        self._begin.clicked.connect(self._go)
        return Foot([self._notice], [self._back, self._begin])

    def choose(self, pathway: str) -> None:
        """Have a pathway chosen from the beginning; another one can still be."""
        self._choose(pathway)
        self._at_first = self._stands

    def _choose(self, pathway: str) -> None:
        for row in self._pathways.rows:
            if row.pathway.id == pathway:
                row.setChecked(True)

    def fill_in(self, visit: LastVisit) -> None:
        """Have what the last visit of a reference was under stand here, and where it is from.

        The age is not among it: a birthday may have come since.
        """
        self.reference.setText(visit.reference)
        self.second.setText(visit.second_mark)
        if self._details is not None:
            self._details.show_as(visit.product, visit.profiles)
        self._filled = visit
        what = (
            tr("Reference, second mark, pathway, rules and product")
            if visit.second_mark
            else (tr("Reference, pathway, rules and product"))
        )
        self._source.show_text(
            tr("{what}: as at the visit of {short_day}. The age is not filled in; the form asks for it.").format(
                what=what, short_day=short_day(visit.visit_date, WINDOW)
            )
        )

    @property
    def _stands(self) -> FilledIn:
        details, visit = self._details, self.visit.text()
        return FilledIn(
            reference=self.reference.text(),
            second_mark=self.second.text(),
            age=self.age.text(),
            which=self._which.chosen,
            visit_date="" if visit == self._first_day else visit,
            role=self.role.currentData(),
            pathway="" if details is None else details.pathway.id,
            profiles=() if details is None else details.profiles,
            product="" if details is None else details.product.text(),
            of_visit=self._filled,
        )

    @property
    def filled_in(self) -> FilledIn | None:
        """What somebody filled in here; None where everything is as it came."""
        stands = self._stands
        return None if stands == self._at_first else stands

    def take_up(self, filled: FilledIn) -> None:
        """Have what was filled in when the records were locked stand here again, and say so."""
        self._choose(filled.pathway)
        self.reference.setText(filled.reference)
        self.second.setText(filled.second_mark)
        self.visit.setText(filled.visit_date or self._first_day)
        self.age.setText(filled.age)
        self._look_at_age(filled.age)
        self._which.show_chosen(filled.which)
        self.role.show_value(filled.role)
        if self._details is not None:
            self._details.show_as(filled.product, filled.profiles)
        self._filled = filled.of_visit
        self._look_at_reference(filled.reference)
        self._source.show_text(tr("This was filled in when the records were locked. It is not begun yet."))

    def _let_go_of_visit(self) -> None:
        """Another reference is another person: second mark and product of the one before do not stay."""
        if self._filled is not None:
            if self.second.text() == self._filled.second_mark:
                self.second.clear()
            if self._details is not None and self._details.product.text() == self._filled.product:
                self._details.product.show_text("")
            self._filled = None
            self._source.show_text("")

    def focus_first(self) -> None:
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the user did

    def _look_at_reference(self, text: str) -> None:
        text = text.strip()
        self._doubt.show_text(doubt_about(text) or " ".join(self._seen_before(text)))

    def _seen_before(self, text: str) -> Iterator[str]:
        """That this reference is known here, and that another one is easily taken for it."""
        if text in self._known:
            second = self._known.second_mark(text)
            marked = tr("{text} has been screened before (second mark {second_mark}).")
            unmarked = tr("{text} has been screened before, without a second mark.")
            yield (marked if second else unmarked).format(text=text, second_mark=second)
        alike = self._known.alike(text)
        if len(alike) > _NAMED:
            yield tr("Looks like {count} other references here, such as {alike}. Check the second mark.").format(
                count=len(alike), alike=alike[0]
            )
        elif alike:
            said = tr_n(
                "Looks like {alike}, which is another reference here. Check the second mark.",
                "Looks like {alike}, which are other references here. Check the second mark.",
                len(alike),
                alike=", ".join(alike),
            )
            yield said

    def show_known(self, known: References) -> None:
        """What is kept here has been read: what was typed in the meantime is compared with it."""
        self._known = known
        self._look_at_reference(self.reference.text())

    def _visit_day(self) -> date | None:
        """The whole day that the visit date says, in figures or as people say it; None where it says none."""
        found = parse(self.visit.text().strip(), self._today)
        return date.fromisoformat(found) if found is not None and len(found) == 10 else None

    def _look_at_day(self, text: str) -> None:
        """Say which day was understood, where it is not written out."""
        day = self._visit_day()
        said = ""
        if day is not None and text.strip() != day.isoformat():
            said = tr("Visit date: {day}").format(day=short_day(day.isoformat(), WINDOW))
        self._day.setText(said)
        self._day.setVisible(bool(said))
        self.visit.setAccessibleDescription(said)

    def _no_day(self) -> str:
        """Why the visit date is not taken."""
        text = self.visit.text().strip()
        two = ambiguous(text)
        if two is None:
            return tr("The visit date is a day, such as 2026-11-23.")
        can_be = tr("“{text}” can be {two} or {two_2}").format(text=text, two=two[0], two_2=two[1])
        return f"{can_be}. {tr('Write the one that is meant.')}"

    def _look_at_age(self, text: str) -> None:
        found = ages(text.strip(), self._visit_day() or date.max.replace(year=2100))
        self._born.setVisible(len(found) == 2)
        offered = tuple(self._which.button_of(option).text() for option in ("0", "1"))
        if len(found) == 2 and offered != tuple(map(str, found)):
            for option, age in zip(("0", "1"), found, strict=True):
                self._which.button_of(option).setText(f"{age}")
                self._which.button_of(option).setAccessibleName(tr("Which age at this visit: {age}").format(age=age))
            self._which.show_chosen(None)

    def _pathway_chosen(self, pathway: Pathway) -> None:
        clear(self._place)
        self._details = PathwayDetails(self._pack, pathway, self._country)
        self._place.addWidget(self._details)
        # What the pathway asks for comes before the buttons, on the way of Tab too.
        self._order_tab(self._details)
        self._kept_back.look_again()

    def _order_tab(self, details: PathwayDetails) -> None:
        for before, after in pairwise((*self._pathways.rows, *details.stops(), self._back, self._begin)):
            QWidget.setTabOrder(before, after)

    def _ages(self) -> tuple[int, ...]:
        """The ages at the visit that what is typed can mean."""
        visit = self._visit_day()
        return ages(self.age.text().strip(), visit) if visit is not None else ()

    def _problems(self) -> list[Problem]:
        """What keeps the screening back, each with where it is mended."""
        problems: list[Problem] = []
        found, details = self._ages(), self._details
        if not self.reference.text().strip():
            problems.append((tr("A reference is needed: a pseudonym such as SYN-0042."), self.reference))
        if self._visit_day() is None:
            problems.append((self._no_day(), self.visit))
        elif self.age.text().strip() and not found:
            said = tr("The age is whole years, or a year of birth with four digits. It may be left empty.")
            problems.append((said, self.age))
        if len(found) == 2 and self._which.chosen is None:
            problems.append((tr("That year of birth can mean two ages: choose one."), self._which))
        if details is None:
            problems.append((tr("Choose what is being considered."), self._pathways))
        elif details.profile is not None and details.profile.chosen is None:
            problems.append((tr("Choose whose label holds."), details.profile))
        return problems

    def _go(self) -> None:
        if self._kept_back.refuse(self._problems):
            return
        self._notice.show_text("")
        visit, found, details = self._visit_day(), self._ages(), self._details
        assert details is not None and visit is not None
        age = found[int(self._which.chosen or 0)] if found else None
        self._begin.setEnabled(False)
        self.begin.emit(
            Beginning(
                reference=self.reference.text().strip(),
                second_mark=self.second.text().strip(),
                age=age,
                pathway=details.pathway.id,
                profiles=details.profiles,
                product=details.product.text().strip(),
                visit_date=visit.isoformat(),
                role=self.role.currentData(),
            )
        )

    def show_problem(self, problem: WorldError) -> None:
        """Say why it could not begin; what was typed stays."""
        self._begin.setEnabled(True)
        self._notice.show_text(problem_words(problem))


def _at_top(part: QWidget) -> QWidget:
    """A part that is as high as it is, however high what stands beside it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    return holder
