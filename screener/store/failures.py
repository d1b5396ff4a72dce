"""What can go wrong around a vault, said plainly with what to do next; no text here ever holds an answer or a key."""

# ruff: noqa: N818 (they are named after what the person at the desk is told)

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from screener.language import KEPT, WINDOW, Voice, kept, tr
from screener.store.roles import Right
from screener.text import WorldError

_AS_THEY_STAND = tr("The records can also be opened as they stand; that is then noted in the audit log.")
MISSING, DAMAGED = kept("missing"), kept("damaged")
_ROOM = tr(
    "Free some space on that disk. What was typed is still in memory and will be written as soon as there is room."
)


class NoVault(WorldError):
    """There is nothing to open in this folder."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            tr("There are no records in {folder}.").format(folder=folder),
            tr("Set up records for this clinic, or choose another folder."),
        )


class PartSigned(WorldError):
    """A part of this screening has been signed: it cannot be removed."""

    def __init__(self) -> None:
        super().__init__(tr("A part of this screening has been signed, so it stays."), tr("Go on with it, or sign it."))


class NotAllowed(WorldError):
    """The open account's role does not include this deed. Nothing was done but a line in the audit log."""

    def __init__(self, title: str, right: Right) -> None:
        super().__init__(
            tr("This account ({title}) may not {right}. Nothing was done.").format(
                title=title, right=WINDOW.word(right)
            ),
            tr("Somebody whose account may do it opens the records; an administrator sees in Settings who that is."),
        )


class AccountRemoved(WorldError):
    """The account was removed; the keys file is an older one that still has it."""

    def __init__(self) -> None:
        super().__init__(
            tr("This account was removed from these records."),
            tr("An administrator adds a new one in Settings, Accounts."),
        )


class LastAdministrator(WorldError):
    """Nobody would be left who may change accounts."""

    def __init__(self) -> None:
        super().__init__(
            tr("This is the last account that administers these records. Nothing was changed."),
            tr("Give another account that right first."),
        )


class NoSuchAccount(WorldError):
    """No account has this id any more, or the name is taken or empty."""

    def __init__(self, what: str) -> None:
        super().__init__(
            tr("{what} Nothing was changed.").format(what=what), tr("The list of accounts shows who is there now.")
        )


class VaultExists(WorldError):
    """Creating would have to write over records that are there."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            tr("Records are already kept in {folder}. Nothing was written.").format(folder=folder),
            tr("Open them with their passphrase, or choose an empty folder."),
        )


class PassphraseTooShort(WorldError):
    """A new passphrase is shorter than the least that the store takes."""

    def __init__(self, least: int) -> None:
        super().__init__(
            tr("This passphrase is shorter than {least} characters.").format(least=least),
            tr("A few unrelated words are long and still easy to type."),
        )


class UnusableName(WorldError):
    """A name holds half a character, which no file and no page can."""

    def __init__(self) -> None:
        super().__init__(tr("This name holds a character that is not whole."), tr("Take it out, or type it again."))


class WrongPassphrase(WorldError):
    """The passphrase opens nothing here. The next try is heard after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int, said: str = tr("This passphrase does not open these records.")) -> None:
        super().__init__(
            said,
            tr("Check the keyboard layout and Caps Lock. The next try is possible in {retry_after_s} s.").format(
                retry_after_s=retry_after_s
            ),
        )
        self.retry_after_s = retry_after_s


