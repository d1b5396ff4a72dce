"""`screener theme`: a form of another system, as FHIR, becomes a theme of a clinic's local pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from screener.cli.findings import number, show_findings
from screener.cli.output import EVALUATED, STOPPED, print_findings, print_json
from screener.cli.packs import open_pack, shipped
from screener.exchange.fhir.foreign.asked import Asked
from screener.exchange.fhir.foreign.into_folder import edits, findings, put
from screener.exchange.fhir.foreign.reading import MOST_BYTES, Incoming, files, incoming
from screener.exchange.fhir.foreign.shapes import Remark
from screener.exchange.fhir.foreign.writing import entry
from screener.forms.content import is_id
from screener.forms.findings import Finding, nearest
from screener.forms.folder import is_pack
from screener.refusals import why
from screener.text import WorldError


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is taken in, and where to."""

    questionnaire: Path
    into: Path
    pathways: Sequence[str]
    theme: str
    look: bool
    declared: bool
    as_json: bool


def run(wanted: Wanted) -> int:
    """Write the theme; returns the exit code. With findings nothing is written."""
    pack = open_pack(wanted.into if is_pack(wanted.into) else shipped())
    known = [pathway.id for pathway in pack.pathways]
    unknown = _unknown(wanted, known)
    if unknown:
        print_findings(unknown)
        return STOPPED
    found = incoming(_bytes(wanted.questionnaire), str(wanted.questionnaire), pack, theme=wanted.theme)
    written = edits(wanted.into, files(found, wanted.pathways or known, declared=wanted.declared), found.title)
    advising = () if wanted.declared else found.advising
    stopping = list(advising) or findings(wanted.into, written)
    if wanted.as_json:
        print_json(_json(found, stopping, written=not (stopping or wanted.look)))
    else:
        _show(found, stopping)
    if stopping:
        return STOPPED
    if not wanted.look:
        put(written)
    _say_done(wanted, found)
    return EVALUATED


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as wrong:
        raise WorldError(f"{path} cannot be read: {why(wrong)}.", "Check its name.") from wrong


def _unknown(wanted: Wanted, known: Sequence[str]) -> list[dict[str, str]]:
    found = [
        {"place": "--pathway", "message": f"“{name}” is no pathway of this pack", "suggestion": nearest(name, known)}
        for name in wanted.pathways
        if name not in known
    ]
    if wanted.theme and not is_id(wanted.theme):
        message = f"“{wanted.theme}” is not an id"
        found.append({"place": "--id", "message": message, "suggestion": "lower case, figures and -"})
    return found


# --- what is said of it -----------------------------------------------------------------------------------------------


def _show(found: Incoming, stopping: Sequence[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{found.title} ({found.theme})", style="bold"))
    for name, text in (("Published by", found.publisher), ("Copyright", found.copyright)):
        if text:
            console.print(Text(f"{name}: {text}"))
    for remark in found.remarks:
        console.print(Text(_line(remark)))
    for one in found.found:
        if isinstance(one, Asked):
            kind = str(one.kind).replace("_", " ")
            console.print(Text(f"  {one.id}  {one.text}  [{kind}{f', {one.unit}' if one.unit else ''}]"))
        for remark in one.remarks:
            console.print(Text(f"      {_line(remark)}"))
    changes = sum(remark.changes for remark in found.all_remarks)
    kept = len(found.all_remarks) - changes
    said = f"{number(len(found.asked), 'question')}; {number(changes, 'thing')} not as there; {kept} kept as comments."
    console.print(Text(said))
    if stopping:
        show_findings(console, stopping)
        hint = "Nothing was written."
        if not any(finding.code != "advising-word" for finding in stopping):
            hint += " Words that are the form's own can be declared as such: --declare-words."
        console.print(Text(hint))


def _line(remark: Remark) -> str:
    return f"{remark.place}: {remark.what}" + ("" if remark.changes else " (kept)")


def _say_done(wanted: Wanted, found: Incoming) -> None:
    if wanted.as_json:
        return
    if wanted.look:
        Console(stderr=True, highlight=False, soft_wrap=True).print(Text("Nothing was written: --look."))
    else:
        place = wanted.into / "themes" / found.theme / "questions.yaml"
        Console(stderr=True, highlight=False, soft_wrap=True).print(Text(f"Written into {place}."))


def _json(found: Incoming, stopping: Sequence[Finding], *, written: bool) -> dict[str, Any]:
    return {
        "theme": found.theme,
        "title": found.title,
        "copyright": found.copyright,
        "written": written,
        "questions": [_question(one) for one in found.asked],
        "remarks": [
            {"place": one.place, "link": one.link, "message": one.what, "changes": one.changes}
            for one in found.all_remarks
        ],
        "findings": [finding.to_json() for finding in stopping],
    }


def _question(asked: Asked) -> dict[str, Any]:
    return {"link": asked.item.link, "options": [one.id for one in asked.choices], **_plain(entry(asked))}


def _plain(value: Any) -> Any:
    """Figures as text: JSON keeps them exact then."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | bool | int) else str(value)
