"""The records of a reference, page by page: in order, side by side, over time, under other content, in a screening."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QWidget

from screener.clock import FixedClock
from screener.forms.model import Pack, Rule
from screener.records.browse import Json
from screener.records.earlier import Earlier
from screener.records.rerun import Rerun, rerun
from screener.records.sitting import Sitting, signed_sittings
from screener.records.timeline import timeline
from screener.records.trends import trends
from screener.store.vault import Vault
from screener.text import WorldError
from screener.ui.history import sitting_of
from screener.ui.key_switches import LETTERS, SingleKeys
from screener.ui.records.area import HistoryArea, Kept, Tools
from screener.ui.records.compare_page import ComparePage
from screener.ui.records.trends_page import TrendsPage
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.widgets.growing import GrowingPage
from tests.languages.pseudo import english
from tests.ui.desks import CLOCK, DISK_FULL, shipped
from tests.ui.histories import NOVEMBER, REFERENCE, kept, sign_all, unfinished, visit
from tests.ui.walk.at_hand import ByHand
from tests.ui.walk.made_up import Patients
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget, sitting

SCREEN = "records of a reference"
_UNREADABLE = "The unfinished screening begun 2026-11-23 10:21 cannot be shown here. Its pack is gone."


def walk_history(reader: Reader) -> None:
    """Everything that the records of a reference are shown as."""
    clock = FixedClock(CLOCK.moment)
    with Vault.in_memory(clock, name="Clinician A") as vault:
        sign_all(vault.shelf, clock)
        found = kept(vault.shelf, unfinished())
        earlier = Earlier(signed_sittings(vault.shelf.signed_under(REFERENCE)))
    _pages(reader, found)
    _other_states(reader, found)
    _far_apart(reader)
    _inside(reader, found, earlier)


def _area(found: Kept | None, now: Pack, then: Pack | None = None, current: str = "") -> tuple[HistoryArea, ByHand]:
    jobs = ByHand("history")
    area = HistoryArea(REFERENCE, Tools(jobs, "intake 2027.1", lambda s: rerun(s.content, now, then)), current=current)
    if found is not None:
        area.show_kept(found)
    return area, jobs


def _read(reader: Reader, state: str, area: HistoryArea) -> None:
    for page in area.findChildren(GrowingPage):
        page.finish()
    reader.read(SCREEN, state, area)


def _choose(page: QWidget, name: str) -> None:
    next(button for button in page.findChildren(QAbstractButton) if english(button.accessibleName()) == name).click()


def _pages(reader: Reader, found: Kept) -> None:
    """The timeline, any two beside each other in both states of the filter, figures, today's content over each."""
    area, jobs = _area(None, shipped())
    area.timeline.offer_export()
    _read(reader, "being read", area)
    area.show_kept(found)
    _read(reader, "timeline", area)
    ids = [entry.sitting.id for entry in found.entries]
    for number, (first, second) in enumerate(((0, 1), (2, 1), (2, 2))):
        area.show_pair(ids[first], ids[second])
        _read(reader, f"pair {number}", area)
        page = area.page
        assert isinstance(page, ComparePage)
        _choose(page, "Show: All")
        _read(reader, f"pair {number}, all", area)
        for by in ("Previous difference", "Next difference"):
            _choose(page, by)
        area._to_timeline()
        forget()
    area.show_trends()
    _read(reader, "figures, being drawn", area)
    assert isinstance(area.page, TrendsPage)
    area.page.draw_all()
    _read(reader, "figures", area)
    area._to_timeline()
    for state, pack, then in (("the same content", shipped(), shipped()), ("other content", _other(), shipped())):
        over, jobs = _area(found, pack, then)
        for record in ids[:2]:
            over.show_rerun(record)
            _read(reader, f"{state}, being run", over)
            jobs.work_off()
            _read(reader, state, over)
            _choose(over.page, "Show: All")
            _read(reader, f"{state}, all", over)
            over._to_timeline()
        over.deleteLater()
    area.deleteLater()
    forget()


