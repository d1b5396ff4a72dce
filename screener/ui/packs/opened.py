"""The content that is shown, as values: what a page shows of each entry, and what a reading changed in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screener.forms.browsing import RuleLine, Shelves, readers_of
from screener.forms.changes import parts
from screener.forms.details import (
    QuestionDetail,
    RuleDetail,
    SourceDetail,
    question_detail,
    rule_detail,
    source_detail,
)
from screener.forms.findings import Finding
from screener.forms.library import Excerpt, Library
from screener.forms.model import Pack, Question, Rule
from screener.forms.trying import CaseTable, case_table
from screener.forms.words import PackNames
from screener.language import tr

READING = tr("Reading the files…")


@dataclass(frozen=True, slots=True)
class State:
    """How the open content stands, as the page says it."""

    name: str
    """The pack and its version."""
    said: str
    """How many findings, and when it was read."""
    findings: tuple[Finding, ...] = ()
    files: str = READING
    """Why nothing can be shown of the files, while it cannot."""


@dataclass(frozen=True, slots=True)
class Written:
    """What the files themselves hold of an entry. There is no excerpt until they are read."""

    excerpt: Excerpt | None = None
    findings: tuple[Finding, ...] = ()
    files: str = ""
    """Why the files are not at hand, where they are not."""


@dataclass(frozen=True, slots=True)
class ShownRule:
    """All that is shown of a rule. There are no cases until the files are read."""

    pack: Pack
    rule: Rule
    detail: RuleDetail
    written: Written = Written()
    cases: CaseTable | None = None


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """All that is shown of a question."""

    detail: QuestionDetail
    readers: tuple[RuleLine, ...]
    written: Written = Written()


@dataclass(frozen=True, slots=True)
class ShownSource:
    """All that is shown of a source."""

    detail: SourceDetail
    written: Written = Written()


Shown = ShownRule | ShownQuestion | ShownSource


@dataclass(frozen=True)
class Opened:
    """The lists of a pack, how it stands, and its files while these are its own."""

    shelves: Shelves
    library: Library | None
    state: State

    def there(self, kind: str, name: str) -> bool:
        """Whether the content has an entry."""
        pack = self.shelves.pack
        known: Mapping[str, Mapping[str, object]] = {
            "rule": pack.rules,
            "question": pack.questions,
            "source": pack.sources,
        }
        return name in known.get(kind, {})

    def shown(self, kind: str, name: str) -> Shown:
        """What is shown of an entry that is there."""
        match kind:
            case "rule":
                return self._rule(name)
            case "question":
                return self._question(name)
            case _:
                return ShownSource(
                    source_detail(self.shelves.pack, name, self.shelves.difference), self._written("source", name)
                )

    def _rule(self, name: str) -> ShownRule:
        pack, library = self.shelves.pack, self.library
        rule, cases = pack.rules[name], None
        if library is not None and library.pack is not None:
            # Worked cases come with the files alone.
            rule = library.pack.rules[name]
            cases = case_table(library.pack, rule)
        detail = rule_detail(pack, rule, self.shelves.difference)
        return ShownRule(pack, rule, detail, self._written("rule", name), cases)

    def _question(self, name: str) -> ShownQuestion:
        pack = self.shelves.pack
        reading = {rule.id for rule in readers_of(pack, name)}
        readers = tuple(line for line in self.shelves.rules if line.id in reading)
        detail = question_detail(pack, pack.questions[name], self.shelves.difference)
        return ShownQuestion(detail, readers, self._written("question", name))

    def _written(self, kind: str, name: str) -> Written:
        library = self.library
        if library is None:
            return Written(files=self.state.files)
        return Written(library.excerpt(kind, name), library.findings_of(kind, name), self.state.files)


def changed(before: Pack, now: Pack, kind: str, name: str) -> str:
    """What a reading changed in an entry; empty where nothing did."""
    entries: Mapping[str, tuple[Mapping[str, Rule | Question], Mapping[str, Rule | Question]]] = {
        "rule": (before.rules, now.rules),
        "question": (before.questions, now.questions),
    }
    there, here = entries.get(kind, ({}, {}))
    if name not in there:
        return ""
    if name not in here:
        return tr("It was read again: {name} was there before, and is not in the files any more.").format(name=name)
    differing = [part.name for part in parts(there[name], here[name], PackNames(before), PackNames(now))]
    return tr("Read again. Other than before: {differing}.").format(differing=", ".join(differing)) if differing else ""
