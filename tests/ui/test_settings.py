"""Settings: found by words, reset and taken back, and never left with something of the clinic that is not saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from screener.store.files import private_folder
from screener.store.roles import rights_of
from screener.text import WorldError
from screener.ui.appearance import Appearance
from screener.ui.choices import ClinicChoices
from screener.ui.data_place import look
from screener.ui.shell.setting_search import Described, find
from screener.ui.shell.settings import SettingsPage
from screener.ui.shell.settings_foot import NOTHING
from screener.ui.style.theme import Theme
from screener.ui.widgets import speech
from tests.ui.desks import opened, show_in_window
from tests.ui.walk.reader import in_sight, texts_of

KEPT = ClinicChoices({}, "Night line 555 0100", "us-label", 10)


def the_theme() -> Theme:
    """The one that dresses the window."""
    assert Theme._one is not None
    return Theme._one


class Shown:
    """The page in a window, with what it asked for."""

    def __init__(self, qtbot: QtBot, page: SettingsPage) -> None:
        self.page, self.saved, self.gone = page, list[ClinicChoices](), list[str]()
        page.save.connect(self.saved.append)
        for name in ("back", "accounts", "passphrase", "backups", "browse"):
            getattr(page, name).connect(self._goes(name))
        self.window = show_in_window(qtbot, page)
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is page.search)

    def _goes(self, name: str) -> Callable[[], None]:
        return lambda: self.gone.append(name)

    def press(self, name: str) -> None:
        self.button(name).click()

    def button(self, name: str) -> QAbstractButton:
        found = [one for one in self.page.findChildren(QAbstractButton) if one.isVisibleTo(self.page)]
        named = [one for one in found if (one.accessibleName() or one.text()).startswith(name)]
        assert named, f"no button is called {name}: {[one.accessibleName() for one in found]}"
        return named[0]

    def key(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or self.page, key, held)

    def search(self, text: str) -> None:
        self.page.search.clear()
        self.page.search.setFocus()
        QTest.keyClicks(self.page.search, text)

    @property
    def says(self) -> str:
        return "\n".join(texts_of(self.page, in_sight(self.page)))

    def write_card(self, text: str) -> None:
        assert self.page.choosing is not None
        edit = self.page.choosing.card.edit
        edit.setFocus()
        for place, line in enumerate(text.split("\n")):
            if place:
                self.key(Qt.Key.Key_Return)
            QTest.keyClicks(edit, line)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot, SettingsPage(opened(), KEPT, "light", 1.0))


# Finding

AMONG = (
    Described("Colours", "Follows the desktop", ("Light", "Dark"), ("theme",)),
    Described("Locked after", "Without a touch of key or pointer", ("2 min", "10 min")),
    Described("Crisis card", "The site's own wording and numbers"),
)


@pytest.mark.parametrize(
    ("typed", "places", "alike"),
    [
        ("", (0, 1, 2), False),
        ("colo", (0,), False),
        ("COLOURS", (0,), False),
        ("dark", (0,), False),
        ("theme", (0,), False),
        ("touch pointer", (1,), False),
        ("card touch", (), True),
        ("colurs", (0,), True),
        ("colors", (0,), True),
        ("loked", (1,), True),
        ("numbrs of the sight", (), True),
        ("crysis", (2,), True),
        ("zzzz", (), True),
        ("drk", (), True),
        ("…", (0, 1, 2), False),
    ],
)
def test_a_setting_is_found_by_its_words_and_by_words_spelt_nearly_so(
    typed: str, places: tuple[int, ...], alike: bool
) -> None:
    found = find(typed, AMONG)
    assert (found.places, found.alike and bool(typed)) == (places, alike)


def test_each_is_found_by_what_people_call_it(qtbot: QtBot) -> None:
    called = {
        "brightness": "Colours",
        "font": "Text size",
        "keyboard": "J and K walk lists",
        "timeout": "Locked after",
        "FDA": "Labels and country",
        "threshold": "Blood pressure figure for off-label ketamine",
        "drafts": "What this pack changes",
        "version": "Content",
        "vault": "Where the data lies",
        "hotline": "Crisis card",
        "wording": "Words to the patient after a time-critical answer",
        "password": "Accounts",
        "restore": "Backups",
        "automatic": "Backups",
    }
    page = SettingsPage(opened(), KEPT, "light", 1.0)
    qtbot.addWidget(page)
    for typed, name in called.items():
        alike = page.body.narrow(typed).alike
        found = [said.name for section in page.body.sections for part, said in section.entries() if not part.isHidden()]
        assert name in found and not alike, typed


def test_the_search_narrows_the_page_says_how_many_and_escape_shows_all_again(shown: Shown) -> None:
    shown.search("night mode")
    assert "1 setting" in shown.says
    assert "Colours" in shown.says and "Text size" not in shown.says and "It holds once it is saved" not in shown.says
    assert not shown.button("Appearance, This computer").isHidden()
    assert not shown.button("Accounts, This clinic").isEnabled()
    shown.search("dafault figur")
    assert "Nothing found" in shown.says
    assert "No setting is called so" in shown.says and "Colours" not in shown.says
    shown.press("Show every setting")
    assert "Colours" in shown.says and "Nothing found" not in shown.says
    shown.search("bakups")
    assert "spelt nearly so" in shown.says and "Automatic ones" not in shown.says
    shown.key(Qt.Key.Key_Escape)
    assert shown.page.search.text() == "" and "Colours" in shown.says
    assert shown.gone == []
    opened_windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert opened_windows == [shown.window], "a part of the page that has no place in it is a window of its own"
    shown.key(Qt.Key.Key_Escape)
    assert shown.gone == ["back"]


def test_ctrl_f_comes_to_the_search_from_anywhere_and_enter_goes_to_what_was_found(shown: Shown) -> None:
    shown.write_card("")
    shown.key(Qt.Key.Key_F, ctrl=True)
    assert QApplication.focusWidget() is shown.page.search
    shown.search("touch of key")
    shown.key(Qt.Key.Key_Return)
    assert shown.page.choosing is not None
    focus = QApplication.focusWidget()
    assert focus is not None and shown.page.choosing.lock.isAncestorOf(focus)


def test_every_parameter_is_found_by_its_sources(shown: Shown) -> None:
    shown.search("NCT02461927")
    assert "Blood pressure figure for off-label ketamine" in shown.says
    assert "Antidepressants tried" not in shown.says


# Reset


def test_a_setting_of_this_computer_is_reset_and_that_is_taken_back(shown: Shown) -> None:
    theme = the_theme()
    shown.page.appearance.connect(theme.apply)
    shown.page.dress.scheme.button_of("dark").click()
    stood: list[str] = [theme.choice]
    shown.press("Colours: reset to As the system")
    stood.append(theme.choice)
    shown.press("Colours: undo the reset, back to Dark")
    assert [*stood, theme.choice] == ["dark", "system", "dark"]
    shown.press("Colours: reset to As the system")
    shown.page.dress.scheme.button_of("light").click()
    assert shown.button("Colours: reset to As the system").isVisible()
    theme.apply("light", 1.0)


def test_text_grows_in_steps_of_ten_by_button_list_and_key(qtbot: QtBot, shown: Shown) -> None:
    theme = the_theme()
    shown.page.appearance.connect(theme.apply)
    shown.press("Larger text")
    shown.press("Larger text")
    assert theme.text_scale == 1.2
    theme.apply("light", 1.3)
    assert shown.page.dress.percent.currentText() == "130 %"
    shown.page.dress.percent.setFocus()
    shown.key(Qt.Key.Key_Down)
    assert theme.text_scale == 1.4
    theme.apply("light", 1.25)
    assert shown.page.dress.percent.currentText() == "125 %"
    shown.press("Smaller text")
    assert theme.text_scale == 1.2
    for _ in range(9):
        shown.press("Larger text")
    assert (theme.text_scale, shown.page.dress.percent.currentText()) == (2.0, "200 %")
    theme.apply("light", 1.0)


def test_the_key_of_the_colours_says_what_they_are_called(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    said: list[str] = []
    monkeypatch.setattr(speech, "announce", lambda _, text: said.append(text))
    appearance = Appearance(application, QSettings())
    window = QWidget()
    qtbot.addWidget(window)
    before = the_theme().choice
    appearance.dress("dark", 1.0)
    appearance.next_scheme(window)
    appearance.next_scheme(window)
    appearance.dress(before, 1.0)
    assert said == ["Colours: High contrast", "Colours: As the system"]


def test_everything_of_this_computer_is_reset_at_once_and_taken_back_at_once(qtbot: QtBot) -> None:
    chosen = replace(opened(), origin="chosen", folder=Path("northside"))
    page = SettingsPage(chosen, KEPT, "dark", 1.3)
    shown, content = Shown(qtbot, page), list[object]()
    page.content.shipped.connect(lambda: content.append("shipped"))
    page.content.choose.connect(content.append)
    shown.press("Reset everything of this computer")
    assert "As the program comes now: Colours, Text size, Content." in shown.says
    assert (page.dress.scheme.chosen, page.dress.percent.currentData(), content) == ("system", 100, ["shipped"])
    assert page.unsaved == (), "what the clinic chose is not of this computer"
    shown.press("Undo this reset")
    assert "As it was before the reset." in shown.says
    assert (page.dress.scheme.chosen, page.dress.percent.currentData()) == ("dark", 130)
    assert content == ["shipped", Path("northside")]


def test_everything_of_the_clinic_is_reset_at_once_and_waits_to_be_saved(qtbot: QtBot) -> None:
    kept = replace(KEPT, parameters={"pressure_limit": "trial_150"}, lock_after_min=5, patient_words="Ring the bell.")
    shown = Shown(qtbot, SettingsPage(opened(), kept, "dark", 1.0))
    choosing = shown.page.choosing
    assert choosing is not None
    shown.press("Reset everything of this clinic")
    usual = ClinicChoices.of(None)
    assert choosing.wanted == usual and "As the program comes, once it is saved: Locked after" in shown.says
    assert shown.page.unsaved[0] == "Locked after" and len(shown.page.unsaved) == 5
    assert shown.page.dress.scheme.chosen == "dark", "what is of this computer is not of the clinic"
    shown.press("Undo this reset")
    assert choosing.wanted == kept and not shown.page.unsaved
    shown.press("Reset everything of this clinic")
    shown.key(Qt.Key.Key_S, ctrl=True)
    assert shown.saved == [usual]
    shown.page.show_saved(usual, "10:22:00")
    again = Shown(qtbot, SettingsPage(opened(), usual, "dark", 1.0))
    again.press("Reset everything of this clinic")
    assert "Everything of this clinic is as the program comes already." in again.says


def test_nothing_to_reset_is_said(qtbot: QtBot) -> None:
    shown = Shown(qtbot, SettingsPage(opened(), KEPT, "system", 1.0))
    shown.press("Reset everything of this computer")
    assert "Everything of this computer is as the program comes already." in shown.says


def test_a_figure_of_the_clinic_is_reset_to_no_figure_and_back(shown: Shown) -> None:
    choosing = shown.page.choosing
    assert choosing is not None
    options = choosing.clinic.options["pressure_limit"]
    option = next(iter(options))
    options[option].click()
    title = choosing.clinic.titles["pressure_limit"]
    unsaved = [shown.page.unsaved]
    shown.press(f"{title}: reset to No figure chosen")
    unsaved.append(shown.page.unsaved)
    assert unsaved == [(title,), ()]
    shown.press(f"{title}: undo the reset")
    assert choosing.wanted.parameters == {"pressure_limit": option}


# What is not saved


def test_what_is_not_saved_is_named_saved_by_key_and_put_back(shown: Shown) -> None:
    page = shown.page
    assert page.foot.text == NOTHING and not shown.button("Save").isEnabled()
    shown.write_card("Call ")
    assert page.choosing is not None
    page.choosing.lock.after.choice.button_of("5").click()
    assert page.foot.text == "Not saved yet: Locked after, Crisis card."
    shown.key(Qt.Key.Key_S, ctrl=True)
    assert shown.saved == [replace(KEPT, crisis_card="Call Night line 555 0100", lock_after_min=5)]
    page.show_problem(WorldError("The disk is full.", "Make room, then save again."))
    assert page.foot.text == "Not saved. The disk is full. Make room, then save again."
    shown.press("Put back")
    assert (page.unsaved, page.choosing.wanted) == ((), KEPT)
    page.choosing.lock.after.choice.button_of("5").click()
    shown.press("Save")
    page.show_saved(shown.saved[-1], "10:22:07")
    assert page.foot.text == "Saved 10:22:07: Locked after." and page.unsaved == ()
    assert shown.gone == []


WAYS = {
    "Back": "back",
    "Accounts…": "accounts",
    "Your passphrase…": "passphrase",
    "Backups…": "backups",
    "Rules and sources": "browse",
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_leaves_with_something_unsaved_without_being_asked(shown: Shown, way: str) -> None:
    shown.write_card("Call ")
    shown.press(way)
    assert shown.gone == []
    assert shown.page.foot.text == "Not saved yet: Crisis card. Leave Settings all the same?"
    assert QApplication.focusWidget() is shown.button("Save and leave")
    shown.key(Qt.Key.Key_Escape)
    assert (shown.gone, shown.page.foot.text) == ([], "Not saved yet: Crisis card.")
    shown.press(way)
    shown.press("Save and leave")
    assert shown.gone == [], "not before it is on disk"
    shown.page.show_saved(shown.saved[-1], "10:22:07")
    assert shown.gone == [WAYS[way]]


def test_leaving_without_saving_goes_where_one_was_going(shown: Shown) -> None:
    shown.write_card("Call ")
    shown.press("Accounts…")
    shown.press("Backups…")
    shown.press("Leave without saving")
    assert (shown.gone, shown.saved) == (["backups"], [])


def test_a_save_that_failed_leaves_nobody_out(shown: Shown) -> None:
    shown.write_card("Call ")
    shown.press("Back")
    shown.press("Save and leave")
    shown.page.show_problem(WorldError("The disk is full.", "Make room, then save again."))
    assert shown.gone == [] and shown.page.unsaved == ("Crisis card",)
    shown.press("Save")
    shown.page.show_saved(shown.saved[-1], "10:22:07")
    assert shown.gone == [], "the way out was forgotten with the failure"


def test_what_is_typed_while_it_is_being_saved_is_not_taken_for_saved(shown: Shown) -> None:
    shown.write_card("Call ")
    shown.press("Save")
    shown.write_card("now ")
    shown.page.show_saved(shown.saved[-1], "10:22:07")
    assert shown.page.unsaved == ("Crisis card",)
    assert shown.page.foot.text == "Not saved yet: Crisis card."


# The page


def test_the_card_is_shown_as_it_is_read_and_nothing_below_it_moves_while_it_is_typed(shown: Shown) -> None:
    assert shown.page.choosing is not None
    card = shown.page.choosing.card

    def below() -> list[int]:
        inside = shown.page.body.page.widget()
        assert inside is not None
        return [each.mapTo(inside, QPoint(0, 0)).y() for each in shown.page.body.sections]

    before = below()
    shown.write_card("Emergency 112\nAsk for the duty doctor\n\n\nThird\nFourth\nFifth\n")
    QTest.qWait(20)
    assert below() == before
    assert "Ask for the duty doctor" in "\n".join(texts_of(card.preview, in_sight(card.preview)))
    card.edit.clear()
    QTest.qWait(20)
    assert "The crisis card is blank." in "\n".join(texts_of(card.preview, in_sight(card.preview)))
    assert below() == before


def test_the_list_of_sections_turns_the_page_and_follows_it(shown: Shown) -> None:
    shown.press("Crisis card, This clinic")
    assert shown.page.body.section == "Crisis card"
    assert shown.page.choosing is not None
    focus = QApplication.focusWidget()
    assert focus is not None and shown.page.choosing.card.isAncestorOf(focus)
    shown.page.body.page.verticalScrollBar().setValue(0)
    first = shown.button("Appearance, This computer")
    assert first.isChecked()
    first.setFocus()
    for _ in range(3):
        shown.key(Qt.Key.Key_Down)
    focus = QApplication.focusWidget()
    assert focus is not None and focus.accessibleName() == "Where the data lies, This computer"
    assert shown.page.body.section == "Where the data lies"


def test_with_little_room_there_is_one_column(shown: Shown) -> None:
    theme = the_theme()
    assert shown.page.body._rail.isVisible()
    shown.window.resize(1024, 768)
    QTest.qWait(20)
    assert shown.page.body._rail.isVisible()
    theme.apply("light", 1.4)
    shown.window.resize(1023, 768)
    QTest.qWait(20)
    assert not shown.page.body._rail.isVisible()
    theme.apply("light", 1.0)


def test_whose_role_does_not_choose_reads_it_and_finds_it(qtbot: QtBot) -> None:
    rights = rights_of("clinician", administers=False)
    shown = Shown(qtbot, SettingsPage(opened(), KEPT, "light", 1.0, rights, ["Clinician A"]))
    assert "Night line 555 0100" in shown.says and not shown.page.foot.isVisible()
    shown.search("night line")
    assert "1 setting" in shown.says and "Night line 555 0100" in shown.says
    shown.key(Qt.Key.Key_S, ctrl=True)
    shown.key(Qt.Key.Key_Escape)
    shown.press("Your passphrase…")
    assert (shown.saved, shown.gone) == ([], ["passphrase"])


def test_tab_goes_once_round_as_the_page_reads(shown: Shown) -> None:
    met: list[str] = []
    while (focus := QApplication.focusWidget()) is not None and focus.accessibleName() not in met:
        met.append(focus.accessibleName())
        shown.key(Qt.Key.Key_Tab)
    assert focus is shown.page.search, f"Tab turned back to {focus}"
    wanted = ["Search settings", "Back", "Appearance, This computer", "Colours: Light", "Text size", "Crisis card"]
    assert [name for name in met if name in wanted] == wanted
    assert "Locked after: 10 min" in met and met[-1] == "Backups…"


# Where the data lies


def test_what_lies_in_the_folder_is_told_by_kind_and_counted(tmp_path: Path) -> None:
    for name, size in (("vault.db", 5000), ("vault.keys.json", 500), ("window.ini", 10), ("notes.txt", 3)):
        (tmp_path / name).write_bytes(b"x" * size)
    private_folder(tmp_path / "packs" / "inner")
    (tmp_path / "packs" / "inner" / "a.json").write_bytes(b"x" * 70)
    (tmp_path / "loop").symlink_to(tmp_path)
    told = {one.name: one.size for one in look(tmp_path)}
    link = (tmp_path / "loop").lstat().st_size
    assert told == {
        "The records": 5500,
        "Content as it was read": 70,
        "Settings of this computer": 10,
        "Anything else": 3 + link,
    }
    assert look(tmp_path / "gone") == ()


def test_the_folder_is_said_its_path_copied(qtbot: QtBot, tmp_path: Path) -> None:
    shown = Shown(qtbot, SettingsPage(opened(), KEPT, "light", 1.0, folder=tmp_path))
    assert str(tmp_path) in shown.says and "looking through the folder…" in shown.says
    (tmp_path / "vault.db").write_bytes(b"x" * 2_500_000)
    shown.page.data.show_lying(look(tmp_path))
    assert "2.5 MB" in shown.says and "the program talks to no other computer" in shown.says
    shown.press("Copy its path")
    assert QApplication.clipboard().text() == str(tmp_path)
    assert f"Copied: {tmp_path}" in shown.says
    shown.page.data.show_unread("The folder cannot be read.")
    assert "The folder cannot be read." in shown.says


def test_every_control_says_what_it_is(shown: Shown) -> None:
    page: QWidget = shown.page
    names = [one.accessibleName() for one in page.findChildren(QAbstractButton) if one.isVisibleTo(page)]
    assert all(names)
