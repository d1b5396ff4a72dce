"""One made-up patient in the gallery, and one that cannot be used as its file is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.training.library import Entry
from screener.ui.widgets.controls import ActionButton, chip, label
from screener.ui.widgets.layout import Card, FlowLayout
from screener.ui.widgets.read_card import ReadCard

LEVEL_WORDS = {"easy": tr("Easy"), "middle": tr("Middle"), "hard": tr("Hard")}
MOST_FINDINGS = 6


def tile(entry: Entry, pathway: str, wanted: Callable[[str], object]) -> QWidget:
    """Title, pathway, level, first words and content warning; and the three things to do."""
    scenario = entry.scenario
    assert scenario is not None
    card = Card(padding_px=16)
    card.setAccessibleName(tr("{title}, made-up patient").format(title=scenario.title))
    card.body.addWidget(label(scenario.title, "large", wrap=True))
    holder = QWidget()
    row = FlowLayout(holder, gap_px=6)
    for words in (pathway, LEVEL_WORDS[scenario.level], *([tr("your own")] if entry.own else [])):
        row.addWidget(chip(words))
    card.body.addWidget(holder)
    card.body.addWidget(label(f"“{scenario.opening_line}”", wrap=True))
    if scenario.content_warning:
        said = tr("Before you begin: {warning}").format(warning=scenario.content_warning)
        card.body.addWidget(label(said, "small", wrap=True))
    card.body.addStretch(1)
    card.body.addWidget(_deeds(scenario.title, scenario.opening_line, wanted))
    return card


def _deeds(title: str, opening_line: str, wanted: Callable[[str], object]) -> QWidget:
    holder = QWidget()
    row = FlowLayout(holder, gap_px=8)
    for text, deed, help_text in (
        (tr("Practise"), "practise", tr("You ask, the patient card answers. First words: {words}")),
        (tr("Play"), "play", tr("The story goes on step by step before a class. First words: {words}")),
        (tr("Print sheets"), "sheets", tr("For three at one desk: actor, recorder and observer. First words: {words}")),
    ):
        button = ActionButton(text)
        button.setAccessibleName(f"{text}: {title}")
        button.setAccessibleDescription(help_text.format(words=opening_line))
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
