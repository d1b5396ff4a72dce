"""What a line of the audit log says: what each kind of deed is called, and what was done in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from screener.language import KEPT, WINDOW, Voice, kept
from screener.store.failures import loss_in_words
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


_CHOICES: Mapping[str, str] = {
    "clinic": kept("settings"),
    "backups": kept("backups"),
    "recovery sheet": kept("recovery sheet"),
}
_PARTS: Mapping[str, str] = {
    "country": kept("labels and country"),
    "parameters": kept("figures"),
    "crisis_card": kept("crisis card"),
    "lock_after_min": kept("locked after"),
    "blank_after_min": kept("hidden in the patient's hands after"),
    "patient_words": kept("words to the patient"),
    "folder": kept("folder"),
    "keep": kept("how many backups are kept"),
    "daily": kept("daily backups"),
    "written_down": kept("whether it was written down"),
}
"""What the clinic chooses, by the keys under which it is kept; keys of a later version are shown as they are."""
KINDS: Mapping[str, str] = {
    "unlock": kept("Records opened"),
    "unlock refused": kept("Wrong passphrase"),
    "refused": kept("Deed refused"),
    "begin": kept("Screening begun"),
    "open": kept("Unfinished screening opened"),
    "answer": kept("Answers saved"),
    "file read": kept("Answers of a file offered"),
    "discard": kept("Screening discarded"),
    "sign": kept("Record signed"),
    "sign part": kept("Part of a screening signed"),
    "amend": kept("Record amended"),
    "read": kept("Signed record read"),
    "export": kept("Record taken out"),
    "export log": kept("Audit log taken out"),
    "erase": kept("Reference erased"),
    "policy change": kept("Choice of the clinic changed"),
    "account": kept("Account added"),
    "account changed": kept("Account changed"),
    "account removed": kept("Account removed"),
    "passphrase changed": kept("Passphrase changed"),
    "passphrase reset": kept("Passphrase given anew"),
    "recovery key used": kept("Recovery key used"),
    "recovery key renewed": kept("Recovery key renewed"),
    "encrypted anew": kept("Records encrypted anew"),
    "backup": kept("Backup made"),
    "backups removed": kept("Backups removed"),
    "restored": kept("Backup restored"),
    "opened with loss": kept("Opened with a loss"),
    "create": kept("Records set up"),
    "older keys file": kept("Older keys file found"),
}
"""Every kind of deed that is written, by the name that a person reads; an unknown one is called as it was written."""

EXPORTS: Mapping[str, str] = {
    "signed file": kept("a signed file"),
    "redacted": kept("a redacted file"),
    "fhir": kept("a FHIR bundle"),
    "pdf": kept("a PDF"),
    "paper": kept("paper, printed"),
    "chart text": kept("chart text, copied"),
    "text": kept("a text file"),
    "html": kept("an HTML file"),
    "table": kept("a row of a table"),
    "redacted table": kept("a row of a redacted table"),
}
"""As what a record can be taken out."""


def called(word: str) -> list[str]:
    """The kinds of deed in whose name, as it is kept or as the window shows it, a word stands, in any case."""
    said = word.casefold()
    return [kind for kind, name in KINDS.items() if said in name.casefold() or said in WINDOW.word(name).casefold()]


def name_of(kind: str, say: Voice = KEPT) -> str:
    """What a kind of deed is called."""
    return say.word(KINDS[kind]) if kind in KINDS else kind


def sentence(line: Line, say: Voice = KEPT) -> str:
    """What was done, in a sentence without who did it; of an unknown kind its name as it was written."""
    tell = _SENTENCES.get(line.deed)
    if tell is None:
        return name_of(line.deed, say)
    try:
        return tell(line, line.details, say)
    except (KeyError, TypeError, ValueError, AttributeError):
        # A line of another version, with other details.
        return name_of(line.deed, say)


_Tell = Callable[[Line, Any, Voice], str]


def _plain(text: str) -> _Tell:
    """What is said of a deed whose details add nothing."""
    return lambda _, __, say: say.word(text)


def _account(details: Any, say: Voice) -> str:
    role = say.word(str(details["role"]))
    if details["administers"]:
        role = say.tr("{role}, administers").format(role=role)
    return f"{details['name']} ({role})"


def _refused(_: Line, details: Any, say: Voice) -> str:
    right = say.word(Right[details["right"].upper()].value)
    return say.tr("Was refused: this account may not {right}.").format(right=right)


def _wrong_passphrases(_: Line, details: Any, say: Voice) -> str:
    moments = ", ".join(moment(str(at)) for at in details["moments"])
    return say.tr_n(
        "1 wrong passphrase before this opening: {moments}.",
        "{n} wrong passphrases before this opening: {moments}.",
        details["count"],
        moments=moments,
    )


def _steps(_: Line, details: Any, say: Voice) -> str:
    first, last = details["first"], details["last"]
    if first == last:
        return say.tr("Saved step {first}.").format(first=first)
    return say.tr("Saved steps {first} to {last}.").format(first=first, last=last)


def _file_read(_: Line, details: Any, say: Voice) -> str:
    return say.tr_n(
        "Offered 1 answer out of a file; none was recorded by that.",
        "Offered {n} answers out of a file; none was recorded by that.",
        details["answers"],
    )


def _signed_record(_: Line, details: Any, say: Voice) -> str:
    return say.tr("Signed a record with key {key}.").format(key=details["key"])


def _signed_part(_: Line, details: Any, say: Voice) -> str:
    return say.tr("Signed a part of a screening with key {key}.").format(key=details["key"])


def _signed_amendment(_: Line, details: Any, say: Voice) -> str:
    return say.tr("Signed an amendment with key {key}.").format(key=details["key"])


def _exported(_: Line, details: Any, say: Voice) -> str:
    kind = details["kind"]
    return say.tr("Took a signed record out as {kind}.").format(kind=say.word(EXPORTS.get(kind, kind)))


def _log_exported(_: Line, details: Any, say: Voice) -> str:
    if details["references"]:
        return say.tr("Took lines of this log out into a file, with references.")
    return say.tr("Took lines of this log out into a file, without references.")


def _discarded(_: Line, details: Any, say: Voice) -> str:
    reason = details.get("reason", "")
    if reason:
        return say.tr("Discarded an unfinished screening: “{reason}”.").format(reason=reason)
    return say.tr("Discarded an unfinished screening.")


def _erased(_: Line, details: Any, say: Voice) -> str:
    screenings = say.tr_n("1 screening", "{n:,} screenings", len(details["screenings"]))
    signed = say.tr_n("1 signed record or amendment", "{n} signed records and amendments", len(details["records"]))
    return say.tr("Erased what was kept under a reference: {screenings}, {signed}.").format(
        screenings=screenings, signed=signed
    )


def _chosen(line: Line, details: Any, say: Voice) -> str:
    before, after = details["before"] or {}, details["after"]
    parts = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    named = ", ".join(say.word(_PARTS.get(key, key)) for key in parts) or say.tr("nothing in it")
    return say.tr("Changed what the clinic chose, {choice}: {parts}.").format(
        choice=say.word(_CHOICES.get(line.subject, line.subject)), parts=named
    )


def _account_changed(line: Line, details: Any, say: Voice) -> str:
    after = _account(details["after"], say)
    if "before" not in details:
        return say.tr("Changed the account of {name}: now {after}.").format(name=line.about, after=after)
    return say.tr("Changed the account {before} to {after}.").format(
        before=_account(details["before"], say), after=after
    )


def _account_added(_: Line, details: Any, say: Voice) -> str:
    return say.tr("Added the account {account}.").format(account=_account(details, say))


def _account_removed(_: Line, details: Any, say: Voice) -> str:
    return say.tr("Removed the account {name}.").format(name=details["name"])


def _passphrase_reset(line: Line, _: Any, say: Voice) -> str:
    whom = line.about or say.tr("an account")
    return say.tr("Gave {whom} a new passphrase and a new signing key.").format(whom=whom)


def _encrypted(_: Line, details: Any, say: Voice) -> str:
    if details.get("finished"):
        return say.tr("Finished encrypting everything anew, which had been interrupted.")
    return say.tr("Encrypted everything anew with another key.")


def _backup(_: Line, details: Any, say: Voice) -> str:
    said = say.tr("Made the daily backup, {file}.") if details["automatic"] else say.tr("Made a backup, {file}.")
    return said.format(file=details["file"])


def _removed_backups(_: Line, details: Any, say: Voice) -> str:
    return say.tr_n("Removed 1 older backup.", "Removed {n} older backups.", details["count"])


def _restored(_: Line, details: Any, say: Voice) -> str:
    return say.tr("Put back a backup of {moment}.").format(moment=moment(str(details["made_at"])))


def _with_loss(_: Line, details: Any, say: Voice) -> str:
    said = loss_in_words(details["what"], details["facts"], say) if "facts" in details else details["said"]
    return say.tr("Opened the records although something was missing. {said}").format(said=said)


_SENTENCES: Mapping[str, _Tell] = {
    "create": _plain(kept("Set up these records.")),
    "older keys file": _plain(kept("Found an older keys file in place of the present one.")),
    "unlock": _plain(kept("Opened the records.")),
    "unlock refused": _wrong_passphrases,
    "refused": _refused,
    "begin": _plain(kept("Began a screening.")),
    "open": _plain(kept("Opened an unfinished screening.")),
    "answer": _steps,
    "discard": _discarded,
    "sign": _signed_record,
    "file read": _file_read,
    "sign part": _signed_part,
    "amend": _signed_amendment,
    "read": _plain(kept("Read a signed record.")),
    "export": _exported,
    "export log": _log_exported,
    "erase": _erased,
    "policy change": _chosen,
    "account": _account_added,
    "account changed": _account_changed,
    "account removed": _account_removed,
    "passphrase changed": _plain(kept("Changed the own passphrase.")),
    "passphrase reset": _passphrase_reset,
    "recovery key used": _plain(kept("Opened the records with the recovery key; signs with a new key since then.")),
    "recovery key renewed": _plain(kept("Made another recovery key; the former one opens these records no more.")),
    "encrypted anew": _encrypted,
    "backup": _backup,
    "backups removed": _removed_backups,
    "restored": _restored,
    "opened with loss": _with_loss,
}
