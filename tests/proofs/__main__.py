"""`python -m tests.proofs [--only NAME] [--scale F] [--NAME N] [--workers N]`: the table, printed and in the README."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence

from screener.clock import SystemClock, today
from tests.proofs import (
    clocks,
    damage,
    fhir,
    full_disk,
    instances,
    kills,
    loaders,
    pages,
    plain_text,
    read_only,
    spark,
    tricks,
)
from tests.proofs.table import README, ROOT, Asked, Proof, Row, commit_of, table_of, with_rows, with_table

PROOFS: tuple[Proof, ...] = (
    kills.PROOF,
    full_disk.PROOF,
    read_only.PROOF,
    damage.PROOF,
    instances.PROOF,
    clocks.PROOF,
    tricks.PROOF,
    loaders.PROOF,
    plain_text.PROOF,
    fhir.PROOF,
    pages.PROOF,
    spark.PROOF,
)


def main(arguments: Sequence[str]) -> int:
    """Run the proofs, show the table, write it into the README; 1 when anything failed."""
    asked = _parser().parse_args(arguments)
    chosen = [proof for proof in PROOFS if not asked.only or proof.name in asked.only]
    commit, found = commit_of(ROOT), list[Row]()
    for proof in chosen:
        given = getattr(asked, proof.name)
        number = given if given is not None else max(1, round(proof.number * asked.scale))
        found += _run(proof, number, asked.workers)
    table = table_of(found, today(SystemClock()).isoformat(), commit)
    sys.stdout.write(table)
    written = with_table if chosen == list(PROOFS) else with_rows
    README.write_text(written(README.read_text(encoding="utf-8"), table), encoding="utf-8")
    return int(any(row.failures for row in found))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs")
    names = [proof.name for proof in PROOFS]
    parser.add_argument("--only", action="append", choices=names, help="this proof; may be given again")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the numbers below (%(default)s)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many at a time (%(default)s)")
    for proof in PROOFS:
        parser.add_argument(f"--{proof.name}", type=int, metavar="N", help=f"{proof.of} ({proof.number:,})")
    return parser


def _run(proof: Proof, number: int, workers: int) -> list[Row]:
    began = time.monotonic()

    def say(line: str) -> None:
        sys.stderr.write(f"{proof.name}: {line}\n")

    rows = proof.rows(Asked(number, workers, say))
    say(f"done in {time.monotonic() - began:.0f} s")
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
