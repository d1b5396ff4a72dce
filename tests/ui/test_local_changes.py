"""What a clinic's own folder changes in the shipped content, in the browser of the running program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from screener.forms.local import entry_hash, read_pack
from screener.store.vault import Vault
from screener.ui.app import Program, build
from screener.ui.packs.browser import BrowserPage
from screener.ui.packs.entries import Row
from screener.ui.shell.findings import StartFindingsPage
from screener.ui.shell.first_start import FirstStartPage
from screener.ui.shell.home import HomePage
from screener.ui.widgets.read_card import ReadCard
from screener.ui.widgets.text import WrapLabel
from tests.forms.writing import FILES, write_pack
from tests.ui.desks import CLOCK

PATIENCE_MS = 20_000
RULES = "themes/heart/rules.yaml"
OWN_QUESTION = "id: heart\nquestions:\n  - {id: heart.pacemaker, kind: yes_no, text: Is there a pacemaker?}\n"
OFF = 'off:\n  - {rule: heart.bled, reason: On paper., by: Clinician A, on: "2026-11-02"}\n'


def write_local(folder: Path, shipped: Path) -> Path:
    """A folder that moves the first line of a rule by ten, adds a question and a source, and switches a rule off."""
    pack, findings, _ = read_pack(shipped)
    assert pack is not None, findings
    _, _, after = FILES[RULES].partition("- id: heart.fast\n")
    rule = f"- id: heart.fast\n{after.partition('- id: ')[0]}"
    own = f"  override: true\n  of: {entry_hash(pack.rules['heart.fast'])}\n  class:"
    rule = rule.replace("  class:", own, 1).replace("title: Above 100", "title: Above 110")
    rule = rule.replace("above: 100", "above: 110").replace("heart.rate: 101", "heart.rate: 111")
    for name, text in {
        "pack.yaml": f'id: northside\nversion: "3"\nextends: intake\ntitle: Northside clinic\n{OFF}',
        "sources.yaml": "policy:\n  title: Northside policy\n  read: all of it\n",
        "themes/heart/questions.yaml": OWN_QUESTION,
        RULES: rule,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


class Desk:
    """The running program over the clinic's own folder, with the browser open."""

    def __init__(self, qtbot: QtBot, home: Path, folder: Path) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.qtbot, self.folder = qtbot, folder
        self.program: Program = build(application, home=home, pack_folder=folder, clock=CLOCK)
        window = self.window = self.program.window
        qtbot.addWidget(window)
        window.show()
        self.waits(lambda: isinstance(window.page, FirstStartPage | StartFindingsPage))
        self.program._open_clinic(Vault.in_memory(CLOCK, name="Clinician A"))
        window.activateWindow()
        self.waits(window.isActiveWindow)
        self.waits(lambda: isinstance(window.page, HomePage))
        assert isinstance(window.page, HomePage)
        window.page.rules.emit()
        self.waits(lambda: isinstance(window.page, BrowserPage))
        page = window.page
        assert isinstance(page, BrowserPage)
        self.page: BrowserPage = page
        self.settles()

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def settles(self) -> None:
        side = self.page.side
        self.waits(lambda: self.page.library is not None and not self.page._pause.isActive())
        self.waits(lambda: all(page.whole for page in (side.rule, side.question, side.source)))

    def press(self, name: str) -> None:
        found = (made for made in self.page.findChildren(QAbstractButton) if made.isVisible())
        next(made for made in found if (made.accessibleName() or made.text()) == name).click()
        self.settles()

    def opens(self, kind: str, name: str) -> None:
        self.page.go_to(kind, name)
        self.settles()

    def says(self, inside: QWidget) -> str:
        return "\n".join(made.text() for made in inside.findChildren(QLabel) if made.isVisible())

    def change(self) -> ReadCard:
        """The card that says what the folder changes."""
        cards = (card for card in self.page.side.page.findChildren(ReadCard) if card.isVisible())
        return next(card for card in cards if card.accessibleName().startswith("What this pack changes. "))

    @property
    def listed(self) -> list[str]:
        return [row.id for row in self.page.lists.list.rows.rows if not row.head]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for module in ("screener.forms.local", "screener.ui.app"):
        monkeypatch.setattr(f"{module}.forms_folder", lambda: tmp_path / "forms")
    made = write_pack(tmp_path / "forms", ("pack.yaml", "id: small", "id: intake"))
    shipped = made.rename(tmp_path / "forms" / "intake")
    desk = Desk(qtbot, tmp_path / "home", write_local(tmp_path / "northside", shipped))
    yield desk
    desk.window.close()
    desk.program.shut()


