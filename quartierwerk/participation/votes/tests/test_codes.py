"""Codes prove themselves, and nothing else does."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import codes

KEY, OTHER = codes.key_from(b"installation", b"salt"), codes.key_from(b"installation", b"other salt")
pages = st.binary(min_size=16, max_size=16)


def test_a_drawn_code_is_valid_and_so_is_how_people_type_it():
    code = codes.draw(KEY)
    assert len(code) == codes.LENGTH
    assert codes.is_valid(KEY, code)
    typed = f"  {codes.shown(code).lower().replace('0', 'o').replace('1', 'l')} "
    assert codes.read(typed) == code


@given(pages, st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_one_wrong_sign_makes_it_invalid(page, place, sign):
    code = codes.draw(KEY, page)
    wrong = code[:place] + sign + code[place + 1 :]
    assert codes.is_valid(KEY, wrong) is (wrong == code)


@given(pages)
def test_a_code_of_another_vote_is_invalid_and_its_ballot_another_one(page):
    code = codes.draw(KEY, page)
    assert not codes.is_valid(OTHER, code)
    assert codes.ballot_key(KEY, code) != codes.ballot_key(OTHER, code)


@pytest.mark.parametrize("typed", ["", "ABC", "0" * 16, "Ж" * 16, "0" * 40, "<script>"])
def test_what_is_no_code_is_invalid(typed):
    assert not codes.is_valid(KEY, codes.read(typed))


def test_more_signs_than_a_code_has_are_not_cut_to_one():
    code = codes.draw(KEY)
    assert not codes.is_valid(KEY, codes.read(code + "A"))


def test_the_same_page_gets_the_same_code_and_another_page_another():
    assert codes.draw(KEY, b"a" * 16) == codes.draw(KEY, b"a" * 16) != codes.draw(KEY, b"b" * 16)


def test_two_votes_of_one_installation_and_two_installations_have_different_keys():
    keys = [KEY, OTHER, codes.key_from(b"another installation", b"salt")]
    assert all(one != other for one, other in pairwise(keys))


def test_a_destroyed_salt_gives_no_key():
    with pytest.raises(ValueError, match="destroyed"):
        codes.key_from(b"installation", b"")
