"""Outcomes are the live engine's, record by record, and every number of a burden is that of a plain count."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from screener.exchange.burden import About, burden_document, facts
from screener.exchange.burden_json import burden_json
from screener.forms.answering import read_given
from screener.forms.evaluation import RuleOutcome
from screener.records.cohort.burden import EFFICACY, KINDS, Burden, RuleBurden
from screener.records.cohort.cohort import Cohort, Step, count, open_cohort
from screener.records.cohort.outcomes import LISTED, NO_LEVEL, NOT_ESTABLISHED, WORDS
from screener.records.cohort.shown import shown
from screener.text import WorldError
from tests.cohort.made_up import HEADER, MEDICINES_HEADER, rows, write
from tests.cohort.reading import HEAD, written
from tests.records.sittings import shipped

MANY = 240
CODES = {"1": "yes", "2": "no", "7": {"state": "declined"}, "9": {"state": "not_known"}}


@cache
def cohort() -> Cohort:
    folder = Path(mkdtemp())
    table = write(folder, MANY)
    found = open_cohort(shipped(), table, folder / "visits.map.yaml")
    assert found.cohort is not None, found.findings
    return found.cohort


@cache
def counted() -> tuple[Burden, tuple[Step, ...]]:
    steps: list[Step] = []
    return count(cohort(), each=steps.append).burden, tuple(steps)


def by_hand(record: dict[str, str], medicines: list[dict[str, str]]) -> dict[str, Any]:
    """One made-up record as answers in JSON, read without anything of the cohort's."""
    said: dict[str, Any] = {"medicines.complete": "yes"}
    named = {"psychosis.ever": "psychosis", "heart.attack": "attack", "heart.aneurysm": "aneurysm"}
    said |= {question: CODES.get(record[column]) for question, column in named.items()}
    age = record["age"]
    said["person.age"] = {"state": "declined"} if age == "77" else int(age) if age else None
    said["person.sex"] = {"1": "female", "2": "male", "3": "other"}.get(record["sex"])
    said["body.weight"] = {"value": Decimal(record["weight_lb"]), "unit": "[lb_av]"}
    said["body.height"] = int(record["height"])
    for question, column in (("psychosis.ever_on", "psychosis_on"), ("heart.attack_on", "attack_on")):
        month, _, year = record[column].rpartition("/")
        said[question] = f"{year}-{month}" if month else year or None
    both = [CODES.get(record[name]) for name in ("stroke", "tia")]
    if None not in both:
        states = [one for one in both if isinstance(one, dict)]
        ticked = [name for name, one in zip(("stroke", "tia"), both, strict=True) if one == "yes"]
        said["heart.stroke"] = ticked if not states else states[0] if len(states) == 2 else None
    said["bp.readings"] = _readings(record)
    items = {str(n): int(record[f"phq{n}"]) for n in range(1, 10) if record[f"phq{n}"]}
    total = {"total": int(record["phq_total"])} if record["phq_total"] else {}
    said["mood.phq9"] = {"items": items, **total} if items or total else None
    said["medicines.list"] = _medicines(medicines) or ([] if record["any_medicine"] == "2" else None)
    return {question: answer for question, answer in said.items() if answer is not None}


def _readings(record: dict[str, str]) -> list[dict[str, Any]] | None:
    found = []
    for number in (1, 2, 3):
        parts = {"systolic": record[f"sys{number}"], "diastolic": record[f"dia{number}"]}
        parts |= {"pulse": record["pulse1"]} if number == 1 else {}
        figures = {name: int(text) for name, text in parts.items() if text}
        if figures:
            found.append({**figures, "phase": "before"})
    return found or None


def _medicines(told: list[dict[str, str]]) -> list[dict[str, Any]]:
    route = {"PO": "oral", "OPH": "eye", "TD": "transdermal"}
    return [
        {
            "name": one["medicine"],
            **({"route": route[one["route"]]} if one["route"] else {}),
            **({"use": {"1": "current", "2": "stopped"}[one["in_use"]]} if one["in_use"] else {}),
            **({"last_taken": one["last_dose"]} if one["last_dose"] else {}),
        }
        for one in told
    ]


