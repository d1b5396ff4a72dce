"""Settings over an open vault: the page, the clinic's choices kept, and what is not saved when records are locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from screener.clock import Clock
from screener.language import tr
from screener.records.amendment import Addition
from screener.store.roles import Right
from screener.text import WorldError, problem_words
from screener.ui.actions import BY_ID, bind
from screener.ui.choices import CHOICES, ClinicChoices
from screener.ui.showing_folder import show_folder

if TYPE_CHECKING:
    from screener.store.vault import Vault
    from screener.ui.appearance import Appearance
    from screener.ui.backing_up import BackingUp
    from screener.ui.content import Content
    from screener.ui.data_place import Lying
    from screener.ui.jobs import Jobs
    from screener.ui.keeping import Keeping
    from screener.ui.shell.half_written import Filling
    from screener.ui.shell.new_screening import FilledIn
    from screener.ui.shell.settings import SettingsPage
    from screener.ui.shell.window import MainWindow

PUT_ASIDE = tr("What was changed for the clinic in Settings was not saved. It stands there still.")

_NEW_WAITS = tr("A new screening was not begun when the records were locked. What was filled in stands there still.")
_AMENDMENT_WAITS = tr("An amendment was not signed when the records were locked. What was written stands there still.")
_AMENDMENT = tr("Amend a signed record")
_FORM_WAITS = tr("“{title}” was half filled in when the records were locked. What was written stands there still.")


@dataclass
class Unfinished:
    """What one account had filled in and not kept: of patients, and on any form that it left as it was."""

    new: FilledIn | None = None
    day_line: str = ""
    """What stood in the line over the list of the day and was not entered."""
    written: dict[str, Addition] = field(default_factory=dict)
    """What is written of amendments and not signed, by the record that they are added to."""
    references: dict[str, str] = field(default_factory=dict)
    """Of these records."""
    amending: str = ""
    """The record whose amendment was on the screen, until it is there again."""
    forms: dict[str, tuple[Filling, object]] = field(default_factory=dict)
    """What is half written on any other form, by the form: see `screener.ui.waiting`."""
    left_at: Filling | None = None
    """The form that was on the screen, until it is there again."""

    @property
    def reminder(self) -> str:
        """What home says while something of it waits."""
        amended = self.amending and self.amending in self.written
        left = self.left_at if self.left_at is not None and not self.left_at.done else None
        waits = (
            _NEW_WAITS if self.new is not None else "",
            _AMENDMENT_WAITS if amended else "",
            _FORM_WAITS.format(title=left.title) if left is not None else "",
        )
        return " ".join(one for one in waits if one)

    @property
    def half_written(self) -> dict[str, object]:
        """What waits and is gone once the program ends, by the title of its form."""
        written = [one for one in self.written.values() if one != Addition()]
        found: dict[str, object] = {} if self.new is None else {BY_ID["new"].text: self.new}
        found |= {_AMENDMENT: written} if written else {}
        found |= {BY_ID["dose_day"].text: self.day_line} if self.day_line else {}
        return found | {filling.title: one for filling, one in self.forms.values() if not filling.done}

    def forget(self, reference: str) -> None:
        """Let go of everything about a reference."""
        if self.new is not None and self.new.reference.strip() == reference:
            self.new = None
        self.day_line = ""  # it may name a part of that reference
        for record in [one for one, of in self.references.items() if of == reference]:
            self.written.pop(record, None)
            del self.references[record]
            self.amending = "" if self.amending == record else self.amending
        for form in [form for form, (filling, one) in self.forms.items() if reference in (filling.reference, one)]:
            self.drop(form)

    def drop(self, form: str) -> None:
        """Let go of what is left on a form."""
        filling, _ = self.forms.pop(form, (None, None))
        if filling is not None and filling is self.left_at:
            self.left_at = None


@dataclass
class PutAside:
    """What somebody had changed and not saved when the records were locked. It is kept in memory only.

    The clinic's choices wait for whoever may change them. Everything else waits for the account that wrote it, and for
    no other; a passphrase waits for nobody. Until then this program's memory holds it as it was typed, behind the lock
    too, not encrypted; it never goes to the disk, and it is gone when the program ends.
    """

    choices: ClinicChoices | None = None
    unfinished: dict[str, Unfinished] = field(default_factory=dict)
    """By the account's id."""

    def of(self, account: str) -> Unfinished:
        """What waits for this account."""
        return self.unfinished.setdefault(account, Unfinished())

    @property
    def half_written(self) -> dict[str, object]:
        """What waits behind the lock and is gone once the program ends, by the title of its form."""
        found: dict[str, object] = {} if self.choices is None else {tr("Settings"): self.choices}
        for account, one in self.unfinished.items():
            for title, written in one.half_written.items():
                found[title] = (found.get(title), account, written)
        return found

    def forget(self, reference: str) -> None:
        """What is kept under a reference was erased: nothing about it waits for anybody."""
        for one in self.unfinished.values():
            one.forget(reference)

    def drop(self, form: str) -> None:
        """What a form asked for was done: what anybody left on it waits no more."""
        for one in self.unfinished.values():
            one.drop(form)


