"""The screening while it is open: the only object that changes answers. No Qt, no disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from screener.clock import Clock
from screener.forms.answering import NotAnAnswer
from screener.forms.evaluation import RuleOutcome, RuleSet
from screener.forms.model import Pack, Question
from screener.forms.visibility import Hidden
from screener.language import tr
from screener.rules.evaluate import Facts
from screener.rules.values import Kind
from screener.screening.another_day import together
from screener.screening.answers import PATIENT, Carried, Recorded
from screener.screening.change import Change, FlagChange
from screener.screening.evaluated import Evaluated
from screener.screening.following import follows, given_way, told
from screener.screening.held import Held
from screener.screening.history import History
from screener.screening.journaled import is_step
from screener.screening.offered import OfferedFile
from screener.screening.opening import Opening
from screener.screening.progress import Progress, ThemeProgress
from screener.screening.saying import Saying, recording
from screener.screening.steps import (
    Answered,
    FileOffered,
    HandedOver,
    HandOver,
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

_NEXT = tr("Nothing of it was changed. Open it with the version that wrote it, or restore the latest backup.")


class Session(Held):
    """One screening at the desk: commands, and answers, visibility, flags and history kept together.

    Every command returns a `Change`; there is no moment in which an answer is new and a flag is old.
    """

    def __init__(self, pack: Pack, opening: Opening, clock: Clock) -> None:
        self.pack = pack
        self.clock = clock
        self.rules = RuleSet(pack, opening.pathway, opening.profiles, opening.parameters, drafts=opening.drafts)
        self.form = self.rules.form
        super().__init__(opening, self.form.questions)
        self.history = History()
        self._evaluated = Evaluated(self.rules, self.answers, self.visit_date)
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
            step = session.read(raw)
            if step is not None:
                session.put(step)
        session._evaluated.anew(session.visit_date)
        session._counted = session._count_all()
        return session

    def follow(self, raw: Mapping[str, Any]) -> Change:
        """One more journaled step, as `replay` takes them all; history does not reach it. WorldError where it is none.

        An answer that the content does not take is in `unread`, and changes nothing else.
        """
        if not is_step(raw):
            raise WorldError("A step of this screening is not written as this version writes steps.", _NEXT)
        step = self.read(raw)
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
    def facts(self) -> Facts:
        """The answers as the logic sees them."""
        return self._evaluated.facts

    @property
    def outcomes(self) -> Mapping[str, RuleOutcome]:
        """Every rule's outcome, in the order of the screen."""
        return self._evaluated.outcomes

    def is_shown(self, question_id: str) -> bool:
        return question_id in self._evaluated.shown

    def shown_in(self, theme_id: str) -> list[Question]:
        """The questions of one theme that are shown, in order."""
        of, shown = self.pack.theme_of, self._evaluated.shown
        return [q for q in self.questions.values() if q.id in shown and of[q.id].id == theme_id]

    def hidden(self) -> list[Hidden]:
        """Questions not shown, each with what hides it."""
        return self._evaluated.hidden()

    def progress(self) -> Progress:
        return Progress(dict(self._counted))

    def _count_all(self) -> dict[str, ThemeProgress]:
        return {theme.id: self._evaluated.count(theme) for theme in self.form.themes}

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
        """Change the visit's date (re-evaluates), product, second mark or who is in the room.

        Readings of an earlier day lapse when the visit moves on to a later one; undo brings both back.
        """
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
        name = f"jot-{self.jots_ever + 1}-{self._now()}"
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
            Responded(rule_id, self.outcomes[rule_id].title, self.responses.get(rule_id), response)
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
                    if step.field == "visit_date":
                        found += self._of_the_day(step.after)
        return found

    def _of_the_day(self, visit_date: str) -> Iterator[Answered]:
        """Readings lapse where the visit moves on to a later day, and are there again where it moves back to theirs."""
        readings = [one for one in self.recorded.values() if one.question.kind is Kind.READINGS]
        for one in readings:
            of_before, since = self.written_down.split(one, visit_date)
            if of_before is not None:
                yield Answered(one.question, one, since, with_before=True)
        for question_id, lapsed in self.lapsed.items():
            _, since = self.written_down.split(lapsed, visit_date)
            if since is not None:
                stands = self.recorded.get(question_id)
                after = since if stands is None else together(since, stands)
                yield Answered(since.question, stands, after, with_before=True)

    def _told(self, changed: str) -> Iterator[Answered]:
        course = self.rules.pathway.course
        for now in told(course, self.facts, self.recorded, self.visit, changed) if course is not None else ():
            before = self.recorded.get(now.question)
            if follows(before, now):
                step: Answered | None = Answered(self.questions[now.question], before, None)
                if now.raw is not None:
                    step = self._recording(Saying(now.question, now.raw, now.by, now.note))
                if step is not None:
                    yield replace(step, with_before=True)

    def _apply(self, *steps: Step) -> Change:
        flags: dict[str, FlagChange] = {}
        shown = self._evaluated.shown
        for step in steps:
            self.put(step)
            for flag in self._touched(step):
                known = flags.get(flag.after.rule.id, flag)
                flags[flag.after.rule.id] = FlagChange(known.before, flag.after)
        now = self._evaluated.shown
        appeared, gone = self._in_order(now - shown), self._in_order(shown - now)
        steps = (*steps, *self._note_critical(flags.values()))
        answered = [step.question.id for step in steps if isinstance(step, Answered)]
        moved = {self.pack.theme_of[question_id].id for question_id in (*answered, *appeared, *gone)}
        self._counted |= {theme.id: self._evaluated.count(theme) for theme in self.form.themes if theme.id in moved}
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
        self.put(step)
        return (step,)

    def _in_order(self, questions: frozenset[str]) -> tuple[str, ...]:
        return tuple(q for q in self.questions if q in questions) if questions else ()

    def _touched(self, step: Step) -> Iterable[FlagChange]:
        """Bring what stands up to date after a step."""
        match step:
            case Answered():
                return self._evaluated.answered(step.question.id)
            case VisitChanged(field="visit_date"):
                return self._evaluated.dated(self.visit_date)
            case _:
                return ()


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
