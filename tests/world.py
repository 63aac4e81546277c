"""A filled world for tests that walk all addresses: one object of each kind, within reach, out of reach, and foreign.

`KEYS` names, for each address with keys, the three objects: one's own (own quarter, own organisation), one elsewhere in
the same municipality, one of another municipality. A new address with keys is added here, or the tests say so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from quartierwerk.barriers.models import BarrierReport
from quartierwerk.calendar.tests.factories import closing_day, public_date
from quartierwerk.directory.models import ConfirmationLink, Offer, OfferSchedule, Organisation
from quartierwerk.directory.requests import registering
from quartierwerk.directory.tests import factories
from quartierwerk.directory.upkeep.actions import fingerprint
from quartierwerk.intake.tests.factories import import_file
from quartierwerk.notices.models import Notice
from quartierwerk.participation.tests import factories as voices
from quartierwerk.participation.votes.drawing import token_of
from quartierwerk.participation.votes.tests import factories as votes
from quartierwerk.people.models import Account, DutyGrant, Invitation, Membership
from quartierwerk.places.models import SocialSpace
from quartierwerk.planning.measures.update import asking
from quartierwerk.planning.models import Concept, MandateQuestion, Obstacle, PlanLink, Team, UpdateLink
from quartierwerk.planning.tests import factories as plan
from quartierwerk.privacy.models import Hold, PeriodChange
from quartierwerk.privacy.registry import Retention
from quartierwerk.rights import Role
from quartierwerk.rights.roles import Duty
from quartierwerk.search.tests.factories import synonym_ring
from quartierwerk.tenants.models import Tenant
from quartierwerk.testing import Cast, cast
from quartierwerk.uploads.tests.factories import picture
from quartierwerk.web.codes import hash_of


@dataclass
class World:
    cast: Cast
    own: dict[str, Any]
    elsewhere: dict[str, Any]
    foreign: dict[str, Any]


def build() -> World:
    people = cast()
    with people.in_town():
        organisation = factories.organisation("Eigener Verein", space=people.middle)
        offer = factories.offer("Eigenes Angebot", organisation=organisation, space=people.middle)
        other_organisation = factories.organisation("Anderer Verein", space=people.old)
        other_offer = factories.offer("Anderes Angebot", organisation=other_organisation, space=people.old)
        own = {
            "registration": factories.registration("Amina", offer=offer),
            **_left_behind(offer),
            "change": factories.pending_change("a", offer=offer),
            "written": factories.pending_change("a", offer=offer, what="edit"),
            "own_list": factories.own_list(offer.organisation),
            "wish": factories.wish("a", space=people.middle),
            "organisation": organisation,
            "token": _link(organisation),
            "space": people.middle,
            **_people(people, "a"),
        }
        own["date"] = public_date("Eigener Termin", space=people.middle, organisation_id=organisation.pk)
        own["closing"] = closing_day("Eigene Schließung", space=people.middle)
        own["picture"] = picture("a", organisation_id=organisation.pk)
        own["ring"] = synonym_ring("a")
        own |= _plan("a", people.middle) | _process("a", people.middle)
        own |= _voice("a", space=people.middle, owner_team=own["team"])
        elsewhere = {
            "registration": factories.registration("Boris", offer=other_offer),
            **_left_behind(other_offer),
            "change": factories.pending_change("b", offer=other_offer),
            "written": factories.pending_change("b", offer=other_offer, what="edit"),
            "own_list": factories.own_list(other_offer.organisation),
            "wish": factories.wish("b", space=people.old),
            "organisation": other_organisation,
            "token": _link(other_organisation),
            "space": people.old,
            **_people(people, "b"),
            "date": public_date("Anderer Termin", space=people.old, organisation_id=other_organisation.pk),
            "closing": closing_day("Andere Schließung", space=people.old),
            "picture": picture("b", organisation_id=other_organisation.pk),
            "ring": synonym_ring("b"),
            **_plan("b", people.old),
            **_process("b", people.old),
            **_voice("b", space=people.old),
        }
    Membership.objects.filter(role=Role.ORGANISATION_EDITOR).update(organisation_id=organisation.pk)
    Membership.objects.filter(role=Role.DEPARTMENT).update(team_id=own["team"].pk)
    with people.in_town():
        # They sit in the group that meets in the own plan.
        for role in (Role.STEERING_MEMBER, Role.DEPARTMENT, Role.COMMUNITY_WORKER):
            seat = {"group": own["meeting"].group, "until": None}
            plan.group_member(role.label, people.account[role].pk, **seat)
    with people.in_other():
        theirs = factories.organisation("Fremder Verein")
        their_offer = factories.offer("Fremdes Angebot", organisation=theirs)
        foreign = {
            "registration": factories.registration("Clara", offer=their_offer),
            **_left_behind(their_offer),
            "change": factories.pending_change("c", offer=their_offer),
            "written": factories.pending_change("c", offer=their_offer, what="edit"),
            "own_list": factories.own_list(their_offer.organisation),
            "wish": factories.wish("c"),
            "organisation": theirs,
            "token": _link(theirs),
            "space": _foreign_space(),
            **_people(people, "c", foreign=True),
            "date": public_date("Fremder Termin"),
            "closing": closing_day("Fremde Schließung"),
            "picture": picture("c"),
            "ring": synonym_ring("c"),
            **_plan("c"),
            **_process("c"),
            **_voice("c"),
        }
    return World(people, own, elsewhere, foreign)


def _voice(name: str, **values: Any) -> dict[str, Any]:
    """With photo and answer, so that all its pages exist."""
    voice = voices.published(name, **values)
    voices.photo(voice=voice)
    return {"voice": voice, "voice_answer": voices.answer(voice=voice)}


def _left_behind(offer: Offer) -> dict[str, Any]:
    """What makes all pages of an offer exist: a time, a function to ask; and a place somebody asked for elsewhere."""
    OfferSchedule.objects.create(offer=offer, weekdays=["TU"], opens_at=time(9), closes_at=time(11))
    factories.contact_of(offer, "0511 000 77 10")
    place = factories.registration("Amina")
    place.code_hash = hash_of(registering.code_of(place.pk))
    place.save()
    double = factories.offer(
        f"Dasselbe {offer.pk.hex[:6]}",
        organisation=factories.organisation(f"Doppelter Verein {offer.pk.hex[:6]}", space=offer.space),
        space=offer.space,
    )
    return {"offer": offer, "place": place, "double": double}


def _link(organisation: Organisation) -> str:
    token = f"token-{organisation.pk}"
    ConfirmationLink.objects.create(
        organisation=organisation,
        token_hash=fingerprint(token),
        valid_until=timezone.now() + timedelta(days=3),
    )
    return token


def _plan(name: str, space: SocialSpace | None = None) -> dict[str, Any]:
    """A concept with one of everything; the department's team leads the measure."""
    concept = plan.concept(f"konzept-{name}")
    field = plan.field(f"Feld {name}", concept=concept)
    team = plan.team(f"5{name}", f"Team {name}")
    need = plan.need(f"Bedarf {name}", space=space, fields=[field])
    measure = plan.measure(f"Maßnahme {name}", space=space, lead_team=team, fields=[field])
    goal = plan.goal(f"Ziel {name}", fields=[field])
    plan.linked(need, measure)
    edition = plan.adopted_edition(concept=concept)
    version = plan.adopted_principle(principle=plan.principle(concept=concept))
    return {
        "concept": concept,
        "group": plan.group(f"Gruppe {name}", concept=concept),
        "question": MandateQuestion.objects.create(concept=concept, words=f"Frage {name}"),
        "field": field,
        "team": team,
        "need": need,
        "measure": measure,
        "goal": goal,
        "resource": plan.resource(f"Ressource {name}", fields=[field]),
        "plan": import_file(kind="planning", source="json", content=b'{"fields": [{"name": "Neues Feld"}]}'),
        "edition": edition,
        "comment": plan.edition_comment(name, edition=edition),
        "principle": version,
        "paragraph": version.paragraphs.get(),
        "campaign": plan.closed_campaign(f"Bestandsaufnahme {name}", concept=concept),
        "evidence": plan.evidence(f"Beschluss {name}", concept=concept),
        "principle_comment": plan.principle_comment(name, version=version),
        "kick_off": plan.kick_off(f"Auftakt {name}"),
        "context_change": plan.context_change(f"Gesetz {name}", fields=[field], measures=[measure]),
        "plan_link": PlanLink.objects.create(title=f"Plan {name}", concept=concept),
        **_meeting(name, concept, team),
        "obstacle": Obstacle.objects.create(title=f"Hindernis {name}"),
        "post": plan.post(f"Stelle {name}"),
        "report": _report_link(team),
    }


