"""One made-up patient in the gallery, and one that cannot be used as its file is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from screener.language import tr
from screener.training.library import Entry
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, label
from screener.ui.widgets.layout import Card, FlowLayout
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce

LEVEL_WORDS = {"easy": tr("Easy"), "middle": tr("Middle"), "hard": tr("Hard")}
MOST_FINDINGS = 6


def tile(entry: Entry, pathway: str, wanted: Callable[[str], object], *, titled: bool = False) -> QWidget:
    """First words, pathway and level; the content warning for whoever asks for it; and the three things to do.

    `titled`: with the title too, which can say what is to be found.
    """
    scenario = entry.scenario
    assert scenario is not None
    card = Card(padding_px=16)
    card.setAccessibleName(tr("“{words}”, made-up patient").format(words=scenario.opening_line))
    card.body.addWidget(label(f"“{scenario.opening_line}”", "large", wrap=True))
    if titled:
        card.body.addWidget(label(scenario.title, "muted", wrap=True))
    holder = QWidget()
    row = FlowLayout(holder, gap_px=6)
    for words in (pathway, LEVEL_WORDS[scenario.level], *([tr("your own")] if entry.own else [])):
        row.addWidget(chip(words))
    card.body.addWidget(holder)
    if scenario.content_warning:
        card.body.addWidget(_Warning(scenario.content_warning, scenario.opening_line))
    card.body.addStretch(1)
    card.body.addWidget(_deeds(scenario.title if titled else "", scenario.opening_line, wanted))
    return card


class _Warning(QWidget):
    """What whoever rehearses may want to know first. It is folded, for it can say what is to be found."""

    def __init__(self, warning: str, opening_line: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._said = label(warning, "small", wrap=True)
        self._said.hide()
        self._link = LinkButton(tr("Before you begin"), tr("Before you begin: “{words}”").format(words=opening_line))
        self._link.setAccessibleDescription(tr("Shows the content warning, which can say what is to be found."))
        self._link.clicked.connect(self._turn)
        column.addWidget(self._link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._said)

    def _turn(self) -> None:
        shown = self._said.isHidden()
        self._said.setVisible(shown)
        if shown:
            announce(self._link, self._said.text())


def _deeds(title: str, opening_line: str, wanted: Callable[[str], object]) -> QWidget:
    holder = QWidget()
    row = FlowLayout(holder, gap_px=8)
    for text, deed, help_text in (
        (tr("Practise"), "practise", tr("You ask, the patient card answers.")),
        (tr("Play"), "play", tr("The story goes on step by step before a class.")),
        (tr("Print sheets"), "sheets", tr("For three at one desk: actor, recorder and observer.")),
    ):
        button = ActionButton(text)
        button.setAccessibleName(f"{text}: “{opening_line}”")
        button.setAccessibleDescription(f"{title}. {help_text}" if title else help_text)
        button.clicked.connect(partial(wanted, deed))
        row.addWidget(button)
    return holder


class UnusableCard(ReadCard):
    """Names a file and what the lint found in it, by line."""

    def __init__(self, entry: Entry) -> None:
        found = [
            " ".join(part for part in (f"{one.place}: {one.message}.", one.suggestion) if part)
            for one in entry.findings[:MOST_FINDINGS]
        ]
        if len(entry.findings) > MOST_FINDINGS:
            found.append(tr("{count} more.").format(count=len(entry.findings) - MOST_FINDINGS))
        super().__init__("\n".join([entry.file.name, *found]))
        self.body.addWidget(label(entry.file.name, "strong", wrap=True))
        for line in found:
            self.body.addWidget(label(line, wrap=True))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
