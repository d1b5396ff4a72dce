"""When a question is asked, in words: read off the paper again, they say what the window does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.forms.asked_when import AskedNames, asked_when, reachable
from screener.forms.model import Question
from screener.forms.visibility import Form
from screener.rules.evaluate import compile_node
from screener.rules.expressions import All, Any_, Ask, Expression, Node, questions_read
from screener.rules.truth import Truth
from screener.rules.values import Kind
from tests.records.sittings import shipped
from tests.rules.running import VISIT
from tests.rules.strategies import raw_answers, read

HOME = "ketamine-home"
Ticked = Mapping[str, Any]
"""What stands on paper at each question, by its id: yes or no, an option, several, a figure; nothing where empty."""


@cache
def form_of(pathway: str) -> Form:
    return Form(shipped(), pathway)


def said(gate: Node, questions: Mapping[str, Question]) -> str:
    return asked_when(gate, questions, AskedNames(shipped(), lambda name: name))


# --- a reader of the words, who knows the paper alone -----------------------------------------------------------------


class Reader:
    """Somebody with a filled-in form who reads a condition from left to right."""

    _LEAF = re.compile(
        r"(?P<word>(?:yes|no)(?: or (?:yes|no))?) to (?P<yes_no>\S+?)(?=$|\)| )"
        r"|anything but “None of these” is ticked at (?P<several>\S+?)(?=$|\)| )"
        r"|(?P<but>anything but )?(?P<options>“[^”]*”(?:(?:, | or | and )“[^”]*”)*) at (?P<chosen>\S+?)(?=$|\)| )"
        r"|(?P<number>\S+) (?P<how>above|at least|at most|below) (?P<figure>[\d.]+)(?: (?!and\b|or\b)[^ )]+)*"
    )

    def __init__(self, text: str, questions: Mapping[str, Question], ticked: Ticked) -> None:
        self._rest, self._questions, self._ticked = text.removeprefix("if "), questions, ticked

    def holds(self) -> bool:
        found = self._clause()
        assert self._rest == "", f"not read: {self._rest}"
        return found

    def _clause(self) -> bool:
        parts, words = [self._part()], set()
        while by := next((by for by in (" and ", " or ") if self._rest.startswith(by)), ""):
            self._rest = self._rest[len(by) :]
            words.add(by)
            parts.append(self._part())
        assert len(words) <= 1, "and beside or is read in two ways"
        return all(parts) if " and " in words else any(parts)

    def _part(self) -> bool:
        if not self._rest.startswith("("):
            return self._leaf()
        self._rest = self._rest[1:]
        found = self._clause()
        assert self._rest.startswith(")")
        self._rest = self._rest[1:]
        return found

    def _leaf(self) -> bool:
        leaf = self._LEAF.match(self._rest)
        assert leaf is not None, f"not understood: {self._rest}"
        self._rest = self._rest[leaf.end() :]
        if leaf["yes_no"]:
            return self._ticked.get(leaf["yes_no"]) in leaf["word"].split(" or ")
        if leaf["several"]:
            return bool(self._ticked.get(leaf["several"]))
        if leaf["number"]:
            return self._compared(leaf)
        question = self._questions[leaf["chosen"]]
        named = set(re.findall("“([^”]*)”", leaf["options"]))
        there = self._ticked.get(question.id)
        boxes = {question.option_text(option) for option in ([there] if isinstance(there, str) else there or ())}
        if leaf["but"]:
            assert question.kind is Kind.CHOICE, "of several boxes, anything but one can be read in two ways"
            return bool(boxes) and not boxes & named
        return bool(boxes & named)

    def _compared(self, leaf: re.Match[str]) -> bool:
        figure, wanted = self._ticked.get(leaf["number"]), Decimal(leaf["figure"])
        if figure is None:
            return False
        found: bool = {
            "above": figure > wanted,
            "at least": figure >= wanted,
            "at most": figure <= wanted,
            "below": figure < wanted,
        }[leaf["how"]]
        return found


def on_paper(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that are plain values, as far as the questions are asked."""
    answers = read(form, dict(raw))
    facts = form.facts(answers, VISIT)
    return {name: value for name, value in raw.items() if form.shown(facts, answers, name)}


def plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if not isinstance(value, dict)}


# --- conditions that somebody could write -----------------------------------------------------------------------------


