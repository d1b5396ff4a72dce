"""Each trap of real tables: what it is read as, and that it is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from screener.records.cohort.cohort import count
from screener.rules.values import Medicines, PartialDate, Readings
from tests.cohort.reading import HEAD, VISIT, Read, asked, written

YES_NO = '{column: c, codes: {1: "yes", 2: "no"}, declined: [7, 77], not_known: [9, 99]}'


def test_refusal_codes_that_look_like_numbers_are_states(tmp_path: Path) -> None:
    read = asked(tmp_path, ["1", "2", "7", "77", "9", "99", "", "2.0", " 1 "], YES_NO)
    assert [one.said for one in read] == [
        "yes", "no", "declined", "declined", "not_known", "not_known", None, "no", "yes",
    ]  # fmt: skip
    assert all(one.findings == [] for one in read)


@pytest.mark.parametrize("cell", ["3", "0", "N", "yes!", "1;2", "5.4e-79"])
def test_a_value_outside_its_codes_is_named_with_what_was_expected_and_is_no_answer(tmp_path: Path, cell: str) -> None:
    (read,) = asked(tmp_path, [cell], YES_NO)
    (found,) = read.findings
    assert (read.said, found.code, found.kept) == (None, "outside-codes", False)
    assert (found.row, found.column, found.question) == (2, "c", "psychosis.ever")
    assert repr(cell) in found.said and found.expected.startswith("one of 1 (yes), 2 (no)")


def test_a_blank_is_not_asked_unless_the_map_says_otherwise(tmp_path: Path) -> None:
    (plain,) = asked(tmp_path, [""], YES_NO)
    (declined,) = asked(tmp_path, [""], '{column: c, codes: {1: "yes"}, blank: declined}')
    assert (plain.said, declined.said) == (None, "declined")
    answer = '{column: c, codes: {1: "yes"}, blank_as: "no"}'
    (part,) = written(tmp_path, 'c\n""\n1\n', f"{HEAD}{VISIT}answers:\n  psychosis.ever: {answer}\n").parts()
    assert [Read.of(part, place, "psychosis.ever").said for place in (0, 1)] == ["no", "yes"]
    assert part.filled == {"psychosis.ever": 1}


def test_zero_that_arrives_as_nearly_nothing_is_named_and_read_only_where_the_map_says_so(tmp_path: Path) -> None:
    column = "{column: c}"
    cells = ["5.397605346934028e-79", "0", "7"]
    read = asked(tmp_path, cells, column, "earlier.lifetime_count")
    assert [one.said for one in read] == [None, Decimal(0), Decimal(7)]
    assert read[0].codes == [("tiny-number", False)] and "tiny_is_zero" in read[0].findings[0].expected
    read = asked(tmp_path, cells, column, "earlier.lifetime_count", "tiny_is_zero: true\n")
    assert [one.said for one in read] == [Decimal(0), Decimal(0), Decimal(7)]


@pytest.mark.parametrize("cell", ["x", "1_000", "1 000", "12,5", "inf", "NaN", "-4", "1e99", "٣"])
def test_what_is_no_number_that_can_be_stored_is_no_answer(tmp_path: Path, cell: str) -> None:
    (read,) = asked(tmp_path, [cell], "{column: c}", "body.weight")
    if cell == "٣":
        assert read.said == Decimal(3)  # a figure in any script is a figure
        return
    assert read.said is None and [kept for _, kept in read.codes] == [False]


def test_units_are_converted_exactly_as_at_entry(tmp_path: Path) -> None:
    (read,) = asked(tmp_path, ["330"], '{column: c, unit: "[lb_av]"}', "body.weight")
    assert read.said == Decimal(330) * Decimal("0.45359237")
    (read,) = asked(tmp_path, ["71,5"], '{column: c, unit: "[in_i]"}', "body.height", "decimal: ','\n")
    assert read.said == Decimal("71.5") * Decimal("2.54")


def test_a_figure_that_lost_a_digit_is_named_and_kept(tmp_path: Path) -> None:
    (read,) = asked(tmp_path, ["17"], "{column: c}", "body.height")
    assert read.said == Decimal(17) and read.codes == [("implausible", True)]


READINGS = """answers:
  bp.readings:
    not_known: [888]
    declined: [777]
    readings:
      - {systolic: s1, diastolic: d1, phase: before}
      - {systolic: s2, diastolic: d2, phase: before}
      - {systolic: s3, diastolic: d3, phase: about_40_min}
      - {systolic: s4, diastolic: d4, phase: leaving}
    none_taken: {column: status, is: [3]}
