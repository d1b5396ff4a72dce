"""Many records as tables: what a cell says is what the record says, for every kind, state and form of file."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.exchange.dataset.files import files
from screener.exchange.dataset.kinds import FORMS
from screener.exchange.dataset.line import Line, Signed, line_of, line_of_redacted
from screener.exchange.dataset.made import DataSet, data_set
from screener.exchange.dataset.parts import HIDDEN, NOT_IN_FORM, NOT_READ, NOT_WORKED_OUT, STATES
from screener.exchange.dataset.plan import NOT_RUN
from screener.exchange.dataset.summary import SUPPRESSED, suppressed
from screener.forms.answering import read_value
from screener.forms.model import Question
from screener.records.redacted import redacted
from screener.rules.values import (
    InstrumentResult,
    Kind,
    MedicineEntry,
    Medicines,
    PartialDate,
    Reading,
    Readings,
)
from tests.records.test_redacted import NAME, PATHWAYS, WORD, planted, sealed, shipped

Row = dict[str, Any]


@dataclass
class Of:
    """Contents as a source of lines."""

    contents: Sequence[dict[str, Any]]
    redacted: bool = False

    def __len__(self) -> int:
        return len(self.contents)

    def line(self, place: int) -> Line:
        content = self.contents[place]
        if self.redacted:
            return line_of_redacted(redacted(content, shipped()))
        return line_of(content, Signed(f"r{place}", f"s{place}", "2026-11-23T10:42:07+00:00", NAME))


def made(contents: Sequence[dict[str, Any]], *, taken_out: bool = False, **more: Any) -> DataSet:
    return data_set(Of(contents, taken_out), shipped(), redacted=taken_out, **more)


def written(found: DataSet, name: str = "all.csv") -> dict[str, bytes]:
    return {path.name: b"".join(pieces) for path, pieces in files(found, Path(name))}


def csv_rows(raw: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def parquet_rows(raw: bytes) -> list[Row]:
    return polars.read_parquet(io.BytesIO(raw)).to_dicts()


@cache
def contents(seed: int, many: int = 3) -> tuple[dict[str, Any], ...]:
    """Records of several pathways in which every kind of answer and every state stands somewhere."""
    dice = random.Random(seed)
    return tuple(sealed(dice.choice(PATHWAYS), dice) for _ in range(many))


def asked_in(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {question["id"]: question for theme in content["themes"] for question in theme["questions"]}


# --- what a record says, worked out once more from its own words ------------------------------------------------------


def holds(asked: dict[str, Any]) -> Any:
    """The answer that holds by the record, or None."""
    if asked["state"] != "answered" or asked["hidden_because"] is not None:
        return None
    if any(one.startswith("not evaluated") for one in asked["remarks"]):
        return None
    accounts = asked["recorded"]["accounts"]
    return next((one for one in accounts if one["by"] == asked["recorded"]["used"]), accounts[0])["value"]


def state_of(asked: dict[str, Any]) -> str:
    if asked["hidden_because"] is not None:
        return HIDDEN
    if asked["kind"] == "derived":
        return "answered" if asked["words"] else NOT_WORKED_OUT
    return "gate_open" if asked["state"] == "answered" and holds(asked) is None else str(asked["state"])


def figure(cell: Any) -> Decimal | None:
    return None if cell in (None, "") else Decimal(str(cell))


def near(cell: Any, figure_of_record: Decimal | None) -> bool:
    said = figure(cell)
    if said is None or figure_of_record is None:
        return said is figure_of_record
    return said == figure_of_record or float(said) == float(figure_of_record)


def value_in(row: Row, question: Question, medicines: list[Row]) -> Any:
    """The value of a question, put together again from the cells of its row alone."""
    under = {
        name.removeprefix(f"{question.id}."): cell for name, cell in row.items() if name.startswith(f"{question.id}.")
    }
    cell = row.get(question.id)
    match question.kind:
        case Kind.YES_NO | Kind.CHOICE | Kind.TEXT:
            return cell
        case Kind.CHOICES:
            return frozenset(option for option in question.option_ids if str(under[option]) == "1")
        case Kind.NUMBER:
            return figure(cell)
        case Kind.DATE:
            return PartialDate.parse(str(cell))
        case Kind.TIME:
            return cell if isinstance(cell, time) else time.fromisoformat(str(cell))
        case Kind.DATETIME:
            return cell if isinstance(cell, datetime) else datetime.fromisoformat(str(cell))
        case Kind.READINGS:
            names = Reading.__slots__
            count = int(under["count"])
            items: list[dict[str, Any]] = [
                {name: under.get(f"{n}.{name}") or None for name in names} for n in range(1, count + 1)
            ]
            return Readings(
                tuple(reading_of(one) for one in items),
                none_taken=str(under["none_taken"]) == "1",
            )
        case Kind.MEDICINES:
            mine = [one for one in medicines if str(one["row"]) == str(row["row"]) and one["question"] == question.id]
            assert len(mine) == int(under["count"])
            return Medicines(tuple(entry_of(one) for one in mine))
        case Kind.INSTRUMENT:
            items_of = {
                name.removeprefix("item."): figure(one) for name, one in under.items() if name.startswith("item.")
            }
            return {name: one for name, one in items_of.items() if one is not None}
    raise AssertionError(question.kind)


def reading_of(cells: Row) -> Reading:
    figures: dict[str, Any] = {name: figure(cells[name]) for name in ("systolic", "diastolic", "pulse")}
    return Reading(**cells | figures)


def entry_of(row: Row) -> MedicineEntry:
    days: dict[str, Any] = {
        name: PartialDate.parse(row[name]) if row[name] else None for name in ("started", "last_taken")
    }
    words: dict[str, Any] = {name: row[name] or None for name in ("route", "dose", "told_by")}
    return MedicineEntry(name=row["name"], use=row["use"], **days, **words)


def is_said(row: Row, question: Question, raw: Any, medicines: list[Row]) -> bool:
    expected, found = read_value(question, raw), value_in(row, question, medicines)
    match expected:
        case InstrumentResult():
            return bool(found == dict(expected.items))
        case Decimal():
            return near(found, expected)
        case Readings():
            assert isinstance(found, Readings)
            return found == expected
        case _:
            return bool(found == expected)


FORMS_OF_FILE: dict[str, Callable[[bytes], list[Row]]] = {"csv": csv_rows, "parquet": parquet_rows}


@pytest.mark.parametrize("form", FORMS_OF_FILE)
@settings(max_examples=4, suppress_health_check=list(HealthCheck), deadline=None)
@given(seed=st.integers(0, 40))
def test_every_cell_says_what_its_record_says(form: str, seed: int) -> None:
    some = contents(seed)
    raw, read = written(made(some), f"all.{form}"), FORMS_OF_FILE[form]
    rows, medicines = read(raw[f"all.{form}"]), read(raw[f"all-medicines.{form}"])
    assert [int(row["row"]) for row in rows] == [1, 2, 3]
    seen = {question for content in some for question in asked_in(content)}
    for content, row in zip(some, rows, strict=True):
        assert row["reference"] == content["opening"]["reference"]
        asked = asked_in(content)
        for name in seen:
            if name not in asked:
                assert row[f"{name}.state"] == NOT_IN_FORM
                continue
            one, question = asked[name], shipped().questions[name]
            assert row[f"{name}.state"] == state_of(one), name
            if question.kind is Kind.DERIVED:
                assert (figure(row[f"{name}.low"]) is not None) is bool(one["words"])
            elif holds(one) is not None:
                assert is_said(row, question, holds(one), medicines), name
            else:
                assert not any(
                    row[column] not in (None, "")
                    for column in row
                    if column == name
                    or (column.startswith(f"{name}.") and column.rsplit(".", 1)[1] not in ("state", "note", "accounts"))
                ), name


@settings(max_examples=4, suppress_health_check=list(HealthCheck), deadline=None)
@given(seed=st.integers(0, 40))
def test_the_outcome_of_every_rule_is_that_of_the_record(seed: int) -> None:
    some = contents(seed)
    rows = csv_rows(written(made(some))["all.csv"])
    for content, row in zip(some, rows, strict=True):
        outcomes = {item["rule"]: item["outcome"] for item in content["items"]}
        outcomes |= {one["rule"]: "not_listed" for one in content["not_listed"]}
        outcomes |= {one["rule"]: "not_established" for one in content["otherwise_open"]}
        told = {
            n.removeprefix("rule."): c for n, c in row.items() if n.startswith("rule.") and n[5:] in shipped().rules
        }
        assert {rule: said for rule, said in told.items() if said != NOT_RUN} == outcomes
        for item in content["items"]:
            assert (row.get(f"rule.{item['rule']}.level") or "") == (item["level"] or "")


def test_every_kind_of_answer_has_a_form() -> None:
    assert set(FORMS) == set(Kind)


def question_of(kind: Kind) -> Question:
    """Of the shipped content where it asks for such an answer; it asks for no time without a day."""
    of_kind = (question for question in shipped().questions.values() if question.kind is kind)
    return next(of_kind, Question(id="a.question", kind=kind, text="Which?"))


def test_times_and_moments_are_told_as_such() -> None:
    assert FORMS[Kind.TIME].cells(question_of(Kind.TIME), "07:43") == {"": time(7, 43)}
    moment = FORMS[Kind.DATETIME].cells(question_of(Kind.DATETIME), "2026-11-22T07:43")
    assert moment == {"": datetime.fromisoformat("2026-11-22T07:43")}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_answer_has_columns_that_the_codebook_knows(kind: Kind) -> None:
    question = question_of(kind)
    fixed = FORMS[kind].fixed(question)
    assert fixed
    for part in fixed:
        assert part.holds
        if kind in (Kind.INSTRUMENT, Kind.CHOICES):
            assert FORMS[kind].part(question, part.name) == part


def bare(**states: Any) -> dict[str, Any]:
    """A record of the first pathway, in which these questions stand as given."""
    content: dict[str, Any] = json.loads(json.dumps(contents(7, 1)[0]))
    for theme in content["themes"]:
        for asked in theme["questions"]:
            asked.update(states.get(asked["id"].replace(".", "__"), {}))
    return content


def said_by(account: dict[str, Any]) -> dict[str, Any]:
    """A question with this one account, shown and evaluated."""
    recorded = {"accounts": [account], "used": None}
    return {"recorded": recorded, "state": "answered", "hidden_because": None, "remarks": []}


def test_states_stay_apart_and_none_of_them_has_a_value() -> None:
    stated: dict[str, dict[str, Any]] = {
        "not_known": {"state": "not_known"},
        "declined": {"state": "declined"},
        "come_back": {"state": "come_back"},
        "not_asked": {"state": "not_asked", "recorded": None},
        "differing": {"state": "differing"},
        HIDDEN: {"hidden_because": ["so"]},
        "gate_open": {"remarks": ["not evaluated: whether it applies is not established"], "state": "answered"},
    }
    account = {"by": "patient", "value": "yes", "at": "", "recorded_by": ""}
    name = next(q["id"] for q in asked_in(contents(7, 1)[0]).values() if q["kind"] == "yes_no")
    for expected, said in stated.items():
        (row,) = csv_rows(written(made([bare(**{name.replace(".", "__"): said_by(account) | said})]))["all.csv"])
        assert (row[f"{name}.state"], row[name]) == (expected, "")
    (row,) = csv_rows(written(made([bare(**{name.replace(".", "__"): said_by(account)})]))["all.csv"])
    assert (row[f"{name}.state"], row[name]) == ("answered", "yes")


def test_an_answer_that_the_content_does_not_read_is_counted_and_told_as_such() -> None:
    name = next(q["id"] for q in asked_in(contents(7, 1)[0]).values() if q["kind"] == "number")
    account = {"by": "patient", "value": {"value": "3", "unit": "stone"}, "at": "", "recorded_by": ""}
    found = made([bare(**{name.replace(".", "__"): said_by(account)})])
    (row,) = csv_rows(written(found)["all.csv"])
    assert (found.not_read, row[f"{name}.state"], row[name]) == (1, NOT_READ, "")


def test_means_of_readings_stand_by_phase() -> None:
    readings = [
        {"systolic": 150, "diastolic": 90, "phase": "before"},
        {"systolic": 145, "diastolic": 0, "phase": "before"},
        {"systolic": 130, "phase": "leaving"},
    ]
    account = {"by": "patient", "value": readings, "at": "", "recorded_by": ""}
    content = next(one for one in (contents(seed, 1)[0] for seed in range(20)) if "bp.readings" in asked_in(one))
    content = json.loads(json.dumps(content))
    asked_in(content)["bp.readings"].update(said_by(account))
    (row,) = csv_rows(written(made([content]))["all.csv"])
    means = {name.removeprefix("bp.readings.mean."): cell for name, cell in row.items() if ".mean." in name}
    assert means == {"before.systolic": "147.5", "before.diastolic": "90", "leaving.systolic": "130"}


def test_a_score_is_told_where_it_is_certain_and_as_a_span_where_items_are_missing() -> None:
    question = next(q for q in shipped().questions.values() if q.instrument == "phq-9")
    cells = FORMS[Kind.INSTRUMENT].cells
    whole = cells(question, {"items": {str(n): 1 for n in range(1, 10)}})
    assert (whole["total"], whole["total.low"], whole["total.high"]) == (9, 9, 9)
    part = cells(question, {"items": {"1": 2}})
    assert (part["total"], part["total.low"], part["total.high"]) == (None, 2, 26)
    given_alone = cells(question, {"total": 12})
    assert (given_alone["total"], given_alone["total.given"]) == (12, 12)


def test_no_text_is_worked_out_by_a_spreadsheet_and_no_figure_is_changed() -> None:
    content = json.loads(json.dumps(contents(7, 1)[0]))
    content["opening"]["reference"], content["visit"]["second_mark"] = "=1+1", "-5"
    content["visit"]["product"] = "@SUM(A1)"
    raw = written(made([content]))["all.csv"]
    (row,) = csv_rows(raw)
    assert (row["reference"], row["second_mark"], row["product"]) == ("'=1+1", "'-5", "'@SUM(A1)")
    (typed,) = parquet_rows(written(made([content]), "all.parquet")["all.parquet"])
    assert (typed["reference"], typed["second_mark"], typed["product"]) == ("=1+1", "-5", "@SUM(A1)")
    for one in csv_rows(raw) + csv_rows(written(made(contents(3)))["all.csv"]):
        assert not [cell for cell in one.values() if cell.startswith(("=", "+", "-", "@"))]


def test_parquet_has_the_types_that_the_codebook_names() -> None:
    found = written(made(contents(11)), "all.parquet")
    frame = polars.read_parquet(io.BytesIO(found["all.parquet"]))
    names = {
        "text": polars.String, "code": polars.String, "number": polars.Float64, "whole number": polars.Int64,
        "0 or 1": polars.Int8, "date": polars.Date, "time of day": polars.Time, "date and time": polars.Datetime("us"),
    }  # fmt: skip
    book = [one for one in csv_rows(found["all-codebook.csv"]) if one["table"] == "screenings"]
    assert [one["column"] for one in book] == frame.columns
    assert {one["column"]: names[one["type"]] for one in book} == dict(frame.schema)


def test_the_codebook_names_every_column_of_every_table_with_its_question() -> None:
    found = written(made(contents(11)))
    book = csv_rows(found["all-codebook.csv"])
    for table, name in (("screenings", "all.csv"), ("medicines", "all-medicines.csv")):
        header = next(csv.reader(io.StringIO(found[name].decode("utf-8-sig"), newline="")))
        assert [one["column"] for one in book if one["table"] == table] == header
        assert len(header) == len(set(header))
    by_column = {one["column"]: one for one in book}
    phq = next(q.id for q in shipped().questions.values() if q.instrument == "phq-9")
    if f"{phq}.total" in by_column:
        assert by_column[f"{phq}.total"]["loinc"] == "44261-6"
        assert by_column[f"{phq}.state"]["loinc"] == "44249-1"
    for question in [q for q in shipped().questions.values() if q.id in by_column]:
        row = by_column[question.id]
        assert (row["about"], row["words"], row["kind"]) == (question.id, question.text, str(question.kind))
        assert row["theme"] == shipped().theme_of[question.id].title
        assert row["pathways"]
    notes = " ".join(one["words"] for one in book if one["column"] == "(note)")
    assert all(code in notes for code, _ in STATES)
    assert "The list says nothing about whether treatment takes place." in notes


def test_a_table_of_no_records_has_its_head_alone() -> None:
    found = written(made([]))
    assert csv_rows(found["all.csv"]) == csv_rows(found["all-medicines.csv"]) == []


def test_progress_is_told_and_comes_to_its_end() -> None:
    said: list[tuple[int, int]] = []
    written(made(contents(3), tell=lambda done, whole: said.append((done, whole))))
    assert said[0] == (1, 9)
    assert said[-1] == (9, 9)
    assert [done for done, _ in said] == sorted(done for done, _ in said)


# --- redacted ---------------------------------------------------------------------------------------------------------


@settings(max_examples=5, suppress_health_check=list(HealthCheck), deadline=None)
@given(seed=st.integers(0, 40))
def test_nothing_that_anybody_typed_stands_in_a_redacted_table(seed: int) -> None:
    some = contents(seed)
    found = written(made(some, taken_out=True))
    assert set(found) == {"all.csv", "all-medicines.csv", "all-codebook.csv", "all-summary.csv"}
    for name in ("all.csv", "all-medicines.csv", "all-summary.csv"):
        assert list(planted(csv_rows(found[name]))) == [], name
    assert WORD not in found["all-codebook.csv"].decode()
    rows = csv_rows(found["all.csv"])
    assert {row["visit_year"] for row in rows} == {"2026"}
    assert not {"record", "screening", "reference", "second_mark", "clinician", "signer", "signed_at"} & set(rows[0])


def test_what_is_left_of_a_redacted_record_is_told_and_rows_stand_in_no_order_of_time() -> None:
    some = contents(5, 4)
    forward, backward = (written(made(order, taken_out=True)) for order in (some, some[::-1]))
    assert forward["all.csv"] == backward["all.csv"]
    whole = Counter(
        (name, state_of(one)) for content in some for name, one in asked_in(content).items() if one["kind"] != "derived"
    )
    rows = csv_rows(forward["all.csv"])
    told = Counter((name, row[f"{name}.state"]) for row in rows for name in {name for name, _ in whole})
    assert {key: many for key, many in told.items() if key[1] != NOT_IN_FORM} == dict(whole)


def test_small_cells_are_suppressed_and_cannot_be_worked_out() -> None:
    assert suppressed(Counter(yes=3, no=40), 5) == {"yes", "no"}
    assert suppressed(Counter(a=2, b=4, c=40), 5) == {"a", "b"}
    # Two that make two together can only be one each.
    assert suppressed(Counter(a=1, b=1, c=40), 5) == {"a", "b", "c"}
    assert suppressed(Counter(a=3, b=9, c=40), 5) == {"a", "b"}
    assert suppressed(Counter(yes=5, no=40), 5) == set()
    some = contents(5, 4) * 2
    for smallest in (1, 3, 20):
        counted = csv_rows(written(made(some, taken_out=True, smallest=smallest))["all-summary.csv"])
        told = [int(row["screenings"]) for row in counted if row["screenings"] != SUPPRESSED]
        assert all(many >= smallest for many in told)
        assert (smallest == 20) is (not told)


def test_days_of_a_whole_table_are_days_and_of_a_redacted_one_years() -> None:
    some = contents(5, 4)
    (frame, taken_out) = (
        polars.read_parquet(io.BytesIO(written(made(some, taken_out=out), "all.parquet")["all.parquet"]))
        for out in (False, True)
    )
    days = [q.id for q in shipped().questions.values() if q.kind is Kind.DATE and q.id in frame.columns]
    assert days
    assert any(isinstance(day, date) for name in days for day in frame[f"{name}.first"])
    for name in days:
        assert name not in taken_out.columns
        assert all(year is None or 1900 < year < 2100 for year in taken_out[f"{name}.year"])


def test_a_derived_figure_is_the_one_that_the_record_prints() -> None:
    for seed in range(6):
        (content,) = contents(seed, 1)
        (row,) = csv_rows(written(made([content]))["all.csv"])
        for name, one in asked_in(content).items():
            if one["kind"] == "derived" and one["words"] and row[name]:
                assert one["words"].split()[0] == row[name]
