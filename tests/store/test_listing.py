"""The list of screenings: pages, words, what is waited for; and what is erased is found no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from screener.records.browse import Known, LastVisit, Listing
from screener.store import lists
from screener.store.audit import Wanted
from screener.store.chain import BadRow
from screener.store.failures import NotOnShelf
from screener.store.roles import Right
from screener.store.vault import Vault
from tests.store.places import MORNING, OPENING, PASSPHRASE, SetClock, answer, beside_the_program, made, opened


def opening(reference: str, **more: str) -> dict[str, Any]:
    return OPENING | {"reference": reference} | more


def content(reference: str) -> bytes:
    return json.dumps({"opening": opening(reference), "incomplete": None}).encode()


@pytest.fixture
def vault() -> Vault:
    return Vault.in_memory(SetClock(MORNING))


def references(listing: Listing) -> list[str]:
    return [str(line.opening["reference"]) for line in listing.drafts] + [line.reference for line in listing.records]


def test_pages_of_the_unfinished_come_last_touched_first_and_lose_none(vault: Vault) -> None:
    begun = [vault.shelf.begin(opening(f"K-{number}")) for number in range(7)]
    vault.shelf.append(begun[2], [answer(1)], {})
    seen: list[str] = []
    before = None
    while True:
        page = vault.shelf.listing(signed=False, limit=3, before=before)
        assert page.total == 7
        seen += references(page)
        before = page.more
        if before is None:
            break
    assert seen == ["K-2", "K-6", "K-5", "K-4", "K-3", "K-1", "K-0"]


def test_signed_ones_are_a_list_of_their_own_with_every_part(vault: Vault) -> None:
    part = vault.shelf.begin(opening("PART"))
    vault.shelf.seal_part(part, content("PART"), {"part": 1}, "")
    whole = vault.shelf.begin(opening("WHOLE"))
    vault.shelf.seal(whole, content("WHOLE"), {}, "")
    unfinished, signed = vault.shelf.listing(signed=False), vault.shelf.listing(signed=True)
    assert references(unfinished) == ["PART", "PART"]
    assert [line.digest.get("part") for line in unfinished.records] == [1]
    assert references(signed) == ["WHOLE"]
    assert (unfinished.total, signed.total) == (1, 1)
    assert vault.shelf.listing(signed=True, words="nothing") == Listing((), (), None, None)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("K-17", ["K-17b", "K-17"]),
        ("k-17B", ["K-17b"]),
        ("-17", ["K-17b", "K-17"]),
        ("17 esket", ["K-17"]),
        ("psilo", ["K-17b"]),
        ("b", ["K-17b"]),
        ("ü", ["K-17"]),
        ("ML 71", ["K-17"]),
        ("nobody", []),
        ('"', []),
        ("K-17'; DROP TABLE listed; --", []),
        ("listed : OR NOT *", []),
        ("%", []),
        ("_", []),
        ("  ", ["K-17b", "K-17"]),
        ("K-17\0", ["K-17b", "K-17"]),
    ],
)
def test_a_part_of_a_word_finds_a_screening_whatever_it_holds(vault: Vault, words: str, found: list[str]) -> None:
    first = vault.shelf.begin(opening("K-17", second_mark="ML 71", clinician="Clinician Ü"))
    second = vault.shelf.begin(opening("K-17b"))
    vault.shelf.append(first, [answer(1)], {"pathway": "Esketamine in clinic"})
    vault.shelf.append(second, [answer(1)], {"pathway": "Psilocybin in Oregon"})
    assert references(vault.shelf.listing(signed=False, words=words)) == found


def test_another_second_mark_and_pathway_are_found_and_the_former_ones_no_more(vault: Vault) -> None:
    screening = vault.shelf.begin(opening("K-17", second_mark="old mark"))
    vault.shelf.append(screening, [answer(1)], {"second_mark": "new mark", "pathway": "Microdosing"})
    assert references(vault.shelf.listing(signed=False, words="old mark")) == []
    assert references(vault.shelf.listing(signed=False, words="new microd")) == ["K-17"]
    assert vault.shelf.known() == [Known("K-17", "new mark")]
    vault.shelf.discard(screening, "made up")
    assert references(vault.shelf.listing(signed=False, words="K-17")) == []
    assert vault.shelf.known() == []


def test_what_is_waited_for_is_found_in_unfinished_and_signed_ones_until_it_came(vault: Vault) -> None:
    waits = {"waiting_for": [{"what": "a letter", "from": "", "until": ""}]}
    first, second = vault.shelf.begin(opening("K-1")), vault.shelf.begin(opening("K-2"))
    vault.shelf.append(first, [answer(1)], waits)
    vault.shelf.seal(second, content("K-2"), waits, "")
    assert references(vault.shelf.waiting()) == ["K-1", "K-2"]
    vault.shelf.append(first, [answer(2)], {})
    assert references(vault.shelf.waiting()) == ["K-2"]


def test_a_list_found_by_words_goes_on_where_its_page_ended(vault: Vault) -> None:
    for number in range(5):
        vault.shelf.begin(opening(f"K-{number}"))
    first = vault.shelf.listing(signed=False, words="K-", limit=2)
    assert references(first) == ["K-4", "K-3"]
    assert references(vault.shelf.listing(signed=False, words="K-", limit=2, before=first.more)) == ["K-2", "K-1"]


# --- the audit log, page by page --------------------------------------------------------------------------------------


def test_the_log_is_read_page_by_page_latest_first_with_names_and_references(vault: Vault) -> None:
    screening = vault.shelf.begin(opening("K-17"))
    for number in range(5):
        vault.shelf.append(screening, [answer(number)], {})
    page = vault.audit_page(Wanted(limit=4))
    assert [line.deed for line in page.lines] == ["answer"] * 4
    assert {(line.name, line.about) for line in page.lines} == {("Made-up clinician", "K-17")}
    rest = vault.audit_page(Wanted(before=page.more, limit=100))
    assert rest.more is None
    assert [line.number for line in (*page.lines, *rest.lines)] == list(range(page.lines[0].number, 0, -1))
    found = vault.audit_page(Wanted(deeds=("begin",), subject=screening, since="2026-11-23", until="2026-11-23"))
    assert [line.deed for line in found.lines] == ["begin"]
    assert vault.audit_page(Wanted(since="2026-11-24")).lines == ()
    assert vault.audit_page(Wanted(until="2026-11-22")).lines == ()
    assert vault.audit_page(Wanted(accounts=("somebody",))).lines == ()


# --- erasing ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A vault with an unfinished, a part-signed, a signed and amended, and a discarded screening of one reference."""
    with made(tmp_path)[0] as vault:
        shelf = vault.shelf
        for name in ("unfinished", "part", "signed", "discarded"):
            screening = shelf.begin(opening("Sentinel-1", second_mark="Sentinel-mark"))
            shelf.append(screening, [{"text": "Sentinel-answer"}], {"note": "Sentinel-digest"})
            if name == "part":
                shelf.seal_part(screening, content("Sentinel-1"), {"note": "Sentinel-digest"}, PASSPHRASE)
            elif name == "signed":
                record = shelf.seal(screening, content("Sentinel-1"), {"note": "Sentinel-digest"}, PASSPHRASE)
                shelf.amend(record.record, b'{"reason":"Sentinel-reason"}', PASSPHRASE)
            elif name == "discarded":
                shelf.discard(screening, "Sentinel-why")
        shelf.append(shelf.begin(opening("K-2")), [answer(1)], {})
    return tmp_path


