"""A clinic's own questions that no rule reads: kept in its local folder, in the YAML that an author would write."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from screener.forms.findings import Place
from screener.forms.model import Pack, Question, Theme
from screener.forms.neutrality import check_text
from screener.forms.reading import read_bytes
from screener.language import tr
from screener.rules.values import Kind
from screener.text import WorldError

KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.YES_NO, tr("Yes or no")),
    (Kind.CHOICE, tr("One of some options")),
    (Kind.NUMBER, tr("A number")),
    (Kind.TEXT, tr("A short text")),
    (Kind.DATE, tr("A date")),
)
"""What such a question can ask for. Not known, declined and come back are offered for every one."""
PACK_ID, LONGEST_ID = "our-clinic", 40
_PLAIN = re.compile(r"[A-Za-z][^:#\n\"'{}\[\]&*!|>%@`,]*[^:#\n\"'{}\[\]&*!|>%@`,\s]")
_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))
_QUESTIONS = re.compile(r"^questions:[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """One question of a clinic's own."""

    id: str
    theme: str
    kind: Kind
    text: str
    short: str = ""
    options: tuple[str, ...] = ()
    help: str = ""
    for_patient: str = ""
    asked_anew: bool = True
    """At every visit: nobody reads its words for what is of its day, so no earlier answer is offered unless said."""

    @property
    def label(self) -> str:
        return self.short or self.text


@dataclass(frozen=True, slots=True)
class Edit:
    """One file of a local folder as it was and as it is to be; None where there is none. `name` says what was done."""

    file: Path
    before: bytes | None
    after: bytes | None
    name: str

    @property
    def reversed(self) -> Edit:
        return Edit(self.file, self.after, self.before, self.name)


def own_questions(pack: Pack) -> list[OwnQuestion]:
    """The clinic's own questions of a pack, in the order of the themes."""
    return [_own(theme.id, question) for theme in pack.themes for question in theme.questions if question.own]


def own_themes(pack: Pack) -> list[Theme]:
    """The themes of a clinic's own without rules, such as a form that was taken in: each goes out as a whole."""
    return [
        theme for theme in pack.themes if theme.pathways and not theme.rules and any(q.own for q in theme.questions)
    ]


def _own(theme: str, question: Question) -> OwnQuestion:
    return OwnQuestion(
        question.id,
        theme,
        question.kind,
        question.text,
        question.short,
        tuple(option.text for option in question.options),
        question.help,
        question.for_patient,
        question.asked_anew is not False,
    )


def new_id(text: str, taken: Iterable[str]) -> str:
    """A name for a question that nothing else bears, made of its words."""
    known = set(taken)
    base = f"clinic.{_slug(text)}"
    return next(name for n in range(1, len(known) + 2) if (name := base if n == 1 else f"{base}_{n}") not in known)


