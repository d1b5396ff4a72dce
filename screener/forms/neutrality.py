"""The words that may not appear: advice and verdicts about a person, a treatment or a screening, in content and interface."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from screener.forms.findings import Code, Finding, Place
from screener.forms.model import OwnWordOf, Pack

if TYPE_CHECKING:
    from screener.forms.pack import Places

_PERSON = r"(?:the |this |a |your )?(?:patient|person|client|participant|individual|people|patients|clients|they|he|she|you)"
_CARE = r"(?:the |this |a )?(?:treatment|treat|treated|therapy|dose|dosing|dosed|ketamine|esketamine|psilocybin|session|screening|start|begin|give|given|go ahead)"
_OBJECT = rf"(?:{_PERSON}|{_CARE})"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word form that advises or decides, as it stands before or after its object."""

    word: str
    pattern: str
    instead: str


LEXICON: tuple[Entry, ...] = (
    Entry("should", rf"\b(?:{_OBJECT}|clinicians?|prescribers?) should\b|\bshould (?:not )?(?:be |have |receive |get |take |stop |avoid |{_CARE})", "state the fact and its source"),
    Entry("must not be", rf"\bmust (?:not )?(?:be )?(?:treated|dosed|given|excluded|avoid|stop|start|receive)\b", "say what the source lists, in its strength"),
    Entry("ought to", r"\bought (?:not )?to\b", "state the fact and its source"),
    Entry("recommend", r"\b(?:is|are|we|do|does|it is|strongly|not)? ?recommend(?:s|ed|ation|ations)?\b(?! dose range in the source)", "give the source's strength instead"),
    Entry("advise", rf"\b(?:we )?advis(?:e|es|ed) (?:against|that|to|{_OBJECT})", "state the fact and its source"),
    Entry("eligible", r"\b(?:in)?eligib(?:le|ility)\b", "state the criterion as the source's"),
    Entry("suitable", r"\b(?:un)?suitab(?:le|ility)\b", "state the fact"),
    Entry("candidate", r"\b(?:good |poor |right |a )?candidates? (?:for|to)\b", "state the fact"),
    Entry("qualifies", rf"\b(?:dis)?qualif(?:y|ies|ied) (?:for|from)\b|\b{_PERSON} (?:does not |do not )?(?:dis)?qualif(?:y|ies|ied)\b|\bdisqualif(?:y|ies|ied|ying)\b", "state the criterion as the source's"),
    Entry("safe to", r"\b(?:un)?safe (?:to|for) (?:treat|dose|give|start|begin|use|proceed|go|take|receive|the patient|this patient)\b|\b(?:is|are|looks?|seems?|appears?) (?:un)?safe\b", "state what was found"),
    Entry("cleared", r"\b(?:is|are|been|medically)? ?cleared (?:for|to)\b|\bmedical clearance\b|\ball[- ]clear\b", "name the source's words as its own"),
    Entry("approve", rf"\b(?:dis)?approv(?:e|es|ed|al) (?:for|of) {_OBJECT}\b|\bapproved for\b", "declare it as the source's own word"),
    Entry("reject", rf"\breject(?:s|ed)? {_PERSON}\b|\b{_PERSON} (?:is|are|was) rejected\b", "state what was found"),
    Entry("pass", rf"\b{_PERSON} (?:has |have )?pass(?:es|ed)?\b|\bpass(?:es|ed)? (?:the |this )?screening\b|\bscreening (?:is |was )?passed\b", "state what was found"),
    Entry("fail", rf"\b{_PERSON} (?:has |have )?fail(?:s|ed)?\b|\bfail(?:s|ed)? (?:the |this )?screening\b|\bscreen(?:ing)? fail", "state what was found"),
    Entry("proceed", r"\b(?:can|may|do not|not|to|should|safe to|ok to|okay to)? ?proceed (?:with|to)\b|\bok(?:ay)? to (?:treat|proceed|dose)\b", "state the fact and its source"),
    Entry("risk patient", r"\b(?:low|moderate|medium|high)[- ]risk (?:patient|person|client|individual)s?\b|\b(?:patient|person|client) is (?:at )?(?:low|high) risk\b", "name the answers"),
    Entry("contraindicated for this person", rf"\bcontraindicated (?:for|in) (?:the|this) (?:patient|person|client)\b", "name the source that lists it"),
    Entry("excluded from", rf"\b{_PERSON} (?:is|are|must be|will be) excluded\b", "say that the source's criterion names it"),
    Entry("avoid", rf"\bavoid (?:treat|giving|using|dosing|{_CARE})", "give the source's own words as its own"),
    Entry("do not give", r"\bdo not (?:treat|give|dose|start|administer|prescribe)\b|\b(?:withhold|postpone|delay|defer) (?:the )?(?:treatment|dose|session)\b", "give the source's own words as its own"),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[Entry, re.Pattern[str]], ...]:
    return tuple((entry, re.compile(entry.pattern, re.IGNORECASE)) for entry in LEXICON)


