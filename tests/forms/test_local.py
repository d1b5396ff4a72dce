"""A clinic's own folder over the shipped pack: it adds, replaces by hash, switches off; every slip is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from screener.clock import FixedClock
from screener.exchange.plain import render_text
from screener.exchange.report import report
from screener.forms import kept
from screener.forms.changes import Added, Difference, Part, Replaced, SwitchedOff, difference_lines
from screener.forms.findings import Code, Finding
from screener.forms.folder import Folder
from screener.forms.local import entry_hash, read_pack
from screener.forms.model import Pack
from screener.forms.pack import Loaded, load_pack, shipped_difference
from screener.records.record import build
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from tests.forms.writing import FILES, write_pack

CLOCK = FixedClock(datetime(2026, 11, 23, 10, 22, tzinfo=UTC))
QUESTIONS, RULES = "themes/heart/questions.yaml", "themes/heart/rules.yaml"
HEAD = 'id: northside\nversion: "3"\nextends: small\n'
HEART = "id: heart\n"
SOURCE = "policy:\n  title: Northside policy\n  read: all of it\n"
OWN_QUESTION = f"{HEART}questions:\n  - {{id: heart.pacemaker, kind: yes_no, text: Is there a pacemaker?}}\n"
OWN_RULE = """\
- id: heart.paced
  title: A pacemaker
  class: logistics
  tier: note
  profiles: [clinic]
  pathways: [spray]
  when: {ask: heart.pacemaker, is: "yes"}
  statement: "A pacemaker: {heart.pacemaker}."
  source: {ref: policy, strength: policy}
  cases:
    - {name: paced, given: {heart.pacemaker: "yes"}, is: listed}
    - {name: not paced, given: {heart.pacemaker: "no"}, is: not_listed}
    - {name: not asked, given: {}, is: not_established}
"""
OWN_THEME = """\
id: arrival
title: Arrival
pathways: [spray]
questions:
  - {id: arrival.way, kind: yes_no, text: Is the way home arranged?}
"""
OFF = """\
off:
  - {rule: heart.fast, reason: Counted on paper here., by: Clinician A, on: "2026-11-02"}
"""

Write = Callable[..., Path]


def rule_text(rule_id: str) -> str:
    """A rule of the small pack as its file has it."""
    _, _, after = FILES[RULES].partition(f"- id: {rule_id}\n")
    return f"- id: {rule_id}\n{after.partition('- id: ')[0]}"


def question_text(question_id: str) -> str:
    _, _, after = FILES[QUESTIONS].partition(f"  - id: {question_id}\n")
    return f"  - id: {question_id}\n{after.partition('  - id: ')[0]}"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small pack in the place of the shipped one."""
    monkeypatch.setattr("screener.forms.local.forms_folder", lambda: tmp_path / "forms")
    return write_pack(tmp_path / "forms")


@pytest.fixture
def write(shipped: Path, tmp_path: Path) -> Write:
    """Writes a local pack that extends it."""
    assert shipped.is_dir()

    def made(files: dict[str, str] | None = None, head: str = HEAD) -> Path:
        folder = tmp_path / "northside"
        for name, text in {"pack.yaml": head, **(files or {})}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        return folder

    return made


def loaded(folder: Path) -> Pack:
    found = load_pack(folder, cases=True)
    assert found.findings == ()
    assert found.pack is not None
    return found.pack


def only(found: Loaded) -> Finding:
    assert found.pack is None
    (finding,) = found.findings
    return finding


def hash_of(kind: str, name: str, shipped: Path) -> str:
    pack, _, _ = read_pack(shipped)
    assert pack is not None
    return entry_hash(pack.rules[name] if kind == "rule" else pack.questions[name])


def changed(folder: Path) -> Difference:
    found = shipped_difference(loaded(folder))
    assert found is not None
    return found


# Adding


def test_a_folder_with_nothing_but_a_head_is_the_shipped_pack_under_another_name(write: Write, shipped: Path) -> None:
    pack, base = loaded(write()), loaded(shipped)
    assert (pack.questions, pack.rules, pack.pathways) == (base.questions, base.rules, base.pathways)
    assert pack.hash != base.hash
    assert changed(write()).nothing


def test_a_question_and_a_rule_stand_after_the_shipped_ones_of_their_theme(write: Write) -> None:
    pack = loaded(write({QUESTIONS: OWN_QUESTION, RULES: OWN_RULE, "sources.yaml": SOURCE}))
    assert list(pack.questions)[-1] == "heart.pacemaker"
    assert list(pack.rules)[-1] == "heart.paced"
    outcomes = evaluated(pack, {"heart.pacemaker": "yes"})
    assert outcomes["heart.paced"] == "listed"
    assert outcomes["heart.bled"] == "not_established"


