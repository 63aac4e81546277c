"""Both walls: managers that raise, and row-level security under them, proven by raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count

from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants import scope, walls
from quartierwerk.tenants.models import Tenant, Visibility
from quartierwerk.tenants.scope import NoTenant

pytestmark = pytest.mark.django_db


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def test_query_without_scope_raises(cast):
    with pytest.raises(NoTenant):
        SocialSpace.objects.exists()
    with pytest.raises(NoTenant):
        list(SocialSpace.published.all())
    with pytest.raises(NoTenant):
        SocialSpace(name="Neu").save()


def test_raw_sql_without_scope_is_an_error_and_not_an_empty_page(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("select count(*) from places_socialspace")


def test_staff_see_their_own_rows_only(cast):
    with cast.in_town():
        SocialSpace.objects.create(name="Entwurf", visibility=Visibility.PRIVATE)
        assert SocialSpace.objects.count() == 3
        assert raw("select count(*) from places_socialspace") == [(3,)]
    with cast.in_other():
        assert SocialSpace.objects.count() == 0
        assert raw("select count(*) from places_socialspace") == [(0,)]


def test_portal_sees_public_rows_of_itself_and_of_those_above(cast):
    with scope.entered(scope.staff(cast.region)):
        SocialSpace.objects.create(name="Ganze Region", visibility=Visibility.PUBLIC)
        SocialSpace.objects.create(name="Geheim", visibility=Visibility.TENANT)
    with cast.at_portal():
        assert {space.name for space in SocialSpace.published.all()} == {"Mitte", "Altdorf", "Ganze Region"}
        assert raw("select count(*) from places_socialspace where name = 'Geheim'") == [(0,)]


def test_shared_rows_reach_the_named_municipality_only(cast):
    with cast.in_town():
        SocialSpace.objects.create(
            name="Grenzgebiet", visibility=Visibility.SHARED, shared_with=[cast.other.pk]
        )
    with cast.in_other():
        assert raw("select name from places_socialspace") == [("Grenzgebiet",)]
        assert raw("update places_socialspace set name = 'x'") == 0
    with scope.entered(scope.staff(cast.region)):
        assert raw("select name from places_socialspace") == []


@pytest.mark.parametrize(
    "statement",
    [
        "update places_socialspace set name = 'fremd' where id = %s",
        "delete from places_socialspace where id = %s",
    ],
)
def test_foreign_rows_cannot_be_changed_by_raw_sql(cast, statement):
    with cast.in_other():
        assert raw(statement, cast.middle.pk) == 0
    with cast.in_town():
        assert SocialSpace.objects.get(pk=cast.middle.pk).name == "Mitte"


def test_row_cannot_be_moved_or_planted_in_another_municipality(cast):
    with cast.in_town():
        with pytest.raises(DatabaseError), transaction.atomic():
            raw("update places_socialspace set tenant_id = %s where id = %s", cast.other.pk, cast.middle.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            SocialSpace.everywhere.bulk_create([SocialSpace(name="fremd", tenant=cast.other)])


@pytest.mark.parametrize(
    "statement",
    [
        "alter table places_socialspace disable row level security",
        "drop policy wall_seen on places_socialspace",
        "alter role qw_app bypassrls",
        "set role qw_owner",
        "create table loch (id int)",
    ],
)
def test_serving_role_owns_nothing(cast, statement):
    with cast.in_town(), pytest.raises(DatabaseError), transaction.atomic():
        raw(statement)


def test_history_stands_behind_the_wall_and_cannot_be_rewritten(cast):
    with cast.in_town():
        cast.middle.name = "Neue Mitte"
        cast.middle.save()
        assert raw("select count(*) from places_socialspaceevent") == [(3,)]
        for statement in (
            "update places_socialspaceevent set name = 'x'",
            "delete from places_socialspaceevent",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                raw(statement)
    with cast.in_other():
        assert raw("select count(*) from places_socialspaceevent") == [(0,)]
    with cast.at_portal():
        assert raw("select count(*) from places_socialspaceevent") == [(0,)], "history is never public"


def test_scope_survives_a_rollback_and_follows_a_reused_connection(cast):
    with cast.in_town():
        with pytest.raises(RuntimeError), transaction.atomic():
            with cast.in_other():
                assert SocialSpace.objects.count() == 0
            raise RuntimeError
        assert SocialSpace.objects.count() == 2
        assert raw("select count(*) from places_socialspace") == [(2,)]
    with cast.in_other():
        assert raw("select count(*) from places_socialspace") == [(0,)]
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("select count(*) from places_socialspace")


def test_joins_from_an_unwalled_table_count_own_rows_only(cast):
    with cast.in_other():
        counts = dict(Tenant.objects.annotate(n=Count("socialspace")).values_list("slug", "n"))
    assert counts["musterstadt"] == 0


def test_lazy_query_built_in_one_municipality_reads_the_one_it_runs_in(cast):
    with cast.in_town():
        lazy = SocialSpace.objects.all()
    with cast.in_other():
        assert not lazy.exists()
        assert not SocialSpace.objects.filter(pk__in=lazy.values("pk")).exists()
        assert SocialSpace.objects.aggregate(n=Count("pk")) == {"n": 0}
        assert SocialSpace.objects.in_bulk([cast.middle.pk]) == {}


def test_every_municipal_table_carries_exactly_its_policies(cast):
    for model in walls.municipal_models():
        found = raw("select polname::text from pg_policy where polrelid = %s::regclass", model._meta.db_table)
        assert {name for (name,) in found} == set(walls.policies(model)), model
        assert raw("select relrowsecurity from pg_class where oid = %s::regclass", model._meta.db_table) == [
            (True,)
        ]


def test_no_foreign_key_crosses_a_tenant(cast):
    """Every relation between municipal models is backed by a key that includes the tenant."""
    for model in walls.municipal_models():
        for name, _column, _parent in walls.tenant_keys(model):
            assert raw("select 1 from pg_constraint where conname = %s", name), name


def test_postcode_of_two_towns_finds_both(cast):
    Tenant.objects.filter(pk=cast.other.pk).update(postcodes=["30998", "30999"])
    assert [tenant.slug for tenant in Tenant.objects.at_postcode("30999")] == ["musterstadt", "nachbarstadt"]
    assert not Tenant.objects.at_postcode("00000").exists()


@pytest.mark.parametrize(
    "damage",
    [
        "alter table places_socialspace disable row level security",
        "drop policy wall_seen on places_socialspace",
        "alter policy wall_seen on places_socialspace using (true)",
        "alter policy wall_added on places_socialspace with check (true)",
        "create policy loch on places_socialspace using (true)",
    ],
)
def test_start_is_refused_when_a_wall_is_damaged(damage):
    """As the owner on a connection of its own, rolled back at the end."""
    import psycopg
    from django.conf import settings

    from quartierwerk.tenants import checks

    owner = settings.SERVER.url("owner", connection.settings_dict["NAME"])
    with psycopg.connect(owner) as other:
        other.execute(damage)

        class Seen:
            """The check asks through Django's connection; here it looks at the owner's open transaction."""

            def cursor(self):
                return other.cursor()

        found = [fault.id for fault in _faults(checks, Seen())]
        other.rollback()
    assert found == ["walls.E012"]


def _faults(checks, seen):
    before = checks.connections
    checks.connections = {"default": seen}
    try:
        return list(checks._wall_faults("default"))
    finally:
        checks.connections = before
