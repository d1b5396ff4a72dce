"""Several accounts over one vault: each does what its role includes, below the window, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from screener.store.audit import Wanted
from screener.store.failures import (
    AccountRemoved,
    DamagedKeys,
    LastAdministrator,
    MistypedRecoveryKey,
    NoSuchAccount,
    NotAllowed,
    PassphraseTooShort,
    StoreFailed,
    WrongPassphrase,
    WrongRecoveryKey,
)
from screener.store.head import Head
from screener.store.keyring import FILE, Account, Keyring
from screener.store.roles import ROLES, Right, rights_of
from screener.store.signing import verify_record
from screener.store.vault import Vault, names
from tests.store.places import CHEAP, MORNING, OPENING, PASSPHRASE, SetClock, answer, beside_the_program, made, opened

SECOND = "four other plain words"
CONTENT = json.dumps({"opening": OPENING, "incomplete": None}).encode()


def added(vault: Vault, role: str, *, administers: bool = False, name: str = "Person B") -> Account:
    return vault.people.add(name, role, SECOND, administers=administers, cost=CHEAP)


def second(folder: Path) -> Vault:
    return Vault.open(folder, SECOND, clock=SetClock(MORNING))


def with_second(folder: Path, role: str, *, administers: bool = False) -> Account:
    with made(folder)[0] as vault:
        return added(vault, role, administers=administers)


def test_whoever_sets_up_administers_and_is_what_they_said(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        assert vault.account.rights == frozenset(Right)
        assert vault.account.title == "clinician, administers"


def test_each_account_opens_with_its_own_passphrase_and_signs_with_its_own_key(tmp_path: Path) -> None:
    account = with_second(tmp_path, "clinician")
    assert [person.name for person in names(tmp_path)] == ["Clinician A", "Person B"]
    with second(tmp_path) as vault:
        assert vault.account == account
        signed = vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, SECOND)
        assert signed.signature.signer == "Person B"
        assert verify_record(signed, account.public_key).unchanged
    with opened(tmp_path) as vault:
        assert not verify_record(vault.shelf.record(signed.record), vault.account.public_key).unchanged
        with pytest.raises(WrongPassphrase):
            vault.shelf.amend(signed.record, CONTENT, SECOND)
        assert vault.verify() == ()


def test_only_the_account_that_was_chosen_is_tried(tmp_path: Path) -> None:
    account = with_second(tmp_path, "clinician")
    with pytest.raises(WrongPassphrase):
        Vault.open(tmp_path, PASSPHRASE, account=account.id, clock=SetClock(MORNING))


# --- roles ------------------------------------------------------------------------------------------------------------


def deeds_of(vault: Vault, screenings: Sequence[str], record: str) -> dict[Right, list[Callable[[], Any]]]:
    """Everything that a shelf or a vault does, by the right it needs."""
    shelf, passphrase = vault.shelf, SECOND
    screening, gone, first, second = screenings
    return {
        Right.SCREEN: [
            lambda: shelf.begin(OPENING),
            lambda: shelf.append(screening, [answer(1)], {}),
            lambda: shelf.draft(screening),
            lambda: shelf.drafts(),
            lambda: shelf.listing(signed=False),
            lambda: shelf.listing(signed=True, words="K-17"),
            lambda: shelf.waiting(),
            lambda: shelf.of_day("2026-11-23"),
            lambda: shelf.last_visits(("dose-day",), "2026-09-27", "2026-11-26"),
            lambda: shelf.known(),
            lambda: shelf.records(),
            lambda: shelf.records(words="K-17"),
            lambda: shelf.has_signed(),
            lambda: shelf.record(record),
            lambda: shelf.parts(screening),
            lambda: shelf.amendments(record),
            lambda: shelf.signed_under("K-17"),
            lambda: shelf.note_file(screening, "fhir", 1),
            lambda: shelf.discard(gone, "made up"),
        ],
        Right.SIGN: [
            lambda: shelf.seal(first, CONTENT, {}, passphrase),
            lambda: shelf.seal_part(second, CONTENT, {}, passphrase),
            lambda: shelf.amend(record, CONTENT, passphrase),
        ],
        Right.EXPORT: [
            lambda: shelf.note_export(record, "pdf"),
            lambda: shelf.note_exports([record], "table"),
            lambda: shelf.exported(record),
        ],
        Right.LOG: [lambda: vault.audit_log(), lambda: vault.audit_page(Wanted())],
        Right.CHOOSE: [lambda: shelf.remember("clinic", {"country": ""})],
        Right.ACCOUNTS: [
            lambda: added(vault, "clinician", name="Person C"),
            lambda: vault.people.change(vault.account.id, name="Person B", role="clinician", administers=True),
            lambda: vault.people.reset_passphrase(vault.people.keyring.people[0].id, "another passphrase", cost=CHEAP),
            lambda: vault.people.new_sheet(),
            lambda: vault.people.remove(vault.people.keyring.people[0].id),
            lambda: vault.rotate(),
        ],
        Right.PURGE: [lambda: shelf.kept_under("K-17"), lambda: shelf.erase("K-17")],
    }


@pytest.mark.parametrize("administers", [False, True])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_it_includes_and_is_refused_everything_else(
    tmp_path: Path, role: str, administers: bool
) -> None:
    with made(tmp_path)[0] as vault:
        screenings = [vault.shelf.begin(OPENING) for _ in range(4)]
        record = vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, PASSPHRASE).record
        added(vault, role, administers=administers)
    rights = rights_of(role, administers=administers)
    with second(tmp_path) as vault:
        for right, deeds in deeds_of(vault, screenings, record).items():
            for number, deed in enumerate(deeds):
                if right in rights:
                    deed()
                else:
                    with pytest.raises(NotAllowed) as refused:
                        deed()
                    assert right in refused.value.said, (right, number)
    if Right.ACCOUNTS in rights:
        return
    with opened(tmp_path) as vault:
        refusals = [line.details["right"] for line in vault.audit_log() if line.deed == "refused"]
        assert set(refusals) == {right.name.lower() for right in Right if right not in rights}
        assert vault.shelf.draft(screenings[0]).steps == ((answer(1),) if Right.SCREEN in rights else ())


def test_every_deed_of_shelf_and_accounts_names_the_right_it_needs(tmp_path: Path) -> None:
    """The table above is whole: a method that is added later has to be in it."""
    free = {"recall", "keyring", "folder", "vault_key", "take", "pair", "change_passphrase", "lines", "forget"}
    with made(tmp_path)[0] as vault:
        public = {name for kind in (type(vault.shelf), type(vault.people)) for name in vars(kind) if name[0] != "_"}
        table = deeds_of(vault, "1234", "")
    called = {name for deeds in table.values() for deed in deeds for name in deed.__code__.co_names}
    assert public - free - called - {"add"} == set()


# --- adding, changing, removing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "   ", "clinician a", " CLINICIAN A "])
def test_a_name_that_is_empty_or_taken_is_refused(tmp_path: Path, name: str) -> None:
    with made(tmp_path)[0] as vault:
        with pytest.raises(NoSuchAccount) as said:
            added(vault, "clinician", name=name)
        assert "Nothing was changed" in said.value.said
        assert len(vault.people.lines()) == 1


def test_a_short_first_passphrase_makes_no_account(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        with pytest.raises(PassphraseTooShort):
            vault.people.add("Person B", "clinician", "short", administers=False, cost=CHEAP)
        assert len(vault.people.lines()) == 1
    assert len(names(tmp_path)) == 1


def test_another_name_and_role_hold_from_the_next_opening_and_stand_in_the_log(tmp_path: Path) -> None:
    account = with_second(tmp_path, "trainer")
    with opened(tmp_path) as vault:
        vault.people.change(account.id, name="Person B, RN", role="clinician", administers=True)
        last = vault.audit_log()[-1]
        assert (last.deed, last.subject) == ("account changed", account.id)
        assert last.details["before"] == {"name": "Person B", "role": "trainer", "administers": False}
    with second(tmp_path) as vault:
        assert (vault.account.name, vault.account.title) == ("Person B, RN", "clinician, administers")
        assert vault.shelf.drafts() == []


def test_the_last_administrator_is_neither_removed_nor_demoted(tmp_path: Path) -> None:
    account = with_second(tmp_path, "clinician")
    with opened(tmp_path) as vault:
        with pytest.raises(LastAdministrator):
            vault.people.change(vault.account.id, name="Clinician A", role="clinician", administers=False)
        vault.people.change(account.id, name="Person B", role="administrator", administers=False)
        vault.people.change(vault.account.id, name="Clinician A", role="clinician", administers=False)
    with second(tmp_path) as vault, pytest.raises(NoSuchAccount):
        vault.people.remove(account.id)


def test_a_removed_account_opens_nothing_also_with_an_old_keys_file(tmp_path: Path) -> None:
    account = with_second(tmp_path, "clinician")
    with second(tmp_path) as vault:
        signed = vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, SECOND)
    before = (tmp_path / FILE).read_bytes()
    with opened(tmp_path) as vault:
        vault.people.remove(account.id)
        with pytest.raises(NoSuchAccount):
            vault.people.remove(account.id)
        [line] = [line for line in vault.people.lines() if line.id == account.id]
        assert line.until
        assert verify_record(vault.shelf.record(signed.record)).unchanged
        assert vault.verify() == ()
    with pytest.raises(WrongPassphrase):
        second(tmp_path)
    (tmp_path / "vault.tries.json").unlink()
    (tmp_path / FILE).write_bytes(before)
    with pytest.raises(AccountRemoved):
        second(tmp_path)
    opened(tmp_path).close()
    assert [person.name for person in names(tmp_path)] == ["Clinician A"]


def test_a_forgotten_passphrase_is_set_anew_and_nobody_signs_in_the_name_of_another(tmp_path: Path) -> None:
    account = with_second(tmp_path, "clinician")
    with opened(tmp_path) as vault:
        vault.people.reset_passphrase(account.id, "a fifth plain phrase", cost=CHEAP)
    with pytest.raises(WrongPassphrase):
        second(tmp_path)
    later = SetClock(MORNING)
    later.turn(5)
    with Vault.open(tmp_path, "a fifth plain phrase", clock=later) as vault:
        assert vault.account.id == account.id
        assert vault.account.public_key != account.public_key
        vault.shelf.seal(vault.shelf.begin(OPENING), CONTENT, {}, "a fifth plain phrase")
        assert vault.verify() == ()


def test_an_account_that_somebody_writes_into_the_keys_file_opens_nothing(tmp_path: Path) -> None:
    with_second(tmp_path, "clinician")
    body = json.loads((tmp_path / FILE).read_text("utf-8"))
    body.pop("checksum")
    body["accounts"][1]["box"] = body["accounts"][0]["box"]
    from screener.store.keyring import _checksum

    (tmp_path / FILE).write_text(json.dumps(body | {"checksum": _checksum(body)}), "utf-8")
    with pytest.raises(DamagedKeys, match="something other than this program"):
        opened(tmp_path)


@pytest.mark.parametrize("deed", ["add", "change", "remove", "reset", "passphrase"])
@pytest.mark.parametrize("point", ["before the keys file", "after the keys file"])
def test_a_deed_on_accounts_that_fails_leaves_both_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str, point: str
) -> None:
    account = with_second(tmp_path, "trainer")
    with opened(tmp_path) as vault:
        before, log = (tmp_path / FILE).read_bytes(), len(vault.audit_log())
        write = Keyring.write

        def fail(self: Keyring, folder: Path, vault_key: bytes) -> None:
            if self is not vault.people.keyring:
                if point.startswith("after"):
                    write(self, folder, vault_key)
                raise StoreFailed("full", "free some room")
            write(self, folder, vault_key)

        with monkeypatch.context() as patched:
            patched.setattr(Keyring, "write", fail)
            with pytest.raises(StoreFailed):
                _deed(vault, account, deed)
        assert json.loads((tmp_path / FILE).read_bytes())["accounts"] == json.loads(before)["accounts"]
        assert len(vault.audit_log()) == log
        _deed(vault, account, deed)
        assert vault.verify() == ()


def _deed(vault: Vault, account: Account, deed: str) -> None:
    match deed:
        case "add":
            added(vault, "clinician", name="Person C")
        case "change":
            vault.people.change(account.id, name="Person B", role="clinician", administers=False)
        case "remove":
            vault.people.remove(account.id)
        case "reset":
            vault.people.reset_passphrase(account.id, "a fifth plain phrase", cost=CHEAP)
        case _:
            vault.change_passphrase(PASSPHRASE, "a fifth plain phrase", cost=CHEAP)


@pytest.mark.parametrize("deed", ["add", "change", "remove", "reset"])
def test_a_crash_between_the_keys_file_and_the_rows_is_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    account = with_second(tmp_path / "running", "trainer")
    with opened(tmp_path / "running") as vault:
        write = Keyring.write

        def crash(self: Keyring, folder: Path, vault_key: bytes) -> None:
            write(self, folder, vault_key)
            shutil.copytree(folder, tmp_path / "left", dirs_exist_ok=True)

        with monkeypatch.context() as patched:
            patched.setattr(Keyring, "write", crash)
            _deed(vault, account, deed)
    with opened(tmp_path / "left") as vault:
        said = {person.id: (person.name, person.role, person.administers) for person in names(tmp_path / "left")}
        rows = {line.id: (line.name, line.role, line.administers) for line in vault.people.lines() if not line.until}
        assert said == rows
        keys = {line.id: line.fingerprint for line in vault.people.lines() if not line.until}
        assert keys == {person.id: person.fingerprint for person in names(tmp_path / "left")}
        assert vault.verify() == ()
    with opened(tmp_path / "left") as vault:
        assert [line.deed for line in vault.audit_log()][-1] == "unlock"


# --- another key ------------------------------------------------------------------------------------------------------


def test_another_key_opens_for_every_account_and_for_the_new_sheet_alone(tmp_path: Path) -> None:
    vault, old_sheet = made(tmp_path)
    with vault:
        added(vault, "clinician")
        screening = vault.shelf.begin(OPENING)
        vault.shelf.append(screening, [answer(1)], {})
        old_key = vault.people.vault_key
        new_sheet = vault.rotate()
        assert vault.shelf.append(screening, [answer(2)], {}).number == 2
        assert vault.verify() == ()
        assert vault.people.vault_key != old_key
        assert [line.deed for line in vault.audit_log()][-2:] == ["encrypted anew", "answer"]
    import sqlcipher3.dbapi2 as driver

    with pytest.raises(driver.DatabaseError):
        connection = driver.connect(str(tmp_path / "vault.db"))
        connection.execute(f"PRAGMA key = \"x'{old_key.hex()}'\"")
        connection.execute("SELECT count(*) FROM step")
    with second(tmp_path) as vault:
        assert vault.shelf.draft(screening).steps == (answer(1), answer(2))
    with pytest.raises(WrongRecoveryKey):
        Vault.open_with_recovery(tmp_path, old_sheet, "a fifth plain phrase", cost=CHEAP)
    Vault.open_with_recovery(tmp_path, new_sheet, "a fifth plain phrase", cost=CHEAP).close()
    with beside_the_program_of(tmp_path, "a fifth plain phrase") as count:
        assert count == 2


class beside_the_program_of:  # noqa: N801 - reads as the function beside it does
    """How many steps the file holds for whoever has the present key."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self._folder, self._passphrase = folder, passphrase

    def __enter__(self) -> int:
        import sqlcipher3.dbapi2 as driver

        key = Keyring.read(self._folder).open(self._passphrase).vault_key
        connection = driver.connect(str(self._folder / "vault.db"))
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        [[count]] = connection.execute("SELECT count(*) FROM step").fetchall()
        connection.close()
        return int(count)

    def __exit__(self, *_: object) -> None:
        return


