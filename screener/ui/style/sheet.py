"""The style sheet. Widgets say what they are through the properties `look` and `level`; nothing is styled by name."""

from __future__ import annotations

from collections.abc import Callable

from screener.places import resources_folder
from screener.ui.style.tokens import CONTROL_RADIUS_PX, FONT_PX, RADIUS_PX, TARGET_PX, Tokens, contrast

Px = Callable[[float], str]
_SMALL, _LARGE, _TITLE, _PAGE = FONT_PX["small"], FONT_PX["large"], FONT_PX["title"], FONT_PX["page"]
_ROUND = f"border-radius: {CONTROL_RADIUS_PX}px;"


def style_sheet(tokens: Tokens, scale: float, *, mirrored: bool = False) -> str:
    """The style sheet of one scheme at one text scale. Buttons, segments, chips and rows to check paint themselves.

    `mirrored`: for a window that is read from the right; Qt turns places and texts round, but no border.
    """

    def px(value: float) -> str:
        return f"{round(value * scale)}px"

    sides = _sides(mirrored)
    parts = (_colours(tokens), _surfaces(tokens, *sides), _text(tokens, px), _buttons(tokens, px, sides[0]))
    return "".join((*parts, _fields(tokens, px), _indicators(tokens, scale), _views(tokens, px)))


def training_sheet(tokens: Tokens, *, mirrored: bool = False) -> str:
    """What the training window wears over the style sheet of the program: other grounds, also under its bars."""
    bars = ", ".join(f'QWidget[look="{look}"]' for look in ("bar", "rail", "side", "foot", "rail-body"))
    return f"{_surfaces(tokens, *_sides(mirrored))}{bars} {{ background: {tokens.page}; }}\n"


def _sides(mirrored: bool) -> tuple[str, str]:
    """Where a line begins, and where it ends."""
    return ("right", "left") if mirrored else ("left", "right")


def _colours(t: Tokens) -> str:
    return f"""
* {{ outline: none; }}
QWidget {{ color: {t.text}; }}
QWidget:disabled {{ color: {t.off}; }}"""


def _surfaces(t: Tokens, start: str, end: str) -> str:
    card = f"border-radius: {RADIUS_PX}px;"
    return f"""
QMainWindow, QDialog, QWidget[look="page"], QWidget[look="page-body"] {{ background: {t.page}; }}
QWidget[look="surface"] {{ background: {t.surface}; }}
QScrollArea[look="surface"], QWidget[look="surface-body"] {{ background: transparent; }}
QWidget[look="strip"] {{ background: {t.strip}; border-bottom: 1px solid {t.line}; }}
QWidget[look="bar"] {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
QWidget[look="rail"] {{ background: {t.surface}; border-{end}: 1px solid {t.line}; }}
QWidget[look="side"] {{ background: {t.surface}; border-{start}: 1px solid {t.line}; }}
QWidget[look="foot"] {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
QWidget[look="alarm"] {{ background: {t.time_critical_soft}; border-bottom: 1px solid {t.time_critical_line}; }}
QFrame[look="card"] {{ background: {t.surface}; border: 1px solid {t.line}; {card} }}
QFrame[look="card-critical"] {{ background: {t.time_critical_soft}; border: 1px solid {t.time_critical_line}; {card} }}
QFrame[look="card-open"] {{ background: {t.surface}; border: 1px dashed {t.border}; {card} }}
QFrame[look="card-chosen"] {{ background: {t.accent_soft}; border: 1px solid {t.accent}; {card} }}
QFrame[look="card-pointed"] {{ background: {t.surface}; border: 3px solid {t.accent}; {card} }}
QFrame[look="notice"] {{ background: {t.review_soft}; border: 1px solid {t.review}; {_ROUND} }}
QFrame[look="info"] {{ background: {t.strip}; border: 1px solid {t.line}; {_ROUND} }}
QFrame[look="banner"] {{ background: {t.accent_soft}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[look="telling"] {{ background: {t.surface}; border: 2px solid {t.surface}; border-bottom: 1px solid {t.line}; }}
QFrame[look="telling-pause"] {{ background: {t.accent_soft}; border: 2px solid {t.accent_soft};
  border-bottom: 1px solid {t.line}; }}
QFrame[look="telling"]:focus, QFrame[look="telling-pause"]:focus {{ border: 2px solid {t.focus}; }}
QFrame[look="stray"] {{ background: {t.review_soft}; border: 2px dashed {t.review}; }}
QFrame[look="palette"] {{ background: {t.surface}; border: 1px solid {t.border}; {card} }}
QFrame[look="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QGroupBox[look="bare"] {{ border: none; margin: 0; padding: 0; background: transparent; }}
QStackedWidget {{ background: transparent; }}
"""


