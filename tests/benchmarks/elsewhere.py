"""The same twenty rules over the same columns, written by hand for NumPy, for Polars and for DuckDB.

Three-valued throughout: NumPy by two masks, Polars and DuckDB by NULL. All are checked to agree before they are
measured, in processor time: Polars and DuckDB use every processor that they find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, reduce
from importlib.util import find_spec
from itertools import combinations
from operator import and_, ge, gt, le, lt, or_
from typing import Any, Protocol

import numpy as np

from screener.forms.columns.answers import Batch
from screener.forms.columns.evaluation import ColumnRules
from screener.forms.evaluation import RuleSet
from screener.forms.model import Pack
from screener.rules.columns.figures import Numbers
from screener.rules.columns.options import Options
from tests.benchmarks.columns import MANY, Line, least, many
from tests.benchmarks.pack import FLAGS, KINDS, LIMIT, NUMBERS, PATHWAY, raw_pack

SIGNS = {">": gt, ">=": ge, "<=": le, "<": lt}


class By(Protocol):
    """How one of the three writes a single test, and puts tests together."""

    def yes(self, i: int) -> Any: ...
    def kind(self, i: int, options: str) -> Any: ...
    def number(self, i: int, sign: str, figure: int) -> Any: ...
    def above(self, i: int, j: int) -> Any: ...
    def all(self, *tests: Any) -> Any: ...
    def any(self, *tests: Any) -> Any: ...
    def no(self, test: Any) -> Any: ...


def by_hand(by: By) -> dict[str, Any]:
    """The rules, as each of the three is told them."""
    found = {f"plain_{i}": by.yes(i) for i in range(1, 6)}
    found |= {
        "kind_1": by.kind(1, "bc"),
        "number_1": by.number(1, ">", 41),
        "number_4": by.number(4, ">=", 44),
        "number_7": by.number(7, "<=", 47),
        "number_9": by.number(9, "<", 49),
        "number_11": by.all(by.number(11, ">=", 18), by.number(11, "<=", 35)),
        "both_1": by.all(by.yes(21), by.yes(22)),
        "both_2": by.all(by.yes(22), by.yes(23)),
        "three_1": by.all(by.yes(26), by.number(1, ">", 30), by.kind(1, "ab")),
        "either_1": by.any(by.yes(31), by.yes(32)),
        "four_1": by.any(by.yes(21), by.yes(26), by.yes(31), by.kind(1, "b")),
        "compare_1": by.above(1, 2),
        "count_1": by.any(*(by.all(*two) for two in combinations([by.yes(i) for i in (1, 9, 17, 25)], 2))),
    }
    for i in (1, 2):
        left = by.any(by.number(i, ">", 50), by.yes(i + 30))
        found[f"mixed_{i}"] = by.all(by.yes(i + 10), by.no(by.yes(i + 20)), left)
    return found


class Masks:
    """NumPy: where a test is true, and where it is false."""

    def __init__(self, batch: Batch) -> None:
        self._flags = {i: _flag(batch, i) for i in FLAGS}
        self._kinds = {i: _of(batch, f"b.k{i}", Options) for i in KINDS}
        self._numbers = {i: _of(batch, f"b.n{i}", Numbers) for i in NUMBERS}

    def yes(self, i: int) -> Any:
        return self._flags[i]

    def kind(self, i: int, options: str) -> Any:
        column = self._kinds[i]
        held = np.zeros(len(column), np.bool_)
        for option in options:
            held |= column.codes == column.options.index(option)
        return held & column.answered, ~held & column.answered

    def number(self, i: int, sign: str, figure: int) -> Any:
        column = self._numbers[i]
        held = SIGNS[sign](column.units, figure)
        return held & column.answered, ~held & column.answered

    def above(self, i: int, j: int) -> Any:
        one, other = self._numbers[i], self._numbers[j]
        held, known = one.units > other.units, one.answered & other.answered
        return held & known, ~held & known

    def all(self, *tests: Any) -> Any:
        return reduce(and_, [one for one, _ in tests]), reduce(or_, [other for _, other in tests])

    def any(self, *tests: Any) -> Any:
        return reduce(or_, [one for one, _ in tests]), reduce(and_, [other for _, other in tests])

    def no(self, test: Any) -> Any:
        return test[1], test[0]


class Expressions:
    """Polars."""

    def yes(self, i: int) -> Any:
        return _column(f"y{i}")

    def kind(self, i: int, options: str) -> Any:
        return reduce(or_, [_column(f"k{i}") == option for option in options])

    def number(self, i: int, sign: str, figure: int) -> Any:
        return SIGNS[sign](_column(f"n{i}"), figure)

    def above(self, i: int, j: int) -> Any:
        return _column(f"n{i}") > _column(f"n{j}")

    def all(self, *tests: Any) -> Any:
        return reduce(and_, tests)

    def any(self, *tests: Any) -> Any:
        return reduce(or_, tests)

    def no(self, test: Any) -> Any:
        return ~test


class Sql:
    """DuckDB."""

    def yes(self, i: int) -> Any:
        return f"y{i}"

    def kind(self, i: int, options: str) -> Any:
        return f"k{i} in ({', '.join(repr(option) for option in options)})"

    def number(self, i: int, sign: str, figure: int) -> Any:
        return f"n{i} {sign} {figure}"

    def above(self, i: int, j: int) -> Any:
        return f"n{i} > n{j}"

    def all(self, *tests: Any) -> Any:
        return f"({' and '.join(tests)})"

    def any(self, *tests: Any) -> Any:
        return f"({' or '.join(tests)})"

    def no(self, test: Any) -> Any:
        return f"(not {test})"


def _column(name: str) -> Any:
    import polars as pl

    return pl.col(name)


def _of(batch: Batch, question_id: str, kind: type[Any]) -> Any:
    column = batch.columns[question_id]
    assert isinstance(column, kind)
    return column


def _flag(batch: Batch, i: int) -> Any:
    column = _of(batch, f"b.y{i}", Options)
    held = column.codes == column.options.index("yes")
    return held & column.answered, ~held & column.answered


def frame(batch: Batch) -> Any:
    """The columns that the rules read as Polars has them; what is not known is null."""
    import polars as pl

    found: dict[str, Any] = {}
    for i in FLAGS:
        yes, no = _flag(batch, i)
        found[f"y{i}"] = _with_nulls(yes, yes | no)
    for i in NUMBERS:
        column = _of(batch, f"b.n{i}", Numbers)
        assert not column.exponent
        found[f"n{i}"] = _with_nulls(column.units, column.answered)
    for i in KINDS:
        options = _of(batch, f"b.k{i}", Options)
        found[f"k{i}"] = _with_nulls(np.array(options.options)[options.codes], options.answered).cast(pl.Categorical)
    return pl.DataFrame(found)


def _with_nulls(values: Any, known: Any) -> Any:
    import polars as pl

    return pl.select(pl.when(pl.Series(known)).then(pl.Series(values))).to_series()


@cache
def twenty() -> RuleSet:
    """The same rules of the pack."""
    raw = raw_pack()
    wanted = {f"b.{name}" for name in by_hand(Sql())}
    raw["themes"][0]["rules"] = [rule for rule in raw["themes"][0]["rules"] if rule["id"] in wanted]
    return RuleSet(Pack.model_validate(raw), PATHWAY, [], LIMIT)


def ways(batch: Batch) -> Mapping[str, Callable[[], Mapping[str, Any]]]:
    """Each of the three ready to run: the truths of every rule, in whatever it has them."""
    import duckdb

    held, masks, expressions = frame(batch), Masks(batch), by_hand(Expressions())
    connection = duckdb.connect()
    given = held.to_arrow()
    connection.register("given", given)
    connection.execute("create table records as select * from given")
    query = "select " + ", ".join(f"{test} as {name}" for name, test in by_hand(Sql()).items()) + " from records"
    return {
        "NumPy by hand": lambda: by_hand(masks),
        "Polars by hand": lambda: held.select(**expressions).to_dict(),
        "DuckDB by hand": lambda: _by_name(connection.sql(query).to_arrow_table()),
    }


def _by_name(table: Any) -> dict[str, Any]:
    return dict(zip(table.column_names, table.columns, strict=True))


def truths(found: Any) -> list[bool | None]:
    """One rule's truths, from any of the three."""
    if isinstance(found, tuple):
        return [
            True if yes else False if no else None for yes, no in zip(*(one.tolist() for one in found), strict=True)
        ]
    listed: list[bool | None] = found.to_pylist() if hasattr(found, "to_pylist") else found.to_list()
    return listed


