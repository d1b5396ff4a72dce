"""Discarding a screening that was begun by mistake: what is lost, why, and the reference typed again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from screener.language import tr, tr_n
from screener.text import WorldError, moment
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.shell.half_written import STANDS_AS_LEFT, Filling
from screener.ui.shell.screening_table import Line
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.error_summary import Problem
from screener.ui.widgets.layout import Card

_LEAD = tr(
    "For a screening that was begun by mistake. Its reference, answers, notes and "
    "jots are erased and do not come back. A line of the audit log stays: when it "
    "was discarded and by whom. The reason stays too."
)
_SIGNED_LEAD = tr(
    "{what} A signed record does not change and is not erased, and what comes after it in the same screening names it. "
    "This screening can be ended by signing it as incomplete."
)
DISCARDED = tr("Discarded: the screening that was begun {begun}. Its words are erased; when, by whom and why is kept.")


class PartIsSigned(WorldError):  # noqa: N818 - named after what the person at the desk is told
    """A part of the screening is a record: it is not discarded."""

    def __init__(self) -> None:
        super().__init__(tr("A part of this screening was signed in the meantime, so it is not discarded."))


class DiscardPage(FormPage):
    """Says what is lost and asks for the reason. Where a part was signed the screening stays, and the page says why.

    A reason that is left here waits; the reference is typed again by whoever discards, each time.
    """

    discard = Signal(str)
    """The reason."""
    back = Signal()

    def __init__(self, line: Line) -> None:
        kept = bool(line.signed_parts)
        title = tr("This screening stays") if kept else tr("Discard an unfinished screening")
        super().__init__(title, _SIGNED_LEAD.format(what=_signed_parts(line)) if kept else _LEAD)
        self._reference = line.reference
        self.filling = Filling(f"discard:{line.id}", title, line.reference)
        self.reason: QLineEdit | None = None
        self.body.addWidget(_facts(line))
        back = ActionButton(tr("Back"), "Esc")
        back.setShortcut("Esc")
        back.clicked.connect(self.back)
        if kept:
            self._first = back
            self.finish(back)
            return
        self.reason = text_line(480)
        self.reason.returnPressed.connect(self._to_again)
        self.add(tr("Reason"), self.reason, tr("Stays when all else is erased: written without names of persons."))
        self.again = text_line()
        self.again.returnPressed.connect(self._go)
        self.add(tr("Reference, typed again"), self.again, tr("As it stands above."))
        self._button = ActionButton(tr("Discard this screening"), "", "primary")
        self._button.clicked.connect(self._go)
        self.finish(self._button, back)

    @property
    def written(self) -> str | None:
        """The reason, as far as it is written."""
        return self._reason or None

    @property
    def _reason(self) -> str:
        return "" if self.reason is None else self.reason.text().strip()

    def take_up(self, written: str) -> None:
        """Have the reason that was left stand here again, and say so; not where nothing is discarded any more."""
        if self.reason is not None:
            self.reason.setText(written)
            self.left.show_text(STANDS_AS_LEFT)

    def _to_again(self) -> None:
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if not self.refuse(self._problems) and self._button.isEnabled():
            self._button.setEnabled(False)
            self.discard.emit(self._reason)

    def _problems(self) -> list[Problem]:
        found: list[Problem] = []
        if not self._reason:
            found.append((tr("Write why it is discarded."), self.reason or self.again))
        if self.again.text().strip() != self._reference:
            found.append((tr("This is not the reference of the screening above. Nothing was discarded."), self.again))
        return found

    def show_problem(self, problem: WorldError) -> None:
        """Say why it is still there."""
        self._button.setEnabled(True)
        super().show_problem(problem)


def _signed_parts(line: Line) -> str:
    """When parts were signed, oldest first."""
    moments = ", ".join(moment(at) for at in line.signed_parts)
    if len(line.signed_parts) == 1:
        return tr("A part of it was signed {moments}.").format(moments=moments)
    return tr("Parts were signed {moments}.").format(moments=moments)


def _facts(line: Line) -> Card:
    """Which screening it is and what is in it."""
    answered, shown = int(line.digest.get("answered", 0)), int(line.digest.get("shown", 0))
    pairs = (
        (tr("Reference"), line.reference),
        (tr("Second mark"), line.second_mark or tr("none")),
        (tr("Pathway"), str(line.digest.get("pathway", ""))),
        (tr("Begun"), tr("{started} by {clinician}").format(started=line.started, clinician=line.clinician)),
        (tr("Answered"), f"{answered}/{shown}" if shown else ""),
        (tr("On disk"), tr_n("1 step", "{n} steps", line.steps)),
    )
    card = Card()
    card.setAccessibleName(tr("This screening"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    for place, (name, text) in enumerate(pair for pair in pairs if pair[1]):
        grid.addWidget(label(name, "muted", wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(text, "strong" if place == 0 else "", wrap=True), place, 1)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    return card