def everything_in(folder: Path) -> str:
    """Every value of every table, the index's own included."""
    with beside_the_program(folder) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return repr([connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names])


def test_nothing_that_was_kept_under_a_reference_is_left_and_everything_else_still_proves_whole(kept: Path) -> None:
    assert everything_in(kept).count("Sentinel") > 10
    with opened(kept) as vault:
        assert vault.shelf.erase("Sentinel-1") == 3
        last = vault.audit_log()[-1]
        assert (last.deed, len(last.details["screenings"]), len(last.details["records"])) == ("erase", 3, 3)
        assert [line.opening["reference"] for line in vault.shelf.drafts()] == ["K-2"]
        assert vault.shelf.records() == []
        assert vault.shelf.known() == [Known("K-2", "")]
        with pytest.raises(NotOnShelf, match="erased"):
            vault.shelf.record(last.details["records"][0])
        with pytest.raises(NotOnShelf):
            vault.shelf.erase("Sentinel-1")
        with pytest.raises(NotOnShelf):
            vault.shelf.erase("")
        assert vault.verify() == ()
    left = everything_in(kept)
    # Of the discarded one only the reason is left, which is not found by the reference any more.
    assert left.count("Sentinel") == left.count("Sentinel-why")
    with opened(kept) as vault:
        assert vault.verify() == ()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (
            "UPDATE record SET erased = 1, content = x'', reference = '', digest = '{}' WHERE number = 1",
            "erased, and the audit log does not say so",
        ),
        ("UPDATE record SET content = x'' WHERE number = 1", "altered"),
        ("UPDATE record SET statement = NULL WHERE number = 1", "altered"),
    ],
)
def test_a_record_that_something_else_emptied_is_named(kept: Path, statement: str, what: str) -> None:
    with beside_the_program(kept) as connection:
        connection.execute(statement)
    with opened(kept) as vault:
        assert vault.verify() == (BadRow("records", 1, what),)


