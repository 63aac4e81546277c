"""Whatever is linked, unlinked, hidden and deleted: counts hold, and nobody is shown what is not hers."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quartierwerk.chain import actions, panel
from quartierwerk.chain.actions import LinkRefused
from quartierwerk.chain.models import Element, Link, Relation
from quartierwerk.chain.register import Reader
from quartierwerk.chain.tests.app.models import ExampleWish, Lack
from quartierwerk.rights import VISITOR, Role, visible
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db

number = st.integers(0, 7)
step = st.one_of(
    st.tuples(st.just("link"), number, number, st.sampled_from([Relation.LED_TO, Relation.ANSWERED_BY])),
    st.tuples(st.just("unlink"), number, number, st.sampled_from([Relation.LED_TO, Relation.ANSWERED_BY])),
    st.tuples(st.just("show"), number, st.sampled_from(list(Visibility))),
    st.tuples(st.just("delete"), number),
)


def closed(links: set, start) -> set:
    """A slow plain version of the walk."""
    reached = {start}
    while more := {b for a, b, _ in links if a in reached} - reached:
        reached |= more
    return reached - {start}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(step, min_size=1, max_size=25))
def test_chain_holds(cast, steps):
    with cast.in_town():
        for model in (ExampleWish, Lack):
            model.objects.all().delete()
        Link.objects.all().delete()
        Element.objects.all().delete()
        by = cast.person(Role.COORDINATOR)
        spaces = (cast.middle, cast.old)
        records = [
            (ExampleWish if n < 4 else Lack).objects.create(title=f"Titel {n}", space=spaces[n % 2])
            for n in range(8)
        ]
        there, links = set(range(8)), set()
        for what, *values in steps:
            if what == "link" and {values[0], values[1]} <= there:
                a, b, relation = values
                circle = a in closed({one for one in links if one[2] == relation}, b)
                forbidden = a >= 4 and relation == Relation.ANSWERED_BY
                if a == b or circle or forbidden:
                    with pytest.raises(LinkRefused):
                        actions.link(records[a], records[b], relation, by=by)
                else:
                    actions.link(records[a], records[b], relation, by=by)
                    links.add((a, b, relation))
            elif what == "unlink" and {values[0], values[1]} <= there:
                a, b, relation = values
                assert actions.unlink(records[a], records[b], relation, by=by) == ((a, b, relation) in links)
                links.discard((a, b, relation))
            elif what == "show" and values[0] in there:
                records[values[0]].visibility = values[1]
                records[values[0]].save()
            elif what == "delete" and values[0] in there:
                type(records[values[0]]).objects.filter(pk=records[values[0]].pk).delete()
                there.discard(values[0])
        _compare(cast, records, there, links)


def _compare(cast, records, there, links):
    assert Link.objects.count() == len(links)
    linked = {end for a, b, _ in links for end in (a, b)}
    assert Element.objects.filter(removed_at=None).count() == len(there)
    assert Element.objects.exclude(removed_at=None).count() == len(linked - there)
    back = {(b, a, relation) for a, b, relation in links}
    worker = cast.person(Role.COMMUNITY_WORKER)
    for start in there:
        way = closed(links, start) | closed(back, start) | {start}
        hers = {
            n
            for n in there
            if records[n].visibility == Visibility.PUBLIC
            or visible(worker, "directory.read", type(records[n]).objects.filter(pk=records[n].pk)).exists()
        }
        shown = _titles(panel.of(records[start], Reader(worker, "de", cast.town, is_public=False)))
        assert shown == {f"Titel {n}" for n in way & hers}
        everything = _titles(
            panel.of(records[start], Reader(cast.person(Role.COORDINATOR), "de", cast.town, False))
        )
        assert everything == {f"Titel {n}" for n in way & there}
    public = {n for n in there if records[n].visibility == Visibility.PUBLIC}
    with cast.at_portal():
        for start in public:
            shown = _titles(panel.of(records[start], Reader(VISITOR, "de", cast.town, is_public=True)))
            assert shown <= {f"Titel {n}" for n in public}
    with cast.in_other():
        coordinator = Reader(cast.person(Role.COORDINATOR), "de", cast.other, is_public=False)
        assert not any(_titles(panel.of(records[start], coordinator)) for start in there)


def _titles(found) -> set[str]:
    return {entry.title for station in found.stations for entry in station.entries}
