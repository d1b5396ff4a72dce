"""What holds on every page: names, roles, sizes, keys that do what the list of keys says, one window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.changes import Added, Difference, Part, Replaced, SwitchedOff
from screener.forms.findings import Code, Finding, Place
from screener.forms.model import Pack, Question
from screener.records.amendment import Addition
from screener.records.browse import DraftLine, RecordLine
from screener.records.dose_day import PersonOfDay
from screener.records.paging import Found
from screener.store.audit import AuditLine, AuditPage
from screener.ui.actions import (
    ACTIONS,
    DEBRIEF,
    DOSE_DAY,
    HOME,
    IN_HAND,
    KEEPING,
    OF_REFERENCE,
    PLAY,
    PRACTISE,
    PREVIEW,
    QUESTION,
    RULES,
    SETTINGS,
)
from screener.ui.choices import ClinicChoices
from screener.ui.exporting import table_of_screenings
from screener.ui.logbook import table_of_lines
from screener.ui.record_exports import REDACTED
from screener.ui.screening.card import QuestionCard
from screener.ui.shell.amend import AmendPage
from screener.ui.shell.discard import DiscardPage
from screener.ui.shell.dose_day_page import DoseDayPage
from screener.ui.shell.erase_page import ErasedPage, ErasePage
from screener.ui.shell.export_page import ExportPage, Offer
from screener.ui.shell.findings import FindingsOverPage, StartFindingsPage
from screener.ui.shell.first_start import FirstStartPage, RecoveryPage, SetUpPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.keys import KeysPage
from screener.ui.shell.log_page import LogPage, May
from screener.ui.shell.mistake_page import MistakePage
from screener.ui.shell.new_screening import NewScreeningPage
from screener.ui.shell.own_questions_page import OwnQuestionsPage
from screener.ui.shell.print_page import PrintPage
from screener.ui.shell.save_page import SavePage
from screener.ui.shell.screening_table import lines_of
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.taking_in_page import TakingInPage
from screener.ui.shell.unlock import UnlockPage
from tests.exchange.fhir.foreign.example import EXAMPLE
from tests.exchange.fhir.foreign.forms import read
from tests.ui import keeping
from tests.ui.desks import CLOCK, OpenDesk, opened, session_of, shipped, show_in_window
from tests.ui.names import controls_among, name_of, unsaid
from tests.ui.walk.reader import in_sight

PATHWAYS = [pathway.id for pathway in shipped().pathways]
LEAST_TARGET_PX = 24
OPENING = {"reference": "SYN-0042", "second_mark": "K 1974", "clinician": "Clinician A"}
PLACE = {"pathway": "Esketamine, clinic"}
DRAFTS = [DraftLine(f"draft-{n}", OPENING | {"begun_at": f"2026-11-23T10:2{n}:00+00:00"}, PLACE, n, "") for n in (1, 2)]
RECORDS = [
    RecordLine(
        f"record-{n}",
        "draft-1",
        "SYN-0042",
        "esketamine-clinic",
        "2026-11-23",
        f"2026-11-23T10:3{n}:00+00:00",
        "Clinician A",
        False,
        n,
        PLACE | {"part": n, "second_mark": "K 1974"},
    )
    for n in (2, 1)
]
LINES = lines_of(DRAFTS, RECORDS)
FINDINGS = (
    Finding(Code.UNKNOWN_KEY, Place("northside/pack.yaml", 4), "'drafs' is not a key here", "did you mean drafts?"),
    Finding(Code.UNUSED_PROFILE, Place("northside/profiles/ours.yaml", 1), "no pathway needs or offers ours"),
)
CHANGES = Difference(
    extends="intake",
    drafts=True,
    added=(Added("question", "arrival.way", "The way home"), Added("medicine", "a name", "")),
    replaced=(Replaced("rule", "heart.bled", "Bleeding", (Part("tier", "review", "note"),)),),
    off=(SwitchedOff("heart.fast", "Fast heart rate", "Counted on paper.", "Clinician A", "2026-11-02"),),
)


def listing() -> HomePage:
    """Home with two screenings of one reference, and two signed parts of the first."""
    page = HomePage("Clinician A, clinician")
    page.show_found(Found(drafts=tuple(DRAFTS), records=tuple(RECORDS), unfinished=2, signed=0))
    return page


def nothing_yet() -> HomePage:
    """Home of a vault without screenings."""
    page = HomePage("Clinician A, clinician")
    page.show_found(Found(unfinished=0, signed=0))
    return page


LINES_OF_LOG = tuple(
    AuditLine(20 - n, "2026-11-23T10:22:07.000+00:00", "a1", deed, subject, details, "Clinician A", about, screening)
    for n, (deed, subject, details, about, screening) in enumerate(
        (
            ("export", "r1", {"kind": "pdf"}, "SYN-0042", "5c1"),
            ("begin", "5c1", {}, "", "5c1"),
            ("unlock", "", {}, "", ""),
        )
    )
)


def audit_log() -> LogPage:
    """The log with lines of each sort, and more of them below."""
    page = LogPage([("Clinician A", "a1")], May(references=True, erase=True), CLOCK.now().date())
    page.wanted.connect(lambda wanted: page.show_lines(wanted, AuditPage(LINES_OF_LOG, 17)))
    page.begin()
    return page


def dose_day() -> DoseDayPage:
    """Somebody before the dose, and somebody whose next reading is due."""
    due = [{"phase": "about_40_min", "at": "2026-11-23T10:52", "recorded": False}]
    given = {"given_at": "2026-11-23T10:12", "due": due}
    page = DoseDayPage(CLOCK.now, lambda visit: visit.product)
    page.show_people(
        [
            PersonOfDay("s1", "", "SYN-0031", "K 1974", "Dose day", "paused", ()),
            PersonOfDay("s2", "", "SYN-0042", "", "Dose day", "paused", ("before the dose, 10:05",), given),
        ]
    )
    return page


def with_own_questions() -> Pack:
    """The shipped content with two questions of a clinic's own."""
    own: dict[str, Any] = {"id": "clinic.lift", "kind": "yes_no", "text": "Is there a lift?", "own": True}
    options = [{"id": "bus", "text": "By bus"}, {"id": "taxi", "text": "By taxi"}]
    way = own | {"id": "clinic.way", "kind": "choice", "text": "How do you get home?", "options": options}
    first = shipped().themes[0]
    asked = (*first.questions, *(Question.model_validate(one) for one in (own, way)))
    themes = (first.model_copy(update={"questions": asked}), *shipped().themes[1:])
    parts = {name: getattr(shipped(), name) for name in Pack.model_fields}
    return Pack(**parts | {"themes": themes, "hash": "1"})


