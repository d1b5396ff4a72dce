"""Tokens and theme: contrast, colours that are no verdict, the system's scheme, text size."""

from __future__ import annotations

import colorsys
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from screener.places import resources_folder
from screener.ui.style.sheet import style_sheet, training_sheet
from screener.ui.style.theme import Theme, current, scaled, text_scale
from screener.ui.style.tokens import (
    BY_SCHEME,
    GROUNDS,
    MARK_PAIRS,
    SCHEMES,
    TEXT_PAIRS,
    TRAINING,
    Scheme,
    Tokens,
    contrast,
)
from screener.ui.widgets.drop_down import DropDown
from screener.ui.widgets.text import label, restyle

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The application's theme, put back as it was found."""
    made = Theme.of(qapp)
    made.apply("light", 1.0)
    yield made
    made.apply("light", 1.0)


def colours_of(tokens: Tokens) -> dict[str, str]:
    return {field.name: getattr(tokens, field.name) for field in fields(tokens)}


def green(colour: str) -> bool:
    """Whether a colour reads as green: from yellow-green (65 degrees) to green-cyan (175), with any strength to it."""
    red, green_part, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green_part, blue)
    return 65 < hue * 360 < 175 and saturation > 0.04 and value > 0.06


@pytest.mark.parametrize("table", [BY_SCHEME, TRAINING], ids=["care", "training"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_a_contrast_of_four_and_a_half_on_everything_it_stands_on(
    scheme: Scheme, table: Mapping[Scheme, Tokens]
) -> None:
    colours = colours_of(table[scheme])
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("table", [BY_SCHEME, TRAINING], ids=["care", "training"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_borders_and_focus_have_a_contrast_of_three_on_everything_they_stand_on(
    scheme: Scheme, table: Mapping[Scheme, Tokens]
) -> None:
    colours = colours_of(table[scheme])
    ratios = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in MARK_PAIRS}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 3} == {}


def test_every_mark_control_border_and_focus_is_measured_on_every_ground() -> None:
    names = ("time_critical", "review", "note", "check", "open", "border", "focus")
    assert {(name, ground) for name in names for ground in GROUNDS} <= set(MARK_PAIRS)
    assert {(name, ground) for name in ("text", "muted") for ground in GROUNDS} <= set(TEXT_PAIRS)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#FFFFFF", "#767676") == contrast("#767676", "#FFFFFF")


@pytest.mark.parametrize("table", [BY_SCHEME, TRAINING], ids=["care", "training"])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_token_is_green(scheme: Scheme, table: Mapping[Scheme, Tokens]) -> None:
    assert {name: colour for name, colour in colours_of(table[scheme]).items() if green(colour)} == {}


@pytest.mark.parametrize("colour", ["#2E7D32", "#7CB342", "#C6EFCE", "#00C27A", "#E8F5E9"])
def test_the_measure_of_green_knows_green(colour: str) -> None:
    assert green(colour)


@pytest.mark.parametrize("colour", ["#0F5E73", "#5FB6CC", "#7A4B00", "#F0BC63", "#FFF200", "#FFFFFF", "#11161C"])
def test_the_measure_of_green_lets_teal_ochre_and_greys_be(colour: str) -> None:
    assert not green(colour)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_training_window_stands_on_other_grounds_than_care_and_says_so_by_nothing_else(scheme: Scheme) -> None:
    care, training = colours_of(BY_SCHEME[scheme]), colours_of(TRAINING[scheme])
    differing = {name for name in care if care[name] != training[name]}
    assert {"page", "strip"} <= differing <= {"page", "strip", "hover", "line", "border"}
    used = {colour.upper() for colour in COLOUR.findall(training_sheet(TRAINING[scheme]))}
    assert used <= {colour.upper() for colour in training.values()}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_style_sheet_uses_no_colour_but_tokens(scheme: Scheme) -> None:
    tokens = BY_SCHEME[scheme]
    used = {colour.upper() for colour in COLOUR.findall(style_sheet(tokens, 1.0))}
    assert used <= {colour.upper() for colour in colours_of(tokens).values()}


@pytest.mark.parametrize(("scheme", "edged"), [("light", False), ("dark", False), ("contrast", True)])
def test_in_high_contrast_what_is_flat_elsewhere_has_an_edge(
    theme: Theme, qtbot: QtBot, scheme: Scheme, *, edged: bool
) -> None:
    theme.apply(scheme, 1.0)
    flat, inline = DropDown("Phase", [("Before dose", "before")]), QLineEdit("Spravato")
    for control, look in ((flat, "flat"), (inline, "inline")):
        qtbot.addWidget(control)
        control.setProperty("look", look)
        control.resize(160, 32)
        restyle(control)
        image = control.grab().toImage()
        ends = {image.pixelColor(80, 0).name(), image.pixelColor(80, image.height() - 1).name()}
        assert (ends == {current().border.lower()}) is edged, look


def test_no_picture_of_the_style_is_green() -> None:
    pictures = sorted((resources_folder() / "style").glob("*.svg"))
    assert pictures
    used = {colour for picture in pictures for colour in COLOUR.findall(picture.read_text(encoding="utf-8"))}
    assert used
    assert {colour for colour in used if green(colour)} == set()


def test_a_choice_of_scheme_reaches_palette_and_painters_and_is_announced(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.apply("dark")
    assert current() == BY_SCHEME["dark"]
    assert QApplication.palette().window().color() == QColor(BY_SCHEME["dark"].page)


class System:
    """A system whose scheme and wish for contrast can be set: the screen of these tests has none of its own."""

    def __init__(self, scheme: Qt.ColorScheme, *, contrast: bool = False) -> None:
        self._scheme, self._contrast = scheme, contrast

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 - Qt's name
        return self._scheme

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
        return Qt.ContrastPreference.HighContrast if self._contrast else Qt.ContrastPreference.NoPreference

    def becomes_of(self, theme: Theme, app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(theme, "_hints", self)
        monkeypatch.setattr(theme, "_access", self)
        app.styleHints().colorSchemeChanged.emit(self._scheme)


@pytest.mark.parametrize(
    ("system", "scheme"),
    [
        (System(Qt.ColorScheme.Dark), "dark"),
        (System(Qt.ColorScheme.Unknown), "light"),
        (System(Qt.ColorScheme.Light), "light"),
        (System(Qt.ColorScheme.Light, contrast=True), "contrast"),
    ],
)
def test_the_system_is_followed_live_while_nobody_chose(
    theme: Theme, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, system: System, scheme: Scheme
) -> None:
    theme.apply("system")
    with qtbot.waitSignal(theme.changed):
        system.becomes_of(theme, qapp, monkeypatch)
    assert QApplication.palette().window().color() == QColor(BY_SCHEME[scheme].page)
    monkeypatch.undo()


def test_a_chosen_scheme_stays_when_the_system_changes(
    theme: Theme, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply("contrast")
    with qtbot.assertNotEmitted(theme.changed):
        System(Qt.ColorScheme.Light).becomes_of(theme, qapp, monkeypatch)
    monkeypatch.undo()
    assert current() == BY_SCHEME["contrast"]


@pytest.mark.parametrize(("system_px", "scale"), [(12, 1.0), (16, 1.0), (21, 1.5), (60, 2.0)])
def test_larger_text_of_the_system_is_larger_text_here(
    theme: Theme, monkeypatch: pytest.MonkeyPatch, system_px: int, scale: float
) -> None:
    font = QFont(QApplication.font())
    font.setPixelSize(system_px)
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _which: QFont(font))
    theme.apply()
    assert text_scale() == scale
    assert QApplication.font().pixelSize() == round(14 * scale)
    monkeypatch.undo()


def test_text_and_what_depends_on_it_grow_with_the_text_scale(theme: Theme, qtbot: QtBot) -> None:
    small, page = label("Body"), label("Title", "page")
    for made in (small, page):
        qtbot.addWidget(made)
        made.ensurePolished()
    before = (small.font().pixelSize(), page.font().pixelSize(), scaled(10))
    assert before == (14, 22, 10)
    theme.apply(text_scale=2.0)
    assert (small.font().pixelSize(), page.font().pixelSize(), scaled(10)) == (28, 44, 20)
    assert text_scale() == 2.0


@pytest.mark.parametrize(("asked", "given"), [(0.1, 0.8), (0.8, 0.8), (1.5, 1.5), (9.0, 2.0)])
def test_the_text_scale_stays_within_what_the_pages_can_hold(theme: Theme, asked: float, given: float) -> None:
    theme.apply(text_scale=asked)
    assert text_scale() == given


def test_figures_are_of_one_width(theme: Theme, qtbot: QtBot) -> None:
    plain = QLabel("0")
    qtbot.addWidget(plain)
    plain.ensurePolished()
    assert plain.font().isFeatureSet(QFont.Tag("tnum"))
    widths = {plain.fontMetrics().horizontalAdvance(figure * 10) for figure in "0123456789"}
    assert len(widths) == 1


def test_style_and_widgets_load_without_the_heavy_libraries() -> None:
    heavy = ("numpy", "pyqtgraph", "qtawesome", "sqlalchemy", "pydantic", "yaml")
    code = (
        "import sys, screener.ui.style.theme, screener.ui.widgets.controls, screener.ui.widgets.layout, "
        f"screener.ui.widgets.marks; print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "[]", done.stderr
