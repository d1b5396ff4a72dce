"""The screening while it is open: the only object that changes answers. No Qt, no disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from screener.clock import Clock
from screener.forms.answering import Given, NotAnAnswer
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Pack, Question, Theme
from screener.forms.visibility import Hidden
from screener.language import tr
from screener.rules.evaluate import Facts
from screener.rules.values import State
from screener.screening.answers import PATIENT, Carried, NotAskedToday, Recorded
from screener.screening.change import Change, FlagChange
from screener.screening.following import follows, given_way, told
from screener.screening.history import History
from screener.screening.journaled import is_step
from screener.screening.offered import Offer, OfferedFile, offer_of
from screener.screening.opening import Opening
from screener.screening.progress import ASKED_KINDS, Progress, ThemeProgress, count_theme
from screener.screening.saying import Saying, recording
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
from screener.text import WorldError

T = TypeVar("T")
_NEXT = tr("Nothing of it was changed. Open it with the version that wrote it, or restore the latest backup.")


class Session:
    """Holds one screening and keeps answers, visibility, flags and history together.

    Every command returns a `Change`; there is no moment in which an answer is new and a flag is old.
    """

    def __init__(self, pack: Pack, opening: Opening, clock: Clock) -> None:
        self.pack = pack
        self.opening = opening
        self.clock = clock
        self.rules = RuleSet(pack, opening.pathway, opening.profiles, opening.parameters, drafts=opening.drafts)
        self.form = self.rules.form
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
        self._jotted: set[str] = set()
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
        self.files: dict[str, OfferedFile] = {}
        """Files whose answers are offered, in the order of reading; no rule reads them."""
        self.history = History()
        self._given: dict[str, Given] = {}
        self._facts, self._outcomes = self.rules.evaluate(self._given, self.visit_date)
        self._shown = self._now_shown()
        self._counted = self._count_all()

    @classmethod
    def replay(cls, pack: Pack, opening: Opening, steps: Iterable[Mapping[str, Any]], clock: Clock) -> Session:
        """The screening that these journaled steps lead to.

        History starts anew: what was done before is not undone now. Answers that the content, changed since, no longer
        takes are in `unread`; WorldError where it has lost the pathway or a profile, or where a step is none.
        """
        _still_there(pack, opening)
        session = cls(pack, opening, clock)
        for number, raw in enumerate(steps, start=1):
            if not is_step(raw):
                raise WorldError(
                    tr("Step {number} of this screening is not written as this version writes steps.").format(
                        number=number
                    ),
                    _NEXT,
                )
            step = session._from_json(raw)
            if step is not None:
                session._set(step)
        session._facts, session._outcomes = session.rules.evaluate(session._given, session.visit_date)
        session._shown = session._now_shown()
        session._counted = session._count_all()
        return session

    def follow(self, raw: Mapping[str, Any]) -> Change:
        """One more journaled step, as `replay` takes them all; history does not reach it. WorldError where it is none.

        An answer that the content does not take is in `unread`, and changes nothing else.
        """
        if not is_step(raw):
            raise WorldError("A step of this screening is not written as this version writes steps.", _NEXT)
        step = self._from_json(raw)
        return self._unchanged() if step is None else self._apply(step)

    # What stands

    def journaled(self, steps: Iterable[Step], at: str | None = None) -> list[dict[str, Any]]:
        """Steps as a journal holds them: with when they were made, to the millisecond, and by whom."""
        made = {
            "at": self.clock.now().isoformat(timespec="milliseconds") if at is None else at,
            "by": self.opening.clinician,
        }
        return [step.to_json() | made for step in steps]

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
    def facts(self) -> Facts:
        """The answers as the logic sees them."""
        return self._facts

    @property
    def outcomes(self) -> Mapping[str, RuleOutcome]:
        """Every rule's outcome, in the order of the screen."""
        return self._outcomes

    @property
    def questions(self) -> Mapping[str, Question]:
        """The pathway's questions in order, shown or not."""
        return self.form.questions

    @property
    def handed_over(self) -> HandOver | None:
        """The hand-over that has not ended, if the screen is in the patient's hands."""
        return next((one for one in self.handovers.values() if not one.ended), None)

    def is_shown(self, question_id: str) -> bool:
        return question_id in self._shown

    def shown_in(self, theme_id: str) -> list[Question]:
        """The questions of one theme that are shown, in order."""
        return [q for q in self.questions.values() if q.id in self._shown and self.pack.theme_of[q.id].id == theme_id]

    def hidden(self) -> list[Hidden]:
        """Questions not shown, each with what hides it."""
        return self.form.hidden(self._facts, self._given)

    def state(self, question_id: str) -> State:
        """How a question stands as recorded."""
        given = self._given.get(question_id)
        return given.state if given is not None else State.NOT_ASKED

    def offered(self, question_id: str) -> Offer | None:
        """What the file that was read last holds for a question."""
        found = (offer_of(file, self.questions[question_id]) for file in reversed(self.files.values()))
        return next((offer for offer in found if offer is not None), None)

    def progress(self) -> Progress:
        return Progress(dict(self._counted))

    def _count(self, theme: Theme) -> ThemeProgress:
        asked = [q for q in theme.questions if q.id in self._shown and q.kind in ASKED_KINDS]
        return count_theme({q.id: self.state(q.id) for q in asked})

    def _count_all(self) -> dict[str, ThemeProgress]:
        return {theme.id: self._count(theme) for theme in self.form.themes}

    # Commands

    def answer(
        self,
        question_id: str,
        raw: Any,
        *,
        by: str = PATIENT,
        note: str | None = None,
        carried: Carried | None = None,
        typing: bool = False,
    ) -> Change:
        """Record what one informant said, as JSON; `{"state": "declined"}` records a state.

        `carried`: the earlier record it is the same as; that stays for as long as the answer does. NotAnAnswer where
        it cannot be stored.
        """
        step = self._recording(Saying(question_id, raw, by, note, carried))
        return self._unchanged() if step is None else self._do(step, typing=typing)

    def answer_together(self, sayings: Iterable[Saying], *, typing: bool = False) -> Change:
        """Record several answers that were said as one: one change, taken back by one undo."""
        return self._do_together([self._recording(saying) for saying in sayings], typing=typing)

    def clear_together(self, questions: Iterable[str], *, by: str) -> Change:
        """Take back what one informant said as one."""
        held = [self.recorded[question] for question in questions if question in self.recorded]
        return self._do_together([Answered(one.question, one, one.without(by)) for one in held if one.entry_of(by)])

    def _do_together(self, steps: Iterable[Answered | None], *, typing: bool = False) -> Change:
        found = [step for step in steps if step is not None]
        return self._do(*found[:1], *(replace(step, with_before=True) for step in found[1:]), typing=typing)

    def _recording(self, saying: Saying) -> Answered | None:
        handed, question = self.handed_over, self.questions[saying.question]
        recorded_by = handed.by if handed is not None else self.opening.clinician
        before = self.recorded.get(question.id)
        return recording(question, before, saying, at=self._now(), recorded_by=recorded_by)

    def begin(self) -> Change:
        """Record what the opening tells of questions: nobody is asked that twice."""
        return self._do(*(replace(step, with_before=False) for step in self._told("product")))

    def clear(self, question_id: str, *, by: str | None = None) -> Change:
        """Take back one informant's account, or all of them: the question is not asked again."""
        before = self.recorded.get(question_id)
        if before is None:
            return self._unchanged()
        stands = given_way(before, by) if by is not None else None
        after = stands.without(by) if stands is not None and by is not None else None
        return self._unchanged() if after == before else self._do(Answered(before.question, before, after))

    def use_account(self, question_id: str, by: str | None) -> Change:
        """Name the account that holds where several differ, or take the naming back.

        NotAnAnswer where that informant gave none.
        """
        before = self.recorded[question_id]
        if by is not None and before.entry_of(by) is None:
            raise NotAnAnswer(f"{by} gave no account of {question_id}")
        after = Recorded(before.question, before.entries, by)
        return self._unchanged() if after == before else self._do(Answered(before.question, before, after))

    def set_visit(self, field: VisitField, value: str) -> Change:
        """Change the visit's date (re-evaluates), product, second mark or who is in the room."""
        if field == "visit_date":
            date.fromisoformat(value)
        return (
            self._unchanged()
            if self.visit[field] == value
            else self._do(VisitChanged(field, self.visit[field], value, self._now()))
        )

    def jot(self, text: str, question: str | None = None) -> Change:
        """Write down the patient's own words."""
        # Numbered past every jot there ever was: one that was removed can come back, and no clock tells two apart.
        name = f"jot-{len(self._jotted) + 1}-{self._now()}"
        jot = Jot(name, text, self._now(), self.opening.clinician, question)
        return self._do(Jotted(jot.id, None, jot))

    def reword_jot(self, jot_id: str, text: str) -> Change:
        """Put a jot in other words; its time stays."""
        return self._change_jot(jot_id, replace(self.jots[jot_id], text=text))

    def link_jot(self, jot_id: str, question: str | None) -> Change:
        """Link a jot to a question, or to none."""
        return self._change_jot(jot_id, replace(self.jots[jot_id], question=question))

    def remove_jot(self, jot_id: str) -> Change:
        return self._change_jot(jot_id, None)

    def _change_jot(self, jot_id: str, new: Jot | None) -> Change:
        old = self.jots[jot_id]
        return self._unchanged() if new == old else self._do(Jotted(jot_id, old, new))

    def respond(self, responses: Mapping[str, Response | None]) -> Change:
        """Record or withdraw responses to items, as one step each and one change together."""
        steps = [
            Responded(rule_id, self._outcomes[rule_id].title, self.responses.get(rule_id), response)
            for rule_id, response in responses.items()
            if self.responses.get(rule_id) != response
        ]
        return self._do(*steps) if steps else self._unchanged()

    def summarise(self, text: str, *, typing: bool = False) -> Change:
        """Write the clinician's own summary and plan."""
        return self._unchanged() if text == self.summary else self._do(Summarised(self.summary, text), typing=typing)

    def hand_over(self, after: HandOver) -> Change:
        """Begin or end a hand-over, or say that it was looked at. Undo does not reach over its beginning or end."""
        self.history = History()
        return self._apply(HandedOver(after.id, self.handovers.get(after.id), after))

    def offer_file(self, file: OfferedFile) -> Change:
        """Offer the answers of a file at their questions. Nothing of them is recorded by that."""
        return self._do(FileOffered(file.id, self.files.get(file.id), file))

    def undo(self) -> Change:
        """Take the last deed back."""
        return self._apply(*self.history.undo())

    def redo(self) -> Change:
        """Do again what was last taken back."""
        return self._apply(*self.history.redo())

    # How

    def _now(self) -> str:
        return self.clock.now().isoformat(timespec="seconds")

    def _unchanged(self) -> Change:
        return Change((), (), (), (), self.progress())

    def _do(self, *steps: Step, typing: bool = False) -> Change:
        for step in steps:
            self.history.push(step, typing=typing)
        change = self._apply(*steps)
        for step in self._following(steps):
            self.history.push(step, typing=typing)
            change = change.then(self._apply(step))
        return change

    def _following(self, steps: Iterable[Step]) -> list[Answered]:
        """What these steps tell of other questions; undone with them."""
        found: list[Answered] = []
        for step in steps:
            match step:
                case Answered():
                    found += self._told(step.question.id)
                case VisitChanged():
                    found += self._told(step.field)
        return found

    def _told(self, changed: str) -> Iterator[Answered]:
        course = self.rules.pathway.course
        for now in told(course, self._facts, self.recorded, self.visit, changed) if course is not None else ():
            before = self.recorded.get(now.question)
            if follows(before, now):
                step: Answered | None = Answered(self.questions[now.question], before, None)
                if now.raw is not None:
                    step = self._recording(Saying(now.question, now.raw, now.by, now.note))
                if step is not None:
                    yield replace(step, with_before=True)

    def _apply(self, *steps: Step) -> Change:
        flags: dict[str, FlagChange] = {}
        shown = self._shown
        for step in steps:
            self._set(step)
            for rule_id, now in self._touched(step).items():
                before = self._outcomes[rule_id]
                if now is not before and now != before:
                    first = flags[rule_id].before if rule_id in flags else before
                    flags[rule_id] = FlagChange(first, now)
                    self._outcomes[rule_id] = now
        appeared, gone = self._in_order(self._shown - shown), self._in_order(shown - self._shown)
        steps = (*steps, *self._note_critical(flags.values()))
        answered = [step.question.id for step in steps if isinstance(step, Answered)]
        moved = {self.pack.theme_of[question_id].id for question_id in (*answered, *appeared, *gone)}
        self._counted |= {theme.id: self._count(theme) for theme in self.form.themes if theme.id in moved}
        differ = tuple(flag for flag in flags.values() if flag.before != flag.after)
        return Change(tuple(steps), differ, appeared, gone, self.progress())

    def _note_critical(self, flags: Iterable[FlagChange]) -> tuple[Step, ...]:
        """What an answer in the patient's hands lists as time-critical stays known, whatever is answered after it."""
        handed = self.handed_over
        listed = [f.after.rule.id for f in flags if f.newly_listed and f.after.tier == "time-critical"]
        new = [rule for rule in listed if handed is not None and rule not in handed.critical]
        if handed is None or not new:
            return ()
        step = HandedOver(handed.id, handed, replace(handed, critical=(*handed.critical, *new)))
        self._set(step)
        return (step,)

    def _in_order(self, questions: frozenset[str]) -> tuple[str, ...]:
        return tuple(q for q in self.questions if q in questions) if questions else ()

    def _touched(self, step: Step) -> Mapping[str, RuleOutcome]:
        """Bring the facts and what is shown up to date, and run the rules again that they touch."""
        match step:
            case Answered():
                changed = self.form.update(self._facts, self._given, step.question.id)
                self._shown = self._still_shown(step.question.id)
                return self.rules.again(changed, self._facts, self._given)
            case VisitChanged(field="visit_date"):
                self._facts, outcomes = self.rules.evaluate(self._given, self.visit_date)
                self._shown = self._now_shown()
                return outcomes
            case _:
                return {}

    def _still_shown(self, question_id: str) -> frozenset[str]:
        """What is shown after this answer changed: only what rests on it can appear or go."""
        resting = self.form.dependents(question_id)
        now = {q for q in resting if self.form.shown(self._facts, self._given, q)}
        return self._shown if now == self._shown.intersection(resting) else self._shown.difference(resting) | now

    def _set(self, step: Step) -> None:
        match step:
            case Answered():
                self.unread.pop(step.question.id, None)
                if self.handed_over is not None:
                    self.told_on_screen.setdefault(self.handed_over.id, []).append(step)
                _put(self.recorded, step.question.id, step.after)
                _put(self._given, step.question.id, step.after.given if step.after else None)
            case VisitChanged():
                self.visit[step.field] = step.after
                if step.field == "room":
                    self._set_room(step)
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

    def _set_room(self, step: VisitChanged) -> None:
        """Rooms follow each other; a change that is taken back takes its room with it."""
        earlier = self.rooms[-2].who if len(self.rooms) > 1 else ""
        if self.rooms and self.rooms[-1] == InRoom(step.before, step.said_at) and earlier == step.after:
            self.rooms.pop()
        else:
            self.rooms.append(InRoom(step.after, step.said_at))

    def _now_shown(self) -> frozenset[str]:
        return frozenset(q for q in self.questions if self.form.shown(self._facts, self._given, q))

    def _from_json(self, raw: Mapping[str, Any]) -> Step | None:
        """A journaled step; None for an answer that is left unread."""
        after = raw["after"]
        match raw["step"]:
            case "answer":
                return self._answered_from_json(raw["question"], after)
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

    def _answered_from_json(self, question_id: str, after: Mapping[str, Any] | None) -> Answered | None:
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


def _still_there(pack: Pack, opening: Opening) -> None:
    lost = [opening.pathway] * (opening.pathway not in [pathway.id for pathway in pack.pathways])
    lost += [profile for profile in opening.profiles if profile not in [known.id for known in pack.profiles]]
    if lost:
        raise WorldError(
            tr(
                "This screening was begun under pack {pack}; the content that is loaded now does not have: {lost}. "
                "Its answers are untouched."
            ).format(pack=f"{opening.pack.id} {opening.pack.version}", lost=", ".join(lost)),
            tr("Load the pack that it was begun with, then open it again."),
        )


def _put(mapping: dict[str, T], key: str, value: T | None) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value