def test_a_folder_may_hold_nothing_but_rules_of_a_shipped_theme(write: Write) -> None:
    own = OWN_RULE.replace("heart.pacemaker", "heart.bleed")
    assert "heart.paced" in loaded(write({RULES: own, "sources.yaml": SOURCE})).rules


def test_a_theme_of_its_own_is_shown_where_it_says(write: Write) -> None:
    pack = loaded(write({"themes/arrival/questions.yaml": OWN_THEME}))
    assert pack.pathway("spray").themes == ("heart", "arrival")
    assert pack.theme_of["arrival.way"].title == "Arrival"


def test_groups_of_both_packs_can_be_written_for_pathways(write: Write, shipped: Path) -> None:
    (shipped / "pack.yaml").write_text(f"{FILES['pack.yaml']}groups:\n  all: [spray]\n")
    theme = OWN_THEME.replace("[spray]", "[all]").replace("kind: yes_no", "kind: yes_no, pathways: [ours]")
    pack = loaded(write({"themes/arrival/questions.yaml": theme}, f"{HEAD}groups:\n  ours: [spray]\n"))
    assert pack.pathway("spray").themes == ("heart", "arrival")
    assert pack.questions["arrival.way"].pathways == ("spray",)


# Replacing


def replaced_rule(of: str) -> str:
    text = rule_text("heart.bled").replace("tier: review", "tier: time-critical")
    return text.replace("  class:", f"  override: true\n  of: {of}\n  class:", 1)


def test_a_rule_is_replaced_whole_where_the_hash_is_that_of_the_shipped_one(write: Write, shipped: Path) -> None:
    folder = write({RULES: replaced_rule(hash_of("rule", "heart.bled", shipped))})
    pack = loaded(folder)
    assert list(pack.rules) == list(loaded(shipped).rules)  # in its place
    assert pack.rules["heart.bled"].tier == "time-critical"
    assert changed(folder).replaced == (
        Replaced("rule", "heart.bled", "Bleeding in the brain", (Part("tier", "review", "time-critical"),)),
    )


def test_a_question_is_replaced_part_by_part_of_it_shown(write: Write, shipped: Path) -> None:
    of = hash_of("question", "heart.kind", shipped)
    own = question_text("heart.kind").replace(
        "text: Which kind?", f"text: Which kind is it?\n    override: true\n    of: {of}"
    )
    own = own.replace("text: The rhythm", "text: The beat") + "      - {id: other, text: Another}\n"
    (entry,) = changed(write({QUESTIONS: f"{HEART}questions:\n{own}"})).replaced
    assert entry.parts == (
        Part("text", "Which kind?", "Which kind is it?"),
        Part("options, rhythm, text", "The rhythm", "The beat"),
        Part("options, other", "nothing", "id: other, text: Another"),
    )


def test_a_condition_that_differs_is_shown_in_words_and_cases_by_their_number(write: Write, shipped: Path) -> None:
    own = replaced_rule(hash_of("rule", "heart.bled", shipped)).replace("tier: time-critical", "tier: review")
    own = own.replace('{ask: heart.bleed, is: "yes"}\n', '{all: [{ask: heart.bleed, is: "yes"}]}\n', 1)
    own = own.replace("name: never", "name: never at all")
    (entry,) = changed(write({RULES: own})).replaced
    assert entry.parts == (
        Part("when", "Bleeding in the brain, ever?: yes", "all of: Bleeding in the brain, ever?: yes"),
        Part("cases", "3 worked cases", "3 worked cases, not the same ones"),
    )


def test_after_an_update_the_finding_shows_both_texts_and_the_new_hash(write: Write, shipped: Path) -> None:
    old = hash_of("rule", "heart.bled", shipped)
    folder = write({RULES: replaced_rule(old)})
    loaded(folder)
    text = (shipped / RULES).read_text()
    (shipped / RULES).write_text(text.replace("title: Bleeding in the brain\n", "title: Bleeding of the brain\n"))
    finding = only(load_pack(folder))
    now = hash_of("rule", "heart.bled", shipped)
    assert (finding.code, str(finding.place)) == (Code.CHANGED_ENTRY, f"northside/{RULES}:4")
    assert finding.message == f"heart.bled replaces {old}, and the shipped rule is {now} now"
    assert "title: shipped Bleeding of the brain, here Bleeding in the brain" in finding.suggestion
    assert "tier: shipped review, here time-critical" in finding.suggestion
    assert finding.suggestion.endswith(f"then write of: {now}")