def _slug(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
    return words[:LONGEST_ID].strip("_") or "question"


def _options(question: OwnQuestion, before: Mapping[str, str]) -> list[dict[str, str]]:
    """An option that reads as before keeps its name: answers that were given stay answers to it."""
    found: list[dict[str, str]] = []
    for text in question.options:
        name, taken = before.get(text) or _slug(text), {one["id"] for one in found}
        number = 2
        while name in taken:
            name, number = f"{_slug(text)}_{number}", number + 1
        found.append({"id": name, "text": text})
    return found


def entry(question: OwnQuestion, before: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The question as an author writes it. `before`: the names of the options that it had, by their texts."""
    parts: dict[str, Any] = {"id": question.id, "kind": str(question.kind), "text": question.text}
    if question.short:
        parts["short"] = question.short
    if question.kind is Kind.CHOICE:
        parts["options"] = _options(question, before or {})
    for name, text in (("help", question.help), ("for_patient", question.for_patient)):
        if text:
            parts[name] = text
    return parts | {"own": True, "asked_anew": question.asked_anew}


def as_written(question: OwnQuestion, before: Mapping[str, str] | None = None) -> str:
    """The lines that stand for it in its theme's file."""
    lines = []
    for name, value in entry(question, before).items():
        if name == "options":
            lines.append("    options:")
            texts = {one["id"]: json.dumps(one["text"], ensure_ascii=False) for one in value}
            lines += [f"      - {{id: {option}, text: {text}}}" for option, text in texts.items()]
        else:
            lines.append(f"    {name}: {str(value).lower() if isinstance(value, bool) else _scalar(value)}")
    lines[0] = f"  - {lines[0].strip()}"
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) is not None and text.casefold() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def problems(question: OwnQuestion) -> list[str]:
    """What keeps it from being saved, in words; what an author's check would say of it."""
    found = []
    if not question.text.strip():
        return [tr("Write the question as it is asked.")]
    if question.kind is Kind.CHOICE and len(set(question.options)) < 2:
        found.append(tr("A choice needs at least two options, each on a line of its own."))
    elif len(set(question.options)) < len(question.options):
        found.append(tr("An option stands twice."))
    try:
        Question.model_validate(entry(question))
    except ValidationError as wrong:
        found += [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in wrong.errors()]
    texts = (question.text, question.short, question.help, question.for_patient, *question.options)
    for text in texts:
        found += [f"{one.message}." for one in check_text(text, Place("this page"))]
    return found


# The folder


def added(folder: Path, question: OwnQuestion, pack: Pack) -> Edit:
    """Write a question into its theme's file, in the place of the one that bears its name already."""
    file = _file(folder, question.theme)
    before = _bytes(file)
    known = pack.questions.get(question.id)
    options = {} if known is None else {option.text: option.id for option in known.options}
    block, theirs = as_written(question, options), _text(before)
    if known is None:
        after = _appended(theirs, question.theme, block)
    else:
        after = _cut(theirs, question.id, block)
    _check(file, theirs, after, question.id, entry(question, options))
    name = tr("added {question}") if known is None else tr("changed {question}")
    return Edit(file, before, after.encode("utf-8"), name.format(question=question.label))


def removed(folder: Path, question: OwnQuestion) -> Edit:
    """Take a question out. A file with nothing else in it goes with it."""
    file = _file(folder, question.theme)
    before = _bytes(file)
    theirs = _text(before)
    after = _cut(theirs, question.id, "")
    left = _data(after)
    empty = set(left) <= {"id", "questions"} and not left.get("questions")
    if not empty:
        _check(file, theirs, after, question.id, None)
    return Edit(
        file, before, None if empty else after.encode("utf-8"), tr("removed {question}").format(question=question.label)
    )


def begun(folder: Path) -> Edit:
    """The file that makes a folder a local pack."""
    text = f'id: {PACK_ID}\nextends: intake\nversion: "1"\nowner: This clinic\n'
    return Edit(folder / "pack.yaml", None, text.encode("utf-8"), tr("begun"))


def _file(folder: Path, theme: str) -> Path:
    return folder / "themes" / theme / "questions.yaml"


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def _text(raw: bytes | None) -> str:
    return "" if raw is None else raw.decode("utf-8")


def _data(text: str) -> dict[str, Any]:
    found = read_bytes(text.encode("utf-8"), "questions.yaml").data
    return found if isinstance(found, dict) else {}


def _appended(text: str, theme: str, block: str) -> str:
    if not text.strip():
        return f"id: {theme}\nquestions:\n{block}"
    head = _QUESTIONS.search(text)
    if head is None:
        return f"{text.rstrip()}\nquestions:\n{block}" if "questions" not in _data(text) else text
    after = re.search(r"^[^\s#-]", text[head.end() :], re.MULTILINE)
    place = len(text) if after is None else head.end() + after.start()
    indent = re.search(r"^( *)- ", text[head.end() : place], re.MULTILINE)
    return f"{text[:place].rstrip()}\n\n{_indented(block, len(indent[1]) if indent else 2)}{text[place:]}"


def _indented(block: str, by: int) -> str:
    return "".join(f"{' ' * by}{line[2:]}" for line in block.splitlines(keepends=True))


def _cut(text: str, name: str, instead: str) -> str:
    """The text with the lines of one question replaced, or taken out."""
    begins = re.search(rf"^( *)- id: {re.escape(name)}[ \t]*(?:#.*)?\n", text, re.MULTILINE)
    if begins is None:
        return text
    indent = len(begins[1])
    after = re.search(rf"^ {{0,{indent}}}[^\s]", text[begins.end() :], re.MULTILINE)
    end = len(text) if after is None else begins.end() + after.start()
    rest = text[end:]
    gap = "\n" if instead and rest else ""
    return f"{text[: begins.start()]}{_indented(instead, indent) if instead else ''}{gap}{rest}".rstrip() + "\n"


def _entries(data: Mapping[str, Any]) -> list[Any]:
    found = data.get("questions") or []
    return found if isinstance(found, list) else [found]


def _name(one: Any) -> Any:
    return one.get("id") if isinstance(one, Mapping) else None


def _check(file: Path, before: str, after: str, name: str, wanted: Mapping[str, Any] | None) -> None:
    """Nothing but this one question is another than before: else the file is left as it is."""
    then, now = _data(before), _data(after)
    kept = [one for one in _entries(then) if _name(one) != name]
    left = [one for one in _entries(now) if _name(one) != name]
    mine = [one for one in _entries(now) if _name(one) == name]
    rest = {key: value for key, value in then.items() if key not in ("questions", "id")}
    alike = rest == {key: value for key, value in now.items() if key not in ("questions", "id")}
    if kept != left or not alike or mine != ([] if wanted is None else [dict(wanted)]):
        raise WorldError(
            tr("{file} of the theme {theme} is written in a way that this page does not change.").format(
                file=file.name, theme=file.parent.name
            ),
            tr("Nothing was written. Change the file in an editor; it is read again when it is saved."),
        )
