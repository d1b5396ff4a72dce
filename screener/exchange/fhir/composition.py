"""The cover of the document: what it is of, who attests it, and in readable sections what no other resource holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from screener.exchange import other_day
from screener.exchange.fhir.elements import Json, concept, filled, reference, resource, text_of
from screener.exchange.fhir.material import Material
from screener.exchange.fhir.names import system
from screener.exchange.not_taken import TITLE, not_taken_lines
from screener.records.amendment import printed


def composition(material: Material, patient: Json, author: Json, parts: Mapping[str, Sequence[Json]]) -> Json:
    """`parts`: the resources of each section: answers, observations, medicines, items."""
    content, signature = material.content, material.signed.signature
    return resource(
        "Composition",
        material.id("document"),
        status="amended" if material.amendments else "final",
        type_=concept("Screening record", "screening-record", system("document")),
        subject=reference(patient),
        date=signature.signed_at,
        author=[reference(author)],
        title=text_of(f"{content['opening']['reference']}, {content['pathway']['title']}, visit {material.day}"),
        attester=[{"mode": "professional", "time": signature.signed_at, "party": reference(author)}],
        section=_sections(material, parts),
    )


def _sections(material: Material, parts: Mapping[str, Sequence[Json]]) -> list[Json]:
    content = material.content
    listed = [item for item in content["items"] if item["outcome"] == "listed"]
    still_open = [item for item in content["items"] if item["outcome"] != "listed"]
    items = [*(_line(item) for item in listed), *(f"Not established: {item['title']}" for item in still_open)]
    found = [
        _section("This record", _about(material)),
        _section("Items for a clinician to review", items, parts["items"], "Nothing is listed on these answers."),
        _section("Not established besides", [one["title"] for one in content["otherwise_open"]]),
        _section("Checks that ran and listed nothing", [one["title"] for one in content["not_listed"]]),
        _section("Answers", [], parts["answers"], "Every question of the form, with the reason where there is none."),
        _section(other_day.TITLE, other_day.other_day_lines(content)),
        _section(TITLE, not_taken_lines(content)),
        _section("Measurements and scores", [], parts["observations"], "Each reading, and what was worked out."),
        _section("Medicines", [], parts["medicines"], "As they were told or read."),
        _section("Summary and plan", content["summary"].splitlines()),
        _section("The patient's own words", [_jot(jot) for jot in content["jots"]]),
        _section("Amendments", [_amendment(printed(one)) for one in material.amendments]),
    ]
    return [section for section in found if section is not None]


def _about(material: Material) -> list[str]:
    content = material.content
    opening, part = content["opening"], content.get("part")
    lines = [
        "MADE-UP PATIENT: for practice, not a record of care" if opening.get("made_up") else "",
        f"Pathway: {content['pathway']['title']}",
        f"Legal standing: {content['pathway']['legal']}" if content["pathway"]["legal"] else "",
        f"Supplement to: {content['pathway']['supplement']}" if content["pathway"]["supplement"] else "",
        f"Profiles: {'; '.join(profile['title'] for profile in content['profiles'])}",
        *(f"{one['title']}: {one['option']}" for one in content["parameters"]),
        f"Product of this visit: {content['visit']['product'] or 'not recorded'}",
        *(f"In the room: {room['who']}, since {room['since']}" for room in content.get("rooms", ())),
        *(f"On screen: {one['theme']}, {one['by']}, since {one['begun_at']}" for one in content.get("handovers", ())),
        *(f"Switched off: {one['title']} ({one['reason']})" for one in content["pack"].get("off", ())),
        f"Signed as incomplete: {content['incomplete']}" if content["incomplete"] is not None else "",
        f"Part {part['number']} of a screening that is signed in parts" if part is not None else "",
        content["standing_line"],
    ]
    return [line for line in lines if line]


def _line(item: dict[str, Any]) -> str:
    return f"{item['title']} ({item['tier']}). {item['statement']}"


def _jot(jot: dict[str, Any]) -> str:
    about = f" (on: {jot['question']})" if jot["question"] else ""
    return f"{jot['at']}, {jot['by']}: {jot['text']}{about}"


def _amendment(said: dict[str, Any]) -> str:
    return f"{said['signed_at']}, {said['signer']}: {said['text']} (reason: {said['reason']})"


def _section(title: str, lines: Sequence[str], entries: Sequence[Json] = (), otherwise: str = "") -> Json | None:
    """A section, or None where there is nothing to put in it."""
    said = [line for line in lines if line.strip()] or ([otherwise] if otherwise else [])
    if not said or (not entries and not any(line.strip() for line in lines) and title in _ONLY_WITH_ENTRIES):
        return None
    return filled(title=title, text=narrative(said), entry=[reference(one) for one in entries])


_ONLY_WITH_ENTRIES = ("Measurements and scores", "Medicines")


def narrative(lines: Iterable[str]) -> Json:
    """Lines as a list in XHTML; whatever they hold, it is text there."""
    rows = "".join(f"<li>{escape(_without_controls(line))}</li>" for line in lines)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml"><ul>{rows}</ul></div>'}


def _without_controls(line: str) -> str:
    """XML takes no lone half of a pair and none of the non-characters at the end of the first plane."""
    return "".join("\ufffd" if _is_none_of_xml(sign) else sign for sign in text_of(line))


def _is_none_of_xml(sign: str) -> bool:
    return "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff"
