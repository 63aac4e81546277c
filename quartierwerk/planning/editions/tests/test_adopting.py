"""W2.3: an edition from its draft to the council's decision, and what refuses it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from quartierwerk import rights
from quartierwerk.privacy import history
from quartierwerk.rights import Role

from ...consulting import actions as consulting
from ...measures import moves
from ...models import (
    CostLine,
    CouncilDecision,
    Edition,
    Measure,
    MeasurePartner,
    Milestone,
    Redaction,
    Stage,
    StageChange,
)
from ...tests import factories
from .. import actions, pages, picture
from ..rules import Refusal, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(cast):
    with cast.in_town():
        yield cast


@pytest.fixture
def coordinator(town):
    return town.person(Role.COORDINATOR)


def complete(title: str, field, **values) -> Measure:
    today = timezone.localdate()
    given = {
        "what": "Zwei Kurse am Vormittag",
        "starts_on": today,
        "ends_on": today + timedelta(days=300),
        "review_on": today + timedelta(days=200),
        "review_how": "Befragung",
        "hours_per_week": 10,
        "lead_team": factories.team(),
        "internal_notes": "nur für uns",
        **values,
    }
    measure = factories.measure(title, fields=[field], **given)
    CostLine.objects.create(measure=measure, year=today.year, label="Honorare", planned_cents=1_230_050)
    return measure


@pytest.fixture
def field(town):
    return factories.field()


def consulted(field, by) -> Edition:
    """Its consultation was over yesterday."""
    return over(in_consultation(field, by))


def in_consultation(field, by) -> Edition:
    edition = actions.open_edition(field.concept, "Ausgabe 2027", by=by)
    return actions.consult(edition, timezone.localdate() + timedelta(days=14), by=by)


def over(edition: Edition) -> Edition:
    edition.consultation_until = timezone.localdate() - timedelta(days=1)
    edition.save(update_fields=["consultation_until"])
    return edition


def decision(field, **values) -> CouncilDecision:
    given = {
        "concept": field.concept,
        "body": "Rat",
        "paper_number": "2026/087",
        "decided_on": timezone.localdate(),
        "votes_yes": 24,
        "votes_no": 3,
        "wording": "Das Konzept wird beschlossen.",
        **values,
    }
    return CouncilDecision.objects.create(**given)


def test_a_decided_edition_is_frozen_public_and_numbered(field, coordinator):
    measure = complete("Kurs mit Betreuung", field)
    edition = actions.adopt(consulted(field, coordinator), decision(field), by=coordinator)
    measure.refresh_from_db()
    assert (edition.state, edition.number, edition.visibility) == (State.ADOPTED, 1, "public")
    assert measure.stage == Stage.ADOPTED
    assert edition.content["measures"][0]["costs"][0]["planned_cents"] == 1_230_050
    assert edition.content["decision"]["paper_number"] == "2026/087"
    assert edition.content_sha256 == picture.fingerprint(Edition.objects.get(pk=edition.pk).content)
    assert "nur für uns" not in str(edition.content)


def test_a_measure_once_decided_may_come_back_and_one_put_off_may_not(field, coordinator):
    measure, later = complete("Kurs mit Betreuung", field), complete("Sprachcafé", field)
    edition = consulted(field, coordinator)
    actions.defer(edition, later, "Kein Geld in diesem Jahr.", by=coordinator)
    assert actions.decided([measure.pk, later.pk]) == set()
    actions.adopt(edition, decision(field), by=coordinator)
    assert actions.decided([measure.pk, later.pk]) == {measure.pk}
    change = StageChange.objects.get(measure=measure)
    assert (change.earlier, change.later) == (Stage.PROPOSED, Stage.ADOPTED)
    back = moves.move_measure(measure, Stage.PRIORITISED, by=coordinator, reason="Noch einmal beraten.")
    assert moves.move_measure(back, Stage.ADOPTED, by=coordinator).stage == Stage.ADOPTED
    with pytest.raises(moves.NotPossible):
        moves.move_measure(later, Stage.ADOPTED, by=coordinator)


def test_without_decision_nothing_is_adopted(field, coordinator):
    complete("Kurs", field)
    edition = consulted(field, coordinator)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(edition, None, by=coordinator)
    assert refused.value.reasons == [Refusal.NO_DECISION]
    assert Edition.objects.get(pk=edition.pk).state == State.CONSULTATION


def test_the_database_itself_refuses_adoption_without_decision(field, coordinator):
    edition = consulted(field, coordinator)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(
            state=State.ADOPTED, content={}, content_sha256="x", adopted_at=timezone.now()
        )


@pytest.mark.parametrize(
    ("gap", "named"),
    [({"lead_team": None}, "lead"), ({"ends_on": None}, "end"), ({"review_on": None}, "review day")],
)
def test_an_incomplete_measure_is_listed_and_blocks_until_it_is_put_off(field, coordinator, gap, named):
    complete("Fertig gedacht", field)
    lacking = complete("Noch offen", field, **gap)
    edition = consulted(field, coordinator)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(edition, decision(field), by=coordinator)
    assert [(one.title, one.missing) for one in refused.value.incomplete] == [("Noch offen", (named,))]
    assert not Measure.objects.filter(stage=Stage.ADOPTED).exists()
    actions.defer(edition, lacking, "Die Leitung wird noch gesucht.", by=coordinator)
    adopted = actions.adopt(edition, CouncilDecision.objects.get(), by=coordinator)
    lacking.refresh_from_db()
    assert lacking.stage == Stage.PROPOSED
    assert {row["title"]: row["deferred"] for row in adopted.content["measures"]} == {
        "Fertig gedacht": "",
        "Noch offen": "Die Leitung wird noch gesucht.",
    }


def test_nothing_of_an_adopted_edition_changes(field, coordinator):
    complete("Kurs", field)
    edition = actions.adopt(consulted(field, coordinator), decision(field), by=coordinator)
    for values in ({"content": {}}, {"title": "Anders"}, {"state": State.DRAFT}, {"visibility": "private"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        CouncilDecision.objects.filter(pk=edition.decision_id).update(wording="Etwas anderes")
    Measure.objects.update(title="Später umbenannt")
    assert Edition.objects.get(pk=edition.pk).content["measures"][0]["title"] == "Kurs"


def test_the_difference_to_the_last_edition_and_to_today(field, coordinator):
    measure = complete("Kurs", field)
    first = actions.adopt(consulted(field, coordinator), decision(field), by=coordinator)
    measure.refresh_from_db()
    measure.ends_on = date(2030, 12, 31)
    measure.save()
    complete("Werkstatt", field)
    today = picture.of_concept(field.concept, timezone.localdate())
    (group,) = pages.difference(first.content, today)
    assert [(turn.title, str(turn.what)) for turn in group.turns] == [
        ("Kurs", "changed"),
        ("Werkstatt", "added"),
    ]
    assert group.turns[0].lines[0].after == "31.12.2030"


def test_a_second_draft_waits_for_the_first(field, coordinator):
    actions.open_edition(field.concept, "Ausgabe 2027", by=coordinator)
    with pytest.raises(actions.Refused) as refused:
        actions.open_edition(field.concept, "Noch eine", by=coordinator)
    assert refused.value.reasons == [Refusal.ANOTHER_OPEN]


def test_while_the_consultation_runs_nothing_is_adopted(field, coordinator):
    complete("Kurs", field)
    edition = in_consultation(field, coordinator)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(edition, decision(field), by=coordinator)
    assert refused.value.reasons == [Refusal.STILL_CONSULTED]
    assert Edition.objects.get(pk=edition.pk).state == State.CONSULTATION
    assert actions.adopt(over(edition), CouncilDecision.objects.get(), by=coordinator).state == State.ADOPTED


def test_a_comment_without_answer_keeps_the_council_waiting(field, coordinator):
    complete("Kurs", field)
    edition = in_consultation(field, coordinator)
    given = consulting.comment(edition, "Bitte auch abends.", by=coordinator)
    over(edition)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(edition, decision(field), by=coordinator)
    assert refused.value.reasons == [Refusal.UNANSWERED]
    consulting.answer(given, "Ab Herbst auch abends.", by=coordinator)
    assert actions.adopt(edition, CouncilDecision.objects.get(), by=coordinator).state == State.ADOPTED


def test_what_is_over_its_last_day_is_named_before_the_council_decides(field, coordinator):
    today = timezone.localdate()
    late = complete("Vorbei", field, starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    complete("Bis heute", field, ends_on=today)
    complete("Getan", field, stage=Stage.DONE, starts_on=None, ends_on=today - timedelta(days=1))
    edition = consulted(field, coordinator)
    assert actions.past_their_end(edition, today) == [late]
    actions.defer(edition, late, "Wird neu geplant.", by=coordinator)
    assert actions.past_their_end(edition, today) == []


def test_a_withdrawn_consent_takes_a_name_out_of_the_frozen_picture(field, coordinator):
    complete("Sprechstunde", field, what="Ada Muster berät, freitags.")
    edition = actions.adopt(consulted(field, coordinator), decision(field), by=coordinator)
    before = edition.content_sha256
    assert actions.redact(edition, "Ada Muster", "Einwilligung widerrufen", by=coordinator) == 1
    edition.refresh_from_db()
    assert edition.content["measures"][0]["what"] == "[…] berät, freitags."
    note = Redaction.objects.get()
    assert (note.sha256_before, edition.redactions) == (before, 1)
    assert "Ada" not in str(edition.content) + note.reason
    assert actions.redact(edition, "Ada Muster", "noch einmal", by=coordinator) == 0


def test_the_decision_is_redacted_with_it_and_other_editions_are_named(field, coordinator):
    complete("Sprechstunde", field, what="Ada Muster berät, freitags.")
    wording = "Der Rat dankt Ada Muster (100 %) und beschließt_alles."
    first = actions.adopt(consulted(field, coordinator), decision(field, wording=wording), by=coordinator)
    second = actions.adopt(
        consulted(field, coordinator), decision(field, paper_number="2027/001"), by=coordinator
    )
    assert actions.holding("Ada Muster", but=first) == [second]
    assert actions.redact(first, "Ada Muster", "Einwilligung widerrufen", by=coordinator) == 2
    told = CouncilDecision.objects.get(pk=first.decision_id)
    assert told.wording == "Der Rat dankt […] (100 %) und beschließt_alles."
    assert "Ada" not in str(Edition.objects.get(pk=first.pk).content)
    for changed in ("Der Rat dankt.", "Der Rat dankt Bea […] (100 %) und beschließt_alles."):
        with pytest.raises(DatabaseError), transaction.atomic():
            CouncilDecision.objects.filter(pk=told.pk).update(wording=changed)
    kept = {one.name for one in history.events_of(CouncilDecision)._meta.get_fields()}
    assert not kept & {"body", "session", "wording"}  # else the passage would stand there
    actions.redact(second, "Ada Muster", "Einwilligung widerrufen", by=coordinator)
    assert actions.holding("Ada Muster", but=first) == []


def test_the_picture_takes_a_constant_number_of_queries(field, coordinator, django_assert_max_num_queries):
    for number in range(3):
        Milestone.objects.create(
            measure=complete(f"Maßnahme {number}", field), title="x", due_on=date(2027, 1, 1)
        )
    with django_assert_max_num_queries(20):
        picture.of_concept(field.concept, timezone.localdate())


def test_only_who_may_adopts(field, coordinator, town):
    complete("Kurs", field)
    edition = consulted(field, coordinator)
    with pytest.raises(rights.Refused):
        actions.adopt(edition, decision(field), by=town.person(Role.PLANNER))


def test_a_measure_of_which_every_amount_is_still_to_be_clarified_blocks(field, coordinator):
    measure = complete("Kurs", field)
    edition = consulted(field, coordinator)
    measure.cost_lines.update(planned_cents=None)
    with pytest.raises(actions.Refused) as refused:
        actions.adopt(edition, decision(field), by=coordinator)
    assert [one.measure for one in refused.value.incomplete] == [measure.pk]


def test_only_what_is_public_is_frozen(field, coordinator):
    factories.need("Familie in der Hauptstraße 4", fields=[field], state="accepted", visibility="tenant")
    factories.need("Noch nicht gelesen", fields=[field], state="new")
    factories.need("Betreuung fehlt", fields=[field], state="accepted")
    factories.goal("Nur hier", fields=[field], visibility="tenant")
    running = complete("Läuft nur hier", field, stage=Stage.RUNNING, visibility="tenant")
    measure = complete("Kurs", field)
    factories.post("Integrationslotsin (Vertretung)", measure=measure, visibility="public")
    MeasurePartner.objects.create(measure=measure, name="Ada Muster (Ehrenamt)")
    content = actions.adopt(consulted(field, coordinator), decision(field), by=coordinator).content
    assert [row["title"] for row in content["needs"]] == ["Betreuung fehlt"]
    assert content["goals"] == []
    (row,) = content["measures"]
    assert (row["title"], row["partners"], row["more_partners"]) == ("Kurs", [], 1)
    assert not any(word in str(content) for word in ("Ada", "lotsin", "Vertretung"))
    running.refresh_from_db()
    assert running.visibility == "tenant"


def test_what_the_council_adopts_becomes_public_and_is_named_before(field, coordinator):
    inside = complete("Nur hier vorbereitet", field, visibility="tenant")
    later = complete("Auf später verschoben", field, visibility="tenant")
    edition = consulted(field, coordinator)
    actions.defer(edition, later, "Das Geld fehlt.", by=coordinator)
    assert actions.becoming_public(edition) == [inside]
    draft = actions.as_decided(edition, timezone.localdate())
    adopted = actions.adopt(edition, decision(field), by=coordinator)
    for content in (draft, adopted.content):
        assert [row["title"] for row in content["measures"]] == ["Nur hier vorbereitet"]
    assert list(Measure.published.all()) == [inside]
    assert actions.becoming_public(adopted) == []
