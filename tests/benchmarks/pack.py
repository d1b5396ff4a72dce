"""The pack that the benchmarks run: 109 rules over every node, in the proportions that intake content has."""

from __future__ import annotations

from typing import Any

from screener.forms.model import Pack

PATHWAY = "bench"
LIMIT = {"limit": "figure"}
FLAGS, DATES, KINDS, SETS, NUMBERS, MOMENTS = (
    range(1, 37),
    range(1, 9),
    range(1, 7),
    range(1, 5),
    range(1, 13),
    range(1, 5),
)
NUMBER_TESTS: dict[int, dict[str, Any]] = {
    **{i: {"above": 40 + i} for i in (1, 2, 3)},
    **{i: {"at_least": 40 + i} for i in (4, 5, 6)},
    **{i: {"at_most": 40 + i} for i in (7, 8)},
    **{i: {"below": 40 + i} for i in (9, 10)},
    **{i: {"between": [18, 24 + i]} for i in (11, 12)},
}


def yes(i: int) -> dict[str, Any]:
    return {"ask": f"b.y{i}", "is": "yes"}


def number(i: int, **test: Any) -> dict[str, Any]:
    return {"ask": f"b.n{i}", **test}


def kind(i: int, *options: str) -> dict[str, Any]:
    return {"ask": f"b.k{i}", "one_of": list(options)}


def pressure(statistic: str, part: str, phase: str | None = "before", **test: Any) -> dict[str, Any]:
    return {"readings": "b.bp", **({"phase": phase} if phase else {}), statistic: part, **test}


def conditions() -> dict[str, Any]:
    """Every rule's condition (a list: its levels) by name."""
    found: dict[str, Any] = {}
    found |= {f"plain_{i}": yes(i) for i in range(1, 21)}
    found |= {f"kind_{i}": kind(i, "b", "c") for i in KINDS}
    found |= {f"set_{i}": {"ask": f"b.c{i}", "one_of": ["a", "d"]} for i in SETS}
    found |= {f"number_{i}": number(i, **test) for i, test in NUMBER_TESTS.items()}
    found |= {f"since_{i}": {"ask": f"b.d{i}", "within": "6 wk"} for i in range(1, 7)}
    found |= {f"past_{i}": {"ask": f"b.d{i}", "older_than": "90 d"} for i in (7, 8)}
    found |= {f"hours_{i}": {"ask": f"b.m{i}", "within": "2 h", "before": "b.dose"} for i in MOMENTS}
    found |= {f"both_{i}": {"all": [yes(i + 20), yes(i + 21)]} for i in range(1, 6)}
    found |= {f"three_{i}": {"all": [yes(i + 25), number(i, above=30), kind(i, "a", "b")]} for i in range(1, 6)}
    found |= {f"either_{i}": {"any": [yes(i + 30), yes(i + 31)]} for i in range(1, 6)}
    found |= {f"four_{i}": {"any": [yes(i + 20), yes(i + 25), yes(i + 30), kind(i, "b")]} for i in range(1, 6)}
    found |= {
        f"mixed_{i}": {"all": [yes(i + 10), {"not": yes(i + 20)}, {"any": [number(i, above=50), yes(i + 30)]}]}
        for i in range(1, 7)
    }
    found |= {f"count_{i}": {"count": {"at_least": 2, "of": [yes(i + j) for j in (0, 8, 16, 24)]}} for i in range(1, 5)}
    found |= {
        "compare_1": {"compare": "b.n1", "above": "b.n2"},
        "compare_2": {"compare": "b.n3", "at_least": "b.n4", "times": 4},
        "compare_3": {"compare": "b.n5", "minus": "b.n6", "at_least": 40},
        "compare_4": {"compare": "b.n7", "below": "b.n8"},
        "pressure_1": pressure("mean", "systolic", above=140),
        "pressure_2": {"any": [pressure("mean", "systolic", above=140), pressure("mean", "diastolic", above=90)]},
        "pressure_3": pressure("last", "systolic", None, at_least=160),
        "pressure_4": pressure("highest", "diastolic", None, above=100),
        "pressure_5": pressure("any", "systolic", None, below=90),
        "pressure_6": pressure("spread", "systolic", above=10),
        "pressure_7": {"readings": "b.bp", "phase": "before", "count": {"below": 2}},
        "pressure_8": {"readings": "b.bp", "count": {"at_least": 2, "of": {"systolic": {"at_least": 140}}}},
        "limit_1": pressure("mean", "systolic", above={"parameter": "limit.systolic"}),
        "limit_2": number(9, above={"parameter": "limit.systolic"}),
        "size": {"ask": "b.bmi", "at_least": 35},
        "missing_1": {"missing": "b.y1"},
        "missing_2": {"missing": "b.n1"},
        "differ_1": {"accounts_differ": "b.y2"},
        "differ_2": {"accounts_differ": "b.y3"},
    }
    found |= {f"levels_{i}": [number(i, at_least=limit) for limit in (18, 25, 30)] for i in range(1, 5)}
    found["levels_5"] = [yes(1), {"all": [yes(1), yes(2)]}]
    found["levels_6"] = [{"ask": "b.bmi", "at_least": 30}, {"all": [{"ask": "b.bmi", "at_least": 35}, yes(3)]}]
    return found


