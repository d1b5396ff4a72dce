"""The bar of time-critical items: how many wait for a response and since when, of each by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from screener.clock import FixedClock
from screener.screening.review import response
from screener.screening.session import Session
from screener.ui.screening.critical import critical_of
from screener.ui.session_controller import SessionController
from tests.ui.desks import session_of, shipped
from tests.ui.walk.screening import sitting

pytestmark = pytest.mark.usefixtures("qapp")
BEFORE = "2026-11-23"


class Bar:
    """A screening whose bar is read at one moment after another; `first` and `second` are what is listed on it."""

    first, second = "bp.severe_with_symptoms", "suicide.thoughts"

    def __init__(self) -> None:
        self.clock = FixedClock(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
        opening = session_of("ketamine-clinic").opening
        self.session = Session(shipped(), opening, self.clock)

    def at(self, moment: str) -> None:
        self.clock.moment = datetime.fromisoformat(f"{moment}+00:00")

    def lists_first(self, controller: SessionController) -> None:
        controller.answer("bp.readings", [{"systolic": 200, "diastolic": 130, "phase": "before"}])
        controller.answer("bp.symptoms_now", ["chest_pain"])

    def lists_second(self, controller: SessionController) -> None:
        controller.answer("suicide.cssrs", {"items": {"4": 1}})

    def responds(self, controller: SessionController, *rules: str) -> None:
        controller.respond({rule: response(self.session, rule, "reviewed") for rule in rules})


def test_the_bar_counts_those_without_a_response_and_tells_since_when_they_stand() -> None:
    bar = Bar()
    with sitting(bar.session) as workspace:
        controller, alarm = workspace.controller, workspace.above.alarm
        bar.at(f"{BEFORE}T09:42")
        bar.lists_first(controller)
        assert alarm.accessibleName() == "1 time-critical item, no response since 09:42"
        bar.at(f"{BEFORE}T09:52")
        bar.responds(controller, bar.first)
        assert alarm.accessibleName() == "1 time-critical item, response 09:52 by Clinician A; stays until signed"
        bar.at(f"{BEFORE}T10:32")
        bar.lists_second(controller)
        assert [one.rule.id for one in critical_of(workspace.interview.items.listed)] == [bar.first, bar.second]
        assert alarm.accessibleName() == "2 time-critical items, 1 without response since 10:32"
        bar.at(f"{BEFORE}T10:40")
        bar.responds(controller, bar.second)
        assert alarm.accessibleName() == "2 time-critical items, response 10:40 by Clinician A; stays until signed"


def test_the_day_is_named_where_it_is_not_todays_and_the_earlier_day_counts_before_the_earlier_hour() -> None:
    bar = Bar()
    with sitting(bar.session) as workspace:
        controller, alarm = workspace.controller, workspace.above.alarm
        bar.at(f"{BEFORE}T09:42")
        bar.lists_first(controller)
        bar.at("2026-11-24T08:05")
        bar.lists_second(controller)
        assert alarm.accessibleName() == "2 time-critical items, no response since 23 Nov 2026, 09:42"
        bar.responds(controller, bar.first)
        assert alarm.accessibleName() == "2 time-critical items, 1 without response since 08:05"
        bar.responds(controller, bar.second)
        bar.at("2026-11-25T09:00")
        controller.answer("person.age", 52)
        said = "2 time-critical items, response 24 Nov 2026, 08:05 by Clinician A; stays until signed"
        assert alarm.accessibleName() == said
