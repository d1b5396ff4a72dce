"""Each item for review as a DetectedIssue: the fact, its evidence, its source, and what the clinician responded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from screener.exchange.fhir.elements import Json, concept, extended, filled, nested, part, reference, resource, text_of
from screener.exchange.fhir.material import Material
from screener.exchange.fhir.names import extension, system

RULES = system("rule")
RESPONSES = system("response")
RESPONSE_WORDS: Mapping[str, str] = {
    "reviewed": "Reviewed",
    "more_information": "More information needed",
    "discussed_with_patient": "Discussed with the patient",
    "discussed_with_colleague": "Discussed with, or referred to, a colleague",
}


@dataclass(frozen=True)
class Evidence:
    """What an item can point at: the response, and what was made of single questions."""

    response: Json
    made: Mapping[str, Sequence[Json]]
    """Observations and MedicationStatements by their question."""


def detected_issues(
    material: Material, patient: Json, device: Json, evidence: Evidence, people: Mapping[str, Json]
) -> list[Json]:
    """What is listed, as final; what is not established and asks for a response, as preliminary. Never a severity.

    `people`: a Practitioner for each name that responded.
    """
    return [_issue(material, item, patient, device, evidence, people) for item in material.content["items"]]


def _issue(
    material: Material,
    item: Mapping[str, Any],
    patient: Json,
    device: Json,
    evidence: Evidence,
    people: Mapping[str, Json],
) -> Json:
    listed = item["outcome"] == "listed"
    rests_on = _because(material, item) if listed else _missing(material, item)
    lines = item["because"] if listed else item["missing"]
    url = _source_url(material, item["rule"])
    title = item["title"] if listed else f"Not established: {item['title']}"
    return resource(
        "DetectedIssue",
        material.id("item", item["rule"]),
        extension=[*_what(item), _source(item), *_open(item)],
        status="final" if listed else "preliminary",
        code=concept(title, item["rule"], RULES),
        patient=reference(patient),
        identifiedDateTime=material.content["made_at"],
        author=reference(device),
        evidence=_evidence(evidence, rests_on, lines),
        detail=text_of("\n".join([item["statement"], *(f"Because: {line}" for line in lines)]).strip()),
        reference=url,
        mitigation=_mitigation(item["response"], people),
    )


def _what(item: Mapping[str, Any]) -> list[Json]:
    """How the item stands. Tier and class say where it is listed; neither is a severity."""
    parts = [
        *part("outcome", "valueCode", item["outcome"]),
        *part("tier", "valueCode", item["tier"]),
        *part("class", "valueString", item["class"]),
        *part("level", "valueCode", item["level"]),
        *part("could-be-higher", "valueBoolean", item["could_be_higher"]),
        *part("draft", "valueBoolean", item["draft"]),
    ]
    return [nested("item", parts)]


def _source(item: Mapping[str, Any]) -> Json:
    """The source in its own strength, the text version that was read, what other sources say."""
    parts = [
        *part("source", "valueString", item["source"]),
        *part("strength", "valueString", item["strength"]),
        *part("own-words", "valueString", item["own_words"]),
        *part("read", "valueString", item["read"]),
        *part("product", "valueString", item["product"]),
        *(one for other in item["others"] for one in part("other", "valueString", other)),
    ]
    return nested("source", parts)


def _open(item: Mapping[str, Any]) -> list[Json]:
    """What keeps a further level of a listed item open."""
    if item["outcome"] != "listed":
        return []
    return [extended("missing", "valueString", line) for line in item["missing"] if line]


def _source_url(material: Material, rule_id: str) -> str | None:
    rule = material.pack.rules.get(rule_id)
    source = None if rule is None else material.pack.sources.get(rule.source.ref)
    url = "" if source is None else source.url.strip()
    parts = urlsplit(url)
    return url if parts.scheme and not any(sign.isspace() for sign in url) else None


# --- evidence ---------------------------------------------------------------------------------------------------------


def _because(material: Material, item: Mapping[str, Any]) -> list[str]:
    """The questions that an item rests on: as the rule says now where it says the same, else as its lines name them."""
    now = material.outcomes.get(item["rule"])
    if material.same_pack and now is not None and (now.outcome, now.level) == (item["outcome"], item["level"]):
        return [name for name in material.asked if name in now.because]
    return _named(material, item["because"])


def _missing(material: Material, item: Mapping[str, Any]) -> list[str]:
    now = material.outcomes.get(item["rule"])
    if material.same_pack and now is not None and now.outcome == item["outcome"]:
        return [name for name in material.asked if name in now.missing]
    return _named(material, item["missing"])


def _named(material: Material, lines: Iterable[str]) -> list[str]:
    labels = sorted(((asked.raw["label"], name) for name, asked in material.asked.items()), key=lambda p: -len(p[0]))
    found = (next((name for label, name in labels if line.startswith(f"{label}: ")), None) for line in lines)
    return list(dict.fromkeys(name for name in found if name is not None))


def _evidence(evidence: Evidence, questions: Sequence[str], lines: Sequence[str]) -> list[Json]:
    """What single questions were made into; for every other one the response, with the linkIds that are meant."""
    found: list[Json] = []
    for question in questions:
        made = evidence.made.get(question, ())
        if made:
            found.append({"detail": [reference(one) for one in made]})
    others = [question for question in questions if not evidence.made.get(question)]
    links = [{"url": extension("linkId"), "valueString": question} for question in others]
    if links or not found:
        pointing = filled(extension=links) | reference(evidence.response)
        found.append(filled(code=_words(lines), detail=[pointing]))
    return found


def _words(lines: Sequence[str]) -> list[Json]:
    return [concept(line) for line in lines if line.strip()]


# --- the response -----------------------------------------------------------------------------------------------------


def _mitigation(response: Mapping[str, Any] | None, people: Mapping[str, Json]) -> list[Json]:
    """What a person recorded about the item, when and who. One given for an earlier state says so."""
    if response is None:
        return []
    parts = [
        *part("note", "valueString", response["note"]),
        *part("from-whom", "valueString", response["from_whom"]),
        *part("until", "valueString", response["until"]),
        *part("lapsed", "valueBoolean", response["lapsed"]),
    ]
    words = [RESPONSE_WORDS.get(response["kind"], response["kind"])]
    words += [f"from {response['from_whom']}"] if response["from_whom"] else []
    words += [f"by {response['until']}"] if response["until"] else []
    words += ["given for an earlier state of the item"] if response["lapsed"] else []
    said = f"{', '.join(words)}{': ' + response['note'] if response['note'] else ''}"
    author = people.get(response["by"])
    return [
        filled(
            extension=[nested("response", parts)],
            action=concept(said, response["kind"], RESPONSES),
            date=response["at"],
            author=None if author is None else reference(author),
        )
    ]