def test_a_screening_that_something_else_emptied_is_named(kept: Path) -> None:
    with beside_the_program(kept) as connection:
        connection.execute("UPDATE step SET salt = NULL, body = NULL WHERE number = 1")
        connection.execute("UPDATE screening SET state = 'erased' WHERE id = (SELECT screening FROM step LIMIT 1)")
    with opened(kept) as vault:
        [bad] = vault.verify()
        assert (bad.log, bad.number) == ("journal", 1)


def test_a_log_that_was_written_anew_does_not_hold_what_a_record_carries(kept: Path) -> None:
    """Whoever has the key can make a log that is whole in itself; records that were signed before know better."""
    from screener.store.chain import START, linked
    from screener.store.head import Head, HeadFile, Tip
    from screener.store.keyring import Keyring

    with beside_the_program(kept) as connection:
        connection.execute("UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE number = 3")
        chain = START
        rows = connection.execute("SELECT number, at, account, deed, subject, details FROM audit ORDER BY number")
        for row in rows.fetchall():
            chain = linked(chain, *row)
            connection.execute("UPDATE audit SET chain = ? WHERE number = ?", (chain, row[0]))
        [step] = connection.execute("SELECT number, chain FROM step ORDER BY number DESC LIMIT 1").fetchall()
        head = Head(Tip(*step), Tip(row[0], chain), "2026-11-23T09:00:00+00:00")
        HeadFile.of(kept, Keyring.read(kept).open(PASSPHRASE).vault_key).write(head)
    with opened(kept) as vault:
        assert {bad.what for bad in vault.verify()} == {"signed when the logs were others than they are now"}


def test_the_screenings_of_a_day_are_found_by_their_visit_date(vault: Vault) -> None:
    shelf, day = vault.shelf, "2026-11-24"
    shelf.begin(opening("ANOTHER-DAY"))
    begun = shelf.begin(opening("JUST-BEGUN", visit_date=day))
    moved = shelf.begin(opening("MOVED-TO-IT"))
    shelf.append(moved, [answer(1)], {"visit_date": day})
    away = shelf.begin(opening("MOVED-AWAY", visit_date=day))
    shelf.append(away, [answer(1)], {"visit_date": "2026-11-25"})
    part = shelf.begin(opening("PART", visit_date=day))
    shelf.seal_part(part, content("PART"), {"visit_date": day, "part": 1}, "")
    whole = shelf.begin(opening("WHOLE", visit_date=day))
    shelf.seal(whole, content("WHOLE"), {"visit_date": day}, "")
    gone = shelf.begin(opening("DISCARDED", visit_date=day))
    shelf.discard(gone, "by mistake")
    found = shelf.of_day(day)
    assert [line.screening for line in found.drafts] == [begun, moved, part]
    assert sorted(line.reference for line in found.records) == ["PART", "WHOLE"]
    assert shelf.of_day("2027-01-01") == Listing()