@cache
def live() -> tuple[tuple[dict[str, str], dict[str, RuleOutcome]], ...]:
    """Every record run by the live engine over answers that were put together by hand."""
    records, medicines = rows(MANY)
    rules = cohort().rules
    told: dict[str, list[dict[str, str]]] = {}
    for line in medicines:
        told.setdefault(line[0], []).append(dict(zip(MEDICINES_HEADER, line, strict=True)))
    found = []
    for line in records:
        record = dict(zip(HEADER, line, strict=True))
        raw = by_hand(record, told.get(record["id"], []))
        answers = {name: read_given(rules.form.questions[name], said) for name, said in raw.items()}
        day, month, year = record["visit"].split(".")
        _, outcomes = rules.evaluate(answers, date(int(year), int(month), int(day)))
        found.append((record, outcomes))
    return tuple(found)


def test_every_outcome_and_level_is_that_of_the_live_engine() -> None:
    _, steps = counted()
    ids = [name for step in steps for name in step.part.ids]
    assert ids == [record["id"] for record, _ in live()]
    rules = list(cohort().rules.rules.values())
    at = 0
    for step in steps:
        for place in range(len(step.part)):
            _, outcomes = live()[at]
            at += 1
            for number, rule in enumerate(rules):
                level = int(step.came.level[number, place])
                came = (WORDS[step.came.outcome[number, place]], None if level == NO_LEVEL else rule.levels[level].id)
                assert came == (outcomes[rule.id].outcome, outcomes[rule.id].level), (rule.id, ids[at - 1])
    assert at == MANY


def test_the_made_up_table_meets_every_outcome_and_levels() -> None:
    burden, steps = counted()
    met = Counter(outcome for rule in burden.rules for outcome, many in zip(WORDS, rule.counts, strict=True) if many)
    assert all(met[word] > 20 for word in WORDS)
    assert any((step.came.level > 0).any() for step in steps)


def test_counts_by_rule_and_group_are_those_of_a_plain_count() -> None:
    burden, _ = counted()
    plain: Counter[tuple[str, str]] = Counter()
    grouped: Counter[tuple[str, str, str]] = Counter()
    weighted: Counter[tuple[str, str]] = Counter()
    for record, outcomes in live():
        for rule, one in outcomes.items():
            plain[rule, one.outcome] += 1
            grouped[record["site"], rule, one.outcome] += 1
            weighted[rule, one.outcome] += Decimal(record["weighting"])  # type: ignore[assignment]
    assert burden.records == MANY
    for entry in burden.rules:
        assert entry.counts == tuple(plain[entry.rule.id, word] for word in WORDS)
        for site, counts in zip(burden.groups, entry.by_group, strict=True):
            assert counts == tuple(grouped[site, entry.rule.id, word] for word in WORDS)
        for word, figure in zip(WORDS, entry.weighted, strict=True):
            assert figure == pytest.approx(float(weighted[entry.rule.id, word]))
    sites = Counter(record["site"] for record, _ in live())
    assert dict(zip(burden.groups, burden.sizes, strict=True)) == sites
    assert burden.weighted_records == pytest.approx(sum(float(record["weighting"]) for record, _ in live()))


def test_levels_are_those_of_a_plain_count_and_part_the_listed_records() -> None:
    burden, _ = counted()
    plain: Counter[tuple[str, str | None]] = Counter()
    for _, outcomes in live():
        plain.update((rule, one.level) for rule, one in outcomes.items() if one.outcome == "listed")
    levelled = [entry for entry in burden.rules if entry.rule.levels]
    for entry in burden.rules:
        assert entry.levels == tuple(plain[entry.rule.id, level.id] for level in entry.rule.levels)
    assert levelled and all(sum(entry.levels) == entry.counts[LISTED] for entry in levelled)
    said = burden_json(About("visits.csv", cohort().rules), shown(burden, 0), None)
    found = {one["id"]: [level["records"] for level in one["levels"]] for one in said["rules"] if "levels" in one}
    assert found == {entry.rule.id: list(entry.levels) for entry in levelled}
    stage = next(entry for entry in levelled if entry.rule.id == "bp.stage")
    assert all(stage.levels)
    document = repr(burden_document(About("visits.csv", cohort().rules), shown(burden, 0)))
    assert all(level.title in document for level in stage.rule.levels)


