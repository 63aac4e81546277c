"""A process on the portal and in the back office: what may be done when, and nothing shown before a person's check."""

from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from quartierwerk.rights import Role

from ...models import Phase, Process, Proposal, ProposalComment
from ...tests.addresses import public, staff
from ...votes.tests import factories as votes
from .. import actions, pages
from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cast):
    with cast.in_town():
        return factories.process(now="collect")


@pytest.fixture
def coordinator(cast, client):
    client.force_login(cast.account[Role.COORDINATOR])
    return client


PROPOSED = {
    "title": "Bank für Amina Muster",
    "words": "0511 555 123",
    "cost_cents": "1.200",
    "language": "de",
}


def test_a_proposal_is_shown_only_after_a_persons_check_and_in_her_words(cast, client, running):
    assert client.post(public(cast, "processes", running.pk, "propose"), PROPOSED).status_code == 302
    with cast.in_town():
        given = Proposal.objects.get()
        assert (given.state, given.title, given.cost_cents) == ("received", "", 120_000)
    page = public(cast, "processes", running.pk)
    assert "Amina" not in client.get(page).content.decode()
    assert client.get(public(cast, "proposals", given.pk)).status_code == 404
    client.force_login(cast.account[Role.COORDINATOR])
    checked = {"title": "Eine Bank am Platz", "words": "", "cost_cents": "1.200", "language": "de"}
    checked |= {"is_on_ballot": "on", "why_held": ""}
    check = staff(cast, "processes", "proposals", given.pk)
    checked["as_opened"] = client.get(check).context["form"].initial["as_opened"]
    assert client.post(check, checked).status_code == 422
    assert client.post(check, checked | {"decision": "held"}).status_code == 422
    # A phone number is masked in what is proposed, and asked about where it stands all the same.
    assert "555" not in client.get(check).context["form"]["words"].value()
    numbered = checked | {"decision": "shown", "words": "Ruft an: 0511 555 123"}
    assert client.post(check, numbered).context["form"].still_marked
    assert client.post(check, checked | {"decision": "shown"}).status_code == 302
    text = client.get(page).content.decode()
    assert "Eine Bank am Platz" in text
    assert "Amina" not in text
    assert "555" not in client.get(public(cast, "proposals", given.pk)).content.decode()


def test_outside_the_collecting_phase_what_was_typed_stays(cast, client):
    with cast.in_town():
        later = factories.process(now="discuss")
    answer = client.post(public(cast, "processes", later.pk, "propose"), PROPOSED)
    assert answer.status_code == 409
    assert "0511 555 123" in answer.content.decode()
    with cast.in_town():
        assert not Proposal.objects.exists()


def test_a_comment_waits_for_a_person_and_the_one_held_back_never_shows(cast, client, running):
    with cast.in_town():
        idea = factories.proposal(process=running)
    page = public(cast, "proposals", idea.pk)
    for words in ("Das ist gut, sagt Frau Muster.", "Weg damit"):
        assert client.post(page, {"words": words}).status_code == 302
    assert client.post(page, {"words": ""}).status_code == 422
    assert "Muster." not in client.get(page).content.decode()
    client.force_login(cast.account[Role.COORDINATOR])
    with cast.in_town():
        first, second = ProposalComment.objects.all()
    client.post(
        staff(cast, "processes", "comments", first.pk), {"words": "Das ist gut.", "decision": "shown"}
    )
    client.post(staff(cast, "processes", "comments", second.pk), {"words": "Weg damit", "decision": "held"})
    text = client.get(page).content.decode()
    assert "Das ist gut." in text
    assert "Muster." not in text
    assert "Weg damit" not in text


def test_a_process_that_is_not_public_or_of_another_municipality_is_not_found(cast, client):
    with cast.in_town():
        hidden = factories.process(visibility="tenant")
    with cast.in_other():
        foreign = factories.process()
    for one in (hidden, foreign):
        assert client.get(public(cast, "processes", one.pk)).status_code == 404


def phases(**values: str) -> dict[str, str]:
    days = {"collect_opens_day": "01.03.2027", "collect_opens_time": "8:00"}
    return days | {"collect_closes_day": "28.03.2027", "collect_closes_time": "18:00"} | values


def test_phases_are_set_as_the_wall_clock_shows_them(cast, coordinator, running):
    url = staff(cast, "processes", running.pk, "phases")
    assert coordinator.post(url, phases()).status_code == 302
    with cast.in_town():
        only = Phase.objects.get(process=running)
        assert [timezone.localtime(at).hour for at in (only.opens_at, only.closes_at)] == [8, 18]
        assert only.closes_at - only.opens_at == timedelta(days=27, hours=9)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"collect_closes_time": "2:30"}, "collect_closes_time"),
        ({"collect_closes_day": "31.10.2027", "collect_closes_time": "2:30"}, "collect_closes_time"),
        ({"collect_closes_day": "01.02.2027"}, "collect_opens_day"),
        ({"collect_closes_time": ""}, "collect_closes_time"),
        ({"collect_closes_day": "31.02.2027"}, "collect_closes_day"),
    ],
)
def test_times_that_do_not_exist_or_come_twice_are_asked_again(cast, coordinator, running, wrong, field):
    answer = coordinator.post(staff(cast, "processes", running.pk, "phases"), phases(**wrong))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_the_phase_of_a_closed_box_stays(cast, coordinator):
    with cast.in_town():
        vote = votes.vote()
        votes.close(vote)
    answer = coordinator.post(staff(cast, "processes", vote.process_id, "phases"), phases())
    assert answer.status_code == 422
    with cast.in_town():
        assert Phase.objects.filter(process=vote.process_id).count() == 5