class TriedTooSoon(WrongPassphrase):
    """The wait after a wrong passphrase is not over; the passphrase was not looked at."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            retry_after_s, tr("After a wrong passphrase there is a short wait. This one was not looked at.")
        )


class MistypedRecoveryKey(WorldError):
    """The text is no recovery key: a character, a group or the length is off. `group` counts from 1; 0: unknown."""

    def __init__(self, said: str, group: int = 0) -> None:
        super().__init__(said, tr("Compare it with the printed sheet, group by group."))
        self.group = group


class WrongRecoveryKey(WorldError):
    """A recovery key, typed without mistakes, that belongs to other records."""

    def __init__(self) -> None:
        super().__init__(
            tr("This is a recovery key, but not the one of these records."),
            tr("Look for the sheet that was printed when these records were set up."),
        )


class DamagedKeys(WorldError):
    """The keys file cannot be used: unreadable, incomplete, or altered since it was written."""

    def __init__(self, path: object, what: str) -> None:
        super().__init__(
            tr("The keys file {path} is damaged: {what}. The records themselves were not touched.").format(
                path=path, what=what
            ),
            tr("Restore the latest backup: what is here now is not removed, it is kept in a folder of its own."),
        )


class DamagedVault(WorldError):
    """The encrypted file is there and cannot be read as it was written."""

    def __init__(self, path: object, what: str) -> None:
        super().__init__(
            tr("The records in {path} are damaged: {what}.").format(path=path, what=what),
            tr("Restore the latest backup: what is here now is not removed, it is kept in a folder of its own."),
        )


class Loss(WorldError):
    """What is wrong with the end of the records. `facts`: what the sentence is made of, for the audit log."""

    def __init__(self, next_step: str, **facts: Any) -> None:
        super().__init__(loss_in_words(type(self).__name__, facts, WINDOW), next_step)
        self.facts: Mapping[str, Any] = facts

    @property
    def as_kept(self) -> str:
        """The sentence as the audit log keeps it, whatever the window speaks."""
        return loss_in_words(type(self).__name__, self.facts, KEPT)


class DamagedHead(Loss):
    """The sealed note of how far the records go is missing or altered, so that a missing end could not be noticed."""

    def __init__(self, path: object, what: str) -> None:
        """`what`: `MISSING` or `DAMAGED`."""
        super().__init__(
            tr("Compare with the latest backup. {as_they_stand}").format(as_they_stand=_AS_THEY_STAND),
            path=str(path),
            what=what,
        )


class MissingRows(Loss):
    """The records end before the point that was sealed. `steps` and `deeds` count what is missing.

    `kept` names the copy that was made of the unread end of the file, if there was one.
    """

    def __init__(self, steps: int, deeds: int, last_at: str, kept: str = "") -> None:
        super().__init__(
            tr("Restore the latest backup. {as_they_stand}").format(as_they_stand=_AS_THEY_STAND),
            steps=steps,
            deeds=deeds,
            last_at=last_at,
            kept=kept,
        )
        self.steps, self.deeds, self.kept = steps, deeds, kept


class AlteredRows(Loss):
    """As many rows as were sealed, and not the same ones: written by something else, or put back from another time."""

    def __init__(self, number: int) -> None:
        super().__init__(
            tr("Compare with the latest backup. {as_they_stand}").format(as_they_stand=_AS_THEY_STAND), number=number
        )
        self.number = number


def loss_in_words(name: str, facts: Mapping[str, Any], say: Voice) -> str:
    """What a loss of this class says. KeyError for a class that is none."""
    return _LOSSES[name](facts, say)


def _damaged_head(facts: Mapping[str, Any], say: Voice) -> str:
    return say.tr("{path} is {what}: it cannot be shown that the latest answers are all there.").format(
        path=facts["path"], what=say.word(facts["what"])
    )


def _missing_rows(facts: Mapping[str, Any], say: Voice) -> str:
    saved = say.tr_n("1 saved step", "{n} saved steps", facts["steps"])
    lines = say.tr_n("1 line of the audit log", "{n} lines of the audit log", facts["deeds"])
    copy = facts["kept"] and say.tr(" An untouched copy of the end of the file is in {kept}.").format(
        kept=facts["kept"]
    )
    return say.tr(
        "Missing from the end of these records: {saved} and {lines}. The last was written {last_at}.{copy}"
    ).format(saved=saved, lines=lines, last_at=facts["last_at"][:19].replace("T", " "), copy=copy)


def _altered_rows(facts: Mapping[str, Any], say: Voice) -> str:
    return say.tr(
        "These records are not as they were sealed: row {number} differs from what was noted when it was written."
    ).format(number=facts["number"])


_LOSSES: Mapping[str, Callable[[Mapping[str, Any], Voice], str]] = {
    DamagedHead.__name__: _damaged_head,
    MissingRows.__name__: _missing_rows,
    AlteredRows.__name__: _altered_rows,
}


class BrokenBackup(WorldError):
    """A file that is no backup, or not as it was when it was made."""

    def __init__(self, path: object, what: str) -> None:
        super().__init__(
            tr("{path} cannot be used as a backup: {what}.").format(path=path, what=what),
            tr("Choose another backup; this one was not touched."),
        )


class LaterVersion(WorldError):
    """Written by a later version of the program. No byte was touched."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            tr("The records in {folder} were written by a later version of Screener. Nothing was changed.").format(
                folder=folder
            ),
            tr("Install that version on this computer, then open them again."),
        )


class OpenElsewhere(WorldError):
    """Another running program holds these records."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            tr(
                "The records in {folder} are already open in another window or by another person on this computer."
            ).format(folder=folder),
            tr("Go on in that window, or close it and try again."),
        )


class RecordsClosed(WorldError):
    """The vault was closed while something waited its turn or was under way."""

    def __init__(self) -> None:
        super().__init__(tr("The records were closed before this was done."), tr("Open them and do it once more."))


class NotOnShelf(WorldError):
    """No such screening or record, or not in the state that this deed needs."""

    def __init__(self, what: str) -> None:
        super().__init__(
            tr("{what} Nothing was written.").format(what=what), tr("The list of screenings shows what is there now.")
        )


class NotWritten(WorldError):
    """A file outside the vault could not be written; nothing of it is there, and the records are as they were."""

    def __init__(self, path: object, why: str, next_step: str) -> None:
        super().__init__(tr("{path} was not written: {why}.").format(path=path, why=why), next_step)


class StoreFailed(WorldError):
    """The disk or the system refused; nothing was written halfway, and the same deed can be tried again."""


class DiskFull(StoreFailed):
    """No room is left where the records are kept."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            tr("The disk that holds {folder} is full. The last change is not on disk.").format(folder=folder), _ROOM
        )


class ReadOnlyPlace(StoreFailed):
    """The folder of the records, or a file in it, cannot be written to."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            tr("{folder} cannot be written to. The last change is not on disk.").format(folder=folder),
            tr(
                "Check that the disk is not write-protected and that this user may write in the folder; then try again."
            ),
        )


class ReadWriteFailed(StoreFailed):
    """The system reported an error while reading or writing."""

    def __init__(self, folder: object, what: str) -> None:
        super().__init__(
            tr("Reading or writing in {folder} did not work ({what}). The last change is not on disk.").format(
                folder=folder, what=what
            ),
            tr("Check the disk and its connection. What was typed is still in memory and is tried again."),
        )
