"""The medicines list: names, classes and routes, what is taken now or was within a window, and what stays open."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from screener.forms.medicines import HalfLife, MedicineClass, MedicineList, MedicineName
from screener.rules.evaluate import Condition, Facts, evaluate
from screener.rules.facts import Layout
from screener.rules.medicines import Dictionary, folded, lacking, taken
from screener.rules.truth import Truth
from screener.rules.values import Answer, MedicineEntry, Medicines, PartialDate, State, Value, answered, unanswered
from tests.rules.columns import in_columns
from tests.rules.running import NO, UNKNOWN, VISIT, YES, node

LIST, DOSE = "medicines.list", "visit.dose_on"


def dictionary() -> Dictionary:
    """A few names: an SSRI, a drop that is a beta-blocker only by mouth, a combination, a half-life."""
    half_life = HalfLife.model_validate(
        {"hours": [24, 144], "longest": [96, 384], "of": "norfluoxetine", "source": "s", "basis": "psy/halflife/x"}
    )
    return MedicineList(
        classes=(
            MedicineClass(id="antidepressant", title="Antidepressant"),
            MedicineClass(id="ssri", title="SSRI", parents=("antidepressant",)),
            MedicineClass(id="antihypertensive", title="Antihypertensive"),
            MedicineClass(id="beta_blocker", title="Beta", parents=("antihypertensive",), routes=("oral", "injection")),
            MedicineClass(id="opioid", title="Opioid"),
        ),
        names=(
            MedicineName(name="sertraline", trade=("Zoloft",), classes=("ssri",)),
            MedicineName(name="fluoxetine", classes=("ssri",), half_life=half_life),
            MedicineName(name="timolol", classes=("beta_blocker",), routes=("oral", "eye")),
            MedicineName(name="timolol drops", holds=("timolol",), routes=("eye",)),
            MedicineName(name="atenolol", classes=("beta_blocker",)),
            MedicineName(name="codeine", classes=("opioid",)),
            MedicineName(name="paracetamol"),
            MedicineName(name="co-codamol", holds=("paracetamol", "codeine")),
        ),
    ).dictionary


LAYOUT = Layout({LIST: 0, DOSE: 1}, dictionary=dictionary())


def listed(*entries: dict[str, Any], complete: bool = True) -> Medicines:
    """A list in short: `{name, use, route, last}`."""
    return Medicines(
        tuple(
            MedicineEntry(
                name=entry["name"],
                use=entry.get("use", "current"),
                route=entry.get("route"),
                last_taken=PartialDate.parse(entry["last"]) if "last" in entry else None,
            )
            for entry in entries
        ),
        complete,
    )


def truth(written: dict[str, Any], medicines: Medicines | None, dose: Value | State | None = None) -> Truth:
    """What a node makes of a list and, where it counts back from it, of the day of the dose."""
    answers: dict[str, Answer] = {}
    if medicines is not None:
        answers[LIST] = answered(LIST, medicines)
    if isinstance(dose, State):
        answers[DOSE] = Answer(dose) if dose is State.NOT_APPLICABLE else unanswered(DOSE, dose)
    elif dose is not None:
        answers[DOSE] = answered(DOSE, dose)
    facts = Facts(answers, VISIT, LAYOUT)
    found = evaluate(Condition("r", [(None, node(written))], {}, LAYOUT), facts).truth
    assert in_columns(node(written), facts) is found, "columns come to something else"
    return found


SSRI = {"takes": {"class": "ssri"}}
NAMES: list[tuple[dict[str, Any], Medicines | None, Truth]] = [
    (SSRI, None, UNKNOWN),
    (SSRI, listed(), NO),
    (SSRI, listed(complete=False), UNKNOWN),
    (SSRI, listed({"name": "sertraline"}), YES),
    (SSRI, listed({"name": "sertraline"}, complete=False), YES),
    (SSRI, listed({"name": " ZOLOFT® "}), YES),
    (SSRI, listed({"name": "sertraline", "use": "stopped"}), NO),
    (SSRI, listed({"name": "sertraline", "use": "not_known"}), UNKNOWN),
    (SSRI, listed({"name": "the little white one"}), UNKNOWN),
    (SSRI, listed({"name": "the little white one", "use": "stopped"}), NO),
    (SSRI, listed({"name": "the little white one"}, {"name": "sertraline"}), YES),
    (SSRI, listed({"name": "atenolol"}), NO),
    ({"takes": {"class": "antidepressant"}}, listed({"name": "sertraline"}), YES),
    ({"takes": {"class": ["opioid", "ssri"]}}, listed({"name": "codeine"}), YES),
    ({"takes": {"class": "opioid"}}, listed({"name": "co-codamol"}), YES),
    ({"takes": {"substance": "paracetamol"}}, listed({"name": "Co codamol"}), YES),
    ({"takes": {"substance": "codeine"}}, listed({"name": "paracetamol"}), NO),
    ({"takes": {"any": True}}, listed(), NO),
    ({"takes": {"any": True}}, listed({"name": "the little white one"}), YES),
    ({"takes": {"unrecognised": True}}, listed({"name": "the little white one"}), YES),
    ({"takes": {"unrecognised": True}}, listed({"name": "sertraline"}), NO),
    ({"not": SSRI}, listed({"name": "sertraline"}), NO),
    ({"not": SSRI}, listed(), YES),
]


@pytest.mark.parametrize(("written", "medicines", "expected"), NAMES)
def test_names_and_classes(written: dict[str, Any], medicines: Medicines | None, expected: Truth) -> None:
    assert truth(written, medicines) is expected


BETA, LOWERING = {"takes": {"class": "beta_blocker"}}, {"takes": {"class": "antihypertensive"}}
BY_MOUTH = {"takes": {"class": "ssri", "route": "oral"}}
ROUTES: list[tuple[dict[str, Any], dict[str, Any], Truth]] = [
    (BETA, {"name": "atenolol"}, YES),
    (BETA, {"name": "timolol"}, UNKNOWN),
    (BETA, {"name": "timolol", "route": "eye"}, NO),
    (BETA, {"name": "timolol", "route": "oral"}, YES),
    (BETA, {"name": "timolol drops"}, NO),
    (LOWERING, {"name": "timolol", "route": "eye"}, NO),
    (LOWERING, {"name": "timolol", "route": "oral"}, YES),
    (BY_MOUTH, {"name": "sertraline"}, YES),
    (BY_MOUTH, {"name": "sertraline", "route": "transdermal"}, NO),
    ({"takes": {"class": "beta_blocker", "route": ["eye", "oral"]}}, {"name": "timolol", "route": "eye"}, NO),
    ({"takes": {"substance": "timolol", "route": "eye"}}, {"name": "timolol", "route": "eye"}, YES),
]


@pytest.mark.parametrize(("written", "entry", "expected"), ROUTES)
def test_an_eye_drop_is_no_medicine_by_mouth(written: dict[str, Any], entry: dict[str, Any], expected: Truth) -> None:
    assert truth(written, listed(entry)) is expected


def stopped(last: str | None = None, name: str = "sertraline", use: str = "stopped") -> Medicines:
    return listed({"name": name, "use": use} | ({} if last is None else {"last": last}))


TWO_WEEKS, THREE_DAYS = {**SSRI, "within": "14 d"}, {**SSRI, "within": "72 h"}
WINDOWS: list[tuple[dict[str, Any], Medicines, Truth]] = [
    (TWO_WEEKS, stopped("2026-11-09"), YES),
    (TWO_WEEKS, stopped("2026-11-08"), NO),
    (TWO_WEEKS, stopped("2026-11"), UNKNOWN),
    (TWO_WEEKS, stopped("2026-10"), NO),
    (TWO_WEEKS, stopped(), UNKNOWN),
    (TWO_WEEKS, stopped(use="current"), YES),
    (TWO_WEEKS, stopped("2026-01-01", use="current"), YES),
    (TWO_WEEKS, stopped("2026-11-09", use="not_known"), YES),
    (TWO_WEEKS, stopped("2026-01-01", use="not_known"), UNKNOWN),
    (TWO_WEEKS, stopped("2026-12-01"), NO),
    (TWO_WEEKS, stopped("2026-01-01", name="the little white one"), NO),
    (TWO_WEEKS, stopped("2026-11-20", name="the little white one"), UNKNOWN),
    (THREE_DAYS, stopped("2026-11-22"), YES),
    (THREE_DAYS, stopped("2026-11-20"), UNKNOWN),
    (THREE_DAYS, stopped("2026-11-19"), NO),
    (THREE_DAYS, stopped("2026-11-19", use="current"), NO),
    (THREE_DAYS, stopped(use="current"), YES),
]


@pytest.mark.parametrize(("written", "medicines", "expected"), WINDOWS)
def test_windows_before_the_visit(written: dict[str, Any], medicines: Medicines, expected: Truth) -> None:
    assert truth(written, medicines) is expected


HALF_LIVES: list[tuple[Medicines, Truth]] = [
    (stopped("2026-11-03", name="fluoxetine"), UNKNOWN),  # 20 days: the metabolite's shortest, to the hour
    (stopped("2026-11-04", name="fluoxetine"), YES),
    (stopped("2026-09-04", name="fluoxetine"), UNKNOWN),
    (stopped("2026-09-03", name="fluoxetine"), NO),  # 81 days: past 5 times 384 hours
    (stopped("2026-11-20"), UNKNOWN),  # no sourced half-life
    (stopped(use="current"), YES),
    (listed(), NO),
]


@pytest.mark.parametrize(("medicines", "expected"), HALF_LIVES)
def test_half_lives_are_intervals_from_the_shortest_to_the_longest_that_a_source_gives(
    medicines: Medicines, expected: Truth
) -> None:
    assert truth({**SSRI, "within": "5 half-lives"}, medicines) is expected


BEFORE = {**SSRI, "within": "14 d", "before": DOSE}
PLANNED = PartialDate.parse("2026-12-02")
BEFORE_DOSE: list[tuple[Medicines | None, Value | State | None, Truth]] = [
    (stopped("2026-11-18"), PLANNED, YES),
    (stopped("2026-11-17"), PLANNED, NO),
    (stopped("2026-11-18"), None, UNKNOWN),
    (stopped("2026-11-18"), State.NOT_KNOWN, UNKNOWN),
    (stopped("2026-11-18"), State.NOT_APPLICABLE, NO),
    (stopped(use="current"), None, YES),
    (listed(), None, NO),
    (None, PLANNED, UNKNOWN),
    (None, None, UNKNOWN),
    (stopped("2026-11-18"), PartialDate.parse("2026-12"), UNKNOWN),
    (stopped("2026-11-18"), datetime(2026, 12, 2, 10, 0), YES),  # noqa: DTZ001 - a moment of the visit has no zone
]


@pytest.mark.parametrize(("medicines", "dose", "expected"), BEFORE_DOSE)
def test_windows_before_a_planned_dose(
    medicines: Medicines | None, dose: Value | State | None, expected: Truth
) -> None:
    assert truth(BEFORE, medicines, dose) is expected


def test_what_is_missing_is_the_list_the_dose_or_both() -> None:
    condition = Condition("r", [(None, node(BEFORE))], {}, LAYOUT)

    def missing(medicines: Medicines | None, dose: PartialDate | None) -> set[str]:
        said = {LIST: medicines, DOSE: dose}
        answers = {name: answered(name, value) for name, value in said.items() if value is not None}
        return set(evaluate(condition, Facts(answers, VISIT, LAYOUT)).missing)

    assert missing(None, None) == {LIST, DOSE}
    assert missing(None, PLANNED) == {LIST}
    assert missing(stopped("2026-11-18"), None) == {DOSE}
    assert missing(stopped(), None) == {LIST, DOSE}
    assert missing(stopped(), PLANNED) == {LIST}
    assert missing(listed({"name": "the little white one"}), PLANNED) == {LIST}


def test_the_entries_behind_an_outcome_are_named() -> None:
    value = listed({"name": "Zoloft"}, {"name": "atenolol"}, {"name": "the little white one"})
    visit = PartialDate.on(date(2026, 11, 23))
    test = node(SSRI)
    assert [entry.name for entry in taken(test, value, dictionary(), visit)] == ["Zoloft"]  # type: ignore[arg-type]
    assert [entry.name for entry in lacking(test, value, dictionary(), visit)] == ["the little white one"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "plain"),
    [("St John’s wort", "st john's wort"), ("  CO-codamol ", "co codamol"), ("Élavil®", "elavil"), ("a/b", "a b")],
)
def test_a_name_is_looked_up_without_case_accents_and_signs(said: str, plain: str) -> None:
    assert folded(said) == plain


def test_the_half_life_goes_from_the_longest_of_the_shortest_to_the_longest() -> None:
    found = dictionary().find("fluoxetine")
    assert found is not None and found.parts[0].half_life == (Decimal(96), Decimal(384))