def test_a_replacement_without_a_hash_is_told_which_one_to_write(write: Write, shipped: Path) -> None:
    finding = only(load_pack(write({RULES: replaced_rule("x").replace("  of: x\n", "")})))
    assert finding.code is Code.CHANGED_ENTRY
    assert "a text that is not named" in finding.message
    assert hash_of("rule", "heart.bled", shipped) in finding.suggestion


def test_a_shipped_id_without_override_is_a_finding(write: Write, shipped: Path) -> None:
    finding = only(load_pack(write({RULES: rule_text("heart.bled")})))
    assert (finding.code, finding.place.line) == (Code.DUPLICATE_ID, 1)
    assert f"of: {hash_of('rule', 'heart.bled', shipped)}" in finding.suggestion


def test_a_replacement_of_an_unknown_id_is_a_finding(write: Write) -> None:
    own = (
        rule_text("heart.fast")
        .replace("heart.fast", "heart.fats", 1)
        .replace("  class:", "  override: true\n  class:", 1)
    )
    finding = only(load_pack(write({RULES: own})))
    assert finding.code is Code.UNKNOWN_ENTRY
    assert (finding.message, finding.suggestion) == (
        "heart.fats replaces nothing: there is no shipped rule of that id",
        "did you mean heart.fast?",
    )


# Slips


SLIPS: list[tuple[str, dict[str, str], Code, str, str]] = [
    (
        "a theme mistyped",
        {"themes/haert/questions.yaml": OWN_QUESTION.replace("id: heart\n", "id: haert\n")},
        Code.MISSING_KEY,
        "no shipped theme 'haert'",
        "did you mean heart?",
    ),
    (
        "a theme mistyped that holds only rules",
        {"themes/haert/rules.yaml": "[]"},
        Code.MISSING_KEY,
        "no shipped theme 'haert'",
        "did you mean heart?",
    ),
    (
        "a theme that no pathway shows",
        {"themes/arrival/questions.yaml": OWN_THEME.replace("pathways: [spray]\n", "")},
        Code.MISSING_KEY,
        "no pathway shows the theme arrival",
        "pathways",
    ),
    (
        "a pathway mistyped",
        {"themes/arrival/questions.yaml": OWN_THEME.replace("[spray]", "[spary]")},
        Code.UNKNOWN_PATHWAY,
        "'spary'",
        "did you mean spray?",
    ),
    (
        "a shipped theme renamed",
        {QUESTIONS: f"{HEART}title: Ours\n"},
        Code.UNKNOWN_KEY,
        "the title of the shipped theme heart",
        "take it out",
    ),
    (
        "a shipped question in another theme",
        {"themes/arrival/questions.yaml": OWN_THEME.replace("arrival.way", "heart.bleed")},
        Code.DUPLICATE_ID,
        "heart.bleed is in the shipped pack",
        "in its own theme, heart",
    ),
    (
        "a source with a shipped id",
        {"sources.yaml": SOURCE.replace("policy:", "label:")},
        Code.DUPLICATE_ID,
        "the source label",
        "another id",
    ),
    (
        "a class of medicines with a shipped id",
        {"medicines/classes.yaml": "- id: ssri\n  title: Ours\n"},
        Code.DUPLICATE_ID,
        "the medicine class ssri",
        "another id",
    ),
    ("rows", {"rows.yaml": FILES["rows.yaml"]}, Code.UNREAD_FILE, "nothing reads rows.yaml", "pack.yaml"),
]


@pytest.mark.parametrize(("files", "code", "message", "suggestion"), [s[1:] for s in SLIPS], ids=[s[0] for s in SLIPS])
def test_a_slip_is_named_in_the_clinics_own_file(
    write: Write, files: dict[str, str], code: Code, message: str, suggestion: str
) -> None:
    finding = only(load_pack(write(files)))
    assert finding.code is code
    assert message in finding.message
    assert suggestion in finding.suggestion
    assert (
        finding.place.file == f"northside/{next(name for name in files if name != 'sources.yaml' or len(files) == 1)}"
    )


def test_a_pack_does_not_take_the_id_of_the_one_it_extends(write: Write) -> None:
    finding = only(load_pack(write(head=HEAD.replace("northside", "small"))))
    assert (finding.code, finding.message) == (Code.DUPLICATE_ID, "small is the id of the pack that this one extends")


def test_a_pack_that_extends_nothing_that_ships_is_a_finding(write: Write) -> None:
    finding = only(load_pack(write(head=HEAD.replace("small", "smal"))))
    assert (finding.code, finding.message) == (Code.MISSING_FILE, "there is no shipped pack 'smal'")