"""
COLUMNS = "s1,d1,s2,d2,s3,d3,s4,d4,status"


def readings(folder: Path, *lines: str) -> list[Read]:
    (part,) = written(folder, "\n".join([COLUMNS, *lines]) + "\n", HEAD + VISIT + READINGS).parts()
    return [Read.of(part, place, "bp.readings") for place in range(len(part))]


def test_four_readings_are_kept_each_with_its_phase(tmp_path: Path) -> None:
    (read,) = readings(tmp_path, "150,90,148,91,,,160,100,1")
    assert isinstance(read.said, Readings)
    assert [(int(one.systolic or 0), int(one.diastolic or 0), one.phase) for one in read.said.items] == [
        (150, 90, "before"), (148, 91, "before"), (160, 100, "leaving"),
    ]  # fmt: skip


def test_a_diastolic_of_nothing_is_kept_as_typed_and_is_a_check(tmp_path: Path) -> None:
    (read,) = readings(tmp_path, "150,0,,,,,,,1")
    assert isinstance(read.said, Readings) and read.said.items[0].diastolic == Decimal(0)
    assert read.codes == [("implausible", True)] and "diastolic 0" in read.findings[0].said


def test_a_reading_that_lost_a_digit_is_named_and_kept(tmp_path: Path) -> None:
    (read,) = readings(tmp_path, "12,80,,,,,,,1")
    assert isinstance(read.said, Readings) and read.said.items[0].systolic == Decimal(12)
    assert ("implausible", True) in read.codes


def test_refused_readings_are_a_state_none_taken_is_an_answer_and_blanks_are_not_asked(tmp_path: Path) -> None:
    read = readings(tmp_path, "777,777,777,,,,,,1", ",,,,,,,,3", ",,,,,,,,1", "150,777,,,,,,,1", "777,888,,,,,,,1")
    assert [str(one.said) for one in read[:1]] == ["declined"]
    assert isinstance(read[1].said, Readings) and read[1].said.none_taken
    assert read[2].said is None
    assert isinstance(read[3].said, Readings) and read[3].said.items[0].diastolic is None
    assert read[4].said == "not_known"


def test_the_time_of_a_reading_that_was_not_taken_says_nothing(tmp_path: Path) -> None:
    mapping = f"{HEAD}{VISIT}answers:\n  bp.readings: {{readings: [{{systolic: s, at: t}}], declined: [777]}}\n"
    (part,) = written(tmp_path, "s,t\n,09:30\n777,09:30\n150,09:30\n", mapping).parts()
    read = [Read.of(part, place, "bp.readings") for place in range(3)]
    assert [one.said for one in read[:2]] == [None, "declined"] and isinstance(read[2].said, Readings)


def test_one_reading_that_cannot_be_read_leaves_all_of_them_not_asked(tmp_path: Path) -> None:
    (read,) = readings(tmp_path, "118,76,1l8,80,,,,,1")
    assert read.said is None and read.codes == [("not-a-number", False)]
    assert read.findings[0].column == "s2"


def test_options_with_a_column_each_need_all_of_their_columns(tmp_path: Path) -> None:
    mapping = (
        f"{HEAD}{VISIT}answers:\n  heart.stroke:\n    tick: {{stroke: a, tia: b}}\n"
        "    ticked: [1]\n    not_ticked: [2]\n    declined: [7]\n"
    )
    (part,) = written(tmp_path, "a,b\n1,2\n2,2\n1,\n,\n7,7\n7,2\n4,2\n", mapping).parts()
    read = [Read.of(part, place, "heart.stroke") for place in range(len(part))]
    assert [one.said for one in read] == [frozenset({"stroke"}), frozenset(), None, None, "declined", None, None]
    assert [one.codes for one in read][-1] == [("outside-codes", False)]


def test_options_in_one_cell_are_parted_and_none_of_these_is_a_code(tmp_path: Path) -> None:
    answer = '{column: c, separator: ";", codes: {S: stroke, T: tia, 0: []}}'
    read = asked(tmp_path, ["S;T", "T", "0", "", "S;X"], answer, "heart.stroke")
    assert [one.said for one in read[:4]] == [frozenset({"stroke", "tia"}), frozenset({"tia"}), frozenset(), None]
    assert read[4].said is None and read[4].codes == [("outside-codes", False)]


def test_dates_are_read_as_the_map_says_and_never_guessed(tmp_path: Path) -> None:
    cells = ["05.03.2024", "03/2024", "2024-03-05", "31.02.2024", "5.3.24", "2024"]
    read = asked(tmp_path, cells, "{column: c, format: [DD.MM.YYYY, MM/YYYY, YYYY]}", "psychosis.ever_on")
    parsed = [PartialDate.parse(text) for text in ("2024-03-05", "2024-03")]
    assert [one.said for one in read] == [*parsed, None, None, None, PartialDate.parse("2024")]
    assert [one.codes for one in read[2:5]] == [[("not-a-date", False)]] * 3


def test_a_date_that_two_formats_read_differently_is_no_date(tmp_path: Path) -> None:
    read = asked(
        tmp_path, ["03/05/2024", "13/05/2024"], "{column: c, format: [DD/MM/YYYY, MM/DD/YYYY]}", "psychosis.ever_on"
    )
    assert [one.said for one in read] == [None, PartialDate.parse("2024-05-13")]


def test_a_date_after_its_own_visit_is_kept_and_named(tmp_path: Path) -> None:
    mapping = f"{HEAD}visit: v\nanswers:\n  psychosis.ever_on: c\n"
    (part,) = written(tmp_path, "v,c\n2026-03-05,2026-04-01\n2026-05-01,2026-04-01\n", mapping).parts()
    read = [Read.of(part, place, "psychosis.ever_on") for place in (0, 1)]
    assert [one.codes for one in read] == [[("implausible", True)], []]
    assert "after the visit" in read[0].findings[0].said


MEDICINES = """answers:
  medicines.list:
    medicines:
      table: {file: drugs.csv, id: who, name: drug, route: route, last_taken: last, use: use}
      none: {column: any, is: [2]}
      routes: {1: oral, 2: eye}
      uses: {1: current, 2: stopped}
