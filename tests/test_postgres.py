"""The server that tests begin leaves nothing behind, and where it is lacking that is said."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import postgres


def test_a_server_answers_and_leaves_nothing_behind() -> None:
    with postgres.server() as url:
        psycopg = pytest.importorskip("psycopg")
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        number = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        with psycopg.connect(url) as connection:
            assert connection.execute("select null and false, null and true").fetchone() == (False, None)
    assert not folder.exists()
    assert not _runs(number)


def _runs(number: int) -> bool:
    """Whether a process is there; one that has ended and that nobody has asked about yet is not."""
    stat = Path("/proc", str(number), "stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("nothing_skipped", [False, True])
def test_where_no_server_is_there_the_test_says_so(nothing_skipped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_programs", lambda: None)
    if nothing_skipped:
        monkeypatch.setenv("SCREENER_SKIPS_NOTHING", "1")
    else:
        monkeypatch.delenv("SCREENER_SKIPS_NOTHING", raising=False)
    outcome = pytest.fail.Exception if nothing_skipped else pytest.skip.Exception
    with pytest.raises(outcome, match="postgresql"), postgres.server():
        pass
