"""Outcomes, findings and changes as files: piece by piece, and there only once all of it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from screener.disk import write_together
from screener.forms.evaluation import RuleSet
from screener.language import tr
from screener.records.cohort.against import Changed
from screener.records.cohort.outcomes import WORDS, Came
from screener.records.cohort.part import CellFinding, Part
from screener.refusals import why
from screener.text import WorldError

if TYPE_CHECKING:
    import polars as pl

Shape = Literal["wide", "long"]
_PARQUET = (".parquet", ".pq")
_AT_ONCE = 1 << 20
_ENDINGS = (".csv", ".tsv", *_PARQUET)
_WORKED_OUT = r"^[=+\-@\t\r]"
"""What a spreadsheet would work out has a quote before it."""


class TableWriter:
    """Writes one table as CSV, TSV or Parquet by its ending. Raises WorldError where it cannot be written.

    What is not finished lies in a hidden folder beside it, and goes when the block ends otherwise than well.
    """

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() not in _ENDINGS:
            hint = tr("Give it one of the endings {endings}.").format(endings=", ".join(_ENDINGS))
            raise WorldError(tr("{path} has no ending that tells how it is written.").format(path=path), hint)
        self.path = path
        self._pieces = 0
        self._folder: Path | None = None

    def __enter__(self) -> TableWriter:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._folder = Path(tempfile.mkdtemp(prefix=f".{self.path.name}.", dir=self.path.parent))
        except OSError as wrong:
            raise _not_written(self.path, wrong) from wrong
        return self

    def __exit__(self, kind: object, wrong: object, trace: object) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def write(self, frame: pl.DataFrame) -> None:
        """Add some rows; every piece has the same columns."""
        with _Explained(self.path):
            if self.path.suffix.lower() in _PARQUET:
                frame.write_parquet(self._place / f"{self._pieces:06}.parquet")
            else:
                with (self._place / "table").open("ab") as file:
                    # The mark tells a spreadsheet that this is UTF-8.
                    _guarded(frame).write_csv(
                        file, include_header=not self._pieces, include_bom=not self._pieces, separator=self._separator
                    )
        self._pieces += 1

    @property
    def _separator(self) -> str:
        return "\t" if self.path.suffix.lower() == ".tsv" else ","

    @property
    def _place(self) -> Path:
        assert self._folder is not None
        return self._folder

    def made(self) -> Path:
        """The whole table in one file that has not its name yet."""
        whole = self._place / "table"
        with _Explained(self.path):
            if self.path.suffix.lower() in _PARQUET:
                import polars as pl

                pl.scan_parquet(self._place / "*.parquet").sink_parquet(whole)
            return whole


def put_in_place(writers: Iterable[TableWriter], others: Mapping[Path, bytes]) -> None:
    """Give everything its name: none has it before each is whole."""
    files: list[tuple[Path, Iterable[bytes]]] = [(writer.path, _pieces(writer.made())) for writer in writers]
    path = Path()

    def in_their_folders() -> Iterator[tuple[Path, Iterable[bytes]]]:
        nonlocal path
        for path, pieces in (*files, *((other, (content,)) for other, content in others.items())):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield path, pieces

    try:
        write_together(in_their_folders())
    except OSError as wrong:
        raise _not_written(path, wrong) from wrong


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_AT_ONCE):
            yield piece


def outcome_frame(rules: RuleSet, part: Part, came: Came, shape: Shape) -> pl.DataFrame:
    """Some records' outcomes: a row a record with a column a rule, or a row for each of both.

    Wide, a rule with levels has a second column with the level that is listed.
    """
    return _wide(rules, part, came) if shape == "wide" else _long(rules, part, came)


def _named(part: Part) -> tuple[pl.Series, pl.Series]:
    import polars as pl

    return pl.Series("row", part.rows, dtype=pl.Int64), pl.Series("id", part.ids, dtype=pl.String)


def _wide(rules: RuleSet, part: Part, came: Came) -> pl.DataFrame:
    import polars as pl

    words = pl.Enum(WORDS)
    columns = [*_named(part)]
    for place, rule in enumerate(rules.rules.values()):
        columns.append(_enum(rule.id, came.outcome[place], words))
        if rule.levels:
            levels = pl.Enum([level.id for level in rule.levels])
            columns.append(_enum(f"{rule.id}:level", came.level[place], levels))
    return pl.DataFrame(columns)


def _long(rules: RuleSet, part: Part, came: Came) -> pl.DataFrame:
    import numpy as np
    import polars as pl

    names, many = list(rules.rules), len(part)
    known = list(dict.fromkeys(level.id for rule in rules.rules.values() for level in rule.levels))
    level = np.full(came.level.shape, -1, np.int64)
    for place, rule in enumerate(rules.rules.values()):
        if rule.levels:
            of_rule = np.array([*(known.index(one.id) for one in rule.levels), -1])
            level[place] = of_rule[came.level[place]]
    record = np.repeat(np.arange(many), len(names))
    rows, ids = _named(part)
    return pl.DataFrame(
        [
            rows.gather(record),
            ids.gather(record),
            _enum("rule", np.tile(np.arange(len(names)), many), pl.Enum(names)),
            _enum("outcome", came.outcome.T.ravel(), pl.Enum(WORDS)),
            _enum("level", level.T.ravel(), pl.Enum(known)),
        ]
    )


def _enum(name: str, codes: Any, kind: pl.Enum) -> pl.Series:
    """Codes as words; what is below 0 is nothing."""
    import polars as pl

    words = kind.categories.to_list()
    place = pl.Series(name, codes).cast(pl.Int32)
    found = pl.Series(name, [*words, None], dtype=kind)
    return found.gather(pl.select(pl.when(place < 0).then(len(words)).otherwise(place)).to_series()).alias(name)


def _guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """Texts that come from the table stay texts in a spreadsheet."""
    import polars as pl

    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    starts = [pl.col(name).str.contains(_WORKED_OUT) for name in texts]
    return frame.with_columns(
        pl.when(begins).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name, begins in zip(texts, starts, strict=True)
    )


def finding_frame(findings: Sequence[CellFinding]) -> pl.DataFrame:
    """Findings, a row each."""
    return _frame(findings, CellFinding)


def change_frame(changes: Sequence[Changed]) -> pl.DataFrame:
    """Records that change, a row for each and rule."""
    return _frame(changes, Changed)


def _frame(entries: Sequence[tuple[Any, ...]], kind: type[Any]) -> pl.DataFrame:
    import polars as pl

    named = {"row": pl.Int64(), "kept": pl.Boolean()}
    schema = {name: named.get(name, pl.String()) for name in kind._fields}
    return pl.DataFrame(entries, schema=schema, orient="row")


class _Explained:
    """Turns refusals of the system, and of Polars where it writes, into a sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, wrong: BaseException | None, trace: object) -> None:
        if isinstance(wrong, OSError):
            raise _not_written(self._path, wrong) from wrong


def _not_written(path: Path, wrong: OSError) -> WorldError:
    said = tr("{file} cannot be written: {why}.").format(file=path, why=why(wrong))
    return WorldError(said, tr("Choose another place."))
