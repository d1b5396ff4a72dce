"""What is asked before an account is added, changed or removed, before a passphrase or a key becomes another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QLineEdit, QVBoxLayout, QWidget

from screener.language import tr
from screener.store.accounts import AccountLine
from screener.store.roles import ADMINISTRATOR, CLINICIAN
from screener.text import WorldError
from screener.ui.shell.form_page import LEAST_CHARACTERS, FormPage, passphrase_problems, text_line
from screener.ui.shell.half_written import STANDS_AS_LEFT, Filling
from screener.ui.style.theme import scaled
from screener.ui.widgets.choosing import CheckRow, RadioRow
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.error_summary import Problem
from screener.ui.widgets.group import BareGroup
from screener.ui.widgets.working import Working

MAY_DO = {
    "clinician": (tr("Clinician"), tr("Opens, fills in, signs and amends screenings, and writes records into files.")),
    "facilitator": (tr("Facilitator"), tr("What a clinician may do, under the name that a state's law uses.")),
    "trainer": (tr("Trainer"), tr("Opens made-up patients only; no screening and no record of a patient.")),
    "administrator": (
        tr("Administrator"),
        tr("Looks after accounts, backups and what the clinic chose; opens no screening."),
    ),
}
"""Each role as it is called, and what it may do."""
OF_BACKUPS = tr("Backups made before still open with the sheet and the passphrases of their day.")
"""What no deed here changes."""
_BEGINS = tr("At least {least_characters} characters; a few unrelated words are long and easy to type.").format(
    least_characters=LEAST_CHARACTERS
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account as it is asked for; the passphrase is empty where it stays as it is."""

    name: str
    role: str
    administers: bool
    passphrase: str = ""


class DeedPage(FormPage):
    """A page for one deed. While it is done neither it nor leaving can be asked for; a failure is said in place."""

    back = Signal()

    def __init__(self, title: str, lead: str, deed: str, at_work: str, key: str = "Enter") -> None:
        super().__init__(title, lead)
        self._at_work = at_work
        self.working = Working()
        self._deed = ActionButton(deed, key, "primary")
        self._deed.clicked.connect(self.go)
        self._leave = ActionButton(tr("Back"), "Esc")
        self._leave.setShortcut("Esc")
        self._leave.clicked.connect(self.back)

    def close_form(self) -> None:
        """The end of the page: sign of work, notice, buttons."""
        self.body.addWidget(self.working)
        self.finish(self._deed, self._leave)

    def go(self) -> None:
        """Do it, if what was asked for is there."""
        if not self._deed.isEnabled():
            return
        if self.refuse(self.problems):
            return
        self.say("")
        self._let(False)
        self.working.begin(self._at_work)
        self.do()

    def problems(self) -> list[Problem]:
        """What keeps it back, each with where it is mended."""
        return []

    def do(self) -> None:
        """Ask for the deed."""
        raise NotImplementedError

    def show_problem(self, problem: WorldError) -> None:
        """Say why it was not done; what was typed stands."""
        self.working.end()
        self._let(True)
        super().show_problem(problem)
        self.focus_first()

    def _let(self, possible: bool) -> None:
        self._deed.setEnabled(possible)
        self._leave.setEnabled(possible)


def _follow(lines: list[QLineEdit], last: Callable[[], object]) -> None:
    """Enter goes from line to line, and from the last one does the deed."""
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        line.returnPressed.connect(last if after is None else after.setFocus)


def explained(row: QAbstractButton, text: str) -> QWidget:
    """A row that can be checked, with what it means below its words."""
    row.setAccessibleDescription(text)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(row)
    said = label(text, "small", wrap=True)
    said.setContentsMargins(scaled(31), 0, 0, 4)
    column.addWidget(said)
    return holder


def _new_passphrase(
    page: FormPage, first: str = tr("New passphrase"), help_text: str = _BEGINS
) -> tuple[QLineEdit, QLineEdit]:
    new, again = text_line(secret=True), text_line(secret=True)
    page.add(first, new, help_text)
    page.add(tr("{first} again").format(first=first), again)
    return new, again


