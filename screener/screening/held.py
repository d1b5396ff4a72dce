"""What a screening holds: the sum of its steps, as they come from the desk or from the journal. No rule looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from screener.forms.answering import Given, NotAnAnswer
from screener.forms.model import Question
from screener.rules.values import Kind, State
from screener.screening.another_day import WrittenDown, together, without
from screener.screening.answers import NotAskedToday, Recorded
from screener.screening.offered import Offer, OfferedFile, offer_of
from screener.screening.opening import Opening
from screener.screening.steps import (
    VISIT_FIELDS,
    Answered,
    FileOffered,
    HandedOver,
    HandOver,
    InRoom,
    Jot,
    Jotted,
    Responded,
    Response,
    Step,
    Summarised,
    VisitChanged,
    VisitField,
)

T = TypeVar("T")


class Held:
    """Answers, visit, jots, responses, summary, hand-overs and offered files of one screening.

    `put` is the only thing that changes them.
    """

    def __init__(self, opening: Opening, questions: Mapping[str, Question]) -> None:
        """`questions`: those of the pathway in order, shown or not."""
        self.opening = opening
        self.questions = questions
        self.recorded: dict[str, Recorded] = {}
        self.visit: dict[VisitField, str] = {
            "visit_date": opening.visit_date,
            "product": opening.product,
            "second_mark": opening.second_mark,
            "room": "",
        }
        self.rooms: list[InRoom] = []
        """Who was in the room, in the order of time."""
        self.jots: dict[str, Jot] = {}
        self.responses: dict[str, Response] = {}
        self.summary = ""
        self.handovers: dict[str, HandOver] = {}
        """Each time that the screen was in the patient's own hands, in the order of time."""
        self.told_on_screen: dict[str, list[Answered]] = {}
        """What was answered in each of them, change by change."""
        self.unread: dict[str, Mapping[str, Any]] = {}
        """What the journal holds under questions that this content does not ask or take: kept, not evaluated."""
        self.earlier: Mapping[str, NotAskedToday] = {}
        """What earlier records hold, by question; sealed beside what was not asked today, and read by no rule."""
        self.lapsed: dict[str, Recorded] = {}
        """Readings written down before the day of the visit, by question: shown, and read by no rule."""
        self.written_down = WrittenDown()
        self.given_before: dict[str, list[Given]] = {}
        """What stood under each question before it was answered otherwise; words of it that were kept are told anew."""
        self.files: dict[str, OfferedFile] = {}
        """Files whose answers are offered, in the order of reading; no rule reads them."""
        self._moved_on: set[str] = set()
        """The questions for readings that nothing was said of since the visit has another date."""
        self._jotted: set[str] = set()
        self._given: dict[str, Given] = {}

    # What stands

    @property
    def visit_date(self) -> date:
        """The day that intervals are worked out for."""
        return date.fromisoformat(self.visit["visit_date"])

    @property
    def alone(self) -> bool:
        """Whether nobody but the patient is in the room, as far as was said."""
        return self.visit["room"] in ("", "alone")

    @property
    def answers(self) -> Mapping[str, Given]:
        return self._given

    @property
    def jots_ever(self) -> int:
        """How many jots there were, with those that were removed."""
        return len(self._jotted)

    @property
    def handed_over(self) -> HandOver | None:
        """The hand-over that has not ended, if the screen is in the patient's hands."""
        return next((one for one in self.handovers.values() if not one.ended), None)

    def state(self, question_id: str) -> State:
        """How a question stands as recorded."""
        given = self._given.get(question_id)
        return given.state if given is not None else State.NOT_ASKED

    def offered(self, question_id: str) -> Offer | None:
        """What the file that was read last holds for a question."""
        found = (offer_of(file, self.questions[question_id]) for file in reversed(self.files.values()))
        return next((offer for offer in found if offer is not None), None)

    # What a step does

    def put(self, step: Step) -> None:
        """Let a step take hold."""
        match step:
            case Answered():
                self.unread.pop(step.question.id, None)
                if self.handed_over is not None:
                    self.told_on_screen.setdefault(self.handed_over.id, []).append(step)
                self._keep_in_sight(step)
                if step.before is not None:
                    self.given_before.setdefault(step.question.id, []).append(step.before.given)
                _put(self.recorded, step.question.id, step.after)
                _put(self._given, step.question.id, step.after.given if step.after else None)
            case VisitChanged():
                self.visit[step.field] = step.after
                if step.field == "room":
                    self._set_room(step)
                if step.field == "visit_date":
                    self._moved_on = {one.id for one in self.questions.values() if one.kind is Kind.READINGS}
            case Jotted():
                self._jotted.add(step.id)
                _put(self.jots, step.id, step.after)
            case Responded():
                _put(self.responses, step.rule, step.after)
            case Summarised():
                self.summary = step.after
            case HandedOver():
                _put(self.handovers, step.id, step.after)
            case FileOffered():
                self.files.pop(step.id, None)
                _put(self.files, step.id, step.after)

    def _keep_in_sight(self, step: Answered) -> None:
        """Readings that lapsed with the day they were taken on are still shown, as of that day.

        What is taken back by hand, of a visit that is dated to a later day from the beginning, has not lapsed.
        """
        name, lapsed = step.question.id, self.lapsed.get(step.question.id)
        if step.question.kind is not Kind.READINGS:
            return
        if step.after is not None:
            self.written_down.note(step.before, step.after)
            lapsed = None if lapsed is None else without(lapsed, step.after)
        gone = self._gone_with_the_day(step) if name in self._moved_on else None
        self._moved_on.discard(name)
        _put(self.lapsed, name, lapsed if gone is None else together(lapsed, gone))

    def _gone_with_the_day(self, step: Answered) -> Recorded | None:
        """What this step takes away, where that is readings of before the day of the visit and nothing else."""
        gone = None if step.before is None else without(step.before, step.after)
        if gone is None or (step.after is not None and without(step.after, step.before) is not None):
            return None
        of_before, since = self.written_down.split(gone, self.visit["visit_date"])
        return of_before if since is None else None

    def lapsed_by_day(self, question_id: str) -> list[tuple[str, Recorded]]:
        """What lapsed of a question, apart by the ISO days on which it was written down, earliest first."""
        lapsed = self.lapsed.get(question_id)
        return [] if lapsed is None else self.written_down.by_day(lapsed)

    def _set_room(self, step: VisitChanged) -> None:
        """Rooms follow each other; a change that is taken back takes its room with it."""
        earlier = self.rooms[-2].who if len(self.rooms) > 1 else ""
        if self.rooms and self.rooms[-1] == InRoom(step.before, step.said_at) and earlier == step.after:
            self.rooms.pop()
        else:
            self.rooms.append(InRoom(step.after, step.said_at))

    # What the journal holds

    def read(self, raw: Mapping[str, Any]) -> Step | None:
        """A journaled step; None for an answer that this content does not take, which is in `unread` from here on."""
        after = raw["after"]
        match raw["step"]:
            case "answer":
                return self._read_answer(raw["question"], after)
            case "visit":
                field = next(name for name in VISIT_FIELDS if name == raw["field"])
                return VisitChanged(field, self.visit[field], after, raw.get("said_at", ""))
            case "jot":
                return Jotted(raw["id"], self.jots.get(raw["id"]), Jot(**after) if after else None)
            case "respond":
                response = Response(**after) if after else None
                return Responded(raw["rule"], raw["title"], self.responses.get(raw["rule"]), response)
            case "summary":
                return Summarised(self.summary, after)
            case "handover":
                return HandedOver(raw["id"], self.handovers.get(raw["id"]), _handover(after) if after else None)
            case "file":
                return FileOffered(raw["id"], self.files.get(raw["id"]), OfferedFile(**after) if after else None)
            case other:
                raise ValueError(f"{other!r} is not a step")

    def _read_answer(self, question_id: str, after: Mapping[str, Any] | None) -> Answered | None:
        question = self.questions.get(question_id)
        recorded = _readable(question, after)
        if question is None or (after is not None and recorded is None):
            _put(self.recorded, question_id, None)
            _put(self._given, question_id, None)
            _put(self.unread, question_id, after)
            return None
        return Answered(question, self.recorded.get(question_id), recorded)


def _handover(raw: Mapping[str, Any]) -> HandOver:
    lists = {name: tuple(raw.get(name, ())) for name in ("answered_before", "critical")}
    return HandOver(**{**raw, **lists})


def _readable(question: Question | None, after: Mapping[str, Any] | None) -> Recorded | None:
    """A journaled answer, or None where the question does not take it."""
    if question is None or after is None:
        return None
    recorded = Recorded.from_json(question, after)
    try:
        _ = recorded.given  # reads the raw values
    except NotAnAnswer:
        return None
    return recorded


def _put(mapping: dict[str, T], key: str, value: T | None) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value