def _other(*, lost: bool = False) -> Pack:
    """The shipped content as it might be one day: a rule gone, one more, one in other words, a theme gone."""
    pack = shipped()

    def rules(rule: Rule) -> list[Rule]:
        if rule.id == "psychosis.ever_ketamine":
            return [rule.model_copy(update={"id": "psychosis.ever_new"})]
        return [rule.model_copy(update={"statement": "Said otherwise."})] if rule.id.startswith("bp.") else [rule]

    themes = [
        theme.model_copy(update={"rules": tuple(made for rule in theme.rules for made in rules(rule))})
        for theme in pack.themes
        if theme.id != "mood-and-present-state"
    ]
    fields = {name: getattr(pack, name) for name in type(pack).model_fields}
    pathways = [] if lost else pack.pathways
    return Pack(**fields | {"hash": "1" * 64, "themes": themes, "pathways": pathways})


def _other_states(reader: Reader, found: Kept) -> None:
    """Nothing kept, one record only, what cannot be read, a record of another content or without its pathway."""
    disk = DISK_FULL
    for state, one in (
        ("nothing kept", Kept((), ())),
        ("one record", Kept(timeline([found.entries[0].sitting]), ())),
        ("one that cannot be read", replace(found, unreadable=(_UNREADABLE,))),
        ("parts and other words", _in_parts(found)),
    ):
        area, _ = _area(one, shipped())
        _read(reader, state, area)
        for first, second in zip(one.entries, one.entries[1:], strict=False):
            area.show_pair(first.sitting.id, second.sitting.id)
            _choose(area.page, "Show: All")
            _read(reader, f"{state}, side by side", area)
            area._to_timeline()
        if not one.trends:
            area.show_trends()
            _read(reader, f"{state}, figures", area)
        area.deleteLater()
        forget()
    area, jobs = _area(found, _other(lost=True))
    area.show_rerun(found.entries[0].sitting.id)
    jobs.work_off()
    _read(reader, "its pathway is gone", area)
    area._to_timeline()
    area._tools = replace(area._tools, rerun=partial(_fails, disk))
    area.show_rerun(found.entries[0].sitting.id)
    jobs.work_off()
    _read(reader, "today's content cannot be run", area)
    area.show_problem(disk)
    area._to_timeline()
    _read(reader, "cannot be read", area)
    area.deleteLater()
    over, jobs = _area(found, _other())
    over.show_rerun(found.entries[0].sitting.id)
    jobs.work_off()
    _read(reader, "the content of then is gone", over)
    over.deleteLater()
    forget()


def _far_apart(reader: Reader) -> None:
    """Records that differ in everything, in nothing, and in a note; with the keys at both ends."""
    contents = []
    for pathway, filled in (("ketamine-home", False), ("ketamine-home", True), ("psilocybin-oregon", True)):
        session = visit("2026-11-23", {}, pathway)
        if filled:
            Patients(shipped(), pathway).fill(session, set())
            session.answer("person.age", 12)
        contents.append(sitting_of(session, pathway).content)
    noted = visit("2026-11-23", {})
    for note in ("", "asked again"):
        noted.answer("psychosis.ever", "no", note=note)
        contents.append(sitting_of(noted, "noted").content)
    names = ("empty", "full", "twin", "elsewhere", "plain", "with a note")
    order = (0, 1, 1, 2, 3, 4)
    sittings = [
        Sitting(name, contents[place], name, f"2026-11-23T1{number}:00:00+00:00", "Clinician A")
        for number, (name, place) in enumerate(zip(names, order, strict=True))
    ]
    area, _ = _area(Kept(timeline(sittings), ()), shipped())
    _read(reader, "far apart", area)
    for first, second in pairwise(names):
        area.show_pair(first, second)
        _read(reader, f"{first} beside {second}", area)
        for action in ("previous_difference", "next_difference"):
            area.page.findChildren(QAction, f"action.{action}")[0].trigger()
        area._to_timeline()
        forget()
    area.deleteLater()
    forget()


