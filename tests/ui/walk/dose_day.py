"""The dose day: its list in every state, and one screening of it signed before the dose and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtGui import QGuiApplication

from screener.forms.shorthand import Typed
from screener.records.browse import DraftLine, LastVisit, Listing, RecordLine
from screener.records.day_entry import Entered, NotEntered, enter
from screener.records.day_line import Deed, Moment
from screener.records.dose_day import PersonOfDay, people_of_day
from screener.records.earlier import Earlier
from screener.records.sitting import signed_sittings
from screener.screening.course import course_so_far
from screener.screening.review import response
from screener.store.shelf import VaultShelf
from screener.text import WorldError
from screener.ui.key_switches import LETTERS, SingleKeys
from screener.ui.shell.dose_day_page import DoseDayPage
from screener.ui.shell.dose_day_table import DoseDayTable
from screener.ui.shell.new_screening import NewScreeningPage
from tests.ui.desks import CLOCK, DISK_FULL, session_of, shipped
from tests.ui.walk.deeds import PASSPHRASE, SIGN, Worked, worked_on
from tests.ui.walk.reader import Reader
from tests.ui.walk.screening import forget

SCREEN = "dose day"
DAY = "2026-11-23"
READINGS = [{"systolic": 128, "diastolic": 82, "pulse": 71, "phase": "before", "at": "09:58"}]
BEFORE = tuple(
    LastVisit(reference, mark, "2026-11-16", "dose-day", ("general",), "Spravato")
    for reference, mark in (("SYN-0107", "M 1969"), ("SYN-0009", ""))
)
"""Who was here a week before."""
LATER = [*READINGS, {"systolic": 140, "diastolic": 88, "phase": "about_40_min", "at": "10:51"}]


def as_before(visit: LastVisit) -> str:
    """What stands in the place of what such a visit would be begun with."""
    return visit.product


def walk_dose_day(reader: Reader) -> None:
    """Read the list, and a screening on the way through its day."""
    _list(reader)
    with worked_on(reader, session_of("dose-day")) as worked:
        earlier = _through_the_day(worked)
    with worked_on(reader, session_of("dose-day")) as worked:
        _another_day(worked, earlier)


def _list(reader: Reader) -> None:
    page = DoseDayPage(CLOCK.now, as_before)
    page._say_late()
    reader.read(SCREEN, "being read", page)
    page.show_problem(DISK_FULL)
    page.show_people(())
    reader.read(SCREEN, "nobody", page)
    page.show_people((), "", BEFORE)
    reader.read(SCREEN, "nobody yet, some here before", page)
    for visit in BEFORE:
        begun = NewScreeningPage(shipped(), CLOCK.now().date(), "", "clinician", {})
        begun.choose(visit.pathway)
        begun.fill_in(visit)
        reader.read("new screening", f"{visit.reference} again", begun)
        begun.deleteLater()
    people = people_of_day(_of_the_day(), ("dose-day",))
    page.show_people(people)
    reader.read(SCREEN, "everybody", page)
    page.show_people(people, "", BEFORE)
    reader.read(SCREEN, "everybody, and some here before", page)
    for moment in ("10:05", "10:52", "11:03", "12:31"):
        shown = DoseDayTable(people, datetime.fromisoformat(f"{DAY}T{moment}+00:00"))
        reader.read(SCREEN, f"at {moment}", shown)
        shown.deleteLater()
    _line(reader, page)
    page.deleteLater()
    _entered(reader)
    forget()


LINES = (
    *(
        "syn",
        "0107",
        "0107 M 1969",
        "0107 M 1969 dose 0930",
        "0107 M 1969 140/88",
        "0009 dose 0930",
        "0009",
        "0107 dose 0930",
    ),
    "zz",
    *("0031", "0031 K 1974", "0031 140/88", "0031 K 1974 140/88 75", "0031 K 1974 140/88 75 97%", "0031 K 1974 well"),
    *("0031 K 1974 dose", "0031 K 1974 dose 0930", "0031 K 1974 leaving", "0031 K 1974 leaving 1210", "0012", ""),
)


def _line(reader: Reader, page: DoseDayPage) -> None:
    """What the line over the list says back, and how it asks who this is."""
    here = [
        PersonOfDay(f"l-{number}", record, reference, "K 1974", "Dose day", "paused", ())
        for number, (reference, record) in enumerate((("SYN-0031", ""), ("SYN-0012", "r-1"), ("SYN-0013", "")))
    ]
    for people in (here[:2], here):
        page.show_people(people, "", BEFORE)
        page.line.put_back("syn")
        reader.read(SCREEN, f"the line may mean {len(people) + len(BEFORE)}", page)
    for text in LINES:
        page.line.put_back(text)
        reader.read(SCREEN, f"the line, {text}", page)
    page.show_people([here[0], replace(here[0], screening="l-9")])
    page.line.put_back("0031")
    reader.read(SCREEN, "the line names one who stands there twice", page)
    page.show_people(here)
    page.line.put_back("0031 140/88")
    page.line.line.returnPressed.emit()
    reader.read(SCREEN, "the line asks who this is", page)
    page.line.put_back("")
    page.line.say("Recorded.")
    reader.read(SCREEN, "what became of the line", page)


def _entered(reader: Reader) -> None:
    """What is said of something that a line tells, recorded or not."""
    now, low = Moment(Deed.DOSE), Typed(((84, 131),), 31)
    for answers, tells in (
        ({}, now),
        ({"day.given_at": f"{DAY}T10:12"}, now),
        ({"day.given_at": {"state": "not_known"}}, now),
        ({}, Moment(Deed.LEAVING, "12:20")),
        ({"visit.dose_product": "esketamine"}, low),
        ({"visit.dose_product": "esketamine", "day.given_at": f"{DAY}T05:12"}, Typed(((131, 84, 70),))),
        ({}, Typed(((212, 118),))),
        ({"visit.dose_product": "lsd"}, low),
    ):
        session = session_of("dose-day")
        for question, raw in answers.items():
            session.answer(question, raw)
        _note(reader, enter(session, tells))
    session = session_of("dose-day")
    session.answer("bp.readings", READINGS, by="partner")
    _note(reader, enter(session, low))


def _note(reader: Reader, found: Entered | NotEntered) -> None:
    words = [found.said, found.news] if isinstance(found, Entered) else [found.why]
    reader.note(SCREEN, "from the list", words)


def _of_the_day() -> Listing:
    drafts, records = [], []
    for number, answers in enumerate(_answers()):
        session = session_of("dose-day")
        for question, raw in answers.items():
            session.answer(question, raw)
        found = course_so_far(session)
        assert found is not None
        digest = {"pathway": "Dose day", "visit_date": DAY, "state": "paused", "course": found.to_json()}
        opening = session.opening.to_json()
        drafts.append(DraftLine(f"s-{number}", opening, digest if answers else {}, 1, ""))
        for part in range(number % 3):
            more = {"part": part + 1} | ({"part_name": "before the dose"} if part else {})
            records.append(_record(f"s-{number}", part, digest | more, incomplete=False))
    last = drafts.pop()
    for part, incomplete in enumerate((False, True)):
        records.append(_record(last.screening, 5 + part, dict(last.digest), incomplete=incomplete))
    return Listing(tuple(drafts), tuple(records))


def _record(screening: str, number: int, digest: object, *, incomplete: bool) -> RecordLine:
    assert isinstance(digest, dict)
    signed_at = f"{DAY}T12:0{number}:00+00:00"
    return RecordLine(
        f"r-{screening}-{number}",
        screening,
        "SYN-0042",
        "dose-day",
        DAY,
        signed_at,
        "Clinician A",
        incomplete,
        0,
        digest,
    )


def _answers() -> list[dict[str, object]]:
    given: dict[str, object] = {"visit.dose_product": "esketamine", "day.given_at": f"{DAY}T10:12"}
    return [
        {},
        {"bp.readings": READINGS},
        given | {"bp.readings": READINGS},
        given | {"bp.readings": LATER},
        given | {"bp.readings": LATER, "day.left_at": f"{DAY}T12:20"},
        given | {"visit.dose_product": "lsd"},
        given | {"bp.readings": "none taken", "day.left_at": f"{DAY}T12:20"},
    ]


def _through_the_day(worked: Worked) -> Earlier:
    """The readings from anywhere, the clock's time, both parts of the signature; what that leaves for another day."""
    worked.controller.begin()
    worked.workspace.interview.go_to("visit.dose_product")
    worked.read("the product of the visit")
    worked.controller.answer("support.escort", "yes")
    worked.controller.answer("support.adult_home", "full")
    worked.workspace.interview.go_to("support.escort")
    worked.act("add_reading")
    worked.read("a reading from another page")
    worked.act("review")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(VaultShelf, "parts", _not_read)
        worked.review._parts.ask()
        worked.jobs.work_off()
        worked.read("parts not read")
    worked.review._parts.ask()
    worked.jobs.work_off()
    worked.read("nothing signed")
    _sign(worked, "before the dose")
    worked.act("back")
    worked.workspace.interview.go_to("day.given_at")
    worked.press("Time of the dose: now")
    worked.read("dose given now")
    interview = worked.workspace.interview
    for question in ("day.given_at", "day.no_driving_today"):
        interview.go_to(question)
        # Nobody's keyboard is anywhere while this is read: it is told where it was last.
        interview._last = question
        worked.act("next_open")
        worked.read(f"on from {question}")
    worked.controller.answer("bp.readings", LATER)
    interview.go_to("bp.readings")
    worked.read("a saturation behind a reading is offered")
    worked.controller.answer("day.oxygen", 98)
    worked.read("the saturation is recorded")
    worked.controller.answer("day.oxygen", 31)
    worked.read("the saturation is to be looked at again")
    interview.go_to("medicines.list")
    worked.read("no medicine at all is offered")
    worked.press("Medicines: none, and that is all")
    worked.read("no medicine at all")
    interview.go_to("day.forty_at")
    worked.read("the time of a reading is that of the readings")
    interview.go_to("day.falling")
    worked.read("what is seen at one look is offered as yes to each")
    SingleKeys.current().turn(LETTERS, on=False)
    worked.read("the same with letters switched off")
    SingleKeys.current().release()
    worked.press("Pressure falling after the dose: yes to each of these")
    worked.act("review")
    _sign(worked, "after the dose")
    return Earlier(signed_sittings(worked.vault.shelf.signed_under(worked.session.opening.reference)))


