"""The form of a pathway before anybody answers it, for a portal that sends it to the patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from screener.exchange.fhir.elements import Json
from screener.exchange.fhir.material import AsAsked
from screener.exchange.fhir.questionnaire import questionnaire
from screener.exchange.fhir.writing import json_text
from screener.forms.model import Pack, Question
from screener.forms.visibility import Form
from screener.rules.values import State

SUFFIX = ".fhir.json"


def blank(pack: Pack, pathway: str) -> Json:
    """The Questionnaire of a pathway: the very one that a record of it carries, under the same canonical address."""
    return questionnaire(_Unasked(pack, pathway))


def written(pack: Pack, pathway: str) -> bytes:
    """The same as a file's bytes."""
    return (json_text(blank(pack, pathway)) + "\n").encode("utf-8")


@dataclass(frozen=True)
class _Unasked:
    """A form of which nothing was asked yet."""

    pack: Pack
    pathway: str
    same_pack: bool = True

    @cached_property
    def _form(self) -> Form:
        return Form(self.pack, self.pathway)

    @cached_property
    def content(self) -> Mapping[str, Any]:
        head, pathway = self.pack.head, self.pack.pathway(self.pathway)
        return {
            "pack": {"id": head.id, "version": head.version, "standing": head.standing, "hash": self.pack.hash},
            "pathway": {"id": pathway.id, "title": pathway.title},
            "themes": [
                {"id": theme.id, "title": theme.title, "questions": [_raw(one) for one in self._in(theme.questions)]}
                for theme in self._form.themes
            ],
        }

    def _in(self, questions: tuple[Question, ...]) -> list[Question]:
        return [self._form.questions[one.id] for one in questions if one.id in self._form.questions]

    @cached_property
    def asked(self) -> Mapping[str, AsAsked]:
        return {
            name: AsAsked(_raw(question), question, None, State.NOT_ASKED, None)
            for name, question in self._form.questions.items()
        }


def _raw(question: Question) -> Mapping[str, Any]:
    return {"id": question.id, "text": question.text, "kind": question.kind}
