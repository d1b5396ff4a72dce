"""What the logic checks came to for one rule: findings, what is meant so, and which rules always come along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.forms.analysis.checks import Checked
from screener.forms.findings import Finding
from screener.forms.model import Pack
from screener.language import tr, tr_n
from screener.ui.packs.links import ACROSS_PX
from screener.ui.packs.parts import bare_card, column, link_to
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import WrapLabel, heading, label
from screener.ui.widgets.finding_card import witness_lines
from screener.ui.widgets.layout import Card, clear, hairline

ON_THEIR_WAY = tr("The logic checks begin once the files are read.")


@dataclass(frozen=True, slots=True)
class Logic:
    """How far the logic checks have come, and what they came to so far."""

    checked: Mapping[str, Checked] = field(default_factory=dict)
    of: int = 0
    """How many rules there are to check; 0 while they do not run."""
    why: str = ON_THEIR_WAY
    """Why they do not run, while they do not."""

    @property
    def running(self) -> bool:
        return len(self.checked) < self.of

    @property
    def brief(self) -> str:
        """The same in a few words; nothing while they do not run."""
        if not self.of:
            return ""
        if self.running:
            return tr("logic checks {done} of {of}").format(done=len(self.checked), of=self.of)
        return tr_n("logic checks: 1 finding", "logic checks: {n} findings", len(self.findings))

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for checked in self.checked.values() for finding in checked.findings)

    @property
    def justified(self) -> int:
        return sum(len(checked.justified) for checked in self.checked.values())


class LogicCard(Card):
    """Fills itself when its rule's turn has come; until then it says how far the checks are."""

    go = Signal(str, str)

    def __init__(self, pack: Pack, rule: str, logic: Logic) -> None:
        super().__init__()
        self._pack, self._rule = pack, rule
        self._shown: Checked | None = None
        self.setAccessibleName(tr("Logic checks"))
        self.body.addWidget(heading(tr("Logic checks")))
        self._waiting = label("", "muted", wrap=True)
        self.body.addWidget(self._waiting)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.body.addWidget(self._inside)
        self.show_logic(logic)

    def show_logic(self, logic: Logic) -> bool:
        """The checks have come further; whether that was the turn of this rule."""
        checked = logic.checked.get(self._rule)
        self._waiting.setVisible(checked is None)
        if checked is None:
            self._waiting.setText(_waiting_words(logic))
        if checked == self._shown:
            return False
        self._shown = checked
        clear(self._column)
        if checked is not None:
            self._fill(checked)
        return True

    def _fill(self, checked: Checked) -> None:
        parts = [_finding(one) for one in checked.findings]
        parts += [_finding(one.finding, one.reason) for one in checked.justified]
        if not parts:
            said = tr(
                "Nothing found. Searched: whether answers can list it and take it off the list, its parts and levels, "
                "more adverse answers, answers that cannot matter, rules of the same source."
            )
            parts.append(label(said, "muted", wrap=True))
        for place, part in enumerate(parts):
            if place:
                self._column.addWidget(hairline())
            self._column.addWidget(part)
        along = [name for name in checked.always_with if name in self._pack.rules]
        if along:
            self._column.addWidget(heading(tr("Listed wherever this rule is")))
        for name in along:
            source = WrapLabel(self._source_of(name), "small")
            source.setContentsMargins(scaled(ACROSS_PX), 0, 0, 0)
            link = link_to("rule", name, self._pack.rules[name].title, self.go.emit)
            self._column.addWidget(column(link, source, gap_px=0))

    def _source_of(self, name: str) -> str:
        ref = self._pack.rules[name].source.ref
        return self._pack.sources[ref].title if ref in self._pack.sources else ref


def _waiting_words(logic: Logic) -> str:
    if not logic.of:
        return logic.why
    return tr("The checks are under way: {done} of {of} rules so far.").format(done=len(logic.checked), of=logic.of)


def _finding(finding: Finding, reason: str = "") -> QWidget:
    """One finding, to be read by keyboard."""
    meant = tr("Meant so: {reason}").format(reason=reason) if reason else ""
    said = [finding.message, finding.suggestion if not reason else "", *finding.witness, meant]
    card = bare_card(". ".join(part.rstrip(".") for part in said if part))
    card.body.setSpacing(3)
    card.body.addWidget(label(_sentence(finding.message), wrap=True))
    if reason:
        card.body.addWidget(label(meant, "muted", wrap=True))
    elif finding.suggestion:
        card.body.addWidget(label(_sentence(finding.suggestion), "muted", wrap=True))
    for line in witness_lines(finding):
        card.body.addWidget(line)
    return card


def _sentence(text: str) -> str:
    """Words of a finding as they stand among sentences. A name that comes first is left as it is written."""
    first = text.split(" ", 1)[0]
    begun = text if "." in first else text[:1].upper() + text[1:]
    return f"{begun.rstrip('.')}."
