"""The texts of the window and what each language says for them: read out of the code, kept in `resources/languages`."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from screener.forms.neutrality import TRANSLATING, python_strings, translating
from screener.language import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "screener"
WINDOW = PROGRAM / "ui"
LANGUAGE = PROGRAM / "language.py"
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_HEADER = "# The texts of the window. `python -m tests.languages` brings them to the code of today and compiles them."
_OF_NOBODY = tuple(
    f'"{name}: '
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
"""Lines of the head that change with every writing, or name people whom nobody knows."""
TRANSLATED = tuple(language.code for language in LANGUAGES if language.code != "en")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of the window in one language: its forms in English, each with what is said for it, or nothing yet."""

    forms: tuple[tuple[str, str], ...]
    fuzzy: bool
    context: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return (self.context, *dict.fromkeys(english for english, _ in self.forms))

    @property
    def whole(self) -> bool:
        return all(said for _, said in self.forms)


def entries(catalog: Catalog) -> list[Entry]:
    """The texts of a catalogue."""
    return [_entry(message) for message in catalog if message.id]


def _entry(message: Message) -> Entry:
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    said = message.string or ("",) * len(english)
    forms = (said,) if isinstance(said, str) else tuple(said)
    # A language can have more forms of number than English: all but the first are said for the English of several.
    pairs = tuple((english[min(place, len(english) - 1)], form) for place, form in enumerate(forms))
    return Entry(pairs, message.fuzzy, message.context or "")


def template() -> Catalog:
    """Every text that is handed to `tr` and the like, with the files where it stands."""
    made = Catalog(charset="utf-8")
    for file in (one for one in sorted(PROGRAM.rglob("*.py")) if one != LANGUAGE):
        place = str(file.relative_to(ROOT))
        for context, texts, line in handed_over(ast.parse(file.read_text("utf-8"))):
            made.add(texts[0] if len(texts) == 1 else texts, None, [(place, line)], context=context)
    return made


def handed_over(tree: ast.Module) -> Iterator[tuple[str | None, tuple[str, ...], int]]:
    """What code hands to be translated, also within a text that is put together: the context, its forms, the line.

    ValueError where it is no plain text: nobody could translate it.
    """
    for node in ast.walk(tree):
        keyword = translating(node)
        if isinstance(node, ast.Call) and keyword:
            given = [part.value for part in node.args[:2] if isinstance(part, ast.Constant)]
            texts = [text for text in given if isinstance(text, str)]
            if len(texts) != TRANSLATING[keyword]:
                raise ValueError(f"line {node.lineno}: what is translated stands there as plain text")
            in_context = keyword == "tr_in"
            yield texts[0] if in_context else None, tuple(texts[in_context:]), node.lineno


def is_a_piece(text: str) -> bool:
    """Whether it is only part of a sentence that is put together elsewhere: a translator cannot order its words."""
    return text != text.strip() or text.startswith((",", ";", ".", "·"))


def source_of(code: str) -> Path:
    """What translators write."""
    return catalogue(code).with_suffix(".po")


def translated(code: str) -> Catalog:
    """The translations of a language as they are written."""
    with source_of(code).open("rb") as file:
        return read_po(file, locale=code)


def compiled(catalog: Catalog) -> bytes:
    """As the program reads it; the same bytes for the same texts."""
    catalog.creation_date = catalog.revision_date = _NO_DAY
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def update(code: str) -> Catalog:
    """Bring a language to the texts of today: what is new stands there empty, what is gone is dropped."""
    held = translated(code) if source_of(code).exists() else Catalog(locale=code)
    fresh = Catalog(locale=code, charset="utf-8", header_comment=_HEADER, fuzzy=False)
    for message in template():
        if message.id:
            kept = held.get(message.id, message.context)
            empty = ("",) * fresh.num_plurals if isinstance(message.id, tuple) else ""
            # Found by the first of its forms alone: a text that is counted now, or no more, is another one.
            said = kept.string if kept is not None and kept.id == message.id and kept.string else empty
            fresh.add(message.id, said, [(file, 0) for file, _ in message.locations], context=message.context)
    return fresh


def keep(code: str, catalog: Catalog) -> None:
    """Write what translators read and what the program reads."""
    made = io.BytesIO()
    # Without line numbers: a moved line changes no translation.
    write_po(made, catalog, width=100, sort_output=True, include_lineno=False, omit_header=False)
    lines = made.getvalue().decode("utf-8").splitlines(keepends=True)
    source_of(code).parent.mkdir(exist_ok=True)
    source_of(code).write_text("".join(line for line in lines if not line.startswith(_OF_NOBODY)), encoding="utf-8")
    catalogue(code).write_bytes(compiled(translated(code)))


def untranslatable(file: Path) -> Iterator[tuple[int, str]]:
    """Sentences of a file that are said in English whatever the language: the line, and the text."""
    return ((one.place.line, one.text) for one in python_strings(file) if not one.aside)
