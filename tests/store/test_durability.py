"""What was said to be saved is there: after a kill, with a damaged log, a full disk, a folder nobody may write in."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.store import files, head
from screener.store.failures import (
    AlteredRows,
    DamagedHead,
    DiskFull,
    MissingRows,
    ReadOnlyPlace,
    ReadWriteFailed,
    StoreFailed,
)
from tests.store.places import OPENING, PASSPHRASE, answer, beside_the_program, made, opened
from tests.store.saving import batch

ROOT = Path(__file__).resolve().parents[2]


def started(code: list[str], folder: Path, *more: str) -> subprocess.Popen[str]:
    """A program of its own over this folder, its lines readable as they come."""
    return subprocess.Popen(
        [sys.executable, *code, str(folder), *more], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


# --- kill -9 ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 there")
def test_a_kill_at_any_moment_loses_nothing_that_was_said_to_be_saved(tmp_path: Path) -> None:
    made(tmp_path)[0].close()
    moments = random.Random(20261123)
    all_said: dict[str, int] = {}
    for seed in range(8):
        program = started(["-m", "tests.store.saving"], tmp_path, str(seed))
        assert program.stdout
        begun = program.stdout.readline().split()
        assert begun[:1] == ["begun"], program.communicate()[1]
        said = [program.stdout.readline() for _ in range(moments.randint(1, 40))]
        # Also in the middle of the next one, wherever that may be.
        signal.sigtimedwait([], moments.random() * 0.006)
        program.send_signal(signal.SIGKILL)
        rest = program.communicate(timeout=20)[0].splitlines()
        assert program.returncode == -signal.SIGKILL
        all_said[begun[1]] = int([line for line in (*said, *rest) if line.startswith("saved")][-1].split()[1])
        with opened(tmp_path) as vault:
            for screening, number in all_said.items():
                steps = vault.shelf.draft(screening).steps
                assert len(steps) >= number
                assert steps == tuple(batch(screening, 1, len(steps)))
            assert vault.verify() == ()
            assert next(line for line in vault.shelf.drafts() if line.screening == begun[1]).steps >= all_said[begun[1]]
    assert len(all_said) == 8
    assert not list(tmp_path.glob("*.kept*"))


def test_a_kill_between_the_commit_and_its_head_is_no_loss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        before = (tmp_path / head.FILE).read_bytes()
        vault.shelf.append(screening, [answer(1)], {})
    (tmp_path / head.FILE).write_bytes(before)
    with opened(tmp_path) as vault:
        assert vault.shelf.draft(screening).steps == (answer(1),)


@pytest.mark.parametrize("point", ["build", "write", "finish"])
def test_a_crash_while_records_are_set_up_leaves_nothing_or_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    from screener.store import making
    from screener.store.keyring import Keyring

    class Crash(BaseException):
        """Stands for the end of the program: nobody catches it."""

    def crash(*_: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        match point:
            case "build":
                patched.setattr(making, "sync_file", crash)
            case "write":
                patched.setattr(Keyring, "write", crash)
            case _:
                patched.setattr(making, "finish", crash)
        with pytest.raises(Crash):
            made(tmp_path)
    if point == "finish":
        opened(tmp_path).close()
    else:
        made(tmp_path)[0].close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "vault.db",
        "vault.head",
        "vault.keys.json",
        "vault.lock",
    ]


# --- the sealed head --------------------------------------------------------------------------------------------------


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A vault as a crash leaves it: thirty answers, all of them still in the write-ahead log."""
    running, left = tmp_path / "running", tmp_path / "left"
    made(running)[0].close()
    with opened(running) as vault:
        screening = vault.shelf.begin(OPENING)
        for number in range(30):
            vault.shelf.append(screening, [answer(number)], {})
        shutil.copytree(running, left)
    assert (left / "vault.db-wal").stat().st_size > 30 * 4096
    return left


def test_what_a_crash_left_in_the_log_is_there(crashed: Path) -> None:
    with opened(crashed) as vault:
        [line] = vault.shelf.drafts()
        assert line.steps == 30
        assert vault.verify() == ()


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_flipped_bit_in_the_write_ahead_log_is_reported_with_what_is_missing(crashed: Path, part: float) -> None:
    log = crashed / "vault.db-wal"
    whole = log.read_bytes()
    place = int(len(whole) * part)
    flipped = whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
    log.write_bytes(flipped)
    with pytest.raises(MissingRows) as said:
        opened(crashed)
    assert 0 < said.value.steps < 31
    # Closing dropped the unreadable end from the folder: the copy has it still.
    assert Path(said.value.kept).read_bytes() == flipped
    with pytest.raises(MissingRows) as again:
        opened(crashed)
    assert again.value.steps == said.value.steps
    with opened(crashed, accept_loss=True) as vault:
        [line] = vault.shelf.drafts()
        assert line.steps == 30 - said.value.steps
        assert "opened with loss" in [row.deed for row in vault.audit_log()]
        assert vault.shelf.append(line.screening, [answer(99)], {}).number == line.steps + 1
        assert vault.verify() == ()
    opened(crashed).close()
    assert Path(said.value.kept).exists()


