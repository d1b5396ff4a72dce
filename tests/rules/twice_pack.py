"""A pack of few questions with small domains whose rules mention questions twice: small enough to try everything."""

from __future__ import annotations

from typing import Any

from screener.forms.model import Pack
from tests.small_pack import small_pack

PATHWAY = "esketamine-clinic"
DOMAIN: dict[str, list[Any]] = {
    "t.a": ["yes", "no"],
    "t.b": ["yes", "no"],
    "t.behind": ["yes", "no"],
    "t.kind": ["p", "q", "r"],
    "t.number": [2, 3, 4, 5, 6],
}


def yes(question: str) -> dict[str, str]:
    return {"ask": question, "is": "yes"}


def above(limit: int) -> dict[str, Any]:
    return {"ask": "t.number", "above": limit}


CONDITIONS: dict[str, Any] = {
    "once": {"all": [yes("t.a"), {"any": [yes("t.b"), above(4)]}]},
    "absorbed": {"all": [above(4), {"any": [above(3), yes("t.b")]}]},
    "either_way": {"any": [{"all": [yes("t.a"), yes("t.b")]}, {"all": [{"ask": "t.a", "is": "no"}, above(4)]}]},
    "shared": {
        "any": [{"all": [yes("t.a"), yes("t.b")]}, {"all": [yes("t.b"), {"ask": "t.kind", "one_of": ["p", "q"]}]}]
    },
    "contradiction": {"all": [above(4), {"ask": "t.number", "below": 4}, yes("t.b")]},
    "band": {"all": [{"ask": "t.number", "at_least": 3}, {"ask": "t.number", "at_most": 4}, yes("t.a")]},
    "gated": {"any": [{"all": [yes("t.behind"), yes("t.b")]}, {"all": [yes("t.a"), {"ask": "t.kind", "is": "r"}]}]},
    "not_gated": {"all": [{"not": yes("t.behind")}, {"any": [yes("t.a"), yes("t.b")]}]},
    "two_of": {"count": {"at_least": 2, "of": [yes("t.a"), {"any": [yes("t.a"), yes("t.b")]}, above(4)]}},
    "implied": {"any": [{"all": [{"ask": "t.kind", "is": "p"}, yes("t.a")]}, {"ask": "t.kind", "one_of": ["p", "q"]}]},
}
LEVELS: dict[str, list[Any]] = {
    "levels": [above(2), {"all": [above(3), yes("t.a")]}, {"all": [above(5), yes("t.a"), yes("t.b")]}],
    "crossed": [yes("t.a"), {"any": [{"all": [yes("t.a"), above(4)]}, yes("t.b")]}],
}


def twice_pack() -> Pack:
    """The small pack's frame around these questions and rules."""
    raw = small_pack().model_dump(mode="json", by_alias=True, exclude_none=True)
    like = next(rule for rule in raw["themes"][0]["rules"] if "when" in rule)
    rules = [{**like, "id": f"t.{name}", "when": when} for name, when in CONDITIONS.items()]
    plain = {key: value for key, value in like.items() if key != "when"}
    rules += [{**plain, "id": f"t.{name}", "levels": _levels(whens)} for name, whens in LEVELS.items()]
    theme = {"id": "heart", "title": "Twice", "questions": _questions(), "rules": rules}
    return Pack.model_validate({**raw, "themes": [theme, {**raw["themes"][1], "questions": [], "rules": []}]})


def _levels(whens: list[Any]) -> list[dict[str, Any]]:
    return [{"id": f"l{rank}", "title": f"Level {rank}", "when": when} for rank, when in enumerate(whens)]


def _questions() -> list[dict[str, Any]]:
    gate = {"shown_when": yes("t.a"), "when_hidden": "not applicable"}
    options = [{"id": name, "text": name} for name in "pqr"]
    return [
        {"id": "t.a", "kind": "yes_no", "text": "A?"},
        {"id": "t.b", "kind": "yes_no", "text": "B?"},
        {"id": "t.behind", "kind": "yes_no", "text": "Behind?", **gate},
        {"id": "t.kind", "kind": "choice", "text": "Which?", "options": options},
        {"id": "t.number", "kind": "number", "text": "How many?", "step": 1},
    ]
