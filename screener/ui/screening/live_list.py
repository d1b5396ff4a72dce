"""The live list: what is listed, and beside it what is not established, in the order of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from screener.forms.evaluation import RuleOutcome
from screener.forms.reasons import because_lines, missing_lines
from screener.forms.statements import render_statement
from screener.forms.words import FURTHER_LEVEL, STRENGTH_WORDS
from screener.language import WINDOW, tr, tr_n
from screener.records.record import product_line
from screener.screening.listing import LiveList, live_list, still_open
from screener.screening.session import Session
from screener.ui.widgets.controls import ElidedLabel, LinkButton, chip, heading, label
from screener.ui.widgets.layout import Card, FlowLayout, ScrollPage, plain, take_out
from screener.ui.widgets.marks import Mark, MarkCounts


@dataclass(frozen=True, slots=True)
class Face:
    """All that a card of the list shows of one item: two that are equal look the same."""

    rule_id: str
    title: str
    mark: str
    look: str
    words: bool
    """Whether it says anything: not while somebody else is in the room."""
    lines: tuple[tuple[str, str], ...] = ()
    """Each with its weight: the fact, the answers it rests on, the product that the source speaks of."""
    chips: tuple[str, ...] = ()
    source: str = ""


def face_of(session: Session, outcome: RuleOutcome, *, words: bool) -> Face:
    """What the list shows of an item as it stands."""
    listed = outcome.outcome == "listed"
    critical = listed and outcome.tier == "time-critical"
    title = outcome.title if listed else tr("{title}: not established").format(title=outcome.title)
    mark = outcome.tier if listed else "open"
    look = "card-critical" if critical else "card" if listed else "card-open"
    if not words:
        return Face(outcome.rule.id, title, mark, look, words=False)
    source = session.pack.sources[outcome.rule.source.ref]
    fact, because = _facts(session, outcome)
    product = product_line(source, session.visit["product"], WINDOW) if listed else ""
    lines = ((fact, "muted"), (because, ""), (product, "small"))
    draft = (tr("draft: no source read"),) if outcome.rule.status == "draft" else ()
    return Face(
        rule_id=outcome.rule.id,
        title=title,
        mark=mark,
        look=look,
        words=True,
        lines=tuple((text, level) for text, level in lines if text),
        chips=(WINDOW.word(STRENGTH_WORDS[outcome.rule.source.strength]), *draft),
        source=source.title,
    )


class ItemCard(Card):
    """One item of the list: mark, heading, fact, strength, source, and the way to its why."""

    why = Signal(str)

    def __init__(self, face: Face) -> None:
        super().__init__(face.look, padding_px=12)
        self.rule_id = face.rule_id
        row = QHBoxLayout()
        row.setSpacing(9)
        row.addWidget(Mark(face.mark), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        row.addLayout(column, 1)
        self.body.addLayout(row)
        if not face.words:
            self.setAccessibleName(tr("one item, words hidden while the patient is not alone"))
            column.addWidget(label(tr("Item"), "muted"))
            return
        self.setAccessibleName(face.title)
        column.addWidget(label(face.title, "strong", wrap=True))
        for text, level in face.lines:
            column.addWidget(label(text, level, wrap=True))
        chips = QWidget()
        flow = FlowLayout(chips, gap_px=6)
        for text in face.chips:
            flow.addWidget(chip(text))
        column.addWidget(chips)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(ElidedLabel(face.source, "small"), 1)
        button = LinkButton(tr("Why"), tr("Why: {title}").format(title=face.title))
        button.clicked.connect(self._asked)
        foot.addWidget(button)
        column.addLayout(foot)

    def _asked(self) -> None:
        self.why.emit(self.rule_id)


def _facts(session: Session, outcome: RuleOutcome) -> tuple[str, str]:
    """The fact with its source's line, and the answers it rests on; of an open item, what is missing."""
    if outcome.outcome == "listed":
        fact = render_statement(outcome, session.rules, session.answers, session.facts)
        because = "; ".join(because_lines(outcome, session.rules, session.answers, session.facts, WINDOW))
        return f"{fact} {WINDOW.word(FURTHER_LEVEL)}." if outcome.could_be_higher else fact, because
    return "", "; ".join(missing_lines(outcome, session.rules, session.answers, WINDOW))


Piece = Face | tuple[str, str]
"""A card, or a text and how it looks."""


