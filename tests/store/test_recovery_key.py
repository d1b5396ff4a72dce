"""The printed key: it comes back however it is typed, and a typing mistake is named with its group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.store.failures import MistypedRecoveryKey
from screener.store.recovery import ALPHABET, GROUPS, RecoveryKey

keys = st.binary(min_size=20, max_size=20).map(RecoveryKey)


@given(keys)
def test_what_is_printed_reads_back(key: RecoveryKey) -> None:
    assert RecoveryKey.read(key.text) == key
    assert [len(group) for group in key.text.split("-")] == [5] * GROUPS


@given(keys)
def test_case_spaces_and_look_alikes_do_not_matter(key: RecoveryKey) -> None:
    typed = key.text.lower().replace("-", "  ").replace("1", "l").replace("0", "o")
    assert RecoveryKey.read(f" {typed}\n") == key


@given(keys, st.integers(0, 5 * GROUPS - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_named_with_its_group(key: RecoveryKey, place: int, wrong: str) -> None:
    plain = key.text.replace("-", "")
    if plain[place] == wrong:
        return
    with pytest.raises(MistypedRecoveryKey, match=f"group {place // 5 + 1} ") as mistake:
        RecoveryKey.read(plain[:place] + wrong + plain[place + 1 :])
    assert mistake.value.group == place // 5 + 1


@given(keys, st.integers(0, GROUPS - 1), st.integers(0, 3))
def test_two_swapped_neighbours_are_noticed(key: RecoveryKey, group: int, place: int) -> None:
    plain, at = key.text.replace("-", ""), group * 5 + place
    if plain[at] == plain[at + 1]:
        return
    with pytest.raises(MistypedRecoveryKey) as mistake:
        RecoveryKey.read(plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :])
    assert mistake.value.group == group + 1


@given(keys, st.integers(0, GROUPS - 2))
def test_a_group_in_anothers_place_is_noticed(key: RecoveryKey, place: int) -> None:
    groups = key.text.split("-")
    groups[place], groups[place + 1] = groups[place + 1], groups[place]
    with pytest.raises(MistypedRecoveryKey) as mistake:
        RecoveryKey.read("-".join(groups))
    assert mistake.value.group == place + 1


@pytest.mark.parametrize("typed", ["", "ABCDE", "0" * 41])
def test_a_wrong_length_is_said_with_the_count(typed: str) -> None:
    with pytest.raises(MistypedRecoveryKey, match=f"; {len(typed)} were typed"):
        RecoveryKey.read(typed)


def test_a_character_that_no_key_holds_is_named() -> None:
    text = RecoveryKey.make().text
    with pytest.raises(MistypedRecoveryKey, match=r"Group 2 .*: U"):
        RecoveryKey.read(text[:8] + "U" + text[9:])


def test_the_key_is_not_shown_by_accident() -> None:
    key = RecoveryKey.make()
    assert repr(key) == "RecoveryKey()"
    assert RecoveryKey.make() != key
