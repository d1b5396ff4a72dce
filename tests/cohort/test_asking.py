"""One table asked of one pack: the same numbers as the report's, in parts, with a way to stop."""

from __future__ import annotations

import csv
from functools import partial
from pathlib import Path

import pytest

from screener.forms.model import Pack
from screener.forms.pack import load_pack
from screener.records.cohort import asking, outcomes
from screener.records.cohort.asking import Against, Wish, ask, write_outcomes
from screener.records.cohort.burden import EFFICACY, KINDS
from screener.records.cohort.cohort import count, open_cohort
from screener.records.cohort.shown import shown
from screener.ui.packs import in_table
from screener.ui.packs.table_words import KINDS as KIND_WORDS
from tests.cohort.small_table import MAP, write_small
from tests.forms.writing import write_pack

RULES = "themes/heart/rules.yaml"


class LeftAloneError(Exception):
    """Somebody did not want to wait."""


def pack_of(folder: Path, *changes: tuple[str, str, str]) -> Pack:
    found = load_pack(write_pack(folder, *changes)).pack
    assert found is not None
    return found


def _heard(heard: list[tuple[int, int]], done: int, of: int) -> None:
    heard.append((done, of))


def nobody(done: int, of: int) -> None:
    """Does not care how far it is."""


def test_the_numbers_are_those_of_the_report_whatever_the_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = pack_of(tmp_path)
    table, mapping = write_small(tmp_path)
    cohort = open_cohort(pack, table, mapping).cohort
    assert cohort is not None
    wanted = shown(count(cohort).burden)
    for at_once in (1_000, 37):
        monkeypatch.setattr(asking, "AT_ONCE", at_once)
        heard: list[tuple[int, int]] = []
        counted = ask(pack, Wish(table, mapping), partial(_heard, heard))
        assert counted.shown is not None
        assert [one.counts for one in counted.shown.rules] == [one.counts for one in wanted.rules]
        assert counted.shown.per_person == wanted.per_person
        assert counted.columns == ("who", "site", "bled", "rate", "sys")
        assert heard[-1] == (table.stat().st_size, table.stat().st_size)
        assert len(heard) == -(-240 // at_once)


def test_cells_that_cannot_be_read_are_told_with_row_and_column_and_kept_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = pack_of(tmp_path)
    counted = ask(pack, Wish(*write_small(tmp_path)), nobody)
    assert [(one.row, one.column) for one in counted.cells] == [(9, "bled"), (5, "rate")]
    monkeypatch.setattr(asking, "MOST_CELLS", 1)
    counted = ask(pack, Wish(*write_small(tmp_path)), nobody)
    assert len(counted.cells) == 1 and counted.found == 2


def test_two_limits_and_two_packs_are_compared(tmp_path: Path) -> None:
    pack = pack_of(tmp_path / "one")
    other = pack_of(tmp_path / "two", (RULES, "above: 100, unit: /min", "above: 90, unit: /min"))
    table, mapping = write_small(tmp_path)
    limits = ask(pack, Wish(table, mapping, against=Against(None, {"pressure": "high"})), nobody)
    packs = ask(pack, Wish(table, mapping, against=Against(other)), nobody)
    assert limits.comparison is not None and packs.comparison is not None
    (changed,) = [one for one in limits.comparison.rules if one.changes]
    assert changed.rule.id == "heart.recent" and changed.counts[1] > 0 and changed.counts[0] == 0
    (changed,) = [one for one in packs.comparison.rules if one.changes]
    assert changed.rule.id == "heart.fast" and changed.counts[0] > 0 and changed.counts[1] == 0


def test_a_map_that_does_not_fit_gives_findings_and_no_number(tmp_path: Path) -> None:
    pack = pack_of(tmp_path)
    table, mapping = write_small(tmp_path, map_text=MAP.replace("column: rate", "column: pulse"))
    counted = ask(pack, Wish(table, mapping), nobody)
    assert counted.shown is None and counted.rules is None
    (finding,) = counted.findings
    assert finding.stops and finding.place.file == "visits.map.yaml" and "pulse" in finding.message


def test_what_it_tells_may_end_it(tmp_path: Path) -> None:
    def enough(done: int, of: int) -> None:
        raise LeftAloneError

    pack = pack_of(tmp_path)
    table, mapping = write_small(tmp_path)
    with pytest.raises(LeftAloneError):
        ask(pack, Wish(table, mapping), enough)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(LeftAloneError):
        write_outcomes(pack, Wish(table, mapping), out / "outcomes.csv", enough)
    assert list(out.iterdir()) == []


def test_outcomes_are_written_with_what_was_found_beside_them(tmp_path: Path) -> None:
    pack = pack_of(tmp_path)
    table, mapping = write_small(tmp_path)
    files = write_outcomes(pack, Wish(table, mapping), tmp_path / "outcomes.csv", nobody)
    assert [path.name for path in files] == ["outcomes.csv", "outcomes.findings.csv"]
    with files[0].open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    counted = ask(pack, Wish(table, mapping), nobody)
    rule = counted.rule("heart.fast")
    assert rule is not None and len(lines) == 240
    assert sum(line["heart.fast"] == "listed" for line in lines) == rule.counts[outcomes.LISTED]


def test_the_window_knows_the_places_and_kinds_without_loading_what_counts() -> None:
    assert (in_table.LISTED, in_table.NOT_ESTABLISHED) == (outcomes.LISTED, outcomes.NOT_ESTABLISHED)
    assert outcomes.WORDS[in_table.NOT_LISTED] == "not_listed"
    assert set(KIND_WORDS) == set(KINDS) and EFFICACY in KIND_WORDS
