import pytest

from quartierwerk import cli


@pytest.mark.parametrize("typed", ["xx", "klingonisch", "de_"])
def test_a_word_that_is_no_language_is_told_instead_of_finding_nothing(capsys, typed):
    assert cli.main(["search", "--tenant", "musterstadt", "--lang", typed, "Deutsch"]) == 2
    assert "is no language" in capsys.readouterr().err
