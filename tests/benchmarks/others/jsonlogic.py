"""The rules in JsonLogic, run by datalogic-py: compiled, as one list, over data that is parsed once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.benchmarks.others.language import Language

ROWS = {"var": "bp.items"}
BEFORE = {"or": [{"==": [{"var": "phase"}, "before"]}, {"==": [{"var": "phase"}, None]}]}
SOMETHING = {"or": [{"var": "systolic"}, {"var": "diastolic"}, {"!=": [{"var": "pulse"}, None]}]}
AT_SCREENING = {"==": [{"var": "phase"}, "screening"]}


class JsonLogic(Language):
    """JsonLogic: a missing value is null, null compares as 0 and counts as false."""

    def literal(self, value: Any) -> Any:
        return value

    def field(self, name: str) -> Any:
        return {"var": name}

    def operation(self, word: str, left: Any, right: Any) -> Any:
        return {"===" if word == "==" else word: [left, right]}

    def all_of(self, parts: Sequence[Any]) -> Any:
        return {"and": list(parts)}

    def any_of(self, parts: Sequence[Any]) -> Any:
        return {"or": list(parts)}

    def negation(self, part: Any) -> Any:
        return {"!": [part]}

    def choose(self, cases: Sequence[tuple[Any, Any]], otherwise: Any) -> Any:
        return {"if": [*(said for case in cases for said in case), otherwise]}

    def absent(self, field: Any) -> Any:
        return {"===": [field, None]}

    def inside(self, field: Any, options: Sequence[str]) -> Any:
        return {"in": [field, list(options)]}

    def holds(self, field: Any, options: Sequence[str]) -> Any:
        return {"or": [{"in": [option, field]} for option in options]}

    def total(self, parts: Sequence[Any]) -> Any:
        return {"+": list(parts)}

    def least(self, parts: Sequence[Any]) -> Any:
        return {"min": list(parts)}

    def greatest(self, parts: Sequence[Any]) -> Any:
        return {"max": list(parts)}

    def values(self, part: str, before: bool) -> Any:
        return {"filter": [{"map": [_before() if before else ROWS, {"var": part}]}, {"var": ""}]}

    def taken(self) -> Any:
        return {"filter": [_before(), SOMETHING]}

    def of_list(self, word: str, values: Any) -> Any:
        match word:
            case "size":
                return {"length": [values]}
            case "last":
                return {"reduce": [values, {"var": "current"}, None]}
        return {{"sum": "+", "highest": "max", "lowest": "min"}[word]: values}

    def those(self, values: Any, least: int) -> Any:
        return {"filter": [values, {">=": [{"var": ""}, least]}]}


def _before() -> Any:
    some = {"some": [ROWS, {"and": [BEFORE, SOMETHING]}]}
    return {"if": [some, {"filter": [ROWS, BEFORE]}, {"filter": [ROWS, {"or": [BEFORE, AT_SCREENING]}]}]}


class Run:
    """Rules that are compiled, each and all as one list, and what they say of a record."""

    def __init__(self, rules: Sequence[Any]) -> None:
        import datalogic_py

        engine = datalogic_py.Engine()
        self.session = engine.session()
        self.compiled = [engine.compile(rule) for rule in rules]
        self.as_one = engine.compile(list(rules))
        self.parsed = datalogic_py.DataHandle

    def take(self, data: dict[str, Any]) -> Any:
        """The record as it is read fastest: parsed once."""
        return self.parsed(data)

    def run(self, data: Any) -> Any:
        """All rules on one record, as quickly as it goes; raises where one of them does."""
        return self.session.evaluate_data(self.as_one, data)

    def run_text(self, text: str) -> Any:
        """The same from a record that comes as text."""
        return self.session.evaluate(self.as_one, text)

    def said(self, data: dict[str, Any]) -> list[Any]:
        """What each rule says; an exception where the engine raises."""
        found = self.session.evaluate_many(self.compiled, self.take(data))
        return [json.loads(one) if isinstance(one, str) else ValueError(one.message) for one in found]
