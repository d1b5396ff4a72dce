"""A theme as an author would write it, with everything that has no place in it as a comment beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from screener.exchange.fhir.foreign.asked import Asked, Left
from screener.exchange.fhir.foreign.shapes import Remark, plain
from screener.rules.values import Kind


def theme_text(head: Mapping[str, Any], comments: Iterable[str], found: Sequence[Asked | Left]) -> str:
    """A theme's file."""
    lines = [*_comments(comments, 0), *(f"{name}: {flow(value)}" for name, value in head.items()), "questions:"]
    for one in found:
        lines += ["", *_beside(one)]
        if isinstance(one, Asked):
            lines += _question(one)
    return "\n".join(lines) + "\n"


def flow(value: Any) -> str:
    """A value on one line. Every text is quoted: none of them is read as something else."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case Decimal():
            return format(value.normalize() if value == value.to_integral_value() else value, "f")
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Mapping():
            return "{" + ", ".join(f"{name}: {flow(one)}" for name, one in value.items()) + "}"
        case _:
            return "[" + ", ".join(map(flow, value)) + "]"


def entry(asked: Asked) -> dict[str, Any]:
    """A question's keys, as far as it has them."""
    parts: dict[str, Any] = {"id": asked.id, "kind": str(asked.kind), "text": asked.text}
    optional = {
        "short": asked.short,
        "help": asked.help,
        "unit": asked.unit,
        "units": list(asked.units),
        "step": asked.step,
        "plausible": None if asked.plausible is None else list(asked.plausible),
        **asked.more,
    }
    return parts | {name: value for name, value in optional.items() if value not in (None, "", [])}


def _question(asked: Asked) -> list[str]:
    lines = [f"    {name}: {_scalar(name, value)}" for name, value in entry(asked).items()]
    lines[0] = f"  - {lines[0].strip()}"
    if asked.kind in (Kind.CHOICE, Kind.CHOICES):
        options = ["    options:"]
        for choice in asked.choices:
            said = [choice.there] if choice.there and choice.there != choice.id else []
            options += _comments([*said, *choice.kept], 6)
            options.append(f"      - {flow({'id': choice.id, 'text': choice.text})}")
        lines[3:3] = options
    return lines


def _scalar(name: str, value: Any) -> str:
    return str(value) if name in ("id", "kind") else flow(value)


def _beside(one: Asked | Left) -> list[str]:
    said = [f"linkId {json.dumps(plain(one.item.link), ensure_ascii=False)}, {one.item.place}"]
    said += [_said(remark) for remark in one.remarks]
    return _comments([*said, *one.comments], 2)


def _said(remark: Remark) -> str:
    return f"{remark.place.rpartition('.item')[2].partition('.')[2] or 'item'}: {remark.what}"


def _comments(comments: Iterable[str], indent: int) -> list[str]:
    return [f"{' ' * indent}# {plain(one)}" for one in comments]
