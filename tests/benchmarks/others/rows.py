"""The lines of the table about other engines: whether they agree, counted, and what the same rules cost in them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from screener.forms.evaluation import RuleSet
from tests.benchmarks import pack
from tests.benchmarks.others import jsonlogic, zen
from tests.benchmarks.others.agreement import Visits, compare, engine_levels
from tests.benchmarks.others.answers import complete_visits
from tests.benchmarks.others.engines import Run, Way, installed, ways
from tests.benchmarks.records import record, visits
from tests.benchmarks.timing import least
from tests.rules.running import VISIT

PARTIAL, WHOLE, TIMED = 2_000, 500, 60
Line = tuple[Any, ...]


class DisagreementError(Exception):
    """A translation that must agree with the live engine does not."""


def rows() -> Iterator[Line]:
    """For each engine: what differs with nothing missing, with answers missing, and what it costs."""
    rules = RuleSet(pack.bench_pack(), pack.PATHWAY, [], pack.LIMIT)
    some = list(visits(rules.form, PARTIAL, seed=5))
    whole = list(complete_visits(rules.form, WHOLE, seed=5))
    expected = engine_levels(rules, some), engine_levels(rules, whole)
    for way in ways():
        if not installed(way):
            sys.stderr.write(f"{way.name}: not installed, so not measured (pip install -e '.[bench]')\n")
            continue
        run = way.compiled()
        yield _agreement(way, run, whole, expected[1], "nothing missing", must=True)
        yield _agreement(way, run, some, expected[0], "answers missing", must=way.knows_unknown)
        # A way that gaps make raise is timed on visits without any: the live engine on the same.
        timed = list(islice(some if way.knows_unknown else whole, TIMED))
        yield from _costs(way, run, rules, timed)


def _agreement(way: Way, run: Run, given: Visits, expected: Any, which: str, *, must: bool) -> Line:
    found = compare(way, run, given, expected)
    if must and found.differ:
        raise DisagreementError(f"{found.said}, the first: {found.first}")
    said = f": {found.said}" if found.differ else ""
    against = f"the live engine, {len(way.rules)} of {len(pack.conditions())} rules, {len(given):,} visits"
    what = f"{way.name}, {which}, outcomes that differ{said}"
    return what, found.differ.total(), found.outcomes, against, 0, "n"


def _costs(way: Way, run: Run, rules: RuleSet, given: Visits) -> Iterator[Line]:
    facts = [rules.form.facts(answers, VISIT) for answers in given]
    conditions = [condition.run for condition in rules.conditions.values()]
    bare = [way.data(record(answers)) for answers in given]
    taken = [run.take(data) for data in bare]
    rounds = 3 if way.module == "fhirpathpy" else 21

    def cost(work: Callable[[], object], rounds: int = 21) -> float:
        return least(work, rounds) / len(given)

    alone = cost(lambda: [[one(seen.values, seen) for one in conditions] for seen in facts])
    explained = cost(lambda: [rules.outcomes(seen, said) for seen, said in zip(facts, given, strict=True)])
    theirs = cost(lambda: [run.run(data) for data in taken], rounds)
    yield "live engine, all rules, outcome only", alone, theirs, way.name
    yield "live engine, all rules, with every explanation", explained, theirs, f"{way.name}, which explains nothing"
    if isinstance(run, zen.Run):
        requests = run.requests(bare)
        graph = cost(lambda: run.run_batch(requests), 5)
        yield (
            "live engine, all rules, outcome only",
            alone,
            graph,
            f"{way.name}, as a decision graph, in a batch, over all its threads",
        )
    if isinstance(run, jsonlogic.Run) and way.knows_unknown:
        texts = [json.dumps(data) for data in bare]
        read = cost(lambda: [run.run_text(text) for text in texts])
        entire = cost(lambda: [rules.evaluate(answers, VISIT) for answers in given])
        what = "live engine, from answers as recorded, what is shown worked out, with every explanation"
        yield what, entire, read, f"{way.name}, from a text in JSON, which works out and explains nothing"