def _of_one(question: Question) -> st.SearchStrategy[Expression]:
    if question.kind is Kind.NUMBER:
        written = st.tuples(st.sampled_from(["above", "at_least", "at_most", "below"]), st.integers(1, 90))
        return written.map(
            lambda pair: Ask.model_validate({"ask": question.id, pair[0]: pair[1], "unit": question.unit})
        )
    some = st.lists(st.sampled_from(question.option_ids), min_size=1, unique=True)
    return some.map(
        lambda options: Ask.model_validate(
            {"ask": question.id, "is": options[0]} if len(options) == 1 else {"ask": question.id, "one_of": options}
        )
    )


def _conditions() -> st.SearchStrategy[Expression]:
    """Over some questions that are asked at home, and some that are asked elsewhere alone."""
    kinds = (Kind.YES_NO, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER)
    free = [q for q in shipped().questions.values() if q.kind in kinds and q.shown_when is None]
    here = [q for q in free if q.id in form_of(HOME).questions]
    elsewhere = [q for q in free if q.id not in form_of(HOME).questions]
    by_kind = [next(q for q in some if q.kind is kind) for some in (here, elsewhere) for kind in kinds[:3]]
    several = [q for q in here if q.kind is Kind.CHOICES and len(q.options) > 4][:2]
    one = [q for q in here if q.kind is Kind.CHOICE and len(q.options) > 4][:2]
    numbers = [q for q in here if q.kind is Kind.NUMBER][:2]
    leaves = st.sampled_from([*by_kind, *several, *one, *numbers]).flatmap(_of_one)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(all=tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: Any_(any=tuple(parts))),
        ),
        max_leaves=6,
    )


@given(st.data())
def test_every_condition_that_can_be_met_has_words_that_say_what_the_window_does(data: st.DataObject) -> None:
    form, gate = form_of(HOME), data.draw(_conditions())
    raw = plain(data.draw(raw_answers(form, questions_read(gate))))
    facts = form.facts(read(form, raw), VISIT)
    shown = compile_node(gate, {}, form.layout).run(facts)[0] is Truth.YES
    left = reachable(gate, form.questions)
    if left is None:
        assert not shown
        return
    words = said(left, form.questions)
    assert Reader(words, form.questions, on_paper(form, raw)).holds() is shown, words


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
@given(data=st.data())
def test_each_condition_of_a_pathway_says_on_paper_what_the_window_does(pathway: str, data: st.DataObject) -> None:
    form = form_of(pathway)
    gated = [q for q in form.questions.values() if q.shown_when and reachable(q.shown_when, form.questions)]
    question = data.draw(st.sampled_from(gated))
    assert question.shown_when is not None
    needed = {name for read_ in questions_read(question.shown_when) for name in form.rests_on(read_)}
    raw = plain(data.draw(raw_answers(form, needed)))
    answers = read(form, raw)
    shown = form.shown(form.facts(answers, VISIT), answers, question.id)
    left = reachable(question.shown_when, form.questions)
    assert left is not None
    words = said(left, form.questions)
    assert Reader(words, form.questions, on_paper(form, raw)).holds() is shown, words


def test_a_condition_inside_another_is_rid_of_what_is_not_asked_here() -> None:
    form = form_of(HOME)
    here, too = Ask(ask="visit.dose_today", is_="yes"), Ask(ask="person.age", at_least="65", unit="a")  # type: ignore[arg-type]
    elsewhere = Ask(ask="consent.state_form", is_="yes")
    left = reachable(All(all=(Any_(any=(elsewhere, here)), too)), form.questions)
    assert left == All(all=(here, too))
    assert said(left, form.questions) == "if yes to visit.dose_today and person.age at least 65 years"


@pytest.mark.parametrize("asked", ["substance.other_active", "substance.other_months", "substance.other_met_on"])
def test_a_box_that_may_be_ticked_beside_others_is_never_what_is_left_out(asked: str) -> None:
    """Alcohol ticked beside opioids brings the question up, and none of these does not."""
    gate = shipped().questions[asked].shown_when
    assert gate is not None
    words = said(gate, shipped().questions)
    assert "anything but" not in words
    which = shipped().questions["substance.disorder_which"]
    assert f"“{which.option_text('opioids')}”" in words and "Alcohol" not in words