POINTS = ["rekey", "keys file", "put", "head", "tidy"]


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_any_moment_of_a_new_key_is_made_good_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    class Crash(BaseException):
        """Stands for the end of the program."""

    vault = made(tmp_path / "records")[0]
    folder = tmp_path / "records"
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [answer(1), answer(2)], {})
    with monkeypatch.context() as patched:
        _crash_at(patched, point, tmp_path / "left", Crash)
        with pytest.raises(Crash):
            vault.rotate()
    left = tmp_path / "left"
    assert left.is_dir()
    with opened(left) as again:
        assert again.shelf.draft(screening).steps == (answer(1), answer(2))
        assert again.verify() == ()
        assert again.people.keyring.before is None
    assert sorted(path.name for path in left.iterdir()) == ["vault.db", "vault.head", "vault.keys.json", "vault.lock"]
    opened(left).close()
    assert folder.is_dir()


def _crash_at(patched: pytest.MonkeyPatch, point: str, left: Path, crash: type[BaseException]) -> None:
    """Copy the folder away as it lies, and end."""
    from screener.store import cipher, head, making

    def end(folder: Path) -> None:
        shutil.copytree(folder, left)
        raise crash

    if point == "rekey":
        rekey = cipher.rekey

        def after_rekey(path: Path, key: bytes, new_key: bytes) -> None:
            rekey(path, key, new_key)
            end(path.parent)

        patched.setattr(cipher, "rekey", after_rekey)
    elif point in ("keys file", "tidy"):
        write, seen = Keyring.write, [0]

        def after_write(self: Keyring, folder: Path, vault_key: bytes) -> None:
            write(self, folder, vault_key)
            seen[0] += 1
            if seen[0] == (1 if point == "keys file" else 2):
                end(folder)

        patched.setattr(Keyring, "write", after_write)
    elif point == "put":
        put = making._put

        def after_put(made_file: Path, place: Path) -> None:
            put(made_file, place)
            end(place.parent)

        patched.setattr(making, "_put", after_put)
    else:
        promote = head.HeadFile.write

        def after_head(self: head.HeadFile, reached: head.Head) -> None:
            promote(self, reached)
            end(self.path.parent)

        patched.setattr(head.HeadFile, "write", after_head)