def _text(t: Tokens, px: Px) -> str:
    badge = f"border-radius: 4px; padding: {px(2)} {px(9)}; font-size: {px(_SMALL)};"
    return f"""
QLabel {{ background: transparent; border: none; }}
QLabel[level="page"] {{ font-size: {px(_PAGE)}; font-weight: 600; }}
QLabel[level="title"] {{ font-size: {px(_TITLE)}; font-weight: 600; }}
QLabel[level="large"] {{ font-size: {px(_LARGE)}; font-weight: 600; }}
QLabel[level="figure"] {{ font-size: {px(_TITLE)}; font-weight: 600; }}
QLabel[level="strong"] {{ font-weight: 600; }}
QLabel[level="muted"] {{ color: {t.muted}; }}
QLabel[level="small"] {{ color: {t.muted}; font-size: {px(_SMALL)}; }}
QLabel[level="small-strong"] {{ color: {t.muted}; font-size: {px(_SMALL)}; font-weight: 600; }}
QLabel[level="alarm"] {{ color: {t.time_critical}; font-weight: 600; }}
QLabel[look="chip"], QLabel[look="chip-large"] {{ font-size: {px(_SMALL)}; }}
QLabel[look="met"] {{ background: {t.review_soft}; color: {t.review}; border: 1px solid {t.review}; {badge}
  font-weight: 600; }}
QLabel[look="not-met"] {{ border: 1px solid {t.border}; {badge} }}
QLabel[look="not-answered"] {{ border: 1px dashed {t.border}; {badge} }}
"""


def _buttons(t: Tokens, px: Px, start: str) -> str:
    # With the two borders of the ring a link is a target of at least 24 pixels, at the smallest text too.
    least = max(20, int(px(20)[:-2]))
    return f"""
QPushButton, QToolButton {{ background: {t.surface}; border: 1px solid {t.border}; {_ROUND}
  padding: {px(5)} {px(12)}; min-height: {px(TARGET_PX - 14)}; }}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.focus}; padding: {px(4)} {px(11)}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.off}; border-color: {t.track}; }}
QPushButton[look="primary"] {{ font-weight: 500; }}
QPushButton[look="link"], QToolButton[look="link"] {{ background: transparent; border: 2px solid transparent;
  border-radius: 4px; color: {t.accent}; padding: 0 {px(3)}; text-align: left; min-height: {least}px; }}
QPushButton[weight="strong"] {{ font-weight: 600; }}
QPushButton[look="link"]:hover, QToolButton[look="link"]:hover {{ text-decoration: underline; }}
QPushButton[look="link"]:focus, QToolButton[look="link"]:focus {{ border-color: {t.focus}; }}
QPushButton[look="link"]:disabled {{ color: {t.off}; }}
QPushButton[look="rail-item"] {{ background: transparent; border: 2px solid transparent; text-align: left;
  padding: {px(7)} {px(10)}; }}
QPushButton[look="rail-item"]:hover {{ background: {t.hover}; }}
QPushButton[look="rail-item"]:checked {{ background: {t.accent_soft}; border-{start}: 3px solid {t.accent};
  font-weight: 600; }}
QPushButton[look="rail-item"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[look="pathway"] {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: {RADIUS_PX}px; }}
QPushButton[look="pathway"]:hover {{ background: {t.hover}; }}
QPushButton[look="pathway"]:checked {{ background: {t.accent_soft}; border: 2px solid {t.accent}; }}
QPushButton[look="pathway"]:focus {{ border: 2px solid {t.focus}; }}
"""