class Adjusting(QObject):
    """Shows Settings and hands what is chosen there on; comes back to the section from which a page was opened."""

    left = Signal()
    rules = Signal()
    own = Signal()
    """Somebody goes to the questions that the clinic asks of its own."""
    findings = Signal()
    chose = Signal()
    """The clinic's choices are others now."""

    def __init__(
        self,
        window: MainWindow,
        vault: Vault,
        content: Content,
        jobs: Jobs,
        appearance: Appearance,
        clock: Clock,
        home: Path,
        keeping: Keeping,
        backing_up: BackingUp,
        aside: PutAside,
    ) -> None:
        super().__init__(window)
        self._window, self._vault, self._content, self._jobs = window, vault, content, jobs
        self._appearance, self._clock, self._home, self._aside = appearance, clock, home, aside
        self._keeping, self._backing_up = keeping, backing_up
        # Read while nobody else is at the vault, and held by this program alone from here on.
        self.choices = ClinicChoices.of(vault.shelf.recall(CHOICES))
        self._made: SettingsPage | None = None
        self._section = ""
        self._over = False

    @property
    def _page(self) -> SettingsPage | None:
        """The page while it is open, also with another one over it."""
        return self._made if self._made is self._window.base else None

    def open(self, said: str = "") -> None:
        """The page, at the section that one came from."""
        from screener.ui.shell.settings import SettingsPage

        found = self._content.open
        assert found is not None, "nothing over a vault is shown without content"
        account, theme = self._vault.account, self._appearance.theme
        self._window.say_opening()
        page = self._made = SettingsPage(
            found,
            self.choices,
            theme.choice,
            theme.text_scale,
            account.rights,
            self._keeping.choosers,
            said,
            account=f"{account.name}, {account.title}",
            kept_backups=self._backing_up.choices,
            folder=self._home if self._vault.on_disk else None,
            unsaved=self._aside.choices,
        )
        if page.choosing is not None:  # whoever may not change it leaves it for the one who may
            self._aside.choices = None
        self._connect(page)
        self._window.show_page(page)
        if self._section:
            page.body.show_section_soon(self._section)
        if self._vault.on_disk:
            self._look_through(page)

    def _connect(self, page: SettingsPage) -> None:
        page.appearance.connect(self._appearance.dress)
        page.save.connect(self._keep)
        page.back.connect(self._leave)
        for signal, way in (
            (page.accounts, partial(self._keeping.open_accounts, self.open)),
            (page.passphrase, partial(self._keeping.open_passphrase, self.open)),
            (page.backups, partial(self._backing_up.open, self.open)),
            (page.browse, self.rules.emit),
            (page.own, self.own.emit),
        ):
            signal.connect(partial(self._go, page, way))
        page.content.choose.connect(self._content.choose)
        page.content.shipped.connect(self._content.use_shipped)
        page.content.again.connect(self._content.read)
        page.content.findings.connect(self.findings)
        page.data.open_folder.connect(partial(self._open_folder, page))
        bind(page, "rules", page.leave_for_rules)

    def _leave(self) -> None:
        self._section = ""
        self.left.emit()

    def _go(self, page: SettingsPage, way: Callable[[], object]) -> None:
        self._section = page.body.section
        way()

    def show_content(self) -> None:
        """Content was read, or is being read."""
        page, found = self._page, self._content.open
        if page is not None and found is not None:
            page.show_content(found, reading=self._content.reading)

    # The clinic's choices

    def _keep(self, choices: ClinicChoices) -> None:
        shelf, value = self._vault.shelf, choices.to_json()
        self._jobs.submit(lambda: shelf.remember(CHOICES, value), partial(self._kept, choices), self._not_kept)

    def _kept(self, choices: ClinicChoices, _: object) -> None:
        if self._over:
            return
        self.choices = choices
        self.chose.emit()
        if self._page is not None:
            self._page.show_saved(choices, f"{self._clock.now():%H:%M:%S}")

    def _not_kept(self, problem: WorldError) -> None:
        if self._over:
            return
        if self._page is not None:
            self._page.show_problem(problem)
        else:
            self._window.news.tell(
                tr("What the clinic chose was not saved. {problem}").format(problem=problem_words(problem)),
                attention=True,
            )

    def asks_first(self, close: Callable[[], object]) -> bool:
        """Whether Settings ask about what is not saved before the window is closed; asked once."""
        page = self._page
        if page is None or not page.unsaved or page.foot.asks:
            return False
        while self._window.page is not page:
            self._window.close_over()
        return page.ask_to_close(close)

    def put_aside(self) -> None:
        """The records are locked: what was changed and not saved waits for whoever may change it."""
        page = self._page
        if page is not None and page.unsaved and page.choosing is not None:
            self._aside.choices = page.choosing.wanted

    @property
    def reminder(self) -> str:
        """What home says while something waits in Settings."""
        waits = self._aside.choices is not None and Right.CHOOSE in self._vault.account.rights
        return PUT_ASIDE if waits else ""

    # The folder

    def _look_through(self, page: SettingsPage) -> None:
        self._jobs.submit(partial(_look, self._home), partial(self._seen, page), partial(self._unseen, page))

    def _seen(self, page: SettingsPage, lying: tuple[Lying, ...]) -> None:
        if not self._over and self._window.base is page:
            page.data.show_lying(lying)

    def _unseen(self, page: SettingsPage, problem: WorldError) -> None:
        if not self._over and self._window.base is page:
            page.data.show_unread(problem_words(problem))

    def _open_folder(self, page: SettingsPage, folder: Path) -> None:
        show_folder(folder, page.data.say)

    def end(self) -> None:
        """The records are closed: what is still on its way is shown no more."""
        self._over = True


def _look(home: Path) -> tuple[Lying, ...]:
    """What lies in a folder; the system's refusal in the store's own words."""
    from screener.store.files import explained
    from screener.ui.data_place import look

    with explained(home):
        return look(home)
