"""The logic checks beside the rules browser: they come on while it is open, are kept, and stand where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from screener.forms.library import Library, read_library
from screener.ui.logic_checks import LogicChecks
from screener.ui.packs.logic_card import Logic
from tests.forms.test_every_fault import BLED, RULES
from tests.forms.writing import write_pack
from tests.journeys.person import Person
from tests.pictures.rules import VALVE
from tests.ui.test_packs import PATIENCE_MS, Browser

PLANTED = (RULES, "- id: heart.bled\n", VALVE + "- id: heart.bled\n")
WORSE = ("themes/heart/questions.yaml", "text: Resting rate", "text: Resting rate\n    worse: up")


@pytest.fixture
def checks(qtbot: QtBot) -> Iterator[LogicChecks]:
    made = LogicChecks()
    yield made
    made.end()
    made._jobs.close()


def planted(folder: Path) -> Library:
    return read_library(write_pack(folder, PLANTED, WORSE))


def come_through(qtbot: QtBot, checks: LogicChecks) -> Logic:
    qtbot.waitUntil(lambda: bool(checks.logic.of) and not checks.logic.running, timeout=PATIENCE_MS)
    return checks.logic


def test_they_go_through_every_rule_and_keep_what_they_found(qtbot: QtBot, checks: LogicChecks, tmp_path: Path) -> None:
    library = planted(tmp_path)
    heard: list[int] = []
    checks.came_on.connect(lambda: heard.append(len(checks.logic.checked)))
    checks.begin(library)
    found = come_through(qtbot, checks)
    assert heard[0] == 0 and heard[-1] == found.of == 7
    assert [finding.message.split()[0] for finding in found.findings] == ["heart.bled_valve"]
    assert found.justified == 1
    checks.rest()
    checks.begin(library)
    assert checks.logic.checked == found.checked, "it was done once and is not done again"
    assert not checks.logic.running


def test_lines_that_moved_are_followed_without_checking_anew(qtbot: QtBot, checks: LogicChecks, tmp_path: Path) -> None:
    library = planted(tmp_path)
    checks.begin(library)
    (before,) = come_through(qtbot, checks).findings
    rules = library.folder / RULES
    rules.write_text("# A remark\n\n" + rules.read_text("utf-8"), "utf-8")
    again = read_library(library.folder)
    assert again.pack is not None and library.pack is not None and again.pack.hash == library.pack.hash
    checks.begin(again)
    assert not checks.logic.running
    (after,) = checks.logic.findings
    assert (after.place.line, after.message) == (before.place.line + 2, before.message)


def test_where_nobody_browses_nothing_more_is_begun(qtbot: QtBot, checks: LogicChecks, tmp_path: Path) -> None:
    checks.begin(planted(tmp_path))
    checks.rest()
    qtbot.wait(900)
    assert checks.logic.checked == {} and not checks._jobs.busy


def test_the_rule_that_is_looked_at_comes_first(qtbot: QtBot, checks: LogicChecks, tmp_path: Path) -> None:
    checks.prefer("heart.nine_or_ssri")
    checks.begin(planted(tmp_path))
    qtbot.waitUntil(lambda: bool(checks.logic.checked), timeout=PATIENCE_MS)
    assert "heart.nine_or_ssri" in list(checks.logic.checked)[:1]


def test_they_wait_while_something_stops_the_files(checks: LogicChecks, tmp_path: Path) -> None:
    checks.begin(read_library(write_pack(tmp_path, (RULES, BLED, 'when: {ask: heart.bleed, is: "maybe"}'))))
    assert checks.logic.why == "The logic checks run once nothing stops the files from being used."
    assert checks.logic.of == 0


def test_inside_a_screening_nothing_is_begun_and_what_is_known_is_shown(
    qtbot: QtBot, checks: LogicChecks, tmp_path: Path
) -> None:
    library = planted(tmp_path)
    checks.show_kept(library)
    assert checks.logic.why == "The logic checks run in Rules and sources, outside a screening."
    checks.begin(library)
    found = come_through(qtbot, checks)
    checks.show_kept(library)
    assert checks.logic.checked == found.checked


def test_a_rule_shows_what_was_found_meant_and_comes_along(qtbot: QtBot, checks: LogicChecks, tmp_path: Path) -> None:
    library = planted(tmp_path)
    browser = Browser(qtbot, library.folder).reads().opens("rule", "heart.bled_valve")
    rule = browser.page.side.rule
    browser.page.show_logic(Logic({}, 7))
    assert "The checks are under way: 0 of 7 rules so far." in browser.says(rule)
    checks.begin(library)
    browser.page.show_logic(come_through(qtbot, checks))
    browser.settles()
    said = browser.says(rule)
    for words in (
        "heart.bled_valve is never listed without heart.bled",
        "Make it a level of heart.bled, or leave it out.",
        "Answers that show it\nheart.bleed: yes\nheart.kind: A valve",
        "Listed wherever this rule is\nA trial",
    ):
        assert words in said, words
    browser.button("Open the rule heart.bled_once").click()
    browser.settles()
    assert "Nothing found. Searched: " in browser.says(rule)
    browser.opens("rule", "heart.slow")
    assert "Meant so: A fast rate is listed by another rule, as a note or for review." in browser.says(rule)
    browser.opens("finding", "")
    said = browser.says(browser.page.side.findings)
    assert "Logic checks of 7 rules: 1 finding. 1 more is meant so, with its reason beside the rule." in said
    assert "heart.kind: A valve" in said
    browser.button("Finding 1: go to the rule heart.bled_valve").click()
    browser.settles()
    assert browser.page.lists.name == "heart.bled_valve"


def test_tab_reaches_a_finding_in_its_place(qtbot: QtBot, checks: LogicChecks, tmp_path: Path) -> None:
    library = planted(tmp_path)
    browser = Browser(qtbot, library.folder).reads().opens("rule", "heart.bled_valve")
    checks.begin(library)
    browser.page.show_logic(come_through(qtbot, checks))
    browser.settles()
    person = Person(lambda condition, timeout=0: qtbot.waitUntil(condition, timeout=timeout), browser.window)
    person.tab_to("Open the source label")
    person.press("Tab")
    assert person.focus_name.startswith("heart.bled_valve is never listed without heart.bled")
    person.press("Tab")
    assert person.focus_name.startswith("Open the rule heart.bled_once")
