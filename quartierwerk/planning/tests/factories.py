from datetime import UTC, date, datetime
from uuid import uuid4

from django.utils import timezone

from quartierwerk.calendar.tests.factories import public_date
from quartierwerk.chain.models import Link, Relation
from quartierwerk.tenants.models import Visibility

from ..editions import picture
from ..models import (
    AgendaItem,
    Attendance,
    Campaign,
    Concept,
    ContextChange,
    ContextField,
    ContextMeasure,
    CostLine,
    CouncilDecision,
    Decision,
    Edition,
    EditionComment,
    FieldMapping,
    FieldOfAction,
    Goal,
    GoalInField,
    Group,
    GroupMember,
    GuidingPrinciple,
    HintEvidence,
    KickOff,
    MailSwitchedOff,
    Measure,
    MeasureCitesPrinciple,
    MeasureInField,
    Meeting,
    Need,
    NeedInField,
    PrincipleComment,
    PrincipleParagraph,
    PrincipleVersion,
    Redaction,
    Resource,
    ResourceInField,
    SelfCheck,
    StaffPost,
    StageChange,
    StateReport,
    Task,
    Team,
    TeamMember,
    UpdateLink,
)


def concept(slug: str = "integration", **values) -> Concept:
    """The concept of this short name; made where there is none."""
    given = {"title": "Integrationskonzept", "visibility": Visibility.PUBLIC, **values}
    return Concept.objects.get_or_create(slug=slug, defaults=given)[0]


def field(name: str = "Bildung und Sprache", **values) -> FieldOfAction:
    if "concept" not in values:
        values["concept"] = concept()
    return FieldOfAction.objects.get_or_create(name=name, concept=values.pop("concept"), defaults=values)[0]


def team(number: str = "53", name: str = "Kindertagesstätten", **values) -> Team:
    given = {"name": name, "visibility": Visibility.PUBLIC, **values}
    return Team.objects.get_or_create(number=number, defaults=given)[0]


def team_member(token: str, account_id=None, **values) -> TeamMember:
    given = {"function": "Teamleitung", "until": date(2026, 1, 1), **values}
    given.setdefault("team", None)
    given["team"] = given["team"] or team()
    return TeamMember.objects.create(name=token, account_id=account_id, **given)


def mail_switched_off(token: str, account_id=None) -> MailSwitchedOff:
    return MailSwitchedOff.objects.create(account_id=account_id or uuid4())


def resource(title: str = "Sprachmittlerpool", *, fields=(), **values) -> Resource:
    made = Resource.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        ResourceInField.objects.create(resource=made, field=one, position=place)
    return made


def need(title: str = "Kinderbetreuung während der Kurse", *, fields=(), **values) -> Need:
    made = Need.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        NeedInField.objects.create(need=made, field=one, position=place)
    return made


def measure(title: str = "Betreuung in den Kursräumen", *, fields=(), **values) -> Measure:
    made = Measure.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        MeasureInField.objects.create(measure=made, field=one, position=place)
    return made


def goal(title: str = "Zugang zu Sprachkursen", *, fields=(), **values) -> Goal:
    made = Goal.objects.create(title=title, **{"visibility": Visibility.PUBLIC, **values})
    for place, one in enumerate(fields):
        GoalInField.objects.create(goal=made, field=one, position=place)
    return made


def context_change(title: str = "Neues Kursrecht", *, fields=(), measures=(), **values) -> ContextChange:
    given = {
        "level": "federal",
        "source": "Gesetzblatt (erfunden)",
        "in_force_from": date(2027, 1, 1),
        **values,
    }
    made = ContextChange.objects.create(title=title, **given)
    for one in fields:
        ContextField.objects.create(change=made, field=one)
    for one in measures:
        ContextMeasure.objects.create(change=made, measure=one)
    return made


def self_check(team: Team, year: int, **values) -> SelfCheck:
    return SelfCheck.objects.create(team=team, year=year, **values)


def noted_self_check(note: str) -> SelfCheck:
    held = team()
    return self_check(held, 2020 + held.self_checks.count(), note=note)


def redaction(reason: str = "Einwilligung zurückgezogen", **values) -> Redaction:
    held = edition()
    number = held.redaction_notes.count() + 1
    given = {"number": number, "passages": 1, "sha256_before": "0" * 64, **values}
    return Redaction.objects.create(edition=held, reason=reason, **given)


def post(title: str = "Sozialarbeit im Quartier", **values) -> StaffPost:
    return StaffPost.objects.create(title=title, **{"share_percent": 50, **values})


