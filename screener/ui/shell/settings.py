"""Settings: sections of this computer and of this clinic, a search over all of them, and what is not saved yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from screener.language import tr, tr_n
from screener.store.roles import Right
from screener.text import WorldError, problem_words
from screener.ui.actions import BY_ID, bind
from screener.ui.choices import BackupChoices, ClinicChoices
from screener.ui.content import OpenContent
from screener.ui.shell.appearance_section import AppearanceSection
from screener.ui.shell.clinic_choosing import ClinicChoosing
from screener.ui.shell.content_section import ContentSection
from screener.ui.shell.data_section import DataSection
from screener.ui.shell.keys_section import KeysSettings
from screener.ui.shell.read_only_section import ReadOnlySection
from screener.ui.shell.records_sections import AccountsSection, BackupsSection
from screener.ui.shell.setting import CLINIC, COMPUTER, Section, Setting
from screener.ui.shell.settings_body import SettingsBody
from screener.ui.shell.settings_foot import SettingsFoot
from screener.ui.shell.settings_group import GroupHead, ResettingHead
from screener.ui.style.theme import scaled
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.layout import plain
from screener.ui.widgets.speech import announce
from screener.ui.widgets.tab_order import order_tab

_LEAVING, _CLOSING = tr("Leave Settings"), tr("Close the window")


class SettingsPage(QWidget):
    """Each setting explained, found and reset. What is of this computer holds at once; what is of the clinic is saved.

    Nobody leaves with something that is not saved without being asked. Whose role does not include changing what the
    clinic chose reads it, and who may change it (`choosers`). `unsaved`: what was changed before, and not saved yet.
    """

    appearance = Signal(str, float)
    save = Signal(object)
    """The `ClinicChoices` that are to be kept."""
    back = Signal()
    accounts = Signal()
    passphrase = Signal()
    backups = Signal()
    browse = Signal()
    """To the rules and sources."""
    own = Signal()
    """To the questions of the clinic's own."""

    def __init__(
        self,
        content: OpenContent,
        choices: ClinicChoices,
        scheme: str,
        text_scale: float,
        rights: Collection[Right] = frozenset(Right),
        choosers: Sequence[str] = (),
        said: str = "",
        *,
        account: str = "",
        kept_backups: BackupChoices | None = None,
        folder: Path | None = None,
        unsaved: ClinicChoices | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(tr("Settings"))
        self._shown = content
        self._way: Callable[[], object] | None = None
        """Where somebody goes once what was changed is saved."""
        who = ", ".join(choosers)
        self.choosing: ClinicChoosing | None = None
        self._read_only: ReadOnlySection | None = None
        if Right.CHOOSE in rights:
            self.choosing = ClinicChoosing(choices, unsaved or choices, self)
            self.choosing.altered.connect(self._look)
        else:
            self._read_only = ReadOnlySection(choices, who)
        self.of_accounts = AccountsSection(account, may_change=Right.ACCOUNTS in rights, choosers=who)
        self.of_backups = BackupsSection(kept_backups)
        self.dress, self.content = AppearanceSection(scheme, text_scale), ContentSection()
        self.data, self.keys = DataSection(folder), KeysSettings()
        self._build(said)
        self._connect()
        self.show_content(content, reading=False)
        self._look()

    # Building

    def _build(self, said: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = self._head()
        column.addWidget(self._bar)
        computer = (self.dress, self.keys, self.content, self.data)
        chosen = self._chosen()
        clinic = (*chosen, self.of_accounts, self.of_backups)
        self.computer = ResettingHead(COMPUTER, partial(_settings_of, computer), self._shipped_content, first=True)
        self.clinic = (
            GroupHead(CLINIC) if self.choosing is None else ResettingHead(CLINIC, partial(_settings_of, chosen))
        )
        self.body = SettingsBody(said, (self.computer, computer), (self.clinic, clinic))
        if said:
            announce(self, said)
        column.addWidget(self.body, 1)
        self.foot = SettingsFoot()
        column.addWidget(self.foot)
        self.foot.setVisible(self.choosing is not None)

    def _chosen(self) -> tuple[Section, ...]:
        """What the clinic chose, to be changed or to be read."""
        if self.choosing is not None:
            return self.choosing.sections
        assert self._read_only is not None, "it is one or the other"
        return (self._read_only,)

    def _head(self) -> QWidget:
        bar = plain("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(label(tr("Settings"), "title"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            tr("Search settings ({key_hint})").format(key_hint=BY_ID["find_setting"].key_hint)
        )
        self.search.setAccessibleName(tr("Search settings"))
        self.search.setAccessibleDescription(
            tr("By name, explanation or choice. Enter goes to the first that is found, Esc shows all of them again.")
        )
        self.search.setMinimumWidth(scaled(150))
        self.search.setMaximumWidth(scaled(340))
        self.search.textEdited.connect(self._narrow)
        row.addWidget(self.search, 2)
        self._count = label("", "small", wrap=True)
        row.addWidget(self._count, 1)
        back = ActionButton(tr("Back"), "Esc")
        back.clicked.connect(self._go_back)
        row.addWidget(back)
        return bar

    def _connect(self) -> None:
        self.search.returnPressed.connect(self.body.enter_first)
        self.body.every_one.connect(self._show_all)
        self.dress.chosen.connect(self.appearance)
        self.dress.chosen.connect(self.body.keep_in_sight)
        for ways, way in (
            (self.content.browse, self.browse),
            (self.content.own, self.own),
            (self.of_accounts.accounts, self.accounts),
            (self.of_accounts.passphrase, self.passphrase),
            (self.of_backups.backups, self.backups),
        ):
            ways.connect(partial(self.leave_for, way.emit))
        for deed, slot in (
            (self.foot.save, self._save),
            (self.foot.put_back, self._put_back),
            (self.foot.save_and_leave, self._save),
            (self.foot.leave, self._leave_without),
            (self.foot.stay, self._stay),
        ):
            deed.connect(slot)
        bind(self, "find_setting", self._to_search, inside=False)
        bind(self, "save_settings", self._save, inside=False)
        # One key, and it takes back what was entered last: a question, a search, the page.
        QShortcut(QKeySequence("Esc"), self, self._escape)

    # What it is given

    def show_content(self, content: OpenContent, *, reading: bool) -> None:
        """Show what is open now. What is being written or chosen here stays, and so does the keyboard's place."""
        self._shown = content
        made = self.content.show_content(content, reading=reading)
        asked = any(one.show_pack(content.pack) for one in (self.choosing, self._read_only) if one is not None)
        if asked or made:
            order_tab(self._bar, *self.body.parts, self.foot)
            if self.search.text():
                self._narrow()

    def show_saved(self, choices: ClinicChoices, at: str) -> None:
        """The clinic's choices are kept; what was changed meanwhile is not saved yet. Then on to where one goes."""
        assert self.choosing is not None, "only who may choose saves"
        names = self.choosing.differ(choices, self.choosing.kept)
        self.choosing.kept = choices
        said = (
            tr("Saved {at}: {names}.").format(at=at, names=", ".join(names))
            if names
            else tr("Saved {at}.").format(at=at)
        )
        self.foot.show_unsaved(self.unsaved, said)
        announce(self, said)
        way, self._way = self._way, None
        if way is not None and not self.unsaved:
            way()

    def show_problem(self, problem: WorldError) -> None:
        """Say why it was not saved; nobody goes anywhere."""
        self._way = None
        self.foot.show_problem(tr("Not saved. {problem}").format(problem=problem_words(problem)))

    def focus_first(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is not saved

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The names of the clinic's settings that are shown otherwise than they are kept."""
        return () if self.choosing is None else self.choosing.unsaved

    def _look(self) -> None:
        if not self.foot.asks:
            self.foot.show_unsaved(self.unsaved)

    def _save(self) -> None:
        if self.unsaved and self.choosing is not None:
            self.foot.show_saving()
            self.save.emit(self.choosing.wanted)

    def _put_back(self) -> None:
        assert self.choosing is not None, "only who may choose puts anything back"
        self.choosing.put_back()
        self.foot.show_unsaved(self.unsaved, tr("Put back: what is saved is shown."))
        self.focus_first()

    # Leaving

    def ask_to_leave(self, way: Callable[[], object], doing: str = _LEAVING) -> bool:
        """Ask what becomes of what is not saved before going a way; False where there is nothing to ask (any more)."""
        if not self.unsaved or self.foot.asks:
            return False
        self._way = way
        self.foot.ask(self.unsaved, doing)
        return True

    def ask_to_close(self, close: Callable[[], object]) -> bool:
        """As for leaving, where the whole window is to be closed."""
        return self.ask_to_leave(close, _CLOSING)

    def leave_for(self, way: Callable[[], object]) -> None:
        """Go a way; first ask what becomes of what is not saved."""
        if self.foot.asks:
            self._stay()
        if not self.ask_to_leave(way):
            way()

    def _leave_without(self) -> None:
        """What is saved is shown again: also where the way leads nowhere, and one stays here after all."""
        assert self.choosing is not None, "only who may choose leaves anything unsaved"
        way, self._way = self._way, None
        self.choosing.put_back()
        self.foot.show_unsaved(self.unsaved)
        if way is not None:
            way()

    def _stay(self) -> None:
        self._way = None
        self.foot.show_unsaved(self.unsaved)
        self.focus_first()

    def _go_back(self) -> None:
        self.leave_for(self.back.emit)

    def leave_for_rules(self) -> None:
        """To the rules and sources, from any part of the page."""
        self.leave_for(self.browse.emit)

    def _escape(self) -> None:
        if self.foot.asks:
            self._stay()
        elif self.search.text():
            self._show_all()
        else:
            self._go_back()

    # Searching

    def _to_search(self) -> None:
        self.focus_first()
        self.search.selectAll()

    def _show_all(self) -> None:
        self.search.clear()
        self._narrow()
        self.focus_first()

    def _narrow(self) -> None:
        typed = self.search.text().strip()
        found = self.body.narrow(typed)
        many = len(found.places)
        counted = tr_n("1 setting", "{n} settings", many) if many else tr("Nothing found")
        said = tr("{counted}, spelt nearly so").format(counted=counted) if found.alike and many else counted
        self._count.setText(said if typed else "")
        if typed:
            announce(self, said)

    # Everything of this computer

    def _shipped_content(self) -> Callable[[], object] | None:
        """Back to the shipped content; the way back from there, where another one was open."""
        content = self._shown
        if content.origin == "shipped":
            return None
        self.content.shipped.emit()
        return partial(self.content.choose.emit, content.folder)


def _settings_of(sections: Sequence[Section]) -> list[Setting]:
    return [setting for section in sections for setting in section.settings]
