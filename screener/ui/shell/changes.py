"""What a local pack changes in the shipped content: added, replaced part by part, switched off."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.changes import Added, Difference, Replaced, SwitchedOff
from screener.language import tr
from screener.ui.style.theme import scaled
from screener.ui.widgets.comparing import Compared, spoken_parts
from screener.ui.widgets.controls import chip, heading, label
from screener.ui.widgets.layout import clear
from screener.ui.widgets.read_card import ReadCard

_PLURALS = {
    "theme": tr("Themes"),
    "question": tr("Questions"),
    "rule": tr("Rules"),
    "pathway": tr("Pathways"),
    "profile": tr("Profiles"),
    "source": tr("Sources"),
    "instrument": tr("Instruments"),
    "medicine class": tr("Classes of medicines"),
    "medicine": tr("Medicines"),
}


class ChangesView(QWidget):
    """A list of cards, each read as one by Tab and by a screen reader. Says in a line where there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_changes(self, found: Difference | None, otherwise: str) -> bool:
        """Show a difference, or say `otherwise`; whether anything was made anew."""
        if (found, otherwise) == self._shown:
            return False
        self._shown = (found, otherwise)
        clear(self._column)
        if found is None or found.nothing:
            self._column.addWidget(label(otherwise, "muted", wrap=True))
            return True
        for title, cards in (
            (tr("Added"), list(_added(found.added))),
            (tr("Replaced"), [_replaced(entry) for entry in found.replaced]),
            (tr("Switched off"), [_off(entry) for entry in found.off]),
        ):
            if cards:
                self._column.addWidget(heading(title))
                for card in cards:
                    self._column.addWidget(card)
                self._column.addSpacing(4)
        return True


def _added(entries: tuple[Added, ...]) -> Iterator[ReadCard]:
    """One card for each kind."""
    for kind in dict.fromkeys(entry.kind for entry in entries):
        alike = [entry for entry in entries if entry.kind == kind]
        words = "; ".join(entry.words for entry in alike)
        card = ReadCard(tr("Added. {plurals}: {words}").format(plurals=_PLURALS[kind], words=words))
        card.body.setSpacing(4)
        card.body.addWidget(label(_PLURALS[kind], "small-strong"))
        for entry in alike:
            said = label(entry.label or entry.id, wrap=True)
            card.body.addWidget(_beside(said, entry.id if entry.label else ""))
        yield card


def _beside(said: QWidget, name: str) -> QWidget:
    """What something is called on screen, and its id beside it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(said, 3)
    if name:
        beside = label(name, "small", wrap=True)
        beside.setContentsMargins(0, scaled(2), 0, 0)  # on the line of the larger text
        row.addWidget(beside, 2, Qt.AlignmentFlag.AlignTop)
    return holder


def _replaced(entry: Replaced) -> ReadCard:
    parts = spoken_parts(entry.parts)
    card = ReadCard(
        tr("Replaced {kind} {id}, {label}: {parts}").format(
            kind=entry.kind, id=entry.id, label=entry.label, parts=parts or tr("no part differs")
        )
    )
    card.body.addWidget(_beside(label(entry.label, "strong", wrap=True), f"{entry.kind} {entry.id}"))
    if not entry.parts:
        card.body.addWidget(label(tr("No part of it differs from the shipped one."), "muted", wrap=True))
    if entry.parts:
        card.body.addWidget(Compared(entry.parts))
    return card


def _off(entry: SwitchedOff) -> ReadCard:
    card = ReadCard(
        tr("Switched off, rule {rule}, {title}: {words}").format(rule=entry.rule, title=entry.title, words=entry.words)
    )
    card.body.setSpacing(4)
    row = QHBoxLayout()
    row.setSpacing(scaled(8))
    row.addWidget(_beside(label(entry.title, "strong", wrap=True), tr("rule {rule}").format(rule=entry.rule)), 1)
    row.addWidget(chip(tr("not evaluated"), kind="dashed"), 0, Qt.AlignmentFlag.AlignTop)
    card.body.addLayout(row)
    card.body.addWidget(label(entry.reason, wrap=True))
    card.body.addWidget(label(f"{entry.by}, {entry.on}", "muted", wrap=True))
    return card