def _meeting(name: str, concept: Concept, team: Team) -> dict[str, Any]:
    meeting = plan.meeting(f"Sitzung {name}", concept=concept)
    decision = plan.decision(f"Beschluss {name}", meeting=meeting)
    return {
        "meeting": meeting,
        "agenda_item": plan.agenda_item(f"Punkt {name}", meeting=meeting),
        "group_decision": decision,
        "task": plan.task(f"Aufgabe {name}", decision=decision, owner_team=team),
    }


def _report_link(team: Team) -> str:
    month = timezone.localdate().replace(day=1)
    link = UpdateLink(team=team, month=month, valid_until=timezone.now() + timedelta(days=3))
    link.token_hash = asking.fingerprint(asking.token_of(link.pk))
    link.save()
    return asking.token_of(link.pk)


def _foreign_space():
    return SocialSpace.objects.create(name="Fremdes Quartier", visibility="public")


def _people(people: Cast, name: str, *, foreign: bool = False) -> dict[str, Any]:
    tenant = people.other if foreign else people.town
    # Somebody of whom several objects can end without the others.
    account = Account.objects.create_user(email=f"mitglied-{name}@beispiel.example", name=f"Mitglied {name}")
    membership = Membership.objects.create(tenant=tenant, account=account, role=Role.TRANSLATOR)
    Membership.objects.create(tenant=tenant, account=account, role=Role.PLANNER)
    invitation = Invitation.objects.create(
        email=f"neu-{name}@beispiel.example",
        token_hash=name * 64,
        expires_at=timezone.now() + timedelta(days=3),
        invited_by=account.pk,
    )
    duty = DutyGrant.objects.create(
        tenant=tenant,
        account=account,
        duty=Duty.EXPORT,
        valid_until=timezone.now() + timedelta(days=3),
        given_by=account.pk,
    )
    return {
        "account": account,
        "membership": membership,
        "invitation": invitation,
        "duty": duty,
        "barrier": BarrierReport.objects.create(words=name, language="de"),
        "list": import_file(),
        "notice": Notice.objects.get_or_create(kind="imprint", visibility="public", text="Wer hier schreibt")[
            0
        ],
        **_protection(tenant, account),
    }