def disagreements(records: int) -> list[tuple[str, str]]:
    """The ways and rules that come to other truths than the engine over columns."""
    batch = many(records)
    outcomes = ColumnRules(twenty()).outcomes(batch)
    expected = {
        rule_id.removeprefix("b."): [(False, None, True)[code] for code in outcomes.truths[number].tolist()]
        for number, rule_id in enumerate(twenty().rules)
    }
    return [
        (way, name)
        for way, run in ways(batch).items()
        for name, found in run().items()
        if truths(found) != expected[name]
    ]


def rows() -> Iterator[Line]:
    """The lines of the table; none where DuckDB is not there."""
    if find_spec("duckdb") is None:
        return
    wrong = disagreements(2_000)
    assert not wrong, wrong
    over, batch = ColumnRules(twenty()), many(MANY)
    over.outcomes(batch)
    ours = least(lambda: over.outcomes(batch)) - least(lambda: [over.seen(part) for _, part in batch.chunks()])
    what = f"cohort, per record: {len(twenty().rules)} rules, data in columns"
    yield from _against(what, ours, ways(batch).items())


def _against(what: str, ours: float, others: Iterable[tuple[str, Callable[[], object]]]) -> Iterator[Line]:
    for name, run in others:
        yield what, ours / MANY, least(run) / MANY, f"{name}, the same rules", 0, "s"
