"""Pages without an account: what they tell, and what never stands there."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quartierwerk.directory.models import Wish
from quartierwerk.directory.tests import factories as directory
from quartierwerk.planning.editions import picture
from quartierwerk.planning.measures import funding_search
from quartierwerk.planning.models import (
    CostLine,
    GoalValue,
    Measure,
    MeasurePartner,
    MeasureText,
    Milestone,
    Need,
    StageChange,
    StateReport,
    TeamMember,
    UpdateLink,
)
from quartierwerk.planning.showing import navigation, saying
from quartierwerk.planning.tests import factories
from quartierwerk.tenants.models import Visibility

pytestmark = pytest.mark.django_db
BIRD = "Kanari7q"


@pytest.fixture
def plan(cast):
    """A measure with everything that hangs on it, a canary in each field that only staff read."""
    navigation._known.clear()
    with cast.in_town():
        field = factories.field("Bildung und Sprache")
        team = factories.team("53", "Kindertagesstätten", email=f"{BIRD}@stadt.example")
        TeamMember.objects.create(team=team, name=f"Person {BIRD}", function=f"Leitung {BIRD}", is_lead=True)
        need = factories.need("Kinderbetreuung während der Kurse", fields=[field], evidence=BIRD)
        goal = factories.goal(
            "Zugang zu Sprachkursen", fields=[field], evidence_kind="indicator", indicator_name="Wartezeit", unit="Wochen",
            baseline=Decimal(16), baseline_on=date(2025, 9, 1), target=Decimal(6), target_on=date(2028, 9, 1), direction="down",
        )  # fmt: skip
        for on, value in ((date(2025, 9, 1), 16), (date(2026, 3, 1), 12)):
            GoalValue.objects.create(goal=goal, on=on, value=value, note=BIRD)
        measure = factories.measure(
            "Betreuung in den Kursräumen", fields=[field], space=cast.middle, lead_team=team, stage="running",
            what="Kinder spielen nebenan, während Eltern lernen.", internal_notes=BIRD, rank_override=1, rank_reason=BIRD,
            manual_light="amber", manual_comment=BIRD, manual_at=timezone.now(), after_the_end=BIRD, audience_mix=BIRD,
            incentive=True, incentive_body=BIRD, incentive_result=BIRD, lead_account_id=cast.account["coordinator"].pk,
        )  # fmt: skip
        Milestone.objects.create(measure=measure, title="Räume finden", due_on=date(2099, 1, 31))
        CostLine.objects.create(
            measure=measure, year=2026, label="Honorare", planned_cents=3_680_000, is_secured=True
        )
        CostLine.objects.create(measure=measure, year=2027, label="Honorare")
        MeasurePartner.objects.create(measure=measure, name=f"Frau {BIRD}")
        StateReport.objects.create(
            measure=measure, team=team, month=date(2026, 3, 1), light_said="at_risk", words=BIRD, at=datetime(2026, 4, 2, tzinfo=UTC),
        )  # fmt: skip
        StageChange.objects.create(measure=measure, earlier="adopted", later="running", reason=BIRD)
        UpdateLink.objects.create(
            team=team, month=date(2026, 3, 1), token_hash="a" * 64, valid_until=timezone.now()
        )
        factories.post(f"Stelle {BIRD}", measure=measure, team=team, source=BIRD, filled=False)
        factories.linked(need, measure)
        factories.linked(measure, goal, "measured by")
        offer = directory.offer(
            "Deutschkurs mit Betreuung", organisation=directory.organisation("Sprachhaus")
        )
        factories.linked(measure, offer)
        hidden = factories.measure(
            f"Entwurf {BIRD}", fields=[field], visibility=Visibility.TENANT, space=cast.middle
        )
        hidden_need = factories.need(f"Neuer Bedarf {BIRD}", fields=[field], visibility=Visibility.TENANT)
        factories.linked(hidden_need, measure)
        factories.goal(f"Ziel {BIRD}", fields=[field], visibility=Visibility.TENANT)
        factories.resource(f"Ressource {BIRD}", fields=[field], visibility=Visibility.TENANT)
        edition = factories.adopted_edition(concept=field.concept)
    return {
        "field": field,
        "measure": measure,
        "hidden": hidden,
        "edition": edition,
        "need": need,
        "team": team,
    }


def address(cast, path: str, lang: str = "de") -> str:
    return f"/{lang}/{cast.town.slug}/plan/{path}"


def page(cast, path: str, lang: str = "de", status: int = 200) -> str:
    answer = Client().get(address(cast, path, lang))
    assert answer.status_code == status, path
    return answer.content.decode()


def test_measure_tells_state_money_who_next_step_and_what_came_of_it(cast, plan):
    text = page(cast, f"measures/{plan['measure'].pk}/")
    for words in (
        "Betreuung in den Kursräumen", "Kinder spielen nebenan", "gefährdet", "36.800", "zu klären",
        "53 Kindertagesstätten", "Räume finden", "Kinderbetreuung während der Kurse", "Zugang zu Sprachkursen",
        "Deutschkurs mit Betreuung", "2026/001-integration",
    ):  # fmt: skip
        assert words in text, words
    assert "qw-state--warn" in text
    assert "<svg" in text
    assert text.count("<h1") == 1


def test_no_internal_word_no_person_and_no_hidden_record_stands_on_any_page(cast, plan):
    concept = plan["field"].concept.slug
    for path in (
        "", f"{concept}/", f"{concept}/measures/", f"{concept}/measures/?state=at_risk", f"{concept}/changes/",
        f"fields/{plan['field'].pk}/", f"measures/{plan['measure'].pk}/", f"quarters/{cast.middle.pk}/",
    ):  # fmt: skip
        text = page(cast, path)
        assert BIRD not in text, path
        assert cast.account["coordinator"].name not in text, path
    page(cast, f"measures/{plan['hidden'].pk}/", status=404)


def test_the_search_for_new_money_names_no_post(cast, plan):
    """Its step shows wherever steps do: on pages, among the changes, in editions and what is made of them."""
    with cast.in_town():
        ends = timezone.localdate() + timedelta(days=150)
        post = factories.post(f"Stelle 2 {BIRD}", measure=plan["measure"], ends_on=ends)
        for _press in range(2):
            funding_search.begin_search(post, by=cast.person("coordinator"))
        step = plan["measure"].milestones.get(title="Neues Geld suchen")
        step.done_on = timezone.localdate()
        step.save()
        concept = plan["field"].concept
        (shown,) = (
            row
            for row in picture.of_concept(concept, timezone.localdate())["measures"]
            if row["id"] == str(plan["measure"].pk)
        )
        assert BIRD not in str(shown["milestones"])
    for path in (f"measures/{plan['measure'].pk}/", f"{concept.slug}/changes/"):
        text = page(cast, path)
        assert "Neues Geld suchen" in text, path
        assert BIRD not in text, path


def test_a_step_whose_day_is_over_was_planned_until_then(cast, plan):
    with cast.in_town():
        Milestone.objects.update(due_on=timezone.localdate())
    url = f"measures/{plan['measure'].pk}/"
    assert "war geplant bis" not in page(cast, url)
    with cast.in_town():
        Milestone.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "Räume finden</bdi>, war geplant bis" in page(cast, url)


def test_what_somebody_says_of_a_measure_arrives_with_its_title_and_address(cast, plan, monkeypatch):
    """Where nobody else takes words in, it is a wish."""
    monkeypatch.setattr(saying, "offers", [])
    url = f"measures/{plan['measure'].pk}/"
    form = f"/de/{cast.town.slug}/offers/missing/?about={plan['measure'].pk}"
    assert f'href="{form}"' in page(cast, url)
    asked = Client().get(form).content.decode()
    assert "Betreuung in den Kursräumen" in asked
    assert Client().post(form, {"words": " "}).status_code == 422
    said = Client().post(form, {"words": "Mittwochs ist niemand da."}, follow=True)
    assert "Danke. Es ist angekommen." in said.content.decode()
    with cast.in_town():
        title, link, _empty, words = Wish.objects.get().words.splitlines()
    assert (title, words) == ("Betreuung in den Kursräumen", "Mittwochs ist niemand da.")
    assert link.endswith(address(cast, url))


def test_nothing_hidden_can_be_spoken_of(cast, plan):
    form = Client().get(f"/de/{cast.town.slug}/offers/missing/?about={plan['hidden'].pk}").content.decode()
    assert BIRD not in form
    assert "Das fehlt mir" in form


def test_visitors_read_the_same_light_as_staff(cast, plan):
    """It rests on reports, posts and asked months, none of which a portal can read."""
    with cast.in_town():
        Measure.objects.filter(pk=plan["measure"].pk).update(manual_light="", manual_comment="")
    text = page(cast, f"measures/{plan['measure'].pk}/")
    assert "Für die Arbeit wird noch jemand gesucht." in text
    assert "gefährdet" in text


def test_a_proposed_measure_shows_only_where_staff_made_it_public_and_then_says_so(cast, plan):
    with cast.in_town():
        Measure.objects.filter(pk=plan["hidden"].pk).update(visibility=Visibility.PUBLIC, title="Entwurf")
    assert "vorgeschlagen, noch nicht beschlossen" in page(cast, f"measures/{plan['hidden'].pk}/")


def test_measure_of_a_hidden_concept_is_not_there(cast, plan):
    with cast.in_town():
        concept = plan["field"].concept
        concept.visibility = Visibility.TENANT
        concept.save()
    navigation._known.clear()
    for path in (
        "",
        f"measures/{plan['measure'].pk}/",
        f"fields/{plan['field'].pk}/",
        f"quarters/{cast.middle.pk}/",
    ):
        page(cast, path, status=404)


def test_rejected_need_says_why(cast, plan):
    with cast.in_town():
        Need.objects.filter(pk=plan["need"].pk).update(
            state="rejected", rejected_reason="Das Land stellt keine Lehrkraft."
        )
    assert "Das Land stellt keine Lehrkraft." in page(cast, f"fields/{plan['field'].pk}/")


def test_a_stopped_measure_counts_neither_in_the_head_nor_in_its_field(cast, plan):
    with cast.in_town():
        Measure.objects.filter(pk=plan["measure"].pk).update(stage="stopped", stopped_reason="Das Geld fehlt")
    main = page(cast, "").partition("<main")[2].partition("</main>")[0]
    assert "Betreuung in den Kursräumen" in page(cast, f"fields/{plan['field'].pk}/")
    (tile,) = [part for part in main.split('<li class="qw-hit">') if plan["field"].name in part]
    assert "0 Maßnahmen" in tile
    assert "qw-state" in tile  # and says that there is one that was stopped


def test_field_that_is_not_detailed_says_so_and_shows_no_zero(cast, plan):
    with cast.in_town():
        empty = factories.field("Geflüchtete", is_detailed=False)
    text = page(cast, f"fields/{empty.pk}/")
    assert "Nicht ausgearbeitet" in text
    main = text.partition("<main")[2].partition("</main>")[0]
    assert "0 Maßnahmen" not in main
    assert "Nicht ausgearbeitet" in page(cast, "")


def test_menu_leads_to_the_plan_only_where_there_is_one(cast, plan):
    home = Client().get(f"/de/{cast.town.slug}/").content.decode()
    assert f'/de/{cast.town.slug}/plan/"' in home
    other = Client().get(f"/de/{cast.other.slug}/").content.decode()
    assert "/plan/" not in other
    assert Client().get(f"/de/{cast.other.slug}/plan/").status_code == 404


def test_list_is_narrowed_by_state_field_and_quarter_and_nonsense_says_nothing(cast, plan):
    base = f"{plan['field'].concept.slug}/measures/"
    title = "Betreuung in den Kursräumen"
    for query in (
        "?state=at_risk",
        f"?field={plan['field'].pk}",
        f"?quarter={cast.middle.pk}",
        "?state=x&field=x&page=x",
    ):
        assert title in page(cast, base + query), query
    for query in ("?state=done", f"?quarter={cast.old.pk}"):
        text = page(cast, base + query)
        assert title not in text
        assert "Dazu passt keine Maßnahme." in text


def test_changes_of_the_last_days_tell_the_stage_and_not_why(cast, plan):
    text = page(cast, f"{plan['field'].concept.slug}/changes/")
    assert "Es hat begonnen." in text
    assert BIRD not in text


def test_translated_texts_are_shown_and_the_original_is_marked(cast, plan):
    with cast.in_town():
        MeasureText.objects.create(
            record=plan["measure"], text_name="title", language="uk", text="Догляд за дітьми", state="human",
            source_text=plan["measure"].title,
        )  # fmt: skip
    text = page(cast, f"measures/{plan['measure'].pk}/", "uk")
    assert "Догляд за дітьми" in text
    assert "Kinder spielen nebenan" in text
    assert "qw-tag--warn" in text


def test_team_that_ended_or_is_not_public_is_named_all_the_same(cast, plan):
    with cast.in_town():
        plan["team"].visibility = Visibility.TENANT
        plan["team"].save()
    assert "53 Kindertagesstätten" in page(cast, f"measures/{plan['measure'].pk}/")


def test_quarter_shows_its_measures_and_is_reached_from_the_list_of_quarters(cast, plan):
    assert "Betreuung in den Kursräumen" in page(cast, f"quarters/{cast.middle.pk}/")
    quarters = Client().get(f"/de/{cast.town.slug}/places/").content.decode()
    assert address(cast, f"quarters/{cast.middle.pk}/") in quarters
    other = Client().get(f"/de/{cast.other.slug}/places/").content.decode()
    assert "Was geplant ist" not in other


def test_pages_ask_the_same_with_more_measures(cast, plan):
    field = plan["field"]
    paths = (
        f"fields/{field.pk}/",
        f"{field.concept.slug}/measures/",
        f"{field.concept.slug}/measures/?state=at_risk",
    )

    def asked() -> list[int]:
        counts = []
        for path in paths:
            page(cast, path)
            with CaptureQueriesContext(connection) as queries:
                page(cast, path)
            counts.append(len(queries))
        return counts

    few = asked()
    with cast.in_town():
        for number in range(4):
            one = factories.measure(
                f"Maßnahme {number}", fields=[field], lead_team=plan["team"], stage="running"
            )
            Milestone.objects.create(measure=one, title="Schritt", due_on=date(2020, 1, 1))
            factories.linked(factories.need(f"Bedarf {number}", fields=[field]), one)
            goal = factories.goal(f"Ziel {number}", fields=[field])
            GoalValue.objects.create(goal=goal, on=date(2026, 1, 1), value=number)
    assert asked() == few
