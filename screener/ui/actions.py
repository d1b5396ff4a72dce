"""Every action of the window with its keys, declared once.

Menus, buttons, the key list and shortcuts are drawn from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from screener.ui.key_switches import walks


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do: its name on screen, its keys, and the part of the window where it works."""

    id: str
    text: str
    keys: tuple[str, ...]
    where: str

    @property
    def key_hint(self) -> str:
        """The first key as shown on a button."""
        return QKeySequence(self.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if self.keys else ""


EVERYWHERE, SCREENING, INTERVIEW, REVIEW, HOME, KEEPING, QUESTION, OF_REFERENCE, RULES, SETTINGS, IN_HAND, PREVIEW = (
    "Everywhere",
    "During a screening",
    "Interview",
    "Review",
    "Home",
    "Accounts and backups",
    "On a question",
    "Records of a reference",
    "Rules and sources",
    "Settings",
    "In the patient's hands",
    "Print preview",
)
ACTIONS: tuple[Action, ...] = (
    Action("keys", "List of keys", ("F1",), EVERYWHERE),
    Action("palette", "Do something, or go somewhere", ("Ctrl+K",), EVERYWHERE),
    Action("lock", "Lock", ("Ctrl+L",), EVERYWHERE),
    Action("quit", "Quit", ("Ctrl+Q",), EVERYWHERE),
    Action("read_again", "Read the content again", ("F5",), EVERYWHERE),
    Action("appearance", "Light, dark or high contrast", ("Ctrl+Shift+D",), EVERYWHERE),
    Action("text_larger", "Larger text", ("Ctrl++", "Ctrl+="), EVERYWHERE),
    Action("text_smaller", "Smaller text", ("Ctrl+-",), EVERYWHERE),
    Action("rules", "Rules and sources", ("Ctrl+Shift+R",), EVERYWHERE),
    Action("new", "New screening", ("Ctrl+N",), HOME),
    Action("search", "Search", ("Ctrl+F",), HOME),
    Action("dose_day", "Dose day", ("Ctrl+D",), HOME),
    Action("records", "Records of the reference in the row", ("Ctrl+E",), HOME),
    Action("forms", "Print forms and the crisis card", ("Ctrl+P",), HOME),
    Action("add_account", "Add an account", ("Ctrl+N",), KEEPING),
    Action("back_up", "Back up now", ("Ctrl+B",), KEEPING),
    Action("time_critical", "Go to the time-critical item", ("F7",), SCREENING),
    Action("crisis_card", "Crisis card", ("F8",), SCREENING),
    Action("cover", "Cover", ("F9",), SCREENING),
    Action("jot", "Jot down the patient's words", ("Ctrl+J",), SCREENING),
    Action("still_open", "Still open", ("Ctrl+O",), SCREENING),
    Action("undo", "Undo", ("Ctrl+Z",), SCREENING),
    Action("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), SCREENING),
    Action("check", "Check answers", ("F3",), SCREENING),
    Action("review", "Review", ("F6",), SCREENING),
    Action("home", "Back to the list of screenings", ("Ctrl+H",), SCREENING),
    Action("chart_text", "Copy as chart text", ("Ctrl+Shift+C",), SCREENING),
    Action("report", "Report preview", ("Ctrl+P",), SCREENING),
    Action("history", "Records of this reference", ("Ctrl+E",), SCREENING),
    Action("hand_over", "Hand over to the patient", ("Ctrl+Shift+H",), SCREENING),
    Action("next_theme", "Next theme", ("Ctrl+PgDown",), INTERVIEW),
    Action("previous_theme", "Previous theme", ("Ctrl+PgUp",), INTERVIEW),
    Action("next_open", "Next question not recorded yet", ("Ctrl+Down",), INTERVIEW),
    Action("add_reading", "Add a reading or a medicine", ("Ctrl+R",), INTERVIEW),
    Action("next_item", "Next item", ("J",), REVIEW),
    Action("previous_item", "Previous item", ("K",), REVIEW),
    Action("save_response", "Save response, next item", ("Ctrl+Return", "Ctrl+Enter"), REVIEW),
    Action("summary", "My summary and plan", ("Ctrl+Shift+S",), REVIEW),
    Action("sign_part", "Sign a part", ("Ctrl+Shift+P",), REVIEW),
    Action("sign", "Sign", ("Ctrl+Shift+Return",), REVIEW),
    Action("back", "Back", ("Esc",), SCREENING),
    Action("not_known", "Not known", ("U", "Alt+U"), QUESTION),
    Action("declined", "Declined", ("D", "Alt+D"), QUESTION),
    Action("come_back", "Come back", ("L", "Alt+L"), QUESTION),
    Action("clear", "Clear the answer", ("Backspace",), QUESTION),
    Action("note", "Note to the answer", ("Alt+N",), QUESTION),
    Action("informant", "Who says so", ("Alt+I",), QUESTION),
    Action("same_today", "Asked today, same as the earlier answer", ("S", "Alt+S"), QUESTION),
    Action("go_on", "On, from a typed line of a dose day", ("Return",), QUESTION),
    Action("all_of_these", "All of these", ("A", "Alt+A"), QUESTION),
    Action("as_in_reading", "The time of the reading", ("R", "Alt+R"), QUESTION),
    Action("now", "Now, in the empty line of a time", ("N",), QUESTION),
    Action("use_earlier", "Use the earlier answer", ("E", "Alt+E"), QUESTION),
    Action("next_difference", "Next difference or record", ("J",), OF_REFERENCE),
    Action("previous_difference", "Previous difference or record", ("K",), OF_REFERENCE),
    Action("filter", "Filter the list", ("Ctrl+F",), RULES),
    Action("next_entry", "Next in the list", ("Ctrl+Down",), RULES),
    Action("previous_entry", "Previous in the list", ("Ctrl+Up",), RULES),
    Action("try_it", "Try the rule", ("Ctrl+T",), RULES),
    Action("way_back", "Back to where a link led from", ("Alt+Left",), RULES),
    Action("find_setting", "Search settings", ("Ctrl+F",), SETTINGS),
    Action("save_settings", "Save what the clinic chose", ("Ctrl+S",), SETTINGS),
    Action("next_question", "Next question", ("Alt+Right", "PgDown"), IN_HAND),
    Action("question_before", "Question before", ("Alt+Left", "PgUp"), IN_HAND),
    Action("undo_here", "Undo, in this hand-over", ("Ctrl+Z",), IN_HAND),
    Action("redo_here", "Redo, in this hand-over", ("Ctrl+Shift+Z", "Ctrl+Y"), IN_HAND),
    Action("larger_here", "Larger text, for this hand-over", ("Ctrl++", "Ctrl+="), IN_HAND),
    Action("smaller_here", "Smaller text, for this hand-over", ("Ctrl+-",), IN_HAND),
    Action("give_back", "Give the screen back", ("Esc",), IN_HAND),
    Action("print", "Print", ("Ctrl+P",), PREVIEW),
    Action("page_on", "Next page", ("PgDown",), PREVIEW),
    Action("page_back", "Previous page", ("PgUp",), PREVIEW),
    Action("first_page", "First page", ("Home",), PREVIEW),
    Action("last_page", "Last page", ("End",), PREVIEW),
    Action("zoom_in", "Larger", ("+", "="), PREVIEW),
    Action("zoom_out", "Smaller", ("-",), PREVIEW),
    Action("whole_page", "Whole page", ("0",), PREVIEW),
    Action("whole_width", "Whole width", ("W",), PREVIEW),
    Action("as_text", "As text, and back to pages", ("Ctrl+T",), PREVIEW),
)
BY_ID = {action.id: action for action in ACTIONS}


WALKING = ("J", "K")
"""The keys that the switch for walking lists is about; no other single key of an action is."""


def bind(widget: QWidget, action_id: str, slot: Callable[[], object], *, inside: bool = True) -> QAction:
    """Give `widget` an action that fires on its declared keys while focus is inside it (or anywhere in its window)."""
    declared = BY_ID[action_id]
    action = QAction(declared.text, widget)
    action.setObjectName(f"action.{action_id}")
    action.setShortcuts(_working_keys(declared))
    context = Qt.ShortcutContext.WidgetWithChildrenShortcut if inside else Qt.ShortcutContext.WindowShortcut
    action.setShortcutContext(context)
    action.triggered.connect(slot)
    widget.addAction(action)
    return action


def _working_keys(declared: Action) -> list[QKeySequence]:
    """The keys of an action without those that are switched off: J and K, where they stand alone."""
    return [QKeySequence(key) for key in declared.keys if key not in WALKING or walks()]


def bind_again(window: QWidget) -> None:
    """Walking by single keys was switched on or off: every action in the window has the keys that work now."""
    for action in window.findChildren(QAction):
        declared = BY_ID.get(action.objectName().removeprefix("action."))
        if declared is not None and any(key in WALKING for key in declared.keys):
            action.setShortcuts(_working_keys(declared))
