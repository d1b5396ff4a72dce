"""Our own exported forms come back as a theme: the same questions, kinds, options, units, ranges and conditions."""

from __future__ import annotations

from typing import Any

import pytest

from screener.exchange.fhir.foreign.asked import Asked
from screener.exchange.fhir.foreign.into_folder import edits, findings
from screener.exchange.fhir.foreign.reading import Incoming, files, incoming
from screener.exchange.fhir.foreign.showing import shown
from screener.exchange.fhir.foreign.writing import entry
from screener.exchange.fhir.writing import json_text
from screener.forms.model import Question
from screener.forms.visibility import Form
from screener.rules.expressions import All, Any_, Ask
from screener.rules.values import Kind
from tests.exchange.fhir.made import as_bundle, begun, resources, signed
from tests.records.sittings import shipped

PATHWAYS = [pathway.id for pathway in shipped().pathways]


def exported(pathway: str) -> Incoming:
    (made,) = resources(as_bundle(signed(begun(pathway))), "Questionnaire")
    return incoming(json_text(made).encode("utf-8"), "ours.json", shipped())


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_same_questions_come_back_in_the_same_order(pathway: str) -> None:
    found, asked = exported(pathway), Form(shipped(), pathway).questions
    assert [one.item.link for one in found.asked] == list(asked)
    ids = {one.id: one.item.link for one in found.asked}
    lost = {remark.link for remark in found.all_remarks if remark.changes}
    for one in found.asked:
        question = asked[one.item.link]
        assert one.kind is question.kind
        assert one.text == " ".join(question.text.split())
        if one.kind in (Kind.CHOICE, Kind.CHOICES):
            assert [(choice.id, choice.text) for choice in one.choices] == [
                (option.id, option.text) for option in question.options
            ]
        if one.kind is Kind.NUMBER:
            assert (one.unit, one.units, one.plausible) == (question.unit, question.units, question.plausible)
        made = Question.model_validate(_whole(one))
        assert made.instrument == question.instrument
        if one.item.link not in lost:
            assert _tests(made.shown_when, ids) == _tests(question.shown_when, {})
    assert lost <= {name for name, question in asked.items() if question.shown_when is not None}
    assert len(list(shown(found, shipped()))) == len(found.found)


def test_what_comes_back_is_content_without_findings(tmp_path: Any) -> None:
    found = exported("ketamine-home")
    made = edits(tmp_path / "ours", files(found, ["ketamine-home"], declared=True), found.title)
    assert findings(tmp_path / "ours", made) == []


def _whole(asked: Asked) -> dict[str, Any]:
    options = [{"id": choice.id, "text": choice.text} for choice in asked.choices]
    return entry(asked) | ({"options": options} if options else {})


def _tests(node: Any, names: dict[str, str]) -> Any:
    """A condition with every list of options taken apart, in no order."""
    match node:
        case None:
            return None
        case Ask():
            return frozenset((frozenset(_apart(node, names)),))
        case Any_():
            return frozenset((frozenset(test for one in node.any for test in _apart(one, names)),))
        case All():
            return frozenset(frozenset(_apart(one, names)) for one in node.all)


def _apart(ask: Any, names: dict[str, str]) -> list[tuple[str, ...]]:
    name = names.get(ask.ask, ask.ask)
    options = (ask.is_,) if ask.is_ is not None else ask.one_of
    if options is not None:
        return [(name, "is", option) for option in options]
    rest = ask.model_dump(by_alias=True, exclude_none=True, exclude={"ask"})
    return [(name, *(str(part) for part in sorted(rest.items(), key=str)))]
