"""One question or one item in two records: both columns, and how they differ as a sign and a word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.words import FURTHER_LEVEL
from screener.language import WINDOW, tr
from screener.records.compare import AnswerHow, AnswerPair, Said
from screener.records.outcomes import How, ItemPair, Outcome, response_words
from screener.ui.widgets.controls import WrapLabel, chip, label
from screener.ui.widgets.layout import Halves
from screener.ui.widgets.marks import Mark
from screener.ui.widgets.read_card import ReadCard

Names = tuple[str, str]
"""What the two columns are called."""
ANSWER_WORDS: dict[AnswerHow, str] = {
    "changed": tr("→ other answer"),
    "added": tr("+ recorded only here: {second}"),
    "removed": tr("− recorded only here: {first}"),
    "told": tr("= same answer, told, noted or worded otherwise"),
}
"""What is the same in both, or recorded in neither, stands folded and needs no word of its own."""
ITEM_WORDS: dict[How, str] = {
    "level": tr("↕ another level"),
    "outcome": tr("→ other outcome"),
    "facts": tr("≈ listed on other facts"),
    "same": tr("= the same"),
    "only": tr("ran in one of them only"),
}
_BESIDE_LISTED = {
    ("new", "not_listed"): tr("+ newly listed"),
    ("new", "not_established"): tr("+ newly listed, not established before"),
    ("new", None): tr("+ newly listed, a rule that did not run before"),
    ("gone", "not_listed"): tr("− no longer listed"),
    ("gone", "not_established"): tr("− listed before, not established now"),
    ("gone", None): tr("− listed before, the rule did not run now"),
}
_TWO_COLUMNS_PX = 560


def item_words(pair: ItemPair) -> str:
    """How an item differs. What is not established is never said to be listed no longer, and nothing more."""
    outcomes = [None if side is None else side.outcome for side in (pair.first, pair.second)]
    if pair.how in ("new", "gone"):
        other = outcomes[0] if pair.how == "new" else outcomes[1]
        return _BESIDE_LISTED[pair.how, other]
    return ITEM_WORDS[pair.how]


class PairCard(ReadCard):
    """A heading with how the two differ, and below it two columns under their names."""

    def __init__(self, title: str, how: str, names: Names, columns: tuple[Sequence[str], Sequence[str]]) -> None:
        said = [
            f"{name}: {'; '.join(part for part in lines if part)}" for name, lines in zip(names, columns, strict=True)
        ]
        super().__init__(". ".join((f"{title}, {how}", *said)), padding_px=14)
        self.body.setSpacing(6)
        self._head = QHBoxLayout()
        self._head.setSpacing(9)
        self._head.addWidget(label(title, "strong", wrap=True), 1)
        self._head.addWidget(chip(how), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._head)
        first, second = (_column(name, lines) for name, lines in zip(names, columns, strict=True))
        self.body.addWidget(Halves(first, second, from_px=_TWO_COLUMNS_PX))


def _column(name: str, lines: Sequence[str]) -> QWidget:
    """A column under its name: the first line is what it says, the others say more about it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(name, "small"))
    first, *more = lines
    column.addWidget(WrapLabel(first))
    for line in more:
        if line:
            column.addWidget(label(line, "muted", wrap=True))
    column.addStretch(1)
    return holder


class AnswerCard(PairCard):
    """One question in two records."""

    def __init__(self, pair: AnswerPair, names: Names) -> None:
        how = ANSWER_WORDS[pair.how].format(first=names[0], second=names[1])
        columns = (_answer(pair, pair.first, 1), _answer(pair, pair.second, 2))
        super().__init__(pair.label, how, names, columns)


def _answer(pair: AnswerPair, said: Said | None, place: int) -> list[str]:
    if said is None:
        return [tr("no question of this record")]
    details = "; ".join(f"{detail[0]}: {detail[place]}" for detail in pair.details)
    return [said.words, details, tr("Told by {told}").format(told=said.told) if said.told else ""]


class ItemCard(PairCard):
    """One rule in two records, or under two packs. `about`: what else there is to say of the rule itself."""

    def __init__(self, pair: ItemPair, names: Names, about: str = "") -> None:
        standing = pair.standing
        titles = {outcome.title for outcome in (pair.first, pair.second) if outcome is not None and outcome.listed}
        columns = (_outcome(pair.first, len(titles) > 1), _outcome(pair.second, len(titles) > 1))
        how = item_words(pair)
        super().__init__(standing.title, f"{how} · {about}" if about else how, names, columns)
        if pair.mark:
            self._head.insertWidget(0, Mark(pair.mark), 0, Qt.AlignmentFlag.AlignTop)


def _outcome(outcome: Outcome | None, named: bool) -> list[str]:
    """What came of a rule, upon what, and the response to it. `named`: with its title, which differs from the other."""
    match outcome:
        case None:
            return [tr("The rule did not run")]
        case Outcome(outcome="listed"):
            said = [
                tr("Listed: {title}").format(title=outcome.title) if named else tr("Listed"),
                outcome.statement,
                _because(tr("Because"), outcome.because_shown),
            ]
            if outcome.could_be_higher:
                said.append(
                    _because(
                        tr("{further_level}; missing").format(further_level=WINDOW.word(FURTHER_LEVEL)),
                        outcome.missing_shown,
                    )
                )
        case Outcome(outcome="not_established"):
            said = [tr("Not established"), _because(tr("Missing"), outcome.missing_shown)]
        case _:
            return [tr("Not listed on these answers")]
    return [*said, response_words(outcome)]


def _because(word: str, lines: Sequence[str]) -> str:
    return f"{word}: {'; '.join(lines)}" if lines else ""


class FoldedCard(ReadCard):
    """Many lines of one kind under one heading: what is the same in both, or stands in one of them only."""

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__(f"{title}. {'; '.join(lines)}", "info", padding_px=14)
        self.body.setSpacing(4)
        self.body.addWidget(label(title, "small-strong", wrap=True))
        self.body.addWidget(label("\n".join(lines), "muted", wrap=True))
