"""What people read about themselves is named in their language, never by the code."""

import pytest
from django.utils.translation import override

from quartierwerk.journal.words import action_in_words
from quartierwerk.languages import catalogues
from quartierwerk.privacy import labels, package, rows
from quartierwerk.privacy.registry import all_records

# The same word in English and German.
SAME = {"Text", "Name", "Job", "System", "ID", "URL", "Status"}


def named():
    """(record, field) of everything on somebody's own page and in the record of processing."""
    for record in all_records():
        names = set(record.personal_fields())
        if rows.concerns_people(record):
            # What has words of its own may be left out by them; the rows of a page are looked at below.
            names |= {one.name for one in package._shown_fields(record)} - set(record.words)
            names |= set(record.withheld)
        yield from ((record.model, record.model._meta.get_field(name)) for name in sorted(names))


def test_no_label_is_the_name_of_the_field_or_english():
    for model, field in named():
        raw = field.name.replace("_", " ")
        with override("en"):
            english = labels.of_field(field)
        with override("de"):
            german = labels.of_field(field)
        where = f"{model._meta.label}.{field.name}: name it in the model or in privacy/labels.py"
        assert german != raw, where
        assert german != english or german in SAME, where
        assert "_" not in english, where


def test_no_kind_of_record_is_called_by_its_class():
    for model in {model for model, _field in named()}:
        with override("en"):
            english = labels.of_one(model), labels.of_several(model)
        with override("de"):
            german = labels.of_one(model), labels.of_several(model)
        assert all(word not in english or word in SAME for word in german), model._meta.label


def test_every_action_the_code_journals_is_said_in_german():
    actions = {
        action
        for path in catalogues._sources(catalogues.PACKAGE)
        if path.suffix == ".py"
        for action in catalogues.journalled(path.read_text(encoding="utf-8"))
    }
    assert "offer published" in actions
    with override("de"):
        assert {one for one in actions if action_in_words(one) == one} == set()


@pytest.mark.parametrize(
    ("action", "german"),
    [
        ("socialspace changed", "geändert"),
        ("refused directory.write", "Zugriff verweigert"),
        ("seltsam", "seltsam"),
    ],
)
def test_an_action_put_together_says_its_verb(action, german):
    with override("de"):
        assert action_in_words(action) == german


def test_in_english_an_action_stays_as_it_is_written():
    with override("en"):
        assert action_in_words("offer changed") == "offer changed"


def test_actions_are_found_in_both_ends_of_a_choice_and_in_a_form():
    code = 'journal.record("given" if yes else "refused", x)\nsave(form, done="moved")\njournal.record(f"{x} y")\n'
    assert list(catalogues.journalled(code)) == ["given", "refused", "moved"]
