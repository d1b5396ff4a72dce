"""What commands print for people: plain tables and lists in neutral words."""

from __future__ import annotations

from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from screener.cli.given import Checked, Input
from screener.forms.model import TIERS, Pack
from screener.forms.reasons import missing_words, open_conditions
from screener.forms.visibility import asked_on
from screener.forms.words import FURTHER_LEVEL, OUTCOME_WORDS, STATE_WORDS, STRENGTH_WORDS, TIER_WORDS, answer_words
from screener.records.record import standing_line
from screener.rules.values import State

Json = dict[str, Any]
MARKS = {"time-critical": "◆", "review": "▲", "note": "▪", "check": "≠"}
OPEN_MARK = "◌"


def show_questions(pack: Pack) -> None:
    """The questions of a pack by theme, with kind and pathways."""
    console = Console(highlight=False)
    for theme in pack.themes:
        table = Table(title=theme.title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
        for heading in ("Id", "Question", "Kind", "Pathways"):
            table.add_column(heading, overflow="fold")
        for question in theme.questions:
            kind = str(question.kind) + (f", {question.unit}" if question.unit else "")
            table.add_row(question.id, question.text, kind, ", ".join(asked_on(pack, question)))
        console.print(table)
        console.print()


def show_evaluation(pack: Pack, checked: Checked, result: Json) -> None:
    """Findings, what is listed and not established, what ran and listed nothing, and the standing line."""
    console = Console(highlight=False)
    for finding in result["findings"]:
        console.print(Text(f"{finding['place']}: {finding['message']}", style="bold"))
        if finding["suggestion"]:
            console.print(Padding(Text(finding["suggestion"]), (0, 0, 0, 4)))
    if checked.visit is None:
        console.print("Nothing was evaluated.")
        return
    visit = checked.visit
    console.print(Text("For clinician review", style="bold"))
    _show_items(console, pack, visit, result["rules"])
    _show_quiet(console, pack, result["rules"])
    console.print()
    console.print(Text(standing_line(pack), style="italic"))


def _show_items(console: Console, pack: Pack, visit: Input, rules: list[Json]) -> None:
    standing = [rule for rule in rules if rule["outcome"] == "listed" or _stands_open(rule)]
    if not any(rule["outcome"] == "listed" for rule in standing):
        console.print("Nothing is listed on these answers. What is not established stands below.")
    for rule in standing:
        console.print(_item(pack, visit, rule))


def _stands_open(rule: Json) -> bool:
    return rule["outcome"] == "not_established" and rule["source_critical"] is True


def _item(pack: Pack, visit: Input, rule: Json) -> RenderableType:
    listed = rule["outcome"] == "listed"
    levels = {level.id: level.title for level in pack.rules[rule["id"]].levels}
    title = levels.get(rule["level"], pack.rules[rule["id"]].title)
    head = Text(f"{MARKS[rule['tier']] if listed else OPEN_MARK} {title}", style="bold")
    head.append(
        f"  {TIER_WORDS[rule['tier']] if listed else OUTCOME_WORDS['not_established']}, {rule['id']}", style="not bold"
    )
    lines = [rule["statement"]] if listed else []
    if listed:
        lines.append("because " + "; ".join(_said(pack, visit, entry) for entry in rule["because"]))
    if rule["missing"]:
        opening = f"{FURTHER_LEVEL}; missing: " if listed else "missing "
        lines.append(opening + "; ".join(_missing(pack, visit, rule, entry) for entry in rule["missing"]))
    lines.append(_source(pack, rule["source"]))
    if rule["status"] == "draft":
        lines.append("draft: no source read")
    return Group(head, *(Padding(Text(line), (0, 0, 0, 4)) for line in lines))


def _source(pack: Pack, source: Json) -> str:
    title = pack.sources[source["ref"]].title
    return f"{STRENGTH_WORDS[source['strength']]}: {', '.join(part for part in (title, source['at']) if part)}"


def _said(pack: Pack, visit: Input, entry: Json) -> str:
    question = pack.questions.get(entry["question"])
    if question is None:
        return f"{entry['text']}: {entry['value']}"
    given = visit.answers.get(question.id)
    said = STATE_WORDS[State.NOT_ASKED] if given is None else answer_words(question, given, brief=True)
    return f"{question.label}: {said}"


def _missing(pack: Pack, visit: Input, rule: Json, entry: Json) -> str:
    if entry["state"] == "not_chosen":
        return f"{entry['text']}: not chosen ({'; '.join(option['label'] for option in entry['options'])})"
    question, conditions = pack.questions[entry["question"]], open_conditions(pack.rules[rule["id"]], rule["level"])
    return f"{question.label}: {missing_words(question, visit.answers.get(question.id), conditions)}"


def _show_quiet(console: Console, pack: Pack, rules: list[Json]) -> None:
    """Counts stand apart by mark and are never added up."""
    otherwise = [rule for rule in rules if rule["outcome"] == "not_established" and not rule["source_critical"]]
    quiet = [rule for rule in rules if rule["outcome"] == "not_listed"]
    for heading, group in (
        (OUTCOME_WORDS["not_established"] + " for other items", otherwise),
        (OUTCOME_WORDS["not_listed"], quiet),
    ):
        if group:
            console.print()
            console.print(Text(heading, style="bold"))
            for tier in TIERS:
                titles = [pack.rules[rule["id"]].title for rule in group if rule["tier"] == tier]
                if titles:
                    console.print(Padding(Text(f"{TIER_WORDS[tier]}: {'; '.join(titles)}"), (0, 0, 0, 2)))
