"""A burden as JSON: only what may be shown, hidden numbers as null."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from screener.exchange.burden import About
from screener.records.cohort.against import HOWS, Comparison
from screener.records.cohort.outcomes import WORDS
from screener.records.cohort.shown import Bin, ShownBurden, ShownRule

Json = dict[str, Any]


def burden_json(about: About, shown: ShownBurden, comparison: Comparison | None) -> Json:
    """The whole of it."""
    pack, burden = about.rules.pack, shown.of
    said: Json = {
        "table": about.table,
        "pack": {"id": pack.head.id, "version": pack.head.version, "hash": pack.hash},
        "pathway": about.rules.pathway.id,
        "profiles": list(about.rules.profiles),
        "parameters": dict(about.rules.parameters),
        "records": None if shown.hides_size else burden.records,
        "left_out": burden.left_out,
        "visits": None if burden.days is None or shown.hides_size else [day.isoformat() for day in burden.days],
        "hidden_below": shown.limit,
        "blanks_read_as_an_answer": {name: _not_small(many, shown) for name, many in burden.filled.items()},
        "findings": [
            {
                "code": code,
                "column": column.lstrip("\0"),
                "question": question,
                "kept": kept,
                "cells": _not_small(many, shown),
            }
            for code, column, question, kept, many in burden.findings
        ],
        "rules": [],
    }
    if shown.few:
        return said
    said["by"] = (
        {"column": burden.by, "groups": dict(zip(shown.groups, shown.sizes, strict=True))} if burden.by else None
    )
    said["rules"] = [
        {
            "id": rule.of.rule.id,
            "title": rule.of.rule.title,
            "tier": rule.of.rule.tier,
            "class": rule.of.rule.class_,
            "records": _outcomes(rule.counts),
            **({"levels": _levels(rule)} if rule.levels else {}),
            **({"weighted": _outcomes(rule.weighted)} if burden.weight else {}),
            **(
                {"by": {name: _outcomes(row) for name, row in zip(shown.groups, rule.by_group, strict=True)}}
                if shown.groups
                else {}
            ),
        }
        for rule in shown.rules
    ]
    said["flags_per_record"] = {kind: _bins(bins) for kind, bins in shown.per_person.items()}
    said["not_established_per_record"] = _bins(shown.open_per_person)
    said["listed_together"] = [
        {"rules": [pair.first.rule.id, pair.second.rule.id], "records": pair.records} for pair in shown.pairs
    ]
    if comparison is not None:
        said["compared"] = _compared(comparison, shown.limit)
    return said


def _not_small(count: int, shown: ShownBurden) -> int | None:
    return None if shown.is_small(count) else count


def _outcomes(counts: Sequence[int | float | None]) -> Json:
    return dict(zip(WORDS, counts, strict=True))


def _levels(rule: ShownRule) -> list[Json]:
    """Of the listed records, how many are at each level and at none above it."""
    of = rule.of
    return [
        {"id": level.id, "title": level.title, "tier": level.tier or of.rule.tier, "records": count}
        for level, count in zip(of.rule.levels, rule.levels, strict=True)
    ]


def _bins(bins: Sequence[Bin]) -> list[Json]:
    return [{"from": one.first, "to": None if one.is_open else one.last, "records": one.records} for one in bins]


def _compared(comparison: Comparison, limit: int) -> Json:
    return {
        "first": comparison.first,
        "second": comparison.second,
        "rules": [
            {"id": rule.rule.id, **dict(zip((how.replace(" ", "_") for how in HOWS), rule.shown(limit), strict=True))}
            for rule in comparison.rules
            if rule.changes
        ],
        "only_first": [rule.id for rule in comparison.only_first],
        "only_second": [rule.id for rule in comparison.only_second],
    }