class LiveListPanel(QWidget):
    """The right side of the interview: "For clinician review"."""

    why = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: list[tuple[Piece, QWidget]] = []
        self._kept_back = False
        self._themes = [(theme.title, frozenset(theme.names)) for theme in session.form.themes]
        """Which rules stand under which title."""
        self.setProperty("look", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("For clinician review"))
        self._above: QWidget | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        head = plain("bar")
        head_column = QVBoxLayout(head)
        head_column.setContentsMargins(12, 12, 12, 10)
        head_column.setSpacing(4)
        head_column.addWidget(label(tr("For clinician review"), "large"))
        row = QHBoxLayout()
        row.setSpacing(6)
        self._counts = MarkCounts()
        self._still = label("", "small")
        row.addWidget(self._counts)
        row.addWidget(self._still)
        row.addStretch(1)
        head_column.addLayout(row)
        column.addWidget(head)
        self._page = ScrollPage("surface", 520, 12)
        self._page.body.setSpacing(8)
        self._page.body.addStretch(1)
        column.addWidget(self._page, 1)

    def show_above(self, widget: QWidget | None) -> None:
        """Put something between the head and the list, in place of what stood there; None: nothing."""
        if self._above is not None:
            take_out(self._column, self._above)
        self._above = widget
        if widget is not None:
            self._column.insertWidget(1, widget)

    def refresh(self) -> LiveList:
        """Show the list as it stands; cards are made anew only when something in it differs."""
        items = live_list(self._session)
        if self._kept_back:
            self._counts.show_counts({})
            self._still.setText("")
            self._show([])
            return items
        self._counts.show_counts(items.marks())
        waiting = len(still_open(self._session))
        self._still.setText(tr("still to ask {waiting}").format(waiting=waiting) if waiting else "")
        self._show(list(self._pieces(items, self._session.alone)))
        return items

    def keep_back(self, *, kept: bool) -> None:
        """Hold nothing of the list, for the eye or for a reader; or hold it again."""
        self._kept_back = kept
        self.refresh()

    def _show(self, wanted: list[Piece]) -> None:
        """What looks as it did stays the widget that it was, with the keyboard if it had it; the rest is made anew."""
        if wanted == [piece for piece, _ in self._shown]:
            return
        body, before = self._page.body, list(self._shown)
        kept: dict[Piece, list[QWidget]] = {}
        for piece, widget in before:
            kept.setdefault(piece, []).append(widget)
        shown = [(piece, kept[piece].pop(0) if kept.get(piece) else None) for piece in wanted]
        for gone in (widget for left in kept.values() for widget in left):
            take_out(body, gone)
        self._shown = []
        for place, (piece, there) in enumerate(shown):
            made = self._made(piece) if there is None else there
            if body.indexOf(made) != place:
                body.removeWidget(made)
                body.insertWidget(place, made)
            self._shown.append((piece, made))

    def _made(self, piece: Piece) -> QWidget:
        if isinstance(piece, Face):
            card = ItemCard(piece)
            card.why.connect(self.why)
            return card
        text, look = piece
        return heading(text) if look == "heading" else label(text, look, wrap=True)

    def _pieces(self, items: LiveList, alone: bool) -> Iterator[Piece]:
        """Headings, cards and sentences, from the top."""
        if not alone and (items.listed or items.open):
            yield tr("While somebody else is in the room, items stand here without their words."), "muted"
        critical = [o for o in items.listed if o.tier == "time-critical"]
        notes = [o for o in items.listed if o.rule.class_ == "efficacy note"]
        rest = [o for o in items.listed if o not in critical and o not in notes]
        yield from self._group(tr("Time-critical"), critical, alone)
        for title, names in self._themes:
            listed = [o for o in rest if o.rule.id in names]
            groups = [g for g in items.open if g.items[0].rule.id in names]
            yield from self._group(title, [*listed, *(o for group in groups for o in group.items)], alone)
        yield from self._group(tr("Notes on efficacy, apart from safety"), notes, alone)
        if not items.listed and not items.open:
            yield from _nothing_is_listed(len(items.otherwise_open))

    def _group(self, title: str, items: list[RuleOutcome], alone: bool) -> Iterator[Piece]:
        if items:
            yield title, "heading"
            yield from (face_of(self._session, outcome, words=alone) for outcome in items)


def _nothing_is_listed(open_items: int) -> Iterator[Piece]:
    """What is not established comes first: an empty list is no comfort."""
    if open_items:
        yield tr("Not established"), "heading"
        said = tr_n(
            "1 item is not established: the answers it waits for are not there yet. Ctrl+O names them.",
            "{n} items are not established: the answers they wait for are not there yet. Ctrl+O names them.",
            open_items,
        )
        yield said, "muted"
    yield tr("Not listed on these answers"), "heading"
    yield tr("Nothing was listed on the answers given so far."), "muted"
