"""A blank form of a pathway: every question under its condition, with what it is answered with, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import get_args

import pytest

from screener.exchange.blank_answers import DECLINED, ITEMS_LEFT_OUT, NOT_KNOWN
from screener.exchange.blank_form import HOW_TO, blank_form, themes_of
from screener.exchange.pdf import Paper, render_pdf
from screener.exchange.plain import render_text
from screener.forms.asked_when import AskedNames, asked_when, reachable
from screener.forms.model import Question
from screener.forms.neutrality import said as advising_words
from screener.forms.visibility import Form
from screener.records.document import Document, Heading, Paragraph, ToAnswer, words
from screener.rules.expressions import All, Any_, Ask
from screener.rules.values import Kind
from tests.exchange.faults import faults
from tests.exchange.placed import sizes
from tests.exchange.sample import MADE_AT
from tests.exchange.tagged import artifacts, structure
from tests.records.sittings import shipped

HOME = "ketamine-home"
LEAST_SAID = 18
"""So many letters are more than the name of a thing, or a chance likeness."""
OF_RULES_OR_STUDIES = re.compile(
    r"\bno rule\b|\brules? (?:reads?|compares?|looks?|counts?)\b|\btrials? (?:of|that)\b|\b(?:one study|study of)\b"
    r"|\bsources? (?:name|that)\b|\b(?:was|were) (?:not )?read\b|\b(?:company|companies)'s?\b",
    re.IGNORECASE,
)


@cache
def form_of(pathway: str, *profiles: str) -> Document:
    return blank_form(shipped(), pathway, profiles)


@cache
def printed(paper: Paper) -> bytes:
    return render_pdf(form_of(HOME, "us-label"), paper=paper, made_at=MADE_AT)


def asked(document: Document) -> list[ToAnswer]:
    return [block for block in document.blocks if isinstance(block, ToAnswer)]


def question(text: str, document: Document | None = None) -> ToAnswer:
    return next(one for one in asked(document or form_of(HOME)) if text in one.text)


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_every_question_that_can_be_asked_stands_once_in_the_order_of_themes(pathway: str) -> None:
    expected = [q.text for q in Form(shipped(), pathway).questions.values() if q.kind is not Kind.DERIVED]
    assert [one.text for one in asked(form_of(pathway))] == expected
    numbers = [one.number for one in asked(form_of(pathway))]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_each_question_has_something_to_be_answered_with_and_boxes_for_not_known_and_declined(pathway: str) -> None:
    for one in asked(form_of(pathway)):
        assert one.boxes or one.places or one.blank_lines or one.grid, one.text
        assert one.states == (NOT_KNOWN, DECLINED)


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_a_question_under_a_condition_says_which(pathway: str) -> None:
    form = Form(shipped(), pathway)
    gated = {q.text for q in form.questions.values() if q.shown_when is not None}
    for one in asked(form_of(pathway)):
        assert one.when.startswith("If ") is (one.text in gated), one.text


def test_a_condition_names_the_question_by_its_number() -> None:
    reaction, what = question("allergic or severe reaction to"), question("What happened, and when?")
    assert what.when.startswith(f"If yes to {reaction.number} (")


def test_a_condition_over_options_names_them_in_quotes() -> None:
    other = question("Which diagnosis is it, or what else")
    assert other.when.startswith("If “Another diagnosis, or none” at ")


def test_several_conditions_are_joined_and_one_that_cannot_hold_here_is_left_out() -> None:
    pack, here = shipped(), Form(shipped(), HOME).questions
    names = AskedNames(pack, lambda name: name)
    yes, no = Ask(ask="visit.dose_today", is_="yes"), Ask(ask="person.age", at_least="65", unit="a")  # type: ignore[arg-type]
    elsewhere = Ask(ask="consent.state_form", is_="yes")
    questions: dict[str, Question] = {name: pack.questions[name] for name in (yes.ask, no.ask) if name in here}
    assert len(questions) == 2, "these questions are asked on this pathway"
    both, either = All(all=(yes, no)), Any_(any=(yes, no))
    assert asked_when(both, questions, names) == "if yes to visit.dose_today and person.age at least 65 years"
    assert asked_when(Any_(any=(both, yes)), questions, names).startswith("if (yes to visit.dose_today and ")
    assert " or " in asked_when(either, questions, names)
    assert reachable(Any_(any=(yes, elsewhere)), here) == yes
    assert reachable(All(all=(yes, elsewhere)), here) is None
    assert reachable(elsewhere, here) is None and reachable(None, here) is None


def test_readings_stand_by_phase_and_medicines_in_a_table_to_write_into() -> None:
    readings = question("Blood pressure and pulse today")
    assert readings.grid is not None
    assert list(dict.fromkeys(readings.grid.rows)) == [
        "At screening", "Before dose", "About 40 min after", "On leaving"
    ]  # fmt: skip
    assert readings.grid.header[:5] == ("Phase", "Time", "Systolic", "Diastolic", "Pulse")
    assert readings.boxes == ("None taken",)
    assert not any("Type" in note for note in readings.notes)
    medicines = question("Which medicines do you take")
    assert medicines.grid is not None and len(medicines.grid.rows) >= 10
    assert medicines.boxes == ("No medicines",)


def test_a_licensed_instrument_s_items_are_left_out_and_the_form_says_so() -> None:
    columbia = question("The Columbia screener")
    assert columbia.blank_lines and not columbia.places
    assert any(ITEMS_LEFT_OUT in note and "Research Foundation" in note for note in columbia.notes)
    phq = question("PHQ-9")
    assert [before for before, _ in phq.places][:3] == ["1", "2", "3"]
    assert phq.places[-1] == ("Total", "0 to 27")
    assert any("0 to 3" in note for note in phq.notes)


def stretches(statement: str) -> Iterator[str]:
    """What a statement says whatever is put into it."""
    yield from (text.strip(" .,;:") for text in re.split(r"{[^}]*}", statement))


def said_of_rules(said: str) -> list[str]:
    """Titles and statements of rules in a text, less what a question, its options or an instrument are called."""
    pack = shipped()
    called = [t for q in pack.questions.values() for t in (q.text, q.label, *(option.text for option in q.options))]
    asked_anyway = "\n".join((*called, *(one.title for one in pack.instruments))).lower()
    rules = list(pack.rules.values())
    levels = [level for rule in rules for level in rule.levels]
    titles = [*(rule.title for rule in rules), *(level.title for level in levels)]
    statements = [*(rule.statement for rule in rules), *(level.statement for level in levels)]
    every = dict.fromkeys((*titles, *(part for statement in statements for part in stretches(statement))))
    told = [text for text in every if len(text) >= LEAST_SAID and text.lower() not in asked_anyway]
    assert len(told) > len(pack.rules), "most of what rules say is no question"
    return [text for text in told if text in said]


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_nothing_is_said_of_what_rules_say_or_of_marks(pathway: str) -> None:
    said = render_text(form_of(pathway)).replace(form_of(pathway).standing, "")
    assert said_of_rules(said) == []
    for word in ("For review", "Time-critical", "Listed", "Not established"):
        assert word not in said


def test_what_a_rule_says_would_be_found_on_a_form() -> None:
    rule = shipped().rules["heart.hypertension_uncontrolled"]
    form = form_of(HOME)
    for told in (rule.title, max(stretches(rule.statement), key=len)):
        assert told in said_of_rules(render_text(replace(form, blocks=(*form.blocks, Paragraph(words(told))))))


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_what_helps_to_answer_speaks_of_no_rule_and_no_study(pathway: str) -> None:
    """Such words stand in the why of a question, which the window opens and paper leaves out."""
    form = Form(shipped(), pathway)
    printed_ones = [
        *(q.help for q in form.questions.values() if q.kind is not Kind.INSTRUMENT),
        *(option.help for q in form.questions.values() for option in q.options),
        *(theme.intro for theme in form.themes),
    ]
    assert [text for text in printed_ones if OF_RULES_OR_STUDIES.search(text)] == []


def test_how_boxes_are_ticked_is_said_where_they_stand_and_nowhere_else_otherwise() -> None:
    assert not any(text.startswith("Tick one") for text in HOW_TO)
    for one in asked(form_of(HOME)):
        assert one.how or one.boxes in ((), ("Yes", "No"), ("None taken",), ("No medicines",)), one.text


def test_a_question_to_come_back_to_is_marked_in_a_way_that_the_form_tells() -> None:
    assert any("come back to" in text and "ring around its number" in text for text in HOW_TO)


@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_the_program_s_own_words_on_a_form_advise_nothing(pathway: str) -> None:
    own = [*HOW_TO, *(one.when for one in asked(form_of(pathway))), *(one.how for one in asked(form_of(pathway)))]
    assert [text for text in own if list(advising_words(text))] == []


@pytest.mark.parametrize("paper", get_args(Paper))
def test_a_form_is_read_and_printed_without_a_fault(paper: Paper) -> None:
    assert faults(printed(paper), form_of(HOME, "us-label")) == []


@pytest.mark.parametrize("paper", get_args(Paper))
def test_each_page_has_its_number_the_stamp_of_the_content_and_a_place_for_the_reference(paper: Paper) -> None:
    heads = artifacts(printed(paper))
    many = len(sizes(printed(paper)))
    stamp = f"{shipped().head.id} {shipped().head.version} · {shipped().hash[:12]}"
    for number, page in enumerate(heads, start=1):
        assert f"Page {number} of {many}" in page
        assert stamp in page
        if number > 1:
            assert "Patient reference" in page and "Visit date" in page
    assert "Patient reference" in [label.text for label in structure(printed(paper)).all("Lbl")]


def test_boxes_are_signs_that_are_heard_and_each_question_is_a_heading() -> None:
    heard = structure(printed("a4"))
    assert "□ Yes" in heard.text.replace("\xa0", " ") or "□Yes" in heard.text
    texts = [heading.text for heading in heard.all("H2")]
    assert [one.text for one in asked(form_of(HOME, "us-label"))] == texts


def test_themes_can_be_left_out_and_numbers_stay() -> None:
    pack = shipped()
    whole, wanted = form_of(HOME), themes_of(pack, HOME)[2]
    part = blank_form(pack, HOME, (), [wanted.id])
    assert {one.number: one.text for one in asked(part)}.items() <= {o.number: o.text for o in asked(whole)}.items()
    assert [one.number.split(".")[0] for one in asked(part)] == ["3"] * len(asked(part))
    said = render_text(part)
    assert "Left out of this print" in said and themes_of(pack, HOME)[0].title in said
    assert any(", not in this print)" in one.when for one in asked(blank_form(pack, HOME, (), ["bladder-and-urinary"])))


def test_a_form_under_the_rules_of_a_state_with_a_form_of_its_own_is_a_supplement() -> None:
    oregon = form_of("psilocybin-oregon")
    assert oregon.title == "Intake form, blank (supplement)"
    assert "does not take its place" in render_text(oregon)
    assert "supplement" not in form_of("psilocybin-colorado").title


def test_a_form_as_text_has_the_boxes_too() -> None:
    said = render_text(form_of(HOME))
    assert "[ ] Yes   [ ] No" in said and "[ ] Not known   [ ] Declined" in said
    assert next(block.text for block in form_of(HOME).blocks if isinstance(block, Heading)).upper() in said
