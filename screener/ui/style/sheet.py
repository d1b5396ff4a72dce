"""The style sheet. Widgets say what they are through the properties `look` and `level`; nothing is styled by name."""

from __future__ import annotations

from screener.ui.style.tokens import CONTROL_RADIUS_PX, FONT_PX, RADIUS_PX, TARGET_PX, Tokens


def style_sheet(t: Tokens, scale: float) -> str:
    """The style sheet of one scheme at one text scale."""

    def px(value: float) -> str:
        return f"{round(value * scale)}px"

    return f"""
* {{ outline: none; }}
QWidget {{ color: {t.text}; }}
QMainWindow, QWidget[look="page"], QScrollArea[look="page"], QWidget[look="page-body"] {{ background: {t.page}; }}
QWidget[look="surface"], QScrollArea[look="surface"], QWidget[look="surface-body"] {{ background: {t.surface}; }}
QWidget[look="strip"] {{ background: {t.strip}; border-bottom: 1px solid {t.line}; }}
QWidget[look="bar"] {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
QWidget[look="rail"] {{ background: {t.surface}; border-right: 1px solid {t.line}; }}
QWidget[look="side"] {{ background: {t.surface}; border-left: 1px solid {t.line}; }}
QWidget[look="foot"] {{ background: {t.surface}; border-top: 1px solid {t.line}; }}
QWidget[look="alarm"] {{ background: {t.time_critical_soft}; border-bottom: 1px solid {t.time_critical_line}; }}
QFrame[look="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS_PX}px; }}
QFrame[look="card-critical"] {{ background: {t.time_critical_soft}; border: 1px solid {t.time_critical_line}; border-radius: {RADIUS_PX}px; }}
QFrame[look="card-open"] {{ background: {t.surface}; border: 1px dashed {t.border}; border-radius: {RADIUS_PX}px; }}
QFrame[look="card-chosen"] {{ background: {t.accent_soft}; border: 1px solid {t.accent}; border-radius: {RADIUS_PX}px; }}
QFrame[look="notice"] {{ background: {t.review_soft}; border: 1px solid {t.review}; border-radius: {CONTROL_RADIUS_PX}px; }}
QFrame[look="info"] {{ background: {t.strip}; border: 1px solid {t.line}; border-radius: {CONTROL_RADIUS_PX}px; }}
QFrame[look="line"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QLabel {{ background: transparent; border: none; }}
QLabel[level="page"] {{ font-size: {px(FONT_PX["page"])}; font-weight: 600; }}
QLabel[level="title"] {{ font-size: {px(FONT_PX["title"])}; font-weight: 600; }}
QLabel[level="large"] {{ font-size: {px(FONT_PX["large"])}; font-weight: 600; }}
QLabel[level="strong"] {{ font-weight: 600; }}
QLabel[level="muted"] {{ color: {t.muted}; }}
QLabel[level="small"] {{ color: {t.muted}; font-size: {px(FONT_PX["small"])}; }}
QLabel[level="small-strong"] {{ color: {t.muted}; font-size: {px(FONT_PX["small"])}; font-weight: 600; }}
QLabel[level="alarm"] {{ color: {t.time_critical}; font-weight: 600; }}
QLabel[level="figure"] {{ font-size: {px(20)}; font-weight: 600; }}
QLabel[look="chip"] {{ border: 1px solid {t.border}; border-radius: 4px; padding: 1px {px(6)}; font-size: {px(FONT_PX["small"])}; }}
QLabel[look="chip-large"] {{ border: 1px solid {t.border}; border-radius: 5px; padding: {px(4)} {px(9)}; }}
QLabel[look="met"] {{ background: {t.review_soft}; color: {t.review}; border: 1px solid {t.review}; border-radius: 4px;
  padding: 1px {px(7)}; font-weight: 600; font-size: {px(FONT_PX["small"])}; }}
QLabel[look="not-met"] {{ border: 1px solid {t.border}; border-radius: 4px; padding: 1px {px(7)}; font-size: {px(FONT_PX["small"])}; }}
QLabel[look="not-answered"] {{ border: 1px dashed {t.border}; border-radius: 4px; padding: 1px {px(7)}; font-size: {px(FONT_PX["small"])}; }}
QPushButton, QToolButton {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: {CONTROL_RADIUS_PX}px;
  padding: {px(5)} {px(12)}; min-height: {px(TARGET_PX - 14)}; }}
QPushButton:hover, QToolButton:hover {{ background: {t.strip}; }}
QPushButton:focus, QToolButton:focus, QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.focus}; padding: {px(4)} {px(11)}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.muted}; border-color: {t.line}; }}
QPushButton[look="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; font-weight: 600; }}
QPushButton[look="primary"]:hover {{ border-color: {t.text}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[look="primary"]:disabled {{ background: {t.track}; color: {t.muted}; border-color: {t.track}; font-weight: 400; }}
QPushButton[look="link"], QToolButton[look="link"] {{ background: transparent; border: 1px solid transparent; color: {t.accent};
  padding: 1px {px(4)}; text-align: left; }}
QPushButton[look="link"]:hover, QToolButton[look="link"]:hover {{ text-decoration: underline; }}
QPushButton[look="link"]:focus, QToolButton[look="link"]:focus {{ border: 2px solid {t.focus}; padding: 0 {px(3)}; border-radius: 4px; }}
QPushButton[look="rail-item"] {{ background: transparent; border: 2px solid transparent; text-align: left; padding: {px(7)} {px(10)}; }}
QPushButton[look="rail-item"]:hover {{ background: {t.strip}; }}
QPushButton[look="rail-item"]:checked {{ background: {t.accent_soft}; font-weight: 600; }}
QPushButton[look="rail-item"]:focus {{ border: 2px solid {t.focus}; }}
QPushButton[look="segment"] {{ border-radius: 0; padding: {px(5)} {px(14)}; }}
QPushButton[look="segment"][place="first"] {{ border-top-left-radius: {CONTROL_RADIUS_PX}px; border-bottom-left-radius: {CONTROL_RADIUS_PX}px; }}
QPushButton[look="segment"][place="last"] {{ border-top-right-radius: {CONTROL_RADIUS_PX}px; border-bottom-right-radius: {CONTROL_RADIUS_PX}px; }}
QPushButton[look="segment"][place="only"] {{ border-radius: {CONTROL_RADIUS_PX}px; }}
QPushButton[look="segment"]:checked {{ background: {t.accent}; color: {t.on_accent}; border-color: {t.accent}; font-weight: 600; }}
QPushButton[look="segment"]:focus {{ border: 2px solid {t.focus}; padding: {px(4)} {px(13)}; }}
QPushButton[look="pathway"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS_PX}px; }}
QPushButton[look="pathway"]:checked {{ background: {t.accent_soft}; border: 2px solid {t.accent}; }}
QPushButton[look="pathway"]:focus {{ border: 2px solid {t.focus}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {{ background: {t.surface}; border: 1px solid {t.border};
  border-radius: {CONTROL_RADIUS_PX}px; padding: {px(5)} {px(8)}; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QListView:focus, QTableView:focus {{ border: 2px solid {t.focus}; }}
QLineEdit:focus, QComboBox:focus {{ padding: {px(4)} {px(7)}; }}
QComboBox::drop-down {{ border: none; width: {px(22)}; }}
QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.border}; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}; padding: {px(3)} {px(4)}; border: 2px solid transparent; border-radius: 4px; min-height: {px(20)}; }}
QCheckBox:focus, QRadioButton:focus {{ padding: {px(3)} {px(4)}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(14)}; height: {px(14)}; border: 1px solid {t.border}; background: {t.surface}; }}
QCheckBox::indicator {{ border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {px(7)}; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {t.accent}; border: {px(3)} solid {t.surface};
  outline: 1px solid {t.accent}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {t.border}; border-radius: 4px; min-height: 32px; margin: 1px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {t.border}; border-radius: 4px; min-width: 32px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QListView, QTableView {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS_PX}px; gridline-color: {t.line}; }}
QListView::item, QTableView::item {{ padding: {px(6)} {px(8)}; }}
QListView::item:selected, QTableView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QHeaderView {{ background: {t.strip}; border: none; }}
QHeaderView::section {{ background: {t.strip}; color: {t.muted}; border: none; border-bottom: 1px solid {t.line}; padding: {px(7)} {px(8)};
  font-size: {px(FONT_PX["small"])}; }}
QTableCornerButton::section {{ background: {t.strip}; border: none; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.border}; padding: 4px; }}
QMenu::item {{ padding: {px(5)} {px(18)}; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
QStackedWidget {{ background: transparent; }}
"""
