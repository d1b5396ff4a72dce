"""The debrief on screen: first what the trainee writes, then the rows as the conversation went, then the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from screener.language import WINDOW, tr
from screener.training.debrief import REPLAY_S, Debrief
from screener.training.parts import Aside, Item, Moment, Row
from screener.training.printed import NOTHING_WRITTEN, did, lead
from screener.ui.actions import BY_ID, bind
from screener.ui.style.theme import scaled
from screener.ui.training.debrief_row import DebriefHeads, DebriefRow
from screener.ui.training.time_bar import TimeBar
from screener.ui.widgets.controls import ActionButton, LinkButton, chip, label
from screener.ui.widgets.growing import GrowingPage, Part
from screener.ui.widgets.layout import Card, FlowLayout, Halves, Notice, ScrollPage, plain
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.speech import announce

Pairs = Sequence[tuple[str, str]]


class DebriefPage(QWidget):
    """Shows a debrief, and asks for what comes before it. It holds no rehearsal: what is wanted goes out as signals."""

    replay = Signal(int)
    """From this second on."""
    again = Signal()
    save_pdf = Signal()
    print_out = Signal()
    wrote = Signal(str)
    """What the trainee wrote; the page is then given the debrief with the key."""
    closed = Signal()

    def __init__(self, debrief: Debrief) -> None:
        super().__init__()
        self.setAccessibleName(tr("Debrief"))
        self._rows: list[DebriefRow] = []
        self._chosen: Row | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(debrief.title))
        self._pages = QStackedWidget()
        self.writing = WritingPage()
        self.writing.wrote.connect(self.wrote)
        self.body = GrowingPage(tr("What was told, what was recorded"), gap_px=6)
        self._pages.addWidget(self.writing)
        self._pages.addWidget(self.body)
        column.addWidget(self._pages, 1)
        for action_id, deed in (
            ("next_row", partial(self._step, 1)),
            ("previous_row", partial(self._step, -1)),
            ("replay", self._replay.click),
            ("try_again", self._again.click),
            ("save_debrief", self._save.click),
            ("print_debrief", self._print.click),
            ("leave_debrief", self._close.click),
        ):
            bind(self, action_id, deed)
        self.show_debrief(debrief)

    def _head(self, title: str) -> QWidget:
        head = plain("bar")
        row = FlowLayout(head, gap_px=10, last_at_end=True)
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(chip(tr("{title} · debrief · made-up patient").format(title=title)))
        holder = QWidget()
        deeds = FlowLayout(holder, gap_px=8)
        self._replay = ActionButton(tr("Replay from 30 s before"), _key("replay"))
        self._replay.clicked.connect(self._replay_chosen)
        self._again = ActionButton(tr("Try again"), _key("try_again"))
        self._again.clicked.connect(self.again)
        self._print = ActionButton(tr("Print"), _key("print_debrief"))
        self._print.clicked.connect(self.print_out)
        self._save = ActionButton(tr("Save debrief as PDF"), _key("save_debrief"), "primary")
        self._save.clicked.connect(self.save_pdf)
        self._close = ActionButton(tr("Back"), _key("leave_debrief"))
        self._close.clicked.connect(self.closed)
        for button in (self._replay, self._again, self._print, self._save, self._close):
            deeds.addWidget(button)
        row.addWidget(holder)
        return head

    def show_debrief(self, debrief: Debrief) -> None:
        """Show it: the page to write on first, where nobody has written yet."""
        self._chosen, self._rows = None, []
        for button in (self._print, self._save):
            button.setEnabled(debrief.complete)
        self._offer_replay()
        if not debrief.complete:
            self._pages.setCurrentWidget(self.writing)
            return
        self._pages.setCurrentWidget(self.body)
        self.body.build(list(self._parts(debrief)))
        announce(self.body, tr("The debrief is shown."))

    def focus_first(self) -> None:
        if self._pages.currentWidget() is self.writing:
            self.writing.focus_first()
        else:
            self.body.finish()
            (self._rows[0] if self._rows else self._again).setFocus(Qt.FocusReason.OtherFocusReason)

    # The rows

    def _step(self, by: int) -> None:
        if self._pages.currentWidget() is not self.writing and not self.body.step(by):
            announce(self.body, tr("Nothing further") if by > 0 else tr("Nothing before this"))

    def _choose(self, row: Row) -> None:
        self._chosen = row
        for shown in self._rows:
            shown.show_chosen(shown.row is row)
        self._offer_replay()

    def _offer_replay(self) -> None:
        """A replay begins before the chosen row; what was neither told nor recorded has no moment."""
        chosen = self._chosen
        self._replay.setEnabled(chosen is not None and chosen.second is not None)
        about = "" if chosen is None else chosen.words or chosen.title
        self._replay.setToolTip(
            tr("From 30 s before “{about}”").format(about=about) if about else tr("Choose a row first")
        )

    def _replay_chosen(self) -> None:
        if self._chosen is not None:
            self._enter(self._chosen)

    def _enter(self, row: Row) -> None:
        if row.second is None:
            announce(self.body, tr("Nothing of it was told or recorded: there is no moment to begin from."))
        else:
            self.replay.emit(max(0, int(row.second) - REPLAY_S))

    def _row(self, row: Row) -> DebriefRow:
        made = DebriefRow(row)
        made.chosen.connect(self._choose)
        made.entered.connect(self._enter)
        made.stepped.connect(self._step)
        self._rows.append(made)
        return made

    # The parts

    def _parts(self, debrief: Debrief) -> Iterator[Part]:
        yield Part(partial(label, tr("What was told, what was recorded"), "page", wrap=True))
        yield Part(partial(label, WINDOW.word(lead(debrief)), "muted", wrap=True))
        for note in debrief.notes:
            yield Part(partial(Notice, note))
        if debrief.times:
            yield Part(partial(_time, debrief))
        yield Part(DebriefHeads)
        for row in debrief.rows:
            yield Part(partial(self._row, row), stop=True)
        yield from _sections(debrief)
        yield Part(partial(self._order, debrief.timeline))

    def _order(self, timeline: Sequence[Moment]) -> QWidget | None:
        """In which order things were asked and shown: a replay begins at any of them."""
        if not timeline:
            return None
        title = tr("In which order")
        card = Card(padding_px=16)
        card.setAccessibleName(title)
        card.body.addWidget(label(title, "large", wrap=True))
        card.body.addWidget(label(tr("A time leads to the rehearsal as it stood then."), "muted", wrap=True))
        for moment in timeline:
            name = tr("Replay from {clock}: {said}").format(clock=moment.clock, said=moment.words)
            begin = LinkButton(moment.clock, name)
            begin.clicked.connect(partial(self.replay.emit, int(moment.second)))
            words = label(moment.words, wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            card.body.addWidget(Halves(begin, words, 560, shares=(1, 3)))
        return card


def _sections(debrief: Debrief) -> Iterator[Part]:
    wrote = f"“{debrief.wrote}”" if debrief.wrote else WINDOW.word(NOTHING_WRITTEN)
    discussion = [(tr("You wrote"), wrote), *((tr("To discuss"), ask) for ask in debrief.discussion)]
    yield _card(tr("For discussion"), discussion)
    yield _card(tr("One thing to try next"), [("", debrief.try_next)])
    untold = [(one.title, f"“{one.words}”, {one.takes}") for one in debrief.never_told]
    yield _card(tr("What the patient never had a chance to tell"), untold)
    otherwise = [(one.about, f"{one.title}. {one.text}") for one in debrief.otherwise]
    yield _card(tr("What another answer would have listed"), otherwise)
    yield _card(tr("Items and the author’s notes"), _items(debrief.items))
    yield _card(tr("What looks like an item and is none"), _items(debrief.traps))
    beside = ((tr("Contradiction"), debrief.contradiction), (tr("Interruption"), debrief.interruption))
    yield _card(tr("Contradiction and interruption"), [(name, _aside(one)) for name, one in beside if one is not None])
    guesses = [
        (one.at or tr("at the end"), tr("Guessed: {guesses}. Listed then: {listed}.").format(
            guesses="; ".join(one.guesses), listed="; ".join(one.listed) or tr("nothing")
        ))
        for one in debrief.guesses
    ]  # fmt: skip
    yield _card(tr("What the class guessed"), guesses)
    yield _card(tr("Time by theme"), [(one.title, one.words) for one in debrief.times])


def _items(items: Sequence[Item]) -> list[tuple[str, str]]:
    found = []
    for item in items:
        said = [did(item, WINDOW), item.response, item.note]
        found.append((item.title, "\n".join(part for part in said if part)))
    return found


def _aside(aside: Aside) -> str:
    return f"{aside.words}\n{aside.text}"


def _card(title: str, pairs: Pairs) -> Part:
    return Part(partial(_made_card, title, pairs))


def _made_card(title: str, pairs: Pairs) -> QWidget | None:
    """A section that Tab comes to; none where there is nothing to say."""
    if not pairs:
        return None
    said = ". ".join(": ".join(part for part in pair if part).rstrip(".") for pair in pairs)
    card = ReadCard(f"{title}. {said}.", padding_px=16)
    # As high as its lines need at its width, and no higher: what it would like to be counts one under another.
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    card.body.addWidget(label(title, "large", wrap=True))
    if all(not name for name, _ in pairs):
        for _, text in pairs:
            card.body.addWidget(label(text, wrap=True))
    else:
        for name, text in pairs:
            term, words = label(name, "muted", wrap=True), label(text, wrap=True)
            for one in (term, words):
                one.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            card.body.addWidget(Halves(term, words, 560, shares=(1, 3)))
    return card


def _time(debrief: Debrief) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 8, 0, 4)
    column.setSpacing(4)
    column.addWidget(label(tr("Where the time went"), "small-strong"))
    column.addWidget(TimeBar(debrief.times))
    return holder


def _key(action_id: str) -> str:
    return BY_ID[action_id].key_hint


class WritingPage(ScrollPage):
    """Before the key is shown: what the trainee was unsure of, and would ask next time. Nothing is an answer too."""

    wrote = Signal(str)

    def __init__(self) -> None:
        super().__init__("page", 640, 48, centred=True)
        title = tr("Before the key is shown")
        self.setAccessibleName(title)
        self.body.addWidget(label(title, "page", wrap=True))
        asked = tr("What were you unsure of? What would you ask next time?")
        caption = label(asked, "strong", wrap=True)
        self.body.addWidget(caption)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(asked)
        help_text = tr("It stands in the debrief as you write it, for the talk afterwards. You may leave it empty.")
        self.text.setAccessibleDescription(help_text)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(scaled(160))
        caption.setBuddy(self.text)
        self.body.addWidget(self.text)
        self.body.addWidget(label(help_text, "small", wrap=True))
        self._show = ActionButton(tr("Show the debrief"), _key("show_key"), "primary")
        self._show.clicked.connect(self._keep)
        row = QHBoxLayout()
        row.addWidget(self._show)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        bind(self, "show_key", self._keep)

    def focus_first(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self.wrote.emit(self.text.toPlainText().strip())
