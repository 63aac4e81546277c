"""The municipality a request belongs to: kept, and never older than its row."""

import pytest

from quartierwerk.tenants import kept
from quartierwerk.tenants.models import Tenant

pytestmark = pytest.mark.django_db


def test_a_second_look_reads_its_version_only(cast, django_assert_num_queries):
    kept.by_slug(cast.town.slug)
    with django_assert_num_queries(1):
        found = kept.by_slug(cast.town.slug)
        assert found == cast.town
        assert found.parent == cast.town.parent


def test_each_change_of_it_or_of_what_stands_above_shows_at_once(cast):
    slug = cast.town.slug
    for name in ("First", "Second", "Third"):  # within one transaction, where only the row's place differs
        Tenant.objects.filter(pk=cast.town.pk).update(contact_office=name)
        Tenant.objects.filter(pk=cast.town.parent_id).update(contact_office=f"{name} above")
        found = kept.by_slug(slug)
        assert (found.contact_office, found.parent.contact_office) == (name, f"{name} above")


def test_what_one_request_changes_no_other_sees(cast):
    slug = cast.town.slug
    mine = kept.by_slug(slug)
    mine.name, mine.parent.name = "Changed", "Changed"
    mine.languages.append("kmr")
    other = kept.by_slug(slug)
    assert other.name == cast.town.name
    assert other.parent.name == cast.town.parent.name
    assert "kmr" not in other.languages


def test_a_name_nobody_has_is_nobody(cast):
    slug = cast.town.slug
    kept.by_slug(slug)
    assert kept.by_slug("nowhere") is None
    Tenant.objects.filter(pk=cast.town.pk).update(slug="elsewhere")
    assert kept.by_slug(slug) is None
    assert kept.by_slug("elsewhere") == cast.town
