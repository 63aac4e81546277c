import json

import pytest

from quartierwerk import cli
from quartierwerk.tenants.models import Tenant

pytestmark = pytest.mark.django_db


def run(capsys, *words):
    code = cli.main(list(words))
    return code, *capsys.readouterr()


def test_added_municipality_is_listed_with_what_it_belongs_to(capsys):
    assert run(capsys, "tenant", "add", "region-x", "--kind", "region")[0] == 0
    code, out, _ = run(capsys, "tenant", "add", "ort", "--name", "Örtchen", "--parent", "region-x",
                       "--postcodes", "30880,30881", "--json")  # fmt: skip
    assert (code, json.loads(out)["postcodes"]) == (0, ["30880", "30881"])
    rows = json.loads(run(capsys, "tenant", "list", "--json")[1])
    assert {row["slug"] for row in rows} == {"region-x", "ort"}
    region, town = Tenant.objects.get(slug="region-x"), Tenant.objects.get(slug="ort")
    assert town.lineage == [town.pk, region.pk]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Ört chen"], "cannot stand in addresses"),
        (["staff"], "used by the installation"),
        (["ort", "--parent", "nirgends"], "no municipality 'nirgends'"),
        (["ort", "--postcodes", "3088"], "no German postcode"),
    ],
)
def test_bad_call_is_refused_in_one_sentence_and_stores_nothing(capsys, words, sentence):
    code, out, err = run(capsys, "tenant", "add", *words)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert not Tenant.objects.exists()


def test_existing_slug_exits_1_and_changes_nothing(capsys):
    run(capsys, "tenant", "add", "ort", "--name", "Alt")
    assert run(capsys, "tenant", "add", "ort", "--name", "Neu")[0] == 1
    assert Tenant.objects.get(slug="ort").name == "Alt"


def test_unknown_verb_is_a_wrong_call(capsys):
    with pytest.raises(SystemExit) as end:
        run(capsys, "tenant", "streichen")
    assert end.value.code == 2


def test_no_municipality_belongs_to_itself():
    land = Tenant.objects.create(slug="land", name="Land", kind=Tenant.Kind.LAND)
    region = Tenant.objects.create(slug="region", name="Region", kind=Tenant.Kind.REGION, parent=land)
    town = Tenant.objects.create(slug="stadt", name="Stadt", parent=region)
    for above in (land, region, town):
        land.parent = above
        with pytest.raises(ValueError, match="cannot belong to itself"):
            land.save()
    land.refresh_from_db()
    town.refresh_from_db()
    assert (land.parent, town.lineage) == (None, [town.pk, region.pk, land.pk])


def test_municipality_that_moves_takes_what_belongs_to_it_along():
    land, region = (Tenant.objects.create(slug=slug, name=slug) for slug in ("land", "region"))
    town = Tenant.objects.create(slug="stadt", name="Stadt", parent=region)
    region.parent = land
    region.save()
    town.refresh_from_db()
    assert town.lineage == [town.pk, region.pk, land.pk]