@pytest.mark.parametrize("point", ["rekey", "keys file"])
def test_a_disk_without_room_for_a_new_key_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    from screener.store import cipher

    vault, sheet = made(tmp_path)
    with vault:
        screening = vault.shelf.begin(OPENING)
        before = vault.people.vault_key

        def fail(*_: object) -> None:
            raise StoreFailed("full", "free some room")

        with monkeypatch.context() as patched:
            if point == "rekey":
                patched.setattr(cipher, "rekey", fail)
            else:
                write = Keyring.write

                def once(self: Keyring, folder: Path, vault_key: bytes) -> None:
                    if self.before is not None:
                        fail()
                    write(self, folder, vault_key)

                patched.setattr(Keyring, "write", once)
            with pytest.raises(StoreFailed):
                vault.rotate()
        assert vault.people.vault_key == before
        assert vault.shelf.append(screening, [answer(1)], {}).number == 1
        assert vault.verify() == ()
    Vault.open_with_recovery(tmp_path, sheet, "a fifth plain phrase", cost=CHEAP).close()
    assert not list(tmp_path.glob("*rekeying*"))


def test_a_new_sheet_makes_the_old_one_worthless(tmp_path: Path) -> None:
    vault, old = made(tmp_path)
    with vault:
        new = vault.people.new_sheet()
    with pytest.raises(WrongRecoveryKey):
        Vault.open_with_recovery(tmp_path, old, "a fifth plain phrase", cost=CHEAP)
    with pytest.raises(MistypedRecoveryKey):
        Vault.open_with_recovery(tmp_path, new.text[:-1] + "?", "a fifth plain phrase", cost=CHEAP)
    Vault.open_with_recovery(tmp_path, new, "a fifth plain phrase", cost=CHEAP).close()


