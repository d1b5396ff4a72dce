"""Settings, Accounts and Backups: how they stand, and the ways to pages of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.ui.choices import BackupChoices
from screener.ui.content import folder_words
from screener.ui.shell.setting import CLINIC, Section
from screener.ui.shell.setting_search import Described
from screener.ui.widgets.controls import ActionButton, label
from screener.ui.widgets.facts import fact_grid
from screener.ui.widgets.layout import Card, FlowLayout

_ACCOUNTS = tr(
    "Who opens these records, and what each may do. Every account has a passphrase "
    "and a signing key of its own; the printed recovery key and the key of the "
    "records are on the same page."
)
_ONES_OWN = tr(
    "Every account has a passphrase and a signing key of its own. Accounts are added and changed by those who "
    "administer these records: {choosers}."
)
_BACKUPS = tr(
    "A backup is one encrypted file with everything that is kept in these records. "
    "It is made by hand, and each day when the window is closed."
)


class AccountsSection(Section):
    """Who is here now, and the pages where accounts are changed."""

    accounts = Signal()
    passphrase = Signal()

    def __init__(self, account: str, *, may_change: bool, choosers: str) -> None:
        super().__init__(tr("Accounts"), CLINIC)
        card = Card()
        lead = _ACCOUNTS if may_change else _ONES_OWN.format(choosers=choosers or tr("nobody yet"))
        card.body.addWidget(label(lead, "muted", wrap=True))
        if account:
            card.body.addLayout(fact_grid([(tr("Open now"), account)]))
        offers = [(tr("Your passphrase…"), self.passphrase)]
        card.body.addWidget(_ways([(tr("Accounts…"), self.accounts), *offers] if may_change else offers))
        also = (tr("user, users, password, passphrase, role, recovery, key, sheet, encrypt, administrator, clinician"),)
        self.add_part(card, Described(tr("Accounts"), lead, (tr("Your passphrase"), tr("Add an account")), also))


class BackupsSection(Section):
    """How backups are made, and the page where that is changed."""

    backups = Signal()

    def __init__(self, choices: BackupChoices | None) -> None:
        super().__init__(tr("Backups"), CLINIC)
        card = Card()
        card.body.addWidget(label(_BACKUPS, "muted", wrap=True))
        if choices is not None:
            facts = [
                (tr("Folder"), folder_words(choices.folder)),
                (tr("Daily"), tr("when the window is closed") if choices.daily else tr("off: only by hand")),
                (tr("Automatic ones kept"), str(choices.keep)),
            ]
            card.body.addLayout(fact_grid(facts))
        card.body.addWidget(_ways([(tr("Backups…"), self.backups)]))
        self.add_part(
            card,
            Described(
                tr("Backups"),
                _BACKUPS,
                (tr("Back up now"), tr("Folder"), tr("Daily"), tr("Automatic ones kept")),
                (tr("backup, copy, save, disk, restore"),),
            ),
        )


def _ways(offered: list[tuple[str, SignalInstance]]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, gap_px=10)
    for text, signal in offered:
        button = ActionButton(text)
        button.clicked.connect(signal)
        flow.addWidget(button)
    return holder
