"""As much of JsonLogic in Python as the translations use, so that they are checked where no engine is installed."""

from __future__ import annotations

import operator
from typing import Any

COMPARISONS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
REDUCED: dict[str, Any] = {"min": min, "max": max, "+": sum}


def read(rule: Any, data: Any) -> Any:
    """What this rule says of this data; TypeError where a value that is not there is counted or compared."""
    if not isinstance(rule, dict):
        return rule
    [(word, about)] = rule.items()
    if word == "var":
        return _value(about, data)
    parts = about if isinstance(about, list) else [about]
    if word in ("filter", "map", "some", "reduce"):
        return _over_list(word, parts, data)
    if word == "if":
        *cases, otherwise = parts
        for test, said in zip(cases[::2], cases[1::2], strict=True):
            if read(test, data):
                return read(said, data)
        return read(otherwise, data)
    if word in ("and", "or"):
        found = None
        for part in parts:
            found = read(part, data)
            if bool(found) is (word == "or"):
                return found
        return found
    values = [read(part, data) for part in parts]
    return _of_values(word, values, is_list=not isinstance(about, list))


def _of_values(word: str, values: list[Any], *, is_list: bool) -> Any:
    if word in REDUCED:
        return REDUCED[word](values[0] if is_list else values)
    match word:
        case "!":
            return not values[0]
        case "length":
            return len(values[0])
        case "in":
            return values[0] in values[1]
        case "===" | "==":
            return values[0] == values[1] and type(values[0]) is type(values[1])
        case "!=":
            return values[0] != values[1]
        case "-":
            return values[0] - values[1]
        case "*":
            return values[0] * values[1]
    return COMPARISONS[word](values[0], values[1])


def _value(path: str, data: Any) -> Any:
    for name in path.split(".") if path else ():
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _over_list(word: str, parts: list[Any], data: Any) -> Any:
    found = read(parts[0], data) or []
    match word:
        case "filter":
            return [one for one in found if read(parts[1], one)]
        case "map":
            return [read(parts[1], one) for one in found]
        case "some":
            return any(read(parts[1], one) for one in found)
    so_far = parts[2]
    for one in found:
        so_far = read(parts[1], {"current": one, "accumulator": so_far})
    return so_far
