"""Who may do what: each account has one role, and may besides administer. Asked below the window, at every deed."""

from __future__ import annotations

from enum import StrEnum

from screener.language import WINDOW, kept, tr


class Right(StrEnum):
    """A kind of deed, in the words of the sentence that refuses it."""

    SCREEN = kept("open, fill in and discard screenings")
    SIGN = kept("sign and amend records")
    EXPORT = kept("write records into files")
    LOG = kept("read the audit log")
    CHOOSE = kept("change what the clinic chose")
    ACCOUNTS = kept("change accounts")
    PURGE = kept("erase what is kept under a reference")


CLINICIAN, FACILITATOR, TRAINER, ADMINISTRATOR = (
    kept("clinician"),
    kept("facilitator"),
    kept("trainer"),
    kept("administrator"),
)
ROLES = (CLINICIAN, FACILITATOR, TRAINER, ADMINISTRATOR)
"""A facilitator is what a clinician is, under the name that a state's law uses."""

_WITH_PATIENTS = frozenset((Right.SCREEN, Right.SIGN, Right.EXPORT, Right.LOG))
_OF_ROLE = {CLINICIAN: _WITH_PATIENTS, FACILITATOR: _WITH_PATIENTS, TRAINER: frozenset[Right]()}
_ADMINISTERING = frozenset((Right.LOG, Right.CHOOSE, Right.ACCOUNTS, Right.PURGE))


def rights_of(role: str, *, administers: bool) -> frozenset[Right]:
    """What an account may do. An administrator who is not also a clinician reads no screening."""
    own = _OF_ROLE.get(role, frozenset[Right]())
    return own | _ADMINISTERING if administers or role == ADMINISTRATOR else own


def title_of(role: str, *, administers: bool) -> str:
    """The role in words, with what comes besides, as the window says it."""
    said = WINDOW.word(role)
    return tr("{role}, administers").format(role=said) if administers and role != ADMINISTRATOR else said
