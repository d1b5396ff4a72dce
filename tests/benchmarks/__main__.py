"""`python -m tests.benchmarks [--readme]`: one table of costs, each a ratio to something measured in the same run."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from screener.forms.answering import Given
from screener.forms.evaluation import RuleSet
from screener.rules.facts import Facts
from tests.benchmarks import (
    columns,
    elsewhere,
    from_file,
    growth,
    handwritten,
    loading,
    paging,
    readme,
    smoothness,
    starting,
    vault,
)
from tests.benchmarks.alone import by_itself
from tests.benchmarks.others import rows as others
from tests.benchmarks.pack import LIMIT, PATHWAY, bench_pack
from tests.benchmarks.records import record, visits
from tests.benchmarks.test_handwritten import disagreements
from tests.rules.running import VISIT

CHECKED = 10_000
VISITS = 60
ROUNDS = 21
FIRST = 12
PRESSES = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Times are seconds, sizes bytes, or a number; `goal` is a ratio, 0 where there is none."""

    what: str
    time: float
    yardstick: float
    against: str
    goal: float = 0
    unit: str = "s"


def main(arguments: Sequence[str]) -> int:
    """Check the yardstick, measure, print; 1 when what is measured against does not agree with the engine."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md as well")
    asked = parser.parse_args(arguments)
    wrong = disagreements(CHECKED)
    if wrong:
        sys.stderr.write(f"{len(wrong)} outcomes differ from the handwritten functions, the first: {wrong[0]}\n")
        return 1
    modules = (others, growth, columns, from_file, elsewhere, loading, starting, paging, smoothness, vault)
    try:
        rows = [*evaluation_rows(), *(Row(*row) for module in modules for row in by_itself(module.__name__))]
    except others.DisagreementError as differs:
        sys.stderr.write(f"Another engine must agree and does not: {differs}\n")
        return 1
    show(rows)
    if asked.readme:
        readme.write([cells(row) for row in rows])
    return 0


def best(work: Callable[[T], object], fresh: Callable[[], T], rounds: int = ROUNDS) -> float:
    """The least time of some rounds, with the collector at rest: what the work costs when nothing else runs.

    Every round works on something `fresh`, made before its time begins, so that nothing is left over from the last.
    """
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            given = fresh()
            begun = time.perf_counter()
            work(given)
            times.append(time.perf_counter() - begun)
    finally:
        gc.enable()
    return min(times)


def evaluation_rows() -> list[Row]:
    """All rules and one keystroke, against the handwritten functions on the same visits."""
    rules = RuleSet(bench_pack(), PATHWAY, [], LIMIT)
    given = list(visits(rules.form, VISITS, seed=11))
    codes = rules.codes()

    def seen() -> list[Facts]:
        return [rules.form.facts(answers, VISIT) for answers in given]

    def records() -> list[handwritten.Record]:
        return [record(answers) for answers in given]

    def explain(facts: list[Facts]) -> list[object]:
        return [rules.outcomes(one, said) for one, said in zip(facts, given, strict=True)]

    def unused() -> list[tuple[RuleSet, Facts]]:
        made = [RuleSet(bench_pack(), PATHWAY, [], LIMIT) for _ in range(FIRST)]
        return [(one, one.form.facts(said, VISIT)) for one, said in zip(made, given, strict=False)]

    def first(made: list[tuple[RuleSet, Facts]]) -> list[object]:
        return [one.outcomes(facts, said) for (one, facts), said in zip(made, given, strict=False)]

    plain = best(lambda made: [handwritten.evaluate(one, VISIT) for one in made], records) / VISITS
    explained = best(explain, seen) / VISITS
    alone = best(lambda facts: [codes(one.values, one) for one in facts], seen) / VISITS
    whole = best(lambda said: [rules.evaluate(answers, VISIT) for answers in said], lambda: given) / VISITS
    anew = best(first, unused, 5) / FIRST
    mean, worst = keystroke(rules, given[:20])
    by_hand = f"handwritten, {len(rules.rules)} rules"
    return [
        Row("all rules, outcome only", alone, plain, by_hand, 0.85),
        Row("all rules, with every explanation", explained, plain, by_hand, 1.5),
        Row("the same, and what is shown worked out", whole, plain, by_hand),
        Row("all rules, with every explanation, for the first time", anew, plain, by_hand),
        Row("one keystroke with explanation, mean question", mean, plain, by_hand, 0.08),
        Row("one keystroke with explanation, worst question", worst, plain, by_hand, 0.25),
    ]


def keystroke(rules: RuleSet, given: list[dict[str, Given]]) -> tuple[float, float]:
    """Seconds from one changed answer to every outcome that it touches: mean and worst over the questions."""
    costs = []
    for question_id in rules.form.questions:
        typed = [answers for answers in given if question_id in answers]
        if typed:
            spent = [
                best(_press(rules, dict(answers), question_id), lambda: None, 3) / (2 * PRESSES) for answers in typed
            ]
            costs.append(sum(spent) / len(spent))
    return sum(costs) / len(costs), max(costs)


def _press(rules: RuleSet, answers: dict[str, Given], question_id: str) -> Callable[[None], object]:
    facts = rules.form.facts(answers, VISIT)
    typed = answers[question_id]

    def press(_: None) -> None:
        for _number in range(PRESSES):
            del answers[question_id]
            rules.again(rules.form.update(facts, answers, question_id), facts, answers)
            answers[question_id] = typed
            rules.again(rules.form.update(facts, answers, question_id), facts, answers)

    return press


def show(rows: list[Row]) -> None:
    """The table: ratio, goal, both absolute times."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Costs as ratios, least of several rounds in one run")
    for heading in ("", "ratio", "goal", "time", "against", "its time"):
        table.add_column(heading, justify="left" if heading in ("", "against") else "right")
    for row in rows:
        table.add_row(*cells(row))
    Console(width=140).print(table)


def cells(row: Row) -> tuple[str, ...]:
    """A row as it is read; beside the goal stands when it is missed."""
    ratio = row.time / row.yardstick
    goal = f"<= {row.goal:g}{', missed' if ratio > row.goal else ''}" if row.goal else ""
    said = {"s": ms, "n": number}.get(row.unit, kb)
    close = f"{ratio:.2f}" if ratio >= 0.1 or not ratio else f"{ratio:.2g}"
    return row.what, close, goal, said(row.time), row.against, said(row.yardstick)


def number(count: float) -> str:
    return f"{count:,.0f}"


def kb(size: float) -> str:
    return f"{size / 1024:.1f} KiB"


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.3f} ms" if seconds >= 1e-4 else f"{seconds * 1e6:.2f} µs"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