def test_the_driver_sees_the_key_and_no_file_does(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        added(vault, "clinician")
        vault.rotate()
        secrets = [vault.people.vault_key, vault.people.vault_key.hex().encode(), SECOND.encode(), PASSPHRASE.encode()]
    for path in tmp_path.iterdir():
        assert not any(secret in path.read_bytes() for secret in secrets), path.name
    with beside_the_program(tmp_path) as connection:
        assert connection.execute("SELECT count(*) FROM account").fetchone() == (2,)


# --- what a review found ----------------------------------------------------------------------------------------------


def test_a_crash_inside_the_head_of_another_key_is_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Once the next opening said that the head was damaged: one of its places was under each key.
    from screener.store.head import PLACE_BYTES, HeadFile

    class Crash(BaseException):
        """Stands for the end of the program."""

    vault = made(tmp_path / "records")[0]
    screening = vault.shelf.begin(OPENING)
    vault.shelf.append(screening, [answer(1)], {})

    def half(self: HeadFile, reached: Head) -> None:
        whole = self.sealed(reached)
        with self.path.open("r+b") as file:
            file.write(whole[:PLACE_BYTES])
        shutil.copytree(self.path.parent, tmp_path / "left")
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(HeadFile, "write", half)
        with pytest.raises(Crash):
            vault.rotate()
    with opened(tmp_path / "left") as again:
        assert again.shelf.draft(screening).steps == (answer(1),)
        assert again.verify() == ()


def test_an_older_keys_file_brings_back_no_role(tmp_path: Path) -> None:
    account = with_second(tmp_path, "administrator")
    before = (tmp_path / FILE).read_bytes()
    with opened(tmp_path) as vault:
        vault.people.change(account.id, name="Person B", role="trainer", administers=False)
    (tmp_path / FILE).write_bytes(before)
    with opened(tmp_path) as vault:
        assert "older keys file" in [line.deed for line in vault.audit_log()]
        [line] = [line for line in vault.people.lines() if line.id == account.id]
        assert (line.role, line.administers) == ("trainer", False)
    with second(tmp_path) as vault, pytest.raises(NotAllowed):
        vault.audit_log()
    with opened(tmp_path) as vault:
        assert [line.deed for line in vault.audit_log()].count("older keys file") == 1, "told once, not at each opening"


def test_a_keys_file_of_an_earlier_version_put_back_beside_the_upgraded_vault_brings_back_no_role(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "records"
    shutil.copytree(Path(__file__).resolve().parents[1] / "vaults" / "r0002", folder)
    before = (folder / FILE).read_bytes()
    with opened(folder) as vault:
        assert "older keys file" not in [line.deed for line in vault.audit_log()], "an upgrade is none"
        mine = vault.account.id
        vault.people.add("Person B", "administrator", SECOND, administers=True, cost=CHEAP)
        vault.people.change(mine, name=vault.account.name, role="trainer", administers=True)
    (folder / FILE).write_bytes(before)
    with opened(folder) as vault:
        assert "older keys file" in [line.deed for line in vault.audit_log()]
        [line] = [line for line in vault.people.lines() if line.id == mine]
        assert line.role == "trainer"


def test_a_change_of_accounts_that_another_key_overtook_is_refused_and_every_passphrase_still_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Once its boxes held the former key under the seal of the present one: nothing opened the records any more.
    with made(tmp_path)[0] as vault:
        with_account = Keyring.with_account

        def overtaken(self: Keyring, *given: Any) -> Keyring:
            changed = with_account(self, *given)
            monkeypatch.undo()
            vault.rotate()
            return changed

        monkeypatch.setattr(Keyring, "with_account", overtaken)
        with pytest.raises(NoSuchAccount, match="came first"):
            vault.change_passphrase(PASSPHRASE, "a fifth plain phrase", cost=CHEAP)
    opened(tmp_path).close()


def test_a_refused_deed_on_accounts_leaves_the_keys_file_untouched(tmp_path: Path) -> None:
    with_second(tmp_path, "trainer")
    with second(tmp_path) as vault:
        before = (tmp_path / FILE).stat().st_mtime_ns
        with pytest.raises(NotAllowed):
            vault.people.new_sheet()
        assert (tmp_path / FILE).stat().st_mtime_ns == before


def test_only_who_may_erase_clears_the_older_backups_away(tmp_path: Path) -> None:
    with_second(tmp_path / "records", "trainer")
    with second(tmp_path / "records") as vault:
        first, latest = (vault.backups.make(tmp_path / "backups") for _ in range(2))
        with pytest.raises(NotAllowed):
            vault.backups.clear_before(latest)
        assert first.path.exists()
    with opened(tmp_path / "records") as vault:
        assert vault.backups.clear_before(latest) == [first.path]
        assert vault.audit_log()[-1].deed == "backups removed"


def test_a_closed_vault_holds_its_key_no_longer(tmp_path: Path) -> None:
    vault = made(tmp_path)[0]
    people = vault.people
    vault.close()
    assert people.vault_key == b""
