"""What a record costs that is read from a file: its cells read, every rule run, its outcomes counted.

The file holds random visits such as those of the other benchmarks as a clinic's table would: a column for each
question, codes for what was not known or declined, a blank where nothing was asked.
"""

from __future__ import annotations

import gc
import json
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from screener.forms.answering import Account, Given
from screener.forms.model import Question
from screener.records.cohort.cohort import count, open_cohort
from screener.rules.values import Kind, State
from tests.benchmarks.columns import Line, by_hand, least, rules
from tests.benchmarks.pack import LIMIT, PATHWAY, bench_pack
from tests.benchmarks.records import visits
from tests.rules.running import VISIT

DIFFERENT, TIMES = 20_000, 10
"""So many different visits stand in the file, each so often."""
ROUNDS = 7
READINGS = 3
PARTS = ("systolic", "diastolic")
CODES = {State.NOT_KNOWN: "nk", State.DECLINED: "dc", State.COME_BACK: "cb"}


def rows() -> Iterator[Line]:
    """The lines of the table."""
    plain = by_hand()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table, mapping = table_of_visits(), folder / "visits.map.yaml"
        mapping.write_text(json.dumps(map_of_visits()), "utf-8")
        table.write_parquet(folder / "visits.parquet")
        table.write_csv(folder / "visits.csv")
        for ending, kind, goal in (("parquet", "Parquet", 0.3), ("csv", "CSV", 0.0)):
            gc.collect()
            gc.freeze()  # what the other benchmarks hold is not looked through again and again
            file = folder / f"visits.{ending}"
            spent = least(partial(counted, file, mapping), ROUNDS) / len(table)
            what = f"cohort, per record: read from {kind}, all rules, counted"
            yield what, spent, plain, f"handwritten, {len(rules().rules)} rules, nothing read", goal, "s"


def counted(table: Path, mapping: Path) -> int:
    """How many records were read and counted."""
    opened = open_cohort(bench_pack(), table, mapping)
    assert opened.cohort is not None, opened.findings
    return count(opened.cohort).burden.records


def table_of_visits() -> pl.DataFrame:
    """The distinct visits, again and again, as texts."""
    asked = [q for q in rules().form.questions.values() if q.kind is not Kind.DERIVED]
    given_to = visits(rules().form, DIFFERENT, seed=11)
    records = [{name: text for q in asked for name, text in _cells(q, given.get(q.id)).items()} for given in given_to]
    once = pl.DataFrame(records)
    return pl.concat([once] * TIMES)


def _cells(question: Question, given: Given | None) -> Mapping[str, str]:
    account = None if given is None else given.accounts[0]
    if question.kind is Kind.READINGS:
        return _readings(question.id, account)
    return {question.id: "" if account is None else _cell(account)}


def _cell(account: Account) -> str:
    if account.state is not State.ANSWERED:
        return CODES[account.state]
    return "|".join(account.raw) if isinstance(account.raw, list) else str(account.raw)


def _readings(question: str, account: Account | None) -> Mapping[str, str]:
    raw = account.raw if account is not None and isinstance(account.raw, list) else []
    return {
        f"{question}.{number}.{part}": str(raw[number].get(part, "")) if number < len(raw) else ""
        for number in range(READINGS)
        for part in PARTS
    }


def map_of_visits() -> dict[str, Any]:
    """The map of that table."""
    asked = [q for q in rules().form.questions.values() if q.kind is not Kind.DERIVED]
    return {
        "pathway": PATHWAY,
        "profiles": ["general"],
        "parameters": LIMIT,
        "visit": {"day": f"{VISIT}"},
        "answers": {q.id: _answer(q) for q in asked},
    }


def _answer(question: Question) -> dict[str, Any]:
    if question.kind is Kind.READINGS:
        parts = [{part: f"{question.id}.{number}.{part}" for part in PARTS} for number in range(READINGS)]
        return {"readings": [{**one, "phase": "before"} for one in parts]}
    answer: dict[str, Any] = {"column": question.id}
    answer |= {str(state): [code] for state, code in CODES.items()}
    if question.kind is Kind.CHOICES:
        answer["separator"] = "|"
    if question.kind is Kind.DATE:
        answer["format"] = ["YYYY-MM-DD", "YYYY-MM", "YYYY"]
    if question.unit:
        answer["unit"] = question.unit
    return answer
