"""The rehearsals that were kept: to go on with, to look back on, or to remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.text import moment, problem_words
from screener.training.beginning import seconds_of
from screener.training.files import Kept
from screener.training.kept import Rehearsal
from screener.training.scenario import Scenario
from screener.ui.widgets.controls import ActionButton, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, clear
from screener.ui.widgets.visible import reveal

Way = tuple[str, Callable[[Kept], object]]
FEW = 3
"""So many are shown at first."""


class KeptList(QWidget):
    """Hidden while there is none. The one that was touched last stands first."""

    go_on = Signal(object)
    debrief = Signal(object)
    make = Signal(object)
    """A scenario is to be made of it."""
    remove = Signal(object)
    """A `Kept` each."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 8)
        self._column.setSpacing(8)
        self._all = self._titled = False
        self.hide()

    def show_kept(self, kept: Sequence[Kept], there: Mapping[str, Scenario], *, titled: bool = False) -> None:
        """`there`: the scenarios of the folders, by id. `titled`: with their titles also where no key was seen yet."""
        self._titled = titled
        clear(self._column)
        reveal(self, bool(kept))
        if not kept:
            return
        self._column.addWidget(heading(tr("Kept rehearsals")))
        for one in kept if self._all else kept[:FEW]:
            self._column.addWidget(self._row(one, there))
        if len(kept) > FEW and not self._all:
            more = ActionButton(tr("Show all {count}").format(count=len(kept)))
            more.setAccessibleName(tr("Show all {count} kept rehearsals").format(count=len(kept)))
            more.clicked.connect(partial(self._show_all, kept, there))
            self._column.addWidget(more)

    def _show_all(self, kept: Sequence[Kept], there: Mapping[str, Scenario]) -> None:
        self._all = True
        self.show_kept(kept, there, titled=self._titled)

    def _name(self, rehearsal: Rehearsal, there: Mapping[str, Scenario]) -> str:
        """The title once the key was seen: before that it could give away what is to be found."""
        scenario = there.get(rehearsal.scenario)
        if scenario is None:
            return rehearsal.scenario
        return scenario.title if self._titled or rehearsal.key_was_seen else f"“{scenario.opening_line}”"

    def _row(self, kept: Kept, there: Mapping[str, Scenario]) -> QWidget:
        rehearsal = kept.rehearsal
        card = Card(padding_px=12)
        holder, deeds = QWidget(), QWidget()
        flow = FlowLayout(holder, gap_px=10, last_at_end=True)
        title = kept.file.name if rehearsal is None else self._name(rehearsal, there)
        flow.addWidget(label(title, "strong", wrap=True))
        flow.addWidget(label(self._words(kept, there), "muted", wrap=True))
        row = FlowLayout(deeds, gap_px=8)
        named = title if rehearsal is None else f"{title}, {moment(rehearsal.begun_at)}"
        for text, deed in self._ways(rehearsal, there):
            button = ActionButton(text)
            button.setAccessibleName(f"{text}: {named}")
            button.clicked.connect(partial(deed, kept))
            row.addWidget(button)
        flow.addWidget(deeds)
        card.body.addWidget(holder)
        return card

    def _ways(self, rehearsal: Rehearsal | None, there: Mapping[str, Scenario]) -> list[Way]:
        ways: list[Way] = []
        if rehearsal is not None and rehearsal.scenario in there:
            if rehearsal.signed_at is None and rehearsal.mode == "practise":
                ways.append((tr("Go on"), self.go_on.emit))
            ways.append((tr("Debrief"), self.debrief.emit))
        if rehearsal is not None:
            ways.append((tr("Make a scenario"), self.make.emit))
        return [*ways, (tr("Remove"), self.remove.emit)]

    @staticmethod
    def _words(kept: Kept, there: Mapping[str, Scenario]) -> str:
        if kept.rehearsal is None:
            return problem_words(kept.problem) if kept.problem is not None else ""
        rehearsal = kept.rehearsal
        minutes = int(seconds_of(rehearsal) // 60)
        parts = [
            tr("played") if rehearsal.mode == "play" else tr("practised"),
            tr("begun {begun}").format(begun=moment(rehearsal.begun_at)),
            tr_n("{n} minute", "{n} minutes", minutes),
            tr("signed in the rehearsal") if rehearsal.signed_at is not None else tr("not signed"),
        ]
        if rehearsal.cut_min is not None:
            parts.insert(1, tr("cut to {cut} min").format(cut=rehearsal.cut_min))
        if rehearsal.scenario not in there:
            parts.append(tr("its scenario is not in the folders any more"))
        return " · ".join(parts)