def _protection(tenant: Tenant, account: Account) -> dict[str, Any]:
    hold = Hold.objects.create(
        tenant=tenant, kind=Hold.Kind.DISPUTE, account_id=account.pk, reason="Az. 1/26"
    )
    change = PeriodChange.objects.create(
        retention=Retention.SENT_MAIL, days=60, reason="Beschwerden", changed_by=account.pk
    )
    return {"hold": hold, "period": change}


def _process(name: str, space: SocialSpace | None = None) -> dict[str, Any]:
    """A process in which people vote, with somebody who draws her code by a link."""
    vote = votes.vote(process=votes.processes.process(f"Frage {name}", now="decide", space=space))
    proposal = vote.process.proposals.first()
    return {
        "process": vote.process,
        "vote": vote,
        "proposal": proposal,
        "proposal_comment": votes.processes.given_comment(name, proposal=proposal),
        "roll_entry": votes.roll_entry(f"Wer{name}", vote=vote),
    }


def pk_of(kind: str) -> Callable[[dict], dict]:
    return lambda objects: {"pk": objects[kind].pk}


def code_of_place(objects: dict) -> dict:
    return {"code": registering.code_of(objects["place"].pk)}


PLAN = ("need", "measure", "goal", "obstacle", "post", "team")

KEYS: dict[str, Callable[[dict], dict]] = {
    **dict.fromkeys(
        [
            f"participation_staff:{name}"
            for name in (
                "voice",
                "check_voice",
                "take_up",
                "answer_voice",
                "withdraw_voice",
                "voice_photo",
                "make_need",
                "new_code",
                "slip",
            )
        ],
        pk_of("voice"),
    ),
    "participation:voice": pk_of("voice"),
    **dict.fromkeys(
        ("participation:answer", "participation_staff:answer"),
        pk_of("voice_answer"),
    ),
    "barrier-answered": pk_of("barrier"),
    "directory:offer": pk_of("offer"),
    "directory:offer_pdf": pk_of("offer"),
    "directory:offer_dates": pk_of("offer"),
    "directory:offer_contacts": pk_of("offer"),
    "directory:register": pk_of("offer"),
    "directory:barrier": pk_of("offer"),
    "directory:registration": code_of_place,
    "directory:withdraw_registration": code_of_place,
    "directory_staff:add_barrier": pk_of("offer"),
    "directory:actor": pk_of("organisation"),
    "directory_staff:offer": pk_of("offer"),
    "directory_staff:edit_offer": pk_of("offer"),
    "directory_staff:publish": pk_of("offer"),
    "directory_staff:copy_offer": pk_of("offer"),
    "directory_staff:merge_offer": pk_of("offer"),
    "directory_staff:merge_offers": lambda objects: {
        "pk": objects["offer"].pk,
        "other": objects["double"].pk,
    },
    "directory_staff:merge_organisation": pk_of("organisation"),
    "directory_staff:merge_organisations": lambda objects: {
        "pk": objects["organisation"].pk,
        "other": objects["double"].organisation_id,
    },
    "directory_staff:change_done": pk_of("change"),
    "directory_staff:change_declined": pk_of("change"),
    **dict.fromkeys(
        [f"directory_staff:change{step}" for step in ("", "_accept", "_decline", "_take_back")],
        pk_of("written"),
    ),
    **dict.fromkeys(("directory_staff:own_list", "directory_staff:own_list_file"), pk_of("organisation")),
    **dict.fromkeys(
        [f"directory_staff:own_list_{name}" for name in ("check", "run", "take_back", "accept", "decline")],
        lambda objects: {"pk": objects["organisation"].pk, "file": objects["own_list"].pk},
    ),
    "directory_staff:wish": pk_of("wish"),
    "directory_staff:wish_taken": pk_of("wish"),
    "directory_staff:wish_answered": pk_of("wish"),
    "directory_staff:registrations": pk_of("offer"),
    **dict.fromkeys(
        ("directory_staff:give_place", "directory_staff:decline_registration", "directory_staff:free_place"),
        lambda objects: {"pk": objects["offer"].pk, "registration": objects["registration"].pk},
    ),
    "directory_staff:withdraw": pk_of("offer"),
    "directory_staff:edit_organisation": pk_of("organisation"),
    "directory:confirm": lambda objects: {"token": objects["token"]},
    "directory_staff:entry_ask": pk_of("organisation"),
    "directory_staff:entry_confirmed": pk_of("organisation"),
    "directory_staff:entry_came_back": pk_of("organisation"),
    "directory_staff:editors": pk_of("organisation"),
    "directory_staff:import_columns": pk_of("list"),
    "directory_staff:import_check": pk_of("list"),
    "directory_staff:import_run": pk_of("list"),
    "directory_staff:import_result": pk_of("list"),
    "directory_staff:import_discard": pk_of("list"),
    "translating:original": lambda objects: {"kind": "offers", "pk": objects["offer"].pk},
    "translating:text": lambda objects: {"kind": "offers", "pk": objects["offer"].pk, "language": "ar"},
    **dict.fromkeys(("calendar:date", "calendar:date_ics", "calendar:date_pdf"), pk_of("date")),
    "calendar:quarter_ics": pk_of("space"),
    **dict.fromkeys(
        [f"calendar_staff:{name}_date" for name in ("edit", "copy", "cancel", "restore")], pk_of("date")
    ),
    "calendar_staff:date": pk_of("date"),
    "calendar_staff:edit_closing_day": pk_of("closing"),
    "calendar_staff:delete_closing_day": pk_of("closing"),
    "pictures:file": lambda objects: {"pk": objects["picture"].pk, "size": "thumbnail"},
    "pictures_staff:picture": pk_of("picture"),
    "pictures_staff:delete": pk_of("picture"),
    "pictures_staff:file": lambda objects: {"pk": objects["picture"].pk, "size": "page"},
    "notice-of-text": pk_of("notice"),
    "versions:history": lambda objects: {"kind": "offers", "pk": objects["offer"].pk},
    "versions:version": lambda objects: {
        "kind": "offers",
        "pk": objects["offer"].pk,
        "moment": 4_102_444_800_000_000,
    },
    "planning:measure": pk_of("measure"),
    "planning:field": pk_of("field"),
    "planning:quarter": pk_of("space"),
    **dict.fromkeys(
        [f"planning:{name}" for name in ("concept", "measures", "changes")],
        lambda objects: {"concept": objects["concept"].slug},
    ),
    **dict.fromkeys(
        [
            f"planning_staff:{name}"
            for name in ("campaign", "remind_campaign", "close_campaign", "redact_campaign", "campaign_file")
        ],
        pk_of("campaign"),
    ),
    "planning_staff:link_evidence": lambda objects: {"concept": objects["concept"].pk, "hint": 4},
    "planning_staff:remove_evidence": pk_of("evidence"),
    "planning:principle": lambda objects: {"concept": objects["concept"].slug},
    "planning:principle_version": lambda objects: {"concept": objects["concept"].slug, "number": 1},
    **dict.fromkeys(
        [
            f"planning_staff:{name}"
            for name in (
                "principle",
                "write_principle",
                "principle_step",
                "adopt_principle",
                "comment_principle",
                "redact_principle",
            )
        ],
        pk_of("principle"),
    ),
    "planning_staff:answer_principle_comment": lambda objects: {
        "pk": objects["principle"].pk,
        "comment": objects["principle_comment"].pk,
    },
    "planning_staff:next_principle": lambda objects: {"pk": objects["principle"].principle_id},
    "planning_staff:principle_paragraph": pk_of("paragraph"),
    "planning_staff:cite_principle": lambda objects: {
        "pk": objects["measure"].pk,
        "principle": objects["principle"].principle_id,
    },
    "planning:editions": lambda objects: {"concept": objects["concept"].slug},
    "planning:edition": lambda objects: {"concept": objects["concept"].slug, "number": 1},
    "planning:edition_file": lambda objects: {
        "concept": objects["concept"].slug,
        "number": 1,
        "format": "json",
    },
    "planning_staff:paper": lambda objects: {
        "concept": objects["concept"].slug,
        "paper": "progress",
        "format": "docx",
    },
    "planning_staff:edition_paper": lambda objects: {
        "pk": objects["edition"].pk,
        "paper": "council",
        "format": "docx",
    },
    **dict.fromkeys(
        [
            f"planning_staff:{name}"
            for name in ("edition", "compare_edition", "edition_step", "defer_measure", "comment_edition")
        ],
        pk_of("edition"),
    ),
    "planning_staff:adopt_edition": pk_of("edition"),
    "planning_staff:group": pk_of("group"),
    "planning_staff:plan_link": pk_of("plan_link"),
    "planning_staff:edit_group": pk_of("group"),
    "planning_staff:question": pk_of("question"),
    "planning_staff:hand_over": lambda objects: {"kind": "team", "pk": objects["team"].pk},
    **dict.fromkeys(
        [
            "planning:kick_off",
            "planning:kick_off_invitation",
            *(f"planning_staff:{name}" for name in ("kick_off", "enter_results", "write_outcome")),
        ],
        pk_of("kick_off"),
    ),
    **dict.fromkeys(
        [
            f"planning_staff:{name}"
            for name in (
                "meeting",
                "edit_meeting",
                "cancel_meeting",
                "agenda",
                "invite_to_meeting",
                "invitation",
                "meeting_for_diary",
                "minutes",
                "close_minutes",
                "add_to_minutes",
                "redact_minutes",
                "minutes_pdf",
                "minutes_docx",
            )
        ],
        pk_of("meeting"),
    ),
    "planning_staff:edit_agenda_item": pk_of("agenda_item"),
    **dict.fromkeys(
        ["planning_staff:decision", "planning_staff:finish_decision", "planning_staff:withdraw_decision"],
        pk_of("group_decision"),
    ),
    **dict.fromkeys(
        ["planning_staff:task", "planning_staff:finish_task", "planning_staff:withdraw_task"], pk_of("task")
    ),
    **dict.fromkeys(
        [
            f"planning_staff:{name}"
            for name in ("context_change", "edit_context_change", "follow_up", "context_measures")
        ],
        pk_of("context_change"),
    ),
    "planning_staff:self_check": pk_of("team"),
    "planning_staff:fill_in_self_check": lambda objects: {
        "pk": objects["team"].pk,
        "year": timezone.localdate().year,
    },
    "planning_staff:send_link": pk_of("team"),
    "planning_staff:edit_concept": pk_of("concept"),
    "planning_staff:redact_edition": pk_of("edition"),
    "planning_staff:answer_comment": lambda objects: {
        "pk": objects["edition"].pk,
        "comment": objects["comment"].pk,
    },
    **{f"planning_staff:{name}": pk_of(name) for name in PLAN},
    **{f"planning_staff:edit_{name}": pk_of(name) for name in PLAN},
    "planning_staff:move_need": pk_of("need"),
    "planning_staff:move_measure": pk_of("measure"),
    "planning_staff:measure_light": pk_of("measure"),
    "planning_staff:place_measure": pk_of("measure"),
    "planning_staff:report_measure": pk_of("measure"),
    "planning_staff:post_money": pk_of("post"),
    "planning_staff:tie": lambda objects: {"kind": "need", "pk": objects["need"].pk, "other": "measure"},
    "planning:update": lambda objects: {"token": objects["report"]},
    **dict.fromkeys(
        [
            *(f"participation:{name}" for name in ("process", "propose", "groups", "vote")),
            *(
                f"participation_staff:{name}"
                for name in (
                    "process",
                    "edit_process",
                    "phases",
                    "account",
                    "add_proposal",
                    "add_process_meeting",
                    "add_side_format",
                    "group_shares",
                    "set_up_vote",
                )
            ),
        ],
        pk_of("process"),
    ),
    **dict.fromkeys(["participation:proposal", "participation_staff:proposal"], pk_of("proposal")),
    "participation_staff:check_comment": pk_of("proposal_comment"),
    "participation:draw": lambda objects: {
        "pk": objects["roll_entry"].pk,
        "token": token_of(objects["roll_entry"].pk),
    },
    **dict.fromkeys(
        [
            f"participation_staff:{name}"
            for name in (
                "vote",
                "extend_roll",
                "hand_out",
                "send_links",
                "print_slips",
                "paper_ballot",
                "type_in",
                "count_vote",
            )
        ],
        pk_of("vote"),
    ),
    "search_staff:ring": pk_of("ring"),
    "search_staff:delete": pk_of("ring"),
    **dict.fromkeys(
        [
            f"planning_staff:{name}"
            for name in ("field", "map_field", "merge_field", "split_field", "end_field")
        ],
        pk_of("field"),
    ),
    "planning_staff:resource": pk_of("resource"),
    **dict.fromkeys(("planning_staff:import_check", "planning_staff:import_run"), pk_of("plan")),
    "places_staff:space": pk_of("space"),
    "places_staff:edit_space": pk_of("space"),
    "places_staff:replace_space": pk_of("space"),
    "member": pk_of("account"),
    "member-role": pk_of("account"),
    "member-duty": pk_of("account"),
    "role-end": pk_of("membership"),
    "role-until": pk_of("membership"),
    "duty-end": pk_of("duty"),
    "confirm-period": pk_of("period"),
    "end-hold": pk_of("hold"),
    "invitation-again": pk_of("invitation"),
    "invitation-withdraw": pk_of("invitation"),
}
