"""The composition root: makes the window, reads the content after it shows, opens the vault, brings pages together."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from screener.clock import Clock, SystemClock, today
from screener.text import WorldError
from screener.ui.actions import bind
from screener.ui.jobs import Jobs
from screener.ui.shell.window import MainWindow
from screener.ui.style.theme import Theme
from screener.ui.widgets.speech import announce

if TYPE_CHECKING:
    from screener.forms.model import Pack
    from screener.forms.pack import Loaded
    from screener.screening.session import Session
    from screener.store.vault import Vault
    from screener.ui.autosave import SaveStatus
    from screener.ui.screening.workspace import Workspace
    from screener.ui.shell.first_start import SetUp
    from screener.ui.shell.new_screening import Beginning
    from screener.ui.shell.settings import ClinicChoices

CHOICES = "clinic"


class Program(QObject):
    """One running program: a window, a store thread, at most one open vault and one open screening."""

    def __init__(self, app: QApplication, home: Path, pack_folder: Path, clock: Clock) -> None:
        super().__init__(app)
        self.home, self.pack_folder, self.clock = home, pack_folder, clock
        self.settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
        self.theme = Theme.of(app)
        scheme = str(self.settings.value("appearance/scheme", "system"))
        scale = float(str(self.settings.value("appearance/text_scale", "1.0")))
        self.theme.apply(scheme if scheme in ("light", "dark", "contrast") else "system", scale)  # type: ignore[arg-type]
        self.window = MainWindow(self.settings)
        self.window.may_close = self._may_close
        self.window.painted.connect(self._painted)
        self._bind_window()
        self.jobs = Jobs("store", self)
        self.pack: Pack | None = None
        self.vault: Vault | None = None
        self.made_up = False
        self.workspace: Workspace | None = None
        self._closing = False
        app.aboutToQuit.connect(self.shut)

    # Beginning

    def _painted(self) -> None:
        _tell("SCREENER_READY_FD", b"ready\n")
        self._read_content()

    def _read_content(self) -> None:
        from screener.forms.pack import load_pack

        self.jobs.submit(lambda: load_pack(self.pack_folder), self._content_read, self._content_failed)

    def _content_read(self, loaded: Loaded) -> None:
        from screener.forms.pack import keep_last_good, last_good
        from screener.ui.shell.findings import FindingsPage

        kept = self.home / "last-good-pack.json"
        if loaded.pack is not None:
            self._take_pack(loaded.pack)
            keep_last_good(loaded.pack, kept)
            self._show_door()
            return
        good = last_good(kept)
        if good is not None:
            self._take_pack(good)
        name = f"{self.pack.head.id} {self.pack.head.version}" if self.pack is not None else ""
        page = FindingsPage(loaded.findings, name)
        page.go_on.connect(self._show_door)
        page.again.connect(self._read_content)
        self.window.show_page(page)

    def _take_pack(self, pack: Pack) -> None:
        from screener.records.record import standing_line

        self.pack = pack
        self.window.say_standing(standing_line(pack))

    def _content_failed(self, problem: WorldError) -> None:
        from screener.ui.shell.form_page import FormPage

        page = FormPage("The content cannot be read", f"{problem.said} {problem.next_step}")
        page.finish()
        self.window.show_page(page)

    # Everywhere

    def _bind_window(self) -> None:
        for action_id, slot in (
            ("keys", self._show_keys),
            ("quit", self.window.close),
            ("appearance", self._next_scheme),
            ("text_larger", partial(self._resize_text, 0.1)),
            ("text_smaller", partial(self._resize_text, -0.1)),
        ):
            bind(self.window, action_id, slot, inside=False)

    def _show_keys(self) -> None:
        from screener.ui.shell.keys import KeysPage

        page = KeysPage()
        page.closed.connect(self.window.close_over)
        self.window.show_over(page)

    def _next_scheme(self) -> None:
        order = ("system", "light", "dark", "contrast")
        self._dress(order[(order.index(self.theme.choice) + 1) % len(order)], self.theme.text_scale)
        announce(self.window, f"Colours: {self.theme.choice}")

    def _resize_text(self, by: float) -> None:
        self._dress(self.theme.choice, round(self.theme.text_scale + by, 2))
        announce(self.window, f"Text size {round(self.theme.text_scale * 100)} %")

    # Doors

    def _show_door(self) -> None:
        from screener.store import vault as vaults
        from screener.ui.shell.first_start import FirstStartPage
        from screener.ui.shell.unlock import UnlockPage

        if vaults.exists(self.home):
            unlock = UnlockPage()
            unlock.unlock.connect(self._unlock)
            unlock.recover.connect(self._recover)
            unlock.try_out.connect(self._try_out)
            self.window.show_page(unlock)
            return
        first = FirstStartPage()
        first.set_up.connect(self._show_set_up)
        first.try_out.connect(self._try_out)
        self.window.show_page(first)

    def _show_set_up(self) -> None:
        from screener.ui.shell.first_start import SetUpPage

        page = SetUpPage()
        page.back.connect(self._show_door)
        page.done.connect(self._set_up)
        self.window.show_page(page)

    def _set_up(self, wanted: SetUp) -> None:
        from screener.store.vault import Vault

        def create() -> tuple[Vault, str]:
            vault, key = Vault.create(
                self.home, name=wanted.name, role=wanted.role, passphrase=wanted.passphrase, clock=self.clock
            )
            vault.shelf.remember(CHOICES, {"parameters": {}, "crisis_card": "", "country": wanted.country})
            return vault, key.text

        self.jobs.submit(create, self._is_set_up, self._door_problem)

    def _is_set_up(self, made: tuple[Vault, str]) -> None:
        from screener.ui.shell.first_start import RecoveryPage

        self.vault, key = made
        page = RecoveryPage(key)
        page.done.connect(self.show_home)
        self.window.show_page(page)

    def _unlock(self, passphrase: str) -> None:
        from screener.store.vault import Vault

        self.jobs.submit(lambda: Vault.open(self.home, passphrase, clock=self.clock), self._is_open, self._door_problem)

    def _recover(self, key: str, passphrase: str) -> None:
        from screener.store.vault import Vault

        self.jobs.submit(
            lambda: Vault.open_with_recovery(self.home, key, passphrase, clock=self.clock),
            self._is_open,
            self._door_problem,
        )

    def _is_open(self, vault: Vault) -> None:
        self.vault = vault
        self.show_home()

    def _door_problem(self, problem: WorldError) -> None:
        show = getattr(self.window.page, "show_problem", None)
        if callable(show):
            show(problem)

    # Home

    def show_home(self) -> None:
        """The list of screenings of the open vault."""
        from screener.ui.shell.home import HomePage

        if self.vault is None or self.made_up:
            self._close_vault()
            self._show_door()
            return
        self.workspace = None
        page = HomePage(f"{self.vault.account.name}, {self.vault.account.role}")
        page.new.connect(self._show_new)
        page.open_draft.connect(self._open_draft)
        page.open_record.connect(self._open_record)
        page.try_out.connect(self._try_out_from_home)
        page.lock.connect(self.lock)
        page.settings.connect(self._show_settings)
        self._bind_home(page)
        if self.pack is not None:
            page.pack.setText(
                f"Pack {self.pack.head.version}: files load, 0 findings\n"
                f"Re-read by a named clinician: {self.pack.reread_rules} of {self.pack.active_rules} rules"
            )
        self.window.show_page(page)
        shelf = self.vault.shelf
        self.jobs.submit(lambda: (shelf.drafts(), shelf.records()), self._lines_read, self._home_problem)

    def _bind_home(self, page: Any) -> None:
        bind(page, "new", self._show_new)
        bind(page, "search", page.search.setFocus)
        bind(page, "lock", self.lock)
        page.focus_first = page.begin.setFocus

    def _lines_read(self, found: tuple[Any, Any]) -> None:
        from screener.ui.shell.home import HomePage
        from screener.ui.shell.screening_table import lines_of

        page = self.window.page
        if isinstance(page, HomePage):
            page.show_lines(lines_of(*found))
            unfinished = [line for line in found[0] if line.digest.get("state") in ("in progress", "in review")]
            if unfinished:
                first = unfinished[0]
                page.found.show_text(
                    f"{first.opening['reference']} was open when the program last stopped: "
                    f"{first.steps} steps are on disk. Open it to go on at the question that was open."
                )

    def _home_problem(self, problem: WorldError) -> None:
        from screener.ui.shell.home import HomePage

        page = self.window.page
        if isinstance(page, HomePage):
            page.found.show_text(f"{problem.said} {problem.next_step}")

    # Settings

    def _choices(self) -> ClinicChoices:
        from screener.ui.shell.settings import ClinicChoices

        kept = self.vault.shelf.recall(CHOICES) if self.vault is not None else None
        raw = dict(kept or {})
        return ClinicChoices(
            dict(raw.get("parameters", {})), str(raw.get("crisis_card", "")), str(raw.get("country", ""))
        )

    def _show_settings(self) -> None:
        from screener.ui.shell.settings import SettingsPage

        if self.pack is None:
            return
        page = SettingsPage(
            self.pack, self._choices(), self.theme.choice, self.theme.text_scale, self.vault is not None
        )
        page.appearance.connect(self._dress)
        page.save.connect(self._keep_choices)
        page.back.connect(self.show_home)
        self.window.show_page(page)

    def _dress(self, scheme: str, scale: float) -> None:
        self.theme.apply(scheme, scale)  # type: ignore[arg-type]
        self.settings.setValue("appearance/scheme", scheme)
        self.settings.setValue("appearance/text_scale", self.theme.text_scale)

    def _keep_choices(self, choices: ClinicChoices) -> None:
        assert self.vault is not None
        shelf = self.vault.shelf
        value = {
            "parameters": dict(choices.parameters),
            "crisis_card": choices.crisis_card,
            "country": choices.country,
        }
        self.jobs.submit(lambda: shelf.remember(CHOICES, value), self._choices_kept, self._door_problem)

    def _choices_kept(self, _: object) -> None:
        self.show_home()

    # Screenings

    def _show_new(self) -> None:
        from screener.ui.shell.new_screening import NewScreeningPage

        if self.pack is None or self.vault is None:
            return
        known = {str(d.opening["reference"]): str(d.opening.get("second_mark", "")) for d in self.vault.shelf.drafts()}
        known |= {r.reference: "" for r in self.vault.shelf.records()}
        page = NewScreeningPage(self.pack, today(self.clock), self._choices().country, self.vault.account.role, known)
        page.begin.connect(self._begin)
        page.back.connect(self.show_home)
        self.window.show_page(page)

    def _begin(self, wanted: Beginning) -> None:
        from screener.screening.opening import Opening, PackStamp

        assert self.pack is not None and self.vault is not None
        choices = self._choices()
        opening = Opening(
            reference=wanted.reference,
            second_mark=wanted.second_mark,
            pathway=wanted.pathway,
            profiles=wanted.profiles,
            parameters=dict(choices.parameters),
            product=wanted.product,
            visit_date=wanted.visit_date,
            clinician=self.vault.account.name,
            role=wanted.role,
            begun_at=self.clock.now().isoformat(timespec="seconds"),
            pack=PackStamp(self.pack.head.id, self.pack.head.version, self.pack.hash),
        )
        shelf = self.vault.shelf
        self.jobs.submit(
            lambda: shelf.begin(opening.to_json()), partial(self._begun, opening, wanted.age), self._door_problem
        )

    def _begun(self, opening: Any, age: int | None, screening: str) -> None:
        from screener.screening.session import Session

        assert self.pack is not None
        self._open_workspace(Session(self.pack, opening, self.clock), screening)
        if (
            age is not None
            and self.workspace is not None
            and "person.age" in self.workspace.controller.session.questions
        ):
            self.workspace.controller.answer("person.age", age)

    def _open_draft(self, screening: str) -> None:
        assert self.vault is not None
        shelf = self.vault.shelf
        self.jobs.submit(lambda: shelf.draft(screening), self._draft_read, self._home_problem)

    def _draft_read(self, draft: Any) -> None:
        from screener.screening.opening import Opening
        from screener.screening.session import Session

        assert self.pack is not None
        opening = Opening.from_json(draft.opening)
        session = Session.replay(self.pack, opening, draft.steps, self.clock)
        self._open_workspace(session, draft.screening)
        assert self.workspace is not None
        if opening.pack.hash != self.pack.hash:
            self.workspace.say(
                f"This screening was begun under pack {opening.pack.id} {opening.pack.version}; "
                "the content has changed since, and its rules are those of today."
            )
        self.workspace.resume(dict(draft.digest.get("place", {})))

    def _open_workspace(self, session: Session, screening: str) -> None:
        from screener.ui.screening.desk import Desk
        from screener.ui.screening.workspace import Workspace
        from screener.ui.session_controller import SessionController

        assert self.vault is not None
        controller = SessionController(session, self)
        desk = Desk(
            shelf=self.vault.shelf,
            jobs=self.jobs,
            screening=screening,
            crisis_card=self._choices().crisis_card,
            check_passphrase=None if self.made_up else self.vault.unlock,
        )
        workspace = Workspace(controller, desk)
        workspace.left.connect(self.show_home)
        workspace.autosave.status_changed.connect(partial(self._saved, screening))
        self.workspace = workspace
        self.window.show_page(workspace)

    def _saved(self, screening: str, status: SaveStatus) -> None:
        from screener.ui.autosave import SaveState

        if status.state is SaveState.SAVED:
            _tell("SCREENER_SAVED_FD", f"saved {screening} {status.number}\n".encode())

    def _open_record(self, record: str) -> None:
        assert self.vault is not None
        shelf = self.vault.shelf
        self.jobs.submit(lambda: shelf.record(record), self._record_read, self._home_problem)

    def _record_read(self, record: Any) -> None:
        from screener.ui.screening.review.report import RecordPage

        page = RecordPage(record)
        page.closed.connect(self.show_home)
        self.window.show_page(page)

    # A made-up patient

    def _try_out_from_home(self) -> None:
        self._close_vault()
        self._try_out()

    def _try_out(self) -> None:
        from screener.forms.reading import read_file
        from screener.places import forms_folder
        from screener.store.vault import Vault
        from screener.training.rehearsal import MadeUpPatient, fill, opening

        if self.pack is None:
            return
        patient = MadeUpPatient.model_validate(read_file(forms_folder() / "scenarios" / "first-look.yaml").data)
        self.vault, self.made_up = Vault.in_memory(self.clock, name="You"), True
        from screener.screening.session import Session

        begun = opening(patient, self.pack, self.clock, "You")
        session = Session(self.pack, begun, self.clock)
        screening = self.vault.shelf.begin(begun.to_json())
        changes = fill(session, patient)
        session.history.done.clear()
        steps = [step.to_json() for change in changes for step in change.steps]
        self.vault.shelf.append(screening, steps, {})
        self._open_workspace(session, screening)

    # Ending

    def lock(self) -> None:
        """Close the vault and ask for the passphrase again."""
        self._close_vault()
        self._show_door()

    def _close_vault(self) -> None:
        if self.vault is not None:
            self.vault.close()
        self.vault, self.made_up, self.workspace = None, False, None

    def _may_close(self) -> bool:
        """Closing waits for what was typed to be on disk, with a sign; what cannot be saved is said first."""
        if self.workspace is None or self._closing:
            return True
        self.workspace.autosave.commit()
        if self.workspace.autosave.settled:
            return True
        self.workspace.say("Saving before the window closes… Close again to leave without what is not saved.")
        self._closing = True
        self.workspace.autosave.status_changed.connect(self._close_when_settled)
        return False

    def _close_when_settled(self) -> None:
        if self.workspace is not None and self.workspace.autosave.settled:
            QTimer.singleShot(0, self.window, self.window.close)

    def shut(self) -> None:
        """End the store thread and close the vault; nothing is under way afterwards."""
        self.jobs.close()
        if self.workspace is not None:
            self.workspace.shut()
        self._close_vault()


def _tell(variable: str, line: bytes) -> None:
    """Write a line to the descriptor that a test or a benchmark gave; nothing where none is given."""
    descriptor = os.environ.get(variable, "")
    if descriptor.isdigit():
        os.write(int(descriptor), line)


def build(
    app: QApplication, *, home: Path | None = None, pack_folder: Path | None = None, clock: Clock | None = None
) -> Program:
    """The program, its window not yet shown.

    Defaults: the user's own folder, the shipped content, the system's clock.
    """
    from screener.places import forms_folder
    from screener.store import vault as vaults

    folder = home or vaults.default_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Program(app, folder, pack_folder or forms_folder() / "intake", clock or SystemClock())


def main(argv: Sequence[str]) -> int:
    """Open the window and run until it closes; the exit code is Qt's."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([sys.argv[0], *argv])
    app.setApplicationName("Screener")
    app.setApplicationDisplayName("Screener")
    arguments = list(argv)
    pack = Path(arguments[arguments.index("--pack") + 1]) if "--pack" in arguments else None
    program = build(app, pack_folder=pack)
    program.window.show()
    return app.exec()