_TYPED_AGAIN = tr("A passphrase is not kept: type it again.")


class AccountPage(DeedPage):
    """An account added (`line` is None) or changed: name, role, whether it administers, and the first passphrase.

    What is left here unfinished waits without its passphrase: that is nowhere once the page has gone.
    """

    wanted = Signal(object)

    def __init__(self, line: AccountLine | None = None, *, mine: bool = False) -> None:
        if line is None:
            lead = tr("The first passphrase is told to its holder, who changes it in Settings.")
            super().__init__(tr("Add an account"), lead, tr("Add the account"), tr("Making the account's keys…"))
        else:
            lead = tr("What was signed before keeps the name that it was signed with.")
            if mine:
                lead = f"{lead} {tr('What changes holds when you next open these records.')}"
            super().__init__(tr("Change {name}").format(name=line.name), lead, tr("Save the changes"), tr("Saving…"))
        self.name = text_line(placeholder=tr("as it stands on records"))
        self.name.setText(line.name if line else "")
        self.add(tr("Name"), self.name)
        self._roles: dict[str, RadioRow] = {}
        self._choose_role(line.role if line else CLINICIAN)
        self.administers = CheckRow(tr("May administer these records besides"))
        self.administers.setChecked(bool(line and line.administers))
        self._apart = explained(self.administers, _ADMINISTERING)
        self.body.addWidget(self._apart)
        self._passphrases = None if line else _new_passphrase(self, tr("First passphrase"))
        _follow([*(self._passphrases or (self.name,))], self.go)
        self.close_form()
        self._role_chosen()
        self.filling = Filling(f"account:{line.id}" if line else "account", self.title.text())
        self._at_first = self._stands

    def _choose_role(self, chosen: str) -> None:
        group = BareGroup(tr("Role"))
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        together = QButtonGroup(group)  # each stands in a part of its own: without it they would not exclude each other
        for role, (text, may) in MAY_DO.items():
            row = RadioRow(text, tr("Role: {text}").format(text=text))
            together.addButton(row)
            row.setChecked(role == chosen)
            row.toggled.connect(self._role_chosen)
            column.addWidget(explained(row, may))
            self._roles[role] = row
        self.add(tr("Role"), group)

    @property
    def role(self) -> str:
        return next(role for role, row in self._roles.items() if row.isChecked())

    def _role_chosen(self) -> None:
        """An administrator administers as it is."""
        apart = any(row.isChecked() for row in self._roles.values()) and self.role != ADMINISTRATOR
        self._apart.setVisible(apart)

    @property
    def _stands(self) -> Wanted:
        administers = self.administers.isChecked() and self.role != ADMINISTRATOR
        return Wanted(self.name.text().strip(), self.role, administers)

    @property
    def written(self) -> Wanted | None:
        """The account as it is asked for here, without a passphrase; None where everything is as it came."""
        return None if self._stands == self._at_first else self._stands

    def take_up(self, written: Wanted) -> None:
        """Have what was left stand here again, and say so."""
        self.name.setText(written.name)
        self._roles[written.role].setChecked(True)
        self.administers.setChecked(written.administers)
        self.left.show_text(f"{STANDS_AS_LEFT} {_TYPED_AGAIN}" if self._passphrases else STANDS_AS_LEFT)

    def problems(self) -> list[Problem]:
        found: list[Problem] = []
        if not self.name.text().strip():
            found.append((tr("An account needs a name: it stands on everything that is signed with it."), self.name))
        return found if self._passphrases is None else [*found, *passphrase_problems(*self._passphrases)]

    def do(self) -> None:
        passphrase = self._passphrases[0].text() if self._passphrases else ""
        self.wanted.emit(replace(self._stands, passphrase=passphrase))


_ADMINISTERING = tr(
    "Adds, changes and removes accounts, changes what the clinic chose, reads the "
    "audit log, and erases what is kept under a reference."
)


