"""A single file of rules over the questions of a pack: to be tried on a table before it is put into a folder."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from screener.forms.composition import Places, finished
from screener.forms.findings import Code, Finding
from screener.forms.lint import lint
from screener.forms.model import Pack, Rule, Theme
from screener.forms.reading import Read, read_file
from screener.forms.validation import validation_findings

THEME = "rules-file"
_NOT_HERE = frozenset((Code.MISSING_CASES, Code.UNKNOWN_ROW))
"""What a rule needs in a pack and not while it is tried."""


def with_rules_of(pack: Pack, path: Path) -> tuple[Pack | None, list[Finding]]:
    """The pack with the rules of one file in place of its own; None where findings keep them from running."""
    read = read_file(path)
    findings = [*read.findings, *read.doubtful]
    if findings:
        return None, findings
    places = Places()
    rules = _rules(read, pack, places, findings)
    if findings:
        return None, findings
    emptied = tuple(theme.model_copy(update={"rules": ()}) for theme in pack.themes)
    theme = Theme(id=THEME, title=path.name, rules=tuple(rules))
    # Made anew, not copied: a copy would keep the indexes of the pack that it was copied from.
    held = {name: getattr(pack, name) for name in ("head", "profiles", "pathways", "sources", "rows", "instruments")}
    made = Pack(**held, medicines=pack.medicines, themes=(*emptied, theme), hash="")
    findings = [one for one in lint(made, places) if one.place.file == read.file and one.code not in _NOT_HERE]
    if any(finding.stops for finding in findings):
        return None, findings
    return finished(made), findings


def _rules(read: Read, pack: Pack, places: Places, findings: list[Finding]) -> list[Rule]:
    if not isinstance(read.data, list) or not read.data:
        hint = "begin each rule with `- id:`"
        findings.append(Finding(Code.WRONG_SHAPE, read.place(()), "the file must be a list of rules", hint))
        return []
    found: list[Rule] = []
    for place, data in enumerate(read.data):
        try:
            rule = Rule.model_validate(data, context={"groups": pack.head.groups})
        except ValidationError as wrong:
            findings += validation_findings(wrong, read, (place,), Rule)
            continue
        if any(rule.id == other.id for other in found):
            said = f"the rule {rule.id} stands twice"
            findings.append(Finding(Code.DUPLICATE_ID, read.place((place,)), said, "give one another id"))
        places.remember("rule", rule.id, read, (place,))
        found.append(rule)
    return found
