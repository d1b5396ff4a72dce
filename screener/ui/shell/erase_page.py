"""Erasing what is kept under a reference: how much it is, the reference typed again, and what still holds it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.text import WorldError, moment
from screener.ui.content import folder_words
from screener.ui.shell.form_page import FormPage, text_line
from screener.ui.shell.half_written import STANDS_AS_LEFT, Filling
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.messages import Notice
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce
from screener.ui.widgets.visible import reveal

_LEAD = tr(
    "For a person who asks that what is kept about them is erased. Answers, notes, "
    "jots, signed records and amendments go and do not come back."
)
_STAYS = tr(
    "Hashes and signatures stay, so that everything else can still be shown to be "
    "whole. The audit log keeps that something was erased, when and by whom, and "
    "nothing about the person."
)
_LAW = tr("How long a record has to be kept is a matter of law where the clinic is; the program does not know it.")
_OUTSIDE = tr(
    "Backups in folders that were chosen before may hold it until somebody removes "
    "them there. Printed reports, files that were written out of these records, "
    "and copies of backups in other places are not known to the program."
)


_REPLACED = tr(
    "Records that a restored backup replaced were moved and not removed, and may still hold it: {places}. "
    "Whoever looks after this computer removes the folder."
)


class ErasePage(FormPage):
    """Asks for a reference, says how much is kept under it, and asks for it again.

    What is left here waits as far as the first line: what is kept is looked at anew, and the reference typed again.
    """

    look = Signal(str)
    erase = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Erase what is kept under a reference"), _LEAD)
        self.body.addWidget(label(_STAYS, "muted", wrap=True))
        self._looked_at = ""
        self.reference = text_line()
        self.reference.textEdited.connect(self._another)
        self.reference.returnPressed.connect(self._look)
        self.add(
            tr("Reference"), self.reference, tr("As it was written when the screening began: capital letters count.")
        )
        self._find = ActionButton(tr("Look what is kept"), "Enter")
        self._find.clicked.connect(self._look)
        self.body.addWidget(self._find, 0, Qt.AlignmentFlag.AlignLeft)
        self._kept = ReadCard("")
        self._kept_said = label("", "strong", wrap=True)
        self._kept.body.addWidget(self._kept_said)
        self._kept.body.addWidget(label(_LAW, "muted", wrap=True))
        self.body.addWidget(self._kept)
        self.again = text_line()
        self.again.returnPressed.connect(self._go)
        self._again = QWidget()
        group = QVBoxLayout(self._again)
        group.setContentsMargins(0, 0, 0, 0)
        group.setSpacing(4)
        caption = label(tr("Reference, typed again"), "strong")
        caption.setBuddy(self.again)
        self.again.setAccessibleName(tr("Reference, typed again"))
        self.again.setAccessibleDescription(tr("As it stands above."))
        group.addWidget(caption)
        group.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._again)
        self._button = ActionButton(tr("Erase"), "", "primary")
        self._button.clicked.connect(self._go)
        self._back = ActionButton(tr("Back"), "Esc")
        self._back.setShortcut("Esc")
        self._back.clicked.connect(self.back)
        self.finish(self._button, self._back)
        self._ask_again(False)
        self.filling = Filling("erase", self.title.text())

    @property
    def written(self) -> str | None:
        """The reference, as far as it is written."""
        return self.reference.text().strip() or None

    def take_up(self, written: str) -> None:
        """Have the reference that was left stand here again, and say so."""
        self.reference.setText(written)
        self.left.show_text(STANDS_AS_LEFT)

    def _ask_again(self, asked: bool) -> None:
        for part in (self._kept, self._again, self._button):
            reveal(part, asked)

    def _another(self) -> None:
        """Another reference than the one that was looked at."""
        self._looked_at = ""
        self.again.clear()
        self.say("")
        self._ask_again(False)

    def _look(self) -> None:
        reference = self.reference.text().strip()
        if not reference:
            self.say(tr("Write the reference."))
            self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._find.isEnabled():
            self._find.setEnabled(False)
            self.say("")
            self.look.emit(reference)

    def show_kept(self, reference: str, unfinished: int, signed: int) -> None:
        """Say how much is kept under the reference that was looked at."""
        self._find.setEnabled(True)
        if reference != self.reference.text().strip():
            return
        if not unfinished and not signed:
            self._ask_again(False)
            self.say(
                tr("Nothing is kept under {reference}. Capital letters, blanks and hyphens count.").format(
                    reference=reference
                )
            )
            announce(self, self.notice.text)
            self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._looked_at = reference
        said = tr("Kept under {reference}: {counted}.").format(reference=reference, counted=counted(unfinished, signed))
        self._kept_said.setText(said)
        self._kept.setAccessibleName(f"{said} {_LAW}")
        self._ask_again(True)
        announce(self, said)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self) -> None:
        if not self._looked_at or not self._button.isEnabled():
            return
        if self.again.text().strip() != self._looked_at:
            self.say(tr("This is not the reference above. Nothing was erased."))
            self.again.selectAll()
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._let(False)
        self.say(tr("Erasing…"))
        self.erase.emit(self._looked_at)

    def show_problem(self, problem: WorldError) -> None:
        """Say why it is still there."""
        self._find.setEnabled(True)
        self._let(True)
        super().show_problem(problem)
        announce(self, problem.said)

    def _let(self, possible: bool) -> None:
        """Neither leaving nor erasing twice while it is being erased."""
        self._button.setEnabled(possible)
        self._back.setEnabled(possible)


class ErasedPage(FormPage):
    """What was erased, and honestly what still holds it: backups of before, with the way to be rid of them."""

    fresh = Signal()
    """Make a backup now, and remove the older ones."""
    closed = Signal()

    def __init__(self, erased: str, folder: Path, backups: Sequence[str], replaced: Sequence[Path] = ()) -> None:
        """`erased`: what it was, in words. `backups`: when those that hold it were made, latest first.

        `replaced`: folders with records that a restored backup was put in the place of.
        """
        super().__init__(tr("Erased"))
        self.body.addWidget(
            label(
                tr("{erased}: the words are gone, hashes and signatures stay.").format(erased=erased),
                "strong",
                wrap=True,
            )
        )
        self._held = label(_backups_words(folder, backups), wrap=True)
        self.body.addWidget(self._held)
        if replaced:
            places = ", ".join(str(place) for place in replaced)
            self.body.addWidget(label(_REPLACED.format(places=places), wrap=True))
        self.body.addWidget(label(_OUTSIDE, "muted", wrap=True))
        self.done = Notice("")
        self.body.addWidget(self.done)
        self._fresh = ActionButton(tr("Make a fresh backup and remove the older ones"), "", "primary")
        self._fresh.clicked.connect(self._go)
        self._close = ActionButton(tr("Done"), "Esc")
        self._close.setShortcut("Esc")
        self._close.clicked.connect(self.closed)
        reveal(self._fresh, bool(backups))
        self._first = self._fresh if backups else self._close
        self.finish(self._fresh, self._close)

    def _go(self) -> None:
        self._let(False)
        self.say("")
        self.done.show_text(tr("Making a backup…"))
        self.fresh.emit()

    def show_progress(self, done: int, of: int) -> None:
        """How far the backup is, in bytes."""
        if of:
            self.done.show_text(tr("Making the backup: {done} %.").format(done=done * 100 // of))

    def show_fresh(self, made: Path, removed: int) -> None:
        """Say which backup there is now, and how many are gone."""
        gone = tr_n("1 older backup was removed.", "{n} older backups were removed.", removed)
        said = tr("A fresh backup was made and tried: {made}. {gone}").format(made=made, gone=gone)
        self._held.setText(tr("No backup in the folder of backups holds it any more."))
        self.done.show_text(said)
        announce(self, said)
        self._let(True)
        reveal(self._fresh, False)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: WorldError) -> None:
        """Say why the older backups are still there."""
        self._let(True)
        self.done.show_text("")
        super().show_problem(problem)
        announce(self, problem.said)

    def _let(self, possible: bool) -> None:
        self._fresh.setEnabled(possible)
        self._close.setEnabled(possible)


def counted(unfinished: int, signed: int) -> str:
    """How much it is, in words; what there is none of is not mentioned."""
    begun = tr_n("1 unfinished screening", "{n} unfinished screenings", unfinished) if unfinished else ""
    kept = tr_n("1 signed record", "{n} signed records", signed) if signed else ""
    return tr("{begun} and {kept}").format(begun=begun, kept=kept) if begun and kept else begun or kept


def _backups_words(folder: Path, backups: Sequence[str]) -> str:
    if not backups:
        return tr("There is no backup of these records in {folder}.").format(folder=folder_words(folder))
    moments = [moment(made) for made in backups]
    if len(backups) == 1:
        return tr("A backup in {folder} still holds it until it is removed; it was made {moments}.").format(
            folder=folder_words(folder), moments=moments[0]
        )
    return tr(
        "{count} backups in {folder} still hold it until they are removed; the oldest "
        "was made {moments}, the latest {moments_2}."
    ).format(count=len(backups), folder=folder_words(folder), moments=moments[-1], moments_2=moments[0])