def test_a_missing_log_is_reported(crashed: Path) -> None:
    (crashed / "vault.db-wal").unlink()
    with pytest.raises(MissingRows) as said:
        opened(crashed)
    assert said.value.steps == 30
    assert "30 saved steps" in said.value.said


@pytest.mark.parametrize("damage", ["gone", "cut", "bit", "empty", "forged"])
def test_a_damaged_head_is_named(tmp_path: Path, damage: str) -> None:
    with made(tmp_path)[0] as vault:
        vault.shelf.append(vault.shelf.begin(OPENING), [answer(1)], {})
    path = tmp_path / head.FILE
    whole = path.read_bytes()
    match damage:
        case "gone":
            path.unlink()
        case "cut":
            path.write_bytes(whole[:-5])
        case "bit":
            path.write_bytes(whole[:20] + bytes([whole[20] ^ 1]) + whole[21:])
        case "empty":
            path.write_bytes(b"")
        case _:
            path.write_bytes(whole.replace(b'"number": 1', b'"number": 0'))
    assert not path.exists() or path.read_bytes() != whole
    with pytest.raises(DamagedHead):
        opened(tmp_path)
    opened(tmp_path, accept_loss=True).close()
    opened(tmp_path).close()


def test_a_first_head_that_was_cut_short_by_a_crash_opens(crashed: Path) -> None:
    # Its first place was on the disk and its second was not yet: once it was taken for one of the first version.
    path = crashed / head.FILE
    path.write_bytes(path.read_bytes()[: head.PLACE_BYTES])
    with opened(crashed) as vault:
        assert [line.steps for line in vault.shelf.drafts()] == [30]


def test_a_head_that_was_left_behind_is_brought_up_to_date_though_the_last_deed_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        with monkeypatch.context() as patched:
            patched.setattr(head.HeadFile, "_put", refuse)
            vault.shelf.append(screening, [answer(1)], {})
        with pytest.raises(ZeroDivisionError), vault._deeds.deed(None):
            raise ZeroDivisionError
    assert json.loads((tmp_path / head.FILE).read_bytes().splitlines()[0])["journal"]["number"] == 1


def refuse(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_an_older_copy_of_the_database_is_noticed(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
    old = (tmp_path / "vault.db").read_bytes()
    with opened(tmp_path) as vault:
        vault.shelf.append(screening, [answer(1), answer(2)], {})
    (tmp_path / "vault.db").write_bytes(old)
    with pytest.raises(MissingRows) as said:
        opened(tmp_path)
    assert (said.value.steps, said.value.deeds) == (2, 2)


def test_rows_that_were_written_anew_do_not_fit_the_head(tmp_path: Path) -> None:
    with made(tmp_path)[0] as vault:
        vault.shelf.append(vault.shelf.begin(OPENING), [answer(1)], {})
    with beside_the_program(tmp_path) as connection:
        connection.execute("UPDATE step SET chain = 'x' || substr(chain, 2) WHERE number = 1")
    with pytest.raises(AlteredRows):
        opened(tmp_path)


# --- nothing in the clear ---------------------------------------------------------------------------------------------


def test_no_answer_stands_in_the_clear_anywhere_in_the_folder(tmp_path: Path) -> None:
    sentinel = "Zeppelinstraße-sentinel-4711"
    forms = [sentinel.encode(), sentinel.encode("utf-16-le"), b"sentinel-4711", b"K-sentinel"]

    def found() -> list[str]:
        assert len(list(tmp_path.iterdir())) >= 4
        return [f.name for f in tmp_path.rglob("*") if f.is_file() and any(form in f.read_bytes() for form in forms)]

    vault, recovery = made(tmp_path)
    screening = vault.shelf.begin(OPENING | {"reference": "K-sentinel"})
    vault.shelf.append(screening, [{"text": sentinel}] * 200, {"note": sentinel})
    assert found() == []
    vault.shelf.seal(screening, f'{{"text":"{sentinel}"}}'.encode(), {"note": sentinel}, PASSPHRASE)
    vault.shelf.discard(vault.shelf.begin({"reference": "K-sentinel"}), sentinel)
    vault.close()
    assert found() == []
    secrets = [PASSPHRASE.encode(), recovery.text.encode(), recovery.secret]
    assert [f.name for f in tmp_path.iterdir() if any(secret in f.read_bytes() for secret in secrets)] == []


def test_a_mistake_in_a_statement_names_no_answer(tmp_path: Path) -> None:
    from sqlalchemy import insert
    from sqlalchemy.exc import IntegrityError

    from screener.store.tables import choice

    row = {"key": "same", "value": "sentinel-answer", "changed_at": "now"}
    with made(tmp_path)[0] as vault, pytest.raises(IntegrityError) as said, vault._deeds.deed(None) as deed:
        deed.connection.execute(insert(choice), [row])
        deed.connection.execute(insert(choice), [row])
    assert "sentinel" not in str(said.value)


# --- a full disk, a folder that cannot be written ---------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte. Only root may mount one; the limit on file sizes below needs nobody's leave."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = shutil.which("mount") and hasattr(os, "geteuid") and os.geteuid() == 0
    if (
        not mounted
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], check=False).returncode
    ):
        pytest.skip("no right to mount a small disk; the limit on file sizes is tested instead")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_said_and_the_same_steps_are_saved_when_there_is_room(small_disk: Path) -> None:
    folder = small_disk / "records"
    with made(folder)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        vault.shelf.append(screening, [answer(1)], {"answered": 1})
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            while file.write(b"x" * 4096):
                pass
        steps = [{"step": "jot", "text": "word " * 400}] * 20
        for _ in range(3):
            with pytest.raises(DiskFull) as said:
                vault.shelf.append(screening, steps, {"answered": 21})
            assert "full" in said.value.said
            assert [line.steps for line in vault.shelf.drafts()] == [1]
        filler.unlink()
        assert vault.shelf.append(screening, steps, {"answered": 21}).number == 21
        assert vault.shelf.draft(screening).steps == (answer(1), *steps)
        assert vault.verify() == ()
    opened(folder).close()


