"""A finding of the content: where, what, what to do about it, and the answers that show it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from screener.forms.findings import Finding
from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import heading, label
from screener.ui.widgets.read_card import ReadCard


def finding_card(finding: Finding) -> ReadCard:
    """Where, what, and what to do about it. A remark says that it is one."""
    place = (
        str(finding.place)
        if finding.stops
        else tr("{place} · a remark, which stops nothing").format(place=finding.place)
    )
    said = [place, finding.message, finding.suggestion, *finding.witness]
    card = ReadCard(": ".join(part for part in said if part), "notice" if finding.stops else "card", padding_px=16)
    card.body.setSpacing(3)
    card.body.addWidget(label(place, "small-strong", wrap=True))
    card.body.addWidget(label(finding.message, wrap=True))
    if finding.suggestion:
        card.body.addWidget(label(finding.suggestion, "muted", wrap=True))
    for line in witness_lines(finding):
        card.body.addWidget(line)
    return card


def witness_lines(finding: Finding) -> Iterator[QWidget]:
    """The answers that show a finding, one a line, below a head."""
    if finding.witness:
        head = heading(tr("Answers that show it"))
        head.setContentsMargins(0, scaled(5), 0, 0)
        yield head
    for line in finding.witness:
        yield label(line, wrap=True)
