"""Today's content over an old record: what came of each rule then, and what comes of it now. Nothing is saved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from screener.language import tr
from screener.records.rerun import Rerun, Since
from screener.records.sitting import Sitting
from screener.ui.records.differences import DifferencesPage, items_by_mark
from screener.ui.records.pairs import FoldedCard
from screener.ui.widgets.controls import label
from screener.ui.widgets.growing import Part
from screener.ui.widgets.layout import Notice
from screener.ui.widgets.read_card import ReadCard

NOTHING_CHANGES = tr("Nothing was changed by this, and nothing of it is saved. The record stays as it was signed.")
SINCE_WORDS: dict[Since, str] = {
    "same": "",
    "changed": tr("the rule was changed since"),
    "new": tr("a rule that did not run then"),
    "gone": tr("the rule does not run now"),
    "unknown": "",
}


class RerunPage(DifferencesPage):
    """Both columns, those rules first of which something else comes now."""

    def __init__(self, sitting: Sitting, pack_name: str) -> None:
        title = tr("Today’s content over a record")
        super().__init__(title, label(title, "large"), label(sitting.name, "muted"))
        self._sitting, self._pack_name = sitting, pack_name
        self._found: Rerun | None = None
        self.page.build([Part(partial(Notice, tr("Running today’s content over the record…")))])

    def show_found(self, found: Rerun) -> None:
        """Show what today's content says."""
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._found is not None:
            self.page.build(list(self._parts(self._found)))

    def show_problem(self, said: str) -> None:
        self.page.build([Part(partial(Notice, said, "warning"))])

    def _parts(self, found: Rerun) -> Iterator[Part]:
        yield Part(partial(Notice, NOTHING_CHANGES))
        yield Part(partial(self._about, found))
        if found.unread:
            lines = [f"{one.label}: {one.words} ({one.why})" for one in found.unread]
            yield Part(partial(FoldedCard, tr("Answers of the record that today’s content does not read"), lines))
        if found.pairs and not any(pair.differs for pair in found.pairs):
            yield Part(partial(label, tr("The same comes of every rule that runs then and now."), "large"))
        pack = self._sitting.content["pack"]
        names = (
            tr("Then, {id} {version}").format(id=pack["id"], version=pack["version"]),
            tr("Now, {pack_name}").format(pack_name=self._pack_name),
        )
        about = {rule: SINCE_WORDS[since] for rule, since in found.since.items()}
        yield from items_by_mark(found.pairs, names, whole=self._all, about=about)

    def _about(self, found: Rerun) -> QWidget:
        content, sitting = self._sitting.content, self._sitting
        pack = content["pack"]
        lines = [
            tr("{name}, {pathway}; intervals are worked out for {day}").format(
                name=sitting.name, pathway=sitting.pathway, day=sitting.day
            ),
            tr("Signed under {id} {version} ({hash}); open now: {pack_name}").format(
                id=pack["id"], version=pack["version"], hash=str(pack["hash"])[:12], pack_name=self._pack_name
            ),
        ]
        if found.pairs:
            then, now = (sum(side is not None for side in sides) for sides in zip(*_sides(found), strict=True))
            lines.append(
                tr(
                    "Rules that ran then: {then}; that run now: {now}. Those of which the same comes are under All."
                ).format(then=then, now=now)
            )
        if found.same_content:
            lines.append(tr("It is the same content, to the letter."))
        elif "unknown" in found.since.values():
            lines.append(
                tr(
                    "The content that it was signed under is not on this computer: whether a rule "
                    "was changed is not known."
                )
            )
        if found.lost:
            lost = tr("Today’s content has no longer {lost}.").format(lost=tr(" and ").join(found.lost))
            lines.append(lost if found.pairs else tr("{lost} So it cannot be run over this record.").format(lost=lost))
        card = ReadCard(". ".join(lines), padding_px=14)
        for line in lines:
            card.body.addWidget(label(line, wrap=True))
        return card


def _sides(found: Rerun) -> list[tuple[object, object]]:
    return [(pair.first, pair.second) for pair in found.pairs]