@dataclass(frozen=True, slots=True)
class Exception_:
    """A declared exception that was used: the word, its source, and where."""

    word: str
    own_word_of: str
    place: str


def check_text(text: str, place: Place, allowed: Iterable[OwnWordOf] = ()) -> list[Finding]:
    """Words in one text that advise or decide and are not declared as a source's own."""
    found = []
    words = [declared.word.lower() for declared in allowed]
    for entry, pattern in _compiled():
        for match in pattern.finditer(text):
            said = match.group(0).strip().lower()
            if any(word in said or said in word for word in words):
                continue
            message = f"“{match.group(0).strip()}” advises or decides"
            found.append(Finding(Code.ADVISING_WORD, place, message, f"{entry.instead}; or declare own_words beside the text"))
    return found


def exceptions_used(pack: Pack) -> list[Exception_]:
    """Every declared exception of a pack, to be counted and printed."""
    return [
        Exception_(declared.word, declared.own_word_of, where)
        for where, _, model in _holders(pack)
        for declared in getattr(model, "own_words", ())
        if isinstance(declared, OwnWordOf)
    ]


# Quoted from sources as their own words, or names of things; the lint reads everything else.
_NOT_READ = frozenset(("id", "own_words", "own_word_of", "url", "ref", "at", "basis", "unit", "hash", "of", "strength", "word", "note"))


def _texts(model: BaseModel) -> Iterator[str]:
    for name, value in model:
        if name in _NOT_READ or name in ("questions", "rules", "cases"):
            continue
        yield from _texts_in(value)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        if not getattr(value, "own_words", None) or isinstance(getattr(value, "own_words"), str):
            yield from _texts(value)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts_in(inner)


def _holders(pack: Pack) -> Iterator[tuple[str, tuple[str, str], BaseModel]]:
    """Everything that may declare exceptions for its texts: (name, kind and id, model)."""
    for profile in pack.profiles:
        yield f"profile {profile.id}", ("profile", profile.id), profile
    for pathway in pack.pathways:
        yield f"pathway {pathway.id}", ("pathway", pathway.id), pathway
        for index, fact in enumerate(pathway.facts):
            if fact.own_words:
                yield f"pathway {pathway.id}, fact {index + 1}", ("pathway", pathway.id), fact
    for theme in pack.themes:
        yield f"theme {theme.id}", ("theme", theme.id), theme
        for question in theme.questions:
            yield f"question {question.id}", ("question", question.id), question
        for rule in theme.rules:
            yield f"rule {rule.id}", ("rule", rule.id), rule
    for name, source in pack.sources.items():
        yield f"source {name}", ("source", name), source


def lint_words(pack: Pack, places: Places) -> Iterator[Finding]:
    """Every text of a pack that advises or decides without a declaration."""
    for _, (kind, name), model in _holders(pack):
        if kind == "source":
            continue  # titles of sources are theirs
        declared = getattr(model, "own_words", ())
        for text in _texts(model):
            yield from check_text(text, places.of(kind, name), declared)


def scan_python(folder: Path) -> list[Finding]:
    """The same over every text in a folder of Python files (docstrings are not shown and are left out)."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        doc = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in doc:
                found += check_text(node.value, Place(path.name, node.lineno, node.col_offset + 1))
    return found
