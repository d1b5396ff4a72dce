"""What a record costs in columns: time against the handwritten functions, memory, growth with records and with rules.

`python -m tests.benchmarks.columns [--records N]` prints this alone; N (10 000 000, say) adds a run over so many
records, which never stand in memory together.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np

from screener.forms.columns.answers import Batch, from_answers
from screener.forms.columns.evaluation import ColumnRules
from screener.forms.evaluation import RuleSet
from screener.forms.visibility import Answers
from screener.rules.columns.column import Column
from screener.rules.columns.facts import ColumnFacts
from screener.rules.columns.leaves import Leaves
from screener.rules.columns.readings import EACH, ReadingRows
from screener.rules.columns.tree import Plan
from tests.benchmarks import handwritten
from tests.benchmarks.pack import LIMIT, PATHWAY, bench_pack, number, yes
from tests.benchmarks.records import record, visits
from tests.rules.running import VISIT, node

DISTINCT = 2_000
MANY = 1 << 18
SIZES = (1_000, 10_000, 100_000, 1_000_000)
RULES = (10, 100, 1_000)
ROUNDS = 7
Line = tuple[str, float, float, str, float, str]


@cache
def rules() -> RuleSet:
    return RuleSet(bench_pack(), PATHWAY, [], LIMIT)


@cache
def answers() -> list[Answers]:
    return list(visits(rules().form, DISTINCT, seed=11))


@cache
def distinct() -> Batch:
    return from_answers(rules().form, answers(), VISIT)


def many(records: int) -> Batch:
    """So many records: the distinct ones again and again."""
    times = -(-records // DISTINCT)
    columns = {question: repeated(column, times) for question, column in distinct().columns.items()}
    return Batch(np.tile(distinct().days, times), columns).rows(0, records)


def repeated(column: Column, times: int) -> Column:
    """A column so many times in a row. None of its values stands apart."""
    assert not getattr(column, "odd", None)
    if isinstance(column, ReadingRows):
        parts: dict[str, Any] = {name: np.tile(getattr(column, name), times) for name in (*EACH, "state", "none_taken")}
        ends = column.offsets[1:] + np.arange(times)[:, None] * column.offsets[-1]
        return replace(column, offsets=np.concatenate([[0], ends.ravel()]), **parts)
    arrays = {name: np.tile(array, (times, *[1] * (array.ndim - 1))) for name, array in column.arrays().items()}
    return replace(column, **arrays)


def least(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least processor time of some rounds."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def by_hand() -> float:
    """Seconds that the handwritten functions take for one record."""
    given = [record(dict(said)) for said in answers()[:300]]
    return least(lambda: [handwritten.evaluate(one, VISIT) for one in given]) / len(given)


def rows() -> Iterator[Line]:
    """The lines of the table."""
    yield from _costs()
    yield _memory()
    yield from _growth_with_records()
    yield from _growth_with_rules()


def _costs() -> Iterator[Line]:
    plain, over, batch = by_hand(), ColumnRules(rules()), many(MANY)
    over.outcomes(batch)
    whole = least(lambda: over.outcomes(batch)) / MANY
    alone = whole - least(lambda: [over.seen(part) for _, part in batch.chunks()]) / MANY
    against = f"handwritten, {len(rules().rules)} rules"
    yield "cohort, per record: all rules, data in columns", alone, plain, against, 0.01, "s"
    yield "the same, and what is shown worked out", whole, plain, against, 0, "s"


def _memory() -> Line:
    tracemalloc.start()
    held = list(visits(rules().form, 200, seed=12))
    size = tracemalloc.get_traced_memory()[0] / len(held)
    tracemalloc.stop()
    return "memory of a record in columns", bytes_of(distinct()) / DISTINCT, size, "the record as answers", 0, "B"


def bytes_of(batch: Batch) -> int:
    """What the arrays of a batch take."""
    arrays = [value for column in batch.columns.values() for value in vars(column).values()]
    return batch.days.nbytes + sum(array.nbytes for array in arrays if isinstance(array, np.ndarray))


def _growth_with_records() -> Iterator[Line]:
    over, first = ColumnRules(rules()), 0.0
    for size in SIZES:
        batch = many(size)
        spent = least(lambda batch=batch: over.outcomes(batch), 3) / size  # type: ignore[misc]
        first = first or spent
        yield f"cohort, per record, of {size:,}", spent, first, f"per record, of {SIZES[0]:,}", 0, "s"


def _growth_with_rules() -> Iterator[Line]:
    over, first = ColumnRules(rules()), 0.0
    facts = over.seen(many(MANY // 2))
    for count in RULES:
        plan = Plan([node({"all": [number(i % 12 + 1, above=i), yes(i % 36 + 1)]}) for i in range(count)], _no_leaves())
        spent = least(lambda plan=plan: run(plan, facts), 3) / count / len(facts)  # type: ignore[misc]
        first = first or spent
        yield f"cohort, per rule and record, of {count:,} rules", spent, first, f"per rule, of {RULES[0]}", 0, "s"


def _no_leaves() -> Leaves:
    return Leaves({}, None, {})


def run(plan: Plan, facts: ColumnFacts) -> None:
    plan.run(facts, lambda _, mask: None)


def over_so_many(records: int) -> tuple[float, float]:
    """Seconds and bytes at most for so many records, a batch at a time."""
    over, batch = ColumnRules(rules()), many(SIZES[-1])
    tracemalloc.start()
    begun = time.perf_counter()
    for outcomes in over.run(repeat(batch, -(-records // len(batch)))):
        outcomes.counts()
    spent, most = time.perf_counter() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return spent, most


def main(arguments: list[str]) -> int:
    """The table of this module alone."""
    from tests.benchmarks.__main__ import Row, show

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.columns", description=__doc__)
    parser.add_argument("--records", type=int, metavar="N", help="run over so many records as well")
    asked = parser.parse_args(arguments)
    show([Row(*line) for line in rows()])
    if asked.records:
        spent, most = over_so_many(asked.records)
        sys.stdout.write(
            f"{asked.records:,} records: {spent:.1f} s, {spent / asked.records * 1e6:.2f} µs a record,"
            f" at most {most / 2**20:.0f} MiB beside the batch\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
