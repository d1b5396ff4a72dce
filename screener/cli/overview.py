"""`screener overview`: what a pack holds, as Markdown tables, printed or put into a file between its marks."""

from __future__ import annotations

from pathlib import Path

import typer

from screener.cli.output import EVALUATED
from screener.cli.packs import open_pack
from screener.forms.overview import into, tables
from screener.text import WorldError


def run(folder: Path | None, target: Path | None) -> int:
    """Print the tables, or make those of a file anew."""
    pack = open_pack(folder)
    if target is None:
        typer.echo(tables(pack))
        return EVALUATED
    try:
        made = into(target.read_text("utf-8"), pack)
        target.write_text(made, "utf-8")
    except (OSError, ValueError) as wrong:
        raise WorldError(f"{target} cannot be written: {wrong}.", "Name a file with both marks.") from None
    return EVALUATED
