"""What files of answers offered to a screening and nobody took, as its record keeps it: who, of which day, what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from screener.screening.offered import Offer, OfferedFile, offer_of
from screener.screening.session import Session


def not_taken(session: Session) -> list[dict[str, Any]]:
    """Each file with the answers in it that were not taken, in the order of reading; no rule read them.

    An answer is not taken where nothing is recorded as the file has it, also where something else is recorded.
    """
    found = []
    for file in session.files.values():
        answers = [_answer(session, file, name) for name in _in_order(session, file) if not _taken(session, file, name)]
        if answers:
            found.append(_of_file(file) | {"answers": answers})
    return found


def _in_order(session: Session, file: OfferedFile) -> list[str]:
    """As the form asks; a journal keeps no order of names. What the form does not ask comes last."""
    asked = [name for name in session.questions if name in file.answers]
    return [*asked, *sorted(file.answers.keys() - session.questions.keys())]


def _of_file(file: OfferedFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "by": file.by,
        "authored": file.authored,
        "read_at": file.read_at,
        "read_by": file.read_by,
    }


def _offer(session: Session, file: OfferedFile, name: str) -> Offer | None:
    question = session.questions.get(name)
    return None if question is None else offer_of(file, question)


def _taken(session: Session, file: OfferedFile, name: str) -> bool:
    """Used as the file has it, or said the same today; a note tells files of one informant and day apart."""
    offer, recorded = _offer(session, file, name), session.recorded.get(name)
    if offer is None or recorded is None:
        return False
    return any(
        (entry.state, entry.raw) == (offer.entry.state, offer.entry.raw)
        and (entry.by == file.informant or offer.source in entry.note)
        for entry in recorded.entries
    )


def _answer(session: Session, file: OfferedFile, name: str) -> dict[str, Any]:
    """`words`: as today's question reads it; where the content asks for it no more, as the file has it."""
    offer, said = _offer(session, file, name), file.answers[name]
    label = session.questions[name].label if name in session.questions else name
    return {"question": name, "label": label, "words": _as_it_stands(said) if offer is None else offer.words(), **said}


def _as_it_stands(said: Mapping[str, Any]) -> str:
    value = said.get("value", said.get("state"))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
