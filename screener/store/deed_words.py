"""What a line of the audit log says: what each kind of deed is called, and what was done in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from screener.store.roles import Right
from screener.text import moment


class Line(Protocol):
    """A line of the log, as far as its words need it."""

    @property
    def deed(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def details(self) -> Mapping[str, Any]: ...

    @property
    def about(self) -> str: ...


KINDS: Mapping[str, str] = {
    "unlock": "Records opened",
    "unlock refused": "Wrong passphrase",
    "refused": "Deed refused",
    "begin": "Screening begun",
    "open": "Unfinished screening opened",
    "answer": "Answers saved",
    "discard": "Screening discarded",
    "sign": "Record signed",
    "sign part": "Part of a screening signed",
    "amend": "Record amended",
    "read": "Signed record read",
    "export": "Record taken out",
    "export log": "Audit log taken out",
    "erase": "Reference erased",
    "policy change": "Choice of the clinic changed",
    "account": "Account added",
    "account changed": "Account changed",
    "account removed": "Account removed",
    "passphrase changed": "Passphrase changed",
    "passphrase reset": "Passphrase given anew",
    "recovery key used": "Recovery key used",
    "recovery key renewed": "Recovery key renewed",
    "encrypted anew": "Records encrypted anew",
    "backup": "Backup made",
    "backups removed": "Backups removed",
    "restored": "Backup restored",
    "opened with loss": "Opened with a loss",
    "create": "Records set up",
    "older keys file": "Older keys file found",
}
"""Every kind of deed that is written, by the name that a person reads; an unknown one is called as it was written."""

EXPORTS: Mapping[str, str] = {
    "signed file": "a signed file",
    "redacted": "a redacted file",
    "pdf": "a PDF",
    "paper": "paper, printed",
    "chart text": "chart text, copied",
}
"""As what a record can be taken out."""


def called(word: str) -> list[str]:
    """The kinds of deed in whose name a word stands, in any case."""
    return [kind for kind, name in KINDS.items() if word.casefold() in name.casefold()]


def name_of(kind: str) -> str:
    """What a kind of deed is called."""
    return KINDS.get(kind, kind)


def sentence(line: Line) -> str:
    """What was done, in a sentence without who did it; of an unknown kind its name as it was written."""
    say = _SENTENCES.get(line.deed)
    if say is None:
        return name_of(line.deed)
    try:
        return say(line, line.details)
    except (KeyError, TypeError, ValueError, AttributeError):
        # A line of another version, with other details.
        return name_of(line.deed)


def _account(details: Any) -> str:
    role = f"{details['role']}, administers" if details["administers"] else str(details["role"])
    return f"{details['name']} ({role})"


def _refused(_: Line, details: Any) -> str:
    return f"Was refused: this account may not {Right[details['right'].upper()].value}."


def _wrong_passphrases(_: Line, details: Any) -> str:
    count, moments = details["count"], [moment(str(at)) for at in details["moments"]]
    tries = "1 wrong passphrase" if count == 1 else f"{count} wrong passphrases"
    return f"{tries} before this opening: {', '.join(moments)}."


def _steps(_: Line, details: Any) -> str:
    first, last = details["first"], details["last"]
    return f"Saved step {first}." if first == last else f"Saved steps {first} to {last}."


def _signed(what: str) -> Callable[[Line, Any], str]:
    return lambda _, details: f"Signed {what} with key {details['key']}."


def _exported(_: Line, details: Any) -> str:
    return f"Took a signed record out as {EXPORTS.get(details['kind'], details['kind'])}."


def _log_exported(_: Line, details: Any) -> str:
    return f"Took lines of this log out into a file, {'with' if details['references'] else 'without'} references."


def _discarded(_: Line, details: Any) -> str:
    reason = details.get("reason", "")
    return f"Discarded an unfinished screening: “{reason}”." if reason else "Discarded an unfinished screening."


def _erased(_: Line, details: Any) -> str:
    some, signed = len(details["screenings"]), len(details["records"])
    screenings = "1 screening" if some == 1 else f"{some} screenings"
    records = "1 signed record or amendment" if signed == 1 else f"{signed} signed records and amendments"
    return f"Erased what was kept under a reference: {screenings}, {records}."


def _chosen(line: Line, details: Any) -> str:
    before, after = details["before"] or {}, details["after"]
    parts = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    named = ", ".join(key.replace("_", " ") for key in parts)
    return f"Changed what the clinic chose, {line.subject}: {named or 'nothing in it'}."


def _account_changed(line: Line, details: Any) -> str:
    if "before" not in details:
        return f"Changed the account of {line.about}: now {_account(details['after'])}."
    return f"Changed the account {_account(details['before'])} to {_account(details['after'])}."


def _encrypted(_: Line, details: Any) -> str:
    if details.get("finished"):
        return "Finished encrypting everything anew, which had been interrupted."
    return "Encrypted everything anew with another key."


def _backup(_: Line, details: Any) -> str:
    return f"Made {'the daily' if details['automatic'] else 'a'} backup, {details['file']}."


def _removed_backups(_: Line, details: Any) -> str:
    count = details["count"]
    return "Removed 1 older backup." if count == 1 else f"Removed {count} older backups."


_SENTENCES: Mapping[str, Callable[[Line, Any], str]] = {
    "create": lambda _, __: "Set up these records.",
    "older keys file": lambda _, __: "Found an older keys file in place of the present one.",
    "unlock": lambda _, __: "Opened the records.",
    "unlock refused": _wrong_passphrases,
    "refused": _refused,
    "begin": lambda _, __: "Began a screening.",
    "open": lambda _, __: "Opened an unfinished screening.",
    "answer": _steps,
    "discard": _discarded,
    "sign": _signed("a record"),
    "sign part": _signed("a part of a screening"),
    "amend": _signed("an amendment"),
    "read": lambda _, __: "Read a signed record.",
    "export": _exported,
    "export log": _log_exported,
    "erase": _erased,
    "policy change": _chosen,
    "account": lambda _, details: f"Added the account {_account(details)}.",
    "account changed": _account_changed,
    "account removed": lambda _, details: f"Removed the account {details['name']}.",
    "passphrase changed": lambda _, __: "Changed the own passphrase.",
    "passphrase reset": lambda line, _: f"Gave {line.about or 'an account'} a new passphrase and a new signing key.",
    "recovery key used": lambda _, __: "Opened the records with the recovery key; signs with a new key since then.",
    "recovery key renewed": lambda _, __: "Made another recovery key; the former one opens these records no more.",
    "encrypted anew": _encrypted,
    "backup": _backup,
    "backups removed": _removed_backups,
    "restored": lambda _, details: f"Put back a backup of {moment(str(details['made_at']))}.",
    "opened with loss": lambda _, details: f"Opened the records although something was missing. {details['said']}",
}
