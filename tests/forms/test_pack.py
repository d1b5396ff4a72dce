"""A folder becomes a pack: composed, hashed by content, cached privately; slips are named by file and line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from screener.forms import kept
from screener.forms.findings import Code
from screener.forms.model import Pack
from screener.forms.pack import keep_last_good, last_good, load_pack, read_pack
from screener.places import forms_folder
from tests.forms.writing import FILES, line_of, write_pack

QUESTIONS, RULES = "themes/heart/questions.yaml", "themes/heart/rules.yaml"


def loaded(folder: Path) -> Pack:
    found = load_pack(folder, cases=True)
    assert found.findings == ()
    assert found.pack is not None
    return found.pack


def test_the_small_pack_loads_without_findings(tmp_path: Path) -> None:
    pack = loaded(write_pack(tmp_path))
    assert list(pack.rules) == ["heart.bled", "heart.recent", "heart.fast", "heart.nine_or_ssri"]
    assert list(pack.questions)[:2] == ["heart.bleed", "heart.bleed_on"]
    assert [profile.id for profile in pack.profiles] == ["clinic", "general"]


def test_the_shipped_pack_loads_without_findings_and_every_case_holds() -> None:
    pack = loaded(forms_folder() / "intake")
    assert len(pack.rules) >= 100


# The hash


SOURCES_TURNED = """\
trial:
  title: A trial
  read: its criteria
label:
  title: A label
  read: all of it
  product: a spray