def taking_in() -> TakingInPage:
    """A form that was looked into, and nothing of it written yet."""
    page = TakingInPage(shipped(), "~/our-clinic", Path("forms"))
    page.show_found(read(EXAMPLE))
    return page


SHELL_PAGES: dict[str, Callable[[], QWidget]] = {
    "first start": FirstStartPage,
    "setting up": SetUpPage,
    "recovery key": lambda: RecoveryPage("ABCDE-FGHIJ-KLMNO"),
    "unlocking": UnlockPage,
    "home": nothing_yet,
    "home with screenings": listing,
    "amending": lambda: AmendPage("SYN-0042", "Clinician A, clinician", Addition()),
    "discarding": lambda: DiscardPage(LINES[1]),
    "not discarding": lambda: DiscardPage(LINES[0]),
    "new screening": lambda: NewScreeningPage(shipped(), CLOCK.now().date(), "", "clinician", {}),
    "settings": lambda: SettingsPage(opened(), ClinicChoices({}, "", ""), "system", 1.0),
    "settings with a local pack": lambda: SettingsPage(
        replace(opened(), difference=CHANGES, findings=FINDINGS, origin="chosen"),
        ClinicChoices({}, "", ""),
        "dark",
        1.0,
    ),
    "own questions": lambda: OwnQuestionsPage(shipped(), "~/our-clinic"),
    "own questions of a pack that stands alone": lambda: OwnQuestionsPage(
        with_own_questions(), "~/our-clinic", stands_alone=True
    ),
    "taking in a form": taking_in,
    "keys": KeysPage,
    "dose day": dose_day,
    "print": lambda: PrintPage(shipped(), "us-label", "Emergency: 112", may_choose=True),
    "print with a blank card": lambda: PrintPage(shipped(), "", "", may_choose=True),
    "audit log": audit_log,
    "audit log without anything": lambda: LogPage([], May(references=False, erase=False), CLOCK.now().date()),
    "saving a table of the log": lambda: SavePage(table_of_lines("2026-11-23", references=True)),
    "saving a redacted copy": lambda: SavePage(REDACTED),
    "saving tables": lambda: SavePage(table_of_screenings("2026-11-23", "csv")),
    "export": lambda: ExportPage("Export", "Of a record", [Offer("a", "Everything", "All"), Offer("b", "A copy", "")]),
    "erasing": ErasePage,
    "erased": lambda: ErasedPage("1 signed record", Path("backups"), ["2026-11-22T18:00:00+00:00"]),
    "findings": lambda: FindingsOverPage(Path("northside"), FINDINGS, "2 findings"),
    "findings at the start": lambda: StartFindingsPage(Path("northside"), FINDINGS, "intake 2026.11", is_shipped=False),
    "a mistake": lambda: MistakePage(Path("reports/mistake.txt"), screening=True),
    "a mistake without a report": lambda: MistakePage(None, screening=False),
    **keeping.PAGES,
}


