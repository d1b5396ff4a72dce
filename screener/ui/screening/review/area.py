"""The review as one area: items with responses, own summary, report, signature.

Composes pages; holds no rule of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.records.browse import SignedRecord
from screener.records.record import build, canonical, part_of
from screener.screening.change import Change
from screener.screening.course import part_name
from screener.screening.part_names import spoken
from screener.screening.review import before_signing
from screener.text import WorldError
from screener.ui.actions import ONLY_SAYS, bind
from screener.ui.autosave import Autosave
from screener.ui.chart_text import copy_document
from screener.ui.key_switches import walks
from screener.ui.screening.desk import Desk
from screener.ui.screening.digest import UNFINISHED
from screener.ui.screening.review.detail import ItemDetail
from screener.ui.screening.review.item_list import ItemList
from screener.ui.screening.review.parts import SignedParts
from screener.ui.screening.review.report import ReportPage, document_of, first_paper
from screener.ui.screening.review.sign import Mode, SignPage
from screener.ui.screening.review.summary import SummaryPage
from screener.ui.session_controller import SessionController
from screener.ui.style.theme import unscaled
from screener.ui.taking_out import TakingOut, nothing_to_write
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import FlowLayout, plain
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab
from screener.ui.widgets.visible import reveal

Digest = Callable[[], Mapping[str, Any]]
Half = Literal["list", "item"]
BESIDE_FROM_PX, LOW_PX = 860, 420
"""At a text size of 100 %. In less width the list and the item stand one at a time; in less height most of the foot
scrolls with what stands above it."""


class ReviewArea(QWidget):
    """Responses, summary, report preview and signature of one screening."""

    back = Signal()
    left = Signal()
    sealed = Signal(object)
    part_sealed = Signal(object)
    identity_asked = Signal()
    signing_begins = Signal()
    """The page of the signature is about to be shown, with what it is about to sign."""
    check = Signal()
    """The answers of the whole screening are to be looked over."""
    go_to_question = Signal(str)
    open_rule = Signal(str)

    def __init__(self, controller: SessionController, desk: Desk, autosave: Autosave, digest: Digest) -> None:
        super().__init__()
        self._controller, self._desk, self._autosave, self._digest = controller, desk, autosave, digest
        self._session = controller.session
        self._shown_record: SignedRecord | None = None
        """The signed record whose report is shown; None while the report is a preview."""
        self._signed = False
        self._beside, self._low = True, False
        self._half: Half = "list"
        """Which of the two is shown where they do not stand beside each other."""
        self._placed = self._place
        """Where pausing and signing stand now."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        column.addWidget(self._stack)
        self._stack.addWidget(self._items_page())
        self.summary = SummaryPage(controller)
        self.summary.closed.connect(self.open)
        self._stack.addWidget(self.summary)
        self._take_out = TakingOut(desk.shelf, desk.jobs)
        paper_of = partial(first_paper, self._session.pack, desk.country)
        self.report = ReportPage(self._content, paper_of, self._take_out)
        self.report.closed.connect(self._page_closed)
        self._stack.addWidget(self.report)
        self.signing = SignPage(self._session)
        self.signing.closed.connect(self.open)
        self.signing.sign.connect(self._sign)
        self._stack.addWidget(self.signing)
        self._actions = {
            action_id: bind(self, action_id, slot)
            for action_id, slot in (
                ("save_response", self._save_response),
                ("summary", self.show_summary),
                ("sign_part", self.ask_to_sign_part),
                ("sign", self.ask_to_sign),
                ("back", self._back),
            )
        }
        self._stack.currentChanged.connect(self._refresh_actions)
        controller.changed.connect(self._changed)

    # Building

    def _items_page(self) -> QWidget:
        self._page = QWidget()
        row = QHBoxLayout(self._page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._list = ItemList(self._session)
        self._list.chosen.connect(self.show_item)
        self._list.step.connect(self._move)
        self._parts = SignedParts(self._session, self._desk)
        self._left = QWidget()
        beside = QVBoxLayout(self._left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._list, 1)
        beside.addWidget(self._parts)
        self._check = self._check_foot()
        beside.addWidget(self._check)
        self._more = QWidget(self._left)
        FlowLayout(self._more, gap_px=8)
        self._more.hide()
        row.addWidget(self._left, 2)
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._detail = ItemDetail(self._controller)
        self._detail.go_to_question.connect(self.go_to_question)
        self._detail.open_rule.connect(self.open_rule)
        self._detail.to_list.connect(self._to_list)
        column.addWidget(self._detail, 1)
        self._deeds = self._foot()
        column.addWidget(self._deeds)
        row.addWidget(self._right, 5)
        return self._page

    def _check_foot(self) -> QWidget:
        foot = plain("foot")
        self._list_flow = flow = FlowLayout(foot, gap_px=8, last_at_end=True)
        flow.setContentsMargins(16, 10, 16, 10)
        button = ActionButton(tr("Check answers"), "F3")
        button.clicked.connect(self.check)
        flow.addWidget(button)
        return foot

    def _foot(self) -> QWidget:
        foot = plain("foot")
        self._flow = flow = FlowLayout(foot, gap_px=8, last_at_end=True)
        flow.setContentsMargins(16, 10, 16, 10)
        self._save = ActionButton(tr("Save response, next item"), "Ctrl+Return", "primary")
        self._save.clicked.connect(self._save_response)
        flow.addWidget(self._save)
        self._waiting = label("", "small")
        flow.addWidget(self._waiting)
        self._ending = QWidget()
        FlowLayout(self._ending, gap_px=8)
        self._pause = ActionButton(tr("Pause"))
        self._pause.clicked.connect(self.left)
        self._incomplete = ActionButton(tr("Sign as incomplete…"))
        self._incomplete.clicked.connect(self._ask_to_sign_incomplete)
        self._sign_button = ActionButton(tr("Sign as {clinician}…").format(clinician=self._session.opening.clinician))
        self._sign_button.clicked.connect(self.ask_to_sign)
        self._part = ActionButton(tr("Sign a part…"), "Ctrl+Shift+P")
        self._part.clicked.connect(self.ask_to_sign_part)
        self._fill(self._ending, self._endings)
        flow.addWidget(self._ending)
        return foot

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = event.size()
        low, beside = unscaled(room.height()) < LOW_PX, unscaled(room.width()) >= BESIDE_FROM_PX
        if low != self._low:
            self._low = low
            self._place_ending()
        if beside != self._beside:
            self._beside = beside
            now = QApplication.focusWidget()
            at_item, at_list = (now is not None and half.isAncestorOf(now) for half in (self._right, self._left))
            self._show_half("item" if at_item else "list" if at_list else self._half)
            if at_item or at_list:
                self._give_keyboard_a_place(now)
        super().resizeEvent(event)

    @property
    def _endings(self) -> tuple[ActionButton, ...]:
        """The buttons that pause and sign, in the order in which they stand."""
        return self._pause, self._part, self._incomplete, self._sign_button

    @property
    def _place(self) -> tuple[bool, bool]:
        """Whether the list is shown without the item, and whether there is little height."""
        return not self._beside and self._half == "list", self._low

    def _place_ending(self) -> None:
        """Pausing and signing stand once: below the item, or below the list where that is shown alone.

        They stand in the foot, or where that takes the room of the item, below it on its page. Below a list that has as
        little room the two that most end with stay in the foot, and the others go to the end of the list.
        """
        if self._placed == self._place:
            return
        self._placed = at_list, low = self._place
        had = QApplication.focusWidget()
        apart = (self._part, self._incomplete) if at_list and low else ()
        self._fill(self._ending, [button for button in self._endings if button not in apart])
        self._fill(self._more, apart)
        self._list.put_below(self._more if apart else None)
        self._detail.put_below(self._ending if low and not at_list else None)
        if at_list or not low:
            (self._list_flow if at_list else self._flow).addWidget(self._ending)
        self._ending.show()
        self._order_tab()
        if had in self._endings and had.isVisible():
            had.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, holder: QWidget, buttons: Iterable[ActionButton]) -> None:
        """Have these buttons in a holder, in this order also for Tab."""
        layout = holder.layout()
        assert layout is not None
        for button in buttons:
            layout.addWidget(button)
            button.setVisible(self._desk.may_sign)
            button.raise_()

    def _show_half(self, half: Half) -> None:
        """Show the list or the item; both where they have room beside each other."""
        self._half = half
        reveal(self._left, self._beside or half == "list")
        reveal(self._right, self._beside or half == "item")
        self._detail.show_way_back(not self._beside)
        self._place_ending()

    @property
    def _alone(self) -> bool:
        """The item is shown, and the list is not."""
        return not self._beside and self._half == "item"

    def _to_list(self) -> None:
        self._show_half("list")
        self._list.focus(self._detail.rule_id)

    def _give_keyboard(self) -> None:
        """To the row of the item, or where the list is out of sight, to where the item begins."""
        if self._alone:
            self._detail.focus_first()
        else:
            self._list.focus(self._detail.rule_id)

    def _give_keyboard_a_place(self, had: QWidget | None) -> None:
        """Leave it where it is, unless that went out of sight."""
        if had is None or had.isHidden() or not had.isVisible():
            self._give_keyboard()

    def _order_tab(self) -> None:
        order_tab(self._list, self._check, self._detail, self._deeds)

    # Pages

    def open(self) -> None:
        """Show the items, at the one that was open or the first without a response."""
        self._stack.setCurrentWidget(self._page)
        self._parts.open()
        current = self._detail.rule_id
        self._list.refresh(current)
        if current not in self._list.ids:
            waiting = [o.rule.id for o in before_signing(self._session).without_response]
            current = next((i for i in self._list.ids if i in waiting), self._list.ids[0] if self._list.ids else None)
        self._choose(current)

    def show_item(self, rule_id: str | None) -> None:
        """Show one item; a rule that is not listed is shown as it stands."""
        self._show_half("item")
        self._choose(rule_id)

    def _choose(self, rule_id: str | None) -> None:
        """Have an item chosen in the list and made on its page, whichever of the two is in sight."""
        self._stack.setCurrentWidget(self._page)
        self._detail.show_item(rule_id)
        self._list.refresh(rule_id)
        self._give_keyboard()
        self._refresh_foot()
        self._order_tab()

    def show_summary(self) -> None:
        self._stack.setCurrentWidget(self.summary)
        self.summary.open()

    def ask_for_report(self) -> None:
        """Show the report; asked for once more, it is printed."""
        if self.isVisible() and self._stack.currentWidget() is self.report:
            self.report.print_it()
        else:
            self.show_report()

    def show_report(self) -> None:
        self._stack.setCurrentWidget(self.report)
        self.report.open()

    def _page_closed(self) -> None:
        if self._signed:
            self.left.emit()
        else:
            self._shown_record = None
            self.open()

    def _back(self) -> None:
        if self._stack.currentWidget() is not self._page:
            self._page_closed()
        elif self._alone:
            self._to_list()
        else:
            self.back.emit()

    def _refresh_foot(self) -> None:
        waiting = before_signing(self._session).without_response
        count = len(waiting)
        self._waiting.setText(tr_n("1 item without a response", "{n} items without a response", count) if count else "")
        listed = sum(outcome.outcome == "listed" for outcome in waiting)
        name = part_name(self._session)
        self._part.setText(tr("Sign the part {name}…").format(name=spoken(name)) if name else tr("Sign a part…"))
        self._sign_button.allow(not waiting, tr("after a response to each of {count} more").format(count=count))
        self._part.allow(
            not listed,
            tr("after a response to each of {listed} more that are listed").format(listed=listed),
        )
        self._save.setEnabled(self._detail.rule_id is not None)
        self._refresh_actions()

    def _refresh_actions(self) -> None:
        """A key does what its button would do now, or says what comes before it. Once signed nothing can be changed."""
        at_items = self._stack.currentWidget() is self._page
        may = {
            "save_response": at_items and self._save.isEnabled(),
            "summary": True,
            "sign_part": self._desk.may_sign,
            "sign": self._desk.may_sign,
        }
        for action_id, does in may.items():
            self._actions[action_id].setEnabled(does and not self._signed)
        for action_id, button in (("sign_part", self._part), ("sign", self._sign_button)):
            self._actions[action_id].setProperty(ONLY_SAYS, not button.isEnabled())

    # Responses

    def _save_response(self) -> None:
        card = self._detail.response
        if self._stack.currentWidget() is not self._page or card is None:
            return
        if not self._beside and not self._alone:  # what is out of sight is seen first
            self.show_item(self._detail.rule_id)
            return
        if not card.save():
            card.buttons["reviewed"].setFocus(Qt.FocusReason.OtherFocusReason)
            self._waiting.setText(tr("Choose a response first; none is preselected"))
            return
        self._next_waiting()

    def _next_waiting(self) -> None:
        waiting = {o.rule.id for o in before_signing(self._session).without_response}
        self._list.refresh(self._detail.rule_id)
        ids = self._list.ids
        here = ids.index(self._detail.rule_id) if self._detail.rule_id in ids else -1
        order = [*ids[here + 1 :], *ids[: here + 1]]
        self.show_item(next((i for i in order if i in waiting), self._detail.rule_id))

    def _move(self, by: int) -> None:
        ids = self._list.ids
        if self._detail.rule_id in ids:
            self._choose(ids[(ids.index(self._detail.rule_id) + by) % len(ids)])

    def _changed(self, change: Change, origin: object) -> None:
        own = origin is not None and origin is self._detail.response
        if self.isVisible() and self._stack.currentWidget() is self._page and not own:
            self.open()
        elif self.isVisible():
            self._refresh_foot()

    # Signing

    def ask_to_sign(self) -> None:
        """To the line where the passphrase is typed, or to the first item that keeps it back."""
        waiting = before_signing(self._session).without_response
        if waiting:
            self._say_what_comes_before(self._sign_button, waiting[0].rule.id)
        elif not self._leads_to_draft():
            self._open_signing("whole")

    def ask_to_sign_part(self) -> None:
        """The same for a part: items that are not established keep none back."""
        waiting = [o for o in before_signing(self._session).without_response if o.outcome == "listed"]
        if waiting:
            self._say_what_comes_before(self._part, waiting[0].rule.id)
        elif not self._leads_to_draft():
            self._open_signing("part")

    def _say_what_comes_before(self, button: ActionButton, rule_id: str) -> None:
        """The key of a button that cannot be used yet leads to the first item that keeps it back."""
        self.show_item(rule_id)
        self._waiting.setText(button.toolTip())
        announce(self._waiting, button.toolTip())

    def _leads_to_draft(self) -> bool:
        """A response that is begun and not kept would not be signed: to the first of them, if there is one."""
        begun = [rule_id for rule_id in self._session.outcomes if rule_id in self._detail.drafts]
        if begun:
            self.show_item(begun[0])
            said = tr("What was changed here is not kept yet. Keep it with Ctrl+Enter, or go back to what is kept.")
            self._waiting.setText(said)
            announce(self._waiting, said)
        return bool(begun)

    @property
    def drafts(self) -> dict[str, Any]:
        """Responses that are begun and not kept, by rule."""
        return self._detail.drafts

    def _ask_to_sign_incomplete(self) -> None:
        self._open_signing("incomplete")

    def _open_signing(self, mode: Mode) -> None:
        self.signing_begins.emit()
        self._stack.setCurrentWidget(self.signing)
        self.signing.open(mode)
        if self._session.opening.made_up:
            self.identity_asked.emit()  # nobody types a passphrase there, which confirms it
        else:
            self.signing.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard where the shown page begins."""
        if self._stack.currentWidget() is self.signing:
            self.signing.focus_first()
        else:
            self._give_keyboard()

    def _content(self) -> tuple[Mapping[str, Any], SignedRecord | None]:
        """What the report is made of: the signed record's content, or the screening as it stands."""
        import json

        if self._shown_record is not None:
            return json.loads(self._shown_record.content), self._shown_record
        return build(self._session), None

    def _sign(self, passphrase: str, mode: Mode, reason: str | None) -> None:
        # What the record says stands in the journal first: a record is sealed over what is on disk.
        self._autosave.when_settled(partial(self._seal, passphrase, mode, reason), self._is_not_sealed)

    def _seal(self, passphrase: str, mode: Mode, reason: str | None) -> None:
        desk = self._desk
        seal = partial(self._seal_after, passphrase, mode, reason)
        desk.jobs.submit(lambda: desk.shelf.parts(desk.screening), seal, self._is_not_sealed)

    def _seal_after(self, passphrase: str, mode: Mode, reason: str | None, earlier: list[SignedRecord]) -> None:
        desk, digest = self._desk, dict(self._digest())
        if mode != "part":
            digest.pop(UNFINISHED, None)
        name = part_name(self._session)
        part = part_of(earlier, last=mode != "part", name=name) if earlier or mode == "part" else None
        if part is not None and name:
            digest["part_name"] = name
        content = canonical(build(self._session, incomplete=reason, part=part))
        if mode == "part":
            digest |= {"state": "part signed", "part": len(earlier) + 1}
            done, seal = self._is_part_sealed, desk.shelf.seal_part
        else:
            digest |= {"state": "signed"}
            done, seal = self._is_sealed, desk.shelf.seal
        desk.jobs.submit(lambda: seal(desk.screening, content, digest, passphrase), done, self._is_not_sealed)

    def _is_sealed(self, record: SignedRecord) -> None:
        self._shown_record, self._signed = record, True
        self._refresh_actions()
        self.sealed.emit(record)
        if not self._desk.comes_back:
            self.show_report()

    def _is_part_sealed(self, record: SignedRecord) -> None:
        self._shown_record = record
        self._parts.ask()
        if not self._desk.comes_back:
            self.show_report()
        self.part_sealed.emit(record)

    def _is_not_sealed(self, problem: WorldError) -> None:
        self.signing.show_problem(problem)

    def chart_text(self) -> str:
        """The report as plain text, for another system's note."""
        from screener.exchange.plain import render_text

        return render_text(document_of(*self._content()))

    def copy_chart_text(self, done: Callable[[], None], failed: Callable[[WorldError], None]) -> None:
        """Copy that text; where it is a signed record's, its line in the audit log comes first."""
        content, record = self._content()
        document = document_of(content, record)

        def copy() -> None:
            copy_document(document)
            done()

        if record is None:
            copy()
        else:
            self._take_out.take(record, "chart text", nothing_to_write, copy, failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._stack.currentWidget() is self._page and not event.modifiers():
            step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()))
            if step is not None and walks():
                self._move(step)
                return
        super().keyPressEvent(event)
