"""Errors of the content models as findings: at their line, in words that say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from screener.forms.findings import Code, Finding, nearest
from screener.forms.reading import Keys, Read
from screener.rules.expressions import LEADING_KEYS, Expression

Models = Mapping[str, type[BaseModel]]
_SHAPES: Mapping[str, tuple[str, str]] = {
    "tuple_type": ("must be a list", "begin each entry with `- `, or write [one, two]"),
    "list_type": ("must be a list", "begin each entry with `- `, or write [one, two]"),
    "mapping_type": ("must hold entries", "write them as `key: value`"),
    "dict_type": ("must hold entries", "write them as `key: value`"),
    "model_type": ("must hold entries", "write them as `key: value`"),
    "model_attributes_type": ("must hold entries", "write them as `key: value`"),
    "decimal_type": ("must be a number", "write a number such as 140 or 0.5"),
    "decimal_parsing": ("must be a number", "write a number such as 140 or 0.5"),
    "int_type": ("must be a whole number", "write a number such as 2"),
    "int_parsing": ("must be a whole number", "write a number such as 2"),
    "bool_type": ("must be true or false", "write true or false"),
    "bool_parsing": ("must be true or false", "write true or false"),
    "greater_than_equal": ("is too small", "write 1 or more"),
}


@dataclass(frozen=True, slots=True)
class _Located:
    """An error with its path in the data and the models that could stand there.

    `fork` is where pydantic tried a branch of a union that the data do not begin like; None when they do.
    """

    error: Any
    path: Keys
    models: Models
    fork: Keys | None


def validation_findings(wrong: ValidationError, read: Read, base: Keys, model: type[BaseModel]) -> list[Finding]:
    """pydantic's errors on `model`, which was read from `base` in a file, as findings."""
    start = _at(read.data, base)
    located = [_locate(error, start, model) for error in wrong.errors(include_url=False)]
    found: list[Finding] = []
    telling = _telling(located)
    slips = {(entry.path[:-1], _slip(entry)) for entry in telling if entry.error["type"] == "extra_forbidden"}
    for entry in telling:
        if entry.error["type"] == "missing" and (entry.path, f"did you mean {entry.error['loc'][-1]}?") in slips:
            continue  # a misspelt key is one finding, not two
        code, message, suggestion = _explained(entry, start)
        finding = Finding(code, read.place((*base, *entry.path)), message, suggestion)
        if finding not in found:
            found.append(finding)
    return found


def _slip(entry: _Located) -> str:
    return nearest(str(entry.error["loc"][-1]), _keys(entry.models))


def _telling(located: list[_Located]) -> list[_Located]:
    """Without the branches of a union that the author did not mean, and without what follows from another error."""
    kept: list[_Located] = []
    for entry in located:
        inside = [
            o for o in located if o is not entry and _below(o.path, entry.path if entry.fork is None else entry.fork)
        ]
        told = entry.fork is not None and (
            any(o.fork is None for o in inside) or any(k.fork == entry.fork for k in kept)
        )
        follows = entry.error["type"] == "too_short" and bool(inside)
        if not told and not follows:
            kept.append(entry)
    return kept


def _below(path: Keys, above: Keys) -> bool:
    return path[: len(above)] == above


def _locate(error: Any, data: Any, model: type[BaseModel]) -> _Located:
    """Follow pydantic's location through the data and the models, past the names of union branches in between."""
    path: list[str | int] = []
    models: Models = {model.__name__: model}
    fork: Keys | None = None
    *_, last = error["loc"] or ("",)
    for part in error["loc"]:
        if isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            data = data[part]
            path.append(part)
        elif (len(models) > 1 or not _has(data, part)) and (branch := _branch(models, part)) is not None:
            if fork is None and not _meant(branch, data):
                fork = tuple(path)
            else:
                models = {branch.__name__: branch}
        elif _has(data, part):
            models = _models_of_key(models, str(part))
            data = data[part]
            path.append(part)
        elif (part != last or error["type"] not in ("missing", "extra_forbidden")) and isinstance(data, Mapping):
            fork = tuple(path) if fork is None else fork
    return _Located(error, tuple(path), models, fork)


def _has(data: Any, key: Any) -> bool:
    return isinstance(data, Mapping) and key in data


def _branch(models: Models, part: str | int) -> type[BaseModel] | None:
    """The model of a union that pydantic names here: by tag, by class, inside `function-after[..., Ask]`, or by key."""
    if not isinstance(part, str):
        return None
    if part in models:
        return models[part]
    names = set(re.findall(r"\w+", part))
    return next((model for model in models.values() if model.__name__ in names or _leading(model) == part), None)


def _leading(model: type[BaseModel]) -> str | None:
    return next((key for key, node in node_models().items() if node is model), None)


def _meant(model: type[BaseModel], data: Any) -> bool:
    """Whether the data begin like this branch: with its leading key, or at least as a mapping."""
    leading = _leading(model)
    return isinstance(data, Mapping) and (leading is None or leading in data)