def test_what_editors_and_systems_keep_beside_the_files_is_left_alone(write: Write) -> None:
    folder = write(
        {QUESTIONS: OWN_QUESTION, "profiles/._clinic.yaml": "\0", ".git/config.yaml": "x", "themes/.~a.yaml": ""}
    )
    assert "heart.pacemaker" in loaded(folder).questions


# Switching off


def test_a_rule_that_is_off_is_not_evaluated_and_named_with_its_reason(write: Write) -> None:
    folder = write(head=HEAD + OFF)
    pack = loaded(folder)
    assert pack.rules["heart.fast"].status == "off"
    assert "heart.fast" not in evaluated(pack, {"heart.rate": 140})
    assert pack.active_rules == 3
    assert changed(folder).off == (
        SwitchedOff("heart.fast", "Fast heart rate", "Counted on paper here.", "Clinician A", "2026-11-02"),
    )
    content = build(session(pack))
    off = {"rule": "heart.fast", "title": "Fast heart rate", "reason": "Counted on paper here."}
    assert content["pack"]["off"] == [off | {"by": "Clinician A", "on": "2026-11-02"}]
    assert content["pack"]["extends"] == "small"
    said = flat(render_text(report(content)))
    assert "pack northside 3, extends small, unreviewed, " in said
    assert "Fast heart rate (heart.fast): Counted on paper here. Clinician A, 2026-11-02" in said
    assert "heart.fast" not in {entry["rule"] for entry in [*content["not_listed"], *content["otherwise_open"]]}


def test_a_rule_can_be_replaced_and_be_off(write: Write, shipped: Path) -> None:
    off = OFF.replace("heart.fast", "heart.bled")
    folder = write({RULES: replaced_rule(hash_of("rule", "heart.bled", shipped))}, HEAD + off)
    found = changed(folder)
    assert [part.name for part in found.replaced[0].parts] == ["tier"]
    assert [entry.rule for entry in found.off] == ["heart.bled"]


def test_an_unknown_rule_is_not_switched_off_in_silence(write: Write) -> None:
    finding = only(load_pack(write(head=HEAD + OFF.replace("heart.fast", "heart.fats"))))
    assert (finding.code, str(finding.place)) == (Code.UNKNOWN_RULE, "northside/pack.yaml:5")
    assert finding.suggestion == "did you mean heart.fast?"


@pytest.mark.parametrize("missing", ["reason", "by", "on"])
def test_nothing_is_switched_off_without_reason_name_and_day(write: Write, missing: str) -> None:
    entry = {"rule": "heart.fast", "reason": "paper", "by": "A", "on": '"2026-11-02"'}
    del entry[missing]
    text = ", ".join(f"{key}: {value}" for key, value in entry.items())
    finding = only(load_pack(write(head=f"{HEAD}off:\n  - {{{text}}}\n")))
    assert (finding.code, finding.place.line) == (Code.MISSING_KEY, 5)
    assert missing in finding.message


# Drafts


@pytest.mark.parametrize(("says", "evaluates"), [("drafts: on\n", True), ("drafts: off\n", False), ("", False)])
def test_drafts_are_evaluated_where_the_pack_says_so_and_marked(
    write: Write, shipped: Path, says: str, evaluates: bool
) -> None:
    text = (shipped / RULES).read_text()
    (shipped / RULES).write_text(
        text.replace("title: Bleeding in the brain\n", "title: Bleeding in the brain\n  status: draft\n")
    )
    pack = loaded(write(head=HEAD + says))
    assert ("heart.bled" in evaluated(pack, {"heart.bleed": "yes"})) is evaluates
    assert (pack.active_rules, changed(write(head=HEAD + says)).drafts) == (3, evaluates)
    content = build(session(pack, {"heart.bleed": "yes"}))
    drafts = [item["rule"] for item in content["items"] if item["draft"]]
    assert drafts == (["heart.bled"] if evaluates else [])
    said = flat(render_text(report(content)))
    assert ("Heart, heart.bled, draft: no source read" in said) is evaluates
    assert ("drafts evaluated" in said) is evaluates
    lines = difference_lines(changed(write(head=HEAD + says)))
    assert lines == ["Extends small. Drafts are evaluated." if evaluates else "Extends small. Drafts are off."]


# The difference