@pytest.mark.parametrize(
    ("levels", "told"),
    [((40, 20), (40, 20)), ((57, 3), (None, None)), ((0, 60), (0, 60)), ((0, 0), (0, 0)), ((2, 1), (None, None))],
)
def test_a_small_level_is_hidden_with_what_it_could_be_worked_out_from(
    levels: tuple[int, int], told: tuple[int | None, int | None]
) -> None:
    """Also from the flags of one record where the levels are of different tiers."""
    rule = next(rule for rule in shipped().rules.values() if rule.id == "bp.normotension_dmt")
    listed = sum(levels)
    kinds = [KINDS.index(level.tier or rule.tier) for level in rule.levels]
    assert len(set(kinds)) == 2
    per_person: dict[str, tuple[int, ...]] = dict.fromkeys(KINDS, (120,))
    per_person |= {KINDS[kind]: (120 - many, many) for kind, many in zip(kinds, levels, strict=True)}
    burden = Burden(
        records=120,
        rules=(RuleBurden(rule, "", (120 - listed, 0, listed), levels=levels),),
        per_person=per_person,
        open_per_person=(120,),
        pairs=(),
    )
    may = shown(burden, 5)
    assert may.rules[0].levels == told
    for kind, many in zip(kinds, told, strict=True):
        if many is None:
            assert [one.records for one in may.per_person[KINDS[kind]]] == [120]


def test_flags_of_one_record_are_counted_for_each_tier_by_itself() -> None:
    burden, _ = counted()
    plain: dict[str, Counter[int]] = {kind: Counter() for kind in KINDS}
    left_open: Counter[int] = Counter()
    for _, outcomes in live():
        listed = [one for one in outcomes.values() if one.outcome == "listed"]
        kinds: Counter[str] = Counter(EFFICACY if one.rule.class_ == EFFICACY else one.tier for one in listed)
        for kind in KINDS:
            plain[kind][kinds[kind]] += 1
        left_open[sum(one.outcome == "not_established" for one in outcomes.values())] += 1
    for kind in KINDS:
        assert {many: records for many, records in enumerate(burden.per_person[kind]) if records} == plain[kind]
    assert {many: records for many, records in enumerate(burden.open_per_person) if records} == left_open


def test_pairs_are_those_of_a_plain_count_and_none_that_is_shown_leaves_a_small_number() -> None:
    burden, _ = counted()
    plain: Counter[tuple[str, str]] = Counter()
    for _, outcomes in live():
        listed = [rule for rule, one in outcomes.items() if one.outcome == "listed"]
        plain.update(combinations(listed, 2))
    found = {(burden.rules[p.first].rule.id, burden.rules[p.second].rule.id): p.records for p in burden.pairs}
    assert found == plain
    may = shown(burden, 5)
    of_rule = {rule.of.rule.id: rule.counts[LISTED] for rule in may.rules}
    for pair in may.pairs:
        one, other = of_rule[pair.first.rule.id], of_rule[pair.second.rule.id]
        assert one is not None and other is not None and pair.records >= 5
        assert not 0 < one - pair.records < 5 and not 0 < other - pair.records < 5


def test_a_shown_burden_has_no_small_number_and_no_score() -> None:
    burden, _ = counted()
    may = shown(burden, 5)
    assert may.hides
    numbers = [one for rule in may.rules for row in (rule.counts, *rule.by_group) for one in row]
    assert all(one is None or one == 0 or one >= 5 for one in numbers)
    for bins in (*may.per_person.values(), may.open_per_person):
        assert sum(one.records for one in bins) == MANY
        assert len(bins) == 1 or all(one.records == 0 or one.records >= 5 for one in bins)
    few = shown(burden, MANY + 1)
    assert few.few and not few.per_person and not few.pairs
    assert all(one is None for rule in few.rules for one in rule.counts)
    whole = shown(burden, 0)
    assert not whole.hides and [rule.counts for rule in whole.rules] == [rule.counts for rule in burden.rules]


def test_flags_of_one_record_do_not_add_up_to_a_hidden_number() -> None:
    """All rules of a tier but one are shown: flags times records would tell that one."""
    rules = [rule for rule in cohort().rules.rules.values() if not rule.levels and rule.tier == "review"]
    rules = [rule for rule in rules if rule.class_ != EFFICACY][:3]
    listed = (60, 40, 3)
    burden = Burden(
        records=120,
        rules=tuple(RuleBurden(rule, "", (120 - many, 0, many)) for rule, many in zip(rules, listed, strict=True)),
        per_person=dict.fromkeys(KINDS, (120,)) | {"review": (57, 34, 18, 11)},
        open_per_person=(120,),
        pairs=(),
    )
    assert sum(many * place for place, many in enumerate(burden.per_person["review"])) == sum(listed)
    may = shown(burden, 5)
    assert [rule.counts[LISTED] for rule in may.rules] == [60, 40, None]
    bins = may.per_person["review"]
    assert sum(one.records for one in bins) == 120
    assert sum(one.last * one.records for one in bins) - (60 + 40) >= 5
    assert [one.records for one in shown(burden, 0).per_person["review"]] == [57, 34, 18, 11]