def _fields(t: Tokens, px: Px) -> str:
    # A style sheet can name an image and cannot colour it: there is one for light grounds and one for dark ones.
    on_dark = contrast(t.surface, "#000000") < contrast(t.surface, "#FFFFFF")
    chevron = resources_folder() / "style" / ("chevron-on-dark.svg" if on_dark else "chevron-on-light.svg")
    # In high contrast no control is known by its place alone: the flat ones have their edge too.
    flat = t.border if t.line == t.border else "transparent"
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {t.surface};
  border: 1px solid {t.border}; {_ROUND} padding: {px(5)} {px(6)}; min-height: {px(TARGET_PX - 12)};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover {{ border-color: {t.muted}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {{
  border: 2px solid {t.focus}; padding: {px(4)} {px(5)}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {t.page}; border-color: {t.track}; }}
QLineEdit[look="inline"] {{ background: transparent; border: 1px solid {flat}; font-weight: 600;
  padding: {px(2)} {px(4)}; min-height: {px(20)}; }}
QLineEdit[look="inline"]:hover {{ border-color: {t.border}; }}
QLineEdit[look="inline"]:focus {{ background: {t.surface}; border: 2px solid {t.focus}; padding: {px(1)} {px(3)}; }}
QPlainTextEdit[look="code"] {{ background: {t.strip}; border-color: {t.line}; padding: {px(6)} {px(9)}; }}
QPlainTextEdit[look="code"]:focus {{ border: 2px solid {t.focus}; padding: {px(5)} {px(8)}; }}
QComboBox[look="flat"] {{ background: transparent; border: 1px solid {flat};
  padding: {px(5)} {px(2)} {px(5)} {px(4)}; }}
QComboBox[look="flat"]:hover {{ border-color: {t.border}; }}
QComboBox[look="flat"]:focus {{ border: 2px solid {t.focus}; padding: {px(4)} {px(1)} {px(4)} {px(3)}; }}
QComboBox::drop-down {{ border: none; background: transparent; width: {px(26)}; }}
QComboBox::down-arrow {{ image: url("{chevron.as_posix()}"); width: {px(12)}; height: {px(12)}; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; background: transparent; padding: 0; min-height: 0; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.border};
  selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
"""


def _indicators(t: Tokens, scale: float) -> str:
    # A chosen box or dot is a thick ring of the accent: of the same size as the empty one, so that nothing moves.
    empty, ring = round(16 * scale), round(5 * scale)
    side = empty + 2
    inner, gap = side - 2 * ring, round(4 * scale)
    return f"""
QCheckBox, QRadioButton {{ spacing: {2 * gap}px; padding: {gap}px {gap}px; border: 2px solid transparent;
  border-radius: {gap}px; min-height: {round(20 * scale)}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.focus}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {empty}px; height: {empty}px; border: 1px solid {t.border};
  background: {t.surface}; }}
QCheckBox::indicator {{ border-radius: {gap}px; }}
QRadioButton::indicator {{ border-radius: {side // 2}px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.text}; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ width: {inner}px; height: {inner}px;
  background: {t.on_accent}; border: {ring}px solid {t.accent}; }}
"""


def _views(t: Tokens, px: Px) -> str:
    bar = f"background: {t.border}; border-radius: 3px; margin: 2px;"
    return f"""
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ {bar} min-height: 32px; }}
QScrollBar::handle:horizontal {{ {bar} min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QListView, QTableView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS_PX}px;
  gridline-color: {t.line}; }}
QListView:focus, QTableView:focus {{ border: 2px solid {t.focus}; }}
QListView[look="answers"]:focus {{ border: 1px solid {t.line}; }}
QListView::item, QTableView::item {{ padding: {px(6)} {px(8)}; }}
QListView::item:selected, QTableView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QTableView[look="bare"], QTableView[look="bare"]:focus {{ border: none; border-radius: 0; background: transparent; }}
QTableView[look="bare"]::item {{ border-bottom: 1px solid {t.line}; }}
QListView[look="rail-list"], QListView[look="rail-list"]:focus {{ border: none; border-radius: 0; padding: 0; }}
QTableView[look="cases"] {{ border: none; border-top: 1px solid {t.line}; border-radius: 0; }}
QTableView[look="cases"]:focus {{ border: 2px solid {t.focus}; }}
QFrame[look="bare"] {{ background: transparent; border: none; }}
QHeaderView {{ background: {t.strip}; border: none; }}
QHeaderView::section {{ background: {t.strip}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
  padding: {px(7)} {px(8)}; font-size: {px(_SMALL)}; }}
QTableView[look="bare"] QHeaderView::section {{ padding-left: {px(11)}; }}
QTableCornerButton::section {{ background: {t.strip}; border: none; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.border}; padding: 4px; }}
QMenu::item {{ padding: {px(5)} {px(18)}; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
"""
