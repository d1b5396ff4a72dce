"""Who was here before for a dose, with nothing begun today: the way to begin with what is known of the last visit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.forms.words import short_day
from screener.language import WINDOW, tr
from screener.records.browse import LastVisit
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import LinkButton, label
from screener.ui.widgets.layout import Card, FlowLayout, hairline
from screener.ui.widgets.walked_links import WalkedLinks

TITLE = tr("Here before, nothing begun today")
_SIDE_PX = 18


class HereBefore(Card):
    """One line a reference. Up and down go from one to the next, Enter begins; nothing of the last visit is shown."""

    wanted = Signal(object)
    """The `LastVisit` of the reference that is here again."""
    beyond = Signal()
    """Up from the first: to what stands above."""

    def __init__(self, visits: Sequence[LastVisit]) -> None:
        super().__init__(padding_px=0)
        self.setAccessibleName(TITLE)
        self.body.setContentsMargins(0, 4, 0, 4)
        self.body.setSpacing(0)
        self.links: list[LinkButton] = []
        """In the order of the references."""
        self._walked = WalkedLinks(self)
        self._walked.above.connect(self.beyond)
        for visit in sorted(visits, key=lambda visit: visit.reference):
            if self.links:
                self.body.addWidget(hairline())
            self.body.addWidget(self._line(visit))

    def _line(self, visit: LastVisit) -> QWidget:
        line, last = QWidget(), tr("last visit {short_day}").format(short_day=short_day(visit.visit_date, WINDOW))
        flow = FlowLayout(line, gap_px=14)
        flow.setContentsMargins(scaled(_SIDE_PX), scaled(5), scaled(_SIDE_PX), scaled(5))
        link = LinkButton(visit.reference, tr("{reference}: new screening of today").format(reference=visit.reference))
        link.setAccessibleDescription("; ".join(part for part in (visit.second_mark, last) if part))
        link.clicked.connect(partial(self.wanted.emit, visit))
        self._walked.add(link)
        self.links.append(link)
        flow.addWidget(link)
        for part in (visit.second_mark, last):
            if part:
                flow.addWidget(label(part, "muted"))
        return line

    def focus_first(self) -> None:
        self._walked.focus_first()
