"""The session under random commands: what it says always equals what a fresh evaluation of the same answers says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from screener.clock import FixedClock
from screener.screening.change import Change
from screener.screening.opening import Opening, PackStamp
from screener.screening.saying import Saying
from screener.screening.session import Session
from tests.small_pack import PATHWAY, small_pack

PACK = small_pack()
STATES = [{"state": name} for name in ("not_known", "declined", "come_back")]
YES_NO: list[Any] = ["yes", "no", *STATES]
PRESSURES: list[Any] = [
    "none taken",
    [[152, None]],
    [[140, 90]],
    [[140, 90], [141, 90]],
    [[0, 80]],
    [[200, 120, 70]],
    *STATES,
]
ANSWERS: dict[str, list[Any]] = {
    "heart.mi": YES_NO,
    "heart.mi_on": ["2026-10-12", "2026-10-11", "2026-10", "2025", "2027", *STATES],
    "heart.bleed": YES_NO,
    "heart.kinds": [[], ["a"], ["a", "c"], *STATES],
    "heart.pressures": [
        p
        if isinstance(p, str | dict)
        else [dict(zip(("systolic", "diastolic", "pulse"), r, strict=False), phase="before") for r in p]
        for p in PRESSURES
    ],
    "body.weight": [70, "101.5", {"value": 330, "unit": "[lb_av]"}, *STATES],
    "body.height": [170, 0, *STATES],
    "body.apnoea": YES_NO,
    "body.cpap": YES_NO,
}
CLOCK = FixedClock(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))


def opening(**extra: Any) -> Opening:
    """An opening on the small pack."""
    given: dict[str, Any] = {"profiles": ("clinic",), "parameters": {}, **extra}
    return Opening(
        reference="T-1",
        pathway=PATHWAY,
        visit_date="2026-11-23",
        clinician="Clinician A",
        role="clinician",
        begun_at="2026-11-23T10:00:00+00:00",
        pack=PackStamp("small", "1", PACK.hash),
        **given,
    )


class SessionMachine(RuleBasedStateMachine):
    """Random answers, accounts, states, undo and redo, and changes of the visit's date."""

    @initialize(option=st.sampled_from([None, "a", "b"]))
    def begin(self, option: str | None) -> None:
        self.session = Session(PACK, opening(parameters={"limit": option} if option else {}), CLOCK)
        self.steps: list[dict[str, Any]] = []
        self.before = dict(self.session.outcomes)
        self.shown = {q for q in self.session.questions if self.session.is_shown(q)}

    def heard(self, change: Change) -> None:
        """What a change says is exactly what differs."""
        self.steps += [step.to_json() for step in change.steps]
        now = dict(self.session.outcomes)
        assert {c.after.rule.id for c in change.flags} == {r for r in now if now[r] != self.before[r]}
        assert all(c.after == now[c.after.rule.id] and c.before == self.before[c.after.rule.id] for c in change.flags)
        shown = {q for q in self.session.questions if self.session.is_shown(q)}
        assert (set(change.appeared), set(change.gone)) == (shown - self.shown, self.shown - shown)
        assert change.progress == self.session.progress()
        self.before, self.shown = now, shown

    @rule(
        data=st.data(),
        question=st.sampled_from(sorted(ANSWERS)),
        by=st.sampled_from(["patient", "spouse"]),
        typing=st.booleans(),
    )
    def answer(self, data: st.DataObject, question: str, by: str, typing: bool) -> None:
        raw = data.draw(st.sampled_from(ANSWERS[question]))
        self.heard(self.session.answer(question, raw, by=by, typing=typing))

    @rule(data=st.data(), questions=st.lists(st.sampled_from(sorted(ANSWERS)), max_size=3))
    def answer_together(self, data: st.DataObject, questions: list[str]) -> None:
        sayings = [Saying(question, data.draw(st.sampled_from(ANSWERS[question]))) for question in questions]
        before = dict(self.session.recorded)
        change = self.session.answer_together(sayings)
        self.heard(change)
        if change:
            self.heard(self.session.undo())
            assert self.session.recorded == before
            self.heard(self.session.redo())

    @rule(question=st.sampled_from(sorted(ANSWERS)), by=st.sampled_from([None, "patient", "spouse"]))
    def clear(self, question: str, by: str | None) -> None:
        self.heard(self.session.clear(question, by=by))

    @precondition(lambda self: self.session.recorded)
    @rule(data=st.data())
    def use_account(self, data: st.DataObject) -> None:
        question = data.draw(st.sampled_from(sorted(self.session.recorded)))
        by = data.draw(st.sampled_from([e.by for e in self.session.recorded[question].entries]))
        self.heard(self.session.use_account(question, by))

    @rule(day=st.sampled_from(["2026-11-23", "2026-11-24", "2026-03-01"]))
    def visit_date(self, day: str) -> None:
        self.heard(self.session.set_visit("visit_date", day))

    @rule()
    def undo(self) -> None:
        self.heard(self.session.undo())

    @rule()
    def redo(self) -> None:
        self.heard(self.session.redo())

    @rule()
    def undo_then_redo_changes_nothing(self) -> None:
        before = (dict(self.session.recorded), dict(self.session.visit))
        undone = self.session.undo()
        self.heard(undone)
        if undone:
            self.heard(self.session.redo())
        assert (dict(self.session.recorded), dict(self.session.visit)) == before

    @invariant()
    def says_what_a_fresh_evaluation_says(self) -> None:
        if not hasattr(self, "session"):
            return
        day = date.fromisoformat(self.session.visit["visit_date"])
        given = {q: r.given for q, r in self.session.recorded.items()}
        facts, outcomes = self.session.rules.evaluate(given, day)
        assert facts.answers == self.session.facts.answers
        assert outcomes == dict(self.session.outcomes)

    @invariant()
    def the_journal_leads_back_here(self) -> None:
        if not hasattr(self, "session"):
            return
        again = Session.replay(PACK, self.session.opening, self.steps, CLOCK)
        assert again.recorded == self.session.recorded
        assert dict(again.outcomes) == dict(self.session.outcomes)
        assert again.visit == self.session.visit


TestSession = SessionMachine.TestCase