"""


def medicines(folder: Path, main: str, drugs: str) -> list[tuple[Read, Read]]:
    codes = "    not_known: [55555]\n    declined: [77777]\n"
    (part, *_) = written(folder, main, f"{HEAD}{VISIT}id: id\n{MEDICINES}{codes}", drugs=drugs).parts()
    names = ("medicines.list", "medicines.complete")
    found = [[Read.of(part, place, name) for name in names] for place in range(len(part))]
    return [(listed, whole) for listed, whole in found]


def test_medicines_come_from_another_table_in_any_order_with_route_and_days(tmp_path: Path) -> None:
    drugs = "who,drug,route,last,use\nb,timolol,2,,1\na,sertraline,1,2026-01-03,2\nb,lithium,1,,1\n"
    (a, _), (b, _), (c, _), (d, _) = medicines(tmp_path, "id,any\na,1\nb,1\nc,2\nd,1\n", drugs)
    assert isinstance(a.said, Medicines) and isinstance(b.said, Medicines) and isinstance(c.said, Medicines)
    assert [(one.name, one.route, one.use) for one in a.said.items] == [("sertraline", "oral", "stopped")]
    assert [(one.name, one.route) for one in b.said.items] == [("timolol", "eye"), ("lithium", "oral")]
    assert c.said.items == () and d.said is None


def test_a_name_that_holds_two_medicines_is_parted_where_both_are_known(tmp_path: Path) -> None:
    drugs = "who,drug,route,last,use\na,sertraline / lithium,,,\nb,sertraline / zzyx,,,\n"
    (a, _), (b, _) = medicines(tmp_path, "id,any\na,1\nb,1\n", drugs)
    assert isinstance(a.said, Medicines) and isinstance(b.said, Medicines)
    assert [one.name for one in a.said.items] == ["sertraline", "lithium"]
    assert a.codes == [("two-medicines", True)]
    assert [one.name for one in b.said.items] == ["sertraline / zzyx"]


def test_a_refused_name_says_that_the_list_may_lack_some(tmp_path: Path) -> None:
    drugs = "who,drug,route,last,use\na,lithium,1,,1\na,77777,,,\nb,55555,,,\n"
    (a, a_whole), (b, b_whole) = medicines(tmp_path, "id,any\na,1\nb,1\n", drugs)
    assert isinstance(a.said, Medicines) and len(a.said.items) == 1 and a_whole.said == "no"
    assert b.said == "not_known" and b_whole.said == "no"


def test_a_route_outside_its_codes_leaves_the_list_not_asked(tmp_path: Path) -> None:
    ((a, _),) = medicines(tmp_path, "id,any\na,1\n", "who,drug,route,last,use\na,lithium,8,,1\n")
    assert a.said is None and a.codes == [("outside-codes", False)]


def test_a_row_of_medicines_that_is_lost_leaves_no_list_whole_but_those_of_none(tmp_path: Path) -> None:
    drugs = "who,drug,route,last,use\na,lithium,1,,1\nb,sertraline\n"
    whole = f"{HEAD}{VISIT}id: id\n{MEDICINES}  medicines.complete: {{always: 'yes'}}\n"
    made = written(tmp_path, "id,any\na,1\nb,1\nc,2\n", whole, drugs=drugs)
    (part, *_) = made.parts()
    said = [Read.of(part, place, "medicines.complete").said for place in range(3)]
    assert said == ["no", "no", "yes"] and [one.code for one in part.findings] == ["broken-row"]
    assert count(made.cohort()).burden.left_out == 0
    (part, *_) = written(tmp_path, "id,any\na,1\n", whole, drugs="who,drug,route,last,use\na,lithium,1,,1\n").parts()
    assert Read.of(part, 0, "medicines.complete").said == "yes"


def test_none_beside_a_list_is_a_contradiction_and_rows_of_nobody_are_named(tmp_path: Path) -> None:
    drugs = "who,drug,route,last,use\na,lithium,1,,1\nzz,lithium,1,,1\n"
    made = written(tmp_path, "id,any\na,2\n", f"{HEAD}{VISIT}id: id\n{MEDICINES}", drugs=drugs)
    findings = [one for part in made.parts() for one in part.findings]
    assert [(one.code, one.id) for one in findings] == [("contradiction", "a"), ("id-unknown", "zz")]


def test_columns_that_ask_after_single_medicines_never_say_that_there_are_no_others(tmp_path: Path) -> None:
    mapping = (
        f"{HEAD}{VISIT}answers:\n  medicines.list:\n    medicines:\n      used: {{lithium: l, sertraline: s}}\n"
        "      taken: [1]\n      not_taken: [2]\n      use_is: current\n"
    )
    (part,) = written(tmp_path, "l,s\n1,2\n2,2\n1,\n,\n", mapping).parts()
    lists = [Read.of(part, place, "medicines.list").said for place in range(4)]
    assert [None if one is None else [entry.name for entry in one.items] for one in lists] == [
        ["lithium"], [], ["lithium"], None,
    ]  # fmt: skip
    assert [Read.of(part, place, "medicines.complete").said for place in range(4)] == ["no", "no", "no", None]


def test_an_id_that_stands_twice_is_named_and_the_order_of_the_file_says_nothing(tmp_path: Path) -> None:
    table = "id,v,c\na,2026-03-05,1\nb,2026-01-01,1\na,2026-01-05,2\n,2026-01-01,1\n"
    mapping = f"{HEAD}visit: v\nid: id\nanswers:\n  psychosis.ever: {YES_NO}\n"
    (part,) = written(tmp_path, table, mapping).parts()
    assert part.ids == ["a", "b", "a", "row 5"]
    assert [(one.row, one.code, one.kept) for one in part.findings] == [(4, "id-twice", True), (5, "no-id", True)]
    for keep, said in (("latest", "yes"), ("earliest", "no")):
        (part,) = written(tmp_path, table, f"{mapping}repeats: {keep}\n").parts()
        assert part.ids == ["a", "b", "row 5"] if keep == "latest" else part.ids == ["b", "a", "row 5"]
        given = part.answers["psychosis.ever"][part.ids.index("a")].given
        assert given is not None and given.value == said


def test_a_row_without_a_day_is_not_lost_where_one_row_of_an_id_is_kept(tmp_path: Path) -> None:
    table = "id,v,c\na,2026-03-05,1\na,05.03.2026,2\nb,,1\nb,soon,2\n"
    mapping = f"{HEAD}visit: v\nid: id\nrepeats: latest\nanswers:\n  psychosis.ever: {YES_NO}\n"
    made = written(tmp_path, table, mapping).cohort()
    burden = count(made).burden
    assert burden.records == 3 and burden.left_out == 1
    (part,) = made.reader.parts()
    assert part.rows == [2, 4, 5]
    assert [(one.row, one.code, one.kept) for one in part.findings] == [
        (3, "id-twice", False), (4, "no-visit-date", False), (5, "no-visit-date", False), (5, "id-twice", True),
    ]  # fmt: skip


def test_what_holds_everywhere_never_goes_before_what_stands_beside_a_question(tmp_path: Path) -> None:
    mapping = (
        f'{HEAD}{VISIT}everywhere: {{codes: {{1: "yes", 2: "no"}}, not_known: [9], declined: [7]}}\nanswers:\n'
        "  psychosis.ever: a\n  person.sex: {column: b, codes: {1: female, 7: male, 9: other}}\n"
        "  heart.aneurysm: {column: a, not_known: [], declined: [9]}\n  repro.test: c\n"
    )
    (part,) = written(tmp_path, "a,b,c\n9,9,positive\n7,7,1\n1,1,negative\n", mapping).parts()

    def of(question: str) -> list[object]:
        return [Read.of(part, place, question).said for place in range(3)]

    assert of("psychosis.ever") == ["not_known", "declined", "yes"]
    assert of("person.sex") == ["other", "male", "female"]
    assert of("heart.aneurysm") == ["declined", None, "yes"]
    assert of("repro.test") == ["positive", None, "negative"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2026-03-05", 5), ("2026-03-05 00:00:00.000000", 5), ("2026-03-05T23:10", 5), ("2026-03-05x", 0), ("2026-03", 0)],
)
def test_the_day_of_a_visit_is_a_whole_day_and_nothing_behind_it_is_passed_over(
    tmp_path: Path, cell: str, day: int
) -> None:
    (part,) = written(tmp_path, f"v,c\n{cell},yes\n", f"{HEAD}visit: v\nanswers:\n  psychosis.ever: c\n").parts()
    assert [0 if one is None else one.day for one in part.days] == [day]
    assert [one.code for one in part.findings] == ([] if day else ["no-visit-date"])


def test_a_day_with_its_time_is_read_as_its_day_where_a_format_says_both(tmp_path: Path) -> None:
    (read,) = asked(tmp_path, ["05.03.2024 10:31"], "{column: c, format: 'DD.MM.YYYY hh:mm'}", "psychosis.ever_on")
    assert read.said == PartialDate.parse("2024-03-05")
