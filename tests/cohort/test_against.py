"""Two limits, or two packs, over the same records: each change is one, and none is missing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from screener.forms.composition import finished
from screener.forms.model import Pack
from screener.records.cohort.against import HOWS, Changed
from screener.records.cohort.cohort import Asked, Cohort, Result, Step, count, open_cohort
from screener.records.cohort.outcomes import WORDS
from tests.cohort.made_up import write
from tests.records.sittings import shipped


def opened(folder: Path, pack: Pack, **parameters: str) -> Cohort:
    found = open_cohort(pack, folder / "visits.csv", folder / "visits.map.yaml", Asked(parameters))
    assert found.cohort is not None, found.findings
    return found.cohort


def compared(first: Cohort, second: Cohort) -> tuple[Result, list[Changed], list[Step], list[Step]]:
    changed: list[Changed] = []
    steps: list[Step] = []
    others: list[Step] = []

    def each(step: Step) -> None:
        steps.append(step)
        changed.extend(step.changed)

    result = count(first, second, each)
    count(second, each=others.append)
    return result, changed, steps, others


def outcomes(cohort: Cohort, steps: list[Step]) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (name, rule): (WORDS[step.came.outcome[number, place]], int(step.came.level[number, place]))
        for step in steps
        for place, name in enumerate(step.part.ids)
        for number, rule in enumerate(cohort.rules.rules)
    }


def test_another_limit_changes_exactly_the_records_between_the_two(tmp_path: Path) -> None:
    write(tmp_path, 150)
    first = opened(tmp_path, shipped())
    second = opened(tmp_path, shipped(), pressure_limit="label_180_100")
    result, changed, steps, others = compared(first, second)
    before, after = outcomes(first, steps), outcomes(second, others)
    plain = {key for key in before if before[key] != after[key]}
    assert {(one.id, one.rule) for one in changed} == plain and len(plain) > 20
    assert all((one.before, one.after) == (before[one.id, one.rule][0], after[one.id, one.rule][0]) for one in changed)
    assert {one.how for one in changed if one.rule == "bp.clinic_limit"} == {"no longer listed"}
    assert result.comparison is not None
    for rule in result.comparison.rules:
        plainly = Counter(one.how for one in changed if one.rule == rule.rule.id)
        assert dict(zip(HOWS, rule.counts, strict=True)) == {how: plainly[how] for how in HOWS[:3]} | {
            "same": 150 - plainly.total()
        }
        assert all(one is None or one == 0 or one >= 5 for one in rule.shown(5))
    assert "pressure_limit=label_180_100" in result.comparison.second


def test_another_pack_is_read_by_its_own_questions_and_rules_of_one_alone_are_named(tmp_path: Path) -> None:
    write(tmp_path, 60)
    pack = shipped()
    gone = "psychosis.ever_ketamine"
    themes = tuple(
        theme.model_copy(update={"rules": tuple(rule for rule in theme.rules if rule.id != gone)})
        for theme in pack.themes
    )
    names = ("head", "profiles", "pathways", "sources", "rows", "instruments", "medicines")
    other = finished(Pack(**{name: getattr(pack, name) for name in names}, themes=themes, hash=""))
    result, changed, _, _ = compared(opened(tmp_path, pack), opened(tmp_path, other))
    assert changed == [] and result.comparison is not None
    assert [rule.id for rule in result.comparison.only_first] == [gone] and result.comparison.only_second == ()