def test_the_difference_names_everything_that_is_added(write: Write) -> None:
    files = {
        QUESTIONS: OWN_QUESTION,
        RULES: OWN_RULE,
        "sources.yaml": SOURCE,
        "themes/arrival/questions.yaml": OWN_THEME,
        "medicines/names.yaml": "- name: nortriptyline\n  classes: [antidepressant]\n",
    }
    found = changed(write(files))
    assert found.added == (
        Added("theme", "arrival", "Arrival"),
        Added("question", "heart.pacemaker", "Is there a pacemaker?"),
        Added("question", "arrival.way", "Is the way home arranged?"),
        Added("rule", "heart.paced", "A pacemaker"),
        Added("source", "policy", "Northside policy"),
        Added("medicine", "nortriptyline", ""),
    )
    assert (found.extends, found.replaced, found.off, found.nothing) == ("small", (), (), False)


def test_the_lines_of_a_difference_name_each_entry_and_each_part(write: Write, shipped: Path) -> None:
    own = replaced_rule(hash_of("rule", "heart.bled", shipped))
    folder = write({QUESTIONS: OWN_QUESTION, RULES: own}, HEAD + OFF)
    assert difference_lines(changed(folder)) == [
        "Extends small. Drafts are off.",
        "added question: heart.pacemaker (Is there a pacemaker?)",
        "replaced rule: heart.bled (Bleeding in the brain)",
        "    tier: shipped review / here time-critical",
        "switched off: heart.fast (Fast heart rate): Counted on paper here. Clinician A, 2026-11-02",
    ]


def test_a_pack_that_stands_by_itself_differs_from_nothing(shipped: Path) -> None:
    assert shipped_difference(loaded(shipped)) is None


# The cache


def test_the_cache_sees_a_change_in_the_folder_and_in_the_pack_below(
    write: Write, shipped: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    folder = write({QUESTIONS: OWN_QUESTION})

    def read() -> Pack:
        found = load_pack(folder, cache=cache).pack
        assert found is not None
        return found

    first = read()
    assert read().hash == first.hash
    (folder / QUESTIONS).write_text(OWN_QUESTION.replace("a pacemaker", "any pacemaker"))
    assert read().questions["heart.pacemaker"].text == "Is there any pacemaker?"
    (folder / QUESTIONS).write_text(OWN_QUESTION)
    (shipped / RULES).write_text((shipped / RULES).read_text().replace("Fast heart rate", "Quick heart rate"))
    assert read().rules["heart.fast"].title == "Quick heart rate"


def test_a_pack_from_the_cache_was_not_read_and_differs_in_the_same_things(
    write: Write, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    own = replaced_rule(hash_of("rule", "heart.bled", shipped))
    folder = write({QUESTIONS: OWN_QUESTION, RULES: own}, HEAD + OFF)
    first = load_pack(folder, cache=cache).pack
    assert first is not None
    before = shipped_difference(first, cache=cache)
    monkeypatch.setattr("screener.forms.pack.read_gathered", unexpected)
    again = load_pack(folder, cache=cache).pack
    assert again is not None and again.hash == first.hash
    assert again.rules["heart.fast"].status == "off"
    assert shipped_difference(again, cache=cache) == before


def test_a_pack_without_its_cases_has_none_wherever_one_looks(shipped: Path) -> None:
    pack = loaded(shipped)
    assert sum(len(rule.cases) for rule in pack.rules.values())
    bare = kept.without_cases(pack)
    assert [rule.cases for rule in bare.rules.values()] == [()] * len(pack.rules)
    assert bare.hash == pack.hash


def test_a_key_of_the_cache_is_of_names_and_bytes(write: Write) -> None:
    folder = write({QUESTIONS: OWN_QUESTION})
    key = kept.key_of(Folder(folder).files)
    (folder / ".swp.yaml").write_text("x")
    assert kept.key_of(Folder(folder).files) == key
    (folder / QUESTIONS).write_text(OWN_QUESTION + "\n")
    assert kept.key_of(Folder(folder).files) != key


def unexpected(*_: object) -> Any:
    raise AssertionError("the files were judged again")


# What comes of it


def evaluated(pack: Pack, answers: dict[str, Any]) -> dict[str, str]:
    """Each evaluated rule's outcome over answers, on the only pathway."""
    made = session(pack, answers)
    return {name: outcome.outcome for name, outcome in made.outcomes.items()}


def session(pack: Pack, answers: dict[str, Any] | None = None) -> Session:
    opening = Opening(
        reference="SYN-0042",
        pathway="spray",
        profiles=("clinic",),
        visit_date="2026-11-23",
        clinician="Clinician A",
        role="clinician",
        begun_at=CLOCK.now().isoformat(),
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
    )
    made = Session(pack, opening, CLOCK)
    for question, raw in (answers or {}).items():
        made.answer(question, raw)
    return made


def flat(text: str) -> str:
    """Text with each run of blanks as one."""
    return " ".join(text.split())
