"""Content chosen in Settings, and read again while the program runs: real windows, real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPlainTextEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.local import entry_hash
from screener.forms.pack import load_pack
from screener.screening.session import Session
from screener.store.vault import Vault
from screener.ui.app import Program, build
from screener.ui.content import Content, News
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.session_controller import SessionController
from screener.ui.shell.findings import FindingsOverPage, StartFindingsPage
from screener.ui.shell.first_start import FirstStartPage
from screener.ui.shell.home import HomePage
from screener.ui.shell.new_screening import Beginning, NewScreeningPage
from screener.ui.shell.settings import SettingsPage
from screener.ui.widgets.controls import ActionButton, Chip, RadioRow
from screener.ui.widgets.read_card import ReadCard
from tests.forms.writing import FILES, write_pack
from tests.journeys.person import Person
from tests.journeys.test_finding import find
from tests.ui.desks import CLOCK, OpenDesk

QUESTIONS, RULES = "themes/heart/questions.yaml", "themes/heart/rules.yaml"
PATIENCE_MS = 20_000
HEAD = 'id: northside\nversion: "3"\nextends: intake\ntitle: Northside clinic\n'
OWN = "id: heart\nquestions:\n  - {id: heart.pacemaker, kind: yes_no, text: Is there a pacemaker?}\n"
OFF = 'off:\n  - {rule: heart.fast, reason: On paper., by: Clinician A, on: "2026-11-02"}\n'


@pytest.fixture
def intake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack in the place of the shipped one."""
    for module in ("screener.forms.local", "screener.ui.app"):
        monkeypatch.setattr(f"{module}.forms_folder", lambda: tmp_path / "forms")
    return write_pack(tmp_path / "forms", ("pack.yaml", "id: small", "id: intake")).rename(
        tmp_path / "forms" / "intake"
    )


@pytest.fixture
def northside(tmp_path: Path) -> Path:
    """A local pack: one question of its own."""
    folder = tmp_path / "northside"
    (folder / "themes/heart").mkdir(parents=True)
    (folder / "pack.yaml").write_text(HEAD)
    (folder / QUESTIONS).write_text(OWN)
    return folder