def test_the_phase_of_an_open_box_is_neither_shortened_nor_put_off(cast, coordinator):
    with cast.in_town():
        vote, now = votes.vote(), timezone.localtime().replace(second=0, microsecond=0)
        opens, closes = now - timedelta(days=1), now + timedelta(days=6)
        with pgtrigger.ignore("participation.Phase:voted_in"):
            Phase.objects.filter(pk=vote.phase_id).update(opens_at=opens, closes_at=closes)
    url = staff(cast, "processes", vote.process_id, "phases")
    as_it_is = {
        f"decide_{end}_{part}": at.strftime(shown)
        for end, at in (("opens", opens), ("closes", closes))
        for part, shown in (("day", "%d.%m.%Y"), ("time", "%H:%M"))
    }
    tomorrow = (now + timedelta(days=1)).strftime("%d.%m.%Y")
    for wrong in ("decide_opens_day", "decide_closes_day"):
        assert coordinator.post(url, as_it_is | {wrong: tomorrow}).status_code == 422
    assert coordinator.post(url, as_it_is).status_code == 302
    with cast.in_town():
        only = Phase.objects.get(process=vote.process_id)
        assert (only.opens_at, only.closes_at) == (opens, closes)


def test_what_people_vote_on_stays_as_they_read_it(cast, coordinator):
    with cast.in_town():
        vote = votes.vote()
        idea = vote.process.proposals.first()
    changed = {"title": "Etwas anderes", "language": "de", "decision": "shown", "words": ""}
    answer = coordinator.post(staff(cast, "processes", "proposals", idea.pk), changed)
    assert answer.status_code == 409
    with cast.in_town():
        idea.refresh_from_db()
        assert idea.title == "Bänke"


def test_a_name_can_be_taken_out_while_people_vote_and_stands_nowhere_then(cast, coordinator):
    with cast.in_town():
        vote = votes.vote()
        idea = factories.proposal("Bank für Amina Muster", process=vote.process, words="Sie sitzt gern.")
        text = idea.translations.create(
            text_name="title",
            language="en",
            text="Bench for Amina Muster",
            state="human",
            source_text=idea.title,
        )
    url = staff(cast, "processes", "proposals", idea.pk)
    form = coordinator.get(url).context["form"]
    data = {"as_opened": form.initial["as_opened"], "words": "Sie sitzt gern.", "language": "de"}
    data |= {"decision": "shown", "is_on_ballot": "on", "why_held": "", "title": "Bank für […]"}
    for wrong in ({"decision": "held", "why_held": "Name"}, {"cost_cents": "5"}, {"title": "Baum für […]"}):
        assert coordinator.post(url, data | wrong).status_code == 409
    assert coordinator.post(url, data).status_code == 302
    with cast.in_town():
        idea.refresh_from_db()
        assert (idea.title, idea.state, idea.is_on_ballot) == ("Bank für […]", "shown", True)
        assert not idea.translations.exists()
        kept = [*Proposal.pgh_event_model.objects.values(), *type(text).pgh_event_model.objects.values()]
        assert "Muster" not in str(kept)


def test_a_comment_held_back_is_not_shown_by_an_older_page_and_a_shown_one_can_be_taken_off(
    cast, coordinator, running
):
    with cast.in_town():
        idea = factories.proposal(process=running)
        held, shown = (
            factories.given_comment("Amina", proposal=idea, state=state, **values)
            for state, values in (
                ("held", {}),
                ("shown", {"words": "Sagt auch Amina.", "visibility": "public"}),
            )
        )

    def decide(comment, words, decision):
        url = staff(cast, "processes", "comments", comment.pk)
        return coordinator.post(url, {"words": words, "decision": decision}).status_code

    assert decide(held, "Das sagt auch Amina.", "shown") == 409
    assert "Sagt auch Amina." in coordinator.get(staff(cast, "processes", running.pk)).content.decode()
    assert decide(shown, "Etwas anderes.", "shown") == 409
    page = public(cast, "proposals", idea.pk)
    assert decide(shown, "Sagt auch […].", "shown") == 302
    assert "Sagt auch […]." in coordinator.get(page).content.decode()
    assert decide(shown, "Sagt auch […].", "held") == 302
    assert "Sagt auch" not in coordinator.get(page).content.decode()
    with cast.in_town():
        assert "Amina" not in str(list(ProposalComment.pgh_event_model.objects.values()))