def linked(source, target, relation: Relation | str = Relation.LED_TO) -> Link:
    """Without asking for rights, as an example or a list that is read in would write it."""
    return Link.objects.create(source_id=source.element_id, target_id=target.element_id, relation=relation)


def edition(number: int = 1, title: str = "Integrationskonzept 2027", **values) -> Edition:
    given = values.pop("concept", None) or concept()
    return Edition.objects.get_or_create(concept=given, number=number, defaults={"title": title, **values})[0]


def adopted_edition(number: int = 1, **values) -> Edition:
    """An edition as the council adopted it, without asking for rights."""
    given = values.pop("concept", None) or concept()
    decision = CouncilDecision.objects.create(
        concept=given,
        body="Rat",
        paper_number=f"2026/{number:03}-{given.slug}",
        decided_on=date(2026, 3, 12),
        is_unanimous=True,
        wording="Das Konzept wird beschlossen.",
    )
    content = picture.of_concept(given, date(2026, 3, 12), deferred={})
    content["decision"] = {
        "body": "Rat",
        "session": "",
        "paper_number": decision.paper_number,
        "is_unanimous": True,
    }
    content["decision"] |= {"decided_on": "2026-03-12", "votes_yes": None, "wording": decision.wording}
    return edition(
        number,
        concept=given,
        state=Edition.State.ADOPTED,
        decision=decision,
        content=content,
        content_sha256=picture.fingerprint(content),
        adopted_at=datetime(2026, 3, 12, tzinfo=UTC),
        visibility=Visibility.PUBLIC,
        **values,
    )


def edition_comment(token: str, account_id=None, **values) -> EditionComment:
    given = {
        "edition": edition(),
        "words": f"Anmerkung von {token}",
        "at": datetime(2024, 1, 1, tzinfo=UTC),
        **values,
    }
    return EditionComment.objects.create(name=token, account_id=account_id, **given)


def group(name: str = "Steuerungsgruppe", **values) -> Group:
    given = values.pop("concept", None) or concept()
    return Group.objects.get_or_create(name=name, concept=given, defaults=values)[0]


def meeting(title: str = "Sitzung", **values) -> Meeting:
    given = values.pop("concept", None) or concept()
    values.setdefault("group", group(concept=given))
    return Meeting.objects.create(
        title=title, concept=given, **{"starts_at": datetime(2026, 11, 19, 14, tzinfo=UTC)} | values
    )


def kick_off(outcome: str = "", **values) -> KickOff:
    """Open to everybody, with its date in the calendar."""
    day = public_date("Auftakt", **values)
    begins = timezone.make_aware(datetime.combine(day.starts_on, day.opens_at))
    held = meeting(
        "Auftakt",
        group=None,
        kind="kick_off",
        public_date=day,
        visibility=day.visibility,
        starts_at=begins,
    )
    return KickOff.objects.create(
        meeting=held,
        outcome=outcome,
        visibility=day.visibility,
    )


def group_member(token: str, account_id=None, **values) -> GroupMember:
    given = {"group": group(), "function": "Team 53", "until": date(2022, 1, 1), **values}
    return GroupMember.objects.create(name=token, account_id=account_id, **given)


def attendance(token: str, account_id=None, **values) -> Attendance:
    """Of a seat, with the name as closed minutes keep it."""
    held = values.pop("meeting", None) or meeting()
    seat = values.pop("member", None) or group_member(token, account_id, group=held.group)
    return Attendance.objects.create(meeting=held, member=seat, name=token, **{"present": True} | values)


def agenda_item(title: str = "Kinderbetreuung", **values) -> AgendaItem:
    values.setdefault("meeting", None)
    values["meeting"] = values["meeting"] or meeting()
    return AgendaItem.objects.create(title=title, **values)


def decision(words: str = "Zweite Gruppe ab Februar", **values) -> Decision:
    held = values.pop("meeting", None) or meeting()
    return Decision.objects.create(words=words, meeting=held, **{"decided_on": date(2026, 11, 19)} | values)


def task(words: str = "Raum suchen", **values) -> Task:
    given = {"given_on": date(2026, 11, 19), "due_on": date(2027, 2, 1), **values}
    if not given.get("owner_account_id"):
        given.setdefault("owner_team", None)
        given["owner_team"] = given["owner_team"] or team()
    return Task.objects.create(words=words, **given)


def field_mapping(note: str = "") -> FieldMapping:
    return FieldMapping.objects.create(field=field(f"Feld {note}"), catalogue_code="welcome", note=note)