def test_so_few_records_that_nothing_is_shown_are_not_counted_out_nor_dated(tmp_path: Path) -> None:
    mapping = f"{HEAD}visit: v\nid: id\nanswers:\n  psychosis.ever: p\n"
    made = written(tmp_path, "id,v,p\na,2026-03-05,yes\nb,,yes\nc,2026-03-09,no\n", mapping).cohort()
    about, burden = About("visits.csv", made.rules), count(made).burden
    said = json.dumps(burden_json(about, shown(burden), None)) + repr(burden_document(about, shown(burden)))
    assert "2026-03" not in said and "3 record" not in said and '"records": null' in said
    assert dict(facts(about, shown(burden)))["Records"] == "fewer than 5"
    assert "fewer than 5 records without a day" in dict(facts(about, shown(burden)))["Visits"]
    assert dict(facts(about, shown(burden, 0)))["Visits"].startswith("2026-03-05 to 2026-03-09; 1 record without")


def test_a_visit_without_a_day_leaves_open_only_what_is_measured_from_it(tmp_path: Path) -> None:
    mapping = f"{HEAD}visit: v\nid: id\nanswers:\n  psychosis.ever: p\n  heart.attack: a\n  heart.attack_on: on\n"
    table = "id,v,p,a,on\na,2026-03-05,yes,yes,2026-03-01\nb,05.03.2026,yes,yes,2026-03-01\nc,,no,no,\n"
    made = written(tmp_path, table, mapping).cohort()
    steps: list[Step] = []
    burden = count(made, each=steps.append).burden
    assert burden.undated == 2 and burden.days == (date(2026, 3, 5), date(2026, 3, 5))
    assert [(f.row, f.code) for f in steps[0].part.findings] == [(3, "no-visit-date"), (4, "no-visit-date")]
    for number, rule in enumerate(made.rules.rules):
        outcomes = steps[0].came.outcome[number]
        if made.rules.measures_from_visit(rule):
            assert set(outcomes[1:].tolist()) == {NOT_ESTABLISHED}
        else:
            assert outcomes[0] == outcomes[1]


def test_a_cell_that_cannot_be_read_never_becomes_a_no(tmp_path: Path) -> None:
    """Whatever is unreadable leaves every rule that the readable answer decided open, or as it was."""
    mapping = (
        f"{HEAD}visit: {{day: 2026-03-05}}\nid: id\nanswers:\n  psychosis.ever: p\n  body.weight: w\n  body.height: h\n"
    )
    table = "id,p,w,h\nread,no,80,180\nblank,,,\nunread,maybe,8O,1.8m\n"
    steps: list[Step] = []
    count(written(tmp_path, table, mapping).cohort(), each=steps.append)
    came = steps[0].came.outcome
    assert (came[:, 1] == came[:, 2]).all()
    assert not ((came[:, 2] == 0) & (came[:, 1] != 0)).any()


def test_a_column_with_too_many_values_parts_nothing(tmp_path: Path) -> None:
    table = "id,p\n" + "".join(f"r{number},no\n" for number in range(40))
    mapping = f"{HEAD}visit: {{day: 2026-03-05}}\nid: id\nby: id\nanswers:\n  psychosis.ever: p\n"
    with pytest.raises(WorldError, match="more than 30 different values"):
        count(written(tmp_path, table, mapping).cohort())


def test_a_weight_that_cannot_be_read_is_named_and_in_no_share(tmp_path: Path) -> None:
    table = "id,p,w\na,yes,2\nb,yes,x\nc,no,\nd,no,1.5\n"
    mapping = f"{HEAD}visit: {{day: 2026-03-05}}\nid: id\nweight: w\nanswers:\n  psychosis.ever: p\n"
    burden = count(written(tmp_path, table, mapping).cohort()).burden
    assert burden.weighted_records == 3.5
    assert [(code, many) for code, *_, many in burden.findings] == [("no-weight", 2)]


def test_a_burden_is_values_that_can_be_written_down() -> None:
    burden, _ = counted()
    said = burden_json(About("visits.csv", cohort().rules), shown(burden), None)
    assert json.loads(json.dumps(said)) == said