def test_of_two_who_look_at_a_proposal_at_once_the_second_sees_what_the_first_wrote(
    cast, coordinator, running
):
    with cast.in_town():
        idea = factories.proposal(process=running)
    url = staff(cast, "processes", "proposals", idea.pk)
    opened = coordinator.get(url).context["form"].initial["as_opened"]
    data = {"words": "", "language": "de", "decision": "shown", "why_held": "", "as_opened": opened}
    assert coordinator.post(url, data | {"title": "Bänke am Bach"}).status_code == 302
    answer = coordinator.post(url, data | {"title": "Bänke am Platz"})
    assert (answer.status_code, [one.name for one in answer.context["form"].versions]) == (409, ["title"])


def test_what_is_entered_after_the_box_was_opened_is_not_on_the_ballot(cast, coordinator):
    with cast.in_town():
        vote = votes.vote()
    entered = {"title": "Spät", "language": "de", "origin": "paper", "words": ""}
    assert (
        coordinator.post(staff(cast, "processes", vote.process_id, "proposals", "new"), entered).status_code
        == 302
    )
    with cast.in_town():
        assert Proposal.objects.get(title="Spät").is_on_ballot is False


@pytest.mark.parametrize("state", ["received", "held"])
def test_what_is_looked_at_after_the_box_was_opened_is_not_on_the_ballot(cast, coordinator, state):
    with cast.in_town():
        vote = votes.vote()
        late = factories.given_proposal("Amina", process=vote.process, state=state)
    url = staff(cast, "processes", "proposals", late.pk)
    data = {"title": "Spät", "words": "", "language": "de", "decision": "shown", "is_on_ballot": "on"}
    data["as_opened"] = coordinator.get(url).context["form"].initial["as_opened"]
    assert coordinator.post(url, data).status_code == 302
    with cast.in_town():
        late.refresh_from_db()
        assert (late.state, late.is_on_ballot) == ("shown", False)


def test_a_new_process_is_entered_with_its_question(cast, coordinator):
    data = {"title": "Was fehlt in Mitte?", "kind": "place", "language": "de", "visibility": "public"}
    assert coordinator.post(staff(cast, "processes", "new"), data).status_code == 302
    with cast.in_town():
        assert Process.objects.get().title == "Was fehlt in Mitte?"
    assert coordinator.post(staff(cast, "processes", "new"), data | {"title": ""}).status_code == 422


def test_a_community_worker_runs_those_of_her_quarter_only(cast, client):
    with cast.in_town():
        own, elsewhere = factories.process(space=cast.middle), factories.process(space=cast.old)
    client.force_login(cast.account[Role.COMMUNITY_WORKER])
    assert client.get(staff(cast, "processes", own.pk, "phases")).status_code == 200
    assert client.get(staff(cast, "processes", elsewhere.pk, "phases")).status_code == 404


def test_missing_childcare_and_interpreters_are_flagged(cast, rf, running):
    with cast.in_town():
        factories.meeting(process=running, childcare="no", interpreter="yes", child_friendly="yes")
        request = rf.get("/")
        request.lang, request.tenant, request.area = "de", cast.town, "staff"
        (found,) = pages.meetings(running, request)
    assert (len(found.given), len(found.missing), len(found.unknown)) == (2, 1, 1)


def test_a_side_formats_results_join_the_process(cast, coordinator, running):
    data = {"title": "Frauenrunde", "held_on": "12.10.2026", "people": "14", "for_whom": "Sprachcafé"}
    assert coordinator.post(staff(cast, "processes", running.pk, "side-formats"), data).status_code == 302
    with cast.in_town():
        round_ = running.side_formats.get()
    entered = {
        "title": "Licht am Weg",
        "language": "de",
        "origin": "side",
        "side_format": round_.pk,
        "words": "",
    }
    coordinator.post(staff(cast, "processes", running.pk, "proposals", "new"), entered)
    assert "Licht am Weg" in coordinator.get(public(cast, "processes", running.pk)).content.decode()


def test_who_takes_part_is_kept_as_totals_and_shown_from_ten_on(cast, client, running):
    url = public(cast, "processes", running.pk, "groups")
    for n in range(12):
        client.post(url, {"groups": ["children", "languages"] if n < 10 else ["children"]})
    assert client.post(url, {"groups": ["fremd"]}).status_code == 422
    with cast.in_town():
        found = pages.who_took_part(running)
    by_words = {one.group: one for _words, one in found.shares}
    assert (found.asked, by_words["children"].n, by_words["languages"].n) == (12, 12, 10)
    assert by_words["woman"].n is None


def test_what_came_of_it_is_read_on_the_public_page(cast, coordinator, running):
    page = coordinator.get(staff(cast, "processes", running.pk))
    opened = page.context["account_form"].initial["as_opened"]
    data = {"account": "Die Bänke stehen seit Mai.", "as_opened": opened}
    assert coordinator.post(staff(cast, "processes", running.pk, "account"), data).status_code == 302
    assert (
        "Die Bänke stehen seit Mai."
        in coordinator.get(public(cast, "processes", running.pk)).content.decode()
    )


def test_which_phase_is_open_decides_what_may_be_done(cast):
    with cast.in_town():
        for kind in Phase.Kind:
            made = factories.process(now=kind.value)
            assert actions.open_kind(made) == kind
        assert actions.open_kind(factories.process()) == ""
