"""Settings, Content: which pack is open, where it lies, what it changes, and the ways to another one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from screener.forms.model import Pack
from screener.language import tr
from screener.ui.content import OpenContent, counted_findings, folder_words, many_findings, pack_words
from screener.ui.shell.changes import ChangesView
from screener.ui.shell.setting import COMPUTER, Section
from screener.ui.shell.setting_search import Described
from screener.ui.widgets.choosing_file import Chosen, ask_path
from screener.ui.widgets.controls import ActionButton, chip, label
from screener.ui.widgets.layout import Card, FlowLayout, Notice, clear

_LEAD = tr(
    "The questions, rules and sources that new screenings begin with. What was begun before goes on with what it had."
)
_FACTS = (tr("Choose a folder"), tr("Read again"), tr("Back to the shipped content"), tr("Rules and sources"))
_STANDINGS = {"unreviewed": tr("unreviewed"), "reviewed": tr("reviewed")}
_KINDS = {"shipped": tr("comes with the program"), "local": tr("local pack"), "whole": tr("whole pack of its own")}


class ContentSection(Section):
    """Shows what is open now, and can be shown again in place: focus stays where it is."""

    choose = Signal(object)
    """The `Path` of a folder."""
    shipped = Signal()
    again = Signal()
    findings = Signal()
    browse = Signal()
    """To the rules and sources."""
    own = Signal()
    """To the clinic's own questions."""

    def __init__(self) -> None:
        super().__init__(tr("Content"), COMPUTER, _LEAD)
        self._shown: OpenContent | None = None
        self._reading = False
        card = Card()
        self._facts = QVBoxLayout()
        card.body.addLayout(self._facts)
        self._show = ActionButton(tr("Show findings"))
        self._show.clicked.connect(self.findings)
        self.notice = Notice("", "warning", action=self._show)
        card.body.addWidget(self.notice)
        card.body.addWidget(self._buttons())
        self.add_part(
            card,
            Described(
                tr("Content"),
                _LEAD,
                _FACTS,
                (tr("pack, folder, rules, questions, local, findings, version"),),
            ),
        )
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(tr("What this pack changes"), "strong"))
        self.changes = ChangesView()
        column.addWidget(self.changes)
        self.add_part(
            below, Described(tr("What this pack changes"), also=(tr("added, replaced, off, drafts, overrides"),))
        )

    def _buttons(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap_px=10)
        self._choose = ActionButton(tr("Choose a folder…"))
        self._choose.setAccessibleDescription(tr("A local pack or a whole pack: a folder that holds a pack.yaml"))
        self._choose.clicked.connect(self._ask)
        self._again = ActionButton(tr("Read again"), "F5")
        self._again.clicked.connect(self.again)
        self._shipped = ActionButton(tr("Back to the shipped content"))
        self._shipped.clicked.connect(self._go_back)
        browse = ActionButton(tr("Rules and sources"), "Ctrl+Shift+R")
        browse.clicked.connect(self.browse)
        own = ActionButton(tr("This clinic's questions…"))
        own.clicked.connect(self.own)
        for button in (self._choose, self._again, browse, own, self._shipped):
            flow.addWidget(button)
        return holder

    def _ask(self) -> None:
        ask_path(self, Chosen.FOLDER, tr("Choose a folder with a pack.yaml"), self._start, self.choose.emit)

    def _go_back(self) -> None:
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shipped.emit()

    def show_content(self, content: OpenContent, *, reading: bool) -> bool:
        """Show what is open. `reading`: files are being read. Whether anything that Tab comes to was made anew."""
        if content is self._shown and reading == self._reading:
            return False
        self._shown, self._reading = content, reading
        self._start = Path.home() if content.origin == "shipped" else content.folder.parent
        clear(self._facts)
        self._facts.addWidget(_head(content))
        self._facts.addLayout(_facts(content, reading=reading))
        stopping = content.stopping
        said = tr("{many_findings} in the folder: the last good pack stays in use.").format(
            many_findings=many_findings(stopping)
        )
        noted = f"{counted_findings(content.findings)}." if content.findings else ""
        self.notice.show_text(said if stopping else noted)
        self._shipped.setVisible(content.origin != "shipped")
        return self.changes.show_changes(content.difference, _unchanged(content))


def _kind(content: OpenContent) -> str:
    if content.pack.head.extends is not None:
        return "local"
    return "shipped" if content.origin == "shipped" else "whole"


def _head(content: OpenContent) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    head = content.pack.head
    row.addWidget(label(head.title or head.id, "strong", wrap=True), 1)
    row.addWidget(chip(_KINDS[_kind(content)]), 0, Qt.AlignmentFlag.AlignTop)
    return holder


def _facts(content: OpenContent, *, reading: bool) -> QGridLayout:
    pack, head = content.pack, content.pack.head
    where = tr("with the program") if content.origin == "shipped" else folder_words(content.folder)
    if content.origin == "given":
        where = tr("{folder} (named for this start only)").format(folder=where)
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    for place, (name, text) in enumerate(
        (
            (tr("Pack"), pack_words(pack)),
            (tr("Standing"), _STANDINGS[head.standing]),
            (tr("Folder"), where),
            (tr("Rules"), _rules(pack)),
            (
                tr("Re-read by a named clinician"),
                tr("{reread_rules} of {active_rules} rules").format(
                    reread_rules=pack.reread_rules, active_rules=pack.active_rules
                ),
            ),
            (tr("Drafts"), _drafts(pack)),
            (tr("Hash"), pack.hash[:12]),
            (
                tr("Last read"),
                tr("reading the files…") if reading else f"{content.read_at}, {counted_findings(content.findings)}",
            ),
        )
    ):
        made = label(name, "muted", wrap=True)
        grid.addWidget(made, place, 0, Qt.AlignmentFlag.AlignTop)
        said: QLabel = label(text, wrap=True)
        said.setAccessibleName(f"{name}: {text}")
        grid.addWidget(said, place, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _rules(pack: Pack) -> str:
    """Counts by status, each by itself."""
    count = partial(_count, pack)
    said = [tr("{count} active").format(count=count("active")), tr("{count} as draft").format(count=count("draft"))]
    return ", ".join([*said, tr("{count} switched off").format(count=count("off"))] if count("off") else said)


def _count(pack: Pack, status: str) -> int:
    return sum(rule.status == status for rule in pack.rules.values())


def _drafts(pack: Pack) -> str:
    if pack.head.drafts:
        return tr("evaluated, each marked “draft: no source read”: the pack says drafts: on")
    return tr("not evaluated; a local pack that says drafts: on evaluates them")


def _unchanged(content: OpenContent) -> str:
    match _kind(content):
        case "shipped":
            return tr(
                "The content is open as it came with the program. A local pack adds to it, "
                "replaces entries or switches rules off; what it changes is shown here."
            )
        case "whole":
            return tr("This pack stands by itself: nothing of the shipped content is in it.")
        case _ if content.difference is None:
            return tr("The shipped content has findings, so the two cannot be compared.")
        case _:
            return tr("{id} extends {extends} and changes nothing in it yet.").format(
                id=content.pack.head.id, extends=content.pack.head.extends
            )
