"""What was added to a signed record, above its pages: who, when, why, what; oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from screener.language import tr
from screener.records.amendment import printed
from screener.records.browse import SignedRecord
from screener.text import moment
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.layout import Card, hairline


class AmendmentsCard(Card):
    """The amendments of one record. They stand in the printed report too, after the signature."""

    def __init__(self, amendments: Sequence[SignedRecord]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Amendments"))
        self.body.addWidget(heading(tr("Amendments")))
        self.body.addWidget(label(tr("Added after signing; the record below is as it was signed."), "muted", wrap=True))
        for amendment in map(printed, amendments):
            self.body.addWidget(hairline())
            at = moment(amendment["signed_at"])
            who = f"{amendment['signer']}, {amendment['by']['role']} · {at}"
            self.body.addWidget(label(who, "strong", wrap=True))
            self.body.addWidget(label(tr("Reason: {reason}").format(reason=amendment["reason"]), "muted", wrap=True))
            self.body.addWidget(label(amendment["text"], wrap=True))
