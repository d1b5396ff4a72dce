"""Which language the window begins to speak, and how another one is chosen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from screener.language import CHOSEN_BY, ENGLISH, PSEUDO, speak, spoken, tr, tr_in, tr_n, wanted
from screener.records.record import standing_line
from screener.ui.settings_file import FILE, settings_of
from screener.ui.shell.language_setting import LanguageSetting
from screener.ui.speaking import ChosenLanguage
from screener.ui.standing import standing_words
from tests.languages.catalogues import ROOT
from tests.languages.pseudo import english
from tests.ui.desks import shipped


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(CHOSEN_BY, raising=False)
    before = spoken()
    speak(ENGLISH)
    yield
    speak(before)


@pytest.mark.parametrize(
    ("chosen", "system", "code"),
    [
        ("", "es_MX", "es"),
        ("", "es_MX.UTF-8", "es"),
        ("", "es", "es"),
        ("", "es.UTF-8", "es"),
        ("", "de_DE", "en"),
        ("", "C", "en"),
        ("en", "es_ES", "en"),
        ("es", "de_DE", "es"),
    ],
)
def test_what_was_chosen_comes_before_the_system_and_english_where_neither_is_spoken(
    chosen: str, system: str, code: str
) -> None:
    assert wanted(chosen, system) == code


def test_the_environment_comes_before_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOSEN_BY, PSEUDO)
    assert wanted("es", "en_US") == PSEUDO


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems are asked through Qt")
@pytest.mark.parametrize(
    ("says", "code"),
    [
        ({"LANG": "es_ES.UTF-8"}, "es"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "es_CO"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_as_the_system_means_the_language_of_its_messages(
    monkeypatch: pytest.MonkeyPatch, says: dict[str, str], code: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, text in says.items():
        monkeypatch.setenv(name, text)
    assert ChosenLanguage().comes == code


def test_a_language_that_is_not_there_is_english() -> None:
    speak("tlh")
    assert spoken() == ENGLISH and tr("Settings") == "Settings"


def test_spanish_has_its_forms_of_number_and_tells_meanings_apart() -> None:
    speak("es")
    assert (tr("Settings"), tr_n("1 page", "{n} pages", 1), tr_n("1 page", "{n} pages", 3)) == (
        "Configuración",
        "1 página",
        "3 páginas",
    )
    assert tr_in("position", "Standing") != tr("Standing")


def test_the_made_up_language_leads_back_to_the_english() -> None:
    speak(PSEUDO)
    said = tr("Kept under {reference}: {counted}.").format(reference="SYN-1", counted=tr_n("1 page", "{n} pages", 2))
    assert english(said) == "Kept under SYN-1: 2 pages." != said
    assert len(tr("Records of this reference")) > 1.3 * len("Records of this reference")


def test_a_choice_is_kept_and_comes_with_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    chosen = ChosenLanguage.keep_in(settings)
    setting = LanguageSetting()
    window = QWidget()
    QVBoxLayout(window).addWidget(setting)
    window.setMinimumSize(600, 400)
    qtbot.addWidget(window)
    window.show()
    setting.languages.setFocus()
    for _ in range(setting.languages.count()):
        if setting.languages.currentData() != "es":
            QTest.keyClick(setting.languages, Qt.Key.Key_Down)
    assert setting._later.text() == "Español comes with the next start."
    assert spoken() == ENGLISH, "what stands on the screen stays as it is"
    chosen.release()
    settings.sync()  # as the end of the program does
    begin = "from screener.ui.speaking import begin_to_speak; begin_to_speak()"
    code = f"{begin}; from screener.language import tr; print(tr('Settings'))"
    environment = {**os.environ, "SCREENER_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "Configuración"
    setting.reset.click()
    assert settings.value("language") == "" and setting._later.text() == ""


def test_a_kept_choice_that_is_no_language_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[General]\nlanguage=../../x\n")
    assert ChosenLanguage(settings_of(tmp_path)).code == ""


def test_the_foot_of_the_window_says_in_english_what_stands_on_paper() -> None:
    assert standing_words(shipped()) == standing_line(shipped())