def update_link(token: str = "a", **values) -> UpdateLink:
    given = {"month": date(2026, 10, 1), "valid_until": datetime(2026, 12, 1, tzinfo=UTC), **values}
    return UpdateLink.objects.create(team=team(), token_hash=(token * 8)[:64], **given)


def state_report(words: str = "", **values) -> StateReport:
    return StateReport.objects.create(
        measure=measure(), team=team(), month=date(2026, 10, 1), words=words, **values
    )


def cost_line(label: str = "Honorare", **values) -> CostLine:
    return CostLine.objects.create(
        measure=measure(), label=label, **{"year": 2026, "planned_cents": 120_000} | values
    )


def stage_change(reason: str = "") -> StageChange:
    return StageChange.objects.create(
        measure=measure(), earlier="running", later="stopped", reason=reason or "Kein Geld"
    )


def principle(**values) -> GuidingPrinciple:
    given = values.pop("concept", None) or concept()
    made = {"title": "Leitbild", "visibility": Visibility.PUBLIC, **values}
    return GuidingPrinciple.objects.get_or_create(concept=given, defaults=made)[0]


def principle_version(number: int = 1, *texts: str, **values) -> PrincipleVersion:
    """A draft; the paragraphs' keys are p1, p2, …"""
    given = values.pop("principle", None) or principle()
    made = PrincipleVersion.objects.create(principle=given, number=number, **values)
    for place, text in enumerate(texts):
        PrincipleParagraph.objects.create(version=made, key=f"p{place + 1}", text=text, position=place)
    return made


def principle_row(token: str) -> PrincipleVersion:
    """For walks over the registry: each in a concept of its own, since a principle has one draft at a time."""
    return principle_version(principle=principle(concept=concept(f"konzept-{token.lower()}")))


def adopted_principle(number: int = 1, *texts: str, decision=None, **values) -> PrincipleVersion:
    """A version as the council adopted it, without asking for rights."""
    made = principle_version(number, *(texts or ("Wir begegnen einander offen.",)), **values)
    decision = decision or CouncilDecision.objects.create(
        concept=made.principle.concept,
        body="Rat",
        paper_number=f"L{number}-{made.principle.concept.slug}",
        decided_on=date(2026, 3, 12),
        is_unanimous=True,
        wording="Das Leitbild wird beschlossen.",
        visibility=Visibility.PUBLIC,
    )
    made.state, made.council_decision, made.adopted_on = "adopted", decision, decision.decided_on
    made.visibility = Visibility.PUBLIC
    made.save()
    return made


def principle_comment(token: str, account_id=None, **values) -> PrincipleComment:
    given = {"words": f"Anmerkung von {token}", "at": datetime(2024, 1, 1, tzinfo=UTC), **values}
    if "version" not in given:
        given["version"] = principle().versions.first() or principle_version()
    return PrincipleComment.objects.create(name=token, account_id=account_id, **given)


def cited(paragraph: str = "p1", **values) -> MeasureCitesPrinciple:
    given = {"principle": principle(), **values}
    given.setdefault("measure", None)
    given["measure"] = given["measure"] or measure()
    return MeasureCitesPrinciple.objects.create(paragraph=paragraph, **given)


def campaign(title: str = "Bestandsaufnahme", **values) -> Campaign:
    given = values.pop("concept", None) or concept()
    made = {"opened_on": date(2026, 10, 19), "closes_on": date(2026, 11, 30), **values}
    return Campaign.objects.create(concept=given, title=title, **made)


def campaign_row(token: str) -> Campaign:
    """For walks over the registry: each in a concept of its own, since a concept has one open campaign at a time."""
    return campaign(token, concept=concept(f"konzept-{token.lower()}"))


def closed_campaign(title: str = "Bestandsaufnahme", **values) -> Campaign:
    snapshot = {"asked": 2, "answered": 1, "offers": 3, "topics": {"language": 3}, "as_of": "2026-11-02"}
    given = {"frozen_at": datetime(2026, 11, 2, 9, tzinfo=UTC), "snapshot": snapshot, **values}
    return campaign(title, snapshot_sha256=picture.fingerprint(snapshot), **given)


def evidence(
    title: str = "Beschluss", *, hint: int = 4, kind: str = "council_decision", **values
) -> HintEvidence:
    given = values.pop("concept", None) or concept()
    made = {"record_id": uuid4(), **values}
    return HintEvidence.objects.create(concept=given, hint=hint, kind=kind, title=title, **made)
