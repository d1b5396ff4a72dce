"""`screener export --table`: signed records as tables, with their codebook."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from screener.cli.output import EVALUATED, FAILED, say_error
from screener.cli.record_files import Found, OfFiles, found_in, latest, paths_of
from screener.exchange.dataset.files import SUFFIXES, files
from screener.exchange.dataset.made import data_set
from screener.exchange.dataset.summary import SMALLEST
from screener.forms.model import Pack
from screener.store.files import write_together
from screener.text import WorldError

Step = Callable[[int, int], None]


def run(
    given: Sequence[Path], out: Path, open_pack: Callable[[], Pack], *, redacted: bool = False, smallest: int = SMALLEST
) -> int:
    """Write the tables; returns the exit code. Where one record cannot be told, nothing is written."""
    if out.suffix.lower() not in SUFFIXES:
        raise WorldError(f"{out} says no form.", f"Let its name end with {' or '.join(SUFFIXES)}.")
    found = _found(paths_of(given))
    if found is None:
        sys.stderr.write("Nothing was written.\n")
        return FAILED
    kept, pack = latest(found), open_pack()
    with _progress("Reading") as step:
        source = OfFiles(kept, pack, redacted)
        made = data_set(source, pack, redacted=redacted, smallest=smallest, tell=step)
        written = files(made, out)
        write_together(written)
    _say(written=[path for path, _ in written], screenings=made.screenings, not_read=made.not_read)
    if len(kept) < len(found):
        sys.stderr.write("Of each screening the record that was signed last is told.\n")
    return EVALUATED


def _found(paths: Sequence[Path]) -> list[Found] | None:
    """Every file, or None once each that is no whole signed record has been named."""
    found, wrong = [], 0
    with _progress("Checking signatures") as step:
        for number, path in enumerate(paths, start=1):
            try:
                found.append(found_in(path))
            except WorldError as problem:
                say_error(problem)
                wrong += 1
            step(number, len(paths))
    return None if wrong else found


def _say(*, written: Sequence[Path], screenings: int, not_read: int) -> None:
    counted = "1 screening" if screenings == 1 else f"{screenings} screenings"
    sys.stdout.write(f"{counted}: {', '.join(str(path) for path in written)}\n")
    if not_read:
        answers = "1 answer is" if not_read == 1 else f"{not_read} answers are"
        sys.stderr.write(
            f"{answers} told as not_read: the content at hand does not read them. "
            "Name the content that the records were made with by --pack.\n"
        )


@contextmanager
def _progress(what: str) -> Iterator[Step]:
    """A line that counts, on a terminal; nothing where the output goes elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, whole: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
