"""Who is responsible for what (R2.11), and what comes first, by weights everybody sees (R3.07)."""

import pytest

from quartierwerk.planning.models import Measure, MeasureTeam
from quartierwerk.planning.tests import factories
from quartierwerk.planning.together import placing, responsible
from quartierwerk.rights import Refused, Role

BASE = "/staff/musterstadt/concept"
HIGH = {"score_urgency": 5, "score_reach": 5, "score_cost": 5, "score_readiness": 5}


@pytest.fixture
def measures(cast) -> dict[str, Measure]:
    with cast.in_town():
        field = factories.field()
        return {
            "best": factories.measure("Zuerst", fields=[field], **HIGH),
            "next": factories.measure("Danach", fields=[field], **{**HIGH, "score_reach": 1}),
            "unjudged": factories.measure("Ungewiss", fields=[field], score_urgency=5),
            "running": factories.measure("Läuft schon", stage="running", fields=[field]),
        }


def test_order_shows_what_each_judgement_gives(desk, measures):
    page = desk.get(f"{BASE}/ranking/")
    rows = page.context["page"].object_list
    assert [(one.placed.place, one.measure.title) for one in rows] == [
        (1, "Zuerst"),
        (2, "Danach"),
        (3, "Ungewiss"),
    ]
    assert [part.points for part in rows[1].parts] == [35, 0, 15, 20]
    assert rows[1].placed.candidate.score.points == 70
    assert [part and part.points for part in rows[2].parts] == [35, None, None, None]
    assert page.context["unjudged"] == 1
    assert len(desk.get(f"{BASE}/ranking/?stage=all").context["page"].object_list) == 4


def test_place_by_hand_needs_a_reason_and_says_where_it_would_stand(cast, desk, measures):
    url = f"{BASE}/ranking/{measures['next'].pk}/"
    assert desk.post(url, {"place": "1", "reason": " "}).status_code == 422
    assert desk.post(url, {"place": "0", "reason": "Warum"}).status_code == 422
    assert desk.post(url, {"place": "1", "reason": "Der Rat will es so."}).status_code == 302
    first = desk.get(f"{BASE}/ranking/").context["page"].object_list[0]
    assert (first.measure.title, first.is_by_hand, first.placed.by_score) == ("Danach", True, 2)
    assert desk.post(url, {"place": "", "reason": "egal"}).status_code == 302
    with cast.in_town():
        measures["next"].refresh_from_db()
        assert (measures["next"].rank_override, measures["next"].rank_reason) == (None, "")
        with pytest.raises(Refused):
            placing.place_by_hand(measures["next"], 1, "x", by=cast.person(Role.STEERING_MEMBER))


def test_matrix_says_who_leads_takes_part_and_is_informed(cast, desk, measures):
    with cast.in_town():
        kitas, planners = factories.team("53"), factories.team("61", "Stadtplanung")
        gone, named = factories.team("54", "Weg"), factories.team("55", "Noch genannt")
        for one in (gone, named):
            one.ended_on = "2024-12-31"
            one.save()
        Measure.objects.exclude(pk=measures["unjudged"].pk).update(lead_team=kitas)
        MeasureTeam.objects.create(measure=measures["best"], team=planners, part="informed")
        MeasureTeam.objects.create(measure=measures["best"], team=named)
        # Were it named twice, the lead would count.
        MeasureTeam.objects.create(measure=measures["next"], team=kitas, part="informed")
    shown = desk.get(f"{BASE}/responsibilities/").context["shown"]
    assert [team.number for team in shown.teams] == ["53", "55", "61"]
    by_title = {row.measure.title: row.parts for row in shown.rows}
    assert by_title["Zuerst"] == [responsible.LEADS, "takes_part", "informed"]
    assert by_title["Danach"] == [responsible.LEADS, "", ""]
    assert by_title["Ungewiss"] == ["", "", ""]
    assert shown.without_lead == 1
    assert [(one.leads, one.takes_part, one.informed) for one in shown.sums] == [
        (3, 0, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]


def test_each_number_of_the_matrix_opens_a_list_of_that_length(cast, desk, measures):
    with cast.in_town():
        kitas, planners = factories.team("53"), factories.team("61", "Stadtplanung")
        Measure.objects.update(lead_team=kitas)
        MeasureTeam.objects.create(measure=measures["best"], team=planners, part="informed")
    url = f"{BASE}/responsibilities/"
    for sums in desk.get(url).context["shown"].sums:
        for part, number in (
            ("leads", sums.leads),
            ("takes_part", sums.takes_part),
            ("informed", sums.informed),
        ):
            shown = desk.get(f"{url}?team={sums.team.pk}&part={part}").context["shown"]
            assert len(shown.rows) == number