def bench_pack() -> Pack:
    """The pack, with its one parameter and its one pathway."""
    return Pack.model_validate(raw_pack())


def raw_pack() -> dict[str, Any]:
    """The same as it is written."""
    source = {"ref": "label", "strength": "warning"}
    options = [
        {"id": name, "label": name, "values": {"systolic": figure}, "source": source}
        for name, figure in (("figure", 150), ("other", 180))
    ]
    profile = {
        "id": "general",
        "title": "G",
        "short": "G",
        "summary": "G",
        "basis": "G",
        "version": "1",
        "date": "2026",
    }
    limit = {"id": "limit", "title": "Limit", "options": options}
    pathway = {"id": PATHWAY, "title": "B", "short": "B", "summary": "B", "needs": ["general"], "themes": ["bench"]}
    return {
        "head": {"id": "bench", "version": "1"},
        "hash": "0" * 64,
        "sources": {"label": {"title": "A label", "read": "all of it"}},
        "profiles": [{**profile, "always": True, "parameters": [limit]}],
        "pathways": [pathway],
        "themes": [{"id": "bench", "title": "Bench", "questions": _questions(), "rules": _rules(source)}],
    }


def _rules(source: dict[str, str]) -> list[dict[str, Any]]:
    made = []
    for name, when in conditions().items():
        levels = [{"id": f"l{rank}", "title": f"L{rank}", "when": w} for rank, w in enumerate(when)]
        made.append(
            {
                "id": f"b.{name}", "title": name, "class": "safety", "tier": "review", "profiles": ["general"],
                "pathways": [PATHWAY], "statement": "A fact.", "source": source, "basis": ["bench"],
                **({"levels": levels} if isinstance(when, list) else {"when": when}),
            }
        )  # fmt: skip
    return made


def _questions() -> list[dict[str, Any]]:
    options = [{"id": name, "text": name} for name in "abcd"]
    parts = ["systolic", "diastolic", "pulse"]
    plain: list[tuple[str, str, dict[str, Any]]] = [
        *((f"y{i}", "yes_no", {}) for i in FLAGS),
        *((f"k{i}", "choice", {"options": options}) for i in KINDS),
        *((f"c{i}", "choices", {"options": options}) for i in SETS),
        *((f"n{i}", "number", {"step": 1}) for i in NUMBERS),
        *((f"d{i}", "date", {"shown_when": yes(i), "when_hidden": "not applicable"}) for i in DATES),
        *((f"m{i}", "datetime", {}) for i in MOMENTS),
        ("dose", "datetime", {}),
        ("weight", "number", {"unit": "kg"}),
        ("height", "number", {"unit": "cm"}),
        ("bmi", "derived", {"unit": "kg/m2", "formula": {"name": "bmi", "of": ["b.weight", "b.height"]}}),
        ("bp", "readings", {"parts": parts}),
    ]
    return [{"id": f"b.{name}", "kind": what, "text": name, **more} for name, what, more in plain]