def controls(page: QWidget) -> Iterator[QWidget]:
    """What can be used on a page."""
    return controls_among(in_sight(page))


def nameless(page: QWidget) -> list[str]:
    return unsaid(in_sight(page))


def twice(page: QWidget) -> list[str]:
    """Names that two controls of a page share: a person who only hears them could not tell them apart."""
    names = [name_of(widget) for widget in controls(page) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return sorted({name for name in names if names.count(name) > 1})


@pytest.mark.parametrize("page", SHELL_PAGES)
def test_every_control_around_a_screening_has_a_name_of_its_own(qtbot: QtBot, page: str) -> None:
    shown = SHELL_PAGES[page]()
    window = show_in_window(qtbot, shown)
    assert window.page is shown
    assert nameless(shown) == []
    assert [name for name in twice(shown) if name != "New screening"] == []


@pytest.fixture(params=PATHWAYS)
def desk(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[OpenDesk]:
    made = OpenDesk(qtbot, session_of(request.param))
    made.confirm()
    yield made
    made.close()


def show_whole(qtbot: QtBot, desk: OpenDesk, theme_id: str) -> None:
    """A theme with every question that is asked, sensitive ones too, and what is not asked named at its foot."""
    interview = desk.workspace.interview
    interview.show_theme(theme_id)
    for words in ("All of them", "Which, and why"):
        for link in interview.findChildren(QAbstractButton):
            if link.text() == words and link.isVisibleTo(interview):
                link.click()
    qtbot.waitUntil(lambda: interview.whole)
    QApplication.sendPostedEvents()


def test_every_control_of_every_theme_has_a_name_of_its_own_and_room_for_a_finger(qtbot: QtBot, desk: OpenDesk) -> None:
    for theme in desk.session.form.themes:
        show_whole(qtbot, desk, theme.id)
        asked = desk.session.shown_in(theme.id)
        cards = [card for card in desk.workspace.interview.findChildren(QuestionCard) if card.isVisible()]
        assert {card.question.id for card in cards} == {question.id for question in asked}
        assert nameless(desk.workspace) == [], theme.id
        assert twice(desk.workspace) == [], theme.id
        small = [
            f"{name_of(widget)} {widget.width()}x{widget.height()}"
            for widget in controls(desk.workspace)
            if min(widget.width(), widget.height()) < LEAST_TARGET_PX
        ]
        assert small == [], theme.id


def test_a_screening_opens_no_window_but_its_own(qtbot: QtBot, desk: OpenDesk) -> None:
    for theme in desk.session.form.themes:
        show_whole(qtbot, desk, theme.id)
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [desk.window]


def test_every_key_of_the_list_is_bound_where_the_list_says(qtbot: QtBot, desk: OpenDesk) -> None:
    desk.workspace.interview.show_theme(desk.session.form.themes[0].id)
    bound = {action.objectName() for action in desk.workspace.findChildren(QAction)}
    bound |= {"action.next_item", "action.previous_item"}  # tests/journeys presses J and K; they act outside text only
    elsewhere = {
        "keys",
        "palette",
        "quit",
        "read_again",
        "appearance",
        "text_larger",
        "text_smaller",
        "lock",
        "rules",
        "training",
    }  # the program's own, below
    apart = (
        HOME,
        DOSE_DAY,
        KEEPING,
        QUESTION,
        OF_REFERENCE,
        RULES,
        SETTINGS,
        PREVIEW,
        IN_HAND,
        PRACTISE,
        PLAY,
        DEBRIEF,
    )
    wanted = {action.id for action in ACTIONS if action.where not in apart} - elsewhere
    assert {f"action.{name}" for name in wanted} - bound == set()
