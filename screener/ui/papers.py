"""Printing without a patient: the page that asks what, and the preview of what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from screener.clock import Clock
from screener.language import tr
from screener.store.roles import Right
from screener.ui.actions import bind
from screener.ui.content import Content
from screener.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from screener.exchange.crisis_card import Many
    from screener.exchange.pdf import Paper
    from screener.forms.model import Pack
    from screener.store.vault import Vault
    from screener.ui.choices import ClinicChoices
    from screener.ui.paper.preview import PreviewPage, ToPrint
    from screener.ui.shell.print_page import Form


class Papers(QObject):
    """One preview at a time, over the page that asked for it."""

    left = Signal()
    settings = Signal()

    def __init__(
        self,
        window: MainWindow,
        vault: Vault,
        content: Content,
        choices: Callable[[], ClinicChoices],
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._vault, self._content = window, vault, content
        self._choices, self._clock = choices, clock
        self._preview: PreviewPage | None = None

    def open(self) -> None:
        """Ask what is to be printed."""
        from screener.ui.shell.print_page import PrintPage

        pack = self._content.pack
        assert pack is not None, "nothing over a vault is shown without content"
        choices, may_choose = self._choices(), Right.CHOOSE in self._vault.account.rights
        self._window.say_opening()
        page = PrintPage(pack, choices.country, choices.crisis_card, may_choose=may_choose)
        # Of the content that was shown when it was chosen, also if the files are read again in the meantime.
        page.form.connect(partial(self._show_form, pack))
        page.card.connect(self._show_card)
        page.settings.connect(self.settings)
        page.back.connect(self.left)
        self._window.show_page(page)

    def _show_form(self, pack: Pack, wanted: Form) -> None:
        from screener.exchange.blank_form import blank_form
        from screener.ui.paper.preview import ToPrint

        document = blank_form(pack, wanted.pathway.id, wanted.profiles, wanted.themes)
        title = wanted.pathway.title
        shown = ToPrint(
            document, self._clock.now(), tr("Blank form, {title}.pdf").format(title=title).replace("/", "-")
        )
        self._show(tr("Blank form"), tr("Blank form, {title}").format(title=title), shown, wanted.paper)

    def _show_card(self, many: Many, paper: Paper) -> None:
        from screener.exchange.crisis_card import crisis_card
        from screener.records.record import standing_line
        from screener.ui.paper.preview import ToPrint

        assert self._content.pack is not None
        document = crisis_card(self._choices().crisis_card, standing_line(self._content.pack), many)
        self._show(
            tr("Crisis card"), tr("Crisis card"), ToPrint(document, self._clock.now(), tr("Crisis card.pdf")), paper
        )

    def _show(self, what: str, title: str, shown: ToPrint, paper: Paper) -> None:
        from screener.ui.paper.preview import PreviewPage

        page = PreviewPage(what, title)
        page.closed.connect(partial(self._close, page))
        bind(page, "print", page.print_it)
        page.close_with_escape()
        page.show_document(shown, paper)
        self._preview = page
        self._window.show_over(page)

    def _close(self, page: PreviewPage) -> None:
        page.close_jobs()
        self._preview = None
        self._window.close_over()

    def end(self) -> None:
        """The records are closed: nothing more is set or printed."""
        # Also one that another page has taken the place of, and that is still to go.
        if self._preview is not None and isValid(self._preview):
            self._preview.close_jobs()
        self._preview = None