@cache
def node_models() -> Models:
    """The models of conditions by their leading keys."""
    return _models_in(Expression)


def _models_in(annotation: Any, tag: str = "") -> dict[str, type[BaseModel]]:
    """The models that an annotation names, by union tag where there is one, else by class name."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {tag or annotation.__name__: annotation}
    if get_origin(annotation) is Annotated:
        inner, *meta = get_args(annotation)
        tags = [m.tag for m in meta if isinstance(m, Tag)]
        return _models_in(inner, tags[0] if tags else tag)
    found: dict[str, type[BaseModel]] = {}
    for argument in get_args(annotation):
        found |= _models_in(argument)
    return found


def _models_of_key(models: Models, key: str) -> Models:
    found: dict[str, type[BaseModel]] = {}
    for model in models.values():
        for name, field in model.model_fields.items():
            if key in (name, field.alias):
                found |= _models_in(field.annotation)
    return found or models  # a mapping's own keys lead to the same models


def _keys(models: Models) -> list[str]:
    return [field.alias or name for model in models.values() for name, field in model.model_fields.items()]


def _explained(entry: _Located, start: Any) -> tuple[Code, str, str]:
    error, kind = entry.error, entry.error["type"]
    given = error.get("input")
    if entry.fork is not None and "Ask" in entry.models:
        return _no_condition(_at(start, entry.fork), ("ask", "all", "any"))
    last = next((str(part) for part in reversed(entry.path) if isinstance(part, str)), "")
    match kind:
        case "extra_forbidden":
            key = str(error["loc"][-1])
            return Code.UNKNOWN_KEY, f"{key!r} is not known here", _slip(entry)
        case "missing" if isinstance(error["loc"][-1], int):
            return Code.WRONG_SHAPE, f"{last!r} needs two figures", "write [lowest, highest]"
        case "missing":
            return Code.MISSING_KEY, f"{error['loc'][-1]!r} is missing", f"add `{error['loc'][-1]}:`"
        case "union_tag_not_found" | "union_tag_invalid":
            return _no_condition(given, LEADING_KEYS)
        case "literal_error" | "enum":
            words = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
            hint = nearest(str(given), words)
            listed = f"use one of: {', '.join(words)}"
            said = f"{_shown(given)} is not one of the words for {last!r}"
            return Code.WRONG_SHAPE, said, f"{hint} {listed}" if hint.startswith("did") else listed
        case "string_type":
            return _not_text(given, last)
        case "string_pattern_mismatch":
            pattern = str(error["ctx"]["pattern"])
            dotted = "as theme.name: lower case, figures and _, one dot" if r"\." in pattern else "lower case, figures"
            return Code.WRONG_SHAPE, f"{_shown(given)} is not an id for {last!r}", f"write it {dotted}".strip()
        case "string_too_short":
            return Code.MISSING_KEY, f"{last!r} is empty", "write it"
        case "too_short":
            least = error["ctx"]["min_length"]
            return Code.WRONG_SHAPE, f"{last!r} needs at least {least} {'entry' if least == 1 else 'entries'}", "add it"
        case "value_error":
            return Code.WRONG_SHAPE, str(error["ctx"]["error"]), "forms/README.md shows each form"
        case "too_long":
            most = error["ctx"]["max_length"]
            return Code.WRONG_SHAPE, f"{last!r} takes at most {most} entries", "take the others out"
    message, suggestion = _SHAPES.get(kind, (str(error["msg"]).lower(), "forms/README.md shows each form"))
    return Code.WRONG_SHAPE, f"{last!r} {message}" if last else f"this {message}", suggestion


def _no_condition(given: Any, keys: Iterable[str]) -> tuple[Code, str, str]:
    listed = f"a condition begins with one of: {', '.join(keys)}"
    if not isinstance(given, Mapping):
        return Code.UNKNOWN_NODE, f"{_shown(given)} is no condition", listed
    first = str(next(iter(given), ""))
    hint = nearest(first, keys)
    return Code.UNKNOWN_NODE, f"{first!r} begins no condition", f"{hint} {listed}" if hint.startswith("did") else listed


def _not_text(given: Any, last: str) -> tuple[Code, str, str]:
    if given is None:
        return Code.MISSING_KEY, f"{last!r} is empty", "write it"
    if isinstance(given, Mapping | list):
        return Code.WRONG_SHAPE, f"{last!r} must be one text", "write it on one line, or below `>-`"
    return Code.WRONG_SHAPE, f"{last!r} must be text", f'put it in quotes: "{_plain(given)}"'


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(value: Any) -> str:
    """A value as an author would recognise it, cut short."""
    if isinstance(value, Decimal | int):
        return _plain(value)
    text = repr(value) if isinstance(value, str) else ("a list" if isinstance(value, list) else "a group of entries")
    return text if len(text) <= 60 else text[:57] + "...'"


def _at(data: Any, path: Iterable[str | int]) -> Any:
    for part in path:
        data = data[part]
    return data
