"""W1.2: two colleagues edit one record; nothing is lost, nothing overwritten unseen."""

import pytest

from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.directory.tests import factories
from quartierwerk.journal.models import JournalEntry
from quartierwerk.rights import Refused, Role
from quartierwerk.web import editing

pytestmark = pytest.mark.django_db


class OrganisationForm(editing.RecordForm):
    class Meta:
        model = Organisation
        fields = ["name", "phone", "website"]


def opened(record):
    """What the browser holds after the page was drawn: the fields and the digest of what they were."""
    form = OrganisationForm(instance=Organisation.objects.get(pk=record.pk))
    return {name: form[name].value() or "" for name in (*form.fields,)}


def sent(record, data, by):
    form = OrganisationForm(data, instance=Organisation.objects.get(pk=record.pk))
    assert form.is_valid(), form.errors
    try:
        editing.save(form, action="organisations.write", by=by)
    except editing.EditedMeanwhile:
        return form
    return None


@pytest.fixture
def record(cast):
    with cast.in_town():
        yield factories.organisation("Verein", phone="0511 1")


def test_second_save_is_refused_and_shows_both_versions(cast, record):
    by = cast.person(Role.COORDINATOR)
    page_a, page_b = opened(record), opened(record)
    assert sent(record, page_a | {"phone": "0511 2"}, by) is None
    refused = sent(record, page_b | {"phone": "0511 3", "name": "Verein e. V."}, by)
    assert [(v.name, v.mine, v.theirs, v.chosen) for v in refused.versions] == [
        ("phone", "0511 3", "0511 2", "theirs")
    ]
    record.refresh_from_db()
    assert (record.phone, record.name) == ("0511 2", "Verein"), "a refused save changes nothing"


@pytest.mark.parametrize(("choice", "result"), [("mine", "0511 3"), ("theirs", "0511 2")])
def test_choice_decides_and_the_rest_of_the_form_is_kept(cast, record, choice, result):
    by = cast.person(Role.COORDINATOR)
    page_a, page_b = opened(record), opened(record)
    sent(record, page_a | {"phone": "0511 2"}, by)
    refused = sent(record, page_b | {"phone": "0511 3", "name": "Verein e. V."}, by)
    again = {name: refused.data.get(name, "") for name in refused.fields} | {"keep-phone": choice}
    assert sent(record, again, by) is None
    record.refresh_from_db()
    assert (record.phone, record.name) == (result, "Verein e. V.")


def test_third_change_while_choosing_asks_again(cast, record):
    by = cast.person(Role.COORDINATOR)
    page_a, page_b = opened(record), opened(record)
    sent(record, page_a | {"phone": "0511 2"}, by)
    refused = sent(record, page_b | {"phone": "0511 3"}, by)
    sent(record, opened(record) | {"phone": "0511 4"}, by)
    again = {name: refused.data.get(name, "") for name in refused.fields} | {"keep-phone": "mine"}
    asked = sent(record, again, by)
    assert [v.theirs for v in asked.versions] == ["0511 4"]


def test_field_that_only_the_other_changed_is_theirs_by_default(cast, record):
    by = cast.person(Role.COORDINATOR)
    page_a, page_b = opened(record), opened(record)
    sent(record, page_a | {"phone": "0511 2"}, by)
    refused = sent(record, page_b | {"name": "Neu"}, by)
    assert [(v.name, v.chosen) for v in refused.versions] == [("phone", "theirs")]


def test_same_change_by_both_is_no_conflict(cast, record):
    by = cast.person(Role.COORDINATOR)
    page_a, page_b = opened(record), opened(record)
    sent(record, page_a | {"phone": "0511 2"}, by)
    assert sent(record, page_b | {"phone": "0511 2"}, by) is None


def test_forged_digest_counts_as_changed(cast, record):
    by = cast.person(Role.COORDINATOR)
    asked = sent(record, opened(record) | {"phone": "0511 9", "as_opened": "gefälscht"}, by)
    assert [v.name for v in asked.versions] == ["phone"]


def test_journal_names_fields_and_never_values(cast, record):
    sent(record, opened(record) | {"phone": "0511 geheim"}, cast.person(Role.COORDINATOR))
    entry = JournalEntry.objects.latest("at")
    assert (entry.action, entry.fields) == ("organisation changed", ["phone"])
    assert "geheim" not in str(entry.__dict__)


def test_save_asks_the_right_itself(cast, record):
    with pytest.raises(Refused):
        sent(record, opened(record) | {"phone": "0511 2"}, cast.person(Role.TRANSLATOR))


def test_saving_nothing_writes_nothing(cast, record):
    before = Organisation.objects.get(pk=record.pk).changed_at
    assert sent(record, opened(record), cast.person(Role.COORDINATOR)) is None
    assert Organisation.objects.get(pk=record.pk).changed_at == before
    assert not Offer.objects.exists()
