"""A small pack, made in code, over which the core is tested without the shipped content."""

from __future__ import annotations

from typing import Any

from screener.forms.model import Pack

PATHWAY = "esketamine-clinic"


def _rule(rule_id: str, when: Any, **extra: Any) -> dict[str, Any]:
    condition = {"levels": when} if isinstance(when, list) else {"when": when}
    return {
        "id": rule_id,
        "title": rule_id.replace("_", " "),
        "class": "safety",
        "tier": "review",
        "profiles": ["general"],
        "pathways": [PATHWAY],
        "statement": "A fact.",
        "source": {"ref": "label", "strength": "warning"},
        "basis": ["ket/CV-1"],
        **condition,
        **extra,
    }


def small_pack() -> Pack:
    """Two themes, every common kind, gates, a derived value, levels, a parameter, a consistency rule."""
    critical = {"ref": "label", "strength": "contraindication"}
    limit = {"id": "limit", "title": "Limit", "options": [_option("a", "150"), _option("b", "180", diastolic="100")]}
    return Pack.model_validate(
        {
            "head": {"id": "small", "version": "1"},
            "hash": "0" * 64,
            "sources": {"label": {"title": "A label", "read": "all of it", "product": "a spray"}},
            "profiles": [
                {**_profile("general"), "always": True},
                {**_profile("clinic"), "parameters": [limit]},
            ],
            "pathways": [_pathway()],
            "themes": [
                {
                    "id": "heart",
                    "title": "Heart",
                    "questions": [
                        {"id": "heart.mi", "kind": "yes_no", "text": "Heart attack, ever?"},
                        {"id": "heart.mi_on", "kind": "date", "text": "When?", **_gate("heart.mi")},
                        {"id": "heart.bleed", "kind": "yes_no", "text": "Bleeding in the brain, ever?"},
                        {"id": "heart.kinds", "kind": "choices", "text": "Which?", "options": _options("a", "b", "c")},
                        _readings(),
                    ],
                    "rules": [
                        _rule("heart.recent", {"ask": "heart.mi_on", "within": "6 wk"}, source=critical),
                        _rule("heart.bled", {"ask": "heart.bleed", "is": "yes"}, source=critical),
                        _rule(
                            "heart.bled_check",
                            {"accounts_differ": "heart.bleed"},
                            tier="check",
                            **{"class": "consistency"},
                        ),
                        _rule("heart.any_kind", {"ask": "heart.kinds", "one_of": ["a", "b"]}, tier="note"),
                        _rule(
                            "heart.pressure",
                            {"any": [_mean("systolic", 140), _mean("diastolic", 90)]},
                        ),
                        _rule(
                            "heart.own_limit",
                            {
                                "any": [
                                    _mean("systolic", {"parameter": "limit.systolic"}),
                                    _mean("diastolic", {"parameter": "limit.diastolic"}),
                                ]
                            },
                            profiles=["clinic"],
                        ),
                        _rule(
                            "heart.twice",
                            {
                                "any": [
                                    {"all": [_yes("heart.mi"), _yes("heart.bleed")]},
                                    {"all": [_yes("heart.bleed"), {"ask": "body.weight", "above": 100, "unit": "kg"}]},
                                ]
                            },
                        ),
                    ],
                },
                {
                    "id": "body",
                    "title": "Body",
                    "questions": [
                        {
                            "id": "body.weight",
                            "kind": "number",
                            "text": "Weight",
                            "unit": "kg",
                            "units": ["[lb_av]"],
                            "plausible": [25, 350],
                        },
                        {
                            "id": "body.height",
                            "kind": "number",
                            "text": "Height",
                            "unit": "cm",
                            "plausible": [120, 230],
                        },
                        {
                            "id": "body.bmi",
                            "kind": "derived",
                            "text": "BMI",
                            "unit": "kg/m2",
                            "formula": {"name": "bmi", "of": ["body.weight", "body.height"]},
                        },
                        {"id": "body.apnoea", "kind": "yes_no", "text": "Sleep apnoea?"},
                        {"id": "body.cpap", "kind": "yes_no", "text": "Treated?", **_gate("body.apnoea")},
                    ],
                    "rules": [
                        _rule(
                            "body.size",
                            [
                                {"id": "over", "title": "BMI 35 or above", "when": {"ask": "body.bmi", "at_least": 35}},
                                {
                                    "id": "with_apnoea",
                                    "title": "BMI 35 or above with sleep apnoea",
                                    "when": {"all": [{"ask": "body.bmi", "at_least": 35}, _yes("body.apnoea")]},
                                },
                            ],
                        ),
                        _rule("body.untreated", {"all": [_yes("body.apnoea"), {"not": _yes("body.cpap")}]}),
                        _rule("body.weighed", {"missing": "body.weight"}, **{"class": "completeness"}, tier="note"),
                    ],
                },
            ],
        }
    )


def _yes(question: str) -> dict[str, str]:
    return {"ask": question, "is": "yes"}


def _gate(question: str) -> dict[str, Any]:
    return {"shown_when": _yes(question), "when_hidden": "not applicable"}


def _options(*ids: str) -> list[dict[str, str]]:
    return [{"id": name, "text": name.upper()} for name in ids]


def _option(name: str, systolic: str, **more: str) -> dict[str, Any]:
    return {
        "id": name,
        "label": name,
        "values": {"systolic": systolic, **more},
        "source": {"ref": "label", "strength": "policy"},
    }


def _mean(part: str, above: Any) -> dict[str, Any]:
    return {"readings": "heart.pressures", "phase": "before", "mean": part, "above": above, "unit": "mm[Hg]"}


def _readings() -> dict[str, Any]:
    return {
        "id": "heart.pressures",
        "kind": "readings",
        "text": "Readings",
        "unit": "mm[Hg]",
        "parts": ["systolic", "diastolic", "pulse"],
        "plausible_parts": {"systolic": [60, 280], "diastolic": [30, 180], "pulse": [25, 220]},
    }


def _profile(name: str) -> dict[str, Any]:
    return {"id": name, "title": name, "short": name, "summary": name, "basis": name, "version": "1", "date": "2026"}


def _pathway() -> dict[str, Any]:
    return {
        "id": PATHWAY,
        "title": "Esketamine",
        "short": "Esketamine",
        "summary": "A spray.",
        "needs": ["general"],
        "offers": ["clinic"],
        "themes": ["heart", "body"],
    }
