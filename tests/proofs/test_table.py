"""The table of proofs: what counts as a failure, and where in the README it goes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kills.killing import Killed
from tests.proofs.__main__ import PROOFS
from tests.proofs.kills import Outcome, rows
from tests.proofs.loading.loaders import LOADERS
from tests.proofs.table import BEGIN, END, README, ROOT, Row, table_of, with_rows, with_table

ANY = Killed("K-1", ("begun K-1", "saved 5f0c 3"))
INSIDE = Killed("K-2", ("begun K-2", "saved 5f0c 3", "sent"))
LOSS = "AssertionError: lost: 3 steps were shown as saved, 0 are there"


def test_every_loss_is_counted_and_a_planted_one_that_nobody_noticed_too() -> None:
    outcomes = [Outcome(0, ANY), Outcome(1, ANY, LOSS), Outcome(2, INSIDE), Outcome(3, None, "TimeoutExpired: late")]
    found = rows(outcomes, [Outcome(0, ANY, LOSS), Outcome(1, ANY)])
    assert [(row.how_many, row.failures) for row in found] == [(3, 2), (1, 0), (3, 1), (2, 1)]


def test_the_table_takes_the_place_between_the_markers_and_no_other() -> None:
    table = table_of(rows([Outcome(0, ANY)], []), "2026-11-23", "`abc`")
    assert table.splitlines()[2].startswith("| 2026-11-23 | `abc` | kill -9")
    assert with_table(f"a\n{BEGIN}\nold\n{END}\nb\n", table) == f"a\n{BEGIN}\n{table}{END}\nb\n"
    with pytest.raises(ValueError, match="one pair"):
        with_table("a\n", table)
    with_table(README.read_text(encoding="utf-8"), table)


def test_a_part_of_the_table_measured_again_leaves_the_rest_as_it_was() -> None:
    one, two, three = (Row(what, 1, 0) for what in ("one", "two", "three"))
    readme = with_table(f"{BEGIN}\n{END}", table_of([one, two], "2026-11-23", "`abc`"))
    again = with_rows(readme, table_of([Row("two", 9, 1), three], "2026-11-24", "`def`")).splitlines()[3:-1]
    assert again == [
        "| 2026-11-23 | `abc` | one | 1 | 0 |",
        "| 2026-11-24 | `def` | two | 9 | 1 |",
        "| 2026-11-24 | `def` | three | 1 | 0 |",
    ]


def test_every_proof_can_be_asked_for_by_its_name_without_a_test_around_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.proofs", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert len({proof.name for proof in PROOFS}) == len(PROOFS)
    for proof in PROOFS:
        assert f"--{proof.name} N" in done.stdout
        assert f"| `{proof.name}` |" in README.read_text("utf-8")


def test_every_proof_has_its_rows_in_the_readme_and_none_of_them_failed() -> None:
    table = README.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.strip().splitlines()[2:]]
    measured = {what: int(many.replace(",", "")) for _, _, what, many, _ in rows}
    assert [what for *_, what, _, failures in rows if failures != "0"] == []
    least = {
        "kill -9 while the store writes answers, before “Saved”": 100,
        "damaged places in the vault, its log, its head and its keys": 1_000,
        "full disk at each write of an interview in the window": 1,
        "a folder that cannot be written, at each deed of the store": 1,
        "a second program over the same records": 1,
        "a clock that jumps between 30 deeds, openings and wrong passphrases": 1,
        "tricks in text fields: what was given is what comes back": 1,
        "journeys searched for 9 typed words in the clear": 1,
    }
    assert {what: many for what, many in least.items() if measured.get(what, 0) < many} == {}
    kills = [many for what, many in measured.items() if what.startswith("kill -9")]
    assert sum(kills) >= 1_000
    inputs = [many for what, many in measured.items() if what.startswith("hostile inputs: ")]
    assert len(inputs) == len(LOADERS) and min(inputs) >= 10_000
