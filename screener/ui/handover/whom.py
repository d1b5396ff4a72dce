"""Whom the patient gives the screen back to: a clinician, or a facilitator, as the role of the screening says."""

from __future__ import annotations

from dataclasses import dataclass

from screener.language import tr


@dataclass(frozen=True, slots=True)
class Whom:
    """What is said to a patient of whoever handed the screen over; whole sentences, for each role its own."""

    reads: str
    """`questions` is put in."""
    thanks: str
    """After a time-critical answer, where the site wrote no words of its own."""
    goes_on: str
    give_back: str
    not_saved: str
    head: str
    passphrase: str
    needed: str
    to_page: str


_CLINICIAN = Whom(
    reads=tr("There are {questions} as you answer. Your clinician reads your answers."),
    thanks=tr("Thank you for saying this. Your clinician looks at it with you. You can give the screen back at once."),
    goes_on=tr("Your answers are kept. Your clinician goes on from here."),
    give_back=tr("Your answers are kept. Please give the screen back to your clinician."),
    not_saved=tr("Not saved yet. Please tell your clinician."),
    head=tr("For the clinician"),
    passphrase=tr("Passphrase of the clinician"),
    needed=tr("The clinician's passphrase is needed here."),
    to_page=tr("To the clinician's page"),
)
_FACILITATOR = Whom(
    reads=tr("There are {questions} as you answer. Your facilitator reads your answers."),
    thanks=tr(
        "Thank you for saying this. Your facilitator looks at it with you. You can give the screen back at once."
    ),
    goes_on=tr("Your answers are kept. Your facilitator goes on from here."),
    give_back=tr("Your answers are kept. Please give the screen back to your facilitator."),
    not_saved=tr("Not saved yet. Please tell your facilitator."),
    head=tr("For the facilitator"),
    passphrase=tr("Passphrase of the facilitator"),
    needed=tr("The facilitator's passphrase is needed here."),
    to_page=tr("To the facilitator's page"),
)


def whom(role: str) -> Whom:
    """The words for a role of a screening's opening."""
    return _FACILITATOR if role == "facilitator" else _CLINICIAN
