"""A model that says too little about its data fails the build, each time with the sentence that helps."""

from dataclasses import replace

import pytest
from django.apps import apps

from quartierwerk.directory.models import Contact
from quartierwerk.journal.models import SecurityEvent
from quartierwerk.people.models import Account, Membership
from quartierwerk.privacy import checks
from quartierwerk.privacy.registry import DataClass, Retention, all_records, record_of, register, undeclared


def codes(record, **changes):
    return {code.removeprefix("privacy.") for code, _fault in checks.faults(replace(record, **changes))}


def test_everything_installed_is_declared_well():
    assert checks.every_model_is_declared(None) == []
    assert undeclared() == []


def test_history_tables_follow_their_model():
    assert Contact.pgh_event_model in apps.get_models()
    assert record_of(Contact.pgh_event_model) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": " "}, "E005"),
        ({"export": None}, "E006"),
        ({"default": DataClass.SPECIAL}, "E002"),
        ({"retention": Retention.WHILE_NEEDED}, "E003"),
        ({"factory": ""}, "E004"),
        ({"retention": "for ever"}, "E007"),
        ({"due": None}, "E008"),
        ({"due": lambda: Contact.objects.none()}, "E009"),
        ({"starts": "offer__begun"}, "E010"),
        ({"person": None, "mail": None}, "E011"),
        ({"person": "offer__account_id"}, "E012"),
        ({"mail": "post"}, "E012"),
        ({"stays": "ids only"}, "E013"),
        ({"retention": Retention.MONEY}, "E014"),  # goes along with its offer
        ({"erase": None}, "E016"),
    ],
)
def test_each_gap_is_found(changes, code):
    record = record_of(Contact)
    assert codes(record) == set()
    assert code in codes(record, **changes)


def test_a_written_reason_may_stand_for_the_path_to_the_person():
    assert codes(record_of(Contact), person=None, mail=None, no_person="Anonymous by design") == set()


def test_a_personal_field_that_history_could_not_forget_is_refused():
    record = record_of(Contact)
    assert "E015" in codes(record, fields={**record.fields, "offer": DataClass.PERSONAL})


def test_unknown_fields_and_second_declarations_are_refused():
    with pytest.raises(ValueError, match="twice"):
        register(Account, purpose="x", default=DataClass.PUBLIC)

    class Unknown(Account):
        class Meta:
            proxy = True
            app_label = "people"

    with pytest.raises(ValueError, match="no field"):
        register(Unknown, purpose="x", default=DataClass.PUBLIC, withheld={"shoe_size": "x"})


def test_personal_models_lead_to_their_person():
    for model, path in ((Account, "id"), (Membership, "account_id"), (SecurityEvent, "actor")):
        assert record_of(model).person == path
    assert all(r.person or r.mail or r.no_person for r in all_records() if r.personal_fields())
