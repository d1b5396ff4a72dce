"""A map that does not fit is named at its line, with what would fit; a starting map is one that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.forms.findings import Code
from screener.records.cohort.cohort import Asked
from screener.records.cohort.files import read_map
from screener.records.cohort.starting import starting_map
from screener.records.cohort.tables import open_table
from tests.cohort.made_up import EXAMPLE, HEADER, write_csv
from tests.cohort.reading import written
from tests.records.sittings import shipped

TABLE = "id,seen,psy,kg,sys,dia,item\n1,2026-03-05,1,80,120,80,2\n"
MAP = """pathway: ketamine-clinic
profiles: [clinic]
id: id
visit: seen
answers:
  psychosis.ever: {column: psy, codes: {1: "yes", 2: "no"}, not_known: [9]}
  body.weight: {column: kg, unit: kg}
  bp.readings:
    readings: [{systolic: sys, diastolic: dia}]
  mood.phq9:
    items: {"1": item}
"""


def test_a_map_that_fits_has_no_findings(tmp_path: Path) -> None:
    cohort, findings = written(tmp_path, TABLE, MAP).opened()
    assert cohort is not None and findings == []


@pytest.mark.parametrize(
    ("was", "now", "code", "line", "message", "suggestion"),
    [
        ("ketamine-clinic", "ketamin-clinic", Code.UNKNOWN_PATHWAY, 1, "is no pathway", "ketamine-clinic"),
        ("[clinic]", "[clinik]", Code.UNKNOWN_PROFILE, 2, "is no profile", "clinic"),
        ("[clinic]", "[clinic, oregon]", Code.UNKNOWN_PROFILE, 2, "does not offer oregon", "clinic"),
        ("[clinic]", "[]", Code.MISSING_KEY, 2, "needs the profile clinic", "add clinic"),
        ("id: id", "id: ident", Code.UNKNOWN_COLUMN, 3, "no column 'ident'", "did you mean id?"),
        ("visit: seen", "visit: sen", Code.UNKNOWN_COLUMN, 4, "no column 'sen'", "did you mean seen?"),
        ("visit: seen", "visit: {day: 2026-02-30}", Code.WRONG_SHAPE, 4, "is not a day", "2026-03-05"),
        ("visit: seen", "# none", Code.MISSING_KEY, 1, "a column or one day", "visit: COLUMN"),
        ("visit: seen", "visit: {column: seen, format: DD.MM.YY}", Code.MAP_DOES_NOT_FIT, 4, "two centuries", "YYYY"),
        ("psychosis.ever:", "psychosis.evr:", Code.UNKNOWN_QUESTION, 6, "is not a question", "psychosis.ever"),
        ("column: psy", "column: psi", Code.UNKNOWN_COLUMN, 6, "no column 'psi'", "did you mean psy?"),
        ('1: "yes"', '1: "yess"', Code.UNKNOWN_OPTION, 6, "neither", "did you mean yes?"),
        ("not_known: [9]", "not_known: [2]", Code.MAP_DOES_NOT_FIT, 6, "under codes and under not_known", "keep one"),
        ("not_known:", "notknown:", Code.UNKNOWN_KEY, 6, "is not known here", "did you mean not_known?"),
        ("unit: kg", "unit: lb", Code.UNIT_MISMATCH, 7, "is not a unit", "kg, [lb_av]"),
        ("systolic: sys", "pressure: sys", Code.UNKNOWN_KEY, 9, "is not known here", ""),
        ("dia}]", "dio}]", Code.UNKNOWN_COLUMN, 9, "no column 'dio'", "dia"),
        ('"1": item', '"11": item', Code.UNKNOWN_OPTION, 11, "no item '11'", ""),
        (":\n    items: {\"1\": item}", ": item", Code.MAP_DOES_NOT_FIT, 10, "one column", "items"),
        ("body.weight: {column: kg, unit: kg}", "body.bmi: kg", Code.MAP_DOES_NOT_FIT, 7, "worked out", "body.weight"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_at_its_line(
    tmp_path: Path, was: str, now: str, code: Code, line: int, message: str, suggestion: str
) -> None:
    assert was in MAP
    cohort, findings = written(tmp_path, TABLE, MAP.replace(was, now, 1)).opened()
    assert cohort is None
    found = [one for one in findings if one.code is code and message in one.message]
    assert found, findings
    assert (found[0].place.line, found[0].place.file) == (line, "map.yaml")
    assert suggestion in found[0].suggestion


def test_a_parameter_and_a_column_that_were_asked_for_are_held_against_pack_and_table(tmp_path: Path) -> None:
    made = written(tmp_path, TABLE, MAP)
    _, findings = made.opened(asked=Asked({"pressure_limit": "trial_15"}, by="syss"))
    assert [(one.code, one.suggestion) for one in findings] == [
        (Code.UNKNOWN_OPTION, "did you mean trial_150?"),
        (Code.UNKNOWN_COLUMN, "did you mean sys?"),
    ]


def test_a_refusal_code_that_is_plausible_as_a_figure_is_a_remark(tmp_path: Path) -> None:
    cohort, findings = written(tmp_path, TABLE, MAP.replace("unit: kg}", "unit: kg, declined: [77]}")).opened()
    assert cohort is not None
    assert [(one.code, one.stops) for one in findings] == [(Code.CODE_LIKE_A_VALUE, False)]


def test_a_question_of_another_pathway_is_a_remark_and_is_not_evaluated(tmp_path: Path) -> None:
    pack = shipped()
    other = next(
        q for q in pack.questions.values() if q.pathways and "ketamine-clinic" not in q.pathways and q.kind == "yes_no"
    )
    more = f'  {other.id}: {{column: psy, codes: {{1: "yes"}}}}\n'
    cohort, findings = written(tmp_path, TABLE, MAP + more).opened()
    assert cohort is not None and [one.code for one in findings] == [Code.NOT_EVALUATED]


def test_another_table_that_is_not_there_or_lacks_a_column_is_a_finding(tmp_path: Path) -> None:
    more = "  medicines.list:\n    medicines:\n      table: {file: drugs.csv, id: who, name: drug}\n"
    cohort, findings = written(tmp_path, TABLE, MAP + more).opened()
    assert cohort is None and [(one.code, one.place.line) for one in findings] == [(Code.MISSING_FILE, 14)]
    cohort, findings = written(tmp_path, TABLE, MAP + more, drugs="who,drugs\n").opened()
    assert cohort is None and [one.suggestion for one in findings] == ["did you mean drugs?"]


def test_a_map_that_is_no_yaml_or_hides_something_is_refused_at_its_line(tmp_path: Path) -> None:
    for text, line in (("pathway: [", 2), ("pathway: a\npathway: b\n", 2), ("answers: &x {}\n", 1), ("- a\n", 1)):
        (tmp_path / "map.yaml").write_text(text)
        found = read_map(tmp_path / "map.yaml")
        assert found.map is None and found.findings and found.findings[0].place.line in (line, line - 1)


def test_a_starting_map_can_be_read_and_names_what_is_near(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    header = ["subject_id", "visit_date", "psychosis_ever", "body weight", "Heart attack", "zzz", 'odd "one"', "no"]
    write_csv(table, header, [["1", "2026-01-01", "2", "80", "1", "x", "y", "z"]])
    text = starting_map(open_table(table), shipped(), "ketamine-clinic")
    path = tmp_path / "map.yaml"
    path.write_text(text)
    found = read_map(path)
    assert found.map is not None, found.findings
    assert (found.map.id, found.map.visit and found.map.visit.column) == ("subject_id", "visit_date")
    assert {"psychosis.ever", "body.weight", "heart.attack"} <= set(found.map.answers)
    assert "# seen: 2" in text and "zzz" in text
    cohort, findings = written(tmp_path, table.read_text(), text).opened()
    assert cohort is not None, findings


def test_the_example_fits_the_shipped_pack_and_every_cell_of_it_is_as_the_map_says() -> None:
    from screener.records.cohort.cohort import open_cohort

    found = open_cohort(shipped(), EXAMPLE / "visits.csv", EXAMPLE / "visits.map.yaml")
    assert found.cohort is not None and [one.code for one in found.findings] == [Code.CODE_LIKE_A_VALUE]
    assert open_table(EXAMPLE / "visits.csv").header == HEADER
    findings = [one for part in found.cohort.reader.parts() for one in part.findings]
    assert {one.code for one in findings} <= {"implausible"}


def test_a_starting_map_says_where_the_day_of_the_visit_needs_its_format(tmp_path: Path) -> None:
    table = tmp_path / "visits.csv"
    for cell, said in (("11.03.2026", "seen: 11.03.2026; say how it is written"), ("2026-03-11", ""), ("", "")):
        table.write_text(f"id,visit\na,{cell}\n", "utf-8")
        (line,) = [
            line
            for line in starting_map(open_table(table), shipped(), "ketamine-clinic").splitlines()
            if line.startswith("visit:")
        ]
        assert (said in line) if said else line == "visit: visit"
