"""A pack of shapes that the shipped one lacks: every formula, values behind gates of every kind, gates behind gates."""

from __future__ import annotations

from typing import Any

from screener.forms.model import Pack

PATHWAY = "shapes"
YES: dict[str, Any] = {"ask": "s.gate", "is": "yes"}

DERIVED: dict[str, tuple[str, ...]] = {
    "bmi": ("s.weight", "s.height"),
    "map": ("s.upper", "s.lower"),
    "pulse_pressure": ("s.upper", "s.lower"),
    "age": ("s.born",),
    "days_between": ("s.born", "s.met"),
}
LIMITS = {"bmi": "24.9", "map": "93.3", "pulse_pressure": "40.5", "age": 2, "days_between": 30}


MEDICINES: dict[str, Any] = {
    "classes": [{"id": "ssri", "title": "SSRI"}, {"id": "beta_blocker", "title": "Beta", "routes": ["oral"]}],
    "names": [
        {"name": "sertraline", "trade": ["Zoloft"], "classes": ["ssri"]},
        {
            "name": "fluoxetine", "classes": ["ssri"],
            "half_life": {"hours": [24, 144], "longest": [96, 384], "source": "label", "basis": "shapes"},
        },
        {"name": "timolol", "classes": ["beta_blocker"], "routes": ["oral", "eye"]},
        {"name": "olanzapine"},
        {"name": "olanzapine with fluoxetine", "holds": ["olanzapine", "fluoxetine"]},
    ],
}  # fmt: skip


def shapes_pack() -> Pack:
    """One theme, one pathway, one rule a shape."""
    source = {"ref": "label", "strength": "warning"}
    words = dict.fromkeys(("title", "short", "summary", "basis", "version", "date"), "G")
    profile = {"id": "general", **words, "always": True}
    pathway = {"id": PATHWAY, "title": "S", "short": "S", "summary": "S", "needs": ["general"], "themes": ["shapes"]}
    rules = [
        {
            "id": f"s.{name}", "title": name, "class": "safety", "tier": "review", "profiles": ["general"],
            "pathways": [PATHWAY], "statement": "A fact.", "source": source, "basis": ["shapes"],
            **({"levels": when} if isinstance(when, list) else {"when": when}),
        }
        for name, when in _conditions().items()
    ]  # fmt: skip
    theme = {"id": "shapes", "title": "Shapes", "questions": _questions(), "rules": rules}
    return Pack.model_validate(
        {
            "head": {"id": "shapes", "version": "1"},
            "hash": "0" * 64,
            "sources": {"label": {"title": "A label", "read": "all of it"}},
            "profiles": [profile],
            "pathways": [pathway],
            "themes": [theme],
            "medicines": MEDICINES,
        }
    )


def _questions() -> list[dict[str, Any]]:
    many = [{"id": f"o{number}", "text": "o"} for number in range(70)]
    few = many[:3]
    gated = {"shown_when": YES}
    found: list[dict[str, Any]] = [
        {"id": "s.gate", "kind": "yes_no"},
        {"id": "s.inner", "kind": "yes_no", **gated, "when_hidden": "no"},
        {
            "id": "s.innermost", "kind": "choice", "options": few, "when_hidden": "o1",
            "shown_when": {"any": [{"ask": "s.inner", "is": "yes"}, {"ask": "s.many", "one_of": ["o3", "o69"]}]},
        },
        {"id": "s.many", "kind": "choices", "options": many},
        {"id": "s.weight", "kind": "number", "unit": "kg"},
        {"id": "s.height", "kind": "number", "unit": "cm", **gated, "when_hidden": "170"},
        {"id": "s.upper", "kind": "number"},
        {"id": "s.lower", "kind": "number", **gated, "when_hidden": "not applicable"},
        {"id": "s.born", "kind": "date"},
        {"id": "s.met", "kind": "date", **gated, "when_hidden": "2026-03"},
        {"id": "s.bp", "kind": "readings", "parts": ["systolic", "diastolic"], **gated, "when_hidden": "none taken"},
        {"id": "s.at", "kind": "time", **gated, "when_hidden": "10:31"},
        {"id": "s.said", "kind": "text", **gated, "when_hidden": "nothing"},
        {"id": "s.all_of_them", "kind": "yes_no"},
        {"id": "s.list", "kind": "medicines", "complete": "s.all_of_them", **gated, "when_hidden": "not applicable"},
    ]  # fmt: skip
    found += [
        {"id": f"s.{name}", "kind": "derived", "formula": {"name": name, "of": list(of)}}
        for name, of in DERIVED.items()
    ]
    return [{"text": "t", **question} for question in found]