def test_a_limit_that_the_clinic_moved_stands_beside_the_shipped_one_with_its_figures_marked(desk: Desk) -> None:
    desk.opens("rule", "heart.fast")
    assert "northside 3, extends intake" in desk.page._name.text()
    said = desk.says(desk.page.side.rule)
    assert "Replaced here" in said.splitlines()
    card = desk.change()
    for words in ("Replaced here: 2 parts differ", "As shipped", "As it is here", "Every other part is as shipped."):
        assert words in desk.says(card).splitlines(), words
    strong = [
        (made.text(), [text for text, marked in made._runs if marked])
        for made in card.findChildren(WrapLabel)
        if any(marked for _, marked in made._runs)
    ]
    assert [words for _, words in strong] == [["100"], ["110"], ["100"], ["110"]]
    heard = "as shipped Resting rate above 100 per minute, here Resting rate above 110 per minute"
    assert heard in card.accessibleName()


def test_the_change_is_read_before_the_rule_itself(desk: Desk) -> None:
    desk.opens("rule", "heart.fast")
    cards = [card for card in desk.page.side.rule.findChildren(ReadCard) if card.isVisible()]
    tops = {card.accessibleName(): card.mapTo(desk.page, card.rect().topLeft()).y() for card in cards}
    assert min(tops, key=lambda name: tops[name]) == desk.change().accessibleName()


def test_a_list_shows_only_what_is_changed_and_all_again(desk: Desk) -> None:
    assert len(desk.listed) == 4
    desk.press("Only what is changed here (2)")
    assert desk.listed == ["heart.bled", "heart.fast"]
    assert "2 of 4 rules" in desk.says(desk.page.lists)
    seconds = [row.second for row in desk.page.lists.list.rows.rows if isinstance(row, Row)]
    assert seconds == ["2", "Switched off here · Contraindication · A label", "Replaced here · Evidence · A trial"]
    desk.opens("rule", "heart.recent")
    assert len(desk.listed) == 4, "what hid the rule is taken back"
    desk.press("Only what is changed here (2)")
    desk.press("All again")
    assert len(desk.listed) == 4
    desk.press("Show: Questions")
    desk.press("Only what is changed here (1)")
    assert desk.listed == ["heart.pacemaker"]
    assert desk.change().accessibleName().endswith("Added here: the shipped content does not have it")
    desk.press("Show: Sources")
    desk.press("Only what is changed here (1)")
    assert desk.listed == ["policy"]
    desk.press("Show: Findings")
    assert not desk.page.lists.changed.isVisible()


def test_a_rule_that_is_switched_off_says_why_and_by_whom(desk: Desk) -> None:
    desk.opens("rule", "heart.bled")
    said = desk.says(desk.change()).splitlines()
    assert "Switched off here: On paper. Clinician A, 2026-11-02" in said
    assert "As it stands it is as shipped." in said


def test_a_change_that_is_taken_back_in_the_file_is_gone_from_the_page(desk: Desk) -> None:
    desk.opens("rule", "heart.fast")
    desk.press("Only what is changed here (2)")
    (desk.folder / RULES).unlink()
    desk.waits(lambda: desk.listed == ["heart.bled"])
    desk.settles()
    desk.press("All again")
    desk.opens("rule", "heart.fast")
    desk.waits(lambda: "What this pack changes" not in desk.says(desk.page.side.rule))
    assert "Above 100" in desk.says(desk.page.side.rule)


def test_the_shipped_content_by_itself_offers_no_such_list(desk: Desk, tmp_path: Path) -> None:
    desk.program._content.choose(tmp_path / "forms" / "intake")
    desk.waits(lambda: "intake 1" in desk.page._name.text() and "extends" not in desk.page._name.text())
    desk.waits(lambda: not desk.page.lists.changed.isVisible())
    assert len(desk.listed) == 4