class ResetPage(DeedPage):
    """Another passphrase for somebody who forgot theirs."""

    wanted = Signal(str)

    def __init__(self, line: AccountLine) -> None:
        lead = tr(
            "For {name}, who is told this passphrase and changes it in Settings. From now "
            "on {name} signs with a new key: nobody else ever signs in their name. What "
            "they signed before stays checkable."
        ).format(name=line.name)
        super().__init__(tr("Reset a passphrase"), lead, tr("Reset the passphrase"), tr("Making new keys…"))
        self.new, self.again = _new_passphrase(self)
        _follow([self.new, self.again], self.go)
        self.close_form()

    def problems(self) -> list[Problem]:
        return passphrase_problems(self.new, self.again)

    def do(self) -> None:
        self.wanted.emit(self.new.text())


class PassphrasePage(DeedPage):
    """One's own passphrase, changed by oneself."""

    wanted = Signal(str, str)
    """(present, new)"""

    def __init__(self, name: str) -> None:
        lead = tr("The passphrase of {name}. The signing key stays the same, and nothing is encrypted anew.").format(
            name=name
        )
        super().__init__(tr("Your passphrase"), lead, tr("Change the passphrase"), tr("Changing the passphrase…"))
        self.present = text_line(secret=True)
        self.add(tr("Present passphrase"), self.present)
        self.new, self.again = _new_passphrase(self)
        _follow([self.present, self.new, self.again], self.go)
        self.close_form()

    def problems(self) -> list[Problem]:
        found: list[Problem] = []
        if not self.present.text():
            found.append((tr("Type the passphrase that opens these records now."), self.present))
        return [*found, *passphrase_problems(self.new, self.again)]

    def do(self) -> None:
        self.wanted.emit(self.present.text(), self.new.text())

    def show_problem(self, problem: WorldError) -> None:
        super().show_problem(problem)
        self.present.selectAll()


class RemovePage(DeedPage):
    """An account removed, with another key for the records unless that is not wanted."""

    wanted = Signal(bool)
    """Whether the records are encrypted with a new key."""

    def __init__(self, line: AccountLine) -> None:
        lead = tr(
            "{name} opens these records no more. {of_backups} What they signed stays "
            "checkable, and the audit log keeps the name. An account that was removed does "
            "not come back: a new one is added instead."
        ).format(name=line.name, of_backups=OF_BACKUPS)
        super().__init__(
            tr("Remove {name}").format(name=line.name),
            lead,
            tr("Remove {name} now").format(name=line.name),
            tr("Removing {name}…").format(name=line.name),
            key="",
        )
        self.anew = CheckRow(tr("Encrypt the records with a new key"))
        self.anew.setChecked(True)
        self.body.addWidget(explained(self.anew, _ANEW))
        self.close_form()
        self._first = self._leave

    def do(self) -> None:
        self.wanted.emit(self.anew.isChecked())


_ANEW = tr(
    "Somebody who copied the folder and knew a passphrase then reads nothing that "
    "is written from now on. It takes longer the more is kept here; everybody "
    "keeps their passphrase. Afterwards there is a new recovery key to print, and "
    "the sheet printed before opens these records no more. {of_backups}"
).format(of_backups=OF_BACKUPS)


class KeyPage(DeedPage):
    """Another recovery key, or another key for all of the records: asked for once more before it is made."""

    wanted = Signal()

    def __init__(self, *, anew: bool) -> None:
        if anew:
            super().__init__(
                tr("Encrypt with a new key"), _ANEW, tr("Encrypt the records"), tr("Encrypting the records…")
            )
        else:
            lead = tr(
                "For a sheet that was lost or seen by somebody else. A new recovery key is "
                "shown once, to be printed or written down; the sheet printed before opens "
                "these records no more. {of_backups}"
            ).format(of_backups=OF_BACKUPS)
            super().__init__(
                tr("New recovery sheet"), lead, tr("Make a new recovery key"), tr("Making a recovery key…")
            )
        self.close_form()
        self._first = self._deed

    def do(self) -> None:
        self.wanted.emit()