def _fails(problem: WorldError, _: Sitting) -> Rerun:
    raise problem


def _in_parts(found: Kept) -> Kept:
    """October signed in two parts of one day, the second with what the first had otherwise."""
    october = found.entries[1].sitting
    first = _with(october.content, part={"number": 1, "last": False, "earlier": []})
    second = _with(october.content, part={"number": 2, "last": True, "earlier": []})
    second["pack"] = second["pack"] | {"version": "2027.1"}
    second["parameters"] = [{"id": "a", "title": "Limit", "option": "140", "source": "Label"}]
    second["visit"] = second["visit"] | {"product": "another"}
    second["unread"] = [{"question": "old.question", "recorded": {"accounts": [], "used": None}}]
    second["themes"] = [_noted(theme) for theme in second["themes"]]
    second["items"] = [_lapsed(item) for item in second["items"]]
    sittings = [
        replace(october, record=f"part-{number}", content=content, signed_at=f"2026-10-12T1{number}:00:00+00:00")
        for number, content in ((1, first), (2, second))
    ]
    return Kept(timeline(sittings), trends(sittings, shipped()))


def _with(content: Json, **more: Any) -> dict[str, Any]:
    return {**content, **more}


def _noted(theme: Json) -> Json:
    """The same answers with a note; the items of a scale about, its total the same; one question gone."""
    questions = []
    for question in theme["questions"]:
        if question["recorded"]:
            accounts = [entry | {"note": "asked again"} for entry in question["recorded"]["accounts"]]
            if question["kind"] == "instrument":
                accounts = [entry | {"value": {"items": {"1": 1, "2": 2, "4": 2}}} for entry in accounts]
            question = {**question, "recorded": {**question["recorded"], "accounts": accounts}}
        questions.append(question)
    return {**theme, "questions": questions[1:]}


def _lapsed(item: Json) -> Json:
    if item["response"] is None:
        return item
    return {**item, "level": "other", "could_be_higher": True, "response": {**item["response"], "lapsed": True}}


def _inside(reader: Reader, found: Kept, earlier: Earlier) -> None:
    """In an open screening: what is offered on cards, items of before, the pages inside its bars."""
    session = visit("2026-11-23", {})
    with sitting(session) as workspace:
        workspace.identity.confirm.click()
        workspace.controller.take_earlier(earlier)
        for question in ("psychosis.ever", "body.weight"):
            workspace.interview.go_to(question)
            reader.read(SCREEN, f"earlier answer, {question}", workspace)
        SingleKeys.current().turn(LETTERS, on=False)
        reader.read(SCREEN, "earlier answer, single letters off", workspace)
        SingleKeys.current().turn(LETTERS, on=True)
        for question, raw in NOVEMBER.items():
            if question in session.questions:
                workspace.controller.answer(question, raw)
        area, _ = _area(found, shipped(), current="s-open")
        workspace.pages.show_inside(area)
        _read(reader, "inside a screening", area)
        reader.read(SCREEN, "inside a screening, with its bars", workspace)
        workspace.pages.close_inside()
        workspace.controller.set_visit("room", "by video")
        more = [
            replace(s, record=f"{s.record}-{n}", screening=f"{s.record}-{n}")
            for n in range(4)
            for s in earlier.sittings
        ]
        detail = workspace.review.findChildren(ItemDetail)[0]
        workspace.review.open()
        for records in (earlier, Earlier(more), Earlier(earlier.sittings[:1])):
            workspace.controller.take_earlier(records)
            reader.read(SCREEN, f"{len(records.sittings)} earlier records", workspace)
            items = ["psychosis.ever_ketamine", *(rule for rule in session.outcomes if rule.startswith("bp."))]
            for rule in [rule for rule in (*items, *list(session.outcomes)[:4]) if rule in session.outcomes]:
                detail.show_item(rule)
                reader.read(SCREEN, f"{rule}, {len(records.sittings)} earlier records", detail)
            forget()
