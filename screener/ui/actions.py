"""Every action of the window with its keys, declared once.

Menus, buttons, the key list and shortcuts are drawn from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.ui.key_switches import letters, walks


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


EVERYWHERE, SCREENING, INTERVIEW, REVIEW, HOME, KEEPING, QUESTION = (
    tr("Everywhere"),
    tr("During a screening"),
    tr("Interview"),
    tr("Review"),
    tr("Home"),
    tr("Accounts and backups"),
    tr("On a question"),
)
DOSE_DAY = tr("Dose day")
OF_REFERENCE, RULES, SETTINGS, IN_HAND, PREVIEW, PRACTISE, PLAY, DEBRIEF = (
    tr("Records of a reference"),
    tr("Rules and sources"),
    tr("Settings"),
    tr("In the patient's hands"),
    tr("Print preview"),
    tr("Practising"),
    tr("Playing a story"),
    tr("Debrief"),
)
ACTIONS: tuple[Action, ...] = (
    Action("keys", tr("List of keys"), ("F1",), EVERYWHERE),
    Action("palette", tr("Do something, or go somewhere"), ("Ctrl+K",), EVERYWHERE),
    Action("lock", tr("Lock"), ("Ctrl+L",), EVERYWHERE),
    Action("quit", tr("Quit"), ("Ctrl+Q",), EVERYWHERE),
    Action("read_again", tr("Read the content again"), ("F5",), EVERYWHERE),
    Action("appearance", tr("Light, dark or high contrast"), ("Ctrl+Shift+D",), EVERYWHERE),
    Action("text_larger", tr("Larger text"), ("Ctrl++", "Ctrl+="), EVERYWHERE),
    Action("text_smaller", tr("Smaller text"), ("Ctrl+-",), EVERYWHERE),
    Action("rules", tr("Rules and sources"), ("Ctrl+Shift+R",), EVERYWHERE),
    Action("training", tr("Training"), ("Ctrl+Shift+T",), EVERYWHERE),
    Action("new", tr("New screening"), ("Ctrl+N",), HOME),
    Action("search", tr("Search"), ("Ctrl+F",), HOME),
    Action("dose_day", tr("Dose day"), ("Ctrl+D",), HOME),
    Action("day_line", tr("Who, and what there is to record"), ("Ctrl+F",), DOSE_DAY),
    Action("records", tr("Records of the reference in the row"), ("Ctrl+E",), HOME),
    Action("export", tr("Export the signed screenings"), ("Ctrl+Shift+E",), HOME),
    Action("forms", tr("Print forms and the crisis card"), ("Ctrl+P",), HOME),
    Action("add_account", tr("Add an account"), ("Ctrl+N",), KEEPING),
    Action("back_up", tr("Back up now"), ("Ctrl+B",), KEEPING),
    Action("time_critical", tr("Go to the time-critical item"), ("F7",), SCREENING),
    Action("crisis_card", tr("Crisis card"), ("F8",), SCREENING),
    Action("cover", tr("Cover"), ("F9",), SCREENING),
    Action("speaker", tr("Informant"), ("Ctrl+I",), SCREENING),
    Action("jot", tr("Jot down the patient's words"), ("Ctrl+J",), SCREENING),
    Action("still_open", tr("Still open"), ("Ctrl+O",), SCREENING),
    Action("undo", tr("Undo"), ("Ctrl+Z",), SCREENING),
    Action("redo", tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), SCREENING),
    Action("check", tr("Check answers"), ("F3",), SCREENING),
    Action("review", tr("Review"), ("F6",), SCREENING),
    Action("home", tr("Back to the list of screenings"), ("Ctrl+H",), SCREENING),
    Action("chart_text", tr("Copy as chart text"), ("Ctrl+Shift+C",), SCREENING),
    Action("report", tr("Report preview"), ("Ctrl+P",), SCREENING),
    Action("sign_part", tr("Sign a part"), ("Ctrl+Shift+P",), SCREENING),
    Action("sign", tr("Sign"), ("Ctrl+Shift+Return",), SCREENING),
    Action("history", tr("Records of this reference"), ("Ctrl+E",), SCREENING),
    Action("hand_over", tr("Hand over to the patient"), ("Ctrl+Shift+H",), SCREENING),
    Action("answers_file", tr("Answers from a file"), ("Ctrl+Shift+O",), SCREENING),
    Action("next_theme", tr("Next theme"), ("Ctrl+PgDown",), INTERVIEW),
    Action("previous_theme", tr("Previous theme"), ("Ctrl+PgUp",), INTERVIEW),
    Action("next_open", tr("Next question not recorded yet"), ("Ctrl+Down",), INTERVIEW),
    Action("add_reading", tr("Add a reading or a medicine"), ("Ctrl+R",), INTERVIEW),
    Action("next_item", tr("Next item"), ("J",), REVIEW),
    Action("previous_item", tr("Previous item"), ("K",), REVIEW),
    Action("save_response", tr("Save response, next item"), ("Ctrl+Return", "Ctrl+Enter"), REVIEW),
    Action("summary", tr("My summary and plan"), ("Ctrl+Shift+S",), REVIEW),
    Action("back", tr("Back"), ("Esc",), SCREENING),
    Action("not_known", tr("Not known"), ("U", "Alt+U"), QUESTION),
    Action("declined", tr("Declined"), ("D", "Alt+D"), QUESTION),
    Action("come_back", tr("Come back"), ("L", "Alt+L"), QUESTION),
    Action("clear", tr("Clear the answer"), ("Backspace",), QUESTION),
    Action("note", tr("Note to the answer"), ("Alt+N",), QUESTION),
    Action("informant", tr("Who says so"), ("Alt+I",), QUESTION),
    Action("same_today", tr("Asked today, same as the earlier answer"), ("S", "Alt+S"), QUESTION),
    Action("go_on", tr("On, from a typed line of a dose day"), ("Return",), QUESTION),
    Action("all_of_these", tr("All of these; in a list of medicines, none at all"), ("A", "Alt+A"), QUESTION),
    Action("as_in_record", tr("The last session as in its record"), ("R", "Alt+R"), QUESTION),
    Action("now", tr("Now, in the empty line of a time"), ("N",), QUESTION),
    Action("use_earlier", tr("Use the earlier answer"), ("E", "Alt+E"), QUESTION),
    Action("use_file", tr("Use the answer from the file"), ("F", "Alt+F"), QUESTION),
    Action("next_difference", tr("Next difference or record"), ("J",), OF_REFERENCE),
    Action("previous_difference", tr("Previous difference or record"), ("K",), OF_REFERENCE),
    Action("filter", tr("Filter the list"), ("Ctrl+F",), RULES),
    Action("next_entry", tr("Next in the list"), ("Ctrl+Down",), RULES),
    Action("previous_entry", tr("Previous in the list"), ("Ctrl+Up",), RULES),
    Action("try_it", tr("Try the rule"), ("Ctrl+T",), RULES),
    Action("way_back", tr("Back to where a link led from"), ("Alt+Left",), RULES),
    Action("find_setting", tr("Search settings"), ("Ctrl+F",), SETTINGS),
    Action("save_settings", tr("Save what the clinic chose"), ("Ctrl+S",), SETTINGS),
    Action("next_question", tr("Next question"), ("Alt+Right", "PgDown"), IN_HAND),
    Action("question_before", tr("Question before"), ("Alt+Left", "PgUp"), IN_HAND),
    Action("undo_here", tr("Undo, in this hand-over"), ("Ctrl+Z",), IN_HAND),
    Action("redo_here", tr("Redo, in this hand-over"), ("Ctrl+Shift+Z", "Ctrl+Y"), IN_HAND),
    Action("larger_here", tr("Larger text, for this hand-over"), ("Ctrl++", "Ctrl+="), IN_HAND),
    Action("smaller_here", tr("Smaller text, for this hand-over"), ("Ctrl+-",), IN_HAND),
    Action("give_back", tr("Give the screen back"), ("Esc",), IN_HAND),
    Action("print", tr("Print"), ("Ctrl+P",), PREVIEW),
    Action("page_on", tr("Next page"), ("PgDown",), PREVIEW),
    Action("page_back", tr("Previous page"), ("PgUp",), PREVIEW),
    Action("first_page", tr("First page"), ("Home",), PREVIEW),
    Action("last_page", tr("Last page"), ("End",), PREVIEW),
    Action("zoom_in", tr("Larger"), ("+", "="), PREVIEW),
    Action("zoom_out", tr("Smaller"), ("-",), PREVIEW),
    Action("whole_page", tr("Whole page"), ("0",), PREVIEW),
    Action("whole_width", tr("Whole width"), ("W",), PREVIEW),
    Action("as_text", tr("As text, and back to pages"), ("Ctrl+T",), PREVIEW),
    Action("ask", tr("Ask the question that has the keyboard"), ("F4",), PRACTISE),
    Action("ask_openly", tr("Ask it openly"), ("Shift+F4",), PRACTISE),
    Action("measure", tr("Measure"), ("Ctrl+M",), PRACTISE),
    Action("hint", tr("A hint, in a rehearsal"), ("Ctrl+F2",), PRACTISE),
    Action("end_rehearsal", tr("End the rehearsal, on to its debrief"), ("Ctrl+Shift+E",), PRACTISE),
    Action("to_patient", tr("To the patient card, and back to the question"), ("F2",), PRACTISE),
    Action("step_on", tr("On: the next step of the story"), ("Space",), PLAY),
    Action("step_back", tr("Take the last step of the story back"), ("Backspace", "Shift+Space"), PLAY),
    Action("to_theme", tr("Go to a theme of the story"), ("T", "Alt+T"), PLAY),
    Action("predict", tr("Predict first: cover the list"), ("P", "Alt+P"), PLAY),
    Action("uncover", tr("Show the list after the guesses"), ("R", "Alt+R"), PLAY),
    Action("what_if", tr("What if, and back to the story"), ("W", "Alt+W"), PLAY),
    Action("presenter", tr("Presenter view, in a window of its own"), ("V", "Alt+V"), PLAY),
    Action("large_text", tr("Large text for a projector"), ("L", "Alt+L"), PLAY),
    Action("end_play", tr("End the play"), ("Esc",), PLAY),
    Action("next_row", tr("Next row of the debrief"), ("J",), DEBRIEF),
    Action("previous_row", tr("Previous row of the debrief"), ("K",), DEBRIEF),
    Action("replay", tr("Replay from 30 s before the row"), ("Ctrl+R",), DEBRIEF),
    Action("try_again", tr("Try the same patient again"), ("Ctrl+T",), DEBRIEF),
    Action("save_debrief", tr("Save the debrief as PDF"), ("Ctrl+S",), DEBRIEF),
    Action("print_debrief", tr("Print the debrief"), ("Ctrl+P",), DEBRIEF),
    Action("show_key", tr("Show the debrief, after writing"), ("Ctrl+Return", "Ctrl+Enter"), DEBRIEF),
    Action("leave_debrief", tr("Back to the made-up patients"), ("Esc",), DEBRIEF),
)
BY_ID = {action.id: action for action in ACTIONS}


WALKING = ("J", "K")
"""The keys that the switch for walking lists is about; no other single key of an action is."""


ONLY_SAYS = "only-says"
"""The property of an action whose key says now what comes before it, and does no more: the palette leaves it out."""


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
    """The keys of an action without those that are switched off: J and K, and the letters of a play, alone."""
    return [QKeySequence(key) for key in declared.keys if _works(declared, key)]


def _works(declared: Action, key: str) -> bool:
    return letters() if _is_letter_of_a_play(declared, key) else key not in WALKING or walks()


def _is_letter_of_a_play(declared: Action, key: str) -> bool:
    return declared.where == PLAY and len(key) == 1


def bind_again(window: QWidget) -> None:
    """Single keys were switched on or off: every action in the window has the keys that work now."""
    for action in window.findChildren(QAction):
        declared = BY_ID.get(action.objectName().removeprefix("action."))
        if declared is not None and any(key in WALKING or _is_letter_of_a_play(declared, key) for key in declared.keys):
            action.setShortcuts(_working_keys(declared))