LIMITED = """
import resource, sys
from pathlib import Path
from screener.store.failures import StoreFailed
from tests.store.places import OPENING, answer, made
folder = Path(sys.argv[1])
vault, _ = made(folder)
screening = vault.shelf.begin(OPENING)
vault.shelf.append(screening, [answer(1)], {})
size = (folder / "vault.db-wal").stat().st_size
steps = [{"text": "word " * 400}] * 60
resource.setrlimit(resource.RLIMIT_FSIZE, (size + int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    vault.shelf.append(screening, steps, {})
except StoreFailed as said:
    print(type(said).__name__, [line.steps for line in vault.shelf.drafts()])
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(vault.shelf.append(screening, steps, {}).number, vault.verify(), len(vault.shelf.draft(screening).steps))
vault.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no limit on file sizes there")
@pytest.mark.parametrize("room", [0, 5_000, 60_000])
def test_a_file_that_may_not_grow_keeps_nothing_half_written(tmp_path: Path, room: int) -> None:
    program = started(["-c", LIMITED], tmp_path, str(room))
    said, wrong = program.communicate(timeout=60)
    assert program.returncode == 0, wrong
    assert said.splitlines() == ["ReadWriteFailed [1]", "61 () 61"]
    with opened(tmp_path) as vault:
        assert [line.steps for line in vault.shelf.drafts()] == [61]


READ_ONLY = """
import os, sys
from pathlib import Path
from screener.store.failures import ReadOnlyPlace
from tests.store.places import CHEAP, OPENING, answer, made, opened
folder = Path(sys.argv[1])
vault, _ = made(folder / "records")
screening = vault.shelf.begin(OPENING)
os.chmod(folder / "records", 0o500)
# The files are open and stay so: what is said to be saved is.
print(vault.shelf.append(screening, [answer(1)], {}).number, vault.verify())
try:
    vault.people.add("Person B", "clinician", "another passphrase", administers=False, cost=CHEAP)
except ReadOnlyPlace as said:
    print("refused", len(vault.people.lines()))
os.chmod(folder / "records", 0o700)
vault.close()
os.chmod(folder / "records", 0o500)
try:
    opened(folder / "records")
except ReadOnlyPlace as said:
    print("refused", sorted(path.name for path in (folder / "records").iterdir()))
os.chmod(folder / "records", 0o700)
with opened(folder / "records") as vault:
    print(len(vault.shelf.draft(screening).steps), vault.verify())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_a_folder_that_cannot_be_written_is_said_and_nothing_half_written(tmp_path: Path) -> None:
    command = [sys.executable, "-c", READ_ONLY, str(tmp_path)]
    if os.geteuid() == 0:
        # Root writes everywhere, by a privilege that the program below is started without.
        without = shutil.which("setpriv")
        if without is None:
            pytest.skip("root, and no setpriv to put the privilege down")
        command = [without, "--bounding-set=-dac_override,-dac_read_search", *command]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    there = ["vault.db", "vault.head", "vault.keys.json", "vault.lock"]
    assert done.stdout.splitlines() == ["1 ()", "refused 1", f"refused {there}", "1 ()"]


def test_a_head_that_cannot_be_put_in_place_loses_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with made(tmp_path)[0] as vault:
        screening = vault.shelf.begin(OPENING)
        with monkeypatch.context() as patched:
            patched.setattr(head.HeadFile, "_put", refuse)
            assert vault.shelf.append(screening, [answer(1)], {}).number == 1
    # Closing brought the head up to date: without the row it would speak of one that is missing.
    assert json.loads((tmp_path / head.FILE).read_bytes().splitlines()[0])["journal"]["number"] == 1
    with opened(tmp_path) as vault:
        assert vault.shelf.draft(screening).steps == (answer(1),)


@pytest.mark.parametrize(
    ("number", "kind"), [(28, DiskFull), (27, DiskFull), (30, ReadOnlyPlace), (13, ReadOnlyPlace), (5, ReadWriteFailed)]
)
def test_the_systems_refusals_keep_their_meaning(number: int, kind: type[StoreFailed]) -> None:
    said = files.failure(OSError(number, "as the system says"), Path("records"))
    assert type(said) is kind
    assert said.next_step
