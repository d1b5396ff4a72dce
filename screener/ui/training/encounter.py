"""What passes between a trainee and a made-up patient: asked, told, shown, measured, and noted as it happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from screener.forms.model import Pack, Question
from screener.language import tr
from screener.rules.values import Kind
from screener.training.beginning import left_to_ask
from screener.training.conversation import Asking, Conversation
from screener.training.kept import Asked, BrokeIn, Event, Figure, Hinted, Rehearsal, Shown
from screener.training.pace import Pace
from screener.training.saying import in_words
from screener.training.scenario import PATIENT, Paper, Scenario

NOTHING = tr("Says nothing to that.")
MEASURED_NOT_ASKED = tr("That is measured, not asked.")
ALL_ASKED = tr("Everything that the story has words for has been asked about at least once.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of measuring: words for the card, and the minute until which there is nothing further, if any."""

    words: str
    wait_until: int | None = None


class Encounter(QObject):
    """One made-up patient in the room. It fills nothing in: what is recorded is the trainee's business."""

    heard = Signal(object)
    """An `Asked`: these words came out."""
    seen = Signal(object)
    """A `Paper` that was asked for."""
    broke_in = Signal(str)
    """The one thing that interrupts."""

    def __init__(
        self,
        scenario: Scenario,
        rehearsal: Rehearsal,
        pack: Pack,
        pace: Pace,
        alone: Callable[[], bool],
        note: Callable[[Event], None],
    ) -> None:
        """`alone`: whether the screening says that nobody else is in the room. `note`: where each event goes."""
        super().__init__()
        self.scenario, self._pack, self._pace, self._says_alone, self._note = scenario, pack, pace, alone, note
        self._left = left_to_ask(scenario, rehearsal.cut_min)
        self._cut = rehearsal.cut_min
        self._conversation = Conversation(scenario, in_words(pack))
        self._conversation.take_up(rehearsal.events)
        self._asked = [event for event in rehearsal.events if isinstance(event, Asked)]
        self._interrupted = any(isinstance(event, BrokeIn) for event in rehearsal.events)

    # Who is there

    @property
    def company(self) -> Sequence[str]:
        """Who is in the room besides the patient."""
        return () if self.alone else [one.who for one in self.scenario.in_room]

    @property
    def alone(self) -> bool:
        return not self.scenario.in_room or self._says_alone()

    # Asking

    def ask(self, question: str, to: str = PATIENT, *, openly: bool = False) -> None:
        """Put a question. What comes back is heard, also where it is nothing."""
        asking = Asking(question, to if to in self.company else PATIENT, openly, self.alone)
        said = self._conversation.ask(asking)
        asked = Asked(
            at=self._pace.seconds,
            question=question,
            to=asking.to,
            openly=openly,
            alone=asking.alone,
            words=said.words,
            fact=said.fact,
            told=said.told,
        )
        self._asked.append(asked)
        self._note(asked)
        self.heard.emit(asked)

    def words_for(self, question: str) -> list[Asked]:
        """What was heard about a question so far, latest first: under it, and under others of the same matter."""
        fact = self.scenario.fact_of(question)
        about = fact.id if fact is not None else None
        return [one for one in reversed(self._asked) if one.question == question or (about and one.fact == about)]

    def nothing_said(self, question: str) -> str:
        """What stands where no words came out."""
        return MEASURED_NOT_ASKED if self.measures(question) else NOTHING

    # Papers

    @property
    def papers(self) -> Sequence[Paper]:
        """What the patient has with them."""
        return self.scenario.papers

    @property
    def shown(self) -> frozenset[str]:
        return self._conversation.shown

    def show(self, paper: str) -> None:
        """Ask for a paper, and see it."""
        found = self._conversation.show(paper)
        self._note(Shown(at=self._pace.seconds, paper=paper))
        self.seen.emit(found)

    # Measuring

    def measures(self, question: str) -> bool:
        """Whether a question is answered by measuring."""
        asked = self._pack.questions.get(question)
        return bool(self._conversation.figures(question)) or (asked is not None and asked.kind is Kind.READINGS)

    def measure(self, question: str) -> Reading:
        """The next figure, where its minute has come."""
        place = self._conversation.place_of_next(question)
        if place is None:
            return Reading(tr("There is nothing further to read here in this story."))
        minute = self.scenario.measured[place].minute
        if self._pace.seconds < 60 * minute:
            return Reading(
                tr("Nothing new yet. In the story the next one comes at minute {minute}.").format(minute=minute), minute
            )
        figure = self._conversation.measure(question)
        assert figure is not None, "its place was found"
        self._note(Figure(at=self._pace.seconds, place=place))
        asked = self._pack.questions[question]
        return Reading(_figure_words(asked, figure.gives, in_words(self._pack), figure.words))

    def pass_time(self, minute: int) -> None:
        """Let the time of the story go on to a minute."""
        self._pace.pass_to(minute)
        self.look_at_the_clock()

    # What comes by itself, and what only on request

    def look_at_the_clock(self) -> None:
        """The interruption comes when its minute has come, once; in a shortened visit only if it falls into it."""
        one = self.scenario.interruption
        falls_in = self._cut is None or one.minute <= self._cut
        if not self._interrupted and falls_in and self._pace.seconds >= 60 * one.minute:
            self._interrupted = True
            self._note(BrokeIn(at=self._pace.seconds))
            self.broke_in.emit(one.words)

    def hint(self) -> str:
        """The theme of the next matter that nobody was asked about; nothing more."""
        facts = [fact for fact in self.scenario.facts if fact.id in self._left]
        missed = next((fact for fact in facts if fact.id not in self._conversation.asked), None)
        words = ALL_ASKED
        if missed is not None:
            theme = self._pack.theme_of[next(iter(missed.truth))].title
            words = tr("Something has not been asked about yet. It stands under “{theme}”.").format(theme=theme)
        self._note(Hinted(at=self._pace.seconds, words=words))
        return words


def _figure_words(question: Question, gives: object, say: Callable[[str, object], str], seen: str) -> str:
    """A figure as it comes off the cuff or the scale, and what somebody sees or says then."""
    whole = [gives] if isinstance(gives, Mapping) and question.kind is Kind.READINGS else gives
    said = say(question.id, whole)
    return f"{said}\n{seen}" if seen else said