def _another_day(worked: Worked, earlier: Earlier) -> None:
    """Earlier answers, not asked today; one is, and is the same; another one is, and is not."""
    for day in (DAY, "2026-11-30", "2027-01-04"):
        worked.controller.set_visit("visit_date", day)
        worked.controller.take_earlier(earlier)
        worked.workspace.interview.go_to("support.escort")
        worked.read(f"not asked on {day}")
    worked.workspace.interview.go_to("bp.last_session")
    worked.read("the last session is offered")
    worked.press("Earlier session with readings: as in that record")
    worked.read("the last session as in its record")
    worked.workspace.interview.go_to("support.escort")
    worked.press("Way home arranged: asked today, same")
    worked.controller.answer("support.adult_home", "none")
    worked.read("asked today")
    worked.act("chart_text")
    worked.reader.note("chart text", "carried over", QGuiApplication.clipboard().text().splitlines())


def _sign(worked: Worked, part: str) -> None:
    worked.controller.respond({item: response(worked.session, item, "reviewed") for item in worked.standing()})
    worked.review.open()
    worked.press(f"Sign the part {part}…")
    worked.read(f"signing the part {part}")
    worked.workspace.identity.confirm.click()
    worked.review.signing.passphrase.setText(PASSPHRASE)
    worked.press(SIGN, worked.review.signing)
    worked.jobs.work_off()
    worked.read(f"part {part} signed")
    worked.act("back")
    worked.jobs.work_off()
    worked.read(f"review after the part {part}")


def _not_read(*_: object) -> None:
    raise WorldError("The records could not be read.", "Try again.")
