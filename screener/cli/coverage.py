"""`screener check --coverage`: what stands for each row of the register; 1 when a row is unaccounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from screener.cli.output import EVALUATED, FAILED, pack_stamp, print_json
from screener.forms.coverage import RowCover, Standing, coverage, unaccounted
from screener.forms.local import read_pack

STANDINGS: tuple[Standing, ...] = ("rule", "draft", "context", "left out", "unaccounted")


def show(folder: Path, as_json: bool) -> int:
    """Print the table, or the same as JSON: 0 when every row is accounted for, else 1."""
    pack, findings, _ = read_pack(folder)
    if pack is None:
        Console(stderr=True).print(Text(f"{folder} cannot be read: {len(findings)} findings. Run `screener check`."))
        return FAILED
    rows = coverage(pack)
    open_ones = unaccounted(rows)
    counted = Counter(row.standing for row in rows)
    counts = {standing: counted[standing] for standing in STANDINGS}
    if as_json:
        print_json({"pack": pack_stamp(pack), "rows": [asdict(row) for row in rows], "counts": counts})
    else:
        _print(rows, open_ones, counts)
    return FAILED if open_ones or not rows else EVALUATED


def _print(rows: list[RowCover], open_ones: list[RowCover], counts: dict[Standing, int]) -> None:
    console = Console(highlight=False)
    table = Table("Row", "Stands as", "By", box=None, padding=(0, 1))
    for row in rows:
        table.add_row(Text(row.row), Text(row.standing), Text(row.said or ", ".join(row.rules)))
    console.print(table)
    for row in open_ones:
        console.print(Text(f"{row.row}: {'; '.join(row.problems)}", style="bold"), soft_wrap=True)
    said = ", ".join(f"{count} {standing}" for standing, count in counts.items())
    console.print(Text(f"{len(rows)} rows: {said}; {len(open_ones)} to account for."), soft_wrap=True)