def _conditions() -> dict[str, Any]:
    readings: dict[str, Any] = {"readings": "s.bp"}
    high = {"systolic": {"at_least": "140"}}
    found: dict[str, Any] = {
        "inner": {"ask": "s.inner", "is": "yes"},
        "innermost": {"ask": "s.innermost", "one_of": ["o1", "o2"]},
        "many": {"ask": "s.many", "one_of": ["o0", "o68"]},
        "one_of_many": {"ask": "s.many", "is": "o69"},
        "height": {"ask": "s.height", "between": ["169.5", 170]},
        "met": {"ask": "s.met", "within": "9 mo"},
        "met_long_ago": {"ask": "s.met", "older_than": "1 a"},
        "born_and_met": {"ask": "s.born", "within": "2 mo", "before": "s.met"},
        "few": {**readings, "count": {"below": 2}},
        "some_high": {**readings, "count": {"at_least": 2, "of": high}},
        "days": {**readings, "count": {"at_least": 2, "on": "different days"}},
        "high_days": {**readings, "phase": "before", "count": {"at_least": 2, "of": high, "on": "different days"}},
        "last": {**readings, "phase": "leaving", "last": "systolic", "above": "139.99"},
        "at_missing": {"missing": "s.at"},
        "said": {"ask": "s.said", "is": "nothing"},
        "said_differs": {"accounts_differ": "s.said"},
        "bmi_missing": {"missing": "s.bmi"},
        "bmi_differs": {"accounts_differ": "s.bmi"},
        "list": {"takes": {"any": True}, "in": "s.list"},
        "washed_out": {"takes": {"class": "ssri"}, "within": "5 half-lives", "in": "s.list"},
        "washed_out_before": {
            "takes": {"substance": "fluoxetine"}, "within": "2 half-lives", "in": "s.list", "before": "s.met"
        },
        "by_mouth": {"takes": {"class": ["beta_blocker", "ssri"], "route": "oral"}, "in": "s.list"},
        "hours": {"takes": {"class": "ssri"}, "within": "48 h", "in": "s.list"},
        "unknown_names": {"takes": {"unrecognised": True}, "within": "2 mo", "in": "s.list", "before": "s.met"},
        "wide": {"compare": "s.upper", "minus": "s.lower", "at_least": "40.5"},
        "four_times": {"compare": "s.bmi", "above": "s.upper", "times": 4},
        "older_than_far": {"compare": "s.age", "at_most": "s.days_between"},
        "not_in_the_form": {"any": [{"ask": "s.gone", "is": "yes"}, {"missing": "s.gone"}]},
        "levels": [
            {"id": f"l{rank}", "title": "L", "when": {"ask": "s.bmi", "at_least": limit}}
            for rank, limit in enumerate(("25", "30", "35.5"))
        ],
        "crossed": [
            {"id": "low", "title": "L", "when": YES},
            {"id": "high", "title": "H", "when": {"all": [YES, {"ask": "s.lower", "above": 90}]}},
        ],
    }  # fmt: skip
    found |= {f"{name}_at_least": {"ask": f"s.{name}", "at_least": limit} for name, limit in LIMITS.items()}
    found |= {f"{name}_below": {"not": {"ask": f"s.{name}", "below": limit}} for name, limit in LIMITS.items()}
    return found
