"""A record: whole in itself, the same bytes from the same screening, read back to the same report."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.records.browse import Signature, SignedRecord
from screener.records.record import build, canonical, part_of, product_line, standing_line
from screener.screening.review import response
from screener.screening.session import Session
from tests.screening.test_session_machine import CLOCK, PACK, opening
from tests.small_pack import small_pack

ANSWERS: dict[str, Any] = {
    "heart.mi": "yes",
    "heart.mi_on": "2026-11",
    "heart.bleed": {"state": "not_known"},
    "heart.kinds": ["b", "a"],
    "heart.pressures": [{"systolic": 141, "diastolic": 0, "phase": "before"}],
    "body.weight": {"value": 330, "unit": "[lb_av]"},
    "body.height": "169.5",
    "body.apnoea": "no",
}


def begun() -> Session:
    session = Session(PACK, opening(parameters={"limit": "a"}), CLOCK)
    for question, raw in ANSWERS.items():
        session.answer(question, raw)
    session.answer("heart.mi", "no", by="spouse", note="asked by telephone")
    session.use_account("heart.mi", "patient")
    session.jot("It was the worst winter.", "heart.mi")
    session.summarise("Comes back in a week.")
    session.respond({"heart.any_kind": response(session, "heart.any_kind", "reviewed", note="seen")})
    return session


def test_the_same_screening_gives_the_same_bytes_and_so_does_its_journal() -> None:
    session = begun()
    sealed = canonical(build(session))
    assert canonical(build(session)) == sealed
    steps = json.loads(json.dumps([step.to_json() for step in session.history.done]))
    assert canonical(build(Session.replay(PACK, session.opening, steps, CLOCK))) == sealed


def test_a_record_read_back_gives_the_same_report() -> None:
    content = build(begun(), incomplete="the bus left")
    assert report(json.loads(canonical(content))) == report(content)


def test_a_part_names_the_parts_before_it_and_the_report_says_that_the_screening_went_on() -> None:
    first = SignedRecord("r1", "s1", b"{}", Signature("Clinician A", "", "", "2026-11-23T10:42:07+00:00", ""))
    part = part_of([first], last=False)
    assert (part["number"], part["last"]) == (2, False)
    assert part["earlier"] == [
        {"record": "r1", "signed_at": "2026-11-23T10:42:07+00:00", "sha256": hashlib.sha256(b"{}").hexdigest()}
    ]
    said = render_text(report(build(begun(), part=part)))
    assert "Part 2: the screening went on after it was signed. Signed before it: part 1 on 2026-11-23 10:42." in said
    assert "Part" not in render_text(report(build(begun())))


def test_a_later_answer_changes_nothing_in_a_record_that_was_built() -> None:
    session = begun()
    content = build(session)
    before = canonical(content)
    session.answer("heart.bleed", "yes")
    session.undo()
    session.set_visit("product", "another")
    assert canonical(content) == before


def test_numbers_in_a_record_are_exact_and_no_double() -> None:
    content = json.loads(canonical(build(begun())), parse_float=pytest.fail)
    (height,) = [q for theme in content["themes"] for q in theme["questions"] if q["id"] == "body.height"]
    assert height["recorded"]["accounts"][0]["value"] == "169.5"


def test_a_record_says_what_was_answered_by_whom_what_is_listed_and_why_without_its_pack() -> None:
    said = render_text(report(build(begun())))
    for line in (
        "heart.any kind",
        "Which?: A, B",
        "patient: yes (used) · spouse: no",
        "asked by telephone",
        "149.7 kg (typed as 330 lb)",
        "Bleeding in the brain, ever?: not known",
        "Limit: a; source: A label",
        "to look at again: reading 1: diastolic 0 lies outside 30 to 180",
        "It was the worst winter.",
        "Comes back in a week.",
        "The list says nothing about whether treatment takes place.",
    ):
        assert line in said, line


def test_a_screening_signed_as_incomplete_says_why_and_shows_what_is_open_first() -> None:
    said = render_text(report(build(begun(), incomplete="the bus left")))
    assert "Signed as incomplete: the bus left" in said
    assert said.index("\nNot established\n") < said.index("\nListed\n")
    complete = render_text(report(build(begun())))
    assert complete.index("\nListed\n") < complete.index("\nNot established\n")


@pytest.mark.parametrize("product", ["esketamine nasal spray", "Esketamine  Nasal Spray"])
def test_nothing_is_said_of_the_product_where_it_is_the_one_that_the_source_speaks_of(product: str) -> None:
    source = PACK.sources["label"].model_copy(update={"product": "esketamine nasal spray"})
    assert product_line(source, product) == ""


@pytest.mark.parametrize(
    ("product", "here"),
    [
        ("ketamine nasal spray", "ketamine nasal spray"),
        ("ketamine", "ketamine"),
        ("compounded esketamine nasal spray", "compounded esketamine nasal spray"),
        ("esketamine", "esketamine"),
        ("nasal esketamine", "nasal esketamine"),
        ("-", "-"),
        ("", "product not recorded"),
    ],
)
def test_another_product_or_none_stands_beside_the_one_that_the_source_speaks_of(product: str, here: str) -> None:
    source = PACK.sources["label"].model_copy(update={"product": "esketamine nasal spray"})
    assert product_line(source, product) == f"The source speaks of esketamine nasal spray; here: {here}."
    assert product_line(source.model_copy(update={"product": ""}), product) == ""


@pytest.mark.parametrize(
    ("reread", "active", "said"),
    [
        (0, 1, "content not yet re-read by a named clinician: 0 of 1 rule."),
        (1, 1, "content re-read by a named clinician: 1 of 1 rule."),
        (1, 2, "content not yet re-read by a named clinician: 1 of 2 rules."),
    ],
)
def test_one_rule_is_one_rule_in_the_standing_line(reread: int, active: int, said: str) -> None:
    pack = small_pack()
    vars(pack).update(reread_rules=reread, active_rules=active)
    assert said in standing_line(pack)