def test_words_of_a_person_never_stand_for_a_visit_date(vault: Vault) -> None:
    screening = vault.shelf.begin(opening('"visit_date":"2026-11-24"'))
    vault.shelf.append(screening, [answer(1)], {"waiting_for": [{"what": '"visit_date":"2026-11-24"'}]})
    assert vault.shelf.of_day("2026-11-24") == Listing()


DOSE_DAY = {"pathway": "dose-day", "second_mark": "K 1974", "product": "Spravato", "profiles": ["general", "us"]}


def of_a_dose_day(reference: str, day: str, **more: object) -> dict[str, Any]:
    return OPENING | DOSE_DAY | {"reference": reference, "visit_date": day} | more


def test_the_last_visits_are_those_of_a_pathway_in_these_days_with_nothing_on_the_day_itself(vault: Vault) -> None:
    shelf = vault.shelf
    for day in ("2026-11-12", "2026-11-19", "2026-11-05"):
        shelf.begin(of_a_dose_day("AGAIN", day))
    shelf.begin(of_a_dose_day("TOO-LONG-AGO", "2026-09-26"))
    shelf.begin(of_a_dose_day("JUST-SO", "2026-09-27"))
    shelf.begin(of_a_dose_day("ANOTHER-PATHWAY", "2026-11-19", pathway="kap"))
    shelf.begin(of_a_dose_day("HERE-TODAY", "2026-11-19"))
    shelf.begin(of_a_dose_day("HERE-TODAY", "2026-11-26", pathway="kap"))
    shelf.begin(of_a_dose_day("STILL-TO-COME", "2026-12-03"))
    shelf.discard(shelf.begin(of_a_dose_day("DISCARDED", "2026-11-19")), "by mistake")
    signed = shelf.begin(of_a_dose_day("SIGNED", "2026-11-20"))
    digest = {"visit_date": "2026-11-18", "second_mark": "B 1988", "product": "another one"}
    shelf.seal(signed, content("SIGNED"), digest, "")
    found = shelf.last_visits(("dose-day",), "2026-09-27", "2026-11-26")
    assert [(visit.reference, visit.visit_date) for visit in found] == [
        ("AGAIN", "2026-11-19"),
        ("SIGNED", "2026-11-18"),
        ("JUST-SO", "2026-09-27"),
    ]
    assert found[0] == LastVisit("AGAIN", "K 1974", "2026-11-19", "dose-day", ("general", "us"), "Spravato")
    assert (found[1].second_mark, found[1].product) == ("B 1988", "another one")
    assert shelf.last_visits((), "2026-09-27", "2026-11-26") == []


def test_the_latest_of_two_visits_of_one_day_is_the_one_begun_last(vault: Vault) -> None:
    for product in ("first", "second"):
        vault.shelf.begin(of_a_dose_day("TWICE", "2026-11-19", product=product))
    [found] = vault.shelf.last_visits(("dose-day",), "2026-09-27", "2026-11-26")
    assert found.product == "second"


def test_the_last_visits_are_looked_up_in_an_index(vault: Vault) -> None:
    asked: list[Any] = []
    with vault.shelf._deeds.look(Right.SCREEN) as connection:
        event.listen(connection.engine, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        lists.last_visits(connection, ("dose-day",), "2026-09-27", "2026-11-26")
        [(statement, values)] = asked
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    steps = [str(line[-1]) for line in plan]
    assert any("ix_screening_day" in step and "visit_date>" in step for step in steps)
    assert not any(step.startswith("SCAN") or "TEMP B-TREE" in step for step in steps), steps
