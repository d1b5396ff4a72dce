"""The reports of the shipped content, a visit without answers and the first made-up patient, have no fault."""

from __future__ import annotations

from typing import get_args

import pytest

from screener.exchange.pdf import Paper, render_pdf
from screener.exchange.report import report
from screener.records.record import build
from screener.screening.opening import Opening, PackStamp
from screener.screening.session import Session
from screener.training.rehearsal import read_patient
from tests.exchange.faults import faults
from tests.training.guide import shipped
from tests.training.test_rehearsal import CLOCK, FIRST, rehearsed


def empty(pathway_id: str) -> Session:
    """A visit of a pathway at which nothing was asked."""
    pack = shipped()
    opening = Opening(
        reference="SYN-0042",
        pathway=pathway_id,
        profiles=tuple(options[0] for options in pack.pathway(pathway_id).needed),
        visit_date="2026-11-23",
        clinician="Clinician A",
        role="clinician",
        begun_at=CLOCK.now().isoformat(),
        pack=PackStamp(pack.head.id, pack.head.version, pack.hash),
    )
    return Session(pack, opening, CLOCK)


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("pathway", [pathway.id for pathway in shipped().pathways])
def test_a_visit_at_which_nothing_was_asked_has_a_report_without_a_fault(pathway: str, paper: Paper) -> None:
    document = report(build(empty(pathway)))
    assert faults(render_pdf(document, paper=paper, made_at=CLOCK.now()), document) == []


@pytest.mark.parametrize("paper", get_args(Paper))
@pytest.mark.parametrize("incomplete", [None, "the last bus"])
def test_the_first_made_up_patient_has_a_report_without_a_fault(incomplete: str | None, paper: Paper) -> None:
    document = report(build(rehearsed(read_patient(FIRST)), incomplete=incomplete))
    assert faults(render_pdf(document, paper=paper, made_at=CLOCK.now()), document) == []