class Desk:
    """The running program with open records, and what its content said so far."""

    def __init__(self, qtbot: QtBot, home: Path, given: Path | None) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot = qtbot
        self.program: Program = build(application, home=home, pack_folder=given, clock=CLOCK)
        self.window = self.program.window
        self.content: Content = self.program._content
        self.told: list[News] = []
        self.content.told.connect(self.told.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.waits(lambda: isinstance(self.window.page, FirstStartPage | StartFindingsPage))

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def open_records(self) -> HomePage:
        self.program._open_clinic(Vault.in_memory(CLOCK, name="Clinician A"))
        page = self.window.page
        assert isinstance(page, HomePage)
        return page

    def settings(self) -> SettingsPage:
        if not isinstance(self.window.page, HomePage):
            self.open_records()
        home = self.window.page
        assert isinstance(home, HomePage)
        home.settings.emit()
        page = self.window.page
        assert isinstance(page, SettingsPage)
        return page

    def choose(self, folder: Path) -> News:
        """As the dialog hands it over."""
        before = len(self.told)
        self.content.choose(folder)
        self.waits(lambda: len(self.told) > before)
        self.turns()
        return self.told[-1]

    def news(self, change: Callable[[], object]) -> News:
        """What is told after files were changed."""
        before = len(self.told)
        self.settles()
        change()
        self.waits(lambda: len(self.told) > before)
        self.turns()
        return self.told[-1]

    def settles(self) -> None:
        self.waits(lambda: not self.content._jobs.busy)

    def rests(self) -> None:
        """The window has the keyboard, and pages have given it to whom they wish."""
        self.window.activateWindow()
        self.waits(self.window.isActiveWindow)
        self.turns()

    def turns(self) -> None:
        """The loop comes round once: what was made anew is shown."""
        turned: list[bool] = []
        QTimer.singleShot(0, lambda: turned.append(True))
        self.waits(lambda: turned)

    def close(self) -> None:
        self.window.close()
        self.program.shut()


Start = Callable[..., Desk]


@pytest.fixture
def start(qtbot: QtBot, intake: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the program, over the same home each time."""
    assert intake.is_dir()
    desks: list[Desk] = []

    def begin(given: Path | None = None) -> Desk:
        while desks:
            desks.pop().close()
        desks.append(Desk(qtbot, tmp_path / "home", given))
        return desks[0]

    yield begin
    while desks:
        desks.pop().close()


def says(page: QWidget) -> str:
    """Everything that stands on a page, line by line."""
    return "\n".join(made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page))


def button(page: QWidget, text: str) -> ActionButton:
    (found,) = [made for made in page.findChildren(ActionButton) if made.text() == text and made.isVisibleTo(page)]
    return found


def cards(page: QWidget) -> list[str]:
    return [card.accessibleName() for card in page.findChildren(ReadCard) if card.isVisibleTo(page)]


def replaced(file: Path, text: str) -> None:
    """Save as editors do: a new file, put in the place of the old one."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(text)
    new.replace(file)


# The card


def test_settings_say_which_pack_is_open_and_that_nothing_is_changed(start: Start) -> None:
    desk = start()
    page = desk.settings()
    said = says(page)
    pack = desk.content.pack
    assert pack is not None
    for words in (
        "A small pack",
        "comes with the program",
        "intake 1",
        "unreviewed",
        "4 active, 0 as draft",
        "0 of 4 rules",
        "not evaluated; a local pack that says drafts: on evaluates them",
        pack.hash[:12],
        "10:22, 0 findings",
        "The content is open as it came with the program.",
    ):
        assert words in said, words
    assert [text for text in ("Show findings", "Back to the shipped content") if text in buttons(page)] == []
    assert cards(page.content) == []


def buttons(page: QWidget) -> list[str]:
    return [made.text() for made in page.findChildren(ActionButton) if made.isVisibleTo(page)]


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the dialog is a window of its own
def test_a_folder_is_chosen_in_a_dialog_and_remembered_until_one_goes_back(
    start: Start, northside: Path, tmp_path: Path
) -> None:
    desk = start()
    page = desk.settings()
    button(page, "Choose a folder…").click()
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(northside))
    dialog.accept()
    desk.waits(lambda: desk.told)
    desk.turns()
    assert desk.window.page is page
    for words in ("Northside clinic", "local pack", "northside 3, extends intake", str(northside)):
        assert words in says(page), words
    assert cards(page.content) == ["Added. Questions: heart.pacemaker (Is there a pacemaker?)"]
    assert desk.window.news.text.startswith(
        "Content opened at 10:22: northside 3, 0 findings. Screenings already begun"
    )
    assert desk.window._standing.accessibleName().startswith("Pack northside 3, ")
    again = start()
    assert again.content.folder == northside
    page = again.settings()
    button(page, "Back to the shipped content").click()
    again.waits(lambda: "intake 1" in says(page))
    assert "Back to the shipped content" not in buttons(page)
    assert start().content.origin == "shipped"


def test_a_folder_named_for_one_start_is_not_remembered(start: Start, northside: Path) -> None:
    desk = start(northside)
    assert f"{northside} (named for this start only)" in says(desk.settings())
    assert start().content.origin == "shipped"


def test_what_is_added_replaced_and_off_is_read_by_tab_in_the_order_of_the_page(
    start: Start, intake: Path, northside: Path
) -> None:
    base = load_pack(intake).pack
    assert base is not None
    bled = FILES[RULES].partition("- id: heart.recent")[0].replace("tier: review", "tier: note")
    of = entry_hash(base.rules["heart.bled"])
    (northside / RULES).write_text(bled.replace("  class:", f"  override: true\n  of: {of}\n  class:"))
    (northside / "pack.yaml").write_text(f"{HEAD}drafts: on\n{OFF}")
    desk = start()
    page = desk.settings()
    desk.choose(northside)
    expected = [
        "Added. Questions: heart.pacemaker (Is there a pacemaker?)",
        "Replaced rule heart.bled, Bleeding in the brain: tier: as shipped review, here note",
        "Switched off, rule heart.fast, Fast heart rate: On paper. Clinician A, 2026-11-02",
    ]
    assert cards(page.content) == expected
    assert "3 active, 0 as draft, 1 switched off" in says(page)
    assert "evaluated, each marked “draft: no source read”: the pack says drafts: on" in says(page)
    desk.rests()
    button(page, "Back to the shipped content").setFocus()
    met = []
    for _ in range(4):
        QTest.keyClick(desk.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        met.append(focus.accessibleName())
    last = "With a made-up patient nothing is kept: what is typed is gone when the window is closed."
    assert met == [*expected, last]


# Findings


def test_a_folder_with_findings_is_not_taken_over(start: Start, northside: Path) -> None:
    (northside / QUESTIONS).write_text(OWN.replace("yes_no", "yes_now"))
    desk = start()
    page = desk.settings()
    news = desk.choose(northside)
    assert (news.taken, news.said) == (
        False,
        "northside was read at 10:22: 1 finding; the content that was open stays in use.",
    )
    over = desk.window.page
    assert isinstance(over, FindingsOverPage)
    (card,) = cards(over)
    assert card.startswith(
        f"northside/{QUESTIONS}:3: 'yes_now' is not one of the words for 'kind': did you mean yes_no?"
    )
    assert desk.content.origin == "shipped"
    assert "heart.pacemaker" not in (desk.content.pack or pytest.fail("no pack")).questions
    desk.settles()
    QTest.keyClick(over, Qt.Key.Key_Escape)
    desk.waits(lambda: desk.window.page is page)
    assert "intake 1" in says(page)
    assert QSettings(str(desk.program._home / "window.ini"), QSettings.Format.IniFormat).value("content/folder") is None


def test_a_folder_whose_findings_are_mended_is_opened_by_reading_it_again(start: Start, northside: Path) -> None:
    (northside / QUESTIONS).write_text(OWN.replace("yes_no", "yes_now"))
    desk = start()
    page = desk.settings()
    desk.choose(northside)
    (northside / QUESTIONS).write_text(OWN.replace("yes_no", "yes_nor"))
    QTest.keyClick(desk.window.page, Qt.Key.Key_F5)
    desk.waits(lambda: "yes_nor" in "".join(cards(desk.window.page)))
    (northside / QUESTIONS).write_text(OWN)
    QTest.keyClick(desk.window.page, Qt.Key.Key_F5)
    desk.waits(lambda: desk.window.page is page)
    desk.waits(lambda: "northside 3, extends intake" in says(page))


@pytest.mark.parametrize("there", [True, False])
def test_a_remembered_folder_that_cannot_be_used_leaves_the_last_good_pack_and_a_way_back(
    start: Start, northside: Path, there: bool
) -> None:
    start().choose(northside)
    away = northside.rename(northside.with_name("away"))
    if there:
        away.rename(northside)
        (northside / "pack.yaml").write_text(HEAD.replace("extends: intake", "extends: intak"))
    desk = start()
    page = desk.window.page
    assert isinstance(page, StartFindingsPage)
    assert "so the last good pack is used: northside 3." in says(page)
    assert ("there is no shipped pack 'intak'" if there else f"there is no folder {northside}") in says(page)
    button(page, "Go on with the last good pack").click()
    settings = desk.settings()
    assert "1 finding in the folder: the last good pack stays in use." in settings.content.notice.text
    button(settings, "Show findings").click()
    desk.turns()
    over = desk.window.page
    assert isinstance(over, FindingsOverPage)
    assert "Read at 10:22: 1 finding. The last good pack stays in use: northside 3." in says(over)
    desk = start()
    page = desk.window.page
    button(page, "Use the shipped content").click()
    desk.waits(lambda: isinstance(desk.window.page, FirstStartPage))
    assert desk.content.origin == "shipped"
    assert isinstance(start().window.page, FirstStartPage)


# Live reload


def test_a_saved_change_is_read_however_it_was_saved(start: Start, northside: Path) -> None:
    desk = start(northside)
    home = desk.open_records()

    def texts() -> list[str]:
        assert desk.content.pack is not None
        return [question.text for question in desk.content.pack.questions.values()][-1:]

    file = northside / QUESTIONS
    news = desk.news(lambda: file.write_text(OWN.replace("a pacemaker", "one pacemaker")))
    assert (texts(), news.taken) == (["Is there one pacemaker?"], True)
    assert news.said.startswith("Content read again at 10:22: 0 findings. Screenings already begun go on under the")
    desk.news(lambda: replaced(file, OWN.replace("a pacemaker", "any pacemaker")))
    assert texts() == ["Is there any pacemaker?"]
    desk.news(lambda: replaced(file, OWN.replace("a pacemaker", "his pacemaker")))
    assert texts() == ["Is there his pacemaker?"]
    desk.news(lambda: file.write_text(OWN))
    assert texts() == ["Is there a pacemaker?"]

    def new_theme() -> None:
        (northside / "themes/arrival").mkdir()
        theme = OWN.replace("id: heart\n", "id: arrival\ntitle: Arrival\npathways: [spray]\n")
        theme = theme.replace("heart.pacemaker", "arrival.way").replace("Is there a pacemaker?", "W?")
        (northside / "themes/arrival/questions.yaml").write_text(theme)

    desk.news(new_theme)
    desk.waits(lambda: texts() == ["W?"])
    desk.news(lambda: (northside / "themes/arrival/questions.yaml").unlink())
    assert texts() == ["Is there a pacemaker?"]
    assert desk.window.page is home
    assert "Pack northside 3: files load, 0 findings" in home.rail.pack.text()


def test_a_change_of_spelling_says_that_nothing_changed(start: Start, northside: Path) -> None:
    desk = start(northside)
    news = desk.news(lambda: (northside / QUESTIONS).write_text(f"# ours\n{OWN}"))
    assert news.said == "Content read again at 10:22: 0 findings. Nothing in it changed."


def test_what_is_not_content_is_not_told(start: Start, northside: Path, qtbot: QtBot) -> None:
    desk = start(northside)
    desk.settles()
    with qtbot.waitSignal(desk.content._watch.stirred, timeout=PATIENCE_MS):
        (northside / QUESTIONS).with_name(".questions.yaml.swp").write_text("x")
    desk.settles()
    assert desk.told == []


def test_findings_of_a_saved_change_leave_the_content_and_lead_to_the_list(start: Start, northside: Path) -> None:
    desk = start(northside)
    page = desk.settings()
    before = desk.content.pack
    news = desk.news(lambda: (northside / QUESTIONS).write_text(OWN.replace("kind", "knid").replace("text", "txet")))
    said = f"Content read again at 10:22: {len(news.findings)} findings; the content that was open stays in use."
    assert (len(news.findings) > 1, desk.window.news.text) == (True, said)
    assert desk.content.pack is before
    assert desk.window.page is page
    assert f"{len(news.findings)} findings in the folder" in page.content.notice.text
    desk.window.news.more.click()
    over = desk.window.page
    assert isinstance(over, FindingsOverPage)
    assert len(cards(over)) == len(news.findings)
    desk.news(lambda: replaced(northside / QUESTIONS, OWN))
    assert desk.window.page is over
    assert cards(over) == []
    assert "0 findings" in says(over)
    button(over, "Back").click()
    assert desk.window.page is page
    assert page.content.notice.text == ""


def test_a_folder_that_goes_away_and_comes_back_is_read_again(start: Start, northside: Path) -> None:
    desk = start(northside)
    away = northside.with_name("away")
    news = desk.news(lambda: northside.rename(away))
    assert (news.taken, news.findings[0].message) == (False, f"there is no folder {northside}")
    assert desk.content.pack is not None and "heart.pacemaker" in desk.content.pack.questions
    assert desk.news(lambda: away.rename(northside)).taken


def test_f5_reads_again_from_any_page_and_the_line_is_closed_by_its_button(start: Start, northside: Path) -> None:
    desk = start(northside)
    home = desk.open_records()
    QTest.keyClick(home, Qt.Key.Key_F5)
    desk.waits(lambda: desk.told)
    assert desk.window.news.text.endswith("0 findings. Nothing in it changed.")
    assert not desk.window.news.more.isVisible()
    desk.window.news.shut.click()
    assert desk.window.news.text == ""


def figures(page: SettingsPage) -> dict[str, dict[str, RadioRow]]:
    """The options of each parameter that the clinic is asked for."""
    assert page.choosing is not None
    return page.choosing.clinic.options


def test_what_is_being_written_in_settings_stays(start: Start, northside: Path) -> None:
    desk = start(northside)
    page = desk.settings()
    desk.rests()
    assert page.choosing is not None
    card: QPlainTextEdit = page.choosing.card.edit
    card.setFocus()
    QTest.keyClicks(card, "Call 1")
    figures(page)["pressure"]["high"].setChecked(True)
    desk.news(lambda: (northside / "pack.yaml").write_text(HEAD + OFF))
    assert "switched off" in says(page)
    assert QApplication.focusWidget() is card
    QTest.keyClicks(card, "44")
    assert card.toPlainText() == "Call 144"
    assert figures(page)["pressure"]["high"].isChecked()


def test_parameters_follow_the_pack_and_choices_of_others_are_kept(start: Start, northside: Path) -> None:
    desk = start(northside)
    page = desk.settings()
    figures(page)["pressure"]["low"].setChecked(True)
    parameter = FILES["profiles/clinic.yaml"].replace("id: clinic", "id: ours").replace("id: pressure", "id: pulse")
    parameter = parameter.replace("title: Pressure", "title: Pulse") + "always: true\n"
    (northside / "profiles").mkdir()
    desk.news(lambda: (northside / "profiles/ours.yaml").write_text(parameter))
    assert figures(page)["pressure"]["low"].isChecked()
    figures(page)["pulse"]["high"].setChecked(True)
    desk.news(lambda: (northside / "profiles/ours.yaml").unlink())
    assert list(figures(page)) == ["pressure"]
    assert all(made.accessibleName() for made in page.findChildren(QRadioButton))
    with desk.qtbot.waitSignal(page.save) as saved:
        button(page, "Save").click()
    assert saved.args[0].parameters == {"pressure": "low", "pulse": "high"}
    desk.waits(lambda: "Saved 10:22:00: Pressure, pulse." in says(page))


# Screenings


def begin(desk: Desk, page: NewScreeningPage) -> Session:
    page.begin.emit(
        Beginning(
            reference="SYN-0042",
            second_mark="K 1974",
            pathway="spray",
            profiles=("general", "clinic"),
            product="",
            visit_date="2026-11-23",
            role="clinician",
            age=None,
        )
    )
    clinic = desk.program._clinic
    assert clinic is not None
    desk.waits(lambda: clinic.workspace)
    assert clinic.workspace is not None
    return clinic.workspace.controller.session


def new_screening(desk: Desk) -> NewScreeningPage:
    desk.open_records().new.emit()
    page = desk.window.page
    assert isinstance(page, NewScreeningPage)
    return page


def test_a_screening_in_progress_is_not_touched_and_goes_on_under_its_content(start: Start, northside: Path) -> None:
    desk = start(northside)
    session = begin(desk, new_screening(desk))
    pack = session.pack
    workspace = desk.window.page
    news = desk.news(lambda: (northside / "pack.yaml").write_text(HEAD.replace('"3"', '"4"') + OFF))
    assert news.taken and desk.content.pack is not None and desk.content.pack.head.version == "4"
    assert desk.window.page is workspace
    assert session.pack is pack and "heart.fast" in session.rules.rules
    assert desk.window._standing.accessibleName().startswith("Pack northside 3, ")
    assert desk.window.news.text.endswith("go on under the content that they were begun with.")
    clinic = desk.program._clinic
    assert clinic is not None and clinic.workspace is not None
    clinic.workspace.leave()
    desk.waits(lambda: isinstance(desk.window.page, HomePage))
    home = desk.window.page
    assert isinstance(home, HomePage)
    assert "Pack northside 4" in home.rail.pack.text()
    assert desk.window._standing.accessibleName().startswith("Pack northside 4, ")
    desk.waits(lambda: home.shown.drafts)
    home.open_draft.emit(home.shown.drafts[0].screening)
    desk.waits(lambda: clinic.workspace)
    assert clinic.workspace is not None
    assert clinic.workspace.controller.session.pack.hash == pack.hash
    assert "heart.fast" in clinic.workspace.controller.session.rules.rules


def test_the_list_knows_what_a_screening_is_before_anything_is_answered_in_it(start: Start, northside: Path) -> None:
    desk = start(northside)
    session = begin(desk, new_screening(desk))
    clinic = desk.program._clinic
    assert clinic is not None
    desk.waits(lambda: not desk.program._jobs.busy)
    (line,) = clinic._vault.shelf.drafts()
    assert not session.recorded and line.steps == 0
    assert line.digest["pathway"] == session.rules.pathway.short and line.digest["shown"] > 0


def test_a_screening_begins_under_the_content_that_its_page_showed(start: Start, northside: Path) -> None:
    desk = start(northside)
    page = new_screening(desk)
    shown = desk.content.pack
    desk.news(lambda: (northside / "pack.yaml").write_text(HEAD + OFF))
    session = begin(desk, page)
    assert session.pack is shown
    assert session.opening.pack.hash == session.pack.hash


def test_a_page_beside_a_screening_that_was_left_stands_under_the_content_of_today(
    start: Start, northside: Path
) -> None:
    desk = start(northside)
    begin(desk, new_screening(desk))
    desk.news(lambda: (northside / "pack.yaml").write_text(HEAD.replace('"3"', '"4"') + OFF))
    assert desk.window._standing.accessibleName().startswith("Pack northside 3, ")
    desk.rests()
    clinic = desk.program._clinic
    assert clinic is not None and clinic.workspace is not None
    clinic.workspace.identity.confirm.click()
    person = Person(desk.qtbot.waitUntil, desk.window)
    find(person, "room dose day")
    person.waits_for("Nobody yet today", "Pack northside 4, ")
    assert clinic.workspace is None
    person.press("Ctrl+L")
    person.waits_for("Set up records for this clinic")


def test_a_form_is_printed_of_the_content_that_its_page_showed(start: Start, intake: Path) -> None:
    desk = start()
    desk.open_records().forms.emit()
    page = desk.window.page
    shown = desk.content.pack
    for file in intake.rglob("*.yaml"):
        text = file.read_text("utf-8")
        text = text.replace("id: spray", "id: other-spray").replace("pathways: [spray]", "pathways: [other-spray]")
        file.write_text(text, "utf-8")
    (intake / "pathways/spray.yaml").rename(intake / "pathways/other-spray.yaml")
    news = desk.news(lambda: QTest.keyClick(page, Qt.Key.Key_F5))
    assert news.taken and desk.content.pack is not shown, news.findings
    button(page, "Preview the form").click()
    person = Person(desk.qtbot.waitUntil, desk.window)
    person.waits_for("Blank form, A spray", "page 1")


def test_nobody_is_interrupted_while_typing(start: Start, northside: Path) -> None:
    desk = start(northside)
    home = desk.open_records()
    desk.rests()
    home.search.setFocus()
    QTest.keyClicks(home.search, "SYN")
    desk.news(lambda: (northside / QUESTIONS).write_text(OWN.replace("yes_no", "yes_now")))
    assert QApplication.focusWidget() is home.search
    QTest.keyClicks(home.search, "-0042")
    assert home.search.text() == "SYN-0042"


# Drafts


def test_a_draft_that_is_evaluated_says_so_in_the_list_and_in_the_review(
    qtbot: QtBot, intake: Path, northside: Path
) -> None:
    text = (intake / RULES).read_text()
    draft = text.replace("title: Bleeding in the brain\n", "title: Bleeding in the brain\n  status: draft\n")
    (intake / RULES).write_text(draft)
    (northside / "pack.yaml").write_text(f"{HEAD}drafts: on\n")
    pack = load_pack(northside).pack
    assert pack is not None
    from tests.forms.test_local import session as session_over

    session = session_over(pack, {"heart.bleed": "yes"})
    desk = OpenDesk(qtbot, session)
    desk.confirm()
    marked = [made.text() for made in desk.workspace.interview.findChildren(Chip)]
    assert marked.count("draft: no source read") == 1
    detail = ItemDetail(SessionController(session))
    qtbot.addWidget(detail)
    detail.show_item("heart.bled")
    assert "draft: no source read" in [made.text() for made in detail.findChildren(Chip)]
    desk.close()