"""

REWRITTEN = [
    ("comments", (QUESTIONS, "id: heart\n", "# a comment\nid: heart\n")),
    ("quotes", (QUESTIONS, "kind: date", "kind: 'date'")),
    ("order of keys", (QUESTIONS, "id: heart\ntitle: Heart\n", "title: Heart\nid: heart\n")),
    ("flow and block", (QUESTIONS, '{ask: heart.bleed, is: "yes"}', "\n      ask: heart.bleed\n      is: yes")),
    ("spelling of numbers", (QUESTIONS, "plausible: [25, 220]", "plausible: [25.0, 220.00]")),
    ("a default written out", (RULES, "  title: Fast heart rate", "  status: active\n  title: Fast heart rate")),
    ("the same sources in another order", ("sources.yaml", FILES["sources.yaml"], SOURCES_TURNED)),
]  # fmt: skip


@pytest.mark.parametrize("change", [change for _, change in REWRITTEN], ids=[name for name, _ in REWRITTEN])
def test_the_hash_does_not_see_spelling(change: tuple[str, str, str], tmp_path: Path) -> None:
    assert loaded(write_pack(tmp_path / "b", change)).hash == loaded(write_pack(tmp_path / "a")).hash


CHANGED = [
    (RULES, "above: 100, unit", "above: 99, unit"),
    (RULES, "title: Fast heart rate", "title: Quick heart rate"),
    (RULES, "name: far above", "name: well above"),
    (QUESTIONS, "text: When?", "text: On which day?"),
    ("sources.yaml", "read: all of it", "read: a part of it"),
    ("profiles/clinic.yaml", "{systolic: 150}", "{systolic: 150.5}"),
    ("pack.yaml", 'version: "1"', 'version: "2"'),
    ("rows.yaml", "a copy of another row", "a copy of a row"),
]


@pytest.mark.parametrize("change", CHANGED, ids=[new for _, _, new in CHANGED])
def test_the_hash_sees_every_change_of_content(change: tuple[str, str, str], tmp_path: Path) -> None:
    changed, _, _ = read_pack(write_pack(tmp_path / "b", change))
    assert changed is not None
    assert changed.hash != loaded(write_pack(tmp_path / "a")).hash


def test_a_figure_and_a_text_of_the_same_figures_have_different_hashes(tmp_path: Path) -> None:
    given = "{name: at the line, given: {heart.rate: 100}"
    as_text = (RULES, given, given.replace("100", '"100"'))
    assert loaded(write_pack(tmp_path / "b", as_text)).hash != loaded(write_pack(tmp_path / "a")).hash


# Broken content: code, place, suggestion


BROKEN: list[tuple[tuple[str, str, str], Code, str, str]] = [
    ((RULES, "title: Fast heart", "titel: Fast heart"), Code.UNKNOWN_KEY, "titel", "did you mean title?"),
    ((RULES, "above: 100", "abov: 100"), Code.UNKNOWN_KEY, "abov", "did you mean above?"),
    (
        (RULES, "when: {ask: heart.rate, above: 130", "when: {aks: heart.rate, above: 130"),
        Code.UNKNOWN_NODE,
        "aks",
        "ask",
    ),
    ((RULES, "tier: note", "tier: notes"), Code.WRONG_SHAPE, "'notes'", "did you mean note?"),
    ((RULES, "above: 100", "above: a lot"), Code.WRONG_SHAPE, "'above' must be a number", "140"),
    ((RULES, "above: 100", "above: 0100"), Code.NUMBER_SPELLING, "0100", "plainly"),
    ((RULES, "above: 100", "above: 1_00"), Code.NUMBER_SPELLING, "1_00", "plainly"),
    ((RULES, "within: 6 wk", "within: 6 weeks"), Code.WRONG_SHAPE, "6 weeks", ""),
    ((RULES, "statement: The rate is {heart.rate}.", "statement:"), Code.MISSING_KEY, "'statement' is empty", "write"),
    ((RULES, "class: safety\n  tier: note", "tier: note"), Code.MISSING_KEY, "'class' is missing", "add"),
    ((RULES, "id: heart.fast", "id: Fast"), Code.WRONG_SHAPE, "'Fast' is not an id", "theme.name"),
    ((RULES, "id: heart.fast", "id: heart.bled"), Code.DUPLICATE_ID, "heart.bled stands twice", "id"),
    ((QUESTIONS, "kind: number", "kind: numbr"), Code.WRONG_SHAPE, "'numbr'", "did you mean number?"),
    ((QUESTIONS, "unit: /min", "unit: 60"), Code.WRONG_SHAPE, "'unit' must be text", 'put it in quotes: "60"'),
    ((QUESTIONS, '{ask: heart.bleed, is: "yes"}', "{ask: heart.bleed}"), Code.WRONG_SHAPE, "one test is needed", ""),
    (
        (QUESTIONS, '{ask: heart.bleed, is: "yes"}', "{not: {ask: heart.bleed}}"),
        Code.UNKNOWN_NODE,
        "'not'",
        "ask, all, any",
    ),
    ((QUESTIONS, "plausible: [25, 220]", "plausible: [25]"), Code.WRONG_SHAPE, "two figures", "lowest"),
    (
        (QUESTIONS, "title: Heart", "title: Heart\ntitle: Heart"),
        Code.DUPLICATE_KEY,
        "'title' is written twice",
        "line 2",
    ),
    ((QUESTIONS, "title: Heart\n", ""), Code.MISSING_KEY, "'title' is missing", "add"),
    ((QUESTIONS, "title: Heart\n", "title: Heart\npathways: [spray]\n"), Code.UNKNOWN_KEY, "`pathways`", "own files"),
    ((RULES, "tier: note\n", "tier: note\n  status: off\n"), Code.WRONG_SHAPE, "not written as `off`", "reason"),
    ((QUESTIONS, "id: heart\n", "id: hart\n"), Code.FILE_NAME, "hart", "same name"),
    (("pack.yaml", 'version: "1"', "version: 1.0"), Code.WRONG_SHAPE, "'version' must be text", '"1.0"'),
    (("pack.yaml", "id: small", "id: small\nextends: intak"), Code.MISSING_FILE, "no shipped pack 'intak'", "intake"),
    (("sources.yaml", "title: A trial", "title: [A trial]"), Code.WRONG_SHAPE, "'title' must be one text", "one line"),
]


@pytest.mark.parametrize(("change", "code", "message", "suggestion"), BROKEN, ids=[c[2][:40] for c, *_ in BROKEN])
def test_a_slip_is_named_with_its_line_and_a_way_out(
    change: tuple[str, str, str], code: Code, message: str, suggestion: str, tmp_path: Path
) -> None:
    found = load_pack(write_pack(tmp_path, change))
    assert found.pack is None and found.stopped
    (finding,) = found.findings
    assert finding.code is code
    assert message in finding.message
    assert suggestion in finding.suggestion
    assert finding.place.file == f"small/{change[0]}"


def test_a_finding_points_at_the_line_and_the_path_inside_a_long_rule(tmp_path: Path) -> None:
    change = (RULES, "mean: systolic", "maen: systolic")
    findings = load_pack(write_pack(tmp_path, change)).findings
    line = line_of("- {readings: heart.pressures", RULES)
    assert {str(finding.place) for finding in findings} == {f"small/{RULES}:{line}"}
    assert findings[0].to_json()["place"].startswith(f"small/{RULES}:{line} 1.when.any.1")


def test_slips_in_several_files_are_all_named(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        (QUESTIONS, "kind: number", "kind: numbr"),
        (RULES, "tier: note", "tier: notes"),
        (RULES, "within: 6 wk", "within: 6 weeks"),
        ("pathways/spray.yaml", "title: A spray", "titel: A spray"),
    )
    files = [finding.place.file.removeprefix("small/") for finding in load_pack(folder).findings]
    assert set(files) == {QUESTIONS, RULES, "pathways/spray.yaml"}
    assert files.count(RULES) == 2


@pytest.mark.parametrize("name", ["themes/heart/rule.yaml", "themes/heart/rules.yml", "sources.yml", "profile/x.yaml"])
def test_a_file_whose_name_has_a_slip_is_not_silently_left_out(name: str, tmp_path: Path) -> None:
    folder = write_pack(tmp_path, files={name: "[]\n"})
    assert (Code.UNREAD_FILE, f"small/{name}") in [(f.code, f.place.file) for f in load_pack(folder).findings]


@pytest.mark.parametrize("name", ["sources.yaml", "themes/heart/questions.yaml"])
def test_a_file_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    found = load_pack(write_pack(tmp_path, files={name: None})).findings
    assert (Code.MISSING_FILE, f"small/{name}") in [(f.code, f.place.file) for f in found]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("text", ["", "3\n", "[1, 2]\n", "a: 1\n", "\x00", "- - -\n", "{", "- {id: 1}\n"])
def test_nonsense_in_any_file_ends_in_findings_and_never_in_an_error(name: str, text: str, tmp_path: Path) -> None:
    found = load_pack(write_pack(tmp_path, files={name: text}), cases=True)
    assert found.pack is None or (name == "rows.yaml" and not text)
    assert found.findings or name == "rows.yaml"
    assert all(finding.place.file.startswith("small") for finding in found.findings)


def test_a_folder_without_a_pack_is_one_finding(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        (finding,) = load_pack(folder).findings
        assert finding.code is Code.MISSING_FILE


def test_an_unreadable_file_is_a_finding(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, files={"rows.yaml": None})
    (folder / "rows.yaml").write_bytes(b"\xff\xfe\x00")
    assert [finding.code for finding in load_pack(folder).findings] == [Code.NOT_READABLE]


# The last good pack


def test_the_last_good_pack_comes_back_equal_but_for_its_cases(tmp_path: Path) -> None:
    pack = loaded(write_pack(tmp_path))
    file = tmp_path / "home" / "last.json"
    assert keep_last_good(pack, file)
    back = last_good(file)
    assert back is not None
    assert back.hash == pack.hash
    assert back.questions == pack.questions
    assert {name: rule.model_copy(update={"cases": ()}) for name, rule in pack.rules.items()} == back.rules
    assert json.loads(file.read_text())["hash"] == pack.hash


def test_a_kept_file_that_is_larger_than_any_pack_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack(write_pack(tmp_path)).pack
    assert pack is not None
    file = tmp_path / "last-good.json"
    assert keep_last_good(pack, file)
    monkeypatch.setattr(kept, "MAX_BYTES", file.stat().st_size - 1)
    assert last_good(file) is None


def test_a_broken_pack_leaves_the_last_good_one(tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    keep_last_good(loaded(write_pack(tmp_path)), file)
    broken = load_pack(write_pack(tmp_path, (RULES, "tier: note", "tier: notes")))
    assert broken.stopped
    back = last_good(file)
    assert back is not None and len(back.rules) == 4


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"hash": 3}', "\xff"])
def test_a_damaged_last_good_pack_is_none_and_is_written_anew(text: str, tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    file.write_text(text, "latin-1")
    assert last_good(file) is None
    assert keep_last_good(loaded(write_pack(tmp_path)), file)
    assert last_good(file) is not None


def test_a_disk_that_takes_nothing_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder is wanted")
    assert not keep_last_good(loaded(write_pack(tmp_path)), tmp_path / "blocked" / "last.json")


# The cache


def test_an_unchanged_folder_comes_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = write_pack(tmp_path), tmp_path / "cache"
    first = load_pack(folder, cache=cache).pack

    def not_again(*_: object) -> None:
        raise AssertionError("the files were judged again")

    monkeypatch.setattr("screener.forms.pack.read_gathered", not_again)
    second = load_pack(folder, cache=cache).pack
    assert first is not None and second is not None
    assert (second.hash, second.questions) == (first.hash, first.questions)


def test_a_changed_byte_is_read_anew(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load_pack(write_pack(tmp_path), cache=cache)
    changed = load_pack(write_pack(tmp_path, (RULES, "Fast heart rate", "Quick heart rate")), cache=cache).pack
    assert changed is not None and changed.rules["heart.fast"].title == "Quick heart rate"


def test_a_pack_with_findings_is_not_cached(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    folder = write_pack(tmp_path, (RULES, "above: 100", "above: 500"))
    assert load_pack(folder, cache=cache).stopped
    assert load_pack(folder, cache=cache).stopped
    assert list(cache.glob("*")) == []


def test_a_damaged_cache_is_read_over(tmp_path: Path) -> None:
    folder, cache = write_pack(tmp_path), tmp_path / "cache"
    load_pack(folder, cache=cache)
    (file,) = cache.glob("*.json")
    file.write_text("{")
    assert load_pack(folder, cache=cache).pack is not None
    assert last_good(file) is not None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows keeps each user's caches apart")
def test_a_cache_that_others_may_write_into_is_neither_read_nor_written(tmp_path: Path) -> None:
    folder, cache = write_pack(tmp_path), tmp_path / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    planted = loaded(folder).model_copy(update={"hash": "planted"})
    keep_last_good(planted, cache / f"{kept.key_of(_bytes(folder))}.json")
    found = load_pack(folder, cache=cache).pack
    assert found is not None and found.hash != "planted"
    cache.chmod(0o700)
    trusted = load_pack(folder, cache=cache).pack
    assert trusted is not None and trusted.hash == "planted"  # so the key above was the right one


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_the_cache_keeps_few_packs_and_its_files_are_private(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for number in range(7):
        load_pack(write_pack(tmp_path, ("pack.yaml", "A small pack", f"Pack {number}")), cache=cache)
    files = list(cache.iterdir())
    assert len(files) == 4
    if hasattr(os, "getuid"):
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
        assert cache.stat().st_mode & 0o777 == 0o700
