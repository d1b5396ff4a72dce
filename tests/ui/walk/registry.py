"""What the walk has to have met: every page and part of the window, every message, every text of the content."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from PySide6.QtWidgets import QWidget

import screener.ui
from screener.forms.findings import Place
from screener.forms.model import Pack, Question
from screener.forms.neutrality import python_strings
from screener.forms.visibility import Form
from screener.rules.values import Kind
from screener.ui.fields import FIELDS

ROOT = Path(__file__).resolve().parents[3] / "screener"
_PUT_IN = "…"
_TWO_WORDS = re.compile(r"[A-Za-z…][:,.;)”]* [(“]?[A-Za-z…]")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_MARKUP = re.compile(r"^<|\bpx\b|^QWidget|[{}]")
_NOT_FOR_PERSONS = frozenset(("style", "gallery.py"))


def widget_classes(pack: Pack) -> set[type]:
    """Every class of a widget that the window's own files define: pages, their parts, and the controls on them.

    But for fields of kinds that no question of the content has.
    """
    asked = {question.kind for question in pack.questions.values()}
    unused = {made for kind, made in FIELDS.items() if kind not in asked} - {
        FIELDS[kind] for kind in asked & set(FIELDS)
    }
    found: set[type] = set()
    for module in pkgutil.walk_packages(screener.ui.__path__, "screener.ui."):
        members = inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        found |= {made for _, made in members if issubclass(made, QWidget) and made.__module__ == module.name}
    return found - unused


def messages(*folders: str) -> dict[str, Place]:
    """Every message that the Python files of these folders of the program hold for a person, and where.

    A message is a text of two words or more. `…` stands in it where something is put in.
    """
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    shown = [file for file in files if not _NOT_FOR_PERSONS.intersection(file.relative_to(ROOT).parts)]
    return {
        " ".join(one.text.split()): one.place
        for file in shown
        for one in python_strings(file)
        if _TWO_WORDS.search(one.text) and _LETTERS.search(one.text) and not _MARKUP.search(one.text)
    }


def is_met(message: str, read: str) -> bool:
    """Whether a message stands in what was read, one text a line, with something in each of its gaps."""
    if _PUT_IN not in message:
        return message in read
    parts = [part for part in message.split(_PUT_IN) if part]
    return all(part in read for part in parts) and bool(re.search(".*?".join(map(re.escape, parts)), read))


def texts_of_themes(pack: Pack, pathway_id: str) -> dict[str, set[str]]:
    """The themes of a pathway, each with every text that its page has to show."""
    form = Form(pack, pathway_id)
    found = {}
    for theme in form.themes:
        asked = [question for question in theme.questions if question.id in form.questions]
        found[theme.id] = _lines([theme.title, theme.intro, *chain.from_iterable(map(texts_of_question, asked))])
    return found


def texts_of_items(pack: Pack, pathway_id: str) -> set[str]:
    """What is said of the rules of a pathway: of each its title, and what its source and others say."""
    rules = [rule for rule in pack.rules.values() if pathway_id in rule.pathways and rule.status == "active"]
    return _lines(
        text for rule in rules for text in (rule.title, rule.source.says, *(other.says for other in rule.others))
    )


def texts_of_card(pack: Pack, pathway_id: str) -> set[str]:
    """What is said of a pathway where a screening begins: what it is, where it stands in law, its facts."""
    pathway = pack.pathway(pathway_id)
    facts = [text for fact in pathway.facts for text in (fact.label, fact.text)]
    profiles = [pack.profile(name).title for name in chain(*pathway.needed, pathway.offers)]
    return _lines([pathway.title, pathway.summary, pathway.legal, *facts, *profiles])


def _lines(texts: Iterable[str]) -> set[str]:
    """Each text in one line, whatever the line ends of its file."""
    return {" ".join(text.split()) for text in texts if text}


def texts_of_question(question: Question) -> Iterator[str]:
    """Its text, help and reason, its options with their help, and what the figures of its instrument are called."""
    yield from (question.text, question.help, question.why)
    for option in question.options:
        yield from (option.text, option.help)
    if question.kind is Kind.INSTRUMENT and question.scoring is not None:
        yield from question.scoring.titles.values()
