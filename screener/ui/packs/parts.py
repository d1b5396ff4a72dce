"""What the pages of the browser are made of: cards that can be read by keyboard, facts, tables of links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from screener.forms.details import LocalChange
from screener.language import tr
from screener.ui.packs.links import ACROSS_PX, TextLink
from screener.ui.style.theme import scaled
from screener.ui.widgets.comparing import Compared, spoken_parts
from screener.ui.widgets.controls import WrapLabel, heading, label
from screener.ui.widgets.layout import Card, hairline
from screener.ui.widgets.read_card import ReadCard

Go = Callable[[str, str], None]
"""Leads to an entry: its kind (rule, question, source) and its id."""


def column(*parts: QWidget, gap_px: int = 12) -> QWidget:
    """Parts one below the other, as high as they need."""
    holder = QWidget()
    made = QVBoxLayout(holder)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap_px)
    for part in parts:
        made.addWidget(part)
    made.addStretch(1)
    return holder


def facts_grid(facts: Iterable[tuple[str, str]]) -> QWidget:
    """Names at the left, what they are at the right."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(5)
    for place, (name, text) in enumerate(facts):
        caption = label(name, "muted", wrap=True)
        caption.setMinimumWidth(min(scaled(96), caption.sizeHint().width()))
        grid.addWidget(caption, place, 0, Qt.AlignmentFlag.AlignTop)
        said = label(text, wrap=True)
        said.setAccessibleName(f"{name}: {text}")
        grid.addWidget(said, place, 1)
    grid.setColumnStretch(1, 1)
    return holder


def bare_card(name: str) -> ReadCard:
    """A part of a card that can be read by keyboard; it takes no room of its own."""
    made = ReadCard(name, "bare", padding_px=2)
    made.body.setContentsMargins(0, 0, 0, 0)
    return made


def spoken_facts(facts: Iterable[tuple[str, str]]) -> str:
    return ". ".join(f"{name}: {text.rstrip('.')}" for name, text in facts)


ENTRY_WORDS = {
    "rule": tr("rule"),
    "question": tr("question"),
    "source": tr("source"),
    "finding": tr("finding"),
    "table": tr("table"),
}
"""What one entry of each list is called."""


def link_to(kind: str, name: str, title: str, go: Go) -> TextLink:
    """A link that leads to an entry."""
    made = TextLink(
        title,
        tr("Open the {entry_words} {name}: {title}").format(entry_words=ENTRY_WORDS[kind], name=name, title=title),
    )
    made.clicked.connect(partial(go, kind, name))
    return made


def _beside_links(said: QWidget) -> QWidget:
    """Text on the line of a link beside it, which keeps room for its ring."""
    if isinstance(said, WrapLabel):
        said.setContentsMargins(0, scaled(2), 0, 0)
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
    return said


def change_card(change: LocalChange) -> ReadCard:
    """What the open pack does to a shipped entry, part by part."""
    said = [tr("What this pack changes. {said}").format(said=change.said), spoken_parts(change.parts), change.rest]
    card = ReadCard(". ".join(part.rstrip(".") for part in said if part), padding_px=16)
    card.body.addWidget(heading(tr("What this pack changes")))
    card.body.addWidget(label(change.said, wrap=True))
    if change.parts:
        card.body.addWidget(Compared(change.parts))
    if change.rest:
        card.body.addWidget(label(change.rest, "muted", wrap=True))
    return card


def _holds_link(cell: object) -> bool:
    return isinstance(cell, TextLink) or (isinstance(cell, QWidget) and cell.findChild(TextLink) is not None)


class Table(Card):
    """Rows of cells below heads; where it is narrow the cells of a row stand one below the other."""

    def __init__(
        self, title: str, heads: Sequence[str], rows: Sequence[Sequence[QWidget]], shares: Sequence[int]
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.body.addWidget(heading(title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(7)
        linked = [bool(rows) and _holds_link(cell) for cell in (rows[0] if rows else heads)]
        for place, head in enumerate(heads):
            said = label(head, "small", wrap=True)
            said.setContentsMargins(scaled(ACROSS_PX) if linked[place] else 0, 0, 0, 0)
            grid.addWidget(said, 0, place)
            grid.setColumnStretch(place, shares[place])
        for number, cells in enumerate(rows):
            grid.addWidget(hairline(), 2 * number + 1, 0, 1, len(heads))
            for place, cell in enumerate(cells):
                if any(linked):
                    _beside_links(cell)
                grid.addWidget(cell, 2 * number + 2, place)
        self.body.addLayout(grid)
