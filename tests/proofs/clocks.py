"""A clock that jumps: order, chains and the wait for wrong passphrases do not depend on what it says."""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

from screener.records.browse import DraftLine
from screener.store.failures import TriedTooSoon, WrongPassphrase
from screener.store.shelf import VaultShelf
from screener.store.tries import LONGEST_WAIT_S
from screener.store.vault import Vault
from tests.proofs.spread import spread
from tests.proofs.table import Asked, Proof, Row, planted
from tests.store.places import MORNING, OPENING, PASSPHRASE, SetClock, answer, made, opened

DEEDS = 30
PLANTED = 5
JUMPS_S = (0, 0, 1, -1, 3_600, -3_600, 86_400 * 400, -86_400 * 400, -86_400 * 4_000, 86_400 * 4_000)


@dataclass(frozen=True, slots=True)
class Tried:
    """One walk through a vault under a clock that jumps; what went wrong, if anything did."""

    seed: int
    failure: str = ""


def prove(asked: Asked) -> list[Row]:
    """So many walks."""
    tries = list(spread(walk_some, asked))
    for tried in tries:
        if tried.failure:
            asked.say(f"seed {tried.seed}: {tried.failure}")
    return [
        Row(f"a clock that jumps between {DEEDS} deeds, openings and wrong passphrases", len(tries), _failed(tries)),
        planted("a list in the order of the clock", [bool(tried.failure) for tried in by_the_clock(PLANTED)]),
    ]


def _failed(tries: list[Tried]) -> int:
    return sum(bool(tried.failure) for tried in tries)


def walk_some(seeds: range) -> list[Tried]:
    """One walk for each seed."""
    return [walk(seed) for seed in seeds]


def by_the_clock(number: int) -> list[Tried]:
    """The planted failure: drafts are listed by the time at which they were last touched."""
    listed = VaultShelf.drafts

    def drafts(self: VaultShelf) -> list[DraftLine]:
        return sorted(listed(self), key=lambda line: line.updated_at, reverse=True)

    with patch.object(VaultShelf, "drafts", drafts):
        return walk_some(range(number))


def walk(seed: int) -> Tried:
    """Deeds at random, the clock turned before each."""
    with tempfile.TemporaryDirectory(prefix="clock-") as place:
        going = _Walk(Path(place), random.Random(seed))
        try:
            going.walk()
        except Exception as error:
            return Tried(seed, f"{type(error).__name__}: {error}")
    return Tried(seed)


@dataclass
class _Walk:
    """What the vault must say, kept beside it."""

    folder: Path
    chance: random.Random
    clock: SetClock = field(default_factory=lambda: SetClock(MORNING))
    steps: dict[str, int] = field(default_factory=dict)
    """Steps of each draft, the last touched last."""
    signed: list[str] = field(default_factory=list)

    def walk(self) -> None:
        made(self.folder, self.clock)[0].close()
        for _ in range(DEEDS // 10):
            self._turn()
            self._wrong_passphrases()
            with opened(self.folder, self.clock) as vault:
                for _ in range(10):
                    self._turn()
                    self._deed(vault)
                    self._check(vault)
        self._turn()
        with opened(self.folder, self.clock) as vault:
            self._check(vault)

    def _turn(self) -> None:
        self.clock.turn(self.chance.choice(JUMPS_S))

    def _deed(self, vault: Vault) -> None:
        begin, sign = partial(self._begin, vault), partial(self._sign, vault)
        deeds = [begin, partial(self._append, vault), partial(self._append, vault), sign] if self.steps else [begin]
        self.chance.choice(deeds)()

    def _begin(self, vault: Vault) -> None:
        self.steps[vault.shelf.begin(OPENING)] = 0

    def _append(self, vault: Vault) -> None:
        screening = self.chance.choice(list(self.steps))
        number = self.steps.pop(screening) + 1
        assert vault.shelf.append(screening, [answer(number)], {}).number == number
        self.steps[screening] = number

    def _sign(self, vault: Vault) -> None:
        screening = self.chance.choice(list(self.steps))
        del self.steps[screening]
        self.signed.append(vault.shelf.seal(screening, b'{"said":"x"}', {}, PASSPHRASE).record)

    def _check(self, vault: Vault) -> None:
        drafts = [(line.screening, line.steps) for line in vault.shelf.drafts()]
        assert drafts == list(self.steps.items())[::-1], "the drafts are in another order"
        records = [line.record for line in vault.shelf.records()]
        assert records == self.signed[::-1], "the records are in another order"
        assert vault.verify() == (), f"the chains do not hold: {vault.verify()}"

    def _wrong_passphrases(self) -> None:
        """However the clock is turned in between, whoever waits as long as was said is heard."""
        for _ in range(self.chance.randint(0, 3)):
            wait = self._refused()
            assert 0 < wait <= LONGEST_WAIT_S, f"a wait of {wait} s"
            self._turn()
            try:
                Vault.open(self.folder, "not this one", clock=self.clock)
            except TriedTooSoon as soon:
                assert soon.retry_after_s <= LONGEST_WAIT_S, f"a wait of {soon.retry_after_s} s"
                self.clock.turn(soon.retry_after_s)
            except WrongPassphrase as heard:
                self.clock.turn(heard.retry_after_s)

    def _refused(self) -> int:
        try:
            Vault.open(self.folder, "not this one", clock=self.clock)
        except WrongPassphrase as refused:
            self.clock.turn(refused.retry_after_s)
            return refused.retry_after_s
        raise AssertionError("a wrong passphrase opened the records")


PROOF = Proof("clocks", 200, "walks under a clock that jumps", prove)
