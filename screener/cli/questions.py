"""`screener questions`: what a pack asks, and what it can be asked under."""

from __future__ import annotations

from typing import Any

from screener.cli.output import EVALUATED, pack_stamp, print_json
from screener.forms.model import OneOf, Pack, Parameter, Pathway, Profile, Question
from screener.forms.visibility import asked_on
from screener.forms.words import value_json
from screener.rules.expressions import Duration, HalfLives, Node
from screener.rules.values import Kind

Json = dict[str, Any]


def run(pack: Pack, *, as_json: bool) -> int:
    """Print the questions of a pack; returns the exit code."""
    if as_json:
        print_json(questions(pack))
    else:
        from screener.cli.listing import show_questions

        show_questions(pack)
    return EVALUATED


def questions(pack: Pack) -> Json:
    """The answer of `questions --json`, as `resources/schemas/questions.json` has it."""
    return {
        "pack": pack_stamp(pack),
        "questions": [_question(pack, question) for question in pack.questions.values()],
        "parameters": [_parameter(profile, p) for profile in pack.profiles for p in profile.parameters],
        "profiles": [_profile(profile) for profile in pack.profiles],
        "pathways": [_pathway(pathway) for pathway in pack.pathways],
    }


def _question(pack: Pack, question: Question) -> Json:
    return {
        "id": question.id,
        "theme": pack.theme_of[question.id].id,
        "kind": str(question.kind),
        "text": question.text,
        "options": [{"id": option, "text": question.option_text(option)} for option in question.option_ids],
        "unit": question.unit or None,
        "step": value_json(question.step),
        "plausible": _plausible(question),
        "parts": list(question.parts),
        "instrument": _instrument(question),
        "complete": question.complete,
        "shown_when": None if question.shown_when is None else node_json(question.shown_when),
        "when_hidden": question.when_hidden,
        "pathways": asked_on(pack, question),
    }


def _instrument(question: Question) -> Json | None:
    """The numbers of a question's instrument."""
    scoring = question.scoring
    if scoring is None:
        return None
    return {
        "id": question.instrument,
        "title": scoring.title,
        "items": {item: value_json(scale.values) for item, scale in scoring.items.items()},
        "scores": {name: value_json((made.low, made.high)) for name, made in scoring.scores.items()},
    }


def _plausible(question: Question) -> Any:
    """[low, high] of a number; for readings the same for each part; None where none is given."""
    if question.kind is Kind.READINGS:
        return {part: value_json(ends) for part, ends in question.plausible_parts.items()} or None
    return value_json(question.plausible)


def node_json(node: Node) -> Json:
    """A condition as it is written in YAML."""
    written = node.model_dump(by_alias=True, exclude_none=True)
    return {key: _plain(value) for key, value in written.items()}


def _plain(value: Any) -> Any:
    match value:
        case Duration() | HalfLives():
            return str(value)
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value_json(value)


def _parameter(profile: Profile, parameter: Parameter) -> Json:
    return {
        "id": parameter.id,
        "title": parameter.title,
        "profile": profile.id,
        "unit": parameter.unit or None,
        "pathways": list(parameter.pathways),
        "options": [
            {
                "id": option.id,
                "label": option.label,
                "values": value_json(option.values),
                "source": {"ref": option.source.ref, "at": option.source.at, "strength": option.source.strength},
            }
            for option in parameter.options
        ],
    }


def _profile(profile: Profile) -> Json:
    return {
        "id": profile.id,
        "title": profile.title,
        "version": profile.version,
        "date": profile.date,
        "country": profile.country or None,
        "always": profile.always,
    }


def _pathway(pathway: Pathway) -> Json:
    needs = [{"one_of": list(need.one_of)} if isinstance(need, OneOf) else need for need in pathway.needs]
    return {
        "id": pathway.id,
        "title": pathway.title,
        "needs": needs,
        "offers": list(pathway.offers),
        "products": list(pathway.products),
        "themes": list(pathway.themes),
    }
