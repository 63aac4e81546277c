"""A record brings its element along and leaves a tombstone, held by the database."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from quartierwerk.chain.models import Element, Link, Relation
from quartierwerk.chain.tests.app.models import ExampleWish, Lack
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db


def link(source, target, relation=Relation.LED_TO):
    return Link.objects.create(source_id=source.element_id, target_id=target.element_id, relation=relation)


def test_saved_record_has_an_element_of_its_kind(cast):
    with cast.in_town():
        wish = ExampleWish.objects.create(title="Wohin mit meinem Sohn?")
        assert Element.objects.get(pk=wish.element_id).kind == "example_wish"
        wish.title = "Wohin mit meinen Kindern?"
        wish.save()
        assert Element.objects.count() == 1


def test_bulk_and_raw_writes_bring_elements_along(cast):
    with cast.in_town():
        ExampleWish.objects.bulk_create([ExampleWish(title=f"Wunsch {n}") for n in range(50)])
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into chain_example_lack (id, tenant_id, element_id, title, visibility, shared_with)"
                " values (%s, %s, %s, 'roh', 'tenant', '{}')",
                [uuid.uuid4(), cast.town.pk, uuid.uuid4()],
            )
        connection.check_constraints()
        assert Element.objects.filter(kind="example_wish").count() == 50
        assert Element.objects.filter(kind="example_lack").count() == 1


def test_two_records_cannot_share_an_element(cast):
    with cast.in_town():
        wish = ExampleWish.objects.create(title="eins")
        with pytest.raises(IntegrityError), transaction.atomic():
            ExampleWish.objects.create(title="zwei", element_id=wish.element_id)


def test_record_cannot_take_the_element_of_another_municipality(cast):
    with cast.in_other():
        foreign = ExampleWish.objects.create(title="fremd")
    with cast.in_town(), pytest.raises(IntegrityError), transaction.atomic():
        ExampleWish.objects.create(title="geborgt", element_id=foreign.element_id)
        connection.check_constraints()


def test_link_cannot_lead_into_another_municipality(cast):
    with cast.in_other():
        foreign = ExampleWish.objects.create(title="fremd")
    with cast.in_town():
        own = ExampleWish.objects.create(title="eigen")
        with pytest.raises(IntegrityError), transaction.atomic():
            link(own, foreign)
            connection.check_constraints()


def test_deleting_an_unlinked_record_leaves_nothing(cast):
    with cast.in_town():
        ExampleWish.objects.create(title="vorbei").delete()
        assert not Element.objects.exists()


@pytest.mark.parametrize("way", ["instance", "query", "raw"])
def test_deleting_a_linked_record_leaves_a_tombstone_without_text(cast, way):
    with cast.in_town():
        wish = ExampleWish.objects.create(title="Frau Beispiel sucht", visibility=Visibility.PUBLIC)
        lack = Lack.objects.create(title="Kinderbetreuung", visibility=Visibility.PUBLIC)
        link(wish, lack)
        if way == "instance":
            wish.delete()
        elif way == "query":
            ExampleWish.objects.all().delete()
        else:
            with connection.cursor() as cursor:
                cursor.execute("delete from chain_example_examplewish")
        tombstone = Element.objects.get(pk=wish.element_id)
        assert tombstone.removed_at is not None
        assert tombstone.visibility == Visibility.TENANT
        assert "Beispiel" not in str([getattr(tombstone, f.attname) for f in Element._meta.concrete_fields])
        assert Link.objects.count() == 1


def test_link_is_public_only_while_both_ends_are(cast):
    with cast.in_town():
        wish = ExampleWish.objects.create(title="Wunsch", visibility=Visibility.PUBLIC)
        lack = Lack.objects.create(title="Bedarf")
        link(wish, lack)
    for visibility, seen in ((Visibility.PUBLIC, 1), (Visibility.SPACE, 0), (Visibility.PUBLIC, 1)):
        with cast.in_town():
            Lack.objects.update(visibility=visibility)
        with cast.at_portal():
            assert Link.published.count() == seen, visibility
            assert Element.published.count() == 1 + seen
            with connection.cursor() as cursor:
                cursor.execute("select count(*) from chain_link")
                assert cursor.fetchone() == (seen,), "the wall itself, not only the manager"


def test_link_cannot_be_declared_public(cast):
    with cast.in_town():
        made = link(ExampleWish.objects.create(title="a"), Lack.objects.create(title="b"))
        Link.objects.update(visibility=Visibility.PUBLIC)
        made.refresh_from_db()
        assert made.visibility == Visibility.TENANT
