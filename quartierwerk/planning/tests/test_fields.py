"""What becomes of a field of action: renamed, merged, split, ended; what it held goes along and the way is kept."""

from datetime import date

import pytest
from django.test import Client

from quartierwerk.rights import Refused, Role
from quartierwerk.tenants import scope

from ..matrix import fields
from ..models import FieldChange, FieldMapping, FieldOfAction, Need
from . import factories

TODAY = date(2026, 11, 16)


@pytest.fixture
def two(cast):
    with cast.in_town():
        first, second = factories.field("Sprache", position=0), factories.field("Wohnen", position=1)
        factories.need("Nur Sprache", fields=[first])
        factories.need("Beides", fields=[first, second])
        yield cast, first, second


def test_merging_takes_everything_along_once(two):
    cast, first, second = two
    fields.merge([first], second, on=TODAY, by=cast.person(Role.COORDINATOR))
    assert sorted(Need.objects.filter(in_fields__field=second).values_list("title", flat=True)) == [
        "Beides",
        "Nur Sprache",
    ]
    first.refresh_from_db()
    assert first.ended_on == TODAY
    change = FieldChange.objects.get()
    assert (change.kind, change.earlier, change.later, change.name_before) == (
        "merged",
        first,
        second,
        "Sprache",
    )


def test_splitting_moves_what_was_chosen(two):
    cast, first, _second = two
    row = first.needs.get(need__title="Nur Sprache")
    made = fields.split(first, "Bildung", [row], by=cast.person(Role.PLANNER))
    assert made.needs.get().need.title == "Nur Sprache"
    assert first.needs.get().need.title == "Beides"
    assert FieldChange.objects.get().kind == "split"


def test_the_name_of_an_ended_field_is_free_again(two):
    cast, first, second = two
    by = cast.person(Role.COORDINATOR)
    fields.merge([first], second, on=TODAY, by=by)
    assert fields.add(second.concept, "Sprache", by=by).position == 2


REFUSED = {
    "same name": lambda first, second, by: fields.rename(first, " wohnen", by=by),
    "no name": lambda first, second, by: fields.rename(first, "  ", by=by),
    "added twice": lambda first, second, by: fields.add(first.concept, "Sprache", by=by),
    "into itself": lambda first, second, by: fields.merge([first], first, on=TODAY, by=by),
    "still holds something": lambda first, second, by: fields.end(first, on=TODAY, by=by),
    "entry of another field": lambda first, second, by: fields.split(
        first, "Neu", [second.needs.get()], by=by
    ),
    "other concept": lambda first, second, by: fields.merge(
        [first], factories.field("Alter", concept=factories.concept("senioren")), on=TODAY, by=by
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_would_lose_or_double_something_is_refused(two, what):
    cast, first, second = two
    with pytest.raises(fields.Refusal):
        REFUSED[what](first, second, cast.person(Role.COORDINATOR))
    assert not FieldChange.objects.exists()
    assert first.needs.count() == 2


def test_only_who_writes_the_plan_changes_fields(two):
    cast, first, _second = two
    with pytest.raises(Refused):
        fields.rename(first, "Neu", by=cast.person(Role.STEERING_MEMBER))


def sent(cast, path: str, **typed):
    """As the page would send it: with what stood there when it was opened."""
    client = Client()
    client.force_login(cast.account[Role.COORDINATOR])
    with scope.entered(None):
        page = client.get(f"/staff/{cast.town.slug}/concept/{path}")
        if page.context and (form := page.context.get("form")):
            typed["as_opened"] = form.initial.get("as_opened", "")
        return client.post(f"/staff/{cast.town.slug}/concept/{path}", typed)


def test_on_the_pages(cast):
    answer = sent(cast, "fields/", name="Sprache", code="education_language")
    assert answer.status_code == 302
    with cast.in_town():
        field = FieldOfAction.objects.get()
        other = factories.field("Wohnen", concept=field.concept, position=1)
    answer = sent(
        cast,
        f"fields/{field.pk}/",
        name="Sprache und Bildung",
        catalogue_code="education_language",
        is_detailed="on",
    )
    assert answer.status_code == 302
    assert sent(cast, f"fields/{field.pk}/", name="wohnen", is_detailed="on").status_code == 422
    assert sent(cast, f"fields/{other.pk}/map/", codes=["housing_living", "welcome"]).status_code == 302
    assert sent(cast, f"fields/{other.pk}/merge/", into=str(other.pk)).status_code == 422
    assert sent(cast, f"fields/{field.pk}/merge/", into=str(other.pk)).status_code == 302
    assert sent(cast, f"fields/{other.pk}/end/").status_code == 302
    with cast.in_town():
        assert [change.kind for change in FieldChange.objects.all()] == [
            "added",
            "renamed",
            "merged",
            "ended",
        ]
        assert sorted(FieldMapping.objects.values_list("catalogue_code", flat=True)) == [
            "housing_living",
            "welcome",
        ]
        assert not FieldOfAction.objects.current().exists()
