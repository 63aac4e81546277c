import pytest

from quartierwerk.languages.states import TranslationState as S
from quartierwerk.translating.rules import state_after


@pytest.mark.parametrize("before", [None, S.IN_WORK, S.HUMAN, S.MACHINE])
def test_a_draft_without_change_marks_nothing(before):
    assert state_after(before, changed=False, checked=False, finish=False) is None


@pytest.mark.parametrize("before", [None, S.IN_WORK, S.HUMAN, S.MACHINE])
def test_a_changed_draft_is_in_work(before):
    assert state_after(before, changed=True, checked=True, finish=False) == S.IN_WORK


@pytest.mark.parametrize("before", [None, S.IN_WORK, S.HUMAN, S.MACHINE])
def test_changed_words_are_a_persons_once_finished(before):
    assert state_after(before, changed=True, checked=False, finish=True) == S.HUMAN


def test_machine_text_nobody_touched_stays_a_machines():
    assert state_after(S.MACHINE, changed=False, checked=False, finish=True) is None


def test_checked_machine_text_is_a_persons():
    assert state_after(S.MACHINE, changed=False, checked=True, finish=True) == S.HUMAN


def test_finished_text_nobody_touched_stays_as_it_is():
    assert state_after(S.HUMAN, changed=False, checked=False, finish=True) is None


def test_draft_is_finished_without_typing_again():
    assert state_after(S.IN_WORK, changed=False, checked=False, finish=True) == S.HUMAN
