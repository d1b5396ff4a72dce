"""The report on screen, page by page as it prints, and saving and printing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.records.amendment import counted, printed
from screener.records.browse import SignedRecord
from screener.records.document import Document
from screener.text import WorldError, moment, problem_words
from screener.ui.actions import BY_ID, bind
from screener.ui.chart_text import copy_document
from screener.ui.paper.choice import paper_of_clinic
from screener.ui.paper.preview import PreviewPage, ToPrint
from screener.ui.screening.review.amendments import AmendmentsCard
from screener.ui.style.theme import scaled
from screener.ui.taking_out import TakingOut, nothing_to_write
from screener.ui.widgets.controls import ActionButton

if TYPE_CHECKING:
    from screener.exchange.pdf import Paper
    from screener.forms.model import Pack

Content = Callable[[], tuple[Mapping[str, Any], SignedRecord | None]]
PaperOf = Callable[[Mapping[str, Any]], "Paper"]
"""On which paper the report of this content is shown first."""
_CARD_PX = 820


class ReportPage(PreviewPage):
    """Preview of the report; what leaves the vault of a signed record has its line in the audit log first."""

    _amendments: Sequence[SignedRecord] = ()

    def __init__(self, content: Content, paper_of: PaperOf, take_out: TakingOut | None = None) -> None:
        """`take_out`: how something of a signed record leaves the vault; None where this account may not have that."""
        self._content, self._paper_of, self._take_out = content, paper_of, take_out
        super().__init__(tr("Report"))

    def open(self) -> None:
        """Set the report anew."""
        content, record = self._content()
        self._title.setText(
            tr("Report preview, not signed")
            if record is None
            else tr("Signed {signed_at} by {signer}").format(
                signed_at=moment(record.signature.signed_at), signer=record.signature.signer
            )
        )
        self._close.setText(tr("Back") if record is None else tr("Done"))
        self._offer(record is None or self._take_out is not None)
        name = f"{content['opening']['reference']} {content['visit']['visit_date']}.pdf".replace("/", "-")
        made_at = datetime.fromisoformat(content["made_at"])
        document = document_of(content, record, self._amendments)
        self.show_document(ToPrint(document, made_at, name), self._paper_of(content))
        self._path.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_it(self) -> None:
        if self._content()[1] is None or self._take_out is not None:
            super().print_it()

    def _take(
        self,
        kind: str,
        write: Callable[[], object],
        done: Callable[[], object],
        failed: Callable[[WorldError], None],
    ) -> None:
        record = self._content()[1]
        if record is not None and self._take_out is not None:
            self._take_out.take(record, kind, write, done, failed)
        else:
            super()._take(kind, write, done, failed)


def first_paper(pack: Pack, country: str, content: Mapping[str, Any]) -> Paper:
    """Letter where a profile of the record is of the United States or of one of its states, else the clinic's paper.

    A record names its profiles by their ids alone; of which country they are stands in the pack.
    """
    named = {profile["id"] for profile in content["profiles"]}
    american = any(profile.id in named and profile.country.startswith("US") for profile in pack.profiles)
    return "us-letter" if american else paper_of_clinic(country)


def document_of(
    content: Mapping[str, Any], record: SignedRecord | None, amendments: Sequence[SignedRecord] = ()
) -> Document:
    """The report of a screening, or of the record that was signed, with what was added to it."""
    from screener.exchange.report import report

    signature = None
    if record is not None:
        signed = record.signature
        signature = {"signer": signed.signer, "signed_at": signed.signed_at, "fingerprint": signed.fingerprint}
    return report(content, signature, [printed(amendment) for amendment in amendments])


class RecordPage(ReportPage):
    """A signed record, read-only, as its report; what was added to it stands above its pages and in print after it."""

    amend = Signal()
    export = Signal()
    history = Signal()
    """The records of its reference are asked for."""

    def __init__(
        self,
        record: SignedRecord,
        amendments: Sequence[SignedRecord],
        paper_of: PaperOf,
        take_out: TakingOut | None = None,
    ) -> None:
        import json

        super().__init__(lambda: (json.loads(record.content), record), paper_of, take_out)
        self._amendments, self._record = amendments, record
        self.setAccessibleName(tr("Signed record"))
        if take_out is not None:
            bind(self, "chart_text", partial(self._copy_text, take_out))
            bind(self, "export", self.export.emit)
        bind(self, "history", self.history.emit)
        bind(self, "print", self.print_it)
        self.open()
        self._title.setText(", ".join(part for part in (self._title.text(), counted(len(amendments))) if part))
        self._close.setShortcut("Esc")  # only now: a new text takes a button's key away

    def _further_deeds(self) -> Sequence[ActionButton]:
        deeds = [(tr("Amend…"), self.amend)]
        if self._take_out is not None:
            deeds.append((tr("Export…"), self.export))
        buttons = []
        for text, signal in deeds:
            button = ActionButton(text)
            button.clicked.connect(signal)
            buttons.append(button)
        others = ActionButton(tr("All records"), BY_ID["history"].key_hint)
        others.setAccessibleName(tr("All records of this reference"))
        others.clicked.connect(self.history)
        return (*buttons, others)

    def _above(self) -> QWidget | None:
        if not self._amendments:
            return None
        card = AmendmentsCard(self._amendments)
        card.setMaximumWidth(scaled(_CARD_PX))
        return card

    def _say(self, text: str) -> None:
        super()._say(text)
        above = self._above()
        if above is not None:
            self._view.add_widget(above)

    def _copy_text(self, take_out: TakingOut) -> None:
        take_out.take(self._record, "chart text", nothing_to_write, self._copy, self._not_copied)

    def _copy(self) -> None:
        copy_document(document_of(*self._content(), self._amendments))
        self._tell(tr("Copied as chart text: paste it into the other system's note."))

    def _not_copied(self, problem: WorldError) -> None:
        self._tell(tr("Not copied. {problem}").format(problem=problem_words(problem)))
